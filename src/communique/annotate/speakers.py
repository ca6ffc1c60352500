"""Whose words they are: the subject of a reporting verb, as it stands, and the entity mention there."""

import itertools

import msgspec
from spacy.tokens import Span as Run
from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Piece
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind

#: Kinds of entities that can say something.
SAYERS = frozenset(
    {ActorKind.PERSON, ActorKind.BODY, ActorKind.COUNTRY, ActorKind.GROUP, ActorKind.FORUM, ActorKind.PLACE}
)
#: Verbs whose passive subject is the one who spoke: "was quoted as saying".
_QUOTED = frozenset({"quote", "cite", "hear", "record", "say", "report", "force", "expect", "schedule", "oblige"})
_CLIMBS = frozenset({"conj", "xcomp", "advcl", "acl", "pcomp", "prep", "dep", "aux"})
_HOPS = 6
_WIDE = 12
#: Words that name nobody who speaks, and nouns of shares: "a slogan that says", "40 percent say" a poll tells.
_NOBODY = frozenset({"that", "which", "this", "these", "those", "nothing", "something", "everything", "you", "there"})
_SHARES = frozenset({"percent", "%", "pct", "percentage", "proportion", "majority"})
_UNDER = 150
#: An office's words reach so many characters from its head to the name behind it.
_OFFICE = 150


def under(token: Token) -> Run:
    """The words under a token, itself among them, up to a cap on either side.

    Unlike `subtree` it never recurses, however deep the tree is; and nested clauses cost no more than their number.
    """
    return token.doc[max(token.left_edge.i, token.i - _UNDER) : min(token.right_edge.i, token.i + _UNDER) + 1]


class Speaker(msgspec.Struct, frozen=True):
    """One who says something, as a report mentions them.

    Attributes:
        start: offset of the words that stand there, titles and all.
        end: offset after them.
        mention: the entity mention at their head, None where there is none.
        joint: further mentions that say it together with the first.
        candidates: mentions that may be the speaker, where it is unsure.
    """

    start: int
    end: int
    mention: EntityMention | None = None
    joint: tuple[EntityMention, ...] = ()
    candidates: tuple[EntityMention, ...] = ()

    def unsure(self) -> "Speaker":
        """The same as one who may be the speaker, and no more."""
        known = (self.mention,) if self.mention is not None else ()
        return msgspec.structs.replace(self, mention=None, joint=(), candidates=(*known, *self.joint, *self.candidates))


def subject(verb: Token) -> Token | None:
    """The word that a verb's subject has for its head: its own, else that of the clause which it depends on."""
    for _ in range(_HOPS):
        found = _own_subject(verb)
        if found is not None:
            return found
        if verb.dep_ not in _CLIMBS and not (verb.dep_ == "csubj" and verb.tag_ == "VBG"):
            return None
        above = verb.head
        if verb.dep_ == "acl" and above.pos_ in {"NOUN", "PROPN", "PRON"}:
            return above
        if verb.dep_ == "pcomp" and above.dep_ != "prep":
            return None
        if above.pos_ in {"NOUN", "PROPN"} and verb.dep_ in {"prep", "advcl"}:
            return above if above.dep_ in {"nsubj", "nsubjpass"} else None
        verb = above
    return None


def _own_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and verb.lemma_ in _QUOTED):
            return child
    return _after_participle(verb)


def _after_participle(verb: Token) -> Token | None:
    """The name between a participle's clause and a verb, where the parse takes that clause for the subject.

    "Reiterating the pledge to Chile, Minister Ana Torres on Monday outlined ..."
    """
    first = next((c for c in verb.children if c.dep_ == "csubj" and c.tag_ == "VBG" and c.i < verb.i), None)
    if first is None:
        return None
    run = list(verb.doc[first.i + 1 : verb.i])
    while run and (run[-1].pos_ in {"ADV", "AUX"} or run[-1].ent_type_ in {"DATE", "TIME"} or run[-1].lower_ == "on"):
        run.pop()
    name = list(itertools.takewhile(lambda t: t.pos_ == "PROPN", reversed(run)))
    begins = name and name[-1].i > 0 and verb.doc[name[-1].i - 1].text == ","
    return name[0] if begins else None


def agent(verb: Token) -> Token | None:
    """Who does what a passive verb says: "was praised by X"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def phrase(head: Token) -> tuple[Token, Token]:
    """First and last token of the noun phrase of a word, clauses after it left out."""
    left = head
    for child in head.lefts:
        if child.dep_ in {"det", "compound", "amod", "poss", "nmod", "nummod", "predet", "quantmod", "advmod", "appos"}:
            left = min(left, child.left_edge, key=lambda t: t.i)
    right = head
    for child in head.rights:
        if child.dep_ in {"compound", "flat", "nmod"} or (child.dep_ == "prep" and child.lower_ == "of"):
            right = max(right, child.right_edge, key=lambda t: t.i)
    if right.i - left.i > _WIDE:
        return head, head
    return left, right


def vague(head: Token) -> bool:
    """Whether a subject names nobody who could have said something: "that", "40 percent"."""
    return head.lower_ in _NOBODY or head.lower_ in _SHARES


def speaker(piece: Piece, head: Token, entities: Entities) -> Speaker:
    """The speaker whose phrase has `head` for its head; a relative pronoun stands for its antecedent."""
    first, last = phrase(head)
    start, end = piece.bounds(first)[0], piece.bounds(last)[1]
    named = _antecedent(head)
    mention = named_at(piece, named, entities)
    joint = tuple(m for m in (at_head(piece, t, entities) for t in named.conjuncts if t.i > named.i) if m is not None)
    return Speaker(start, end, mention, joint)


def named_at(piece: Piece, head: Token, entities: Entities) -> EntityMention | None:
    """The mention at a word that can speak, else the name behind it."""
    return at_head(piece, head, entities) or _apposed(piece, head, entities)


def _apposed(piece: Piece, head: Token, entities: Entities) -> EntityMention | None:
    """The name behind an office that is no mention of its own: "the envoy of the bank, Ana Kos, said"."""
    found = (at_head(piece, c, entities) for c in head.children if c.dep_ == "appos" and c.i > head.i)
    start, end = piece.bounds(head)
    held = (
        m
        for m in entities.between(end, end + _OFFICE)
        if any(c.field == "office" and c.span.start <= start < c.span.end for c in m.claims)
    )
    return next((m for m in (*found, *held) if m is not None and m.kind is ActorKind.PERSON), None)


def _antecedent(head: Token) -> Token:
    if head.tag_ in {"WP", "WDT"} and head.head.dep_ == "relcl":
        return head.head.head
    return head


def at_head(piece: Piece, head: Token, entities: Entities) -> EntityMention | None:
    """The mention that stands at a word, if it is of a kind that can speak."""
    mention = entities.at(*piece.bounds(head))
    if mention is None or mention.kind not in SAYERS:
        return None
    if mention.form is Form.NAME and mention.kind is ActorKind.PLACE and head.pos_ not in {"PROPN", "NOUN"}:
        return None
    return mention
