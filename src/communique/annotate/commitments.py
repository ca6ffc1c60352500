"""What is promised, asked for, offered and agreed in a report.

A frame (`data/commitment_frames.toml`) says which words bind whom; `modality` keeps out what was not said or only
supposed. Deliveries and visits come from the happenings already read. Greetings, hopes and praise are nothing.
"""

import bisect
from collections.abc import Iterable, Iterator

from communique.annotate import commitment_drafts
from communique.annotate.commitment_gatherings import Gatherings
from communique.annotate.commitment_phrases import Promise
from communique.annotate.commitment_topics import with_topics
from communique.annotate.entities import Entities
from communique.annotate.event_scope import Finder
from communique.annotate.nlp import Parse
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.dates import Precision
from communique.model.mentions import CommitmentMention, EventMention, Quotation, TimeExpression
from communique.model.spans import Span
from communique.model.words import CommitmentKind, EventType, Official

_LONGEST = 400
_ASKED = (CommitmentKind.INVITATION, CommitmentKind.REQUEST)
_VISITS = (EventType.VISIT, EventType.SUMMIT, EventType.SESSION)


def read(
    parse: Parse,
    entities: Entities,
    times: tuple[TimeExpression, ...],
    events: tuple[EventMention, ...],
    quotations: tuple[Quotation, ...] = (),
) -> tuple[CommitmentMention, ...]:
    """The promises of a parsed report, in the order of the text.

    Args:
        parse: the parsed report.
        entities: who and what it speaks of.
        times: its time expressions, sorted.
        events: the happenings read in it: planned visits and deliveries are promises, too.
        quotations: what is said in it; "we" in a quotation is its speaker.
    """
    finder = Finder(entities, times)
    said = Said(quotations)
    found = [
        p for piece, sentence in parse.sentences() for p in commitment_drafts.promises_of(finder.scene(piece, sentence))
    ]
    mentions: dict[tuple[int, int], CommitmentMention] = {}
    for promise in found:
        if promise.place.end - promise.place.start <= _LONGEST:
            mention = _mention(parse, promise, events, said)
            mentions.setdefault((mention.span.start, mention.span.end), mention)
    asked = _Asked(m.span for m in mentions.values() if m.kind in _ASKED)
    gatherings = Gatherings(parse, entities, times)
    for given in (_from_event(e, entities, gatherings) for e in events if not asked.holds(e.span)):
        if given is not None:
            mentions.setdefault((given.span.start, given.span.end), given)
    return with_topics(parse, tuple(mentions[key] for key in sorted(mentions)))


class _Asked:
    """Where somebody is invited or asked to do something: a visit told there is not agreed."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Sort the places."""
        self._ranges = sorted((s.start, s.end) for s in spans)

    def holds(self, span: Span) -> bool:
        """Whether a place lies in one of them."""
        i = bisect.bisect_right(self._ranges, (span.start, span.end)) - 1
        near = self._ranges[max(0, i) : i + 2]
        return any(start <= span.start and span.end <= end for start, end in near)


class Said:
    """Who says what stands at a place of the report."""

    def __init__(self, quotations: tuple[Quotation, ...]) -> None:
        """Sort what has a speaker by place."""
        self._ranges = sorted((c.start, c.end, q.speaker) for q in quotations for c in q.content if q.speaker)
        self._starts = [start for start, _, _ in self._ranges]

    def by(self, start: int, end: int) -> str | None:
        """Mention id of the speaker whose words hold a place."""
        i = bisect.bisect_right(self._starts, start) - 1
        return self._ranges[i][2] if i >= 0 and self._ranges[i][1] >= end else None


def _mention(parse: Parse, promise: Promise, events: tuple[EventMention, ...], said: Said) -> CommitmentMention:
    span = parse.report.span(promise.place.start, promise.place.end)
    what = parse.report.span(promise.place.what_start, promise.place.what_end)
    holder = said.by(span.start, span.end)
    mention = ids.mention_id(parse.report.id, "c", span.start, span.end)
    rows: list[tuple[str, str, Span]] = [
        ("kind", str(promise.kind), span),
        ("official", str(promise.official), span),
        ("what", what.text, what),
        *(("to", m.id, m.span) for m in promise.to),
        *(("item", m.id, m.span) for m in promise.items),
        *dues(_to_come(parse, promise), promise.kind),
        *(("about", e.id, e.span) for e in _about(events, span)),
    ]
    rows += _makers(promise, holder, span)
    if promise.accepted is not None:
        rows.append(("accepted", "yes" if promise.accepted else "no", span))
    claims = {Claim(mention, f, v, s, holder=holder, rule=promise.rule) for f, v, s in rows}
    return CommitmentMention(id=mention, span=span, kind=promise.kind, claims=tuple(sorted(claims, key=_in_order)))


