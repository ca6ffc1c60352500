"""One sentence's happenings, filled with who, where and when; not yet mentions of the record."""

import itertools

import msgspec
from spacy.tokens import Token

from communique.annotate import event_attendance, event_bodies, event_forums, modality
from communique.annotate.event_draft import TALKING, Draft
from communique.annotate.event_links import (
    holder_of,
    join_held,
    settle_times,
    share_people,
    share_with_held,
    take_headline,
)
from communique.annotate.event_nouns import fill_noun
from communique.annotate.event_scope import MOVING, Scene
from communique.annotate.event_triggers import Trigger, lemma, triggers
from communique.annotate.event_verbs import fill_verb, gathers
from communique.annotate.frames import NounFrame, frames
from communique.model.claims import Modality
from communique.model.mentions import Form, TimeExpression
from communique.model.words import EventType

_PAIR = 2
_STEPS = 6
#: Nouns that each name one happening in the singular.
_COUNTED = frozenset(("meeting", "visit", "session", "summit"))
_WISHED = (Modality.REQUESTED, Modality.OFFERED, Modality.HYPOTHETICAL)
_CALLED_OFF = (Modality.CANCELLED, Modality.DENIED)
_ASKED = (Modality.REQUESTED, Modality.OFFERED)
_VISITING = (*TALKING, EventType.VISIT, EventType.EXERCISE)


def drafts(scene: Scene) -> list[Draft]:
    """The happenings of a sentence that say enough to be told, in the order of their words."""
    present = event_attendance.triggers(scene.sentence)
    told = {t.token.i for t in present} | {t.carrier.i for t in present if t.carrier is not None}
    plain = [t for t in triggers(scene.sentence) if t.token.i not in told]
    found = sorted([*plain, *present, *event_forums.triggers(scene, plain)], key=lambda t: t.token.i)
    taken = frozenset(i for t in found for i in t.core)
    scene = msgspec.structs.replace(scene, taken=taken)
    filled = [d for t in found if (d := _draft(scene, t)) is not None]
    filled = join_held(filled)
    settle_times(filled)
    if len(filled) == 1 and filled[0].headline:
        take_headline(filled[0])
    happenings = [d for d in filled if not d.trigger.stands_in]
    for draft in happenings:
        share_people(draft, happenings)
        share_with_held(draft, happenings)
    kept = [d for d in filled if event_bodies.waits(d) or _tells(d)]
    for draft in kept:
        draft.inside = holder_of(draft, kept)
    return kept


def _draft(scene: Scene, trigger: Trigger) -> Draft | None:
    frame = trigger.noun or trigger.verb
    if frame is None:
        return None
    draft = Draft(scene, trigger, frame.type, frame.plover, first=trigger.core[0], last=trigger.core[-1])
    if not (fill_noun(draft, frame) if isinstance(frame, NounFrame) else fill_verb(draft, frame)):
        return None
    event_bodies.convene(draft)
    _narrow_type(draft)
    _read_status(draft)
    return draft


def _narrow_type(draft: Draft) -> None:
    """A numbered meeting of a body is a session; a press conference, in running text, is a release."""
    noun = draft.trigger.noun
    if noun is not None and noun.release and not draft.headline:
        draft.type = EventType.STATEMENT_RELEASE
    if draft.type in (EventType.MEETING, EventType.TALKS) and any(_is_summit(c) for c in draft.trigger.token.children):
        draft.type = EventType.SUMMIT
    own = draft.scene.mention(draft.trigger.token)
    counted = draft.number is not None and draft.body is not None
    series = counted and (draft.body is not own or (noun is not None and noun.weak))
    if series and draft.type in (EventType.MEETING, EventType.TALKS):
        draft.type = EventType.SESSION


def _is_summit(word: Token) -> bool:
    """Whether a word makes a meeting a summit: "summit talks"."""
    return word.dep_ in ("compound", "nmod", "amod") and word.lower_ == "summit"


def _read_status(draft: Draft) -> None:
    trigger, headline = draft.trigger, draft.headline
    if trigger.stands_in and trigger.carrier is not None:
        reading = modality.of_verb(trigger.carrier, headline=headline)
    elif trigger.noun:
        reading = modality.of_noun(trigger.token, trigger.carrier, headline=headline)
    else:
        reading = modality.of_verb(trigger.token, headline=headline)
    draft.status, draft.firm = reading.status, reading.firm
    if draft.status is Modality.OFFERED and trigger.noun and draft.type in TALKING and _foreseen(draft):
        draft.status = Modality.PLANNED
    if draft.status is Modality.CANCELLED and _moved(draft):
        draft.status, draft.firm = Modality.PLANNED, True
    frame = trigger.verb
    if frame and frame.own_act and draft.status is Modality.ONGOING:
        draft.status = Modality.HAPPENED
    if trigger.noun and draft.status not in _CALLED_OFF and _just_past(draft):
        draft.status, draft.firm = Modality.HAPPENED, True
        draft.recent = _days(draft)
    if frame and frame.status and draft.status is Modality.HAPPENED:
        draft.status = Modality(frame.status)


