"""What a pool adds: nothing that a task does to its worker harms another task."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from poisons import EXPECTED

from communique.errors import WorkerError
from communique.run.pool import Pool
from communique.run.tasks import Outcome, Task
from communique.settings import MIB, Limits

SMALL = Limits(child_bytes=256 * MIB)


def batch(*poisons: str) -> list[Task]:
    """Ten numbers with poisons among them, each allowed half a second."""
    words = [str(n) for n in range(10)]
    for place, poison in enumerate(poisons):
        words.insert(3 + 2 * place, poison)
    return [Task(word, word, 0.5 if word in poisons else 20.0) for word in words]


def sound(outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes of the numbers."""
    return [o for o in outcomes if o.key.isdigit()]


def state(pid: int) -> tuple[str, int]:
    """State letter and parent of a process; Z where it is no more."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "Z", 0
    return fields[0], int(fields[1])


def children(parent: int) -> list[int]:
    """Processes that a process has started."""
    pids = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    return [pid for pid in pids if state(pid)[1] == parent and state(pid)[0] != "Z"]


def gone(pid: int) -> bool:
    """Whether a process ends within five seconds."""
    until = time.monotonic() + 5.0
    while state(pid)[0] != "Z" and time.monotonic() < until:
        time.sleep(0.01)
    return state(pid)[0] == "Z"


@pytest.fixture(scope="module")
def clean() -> list[Outcome]:
    """What the numbers come to without poison."""
    return [Outcome(str(n), n * 2) for n in range(10)]


@pytest.mark.parametrize("poison", EXPECTED)
def test_a_poison_stops_nobody(poison: str, clean: list[Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """The poison's outcome says what happened, the others are what they are without it."""
    monkeypatch.setattr("communique.run.pool._WAITING_SECONDS", 0.5)
    with Pool(1, SMALL) as pool:
        outcomes = list(pool.map("poisons:act", batch(poison)))
    assert sound(outcomes) == clean
    failure = outcomes[3].failure
    expected = EXPECTED[poison]
    if expected is None:
        assert failure is None
    else:
        assert failure is not None
        assert failure.code == expected[0]
        assert expected[1] in failure.message
        assert "\n" not in failure.message


def test_a_signal_without_an_end_is_no_end() -> None:
    """A worker that is told of its socket, while the pool is there, goes on working."""
    with Pool(1) as pool:
        assert [o.value for o in pool.map("poisons:act", [Task("a", "false alarm", 20.0)])] == [6]


def test_two_poisons_in_one_batch(clean: list[Outcome]) -> None:
    """Two poisons, side by side in two workers, cost two outcomes."""
    with Pool(2, SMALL) as pool:
        outcomes = list(pool.map("poisons:act", batch("segfault", "loop")))
    assert sound(outcomes) == clean
    assert [o.failure.code for o in outcomes if o.failure] == ["crash", "time"]


def test_starting_is_not_timed_as_work() -> None:
    """A worker that is slow to load does not cost the first task its time."""
    with Pool(1, warm_up="poisons:warm_up") as pool:
        (outcome,) = pool.map("poisons:is_warm", [Task("a", None, 0.2)])
    assert outcome == Outcome("a", "yes")


@pytest.mark.parametrize(("warm_up", "told"), [("bad_warm_up", "no model"), ("deadly_warm_up", "status 9")])
def test_workers_that_cannot_start_stop_the_stage(warm_up: str, told: str) -> None:
    """A pool gives up with a reason instead of trying for ever."""
    with Pool(1, warm_up=f"poisons:{warm_up}") as pool, pytest.raises(WorkerError, match=told):
        list(pool.map("poisons:double", [Task("a", 1, 1.0)]))


def test_a_worker_is_kept_and_replaced_after_its_share() -> None:
    """One process works until it has done `child_items` tasks."""
    with Pool(1, Limits(child_items=3)) as pool:
        pids = [o.value for o in pool.map("poisons:who", [Task(str(n), None, 20.0) for n in range(6)])]
    assert len(set(pids[:3])) == len(set(pids[3:])) == 1
    assert pids[0] != pids[5]


