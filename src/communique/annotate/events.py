"""The happenings that a report tells of: what, who, where, when, and whether it took place.

A frame (`data/event_frames.toml`) says which words name a happening; `modality` says how the words put it. A noun
whose status its own sentence leaves open takes it from the other mentions of the same happening, else from its date,
else it is left out: nothing is told as happened on silence.
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from communique.annotate import (
    event_bodies,
    event_datelines,
    event_drafts,
    event_nouns,
    event_releases,
    event_stays,
    modality,
)
from communique.annotate.entities import Entities
from communique.annotate.event_draft import Draft
from communique.annotate.event_scope import Finder
from communique.annotate.nlp import Parse
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.mentions import EventMention, Form, Quotation, TimeExpression
from communique.model.spans import Span
from communique.model.words import ActorKind, EventType

#: Types that one happening may be called by different mentions.
_FAMILY = {"session": "meeting", "talks": "meeting", "summit": "meeting"}
_LONGEST = 400


def read(
    parse: Parse,
    entities: Entities,
    times: tuple[TimeExpression, ...],
    quotations: tuple[Quotation, ...],
) -> tuple[EventMention, ...]:
    """The happenings that a parsed report tells of, in the order of the text.

    Args:
        parse: the parsed report.
        entities: who and what it speaks of.
        times: its time expressions, sorted.
        quotations: what is said in it; a happening inside one is its speaker's claim.
    """
    finder = Finder(entities, times)
    drafts = [d for piece, sentence in parse.sentences() for d in event_drafts.drafts(finder.scene(piece, sentence))]
    event_bodies.recall(drafts, entities)
    event_stays.link(drafts)
    event_stays.beside(drafts)
    _settle_statuses(parse, drafts)
    holders = _Holders(quotations)
    told = [d for d in drafts if d.status is not None and _somebody(parse, d, holders)]
    event_datelines.settle(parse, entities, told, [d for d in told if holders.of(parse, d) is not None])
    spans = _spans(parse, told)
    mentions = [_mention(parse, d, spans, holders) for d in told if id(d) in spans]
    mentions += event_releases.read(parse, entities, {(m.span.start, m.span.end) for m in mentions})
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))


def _somebody(parse: Parse, draft: Draft, holders: "_Holders") -> bool:
    """Whether it is known who did what a verb says "I" or "we" did, or at least when."""
    if draft.trigger.noun or draft.own_role is None or draft.taking_part or draft.times:
        return True
    return holders.of(parse, draft) is not None


def _settle_statuses(parse: Parse, drafts: list[Draft]) -> None:
    """Settle what single sentences left open, and correct what a date contradicts."""
    today = _today(parse, drafts)
    for draft in drafts:
        _settle_by_date(draft, today)
    known: dict[tuple[str, str], list[Modality]] = {}
    for draft in drafts:
        if draft.status is not None and draft.status is not Modality.ONGOING:
            for key in _keys(draft):
                known.setdefault(key, []).append(draft.status)
    for draft in drafts:
        if draft.status is None or (draft.status is Modality.ONGOING and not draft.firm):
            found = [s for key in _keys(draft, asking=True) for s in known.get(key, ())]
            draft.status = _settled(draft, found) or draft.status or _fallback(draft)


class _Day(NamedTuple):
    """The day of publication; where nobody gives it, at least a day that the report tells of as past."""

    day: dt.date
    exact: bool


def _today(parse: Parse, drafts: Iterable[Draft]) -> _Day | None:
    published = parse.report.head.published_day
    if published:
        return _Day(dt.date.fromisoformat(published), exact=True)
    done = (t for d in drafts if d.status is Modality.HAPPENED for t in d.times)
    told = (t for t in done if t.date is not None and t.rule == "explicit" and t.date.first == t.date.last)
    days = [min(d.first for d in (t.date, t.clash) if d is not None) for t in told]
    return _Day(max(days), exact=False) if days else None


def _settled(draft: Draft, found: list[Modality]) -> Modality | None:
    """The status that other mentions give: a numbered one that took place once has; a headline follows the lead."""
    if draft.number is not None and Modality.HAPPENED in found:
        return Modality.HAPPENED
    if draft.headline and found:
        return found[0]
    return modality.most_careful(found)


def _settle_by_date(draft: Draft, today: _Day | None) -> None:
    """A date after publication is no past; a date before it, of a happening nobody says was only planned, is one."""
    ahead = [_ahead(t, today) for t in draft.times]
    if draft.status in (None, Modality.ONGOING) and any(ahead):
        draft.status, draft.firm = Modality.PLANNED, True
    elif draft.status is Modality.HAPPENED and not draft.firm and draft.trigger.noun and any(ahead):
        draft.status = Modality.PLANNED if not draft.trigger.carrier else draft.status
    elif _owned_by_past(draft, today) or (draft.status is None and draft.times and all(a is False for a in ahead)):
        draft.status, draft.firm = Modality.HAPPENED, True


def _owned_by_past(draft: Draft, today: _Day | None) -> bool:
    """Whether a time before publication owns what seemed a plan, as in "a promise made at last year's session"."""
    if draft.status is not Modality.PLANNED or draft.trigger.carrier or not draft.trigger.noun:
        return False
    owners = event_nouns.owning_times(draft, draft.first)
    return bool(owners) and all(_ahead(t, today) is False for t in owners)


def _ahead(time: TimeExpression, today: _Day | None) -> bool | None:
    """Whether a time lies after publication; None where it takes in the day itself, or nobody knows."""
    if time.clash is not None:
        return None
    if time.date is not None and today is not None and (today.exact or time.date.last < today.day):
        return True if time.date.first > today.day else False if time.date.last < today.day else None
    sign = (time.date_open or "").partition(":")[2][:1]
    if sign in ("+", "-") and (time.date_open or "").startswith(("year", "month", "week", "day")):
        return sign == "+"
    return None


def _keys(draft: Draft, *, asking: bool = False) -> Iterator[tuple[str, str]]:
    """What makes two mentions in one report mentions of one happening: number, else kind with people or place.

    Who is on a visit to one place (`asking`) may go on another to the next.
    """
    family = _FAMILY.get(draft.type, str(draft.type))
    if draft.number is not None:
        yield family, f"#{draft.number.value}"
    if draft.number is not None and not draft.headline:
        return
    for mention, _ in draft.people if not (asking and draft.type is EventType.VISIT and draft.places) else ():
        yield family, mention.entity
    if draft.body is not None:
        yield family, draft.body.name.casefold()
    for place in draft.places:
        yield family, place.entity


def _fallback(draft: Draft) -> Modality | None:
    """What is told of a happening whose status nothing gives: a numbered one is never lost, others are left out."""
    if draft.headline and draft.type is not EventType.VISIT and draft.trigger.noun:
        return Modality.HAPPENED
    return Modality.PLANNED if draft.number is not None and draft.body is not None else None


def _spans(parse: Parse, drafts: Iterable[Draft]) -> dict[int, Span]:
    """The words of each happening by the identity of its draft; no two share theirs."""
    spans: dict[int, Span] = {}
    taken: set[tuple[int, int]] = set()
    for draft in drafts:
        for first, last in _cuts(draft):
            start, end = _bounds(draft, first, last)
            if (start, end) not in taken and end - start <= _LONGEST:
                taken.add((start, end))
                spans[id(draft)] = parse.report.span(start, end)
                break
    return spans


def _cuts(draft: Draft) -> Iterator[tuple[int, int]]:
    """Where the words of a happening may be cut, the fullest first."""
    core, token = draft.trigger.core, draft.trigger.token
    yield _behind_pronoun(draft), draft.last
    yield core[0], draft.last
    yield token.i, draft.last
    yield core[0], core[-1]
    yield token.i, token.i


def _behind_pronoun(draft: Draft) -> int:
    """The first word of a happening: for "He also met B" the verb, where it is known who "he" is."""
    doc, at = draft.scene.piece.doc, draft.first
    mention = draft.scene.who.get(at)
    known = mention is not None and mention.form is Form.PRONOUN and mention.entity != mention.id
    if doc[at].tag_ not in ("PRP", "PRP$") or not (known or draft.own_role):
        return at
    at += 1
    while at < draft.trigger.core[0] and (doc[at].tag_ in ("RB", "TO", ",") or doc[at].text[0] in "'’"):
        at += 1
    return at if at <= draft.last else draft.first


def _bounds(draft: Draft, first: int, last: int) -> tuple[int, int]:
    piece = draft.scene.piece
    return piece.start + piece.doc[first].idx, piece.bounds(piece.doc[last])[1]


class _Holders:
    """Whose words a place of the report is."""

    def __init__(self, quotations: tuple[Quotation, ...]) -> None:
        ranges = sorted((c.start, c.end, q.speaker) for q in quotations for c in q.content if q.speaker)
        self._ranges = ranges
        self._starts = [start for start, _, _ in ranges]

    def of(self, parse: Parse, draft: Draft) -> str | None:
        """Mention id of the speaker whose words hold a happening's word."""
        return self.at(parse.span(draft.scene.piece, draft.trigger.token))

    def at(self, span: Span) -> str | None:
        """Mention id of the speaker whose words hold a span, None where the report itself says it."""
        i = bisect.bisect_right(self._starts, span.start) - 1
        if i >= 0 and self._ranges[i][1] >= span.end:
            return self._ranges[i][2]
        return None


