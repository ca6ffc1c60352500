"""How far two mentions speak for being one happening, with the reasons: a sum of few weighted observations.

What is compared are sketches: the word that names the happening, who and what stands with it, and the words around
it. Nothing here reads text, so any reader that fills a `Sketch` can ask. The weights stand in `data/likeness.toml`
with what they were swept on. The observations are those of event coreference since Cybulska and Vossen (2015):
head words, arguments, and context.
"""

import functools
import importlib.resources
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from communique.text.families import Families, Kin, families, kin

_COMMON = 0.1
"""Weight of a word that every report has, so that shared words always count for something."""


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """What one mention of a happening says, in lemmas.

    Attributes:
        report: id of its report.
        lemma: the word that names the happening.
        particles: what belongs to that verb: "off" in "call off".
        words: content words of the mention itself, its own word among them.
        parties: words of all that stands with it: subjects, objects, places; names in place of pronouns.
        objects: words of what it is done to.
        near: content words close by, outside the mention.
        sentence: content words of its sentence, outside the mention.
    """

    report: str
    lemma: str
    particles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()
    sentence: frozenset[str] = frozenset()


class Rarity:
    """How much a word tells: the logarithm of the share of reports without it (inverse document frequency)."""

    def __init__(self, reports: Iterable[Iterable[str]]) -> None:
        """Count, over all reports that are compared, in how many each word stands."""
        counted = [set(words) for words in reports]
        self._all = max(len(counted), 1)
        self._in = Counter(word for words in counted for word in words)

    def of(self, word: str) -> float:
        """Weight of a word, 0 or more; a word of no report weighs as much as one of a single report."""
        return math.log(self._all / self._in.get(word, 1))


class Ready(msgspec.Struct, frozen=True):
    """A sketch with what is worked out once for all its comparisons."""

    sketch: Sketch
    families: Families
    around: Families
    near: Mapping[str, float]


class Reason(msgspec.Struct, frozen=True):
    """One observation and what it adds to the sum, in log-odds."""

    name: str
    adds: float


class Likeness(msgspec.Struct, frozen=True):
    """Probability, 0 to 1, that two mentions are one happening, and why: the weightiest reason first."""

    score: float
    reasons: tuple[Reason, ...]


def ready(sketch: Sketch, rarity: Rarity) -> Ready:
    """Prepare a sketch for comparison with many others."""
    around = frozenset(f for word in sorted(sketch.sentence) for f in families(word))
    return Ready(sketch, families(sketch.lemma, sketch.particles), around, _directed(sketch.near, rarity))


def likeness(one: Ready, other: Ready, rarity: Rarity, akin: float = 0.0) -> Likeness:
    """How likely two mentions of one story are one happening.

    Args:
        one: a mention.
        other: another mention.
        rarity: how much each word tells.
        akin: likeness of the two naming words to a language model, 0 to 1; 0 where none was asked.
    """
    weights = table().weights
    seen = {"always": 1.0, **observed(one, other, rarity, akin)}
    reasons = [Reason(name, weights[name] * value) for name, value in seen.items() if value]
    total = math.fsum(r.adds for r in reasons)
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.adds), r.name)))
    return Likeness(1 / (1 + math.exp(-total)), ordered)


def observed(one: Ready, other: Ready, rarity: Rarity, akin: float) -> dict[str, float]:
    """The observations by the names they have in the table of weights; each is 0 where there is nothing to see."""
    a, b = one.sketch, other.sketch
    related = kin(a.lemma, b.lemma, one.families, other.families)
    return {
        "same word": float(related is Kin.SAME),
        "form or synonym": float(related is Kin.FORM),
        "near in meaning": float(related is Kin.NEAR),
        "akin, near": akin if related is Kin.NEAR else 0.0,
        "akin, unrelated": akin if related is Kin.NONE else 0.0,
        "own words": _shared(a.words, b.words),
        "parties": _shared(a.parties, b.parties, rarity),
        "other parties": float(bool(a.parties and b.parties) and not a.parties & b.parties),
        "objects": _shared(a.objects, b.objects, rarity),
        "words near by": math.fsum(sorted(w * other.near.get(word, 0.0) for word, w in one.near.items())),
        "rival": float(_rivals(one, other) + _rivals(other, one)),
        "mere saying": float(_is_saying(one) and _is_saying(other)),
    }


def _rivals(one: Ready, other: Ready) -> int:
    """How far the other's sentence names elsewhere what this mention names: then the other means something else."""
    return (one.sketch.lemma in other.sketch.sentence) + bool(one.families & other.around)


def _is_saying(mention: Ready) -> bool:
    return bool(mention.families & families("say"))


def _shared(one: frozenset[str], other: frozenset[str], rarity: Rarity | None = None) -> float:
    """Share of the words of either that both have, 0 to 1, the rare ones counting more."""
    if not one & other:
        return 0.0
    if rarity is None:
        return len(one & other) / len(one | other)
    return _weight(one & other, rarity) / _weight(one | other, rarity)


def _weight(words: Iterable[str], rarity: Rarity) -> float:
    return math.fsum(max(_COMMON, rarity.of(word)) for word in sorted(words))


def _directed(words: Iterable[str], rarity: Rarity) -> dict[str, float]:
    """Words with weights whose squares add up to 1; the scalar product of two such is their cosine."""
    counts = sorted(Counter(words).items())
    weights = {word: (1 + math.log(count)) * rarity.of(word) for word, count in counts}
    length = math.sqrt(math.fsum(w * w for w in weights.values()))
    return {word: w / length for word, w in weights.items()} if length else {}


class Table(msgspec.Struct, frozen=True):
    """The weights by observation, and the mean likeness from which on two groups of mentions are one happening."""

    least: float
    weights: dict[str, float]


@functools.cache
def table() -> Table:
    """The table `data/likeness.toml`."""
    text = importlib.resources.files("communique.data").joinpath("likeness.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Table)
