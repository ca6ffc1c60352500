"""Where the acts of a day took place: at the meeting that they were part of."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from communique.fuse.happening import Happening
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.spans import Span, in_order
from communique.model.words import EventType

_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_ACTS = frozenset({EventType.SIGNING, EventType.OTHER, EventType.TALKS, EventType.MEETING})
_ASKED = frozenset({Modality.REQUESTED, Modality.OFFERED})


def with_places(found: Sequence[Happening], days: Mapping[str, Date]) -> list[Happening]:
    """The happenings; an act of the story's day without a place takes that of the meeting it was part of.

    The meeting is the one that a report names (`part_of`), else the only one of that day and story that the same
    persons attended. The words that give the meeting's place become evidence of the act, too.
    """
    by_id = {h.event.id: h for h in found}
    meetings: dict[str, list[Happening]] = {}
    for happening in found:
        if _is_meeting(happening):
            for story in sorted({t.story for t in happening.cluster.tellings}):
                meetings.setdefault(story, []).append(happening)
    return [_placed(h, by_id, meetings, days) for h in found]


def _is_meeting(happening: Happening) -> bool:
    event = happening.event
    meets = happening.cluster.first.family == "meet"
    return meets and event.status in _HELD and event.place is not None and event.date is not None


def _placed(
    happening: Happening,
    by_id: Mapping[str, Happening],
    meetings: Mapping[str, Sequence[Happening]],
    days: Mapping[str, Date],
) -> Happening:
    event = happening.event
    told_days = {days[t.id].value for t in happening.cluster.tellings if t.id in days}
    of_the_day = event.date is not None and event.date.value in told_days
    if event.place is not None or event.type not in _ACTS or event.status not in _HELD | _ASKED or not of_the_day:
        return happening
    holder = by_id.get(event.part_of or "")
    held = [holder] if holder and _is_meeting(holder) else list(_attended(happening, meetings))
    places = {h.event.place for h in held}
    if len(places) != 1:
        return happening
    place = min(p for p in places if p)
    spans = _spans(held, place, happening)
    evidence = in_order([*event.evidence, *spans])
    return msgspec.structs.replace(happening, event=msgspec.structs.replace(event, place=place, evidence=evidence))


def _attended(happening: Happening, meetings: Mapping[str, Sequence[Happening]]) -> Iterator[Happening]:
    """The meetings of the same day which most of the event's persons attended."""
    people = happening.cluster.people
    story = min(t.story for t in happening.cluster.tellings)
    shared = {h.event.id: len(people & h.cluster.people) for h in meetings.get(story, ())}
    most = max(shared.values(), default=0)
    for meeting in meetings.get(story, ()) if most else ():
        same_day = meeting.event.date and happening.event.date and meeting.event.date.agrees_with(happening.event.date)
        if shared[meeting.event.id] == most and same_day:
            yield meeting


def _spans(held: Sequence[Happening], place: str, happening: Happening) -> list[Span]:
    """Where the meetings' place is given: in the event's own reports, where they give it."""
    told = [p.span for h in held for p in h.cluster.places if p.actor == place]
    own = [s for s in told if s.report in happening.cluster.reports]
    return sorted(own or told)[:1]
