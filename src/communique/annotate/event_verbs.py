"""Who, whom, where and when, for a happening that a verb names, and whether its object is what the frame asks for."""

from spacy.tokens import Token

from communique.annotate.event_clauses import add, take_clause, take_place
from communique.annotate.event_draft import BODIES, PLACES, Draft
from communique.annotate.event_scope import Argument, before, rightward, within
from communique.annotate.event_triggers import subject_of
from communique.annotate.frames import VerbFrame
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind, EventType

#: An object before its verb that is longer than this many tokens is not taken into the words of the happening.
_LONG_OBJECT = 40


def fill_verb(draft: Draft, frame: VerbFrame) -> bool:
    """Fill in what a verb's clause says; False where its object is not what the frame asks for."""
    scene, trigger = draft.scene, draft.trigger
    if scene.who.get(trigger.token.i) is not None:
        return False
    head = trigger.object
    if head is not None and head.i < trigger.token.i:
        _take_object_before(draft, frame, head)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in trigger.token.children) or trigger.token.dep_ == "acl"
    if not passive:
        take_clause(draft, trigger.token, frame.subject_role)
    core = tuple(sorted({*trigger.core, trigger.token.i}))
    for argument in rightward(scene, trigger.token.i + 1, core):
        _take_for_verb(draft, frame, argument, passive=passive)
    if passive and trigger.token.dep_ != "acl":
        _take_clause_before(draft)
    if frame.object == "place":
        after = scene.piece.start + trigger.token.idx
        draft.places = [m for m in draft.places if m.span.start > after] or draft.places
    return _verb_says_enough(draft, frame)


def _take_clause_before(draft: Draft) -> None:
    for argument in before(draft.scene, draft.first, draft.trigger.core):
        if argument.time is not None:
            draft.times.append(argument.time)


def _take_object_before(draft: Draft, frame: VerbFrame, head: Token) -> None:
    """The object of a passive, or of "established in 2000", which stands before its verb."""
    first = max(head.left_edge.i, draft.scene.sentence.start)
    for mention in within(draft.scene, first, draft.trigger.token.i - 1):
        _take_object(draft, frame, mention)
    draft.reach(first if draft.trigger.token.i - first < _LONG_OBJECT else head.i, draft.trigger.token.i)


def _take_object(draft: Draft, frame: VerbFrame, mention: EntityMention) -> bool:
    if mention.kind is ActorKind.PERSON or mention.members:
        draft.people.append((mention, frame.object_role))
    elif frame.object == "place" and mention.kind in PLACES:
        draft.places.append(mention)
    elif frame.object == "body" and mention.kind in BODIES:
        draft.body = draft.body or mention
    elif mention.kind is ActorKind.ITEM:
        draft.items.append(mention)
    elif frame.with_ and mention.kind is ActorKind.GROUP and mention.form is Form.NAME:
        draft.people.append((mention, frame.object_role))
    else:
        return False
    return True


def _take_for_verb(draft: Draft, frame: VerbFrame, argument: Argument, *, passive: bool) -> None:
    mention, preposition = argument.mention, argument.preposition
    if draft.scene.piece.doc[argument.first].tag_ == "PRP$":  # of "received his guest" nobody but the guest
        return
    if argument.time is not None:
        draft.times.append(argument.time)
    elif mention is None or not (
        _take_verb_party(draft, frame, mention, preposition, passive=passive) or _take_verb_place(draft, argument)
    ):
        return
    draft.reach(argument.first, argument.last)


def _take_verb_party(
    draft: Draft, frame: VerbFrame, mention: EntityMention, preposition: str, *, passive: bool
) -> bool:
    person = mention.kind is ActorKind.PERSON or bool(mention.members)
    if (
        preposition == ""
        or (preposition == "with" and frame.with_)
        or (preposition == "of" and frame.object in ("item", "place"))
    ):
        return _take_object(draft, frame, mention)
    if preposition == "by" and passive:
        add(draft, mention, frame.subject_role)
        return True
    if preposition in ("to", "with") and person and (frame.others or preposition == "with"):
        draft.people.append((mention, frame.others or "participant"))
        return True
    return False


