"""Whose session "the 6th session" is, where its own sentence does not say: the body that the report has named."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from communique.annotate import lexicon
from communique.annotate.entities import Entities
from communique.annotate.event_draft import BODIES, TALKING, Draft
from communique.annotate.event_scope import counts_times
from communique.annotate.event_triggers import LEADING, by_of, lemma, subject_of
from communique.model.claims import Modality
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind, EventType
from communique.text.ordinals import Ordinal, ordinals

_HEADS = lexicon.word_set("bodies-series-heads")
_NEIGHBOURS = frozenset(("previous", "last", "next"))
#: Nouns that a body's numbered gatherings go by.
_GATHERINGS = frozenset(("session", "meeting", "summit", "round"))


def recall(drafts: list[Draft], entities: Entities) -> None:
    """Give definite numbered sessions without a body the one body that can be meant; in doubt none.

    That is the body whose numbered sessions the report tells of, where just one is; else the one body with sessions
    that is named in the same paragraph before it.
    """
    _own(drafts)
    known: dict[str, EntityMention] = {}
    for draft in drafts:
        if draft.number is not None and draft.body is not None and draft.body.kind in BODIES:
            known.setdefault(draft.body.entity, draft.body)
    for draft in drafts:
        if not _asks(draft):
            continue
        found = known
        if not known and not draft.trigger.elliptic:
            found = {m.entity: m for m in _before(draft, entities)}
        if len(found) == 1 and _called(draft, body := next(iter(found.values()))):
            _give(draft, body)
    drafts[:] = [d for d in drafts if d.body is not None or not (d.trigger.elliptic or waits(d))]
    _continue(drafts)
    _settle_places(drafts)


def waits(draft: Draft) -> bool:
    """Whether it is numbered and called by what its body is: "the fourth forum", once the fifth Forum on X is told."""
    frame, verb = draft.trigger.noun, draft.trigger.carrier
    return bool(frame and frame.weak and verb and draft.number and draft.body is None and not draft.people)


def _called(draft: Draft, body: EntityMention) -> bool:
    """Whether a numbered happening may be a body's: one with a noun of its own, such as "forum", has it in the name."""
    noun = lemma(draft.trigger.token)
    return draft.trigger.elliptic or noun in _GATHERINGS or noun in body.name.casefold().split()


def _own(drafts: Sequence[Draft]) -> None:
    """As in "the Committee agreed to hold its seventh meeting": the body that is to meet is whose meeting it is."""
    for draft in drafts:
        mine = any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in draft.trigger.token.children)
        bodies = [party for party in draft.others if party[0].kind in BODIES]
        if draft.number is not None and draft.body is None and mine and len(bodies) == 1 and not draft.people:
            _give(draft, bodies[0][0])
            draft.others.remove(bodies[0])
        elif draft.number is not None and draft.body is None and mine:
            _take_subject(draft)


def _take_subject(draft: Draft) -> None:
    """As in "At its third session, the Committee agreed on a plan": the body that the sentence is about."""
    subject = subject_of(draft.scene.sentence.root)
    found = draft.scene.who.get(subject.i) if subject is not None and subject.i > draft.last else None
    if found is not None and found.kind in BODIES:
        _give(draft, found)


def _give(draft: Draft, body: EntityMention) -> None:
    """Make a happening a body's that its own sentence does not give it to; a meeting of a body is a session."""
    draft.body, draft.recalled = body, True
    if draft.type is EventType.MEETING:
        draft.type = EventType.SESSION


def convene(draft: Draft) -> None:
    """Make a session of a body's coming together, as in "the Committee met for the seventh time", with its number."""
    verb = draft.trigger.token
    bodies = [party for party in draft.others if party[0].kind is ActorKind.BODY and _holds_sessions(party[0])]
    if draft.trigger.verb is None or draft.type is not EventType.MEETING or len(bodies) != 1 or draft.people:
        return
    draft.body, draft.type = bodies[0][0], EventType.SESSION
    draft.others.remove(bodies[0])
    counted = next((t for c in verb.children if (t := counts_times(c)) is not None), None)
    counted = counted or _ordinal_before(draft, bodies[0][0])
    found = ordinals(counted.text) if counted is not None else []
    if counted is not None and found:
        start, end = draft.scene.piece.bounds(counted)
        draft.number = Ordinal(start, end, found[0].value)


def _ordinal_before(draft: Draft, body: EntityMention) -> Token | None:
    """The word right before a body's name, where it counts: "the 3rd Joint Commission met"."""
    scene = draft.scene
    first = next((i for i in sorted(scene.who) if scene.who[i] is body), 0)
    word = scene.piece.doc[first - 1] if first > scene.sentence.start else None
    return word if word is not None and ordinals(word.text) else None


def _holds_sessions(body: EntityMention) -> bool:
    return bool(_HEADS & set(body.name.casefold().split()))


