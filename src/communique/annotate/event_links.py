"""What the happenings of one sentence owe each other: times, people, and which holds which."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from communique.annotate import modality
from communique.annotate.event_clauses import take_place
from communique.annotate.event_draft import TALKING, Draft
from communique.annotate.event_scope import rightward, within
from communique.model.mentions import Form, TimeExpression
from communique.model.words import ActorKind, EventType

#: So many tokens after its verb "on the sidelines of" is looked for.
_NEAR = 40
#: So many steps up the parse a happening looks for one that holds it.
_STEPS = 4
#: Role of one in whose name another speaks: that other was there.
_ABSENT = "principal"
_HOLDING = frozenset({"at", "in", "including", "during"})
_MARGINS = frozenset({"sidelines", "margins", "sideline", "fringes", "framework", "occasion", "course"})

#: Verbs by which people come together for a gathering.
_GATHERING = frozenset({"meet", "gather", "convene", "assemble"})


def share_people(draft: Draft, filled: list[Draft]) -> None:
    """As in "The summit opened with a meeting of A and B": who took part in the one took part in the other."""
    support = draft.trigger.support
    if draft.people or draft.trigger.noun is None:
        return
    if draft.trigger.carrier is None:
        _share_with_clause(draft, filled)
        return
    if support is None or not support.happening:
        return
    withs = [c for c in draft.trigger.carrier.children if c.dep_ == "prep" and c.lower_ in ("with", "by")]
    for other in filled:
        if other is not draft and any(other.trigger.token.head == w for w in withs):
            draft.people = [(m, "participant") for m, _ in other.people]


def _share_with_clause(draft: Draft, filled: list[Draft]) -> None:
    """As in "After the summit A and B gave a press conference": both took part in the summit."""
    at = draft.trigger.token
    while (
        at.dep_ in ("pobj", "prep") and not at.head.tag_.startswith("VB") and at.head.dep_ in ("dobj", "pobj", "prep")
    ):
        at = at.head
    led = {t.lower_ for t in (draft.trigger.token.head, at)}
    if not led & {"after", "following", "at", "during"} or draft.type not in TALKING:
        return
    for other in filled:
        if (
            other is not draft
            and other.trigger.clause == at.head
            and sum(len(m.members) or 1 for m, _ in other.people) > 1
        ):
            draft.people = [(m, "participant") for m, role in other.people if role != _ABSENT]


def share_with_held(draft: Draft, filled: list[Draft]) -> None:
    """As in "the meetings of A and B in May in Oslo and at the summit in Rome": both took part in the summit."""
    if draft.people or draft.trigger.noun is None or draft.type not in TALKING:
        return
    by_token = {d.trigger.token.i: d for d in filled if d is not draft and d.trigger.noun and d.type in TALKING}
    at = draft.trigger.token
    if _adds_time(draft):
        earlier = [d for d in by_token.values() if d.trigger.token.i < at.i and d.times and len(d.people) > 1]
        draft.people = [(m, "participant") for m, _ in earlier[-1].people] if earlier else []
        return
    for _ in range(_STEPS):
        if at.dep_ not in ("pobj", "prep", "conj") or (at.dep_ == "prep" and at.lower_ not in _HOLDING):
            return
        at = at.head
        other = by_token.get(at.i)
        if other is not None and sum(len(m.members) or 1 for m, _ in other.people) > 1:
            draft.people = [(m, "participant") for m, _ in other.people]
            return


def _adds_time(draft: Draft) -> bool:
    """Whether a happening begins with another time of the same: "in May in Oslo and in June at the summit"."""
    doc, at = draft.scene.piece.doc, draft.first
    return at > draft.scene.sentence.start and doc[at - 1].lower_ == "and" and at + 1 in draft.scene.when


def join_held(filled: list[Draft]) -> list[Draft]:
    """As in "The Committee met in Oslo on Friday for its fourth session": one gathering, told by verb and noun."""
    by_verb = {d.trigger.token.i: d for d in filled if d.trigger.verb is not None and d.type in TALKING}
    joined = set()
    for draft in (d for d in filled if d.trigger.noun is not None and d.trigger.carrier is None):
        at = draft.trigger.token
        led = at.dep_ == "pobj" and at.head.lower_ == "for"
        met = by_verb.get(at.head.head.i) if led and draft.type in TALKING else None
        if met is not None and (draft.number is not None or draft.type in (EventType.SESSION, EventType.SUMMIT)):
            _join(draft, met)
            joined.add(id(met))
        elif led and met is None and at.head.head.lemma_ in _GATHERING and draft.type in TALKING:
            _join_verb(draft, at.head.head)
    return [d for d in filled if id(d) not in joined]


def _join(draft: Draft, met: Draft) -> None:
    draft.status, draft.firm = met.status, met.firm
    draft.body = draft.body or met.body
    draft.people += met.people
    draft.others += met.others
    draft.places = met.places or draft.places
    draft.times = list({t.id: t for t in (*met.times, *draft.times)}.values())
    draft.reach(met.first, met.last)


def _join_verb(draft: Draft, verb: Token) -> None:
    """As in "Ministers met in Oslo for the session", where nobody is named who met: when and where they did."""
    reading = modality.of_verb(verb, headline=draft.headline)
    draft.status, draft.firm = reading.status, reading.firm
    for argument in rightward(draft.scene, verb.i + 1, (verb.i, *draft.trigger.core)):
        if argument.time is not None and argument.time not in draft.times:
            draft.times.append(argument.time)
        elif argument.mention is not None and argument.mention not in draft.places:
            take_place(draft, argument)
    draft.reach(verb.i, verb.i)


def settle_times(filled: list[Draft]) -> None:
    """Give a time that two happenings reached to the nearer one; one in front, to that of the main clause."""
    for draft in filled:
        for time in list(draft.times):
            rivals = [d for d in filled if d is not draft and time in d.times]
            if any(_claim(d, time) < _claim(draft, time) for d in rivals):
                draft.times.remove(time)
                _withdraw(draft, time)


def _withdraw(draft: Draft, time: TimeExpression) -> None:
    """Take a time that ends a happening's words, and what leads to it, out of them."""
    doc, at, scene = draft.scene.piece.doc, draft.last, draft.scene
    if scene.when.get(at) is not time:
        return
    while at > draft.trigger.core[-1] and (scene.when.get(at) is time or doc[at].lower_ in ("in", "on", "and", ",")):
        at -= 1
    draft.last = at


