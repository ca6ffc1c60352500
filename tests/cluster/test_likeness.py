"""Tests of likeness in words."""

from collections.abc import Callable

import numpy as np

from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.likeness import FLOOR, UNDATED, Likeness
from communique.cluster.past import Past

type Make = Callable[..., Features]


def alike(reports: list[Features], days: list[int] | None = None, window: int = 6) -> dict[tuple[int, int], float]:
    """Likeness of the pairs that are compared."""
    everyone = np.ones(len(reports), dtype=bool)
    found = Likeness(Past(), Cell(reports), days or [UNDATED] * len(reports), window, everyone).links(everyone)
    pairs = zip(found.one.tolist(), found.other.tolist(), strict=True)
    return dict(zip(pairs, found.value.tolist(), strict=True))


def test_reports_of_one_thing_are_more_alike(make: Make, narration: str) -> None:
    """Shared words raise likeness, even in a collection of three."""
    reports = [make(0, f"At dawn {narration}."), make(1, f"In Suva {narration}."), make(2, "A choir sang old songs.")]
    link = alike(reports)
    assert link[0, 1] > 0.3 > link.get((0, 2), 0)


def test_only_likeness_worth_keeping_is_kept(make: Make, narration: str, quote: str) -> None:
    """Values lie between the floor and 1, the lower place first."""
    link = alike([make(0, narration), make(1, quote), make(2, f"{quote} {narration}")])
    assert all(one < other and FLOOR <= value <= 1 + 1e-6 for (one, other), value in link.items())


def test_reports_of_far_days_are_not_compared(make: Make, narration: str) -> None:
    """Days further apart than the window are left out, and a report without a day is compared with all."""
    reports = [make(n, f"{start} {narration}.") for n, start in enumerate(("At dawn", "By noon", "In Suva", "At sea"))]
    link = alike(reports, [107, 100, 104, UNDATED])
    assert sorted(link) == [(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_a_pair_is_as_alike_whenever_it_was_published(make: Make, narration: str, quote: str) -> None:
    """The day decides whether two reports are compared, not what comes out."""
    reports = [make(0, narration), make(1, f"{quote} {narration}"), make(2, f"A choir. {quote}")]
    assert alike(reports) == alike(reports, [3, 2, 1])


def test_the_manner_of_an_outlet_is_no_evidence(make: Make) -> None:
    """Words that an outlet always uses tell its reports from nothing."""
    manner = "Our correspondent climbed the marble staircase before breakfast"
    topics = ["herring", "railways", "choirs", "glaciers", "mosaics", "lanterns"]
    house = [make(n, f"{manner}: {topic}.", outlet="Reef Wire") for n, topic in enumerate(topics)]
    mixed = [make(n, f"{manner}: {topic}.", outlet=f"Outlet {n}") for n, topic in enumerate(topics)]
    assert alike(house)[0, 1] <= alike(mixed)[0, 1]


def test_no_reports_have_no_likeness(make: Make) -> None:
    """An empty collection, and one of empty reports, gives no pairs."""
    assert alike([]) == alike([make(0, ""), make(1, "")]) == {}


def test_rows_are_worked_out_as_they_are_asked_for(make: Make, narration: str) -> None:
    """A later report's row holds all before it; what is not compared has no links."""
    reports = [make(n, f"{start} {narration}.") for n, start in enumerate(("At dawn", "By noon", "In Suva"))]
    cells, asked = [Cell(reports[:2]), Cell(reports[2:])], np.array([False, False, True])
    new = Likeness(Past(cells[:-1]), cells[-1], [100, 100, 101], 6, np.ones(3, dtype=bool)).links(asked)
    assert list(zip(new.one.tolist(), new.other.tolist(), strict=True)) == [(0, 2), (1, 2)]
    part = Likeness(Past(cells[:-1]), cells[-1], [100, 100, 101], 6, np.array([True, False, True])).links(asked)
    assert list(zip(part.one.tolist(), part.other.tolist(), strict=True)) == [(0, 2)]
