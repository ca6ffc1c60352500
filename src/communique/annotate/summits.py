"""Summits of two sides that no name names: "a summit between A and B", "the bilateral summit"."""

from collections import Counter
from collections.abc import Iterator, Sequence

from communique.annotate.bodies import Member, member_at
from communique.annotate.drafts import Draft, Note, draft, note
from communique.annotate.words import Stretch
from communique.model.mentions import Form
from communique.model.words import ActorKind
from communique.text.names import body_key

_SUMMIT = "summit"
_MEETINGS = frozenset(("meeting", "talks"))
#: Words before "summit" that say that it is one of a row between the two sides spoken of.
_REPEATED = frozenset(("bilateral", "annual", "leaders", "leaders'", "leaders’"))
_MOST_LEFT = 4
_SIDES = 2
#: Mentions that make a country one of the two sides of a report, and how many times those of a third it takes.
_OFTEN, _MORE = 3, 3


def read(pieces: Sequence[Stretch], drafts: Sequence[Draft]) -> list[Draft]:
    """The summits of two sides that a report speaks of by what they are, each a body of those sides.

    Args:
        pieces: the report as words.
        drafts: the mentions found so far; their words are taken.
    """
    by_piece: dict[int, list[Draft]] = {}
    for each in drafts:
        by_piece.setdefault(each.stretch.number, []).append(each)
    main = _two_sides(drafts)
    return [d for piece in pieces for d in _in_piece(piece, by_piece.get(piece.number, []), main)]


def _in_piece(piece: Stretch, drafts: Sequence[Draft], main: frozenset[str]) -> Iterator[Draft]:
    taken = {i for d in drafts for i in range(d.first, d.last)}
    for at, word in enumerate(piece.words):
        if word.low == _SUMMIT and at not in taken:
            last = at + 2 if at + 1 < len(piece.words) and piece.words[at + 1].low in _MEETINGS else at + 1
            found = _between(piece, at, last) or _of_two(piece, at, last, drafts, main)
            if found is not None:
                yield found


def _between(piece: Stretch, at: int, last: int) -> Draft | None:
    """As in "a summit meeting between A and the B"."""
    words = piece.words
    if last + 2 >= len(words) or words[last].low not in ("between", "of"):
        return None
    one = _member(piece, last + 1)
    if one is None or one.end + 1 >= len(words) or words[one.end].low != "and":
        return None
    other = _member(piece, one.end + 1)
    if other is None or one.name == other.name:
        return None
    notes = [note(piece, last + 1, other.end, "country", m.name, "member-in-name") for m in (one, other) if m.country]
    return _summit(piece, at, last, [one.name, other.name], notes)


def _member(piece: Stretch, at: int) -> Member | None:
    return member_at(piece.words, at + (piece.words[at].low == "the"))


def _of_two(piece: Stretch, at: int, last: int, drafts: Sequence[Draft], main: frozenset[str]) -> Draft | None:
    """As in "the annual summit", where the sentence is about two countries, or about one of the report's two."""
    first = at
    while first and at - first < _MOST_LEFT and piece.words[first - 1].low in _REPEATED | {"’", "'"}:
        first -= 1
    if not any(w.low in _REPEATED for w in piece.words[first:at]):
        return None
    near = [d for d in drafts if piece.sentence[d.first] == piece.sentence[at]]
    named = {c: d for d in reversed(near) if d.kind in (ActorKind.COUNTRY, ActorKind.PERSON) and (c := _country(d))}
    sides = frozenset(named) if len(named) == _SIDES else main if named and set(named) <= main else frozenset()
    if len(sides) != _SIDES:
        return None
    places = {c: (named[c].first, named[c].last) if c in named else (first, last) for c in sides}
    notes = [note(piece, *places[c], "country", c, "sides") for c in sorted(sides)]
    return _summit(piece, first, last, sorted(sides), notes)


def _country(found: Draft) -> str:
    if found.country:
        return found.country
    told = [n.value for n in found.notes if n.field == "country"]
    return told[0] if told else found.name if found.kind is ActorKind.COUNTRY else ""


def _summit(piece: Stretch, first: int, last: int, sides: Sequence[str], notes: list[Note]) -> Draft:
    found = draft(piece, first, last, ActorKind.BODY, f"{'-'.join(sides)} {_SUMMIT}", Form.OFFICE)
    found.head = _SUMMIT
    found.key = "+".join(sorted(body_key(side) for side in sides)) + " " + _SUMMIT
    found.notes = notes
    return found


def _two_sides(drafts: Sequence[Draft]) -> frozenset[str]:
    """The two countries that a report is about; empty where there are fewer, or a third is named nearly as often."""
    often = Counter(c for d in drafts if d.kind in (ActorKind.COUNTRY, ActorKind.PERSON) and (c := _country(d)))
    ranked = sorted(often, key=lambda c: (-often[c], c))
    third = often[ranked[_SIDES]] if len(ranked) > _SIDES else 0
    main = [c for c in ranked[:_SIDES] if often[c] >= max(_OFTEN, _MORE * third)]
    return frozenset(main) if len(main) == _SIDES else frozenset()
