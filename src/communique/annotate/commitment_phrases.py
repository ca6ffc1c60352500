"""What a promise holds as its sentence has it: its words, its parties, its times; not yet a mention of the record."""

from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from communique.annotate.commitment_deeds import split_off
from communique.annotate.commitment_frames import promises
from communique.annotate.commitment_modals import WILL
from communique.annotate.commitment_times import dates_act, is_deadline, is_due
from communique.annotate.event_scope import Scene, within
from communique.annotate.event_triggers import lemma
from communique.model.mentions import EntityMention, TimeExpression
from communique.model.words import ActorKind, CommitmentKind, Official

INVITATION = "invitation"
_MARKS = frozenset(";:—–…")
_PARTIES = (ActorKind.PERSON, ActorKind.COUNTRY, ActorKind.BODY, ActorKind.GROUP, ActorKind.FORUM)
#: Prepositions that carry on what an object names.
_FURTHER = ("on", "of", "for", "concerning", "about", "between")
#: What follows an invitation: to whom, and to do what.
_ASKING, _TO = ("dative", "prep", "advcl", "xcomp"), ("to", "for")


class Place(NamedTuple):
    """Where a promise stands, and where its content: offsets of the report, ends exclusive."""

    start: int
    end: int
    what_start: int
    what_end: int


class Promise(msgspec.Struct, kw_only=True):
    """A promise as far as its sentence tells it."""

    kind: CommitmentKind
    official: Official
    place: Place
    rule: str
    by: list[EntityMention] = []
    to: list[EntityMention] = []
    items: list[EntityMention] = []
    times: list[TimeExpression] = []
    deadline: bool = False
    """Whether the words say that the times are those by which: "by May"."""
    of_act: list[TimeExpression] = []
    """Those of the times that may be when it was agreed: "signed a treaty in May"."""
    first_person: bool = False
    together: bool = False
    accepted: bool | None = None


def content(clause: Token) -> bool:
    """Whether a clause says what is to be done: an infinitive, or "that … will", not "that it is urgent"."""
    helpers = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if clause.dep_ == "advcl":
        return "to" in helpers
    if "to" in helpers or (clause.tag_ == "VBG" and not helpers):
        return True
    return bool(helpers & (WILL | {"would", "should"}))


def dated(scene: Scene, what: Token) -> bool:
    """Whether a figure, a date or an instrument stands with a deed."""
    named = promises().instruments
    return any(
        t.like_num or t.tag_ == "CD" or t.ent_type_ == "CARDINAL" or t.i in scene.when or lemma(t) in named
        for t in what.subtree
    )


def parties(scene: Scene, token: Token) -> list[EntityMention]:
    """Who a subject or object names: its persons, else countries, bodies and groups."""
    found = within(scene, token.left_edge.i, _head_end(token))
    people = [m for m in found if m.kind is ActorKind.PERSON or m.members]
    return people or [m for m in found if m.kind in _PARTIES]


def agents(scene: Scene, verb: Token) -> list[EntityMention]:
    """Who a passive verb says did it: "by the two ministers"."""
    agent = next((c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"), None)
    return parties(scene, agent) if agent is not None else []


def mentions_of(scene: Scene, token: Token) -> list[EntityMention]:
    """The mentions in a phrase."""
    return within(scene, token.left_edge.i, token.right_edge.i)


def _head_end(token: Token) -> int:
    for inner in token.doc[token.i : token.right_edge.i + 1]:
        if inner.dep_ in ("relcl", "acl"):
            return inner.i - 1
    return token.right_edge.i


def stretch(scene: Scene, head: Token) -> tuple[int, int]:
    """First and last token of what is promised, cut where another sentence part begins."""
    first = max(head.left_edge.i, scene.sentence.start)
    further = split_off(head)
    last = min(_phrase_end(further or head), scene.sentence.end - 1)
    for token in head.doc[head.i + 1 : last + 1]:
        quoted = token.tag_ == "''" and token.nbor(-1).is_punct
        if token.text in _MARKS or (token.text == "," and _another_clause(token)) or quoted:
            last = token.i - 1
            break
    while last > head.i and head.doc[last].is_punct and head.doc[last].text != ")":
        last -= 1
    return first, max(last, head.i)


def _phrase_end(head: Token) -> int:
    """The last token below a head; "on fisheries" right after an object belongs to it, wherever the parser tied it."""
    last = head.right_edge.i
    if lemma(head) == INVITATION:
        return _invited(head, last)
    further: tuple[str, ...] = _FURTHER if head.dep_ in ("dobj", "nsubjpass") else ()
    if head.dep_ == "prep" and head.head.lemma_ == "invite":
        further = ("for", "in", "on", "at")
    while last + 1 < len(head.doc):
        following = head.doc[last + 1]
        if following.dep_ != "prep" or following.lower_ not in further:
            break
        last = max(last + 1, following.right_edge.i)
    return last


def _invited(invitation: Token, last: int) -> int:
    """The last token of an invitation "to her to visit Oslo", where the parser tied the rest to the verb."""
    doc, verb = invitation.doc, invitation.head
    while last + 1 < len(doc):
        after = doc[last + 1]
        after = after.head if after.lower_ == "to" and after.dep_ == "aux" else after
        if after.head != verb or after.dep_ not in _ASKING or (after.pos_ == "ADP" and after.lower_ not in _TO):
            break
        last = max(last + 1, after.right_edge.i)
    return last


def _another_clause(comma: Token) -> bool:
    if comma.i + 1 >= len(comma.doc):
        return True
    following = comma.nbor(1)
    if following.tag_ in ("WDT", "WP", "WRB") or following.tag_ == "VBG":
        return True
    after = comma.doc[comma.i + 1 : comma.i + 8]
    return following.dep_ == "cc" and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in after)


def cut(scene: Scene, start: int, last: int, first: int, what_last: int) -> Place:
    """The place of a promise from one token to another, and that of what is promised; last tokens included."""
    doc, base = scene.piece.doc, scene.piece.start
    return Place(
        start=base + doc[start].idx,
        end=scene.piece.bounds(doc[last])[1],
        what_start=base + doc[first].idx,
        what_end=scene.piece.bounds(doc[what_last])[1],
    )


def fill(
    scene: Scene, draft: Promise, first: int, last: int, said: range = range(0), what: Token | None = None
) -> None:
    """The items and times named in a promise; a time among the tokens `said` is the day of saying.

    Where a time says by when, the others do not. A time behind `what` was signed or agreed on may be the day of that.
    """
    by: list[TimeExpression] = []
    for mention in within(scene, first, last):
        if mention.kind is ActorKind.ITEM and mention not in draft.items:
            draft.items.append(mention)
    for i in range(first, last + 1):
        time = scene.when.get(i)
        if time is None or time in draft.times or not is_due(scene, i):
            continue
        if is_deadline(scene, i):
            by.append(time)
        if i not in said or is_deadline(scene, i):
            draft.times.append(time)
            draft.of_act += [time] if dates_act(scene, i, what) else []
    draft.times, draft.deadline = by or draft.times, bool(by)
