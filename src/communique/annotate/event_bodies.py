"""Whose session "the 6th session" is, where its own sentence does not say: the body that the report has named."""

from collections.abc import Sequence

from communique.annotate import lexicon
from communique.annotate.entities import Entities
from communique.annotate.event_draft import BODIES, TALKING, Draft
from communique.annotate.event_triggers import lemma
from communique.model.mentions import EntityMention, Form
from communique.model.words import EventType

_HEADS = lexicon.word_set("bodies-series-heads")
_NEIGHBOURS = frozenset(("previous", "last", "next"))
#: Nouns that a body's numbered gatherings go by.
_GATHERINGS = frozenset(("session", "meeting", "summit", "round"))


def recall(drafts: Sequence[Draft], entities: Entities) -> None:
    """Give definite numbered sessions without a body the one body that can be meant; in doubt none.

    That is the body whose numbered sessions the report tells of, where just one is; else the one body with sessions
    that is named in the same paragraph before it.
    """
    known: dict[str, EntityMention] = {}
    for draft in drafts:
        if draft.number is not None and draft.body is not None and draft.body.kind in BODIES:
            known.setdefault(draft.body.entity, draft.body)
    for draft in drafts:
        if not _asks(draft):
            continue
        found = known or {m.entity: m for m in _before(draft, entities)}
        if len(found) == 1:
            draft.body, draft.recalled = next(iter(found.values())), True
            if draft.type is EventType.MEETING:
                draft.type = EventType.SESSION


def _asks(draft: Draft) -> bool:
    """Whether it is one of a row, definite, and of nobody in particular: "the 6th session", "the previous summit"."""
    token = draft.trigger.token
    if draft.body is not None or draft.trigger.noun is None or draft.type not in TALKING:
        return False
    definite = draft.headline or any(c.lower_ == "the" for c in token.children if c.dep_ == "det")
    return definite and not owned(draft) and lemma(token) in _GATHERINGS and _in_a_row(draft)


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
        if m.kind in BODIES and m.form is not Form.PRONOUN and _HEADS & set(m.name.casefold().split())
    ]
