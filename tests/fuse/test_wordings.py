"""How alike two wordings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.fuse.wordings import Weights, Words, concept, pairs, stem

SAID = "The fishing quota will be kept by both fleets until the summer"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("implementing", "implemented"),
        ("defence", "defense"),
        ("operationalisation", "operationalizing"),
        ("committed", "commitment"),
        ("colour", "color"),
        ("Peru's".casefold(), "peru"),
    ],
)
def test_forms_and_spellings_of_a_word_have_one_stem(one: str, other: str) -> None:
    """Endings and a country's spelling are no difference."""
    assert stem(one) == stem(other)


def test_a_part_is_wholly_held_by_the_whole() -> None:
    """The share is the shorter one's; Dice sees that the other says more."""
    part, whole = Words.of("The fishing quota will be kept"), Words.of(SAID)
    like = Weights([part, whole]).likeness(part, whole)
    assert (like.share, like.ordered) == (1.0, 1.0)
    assert like.both < 1


def test_order_counts_in_alignment_only() -> None:
    """The same words the other way round share all and align little."""
    one, other = Words.of("harbour before treaty before quota"), Words.of("quota before treaty before harbour")
    like = Weights([one, other]).likeness(one, other)
    assert like.share == 1.0
    assert like.ordered < 0.6


def test_names_weigh_less_than_what_is_said() -> None:
    """Two sentences about the same people are not alike for that."""
    one = Words.of("the warm greetings of Prime Minister Ingrid Dahl")
    other = Words.of("two visits of Prime Minister Ingrid Dahl this year")
    like = Weights([one, other]).likeness(one, other)
    assert like.plain == 0
    assert like.share < 0.6


def test_only_wordings_that_share_something_rare_are_compared() -> None:
    """Unlike wordings make no pair."""
    wordings = [
        Words.of(SAID),
        Words.of(f"{SAID} of next year"),
        Words.of("An entirely different sentence stands here"),
    ]
    assert list(pairs(wordings, Weights(wordings))) == [(0, 1)]


def test_a_thousand_copies_are_not_compared_all_with_all() -> None:
    """Work grows with the wordings, not with their square."""
    wordings = [Words.of(f"{SAID} number {n}") for n in range(1000)]
    assert sum(1 for _ in pairs(wordings, Weights(wordings))) < 100 * len(wordings)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_between_nothing_and_all(one: str, other: str) -> None:
    """Which of two wordings comes first makes no difference."""
    a, b = Words.of(one), Words.of(other)
    weights = Weights([a, b])
    like = weights.likeness(a, b)
    assert like == weights.likeness(b, a)
    assert -1e-9 <= like.share <= 1 + 1e-9


@pytest.mark.parametrize(
    ("one", "other"),
    [("gratitude", "thank"), ("relations", "relationship"), ("significance", "important"), ("strength", "strong")],
)
def test_words_that_tell_the_same_are_compared_as_one(one: str, other: str) -> None:
    """A paraphrase thanks where the speaker spoke of gratitude."""
    assert concept(one) == concept(other)


def test_a_rare_phrase_is_no_row_of_common_words() -> None:
    """Two neighbours count where hardly anybody else has one of them."""
    said = [Words.of(f"the fishing quota of harbour number {n}") for n in range(12)]
    one, other = Words.of("narrow fishing lanes stay"), Words.of("he praised the narrow fishing boats")
    weights = Weights([*said, one, other])
    assert weights.likeness(one, other).phrases == 1
    assert weights.likeness(said[0], said[1]).phrases == 0


def test_seven_words_in_a_row_are_verbatim() -> None:
    """A long run is one speech, wherever a transcript puts its full stops; a short one is not."""
    run = "longest crossing northern icebreaker fleet since records began"
    one, other = Words.of(f"This is the {run}"), Words.of(f"{run}, and pilots welcome patience")
    weights = Weights([one, other])
    assert weights.likeness(one, other).verbatim
    assert not weights.likeness(one, Words.of("the longest crossing northern pilots welcome")).verbatim
