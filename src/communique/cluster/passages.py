"""Runs of words that two reports share, grown over light edits.

The scheme is seed, extend and chain, as in sequence alignment (Altschul et al., BLAST, 1990), on words: `index` gives
the seeds, `heavy` chains what is grown here.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from communique.cluster.features import STOP
from communique.cluster.heavy import chained
from communique.cluster.index import Lines, Segment

SKIP = 4
"""Words that an edit may drop, add or exchange on either side between two shared runs."""

type Pair = tuple[int, int]


class Passage(NamedTuple):
    """Words shared by two reports, as word indices, ends exclusive; `pairs` are the words that are equal, in order."""

    a: int
    a_start: int
    a_end: int
    b: int
    b_start: int
    b_end: int
    pairs: tuple[Pair, ...]


def passages(a: int, b: int, one: Lines, other: Lines, seeds: Sequence[Segment]) -> list[Passage]:
    """The passages that two reports share, in the order of the first one's text; word indices are those of `Lines`.

    Args:
        a: number of the first report.
        b: number of the second.
        one: the first report's words.
        other: the second's.
        seeds: exact runs that they share, in the order of the text.
    """
    return [
        Passage(a, pairs[0][0], pairs[-1][0] + 1, b, pairs[0][1], pairs[-1][1] + 1, tuple(pairs))
        for pairs in chained(_grown(one, other, seeds), one, other)
    ]


def _grown(one: Lines, other: Lines, seeds: Sequence[Segment]) -> list[list[Pair]]:
    """Equal words of one pair of reports: each seed is grown unless an earlier one grew through it."""
    done: set[Pair] = set()
    found = []
    for i, j, words in seeds:
        if (i, j) in done:
            continue
        before = _walk(one, other, (i - 1, j - 1), -1)
        after = _walk(one, other, (i + words, j + words), 1)
        pairs = [*reversed(before), *zip(range(i, i + words), range(j, j + words), strict=True), *after]
        if len(seeds) > 1:
            done.update(pairs)
        found.append(pairs)
    return found


def _walk(one: Lines, other: Lines, start: Pair, step: int) -> list[Pair]:
    """Equal words from a place on, forwards or backwards, over edits of at most `SKIP` words."""
    x, y = one.hashes, other.hashes
    ends = len(x), len(y)
    i, j = start
    out: list[Pair] = []
    while 0 <= i < ends[0] and 0 <= j < ends[1]:
        if x[i] == y[j]:
            out.append((i, j))
            i, j = i + step, j + step
        elif (hop := _hop(one, other, (i, j), step)) is not None:
            i, j = hop
        else:
            break
    return out


_HOPS = sorted(itertools.product(range(SKIP + 1), repeat=2), key=lambda hop: (sum(hop), abs(hop[0] - hop[1]), hop))


def _hop(one: Lines, other: Lines, at: Pair, step: int) -> Pair | None:
    """The nearest place beyond an edit where the reports run together again; None where they have parted."""
    x, y = one.hashes, other.hashes
    i, j = at
    left = {d: x[n] for d in range(SKIP + 1) if 0 <= (n := i + step * d) < len(x)}
    right = {d: y[n] for d in range(SKIP + 1) if 0 <= (n := j + step * d) < len(y)}
    if left.keys() and set(left.values()).isdisjoint(right.values()):
        return None
    for di, dj in _HOPS:
        if di in left and dj in right and left[di] == right[dj]:
            place = (i + step * di, j + step * dj)
            if _rejoins(one, other, place, step, di + dj):
                return place
    return None


def _rejoins(one: Lines, other: Lines, at: Pair, step: int, cost: int) -> bool:
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
