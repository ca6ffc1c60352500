"""Series: the sessions of one body across stories and years, what comes next, and what does not add up.

No session is ever invented: each stands on an event, and a gap is told as a gap.
"""

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from communique.fuse.actors import Cast
from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.events import Happenings
from communique.fuse.happening import Happening
from communique.fuse.hosts import Hosts
from communique.fuse.keys import fold, most
from communique.fuse.leaders import next_visit
from communique.model.claims import Claim, Modality
from communique.model.dates import Date, Precision
from communique.model.record import Event, Next, Series, Session
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind, EventType
from communique.text.ordinals import ordinal

_TOLD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_TO_COME = frozenset({Modality.PLANNED, Modality.OFFERED, Modality.REQUESTED})
_REAL = _TOLD | _TO_COME | {Modality.CANCELLED}
_EXACT = frozenset({Precision.DAY, Precision.MONTH, Precision.PERIOD})
_YEARLY = frozenset({"annual", "annually", "yearly", "every year", "once a year", "each year"})
_FACTS = ("founded", "rhythm", "rotation")
_SEVERAL = 2


def series(found: Happenings, dossiers: Dossiers, cast: Cast) -> tuple[Series, ...]:
    """A series for every body with a numbered session, several dated ones or a dated summit."""
    by_body: dict[str, list[Happening]] = {}
    for happening in found.all:
        body = happening.cluster.body
        if body and _is_session(happening):
            by_body.setdefault(body, []).append(happening)
    about = body_mentions(dossiers, cast)
    maker = _Maker(found, cast, Hosts(dossiers, cast))
    return tuple(
        maker.make(body, _without_repeats(held), about.get(body, []))
        for body, held in sorted(by_body.items())
        if any(h.event.number is not None for h in held)
        or len(_without_repeats(held)) >= _SEVERAL
        or any(_is_summit(h) for h in held)
    )


def _of_summits(body: str, cast: Cast) -> bool:
    return cast.kind(body) is ActorKind.FORUM or fold(cast.name(body)).endswith("summit")


def in_series(found: Happenings, rows: Sequence[Series]) -> tuple[Event, ...]:
    """The events, each gathering of a body with the series of that body."""
    known = {each.body: each.id for each in rows}
    return tuple(
        msgspec.structs.replace(h.event, series=known.get(h.cluster.body or "") if _gathers(h) else None)
        for h in found.all
    )


def _gathers(happening: Happening) -> bool:
    return any(t.gathering for t in happening.cluster.tellings)


def _is_session(happening: Happening) -> bool:
    """Whether it is a session that can be told apart: by its number, or by a date of a month at least."""
    event = happening.event
    if event.status not in _REAL or not _gathers(happening):
        return False
    return event.number is not None or (event.date is not None and event.date.precision in _EXACT)


def _is_summit(happening: Happening) -> bool:
    return happening.event.type is EventType.SUMMIT


def _without_repeats(held: Sequence[Happening]) -> list[Happening]:
    """Leave out unnumbered sessions whose date is that of another one of the body: it is likely the same."""
    numbered = [h for h in held if h.event.number is not None]
    out = list(numbered)
    for happening in held:
        date = happening.event.date
        same = any(o.event.date and date and o.event.date.agrees_with(date) for o in out)
        if happening.event.number is None and not same:
            out.append(happening)
    return out


def body_mentions(dossiers: Dossiers, cast: Cast) -> dict[str, list[Dossier]]:
    """Body -> the mentions that tell its founding, its rhythm or who hosts it."""
    out: dict[str, list[Dossier]] = {}
    for dossier in dossiers.of("n"):
        if dossier.subject in cast.resolve and any(dossier.first(f) for f in _FACTS):
            out.setdefault(cast.resolve[dossier.subject], []).append(dossier)
    return out


class _Maker:
    """Draws up the series of one body."""

    def __init__(self, found: Happenings, cast: Cast, hosts: Hosts) -> None:
        self._found, self._cast, self._hosts = found, cast, hosts

    def make(self, body: str, held: Sequence[Happening], about: Sequence[Dossier]) -> Series:
        coming = next_visit(body, held, self._found.all, self._cast) if _of_summits(body, self._cast) else None
        sessions = tuple(sorted(map(self._session, [*held, *([coming] if coming else [])]), key=_when))
        facts = {f: [c for d in about for c in d.all(f)] for f in _FACTS}
        founded = most(c.value for c in facts["founded"])
        start = Date.of(founded) if founded else None
        odd = _anomalies(sessions, start, facts["rhythm"], facts["rotation"], self._cast)
        spans: list[Span] = [c.span for claims in facts.values() for c in claims]
        return Series(
            id=body,
            name=self._cast.name(body),
            body=body,
            founded=start,
            rhythm=most(c.value for c in facts["rhythm"]) or None,
            rotation=most(c.value for c in facts["rotation"]) or None,
            sessions=sessions,
            next=_next(sessions),
            anomalies=(*odd, *([_taken(coming, self._cast)] if coming else [])),
            evidence=in_order([*spans, *(s for x in sessions for s in x.evidence)]),
        )

    def _session(self, happening: Happening) -> Session:
        event, cast = happening.event, self._cast
        people = (p for p in event.participants if cast.kind(p.actor) is ActorKind.PERSON)
        return Session(
            number=event.number,
            event=event.id,
            status=event.status,
            date=event.date,
            place=event.place,
            host=self._hosts.of(happening),
            co_chairs=tuple(p.actor for p in people if "chair" in p.role),
            evidence=event.evidence,
        )


