"""Which words name the same kind of happening: forms of one word, words that say the same, words near to one another.

The rows are in `data/word_families.toml`; regular endings are cut, so that "announce" and "announcement" meet without
a row. No language model is asked.
"""

import enum
import functools
import importlib.resources
import tomllib

type Families = frozenset[tuple[int, int]]

_ENDINGS = (
    *("isation", "ization", "ations", "ation", "ition", "sion", "tion", "ions", "ion", "ments", "ment", "ances"),
    *(
        "ating",
        "ated",
        "ates",
        "ate",
        "ance",
        "ence",
        "ings",
        "ing",
        "ures",
        "ure",
        "ery",
        "al",
        "ers",
        "er",
        "or",
        "age",
        "ees",
        "ee",
        "ed",
        "es",
    ),
    *("e", "y", "s"),
)
_INFLECTED = ("s", "es", "ed", "d", "ing")
_SHORTEST = 4


class Kin(enum.StrEnum):
    """How two words that name happenings go together."""

    SAME = "same word"
    FORM = "form or synonym"
    NEAR = "near in meaning"
    NONE = "unrelated"


def stem(word: str) -> str:
    """A word without its ending, at least four letters long where it had as many."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST), "")
    bare = word.removesuffix(ending)
    return bare[:-1] if len(bare) >= _SHORTEST and bare[-1] == bare[-2] else bare


def families(lemma: str, particles: tuple[str, ...] = ()) -> Families:
    """The rows and their parts that hold a word: pairs of numbers, empty for a word of no row.

    Args:
        lemma: the word, lower case; a form that a headline's capitals kept inflected will do.
        particles: what stands with a verb, such as "off" with "call".
    """
    by_word, by_stem = _table()
    forms = [f"{lemma}-{p}" for p in particles] + [lemma]
    forms += [lemma.removesuffix(e) for e in _INFLECTED if lemma.endswith(e)]
    held = next((by_word[f] for f in forms if f in by_word), None)
    return held if held is not None else by_stem.get(stem(lemma), frozenset())


def kin(one: str, other: str, held: Families, others: Families) -> Kin:
    """How two words go together.

    Args:
        one: a lemma.
        other: another lemma.
        held: the families of the first.
        others: the families of the second.
    """
    if one == other:
        return Kin.SAME
    if stem(one) == stem(other) or held & others:
        return Kin.FORM
    return Kin.NEAR if {row for row, _ in held} & {row for row, _ in others} else Kin.NONE


@functools.cache
def _table() -> tuple[dict[str, Families], dict[str, Families]]:
    """Families by word, and by stem."""
    text = importlib.resources.files("communique.data").joinpath("word_families.toml").read_text(encoding="utf-8")
    words: dict[str, set[tuple[int, int]]] = {}
    for number, row in enumerate(tomllib.loads(text)["rows"]):
        for part, group in enumerate(row.split("|")):
            for word in group.split():
                words.setdefault(word, set()).add((number, part))
    stems: dict[str, set[tuple[int, int]]] = {}
    for word, held in words.items():
        if len(stem(word)) >= _SHORTEST:
            stems.setdefault(stem(word), set()).update(held)
    return {w: frozenset(h) for w, h in words.items()}, {w: frozenset(h) for w, h in stems.items()}
