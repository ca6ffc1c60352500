"""Who was present, where a clause of its own says so of a gathering told before: "It was attended by A and B".

Only a gathering is chaired, attended, or has delegations, so what stands there stands for one: `event_bodies` says for
which.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Run

from communique.annotate import lexicon
from communique.annotate.event_triggers import LEADING, Trigger, by_of, carrier_of, lemma
from communique.annotate.frames import frames

_HEADING = frozenset({"head", "lead"})
_COMPRISING = frozenset({"include", "comprise", "consist"})
_ARTICLES = frozenset({"the", "both", "two"})
_DELEGATIONS = lexicon.word_set("attendance-delegations")
_ATTENDING = lexicon.word_set("attendance-attending")
_PRESENT = lexicon.word_set("attendance-present")
_LEADING_ON = frozenset({"in", "at", "with", "during", "after", "before", "while", "as", "ahead"})


def triggers(sentence: Run) -> list[Trigger]:
    """The words of a sentence that only say who was present, in their order."""
    return [t for token in sentence for t in (*_presence(token), *_representing(token))]


def _presence(token: Token) -> Iterator[Trigger]:
    named = next((c for c in token.children if c.dep_ == "appos"), None)
    if named is not None and lemma(token) in LEADING and token.tag_ == "NNS" and token.head.tag_.startswith("VB"):
        yield _stands_in(token, token.head, "co-chair", (named.left_edge.i, named.right_edge.i + 1))
    elif token.dep_ == "nsubjpass":
        yield from _by_agent(token, token.head)
    elif token.dep_ == "nsubj":
        yield from _active(token, token.head)
    elif token.dep_ == "acl" and token.tag_ == "VBN":
        yield from _aside(token)
    elif token.lemma_ == "be" and token.dep_ in ("ROOT", "conj"):
        yield from _were(token)


def _stands_in(token: Token, verb: Token, role: str, present: tuple[int, int]) -> Trigger:
    meeting = frames().nouns["meeting"][0]
    return Trigger(token, noun=meeting, carrier=verb, stands_in=True, role=role, present=present)


def _by_agent(subject: Token, verb: Token) -> Iterator[Trigger]:
    """As in "It was co-chaired by A and B", "The Latvian delegation was headed by C", "Peru was represented by D"."""
    by = by_of(verb)
    if by is None:
        return
    role, it, name = "delegate", subject.lower_ == "it", lemma(verb)
    support = carrier_of(subject)[1]
    if it and support is not None and support.object in LEADING:
        role = support.object
    elif it and name in _ATTENDING:
        role = "attendee"
    elif not (name == "represent" or (name in _HEADING and lemma(subject) in _DELEGATIONS)):
        return
    yield _stands_in(subject, verb, role, (by.i + 1, clause_end(verb.doc, by.i + 1)))


def _active(subject: Token, verb: Token) -> Iterator[Trigger]:
    """As in "A led the Kenyan delegation", "The delegation included A and B"."""
    led = next((c for c in verb.children if c.dep_ == "dobj" and lemma(c) in _DELEGATIONS), None)
    if lemma(verb) in _HEADING and led is not None:
        yield _stands_in(led, verb, "delegate", (subject.left_edge.i, subject.right_edge.i + 1))
    elif lemma(verb) in _COMPRISING and lemma(subject) in _DELEGATIONS:
        yield _stands_in(subject, verb, "delegate", (verb.i + 1, clause_end(verb.doc, verb.i + 1)))


def _aside(verb: Token) -> Iterator[Trigger]:
    """As in "the Kenyan delegation, headed by A", "the two sides, represented by A and B"."""
    noun = verb.head
    by = by_of(verb)
    definite = any(c.lower_ in _ARTICLES for c in noun.children)
    if by is not None and definite and lemma(noun) in _DELEGATIONS and lemma(verb) in (*_HEADING, "represent"):
        yield _stands_in(noun, verb, "delegate", (by.i + 1, clause_end(verb.doc, by.i + 1)))


def _were(be: Token) -> Iterator[Trigger]:
    """As in "Also present were A and B", "Among the participants were A and B"."""
    before = [t for t in be.subtree if t.i < be.i]
    there = next((t for t in before if lemma(t) in _PRESENT), None)
    if there is not None and all(t.dep_ != "nsubj" or t == there for t in before):
        yield _stands_in(there, be, "attendee", (be.i + 1, clause_end(be.doc, be.i + 1)))


def _representing(word: Token) -> Iterator[Trigger]:
    """As in "Representing Peru were A and B; representing Chile, C", which are parsed in many ways."""
    begins = word.is_sent_start or word.nbor(-1).text == ";"
    if word.lower_ != "representing" or not begins:
        return
    sentence = word.sent
    own = word.doc[word.i : clause_end(word.doc, word.i + 1) + 1]
    be = next((t for t in own if t.lemma_ == "be"), None) or next((t for t in sentence if t.lemma_ == "be"), None)
    if be is not None:
        first = max(be.i, word.i) + 1
        yield _stands_in(word, be, "delegate", (first, clause_end(word.doc, first)))


def clause_end(doc: Doc, at: int) -> int:
    """The first token behind a list of names that begins at one; what is said of one of them in a clause is passed."""
    end = doc[at].sent.end if at < len(doc) else at
    while at < end:
        token = doc[at]
        if token.tag_ in ("WDT", "WP"):
            at = next((i for i in range(at, end) if doc[i].text in (",", ";")), end)
        elif _leads_on(token):
            return at
        at += 1
    return end


def _leads_on(token: Token) -> bool:
    """Whether a word ends a list of names: a verb, or what says where and when; "President-in-Office" has none."""
    if token.lower_ in _LEADING_ON:
        return token.i == 0 or token.nbor(-1).text != "-"
    return token.tag_.startswith(("VB", "MD")) and token.dep_ not in ("amod", "compound", "nmod")
