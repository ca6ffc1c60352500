"""Tests of what is kept of a report."""

from collections.abc import Callable

import msgspec

from communique.cluster.features import FURNITURE, NAME, OPENS, QUOTED, Features
from communique.model.claims import Claim
from communique.model.reports import Furniture, FurnitureKind
from communique.model.spans import Span

type Make = Callable[..., Features]


def flagged(features: Features, text: str, bit: int) -> list[str]:
    """The words of a text that carry a flag."""
    rows = zip(features.word_starts, features.word_ends, features.flags, strict=True)
    return [text[start:end] for start, end, flag in rows if flag & bit]


def test_quoted_words_are_flagged(make: Make) -> None:
    """Words between marks are told from narration."""
    text = 'He said "the pier stays" at noon.'
    assert flagged(make(1, text), text, QUOTED) == ["the", "pier", "stays"]


def test_direct_quotations_of_claims_are_flagged(make: Make) -> None:
    """What `annotate` found to be a direct quotation counts without marks; an indirect one does not."""
    text = "The pier stays, he said. The boats go, he thought."
    first, second = "r0000000000000001.q0-14", "r0000000000000001.q25-37"
    claims = [
        Claim(first, "mode", "direct", Span.cut("r0000000000000001", text, 0, 14)),
        Claim(first, "content", "The pier stays", Span.cut("r0000000000000001", text, 0, 14)),
        Claim(second, "mode", "indirect", Span.cut("r0000000000000001", text, 25, 37)),
        Claim(second, "content", "The boats go", Span.cut("r0000000000000001", text, 25, 37)),
    ]
    assert flagged(make(1, text, claims), text, QUOTED) == ["The", "pier", "stays"]


def test_furniture_is_flagged_but_a_headline_is_not(make: Make) -> None:
    """Furniture that states facts stays comparable."""
    text = "Pier to stay\nShare this\nThe pier stays."
    marks = (Furniture(0, 12, FurnitureKind.HEADLINE), Furniture(13, 23, FurnitureKind.WIDGET))
    assert flagged(make(1, text, furniture=marks), text, FURNITURE) == ["Share", "this"]


def test_names_are_flagged_with_their_links(make: Make) -> None:
    """A capital at a sentence's start is no name unless the word is one elsewhere; links inside a name belong to it."""
    text = "Boats came. They met the Council of the Isles. Isles are far."
    assert flagged(make(1, text), text, NAME) == ["Council", "of", "the", "Isles", "Isles"]


def test_a_number_that_only_annotate_found_is_a_session(make: Make) -> None:
    """A planned session of the claims counts as one to come."""
    text = "The council meets again."
    event = "r0000000000000001.e0-17"
    span = Span.cut("r0000000000000001", text, 0, 17)
    found = make(1, text, [Claim(event, "number", "9", span), Claim(event, "status", "planned", span)])
    assert [(key.number, key.shift) for key in found.sessions] == [(9, -1)]


def test_features_survive_the_store(make: Make) -> None:
    """Packed and unpacked features are equal."""
    found = make(
        1, "The 9th session of the Fiji Council met on 4 March 2011.", title="Council meets", outlet="Reef Wire"
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Features) == found


def test_an_empty_report_has_features(make: Make) -> None:
    """A report without words is no error."""
    assert make(1, "").hashes == b""


def test_numbers_are_packed_and_read_back(make: Make) -> None:
    """A word takes 17 bytes, a term 11; places and hashes come back as they were."""
    text = "The pier stays, the pier goes."
    found = make(1, text)
    assert [text[a:b] for a, b in zip(found.word_starts, found.word_ends, strict=True)] == text[:-1].replace(
        ",", ""
    ).split()
    assert found.word_hashes[1] == found.word_hashes[4]
    assert len(found.term_hashes) == len(found.term_counts) == len(found.kinds)
    assert sorted(found.term_hashes.tolist()) == found.term_hashes.tolist()


def test_the_first_word_of_a_sentence_or_line_is_flagged(make: Make) -> None:
    """Full stops and line ends open; commas, colons and quotation marks do not."""
    text = 'One pier. Two, "three" piers\nFour: five'
    assert flagged(make(1, text), text, OPENS) == ["One", "Two", "Four"]
