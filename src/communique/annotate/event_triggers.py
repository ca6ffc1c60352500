"""Which words of a sentence name a happening, which verbs carry them, and whose they are."""

from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Span as Run
from spacy.tokens import Token

from communique.annotate.frames import NounFrame, SupportFrame, VerbFrame, frames
from communique.text.ordinals import ordinals

#: The parts of those who lead a gathering.
LEADING = frozenset({"chair", "co-chair", "host"})
_HOLDING = frozenset({"hold", "take", "host", "convene", "schedule", "plan"})
_PLURAL = ("NNS", "NNPS")
_STEPS = 6
_UNDER_WAY = frozenset({"under", "way", "underway"})


class Trigger(msgspec.Struct, frozen=True):
    """A word that names a happening.

    `carrier` is the verb that only carries a noun ("held" of "held talks"), with its frame; `object` is the head of
    the object of a verb frame.
    """

    token: Token
    noun: NounFrame | None = None
    verb: VerbFrame | None = None
    carrier: Token | None = None
    support: SupportFrame | None = None
    object: Token | None = None
    stands_in: bool = False
    """Whether the word only stands for a happening told before: "It was co-chaired by", "The delegation was led by"."""
    role: str = ""
    """The part that those who are named had in it, where the word only stands for it."""
    present: tuple[int, int] = (0, 0)
    """Where they are named: the first token, and that behind the last."""
    elliptic: bool = False
    """Whether an ordinal alone names it: "The sixth is due to be held in Oslo"."""

    @property
    def core(self) -> tuple[int, ...]:
        """Places in the Doc of the words that make the trigger, in order."""
        extra = [t.i for t in (self.carrier, self.object if self.verb and self.verb.object == "noun" else None) if t]
        if self.carrier is not None:
            extra += [c.i for c in self.carrier.children if c.dep_ == "dobj" and c.lower_ in ("place", "part")]
            extra += [t.i for t in self.carrier.doc[self.carrier.i + 1 : self.carrier.i + 3] if t.lower_ in _UNDER_WAY]
            extra += _leading(self.carrier)
        if self.verb is not None:
            extra += range(self.token.i + 1, self.token.i + 1 + len(self.verb.phrase))
        return tuple(sorted({self.token.i, *extra}))

    @property
    def clause(self) -> Token | None:
        """The verb whose subject and adverbs are this happening's, None for a bare noun."""
        return self.token if self.verb else self.carrier


def _leading(carrier: Token) -> list[int]:
    """Places of "is" and "is due" before "to be held"."""
    over = carrier.head
    if carrier.dep_ != "xcomp":
        return []
    if over.dep_ == "acomp" and over.head.lemma_ == "be":
        return [over.head.i, over.i]
    return [over.i] if over.lemma_ == "be" else []


def triggers(sentence: Run) -> list[Trigger]:
    """The words of a sentence that name happenings, in their order; none twice, no carrier counted by itself."""
    nouns = [t for token in sentence for t in (*_noun(token), *_elliptic(token))]
    taken = {t.carrier.i for t in nouns if t.carrier is not None}
    verbs = [t for token in sentence if token.i not in taken for t in _verb(token)]
    objects = {t.object.i for t in verbs if t.object is not None and t.verb and t.verb.object == "noun"}
    kept = [t for t in nouns if t.token.i not in objects]
    return sorted([*kept, *verbs], key=lambda t: t.token.i)


def lemma(token: Token) -> str:
    """A token's lemma, in lower case; the singular for a plural name."""
    low = token.lemma_.casefold()
    if token.tag_ == "VBG":
        return token.lower_ if token.lower_ in frames().nouns else low
    if token.tag_ == "NNPS" or (token.tag_ == "NNP" and low.endswith("s") and low[:-1] in frames().nouns):
        return low.removesuffix("s") if low.endswith("s") else low
    return low


def _noun(token: Token) -> Iterator[Trigger]:
    heading = token.dep_ == "ROOT" and token.is_sent_start and any(c.lower_ in ("with", "of") for c in token.children)
    gerund = token.tag_ == "VBG" and (heading or any(c.dep_ == "det" for c in token.children))
    if token.pos_ not in ("NOUN", "PROPN") and token.tag_ not in ("NN", "NNS") and not gerund:
        return
    for frame in frames().nouns.get(lemma(token), ()):
        if _noun_fits(token, frame):
            carrier, support = carrier_of(token)
            yield Trigger(token, noun=frame, carrier=carrier, support=support)
            return


