"""Wordings side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.web.align import LONGEST, likeness, runs

WORDS = st.lists(st.sampled_from(["we", "keep", "our", "word,", "Word", "always", "—"]), max_size=30).map(" ".join)


def told(base: str, other: str) -> list[tuple[str, str]]:
    return [(r.kind, r.text) for r in runs(base, other)]


def test_what_was_added_and_left_out_is_told_word_by_word() -> None:
    """Words of one side alone are marked, shared ones are not."""
    assert told("We always keep our word", "We keep our good word") == [
        ("same", "We"),
        ("gone", "always"),
        ("same", "keep our"),
        ("new", "good"),
        ("same", "word"),
    ]


def test_case_and_punctuation_make_no_difference() -> None:
    """The same words printed another way are the same."""
    assert told("“We keep our word,”", "We keep our word.") == [("same", "We keep our word.")]


def test_a_gap_is_no_word() -> None:
    """The dots between two pieces are nobody's words."""
    assert ("new", "…") not in told("We keep it. It stays.", "We keep it. … It stays.")


def test_what_is_too_long_is_shown_as_it_is() -> None:
    """Beyond the bound nothing is aligned, and nothing is lost."""
    long = "word " * (LONGEST + 1)
    assert told("a b", long) == [("same", long)]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_both_sides_can_be_put_together_again(base: str, other: str) -> None:
    """Same and new words are the one wording; the number of same and gone ones is that of the other's words."""
    made = runs(base, other)
    assert " ".join(r.text for r in made if r.kind != "gone").split() == other.split()
    if base != other:
        assert sum(len(r.text.split()) for r in made if r.kind != "new") == len(base.split())
    assert 0 <= likeness(made) <= 1
