"""Passages of one pair of reports joined over heavily edited stretches, in which no run of words survived.

Between two shared runs that follow one another closely in both reports, what lies between is aligned as well (longest
common subsequence; Hirschberg, 1975, for the problem), and counts as the same passage where enough of it is equal.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from communique.cluster.features import STOP
from communique.cluster.index import Segment

type Pairs = list[tuple[int, int]]

GAP = 40
"""Longest stretch between two shared runs, in words of the longer side."""
LEAN = 0.5
"""Length of the shorter side of a stretch, as a share of the longer, at least; small stretches may differ more."""
SMALL = 6
EQUAL = 0.4
"""Share of the shorter side's words that are equal and in order, at least. Unrelated news reaches .25."""


class Words(Protocol):
    """A report as the search sees it: `passages.Lines`."""

    @property
    def hashes(self) -> Sequence[int]:
        """Word hashes."""

    @property
    def flags(self) -> Sequence[int]:
        """A byte a word."""


class Stretch(NamedTuple):
    """Words between two shared runs, as indices, ends exclusive."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def chained(found: Sequence[list[Segment]], one: Words, other: Words) -> list[list[Segment]]:
    """Passages in order, those that belong together made one.

    Args:
        found: runs of equal words of each passage, ascending on both sides.
        one: the first report.
        other: the second.
    """
    out: list[list[Segment]] = []
    for runs in sorted(found, key=_place):
        between = _between(out[-1][-1], runs[0], one, other) if out else None
        if between is None:
            out.append(runs)
        else:
            out[-1] = [*out[-1], *between, *runs]
    return out


def _place(runs: Sequence[Segment]) -> list[tuple[int, int, int]]:
    """The order of passages is that of their pairs of words: of two runs that begin alike the longer comes first."""
    return [(i, j, -words) for i, j, words in runs]


def _between(before: Segment, after: Segment, one: Words, other: Words) -> list[Segment] | None:
    """Equal words between two passages; None where they are not of one piece."""
    gap = Stretch(before.a + before.words, after.a, before.b + before.words, after.b)
    short, long_ = sorted((gap.a_end - gap.a_start, gap.b_end - gap.b_start))
    if short < 0 or long_ > GAP or short < min(LEAN * long_, long_ - SMALL):
        return None
    equal = aligned(one, other, gap)
    telling = [(i, j) for i, j in equal if not one.flags[i] & STOP]
    return _runs(equal) if len(equal) >= EQUAL * short and (telling or long_ <= SMALL) else None


def _runs(pairs: Pairs) -> list[Segment]:
    """Pairs of words as runs."""
    out: list[Segment] = []
    for i, j in pairs:
        if out and (out[-1].a + out[-1].words, out[-1].b + out[-1].words) == (i, j):
            out[-1] = out[-1]._replace(words=out[-1].words + 1)
        else:
            out.append(Segment(i, j, 1))
    return out


def aligned(one: Words, other: Words, gap: Stretch) -> Pairs:
    """The longest common subsequence of two stretches of words, as pairs of word indices."""
    x, y = one.hashes[gap.a_start : gap.a_end], other.hashes[gap.b_start : gap.b_end]
    best = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i in range(len(x) - 1, -1, -1):
        for j in range(len(y) - 1, -1, -1):
            best[i][j] = best[i + 1][j + 1] + 1 if x[i] == y[j] else max(best[i + 1][j], best[i][j + 1])
    out: Pairs = []
    i = j = 0
    while i < len(x) and j < len(y):
        if x[i] == y[j]:
            out.append((gap.a_start + i, gap.b_start + j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return out
