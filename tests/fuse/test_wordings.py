"""How alike two wordings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.fuse.wordings import Weights, Words, pairs, stem

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
