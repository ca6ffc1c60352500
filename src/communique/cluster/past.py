"""The cells before one that is placed, and what is known of them.

One more report changes little of what they are asked, so the answers of the last time are kept, and only what is new
is looked up again. With or without them the answers are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from communique.cluster.features import Features
from communique.cluster.index import Cell, Counted, Hashes, Ints, Runs, merged, met, ranges


class Past:
    """Cells by day, their reports numbered through.

    Attributes:
        cells: the cells.
        reports: their reports.
        number: number of each, by id.
    """

    def __init__(self, cells: Sequence[Cell] = ()) -> None:
        """Number the reports."""
        self.cells = tuple(cells)
        self.reports: list[Features] = [report for cell in cells for report in cell.reports]
        self.number = {report.report: n for n, report in enumerate(self.reports)}
        # What answers knows the cells, never this object: a circle would keep all of them until it is looked for.
        own = self.cells
        self._runs = _Answers(lambda values: _found_in(own, values, [cell.runs for cell in own]))
        self._site = _Answers(lambda values: _found_in(own, values, [cell.site for cell in own]))
        self._kept: dict[bytes, dict[tuple[str | None, bytes, bytes], list[tuple[int, int]]]] = {}
        self._often: dict[str, _Answers] = defaultdict(lambda: _Answers(lambda values: _counted(own, values)))

    def meeting(self, values: Hashes) -> Ints:
        """The runs that are among some values: rows of value's place, report and place, in order.

        Args:
            values: hashes, ascending, each once.
        """
        return self._runs.to(values)

    def lines(self, values: Hashes) -> Ints:
        """The runs of outlets that are among some values, as `meeting` has them."""
        return self._site.to(values)

    def counts(self, values: Hashes, asker: str) -> Ints:
        """In how many reports of its outlet each run stands.

        Args:
            values: as for `meeting`.
            asker: who asks; the answers of the last time are kept for each.
        """
        rows = self._often[asker].to(values)
        return np.bincount(rows[:, 0], weights=rows[:, 1], minlength=len(values)).astype(np.int64)

    def remembered(self, what: bytes) -> dict[tuple[str | None, bytes, bytes], list[tuple[int, int]]]:
        """What was found in reports, by their outlet, words and flags, for the last two whats; to be added to."""
        known = self._kept.pop(what, {})
        while len(self._kept) > 1:
            del self._kept[next(iter(self._kept))]
        self._kept[what] = known
        return known

    @cached_property
    def terms(self) -> Counted:
        """The terms of all cells."""
        return merged([cell.terms for cell in self.cells])

    @cached_property
    def manner(self) -> Counted:
        """The same, told apart by outlet."""
        return merged([cell.manner for cell in self.cells])

    @cached_property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """Kind of each term, report after report."""
        return np.concatenate([np.zeros(0, dtype=np.uint8), *(cell.kinds for cell in self.cells)])

    @cached_property
    def weights(self) -> npt.NDArray[np.float64]:
        """Weight of each term by its count."""
        return np.concatenate([np.zeros(0), *(cell.weights for cell in self.cells)])

    @cached_property
    def lengths(self) -> Ints:
        """Terms of each report."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(cell.lengths for cell in self.cells)])


def _found_in(cells: Sequence[Cell], values: Hashes, runs: Sequence[Runs]) -> Ints:
    firsts = np.cumsum([0, *(len(cell.reports) for cell in cells)])
    found = [met(values, each, int(first)) for each, first in zip(runs, firsts, strict=False)]
    return np.concatenate([np.zeros((0, 3), dtype=np.int64), *found])


def _counted(cells: Sequence[Cell], values: Hashes) -> Ints:
    total = np.zeros(len(values), dtype=np.int64)
    for cell in cells:
        asked = cell.site.among(values)
        found, some = cell.site.values, values[asked]
        total[asked] += np.searchsorted(found, some, side="right") - np.searchsorted(found, some)
    often = np.flatnonzero(total)
    return np.column_stack((often, total[often]))


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


def found(known: Hashes, values: Hashes) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Where values stand, or would stand, among others that are ascending; and which of them are there."""
    at = np.searchsorted(known, values)
    there = np.zeros(len(values), dtype=bool)
    inside = np.flatnonzero(at < len(known))
    there[inside] = known[at[inside]] == values[inside]
    return at, there


def added(before: Counted, new: Counted) -> tuple[Ints, Ints]:
    """The terms of a new cell counted with those before.

    Returns:
        for each of its terms the number among those before, and after them where it is new; and in how many reports
        each of all of them stands.
    """
    at, known = found(before.values, new.values)
    number = np.where(known, at, len(before.values) + np.cumsum(~known) - 1)
    counts = np.concatenate((before.counts, np.zeros(int((~known).sum()), dtype=np.int64)))
    counts[number] += new.counts
    return number[new.number], counts
