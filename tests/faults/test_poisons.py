"""Poison documents (promise R11): one in a batch stops nobody, on a pool and on a cluster."""

import importlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communique import pipeline
from communique.ingest.sources import Source
from communique.model.problems import Problem
from communique.run.cluster import Cluster
from communique.run.pool import Pool
from communique.run.tasks import Runner
from communique.settings import MIB, Limits
from communique.store.store import Store

sys.path.append(str(Path(__file__).parents[1] / "run"))  # the poisons; workers take the path over

from poisons import EXPECTED

pytestmark = pytest.mark.promise("R11")

BATCH = 200
BUDGET = 0.5
#: Seconds for one document as the promise has it.
LIMITS = Limits(base_seconds=BUDGET, seconds_per_char=0, child_bytes=256 * MIB)
SAMPLE = ("segfault", "loop in C", "devour", "unpicklable", "kill", "talk nonsense")
POISONS = tuple(EXPECTED) if os.environ.get("COMMUNIQUE_FULL") else SAMPLE
KILLING = [p for p in POISONS if EXPECTED[p] is not None]
Stored = tuple[list[bytes], tuple[Problem, ...]]


def documents(*poisons: str) -> list[Source]:
    """A batch of plain reports, poisons among them: the first in the middle, the next beside it."""
    made = [
        Source(f"d{n}", f"SUVA: The council met on day {n} and agreed to meet again.".encode()) for n in range(BATCH)
    ]
    for n, poison in enumerate(poisons):
        made[BATCH // 2 + n] = Source(
            f"poison {n}", f"POISON {poison}: the council met on a day and agreed to meet again.".encode()
        )
    return made


def stored(path: Path, runner: Runner, inputs: list[Source]) -> Stored:
    """What is in the database after a batch: its reports, whole, and what is told."""
    with Store.open(path) as store:
        pipeline.add(store, inputs, runner, LIMITS)
        with store.view() as view:
            rows = [msgspec.json.encode((h, view.report(h.id).text)) + view.raw(h.id) for h in view.reports()]
            return rows, tuple(view.problems())


@pytest.fixture(scope="module", params=["pool", "cluster"])
def runner(request: pytest.FixtureRequest) -> Any:
    """Both runners that outlive what they run; the waiting for a busy machine is cut short."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "INGEST", "poisons:ingest")
        if request.param == "pool":
            with Pool(2, LIMITS) as made:
                yield made
        else:
            with Cluster("local:2", LIMITS) as made:
                made._client.run(importlib.import_module, "poisons")  # noqa: SLF001 - Dask's own way
                yield made


@pytest.fixture(scope="module")
def clean(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[bytes]]:
    """The reports of the batch without the documents in whose place the poisons come."""

    def without(count: int) -> list[bytes]:
        left = [d for n, d in enumerate(documents()) if not BATCH // 2 <= n < BATCH // 2 + count]
        return stored(tmp_path_factory.mktemp("clean") / "x.db", runner, left)[0]

    known = {count: without(count) for count in (1, 2)}
    return known.__getitem__


@pytest.mark.parametrize("poison", POISONS)
def test_one_poison_in_a_batch(
    poison: str, runner: Runner, clean: Callable[[int], list[bytes]], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """All other documents are stored byte for byte as without it; the poison alone is a Problem that names it."""
    begun = time.perf_counter()
    rows, told = stored(tmp_path / "x.db", runner, documents(poison))
    figure(f"{poison} on a {type(runner).__name__.lower()}: {len(rows)} stored, {time.perf_counter() - begun:.1f} s")
    expected = EXPECTED[poison]
    if expected is None:
        assert told == ()
        rows = [row for row in rows if b"POISON" not in row]
    else:
        assert [(p.input, str(p.code)) for p in told] == [("poison 0", expected[0])]
        assert expected[1] in told[0].message
    assert rows == clean(1)


@pytest.mark.parametrize(("one", "other"), list(zip(KILLING, KILLING[1:] + KILLING[:1], strict=True))[::2])
def test_two_poisons_side_by_side(
    one: str, other: str, runner: Runner, clean: Callable[[int], list[bytes]], tmp_path: Path
) -> None:
    """Two in one batch are two Problems, and nothing else is missing."""
    rows, told = stored(tmp_path / "x.db", runner, documents(one, other))
    assert sorted(p.input for p in told) == ["poison 0", "poison 1"]
    assert rows == clean(2)


def test_there_are_enough_poisons() -> None:
    """At least 24 kinds."""
    assert len(EXPECTED) >= 24
