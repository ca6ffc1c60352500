"""Who is who: the actors of all reports, with every mention, and the actor of each mention."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.groups import by_group
from communique.fuse.keys import body_key, fold, most
from communique.fuse.origins import Origins
from communique.fuse.units import MEMBER, Unit, joined, offices, units
from communique.model import ids
from communique.model.record import Actor, Merged, NameCount, Role
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind
from communique.text.slugs import slug

#: Kinds whose ids are keys: the same in every record.
_KEYED = frozenset({ActorKind.BODY, ActorKind.COUNTRY})


class Cast:
    """All actors, and the actor of every mention.

    Attributes:
        actors: the actors by id, sorted.
        resolve: mention id -> actor id. A joint mention ("both ministers") resolves to its first member.
        members: mention id of a joint mention -> actor ids of all its members.
        countries: actor id -> the countries that it belongs to.
        unnamed: ids of the actors that no report calls by name, only by an office.
    """

    def __init__(
        self,
        actors: Iterable[Actor],
        resolve: Mapping[str, str],
        members: Mapping[str, tuple[str, ...]],
        countries: Mapping[str, tuple[str, ...]],
        unnamed: Iterable[str] = (),
    ) -> None:
        """Keep actors by id."""
        self.actors = {a.id: a for a in sorted(actors, key=lambda a: a.id)}
        self.resolve = dict(resolve)
        self.members = dict(members)
        self.countries = dict(countries)
        self.unnamed = frozenset(unnamed)

    def who(self, mention: str) -> tuple[str, ...]:
        """The actors that a mention stands for: none, one, or the members of a joint one."""
        if mention in self.members:
            return self.members[mention]
        return (self.resolve[mention],) if mention in self.resolve else ()

    def kind(self, actor: str) -> ActorKind:
        """What an actor is."""
        return self.actors[actor].kind

    def name(self, actor: str) -> str:
        """An actor's name."""
        return self.actors[actor].name

    @cached_property
    def country_ids(self) -> dict[str, str]:
        """Folded name of a country -> actor id."""
        return {fold(a.name): a.id for a in self.actors.values() if a.kind is ActorKind.COUNTRY}


def cast(dossiers: Dossiers, origins: Origins) -> Cast:
    """Join the entity mentions of all reports to actors."""
    found = units(dossiers, origins)
    by_id = {u.id: u for u in found}
    groups = joined(found, dossiers)
    together = [_Together(by_id[m] for m in members) for members in groups]
    naming = _ids(together)
    resolve = {d.subject: naming[us.id] for us in together for u in us.units for d in u.mentions}
    members = dict(_joint(dossiers, resolve))
    resolve |= {mention: actors[0] for mention, actors in members.items()}
    joint: dict[str, list[Span]] = {}
    for mention, actors in members.items():
        for actor in actors:
            joint.setdefault(actor, []).append(_span(dossiers, mention))
    held = by_group(groups.reasons, {u.id: us.id for us in together for u in us.units})
    made = (_actor(naming[us.id], us, joint.get(naming[us.id], []), held.get(us.id, ())) for us in together)
    countries = {naming[us.id]: us.countries for us in together}
    unnamed = (naming[us.id] for us in together if not any(u.named for u in us.units))
    return Cast(made, resolve, members, countries, unnamed)


