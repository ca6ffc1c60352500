"""Tests of stable hashes of words and runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.shingles import shingles, word_hash

WORDS = st.lists(st.sampled_from("peace trade fish rail the".split()), max_size=30)  # noqa: SIM905 - reads as a sentence


def test_a_word_hash_never_changes() -> None:
    """The hash is pinned, for stored features depend on it."""
    assert word_hash("protocol") == 0x1059D8E8E28CD9D


@given(WORDS, st.integers(1, 6))
def test_one_hash_for_every_run(words: list[str], size: int) -> None:
    """A text of n words has n - size + 1 runs, none where it is shorter."""
    assert len(shingles([word_hash(w) for w in words], size)) == max(0, len(words) - size + 1)


@given(WORDS, st.integers(1, 6))
def test_equal_runs_and_only_they_have_equal_hashes(words: list[str], size: int) -> None:
    """The hash of a run depends on its words alone, not on what stands before."""
    found = shingles([word_hash(w) for w in words], size)
    runs = [tuple(words[n : n + size]) for n in range(len(found))]
    assert all((found[a] == found[b]) == (runs[a] == runs[b]) for a in range(len(runs)) for b in range(len(runs)))


def test_a_run_of_no_words_is_refused() -> None:
    """Size 0 makes no sense."""
    with pytest.raises(ValueError, match="0 words"):
        shingles([1, 2], 0)
