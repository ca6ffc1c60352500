"""Normal forms under which names and words of different reports meet."""

import csv
import functools
import importlib.resources
import re
from collections.abc import Iterable

from anyascii import anyascii

from communique.text import names

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"[’']s\b|[’'.]")
_SMALL = frozenset(
    ["the", "a", "an", "of", "and", "on", "for", "in", "to", "at", "by", "with", "from", "his", "her", "their", "its"]
)


@functools.lru_cache(1 << 16)
def fold(text: str) -> str:
    """A name in lower-case ASCII words, one blank between them; possessive endings and points left out."""
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", anyascii(text).casefold())))


def words(text: str) -> frozenset[str]:
    """The telling words of a text, folded, cut to six letters so that forms of one word meet."""
    return frozenset(w[:6] for w in fold(text).split() if w not in _SMALL)


#: What some reports add to the name of a summit of two countries, and others leave out.
_OF_SUMMITS = frozenset(["annual", "bilateral", "leader", "leaders"])


def surname_key(name: str) -> str:
    """The block in which spellings of a name's last word meet; "" for a name without words."""
    parts = names.name_parts(name)
    return names.skeleton(parts[-1]) if parts else ""


def person_keys(name: str) -> tuple[str, ...]:
    """The blocks of a full name: its last word, and its first and last words in either order."""
    parts = names.name_parts(name)
    if not parts:
        return ()
    ends = sorted({names.skeleton(parts[0]), names.skeleton(parts[-1])})
    return surname_key(name), "+".join(ends)


@functools.cache
def body_key(name: str) -> str:
    """A body's name without the countries in it and in any order of words: India-Russia X and Russian-Indian X meet.

    A name of nothing but countries keeps them.
    """
    left = names.body_key(_country_forms().sub(" ", anyascii(name).casefold())) or names.body_key(name)
    words_ = set(left.split("-"))
    return " ".join(sorted(words_ - _OF_SUMMITS if "summit" in words_ else words_))


def countries_in(name: str) -> frozenset[str]:
    """Canonical names of the countries that a name names, or by a demonym of theirs."""
    return frozenset(_country_words()[w] for w in _country_forms().findall(fold(name)))


@functools.cache
def _country_forms() -> re.Pattern[str]:
    """Any form of a country's name, the longest first."""
    forms = sorted(_country_words(), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")


@functools.cache
def _country_words() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in _rows("countries.tsv"):
        forms = [row["name"], *(row["also"] or "").split(","), *(row["demonyms"] or "").split(",")]
        out.update({folded: row["name"] for form in forms if (folded := fold(form))})
    return out


def _rows(table: str) -> list[dict[str, str]]:
    text = (importlib.resources.files("communique.data") / table).read_text(encoding="utf-8")
    return list(csv.DictReader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t"))


def most(values: Iterable[str]) -> str:
    """The commonest text; the longest, then the smallest, of equals; "" where there is none."""
    count: dict[str, int] = {}
    for value in values:
        count[value] = count.get(value, 0) + 1
    return min(count, key=lambda v: (-count[v], -len(v), v), default="")


@functools.cache
def cities() -> frozenset[str]:
    """Folded names of the cities that the tables know, capitals among them: no one of them lies in another."""
    capitals = (name for row in _rows("countries.tsv") for name in (row["capitals"] or "").split(","))
    return frozenset(fold(n) for n in (*capitals, *(row["name"] for row in _rows("cities.tsv")))) - {""}
