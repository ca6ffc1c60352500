"""Sessions of one body that only their dates show to be one: told without a number, or planned and then held."""

import datetime as dt
from collections.abc import Iterator, Sequence

from communique.fuse.groups import Groups, Reason
from communique.fuse.happening import Happening
from communique.fuse.merging import Cluster
from communique.model.claims import Modality
from communique.model.dates import Date, Precision

_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
#: How long before a session its announcement may lie for the two to be one without a date.
_SOON = dt.timedelta(days=31)


def same_sessions(found: Sequence[Happening]) -> tuple[tuple[Cluster, ...], tuple[Reason, ...]]:
    """The clusters, those of one session put together, and why.

    Two tellings of sessions of one body are one session where they share the day and at most one of them has a
    number; and where a numbered one is announced without a date, and the only other told within a month is held.
    """
    by_id = {h.cluster.first.id: h for h in found}
    groups = Groups(by_id)
    bodies: dict[str, list[Happening]] = {}
    for happening in sorted(by_id.values(), key=lambda h: h.cluster.first.id):
        if happening.cluster.body and any(t.gathering for t in happening.cluster.tellings):
            bodies.setdefault(happening.cluster.body, []).append(happening)
    for _, sessions in sorted(bodies.items()):
        for one, other, rule in (*_on_one_day(sessions), *_announced(sessions)):
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


def _soon_after(day: Date, session: Happening) -> bool:
    date = session.event.date
    if date is None or session.event.number is not None or session.event.status not in _HELD:
        return False
    return date.precision is Precision.DAY and dt.timedelta(0) <= date.first - day.last <= _SOON
