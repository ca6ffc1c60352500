"""Tests of the days in which reports are placed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from communique.cluster import cells
from communique.cluster.cells import BLOCK_CELLS, CELL_REPORTS, REUSE_CELLS, SMALL, stretches


def daily(days: int, rate: int) -> dict[str, str | None]:
    """Reports of some days at one rate."""
    start = dt.date(2011, 3, 1)
    return {f"r{d:05}-{n}": (start + dt.timedelta(d)).isoformat() for d in range(days) for n in range(rate)}


def test_a_small_collection_is_one_cell() -> None:
    """Every report is compared with every other."""
    (cell,) = stretches(daily(SMALL, 1))
    assert len(cell.reports) == SMALL
    assert cell.near == ()


def test_an_empty_collection_has_no_cell() -> None:
    """Nothing is placed."""
    assert stretches({}) == []


def test_a_busy_day_is_a_cell() -> None:
    """A cell is never less than a day, however many reports it has."""
    found = stretches(daily(21, 100))
    assert [len(cell.reports) for cell in found] == [100] * 21


def test_quiet_days_share_a_cell() -> None:
    """A cell holds about as many reports as it should."""
    found = stretches(daily(1100, 2))
    assert {len(cell.reports) for cell in found[1:-1]} == {CELL_REPORTS}


def test_near_cells_are_the_last_ones() -> None:
    """Cells before, in order, no more than the window holds and the rest of its oldest block."""
    found = stretches(daily(60, 40))
    assert found[0].near == ()
    first = found[50].near[0]
    assert found[50].near == tuple(range(first, 50))
    assert 50 - REUSE_CELLS - BLOCK_CELLS < first <= 50 - REUSE_CELLS
    assert found[first].block > found[first - 1].block


def test_reports_without_a_day_come_last() -> None:
    """They are a cell of their own in a large collection; a day that is none counts as unknown."""
    found = stretches({**daily(21, 100), "x": None, "y": "soon"})
    assert found[-1].reports == ("x", "y")
    assert found[-1].near == ()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=120))
def test_cells_partition_the_reports(days: list[int]) -> None:
    """Every report is in exactly one cell, and no cell looks ahead."""
    start = dt.date(2011, 3, 1)
    given_ = {f"r{n}": (start + dt.timedelta(d)).isoformat() for n, d in enumerate(days)}
    small, cells.SMALL = cells.SMALL, 0
    try:
        found = stretches(given_)
    finally:
        cells.SMALL = small
    assert sorted(r for cell in found for r in cell.reports) == sorted(given_)
    assert all(n < at for at, cell in enumerate(found) for n in cell.near)
