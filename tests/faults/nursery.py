"""Children to be killed: imports once, then forks one child for each line `DATABASE LOG POINT` on standard input.

Each child adds and builds the inputs of the plan that `argv[1]` names, with outcomes that were recorded before, so
that no model is loaded. After each commit it writes a line to the log: what is acknowledged from then on. At the nth
time it reaches a commit point it kills itself, where POINT is `NAME#n`; else it goes on to the end.
"""

import json
import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique import pipeline
from communique.run.inline import Inline
from communique.run.tasks import Outcome, Task
from communique.store.store import Store


class Recorded(Inline):
    """A runner that gives the outcomes of the plan."""

    def __init__(self, outcomes: dict[tuple[str, str], Outcome]) -> None:
        self.outcomes = outcomes

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        for task in tasks:
            known = self.outcomes[function, repr(task.payload)]
            yield Outcome(task.key, known.value, known.failure)


def work(database: str, log: str, point: str) -> None:
    """Add and build, three inputs at a time."""
    pipeline.BATCH = 3
    reached: Counter[str] = Counter()
    end = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def on_commit(name: str) -> None:
        reached[name] += 1
        if point == f"{name}#{reached[name]}":
            os.kill(os.getpid(), signal.SIGKILL)
        if name.endswith(":after"):
            with store.view() as view:
                counts = view.counts()
                known = [[h.id for h in view.reports()], counts["annotated"], counts["claims"], view.record_sha256()]
            os.write(end, json.dumps(known).encode() + b"\n")

    with Store.open(database, on_commit=on_commit) as store:
        runner = Recorded(OUTCOMES)
        pipeline.add(store, SOURCES, runner)
        pipeline.build(store, runner)


SOURCES, OUTCOMES = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - our own test wrote it
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(*line.split())
        os._exit(0)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
    sys.stdout.flush()
