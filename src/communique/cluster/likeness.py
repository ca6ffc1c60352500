"""How alike two reports are in words: TF-IDF cosine whose document frequencies hold in a collection of five as well.

The collection's own frequencies are mixed with a fixed prior for each kind of term, as if `PRIOR_REPORTS` further
reports had been seen. A report's terms are weighed once, by its own cell and the cells before it, and keep their weight
when later reports are compared with it. Only pairs that can meet are compared, those published within a window and
those without a day, and only likeness worth keeping is kept, so that memory grows with the reports and not with their
square. Sums run in the order of term hashes, so no order of arrival shows in them.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communique.cluster.index import Cell, found, outlet_key, ranges
from communique.cluster.past import Past
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
PORTION_MET = 1 << 21
"""Terms of the reports of another cell that are met at once, for the same reason."""
UNDATED = 10**9
"""Day of a report without one: after all others."""
_NAMELESS = outlet_key("")


class Links(NamedTuple):
    """Likeness of pairs of reports, by their places in the given order: `one < other`, sorted, 0 to 1; `m` pairs."""

    one: Ints
    other: Ints
    value: Floats


class Weighed:
    """A cell whose terms are weighed by how rare they are in it and in the cells before it.

    Attributes:
        weight: of each term of each report, report after report; of length 1 for each report.
        held: in how many reports, here and before, each distinct term stands.
        days: day of publication of each report, `UNDATED` where unknown.
        terms: its terms.
        report: for each term of each report the number of its report.
    """

    def __init__(self, past: Past, cell: Cell) -> None:
        """Weigh.

        Args:
            past: the cells before that say how rare a term is.
            cell: the cell.
        """
        self.days = np.array([ordinal(report.published) for report in cell.reports], dtype=np.int64)
        self.terms = cell.terms
        self.held = self.terms.counts + past.held(self.terms.values)
        self.report = np.repeat(np.arange(len(self.days)), cell.lengths)
        weight = cell.weights * _table(WEIGHT)[cell.kinds]
        known = len(past.reports) + len(self.days) + PRIOR_REPORTS
        share = (self.held[self.terms.number] + (PRIOR_REPORTS * _table(PRIOR))[cell.kinds]) / known
        weight *= -np.log(np.minimum(np.maximum(share, _manner(past, cell, self.report)), 0.999))
        length = np.sqrt(np.bincount(self.report, weights=weight * weight, minlength=len(self.days)))
        self.weight = weight / np.where(length > 0, length, 1.0)[self.report]

    @cached_property
    def places(self) -> Ints:
        """Where each distinct term stands: terms of reports, by their numbers, those of one term after another."""
        return np.argsort(self.terms.number * len(self.terms.number) + np.arange(len(self.terms.number)))

    @cached_property
    def firsts(self) -> Ints:
        """For each distinct term the first of its `places`."""
        return np.cumsum(self.terms.counts) - self.terms.counts


def links(past: Sequence[Weighed], new: Weighed, window: int) -> Links:
    """Likeness of the reports of a cell to all those before them in the order of days and numbers, from `FLOOR` on.

    Args:
        past: the cells before.
        new: the cell; its reports are numbered from 0, those before it backwards from -1.
        window: days between publication from which on two reports are not compared.
    """
    first, rows = 0, [_inside(new, window)]
    for old in reversed(past):
        first -= len(old.days)
        rows.append(_across(old, new, first, window))
    left, right, value = (np.concatenate([row[side] for row in reversed(rows)]) for side in range(3))
    kept = _nearest(left, value)
    return in_order(left[kept], right[kept], value[kept])


def _inside(new: Weighed, window: int) -> tuple[Ints, Ints, Floats]:
    """Likeness of reports of a cell to those before each in it: their numbers, those of the others, and the values."""
    order = np.lexsort((np.arange(len(new.days)), new.days))
    days, post = new.days[order], _postings(new, order)
    rows = [_rows(post, days, window, ats) for ats in _portions(post.bounds)]
    left, right = (order[np.concatenate([_NONE, *(row[side] for row in rows)])] for side in (0, 1))
    return left, right, np.concatenate([np.zeros(0), *(row[2] for row in rows)])


_NONE = np.zeros(0, dtype=np.int64)


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


def _postings(new: Weighed, order: Ints) -> _Postings:
    """Terms of the reports of a cell, by their places; those of one report only and the commonest are left out."""
    size = len(order)
    kept = np.flatnonzero(((new.terms.counts > 1) & (new.held <= COMMON))[new.terms.number])
    term, report = new.terms.number[kept], new.report[kept]
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    key = term * size + place[report]
    by = np.argsort(key)
    own, bounds = _by_report(by, report, order)
    return _Postings(key[by], term[by], place[report[by]], new.weight[kept[by]], own, bounds)


def _by_report(by: Ints, report: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Where the terms of each report are, reports in their order: the numbers of one after those of another; bounds."""
    where = np.empty(len(by), dtype=np.int64)
    where[by] = np.arange(len(by))
    counts = np.bincount(report, minlength=len(order))
    starts = np.cumsum(counts) - counts
    return where[ranges(starts[order], counts[order])], np.concatenate(([0], np.cumsum(counts[order])))