def _mention(parse: Parse, draft: Draft, spans: dict[int, Span], holders: _Holders) -> EventMention:
    span = spans[id(draft)]
    status = draft.status or Modality.PLANNED
    mention = ids.mention_id(parse.report.id, "e", span.start, span.end)
    holder = holders.at(span)
    people = list(_parties(draft))
    if holder is not None and draft.own_role and all(value != holder for value, _, _ in people):
        people.append((holder, span, draft.own_role))
    rows = [
        ("type", str(draft.type), span, ""),
        ("status", str(status), span, ""),
        *(("participant", value, where, role) for value, where, role in people),
        *_circumstances(draft),
        *_recent(parse, draft),
        *_series(parse, draft, spans),
        ("title_words", span.text, span, ""),
    ]
    if draft.plover:
        rows.append(("plover", draft.plover, span, ""))
    claims = {
        Claim(
            mention, field, value, where, modality=status, qualifier=qualifier, holder=holder, rule=_rule(draft, field)
        )
        for field, value, where, qualifier in rows
    }
    return EventMention(
        id=mention,
        span=span,
        trigger=parse.span(draft.scene.piece, draft.trigger.token),
        type=draft.type,
        status=status,
        participants=tuple(dict.fromkeys(value for value, _, _ in people)),
        claims=tuple(sorted(claims, key=_in_order)),
    )


