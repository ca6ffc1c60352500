"""What is promised, as the parser has it: a deed, a sum of money, or that something promised is dropped."""

from spacy.tokens import Token

from communique.annotate.commitment_frames import promises
from communique.annotate.event_triggers import lemma

_SUMS = frozenset({"million", "billion", "trillion"})


def takes_back(what: Token) -> bool:
    """Whether a clause drops or puts off something: "decided to postpone the opening", "decided not to open it"."""
    if what.dep_ not in ("xcomp", "ccomp"):
        return False
    undone = what.head.lemma_ == "decide" and any(c.dep_ == "neg" for c in what.children)
    return undone or promises().takes_back(lemma(what))


def is_sum(what: Token) -> bool:
    """Whether what is promised is an amount of money: "pledged 30 million euros for a school"."""
    named = [t for t in what.subtree if what in (t, t.head)]
    return what.dep_ == "dobj" and any(t.tag_ == "$" or t.ent_type_ == "MONEY" or t.lower_ in _SUMS for t in named)


def is_deed(what: Token) -> bool:
    """Whether what is promised is a deed with an object, "to open two schools", not a good such as peace."""
    bare = (t for t in what.subtree if t == what or t.dep_ in ("pcomp", "xcomp", "acl"))
    verb = next((t for t in bare if t.tag_.startswith("VB")), None)
    verb = verb or split_off(what)
    return verb is not None and any(t.pos_ in ("NOUN", "PROPN") for t in verb.subtree)


def split_off(what: Token) -> Token | None:
    """The gerund of "to …ing" right after a phrase, where the parser tied it to the verb above."""
    at = what.right_edge.i + 1
    after = what.doc[at : at + 2]
    return after[1] if len(after) > 1 and after[0].lower_ == "to" and after[1].tag_ == "VBG" else None
