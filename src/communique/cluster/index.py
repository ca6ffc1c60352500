"""The reports of one cell laid out for comparison, and the places where two reports share a run of words.

A cell is a stretch of days (`cells`). Its words, runs and terms are flat arrays, made once: a word costs some 60 bytes,
a term 16, however many reports there are. Runs are compared cell against cell, rare ones with all that share them, hot
ones only with the nearest before, so that time stays linear in practice.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communique.cluster.features import FURNITURE, Features
from communique.text.shingles import word_hash

type Bools = npt.NDArray[np.bool_]
type Ints = npt.NDArray[np.int64]
type Hashes = npt.NDArray[np.uint64]

SEED = 6
"""Words of an exact run that opens a passage. On planted-dev 5 doubles the pairs to look at and finds no more."""
HOT = 40
"""Reports that share a run up to which every two of them are compared; beyond, each only with the nearest before it, so
that time stays linear and `joined` still finds them all."""
SITE_RUN = 5
"""Words of the runs by which the lines of a site are counted."""
_PLACES = 4
"""Places of one run in one report that are looked at."""
_BASE = 0x9E3779B97F4A7C15
"""Odd multiplier of the rolling hash, as in `text.shingles`."""
_MIX = 0xD6E8FEB86659FD93
"""Odd multiplier that parts the outlets."""


class Runs(NamedTuple):
    """Runs of words, sorted by hash, then by report and place.

    Attributes:
        values: hash of each run.
        report: place of its report in the cell.
        place: index of its first word.
        seen: whether some run's hash begins with these bits, `2 ** k`: most that are not here are told so at once.
    """

    values: Hashes
    report: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    seen: Bools

    def among(self, values: Hashes) -> Ints:
        """Places of those of some values that may be here; the rest are not."""
        return np.flatnonzero(self.seen[values >> np.uint64(65 - len(self.seen).bit_length())])


class Counted(NamedTuple):
    """The terms of a cell, those of one report after those of another.

    Attributes:
        values: the distinct ones, ascending.
        counts: in how many reports each stands.
        number: for each term of each report its place in `values`.
    """

    values: Hashes
    counts: Ints
    number: Ints


class Lines(NamedTuple):
    """A report as the search sees it: hashes and flags of the words that are no furniture, and their indices."""

    hashes: list[int]
    flags: bytes
    places: list[int]


class Cell:
    """Reports that are placed together, sorted by id."""

    def __init__(self, reports: Sequence[Features]) -> None:
        """Lay out reports, in any order."""
        self.reports = tuple(sorted(reports, key=lambda r: r.report))
        self._masked: Mapping[str, Sequence[tuple[int, int]]] = {}

    def mask(self, words: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Take words as furniture besides those that are marked; what was laid out with others is laid out anew.

        Args:
            words: ranges, ends exclusive, by report.
        """
        if words != self._masked:
            self._masked = words
            for laid in ("_flags", "runs"):
                self.__dict__.pop(laid, None)

    @cached_property
    def sizes(self) -> Ints:
        """Words of each report."""
        return np.array([len(r.flags) for r in self.reports], dtype=np.int64)

    @cached_property
    def _firsts(self) -> Ints:
        """Number of each report's first word."""
        return np.cumsum(self.sizes) - self.sizes

    @cached_property
    def _words(self) -> tuple[Hashes, npt.NDArray[np.int32]]:
        """Hash and report of each word, report after report."""
        hashes = np.frombuffer(b"".join(r.hashes for r in self.reports), dtype=np.uint64)
        return hashes, np.repeat(np.arange(len(self.reports), dtype=np.int32), self.sizes)

    @cached_property
    def _flags(self) -> npt.NDArray[np.uint8]:
        """Flags of each word, report after report."""
        flags = np.frombuffer(b"".join(r.flags for r in self.reports), dtype=np.uint8).copy()
        for report, first in zip(self.reports, self._firsts.tolist(), strict=True):
            for start, end in self._masked.get(report.report, ()):
                flags[first + start : first + end] |= FURNITURE
        return flags

    @cached_property
    def runs(self) -> Runs:
        """Runs of `SEED` words that are no furniture; places count those words only."""
        hashes, report = self._words
        kept = np.flatnonzero(self._flags & FURNITURE == 0)
        hashes, report = hashes[kept], report[kept]
        first = np.searchsorted(report, np.arange(len(self.reports)))
        place = np.arange(len(kept)) - first[report]
        return _runs(hashes, report, place.astype(np.int32), SEED)

    @cached_property
    def site(self) -> Runs:
        """Runs of `SITE_RUN` words of the reports whose outlet is known, one row a report, keyed by outlet as well."""
        hashes, report = self._words
        place = np.arange(len(hashes)) - np.repeat(self._firsts, self.sizes)
        runs = _runs(hashes, report, place.astype(np.int32), SITE_RUN, self.outlets)
        own = self._known[runs.report]
        again = (runs.values[1:] == runs.values[:-1]) & (runs.report[1:] == runs.report[:-1])
        own[1:] &= ~again
        return Runs(runs.values[own], runs.report[own], runs.place[own], runs.seen)

    @cached_property
    def outlets(self) -> Hashes:
        """For each report the number that its outlet's runs and terms are mixed with."""
        return np.array([outlet_key(r.outlet or "") for r in self.reports], dtype=np.uint64)

    @cached_property
    def _known(self) -> Bools:
        return np.array([r.outlet is not None for r in self.reports], dtype=bool)

    @cached_property
    def lengths(self) -> Ints:
        """Terms of each report."""
        return np.array([len(r.kinds) for r in self.reports], dtype=np.int64)

    @cached_property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """Kind of each term, report after report."""
        return np.frombuffer(b"".join(r.kinds for r in self.reports), dtype=np.uint8)

    @cached_property
    def terms(self) -> Counted:
        """The terms."""
        return _counted(np.frombuffer(b"".join(r.terms for r in self.reports), dtype=np.uint64))

    @cached_property
    def manner(self) -> Counted:
        """The terms, told apart by outlet; those without one are of the outlet without a name."""
        return _counted(self.terms.values[self.terms.number] ^ np.repeat(self.outlets, self.lengths))

    @cached_property
    def weights(self) -> npt.NDArray[np.float64]:
        """1 + the logarithm of the count of each term."""
        counts = np.frombuffer(b"".join(r.counts for r in self.reports), dtype=np.uint16)
        return 1 + np.log(counts.astype(np.float64))

    def forget_terms(self) -> None:
        """Let go of what only the cells of the last days need; it is laid out anew where it is asked for."""
        for laid in ("terms", "manner", "weights", "kinds"):
            self.__dict__.pop(laid, None)

    def lines(self, at: int) -> Lines:
        """A report, by its place, without its furniture."""
        hashes, _ = self._words
        first = int(self._firsts[at])
        own = self._flags[first : first + int(self.sizes[at])]
        places = np.flatnonzero(own & FURNITURE == 0)
        return Lines(hashes[first + places].tolist(), own[places].tobytes(), places.tolist())