def _to_come(parse: Parse, promise: Promise) -> list[TimeExpression]:
    """The times of a promise that say when it is due.

    Not those that are over when it is told, but where the words say "by", and not the day of the signing.
    """
    if promise.deadline:
        return promise.times
    return [t for t in promise.times if (ahead(parse, t) if t in promise.of_act else not _over(parse, t))]


def ahead(parse: Parse, time: TimeExpression) -> bool:
    """Whether a time lies after the report's publication: "welcomed the opening of an embassy next year"."""
    day = parse.report.head.published_day
    if time.date is not None and day is not None:
        return time.date.first.isoformat() > day
    return "+" in (time.date_open or "")


def _over(parse: Parse, time: TimeExpression) -> bool:
    """Whether a time ended before the report was published."""
    day = parse.report.head.published_day
    return time.date is not None and day is not None and time.date.last.isoformat() < day


def _in_order(claim: Claim) -> tuple[str, int, int, str]:
    return claim.field, claim.span.start, claim.span.end, claim.value


def _makers(promise: Promise, holder: str | None, span: Span) -> Iterator[tuple[str, str, Span]]:
    """Who is bound: the subject; the speaker, where it is "we" or "I".

    "We agreed" binds more than the speaker, and does not say whom.
    """
    if holder is not None and promise.together:
        return
    if holder is not None and promise.first_person:
        yield "by", holder, span
        return
    for mention in promise.by:
        for value in mention.members or (mention.id,):
            yield "by", value, mention.span


def dues(times: Iterable[TimeExpression], kind: CommitmentKind | None = None) -> Iterator[tuple[str, str, Span]]:
    """Field, value and span of each time by which something is to be done; an agreement of a period ends with it."""
    for time in times:
        if time.date is not None:
            period = time.date.precision is Precision.PERIOD and kind is CommitmentKind.AGREEMENT
            yield "due", time.date.value.rpartition("/")[2] if period else time.date.value, time.span
        elif time.date_open is not None:
            yield "due_open", time.date_open, time.span


def _about(events: Iterable[EventMention], span: Span) -> list[EventMention]:
    """The first planned happening named inside a promise."""
    inside = [e for e in events if e.status in (Modality.PLANNED, Modality.OFFERED) and span.covers(e.span)]
    return inside[:1]


def _from_event(event: EventMention, entities: Entities, gatherings: Gatherings) -> CommitmentMention | None:
    """A planned visit is a promise of the visitor; a commissioning that took place is a delivery done."""
    if _handed_over(event) and event.status is Modality.HAPPENED:
        kind, official = CommitmentKind.DELIVERY, Official.DONE
    elif event.type in _VISITS and event.status is Modality.PLANNED and _travels(event, entities):
        kind, official = CommitmentKind.VISIT, Official.AGREED
    else:
        return None
    mention = ids.mention_id(event.span.report, "c", event.span.start, event.span.end)
    rows = [
        ("kind", str(kind), event.span),
        ("official", str(official), event.span),
        ("what", event.span.text, event.span),
        ("about", event.id, event.span),
    ]
    if kind is CommitmentKind.VISIT and not any(c.field in ("date", "date_open") for c in event.claims):
        rows += dues(gatherings.due(event.span))
    holder = None
    for claim in event.claims:
        holder = claim.holder or holder
        if claim.field == "participant" and kind is CommitmentKind.VISIT:
            rows.append(("by" if claim.qualifier != "host" else "to", claim.value, claim.span))
        elif claim.field in ("date", "date_open"):
            rows.append(("due" if claim.field == "date" else "due_open", claim.value, claim.span))
        elif claim.field == "place" and claim.qualifier == "country" and kind is CommitmentKind.VISIT:
            rows.append(("to", claim.value, claim.span))
    claims = {Claim(mention, f, v, s, holder=holder, rule=f"event:{event.type}") for f, v, s in rows}
    return CommitmentMention(id=mention, span=event.span, kind=kind, claims=tuple(sorted(claims, key=_in_order)))


def _handed_over(event: EventMention) -> bool:
    """Whether something of a name of its own was commissioned or delivered."""
    named = any(c.field == "participant" and c.qualifier == "object" for c in event.claims)
    return event.type is EventType.COMMISSIONING or (event.type is EventType.DELIVERY and named)


def _travels(event: EventMention, entities: Entities) -> bool:
    """Whether somebody named is to come: a visit, or attendance at a summit."""
    roles = {c.qualifier for c in event.claims if c.field == "participant"}
    if event.type is EventType.VISIT:
        return bool(event.participants)
    return "attendee" in roles and any(entities.by_id(p) is not None for p in event.participants)
