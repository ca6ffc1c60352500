"""Offices in words: "the Russian Defence Minister", "Prime Minister of the Republic of India", "her counterpart"."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from communique.annotate import lexicon
from communique.annotate.words import Stretch, Word, after_possessive

_ARTICLES = lexicon.word_set("offices-articles")
_AND = frozenset(("and", "&", ",", "/"))
#: Prepositions of the house in which an office is held: "State Secretary at the Ministry of Economy".
_WITHIN = frozenset(("at", "in"))
_TAILS = _WITHIN | {"of", "for", "to"}
_HOUSES = frozenset(("ministry", "department", "office"))
#: Offices that are held "to" a country or an organisation.
_SENT = lexicon.word_set("offices-sent")
_MOST_QUALIFIERS = 8
_MOST_TAILS = 3
_MOST_BODY_WORDS = 9
#: Words that make no difference between two namings of one office.
_IDLE = lexicon.word_set("offices-idle")
_ALIKE = {
    "defense": "defence",
    "external": "foreign",
    "interior": "home",
    "internal": "home",
    "premier": "prime minister",
}
_ORGANS = lexicon.word_set("offices-organs")
_FEW = 4
#: Words between "the" and an office that say since when it is held.
_SINCE = frozenset(("new", "then", "former", "outgoing", "incoming", "acting", "current"))
COUNTERPART = "counterpart"
#: A counterpart by another word, where it is said whose or of which country: "her Kenyan colleague".
_COLLEAGUE = "colleague"
_OWNERS = frozenset(("his", "her", "their"))


class Office(NamedTuple):
    """An office phrase found.

    Word indices: `first` takes in article and country, `core` is where country and office begin, `end` is exclusive.
    `article` is the word that determines it, casefolded, "" where there is none. `body` is the organisation of
    which it is an office.
    """

    first: int
    core: int
    end: int
    name: str
    rank: str
    countries: tuple[str, ...]
    body: str
    plural: bool
    article: str
    capital: bool

    @property
    def key(self) -> str:
        """What two namings of the same office share, the country left out."""
        return office_key(self.name)

    @property
    def country(self) -> str:
        """The one country that the phrase states, else ""."""
        return self.countries[0] if len(self.countries) == 1 else ""


class _Core(NamedTuple):
    end: int
    name: str
    rank: str
    country: str
    plural: bool
    head: int


def office_key(name: str) -> str:
    """The key of an office: small words and spelling make no difference, nor does "Affairs"."""
    words = (_ALIKE.get(w, w) for w in name.casefold().replace("-", " ").split())
    return " ".join(sorted(w for w in words if w not in _IDLE))


def office_at(stretch: Stretch, at: int) -> Office | None:
    """The office phrase that starts at a word, None where there is none.

    Args:
        stretch: the words.
        at: index of the first word: an article, a country or demonym, an organisation, or the office itself.
    """
    words = stretch.words
    article = words[at].low if words[at].low in _ARTICLES else ""
    core_at = at + 1 if article else at
    if core_at >= len(words) or not _may_begin(words[core_at].low):
        return None
    countries, body, inner = _owner(words, core_at)
    core = _core(words, inner, _MOST_QUALIFIERS) if inner < len(words) else None
    if core is None or (words[core.head].low.startswith(_COLLEAGUE) and not (countries or article in _OWNERS)):
        return None
    more, body2, name, end = _tails(stretch, core)
    return Office(
        at,
        core_at,
        end,
        _full_name(name, body or body2),
        core.rank,
        countries or more or ((core.country,) if core.country else ()),
        body or body2,
        core.plural,
        article,
        words[core.head].capital,
    )


def is_definite(words: Sequence[Word], office: Office) -> bool:
    """Whether an office phrase means one holder: "the Minister of X", "the new Minister of X", "her counterpart"."""
    at = office.first
    further = at > 1 and words[at - 1].low in _SINCE and words[at - 2].low in _ARTICLES - {"a", "an"}
    return bool(office.article or office.countries) or office.name == COUNTERPART or further


@functools.cache
def _beginnings() -> frozenset[str]:
    """Every word that an office, or the organisation before it, may begin with."""
    tables = (lexicon.forums(), lexicon.offices())
    return frozenset(lexicon.portfolio_words()).union(*(table.firsts() for table in tables))


def _may_begin(word: str) -> bool:
    return word in _beginnings() or lexicon.geography().begins(word) or word.startswith((COUNTERPART, _COLLEAGUE))


def _full_name(name: str, body: str) -> str:
    return f"{name} of the {body}" if body else name


def _owner(words: Sequence[Word], at: int) -> tuple[tuple[str, ...], str, int]:
    """The countries or the organisation before an office, and the index after them."""
    countries: list[str] = []
    while at < len(words):
        hit = lexicon.geography().match(words, at)
        if hit is None or hit.entry.sort not in ("country", "demonym"):
            break
        countries.append(hit.entry.value)
        at = after_possessive(words, hit.end)
        if at + 1 < len(words) and words[at].low in ("and", ",") and _is_country(words, at + 1):
            at += 1
    if countries or at >= len(words):
        return tuple(countries), "", at
    forum = lexicon.forums().match(words, at)
    return ((), forum.entry.value, after_possessive(words, forum.end)) if forum else ((), "", at)


def _is_country(words: Sequence[Word], at: int) -> bool:
    hit = lexicon.geography().match(words, at)
    return hit is not None and hit.entry.sort in ("country", "demonym")


def _core(words: Sequence[Word], at: int, left: int) -> _Core | None:
    """Qualifiers and head: "First Deputy Foreign Minister"."""
    if at >= len(words) or not left:
        return None
    word = words[at]
    if word.low in lexicon.portfolio_words():
        following, link = at + 1, " "
        if following + 1 < len(words) and words[following].low in _AND | {"-"}:
            link = " and " if words[following].low in ("and", "&") else " "
            following += words[following + 1].low in lexicon.portfolio_words()
        inner = _core(words, following, left - 1)
        if inner and inner.name != COUNTERPART:
            return inner._replace(name=_cased(word.text) + link + inner.name)
    if word.low.removesuffix("s") in (COUNTERPART, _COLLEAGUE):
        return _Core(at + 1, COUNTERPART, COUNTERPART, "", word.low.endswith("s"), at)
    hit = lexicon.offices().match(words, at, cased=False)
    if hit is None:
        return None
    entry = hit.entry
    return _Core(hit.end, entry.value, entry.extra, entry.country, entry.sort == "offices", at)


def _cased(text: str) -> str:
    return text if text[0].isupper() and not text.isupper() else text.capitalize()


def _tails(stretch: Stretch, core: _Core) -> tuple[tuple[str, ...], str, str, int]:
    """What follows an office: "of Defence", "of the Republic of India", "of the European Commission"."""
    countries: tuple[str, ...] = ()
    body, name, end, words = "", core.name, core.end, stretch.words
    for _ in range(_MOST_TAILS):
        if core.rank == COUNTERPART or end + 1 >= len(words) or words[end].low not in _TAILS:
            break
        if words[end].low == "to" and name.split()[-1] not in _SENT:
            break
        at = end + 2 if words[end + 1].low == "the" and end + 2 < len(words) else end + 1
        if words[end].low in _WITHIN and words[at].low not in _HOUSES:
            break
        geo = lexicon.geography().match(words, at)
        portfolio = _portfolio(words, at)
        owns = geo is not None and after_possessive(words, geo.end) > geo.end
        if geo and geo.entry.sort == "country" and not owns and not _body_of(stretch, geo.end):
            countries, end = (geo.entry.value,), geo.end
        elif (
            words[end].low not in _WITHIN
            and portfolio > at
            and name == core.name
            and lexicon.forums().match(words, at) is None
        ):
            name, end = _joined(words, at, portfolio, name), portfolio
        elif words[end].low != "to" and (stop := _body_end(stretch, at)) > at:
            body, end = " ".join(_texts(words, at, stop)), stop
        else:
            break
    return countries, body, name, end


def _body_of(stretch: Stretch, at: int) -> bool:
    """Whether an organisation's words go on behind its country: "the US House of Representatives"."""
    for index in range(at, min(len(stretch.words), at + _FEW)):
        if not stretch.words[index].capital or stretch.tokens[index].ent_type_ == "PERSON":
            return False
        if stretch.words[index].low in _ORGANS:
            return True
    return False


