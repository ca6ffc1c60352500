"""What is said in a report, by whom, in whose words and through which channel.

Each sentence of direct speech is a quotation of its own, so that it can be matched with the same sentence elsewhere;
the sentences of one utterance share their cue and speaker, and the first of them claims the whole as well
(`content` with the qualifier `whole`).
"""

import re
from collections.abc import Iterator

from communique.annotate import (
    quotation_direct,
    quotation_documents,
    quotation_headlines,
    quotation_indirect,
    quotation_repeats,
    quotation_transcripts,
)
from communique.annotate.channels import TOLD, Channel, channels
from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse
from communique.annotate.quotation_found import Found, Kind, sentences
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.mentions import Quotation
from communique.model.spans import Span
from communique.model.words import ActorKind, Mode
from communique.text.quotemarks import Quoted, quoted

#: Longest utterance that is claimed as a whole, in code points.
_WHOLE = 900
#: How far from the reporting word a channel is looked for, in code points.
_NEAR = 600
#: What stands before a value, and after the name of one, in a notation for programs.
_VALUE = re.compile(r'"\s?:\s?$')
_KEY = re.compile(r'\s?:\s?["{\[]')
_LISTENERS = frozenset({ActorKind.PERSON, ActorKind.COUNTRY, ActorKind.PLACE, ActorKind.GROUP})


def read(parse: Parse, entities: Entities) -> tuple[Quotation, ...]:
    """The quotations of a parsed report, by start and end."""
    turns = quotation_transcripts.read(parse, entities)
    narration = turns.narration
    text = parse.report.text
    marks = [q for q in quoted(text, [(p.start, p.end) for p in narration.pieces]) if not _is_notation(text, q)]
    direct = quotation_direct.read(narration, entities, marks)
    found = [*direct.speech, *quotation_indirect.read(narration, entities, direct), *turns.speech]
    found += quotation_repeats.read(narration, found)
    found += [h for h in quotation_headlines.read(narration, entities) if not _told(h, found)]
    found.sort(key=lambda f: (f.start, f.end, f.kind, f.cue.start if f.cue else -1))
    out: dict[str, Quotation] = {}
    for one in quotation_documents.resolve(parse, entities, found):
        for quotation in _quotations(parse, entities, one):
            out.setdefault(quotation.id, quotation)
    return tuple(sorted(out.values(), key=lambda q: (q.span.start, q.span.end)))


def _is_notation(text: str, quote: Quoted) -> bool:
    """Whether marks hold a name or a value of a notation (`"name": "value"`), which nobody said."""
    before, after = text[max(0, quote.start - 4) : quote.start], text[quote.end : quote.end + 4]
    return bool(_VALUE.search(before) or _KEY.match(after))


def _told(one: Found, found: list[Found]) -> bool:
    """Whether part of a headline is told by another rule already."""
    return any(one.start < f.end and f.start < one.end for f in found)


def _quotations(parse: Parse, entities: Entities, found: Found) -> Iterator[Quotation]:
    """The quotations of one utterance: one for each sentence of direct speech, one for indirect speech."""
    if found.kind is not Kind.DIRECT:
        yield _quotation(parse, entities, found, (found.start, found.end), *found.content)
        return
    apart = found.rule != quotation_transcripts.TRANSCRIPT
    parts = [part for piece in found.content for part in (sentences(parse.report.text, *piece) if apart else (piece,))]
    for number, part in enumerate(parts):
        start = found.start if number == 0 else part[0]
        end = found.end if number == len(parts) - 1 else part[1]
        whole = number == 0 and len(parts) > 1 and len(found.content) == 1 and found.end - found.start <= _WHOLE
        yield _quotation(parse, entities, found, (start, end), part, whole=whole)


def _quotation(
    parse: Parse, entities: Entities, found: Found, outer: tuple[int, int], *parts: tuple[int, int], whole: bool = False
) -> Quotation:
    report = parse.report
    span, content = report.span(*outer), tuple(report.span(*part) for part in parts)
    subject = ids.mention_id(report.id, "q", span.start, span.end)
    claims = [
        *_content_claims(subject, found, content, report.span(*found.content[0]) if whole else None),
        *_speaker_claims(subject, found),
        *_cue_claims(subject, found, parse),
        *_channel_claims(subject, found, parse, entities),
    ]
    who, cue = found.speaker, found.cue
    return Quotation(
        id=subject,
        span=span,
        content=content,
        mode=Mode.DIRECT if found.kind is Kind.DIRECT else Mode.INDIRECT,
        speaker=who.mention.id if who and who.mention else None,
        speaker_span=report.span(who.start, who.end) if who and not who.candidates else None,
        cue=report.span(cue.start, cue.end) if cue else None,
        claims=tuple(sorted(claims)),
    )


def _modality(found: Found) -> Modality:
    return found.cue.modality if found.cue else Modality.STATED


def _content_claims(subject: str, found: Found, content: tuple[Span, ...], whole: Span | None) -> Iterator[Claim]:
    for piece in content:
        yield Claim(subject, "content", piece.text, piece, _modality(found), rule=found.rule)
    if whole is not None:
        yield Claim(subject, "content", whole.text, whole, _modality(found), "whole", rule=found.rule)
    yield Claim(subject, "mode", found.kind.value, content[0], rule=found.rule)


def _speaker_claims(subject: str, found: Found) -> Iterator[Claim]:
    who = found.speaker
    if who is None:
        return
    if who.mention is not None:
        yield Claim(subject, "speaker", who.mention.id, who.mention.span, rule=found.rule)
        for other in who.joint:
            yield Claim(subject, "speaker", other.id, other.span, qualifier="joint", rule=found.rule)
    for other in who.candidates:
        yield Claim(subject, "speaker_candidate", other.id, other.span, rule=found.rule)
    if found.addressee is not None:
        yield Claim(subject, "addressee", found.addressee.id, found.addressee.span, rule=found.rule)


def _cue_claims(subject: str, found: Found, parse: Parse) -> Iterator[Claim]:
    cue = found.cue
    if cue is not None:
        span = parse.report.span(cue.start, cue.end)
        yield Claim(subject, "cue", cue.lemma, span, cue.modality, rule=found.rule)
        yield Claim(subject, "stance", cue.stance, span, rule=found.rule)


def _channel_claims(subject: str, found: Found, parse: Parse, entities: Entities) -> Iterator[Claim]:
    if found.clause is None:
        return
    report = parse.report
    middle = found.cue.start if found.cue else found.start
    start, end = max(found.clause[0], middle - _NEAR), min(found.clause[1], middle + _NEAR)
    for channel in channels(report.text, start, end, outside=found.beside):
        if channel.value.startswith(TOLD) and _addressed(entities, channel):
            continue
        span = report.span(channel.start, channel.end)
        yield Claim(subject, "channel", channel.value, span, rule=found.rule)


def _addressed(entities: Entities, channel: Channel) -> bool:
    """Whether who is told is no newsroom but somebody spoken to: a person, or a country or place that is all of it."""
    mention = entities.at(channel.start, channel.end)
    if mention is None or mention.kind is ActorKind.PERSON:
        return mention is not None
    whole = mention.span.start <= channel.end - len(channel.value.removeprefix(TOLD).removeprefix("the "))
    return mention.kind in _LISTENERS and whole
