"""Runs of words that two reports share, grown over light edits.

The scheme is seed, extend and chain, as in sequence alignment (Altschul et al., BLAST, 1990), on words: `index` gives
the seeds, `heavy` chains what is grown here.
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from communique.cluster.features import STOP
from communique.cluster.heavy import chained
from communique.cluster.index import Lines, Segment

SKIP = 4
"""Words that an edit may drop, add or exchange on either side between two shared runs."""

type Pair = tuple[int, int]


class Passage(NamedTuple):
    """Words shared by two reports, as word indices, ends exclusive; `runs` are the words that are equal, in order."""

    a: int
    a_start: int
    a_end: int
    b: int
    b_start: int
    b_end: int
    runs: tuple[Segment, ...]

    @classmethod
    def of(cls, a: int, b: int, runs: Sequence[Segment]) -> "Passage":
        """The passage of two reports, by their numbers, that some runs make up."""
        first, last = runs[0], runs[-1]
        return cls(a, first.a, last.a + last.words, b, first.b, last.b + last.words, tuple(runs))

    @property
    def pairs(self) -> list[Pair]:
        """The words that are equal, one by one."""
        return [(i + n, j + n) for i, j, words in self.runs for n in range(words)]


def passages(a: int, b: int, one: Lines, other: Lines, seeds: Sequence[Segment]) -> list[Passage]:
    """The passages that two reports share, in the order of the first one's text; word indices are those of `Lines`.

    Args:
        a: number of the first report.
        b: number of the second.
        one: the first report's words.
        other: the second's.
        seeds: exact runs that they share, in the order of the text.
    """
    return [Passage.of(a, b, runs) for runs in runs_of(one, other, seeds)]


def runs_of(one: Lines, other: Lines, seeds: Sequence[Segment]) -> list[list[Segment]]:
    """The runs of each of `passages`: a function of the words alone, whatever is marked of them as quoted."""
    return chained(_grown(one, other, seeds), one, other)


def _grown(one: Lines, other: Lines, seeds: Sequence[Segment]) -> list[list[Segment]]:
    """Equal words of one pair of reports: each seed is grown unless an earlier one grew through it."""
    done: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = []
    for seed in seeds:
        i, j, words = seed
        if any(first <= i < end for first, end in done[i - j]):
            continue
        before = _walk(one, other, (i - 1, j - 1), -1)
        after = _walk(one, other, (i + words, j + words), 1)
        runs = _whole([*reversed(before), seed, *after])
        for run in runs:
            done[run.a - run.b].append((run.a, run.a + run.words))
        found.append(runs)
    return found


def _whole(runs: Sequence[Segment]) -> list[Segment]:
    """Runs in order, those that follow one another word by word made one: a seed may be the part of a run."""
    out: list[Segment] = []
    for run in runs:
        last = out[-1] if out else None
        if last and run.a - last.a == run.b - last.b == last.words:
            out[-1] = Segment(last.a, last.b, last.words + run.words)
        else:
            out.append(run)
    return out


def _walk(one: Lines, other: Lines, start: Pair, step: int) -> list[Segment]:
    """Runs of equal words from a place on, forwards or backwards, over edits of at most `SKIP` words."""
    x, y = one.hashes, other.hashes
    ends = len(x), len(y)
    place: Pair | None = start
    out: list[Segment] = []
    while place is not None:
        i, j = place
        while 0 <= i < ends[0] and 0 <= j < ends[1] and x[i] == y[j]:
            i, j = i + step, j + step
        if words := abs(i - place[0]):
            out.append(Segment(*(place if step > 0 else (i + 1, j + 1)), words))
        place = _hop(one, other, (i, j), step)
    return out


_HOPS = sorted(itertools.product(range(SKIP + 1), repeat=2), key=lambda hop: (sum(hop), abs(hop[0] - hop[1]), hop))


def _hop(one: Lines, other: Lines, at: Pair, step: int) -> Pair | None:
    """The nearest place beyond an edit where the reports run together again; None where they have parted or end."""
    i, j = at
    left, right = _ahead(one.hashes, i, step), _ahead(other.hashes, j, step)
    if not (left and right) or set(left).isdisjoint(right):
        return None
    for di, dj in _HOPS:
        if di < len(left) and dj < len(right) and left[di] == right[dj]:
            place = (i + step * di, j + step * dj)
            if _rejoins(one, other, place, step, di + dj):
                return place
    return None


def _ahead(words: Sequence[int], at: int, step: int) -> Sequence[int]:
    """The next words from a place on, forwards or backwards, as far as an edit may reach."""
    return words[at : at + SKIP + 1] if step > 0 else words[max(0, at - SKIP) : at + 1][::-1]


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
