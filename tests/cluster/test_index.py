"""Tests of cells laid out, and of the runs that their reports share."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.index import Cell, ordered, rolled
from communique.text.shingles import shingles


def bare(number: int, words: list[int], flags: bytes | None = None, **known: object) -> Features:
    """A report of numbered words."""
    hashes = np.array(words, dtype="<u8").tobytes()
    return Features(report=f"r{number:03}", hashes=hashes, flags=flags or bytes(len(words)), **known)  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=30), st.integers(1, 8))
def test_runs_are_hashed_as_elsewhere(words: list[int], size: int) -> None:
    """Flat arrays give the hashes that the plain reader gives."""
    assert rolled(np.array(words, dtype=np.uint64), size).tolist() == shingles(words, size)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_equal_hashes_keep_their_order(values: list[int]) -> None:
    """The order is that of a stable sort, whatever machine sorts."""
    assert ordered(np.array(values, dtype=np.uint64)).tolist() == sorted(range(len(values)), key=values.__getitem__)


def test_terms_of_a_cell_are_counted_together() -> None:
    """Numbers go by hash over all reports, counts are those of reports."""
    terms = [np.array(t, dtype="<u8").tobytes() for t in ([1, 5], [5, 9], [5])]
    cell = Cell([Features(report=str(n), terms=term, kinds=bytes(2)) for n, term in enumerate(terms)])
    assert cell.terms.number.tolist() == [0, 1, 1, 2, 1]
    assert cell.terms.counts.tolist() == [1, 3, 1]


def test_one_line_in_a_report_counts_once() -> None:
    """A site's runs are counted by report; without an outlet there is no site."""
    run = list(range(5))
    assert len(Cell([bare(0, [*run, 77, *run], outlet="Reef Wire")]).site.values) == 6
    assert len(Cell([bare(0, run)]).site.values) == 0
