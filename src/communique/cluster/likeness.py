"""How alike two reports are in words: TF-IDF cosine whose document frequencies hold in a collection of five as well.

The collection's own frequencies are mixed with a fixed prior for each kind of term, as if `PRIOR_REPORTS` further
reports had been seen. Only pairs that can meet are compared, those published within a window and those without a day,
and only likeness worth keeping is kept, so that memory grows with the reports and not with their square. Sums run in
the order of term hashes, so no order of arrival shows in them.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communique.cluster.index import Cell, ranges
from communique.cluster.past import Past, added
from communique.cluster.terms import Kind

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]
type Bools = npt.NDArray[np.bool_]

PRIOR_REPORTS = 20
PRIOR = {Kind.WORD: 0.02, Kind.NAME: 0.02, Kind.NUMBER: 0.01, Kind.PAIR: 0.002, Kind.DAY: 0.02, Kind.FIGURES: 0.005}
"""Share of all reports taken to hold a term of a kind before any is seen."""
OUTLET_REPORTS = 5
"""Reports added to an outlet's own before its manner is told from its news."""
WEIGHT = {Kind.WORD: 1.0, Kind.NAME: 1.3, Kind.NUMBER: 2.0, Kind.PAIR: 1.0, Kind.DAY: 3.0, Kind.FIGURES: 3.0}
"""Weight of a kind of term; swept on ecb-1-35 and allsides-to2018."""
FLOOR = 0.01
"""Likeness below which two reports count as unlike; an eighth of what joins two."""
COMMON = 2500
"""Reports that hold a term from which on it is left out of the comparison: it costs most and tells least."""
NEAREST = 400
"""Reports before it, in the order of days and ids, that each report keeps its likeness to, the most like first."""
PORTION, PORTION_WIDTH = 1 << 19, 64
"""Terms of reports that are weighed at once, each counted as often as it may be met: so that memory stays bounded."""
UNDATED = 10**9
"""Day of a report without one: after all others."""


class Links(NamedTuple):
    """Likeness of pairs of reports, by their places in the given order: `one < other`, sorted, 0 to 1; `m` pairs."""

    one: Ints
    other: Ints
    value: Floats


class _Postings(NamedTuple):
    """Terms of all reports: `place` of the report and `weight`, sorted by term, then place; `key` orders them.

    `own` are the numbers of the terms of one report after those of another, by place, within `bounds`; terms ascending.
    """

    key: Ints
    term: Ints
    place: Ints
    weight: Floats
    own: Ints
    bounds: Ints