def _take_verb_place(draft: Draft, argument: Argument) -> bool:
    mention = argument.mention
    if mention is None:
        return False
    if argument.preposition == "to" and mention.kind in PLACES and draft.type is not EventType.OTHER:
        draft.places.append(mention)
        return True
    return take_place(draft, argument)


def _verb_says_enough(draft: Draft, frame: VerbFrame) -> bool:
    """Whether a verb's object is what its frame asks for."""
    if not _has_circumstances(draft, frame):
        return False
    people = sum(len(m.members) or 1 for m, _ in draft.people)
    needs = {
        "person": any(role == frame.object_role for _, role in draft.people) and people + bool(draft.own_role) > 1,
        "nobody": False,
        "place": bool(draft.places and (draft.people or draft.own_role)),
        "body": draft.body is not None,
        "item": bool(draft.items),
        "none": bool(draft.places and draft.people) if frame.to_place else _by_noun(draft),
        "noun": bool(draft.taking_part or draft.own_role) or _signed(draft) or _delivered(draft),
    }
    if gathers(draft):
        return True
    passive = any(c.dep_ == "auxpass" for c in draft.trigger.token.children)
    if draft.plover == "SUPPORT" and frame.others and all(role != frame.others for _, role in draft.people):
        return False
    return needs.get(frame.object, True) or (frame.object == "person" and passive and bool(draft.people))


def _has_circumstances(draft: Draft, frame: VerbFrame) -> bool:
    """Whether the time or place is told that a frame needs to be a happening."""
    if (frame.dated and not draft.times) or (frame.at_place and not draft.places):
        return False
    return "other" not in frame.words or bool(draft.places or draft.times)


def _by_noun(draft: Draft) -> bool:
    """Whether what enters into force is named, and no mere "it"."""
    subject = subject_of(draft.trigger.token)
    return subject is not None and subject.pos_ != "PRON"


def gathers(draft: Draft) -> bool:
    """Whether it tells of several who meet, and of nobody whom they meet: "the ministers met", "Peru and Chile met"."""
    frame, several = draft.trigger.verb, draft.people or draft.others
    if frame is None or draft.trigger.object is not None or not (frame.with_ or frame.object == "nobody"):
        return False
    if _habitual(draft) or any(c.lower_ == "with" and c.dep_ == "prep" for c in draft.trigger.token.children):
        return False
    whole = any(m.kind in (*BODIES, ActorKind.GROUP) for m, _ in several)
    own = draft.own_role is not None and any(c.lower_ == "we" for c in draft.trigger.token.children)
    return whole or own or sum(len(m.members) or 1 for m, _ in several) > 1


def _habitual(draft: Draft) -> bool:
    """Whether it is told of as a habit: "the council meets in secret", not in a headline, and not after "if"."""
    verb = draft.trigger.token
    supposed = any(c.dep_ == "mark" for c in verb.children)
    present = verb.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in verb.children)
    return present and not draft.headline and not supposed


def _delivered(draft: Draft) -> bool:
    return draft.type is EventType.DELIVERY and bool(draft.places)


def _signed(draft: Draft) -> bool:
    """Whether it is a signing by others than a mere "they", and of more than "a number of documents"."""
    subject, found = subject_of(draft.trigger.token), draft.trigger.object
    if draft.type is not EventType.SIGNING or (subject is not None and subject.pos_ == "PRON"):
        return False
    if subject is not None or found is None:
        return True
    topical = any(c.lower_ in ("on", "for", "between") for t in found.subtree for c in t.children if c.dep_ == "prep")
    several = found.tag_ in ("NNS", "NNPS") or any(p.lower_ == "of" for p in found.children)
    return topical or not several or any(m.kind in PLACES for m in draft.places)
