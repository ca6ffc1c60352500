"""Tests of what is kept of the likeness of the last cells."""

from collections.abc import Callable, Sequence

import pytest

from communique.cluster import cells as calendar
from communique.cluster.cells import Stretch
from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.likeness import Links
from communique.cluster.weighing import Known, Weighing

type Make = Callable[..., Features]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells are compared with the two before them."""
    monkeypatch.setattr(calendar, "STORY_CELLS", 2)


class Collection:
    """A report a day, each a cell of its own, and how often cells were laid out."""

    def __init__(self, make: Make, narration: str, days: int) -> None:
        """Make the reports."""
        self.reports = [make(n, f"Day {n}: {narration}.", published=f"2011-03-{n + 1:02}") for n in range(days)]
        self.laid: list[str] = []

    def cells(self, end: int) -> list[Known]:
        """The cells up to a day, end exclusive."""
        return [(f"hash of {n}", Stretch(f"day {n}", (r.report,), ())) for n, r in enumerate(self.reports[:end])]

    def lay(self, digest: str, cell: Stretch) -> Cell:
        """A cell laid out."""
        self.laid.append(digest)
        return Cell([report for report in self.reports if report.report in cell.reports])


def told(found: Links) -> Sequence[Sequence[float]]:
    """Links in plain numbers."""
    return [side.tolist() for side in found]


def test_what_is_kept_changes_nothing(make: Make, narration: str) -> None:
    """Days placed one after another are as alike as where one is asked for alone, and going back is no harm."""
    days = Collection(make, narration, 9)
    kept = Weighing(days.lay)
    for end in (1, 2, 3, 4, 5, 6, 7, 8, 9, 4, 9, 8):
        assert told(kept.among(days.cells(end))) == told(Weighing(days.lay).among(days.cells(end)))


def test_only_three_times_the_cells_have_a_say(make: Make, narration: str) -> None:
    """What lies further back is not asked for, so a hash of the cells between covers all that likeness depends on."""
    days = Collection(make, narration, 9)
    cells = days.cells(9)
    assert told(Weighing(days.lay).among(cells[-7:])) == told(Weighing(days.lay).among(cells))
    assert set(days.laid) == {digest for digest, _ in cells[-7:]}


def test_one_more_report_weighs_its_own_cell_only(make: Make, narration: str) -> None:
    """The cells before are weighed already."""
    days = Collection(make, narration, 9)
    kept = Weighing(days.lay)
    kept.among(days.cells(9))
    days.laid.clear()
    changed = ("another hash", days.cells(9)[-1][1])
    kept.among([*days.cells(8), changed])
    assert days.laid == ["another hash"]
