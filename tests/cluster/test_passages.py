"""Tests of shared runs of words."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.passages import HOT, SEED, Lines, Passage, lines, passages
from communique.model.reports import Furniture, FurnitureKind

type Make = Callable[..., Features]


def bare(words: list[int]) -> Lines:
    """A report of numbered words, none of them a function word."""
    return Lines(words, bytes(len(words)), list(range(len(words))))


def between(one: list[int], other: list[int]) -> list[Passage]:
    """Passages of two reports."""
    return list(passages([bare(one), bare(other)]))


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


def test_a_run_shorter_than_a_seed_is_none() -> None:
    """Few shared words are nobody's."""
    run = list(range(SEED - 1))
    assert between([*run, 50], [*run, 60]) == []


def test_furniture_is_not_compared(make: Make) -> None:
    """Site lines that are marked open no passage."""
    text = "Read all our stories about boats and piers every day of the week."
    marks = (Furniture(0, len(text), FurnitureKind.PROMOTION),)
    reports = [lines(make(n, text, furniture=marks)) for n in (1, 2)]
    assert list(passages(reports)) == []


def test_copies_in_very_many_reports_stay_connected() -> None:
    """Beyond the cap each report is compared with the next, so that none is lost."""
    run = list(range(20))
    found = list(passages([bare([1000 + n, *run]) for n in range(HOT + 5)]))
    assert {(p.a, p.b) for p in found} == {(n, n + 1) for n in range(HOT + 4)}


@given(st.lists(st.integers(0, 9), max_size=40), st.lists(st.integers(0, 9), max_size=40))
def test_paired_words_are_equal_and_in_order(one: list[int], other: list[int]) -> None:
    """Whatever the reports, a passage pairs equal words, ascending on both sides."""
    for found in between(one, other):
        assert all(one[i] == other[j] for i, j in found.pairs)
        assert all(a < c and b < d for (a, b), (c, d) in zip(found.pairs, found.pairs[1:], strict=False))
