"""Runs of words that two reports share, found by seeds in an inverted index and grown over light edits.

The scheme is seed, extend and chain, as in sequence alignment (Altschul et al., BLAST, 1990), on words. The index and
the seeds are flat arrays: a word costs some 40 bytes, however many reports there are.
"""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.features import FURNITURE, STOP, Features
from communique.cluster.heavy import chained
from communique.text.shingles import shingles

SEED = 6
"""Words of an exact run that opens a passage. On planted-dev 5 doubles the pairs to look at and finds no more."""
HOT = 40
"""Reports that share a run up to which every two of them are compared; beyond, each only with the next, so that time
stays linear and `reuse.joined` still finds them all."""
SKIP = 4
"""Words that an edit may drop, add or exchange on either side between two shared runs."""
_PLACES = 4
"""Places of one run in one report that are looked at."""


class Passage(NamedTuple):
    """Words shared by two reports, as word indices, ends exclusive; `pairs` are the words that are equal, in order."""

    a: int
    a_start: int
    a_end: int
    b: int
    b_start: int
    b_end: int
    pairs: tuple[tuple[int, int], ...]


class Lines(NamedTuple):
    """A report as the search sees it: hashes and flags of the words that are no furniture, and their indices."""

    hashes: list[int]
    flags: bytes
    places: list[int]


def lines(report: Features) -> Lines:
    """A report without its furniture."""
    places = [n for n, flag in enumerate(report.flags) if not flag & FURNITURE]
    return Lines([report.hashes[n] for n in places], bytes(report.flags[n] for n in places), places)


def passages(reports: Sequence[Lines]) -> Iterator[Passage]:
    """Every passage that two of the reports share; indices `a < b` into the given reports, in order.

    Word indices are those of `Lines.hashes`.
    """
    for a, b, seeds in _seeds(reports):
        for pairs in chained(_grown(reports[a], reports[b], seeds), reports[a], reports[b]):
            yield Passage(a, pairs[0][0], pairs[-1][0] + 1, b, pairs[0][1], pairs[-1][1] + 1, tuple(pairs))


def _seeds(reports: Sequence[Lines]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Places of shared runs for each pair of reports that shares one, in order."""
    flat = array("i")
    for entries in _postings(reports):
        _add_pairs(entries, flat)
    rows = np.frombuffer(flat, dtype=np.int32).reshape(-1, 4) if flat else np.zeros((0, 4), dtype=np.int32)
    rows = rows[np.lexsort(rows.T[::-1])]
    change = np.flatnonzero(np.any(rows[1:, :2] != rows[:-1, :2], axis=1)) + 1
    for first, last in itertools.pairwise([0, *change.tolist(), len(rows)] if len(rows) else []):
        a, b = rows[first, :2].tolist()
        yield a, b, [(i, j) for i, j in rows[first:last, 2:].tolist()]


def _postings(reports: Sequence[Lines]) -> Iterator[list[list[int]]]:
    """Report and place of every run of words that stands more than once."""
    runs, where = array("Q"), array("i")
    for number, report in enumerate(reports):
        found = shingles(report.hashes, SEED)
        runs.extend(found)
        for place in range(len(found)):
            where.extend((number, place))
    values = np.frombuffer(runs, dtype=np.uint64) if runs else np.zeros(0, dtype=np.uint64)
    order = np.argsort(values, kind="stable")
    values = values[order]
    places = np.array(where, dtype=np.int32).reshape(-1, 2)
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.zeros(0, int)
    ends = np.append(starts[1:], len(values))
    for first, last in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        yield places[order[first:last]].tolist()


def _add_pairs(entries: list[list[int]], flat: "array[int]") -> None:
    """Add rows of report, report, place, place for the reports that share a run."""
    places: dict[int, list[int]] = defaultdict(list)
    for number, place in entries:
        if len(places[number]) < _PLACES:
            places[number].append(place)
    near = itertools.combinations(places, 2) if len(places) <= HOT else itertools.pairwise(places)
    for a, b in near:
        for i, j in itertools.product(places[a], places[b]):
            flat.extend((a, b, i, j))


def _grown(one: Lines, other: Lines, seeds: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Equal words of one pair of reports: each seed is grown unless an earlier one grew through it."""
    done: set[tuple[int, int]] = set()
    found = []
    for i, j in seeds:
        if (i, j) in done:
            continue
        core = [(i + n, j + n) for n in range(SEED)]
        before = _walk(one, other, (i - 1, j - 1), -1)
        after = _walk(one, other, (i + SEED, j + SEED), 1)
        pairs = [*reversed(before), *core, *after]
        done.update(pairs)
        found.append(pairs)
    return found


def _walk(one: Lines, other: Lines, start: tuple[int, int], step: int) -> list[tuple[int, int]]:
    """Equal words from a place on, forwards or backwards, over edits of at most `SKIP` words."""
    x, y = one.hashes, other.hashes
    i, j = start
    out: list[tuple[int, int]] = []
    while 0 <= i < len(x) and 0 <= j < len(y):
        if x[i] == y[j]:
            out.append((i, j))
            i, j = i + step, j + step
        elif (hop := _hop(one, other, (i, j), step)) is not None:
            i, j = hop
        else:
            break
    return out


_HOPS = sorted(itertools.product(range(SKIP + 1), repeat=2), key=lambda hop: (sum(hop), abs(hop[0] - hop[1]), hop))


def _hop(one: Lines, other: Lines, at: tuple[int, int], step: int) -> tuple[int, int] | None:
    """The nearest place beyond an edit where the reports run together again; None where they have parted."""
    for di, dj in _HOPS:
        i, j = at[0] + step * di, at[1] + step * dj
        if _rejoins(one, other, (i, j), step, di + dj):
            return i, j
    return None


def _rejoins(one: Lines, other: Lines, at: tuple[int, int], step: int, cost: int) -> bool:
    """Whether three equal words follow of which one tells something, or two behind a small edit."""
    i, j = at
    equal = telling = 0
    while equal < 3 and 0 <= i < len(one.hashes) and 0 <= j < len(other.hashes):  # noqa: PLR2004 - as the docstring says
        if one.hashes[i] != other.hashes[j]:
            break
        equal += 1
        telling += not one.flags[i] & STOP
        i, j = i + step, j + step
    small = cost <= 2 or telling == 2  # noqa: PLR2004 - one word exchanged, or both words tell
    return telling > 0 and (equal == 3 or (equal == 2 and small))  # noqa: PLR2004 - as the docstring says
