"""Who is thanked: the one from whom came what somebody is said to be thankful for; and who is only greeted."""

from collections.abc import Iterable

from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Piece
from communique.annotate.speakers import at_head
from communique.model.words import ActorKind

_THANKS = frozenset({"gratitude", "thank", "thanks", "appreciation", "gratefulness", "thankfulness"})
#: What one sends or gives to somebody, and is thanked for.
_GIVEN = frozenset(
    {
        *("congratulation", "congratulations", "letter", "message", "telegram", "greeting", "greetings", "condolence"),
        *("condolences", "wish", "wishes", "invitation", "gift", "welcome", "hospitality", "note", "call"),
    }
)
_GOT = frozenset({"receive", "get", "have"})
_SENT = frozenset({"send", "extend", "convey", "address", "express", "offer", "give", "issue"})


def thanked(content: Iterable[Token]) -> Token | None:
    """Head of the words for whom thanks go to: "gratitude to X", "thanks for the letter he received from X".

    Args:
        content: the words of an indirect statement, in order; what is no thanks has nobody.
    """
    held = tuple(content)
    thanks = next((t for t in held if t.lemma_.casefold() in _THANKS and t.pos_ == "NOUN"), None)
    if thanks is None:
        return None
    if (to := _after(thanks, "to")) is not None:
        return to
    given = next((t for t in held if t.i > thanks.i and t.lemma_.casefold() in _GIVEN), None)
    return _giver(given) if given is not None else None


def _giver(given: Token) -> Token | None:
    """From whom something came: "from X", "received from X", "sent by X", "X's letter"."""
    owner = next((c for c in given.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), None)
    if owner is not None:
        return owner
    if (giver := _after(given, "from")) is not None:
        return giver
    for verb in given.children:
        if verb.dep_ in ("relcl", "acl") and verb.lemma_ in _GOT and (giver := _after(verb, "from")) is not None:
            return giver
        if verb.dep_ in ("relcl", "acl") and verb.lemma_ in _SENT and (giver := _after(verb, "by")) is not None:
            return giver
    return None


def _after(head: Token, preposition: str) -> Token | None:
    """The noun that a preposition below a word leads to."""
    for child in head.children:
        if child.lower_ == preposition and child.dep_ in ("prep", "agent", "dative"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def greets(piece: Piece, verb: Token, rule: str, entities: Entities) -> bool:
    """Whether somebody is received rather than something said: "welcomed the delegation", "was welcomed by Kos"."""
    met = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    guest = at_head(piece, met, entities) if met is not None and verb.lemma_ == "welcome" else None
    return guest is not None and guest.kind in (ActorKind.PERSON, ActorKind.GROUP) and rule in ("object", "passive")
