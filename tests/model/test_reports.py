"""Reports and their heads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model.reports import Head, PublishedFrom, Report, merged

ID = "r0123456789abcdef"

heads = st.builds(
    Head,
    id=st.just(ID),
    name=st.sampled_from(["a.txt", "b.txt", "c.txt"]),
    sha256=st.just("0" * 64),
    chars=st.just(3),
    title=st.sampled_from([None, "One", "Two"]),
    published=st.sampled_from([None, "2025-05-20", "2025-05-21"]),
    published_from=st.sampled_from([None, *PublishedFrom]),
    extra=st.dictionaries(st.sampled_from("xy"), st.sampled_from("12")),
)


@given(heads, heads)
def test_a_report_that_arrives_twice_has_one_head_whichever_came_first(one: Head, other: Head) -> None:
    """Merging heads does not depend on their order."""
    assert merged(one, other) == merged(other, one)


@given(heads, heads, heads)
def test_merging_three_heads_does_not_depend_on_the_grouping(one: Head, two: Head, three: Head) -> None:
    """The name is the smallest and the most trusted publication time wins, in any grouping."""
    left, right = merged(merged(one, two), three), merged(one, merged(two, three))
    assert (left.name, left.published, left.published_from) == (right.name, right.published, right.published_from)


def test_heads_of_two_reports_are_not_merged() -> None:
    """Different reports stay different."""
    with pytest.raises(ValueError, match="different reports"):
        merged(Head(id=ID, name="a", sha256="0", chars=1), Head(id="r" + "f" * 16, name="a", sha256="0", chars=1))


def test_the_day_of_publication_is_the_one_the_report_states() -> None:
    """The day is read in the report's own zone, not in the reader's."""
    head = Head(id=ID, name="a", sha256="0", chars=1, published="2024-05-14T23:30:00+05:30")
    assert head.published_day == "2024-05-14"


def test_a_report_cuts_its_own_spans() -> None:
    """A span of a report carries the report's id and words, astral characters counted once."""
    report = Report(Head(id=ID, name="a", sha256="0", chars=3), "a😀b")
    assert report.span(1, 2).text == "😀"
    assert report.span(2, 3).text == "b"
