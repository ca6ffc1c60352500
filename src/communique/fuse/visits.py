"""How long a visit took, where no report says so: from the first to the last day of what the visitor did there."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from communique.fuse.happening import Happening
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.spans import Span, in_order
from communique.model.words import EventType

_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_STAYING = frozenset({*_HELD, Modality.PLANNED, Modality.REQUESTED, Modality.OFFERED})
#: A longer visit than this is two.
_LONGEST = dt.timedelta(days=10)


def with_lengths(found: Sequence[Happening], lands: Mapping[str, frozenset[str]]) -> list[Happening]:
    """The happenings; a visit that is dated by its story alone takes in all days on which its visitor acted there.

    Args:
        found: the happenings, in their places.
        lands: actor id of a place or country -> the countries that it is or lies in.
    """
    by_person: dict[str, list[Happening]] = {}
    for each in found:
        date = each.event.date
        if each.event.status in _HELD and each.event.type is not EventType.VISIT and date:
            for person in each.cluster.people if date.precision is Precision.DAY else ():
                by_person.setdefault(person, []).append(each)
    return [_with_length(each, by_person, lands) for each in found]


def with_stays(found: Sequence[Happening], lands: Mapping[str, frozenset[str]]) -> list[Happening]:
    """The happenings; what a visitor is to do, or did, on a visit that the same report dates, fell in that time.

    The visit is the one that a report names (`part_of`), else the only one of the person to the country where it is to
    be. Of a visit of several days the act has the month, where all lie in one: on which of them it was nobody says.
    """
    visits = {h.event.id: h for h in found if h.event.type is EventType.VISIT and h.dates and h.event.date}
    return [_stayed(h, visits, lands) if h.event.id not in visits else h for h in found]


def _stayed(act: Happening, visits: Mapping[str, Happening], lands: Mapping[str, frozenset[str]]) -> Happening:
    event = act.event
    named = visits.get(event.part_of or "")
    fits = [named] if named else [v for v in visits.values() if _on(v, act, lands)]
    visit = fits[0] if len(fits) == 1 else None
    if visit is None or visit.event.date is None or event.type is EventType.VISIT:
        return act
    changed = msgspec.structs.replace(event, part_of=event.part_of or visit.event.id)
    day = visit.event.date if visit.event.date.precision is Precision.DAY else visit.event.date.month
    if day is not None and event.date is None and event.status in _STAYING:
        spans = [min(d.span for d in visit.dates)]
        changed = msgspec.structs.replace(changed, date=day, evidence=in_order([*event.evidence, *spans]))
    return msgspec.structs.replace(act, event=changed)


def _on(visit: Happening, act: Happening, lands: Mapping[str, frozenset[str]]) -> bool:
    """Whether an undated act is of a visit: told in the same report, by status alike, of its visitor, and there."""
    reports = {t.report for t in visit.cluster.tellings} & {t.report for t in act.cluster.tellings}
    alike = act.event.status is visit.event.status and act.event.date is None
    there = {land for t in visit.cluster.tellings for p in t.places for land in lands.get(p.actor, ())}
    here = lands.get(act.event.place or "", frozenset())
    return bool(reports and alike and visit.cluster.people & act.cluster.people and there & here)


def _with_length(
    visit: Happening, by_person: Mapping[str, Sequence[Happening]], lands: Mapping[str, frozenset[str]]
) -> Happening:
    event = visit.event
    derived = event.type is EventType.VISIT and event.status in _HELD and event.date is not None and not visit.dates
    acts = list(_acts(visit, by_person, lands)) if derived else []
    days = sorted({a.event.date.value for a in acts if a.event.date} | {event.date.value if event.date else ""})
    if not derived or len(days) == 1:
        return visit
    ends = [span for day in (days[0], days[-1]) for span in _spans(acts, day)]
    changed = msgspec.structs.replace(
        event, date=Date.of(f"{days[0]}/{days[-1]}"), evidence=in_order([*event.evidence, *ends])
    )
    return msgspec.structs.replace(visit, event=changed)


def _acts(
    visit: Happening, by_person: Mapping[str, Sequence[Happening]], lands: Mapping[str, frozenset[str]]
) -> Iterator[Happening]:
    """What the visitors did in the country of the visit about that time, as the same story tells it."""
    stories = {t.story for t in visit.cluster.tellings}
    there, day = lands.get(visit.event.place or "", frozenset()), visit.event.date
    for person in sorted(visit.cluster.people):
        for act in by_person.get(person, ()):
            same = stories & {t.story for t in act.cluster.tellings} and there & lands.get(
                act.event.place or "", frozenset()
            )
            if same and day and act.event.date and abs(act.event.date.first - day.first) <= _LONGEST:
                yield act


def _spans(acts: Sequence[Happening], day: str) -> list[Span]:
    """Where the reports give one of the days."""
    return sorted(d.span for a in acts for d in a.dates if d.date.value == day)[:1]
