"""Entities of single reports (units), and how units of several reports become one actor.

Inside a report `annotate` has already said which mentions are one entity. Units are only compared where a normalised
key brings them together, never all with all.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.groups import Groups
from communique.fuse.keys import body_key, countries_in, fold, most, person_keys, surname_key
from communique.fuse.origins import Origins
from communique.model.spans import Span
from communique.model.words import ActorKind
from communique.text import names, scripts

#: Kinds told apart by the countries that take part in them.
_OF_COUNTRIES = frozenset({ActorKind.BODY, ActorKind.FORUM, ActorKind.AGREEMENT, ActorKind.PROGRAMME})
_NAME, _PRONOUN, _GROUP = "name", "pronoun", "group"
MEMBER = "member"
#: So many names beside one office of one story are compared; a story that prints more tells of a list.
_MOST_SPELLINGS = 20


class Unit(msgspec.Struct, frozen=True, dict=True):
    """One entity of one report: its representative's mention id and the dossiers of all its mentions."""

    id: str
    story: str
    mentions: tuple[Dossier, ...]

    @cached_property
    def report(self) -> str:
        """Id of the report."""
        return self.mentions[0].report

    @cached_property
    def kind(self) -> ActorKind:
        """What most of its mentions say it is; the first word on ties."""
        told = Counter(d.value("kind") or ActorKind.GROUP for d in self.mentions)
        return ActorKind(min(told, key=lambda k: (-told[k], k)))

    @cached_property
    def named(self) -> tuple[Dossier, ...]:
        """The mentions that are names."""
        return tuple(d for d in self.mentions if d.value("form") == _NAME)

    @cached_property
    def name(self) -> str:
        """The fullest name that the report gives it; of a person, the part of it that it prints most often in full."""
        given = [n for d in self.named or self.mentions for n in d.values("name")]
        best = max(given, key=lambda n: (len(n), n), default="")
        if self.kind is not ActorKind.PERSON:
            return best
        whole = set(fold(best).split())
        printed = (c.span.text for d in self.named for c in d.all("form"))
        return most(t for t in printed if len(names.name_parts(t)) > 1 and set(fold(t).split()) <= whole) or best

    @cached_property
    def full(self) -> bool:
        """Whether a person's name has more than one part."""
        return len(names.name_parts(self.name)) > 1

    @cached_property
    def country(self) -> str:
        """The country that its offices or its place are most often said to belong to; "" where none is told."""
        return most(c for d in self.mentions for c in d.values("country"))

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The countries that a body, forum or agreement belongs to: those told and those in its name; sorted."""
        if self.kind not in _OF_COUNTRIES:
            return (self.country,) if self.country and self.kind is ActorKind.PLACE else ()
        told = {c for d in self.mentions for c in d.values("country")}
        return tuple(sorted(told.union(*(countries_in(n) for d in self.named for n in d.values("name")))))

    @cached_property
    def called(self) -> frozenset[str]:
        """Its long and short names, and its names as printed."""
        said = {n for d in self.named or self.mentions for n in (*d.values("name"), *d.values("short"))}
        return frozenset(said | {c.span.text for d in self.named for c in d.all("form")})

    @cached_property
    def offices(self) -> frozenset[tuple[str, str]]:
        """Offices in plain words with their countries ("" where none is told)."""
        return frozenset((fold(office), country) for office, country, _ in offices(self.mentions))

    @cached_property
    def only_office(self) -> bool:
        """Whether it is called by an office alone, never by a name."""
        return not self.named and any(d.value("form") == "office" for d in self.mentions)


def units(dossiers: Dossiers, origins: Origins) -> tuple[Unit, ...]:
    """The entities of every report, by id; those that are never called by a name or an office are left out."""
    held: dict[str, list[Dossier]] = {}
    for dossier in dossiers.of("n"):
        for claim in dossier.all("entity") or dossier.claims[:1]:
            if claim.qualifier != MEMBER:
                held.setdefault(claim.value if claim.field == "entity" else dossier.subject, []).append(dossier)
    for mentions in [ms for together, ms in reversed(list(dossiers.rulings())) if not together]:
        _split(held, mentions)
    found = (Unit(rep, origins.story(found[0].report), tuple(found)) for rep, found in sorted(held.items()))
    return tuple(u for u in found if u.named or u.only_office)


def _split(held: dict[str, list[Dossier]], mentions: Sequence[str]) -> None:
    """Part two mentions that one report is read to give to one entity: the second, and all that is printed like it.

    What is printed like the first stays with it.
    """
    for one, other in itertools.pairwise(mentions):
        both = next((rep for rep, found in held.items() if {one, other} <= {d.subject for d in found}), None)
        if both is None or one == other:
            continue
        found = held[both]
        first, second = (_printed(next(d for d in found if d.subject == m)) for m in (one, other))
        moved = [d for d in found if d.subject == other or (_printed(d) == second != first and d.subject != one)]
        left, key = [d for d in found if d not in moved], other
        if any(d.subject == both for d in moved):
            left, moved, key = moved, left, one
        held[both], held[key] = _by_own_names(left), _by_own_names(moved)


def _words(dossier: Dossier) -> str:
    """The words of a mention."""
    place = dossier.key
    words = (c.span.text for c in dossier.claims if (c.span.start, c.span.end) == (place.start, place.end))
    return next(words, dossier.claims[0].span.text)


def _printed(dossier: Dossier) -> str:
    return fold(_words(dossier))


def _by_own_names(found: list[Dossier]) -> list[Dossier]:
    """Mentions that were parted from others: a name that none of them prints was the others'."""
    printed = {_printed(d) for d in found}
    return [
        msgspec.structs.replace(
            d,
            claims=tuple(
                msgspec.structs.replace(c, value=_words(d)) if c.field == "name" and fold(c.value) not in printed else c
                for c in d.claims
            ),
        )
        for d in found
    ]


