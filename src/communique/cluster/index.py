"""The reports of one cell laid out for comparison.

A cell is a stretch of days (`cells`). Its words, runs and terms are flat arrays, made once: a word costs some 60 bytes,
a term 16, however many reports there are.
"""

from collections.abc import Hashable, Mapping, Sequence
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
SITE_RUN = 5
"""Words of the runs by which the lines of a site are counted."""
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
        seen: whether some run's hash begins with these bits, `2 ** k`, eight a byte: most that are not here are told so
            at once.
    """

    values: Hashes
    report: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    seen: npt.NDArray[np.uint8]

    def among(self, values: Hashes) -> Ints:
        """Places of those of some values that may be here; the rest are not."""
        bit = values >> np.uint64(62 - len(self.seen).bit_length())
        there = self.seen[bit >> np.uint64(3)] >> (bit & np.uint64(7)).astype(np.uint8) & 1
        return np.flatnonzero(there.view(np.bool_))


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

    def forget_runs(self) -> None:
        """Let go of the runs, which a block has, and of what they were made of."""
        for laid in ("runs", "site", "_words"):
            self.__dict__.pop(laid, None)

    def content(self, at: int) -> Hashable:
        """All that the words of a report are a function of, by its place."""
        report = self.reports[at]
        return report.hashes, report.flags, tuple(self._masked.get(report.report, ()))

    def lines(self, at: int) -> Lines:
        """A report, by its place, without its furniture."""
        first = int(self._firsts[at])
        own = self._flags[first : first + int(self.sizes[at])]
        places = np.flatnonzero(own & FURNITURE == 0)
        return Lines(self.reports[at].word_hashes[places].tolist(), own[places].tobytes(), places.tolist())


class Block:
    """Several cells that follow one another, asked for their runs as one: that takes a fraction of the time.

    Attributes:
        reports: their reports, numbered through.
        runs: as those of a cell.
        site: the same.
    """

    def __init__(self, cells: Sequence[Cell]) -> None:
        """Take the runs of cells over."""
        self.reports = tuple(report for cell in cells for report in cell.reports)
        self._firsts = np.cumsum([0, *(len(cell.reports) for cell in cells)])[:-1]
        self.runs = _whole([cell.runs for cell in cells], self._firsts.tolist())
        self.site = _whole([cell.site for cell in cells], self._firsts.tolist())
        for cell in cells:
            cell.forget_runs()

    @cached_property
    def _spread(self) -> tuple[Hashes, Ints]:
        """The distinct runs of outlets, and in how many cells each stands."""
        cell = np.searchsorted(self._firsts, self.site.report, side="right")
        values = self.site.values
        news = opening(values) | np.append([True], cell[1:] != cell[:-1])[: len(values)]
        known = distinct(values)
        before = np.cumsum(np.append([0], news))
        ends = np.append(np.flatnonzero(opening(values)), len(values))
        return known, np.diff(before[ends])

    def spread(self, values: Hashes) -> Ints:
        """In how many of the cells each of some runs of outlets stands."""
        known, cells = self._spread
        out = np.zeros(len(values), dtype=np.int64)
        at, there = found(known, values)
        out[there] = cells[at[there]]
        return out


def found(known: Hashes, values: Hashes) -> tuple[Ints, Bools]:
    """Where values stand, or would stand, among others that are ascending; and which of them are there."""
    at = np.searchsorted(known, values)
    there = known[np.minimum(at, len(known) - 1)] == values if len(known) else np.zeros(len(values), dtype=bool)
    return at, there


def _whole(parts: Sequence[Runs], firsts: Sequence[int]) -> Runs:
    """Runs of several cells as one, their reports numbered from some numbers on; equal runs cell after cell."""
    values = np.concatenate([part.values for part in parts])
    report = np.concatenate([part.report + np.int32(first) for part, first in zip(parts, firsts, strict=True)])
    order = np.argsort(values, kind="stable")
    return Runs(values[order], report[order], np.concatenate([part.place for part in parts])[order], _seen(values))


def ordered(values: Hashes) -> Ints:
    """The order of hashes, equal ones in the order in which they stand.

    A quick sort and then the equal ones among themselves: four times as quick as a stable sort.
    """
    order = np.argsort(values)
    opens = opening(values[order])
    several = np.flatnonzero(~(opens & np.append(opens[1:], True)))
    equal = np.cumsum(opens)[several] * len(values) + order[several]
    order[several] = np.sort(equal) % len(values)
    return order


def _counted(values: Hashes) -> Counted:
    order = ordered(values)
    opens = opening(values[order])
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.cumsum(opens) - 1
    firsts = np.flatnonzero(opens)
    return Counted(values[order][firsts], np.diff(np.append(firsts, len(values))), number)


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers of several ranges, one after the other."""
    return np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())


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
    return Runs(values[order], report[order], place[order], _seen(values))


def _seen(values: Hashes) -> npt.NDArray[np.uint8]:
    bits = max(8, len(values).bit_length() + 3)
    seen = np.zeros(1 << bits, dtype=bool)
    seen[values >> np.uint64(64 - bits)] = True
    return np.packbits(seen, bitorder="little")


class Segment(NamedTuple):
    """An exact run of two reports: its first word in each, and its words."""

    a: int
    b: int
    words: int


def distinct(values: Hashes) -> Hashes:
    """Each of some sorted values once."""
    return values[opening(values)]


def opening(values: Hashes) -> Bools:
    """Where a value differs from the one before it."""
    opens = np.ones(len(values), dtype=bool)
    opens[1:] = values[1:] != values[:-1]
    return opens


def met(values: Hashes, runs: Runs, number: int) -> Ints:
    """The runs that are among some values, as rows of value's place, report and place."""
    asked = runs.among(values)
    low = np.searchsorted(runs.values, values[asked])
    count = np.searchsorted(runs.values, values[asked], side="right") - low
    at = ranges(low, count)
    return np.column_stack(
        (np.repeat(asked, count), runs.report[at].astype(np.int64) + number, runs.place[at].astype(np.int64))
    )
