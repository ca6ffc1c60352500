"""Whether the clause around a place of a paragraph looks back or ahead."""

import bisect

from spacy.tokens import Doc, Token

from communique.text.timex_words import word_set

_AHEAD, _TELLS = word_set("ahead"), word_set("tells")
_PLANS, _PLANNED = word_set("plans"), word_set("planned")
_MOVED = word_set("moved") | word_set("prolonged")
_STEPS = 12


class Tenses:
    """Directions of the clauses of one paragraph."""

    def __init__(self, doc: Doc) -> None:
        """Take a parsed paragraph."""
        self._doc = doc
        self._starts: list[int] = []

    def direction(self, offset: int) -> str:
        """`past`, `future`, `near` where it may be either, "" where the clause at an offset does not say."""
        if not self._starts:
            self._starts = [t.idx for t in self._doc]
        at = bisect.bisect_right(self._starts, offset) - 1
        return _of(self._doc[at]) if at >= 0 else ""


def _of(token: Token) -> str:
    """Climb to the verbs above until one says something."""
    for _ in range(_STEPS):
        if token.head is token or token.head.i == token.i:
            return _said(token) or _beside(token)
        if token.lower_ in ("until", "till", "to") and token.head.lemma_ in _MOVED:
            return "future"  # "has been postponed until May"
        token = token.head
        if said := _said(token):
            return said
    return ""


def _beside(root: Token) -> str:
    """What the one verb below a name says that the parser took for the verb of its sentence."""
    verbs = [c for c in root.children if _misread(root) and c.dep_ in ("conj", "ccomp") and c.pos_ in ("VERB", "AUX")]
    return _said(verbs[0]) if len(verbs) == 1 else ""


def _misread(token: Token) -> bool:
    """Whether a word within a sentence has the capital of a name, which no finite verb has."""
    return token.text[0].isupper() and not token.text.isupper() and not token.is_sent_start


def _said(token: Token) -> str:
    if token.lemma_ in ("due", "upcoming") or (token.lemma_ in _PLANNED and token.tag_ in ("VBN", "JJ")):
        return "future"
    if token.pos_ not in ("VERB", "AUX") or _misread(token):
        return ""
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in _AHEAD for c in helpers):
        return "future"
    return _by_tag(token, helpers)


def _by_tag(token: Token, helpers: list[Token]) -> str:
    had = [c for c in helpers if c.tag_ in ("VBD", "VBN") or c.lemma_ == "have"]
    if token.tag_ == "VBD" or had:
        return "past"
    if token.tag_ == "VBN":
        return "" if helpers else "past"
    if token.tag_ == "VB":
        return _infinitive(token, helpers)
    if token.tag_ in ("VBZ", "VBP"):
        return _present(token)
    return "future" if helpers else "near"


def _infinitive(token: Token, helpers: list[Token]) -> str:
    """`is to visit` and `agreed to visit` look ahead; `came to visit` does not say."""
    if not any(c.lower_ == "to" for c in helpers):
        return ""
    return "future" if token.head.lemma_ in _PLANS or token.head.lemma_ == "be" else "near"


def _present(token: Token) -> str:
    if token.lemma_ in _TELLS:
        return "past"
    if token.lemma_ in ("be", "have"):
        return "future" if any(c.lemma_ in ("due", "likely") for c in token.children) else ""
    return "future"
