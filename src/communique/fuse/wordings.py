"""How alike two wordings are: words weighted by their rarity, aligned in order for direct speech.

Only ratios of weights decide, so the figures hold for five reports and for five thousand.
"""

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz.distance import LCSseq

from communique.text.shingles import shingles, word_hash
from communique.text.tokens import tokens

_STOP = frozenset(
    word
    for row in (
        "a about across after all also am among an and any are as at be been before being between both but by",
        "can could countries country did do does during each for from further had has have he her his how i",
        "if in including into is it its itself just let many may more most much must my no nor not of on one",
        "or other our over own s shall she should side sides so some such than that the their them then there",
        "these they this those through to too toward towards two up upon us very was we were what when where",
        "which while who will with within would you your",
    )
    for word in row.split()
)
_S_FOR_Z = re.compile(r"is(ations?|ers?|e[ds]?|ing)\Z")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ities",
    "ity",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "s",
    "e",
    "ly",
)
_SPELLINGS = (("ense", "ence"), ("our", "or"), ("tre", "ter"))
_STEM = 4
_RUN = 4
_RARE = 14
_HOT = 60
_SELDOM = 5
_BRIEF = 4
_WORTH = 2
_FIRST = 6
_NAMELY = 0.4
_NAME_WEIGHT = 0.4


class Words(msgspec.Struct, frozen=True):
    """A wording for comparison: the stems of its words that carry meaning, in order, and those printed as names."""

    stems: tuple[str, ...]
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Words":
        """The words of a text; its first word is no name, however it is printed."""
        found = [(stem(t.norm), t.start, text[t.start].isupper()) for t in tokens(text) if t.norm not in _STOP]
        return cls(tuple(s for s, _, _ in found), frozenset(s for s, at, upper in found if upper and at > _FIRST))


def stem(word: str) -> str:
    """A word without its ending and its country's spelling: implementing, implemented, implement; defence, defense."""
    word = word.removesuffix("'s")
    if len(word) <= _STEM:
        return word
    word = _S_FOR_Z.sub(r"iz\1", word)
    for ending, common in _SPELLINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + common
    while (shorter := _shortened(word)) != word:
        word = shorter
    return word[:-1] if word[-1] == word[-2] else word


def _shortened(word: str) -> str:
    """A word without one ending, if enough is left of it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


class Likeness(msgspec.Struct, frozen=True):
    """How much two wordings share.

    Attributes:
        share: share of the shorter one's weight that the longer one holds.
        ordered: the same, of words in the same order.
        both: share of both their weights that is shared (Dice).
        words: distinct words shared.
        plain: distinct words shared that are no names.
        rare: those among them that hardly any wording has.
    """

    share: float = 0.0
    ordered: float = 0.0
    both: float = 0.0
    words: int = 0
    plain: int = 0
    rare: int = 0


class Weights:
    """The weight of every stem: the rarer among all wordings, the heavier; names weigh less than what is said."""

    def __init__(self, wordings: Sequence[Words]) -> None:
        """Count in how many wordings each stem stands, and in how many as a name."""
        counts = Counter(s for w in wordings for s in set(w.stems))
        names = Counter(s for w in wordings for s in w.names)
        self.names = frozenset(s for s in names if names[s] >= _NAMELY * counts[s])
        self._all = len(wordings)
        self._count = counts

    def __getitem__(self, word: str) -> float:
        """Weight of a stem, above 0."""
        weight = math.log(1 + self._all / (self._count[word] or 1))
        return weight * _NAME_WEIGHT if word in self.names else weight

    def likeness(self, one: Words, other: Words) -> Likeness:
        """Compare two wordings."""
        short, long = sorted((one.stems, other.stems), key=lambda s: (len(s), s))
        small, large = self._total(short), self._total(long)
        if not small:
            return Likeness()
        have = Counter(short) & Counter(long)
        shared = sum(self[s] * n for s, n in sorted(have.items()))
        aligned = self._total(list(_aligned(short, long)))
        plain = sum(1 for s in have if s not in self.names)
        rare = sum(1 for s in have if s not in self.names and self._count[s] <= _SELDOM)
        return Likeness(shared / small, aligned / small, 2 * shared / (small + large), len(have), plain, rare)

    def _total(self, stems: Sequence[str]) -> float:
        return sum(self[s] for s in stems)

    def keys(self, words: Words) -> Iterator[tuple[int, int]]:
        """What two wordings must share to be compared, with its worth: a run of four words 2, a rare word 1."""
        for run in sorted(set(shingles([word_hash(s) for s in words.stems], _RUN))):
            yield run, 2
        rare = sorted((s for s in set(words.stems) if self._count[s] <= _HOT), key=lambda s: (self._count[s], s))
        yield from ((word_hash("\t" + s), 2 if len(words.stems) <= _BRIEF else 1) for s in rare[:_RARE])


def _aligned(short: Sequence[str], long: Sequence[str]) -> Iterator[str]:
    for block in LCSseq.opcodes(short, long):
        if block.tag == "equal":
            yield from short[block.src_start : block.src_end]


def pairs(wordings: Sequence[Words], weights: Weights) -> Iterator[tuple[int, int]]:
    """Numbers of wordings that are worth comparing, each pair once, in order; never all pairs of a large set."""
    keys = [tuple(weights.keys(w)) for w in wordings]
    postings: dict[int, list[int]] = {}
    for number, own in enumerate(keys):
        for key, _ in own:
            postings.setdefault(key, []).append(number)
    for number, own in enumerate(keys):
        worth: Counter[int] = Counter()
        for key, value in own:
            for other in _near(postings[key], number):
                worth[other] += value
        yield from ((number, other) for other in sorted(worth) if worth[other] >= _WORTH)


def _near(numbers: Sequence[int], number: int) -> Sequence[int]:
    """The numbers after one in a list, of a long list only the next few."""
    first = bisect.bisect_right(numbers, number)
    return numbers[first : first + _HOT]
