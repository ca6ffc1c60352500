"""Tests of word tokens."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.tokens import normal, tokens


def norms(text: str) -> list[str]:
    """Normal forms of a text's tokens."""
    return [token.norm for token in tokens(text)]


def test_apostrophes_stay_inside_words_and_read_the_same() -> None:
    """A curly and a straight apostrophe give one normal form."""
    assert norms("Lapland\u2019s envoy doesn't") == ["lapland's", "envoy", "doesn't"]


def test_hyphens_and_dashes_part_words() -> None:
    """A hyphen and a dash give the same tokens."""
    assert norms("Chile-Ghana") == norms("Chile\u2013Ghana") == ["chile", "ghana"]


def test_numbers_keep_their_inner_marks() -> None:
    """A thousand's comma and a decimal stop belong to the number, a sentence's stop does not."""
    assert norms("1,250.5 tonnes in 2019.") == ["1,250.5", "tonnes", "in", "2019"]


def test_composed_and_decomposed_letters_read_the_same() -> None:
    """A letter with a combining mark is one word with the composed letter."""
    assert norms("e\u0301te\u0301") == norms("\u00e9t\u00e9") == ["\u00e9t\u00e9"]


def test_a_text_without_words_has_no_tokens() -> None:
    """Punctuation, symbols and blanks give nothing."""
    assert tokens(" \u2026 \u2014 !? \n") == []


@given(st.text())
def test_places_cut_the_words_in_order(text: str) -> None:
    """Every token's place holds its word, and places ascend without touching one another's characters."""
    found = tokens(text)
    assert all(normal(text[t.start : t.end]) == t.norm for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text())
def test_every_letter_and_digit_belongs_to_a_token(text: str) -> None:
    """No letter or digit is lost between tokens."""
    covered = {i for t in tokens(text) for i in range(t.start, t.end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["a", "1,", "'a", "1.1", "e\u0301", "\u0301", "a'"])
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    """A long text of one hostile unit is read, in order and inside the text."""
    text = unit * 100_000
    found = tokens(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= t.start < t.end <= len(text) for t in found[-1:])
