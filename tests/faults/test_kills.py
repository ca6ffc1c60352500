"""kill -9 at any moment of a command loses nothing acknowledged and leaves nothing half (promise R1)."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import nursery
import older
import pytest

from communique import pipeline
from communique.errors import VersionError
from communique.store.store import Store
from communique.store.verify import verify

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
#: Every commit point of each command, on eight reports, three at a time.
POINTS = [
    *(("add", f"{step}:{side}#{n}") for step in ("add", "annotate") for n in (1, 2, 3) for side in ("before", "after")),
    *(("build", f"annotate:{side}#{n}") for n in (1, 2, 3) for side in ("before", "after")),
    *((command, f"record:{side}#1") for command in ("add", "build") for side in ("before", "after")),
    *(("review", f"decide:{side}#{n}") for n in (1, 3) for side in ("before", "after")),
    *(("remove", f"remove:{side}#{n}") for n in (1, 2) for side in ("before", "after")),
]
#: Reports among the eight inputs: one of them was printed twice.
REPORTS = 7
FRESH = random.SystemRandom().randrange(1 << 32)

pytestmark = [
    pytest.mark.promise("R1"),
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc"),
]


class Course(NamedTuple):
    """A command: the database that it begins with, where it does, and all that is stored once it has ended."""

    begins: Path | None
    ends: tuple[object, list[bytes]]


def stored(database: Path) -> tuple[object, list[bytes]]:
    """All that a database and the exports beside it hold."""
    return older.rows(database), exported(database)


def exported(database: Path) -> list[bytes]:
    """What lies beside it: the record, and its tables."""
    beside = [database.with_suffix(".json"), *sorted(database.with_suffix(".tables").glob("*"))]
    return [p.read_bytes() for p in beside if p.exists()]


@pytest.fixture(scope="module")
def courses(plan: nursery.Plan, example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    """Every command, carried out once to its end."""
    folder = tmp_path_factory.mktemp("courses")
    unbuilt = folder / "unbuilt.db"
    with Store.open(unbuilt) as store:
        pipeline.add(store, plan.sources, plan.runner)
    first = older.of_first_schema(example_database, folder / "first.db")
    begins = {"add": None, "build": unbuilt, "upgrade": first}
    found = {}
    for command in nursery.COMMANDS:
        begin = begins.get(command, example_database)
        whole = begun(begin, folder / f"{command}.db")
        nursery.COMMANDS[command](str(whole), plan, None)
        found[command] = Course(begin, stored(whole))
    return found


def begun(begin: Path | None, database: Path) -> Path:
    """The database that a command begins with, at a place of its own."""
    return database if begin is None else Path(shutil.copy(begin, database))


def acknowledged(log: Path) -> tuple[list[str], int, int, int, str | None]:
    """What the last whole line of a log acknowledges."""
    lines = log.read_bytes().split(b"\n")[:-1] if log.exists() else []
    return tuple(json.loads(lines[-1])) if lines else ([], 0, 0, 0, None)


def holds(database: Path, *, shrinks: bool = False) -> None:
    """Everything acknowledged is there, and everything that is there is sound; of what is erased a tombstone stays."""
    reports, annotated, claims, decisions, record = acknowledged(nursery.log_of(database))
    with Store.open(database) as store, store.view() as view:
        assert verify(store).findings == ()
        counts = view.counts()
        assert counts["decisions"] >= decisions
        if shrinks:
            assert counts["reports"] + counts["tombstones"] == REPORTS
        else:
            assert set(reports) <= {h.id for h in view.reports()}
            assert counts["annotated"] >= annotated
            assert counts["claims"] >= claims
            assert record is None or view.record_sha256() == record or counts["decisions"] > decisions


def holds_older(database: Path, course: Course) -> None:
    """It is of the first schema, with all its rows, or it is of this one."""
    try:
        holds(database)
    except VersionError:
        assert course.begins is not None
        assert older.rows(database) == older.rows(course.begins)


def after_a_kill(command: str, database: Path, course: Course, plan: nursery.Plan) -> None:
    """What was acknowledged is there, and the same command again ends as if nothing had happened."""
    if command == "upgrade":
        holds_older(database, course)
    else:
        holds(database, shrinks=command == "remove")
    whole = exported(database)
    assert whole in (course.ends[1], course.ends[1][:1], [])
    nursery.COMMANDS[command](str(database), plan, None)
    assert stored(database) == course.ends


@pytest.mark.parametrize(("command", "point"), POINTS, ids=lambda given: given)
def test_a_kill_at_a_commit_point(
    command: str,
    point: str,
    children_of: nursery.Nursery,
    courses: dict[str, Course],
    plan: nursery.Plan,
    tmp_path: Path,
) -> None:
    """Just before and just after each commit: what was acknowledged stays, the rest is done by the same command."""
    database = begun(courses[command].begins, tmp_path / "x.db")
    assert children_of.run(command, database, point) == -signal.SIGKILL
    after_a_kill(command, database, courses[command], plan)


@pytest.mark.parametrize("command", list(nursery.COMMANDS))
def test_kills_at_any_moment(
    command: str,
    children_of: nursery.Nursery,
    courses: dict[str, Course],
    plan: nursery.Plan,
    tmp_path: Path,
    count: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    """Kills spread over the run, first moment to last; a run that outran its kill does not count."""
    course = courses[command]
    started = time.monotonic()
    assert children_of.run(command, begun(course.begins, tmp_path / "whole.db")) == 0
    whole = time.monotonic() - started
    chance = random.Random(FRESH)  # noqa: S311 - a sample, not a secret
    killed = tries = 0
    while killed < count(4, 200):
        folder = tmp_path / str(tries)
        folder.mkdir()
        database = begun(course.begins, folder / "x.db")
        after = whole * chance.random()
        code = children_of.run(command, database, after=after)
        killed += code == -signal.SIGKILL
        whole *= 1 if code else 0.98  # the machine is less busy than it was when the whole run was measured
        after_a_kill(command, database, course, plan)
        shutil.rmtree(folder)
        tries += 1
    figure(
        f"{command} killed {killed} times at any moment: nothing acknowledged lost, nothing half, the same bytes after"
    )


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
    moment: str, plan: nursery.Plan, courses: dict[str, Course], tmp_path: Path
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
    after_a_kill("add", database, courses["add"], plan)
