"""What furniture names: the places of datelines and place lines, and the accounts beside pictures and posts."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from communique.annotate import accounts, lexicon, places
from communique.annotate.drafts import Draft
from communique.annotate.names import People
from communique.annotate.nlp import Parse, Piece
from communique.annotate.words import Stretch, bare
from communique.model.reports import Furniture, FurnitureKind

_ACCOUNTS = frozenset((FurnitureKind.CAPTION, FurnitureKind.WIDGET))
_ENDS = frozenset("(:–—―")
_BETWEEN = frozenset(",/[];|")
_CALENDAR = lexicon.word_set("names-calendar")
_SHORT_MONTHS = frozenset(m[:3] for m in _CALENDAR) | {"sept"}
_LONGEST = 200


def datelines(parse: Parse) -> list[Draft]:
    """The places that the datelines and place lines of a report name."""
    return [found for stretch in _stretches(parse, frozenset((FurnitureKind.DATELINE,))) for found in _places(stretch)]


def posts(parse: Parse, known: Mapping[str, Sequence[int]], people: People) -> list[Draft]:
    """The accounts of known persons in captions and below embedded posts, with the name that stands before them."""
    return [found for stretch in _stretches(parse, _ACCOUNTS) for found in accounts.handles(stretch, people, known)]


def is_line(parse: Parse, mark: Furniture) -> bool:
    """Whether a dateline is a line of its own: it tells where the happening was, not where the reporter sat."""
    text = parse.report.text
    return mark.kind is FurnitureKind.DATELINE and text[mark.end : mark.end + 3].lstrip(" \t\xa0")[:1] in (
        "\n",
        "\r",
        "",
    )


def _stretches(parse: Parse, kinds: frozenset[FurnitureKind]) -> Iterator[Stretch]:
    """The words of furniture. The parser never sees them: each is one token without tags."""
    vocab = parse.pieces[0].doc.vocab if parse.pieces else None
    for number, mark in enumerate(parse.report.head.furniture):
        text = parse.report.text[mark.start : mark.end]
        if vocab is None or mark.kind not in kinds or not text.strip():
            continue
        yield bare(Piece(mark.start, Doc(vocab, words=[text], spaces=[False]), mark.kind), -1 - number)


def _places(stretch: Stretch) -> Iterator[Draft]:
    """The parts between commas and slashes. Behind a comma of a newspaper's dateline only a known place counts."""
    words, at, alone = stretch.words, 0, not any(w.text in _ENDS for w in stretch.words)
    while at < len(words) and not _ends(stretch, at):
        end = at
        while end < len(words) and words[end].text not in _BETWEEN and not _ends(stretch, end):
            end += 1
        sure = alone or at == 0 or words[at - 1].text == "/"
        found = places.in_line(stretch, at, end, sure=sure) if end > at and words[at].capital else None
        if found is not None:
            yield found
        at = max(end, found.last if found else 0, at + 1)


def _ends(stretch: Stretch, at: int) -> bool:
    """Whether the places of a dateline end at a word: a day, an agency in brackets, a dash."""
    word = stretch.words[at]
    hyphen = word.text == "-" and not word.glued
    return word.text in _ENDS or hyphen or word.text.isdigit() or word.low in _CALENDAR | _SHORT_MONTHS
