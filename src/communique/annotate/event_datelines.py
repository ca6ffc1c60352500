"""Where the happening was that a report leads with, when only its dateline or its place line says so.

A place line of an official page tells where its happening was. A newspaper's dateline tells where the reporter was:
it counts for the lead alone, and not at all where the lead states another place.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from communique.annotate import lexicon, marginalia
from communique.annotate.entities import Entities
from communique.annotate.event_draft import TALKING, Draft
from communique.annotate.nlp import Parse
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.mentions import EntityMention
from communique.model.reports import Furniture, FurnitureKind
from communique.model.words import ActorKind, EventType

_HELD = frozenset((Modality.HAPPENED, Modality.ONGOING))
_LOCAL = frozenset((*TALKING, EventType.VISIT, EventType.SIGNING, EventType.CEREMONY))
#: Sentences of running text that belong to the lead: of a report with a dateline, of a page with a place line.
_LEAD, _PAGE = 2, 6
#: Days between the happening and its report.
_NEAR = dt.timedelta(days=3)
#: Words of a happening that had no one place.
_REMOTE = frozenset(
    ("telephone", "phone", "telephoned", "phoned", "call", "video", "videoconference", "virtual", "virtually", "online")
)
_WHERE = frozenset(("at", "near", "aboard", "outside", "inside"))


def settle(parse: Parse, entities: Entities, told: Sequence[Draft], reported: Iterable[Draft]) -> None:
    """Give the happenings of the lead that state no place the one that the dateline names.

    Args:
        parse: the parsed report.
        entities: who and what it speaks of.
        told: its happenings, in the order of the text.
        reported: those of them that stand inside somebody's words.
    """
    mark = next((m for m in parse.report.head.furniture if m.kind is FurnitureKind.DATELINE), None)
    if mark is None:
        return
    line, said = marginalia.is_line(parse, mark), {id(d) for d in reported}
    lead = _Lead(parse, line=line)
    held = [d for d in told if d.status in _HELD and lead.has(d, said=id(d) in said)]
    site = _site(parse, entities, mark, told)
    if site is None or any(_elsewhere(p, site) for d in held for p in d.places):
        return
    for draft in held:
        if (
            all(_inside(p, site) for p in draft.places)
            and draft.type in _LOCAL
            and not _remote(draft)
            and not _somewhere(draft)
        ):
            draft.dateline = site


def _site(parse: Parse, entities: Entities, mark: Furniture, told: Iterable[Draft]) -> EntityMention | None:
    """The one place of a dateline: the town beside a building or a country; of two towns the one stated elsewhere."""
    named = [m for m in entities.between(mark.start, mark.end) if m.kind in (ActorKind.PLACE, ActorKind.COUNTRY)]
    towns = [m for m in named if m.kind is ActorKind.PLACE]
    if "/" in parse.report.text[mark.start : mark.end]:
        stated = {p.entity for d in told if d.status in _HELD for p in d.places}
        towns = [m for m in towns if m.entity in stated]
        return towns[0] if len(towns) == 1 else None
    return (towns or named)[-1] if named else None


def _elsewhere(place: EntityMention, site: EntityMention) -> bool:
    """Whether a stated place is known not to be the dateline's."""
    if place.entity == site.entity:
        return False
    return place.country != site.country if place.country and site.country else place.kind is ActorKind.PLACE


def _inside(place: EntityMention, site: EntityMention) -> bool:
    """Whether a stated place is a building or a site that may stand in the dateline's town."""
    same_land = place.country == site.country and place.country is not None
    town = place.name.casefold() in lexicon.towns()
    return place.kind is ActorKind.PLACE and place.entity != site.entity and same_land and not town


def _somewhere(draft: Draft) -> bool:
    """Whether its words say where it was, but by no name: "the ceremony at the bridge"."""
    heads = [t for t in (draft.trigger.token, draft.trigger.carrier) if t is not None]
    sites = (p for h in heads for p in h.children if p.dep_ == "prep" and p.lower_ in _WHERE)
    return any(
        c.dep_ == "pobj" and c.pos_ == "NOUN" and c.i not in draft.scene.taken for p in sites for c in p.children
    )


def _remote(draft: Draft) -> bool:
    return any(t.lower_ in _REMOTE for t in draft.scene.piece.doc[draft.first : draft.last + 1])


class _Lead:
    """Which happenings belong to what a report leads with."""

    def __init__(self, parse: Parse, *, line: bool) -> None:
        running = [(p, s) for p, s in parse.sentences() if p.kind is None][: _PAGE if line else _LEAD]
        self._line = line
        self._end = max((p.bounds(s)[1] for p, s in running), default=0)
        day = parse.report.head.published_day
        self._day = dt.date.fromisoformat(day) if day else None

    def has(self, draft: Draft, *, said: bool) -> bool:
        """Whether a happening is part of the lead: in the headline or first sentences, or a speaker's own of today."""
        if any(not self._is_now(t.date) for t in draft.times):
            return False
        early = draft.headline or draft.scene.piece.start + draft.trigger.token.idx < self._end
        own = draft.own_role is not None
        return (early and (not said or own)) or (self._line and own and bool(draft.times))

    def _is_now(self, date: Date | None) -> bool:
        if date is None or self._day is None:
            return False
        return date.first - _NEAR <= self._day <= date.last + _NEAR and date.last - date.first <= 2 * _NEAR