def _elliptic(token: Token) -> Iterator[Trigger]:
    """As in "The sixth is due to be held in Oslo": the next of those that the report tells of before."""
    first = token.left_edge
    counted = first.lower_ == "the" and first.i == token.i - 1 and token.pos_ in ("NOUN", "ADJ", "PROPN")
    if token.dep_ not in ("nsubj", "nsubjpass") or not counted or not ordinals(token.text):
        return
    carrier, support = carrier_of(token)
    if carrier is not None and lemma(carrier) in _HOLDING:
        yield Trigger(token, noun=frames().nouns["session"][0], carrier=carrier, support=support, elliptic=True)


def _noun_fits(token: Token, frame: NounFrame) -> bool:
    if token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return False
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
    if over is not None and any(lemma(token) in f.needs for f in frames().nouns.get(lemma(over), ())):
        return False  # "the third round of talks" is one happening
    if frame.plural_only and not (token.tag_ in _PLURAL or token.lower_.endswith("s")):
        return False
    if frame.needs:
        near = [c for c in token.subtree if abs(c.i - token.i) <= 2 * _STEPS]
        return any(lemma(c) in frame.needs for c in near)
    return True


def carrier_of(noun: Token) -> tuple[Token, SupportFrame] | tuple[None, None]:
    """The verb that carries an event noun, with its frame."""
    noun = _first_conjunct(noun)
    head, dep = noun.head, noun.dep_
    if dep == "pobj":
        over, frame = _carrier_over_preposition(head)
        return (over, frame) if over is not None and frame is not None else _carrier_in_participle(noun)
    if dep in ("dobj", "attr", "nsubjpass"):
        return _supported(head, passive=dep == "nsubjpass", happening=dep == "nsubjpass")
    if dep == "nsubj" and head.lemma_ == "be" and (coming := _to_come(head)) is not None:
        return _supported(coming, passive=coming.tag_ == "VBN", happening=True)
    if dep == "nsubj":
        return _supported(head, passive=False, happening=True)
    return _carrier_in_participle(noun)


def _to_come(be: Token) -> Token | None:
    """The verb of "is to be held", "is to take place" and "is due to be held"."""
    near = (*be.children, *(c for due in be.children if due.dep_ == "acomp" for c in due.children))
    return next((c for c in near if c.dep_ == "xcomp" and any(t.lower_ == "to" for t in c.children)), None)


def _first_conjunct(noun: Token) -> Token:
    for _ in range(_STEPS):
        if noun.dep_ not in ("conj", "appos"):
            break
        noun = noun.head
    return noun


def _carrier_over_preposition(preposition: Token) -> tuple[Token, SupportFrame] | tuple[None, None]:
    """As in "took part in the talks", "participated in", "presided over"."""
    head = preposition.head
    if head.lower_ == "part" and head.head.lemma_ == "take":
        head = head.head
    found = _OVER.get((head.lemma_.casefold(), preposition.lower_))
    if found == "make" and not any(lemma(c) in _VISITS for c in preposition.children):
        return None, None
    if found is None or (found == "take part" and not any(c.lower_ == "part" for c in head.children)):
        return None, None
    return head, frames().supports[found][0]


#: What somebody may be on.
_VISITS = frozenset({"visit", "tour", "trip"})
_OVER = {
    ("take", "in"): "take part",
    ("participate", "in"): "participate",
    ("preside", "over"): "preside",
    ("call", "for"): "call for",
    ("be", "on"): "make",
}


def _supported(verb: Token, *, passive: bool, happening: bool) -> tuple[Token, SupportFrame] | tuple[None, None]:
    name = verb.lemma_.casefold()
    name = next((f"{name} {word}" for word in _IDIOMS.get(name, ()) if _followed_by(verb, word.split())), name)
    for frame in frames().supports.get(name, ()):
        if (happening and not passive and frame.happening) or ((not happening or passive) and frame.object):
            return verb, frame
    return None, None


#: Verbs that carry a happening together with the words behind them.
_IDIOMS = {"take": ("place",), "get": ("under way", "underway"), "be": ("under way", "underway")}


def _followed_by(verb: Token, words: Sequence[str]) -> bool:
    return [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 1 + len(words)]] == list(words)


