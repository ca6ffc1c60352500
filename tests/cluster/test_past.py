"""Tests of what is known of the cells before."""

import gc
import weakref

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.index import Block, Cell, Hashes, Ints, met
from communique.cluster.past import Past

REPORTS = st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=14), min_size=1, max_size=5)


def cell(first: int, reports: list[list[int]]) -> Cell:
    """A cell of reports of numbered words."""
    made = []
    for number, words in enumerate(reports, first):
        terms = np.unique(np.array(words, dtype="<u8"))
        hashes = np.array(words, dtype="<u8").tobytes()
        counts, kinds = np.ones(len(terms), dtype="<u2").tobytes(), bytes(len(terms))
        known = {
            "hashes": hashes,
            "flags": bytes(len(words)),
            "terms": terms.tobytes(),
            "counts": counts,
            "kinds": kinds,
        }
        made.append(Features(report=f"r{number:02}", outlet="Reef Wire", **known))  # type: ignore[arg-type]
    return Cell(made)


def asked(runs: Hashes, some: list[int]) -> Hashes:
    """Some of the runs of a cell, and others that nobody has."""
    return np.unique(np.concatenate((runs[[n % len(runs) for n in some]], np.array([7, 2**63], dtype=np.uint64))))


def unrelated(past: Past, values: Hashes, told: Ints) -> list[int]:
    """Under how many happenings each run stands."""
    before, rows = past.unrelated(values, told)
    happenings = {(value, happening) for value, happening in rows.tolist()}
    return (before + np.bincount([value for value, _ in happenings], minlength=len(values))).tolist()


@given(st.lists(REPORTS, min_size=3, max_size=5), st.data())
def test_cells_in_blocks_answer_as_each_by_itself(bodies: list[list[list[int]]], data: st.DataObject) -> None:
    """Blocks are quicker to ask, and nothing else: whatever stories lie across them, whatever is masked."""
    cells, same = ([cell(9 * n, some) for n, some in enumerate(bodies)] for _ in range(2))
    for one, other in zip(cells, same, strict=True):
        masked = {one.reports[0].report: [(0, data.draw(st.integers(0, 3)))]}
        one.mask(masked)
        other.mask(masked)
    past, blocks = Past(cells), Past(same, [Block(same[:2]), *same[2:]])
    told = past.cell_of.copy()
    for report in data.draw(st.lists(st.integers(0, len(told) - 1), max_size=3)):
        told[report] = len(cells)
    runs = np.unique(np.concatenate([each.runs.values for each in cells]))
    lines = np.unique(np.concatenate([each.site.values for each in cells]))
    assert past.meeting(runs).tolist() == blocks.meeting(runs).tolist()
    assert past.counts(lines, "us").tolist() == blocks.counts(lines, "us").tolist()
    expected = [len({told[n] for n in met(lines[at : at + 1], whole(cells).site, 0)[:, 1]}) for at in range(len(lines))]
    assert unrelated(past, lines, told) == unrelated(blocks, lines, told) == expected


def whole(cells: list[Cell]) -> Cell:
    """All reports in one cell."""
    return Cell([report for each in cells for report in each.reports])


@given(REPORTS, REPORTS, st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=6), min_size=2, max_size=4))
def test_what_was_answered_before_changes_no_answer(
    one: list[list[int]], other: list[list[int]], questions: list[list[int]]
) -> None:
    """Whatever was asked first, a question is answered as if it were the first."""
    cells = [cell(0, one), cell(50, other)]
    past = Past(cells)
    for some in questions:
        runs, lines = asked(cells[0].runs.values, some), asked(cells[1].site.values, some)
        assert past.meeting(runs).tolist() == Past(cells).meeting(runs).tolist()
        assert unrelated(past, lines, past.cell_of) == unrelated(Past(cells), lines, past.cell_of)
        assert past.counts(lines, "us").tolist() == Past(cells).counts(lines, "us").tolist()


@given(REPORTS, REPORTS, REPORTS)
def test_terms_are_counted_over_all_cells(one: list[list[int]], other: list[list[int]], new: list[list[int]]) -> None:
    """A term stands in as many reports as if all had been counted at once, by outlet as well, asked again or not."""
    cells, asking = [cell(0, one), cell(50, other)], cell(90, new)
    past, together = Past(cells), whole(cells)
    for _ in range(2):
        for values, found, all_ in (
            (asking.terms.values, past.held(asking.terms.values), together.terms),
            (asking.manner.values, past.manner(asking.manner.values), together.manner),
        ):
            counts = dict(zip(all_.values.tolist(), all_.counts.tolist(), strict=True))
            assert found.tolist() == [counts.get(value, 0) for value in values.tolist()]


def test_without_cells_nothing_is_known() -> None:
    """The first cell has nothing before it."""
    values = np.array([1, 2], dtype=np.uint64)
    assert Past().meeting(values).tolist() == []
    assert Past().counts(values, "us").tolist() == [0, 0]
    assert Past().held(values).tolist() == Past().manner(values).tolist() == [0, 0]


def test_what_is_known_is_let_go_of_at_once() -> None:
    """Nothing refers to it in a circle, so a window of cells is never held twice until somebody looks for circles."""
    gc.disable()
    try:
        past = Past([cell(0, [[0, 1, 2, 3, 4, 0, 1]]), cell(1, [[1, 2, 3, 4, 0, 1, 2]])])
        values = np.unique(past.cells[0].runs.values)
        assert len(past.meeting(values))
        past.unrelated(values, past.cell_of)
        past.counts(values, "anybody")
        gone = weakref.ref(past)
        del past
        assert gone() is None
    finally:
        gc.enable()
