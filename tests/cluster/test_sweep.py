"""Tests of reports placed cell after cell."""

import datetime as dt
import random
from collections.abc import Callable, Iterable

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communique.cluster import cells
from communique.cluster.features import Features
from communique.cluster.standing import Standing
from communique.cluster.sweep import Item, Placed, Sweep, stories

type Make = Callable[..., Features]

SUBJECTS = ("pier", "orchard", "lighthouse", "viaduct", "choir", "glacier", "market", "tannery")
ACTS = ("burnt down", "was painted blue", "moved to Suva", "was sold to Malta", "sank", "sang", "was dug up", "flew")
START = dt.date(2011, 3, 1)


def wire(make: Make, count: int, seed: int = 1) -> dict[str, Features]:
    """Invented reports of three weeks: some tell the same, some copy, each with its outlet's line."""
    rng = random.Random(seed)  # noqa: S311 - invented texts, no secret
    out = {}
    for n in range(count):
        day, story = rng.randrange(21), rng.randrange(count // 2)
        own = f"The old {SUBJECTS[story % 8]} of village {story} {ACTS[story // 8 % 8]} and {story} people saw it. "
        tail = " ".join(f"{rng.choice(SUBJECTS)} {rng.randrange(99)}" for _ in range(12))
        copied = f"Nobody in village {story} had expected that the bell would ring {story} times before noon. " * (
            n % 3 > 0
        )
        text = f"{own}{copied}{tail}.\nWrite to the editors of outlet {n % 2} if you have seen one yourself."
        report = make(n, text, outlet=f"Outlet {n % 2}", published=(START + dt.timedelta(day)).isoformat())
        out[report.report] = report
    return out


def placed(reports: dict[str, Features], known: dict[str, Placed] | None = None) -> dict[str, Placed]:
    """What each cell gives."""
    items = {report: Item(f.published, "") for report, f in reports.items()}
    sweep = Sweep(lambda wanted: [reports[report] for report in wanted])
    return dict(sweep.over(items, known or {}))


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every collection counts as a large one, with small cells and a short reach."""
    monkeypatch.setattr(cells, "SMALL", 0)
    monkeypatch.setattr(cells, "CELL_REPORTS", 4)
    monkeypatch.setattr(cells, "STORY_CELLS", 2)
    monkeypatch.setattr(cells, "REUSE_CELLS", 8)
    monkeypatch.setattr(cells, "REUSE_DAYS", 8)
    monkeypatch.setattr(cells, "BLOCK_CELLS", 3)


def test_stories_partition_the_reports(make: Make) -> None:
    """Every report is in one story, and reports of one happening mostly in the same."""
    reports = wire(make, 60)
    found = stories(list(reports), list(placed(reports).values()))
    assert sorted(r for story in found for r in story) == sorted(reports)
    assert 20 < len(found) < 55


def test_a_cell_is_taken_over_where_nothing_has_changed(make: Make) -> None:
    """What was given before is given again, and no report is loaded."""
    reports = wire(make, 40)
    before = placed(reports)
    items = {report: Item(f.published, "") for report, f in reports.items()}
    sweep = Sweep(lambda _: pytest.fail("a report was loaded"))
    assert dict(sweep.over(items, before)) == before


def test_a_damaged_cell_is_not_taken_over(make: Make) -> None:
    """A cell with another key is reckoned anew."""
    reports = wire(make, 40)
    before = placed(reports)
    name = next(iter(before))
    assert placed(reports, {**before, name: Placed(key="")}) == before


def test_a_new_report_leaves_earlier_cells_alone(make: Make) -> None:
    """Only cells from its day on are reckoned: the earlier ones are not even loaded."""
    reports = wire(make, 60)
    new = make(99, "The old pier of village 3 was sold and 3 people saw it.", published="2011-03-21")
    before = placed(reports)
    loaded: set[str] = set()

    def load(wanted: Iterable[str]) -> list[Features]:
        loaded.update(wanted)
        return [({**reports, new.report: new})[report] for report in wanted]

    items = {report: Item(f.published, "") for report, f in {**reports, new.report: new}.items()}
    after = dict(Sweep(load).over(items, before))
    changed = [name for name in after if after[name] != before.get(name)]
    assert changed == [list(after)[-1]]
    assert all(reports[r].published > "2011-03-08" for r in loaded - {new.report})


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**16), st.integers(1, 35))
def test_placing_one_after_another_equals_placing_from_nothing(make: Make, seed: int, cut: int) -> None:
    """In any order of arrival, in any two portions, cells come out as if all had been there at once."""
    reports = wire(make, 36, seed)
    order = random.Random(seed).sample(sorted(reports), len(reports))  # noqa: S311 - an order, no secret
    early = placed({report: reports[report] for report in order[:cut]})
    assert placed(reports, early) == placed({report: reports[report] for report in order})


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**16))
@example(704)  # here an earlier cell's learnt furniture differs, and nothing else of what it gives
def test_taking_a_report_away_equals_never_having_had_it(make: Make, seed: int) -> None:
    """Nothing of a removed report is left in any cell."""
    reports = wire(make, 40, seed)
    gone = sorted(reports)[seed % 40]
    rest = {report: f for report, f in reports.items() if report != gone}
    after = placed(rest, placed(reports))
    assert after == placed(rest)
    assert gone.encode() not in msgspec.msgpack.encode(after)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**16))
def test_any_collection_may_take_over_from_any_other(make: Make, seed: int) -> None:
    """Reports come and go, many at a time: whatever was known, cells come out as if it had been nothing."""
    reports = wire(make, 40, seed)
    rng = random.Random(seed)  # noqa: S311 - a choice, no secret
    known: dict[str, Placed] = {}
    for _ in range(4):
        some = {report: reports[report] for report in rng.sample(sorted(reports), rng.randrange(1, 41))}
        known = placed(some, known)
        assert known == placed(some)
        assert {card.report for cell in known.values() for card in cell.cards} == set(some)


def test_what_a_cell_gives_survives_the_store(make: Make) -> None:
    """Packed and unpacked cells are equal."""
    for cell in placed(wire(make, 40)).values():
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(cell), type=Placed) == cell


def test_later_cells_join_earlier_groups() -> None:
    """Groups of two cells that share a report are one story; single reports stand alone."""
    given_ = [Placed(key="", groups=[["a", "b"]]), Placed(key="", groups=[["b", "c"]])]
    assert stories(["d", "c", "b", "a"], given_) == [["a", "b", "c"], ["d"]]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**16))
def test_reports_added_one_by_one_stand_as_if_all_had_been_there(make: Make, seed: int) -> None:
    """A collection that stays open gives the cells that a fresh one gives, whatever the order."""
    reports = wire(make, 30, seed)
    order = random.Random(seed).sample(sorted(reports), 30)  # noqa: S311 - an order, no secret
    items = {report: Item(reports[report].published, "") for report in order}
    standing = Standing(lambda wanted: [reports[r] for r in wanted], dict(list(items.items())[:22]))
    for report in order[22:]:
        standing.add(report, items[report])
    assert {cell.name: given_ for cell, given_ in zip(standing.cells, standing.given, strict=True)} == placed(reports)
