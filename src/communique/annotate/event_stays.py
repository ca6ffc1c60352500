"""What is told of a visit elsewhere in a report: "The Speaker will receive her during her visit"."""

from collections.abc import Sequence

from spacy.tokens import Token

from communique.annotate.event_draft import TALKING, Draft
from communique.annotate.event_triggers import lemma
from communique.annotate.frames import frames
from communique.model.claims import Modality
from communique.model.words import EventType

_MARGINS = frozenset({"sidelines", "margins", "sideline", "fringes"})
_GATHERINGS = frozenset({"meeting", "session", "summit", "conference", "forum", "talk", "event"})
#: What is done at a gathering or right after it.
_ACTS = (EventType.SIGNING, EventType.CEREMONY)
_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_DURING = frozenset({"during", "on", "within"})
_DEFINITE = frozenset({"his", "her", "their", "its", "the", "this"})


def link(drafts: Sequence[Draft]) -> None:
    """Give what happens "during her visit" the visit that the report tells of, where it tells of one alone."""
    visits = [d for d in drafts if d.type is EventType.VISIT and d.times and d.status is not None]
    if not visits or len({t.id for d in visits for t in d.times}) > 1:
        return
    for draft in drafts:
        if draft.inside is None and draft.type is not EventType.VISIT and _during(draft):
            draft.inside = visits[0]


def beside(drafts: Sequence[Draft]) -> None:
    """Give what happened "on the sidelines of the meeting" the gathering that the report told of before."""
    last: Draft | None = None
    for draft in drafts:
        aside = draft.type in _ACTS and _follows(draft) if draft.times == [] else False
        if (
            draft.inside is None
            and last is not None
            and (aside or _on_margins(draft))
            and draft.scene is not last.scene
        ):
            draft.inside, draft.margins = last, True
        elif (
            draft.type in TALKING
            and draft.status in _HELD
            and (draft.times or draft.people or draft.number is not None)
        ):
            last = draft


def _follows(draft: Draft) -> bool:
    """Whether its sentence begins by saying after what it was: "Following the talks a protocol was signed"."""
    first = next((t for t in draft.scene.sentence if not t.is_space), None)
    noun = next((c for c in first.children if c.dep_ == "pobj"), None) if first is not None else None
    if first is None or noun is None or first.lower_ not in ("after", "following", "at", "during"):
        return False
    definite = any(c.lower_ in _DEFINITE for c in noun.children)
    return definite and lemma(noun) in _GATHERINGS and noun.i not in draft.scene.who


def _on_margins(draft: Draft) -> bool:
    """Whether its sentence says that it was beside a gathering, and not which: "on the margins of the summit"."""
    for token in draft.scene.sentence:
        if token.lower_ in _MARGINS:
            nouns = [c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
            return any(lemma(n) in _GATHERINGS and n.i not in draft.scene.who for n in nouns)
    return False


def _during(draft: Draft) -> bool:
    """Whether its sentence says that it is a part of a visit, the words for which stand with its own verb."""
    own = {draft.trigger.token.i, *draft.trigger.core}
    return any(_stays(t) and t.head.i in own for t in draft.scene.sentence)


def _stays(preposition: Token) -> bool:
    """Whether "during her visit" begins with a word."""
    if preposition.lower_ not in _DURING or preposition.dep_ != "prep":
        return False
    return any(
        child.dep_ == "pobj"
        and any(f.type is EventType.VISIT for f in frames().nouns.get(lemma(child), ()))
        and any(c.lower_ in _DEFINITE for c in child.children)
        for child in preposition.children
    )
