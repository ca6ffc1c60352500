"""Whatever happened on the way, the record is that of a build from nothing (promise R9)."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import quick
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from communique import pipeline
from communique.model.decisions import Decision, Ruling
from communique.review.rulings import anchor, decide
from communique.store.store import Store

FULL = "COMMUNIQUE_FULL" in os.environ
HISTORIES = 2_000 if FULL else 100
#: Where there is a disk of memory: so many histories wait for no other disk.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - as above
MOST = 24

STEPS = st.one_of(
    st.tuples(st.just("add"), st.lists(st.integers(0, MOST - 1), min_size=1, max_size=6)),
    st.tuples(st.just("build"), st.just([])),
    st.tuples(st.just("remove"), st.lists(st.integers(0, MOST - 1), min_size=1, max_size=1)),
    st.tuples(st.just("rule"), st.lists(st.integers(0, MOST - 1), min_size=2, max_size=2)),
    st.tuples(st.just("reopen"), st.just([])),
)


def ruled(store: Store, numbers: list[int]) -> None:
    """Rule that two people of today are one, where there are two."""
    with store.view() as view:
        heads = view.reports()
        chosen = [heads[n % len(heads)].id for n in numbers] if heads else []
        claims = view.claims(chosen)
        people = [sorted({c.subject for c in claims[r] if ".n" in c.subject}) for r in chosen]
        if not heads or not all(people) or people[0][0] == people[1][-1]:
            return
        anchors = tuple(anchor(view.report(r), p) for r, p in zip(chosen, (people[0][0], people[1][-1]), strict=True))
    decide(store, Decision(ruling=Ruling.SAME, anchors=anchors, by="Ada", on="2031-01-01"))


def lived(path: Path, history: list[tuple[str, list[int]]], runner: quick.Quick) -> None:
    """Let it happen."""
    store = Store.open(path)
    for step, numbers in history:
        if step == "add":
            pipeline.add(store, [quick.source(n) for n in numbers], runner, again=True)
        elif step == "build":
            pipeline.build(store, runner)
        elif step == "rule":
            ruled(store, numbers)
        elif step == "reopen":
            store.close()
            store = Store.open(path)
        else:
            with store.view() as view:
                gone = [h.id for h in view.reports() if h.name == str(numbers[0])]
            for report in gone:
                pipeline.remove(store, report, "a test")
    store.close()


@pytest.mark.promise("R9")
@settings(
    max_examples=HISTORIES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(history=st.lists(STEPS, min_size=2, max_size=12))
def test_any_history_ends_as_from_nothing(history: list[tuple[str, list[int]]]) -> None:
    """Reports added in any lot and order, erased, taken back, ruled on, built at any time: one record."""
    runner = quick.Quick()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder)
        lived(path / "x.db", history, runner)
        with Store.open(path / "x.db") as store, Store.open(path / "y.db") as fresh:
            record = pipeline.build(store, runner)
            with store.view() as view:
                names = sorted((int(h.name) for h in view.reports()), reverse=True)
                decisions = view.decisions()
            pipeline.add(fresh, [quick.source(n) for n in names], runner)
            with fresh.writer() as writer:
                for decision in decisions:
                    writer.put_decision(decision)
            assert pipeline.build(fresh, runner).encode() == record.encode()


@pytest.mark.promise("R9")
def test_histories_are_counted(figure: Callable[[str], None]) -> None:
    """The figure says how many were tried, and that many are."""
    assert HISTORIES >= 100
    figure(f"{HISTORIES} histories of 2 to 12 steps: each ends in the record of a build from nothing")
