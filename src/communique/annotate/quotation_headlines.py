"""Headlines that name a speaker beside a colon: "Torres: quota is fair", "Quota is fair: Torres"."""

import re
from collections.abc import Iterator

from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_found import Cue, Found, Kind, words
from communique.annotate.speakers import Speaker
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind

_NAME = r"[A-Z][\w.'’-]*(?: (?:of |the |de |van |von |al |bin )?[A-Z][\w.'’-]*){0,4}"
_BEFORE = re.compile(rf"(?P<name>{_NAME}):\s+(?P<said>\S.*)")
_AFTER = re.compile(rf"(?P<said>[^:\n]+):\s+(?P<name>{_NAME})")
#: Paragraphs at a report's head that may be headlines; words of what a headline tells.
_FIRST = 3
_LEAST, _MOST = 3, 16
_MARKS = "\"“”'‘’«» "


def read(parse: Parse, entities: Entities) -> Iterator[Found]:
    """What headlines tell in their own words; the name there must be that of a person whom the report tells of."""
    for piece in parse.pieces[:_FIRST]:
        found = _found(parse.report.text, piece, entities)
        if found is not None:
            yield found


def _found(text: str, piece: Piece, entities: Entities) -> Found | None:
    line = text[piece.start : piece.end].rstrip()
    if not line or line[-1] in ".!" or "\n" in line.strip():
        return None
    for pattern in (_BEFORE, _AFTER):
        match = pattern.fullmatch(line)
        who = _speaker(entities, piece.start, match) if match else None
        if match is not None and who is not None:
            return _quotation(text, piece, match, who)
    return None


def _speaker(entities: Entities, offset: int, match: re.Match[str]) -> EntityMention | None:
    """The person at a headline's name, if the report tells of them elsewhere too."""
    start, end = (offset + at for at in match.span("name"))
    mention = entities.at(start, end)
    if mention is None or mention.kind is not ActorKind.PERSON or mention.form is not Form.NAME:
        return None
    again = any(m.entity == mention.entity and m.span.start >= end for m in entities.mentions)
    return mention if again or mention.entity != mention.id else None


def _quotation(text: str, piece: Piece, match: re.Match[str], who: EntityMention) -> Found | None:
    start, end = (piece.start + at for at in match.span("said"))
    said = text[start:end]
    start += len(said) - len(said.lstrip(_MARKS))
    end -= len(said) - len(said.rstrip(_MARKS))
    if not _LEAST <= words(text, start, end) <= _MOST:
        return None
    named = tuple(piece.start + at for at in match.span("name"))
    colon = piece.start + match.group().index(":")
    return Found(
        start=start,
        end=end,
        content=((start, end),),
        kind=Kind.INDIRECT,
        speaker=Speaker(named[0], named[1], who),
        cue=Cue(colon, colon + 1, ":", "say"),
        clause=(piece.start, piece.end),
        rule="headline",
    )
