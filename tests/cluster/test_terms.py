"""Tests of terms and named days."""

import pytest

from communique.cluster.terms import Kind, dated, weighted
from communique.text.shingles import word_hash
from communique.text.tokens import tokens


def days(text: str) -> list[str]:
    """Days and months that a text names."""
    return [value for _, value in dated(tokens(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 4 March 2011 in Suva", "2011-03-04"),
        ("on March 4, 2011", "2011-03-04"),
        ("on March 4th, 2011", "2011-03-04"),
        ("SUVA, Mar 4 (Reef Wire)", "--03-04"),
        ("in March 2011", "2011-03"),
    ],
)
def test_days_and_months_are_read(text: str, value: str) -> None:
    """Both orders, short months, days without a year and months alone."""
    assert days(text) == [value]


@pytest.mark.parametrize("text", ["they may go", "in March", "on March 40"])
def test_a_bare_month_is_no_day(text: str) -> None:
    """A month without year or day says nothing."""
    assert days(text) == []


def test_function_words_are_no_terms() -> None:
    """Words that say nothing give no term."""
    assert weighted((), tokens("they said that it was there"), frozenset()).hashes == []


def test_plural_and_singular_are_one_term() -> None:
    """Inflected forms of a noun share their term."""
    assert set(weighted((), tokens("treaties"), frozenset()).hashes) == {word_hash("treaty")}


def test_two_numbers_side_by_side_are_a_figure() -> None:
    """Numbers a few words apart are one term of their own kind."""
    assert Kind.FIGURES in weighted((), tokens("20 of the 22 tasks"), frozenset()).kinds


def test_a_title_weighs_more_than_a_text() -> None:
    """A word of the headline counts three times."""
    title, text = weighted(tokens("herring"), (), frozenset()), weighted((), tokens("herring"), frozenset())
    assert title.counts[0] > text.counts[0]