def _moved(draft: Draft) -> bool:
    """Whether it was put off to another day, and which: "has been postponed until March"."""
    verb = draft.trigger.carrier
    if verb is None or verb.lemma_.casefold() not in MOVING:
        return False
    after = [draft.scene.when[i] for i in range(verb.i + 2, draft.scene.sentence.end) if i in draft.scene.when]
    led = verb.doc[verb.i + 1].lower_ in ("to", "until", "till", "for")
    if led and after and after[0] in draft.times:
        draft.times = [after[0]]
        return True
    return False


def _foreseen(draft: Draft) -> bool:
    """Whether an offer tells that it will be held: an invitation to it, or where to hold the next of a series."""
    if draft.body is not None or draft.number is not None:
        return True
    above = itertools.islice(draft.trigger.token.ancestors, _STEPS)
    return any(t.lemma_.casefold() in ("invite", "invitation") for t in above)


def _just_past(draft: Draft) -> bool:
    """Whether "over the last days" follows its words."""
    after = [t.lower_ for t in draft.scene.piece.doc[draft.last + 1 : draft.last + 4]]
    return after[:1] in (["over"], ["during"], ["in"]) and bool(set(after[1:]) & {"last", "past"})


def _days(draft: Draft) -> tuple[int, int] | None:
    """The words of "the last few days" behind a happening; weeks and months say too little."""
    doc = draft.scene.piece.doc
    for i in range(draft.last + 2, min(draft.last + 7, len(doc))):
        if doc[i].lower_ in ("day", "days", "week"):
            return draft.last + 2, i
    return None


def _tells(draft: Draft) -> bool:
    """Whether a happening says enough to be told: who, where, when or which."""
    frame = draft.trigger.noun
    if frame is None or draft.trigger.stands_in:
        return _verb_tells(draft) if frame is None else bool(draft.people)
    if _several(draft):
        return False
    people = sum(len(m.members) or 1 for m, _ in draft.people if m.form is not Form.PRONOUN or m.entity != m.id)
    parties = people + len(draft.others) + bool(draft.own_role)
    counted = draft.number is not None and draft.body is not None
    if frame.weak and draft.type is EventType.TALKS and parties < _PAIR:
        return False
    if frame.message and draft.status in _ASKED:
        return False
    if (frame.weak and not counted) or frame.message:
        return people > 0 and (draft.trigger.carrier is not None or len(draft.people) > 1 or bool(draft.times))
    known = bool(_identified(draft) or draft.places)
    told = {
        EventType.COMMISSIONING: bool(draft.items or draft.places),
        EventType.DELIVERY: bool(draft.items or draft.places),
        EventType.APPOINTMENT: people > 0,
        EventType.MEETING: known or parties > 1 or (draft.headline and people > 0),
        EventType.TALKS: known or parties > 1 or (draft.headline and people > 0),
        EventType.VISIT: bool(draft.people and (draft.places or draft.times)) or (draft.headline and known),
    }
    return told.get(draft.type, known or people > 0 or parties > 1) or (
        bool(parties or draft.times) and _withheld(draft)
    )


def _verb_tells(draft: Draft) -> bool:
    if draft.type is EventType.CEREMONY and draft.status in _WISHED:
        return False
    if gathers(draft) or draft.type is EventType.SESSION:
        return _placed(draft) or draft.number is not None
    return draft.plover != "SUPPORT" or draft.status in (Modality.HAPPENED, Modality.OFFERED)


def _withheld(draft: Draft) -> bool:
    """Whether its verb says that it was asked for, offered or called off, which alone is worth telling."""
    return draft.trigger.carrier is not None and draft.status in (*_CALLED_OFF, *_ASKED) and draft.type in _VISITING


def _placed(draft: Draft) -> bool:
    """Whether those who only "meet", with nobody named, do so somewhere or some day, or do not."""
    return bool(draft.places or draft.times) or draft.status in (*_CALLED_OFF, *_WISHED)


def _several(draft: Draft) -> bool:
    """Whether it sums up several of which it says neither when nor where: "the meetings of A and B"."""
    token = draft.trigger.token
    plural = token.tag_ in ("NNS", "NNPS") and lemma(token) in _COUNTED
    return plural and not draft.times and not draft.places and draft.trigger.carrier is None


def _dates(draft: Draft, time: TimeExpression) -> bool:
    """Whether a time says which one it is: "the meeting today" does only beside a verb that carries it."""
    return draft.trigger.carrier is not None or draft.headline or time.date_open != "day:0"


def _identified(draft: Draft) -> bool:
    """Whether its number, its time or its body says which one it is."""
    if any(_dates(draft, t) for t in draft.times) or (
        draft.number is not None and (draft.number.value > 1 or draft.body is not None)
    ):
        return True
    by_noun = draft.type in (EventType.SUMMIT, EventType.SESSION) and lemma(draft.trigger.token) in frames().nouns
    named = draft.trigger.carrier is not None or draft.headline or by_noun or _just_past(draft)
    return draft.body is not None and named
