"""Sessions of one body that only their dates show to be one: told without a number, or planned and then held."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from communique.fuse.groups import Groups
from communique.fuse.happening import Happening
from communique.fuse.merging import Cluster, Pairs
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.record import Merged

_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_SIDES = 2
#: How long before a session its announcement may lie for the two to be one without a date.
_SOON = dt.timedelta(days=31)


def same_sessions(
    found: Sequence[Happening], countries: Mapping[str, tuple[str, ...]], apart: Pairs = ()
) -> tuple[tuple[Cluster, ...], tuple[Merged, ...]]:
    """The clusters, those of one session put together, and why.

    Two tellings of sessions of one body are one session where they share the day and at most one of them has a
    number; where a numbered one is announced without a date, and the only other told within a month is held; and
    where one was planned for a day and a place, and a later report tells one as held then and there. A summit of two
    countries of which nothing but its time is told is the only meeting of leaders of the two at that time.
    What a person keeps apart stays apart. `countries` gives the countries that an actor belongs to.
    """
    by_id = {h.cluster.first.id: h for h in found}
    groups = Groups(by_id)
    holder = {t.id: h.cluster.first.id for h in found for t in h.cluster.tellings}
    for mine, theirs in apart:
        groups.keep_apart(holder[mine], holder[theirs])
    bodies: dict[str, list[Happening]] = {}
    for happening in sorted(by_id.values(), key=lambda h: h.cluster.first.id):
        if happening.cluster.body and any(t.gathering for t in happening.cluster.tellings):
            bodies.setdefault(happening.cluster.body, []).append(happening)
    for _, sessions in sorted(bodies.items()):
        for one, other, rule in (*_on_one_day(sessions), *_announced(sessions), *_as_planned(sessions)):
            groups.join(one.cluster.first.id, other.cluster.first.id, rule)
    for one, other, rule in _of_two_leaders(list(by_id.values()), countries):
        groups.join(one.cluster.first.id, other.cluster.first.id, rule)
    clusters = tuple(
        Cluster([t for member in members for t in by_id[member].cluster.tellings])
        if len(members) > 1
        else by_id[members[0]].cluster
        for members in groups
    )
    return clusters, tuple(sorted(groups.reasons))


def _on_one_day(sessions: Sequence[Happening]) -> Iterator[tuple[Happening, Happening, str]]:
    by_day: dict[str, list[Happening]] = {}
    for session in sessions:
        date = session.event.date
        if date and date.precision is Precision.DAY and session.event.status in _HELD:
            by_day.setdefault(date.value, []).append(session)
    for _, same in sorted(by_day.items()):
        numbered = [s for s in same if s.event.number is not None]
        if len(numbered) <= 1:
            for other in same:
                if other is not (first := (numbered or same)[0]):
                    yield first, other, "session of the same body on the same day"


def _announced(sessions: Sequence[Happening]) -> Iterator[tuple[Happening, Happening, str]]:
    for plan in sessions:
        published = [t.published for t in plan.cluster.tellings if t.published]
        if plan.event.number is None or plan.event.status is not Modality.PLANNED or plan.event.date or not published:
            continue
        soon = [s for s in sessions if _soon_after(max(published), s)]
        if len({s.event.date.value for s in soon if s.event.date}) == 1:
            yield plan, soon[0], "announced by number, and held within a month"


def _as_planned(sessions: Sequence[Happening]) -> Iterator[tuple[Happening, Happening, str]]:
    """A session planned for a day, and the only one that a later report tells as held then, in a place that fits."""
    for plan in sessions:
        event = plan.event
        if event.status is not Modality.PLANNED or event.number is not None or event.date is None:
            continue
        held = [s for s in sessions if _held_then(plan, s)]
        if len(held) == 1:
            yield plan, held[0], "held when it was planned"


def _held_then(plan: Happening, session: Happening) -> bool:
    mine, theirs = plan.event.date, session.event.date
    if mine is None or theirs is None or session.event.status not in _HELD or session.event.number is not None:
        return False
    shared = {p.actor for p in plan.cluster.places} & {p.actor for p in session.cluster.places}
    told = max((t.published for t in session.cluster.tellings if t.published), default=None)
    exact = {Precision.DAY, Precision.MONTH}
    dated = {mine.precision, theirs.precision} <= exact and mine.agrees_with(theirs)
    return dated and bool(shared) and told is not None and told.last >= mine.first


def _of_two_leaders(
    found: Sequence[Happening], countries: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Happening, Happening, str]]:
    for summit in found:
        sides = frozenset(countries.get(summit.cluster.body or "", ()))
        bare = not summit.cluster.people and not summit.cluster.places and summit.event.number is None
        if len(sides) != _SIDES or not bare or summit.event.date is None or summit.event.status not in _HELD:
            continue
        met = [h for h in found if _met_then(h, summit) and _lands(h, countries) == sides]
        if len(met) == 1:
            yield summit, met[0], "the only meeting of the two at that time"


def _lands(happening: Happening, countries: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The countries of those who met; empty where they are not one person for each."""
    held = [countries.get(p, ()) for p in sorted(happening.cluster.people)]
    lands = frozenset(c for each in held for c in each)
    return lands if len(held) == len(lands) == sum(len(each) == 1 for each in held) else frozenset()


def _met_then(happening: Happening, summit: Happening) -> bool:
    event, when = happening.event, summit.event.date
    stories = {t.story for t in summit.cluster.tellings} & {t.story for t in happening.cluster.tellings}
    if not stories or happening.cluster.body or event.status not in _HELD or event.date is None or when is None:
        return False
    exact = {event.date.precision, when.precision} <= {Precision.DAY, Precision.MONTH}
    return exact and happening.cluster.first.family == "meet" and event.date.agrees_with(when)


def _soon_after(day: Date, session: Happening) -> bool:
    date = session.event.date
    if date is None or session.event.number is not None or session.event.status not in _HELD:
        return False
    return date.precision is Precision.DAY and dt.timedelta(0) <= date.first - day.last <= _SOON
