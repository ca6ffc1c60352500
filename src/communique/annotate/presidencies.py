"""Which country presides over an organisation for the time being: "Denmark, which holds the EU presidency"."""

from collections.abc import Sequence

from communique.annotate import lexicon
from communique.annotate.drafts import Draft, note
from communique.annotate.words import Stretch
from communique.model.words import ActorKind

#: How the value of the claim begins; the organisation follows.
PRESIDENCY = "presidency of "
_HEADS = frozenset(
    ("president", "presidency", "chair", "chairman", "chairwoman", "chairperson", "chairmanship", "head")
)
#: What is presided over by those who are elected or appointed, not by countries in turn.
_NOT_IN_TURN = frozenset(("commission", "parliament", "bank", "court", "fund", "committee", "agency"))
_OFFICE_TAIL = ("-", "in", "-", "office")
_LEFT, _RIGHT = 7, 9


def settle(pieces: Sequence[Stretch], drafts: Sequence[Draft]) -> None:
    """Note on a country, or on a person with a country, that it presides over an organisation."""
    by_piece: dict[int, list[Draft]] = {}
    for each in drafts:
        if each.kind in (ActorKind.COUNTRY, ActorKind.PERSON):
            by_piece.setdefault(each.stretch.number, []).append(each)
    for piece in pieces:
        near = by_piece.get(piece.number, [])
        for at in range(len(piece.words)) if near else ():
            found = _phrase(piece, at)
            holder = _holder(piece, near, *found[:2]) if found else None
            if found and holder is not None:
                claim = note(piece, found[0], found[1], "office", f"{PRESIDENCY}{found[2]}", "presidency")
                holder.notes = [*holder.notes, claim]


def _phrase(piece: Stretch, at: int) -> tuple[int, int, str] | None:
    """Where "President of the X" or "the X presidency" begins and ends at a head word, and what X is."""
    words = piece.words
    if words[at].low not in _HEADS:
        return None
    end = at + 1
    if tuple(w.low for w in words[end : end + len(_OFFICE_TAIL)]) == _OFFICE_TAIL:
        end += len(_OFFICE_TAIL)
    if end + 1 < len(words) and words[end].low == "of":
        first = end + 1 + (words[end + 1].low == "the")
        last = _organisation(piece, first)
        return (at, last, _text(piece, first, last)) if last > first else None
    for first in range(max(0, at - 4), at):
        if _organisation(piece, first) == at:
            return first, at + 1, _text(piece, first, at)
    return None


def _organisation(piece: Stretch, at: int) -> int:
    """Index after the organisation that begins at a word; the index itself where none does."""
    words = piece.words
    hit = lexicon.forums().match(words, at) if at < len(words) else None
    if hit is None:
        return at
    end = hit.end
    if end < len(words) and words[end].low == "council":
        end += 1
    return at if any(w.low in _NOT_IN_TURN for w in words[at : end + 1]) else end


def _text(piece: Stretch, first: int, last: int) -> str:
    base = piece.piece.start
    return piece.text[piece.words[first].start - base : piece.words[last - 1].end - base]


def _holder(piece: Stretch, drafts: Sequence[Draft], first: int, last: int) -> Draft | None:
    """The country or person that the words are about: the name right behind them, that before them, or the next."""
    same = [d for d in drafts if piece.sentence[d.first] == piece.sentence[first]]
    behind = [d for d in same if last <= d.first <= last + _RIGHT]
    before = [d for d in same if first - _LEFT <= d.last <= first]
    if behind and behind[0].first == last:
        return _with_country(behind[0])
    if before:
        return _with_country(before[-1])
    joined = last < len(piece.words) and piece.words[last].low in ("and", ",")
    return _with_country(behind[-1]) if behind and joined and not _verb(piece, last, behind[-1].first) else None


def _verb(piece: Stretch, first: int, last: int) -> bool:
    return any(t.pos_ in ("VERB", "AUX") for t in piece.tokens[first:last])


def _with_country(found: Draft) -> Draft | None:
    known = found.kind is ActorKind.COUNTRY or found.country or any(n.field == "country" for n in found.notes)
    return found if known else None
