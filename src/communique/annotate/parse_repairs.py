"""Mistakes of the parser that can be told from the words alone, mended in the parse."""

import itertools

from spacy.tokens import Doc, Span, Token

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_COMMON = frozenset(("NN", "NNS"))
_NAME = "PROPN"
#: Verbs that take a person and "of" what that person is told.
_TELLING = frozenset(("assure", "remind", "inform", "notify", "warn", "convince", "advise", "persuade"))


def mend(doc: Doc) -> Doc:
    """Mend the parse of a paragraph in place, and give it back."""
    for sentence in doc.sents:
        root = sentence.root
        if root.tag_ in _FINITE and not any(c.dep_ in _SUBJECTS for c in root.children):
            _take_from_date(root)
            _give_subject(root)
        _give_object(sentence)
        for token in sentence:
            if token.lemma_ in _TELLING:
                _part(token, sentence)
            if token.dep_ == "conj" and token.tag_ == "VBD":
                _join_to_main(token)
    return doc


def _part(verb: Token, sentence: Span) -> None:
    """As in "assured A of B's readiness": the readiness is B's, and A is the one who is told."""
    behind = sentence[verb.i + 1 - sentence.start :]
    told = list(itertools.takewhile(lambda t: _of_name(t) or t.tag_ == "PRP", behind))
    of = verb.doc[verb.i + 1 + len(told)] if told and len(told) < len(behind) else verb
    mark = next((t for t in behind[len(told) :] if t.tag_ == "POS"), None)
    thing = next((c for c in verb.children if c.dep_ == "dobj" and mark and c.i > mark.i), None)
    if of.lower_ != "of" or mark is None or thing is None:
        return
    name, owner = told[-1], mark.nbor(-1)
    if owner.dep_ == "pobj" and owner.head == of and name.head in (verb, thing):
        name.head, name.dep_ = verb, "dobj"
        of.head, of.dep_ = verb, "prep"
        thing.head, thing.dep_ = of, "pobj"
        owner.head, owner.dep_ = thing, "poss"
        mark.head, mark.dep_ = owner, "case"


def _join_to_main(verb: Token) -> None:
    """As in "said that A would pay, and urged B to help": who said it urged; no past tense goes with "would"."""
    told = verb.head
    main = told.head
    modal = any(c.tag_ == "MD" for c in told.children) and told.tag_ == "VB"
    if told.dep_ != "ccomp" or not modal or main.tag_ not in _FINITE or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    for between in [c for c in told.children if told.i < c.i < verb.i and c.dep_ in ("cc", "punct")]:
        if between.i >= verb.i - len((",", "and")):
            between.head = main
    verb.head = main


def _give_subject(verb: Token) -> None:
    """Give a main verb without a subject the name right before it: "During the talks with A, B stressed …".

    The parser reads "A, B" as one phrase now and then; then nobody stressed anything.
    """
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].pos_ == "ADV":
        at -= 1
    name, first = verb.doc[at], at
    while first > verb.sent.start and _of_name(verb.doc[first - 1]):
        first -= 1
    comma = verb.doc[first - 1] if first > verb.sent.start else None
    if name.pos_ != _NAME or comma is None or comma.text != "," or name.head.i in range(first, verb.i):
        return
    head, dep = name.head, name.dep_
    before = [c for c in name.children if c.i < first and c.dep_ != "punct"]
    if len(before) == 1 and head != name:
        before[0].head, before[0].dep_ = head, dep
    elif before:
        return
    name.head, name.dep_ = verb, "nsubj"


def _take_from_date(verb: Token) -> None:
    """As in "On 3 May 2004 the Minister met B": who does it is no other word for the day, but the verb's subject."""
    for preposition in (c for c in verb.children if c.dep_ == "prep" and c.i < verb.i):
        day = next((c for c in preposition.children if c.dep_ == "pobj" and c.ent_type_ == "DATE"), None)
        name = next((c for c in day.children if c.dep_ == "appos" and c.ent_type_ != "DATE"), None) if day else None
        if name is not None and name.nbor(-1).text != "," and name.right_edge.i < verb.i:
            name.head, name.dep_ = verb, "nsubj"
            return


def _give_object(sentence: Span) -> None:
    """Give a first preposition without an object the noun behind it: "After the summit A and B gave …".

    The parser reads "the summit A and B" as one subject now and then.
    """
    first = sentence[0]
    noun = next((t for t in sentence[1:] if t.tag_ in _COMMON), None)
    if first.tag_ != "IN" or first.dep_ != "prep" or noun is None or any(True for _ in first.children):
        return
    name = next((c for c in noun.children if c.dep_ == "appos"), None)
    if noun.dep_ != "nsubj" or noun.left_edge.i != first.i + 1 or name is None or name.left_edge.i != noun.i + 1:
        return
    name.head, name.dep_ = noun.head, "nsubj"
    noun.head, noun.dep_ = first, "pobj"


def _of_name(token: Token) -> bool:
    """Whether a word can be a part of a name that ends behind it."""
    return token.pos_ == _NAME or token.tag_ == "HYPH"
