"""kill -9 in the middle of `add` loses nothing that was acknowledged and leaves nothing half (promise R1, small)."""

import json
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from communique import pipeline
from communique.ingest.sources import Source
from communique.store.store import Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Remembering

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
#: Every commit point of adding and building eight reports, three at a time.
POINTS = [
    *(f"{step}:{side}#{n}" for step in ("add", "annotate") for n in (1, 2, 3) for side in ("before", "after")),
    "record:before#1",
    "record:after#1",
]

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


class Nursery:
    """The process that makes children, and what becomes of them."""

    def __init__(self, plan: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HERE / "nursery.py", plan], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, database: Path, log: Path, point: str = "none", after: float | None = None) -> int:
        """One child, killed at a commit point or `after` so many seconds; gives the signal that ended it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{database} {log} {point}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(int(self._process.stdout.readline()))

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery(
    examples: tuple[Source, ...], remembering: "Remembering", record_bytes: bytes, tmp_path_factory: Any
) -> Iterator[Nursery]:
    """Children with the outcomes that this session remembers from building `record_bytes`."""
    assert record_bytes
    plan = tmp_path_factory.mktemp("plan") / "plan.pickle"
    plan.write_bytes(pickle.dumps((examples, remembering.known)))
    made = Nursery(plan)
    yield made
    made.close()


def acknowledged(log: Path) -> tuple[list[str], int, int, str | None]:
    """What the last whole line of a log acknowledges."""
    lines = log.read_bytes().split(b"\n")[:-1] if log.exists() else []
    return tuple(json.loads(lines[-1])) if lines else ([], 0, 0, None)


def holds(database: Path, log: Path) -> None:
    """Everything acknowledged is there, and everything that is there is sound."""
    reports, annotated, claims, record = acknowledged(log)
    with Store.open(database) as store, store.view() as view:
        assert verify(store).findings == ()
        assert set(reports) <= {h.id for h in view.reports()}
        assert view.counts()["annotated"] >= annotated
        assert view.counts()["claims"] >= claims
        assert record is None or view.record_sha256() == record


def resumed(database: Path, sources: tuple[Source, ...], runner: Any) -> bytes:
    """The record after the same command again."""
    with Store.open(database) as store:
        added = pipeline.add(store, sources, runner)
        assert (added.inputs, added.refused) == (len(sources), 0)
        return pipeline.build(store, runner).encode()


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_a_commit_point(
    point: str, nursery: Nursery, examples: tuple[Source, ...], remembering: Any, record_bytes: bytes, tmp_path: Path
) -> None:
    """Just before and just after each commit: what was acknowledged stays, the rest is done by the same command."""
    database, log = tmp_path / "x.db", tmp_path / "log"
    assert nursery.run(database, log, point) == -signal.SIGKILL
    holds(database, log)
    assert resumed(database, examples, remembering) == record_bytes


def test_kills_at_any_moment(
    nursery: Nursery, examples: tuple[Source, ...], remembering: Any, record_bytes: bytes, tmp_path: Path
) -> None:
    """Twenty kills spread over the run, first moment to last; a run that outran its kill does not count."""
    started = time.monotonic()
    assert nursery.run(tmp_path / "whole.db", tmp_path / "whole.log") == 0
    whole = time.monotonic() - started
    killed = tries = 0
    while killed < 20 and tries < 80:
        database, log = tmp_path / f"{tries}.db", tmp_path / f"{tries}.log"
        after = whole * killed / 20
        if nursery.run(database, log, after=after) == -signal.SIGKILL:
            killed += 1
        else:
            whole *= 0.9  # the machine is less busy than it was when the whole run was measured
        holds(database, log)
        assert resumed(database, examples, remembering) == record_bytes, f"killed after {after:.2f} s"
        tries += 1
    assert killed == 20


def children(process: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(p) for p in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    return []


def alive(process: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def waited(seconds: float, condition: Any) -> bool:
    """Whether a condition comes true in time."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(condition())


def reports(database: Path) -> int:
    """How many reports are stored; 0 before there is a database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as raw:
            return int(raw.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize("moment", ["loading", "reading"])
def test_a_worker_does_not_outlive_its_parent(
    moment: str, examples: tuple[Source, ...], remembering: Any, record_bytes: bytes, tmp_path: Path
) -> None:
    """`communique add --workers 1` killed while its worker loads or reads: the worker ends, the database is sound."""
    database = tmp_path / "x.db"
    paths = sorted(str(p) for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".jsonl"))
    command = [sys.executable, "-m", "communique", "--db", str(database), "add", *paths, "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        assert waited(60, lambda: children(parent.pid))
        workers = children(parent.pid)
        if moment == "reading":
            assert waited(60, lambda: reports(database) > 0)
        parent.kill()
    assert parent.returncode == -signal.SIGKILL
    assert waited(30, lambda: not any(alive(worker) for worker in workers))
    holds(database, tmp_path / "none")
    assert resumed(database, examples, remembering) == record_bytes
