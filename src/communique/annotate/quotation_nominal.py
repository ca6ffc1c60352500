"""Speech told by a noun and what it holds: "his warning that the river would rise", "the minister's promise to pay"."""

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Piece
from communique.annotate.quotation_cues import cues
from communique.annotate.quotation_found import Cue, Found, Kind
from communique.annotate.speakers import at_head, speaker, under
from communique.model.claims import Modality

#: Nouns of speech that tell a thought as often as words; only a that-clause makes them speech.
_PRONOUNS = frozenset({"his", "her", "their", "its"})
_LEAST = 3


def read(piece: Piece, entities: Entities) -> Iterator[Found]:
    """What nouns of speech hold, in the order of the nouns; who is behind them stands before them."""
    for noun in piece.doc:
        if noun.pos_ == "NOUN" and noun.lemma_ in cues().told_nouns:
            found = _found(piece, noun, entities)
            if found is not None:
                yield found


def _found(piece: Piece, noun: Token, entities: Entities) -> Found | None:
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    top = next((c for c in noun.rights if c.dep_ in {"acl", "ccomp", "relcl"} and _holds(c)), None)
    if owner is None or top is None or not (owner.lower_ in _PRONOUNS or _speaks(piece, owner, entities)):
        return None
    said = [t for t in under(top) if not t.is_space]
    if len(said) < _LEAST:
        return None
    start, end = piece.bounds(said[0])[0], piece.bounds(said[-1])[1]
    return Found(
        start=start,
        end=end,
        content=((start, end),),
        kind=Kind.INDIRECT,
        speaker=speaker(piece, owner, entities),
        cue=Cue(*piece.bounds(noun), noun.lemma_, cues().told_nouns[noun.lemma_], Modality.STATED),
        clause=piece.bounds(noun.sent),
        rule="noun",
    )


def _speaks(piece: Piece, owner: Token, entities: Entities) -> bool:
    return owner.pos_ == "PROPN" or at_head(piece, owner, entities) is not None


def _holds(clause: Token) -> bool:
    """Whether a clause is what was said: it begins with "that", which is no subject of it, or with "to"."""
    first = next((t for t in under(clause) if not t.is_punct), None)
    if first is None:
        return False
    if first.lower_ == "that":
        return first.dep_ == "mark"
    return first.lower_ == "to" and clause.dep_ != "relcl"