def _taken(visit: Happening, cast: Cast) -> str:
    """A planned visit stands for the next session: that is an inference, and is said."""
    who = " and ".join(cast.name(p.actor) for p in visit.event.participants)
    where = f" to {cast.name(visit.event.place)}" if visit.event.place else ""
    return f"the planned visit of {who}{where} is taken for the next session: no report calls it one"


def _when(session: Session) -> tuple[object, ...]:
    """By date, then number; without a date, by number alone among the numbered."""
    number = session.number if session.number is not None else 0
    return number == 0, number, session.date.first.toordinal() if session.date else 0, session.event or ""


def _next(sessions: Sequence[Session]) -> Next | None:
    """The planned session that follows the last one that took place."""
    last = max((s.number for s in sessions if s.number is not None and s.status in _TOLD), default=0)
    coming = [s for s in sessions if s.number is not None and s.number > last and s.status in _TO_COME]
    if not coming:
        return None
    first = min(coming, key=lambda s: (s.number or 0, s.event or ""))
    return Next(number=first.number, host=first.host, date=first.date)


# ---------------------------------------------------------------- what does not add up


def _anomalies(
    sessions: Sequence[Session], founded: Date | None, rhythm: Sequence[Claim], rotation: Sequence[Claim], cast: Cast
) -> Iterator[str]:
    held = [s for s in sessions if s.number is not None and s.status in _TOLD]
    yearly = any(is_yearly(c.value) for c in rhythm)
    if yearly:
        yield from (_gap(one, other) for one, other in slow(held))
    for one, other in itertools.pairwise(sorted(held, key=lambda s: s.number or 0)):
        yield from _backwards(one, other)
        if rotation:
            yield from _same_host(one, other, cast)
    if yearly and founded:
        yield from _behind(held, founded)


def is_yearly(rhythm: str) -> bool:
    """Whether a stated rhythm is once a year."""
    return fold(rhythm) in _YEARLY


def slow(sessions: Sequence[Session]) -> list[tuple[Session, Session]]:
    """The neighbouring sessions that lie more years apart than their numbers."""
    held = [s for s in sessions if s.number is not None and s.status in _TOLD and s.date is not None]
    return [
        (one, other)
        for one, other in itertools.pairwise(sorted(held, key=lambda s: s.number or 0))
        if one.date
        and other.date
        and other.date.first.year - one.date.first.year > (other.number or 0) - (one.number or 0)
    ]


def _gap(one: Session, other: Session) -> str:
    """Called annual, but more years than sessions lie between two."""
    dates = [s.date for s in (one, other) if s.date]
    between = ", ".join(str(y) for y in range(dates[0].first.year + 1, dates[-1].first.year))
    return (
        f"called annual, yet the {ordinal(one.number or 0)} session was in {dates[0].value} and the "
        f"{ordinal(other.number or 0)} in {dates[-1].value}: no session is told for {between}"
    )


def _backwards(one: Session, other: Session) -> Iterator[str]:
    """The higher number has the earlier date."""
    if (
        one.date
        and other.date
        and other.date.last < one.date.first
        and one.number is not None
        and other.number is not None
    ):
        yield (
            f"the {ordinal(other.number)} session is dated {other.date.value}, before the "
            f"{ordinal(one.number)} on {one.date.value}"
        )


def _same_host(one: Session, other: Session, cast: Cast) -> Iterator[str]:
    """Hosts are said to alternate, but one is host twice running."""
    if one.host and one.host == other.host and one.number is not None and other.number == one.number + 1:
        yield (
            f"hosts are said to alternate, yet the {ordinal(one.number)} and the {ordinal(other.number)} session "
            f"were both held in {cast.name(one.host)}"
        )


def _behind(held: Sequence[Session], founded: Date) -> Iterator[str]:
    """Called annual, but there are fewer, or more, sessions than years since the founding."""
    dated = [s for s in held if s.date is not None and s.number is not None]
    last = max(dated, key=lambda s: s.number or 0, default=None)
    if last is None or last.date is None or last.number is None:
        return
    years = last.date.first.year - founded.first.year + 1
    if abs(years - last.number) > 1:
        yield (
            f"called annual and founded in {founded.value}, yet the session in {last.date.value} is the "
            f"{ordinal(last.number)}, where {years} years would make {years}"
        )
