"""Ordinal numbers in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.ordinals import ordinal, ordinals, roman


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the 21st session", [21]),
        ("the twenty-first and the sixth", [21, 6]),
        ("Thirty second meeting, 3 rd round", [32, 3]),
        ("the hundredth day and the twelfth", [100, 12]),
        ("in 21 steps, stanza XXI, thirsty", []),
    ],
)
def test_values(text: str, values: list[int]) -> None:
    """Digits with endings and words are read, cardinal and Roman numbers are not."""
    assert [o.value for o in ordinals(text)] == values


def test_places() -> None:
    """An ordinal's place is that of its words in the text."""
    text = "At the forty-third session"
    (found,) = ordinals(text)
    assert text[found.start : found.end] == "forty-third"


@given(st.integers(1, 9999), st.text(alphabet=" .,;", max_size=5))
def test_digits_come_back(number: int, around: str) -> None:
    """Every number with an ending is read with its value, whatever punctuation stands around it."""
    assert [o.value for o in ordinals(f"{around}{number}th{around}")] == [number]


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (112, "112th")],
)
def test_an_ordinal(number: int, word: str) -> None:
    """The teens are th."""
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("text", "value"),
    [("the XXI ", 21), ("The IV regular ", 4), ("its XLIX ", 49), ("XIX ordinary ", 19), ("the Minsk II ", None)],
)
def test_a_roman_number_counts_the_noun_behind_it(text: str, value: int | None) -> None:
    """Behind an article alone: what follows a name is part of the name."""
    found = roman(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize("text", ["the I", "the MIX ", "the IIII ", "the ", "", "the vi "])
def test_what_is_no_roman_number_counts_nothing(text: str) -> None:
    """A pronoun, a word in capitals, a number that nobody writes, small letters."""
    assert roman(text) is None
