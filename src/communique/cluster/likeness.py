"""How alike two reports are in words: TF-IDF cosine whose document frequencies hold in a collection of five as well.

The collection's own frequencies are mixed with a fixed prior for each kind of term, as if `PRIOR_REPORTS` further
reports had been seen. Only pairs that can meet are compared, those published within a window and those without a day,
and only likeness worth keeping is kept, so that memory grows with the reports and not with their square. Sums run in
the order of term hashes, so no order of arrival shows in them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communique.cluster.index import Cell, summed
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
UNDATED = 10**9
"""Day of a report without one: after all others."""


class Links(NamedTuple):
    """Likeness of pairs of reports, by their places in the given order: `one < other`, sorted, 0 to 1; `m` pairs."""

    one: Ints
    other: Ints
    value: Floats


class _Postings(NamedTuple):
    """Terms of all reports: `place` of the report and `weight`, sorted by term, then place; `key` orders them."""

    key: Ints
    term: Ints
    place: Ints
    weight: Floats


class Likeness:
    """Reports weighed against one another; likeness is worked out for the rows that are asked for."""

    def __init__(self, cells: Sequence[Cell], days: Sequence[int], window: int, live: Bools) -> None:
        """Weigh reports.

        Args:
            cells: `n` reports, numbered through the cells; they say how rare a term is.
            days: day of publication of each, `UNDATED` where unknown.
            window: days between publication from which on two reports are not compared.
            live: which of them are compared at all, `n`.
        """
        self._order = np.lexsort((np.arange(len(days)), np.array(days, dtype=np.int64)))
        self._days = np.array(days, dtype=np.int64)[self._order]
        self._window = window
        self._postings = _postings(cells, self._order, live)
        self._own = np.argsort(self._postings.place, kind="stable")
        self._bounds = np.searchsorted(self._postings.place[self._own], np.arange(len(days) + 1))

    def links(self, rows: Bools) -> Links:
        """Likeness of some reports to all those before them in the order of days and numbers, from `FLOOR` on.

        Args:
            rows: which reports, by their numbers.
        """
        found = [self._row(int(at)) for at in np.flatnonzero(rows[self._order])]
        if not found:
            return Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        left, right = (self._order[np.concatenate([row[side] for row in found])] for side in (0, 1))
        return in_order(left, right, np.concatenate([row[2] for row in found]))

    def _row(self, at: int) -> tuple[Ints, Ints, Floats]:
        """Likeness of one report to those before it that it can meet: its place, theirs, and the values."""
        post, own = self._postings, self._own[self._bounds[at] : self._bounds[at + 1]]
        dated = self._days[at] != UNDATED
        first = int(np.searchsorted(self._days, self._days[at] - self._window, side="right")) if dated else 0
        starts = np.searchsorted(post.key, post.term[own] * len(self._days) + first)
        lengths = own - starts
        picked = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        products = post.weight[picked] * np.repeat(post.weight[own], lengths)
        sums = np.bincount(post.place[picked] - first, weights=products).round(9)
        alike = np.flatnonzero(sums >= FLOOR)
        if len(alike) > NEAREST:
            alike = np.sort(alike[np.argsort(-sums[alike], kind="stable")[:NEAREST]])
        return np.full(len(alike), at), alike + first, sums[alike]


def in_order(left: Ints, right: Ints, value: Floats) -> Links:
    """Links with the smaller number first, sorted."""
    one, other = np.minimum(left, right), np.maximum(left, right)
    by = np.lexsort((other, one))
    return Links(one[by], other[by], value[by])


def _postings(cells: Sequence[Cell], order: Ints, live: Bools) -> _Postings:
    """Terms of live reports, of length 1 for each; those of one report only and the commonest are left out."""
    size = len(order)
    report = np.repeat(np.arange(size), np.concatenate([cell.lengths for cell in cells]))
    own, counts = summed([cell.terms for cell in cells])
    term = np.concatenate(own)
    kinds = np.concatenate([cell.kinds for cell in cells])
    weight = np.concatenate([cell.weights for cell in cells]) * _table(WEIGHT)[kinds]
    weight *= -np.log(np.minimum(_share(cells, report, counts[term], kinds), 0.999))
    length = np.sqrt(np.bincount(report, weights=weight * weight, minlength=size))
    weight /= np.where(length > 0, length, 1.0)[report]
    kept = np.flatnonzero((counts[term] > 1) & (counts[term] <= COMMON) & live[report])
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    key = term[kept] * size + place[report[kept]]
    by = np.argsort(key, kind="stable")
    kept, key = kept[by], key[by]
    return _Postings(key, term[kept], place[report[kept]], weight[kept])


def _share(cells: Sequence[Cell], report: Ints, counts: Ints, kinds: npt.NDArray[np.uint8]) -> Floats:
    """For each term of each report the share of reports that hold it.

    Of all reports, or of its outlet's, whose manner is no evidence, whichever is larger.
    """
    reports = [r for cell in cells for r in cell.reports]
    share: Floats = (counts + PRIOR_REPORTS * _table(PRIOR)[kinds]) / (len(reports) + PRIOR_REPORTS)
    names = {name: n for n, name in enumerate(sorted({r.outlet for r in reports if r.outlet is not None}))}
    outlet = np.array([names.get(r.outlet or "", -1) for r in reports], dtype=np.int64)
    size = np.bincount(outlet[outlet >= 0], minlength=len(names))
    own, held = summed([cell.manner for cell in cells])
    known = np.flatnonzero(outlet[report] >= 0)
    manner = (held[np.concatenate(own)[known]] - 1) / (size[outlet[report[known]]] + OUTLET_REPORTS)
    share[known] = np.maximum(share[known], manner)
    return share


def _table(values: dict[Kind, float]) -> Floats:
    return np.array([values[kind] for kind in sorted(Kind)])
