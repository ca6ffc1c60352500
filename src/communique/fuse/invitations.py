"""Invitations that were accepted without a word of it: a later report announces the very visit."""

from collections.abc import Iterable, Mapping, Sequence

from communique.fuse.actors import Cast
from communique.fuse.events import Happenings
from communique.fuse.keys import fold
from communique.fuse.promise import Promise
from communique.model.ids import mention_key
from communique.model.record import Change
from communique.model.spans import in_order
from communique.model.words import ActorKind, CommitmentKind, Official

_OPEN = frozenset({Official.OFFERED, Official.REQUESTED})


class Invitations:
    """Finds the visit that an invitation asked for."""

    def __init__(self, cast: Cast, found: Happenings) -> None:
        """Keep where visits go to, and who is named where."""
        self._cast, self._found = cast, found
        self._surnames: dict[str, set[str]] = {}
        for ident, actor in cast.actors.items():
            for span in actor.evidence if actor.kind is ActorKind.PERSON else ():
                self._surnames.setdefault(span.report, set()).add(self._surname(ident))

    def accepted(self, groups: Sequence[Sequence[Promise]]) -> Mapping[int, list[Change]]:
        """A row for each invitation, by its number in `groups`, whose visit was announced on a later day."""
        visits: dict[str, list[Promise]] = {}
        for promise in (p for group in groups for p in group if p.kind is CommitmentKind.VISIT):
            for land in self._destination(promise) if promise.official is Official.AGREED else ():
                visits.setdefault(land, []).append(promise)
        rows = {n: list(self._rows(group, visits)) for n, group in enumerate(groups)}
        return {n: row for n, row in rows.items() if row}

    def _rows(self, group: Sequence[Promise], visits: Mapping[str, Sequence[Promise]]) -> Iterable[Change]:
        asked = [p for p in group if p.kind is CommitmentKind.INVITATION]
        if not asked or any(p.official not in _OPEN for p in group):
            return
        near = {v.id: v for p in asked for land in sorted(self._destination(p)) for v in visits.get(land, ())}
        told = [v for v in near.values() if all(_later(p, v) for p in group) and any(self._same(p, v) for p in asked)]
        days = {v.on.value: v.on for v in told if v.on}
        for day in sorted(days)[:1]:
            same = [v for v in told if v.on and v.on.value == day]
            evidence = in_order(v.span for v in sorted(same, key=lambda v: mention_key(v.id)))
            yield Change(on=days[day], official=Official.AGREED, evidence=evidence)

    def _same(self, asked: Promise, visit: Promise) -> bool:
        """Whether the guest makes the visit.

        Where a pronoun leaves the guest open, it is one whom the report of the invitation names, who comes from
        elsewhere, and who comes at the time for which they were asked.
        """
        fits = any(a.date.agrees_with(b.date) for a in asked.due for b in visit.due)
        if asked.due and visit.due and not fits:
            return False
        if set(asked.to) & set(visit.by):
            return True
        guests = [a for a in asked.to if a not in self._cast.unnamed]
        return fits and not guests and any(self._may_be(a, asked, visit) for a in visit.by)

    def _may_be(self, guest: str, asked: Promise, visit: Promise) -> bool:
        """Whether a visitor is named in the report of an invitation, and neither gave it nor lives there."""
        if self._cast.kind(guest) is not ActorKind.PERSON:
            return False
        at_home = set(self._cast.countries.get(guest, ())) & self._destination(visit)
        hosts = {self._surname(a) for a in asked.by}
        name = self._surname(guest)
        return name in self._surnames.get(asked.report, ()) and name not in hosts and not at_home

    def _surname(self, person: str) -> str:
        """The last word of a name: reports that know no more of a person give that alone."""
        return fold(self._cast.name(person)).rpartition(" ")[2]

    def _destination(self, promise: Promise) -> set[str]:
        """The names of the countries that a visit goes to."""
        places = set(promise.to) if promise.kind is CommitmentKind.VISIT else set()
        if promise.event and (place := self._found.by_id[promise.event].event.place):
            places.add(place)
        lands = {self._cast.name(p) for p in places if self._cast.kind(p) is ActorKind.COUNTRY}
        return lands.union(*(self._cast.countries.get(p, ()) for p in sorted(places)))


def _later(asked: Promise, visit: Promise) -> bool:
    if asked.on is None or visit.on is None or asked.report == visit.report:
        return False
    return asked.on.last < visit.on.first
