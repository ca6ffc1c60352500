"""The tables of `data` as one set of phrases: countries, demonyms, cities, places, forums, offices, titles."""

import contextlib
import contextvars
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.annotate.words import Word

_PARTS = re.compile(r"[^\W_]+|[^\w\s]|_")


class Entry(NamedTuple):
    """What a phrase stands for.

    `sort` names its table (country, demonym, capital, city, place, forum, office, title, portfolio, modifier);
    `value` is its plain or canonical form; `extra` the country of a place, the kind of a forum, the rank of an
    office, the gender of a title; `country` that of an office.
    """

    sort: str
    value: str
    extra: str = ""
    country: str = ""


class Hit(NamedTuple):
    """A phrase found: index of the word after it, and what it stands for."""

    end: int
    entry: Entry


class Phrases:
    """Phrases by their first word; a match is the longest phrase that starts at a word."""

    def __init__(self) -> None:
        """Start without phrases."""
        self._by_first: dict[str, list[tuple[tuple[_Part, ...], Entry]]] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        """Take in a phrase; the first entry for the same words of one table stays."""
        parts = tuple(map(_part, _PARTS.findall(phrase)))
        self._by_first.setdefault(parts[0].low, []).append((parts, entry))

    def settle(self) -> "Phrases":
        """Put long phrases before short ones."""
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))
        return self

    def firsts(self) -> frozenset[str]:
        """The words that a phrase begins with, casefolded."""
        return frozenset(self._by_first)

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with a casefolded word."""
        return word in self._by_first

    def match(self, words: Sequence[Word], at: int, *, cased: bool = True) -> Hit | None:
        """The longest phrase that starts at a word.

        Args:
            words: the words of one piece.
            at: index of the word.
            cased: whether a word that the table writes with a capital must have one.
        """
        for parts, entry in self._by_first.get(words[at].low, ()):
            if _fits(parts, words, at, cased=cased):
                return Hit(at + len(parts), entry)
        return None


class _Part(NamedTuple):
    """A word of a phrase; `exact`: an acronym, which is written in no other way."""

    text: str
    low: str
    exact: bool
    capital: bool


def _part(text: str) -> _Part:
    return _Part(text, text.casefold(), text.isupper() and len(text) > 1, text[0].isupper())


def _fits(parts: tuple[_Part, ...], words: Sequence[Word], at: int, *, cased: bool) -> bool:
    if at + len(parts) > len(words):
        return False
    for number, part in enumerate(parts, at):
        if part.text != words[number].text and not _same(part, words[number], cased=cased):
            return False
    return True


def _same(part: _Part, word: Word, *, cased: bool) -> bool:
    if part.low != word.low:
        return part.text in "'’" and word.text in "'’"
    return not part.exact and (not cased or not part.capital or word.capital)


def _rows(table: str) -> Iterator[list[str]]:
    """Rows of a table without its comments and its header."""
    text = importlib.resources.files("communique.data").joinpath(f"{table}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        cells = line.split("\t")
        yield cells + [""] * (width - len(cells))


@functools.cache
def _word_sets() -> dict[str, frozenset[str]]:
    text = importlib.resources.files("communique.data").joinpath("entity_words.toml").read_text("utf-8")
    return {name: frozenset(section["words"].split()) for name, section in tomllib.loads(text).items()}


def word_set(name: str) -> frozenset[str]:
    """A closed list of words by its name in `entity_words.toml`.

    Raises:
        KeyError: no list has that name.
    """
    return _word_sets()[name]


_SPEAKING: contextvars.ContextVar[Phrases | None] = contextvars.ContextVar("speaking", default=None)


def geography() -> Phrases:
    """Countries, demonyms, capitals, cities, buildings and regions; those that `speaking_of` adds come first."""
    return _SPEAKING.get() or _geography()


@contextlib.contextmanager
def speaking_of(countries: Sequence[str]) -> Iterator[None]:
    """For as long as it lasts, `geography` knows further countries: those that one report shows to be countries."""
    wider = _Wider(_geography())
    for name in countries:
        wider.add(name, Entry("country", name))
    token = _SPEAKING.set(wider if countries else None)
    try:
        yield
    finally:
        _SPEAKING.reset(token)


class _Wider(Phrases):
    """Phrases before those of another table."""

    def __init__(self, base: Phrases) -> None:
        super().__init__()
        self._base = base

    def begins(self, word: str) -> bool:
        return super().begins(word) or self._base.begins(word)

    def match(self, words: Sequence[Word], at: int, *, cased: bool = True) -> Hit | None:
        return super().match(words, at, cased=cased) or self._base.match(words, at, cased=cased)


@functools.cache
def _geography() -> Phrases:
    phrases = Phrases()
    for name, also, demonyms, capitals in _rows("countries"):
        for form in (name, *_split(also)):
            phrases.add(form, Entry("country", name))
        for form in _split(demonyms):
            phrases.add(form, Entry("demonym", name))
        for form in _split(capitals):
            phrases.add(form, Entry("capital", form, name))
    for sort, table in (("city", "cities"), ("place", "places")):
        for name, country in _rows(table):
            phrases.add(name, Entry(sort, name, country))
    return phrases.settle()


@functools.cache
def towns() -> frozenset[str]:
    """Casefolded names of the cities and capitals that the tables know."""
    capitals = (name for _, _, _, capitals in _rows("countries") for name in _split(capitals))
    return frozenset(name.casefold() for name in (*capitals, *(name for name, _ in _rows("cities"))))


@functools.cache
def forums() -> Phrases:
    """Organisations and forums."""
    phrases = Phrases()
    for name, also, kind in _rows("forums"):
        for form in (name, *_split(also)):
            phrases.add(form, Entry("forum", name, kind))
    return phrases.settle()


@functools.cache
def offices() -> Phrases:
    """Offices."""
    phrases = Phrases()
    for words, office, rank, country in _rows("offices"):
        phrases.add(words, Entry("office", office, rank, country))
        if words[-1] not in "sy" and words[-2:] != "PM":
            phrases.add(words + "s", Entry("offices", office, rank, country))
    return phrases.settle()


@functools.cache
def titles() -> Phrases:
    """Courtesy titles."""
    phrases = Phrases()
    for title, gender in _rows("titles"):
        phrases.add(title, Entry("title", title, gender))
    return phrases.settle()


@functools.cache
def portfolio_words() -> dict[str, str]:
    """Word -> `portfolio` or `modifier`, for the words of which offices are made."""
    return {row[0]: row[1] for row in _rows("portfolios")}


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(",") if part]
