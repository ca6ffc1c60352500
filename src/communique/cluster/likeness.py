"""How alike two reports are in words: TF-IDF cosine whose document frequencies hold in a collection of five as well.

The collection's own frequencies are mixed with a fixed prior for each kind of term, as if `PRIOR_REPORTS` further
reports had been seen. Only pairs that can meet are compared, those published within a window and those without a day,
and only likeness worth keeping is kept, so that memory grows with the reports and not with their square. Sums run in
the order of term hashes, so no order of arrival shows in them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communique.cluster.features import Features
from communique.cluster.terms import Kind

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

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
"""Reports after it, in the order of days and ids, that each report keeps its likeness to, the most like first."""
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


def likeness(reports: Sequence[Features], days: Sequence[int], window: int) -> Links:
    """Cosines of the pairs that can meet, from `FLOOR` on.

    Args:
        reports: `n` reports sorted by id.
        days: day of publication of each, `UNDATED` where unknown.
        window: days between publication from which on two reports are not compared.
    """
    order = np.lexsort((np.arange(len(reports)), np.array(days, dtype=np.int64)))
    sorted_days = np.array(days, dtype=np.int64)[order]
    postings = _postings([reports[n] for n in order])
    found = [_row(postings, at, sorted_days, window) for at in _starts(postings)]
    if not found:
        return Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    left, right = (order[np.concatenate([row[side] for row in found])] for side in (0, 1))
    one, other = np.minimum(left, right), np.maximum(left, right)
    value = np.concatenate([row[2] for row in found])
    by = np.lexsort((other, one))
    return Links(one[by], other[by], value[by])


def _starts(postings: _Postings) -> Iterator[Ints]:
    """For each report the places of its terms among the postings, terms ascending."""
    order = np.argsort(postings.place, kind="stable")
    cuts = np.flatnonzero(np.diff(postings.place[order])) + 1
    yield from np.split(order, cuts) if len(order) else []


def _row(postings: _Postings, own: Ints, days: Ints, window: int) -> tuple[Ints, Ints, Floats]:
    """Likeness of one report to those after it that it can meet: its place, theirs, and the values."""
    count, at = len(days), int(postings.place[own[0]])
    term = postings.term[own] * count
    last = int(np.searchsorted(days, days[at] + window)) if days[at] != UNDATED else count
    bare = max(last, int(np.searchsorted(days, UNDATED)))
    near = np.searchsorted(postings.key, term + last)
    starts = np.concatenate((own + 1, np.searchsorted(postings.key, term + bare)))
    lengths = np.maximum(np.concatenate((near, np.searchsorted(postings.key, term + count))) - starts, 0)
    picked = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    products = postings.weight[picked] * np.repeat(np.tile(postings.weight[own], 2), lengths)
    sums = np.bincount(postings.place[picked] - at, weights=products).round(9)
    alike = np.flatnonzero(sums >= FLOOR)
    alike = np.sort(alike[np.argsort(-sums[alike], kind="stable")[:NEAREST]])
    return np.full(len(alike), at), alike + at, sums[alike]


def _postings(reports: Sequence[Features]) -> _Postings:
    """Terms with weights of length 1 for each report; those of one report only and the commonest are left out."""
    sizes = [len(r.terms) for r in reports]
    place = np.repeat(np.arange(len(reports)), sizes)
    hashes = np.concatenate([np.zeros(0, np.uint64), *(np.array(r.terms, dtype=np.uint64) for r in reports)])
    kinds = np.frombuffer(b"".join(r.kinds for r in reports), dtype=np.uint8)
    given = np.concatenate([np.zeros(0), *(np.array(r.weights) for r in reports)])
    _, term, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    weight = given * _table(WEIGHT)[kinds] * _rarity(reports, place, term, kinds, counts)
    length = np.sqrt(np.bincount(place, weights=weight * weight, minlength=len(reports)))
    weight /= np.where(length > 0, length, 1.0)[place]
    kept = np.flatnonzero((counts[term] > 1) & (counts[term] <= COMMON))
    kept = kept[np.argsort(term[kept], kind="stable")]
    return _Postings(term[kept] * len(reports) + place[kept], term[kept], place[kept], weight[kept])


def _rarity(reports: Sequence[Features], place: Ints, term: Ints, kinds: npt.NDArray[np.uint8], counts: Ints) -> Floats:
    """Minus the logarithm of the share of reports that hold a term.

    Of all reports, or of its outlet's, whose manner is no evidence, whichever is larger.
    """
    share = (counts[term] + PRIOR_REPORTS * _table(PRIOR)[kinds]) / (len(reports) + PRIOR_REPORTS)
    names = sorted({r.outlet for r in reports if r.outlet is not None})
    number = {name: n for n, name in enumerate(names)}
    outlet = np.array([number.get(r.outlet or "", -1) for r in reports], dtype=np.int64)
    size = np.bincount(outlet[outlet >= 0], minlength=len(names))
    known = np.flatnonzero(outlet[place] >= 0)
    of = outlet[place[known]]
    _, manner, held = np.unique(of * (len(counts) + 1) + term[known], return_inverse=True, return_counts=True)
    share[known] = np.maximum(share[known], (held[manner] - 1) / (size[of] + OUTLET_REPORTS))
    return -np.log(np.minimum(share, 0.999))


def _table(values: dict[Kind, float]) -> Floats:
    return np.array([values[kind] for kind in sorted(Kind)])