def ordered(values: Hashes) -> Ints:
    """The order of hashes, equal ones in the order in which they stand.

    A quick sort and then the equal ones among themselves: four times as quick as a stable sort.
    """
    order = np.argsort(values)
    begins = _begins(values[order])
    several = np.flatnonzero(~(begins & np.append(begins[1:], True)))
    equal = np.cumsum(begins)[several] * len(values) + order[several]
    order[several] = np.sort(equal) % len(values)
    return order


def _counted(values: Hashes) -> Counted:
    order = ordered(values)
    begins = _begins(values[order])
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.cumsum(begins) - 1
    firsts = np.flatnonzero(begins)
    return Counted(values[order][firsts], np.diff(np.append(firsts, len(values))), number)


def summed(parts: Sequence[Counted]) -> tuple[list[Ints], Ints]:
    """The terms of several cells together.

    Returns:
        for each cell and each of its terms the term's number among all, in the order of hashes; and how many reports
        hold each.
    """
    values = np.concatenate([part.values for part in parts])
    order = np.argsort(values, kind="stable")
    begins = _begins(values[order])
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.cumsum(begins) - 1
    counts = np.concatenate([part.counts for part in parts])[order]
    total = np.add.reduceat(counts, np.flatnonzero(begins)) if len(counts) else counts
    bounds = np.cumsum([len(part.values) for part in parts])[:-1]
    return [own[part.number] for own, part in zip(np.split(number, bounds), parts, strict=True)], total


