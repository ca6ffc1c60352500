"""A parsed report as words with places: letters or digits, or one mark; hyphens and apostrophes stand alone."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from communique.annotate.nlp import Parse, Piece

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_OPENING = "“„«"
_CLOSING = "”»"
#: Prepositions before a place that has no article.
_WITHIN = frozenset(("in", "near", "around", "outside", "into"))
#: A syllable of a given name has so many letters at most.
_SYLLABLE = 5
#: So many members of a list are gone through.
_LIST = 8


class Word(NamedTuple):
    """A word or mark: its place in the report, its text, its casefolded text.

    `glued`: no blank stands before it; `capital`: it begins with a capital letter.
    """

    start: int
    end: int
    text: str
    low: str
    glued: bool
    capital: bool


class Stretch(msgspec.Struct, frozen=True):
    """A piece with its words.

    For each word `tokens` gives the parser's token, `quoted` whether it stands inside double marks, and `sentence`
    the number of its sentence in the piece.
    """

    piece: Piece
    number: int
    words: list[Word]
    tokens: list[Token]
    quoted: list[bool]
    sentence: list[int]
    text: str


def stretches(parse: Parse) -> Iterator[Stretch]:
    """The pieces of a report as words, in order."""
    for number, piece in enumerate(parse.pieces):
        words = list(_words(piece))
        if words:
            tokens = _aligned(piece, words)
            yield Stretch(piece, number, words, tokens, _quoted(words), _sentences(piece, tokens), piece.doc.text)


def bare(piece: Piece, number: int) -> Stretch:
    """The words of a piece that no parser saw: one sentence, nothing quoted, one token for all."""
    words = list(_words(piece))
    count = len(words)
    return Stretch(piece, number, words, [piece.doc[0]] * count, [False] * count, [0] * count, piece.doc.text)


def _words(piece: Piece) -> Iterator[Word]:
    last = -1
    for match in _WORD.finditer(piece.doc.text):
        text, (start, end) = match.group(), match.span()
        low = text.casefold()
        yield Word(piece.start + start, piece.start + end, text, low, start == last, text[0].isupper())
        last = end


def _aligned(piece: Piece, words: Sequence[Word]) -> list[Token]:
    """For each word the token that holds its first character."""
    tokens, at = [], 0
    doc = piece.doc
    for word in words:
        while at + 1 < len(doc) and doc[at + 1].idx <= word.start - piece.start:
            at += 1
        tokens.append(doc[at])
    return tokens


def _sentences(piece: Piece, tokens: Sequence[Token]) -> list[int]:
    """Number of the sentence of each word."""
    of_token = [number for number, sentence in enumerate(piece.doc.sents) for _ in sentence]
    return [of_token[token.i] for token in tokens]


def _quoted(words: Sequence[Word]) -> list[bool]:
    """Whether each word stands inside double marks that open in its piece."""
    inside, flags = False, []
    for word in words:
        if word.text in _OPENING:
            inside = True
        elif word.text in _CLOSING:
            inside = False
        elif word.text == '"':
            inside = not inside
        flags.append(inside)
    return flags


def possessive(words: Sequence[Word], at: int) -> bool:
    """Whether an apostrophe of possession starts at a word ("’s", or "’" after an s)."""
    if at >= len(words) or words[at].text not in "'’‘" or not words[at].glued:
        return False
    follows = words[at + 1] if at + 1 < len(words) else None
    if follows and follows.low == "s" and follows.glued:
        return True
    return at > 0 and words[at - 1].low.endswith("s") and not (follows and follows.glued and follows.text.isalnum())


def after_possessive(words: Sequence[Word], at: int) -> int:
    """Index after an apostrophe of possession, `at` itself where there is none."""
    if not possessive(words, at):
        return at
    return at + 2 if at + 1 < len(words) and words[at + 1].low == "s" and words[at + 1].glued else at + 1


def located(token: Token) -> bool:
    """Whether a name that ends in a token stands as a place does, without an article: "in A, B and C"."""
    for _ in range(_LIST):
        if token.dep_ not in ("conj", "appos"):
            break
        token = token.head
    bare = not any(c.dep_ == "det" for c in token.children)
    return bare and token.dep_ == "pobj" and token.head.lower_ in _WITHIN


def before_syllables(stretch: Stretch, at: int) -> bool:
    """Whether a word stands before a given name of two syllables: "An" in "An Min-ho" is no article."""
    words, end = stretch.words, at + 4
    if end > len(words) or words[at].text != "An" or words[at + 2].text != "-" or not words[at + 2].glued:
        return False
    first, second = words[at + 1], words[at + 3]
    short = first.text.istitle() and max(len(first.text), len(second.text)) <= _SYLLABLE and second.glued
    token = stretch.tokens[at + 3]
    return short and second.text.islower() and (token.pos_ == "PROPN" or token.ent_type_ == "PERSON")
