"""What a cluster adds: whatever is lost of it, no task is, and nobody listens who should not."""

import signal

import pytest
from machines import Machines, connected, free_port

from communique.errors import UsageError, WorkerError
from communique.run.cluster import Cluster, checked
from communique.run.tasks import Task


def tasks(count: int) -> list[Task]:
    """Numbers to double, each a little slow."""
    return [Task(str(n), (n, 0.05), 20.0) for n in range(count)]


def test_a_lost_worker_loses_no_task(machines: Machines) -> None:
    """Its tasks are given to another, and the outcomes stay in order."""
    with connected(machines.address) as cluster:
        outcomes = cluster.map("poisons:slow_double", tasks(60))
        first = [next(outcomes).value for _ in range(5)]
        machines.workers[0].send_signal(signal.SIGKILL)
        assert first + [o.value for o in outcomes] == [2 * n for n in range(60)]


def test_a_lost_scheduler_is_one_sentence(machines: Machines) -> None:
    """The stage stops with what to do; it neither hangs nor gives half a result for a whole one."""
    with connected(machines.address) as cluster:
        outcomes = cluster.map("poisons:slow_double", tasks(60))
        next(outcomes)
        machines.scheduler.send_signal(signal.SIGKILL)
        with pytest.raises(WorkerError, match="the cluster was lost"):
            list(outcomes)


def test_nobody_answers() -> None:
    """An address without a scheduler is told at once."""
    with pytest.raises(WorkerError, match="no scheduler answers"):
        Cluster(f"tcp://127.0.0.1:{free_port()}")


@pytest.mark.parametrize("address", ["tcp://192.0.2.7:8786", "tcp://example.org:8786", "http://127.0.0.1:1", "x", ""])
def test_an_open_line_is_refused(address: str) -> None:
    """What goes to another machine is encrypted, or does not go."""
    with pytest.raises(UsageError, match="no safe scheduler"):
        checked(address)


@pytest.mark.parametrize(
    "address", ["tls://example.org:8786", "tcp://127.0.0.1:1", "tcp://[::1]:1", "local:2", "local"]
)
def test_a_safe_line_is_taken(address: str) -> None:
    """Encrypted, or on this machine."""
    assert checked(address) == address
