"""Tests of likeness in words."""

import datetime as dt
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.cluster import likeness
from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.likeness import FLOOR, UNDATED, Links, Weighed, links
from communique.cluster.past import Past

type Make = Callable[..., Features]


def alike(reports: list[Features], days: list[int] | None = None, window: int = 6) -> dict[tuple[int, int], float]:
    """Likeness of the pairs that are compared."""
    dated = [
        msgspec.structs.replace(report, published=None if day == UNDATED else dt.date.fromordinal(day).isoformat())
        for report, day in zip(reports, days or [UNDATED] * len(reports), strict=True)
    ]
    return values(links([], Weighed(Past(), Cell(dated)), window))


def values(found: Links) -> dict[tuple[int, int], float]:
    """Likeness by pair."""
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


def weighed(cells: list[list[Features]]) -> list[Weighed]:
    """Cells, each weighed by all before it."""
    laid = [Cell(cell) for cell in cells]
    return [Weighed(Past(laid[:at]), cell) for at, cell in enumerate(laid)]


def test_a_cell_is_compared_with_those_before_it(make: Make, narration: str) -> None:
    """Earlier reports are numbered backwards, and those too long ago are left out."""
    days = ("2011-03-01", "2011-03-06", "2011-03-09", "2011-03-09")
    reports = [make(n, f"At {n} {narration}.", published=day) for n, day in enumerate(days)]
    *past, new = weighed([reports[:1], reports[1:2], reports[2:]])
    assert sorted(values(links(past, new, 6))) == [(-1, 0), (-1, 1), (0, 1)]
    assert sorted(values(links(past, new, 60))) == [(-2, 0), (-2, 1), (-1, 0), (-1, 1), (0, 1)]


def test_a_weight_stays_what_it_was(make: Make, narration: str) -> None:
    """Later reports do not change how the words of an earlier one are weighed, and rare words weigh more."""
    reports = [make(n, f"At {n} {narration}. Herring {n}.", published="2011-03-01") for n in range(4)]
    first, second = weighed([reports[:2], reports[2:]])
    assert first.weight.tolist() == Weighed(Past(), Cell(reports[:2])).weight.tolist()
    for each in (first, second):
        assert np.allclose(np.bincount(each.report, weights=each.weight**2), 1)


WORDS = st.lists(st.sampled_from(["herring", "choir", "lantern", "mosaic", "glacier"]), min_size=1, max_size=6)


def expected(old: Weighed, new: Weighed) -> dict[tuple[int, int], float]:
    """Sums over shared terms, worked out one by one."""
    sums: dict[tuple[int, int], float] = {}
    for term, weight, report in zip(*rows(new), strict=True):
        for other, other_weight, earlier in zip(*rows(old), strict=True):
            pair = earlier - len(old.days), report
            sums[pair] = sums.get(pair, 0.0) + (term == other) * weight * other_weight
    return {pair: value for pair, value in sums.items() if value >= FLOOR}


def rows(cell: Weighed) -> tuple[list[int], list[float], list[int]]:
    """Term, weight and report of each term of each report."""
    return cell.terms.values[cell.terms.number].tolist(), cell.weight.tolist(), cell.report.tolist()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=2, max_size=6), st.integers(1, 40))
def test_portions_do_not_show(make: Make, bodies: list[list[str]], portion: int) -> None:
    """However little is met at once, likeness across cells is the sum over shared terms of the products of weights."""
    reports = [make(n, " ".join(words), published="2011-03-01") for n, words in enumerate(bodies)]
    old, new = weighed([reports[:1], reports[1:]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "PORTION_MET", portion)
        found = {pair: value for pair, value in values(links([old], new, 6)).items() if pair[0] < 0}
    assert found == pytest.approx(expected(old, new))
