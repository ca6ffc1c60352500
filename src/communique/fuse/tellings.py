"""Event mentions with their references resolved: what one report tells of one happening."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from communique.fuse.actors import Cast, mention_span
from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.keys import words
from communique.fuse.origins import Origins
from communique.fuse.times import Dated, Times
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind, EventType

#: Types between which reports waver when they tell one happening.
FAMILIES: Mapping[EventType, str] = {
    EventType.SESSION: "meet",
    EventType.MEETING: "meet",
    EventType.TALKS: "meet",
    EventType.SUMMIT: "meet",
}
#: Code points between the days of "18 and 19 March".
_BETWEEN_DAYS = len(" and ")
_GATHERINGS = frozenset({EventType.SESSION, EventType.SUMMIT})
_BODIES = frozenset({ActorKind.BODY, ActorKind.FORUM})


class Part(msgspec.Struct, frozen=True, order=True):
    """One participant as one report has it."""

    actor: str
    role: str
    span: Span


class Located(msgspec.Struct, frozen=True, order=True):
    """One place as one report has it."""

    actor: str
    span: Span


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One event mention. `rank` is its place among the event mentions of its report, from 0."""

    dossier: Dossier
    story: str
    rank: int
    type: EventType
    status: Modality
    parts: tuple[Part, ...]
    people: frozenset[str]
    others: frozenset[str]
    body: str | None
    number: int | None
    dates: tuple[Dated, ...]
    places: tuple[Located, ...]
    words: frozenset[str]
    published: Date | None

    @property
    def id(self) -> str:
        """The mention id."""
        return self.dossier.subject

    @property
    def report(self) -> str:
        """Id of the report."""
        return self.dossier.report

    @property
    def family(self) -> str:
        """The family of its type."""
        return FAMILIES.get(self.type, self.type.value)

    @property
    def gathering(self) -> bool:
        """Whether it is a meeting of a body: a session, or a summit of a forum."""
        return self.type in _GATHERINGS or (self.body is not None and self.family == "meet")

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The words that state it."""
        return in_order([mention_span(self.dossier)])

    @property
    def untimely(self) -> bool:
        """Whether it says `happened` of a day after its own report's publication: then it was a plan at most."""
        first = min((r.first for d in self.dates for r in d.readings), default=None)
        return bool(first and self.published and first > self.published.last and self.status is Modality.HAPPENED)


def tellings(dossiers: Dossiers, cast: Cast, times: Times, origins: Origins) -> tuple[Telling, ...]:
    """All event mentions, resolved, by report and place."""
    ranks: dict[str, int] = {}
    out = []
    for dossier in dossiers.of("e"):
        rank = ranks.setdefault(dossier.report, 0)
        ranks[dossier.report] = rank + 1
        if dossier.first("type") or dossier.first("status"):
            out.append(_telling(dossier, rank, origins.story(dossier.report), dossiers, cast, times))
    return tuple(_with_only_body(out))


def _telling(dossier: Dossier, rank: int, story: str, dossiers: Dossiers, cast: Cast, times: Times) -> Telling:
    parts = tuple(sorted(_parts(dossier, cast)))
    people = frozenset(p.actor for p in parts if cast.kind(p.actor) is ActorKind.PERSON)
    day = dossiers.heads[dossier.report].published_day if dossier.report in dossiers.heads else None
    return Telling(
        dossier=dossier,
        story=story,
        rank=rank,
        type=EventType(dossier.value("type") or EventType.OTHER),
        status=Modality(dossier.value("status") or Modality.STATED),
        parts=parts,
        people=people,
        others=frozenset(p.actor for p in parts) - people,
        body=next((a for c in dossier.all("body") for a in cast.who(c.value)), None),
        number=next((int(v) for v in dossier.values("number") if v.isdecimal()), None),
        dates=tuple(_joined(times.dates(dossier))),
        places=tuple(Located(a, c.span) for c in dossier.all("place") for a in cast.who(c.value)),
        words=_own_words(dossier, cast, parts),
        published=Date.of(day) if day else None,
    )


def _joined(dates: Sequence[Dated]) -> Iterator[Dated]:
    """The dates of one telling; days in a row that are only parted by "and" or a comma are one period."""
    held: list[Dated] = []
    for dated in dates:
        last = held[-1] if held else None
        if last is not None and _adjoin(last, dated):
            held[-1] = msgspec.structs.replace(last, date=Date.of(f"{last.date.first}/{dated.date.last}"))
        else:
            held.append(dated)
    yield from held


def _adjoin(one: Dated, other: Dated) -> bool:
    """Whether a day follows right upon another, in time and in the words."""
    near = one.span.report == other.span.report and 0 <= other.span.start - one.span.end <= _BETWEEN_DAYS
    plain = one.clash is None and other.clash is None and other.date.precision is Precision.DAY
    return near and plain and one.date.last + dt.timedelta(days=1) == other.date.first


def _own_words(dossier: Dossier, cast: Cast, parts: tuple[Part, ...]) -> frozenset[str]:
    """The words of a title without the names of those who took part and of the places: those say nothing further."""
    named = {n.text for p in parts for n in cast.actors[p.actor].names}
    for claim in (*dossier.all("place"), *dossier.all("body")):
        named |= {n.text for a in cast.who(claim.value) for n in cast.actors[a].names}
    return words(" ".join(dossier.values("title_words"))) - words(" ".join(sorted(named)))


def _parts(dossier: Dossier, cast: Cast) -> Iterator[Part]:
    for claim in dossier.all("participant"):
        for actor in cast.who(claim.value):
            yield Part(actor, claim.qualifier, claim.span)


def _with_only_body(found: list[Telling]) -> Iterator[Telling]:
    """Give a numbered session that names no body the only body that its report holds numbered sessions of."""
    bodies: dict[str, set[str]] = {}
    for telling in found:
        if telling.body and telling.number is not None:
            bodies.setdefault(telling.report, set()).add(telling.body)
    for telling in found:
        only = bodies.get(telling.report, set())
        numbered = telling.number is not None and telling.body is None and telling.family == "meet"
        yield msgspec.structs.replace(telling, body=min(only)) if numbered and len(only) == 1 else telling