def _carrier_in_participle(noun: Token) -> tuple[Token, SupportFrame] | tuple[None, None]:
    """As in "the meeting held in Oslo", "the summit hosted by Peru"."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return _supported(child, passive=True, happening=True)
    return None, None


def _verb(token: Token) -> Iterator[Trigger]:
    if not token.tag_.startswith("VB") or token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    for frame in frames().verbs.get(token.lemma_.casefold(), ()):
        found = object_of(token)
        if _verb_fits(token, frame, found):
            yield Trigger(token, verb=frame, object=found)
            return


def _verb_fits(verb: Token, frame: VerbFrame, found: Token | None) -> bool:
    """The part of a frame's conditions that words alone decide; what an object is, the reader of entities knows."""
    if frame.phrase:
        return _followed_by(verb, frame.phrase)
    if frame.clause and not any(c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i for c in verb.children):
        return False
    if frame.object == "noun":
        named = found is not None and any(lemma(t) in frame.words for t in (found, *found.conjuncts, *_named(found)))
        return named and (not frame.within or any(lemma(t) in frame.within for t in verb.subtree))
    return True


def _named(noun: Token) -> list[Token]:
    """The nouns that an object is a quantity or a part of: "a package of agreements", "a guard of honour"."""
    within = [c for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
    return [*within, *(c for c in noun.children if c.dep_ in ("compound", "amod", "nmod"))]


def by_of(verb: Token) -> Token | None:
    """The "by" that leads to who did what a passive verb or participle says; None without one."""
    return next((c for c in verb.children if c.dep_ == "agent"), None)


def object_of(verb: Token) -> Token | None:
    """Head of what a verb is done to: its object, or its subject in the passive, or the noun it follows."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return child
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return _raised(verb)


def _raised(verb: Token) -> Token | None:
    """As in "the accord is expected to be signed", "the accord to be signed": what an infinitive is done to."""
    passive = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)
    if not passive or not any(c.tag_ == "TO" for c in verb.children):
        return None
    if verb.dep_ in ("acl", "relcl"):
        return verb.head
    if verb.dep_ != "xcomp":
        return None
    near = (*verb.head.children, *(verb.head.head.children if verb.head.pos_ == "ADJ" else ()))
    return next((c for c in near if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"), None)


def subject_of(verb: Token) -> Token | None:
    """Head of the subject of a verb's clause, also where it stands with the verb above; None where it has none."""
    at = verb
    for _ in range(_STEPS):
        own = next((c for c in at.children if c.dep_ == "nsubj"), None)
        if own is not None:
            return _antecedent(own, at)
        done_to = next((c for c in at.children if c.dep_ == "nsubjpass"), None)
        if done_to is not None:  # "A is expected to visit B", but nobody who signs in "the accord was signed"
            return None if at is verb else done_to
        above = _subject_holder(at)
        if above is None:
            return None
        if above.dep_ == "pobj" or above.pos_ in ("NOUN", "PROPN", "PRON"):
            return above
        at = above
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    return subject


def _subject_holder(verb: Token) -> Token | None:
    """Where a verb without a subject finds one: the verb it is joined to, or the object of one who invites."""
    head, infinitive = verb.head, verb.tag_ == "VB"
    if verb.dep_ == "pcomp" and head.head.tag_.startswith("VB"):
        thanked = head.lower_ == "for" and head.head.lemma_ in _OBJECT_CONTROL
        return object_of(head.head) if thanked else head.head
    if infinitive and (invited := _invited(head)) is not None:
        return invited
    if infinitive and verb.dep_ in ("xcomp", "advcl", "ccomp") and head.lemma_ in _OBJECT_CONTROL:
        return object_of(head) or head
    if verb.dep_ == "xcomp" and head.dep_ == "acomp":  # "I am pleased to announce"
        return head.head
    joined = verb.dep_ in ("conj", "xcomp", "advcl") and head.tag_.startswith("VB")
    described = verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VB", "VBG")
    return head if joined or described else None


def _invited(verb: Token) -> Token | None:
    """As in "gave an invitation to Zammit to speak": who is to visit."""
    if not any(c.dep_ == "dobj" and c.lemma_ == "invitation" for c in verb.children):
        return None
    return next(
        (c for p in verb.children if p.dep_ in ("dative", "prep") and p.lower_ == "to" for c in p.children), None
    )


_OBJECT_CONTROL = frozenset(
    {
        "invite",
        "ask",
        "urge",
        "request",
        "allow",
        "enable",
        "instruct",
        "expect",
        "want",
        "order",
        "appoint",
        "thank",
        "congratulate",
    }
)
