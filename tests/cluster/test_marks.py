"""Tests of quotation marks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.marks import quoted_ranges


def quoted(text: str) -> list[str]:
    """The quoted pieces of a text."""
    return [text[start:end] for start, end in quoted_ranges(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said, \u201cthe pier stays\u201d and left.",
        'He said, "the pier stays" and left.',
        "He said, \u00abthe pier stays\u00bb and left.",
        "He said, ``the pier stays'' and left.",
    ],
)
def test_words_between_double_marks_are_quoted(text: str) -> None:
    """Curly, straight, angled and typewriter marks all open and close a quotation."""
    assert quoted(text) == ["the pier stays"]


def test_an_inch_mark_opens_nothing() -> None:
    """A straight mark behind a digit does not begin a quotation."""
    assert quoted('A 12" pipe was laid.') == []


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    """What is left open is quoted to the end of the paragraph and not beyond."""
    assert quoted("\u201cThe pier stays.\nThe rest went home.") == ["The pier stays."]


def test_a_quotation_runs_on_where_the_next_paragraph_only_closes_it() -> None:
    """A second paragraph without an opening mark belongs to the quotation that it closes."""
    assert quoted("\u201cThe pier stays.\nSo do we,\u201d he said.") == ["The pier stays.", "So do we,"]


def test_a_quotation_inside_a_quotation_does_not_end_it() -> None:
    """Curly marks nest."""
    text = "\u201cThey said \u201cno\u201d to us\u201d, she wrote."
    assert quoted(text) == [text[1 : text.index(", she") - 1]]


def test_turns_of_a_transcript_are_words_said() -> None:
    """From the first of three speaker labels on everything counts as quoted."""
    text = "Remarks at the pier\nMAYOR OLSEN: Welcome.\nMINISTER DIOP: Thank you.\nMAYOR OLSEN: Shall we?"
    assert quoted(text) == [text[text.index("MAYOR") :]]


def test_one_label_makes_no_transcript() -> None:
    """A single heading in capitals with a colon is no turn."""
    assert quoted("UPDATE: The pier stays.") == []


@given(st.text(alphabet='ab "\u201c\u201d\n'))
def test_ranges_are_in_order(text: str) -> None:
    """Ranges never overlap and lie inside the text."""
    ranges = quoted_ranges(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ranges))
    assert all(0 <= start <= end <= len(text) for start, end in ranges)


@pytest.mark.timeout(60)
def test_a_text_of_marks_is_read_to_its_end() -> None:
    """A text of nothing but marks gives ranges inside it, or none."""
    text = '"\u201c\n' * 50_000
    assert all(0 <= start <= end <= len(text) for start, end in quoted_ranges(text))