def _joined(words: Sequence[Word], at: int, end: int, name: str) -> str:
    """One name of two parts: "Minister" and "of Foreign Affairs" are "Foreign Affairs Minister"."""
    parts = " ".join(_cased(w.text) if w.low != "and" else "and" for w in words[at:end] if w.text not in ",-&/")
    qualifiers, _, head = name.rpartition(" ")
    if head not in ("Minister", "Secretary") or name == "State Secretary":
        return f"{name} for {parts}"
    return f"{qualifiers} {parts} {head}".strip()


def _portfolio(words: Sequence[Word], at: int) -> int:
    """Index after the portfolio words that start at a word."""
    table, end = lexicon.portfolio_words(), at
    while at < len(words):
        if table.get(words[at].low) == "portfolio":
            at += 1
            end = at
        elif at > 0 and words[at].low in _AND | {"-"} and end == at:
            at += 1
        else:
            break
    return end


def _body_end(stretch: Stretch, at: int) -> int:
    """Index after the organisation's name that starts at a word; a person's name that the parser sees ends it."""
    words = stretch.words
    forum = lexicon.forums().match(words, at)
    if forum:
        organ = forum.end < len(words) and words[forum.end].capital and words[forum.end].low in _ORGANS
        return forum.end + organ
    end = at
    for index in range(at, min(len(words), at + _MOST_BODY_WORDS)):
        word = words[index]
        if stretch.tokens[index].ent_type_ == "PERSON":
            break
        if word.capital and word.text.isalnum():
            end = index + 1
        elif word.low not in ("of", "the", "and", "for", "-", "'", "’", "s"):
            break
    return end


def _texts(words: Sequence[Word], first: int, last: int) -> list[str]:
    """The words, those glued to the one before joined to it."""
    out: list[str] = []
    for index in range(first, last):
        if words[index].glued and out:
            out[-1] += words[index].text
        else:
            out.append(words[index].text)
    return out
