"""What a time inside a promise says: by when it is due, the day on which it was made, or nothing of it."""

import itertools

from spacy.tokens import Token

from communique.annotate.commitment_frames import promises
from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import lemma

#: What was made in the past dates itself: "the accord signed in 2019".
_MADE = frozenset({"sign", "pass", "adopt", "reach", "conclude", "make", "agree", "approve", "initial", "ink"})
#: Words before a time that is a deadline, the article left out or not.
_END = ["by", "the", "end"]
#: An instrument with a time after one of these is to last from or until then.
_SPANNING = ("for", "from", "until", "till", "to", "through", "within", "by", "over", "during", "between")


def is_deadline(scene: Scene, at: int) -> bool:
    """Whether a time says by when: "by March", "no later than 3 May", "by the end of 2030"."""
    doc = scene.piece.doc
    first = at
    while first and scene.when.get(first - 1) is scene.when[at]:
        first -= 1
    before = [t.lower_ for t in doc[max(0, first - 4) : first]]
    return before[-1:] == ["by"] or before[-2:] in (["by", "the"], ["later", "than"]) or before[-4:-1] == _END


def dates_act(scene: Scene, at: int, what: Token | None) -> bool:
    """Whether a time may be the day on which an instrument was signed: not "for 2031", nor inside a deed of its own."""
    if what is None or what.dep_ not in ("dobj", "nsubjpass", "pobj"):
        return False
    doc, first = scene.piece.doc, at
    while first and scene.when.get(first - 1) is scene.when[at]:
        first -= 1
    if doc[first - 1].lower_ in _SPANNING or first < what.i:
        return False
    above = itertools.takewhile(lambda t: t not in (what, what.head), doc[at].ancestors)
    return not any(t.tag_.startswith("VB") or lemma(t) in promises().deed_nouns for t in above)


def is_due(scene: Scene, at: int) -> bool:
    """Whether a time is one by which: not "since May", and not "the accord signed in 2019"."""
    doc = scene.piece.doc
    before = doc[at - 1].lower_ if at else ""
    dates_another = at > 1 and doc[at - 2].tag_ == "VBN" and lemma(doc[at - 2]) in _MADE
    return before not in ("since", "of", "after", "before") and not dates_another
