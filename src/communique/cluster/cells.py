"""Stretches of days in which reports are placed, one after the other, so that no more than a window is held at a time.

A small collection is one cell: every report is compared with every other. In a large one a cell is so many days that it
holds about `CELL_REPORTS` reports, at least one day; its reports are placed among those of the cells just before it.
What a cell gives depends on itself and on those before it, never on what comes later, nor on the order of arrival.
"""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

SMALL = 2000
"""Reports up to which a collection is one cell."""
CELL_REPORTS = 32
"""Reports of a cell, about; a day with more of them is a cell all the same."""
STORY_CELLS = 7
"""Cells before a new one that say how rare a word is, the days within which stories can grow among them. On
allsides-to2018, cut into cells of 32 and 128 reports, B-cubed is .899 and .902 and pairwise .686 and .707."""
REUSE_CELLS = 30
"""Cells before a new one in which copied words are looked for, at least; about a thousand reports."""
REUSE_DAYS = 30
"""The same in days, at least."""
BLOCK_CELLS = 8
"""Cells that make up a block where none is empty; of the oldest block all are near, so that it is looked up as one."""


class Stretch(NamedTuple):
    """A cell's reports by id, sorted, and the cells before it that it is compared with, by their places, ascending.

    Attributes:
        name: its first day, or what it holds where that is no day; the same as long as its days are.
        reports: ids.
        near: cells in which copied words are looked for; the last `STORY_CELLS` of them say how rare a word is.
        block: number of the block to which it belongs.
    """

    name: str
    reports: tuple[str, ...]
    near: tuple[int, ...]
    block: int = 0


def stretches(days: Mapping[str, str | None]) -> list[Stretch]:
    """The cells of a collection, by day; reports without a day come last, in one cell of their own.

    Args:
        days: day of publication of each report, `YYYY-MM-DD`, where known.
    """
    if len(days) <= SMALL:
        return [Stretch("all", tuple(sorted(days)), ())] if days else []
    known = {report: number for report, day in days.items() if (number := _ordinal(day))}
    length = days_of_a_cell(len(known), len(set(known.values())))
    members: dict[int, list[str]] = defaultdict(list)
    for report, day in known.items():
        members[day // length].append(report)
    order = sorted(members)
    out = []
    for at, cell in enumerate(order):
        first = next(n for n in range(max(0, at - _reach(length)), at + 1) if _within(order[n], cell, length, at - n))
        first = bisect_left(order, order[first] // BLOCK_CELLS * BLOCK_CELLS)
        reports = tuple(sorted(members[cell]))
        out.append(Stretch(_name(cell, length), reports, tuple(range(first, at)), cell // BLOCK_CELLS))
    undated = tuple(sorted(days.keys() - known.keys()))
    return [*out, Stretch("undated", undated, ())] if undated else out


def cell_of(day: str | None, length: int) -> str | None:
    """Name of the cell of a day, in a large collection with cells of so many days; None where the day is unknown."""
    known = _ordinal(day)
    return _name(known // length, length) if known else None


def _name(cell: int, length: int) -> str:
    return f"{dt.date.fromordinal(max(1, cell * length))}+{length}"


def days_of_a_cell(reports: int, days: int) -> int:
    """Days of a cell: the largest power of two that holds no more than `CELL_REPORTS` in the mean, at least one."""
    length = 1
    while days and 2 * length * reports <= CELL_REPORTS * days:
        length *= 2
    return length


def _reach(length: int) -> int:
    return max(REUSE_CELLS, 3 * STORY_CELLS, -(-REUSE_DAYS // length))


def _within(cell: int, other: int, length: int, back: int) -> bool:
    """Whether an earlier cell is near: among the last `REUSE_CELLS`, or within `REUSE_DAYS`.

    So are those that weigh what a cell that can be joined is compared with (`weighing`).
    """
    return back <= max(REUSE_CELLS, 3 * STORY_CELLS) or (other - cell) * length <= REUSE_DAYS


def _ordinal(day: str | None) -> int:
    try:
        return dt.date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0