def outlet_key(outlet: str) -> int:
    """The number that an outlet's runs are mixed with."""
    return word_hash(outlet) * _MIX & (1 << 64) - 1


def rolled(hashes: Hashes, size: int) -> Hashes:
    """The hash of every run of `size` words, as `text.shingles.shingles` has it."""
    count = max(0, len(hashes) - size + 1)
    out = np.zeros(count, dtype=np.uint64)
    for step in range(size):
        out = out * np.uint64(_BASE) + hashes[step : step + count]
    return out


def _runs(
    hashes: Hashes, report: npt.NDArray[np.int32], place: npt.NDArray[np.int32], size: int, keys: Hashes | None = None
) -> Runs:
    """The runs of reports laid end to end, but those that reach from one into the next."""
    values = rolled(hashes, size)
    whole = report[: len(values)] == report[size - 1 :]
    values, report, place = values[whole], report[: len(values)][whole], place[: len(values)][whole]
    if keys is not None:
        values = values ^ keys[report]
    order = ordered(values)
    bits = max(8, len(values).bit_length() + 3)
    seen = np.zeros(1 << bits, dtype=bool)
    seen[values >> np.uint64(64 - bits)] = True
    return Runs(values[order], report[order], place[order], seen)


class Segment(NamedTuple):
    """An exact run of two reports: its first word in each, and its words."""

    a: int
    b: int
    words: int


def pairs(cells: Sequence[Cell], order: Ints) -> Iterator[tuple[int, int, list[Segment]]]:
    """The exact runs that reports of the last cell share with one another and with those of the cells before.

    Args:
        cells: cells by day; reports are numbered through them.
        order: place of each report in the order of ids, which says which one is called the first of a pair.

    Yields:
        the numbers of two reports, the first by id first, and their runs in the order of the text; pairs in order.
    """
    rows = _diagonals(_rows(cells), order)
    if not len(rows):
        return
    change = np.flatnonzero(np.any(rows[1:, :2] != rows[:-1, :2], axis=1)) + 1
    bounds = [0, *change.tolist(), len(rows)]
    plain = rows.tolist()
    for first, last in itertools.pairwise(bounds):
        yield plain[first][0], plain[first][1], [Segment(*row[2:]) for row in plain[first:last]]


def _rows(cells: Sequence[Cell]) -> Ints:
    """Report, report, place, place of every run shared with a report of the last cell."""
    entries, fresh = _entries(cells)
    start = np.searchsorted(entries[:, 0], entries[:, 0])
    rank = _ranks(entries)
    last = np.searchsorted(entries[:, 0], entries[:, 0], side="right") - 1
    hot = rank[last] >= HOT
    index = np.arange(len(entries))
    back = np.where(entries[:, 1] >= fresh, index - start, 0)
    back = np.where(hot, np.minimum(back, 2 * _PLACES), back)
    right = np.repeat(index, back)
    left = right - 1 - (np.arange(len(right)) - np.repeat(np.cumsum(back) - back, back))
    told = (rank[left] != rank[right]) & (~hot[right] | (rank[right] - rank[left] == 1))
    left, right = left[told], right[told]
    return np.column_stack((entries[left, 1], entries[right, 1], entries[left, 2], entries[right, 2]))