def offices(mentions: Iterable[Dossier]) -> Iterator[tuple[str, str, Span]]:
    """Offices with the country that the same mention gives ("" where none), and where they stand."""
    for dossier in mentions:
        for claim in dossier.all("office"):
            yield claim.value, dossier.value("country") or "", claim.span


def joined(found: Sequence[Unit], dossiers: Dossiers) -> Groups:
    """The units of all reports, joined where they are one actor."""
    groups = Groups(u.id for u in found)
    by_id = {u.id: u for u in found}
    holder = {d.subject: u.id for u in found for d in u.mentions}
    groups.rule((together, [holder[m] for m in ms if m in holder]) for together, ms in dossiers.rulings())
    persons = [u for u in found if u.kind is ActorKind.PERSON]
    named = [u for u in persons if u.named]
    _join_persons(groups, named)
    _join_surnames(groups, by_id, named)
    _join_offices(groups, persons)
    bodies = [u for u in found if u.kind in _OF_COUNTRIES]
    _join_named(groups, bodies)
    _join_parts(groups, bodies)
    for kind in ActorKind:
        if kind is not ActorKind.PERSON and kind not in _OF_COUNTRIES:
            _join_named(groups, [u for u in found if u.kind is kind])
    return groups


# ---------------------------------------------------------------- persons


def _join_persons(groups: Groups, found: Sequence[Unit]) -> None:
    """Join full names that are one person's; namesakes whose offices belong to different countries stay apart."""
    by_name: dict[str, list[Unit]] = {}
    for unit in found:
        if unit.full:
            by_name.setdefault(unit.name, []).append(unit)
    for called in _one_person(by_name):
        _join_by_country(groups, [u for name in called for u in by_name[name]], "same person")
    _join_holders(groups, [u for u in found if u.full])


