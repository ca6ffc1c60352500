"""A build on a cluster that loses its client, a worker or its scheduler: what is stored stays, the rest is resumed."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from machines import Machines

from communique import api, pipeline
from communique.errors import WorkerError
from communique.ingest.sources import Source
from communique.store.store import Store
from communique.store.verify import verify

pytestmark = pytest.mark.promise("R12")

#: Builds in a process that can be killed, two reports at a time.
CLIENT = """
import sys
from communique import api, pipeline
pipeline.BATCH = 2
with api.open(sys.argv[1]) as c:
    c.build(cluster=sys.argv[2])
"""


@pytest.fixture
def database(examples: tuple[Source, ...], remembering: Any, tmp_path: Path) -> Path:
    """The examples, not read yet."""
    path = tmp_path / "x.db"
    with Store.open(path) as store:
        pipeline.add(store, examples, remembering)
    return path


def read(database: Path) -> int:
    """How many reports are read, with their marker stored."""
    with Store.open(database, read_only=True) as store, store.view() as view:
        return view.counts()["annotated"]


def test_every_loss_is_resumed(
    machines: Machines, database: Path, remembering: Any, record_bytes: bytes, figure: Callable[[str], None]
) -> None:
    """The client is killed, then a worker, then the scheduler; a shard that was stored is not read again."""
    machines.wait()
    client = subprocess.Popen([sys.executable, "-c", CLIENT, str(database), machines.address])
    until = time.monotonic() + 120
    while not read(database) and time.monotonic() < until:
        time.sleep(0.02)
    client.send_signal(signal.SIGKILL)
    client.wait()
    stored = [read(database)]
    assert stored[0]
    with pytest.MonkeyPatch.context() as patch, Store.open(database) as store:
        patch.setattr(pipeline, "BATCH", 1)
        with (
            api.runner(0, cluster=machines.address) as runner,
            pytest.raises(WorkerError, match="what is stored stays"),
        ):
            pipeline.build(store, Losing(runner, machines, 4), everything=True)
        stored.append(read(database))
        assert verify(store).sound
        assert pipeline.build(store, remembering).encode() == record_bytes
    figure(
        f"Dask: client, a worker and the scheduler lost in one build ({stored} reports stored): the same bytes after"
    )


class Losing:
    """A runner that loses a worker after so many outcomes, and the scheduler one later."""

    def __init__(self, runner: Any, machines: Machines, after: int) -> None:
        self._runner, self._machines, self._left = runner, machines, after

    def map(self, function: str, tasks: Any) -> Iterator[Any]:
        """See `Runner.map`."""
        for outcome in self._runner.map(function, tasks):
            self._left -= 1
            if self._left == 1:
                self._machines.workers[0].send_signal(signal.SIGKILL)
            if self._left == 0:
                self._machines.scheduler.send_signal(signal.SIGKILL)
            yield outcome
