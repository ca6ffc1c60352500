"""Children to be killed: imports once, then forks one child for each line `COMMAND DATABASE LOG POINT` on stdin.

Each child carries out one command on the inputs of the plan that `argv[1]` names, with outcomes that were recorded
before, so that no model is loaded. After each commit it writes a line to the log: what is acknowledged from then on.
At the nth time it reaches a commit point, or a statement of the database, it kills itself, where POINT is `NAME#n`;
`size#n` lets no file grow beyond n bytes; else it goes on to the end. An error that is ours goes to the file
LOG.error, with exit code 1.
"""

import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import alembic.config
import alembic.runtime.environment
import alembic.script
from sqlalchemy import event
from sqlalchemy.engine import Engine

from communique import api, pipeline
from communique.errors import CommuniqueError
from communique.export.deliver import to_file, to_folder
from communique.ingest.sources import Source
from communique.model.decisions import Decision, Ruling
from communique.review.rulings import decide
from communique.run.inline import Inline
from communique.run.tasks import Outcome, Task
from communique.store.store import Hook, Store
from communique.store.upgrade import upgrade

assert alembic.config, "loaded before a child is made, so that a kill seldom hits the loading"
#: Rulings that `review` makes.
RULINGS = 5


class Recorded(Inline):
    """A runner that gives the outcomes of the plan."""

    def __init__(self, outcomes: dict[tuple[str, str], Outcome]) -> None:
        self.outcomes = outcomes

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        for task in tasks:
            known = self.outcomes[function, repr(task.payload)]
            yield Outcome(task.key, known.value, known.failure)


class Plan(NamedTuple):
    """What children work on."""

    sources: tuple[Source, ...]
    outcomes: dict[tuple[str, str], Outcome]

    @property
    def runner(self) -> Recorded:
        """A runner that gives the outcomes."""
        return Recorded(self.outcomes)


def add(database: str, plan: Plan, hook: Hook | None) -> None:
    """Add and build, three inputs at a time."""
    with Store.open(database, on_commit=hook) as store:
        pipeline.add(store, plan.sources, plan.runner)
        pipeline.build(store, plan.runner)


def build(database: str, plan: Plan, hook: Hook | None) -> None:
    """Build what was added before."""
    with Store.open(database, on_commit=hook) as store:
        pipeline.build(store, plan.runner)


def review(database: str, _plan: Plan, hook: Hook | None) -> None:
    """Make the rulings that are not made yet, each with the record that follows from it."""
    with Store.open(database, on_commit=hook) as store:
        with store.view() as view:
            made = len(view.decisions())
        for number in range(made, RULINGS):
            decide(store, Decision(ruling=Ruling.UNSURE, by="Ada", note=str(number)))


def remove(database: str, _plan: Plan, hook: Hook | None) -> None:
    """Erase two reports, where they are there."""
    with Store.open(database, on_commit=hook) as store:
        with store.view() as view:
            gone = [h.id for h in view.reports() if "quessa-daily" in h.name or "strait-observer" in h.name]
        for report in gone:
            pipeline.remove(store, report, "a test")


def export(database: str, _plan: Plan, _hook: Hook | None) -> None:
    """The record as a file and as a folder of tables, beside the database, three times over."""
    beside = Path(database)
    with api.open(database, read_only=True) as c:
        for _ in range(3):
            to_file(c.export(), beside.with_suffix(".json"))
            to_folder(c.tables(), beside.with_suffix(".tables"))


def upgraded(database: str, _plan: Plan, _hook: Hook | None) -> None:
    """Bring a database of the first schema up to this one."""
    upgrade(database)


COMMANDS: dict[str, Callable[[str, Plan, Hook | None], None]] = {
    "add": add,
    "build": build,
    "review": review,
    "remove": remove,
    "export": export,
    "upgrade": upgraded,
}


def work(plan: Plan, command: str, database: str, log: str, point: str) -> None:
    """Carry out one command."""
    pipeline.BATCH = 3
    reached: Counter[str] = Counter()
    end = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    limited = point.startswith("size#")
    if limited:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(point.partition("#")[2]), resource.RLIM_INFINITY))

    def reach(name: str) -> None:
        reached[name] += 1
        if point == f"{name}#{reached[name]}":
            os.kill(os.getpid(), signal.SIGKILL)

    def on_commit(name: str) -> None:
        reach(name)
        if name.endswith(":after") and not limited:
            with Store.open(database, read_only=True) as store, store.view() as view:
                counts = view.counts()
                known = [h.id for h in view.reports()], counts["annotated"], counts["claims"], counts["decisions"]
                os.write(end, json.dumps([*known, view.record_sha256()]).encode() + b"\n")

    event.listen(Engine, "before_cursor_execute", lambda *_: reach("statement"))
    try:
        COMMANDS[command](database, plan, on_commit)
    except CommuniqueError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        Path(f"{log}.error").write_text(str(error), "utf-8")
        os._exit(1)


def log_of(database: Path) -> Path:
    """Where a child says what is acknowledged."""
    return database.with_suffix(".log")


class Nursery:
    """The process that makes children, and what becomes of them."""

    def __init__(self, plan: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, plan], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, command: str, database: Path, point: str = "none", after: float | None = None) -> int:
        """One child, killed at a commit point or `after` so many seconds; gives its code, or what signal ended it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command} {database} {log_of(database)} {point}\n")
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


def main() -> None:
    """Make children for as long as somebody asks."""
    plan = Plan(*pickle.loads(Path(sys.argv[1]).read_bytes()))  # noqa: S301 - our own test wrote it
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(plan, *line.split())
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