class Likeness:
    """Reports weighed against one another; likeness is worked out for the rows that are asked for."""

    def __init__(self, past: Past, new: Cell, days: Sequence[int], window: int, live: Bools) -> None:
        """Weigh reports.

        Args:
            past: cells before.
            new: a cell; with those before `n` reports, numbered through, which say how rare a term is.
            days: day of publication of each, `UNDATED` where unknown.
            window: days between publication from which on two reports are not compared.
            live: which of them are compared at all, `n`.
        """
        self._order = np.lexsort((np.arange(len(days)), np.array(days, dtype=np.int64)))
        self._days = np.array(days, dtype=np.int64)[self._order]
        self._window = window
        self._postings = _postings(past, new, self._order, live)

    def links(self, rows: Bools) -> Links:
        """Likeness of some reports to all those before them in the order of days and numbers, from `FLOOR` on.

        Args:
            rows: which reports, by their numbers.
        """
        ats = np.flatnonzero(rows[self._order])
        found = [self._rows(some) for some in self._portions(ats)]
        if not found:
            return Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        left, right = (self._order[np.concatenate([row[side] for row in found])] for side in (0, 1))
        return in_order(left, right, np.concatenate([row[2] for row in found]))

    def _portions(self, ats: Ints) -> Iterator[Ints]:
        """Reports in portions that are weighed at once, each of at least one."""
        bounds = self._postings.bounds
        cost = np.cumsum(np.maximum(bounds[ats + 1] - bounds[ats], 1) * np.minimum(ats + 1, PORTION_WIDTH))
        for _, some in itertools.groupby(range(len(ats)), key=lambda n: int(cost[n]) // PORTION):
            yield ats[list(some)]

    def _rows(self, ats: Ints) -> tuple[Ints, Ints, Floats]:
        """Likeness of reports to those before each that it can meet: their places, theirs, and the values.

        Args:
            ats: places of the reports, ascending.
        """
        post = self._postings
        sizes = post.bounds[ats + 1] - post.bounds[ats]
        row = np.repeat(np.arange(len(ats)), sizes)
        own = post.own[ranges(post.bounds[ats], sizes)]
        first = np.where(
            self._days[ats] == UNDATED, 0, np.searchsorted(self._days, self._days[ats] - self._window, side="right")
        )
        starts = np.searchsorted(post.key, post.term[own] * len(self._days) + first[row])
        lengths = own - starts
        picked = ranges(starts, lengths)
        low, width = int(first.min(initial=0)), int(ats.max(initial=0)) + 1
        width -= low
        bins = np.repeat(row * width - low, lengths) + post.place[picked]
        products = post.weight[picked] * np.repeat(post.weight[own], lengths)
        sums = np.bincount(bins, weights=products, minlength=len(ats) * width).round(9)
        alike = np.flatnonzero(sums >= FLOOR)
        left, right = alike // width, alike % width + low
        kept = _nearest(left, sums[alike])
        return ats[left[kept]], right[kept], sums[alike[kept]]


def _nearest(row: Ints, value: Floats) -> Ints:
    """The `NEAREST` highest values of each row, in their order; of equal ones the first."""
    counts = np.bincount(row)
    if not len(row) or counts.max() <= NEAREST:
        return np.arange(len(row))
    order = np.lexsort((np.arange(len(row)), -value, row))
    rank = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(order[rank < NEAREST])


def in_order(left: Ints, right: Ints, value: Floats) -> Links:
    """Links with the smaller number first, sorted."""
    one, other = np.minimum(left, right), np.maximum(left, right)
    by = np.lexsort((other, one))
    return Links(one[by], other[by], value[by])


def _postings(past: Past, new: Cell, order: Ints, live: Bools) -> _Postings:
    """Terms of live reports, of length 1 for each; those of one report only and the commonest are left out."""
    size = len(order)
    report = np.repeat(np.arange(size), np.concatenate((past.lengths, new.lengths)))
    own, counts = added(past.terms, new.terms)
    term = np.concatenate((past.terms.number, own))
    kinds = np.concatenate((past.kinds, new.kinds))
    weight = np.concatenate((past.weights, new.weights)) * _table(WEIGHT)[kinds]
    share = (counts[term] + (PRIOR_REPORTS * _table(PRIOR))[kinds]) / (size + PRIOR_REPORTS)
    weight *= -np.log(np.minimum(np.maximum(share, _manner(past, new, report)), 0.999))
    length = np.sqrt(np.bincount(report, weights=weight * weight, minlength=size))
    weight /= np.where(length > 0, length, 1.0)[report]
    kept = np.flatnonzero((counts[term] > 1) & (counts[term] <= COMMON) & live[report])
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    key = term[kept] * size + place[report[kept]]
    by = np.argsort(key)
    own, bounds = _by_report(by, report[kept], order)
    kept, key = kept[by], key[by]
    return _Postings(key, term[kept], place[report[kept]], weight[kept], own, bounds)


def _by_report(by: Ints, report: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Where the terms of each report are, reports in their order: the numbers of one after those of another; bounds."""
    where = np.empty(len(by), dtype=np.int64)
    where[by] = np.arange(len(by))
    counts = np.bincount(report, minlength=len(order))
    starts = np.cumsum(counts) - counts
    return where[ranges(starts[order], counts[order])], np.concatenate(([0], np.cumsum(counts[order])))


def _manner(past: Past, new: Cell, report: Ints) -> Floats:
    """For each term of each report the share of its outlet's other reports that hold it: its manner is no evidence."""
    outlets = np.array([r.outlet or "" for r in (*past.reports, *new.reports)])
    names, outlet, size = np.unique(outlets, return_inverse=True, return_counts=True)
    own, held = added(past.manner, new.manner)
    others = held[np.concatenate((past.manner.number, own))] - 1
    known = np.where(names == "", np.inf, size + OUTLET_REPORTS)
    return np.asarray(others / known[outlet][report])


def _table(values: dict[Kind, float]) -> Floats:
    return np.array([values[kind] for kind in sorted(Kind)])
