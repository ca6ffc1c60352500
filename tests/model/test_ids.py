"""Ids as functions of content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import ids

SHA = "0" * 64


def test_the_same_words_from_another_outlet_are_another_report() -> None:
    """Content, outlet, address and given id each make a difference, and nothing else does."""
    made = {
        ids.report_id(SHA, None, None, None),
        ids.report_id(SHA, "Northern Wire", None, None),
        ids.report_id(SHA, None, "Northern Wire", None),
        ids.report_id(SHA, None, None, "Northern Wire"),
        ids.report_id("1" * 64, None, None, None),
    }
    assert len(made) == 5
    assert ids.report_id(SHA, None, None, None) in made


@given(st.lists(st.one_of(st.none(), st.text())), st.lists(st.one_of(st.none(), st.text())))
def test_different_parts_have_different_digests(one: list[str | None], other: list[str | None]) -> None:
    """Parts cannot be shifted across their borders without changing the digest."""
    assert (ids.digest(*one) == ids.digest(*other)) == (one == other)


@given(st.integers(0, 10**6), st.integers(1, 10**3))
def test_a_mention_id_can_be_taken_apart(start: int, length: int) -> None:
    """A mention id names its report, place and kind."""
    report = ids.report_id(SHA, None, None, None)
    key = ids.mention_key(ids.mention_id(report, "e", start, start + length))
    assert key == (report, start, start + length, "e")


def test_mentions_sort_by_place_not_by_spelling() -> None:
    """Character 9 comes before character 10."""
    report = ids.report_id(SHA, None, None, None)
    early, late = ids.mention_id(report, "n", 9, 12), ids.mention_id(report, "n", 10, 12)
    assert sorted([late, early], key=ids.mention_key) == [early, late]


@pytest.mark.parametrize("text", ["", "atjc", "r12.e1-2", "r0123456789abcdef.e1-", "r0123456789abcdef.e1-2 "])
def test_other_texts_are_no_mention_ids(text: str) -> None:
    """What has another form is refused."""
    assert not ids.is_mention_id(text)
    with pytest.raises(ValueError, match="not a mention id"):
        ids.mention_key(text)