def _claim(draft: Draft, time: TimeExpression) -> tuple[bool, int, int]:
    """How good a claim a happening has to a time, the best first: "On Monday A, who is visiting B, met C"."""
    aside = _relative(draft.trigger.clause or draft.trigger.token)
    fronted = aside is not None and time.span.end <= draft.scene.piece.start + aside.left_edge.idx
    return fronted, *_distance(draft, time)


def _relative(verb: Token) -> Token | None:
    """The verb of the relative clause that a verb stands in, None for one of the main clause."""
    for _ in range(_STEPS):
        if verb.dep_ == "relcl":
            return verb
        if verb.dep_ not in ("conj", "xcomp", "advcl", "acl"):
            return None
        verb = verb.head
    return None


def _distance(draft: Draft, time: TimeExpression) -> tuple[int, int]:
    start = draft.scene.piece.start + draft.trigger.token.idx
    return abs(time.span.start - start), start


def take_headline(draft: Draft) -> None:
    """A headline with one happening names those who took part in it, wherever they stand in it."""
    scene = draft.scene
    known = {m.id for m, _ in draft.people}
    for mention in within(scene, scene.sentence.start, scene.sentence.end - 1):
        if mention.kind is ActorKind.PERSON and mention.id not in known and mention.form in (Form.NAME, Form.OFFICE):
            draft.people.append((mention, "participant"))
    draft.reach(scene.sentence.start, scene.sentence.end - 1)


def holder_of(draft: Draft, kept: Iterable[Draft]) -> Draft | None:
    """The happening that a happening was part of: "on the sidelines of the session", "during the visit"."""
    clause = draft.trigger.clause
    if clause is None:
        return None
    by_token = {d.trigger.token.i: d for d in kept if d is not draft and d.trigger.noun and not d.trigger.carrier}
    for preposition in _attached(clause, draft.trigger.token):
        if preposition.lower_ in ("during", "on", "at", "within", "in"):
            direct = preposition.lower_ in ("during", "at")
            for token in preposition.subtree:
                if token.i in by_token and _follows(token, preposition, direct=direct):
                    return by_token[token.i]
    return None


def _attached(clause: Token, trigger: Token) -> Iterator[Token]:
    """The prepositions of a clause, and "on the sidelines" wherever the parser tied it to."""
    for verb in (clause, trigger):
        yield from (c for c in verb.children if c.dep_ == "prep")
    for token in clause.doc[clause.i + 1 : min(clause.i + _NEAR, clause.sent.end - 1)]:
        elsewhere = token.dep_ == "prep" and token.head not in (clause, trigger)
        if elsewhere and {t.lower_ for t in clause.doc[token.i + 1 : token.i + 3]} & _MARGINS:
            yield token


def _follows(token: Token, preposition: Token, *, direct: bool) -> bool:
    """Whether a happening is all that a preposition leads to, with no more than "the sidelines of" between."""
    if token.i < preposition.i:
        return False
    between = [t.lower_ for t in token.doc[preposition.i + 1 : token.left_edge.i]]
    if direct:
        return not between
    return bool(set(between) & _MARGINS) and set(between) <= _MARGINS | {"the", "of", "a"}
