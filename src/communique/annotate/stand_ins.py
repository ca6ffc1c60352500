"""Names that stand in, for the parser alone, for names that it may never have seen.

A parser takes an unknown name for a verb or an adjective now and then, and then misreads its whole sentence. So the
words of the names that a report prints behind an office or a title are parsed as words that every parser knows as
names, one for one; the parse is then written on the report's own words. Nothing else of the report changes.
"""

import functools
import importlib.resources
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Frequent names of the language that the parser knows: given names, and names of families.
_GIVEN = ("John", "Peter", "James", "Robert", "Thomas", "Michael", "David", "Richard")
_LAST = ("Taylor", "Davis", "Kennedy", "Harris", "Clinton", "Martin", "Powell")
_MOST_NAMES = 200
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*"
_NAME = rf"{_CAPITAL}(?:[-‐‑'’]{_CAPITAL})*"
_RUN = rf"{_NAME}(?:[ \xa0]{_NAME}){{0,3}}"
_INSIDE = re.compile(rf"(?<=[\w,] ){_NAME}(?:[ \xa0]{_NAME}){{1,3}}(?!\w)")
_NUMERAL = re.compile("[IVX]+")
_WORD = re.compile(r"[^\W\d_]+")
_KEPT: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]


def of(texts: Iterable[str]) -> dict[str, str]:
    """The words of the names that a report prints behind offices and titles -> the word that each is parsed as.

    Args:
        texts: the paragraphs of the report, in order.
    """
    texts = list(texts)
    runs = list(dict.fromkeys(match.group("name") for text in texts for match in _titled().finditer(text)))
    if not runs:
        return {}
    plain = {w for text in texts for w in _WORD.findall(text) if w.islower()}
    chosen: dict[str, str] = {}
    for run in runs[:_MOST_NAMES]:
        _choose(_name_words(run, plain, 0), chosen)
    for run in [run for text in texts for run in _fuller(text, chosen)]:
        _choose(_name_words(run, plain, -1), chosen)
    return chosen


def _choose(words: Sequence[str], chosen: dict[str, str]) -> None:
    """Choose stand-ins for the words of one name: the last is a family's."""
    for word in words[:-1]:
        chosen.setdefault(word, _GIVEN[len(chosen) % len(_GIVEN)])
    for word in words[-1:]:
        chosen.setdefault(word, _LAST[len(chosen) % len(_LAST)])


def _name_words(run: str, plain: AbstractSet[str], which: int) -> list[str]:
    """The words of the first or the last name in a run, but none that the report prints without a capital as well."""
    if any(w.casefold() in _body_words() for w in _WORD.findall(run)):
        return []
    between = [_WORD.findall(part) for part in _countries().split(run)]
    parts = [list(part) for words in between for other, part in itertools.groupby(words, _is_other) if not other]
    named = parts[which] if parts else []
    return [w for w in named if w.casefold() not in plain and len(w) > 1 and not _NUMERAL.fullmatch(w)]


def _fuller(text: str, chosen: Mapping[str, str]) -> Iterator[str]:
    """Names inside a sentence that end in a name behind an office: with half a name in its place it is no name."""
    for match in _INSIDE.finditer(text):
        words = _WORD.findall(match.group())
        if chosen.get(words[-1]) in _LAST and any(w not in chosen for w in words):
            yield match.group()


def within(text: str, chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of the words that stand in a paragraph, sorted."""
    return tuple(sorted((w, chosen[w]) for w in set(_WORD.findall(text)) & chosen.keys())) if chosen else ()


def masked(vocab: Vocab, doc: Doc, chosen: Mapping[str, str]) -> Doc:
    """The words of a tokenized text with the stand-ins in their places."""
    return Doc(vocab, words=[chosen.get(t.text, t.text) for t in doc], spaces=[bool(t.whitespace_) for t in doc])


def unmasked(parsed: Doc, words: Sequence[str]) -> Doc:
    """The parse of a masked text on its own words."""
    out = Doc(parsed.vocab, words=list(words), spaces=[bool(t.whitespace_) for t in parsed])
    out.from_array(_KEPT, parsed.to_array(_KEPT))  # type: ignore[arg-type]  # an array
    for token, was in zip(out, parsed, strict=True):
        if token.text != was.text:
            token.lemma_ = token.text
    return out


@functools.cache
def _titled() -> re.Pattern[str]:
    """An office or a title, and the words with capitals behind it."""
    heads = {row[0].split()[-1] for row in _rows("offices") if row[0][0].isupper()}
    heads |= {row[0] for row in _rows("titles")} | {"counterpart,", "counterpart"}
    either = "|".join(sorted(map(re.escape, heads), key=lambda h: (-len(h), h)))
    of = rf"(?: of (?:the )?{_countries().pattern},?)?"
    return re.compile(rf"(?<!\w)(?:{either}){of}[ \xa0](?P<name>{_RUN})(?!\w)")


@functools.cache
def _countries() -> re.Pattern[str]:
    """The names of countries."""
    names = {name for row in _rows("countries") for cell in row[:2] for name in cell.split(",") if name}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=lambda n: (-len(n), n)))})\b")


def _is_other(word: str) -> bool:
    return not _other_words().isdisjoint((word.casefold(), word.casefold().removesuffix("s")))


@functools.cache
def _other_words() -> frozenset[str]:
    """Words with capitals that are no person's name: offices, titles, countries, capitals, days and months."""
    cells = [cell for table in ("offices", "titles", "portfolios") for row in _rows(table) for cell in row]
    places = (name for row in _rows("countries") for cell in row for name in cell.split(","))
    cells += [name for name in places if _WORD.fullmatch(name)]  # of longer ones, many a word is a name: "El", "Costa"
    words = {w.casefold() for cell in cells for w in _WORD.findall(cell)}
    return frozenset(words | _word_set("names-calendar") | _word_set("names-never"))


@functools.cache
def _body_words() -> frozenset[str]:
    """Words by which a name is known as that of a body."""
    return _word_set("bodies-heads") | _word_set("offices-organs")


def _word_set(name: str) -> frozenset[str]:
    """As of the lexicon, which stands behind the parser and cannot be asked here."""
    return frozenset(tomllib.loads(_data("entity_words.toml"))[name]["words"].split())


def _rows(table: str) -> list[list[str]]:
    lines = [line for line in _data(f"{table}.tsv").splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def _data(file: str) -> str:
    return importlib.resources.files("communique.data").joinpath(file).read_text("utf-8")
