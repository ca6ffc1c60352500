"""What single words say of a happening: the table `data/modality.toml`, and verbs read with their auxiliaries."""

import enum
import functools
import importlib.resources
import tomllib

import msgspec
from spacy.tokens import Token

AUXILIARY = ("aux", "auxpass")
CLAUSAL = ("xcomp", "ccomp", "csubj", "csubjpass", "pcomp", "acl", "advcl", "oprd")
_PARTICLES = frozenset({"off", "out", "through", "up", "on", "over", "back", "down", "away", "aside"})
_NOBODY = frozenset({"no", "none", "neither", "nobody", "nothing"})
_NEGATING = ("det", "preconj", "cc", "neg", "predet")


class Sign(enum.Enum):
    """What one word on the way says of the happening."""

    CANCELLED = "cancelled"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    REQUESTED = "requested"
    OFFERED = "offered"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    OPEN = "open"
    ONGOING = "ongoing"
    HAPPENED = "happened"
    PAST = "past"
    PRESENT = "present"
    SAID = "said"


#: What stands before "of" or "to" where a deed was not reached: "instead of signing", "close to signing".
SHORT_OF = {"instead": Sign.DENIED, "short": Sign.DENIED, "close": Sign.HYPOTHETICAL, "near": Sign.HYPOTHETICAL}


class Words(msgspec.Struct, frozen=True):
    """One section of the table turned round: word -> sign."""

    modals: dict[str, Sign]
    marks: dict[str, Sign]
    adverbs: dict[str, Sign]
    verbs: dict[str, Sign]
    nouns: dict[str, Sign]
    adjectives: dict[str, Sign]
    prepositions: dict[str, Sign]
    neutral: frozenset[str]
    discussing: frozenset[str]
    shortened: frozenset[str]
    wanting: frozenset[str]


@functools.cache
def words() -> Words:
    """The table `data/modality.toml`, each section as word -> sign."""
    text = importlib.resources.files("communique.data").joinpath("modality.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    names = ("modals", "marks", "adverbs", "verbs", "nouns", "adjectives", "prepositions")
    turned = {name: _turned(table[name]) for name in names}
    reporting = {name: frozenset(group) for name, group in table["reporting"].items()}
    return msgspec.convert({**turned, **reporting}, Words, strict=False)


def _turned(section: dict[str, list[str]]) -> dict[str, Sign]:
    signs = {"frame": Sign.PAST}
    return {word: signs.get(name) or Sign(name) for name, group in section.items() for word in group}


def lemma_of(token: Token) -> str:
    """A token's lemma, in lower case."""
    return token.lemma_.casefold()


def phrasal(verb: Token) -> str:
    """A verb's lemma with its particle: "call off"."""
    loose = (c for c in verb.children if c.dep_ == "prt" or (c.dep_ in ("advmod", "prep") and _at_end(c)))
    particle = next((c.lower_ for c in loose if c.lower_ in _PARTICLES), "")
    return f"{lemma_of(verb)} {particle}" if particle else lemma_of(verb)


def _at_end(particle: Token) -> bool:
    return not any(c.dep_ in ("pobj", "pcomp") for c in particle.children)


def negates(child: Token) -> bool:
    """Whether a word beside a verb says that it was not so: "not", "never", "rather than"."""
    if child.dep_ == "neg" or (child.dep_ == "advmod" and words().adverbs.get(child.lower_) is Sign.DENIED):
        return True
    return child.lower_ == "than" and child.i > 0 and child.nbor(-1).lower_ == "rather"


def denied(verb: Token, helpers: list[Token]) -> bool:
    """Whether a clause says that it was not so: by "not", by "no minister met", by "has yet to meet"."""
    if any(map(negates, verb.children)) or any(h.tag_ == "TO" and h.i and h.nbor(-1).lower_ == "yet" for h in helpers):
        return True
    subjects = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    return any(t.lower_ in _NOBODY and t.i <= s.i for s in subjects for t in (s, *s.children))


def is_none(noun: Token) -> bool:
    """Whether a noun says that there is none: "nothing", "no agreement", "neither a treaty nor a protocol"."""
    said = (c for c in noun.children if c.dep_ in _NEGATING and c.i <= noun.i)
    return noun.lower_ in _NOBODY or any(c.lower_ in _NOBODY or c.dep_ == "neg" for c in said)


def nothing_done(verb: Token) -> bool:
    """Whether what a verb is done to is none: "reached no agreement", "agreed on nothing"."""
    phrases = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i and c.lower_ in ("on", "to")]
    things = (c for t in (verb, *phrases) for c in t.children if c.dep_ in ("dobj", "pobj"))
    return any(is_none(c) for c in things)


def supposed(verb: Token, helpers: list[Token]) -> bool:
    """Whether a clause only supposes or asks, whatever it negates: "if they had not met", "had they met"."""
    marks = (c.lower_ for c in verb.children if c.dep_ == "mark")
    return any(words().marks.get(m) is Sign.HYPOTHETICAL for m in marks) or _inverted(verb, helpers)


def _inverted(verb: Token, helpers: list[Token]) -> bool:
    """Whether a clause begins with its auxiliary: "Had the ministers met, ...", "Were Peru to host it, ..."."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    leading = verb if verb.lower_ == "were" else next(iter(helpers), None)
    if subject is None or leading is None or leading.i >= subject.i:
        return False
    before = verb.doc[verb.left_edge.i : leading.i]
    return all(t.is_punct or t.dep_ == "cc" for t in before)


def bids(verb: Token, helpers: list[Token]) -> bool:
    """Whether a verb is an imperative: "Please visit us"."""
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return verb.tag_ == "VB" and not helpers and not subject and any(c.lower_ == "please" for c in verb.children)


def sign_of(verb: Token, below: Token | None = None) -> Sign | None:
    """What a verb says of what stands below it; one that denies says, negated, only that it may be."""
    table, lemma = words(), lemma_of(verb)
    sign = table.verbs.get(phrasal(verb), table.verbs.get(lemma))
    if sign is Sign.DENIED and any(map(negates, verb.children)):
        return Sign.HYPOTHETICAL
    if below is None or sign is not Sign.PLANNED:
        return sign
    sought = lemma == "seek" and below.dep_ in ("dobj", "nsubjpass")
    others = any(c.dep_ == "nsubj" for c in below.children) and any(c.tag_ == "TO" for c in below.children)
    return Sign.REQUESTED if sought or (lemma in table.wanting and others) else sign


def shortened(verb: Token) -> bool:
    """Whether a verb that needs an object is without one, so that its subject is it: "talks scrapped"."""
    named = words().shortened
    bare = not any(c.dep_ in (*AUXILIARY, *CLAUSAL, "dobj") for c in verb.children)
    return bare and verb.tag_ in ("VBD", "VBN") and bool({lemma_of(verb), phrasal(verb)} & named)


def is_off(word: Token) -> bool:
    """Whether a word says that something is off, as in "the visit was off", and not "off to a good start"."""
    following = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    loose = word.dep_ in ("advmod", "prt", "acomp", "prep") and not any(c.dep_ == "pobj" for c in word.children)
    return word.lower_ == "off" and loose and following != "to"