def _joint(dossiers: Dossiers, resolve: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Mentions that stand for several entities, with the actors of those that are known."""
    for dossier in dossiers.of("n"):
        told = [resolve[c.value] for c in dossier.all("entity") if c.qualifier == MEMBER and c.value in resolve]
        if told:
            yield dossier.subject, tuple(dict.fromkeys(told))


def _span(dossiers: Dossiers, mention: str) -> Span:
    dossier = dossiers.get(mention)
    if dossier is None:
        message = f"no claim is about {mention}"
        raise KeyError(message)
    return mention_span(dossier)


def mention_span(dossier: Dossier) -> Span:
    """The span of a mention: the one that its id names, else the first of its claims."""
    place = dossier.key
    own = (c.span for c in dossier.claims if (c.span.start, c.span.end) == (place.start, place.end))
    return next(own, dossier.claims[0].span)


class _Together:
    """The units of all reports that are one actor, and what they come to."""

    def __init__(self, found: Iterable[Unit]) -> None:
        self.units = tuple(found)

    @property
    def id(self) -> str:
        """Id of the first unit."""
        return self.units[0].id

    @cached_property
    def key(self) -> str:
        """The key of a body or country: its customary short name, else its name, a national one with its country."""
        if self.kind not in _KEYED:
            return ""
        shorts = [s for u in self.units for d in u.mentions for s in d.values("short")]
        name = most(shorts) or self.name
        missing = [c for c in self.countries if fold(c) not in fold(name)]
        national = len(self.countries) == 1 and self.kind is ActorKind.BODY
        return slug(" ".join([*missing, name]) if national else name)

    @cached_property
    def kind(self) -> ActorKind:
        """What most of its mentions say it is; the first word of the list of kinds on ties."""
        mentions = [d for u in self.units for d in u.mentions]
        ruled = [d for d in mentions if d.set("kind")] or mentions
        told = Counter(d.value("kind") or ActorKind.GROUP for d in ruled)
        order = list(ActorKind)
        return ActorKind(min(told, key=lambda k: (-told[k], order.index(ActorKind(k)))))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that it belongs to."""
        if self.kind is ActorKind.PERSON or self.kind is ActorKind.PLACE:
            return tuple(sorted({u.country for u in self.units} - {""}))
        return tuple(sorted({c for u in self.units for c in u.members}))

    @cached_property
    def name(self) -> str:
        """The name by which an actor is shown: the full name that most reports give, the longer of equals."""
        ruled = [c.value for u in self.units for d in u.mentions if d.set("name") for c in d.all("name")]
        if ruled:
            return most(ruled)
        given = [u.name for u in self.units if u.named] or [u.name for u in self.units]
        if self.kind is ActorKind.PERSON:
            full = [u.name for u in self.units if u.named and u.full]
            return most(full or given)
        if self.kind is ActorKind.COUNTRY:
            return most(u.country for u in self.units if u.country) or most(given)
        keys = {body_key(s) for u in self.units for d in u.mentions for s in d.values("short")}
        return most([n for n in given if body_key(n) not in keys] or given)


def _ids(together: Sequence[_Together]) -> dict[str, str]:
    """Actor id of each group, by the id of its first unit; a key that two groups share is no key."""
    often = Counter(us.key for us in together)
    return {us.id: us.key if us.key and often[us.key] == 1 else us.id for us in together}


def _actor(actor: str, found: _Together, joint: Iterable[Span], merged: tuple[Merged, ...]) -> Actor:
    printed = Counter(mention_span(d).text for u in found.units for d in u.named)
    if not printed:
        printed = Counter(u.name for u in found.units)
    return Actor(
        id=actor,
        kind=found.kind,
        name=found.name or min(printed),
        names=tuple(NameCount(text, printed[text]) for text in sorted(printed, key=lambda t: (-printed[t], t))),
        roles=_roles(found.units),
        evidence=in_order([*(mention_span(d) for u in found.units for d in u.mentions), *joint]),
        merged=merged,
    )


def _roles(found: tuple[Unit, ...]) -> tuple[Role, ...]:
    """Offices that a person is said to hold, with the country where it is known."""
    told: dict[str, list[tuple[str, Span]]] = {}
    own = most(u.country for u in found if u.country)
    for unit in found:
        for office, country, span in offices(unit.mentions):
            text = f"{office} of {country or own}" if country or own else office
            told.setdefault(fold(text), []).append((text, span))
    return tuple(
        Role(role=most(text for text, _ in said), evidence=in_order(span for _, span in said))
        for _, said in sorted(told.items())
    )


def smallest(mentions: Iterable[str]) -> str:
    """The smallest of some mention ids, by report and place."""
    return min(mentions, key=ids.mention_key)
