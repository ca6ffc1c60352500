"""Leaders' summits of two countries: the visit that is planned next, where no report gives the next summit itself."""

from collections.abc import Iterator, Sequence

from communique.fuse.actors import Cast
from communique.fuse.happening import Happening
from communique.model.claims import Modality
from communique.model.words import ActorKind, EventType

_SIDES = 2
_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})


def next_visit(body: str, held: Sequence[Happening], found: Sequence[Happening], cast: Cast) -> Happening | None:
    """The one planned visit that is taken for the next summit of two countries.

    It is that of a leader who took part in the last summit to the other of the two countries, later than that summit;
    None where a next summit is told of, or where the visits planned are none or several.
    """
    countries = cast.countries.get(body, ())
    last = max((h for h in held if h.event.status in _HELD and h.event.date), key=_end, default=None)
    if len(countries) != _SIDES or last is None or any(h.event.status not in _HELD for h in held):
        return None
    visits = list(_visits(countries, last, found, cast))
    return visits[0] if len(visits) == 1 else None


def _visits(countries: Sequence[str], last: Happening, found: Sequence[Happening], cast: Cast) -> Iterator[Happening]:
    for visit in found:
        event = visit.event
        if event.type is not EventType.VISIT or event.status is not Modality.PLANNED or _end(visit) <= _end(last):
            continue
        to = _country(event.place, cast)
        own = {_country(p, cast) for p in visit.cluster.people & last.cluster.people}
        if to in countries and any(country in countries and country != to for country in own):
            yield visit


def _country(actor: str | None, cast: Cast) -> str:
    if actor is None:
        return ""
    if cast.kind(actor) is ActorKind.COUNTRY:
        return cast.name(actor)
    lands = cast.countries.get(actor, ())
    return lands[0] if len(lands) == 1 else ""


def _end(happening: Happening) -> str:
    date = happening.event.date
    return date.last.isoformat() if date else ""