def _rule(draft: Draft, field: str) -> str:
    """The rule that read a field: the frame, or what lies outside the happening's own sentence."""
    if field == "place" and draft.dateline is not None:
        return "dateline"
    if field == "body" and draft.recalled:
        return "anaphora"
    return f"frame:{draft.trigger.token.lemma_.casefold()}"


def _in_order(claim: Claim) -> tuple[str, int, int, str, str]:
    return claim.field, claim.span.start, claim.span.end, claim.value, claim.qualifier


def _parties(draft: Draft) -> Iterator[tuple[str, Span, str]]:
    """Mention id, place and role of each who took part; a group stands for its members."""
    seen: set[str] = set()
    for mention, role in sorted(draft.taking_part, key=lambda party: party[0].form is not Form.NAME):
        for value in mention.members or (mention.id,):
            entity = value if mention.members else mention.entity
            if entity not in seen:
                seen.add(entity)
                yield value, mention.span, role


def _circumstances(draft: Draft) -> Iterator[tuple[str, str, Span, str]]:
    for place in (*draft.places, *((draft.dateline,) if draft.dateline is not None else ())):
        yield "place", place.id, place.span, "country" if place.kind is ActorKind.COUNTRY else ""
    for time in draft.times:
        if time.date is not None:
            yield "date", time.date.value, time.span, time.rule
        if time.date_open is not None:
            yield "date_open", time.date_open, time.span, time.rule


def _recent(parse: Parse, draft: Draft) -> Iterator[tuple[str, str, Span, str]]:
    """The week before publication, for what was "over the last few days"."""
    if draft.recent is not None and not draft.times:
        piece = draft.scene.piece
        start, end = piece.start + piece.doc[draft.recent[0]].idx, piece.bounds(piece.doc[draft.recent[1]])[1]
        yield "date_open", "recent:-7", parse.report.span(start, end), "recent"


def _series(parse: Parse, draft: Draft, spans: dict[int, Span]) -> Iterator[tuple[str, str, Span, str]]:
    if draft.body is not None:
        yield "body", draft.body.id, draft.body.span, ""
    if draft.number is not None and (
        draft.body is not None or (draft.number.value > 1 and not event_bodies.owned(draft))
    ):
        yield "number", str(draft.number.value), parse.report.span(draft.number.start, draft.number.end), ""
    holder = spans.get(id(draft.inside)) if draft.inside is not None else None
    if holder is not None:
        whole = ids.mention_id(parse.report.id, "e", holder.start, holder.end)
        yield "part_of", whole, holder, "margins" if draft.margins else ""
