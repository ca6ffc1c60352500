"""Tests of shared runs of words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.index import SEED, Cell, Segment
from communique.cluster.meeting import pairs
from communique.cluster.passages import Passage, passages
from communique.cluster.past import Past


def bare(number: int, words: list[int]) -> Features:
    """A report of numbered words, none of them a function word."""
    return Features(report=f"r{number}", hashes=np.array(words, dtype="<u8").tobytes(), flags=bytes(len(words)))


def between(one: list[int], other: list[int]) -> list[Passage]:
    """Passages of two reports."""
    cell = Cell([bare(0, one), bare(1, other)])
    found = pairs(Past(), cell)
    return [p for a, b, seeds in found for p in passages(a, b, cell.lines(a), cell.lines(b), seeds)]


def test_an_exact_run_is_found_whole() -> None:
    """The passage begins and ends with the shared words."""
    run = list(range(100, 112))
    (found,) = between([1, 2, *run, 3], [*run, 4, 5])
    assert (found.a_start, found.a_end, found.b_start, found.b_end) == (2, 14, 0, 12)


def test_a_light_edit_does_not_cut_a_passage() -> None:
    """An exchanged, a dropped and an added word are grown over."""
    run = list(range(100, 130))
    edited = [*run[:10], 7, *run[11:16], *run[17:22], 8, 9, *run[22:]]
    (found,) = between(run, edited)
    assert (found.a_start, found.a_end, len(found.pairs)) == (0, 30, 28)


def test_a_seed_that_is_a_part_of_a_run_grows_into_it() -> None:
    """What follows a seed word by word belongs to its run: how long a run is does not hang on where it was found."""
    words = Cell([bare(0, list(range(30)))]).lines(0)
    (found,) = passages(0, 1, words, words, [Segment(10, 10, SEED)])
    assert found.runs == (Segment(0, 0, 30),)


def test_a_run_shorter_than_a_seed_is_none() -> None:
    """Few shared words are nobody's."""
    run = list(range(SEED - 1))
    assert between([*run, 50], [*run, 60]) == []


@given(st.lists(st.integers(0, 9), max_size=40), st.lists(st.integers(0, 9), max_size=40))
def test_paired_words_are_equal_and_in_order(one: list[int], other: list[int]) -> None:
    """Whatever the reports, a passage pairs equal words, ascending on both sides."""
    for found in between(one, other):
        assert all(one[i] == other[j] for i, j in found.pairs)
        assert all(a < c and b < d for (a, b), (c, d) in zip(found.pairs, found.pairs[1:], strict=False))
