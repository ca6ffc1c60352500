"""Record = f(reports, decisions, as-of day): how the reports came in makes no difference."""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import api, pipeline
from communique.ingest.sources import Source
from communique.store.store import Store

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(str(p) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
relaxed = settings(
    max_examples=50 if "COMMUNIQUE_FULL" in os.environ else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def built(batches: Sequence[Sequence[Source]], runner: Any, removed: Sequence[str] = ()) -> bytes:
    """The record after batches of inputs, each built at once, and removals."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "x.db") as store:
        for batch in batches:
            pipeline.add(store, batch, runner)
            pipeline.build(store, runner)
        for report in removed:
            pipeline.remove(store, report, "a test")
        with store.view() as view:
            data = view.record_json()
    assert data is not None
    return data


@pytest.mark.promise("R8")
@relaxed
@given(data=st.data())
def test_any_order_and_any_batches_give_the_same_bytes(
    data: st.DataObject, examples: tuple[Source, ...], remembering: Any, record_bytes: bytes
) -> None:
    """Reports may come in any order and in any split into batches."""
    order = data.draw(st.permutations(examples))
    cuts = data.draw(st.lists(st.integers(1, len(order) - 1), unique=True, max_size=3))
    borders = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in itertools.pairwise(borders)]
    assert built(batches, remembering) == record_bytes


def test_one_by_one_equals_all_at_once(examples: tuple[Source, ...], remembering: Any, record_bytes: bytes) -> None:
    """Adding each report alone, with a build after each, ends in the same record."""
    assert built([[s] for s in examples], remembering) == record_bytes


@relaxed
@given(data=st.data())
def test_a_removed_report_leaves_no_trace(data: st.DataObject, examples: tuple[Source, ...], remembering: Any) -> None:
    """The record after a removal equals the one that never had the report."""
    gone = data.draw(st.sampled_from(examples))
    rest = [s for s in examples if s is not gone]
    [read] = pipeline._ingest([gone], remembering, pipeline.DEFAULT_LIMITS)  # noqa: SLF001 - to learn the id
    assert read.report is not None
    assert built([examples], remembering, [read.report.id]) == built([rest], remembering)


def test_duplicates_change_nothing(examples: tuple[Source, ...], remembering: Any, record_bytes: bytes) -> None:
    """The same reports twice are the same reports."""
    assert built([examples, examples], remembering) == record_bytes


@pytest.mark.parametrize(("workers", "cluster"), [(1, None), (2, None), (0, "local:2")])
def test_workers_give_the_same_bytes(
    workers: int, cluster: str | None, examples: tuple[Source, ...], record_bytes: bytes, tmp_path: Path
) -> None:
    """Child processes, here or on a cluster, read what this process reads."""
    with Store.open(tmp_path / "x.db") as store, api.runner(workers, cluster=cluster) as runner:
        pipeline.add(store, examples, runner)
        assert pipeline.build(store, runner).encode() == record_bytes


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "COLUMNS": "40"},
        {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "200"},
        {"PYTHONHASHSEED": "random", "TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"},
    ],
    ids=["utc", "kolkata", "angeles"],
)
def test_surroundings_change_nothing(surroundings: dict[str, str], record_bytes: bytes, tmp_path: Path) -> None:
    """Hash seed, time zone, locale and screen width leave the record as it is."""
    done = subprocess.run(
        [sys.executable, "-m", "communique", "add", *EXAMPLES, "--workers", "0"],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    exported = subprocess.run(
        [sys.executable, "-m", "communique", "export"],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        check=True,
    )
    assert exported.stdout == record_bytes


@pytest.mark.parametrize("year", [1970, 2099])
def test_the_clock_changes_nothing(year: int, record_bytes: bytes, tmp_path: Path) -> None:
    """A machine that thinks it is another year builds the same record."""
    code = (
        "import datetime, time, sys\n"
        f"moment = datetime.datetime({year}, 6, 1, tzinfo=datetime.UTC).timestamp()\n"
        "time.time = lambda: moment\n"
        "class Frozen(datetime.datetime):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None): return cls.fromtimestamp(moment, tz)\n"
        "class Day(datetime.date):\n"
        "    @classmethod\n"
        "    def today(cls): return cls.fromtimestamp(moment)\n"
        "datetime.datetime, datetime.date = Frozen, Day\n"
        "from communique import api\n"
        f"with api.open('x.db') as c:\n    c.add({EXAMPLES!r}, workers=0)\n"
        "    sys.stdout.buffer.write(c.export())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == record_bytes


def spans_of(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        if {"report", "start", "end", "text"} <= node.keys():
            return [node]
        node = list(node.values())
    return [s for child in node for s in spans_of(child)] if isinstance(node, list) else []


def test_every_span_of_the_record_stands_in_its_report(
    examples: tuple[Source, ...], remembering: Any, record_bytes: bytes
) -> None:
    """Each piece of evidence is the text that the report has there, and every fact has some."""
    reads = pipeline._ingest(examples, remembering, pipeline.DEFAULT_LIMITS)  # noqa: SLF001 - the texts
    texts = {r.report.id: r.report.text for r in reads if r.report}
    record = json.loads(record_bytes)
    spans = spans_of(record)
    assert len(spans) > 100
    assert [s for s in spans if texts[s["report"]][s["start"] : s["end"]] != s["text"]] == []
    for section in ("actors", "events", "statements", "commitments", "series", "disagreements", "reuse"):
        assert [f for f in record[section] if not spans_of(f)] == [], section


def test_the_record_in_memory_equals_the_stored_one(record_bytes: bytes) -> None:
    """Without a database the same reports give the same facts."""
    rows = [
        json.loads(line) for p in EXAMPLES if p.endswith("jsonl") for line in Path(p).read_text("utf-8").splitlines()
    ]
    made = json.loads(api.record(rows).encode())
    assert {r["name"] for r in made["reports"]} == {row["id"] for row in rows}
    assert made["build"]["version"] == json.loads(record_bytes)["build"]["version"]