def test_workers_load_before_there_is_work() -> None:
    """A pool that is told to start has as many processes as it may have, and works with them."""
    with Pool(2) as pool:
        before = set(children(os.getpid()))
        pool.start("poisons:who", 3)
        pool.start("poisons:who", 1)
        started = set(children(os.getpid())) - before
        assert len(started) == 2
        (worked,) = pool.map("poisons:who", [Task("a", None, 20.0)])
    assert worked.value in started


def test_neighbours_go_to_one_worker() -> None:
    """Tasks in a row go to one worker, which remembers what it read, while another takes those further on."""
    with Pool(workers=2, limits=SMALL) as pool:
        pids = [o.value for o in pool.map("poisons:who", [Task(str(n), n, 20.0) for n in range(64)])]
    assert len(set(pids[:8])) == 1
    assert all(isinstance(pid, int) for pid in pids)


def test_a_worker_serves_one_function_after_another() -> None:
    """A second stage finds the processes of the first, and what they hold."""
    with Pool(1) as pool:
        (first,) = pool.map("poisons:who", [Task("a", None, 20.0)])
        assert next(pool.map("poisons:double", [Task("b", 2, 20.0)])).value == 4
        (second,) = pool.map("poisons:who", [Task("c", None, 20.0)])
    assert first.value == second.value


def test_an_idle_worker_that_died_costs_no_task() -> None:
    """A worker killed between two stages is replaced, not blamed on the next task."""
    with Pool(1) as pool:
        (first,) = pool.map("poisons:who", [Task("a", None, 20.0)])
        os.kill(first.value, signal.SIGKILL)
        assert gone(first.value)
        (second,) = pool.map("poisons:who", [Task("b", None, 20.0)])
    assert second.failure is None
    assert second.value != first.value


def test_closing_leaves_no_process() -> None:
    """When the pool is closed in the midst of a task, its workers are gone."""
    others = set(children(os.getpid()))
    with Pool(2) as pool:
        outcomes = pool.map("poisons:slow_double", [Task("a", (1, 0.0), 20.0), Task("b", (1, 60.0), 90.0)])
        next(outcomes)
        workers = set(children(os.getpid())) - others
    assert len(workers) == 2
    assert all(gone(pid) for pid in workers)


@pytest.mark.parametrize("poison", ["loop", "1"])
def test_workers_die_with_their_pool(tmp_path: Path, poison: str) -> None:
    """When the pool's process is killed, its workers end too, busy in an endless loop or idle."""
    script = (
        f"import sys, time; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from communique.run.pool import Pool\nfrom communique.run.tasks import Task\n"
        f"pool, tasks = Pool(1), [Task('a', '0', 9.0), Task('b', {poison!r}, 60.0)]\n"
        "for _ in pool.map('poisons:act', tasks): print(1, flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        time.sleep(0.1)
        workers = children(parent.pid)
        parent.kill()
    assert workers
    assert all(gone(pid) for pid in workers)


def test_a_worker_still_loading_when_the_next_stage_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of the stage before is not taken for an answer of the new one."""
    monkeypatch.setenv("FIRST_WORKER", str(tmp_path / "first"))
    with Pool(2, warm_up="poisons:late_warm_up") as pool:
        first = list(pool.map("poisons:double", [Task(str(n), n, 20.0) for n in range(2)]))
        tasks = [Task(str(n), (n, 0.2), 20.0) for n in range(12)]
        second = list(pool.map("poisons:slow_double", tasks))
    assert [o.value for o in first] == [0, 2]
    assert [(o.value, o.failure) for o in second] == [(2 * n, None) for n in range(12)]


def test_waiting_is_not_computing() -> None:
    """A task that only waits, as all do on a busy machine, is not late before it has had its time to compute."""
    with Pool(1) as pool:
        (outcome,) = pool.map("poisons:slow_double", [Task("a", (2, 0.6), 0.2)])
    assert outcome == Outcome("a", 4)


def test_waiting_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that waits for ever is ended all the same."""
    monkeypatch.setattr("communique.run.pool._WAITING_SECONDS", 0.3)
    with Pool(1) as pool:
        (outcome,) = pool.map("poisons:slow_double", [Task("a", (2, 60.0), 0.2)])
    assert outcome.failure is not None
    assert outcome.failure.code == "time"
