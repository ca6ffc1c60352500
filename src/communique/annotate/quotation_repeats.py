"""Quotations printed a second time without marks: the cut copy of a post that a page shows beside its story."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_found import Found, Kind
from communique.text.shingles import shingles, word_hash
from communique.text.tokens import Token, tokens

#: Words that a repeat and the quotation must begin to share; share of the paragraph that must be the repeat.
_RUN = 6
_SHARE = 0.6
_CUT = re.compile(r"…|\.{3}|pic\.\w+\.com|https?://")


class _Said(msgspec.Struct, frozen=True):
    """The words of a quotation, and the quotation."""

    found: Found
    words: tuple[str, ...]


def read(parse: Parse, found: Sequence[Found]) -> Iterator[Found]:
    """Paragraphs that repeat the words of a quotation of this report up to where they are cut short."""
    pieces = [p for p in parse.pieces if p.kind is None and _CUT.search(p.doc.text)]
    if not pieces:
        return
    index: dict[int, list[tuple[_Said, int]]] = {}
    for one in found:
        if one.kind is Kind.DIRECT and one.speaker is not None and one.cue is not None:
            for said, at, key in _keys(parse.report.text, one):
                index.setdefault(key, []).append((said, at))
    for piece in pieces:
        if not any(one.start < piece.end and one.end > piece.start for one in found):
            yield from _repeat(piece, index)


def _keys(text: str, one: Found) -> Iterator[tuple[_Said, int, int]]:
    said = _Said(one, tuple(t.norm for a, b in one.content for t in tokens(text[a:b])))
    for at, key in enumerate(shingles([word_hash(w) for w in said.words], _RUN)):
        yield said, at, key


def _repeat(piece: Piece, index: dict[int, list[tuple[_Said, int]]]) -> Iterator[Found]:
    own = tokens(piece.doc.text)
    first = next(iter(shingles([word_hash(t.norm) for t in own], _RUN)), None)
    best = max(
        ((_shared(own, said.words[at:]), said) for said, at in index.get(first or 0, [])),
        key=lambda m: m[0],
        default=None,
    )
    if best is None or best[0] < max(_RUN, _SHARE * len(own)):
        return
    start, end = piece.start + own[0].start, piece.start + own[best[0] - 1].end
    yield msgspec.structs.replace(best[1].found, start=start, end=end, content=((start, end),), rule="repeat")


def _shared(own: Sequence[Token], words: Sequence[str]) -> int:
    """Number of words that two runs share from their beginnings."""
    count = 0
    for token, word in zip(own, words, strict=False):
        if token.norm != word:
            break
        count += 1
    return count
