"""The places where two reports share a run of words.

Runs are compared cell against cell, rare ones with all that share them, hot ones only with the nearest before, so that
time stays linear in practice.
"""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from communique.cluster.features import Features
from communique.cluster.index import SEED, Bools, Cell, Ints, Runs, Segment, distinct, opening
from communique.cluster.past import Past

HOT = 40
"""Reports that share a run up to which every two of them are compared; beyond, each only with the nearest before it, so
that time stays linear and `joined` still finds them all."""
_PLACES = 4
"""Places of one run in one report that are looked at."""


def pairs(past: Past, new: Cell) -> Iterator[tuple[int, int, list[Segment]]]:
    """The exact runs that reports of a cell share with one another and with those of the cells before.

    Args:
        past: the cells before.
        new: the cell; its reports are numbered after those before.

    Yields:
        the numbers of two reports, the first by id first, and their runs in the order of the text; pairs in order.
    """
    rows = _rows(_entries(past, new), len(past.reports))
    rows = _diagonals(rows, _order(rows, [*past.reports, *new.reports]))
    if not len(rows):
        return
    change = np.flatnonzero(np.any(rows[1:, :2] != rows[:-1, :2], axis=1)) + 1
    bounds = [0, *change.tolist(), len(rows)]
    plain = rows.tolist()
    for first, last in itertools.pairwise(bounds):
        yield plain[first][0], plain[first][1], [Segment(*row[2:]) for row in plain[first:last]]


def _rows(entries: Ints, fresh: int) -> Ints:
    """Report, report, place, place of every run shared with a report from a number on.

    Args:
        entries: runs as `_entries` has them.
        fresh: the number.
    """
    start = np.searchsorted(entries[:, 0], entries[:, 0])
    rank = _ranks(entries)
    last = np.searchsorted(entries[:, 0], entries[:, 0], side="right") - 1
    hot = rank[last] >= HOT
    index = np.arange(len(entries))
    back = np.where(entries[:, 1] >= fresh, index - start, 0)
    back = np.where(hot, np.minimum(back, 2 * _PLACES), back)
    right = np.repeat(index, back)
    left = right - 1 - (np.arange(len(right)) - np.repeat(np.cumsum(back) - back, back))
    told = (rank[left] != rank[right]) & (~hot[right] | (rank[right] - rank[left] == 1))
    left, right = left[told], right[told]
    return np.column_stack((entries[left, 1], entries[right, 1], entries[left, 2], entries[right, 2]))


def _entries(past: Past, new: Cell) -> Ints:
    """Run, report and place of every run of the new cell that stands in two reports.

    Sorted by run, report and place, at most `_PLACES` places of a run in a report.
    """
    before = past.meeting(distinct(new.runs.values))
    rows = np.concatenate((before, _own(new.runs, len(past.reports), before[:, 0])))
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    rows = rows[np.flatnonzero(_several(rows))]
    same = np.zeros(len(rows), dtype=bool)
    same[_PLACES:] = np.all(rows[_PLACES:, :2] == rows[:-_PLACES, :2], axis=1)
    return rows[~same]


def _own(runs: Runs, number: int, met: Ints) -> Ints:
    """The new cell's own runs that stand twice in it or were `met` in an earlier one, as `Past.meeting` has them."""
    opens = opening(runs.values)
    run = np.cumsum(opens) - 1
    kept = np.zeros(int(opens.sum()), dtype=bool)
    kept[met] = True
    kept[run[~opens]] = True
    at = np.flatnonzero(kept[run])
    return np.column_stack((run[at], runs.report[at].astype(np.int64) + number, runs.place[at].astype(np.int64)))


def _several(rows: Ints) -> Bools:
    """Which rows are of a run that stands in two reports or more."""
    if not len(rows):
        return np.zeros(0, dtype=bool)
    starts = np.flatnonzero(np.concatenate(([True], rows[1:, 0] != rows[:-1, 0])))
    sizes = np.diff(np.append(starts, len(rows)))
    low, high = np.minimum.reduceat(rows[:, 1], starts), np.maximum.reduceat(rows[:, 1], starts)
    return np.repeat(low != high, sizes)


def _ranks(entries: Ints) -> Ints:
    """For each entry, how many reports before its own share its run."""
    if not len(entries):
        return np.zeros(0, dtype=np.int64)
    other = np.concatenate(([False], np.any(entries[1:, :2] != entries[:-1, :2], axis=1)))
    running: Ints = np.cumsum(other)
    before: Ints = running[np.searchsorted(entries[:, 0], entries[:, 0])]
    return running - before


def _order(rows: Ints, reports: Sequence[Features]) -> Ints:
    """Place of each report of some rows in the order of ids, which says which one is called the first of a pair."""
    order = np.zeros(len(reports), dtype=np.int64)
    asked = sorted(np.unique(rows[:, :2]).tolist(), key=lambda number: reports[number].report)
    order[asked] = np.arange(len(asked))
    return order


def _diagonals(rows: Ints, order: Ints) -> Ints:
    """Runs that follow one another word by word made one: report, report, place, place, words; in order."""
    if not len(rows):
        return np.zeros((0, 5), dtype=np.int64)
    turned = order[rows[:, 0]] > order[rows[:, 1]]
    rows[turned] = rows[turned][:, [1, 0, 3, 2]]
    rows = rows[np.lexsort((rows[:, 2], rows[:, 2] - rows[:, 3], order[rows[:, 1]], order[rows[:, 0]]))]
    step = np.diff(rows, axis=0)
    begins = np.concatenate(([True], np.any(step != np.array([0, 0, 1, 1]), axis=1)))
    starts = np.flatnonzero(begins)
    words = np.diff(np.append(starts, len(rows))) + SEED - 1
    out: Ints = np.column_stack((rows[starts], words))
    return out[np.lexsort((out[:, 3], out[:, 2], order[out[:, 1]], order[out[:, 0]]))]
