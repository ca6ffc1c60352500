"""How alike two wordings are: words weighted by their rarity, aligned in order for direct speech.

Only ratios of weights decide, so the figures hold for five reports and for five thousand.
"""

import bisect
import functools
import importlib.resources
import itertools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz.distance import LCSseq

from communique.text.shingles import shingles, word_hash
from communique.text.tokens import tokens

#: Small words that say little of what a wording is about.
STOP = frozenset(
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
    "ships",
    "ship",
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
#: Likenesses that are kept: enough for what is told within some weeks, and few megabytes.
_KEPT = 1 << 14
#: Wordings that are kept laid out: each is compared with some others, near it in the order of the reports.
_LAID = 1 << 12
_SELDOM = 5
#: Words in a row that two transcripts of one speech share wherever they put their full stops.
_VERBATIM = 7
_VERBATIM_PLAIN = 4
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
        found = [(concept(t.norm), t.start, text[t.start].isupper()) for t in tokens(text) if t.norm not in STOP]
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


@functools.lru_cache(1 << 14)
def concept(word: str) -> str:
    """The stem that stands for a word and all that tell the same: gratitude and thankful are "thank"."""
    own = stem(word)
    return _like().get(own, own)


@functools.cache
def _like() -> dict[str, str]:
    """Stem -> the stem of the first word of its row in `data/synonyms.toml`."""
    text = (importlib.resources.files("communique.data") / "synonyms.toml").read_text(encoding="utf-8")
    return {stem(word): stem(row[0]) for row in tomllib.loads(text)["groups"] for word in row}


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
        phrases: pairs of neighbouring words shared, no names, one of them at least rare.
        runs: three words in a row shared, names or not.
        verbatim: whether a run of seven words is shared, at least four of them no names.
    """

    share: float = 0.0
    ordered: float = 0.0
    both: float = 0.0
    words: int = 0
    plain: int = 0
    rare: int = 0
    phrases: int = 0
    runs: int = 0
    verbatim: bool = False


class _Laid(msgspec.Struct, frozen=True, gc=False):
    """A wording laid out for its comparisons: the weight of its stems, how often each is there, pairs and triples."""

    total: float
    counts: Counter[str]
    pairs: frozenset[tuple[str, ...]]
    triples: frozenset[tuple[str, ...]]


class Weights:
    """The weight of every stem: the rarer among all wordings, the heavier; names weigh less than what is said."""

    def __init__(self, wordings: Sequence[Words]) -> None:
        """Count in how many wordings each stem stands, and in how many as a name."""
        counts = Counter(s for w in wordings for s in set(w.stems))
        names = Counter(s for w in wordings for s in w.names)
        self.names = frozenset(s for s in names if names[s] >= _NAMELY * counts[s])
        self._all = len(wordings)
        self._count = counts
        self._weights: dict[str, float] = {}
        self._likeness = functools.lru_cache(_KEPT)(self._compared)
        self._laid = functools.lru_cache(_LAID)(self._lay_out)

    def __getitem__(self, word: str) -> float:
        """Weight of a stem, above 0."""
        if word not in self._weights:
            weight = math.log(1 + self._all / (self._count[word] or 1))
            self._weights[word] = weight * _NAME_WEIGHT if word in self.names else weight
        return self._weights[word]

    def likeness(self, one: Words, other: Words) -> Likeness:
        """Compare two wordings; the same words, that many print and that are asked for again and again, only once."""
        short, long = sorted((one.stems, other.stems), key=lambda s: (len(s), s))
        return self._likeness(short, long)

    def _compared(self, short: tuple[str, ...], long: tuple[str, ...]) -> Likeness:
        one, other = self._laid(short), self._laid(long)
        if not one.total:
            return Likeness()
        have = one.counts & other.counts
        shared = sum(self[s] * n for s, n in sorted(have.items()))
        aligned = self._total(list(_aligned(short, long)))
        three = one.triples & other.triples
        return Likeness(
            shared / one.total,
            aligned / one.total,
            2 * shared / (one.total + other.total),
            len(have),
            sum(1 for s in have if s not in self.names),
            sum(1 for s in have if self._rare(s)),
            sum(self._phrase(row) for row in one.pairs & other.pairs),
            len(three),
            verbatim=bool(three) and self._verbatim(short, long),
        )

    def _lay_out(self, stems: tuple[str, ...]) -> _Laid:
        return _Laid(self._total(stems), Counter(stems), _rows(stems, 2), _rows(stems, 3))

    def _verbatim(self, short: Sequence[str], long: Sequence[str]) -> bool:
        common = _rows(short, _VERBATIM) & _rows(long, _VERBATIM)
        return any(len(set(row) - self.names) >= _VERBATIM_PLAIN for row in common)

    def _rare(self, word: str) -> bool:
        """Whether hardly any wording has a word, and it is no name."""
        return word not in self.names and self._count[word] <= _SELDOM

    def _phrase(self, row: tuple[str, ...]) -> bool:
        """Whether neighbouring words are no names, and one of them is rare."""
        return not self.names.intersection(row) and any(map(self._rare, row))

    def _total(self, stems: Sequence[str]) -> float:
        return sum(self[s] for s in stems)

    def keys(self, words: Words) -> Iterator[tuple[int, int]]:
        """What two wordings must share to be compared: a run of four words, or a rare phrase, or two rare words."""
        for run in sorted(set(shingles([word_hash(s) for s in words.stems], _RUN))):
            yield run, 2
        for phrase in sorted({p for p in itertools.pairwise(words.stems) if self._phrase(p)}):
            yield word_hash("\t".join(phrase)), 2
        rare = sorted((s for s in set(words.stems) if self._count[s] <= _HOT), key=lambda s: (self._count[s], s))
        yield from ((word_hash("\t" + s), 2 if len(words.stems) <= _BRIEF else 1) for s in rare[:_RARE])


def _rows(stems: Sequence[str], size: int) -> frozenset[tuple[str, ...]]:
    """The rows of so many neighbouring stems."""
    return frozenset(zip(*(stems[n:] for n in range(size)), strict=False))


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
        worth: dict[int, int] = {}
        for key, value in own:
            for other in _near(postings[key], number):
                worth[other] = worth.get(other, 0) + value
        yield from ((number, other) for other in sorted(worth) if worth[other] >= _WORTH)


def _near(numbers: Sequence[int], number: int) -> Sequence[int]:
    """The numbers after one in a list, of a long list only the next few."""
    first = bisect.bisect_right(numbers, number)
    return numbers[first : first + _HOT]
