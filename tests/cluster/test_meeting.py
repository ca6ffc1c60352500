"""Tests of the runs that the reports of cells share."""

import numpy as np
import pytest

from communique.cluster.features import FURNITURE, Features
from communique.cluster.index import SEED, Cell, Segment
from communique.cluster.meeting import HOT, pairs
from communique.cluster.past import Past


def bare(number: int, words: list[int], flags: bytes | None = None, **known: object) -> Features:
    """A report of numbered words."""
    hashes = np.array(words, dtype="<u8").tobytes()
    return Features(report=f"r{number:03}", hashes=hashes, flags=flags or bytes(len(words)), **known)  # type: ignore[arg-type]


def met(*cells: Cell) -> list[tuple[int, int, list[Segment]]]:
    """The runs of some cells, whose reports come in the order of their ids."""
    return list(pairs(Past(cells[:-1]), cells[-1]))


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


@pytest.mark.parametrize("reports", [[], [bare(0, [])]])
def test_an_empty_cell_shares_nothing(reports: list[Features]) -> None:
    """No words, no runs."""
    assert met(Cell(reports)) == []