def _entries(cells: Sequence[Cell]) -> tuple[Ints, int]:
    """Run, report and place of every run of the last cell that stands in two reports, and the last cell's first report.

    Sorted by run, report and place, at most `_PLACES` places of a run in a report.
    """
    *past, new = cells
    values = distinct(new.runs.values)
    found, number = [], 0
    for cell in past:
        found.append(_meeting(values, cell.runs, number))
        number += len(cell.reports)
    found.append(_own(new.runs, number, np.concatenate([np.zeros(0, dtype=np.int64), *(rows[:, 0] for rows in found)])))
    rows = np.concatenate(found)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    shared = np.flatnonzero(_several(rows))
    rows = rows[shared]
    same = np.zeros(len(rows), dtype=bool)
    same[_PLACES:] = np.all(rows[_PLACES:, :2] == rows[:-_PLACES, :2], axis=1)
    return rows[~same], number


def _own(runs: Runs, number: int, met: Ints) -> Ints:
    """The last cell's own runs that stand twice in it or were `met` in an earlier one, as `_meeting` has them."""
    begins = _begins(runs.values)
    run = np.cumsum(begins) - 1
    kept = np.zeros(int(begins.sum()), dtype=bool)
    kept[met] = True
    kept[run[~begins]] = True
    at = np.flatnonzero(kept[run])
    return np.column_stack((run[at], runs.report[at].astype(np.int64) + number, runs.place[at].astype(np.int64)))


def distinct(values: Hashes) -> Hashes:
    """Each of some sorted values once."""
    return values[_begins(values)]


def _begins(values: Hashes) -> Bools:
    """Where a value differs from the one before it."""
    begins = np.ones(len(values), dtype=bool)
    begins[1:] = values[1:] != values[:-1]
    return begins


def _meeting(values: Hashes, runs: Runs, number: int) -> Ints:
    """The runs that are among some values, as rows of value's place, report and place."""
    asked = runs.among(values)
    low = np.searchsorted(runs.values, values[asked])
    count = np.searchsorted(runs.values, values[asked], side="right") - low
    run = np.repeat(asked, count)
    at = np.repeat(low - np.cumsum(count) + count, count) + np.arange(len(run))
    return np.column_stack((run, runs.report[at].astype(np.int64) + number, runs.place[at].astype(np.int64)))


def _several(rows: Ints) -> Bools:
    """Which rows are of a run that stands in two reports or more."""
    if not len(rows):
        return np.zeros(0, dtype=bool)
    starts = np.flatnonzero(np.concatenate(([True], rows[1:, 0] != rows[:-1, 0])))
    sizes = np.diff(np.append(starts, len(rows)))
    low, high = np.minimum.reduceat(rows[:, 1], starts), np.maximum.reduceat(rows[:, 1], starts)
    return np.repeat(low != high, sizes)


def _ranks(entries: Ints) -> Ints:
    """For each entry, how many reports before its own share its run."""
    if not len(entries):
        return np.zeros(0, dtype=np.int64)
    other = np.concatenate(([False], np.any(entries[1:, :2] != entries[:-1, :2], axis=1)))
    running: Ints = np.cumsum(other)
    before: Ints = running[np.searchsorted(entries[:, 0], entries[:, 0])]
    return running - before


def _diagonals(rows: Ints, order: Ints) -> Ints:
    """Runs that follow one another word by word made one: report, report, place, place, words; in order."""
    if not len(rows):
        return np.zeros((0, 5), dtype=np.int64)
    turned = order[rows[:, 0]] > order[rows[:, 1]]
    rows[turned] = rows[turned][:, [1, 0, 3, 2]]
    rows = rows[np.lexsort((rows[:, 2], rows[:, 2] - rows[:, 3], order[rows[:, 1]], order[rows[:, 0]]))]
    step = np.diff(rows, axis=0)
    begins = np.concatenate(([True], np.any(step != np.array([0, 0, 1, 1]), axis=1)))
    starts = np.flatnonzero(begins)
    words = np.diff(np.append(starts, len(rows))) + SEED - 1
    out: Ints = np.column_stack((rows[starts], words))
    return out[np.lexsort((out[:, 3], out[:, 2], order[out[:, 1]], order[out[:, 0]]))]
