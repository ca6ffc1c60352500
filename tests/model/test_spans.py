"""Spans: evidence that cannot lie about what stands where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import SpanError
from communique.model.spans import Span, in_order

REPORT = "r0123456789abcdef"


@given(st.text(min_size=1), st.data())
def test_a_cut_span_holds_in_its_text(text: str, data: st.DataObject) -> None:
    """A span cut from a text is borne out by that text, whatever the characters."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.cut(REPORT, text, start, end)
    span.check(text)
    assert span.text == text[start:end]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    """A span that is empty, inverted or outside the text cannot be cut."""
    with pytest.raises(SpanError):
        Span.cut(REPORT, "Lindhaven", start, end)


def test_a_span_whose_text_has_another_length_is_refused() -> None:
    """A span cannot claim more or fewer characters than its place holds."""
    with pytest.raises(SpanError):
        Span(REPORT, 0, 4, "Quessa")


def test_a_span_that_the_report_does_not_bear_out_is_refused() -> None:
    """A span of the right length but with other words fails its check."""
    span = Span(REPORT, 0, 6, "Quessa")
    assert not span.holds("Quebec City")
    with pytest.raises(SpanError, match="does not say"):
        span.check("Quebec City")


def test_overlap_counts_shared_characters_of_one_report_only() -> None:
    """Spans of two reports never overlap, whatever their places."""
    one = Span(REPORT, 0, 6, "Quessa")
    assert one.overlap(Span(REPORT, 4, 8, "sa, ")) == 2
    assert one.overlap(Span("r" + "f" * 16, 0, 6, "Quessa")) == 0


def test_spans_come_in_order_without_repetition() -> None:
    """The same span twice is one span, and order is by report and place."""
    late, early = Span(REPORT, 5, 6, "x"), Span(REPORT, 0, 1, "y")
    assert in_order([late, early, late]) == (early, late)


def test_a_span_covers_what_lies_inside_it() -> None:
    """Covering needs the same report and both ends inside."""
    whole, part = Span(REPORT, 0, 6, "Quessa"), Span(REPORT, 1, 3, "ue")
    assert whole.covers(part)
    assert not part.covers(whole)
