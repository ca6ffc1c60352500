"""Sentences of two newsrooms that say the same in other words: a weaker kind than shared words, and nobody's copy.

Only within one story, only a newsroom's own narration, and only where no run of words is shared: two sentences that
have several rare words in common, most of what either tells, and are each other's likest. A word is rare or common by
the sentences of its story. What is missed is many times what is found.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from communique.cluster.features import FURNITURE, NAME, OPENS, QUOTED, STOP, Features
from communique.cluster.index import Ints, opening, ordered, ranges
from communique.cluster.reuse import Shared

LEAST = 0.55
"""Likeness of two sentences, at least: the weight of the words that they share, as a share of the geometric mean of
what either weighs. Read on allsides-to2018 and ecb-1-35: of a dozen each from 0.5 to 0.55 one in six only told of the
like; above, one in fifteen."""
WORDS, OWN = 6, 4
"""Telling words that two sentences share, at least; and those of them that are no names."""
SHORTEST, LONGEST = 8, 60
"""Words of a sentence."""
SMALL = 0.15
"""Share of a sentence's words that are function words, at least: a row of names, or an address, is no sentence."""
OFTEN = 8
"""Sentences of a story that hold a word from which on it says nothing about which two belong together."""
RARE = 3
"""Words held by fewer sentences than that which two sentences share, at least, to be compared at all."""
_MIX = 0xBF58476D1CE4E5B9
"""Odd multiplier that parts the stories."""


class Again(NamedTuple):
    """Two sentences that say the same; words as indices into `Features`, ends exclusive; `score` from 0 to 1."""

    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int
    score: float


class _Sentences(NamedTuple):
    """The sentences of narration of some reports: report, first word and end of each, and their telling words.

    `size` is how many sentences the story of each has. `word`, `name` and `of` have a row for each different telling
    word of each sentence, those of one sentence after those of another; words are numbered, and those of two stories
    are never the same. `by_word` are the rows of one word after those of another.
    """

    report: Ints
    start: Ints
    end: Ints
    size: Ints
    word: Ints
    name: Ints
    of: Ints
    by_word: Ints


def told_again(stories: Sequence[Sequence[Features]], fresh: AbstractSet[str], found: Iterable[Shared]) -> list[Again]:
    """Pairs of sentences of two reports of a story that say the same in other words, in order.

    Args:
        stories: the reports of each story, disjoint.
        fresh: reports of which one is in each pair.
        found: the passages that reports share: sentences that these touch are no paraphrases.
    """
    reports = [report for story in stories for report in story]
    if not reports:
        return []
    told = _sentences(reports, np.repeat(np.arange(len(stories)), [len(story) for story in stories]))
    weigh = _Scale(told)
    scores = {pair: score for pair in _candidates(told, reports, fresh) if (score := weigh(*pair)) >= LEAST}
    touched: dict[frozenset[str], list[Shared]] = defaultdict(list)
    for row in found:
        touched[frozenset((row.a, row.b))].append(row)
    rows = (_again(told, reports, pair, scores[pair]) for pair in _likest(told, scores))
    return sorted(
        row for row in rows if not any(_touches(row, by) for by in touched.get(frozenset((row.a, row.b)), ()))
    )