def _join_holders(groups: Groups, found: Sequence[Unit]) -> None:
    """Join full names of one story that may be one person's and that stand beside one office of one country."""
    blocks: dict[tuple[str, str, str], list[Unit]] = {}
    for unit in found:
        for office, country in sorted(unit.offices):
            if country:
                blocks.setdefault((unit.story, office, country), []).append(unit)
    for (_, office, country), block in sorted(blocks.items()):
        for one, other in itertools.combinations(_spellings(block), 2):
            if names.same_holder(one.name, other.name):
                groups.join(one.id, other.id, "same office", f"{office} of {country}")


def _spellings(block: Sequence[Unit]) -> list[Unit]:
    """The first unit of each name, of so many names as one office may be spelled by."""
    return list({u.name: u for u in reversed(block)}.values())[:_MOST_SPELLINGS]


def _one_person(called: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Names grouped by likeness; only names of one block are compared."""
    alike = Groups(called)
    blocks: dict[str, list[str]] = {}
    for name in sorted(called):
        for key in person_keys(name):
            blocks.setdefault(key, []).append(name)
    for _, block in sorted(blocks.items()):
        for n, name in enumerate(block):
            for other in block[:n]:
                if names.same_person(other, name):
                    alike.join(other, name, "same person")
    return alike


def _join_by_country(groups: Groups, found: Sequence[Unit], rule: str) -> None:
    """Join units of one name; where they belong to different countries, one group for each country.

    A unit without a country joins the only group there is, else the only one of its story.
    """
    by_country: dict[str, list[Unit]] = {}
    for unit in sorted(found, key=lambda u: u.id):
        by_country.setdefault(unit.country, []).append(unit)
    free = by_country.pop("", [])
    firsts = [of_country[0].id for _, of_country in sorted(by_country.items())]
    for of_country in by_country.values():
        for unit in of_country[1:]:
            groups.join(of_country[0].id, unit.id, rule, unit.name)
    for n, first in enumerate(firsts):
        for other in firsts[:n]:
            groups.keep_apart(other, first)
    _join_free(groups, free, by_country, rule)


def _join_free(groups: Groups, free: Sequence[Unit], by_country: dict[str, list[Unit]], rule: str) -> None:
    alone: dict[str, str] = {}
    for unit in free:
        near = [us for us in by_country.values() if len(by_country) == 1 or any(u.story == unit.story for u in us)]
        if len(near) == 1:
            groups.join(near[0][0].id, unit.id, rule, unit.name)
        else:
            groups.join(alone.setdefault(unit.story if by_country else "", unit.id), unit.id, rule, unit.name)


def _join_surnames(groups: Groups, by_id: dict[str, Unit], found: Sequence[Unit]) -> None:
    """Give an entity that its report calls by surname alone to the only full name of its story that ends in it."""
    full: dict[tuple[str, str], set[str]] = {}
    for unit in found:
        if unit.full:
            full.setdefault((unit.story, surname_key(unit.name)), set()).add(groups.root(unit.id))
    bare: dict[tuple[str, str], list[Unit]] = {}
    for unit in found:
        if not unit.full and fold(unit.name):
            bare.setdefault((unit.story, surname_key(unit.name)), []).append(unit)
    for key, same in sorted(bare.items()):
        holders = sorted({groups.root(r) for r in full.get(key, ())})
        for unit in same:
            fitting = [h for h in holders if _agree(unit, [by_id[m] for m in groups.members(h)])]
            target = fitting[0] if len(fitting) == 1 else "" if fitting or holders else same[0].id
            if target and _agree(unit, [by_id[m] for m in groups.members(target)]):
                groups.join(target, unit.id, "surname in one story", unit.name)


def _agree(unit: Unit, others: Sequence[Unit]) -> bool:
    """Whether a bare surname can be a person's: the last names are alike and the countries do not clash."""
    theirs = {u.country for u in others} - {""}
    if scripts.is_suspect(unit.name):
        return unit.name in {u.name for u in others}
    last = names.name_parts(unit.name)[-1]
    alike = any(names.same_person(last, names.name_parts(u.name)[-1]) for u in others if names.name_parts(u.name))
    return alike and (not unit.country or not theirs or unit.country in theirs)


def _join_offices(groups: Groups, found: Sequence[Unit]) -> None:
    """Give an entity called by office and country alone to the one person of its story who holds that office."""
    holders: dict[tuple[str, str, str], set[str]] = {}
    for unit in found:
        if unit.named:
            for office, country in unit.offices:
                holders.setdefault((unit.story, office, country), set()).add(unit.id)
    bare: dict[tuple[str, str, str], str] = {}
    for unit in found:
        for office, country in sorted(unit.offices) if unit.only_office else ():
            if not country:
                continue
            key = (unit.story, office, country)
            roots = {groups.root(u) for u in holders.get(key, ())}
            target = min(roots) if len(roots) == 1 else "" if roots else bare.setdefault(key, unit.id)
            if target and groups.join(target, unit.id, "office and country", f"{office} of {country}"):
                break


# ---------------------------------------------------------------- everything else


def _join_named(groups: Groups, found: Sequence[Unit]) -> None:
    """Join units that share a normalised name, long or short, and do not belong to different countries."""
    blocks: dict[str, list[Unit]] = {}
    for unit in found:
        for key in sorted(_keys(unit)):
            blocks.setdefault(key, []).append(unit)
    for _, block in sorted(blocks.items()):
        _join_by_members(groups, block)


def _keys(unit: Unit) -> set[str]:
    if unit.kind in _OF_COUNTRIES:
        return {_key(form, body_key(form)) for form in unit.called} - {""}
    if unit.kind is ActorKind.COUNTRY and unit.country:
        return {fold(unit.country)}
    return {_key(unit.name, fold(unit.name))} - {""}


def _key(name: str, key: str) -> str:
    """The key of a name; one that hides characters or mixes scripts meets nothing but itself."""
    return name if scripts.is_suspect(name) else key


def _join_by_members(groups: Groups, block: Sequence[Unit]) -> None:
    """Join the units of one name by the countries that take part; without countries, to the only ones there are."""
    by_members: dict[tuple[str, ...], list[Unit]] = {}
    for unit in block:
        by_members.setdefault(unit.members, []).append(unit)
    free = by_members.pop((), [])
    for members, same in sorted(by_members.items()):
        wider = [m for m in by_members if set(members) < set(m)]
        target = by_members[wider[0]][0] if len(wider) == 1 else same[0]
        for unit in same:
            groups.join(target.id, unit.id, "same name", unit.name)
    tops = sorted({groups.root(us[0].id) for us in by_members.values()})
    for unit in free:
        near = (
            tops
            if len(tops) == 1
            else sorted({groups.root(u.id) for u in block if u.members and u.story == unit.story})
        )
        target_id = near[0] if len(near) == 1 else free[0].id if not near else unit.id
        groups.join(target_id, unit.id, "same name", unit.name)


def _join_parts(groups: Groups, found: Sequence[Unit]) -> None:
    """Give a body of several countries whose name is cut short to the only one of its story that it can stand for."""
    by_place: dict[tuple[str, tuple[str, ...]], list[Unit]] = {}
    for unit in found:
        if len(unit.members) > 1 and unit.kind is ActorKind.BODY:
            by_place.setdefault((unit.story, unit.members), []).append(unit)
    for _, near in sorted(by_place.items()):
        whole = {u.id: set(body_key(u.name).split()) for u in near}
        for unit in near:
            longer = [u for u in near if whole[unit.id] < whole[u.id]]
            roots = {groups.root(u.id) for u in longer}
            if len(roots) == 1 and len(whole[unit.id]) > 1:
                groups.join(min(roots), unit.id, "name cut short", unit.name)
