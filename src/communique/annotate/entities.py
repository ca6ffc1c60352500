"""Who and what a report speaks of: persons, bodies, countries, places and their like, with what refers to whom."""

import bisect
import functools
from collections import Counter

import msgspec

from communique.annotate import (
    accounts,
    bodies,
    lexicon,
    linked,
    marginalia,
    mentions,
    names,
    places,
    plain_bodies,
    presidencies,
    states,
    summits,
    things,
)
from communique.annotate.coreference import Resolver
from communique.annotate.drafts import Draft
from communique.annotate.names import People
from communique.annotate.nlp import Parse
from communique.annotate.words import Stretch, stretches
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind


class Entities(msgspec.Struct, frozen=True, dict=True):
    """The entity mentions of one report, by start and end."""

    mentions: tuple[EntityMention, ...] = ()

    def at(self, start: int, end: int) -> EntityMention | None:
        """The best mention that shares characters with a range: the longest name, else the longest of any form."""
        last = bisect.bisect_left(self._starts, end)
        best = None
        for mention in reversed(self.mentions[:last]):
            if mention.span.start + self._longest <= start:
                break
            if mention.span.end > start and (best is None or _rank(mention) > _rank(best)):
                best = mention
        return best

    def between(self, start: int, end: int) -> tuple[EntityMention, ...]:
        """The mentions that begin in a range, in order."""
        return self.mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def by_id(self, mention: str) -> EntityMention | None:
        """The mention of that id, None where the report has none."""
        return self._by_id.get(mention)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [m.span.start for m in self.mentions]

    @functools.cached_property
    def _longest(self) -> int:
        return max((m.span.end - m.span.start for m in self.mentions), default=0)

    @functools.cached_property
    def _by_id(self) -> dict[str, EntityMention]:
        return {m.id: m for m in self.mentions}


def _rank(mention: EntityMention) -> tuple[bool, int, int]:
    return mention.form is Form.NAME, mention.span.end - mention.span.start, -mention.span.start


def read(parse: Parse) -> Entities:
    """The entity mentions of a parsed report."""
    with lexicon.speaking_of(states.unknown(parse.report.text)):
        return _read(parse)


def _read(parse: Parse) -> Entities:
    pieces = list(stretches(parse))
    lines = marginalia.datelines(parse)
    people, drafts = _named(pieces, frozenset(d.name for d in lines if d.kind is ActorKind.PLACE))
    lines += marginalia.posts(parse, accounts.known_words(people), people)
    drafts = linked.settle([*drafts, *lines])
    drafts = _with_references(pieces, people, drafts)
    drafts = linked.settle([*drafts, *summits.read(pieces, drafts)])
    presidencies.settle(pieces, drafts)
    return Entities(tuple(mentions.build(parse.report, [*drafts, *lines])))


def _named(pieces: list[Stretch], lines: frozenset[str]) -> tuple[People, list[Draft]]:
    """Mentions by name; each finder takes its words before the next may. `lines`: the places of datelines."""
    free = [[True] * len(p.words) for p in pieces]
    found: list[Draft] = []
    for finder in (things.read, bodies.read, plain_bodies.read):
        for piece, unused in zip(pieces, free, strict=True):
            found += finder(piece, unused)
    shorts = {d.short: d for d in reversed(found) if d.short}
    phrases = bodies.short_phrases(shorts)
    for piece, unused in zip(pieces, free, strict=True):
        found += bodies.acronyms(piece, unused, shorts, phrases)
        found += things.groups(piece, unused)
        found += places.read(piece, unused)
    people, persons = names.read(pieces, free)
    persons += names.of_towns(found, people)
    known = accounts.known_words(people)
    persons += [h for p in pieces for h in accounts.handles(p, people, known)]
    flags = {id(p): f for p, f in zip(pieces, free, strict=True)}
    for person in persons:
        first, last = person.reach
        flags[id(person.stretch)][first:last] = [False] * (last - first)
    votes = places.elected(pieces) | dict.fromkeys(sorted(lines), ActorKind.PLACE)
    for piece, unused in zip(pieces, free, strict=True):
        found += places.by_parser(piece, unused, votes)
    return people, [*found, *persons]


def _with_references(pieces: list[Stretch], people: People, drafts: list[Draft]) -> list[Draft]:
    """The mentions by name together with those by office, group, pronoun, or "the Council"."""
    by_piece: dict[int, list[Draft]] = {}
    for found in sorted((d for d in drafts if d.stretch.number >= 0), key=lambda d: (d.start, d.end)):
        by_piece.setdefault(found.stretch.number, []).append(found)
    sides = (d.entity for d in drafts if d.kind is ActorKind.GROUP and d.key.endswith(":side"))
    resolver = Resolver(people, Counter(d.entity for d in drafts if d.kind is ActorKind.COUNTRY), sides)
    recall = linked.Recall()
    everything: list[Draft] = []
    for piece in pieces:
        own = recall.walk(piece, by_piece.get(piece.number, []))
        everything += own
        everything += resolver.walk(piece, own)
    return everything
