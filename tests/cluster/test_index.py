"""Tests of cells laid out, and of the runs that their reports share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.features import FURNITURE, Features
from communique.cluster.index import HOT, SEED, Cell, Segment, ordered, pairs, rolled, summed
from communique.text.shingles import shingles


def bare(number: int, words: list[int], flags: bytes | None = None, **known: object) -> Features:
    """A report of numbered words."""
    hashes = np.array(words, dtype="<u8").tobytes()
    return Features(report=f"r{number:03}", hashes=hashes, flags=flags or bytes(len(words)), **known)  # type: ignore[arg-type]


def met(*cells: Cell) -> list[tuple[int, int, list[Segment]]]:
    """The runs of some cells, whose reports come in the order of their ids."""
    return list(pairs(cells, np.arange(sum(len(cell.reports) for cell in cells))))


@given(st.lists(st.integers(0, 2**64 - 1), max_size=30), st.integers(1, 8))
def test_runs_are_hashed_as_elsewhere(words: list[int], size: int) -> None:
    """Flat arrays give the hashes that the plain reader gives."""
    assert rolled(np.array(words, dtype=np.uint64), size).tolist() == shingles(words, size)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_equal_hashes_keep_their_order(values: list[int]) -> None:
    """The order is that of a stable sort, whatever machine sorts."""
    assert ordered(np.array(values, dtype=np.uint64)).tolist() == sorted(range(len(values)), key=values.__getitem__)


def test_shared_runs_are_told_as_long_as_they_are() -> None:
    """Runs that follow one another word by word are one."""
    run = list(range(100, 112))
    assert met(Cell([bare(0, [1, 2, *run, 3]), bare(1, [*run, 4])])) == [(0, 1, [Segment(2, 0, 12)])]


def test_no_run_reaches_from_one_report_into_the_next() -> None:
    """Reports that lie side by side in memory are still two."""
    words = list(range(10))
    assert met(Cell([bare(0, words[:4]), bare(1, words[4:]), bare(2, words)])) == [(1, 2, [Segment(0, 4, 6)])]


def test_only_pairs_of_the_last_cell_are_told() -> None:
    """What earlier cells share among themselves was told before."""
    run = list(range(20))
    found = met(Cell([bare(0, run), bare(1, run)]), Cell([bare(2, run)]))
    assert [(a, b) for a, b, _ in found] == [(0, 2), (1, 2)]


def test_marked_and_masked_words_are_not_compared() -> None:
    """Furniture opens no run, whether it was marked in the report or learnt; places skip it."""
    run = list(range(20))
    marked = bare(0, run, bytes([FURNITURE] * 20))
    assert met(Cell([marked, bare(1, run)])) == []
    cell = Cell([bare(0, [*range(50, 60), *run]), bare(1, [*range(50, 60), *run])])
    cell.mask({"r000": [(0, 10)]})
    assert met(cell) == [(0, 1, [Segment(0, 10, 20)])]
    assert cell.lines(0).places == list(range(10, 30))
    cell.mask({})
    assert met(cell) == [(0, 1, [Segment(0, 0, 30)])]


def test_copies_in_very_many_reports_stay_connected() -> None:
    """Beyond the cap each report is compared with the one before, so that none is lost."""
    run = list(range(20))
    found = met(Cell([bare(n, [1000 + n, *run]) for n in range(HOT + 5)]))
    assert {(a, b) for a, b, _ in found} == {(n, n + 1) for n in range(HOT + 4)}


def test_up_to_the_cap_every_two_are_compared() -> None:
    """The cap counts reports, not places."""
    run = list(range(SEED))
    found = met(Cell([bare(n, [*run, 1000 + n, *run]) for n in range(5)]))
    assert len(found) == 10
    assert all(len(segments) == 4 for _, _, segments in found)


def test_terms_of_several_cells_are_counted_together() -> None:
    """Numbers go by hash over all cells, counts are those of reports."""
    terms = [np.array(t, dtype="<u8").tobytes() for t in ([1, 5], [5, 9], [5])]
    cells = [
        Cell([Features(report="a", terms=terms[0], kinds=b"\0\0"), Features(report="b", terms=terms[1], kinds=b"\0\0")])
    ]
    cells.append(Cell([Features(report="c", terms=terms[2], kinds=b"\0")]))
    numbers, counts = summed([cell.terms for cell in cells])
    assert [n.tolist() for n in numbers] == [[0, 1, 1, 2], [1]]
    assert counts.tolist() == [1, 3, 1]


def test_one_line_in_a_report_counts_once() -> None:
    """A site's runs are counted by report; without an outlet there is no site."""
    run = list(range(5))
    assert len(Cell([bare(0, [*run, 77, *run], outlet="Reef Wire")]).site.values) == 6
    assert len(Cell([bare(0, run)]).site.values) == 0


@pytest.mark.parametrize("reports", [[], [bare(0, [])]])
def test_an_empty_cell_shares_nothing(reports: list[Features]) -> None:
    """No words, no runs."""
    assert met(Cell(reports)) == []
