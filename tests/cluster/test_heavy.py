"""Tests of passages over heavily edited stretches."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.heavy import GAP, Stretch, aligned, chained
from communique.cluster.index import Lines, Segment

RUN = 6


def bare(words: list[int]) -> Lines:
    """A report of numbered words, none of them a function word."""
    return Lines(words, bytes(len(words)), list(range(len(words))))


def joined(one: list[int], other: list[int]) -> int:
    """How many passages are left of two shared runs, one at either end of both reports."""
    ends = [[Segment(0, 0, RUN)], [Segment(len(one) - RUN, len(other) - RUN, RUN)]]
    return len(chained(ends, bare(one), bare(other)))


def between(middle: list[int]) -> list[int]:
    """A report with a stretch between two runs of its own."""
    return [*range(RUN), *middle, *range(50, 50 + RUN)]


def test_an_edited_stretch_belongs_to_the_passage() -> None:
    """Where half of the words between two runs are the same, all of it is one passage."""
    assert joined(between(list(range(100, 120))), between([n if n % 2 else n + 900 for n in range(100, 120)])) == 1


def test_a_stretch_of_other_words_does_not() -> None:
    """Two runs with different sentences between them are two passages."""
    assert joined(between(list(range(100, 120))), between(list(range(200, 220)))) == 2


def test_a_dropped_sentence_parts_passages() -> None:
    """A stretch that only one report has is no edit."""
    assert joined(between(list(range(100, 120))), between([])) == 2


def test_runs_far_apart_are_two_passages() -> None:
    """Beyond the longest stretch nothing is aligned."""
    words = list(range(100, 101 + GAP))
    assert joined(between(words), between([n if n % 2 else n + 900 for n in words])) == 2


def test_runs_in_another_order_are_two_passages() -> None:
    """A passage goes forwards in both reports."""
    words = bare(list(range(40)))
    assert len(chained([[Segment(0, 20, 2)], [Segment(10, 5, 2)]], words, words)) == 2


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_aligned_words_are_equal_and_in_order(one: list[int], other: list[int]) -> None:
    """An alignment pairs equal words, ascending on both sides, and has no direction in length."""
    found = aligned(bare(one), bare(other), Stretch(0, len(one), 0, len(other)))
    back = aligned(bare(other), bare(one), Stretch(0, len(other), 0, len(one)))
    assert all(one[i] == other[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(found))
    assert len(found) == len(back)
