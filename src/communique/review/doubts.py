"""Questions about what the program was not sure of: speakers, merges, names."""

import itertools
import re
from collections.abc import Iterator, Sequence

from communique.model import ids
from communique.model.record import Actor, Commitment, Event, Merged, Statement
from communique.model.review import Item, ItemKind
from communique.model.words import ActorKind, Mode
from communique.review.book import Book
from communique.review.questions import MOST, pair, reject, setting, unsure, weight
from communique.text.names import name_parts, skeleton

#: Below this a statement's speaker is asked for.
_SURE = 0.5
#: Rules by which mentions are put together on little, and the score below which a scored merge is near the threshold.
_WEAK_RULES = frozenset({"surname in one story", "office and country", "name cut short", "taken up again"})
_SCORED = frozenset({"shared participants", "same words, place or day"})
_NEAR = 1.75
_SCORE = re.compile(r"score ([0-9.]+)")
#: Events of one story and day that are compared with one another.
_BLOCK = 12


def speakers(book: Book) -> Iterator[Item]:
    """Words in quotation marks that nobody, or somebody unsure, is said to have spoken."""
    doubtful = [s for s in book.record.statements if s.confidence < _SURE and _direct(s)]
    book.need(q.evidence.report for s in doubtful for q in s.quotations)
    for statement in doubtful:
        mentions = book.mentions("statements", statement)
        if mentions:
            yield _speaker(book, statement, mentions)


def _direct(statement: Statement) -> bool:
    return any(q.mode is Mode.DIRECT for q in statement.quotations)


def _speaker(book: Book, statement: Statement, mentions: Sequence[str]) -> Item:
    named = _candidates(book, mentions)
    choices = [
        setting(str(n), who, mentions, "speaker", mention, "statement")
        for n, (who, mention) in enumerate(named.items(), start=1)
    ]
    held = book.name(statement.speaker) if statement.speaker else "nobody"
    told = {m: ", ".join(book.values(m, "speaker")) for m in mentions}
    return Item(
        id=Item.id_of(ItemKind.SPEAKER, *mentions),
        kind=ItemKind.SPEAKER,
        weight=weight(ItemKind.SPEAKER, [ids.mention_key(m).report for m in mentions]),
        question=f"Who said “{statement.text[:120]}”?",
        reason=f"The record says {held}; the reports leave it open.",
        section="statements",
        facts=(statement.id,),
        sides=tuple(book.side("printed as said" if not told[m] else "", m, statement.id) for m in mentions[:MOST]),
        choices=(*choices, reject(mentions, "statement"), unsure(mentions)),
    )


def _candidates(book: Book, mentions: Sequence[str]) -> dict[str, str]:
    """Those who may have said it: name -> mention, those that reports name first."""
    found: dict[str, str] = {}
    for field in ("speaker", "speaker_candidate"):
        for value in (v for m in mentions for v in book.values(m, field)):
            names = book.values(value, "name") or (book.side("", value).span.text,)
            found.setdefault(names[0], value)
    near = [n for m in mentions for n in _near(book, m)]
    for name, mention in near:
        found.setdefault(name, mention)
    return dict(itertools.islice(found.items(), MOST))


def _near(book: Book, mention: str) -> Iterator[tuple[str, str]]:
    """The persons that the report names nearest to the words."""
    place = ids.mention_key(mention)
    claims = book.claims(place.report)
    people = {c.subject for c in claims if c.field == "kind" and c.value == ActorKind.PERSON}
    named = [c for c in claims if c.field == "name" and c.subject in people and len(c.value.split()) > 1]
    for claim in sorted(named, key=lambda c: (abs(c.span.start - place.start), c.span))[:4]:
        yield claim.value, claim.subject