def _portions(bounds: Ints) -> Iterator[Ints]:
    """The places of reports in portions that are weighed at once, each of at least one."""
    ats = np.arange(len(bounds) - 1)
    cost = np.cumsum(np.maximum(np.diff(bounds), 1) * np.minimum(ats + 1, PORTION_WIDTH))
    for _, some in itertools.groupby(range(len(ats)), key=lambda n: int(cost[n]) // PORTION):
        yield ats[list(some)]


def _rows(post: _Postings, days: Ints, window: int, ats: Ints) -> tuple[Ints, Ints, Floats]:
    """Likeness of reports to those before each that it can meet: their places, theirs, and the values.

    Args:
        post: the terms.
        days: day of each report, by place.
        window: days from which on two are not compared.
        ats: places of the reports, ascending.
    """
    sizes = post.bounds[ats + 1] - post.bounds[ats]
    row = np.repeat(np.arange(len(ats)), sizes)
    own = post.own[ranges(post.bounds[ats], sizes)]
    first = np.where(days[ats] == UNDATED, 0, np.searchsorted(days, days[ats] - window, side="right"))
    starts = np.searchsorted(post.key, post.term[own] * len(days) + first[row])
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


def _across(old: Weighed, new: Weighed, first: int, window: int) -> tuple[Ints, Ints, Floats]:
    """Likeness of reports of a cell to those of one before it, as `_inside` has it.

    Args:
        old: the cell before.
        new: the cell.
        first: the number of the first report of the cell before.
        window: days from which on two are not compared.
    """
    if new.days.min() - old.days.max() >= window:
        return _NONE, _NONE, np.zeros(0)
    at, known = found(old.terms.values, new.terms.values)
    met = np.flatnonzero((known & (new.held <= COMMON))[new.terms.number])
    where = at[new.terms.number[met]]
    lengths = old.terms.counts[where]
    width = len(old.days)
    portion = np.cumsum(np.bincount(new.report[met], weights=lengths, minlength=len(new.days))) // PORTION_MET
    sums = [
        _sums(old, (new.report[met[some]] - rows[0], where[some], new.weight[met[some]]), len(rows))
        for rows in np.split(np.arange(len(new.days)), np.flatnonzero(np.diff(portion)) + 1)
        for some in [slice(*np.searchsorted(new.report[met], [rows[0], rows[-1] + 1]).tolist())]
    ]
    alike = np.concatenate(sums)
    kept = np.flatnonzero(alike >= FLOOR)
    left, right = kept // width, kept % width
    near = new.days[left] - old.days[right] < window
    return left[near], right[near] + first, alike[kept[near]]


def _sums(old: Weighed, terms: tuple[Ints, Ints, Floats], rows: int) -> Floats:
    """Likeness of some reports to all of a cell before theirs, row after row.

    Args:
        old: the cell before.
        terms: terms of the reports: the row of each, its number in the cell before, and its weight.
        rows: the reports.
    """
    row, where, weight = terms
    lengths = old.terms.counts[where]
    picked = old.places[ranges(old.firsts[where], lengths)]
    bins = np.repeat(row * len(old.days), lengths) + old.report[picked]
    products = old.weight[picked] * np.repeat(weight, lengths)
    return np.asarray(np.bincount(bins, weights=products, minlength=rows * len(old.days)).round(9))


def _nearest(row: Ints, value: Floats) -> Ints:
    """The `NEAREST` highest values of each row, in their order; of equal ones the first."""
    counts = np.bincount(row)
    if not len(row) or counts.max() <= NEAREST:
        return np.arange(len(row))
    order = np.lexsort((np.arange(len(row)), -value, row))
    rank = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(order[rank < NEAREST])


def ordinal(day: str | None) -> int:
    """A day as a number; `UNDATED` where it is not known."""
    try:
        return dt.date.fromisoformat(day or "").toordinal()
    except ValueError:
        return UNDATED


def in_order(left: Ints, right: Ints, value: Floats) -> Links:
    """Links with the smaller number first, sorted."""
    one, other = np.minimum(left, right), np.maximum(left, right)
    by = np.lexsort((other, one))
    return Links(one[by], other[by], value[by])


def _manner(past: Past, cell: Cell, report: Ints) -> Floats:
    """For each term of each report the share of its outlet's other reports that hold it: its manner is no evidence."""
    held = cell.manner.counts + past.manner(cell.manner.values)
    outlets, size = np.unique(np.concatenate((*(c.outlets for c in past.cells), cell.outlets)), return_counts=True)
    known = np.where(outlets == _NAMELESS, np.inf, size + OUTLET_REPORTS)
    others = held[cell.manner.number] - 1
    return np.asarray(others / known[np.searchsorted(outlets, cell.outlets)][report])


def _table(values: dict[Kind, float]) -> Floats:
    return np.array([values[kind] for kind in sorted(Kind)])