def _continue(drafts: list[Draft]) -> None:
    """As in "The meeting was chaired by A": who led, or came to, the gathering that the report told of just before.

    What only stands for a gathering says nothing where no gathering was told of.
    """
    last: Draft | None = None
    numbered: dict[str, list[Draft]] = {}
    told: set[tuple[int | None, str]] = set()
    for draft in [d for d in drafts if d.trigger.noun is not None and d.type in TALKING]:
        further = draft.trigger.stands_in or (not draft.times and not draft.places and draft.body is None)
        if not further or draft.number is not None or not _led(draft):
            if draft.trigger.carrier is not None or draft.number is not None:
                last = draft
                if draft.number is not None and draft.body is not None:
                    numbered.setdefault(lemma(draft.trigger.token), []).append(draft)
                told.add((draft.number and draft.number.value, draft.body.entity if draft.body else str(id(draft))))
        elif (meant := _meant(draft, last, numbered)) is not None:
            draft.number, draft.body, draft.recalled, draft.type = meant.number, meant.body, True, meant.type
            draft.times = []
        elif draft.trigger.stands_in:
            near = last is not None and (last.scene.piece is draft.scene.piece or len(told) == 1)
            if last is not None and near and _same_status(last, draft):
                last.people += draft.people
            drafts.remove(draft)


def _meant(draft: Draft, last: Draft | None, numbered: Mapping[str, Sequence[Draft]]) -> Draft | None:
    """The numbered gathering that is meant: the only one that the report calls by the same noun, else the last told."""
    alike = {d.number.value: d for d in numbered.get(lemma(draft.trigger.token), ()) if d.number is not None}
    found = next(iter(alike.values())) if len(alike) == 1 else last
    if found is None or found.number is None or found.body is None or not _same_status(found, draft):
        return None
    return found


def _settle_places(drafts: list[Draft]) -> None:
    """As in "A met B. The meeting was held in Oslo": where it was that they met, told of once."""
    last: Draft | None = None
    for draft in list(drafts):
        if draft.type not in (EventType.MEETING, EventType.TALKS):
            continue
        bare = not (draft.people or draft.others or draft.times or draft.body) and draft.number is None
        the = any(c.lower_ in ("the", "this") for c in draft.trigger.token.children if c.dep_ == "det")
        if last is not None and bare and the and draft.places and _adjoins(last, draft):
            last.places += draft.places
            drafts.remove(draft)
        elif draft.status is Modality.HAPPENED:
            last = draft if draft.people and not draft.places else None


def _adjoins(last: Draft, draft: Draft) -> bool:
    """Whether a happening is told of as held right behind another: in its paragraph, or the next."""
    here, there = draft.scene.piece, last.scene.piece
    near = here is there or 0 <= here.start - (there.start + len(there.doc.text)) <= len("\n\n\n")
    return draft.status is Modality.HAPPENED and near


def _same_status(last: Draft, draft: Draft) -> bool:
    return draft.status is last.status or (draft.status is Modality.HAPPENED and last.status is not Modality.PLANNED)


def _led(draft: Draft) -> bool:
    """Whether it says who led "it" or "the meeting", and no more of it."""
    token, support = draft.trigger.token, draft.trigger.support
    if draft.trigger.stands_in:
        return True
    definite = any(c.lower_ in ("the", "this") for c in token.children if c.dep_ == "det")
    by = draft.trigger.carrier is not None and by_of(draft.trigger.carrier) is not None
    led = support is not None and (support.object in LEADING or (support.object == "attendee" and by))
    return definite and not owned(draft) and led


def _asks(draft: Draft) -> bool:
    """Whether it is one of a row, definite, and of nobody in particular: "the 6th session", "the previous summit"."""
    token = draft.trigger.token
    if draft.body is not None or draft.trigger.noun is None or draft.type not in TALKING:
        return False
    definite = draft.headline or any(c.lower_ == "the" for c in token.children if c.dep_ == "det")
    definite = (definite and not owned(draft)) or any(c.lower_ == "its" for c in token.children if c.dep_ == "poss")
    gathering = lemma(token) in _GATHERINGS or draft.trigger.elliptic or draft.number is not None
    return definite and gathering and _in_a_row(draft)


def _in_a_row(draft: Draft) -> bool:
    """Whether its words say which of several it is: by number, or as the one before or after."""
    if draft.number is not None:
        return draft.number.value > 1 or bool(draft.times or draft.places)
    counted = any(c.lower_ in _NEIGHBOURS for c in draft.trigger.token.children)
    return counted and bool(draft.times or draft.places)


def owned(draft: Draft) -> bool:
    """Whether its number counts what somebody did, and no sessions: "their second meeting"."""
    return any(c.dep_ == "poss" or c.lower_ in ("between", "of", "with") for c in draft.trigger.token.children)


def _before(draft: Draft, entities: Entities) -> list[EntityMention]:
    """The bodies with sessions that are named before it in its paragraph."""
    start = draft.scene.piece.start
    end = start + draft.trigger.token.idx
    return [
        m
        for m in entities.between(start, end)
        if m.kind in BODIES and m.form is not Form.PRONOUN and _holds_sessions(m)
    ]
