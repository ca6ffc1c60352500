"""The words that make a deed a promise: "will build", "is to build", and in reported speech "would build"."""

from spacy.tokens import Token

#: "will", and what it is written as.
WILL = frozenset({"will", "'ll", "’ll", "shall"})
_REPORTING = frozenset(
    {"say", "announce", "state", "declare", "add", "tell", "confirm", "reply", "answer", "explain", "stress"}
    | {"emphasise", "emphasize", "underline", "affirm", "reiterate", "insist", "note", "disclose", "reveal"}
)
#: How far the verb stands from "is" in "is to deliver".
_AS_IN_IS_TO = 2


def future(verb: Token) -> tuple[Token | None, Token | None]:
    """The word that makes a verb a promise, and the subject beside it; None where there is none."""
    words = WILL | {"would"} if reported(verb) else WILL
    modal, holder = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in words), None), verb
    bound = verb.dep_ == "xcomp" and verb.head.lower_ in ("is", "are") and verb.i - verb.head.i == _AS_IN_IS_TO
    if modal is None and bound and verb.nbor(-1).lower_ == "to":
        modal = holder = verb.head
    return modal, next((c for c in holder.children if c.dep_ == "nsubj"), None)


def reported(verb: Token) -> bool:
    """Whether a clause is what somebody said, with no "if": its "would" was a "will" when it was said."""
    said = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and verb.head.lemma_ in _REPORTING
    return said and not any(c.dep_ == "mark" and c.lower_ == "if" for t in (verb, *verb.children) for c in t.children)
