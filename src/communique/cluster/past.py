"""The cells before one that is placed, and what is known of them.

One more report changes little of what they are asked, so the answers of the last time are kept, and only what is new
is looked up again. With or without them the answers are the same.
"""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import numpy as np

from communique.cluster.features import Features
from communique.cluster.index import Block, Cell, Counted, Hashes, Ints, Lines, Runs, Segment, found, met, ranges


class Past:
    """Cells by day, their reports numbered through.

    Attributes:
        cells: the cells.
        reports: their reports.
        number: number of each, by id.
        cell_of: place of the cell of each.
        grown: runs that reports share with new ones, by what these are a function of; of the last time only.
    """

    def __init__(self, cells: Sequence[Cell] = (), blocks: Sequence[Block | Cell] | None = None) -> None:
        """Number the reports.

        Args:
            cells: the cells.
            blocks: the same, some of them in blocks; None: each by itself.
        """
        self.cells = tuple(cells)
        self.reports: list[Features] = [report for cell in cells for report in cell.reports]
        self._firsts = _firsts(self.cells)
        self.cell_of = np.repeat(np.arange(len(self.cells)), [len(cell.reports) for cell in self.cells])
        self.number = {report.report: n for n, report in enumerate(self.reports)}
        self._lines: dict[int, Lines] = {}
        self.grown: dict[Hashable, list[list[Segment]]] = {}
        # What answers knows the cells, never this object: a circle would keep all of them until it is looked for.
        own, asked = self.cells, self.cells if blocks is None else tuple(blocks)
        self._runs = _Answers(lambda values: _found_in(asked, values, [block.runs for block in asked]))
        self._parts = [_Part(block, n) for block, n in zip(asked, _firsts(asked), strict=True)]
        self._terms = _Answers(lambda values: _standing(values, [cell.terms for cell in own]))
        self._manner = _Answers(lambda values: _standing(values, [cell.manner for cell in own]))
        self._often: dict[str, _Answers] = defaultdict(lambda: _Answers(lambda values: _counted(asked, values)))

    def words(self, number: int) -> Lines:
        """A report without its furniture, by its number."""
        if number not in self._lines:
            at = bisect_right(self._firsts, number) - 1
            self._lines[number] = self.cells[at].lines(number - self._firsts[at])
        return self._lines[number]

    def meeting(self, values: Hashes) -> Ints:
        """The runs that are among some values: rows of value's place, report and place, in order.

        Args:
            values: hashes, ascending, each once.
        """
        return self._runs.to(values)

    def unrelated(self, values: Hashes, told: Ints) -> tuple[Ints, Ints]:
        """Under how many happenings each run of an outlet stands.

        Args:
            values: as for `meeting`.
            told: for each report a number for what it tells, and the number of its cell where that is all there is.

        Returns:
            how many there are in blocks whose cells tell each one thing; and of the other cells rows of value's place
            and what is told.
        """
        total, rows = np.zeros(len(values), dtype=np.int64), [np.zeros((0, 2), dtype=np.int64)]
        for part in self._parts:
            reports = slice(part.first, part.first + len(part.block.reports))
            if isinstance(part.block, Block) and np.array_equal(told[reports], self.cell_of[reports]):
                total += part.block.spread(values)
            else:
                found = part.lines.to(values)
                rows.append(np.column_stack((found[:, 0], told[found[:, 1]])))
        return total, np.concatenate(rows)

    def counts(self, values: Hashes, asker: str) -> Ints:
        """In how many reports of its outlet each run stands.

        Args:
            values: as for `meeting`.
            asker: who asks; the answers of the last time are kept for each.
        """
        return _total(self._often[asker].to(values), len(values))

    def held(self, terms: Hashes) -> Ints:
        """In how many reports each of some distinct terms stands, ascending."""
        return _total(self._terms.to(terms), len(terms))

    def manner(self, terms: Hashes) -> Ints:
        """The same of terms told apart by outlet."""
        return _total(self._manner.to(terms), len(terms))


def _total(rows: Ints, size: int) -> Ints:
    return np.bincount(rows[:, 0], weights=rows[:, 1], minlength=size).astype(np.int64)


def _standing(values: Hashes, terms: Sequence[Counted]) -> Ints:
    """How often values stand in cells: rows of value's place and count."""
    total = np.zeros(len(values), dtype=np.int64)
    for cell in terms:
        at, known = found(cell.values, values)
        total[known] += cell.counts[at[known]]
    often = np.flatnonzero(total)
    return np.column_stack((often, total[often]))


def _found_in(cells: Sequence[Block | Cell], values: Hashes, runs: Sequence[Runs]) -> Ints:
    rows = [met(values, each, first) for each, first in zip(runs, _firsts(cells), strict=True)]
    return np.concatenate([np.zeros((0, 3), dtype=np.int64), *rows])


def _counted(cells: Sequence[Block | Cell], values: Hashes) -> Ints:
    total = np.zeros(len(values), dtype=np.int64)
    for cell in cells:
        asked = cell.site.among(values)
        found, some = cell.site.values, values[asked]
        total[asked] += np.searchsorted(found, some, side="right") - np.searchsorted(found, some)
    often = np.flatnonzero(total)
    return np.column_stack((often, total[often]))


class _Part:
    """A block, or a cell by itself, the number of its first report, and where the runs of outlets stand in it."""

    def __init__(self, block: Block | Cell, first: int) -> None:
        """Nothing is asked yet."""
        self.block, self.first = block, first
        self.lines = _Answers(lambda values: met(values, block.site, first))


def _firsts(cells: Sequence[Block | Cell]) -> list[int]:
    return list(itertools.accumulate([len(cell.reports) for cell in cells], initial=0))[:-1]


class _Answers:
    """Rows for values, each row with the value's place first; those of the last time are not looked up again."""

    def __init__(self, ask: Callable[[Hashes], Ints]) -> None:
        """Nothing is known yet.

        Args:
            ask: gives the rows of some values.
        """
        self._ask = ask
        self._values: Hashes | None = None
        self._rows: Ints = np.zeros((0, 0), dtype=np.int64)

    def to(self, values: Hashes) -> Ints:
        """The rows of values, in the order of these, and within one as they were given."""
        if self._values is not None and np.array_equal(values, self._values):
            return self._rows
        if self._values is None:
            rows = self._ask(values)
        else:
            at, known = found(self._values, values)
            fresh, old = np.flatnonzero(~known), np.flatnonzero(known)
            rows = np.concatenate((self._moved(at[old], old), _numbered(self._ask(values[fresh]), fresh)))
        self._values, self._rows = values, rows[np.argsort(rows[:, 0], kind="stable")]
        return self._rows

    def _moved(self, at: Ints, places: Ints) -> Ints:
        """Known rows of the values at some places, under the places that these have now."""
        counts = np.bincount(self._rows[:, 0], minlength=len(self._values if self._values is not None else ()))
        rows = self._rows[ranges((np.cumsum(counts) - counts)[at], counts[at])]
        rows[:, 0] = np.repeat(places, counts[at])
        return rows


def _numbered(rows: Ints, places: Ints) -> Ints:
    rows[:, 0] = places[rows[:, 0]]
    return rows