def merges(book: Book) -> Iterator[Item]:
    """Facts that hang together by little, one question for the weakest link of each; and facts that nearly do."""
    facts: list[Event | Actor | Commitment] = [*book.record.events, *book.record.actors, *book.record.commitments]
    weak_of = ((f, [m for m in f.merged if _weak(m)]) for f in facts)
    weakest = [(f, min(weak, key=lambda m: (_score(m), m))) for f, weak in weak_of if weak]
    book.need(ids.mention_key(m).report for _, weak in weakest for m in (weak.one, weak.other))
    yield from (_merge(book, fact, weak) for fact, weak in weakest)
    yield from _alike(book)


def _weak(merged: Merged) -> bool:
    return merged.rule in _WEAK_RULES or (merged.rule in _SCORED and _score(merged) < _NEAR)


def _score(merged: Merged) -> float:
    found = _SCORE.search(merged.detail)
    return float(found[1]) if found else 0.0


def _merge(book: Book, fact: Event | Actor | Commitment, merged: Merged) -> Item:
    says = tuple(book.side("", m).span.text for m in (merged.one, merged.other))
    detail = f" ({merged.detail})" if merged.detail else ""
    reason = f"The record holds them to be one by this rule alone: {merged.rule}{detail}."
    return pair(book, ItemKind.MERGE, (merged.one, merged.other), (says[0], says[1]), reason, (fact.id,))


def _alike(book: Book) -> Iterator[Item]:
    """Events of one day, kind and company that the record holds apart."""
    blocks: dict[tuple[str, ...], list[Event]] = {}
    for event in book.record.events:
        if event.date and event.participants:
            for who in event.participants:
                blocks.setdefault((event.date.value, event.type.value, event.status.value, who.actor), []).append(event)
    pairs: dict[tuple[str, str], tuple[Event, Event]] = {}
    for _, block in sorted(blocks.items()):
        for one, other in itertools.combinations(block[:_BLOCK], 2):
            shared = {p.actor for p in one.participants} & {p.actor for p in other.participants}
            if len(shared) > 1:
                pairs.setdefault((one.id, other.id), (one, other))
    book.need(e.evidence[0].report for pair in pairs.values() for e in pair)
    for one, other in pairs.values():
        yield from _pair_of(book, one, other)


def _pair_of(book: Book, one: Event, other: Event) -> Iterator[Item]:
    mine, theirs = book.first("events", one), book.first("events", other)
    if mine and theirs:
        reason = "The same persons, day and kind, but the words do not say that it is one event."
        yield pair(book, ItemKind.MERGE, (mine, theirs), (one.title, other.title), reason, (one.id, other.id))


def names(book: Book) -> Iterator[Item]:
    """Persons of one name that the record holds apart, and bare surnames that several persons could be."""
    people = [a for a in book.record.actors if a.kind is ActorKind.PERSON]
    by_last: dict[str, list[Actor]] = {}
    for actor in people:
        parts = name_parts(actor.name)
        if parts:
            by_last.setdefault(skeleton(parts[-1]), []).append(actor)
    pairs = [
        pair
        for _, same in sorted(by_last.items())
        for pair in itertools.combinations(same[:_BLOCK], 2)
        if _confusable(*pair)
    ]
    book.need(actor.evidence[0].report for pair in pairs for actor in pair)
    for one, other in pairs:
        yield from _names(book, one, other)


def _confusable(one: Actor, other: Actor) -> bool:
    mine, theirs = name_parts(one.name), name_parts(other.name)
    if min(len(mine), len(theirs)) == 1:
        return True
    initial = min(len(mine[0]), len(theirs[0])) == 1 and mine[0][:1] == theirs[0][:1]
    return mine[0] == theirs[0] or initial


def _names(book: Book, one: Actor, other: Actor) -> Iterator[Item]:
    mine, theirs = book.first("actors", one), book.first("actors", other)
    if mine and theirs:
        reason = "The names could be one person's; nothing in the reports says whether they are."
        yield pair(book, ItemKind.NAME, (mine, theirs), (one.name, other.name), reason, (one.id, other.id))
