"""Mentions of happenings that somebody else marked, as sketches that `fuse.likeness` compares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.annotate import entities, nlp
from communique.fuse.likeness import Sketch
from communique.model.reports import Report

HEADS = ("VERB", "NOUN", "PROPN", "ADJ")
CONTENT = ("NOUN", "PROPN", "VERB", "NUM", "ADJ")
NEAR = 5
"""Words before and after the naming word within which context is near."""
STEPS = 3
"""Verbs up which a verb without a subject looks for one."""
_SMALL = frozenset({"the", "of", "a", "and"})
_WORD = re.compile(r"\w+")

type Token = Any  # spaCy's; the library itself comes in through `annotate` alone
type Vector = npt.NDArray[np.float32]


class Reader:
    """What is read once in a report: its parse, and the names behind its words."""

    def __init__(self, report: Report) -> None:
        """Parse a report and look up its entities."""
        self.report = report
        self.parse = nlp.parse(report)
        self._names: dict[int, list[str]] = {}
        for mention in entities.read(self.parse).mentions:
            words = [w for w in _WORD.findall(mention.name.lower()) if w not in _SMALL]
            for at in range(mention.span.start, mention.span.end):
                self._names.setdefault(at, words)

    def words(self) -> list[str]:
        """Content words of the report."""
        return [_lemma(t) for piece in self.parse.pieces for t in piece.doc if t.pos_ in CONTENT]

    def sketch(self, mention: Mapping[str, Any]) -> tuple[Sketch, Vector]:
        """The sketch of a mention, and the direction of its naming word; a word without one has length 0.

        Args:
            mention: row with `start`, `end` and `text`, and `parts` where it is in pieces.
        """
        piece = self.parse.piece_at(mention["start"])
        own = _own(piece, mention) if piece else []
        if piece is None or not own:
            return Sketch(report=self.report.id, lemma=mention["text"].lower()), np.zeros(0, np.float32)
        head, inside = _head(own), {t.i for t in own}
        around = [t for t in piece.doc if t.pos_ in CONTENT and t.i not in inside]
        arguments = [(role, self._phrase(piece, t)) for role, t in _arguments(head)]
        sketch = Sketch(
            report=self.report.id,
            lemma=_lemma(head),
            particles=tuple(c.lower_ for c in head.children if c.dep_ == "prt"),
            words=frozenset(_lemma(t) for t in own if t.pos_ in CONTENT),
            parties=frozenset(w for _, words in arguments for w in words),
            objects=frozenset(w for role, words in arguments for w in words if role == "object"),
            near=tuple(_lemma(t) for t in around if abs(t.i - head.i) <= NEAR),
            sentence=frozenset(map(_lemma, around)),
        )
        return sketch, _direction(head)

    def _phrase(self, piece: nlp.Piece, word: Token) -> list[str]:
        """The words of an argument: the name where an entity stands there, else the noun and what is beside it."""
        named = self._names.get(piece.bounds(word)[0])
        if named is not None or word.pos_ == "PRON":
            return named or []
        return [_lemma(t) for t in _noun_words(word) if t.pos_ in CONTENT]


def akin(one: Vector, other: Vector) -> float:
    """Cosine of two directions, 0 where it is below, or where either is not known."""
    return max(0.0, float(one @ other)) if one.size and other.size else 0.0


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


def _own(piece: nlp.Piece, mention: Mapping[str, Any]) -> list[Token]:
    parts = mention.get("parts") or [[mention["start"], mention["end"]]]
    places = [(t, *piece.bounds(t)) for t in piece.doc]
    return [t for t, start, end in places if any(start < b and end > a for a, b in parts)]


def _head(own: Sequence[Token]) -> Token:
    """The naming word: of a mention's words the one that no other governs, a telling one before any."""
    inside = {t.i for t in own}
    heads = [t for t in own if t.head.i not in inside or t.head.i == t.i] or list(own)
    telling = [t for t in heads if t.pos_ in HEADS] or [t for t in own if t.pos_ in HEADS] or heads
    return telling[0]


def _direction(head: Token) -> Vector:
    lexeme = head.vocab[_lemma(head)]
    vector: Vector = lexeme.vector if lexeme.has_vector else head.vector
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _arguments(head: Token) -> Iterator[tuple[str, Token]]:
    """What stands with the naming word: subjects, objects, complements, and what a noun is the object of."""
    if head.pos_ in ("VERB", "AUX", "ADJ"):
        yield from _subjects(head, STEPS)
        if head.dep_ in ("relcl", "acl"):
            yield ("object" if head.tag_ == "VBN" else "subject"), head.head
    for child in head.children:
        yield from _below(child)
    if head.pos_ in ("NOUN", "PROPN") and head.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj"):
        yield "verb", head.head if head.dep_ != "pobj" else head.head.head
        if head.dep_ == "dobj":
            yield from _subjects(head.head, STEPS)


def _subjects(verb: Token, steps: int) -> Iterator[tuple[str, Token]]:
    roles = {"nsubj": "subject", "nsubjpass": "object"}
    found = [(roles[c.dep_], c) for c in verb.children if c.dep_ in roles]
    yield from found
    if not found and steps and verb.dep_ in ("conj", "xcomp", "advcl", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        yield from _subjects(verb.head, steps - 1)


def _below(child: Token) -> Iterator[tuple[str, Token]]:
    if child.dep_ in ("dobj", "attr", "dative"):
        yield "object", child
    elif child.dep_ in ("poss", "compound", "nmod", "amod"):
        yield ("subject" if child.dep_ == "poss" else "object"), child
    elif child.dep_ in ("agent", "prep"):
        role = "subject" if child.dep_ == "agent" else "object" if child.lower_ == "of" else "place"
        yield from ((role, c) for c in child.children if c.dep_ == "pobj")


def _noun_words(noun: Token) -> list[Token]:
    beside = [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod", "poss", "nummod", "flat")]
    joined = [c for c in noun.children if c.dep_ == "conj"]
    return [noun, *beside, *(w for c in joined for w in (c, *(x for x in c.children if x.dep_ == "compound")))]