def _likest(told: _Sentences, scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs of which each is the other's likest in its report; of several the first."""
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for (one, other), score in scores.items():
        for mine, theirs in ((one, other), (other, one)):
            side = (mine, int(told.report[theirs]))
            best[side] = max(best.get(side, (0.0, 0)), (score, -theirs))
    return [
        (one, other)
        for one, other in scores
        if best[one, int(told.report[other])][1] == -other and best[other, int(told.report[one])][1] == -one
    ]


def _again(told: _Sentences, reports: Sequence[Features], pair: tuple[int, int], score: float) -> Again:
    sides = sorted((reports[told.report[n]].report, int(told.start[n]), int(told.end[n])) for n in pair)
    return Again(*sides[0], *sides[1], score)


def _touches(again: Again, row: Shared) -> bool:
    """Whether a passage of the same reports lies in one of two sentences; ids of both are in order."""
    a = row.a_start < again.a_end and again.a_start < row.a_end
    return a or (row.b_start < again.b_end and again.b_start < row.b_end)


class _Scale:
    """Weighs sentences of a story against each other: rare words weigh more."""

    def __init__(self, told: _Sentences) -> None:
        """Count in how many sentences each word stands."""
        self._told = told
        self._weight = np.log(1 + told.size[told.of] / np.bincount(told.word)[told.word])
        self._bounds = np.searchsorted(told.of, np.arange(len(told.report) + 1)).tolist()
        self._words: dict[int, dict[int, tuple[float, int]]] = {}

    def __call__(self, one: int, other: int) -> float:
        """Likeness of two sentences; 0 where they share too little to say."""
        left, right = self._of(one), self._of(other)
        both = left.keys() & right.keys()
        if len(both) < WORDS or sum(not left[word][1] for word in both) < OWN:
            return 0.0
        shared = math.fsum(left[word][0] for word in both)
        whole = math.fsum(weight for weight, _ in left.values()) * math.fsum(weight for weight, _ in right.values())
        return round(shared / math.sqrt(whole), 6)

    def _of(self, sentence: int) -> dict[int, tuple[float, int]]:
        """The telling words of a sentence, each with its weight and whether it is a name."""
        if sentence not in self._words:
            own = slice(self._bounds[sentence], self._bounds[sentence + 1])
            sides = zip(self._weight[own].tolist(), self._told.name[own].tolist(), strict=True)
            self._words[sentence] = dict(zip(self._told.word[own].tolist(), sides, strict=True))
        return self._words[sentence]


def _candidates(told: _Sentences, reports: Sequence[Features], fresh: AbstractSet[str]) -> list[tuple[int, int]]:
    """Pairs of sentences of different newsrooms, one of a fresh report, that share some rare words."""
    of = told.of[told.by_word]
    size = np.bincount(told.word)
    first = np.cumsum(size) - size
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for count in range(2, OFTEN):
        rows = of[first[size == count][:, None] + np.arange(count)]
        pairs += [rows[:, pair] for pair in itertools.combinations(range(count), 2)]
    one, other = np.concatenate(pairs).T
    keys, shared = np.unique(one * len(told.report) + other, return_counts=True)
    one, other = np.divmod(keys[shared >= RARE], len(told.report))
    outlet = np.unique([r.outlet or f"\0{n}" for n, r in enumerate(reports)], return_inverse=True)[1]
    new = np.array([r.report in fresh for r in reports], dtype=bool)
    a, b = told.report[one], told.report[other]
    kept = (outlet[a] != outlet[b]) & (new[a] | new[b])
    return list(zip(one[kept].tolist(), other[kept].tolist(), strict=True))


def _sentences(reports: Sequence[Features], story: Ints) -> _Sentences:
    flags = np.frombuffer(b"".join(r.flags for r in reports), dtype=np.uint8)
    words = np.concatenate([r.word_hashes for r in reports])
    sizes = np.array([len(r.flags) for r in reports], dtype=np.int64)
    firsts = np.cumsum(sizes) - sizes
    opens = np.zeros(len(flags) + 1, dtype=bool)
    opens[:-1] = flags & OPENS > 0
    opens[firsts] = opens[-1] = True
    start = np.flatnonzero(opens)
    start, end = start[:-1], start[1:]
    outside = np.concatenate(([0], np.cumsum(flags & (FURNITURE | QUOTED) > 0)))
    little = np.concatenate(([0], np.cumsum(flags & STOP > 0)))
    long = end - start
    kept = (outside[end] == outside[start]) & (long >= SHORTEST) & (long <= LONGEST)
    kept &= little[end] - little[start] >= SMALL * long
    start, end = start[kept], end[kept]
    report = np.searchsorted(firsts, start, side="right") - 1
    size = np.bincount(story[report], minlength=int(story.max()) + 1)[story[report]]
    words = words ^ np.repeat(story.astype(np.uint64) * np.uint64(_MIX), sizes)
    place = ranges(start, end - start)
    of = np.repeat(np.arange(len(start)), end - start)
    tells = flags[place] & STOP == 0
    place, of = place[tells], of[tells]
    order = ordered(words[place])
    word, sentence = words[place][order], of[order]
    once = np.flatnonzero(opening(word) | (np.diff(sentence, prepend=-1) != 0))
    rows = np.zeros(len(place), dtype=np.int64)
    rows[order[once]] = 1
    kept = np.flatnonzero(rows)
    by_word = (np.cumsum(rows) - 1)[order[once]]
    number = np.empty(len(kept), dtype=np.int64)
    number[by_word] = np.cumsum(opening(word[once])) - 1
    name = (flags[place[kept]] & NAME > 0).astype(np.int64)
    return _Sentences(report, start - firsts[report], end - firsts[report], size, number, name, of[kept], by_word)
