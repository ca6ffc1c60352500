"""A runner on child processes that can be killed: what one document does to its worker harms no other document.

A worker is a fresh Python that imports the function by name, keeps parsers and model for its life, and holds one task
at a time. It is started when there is work for it, never forked from a process that may have threads.
"""

import math
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from communique.errors import WorkerError
from communique.run import pipe
from communique.run.tasks import Failure, Outcome, Task
from communique.settings import DEFAULT_LIMITS, Limits

#: Seconds in which a worker has to load its function and model.
START_SECONDS: Final = 120.0
#: Starts in a row that may fail before the stage is given up.
_STARTS: Final = 3
#: Tasks that each worker may be ahead of the oldest one that is not done: bounds what is kept in memory.
_AHEAD: Final = 32
#: Tasks in a row that one worker gets: neighbours have paragraphs in common, and a worker remembers what it parsed.
_RUN: Final = 8
#: Seconds beyond its own that a task may wait for a busy machine: what is late is what computed too long.
_WAITING_SECONDS: Final = 10.0
_MAIN: Final = "import sys; sys.path[:] = sys.argv[1:]; from communique.run.worker import main; main()"
#: One thread for each library that would otherwise start one per core in every worker.
_THREADS: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class _Child:
    """One worker process, as its pool sees it."""

    def __init__(self, settings: dict[str, Any], longest: int) -> None:
        here, there = socket.socketpair()
        with there:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
                [sys.executable, "-c", _MAIN, *sys.path],
                stdin=there.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**_THREADS, **os.environ},
                start_new_session=True,
            )
        self.end = here
        self.inbox = pipe.Inbox(here, longest)
        self.task: tuple[int, Task] | None = None
        self.run: int | None = None
        self.done = 0
        self.loading = 0
        self.load(settings)

    def load(self, settings: dict[str, Any]) -> None:
        """Prepare for a function; not ready until that is done."""
        self.ready = False
        self.loading += 1  # it may still be loading for the stage before: each is answered once
        self.function = settings["function"]
        self.deadline = time.monotonic() + START_SECONDS
        self.latest = self.deadline
        self.computed = 0.0
        self.send(settings, START_SECONDS)

    def send(self, message: object, seconds: float) -> None:
        """Send a message; a worker that is gone is noticed when it is read from."""
        self.end.settimeout(seconds)
        with suppress(OSError):
            self.end.sendall(pipe.packed(message))

    def take(self, number: int, task: Task) -> None:
        """Work on a task."""
        self.task = (number, task)
        self.deadline = time.monotonic() + task.seconds
        self.latest = self.deadline + _WAITING_SECONDS
        self.computed = self.cpu_seconds()
        self.send((self.function, task.payload, task.seconds), task.seconds)

    def may_go_on(self) -> bool:
        """Whether a task is late only because the machine was busy; it then has a new deadline."""
        if self.task is None:
            return False
        left = self.task[1].seconds - (self.cpu_seconds() - self.computed)
        self.deadline = min(self.latest, time.monotonic() + left)
        return left > 0 and time.monotonic() < self.latest

    def cpu_seconds(self) -> float:
        """Processor time of the worker so far; infinite once it is gone or where the system does not say."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_bytes().rpartition(b") ")[2].split()
        except OSError:
            return math.inf
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def gone_idle(self) -> bool:
        """Whether the process ended with no task in its hands, so that the next task is not blamed for it."""
        return self.ready and self.task is None and self.process.poll() is not None

    def kill(self) -> str:
        """End the process and all that it started; says how it ended."""
        with suppress(ProcessLookupError, PermissionError):
            if self.process.returncode is None:  # else its number may be another process by now
                os.killpg(self.process.pid, signal.SIGKILL)
        self.end.close()
        return _ending(self.process.wait())


def _ending(code: int) -> str:
    if code >= 0:
        return f"the worker ended itself with status {code}"
    try:
        return f"the worker was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"the worker was ended by signal {-code}"


class Pool:
    """Works on tasks in `workers` child processes, which are kept from one `map` to the next."""

    def __init__(self, workers: int = 1, limits: Limits = DEFAULT_LIMITS, warm_up: str | None = None) -> None:
        """A pool that starts its workers when there is work, or when it is told to.

        Args:
            workers: most processes at once.
            limits: memory of a worker and tasks after which it is replaced.
            warm_up: a function to call once in each worker before its memory is bounded and its first task is timed,
                as `package.module:name`.
        """
        self._workers = max(1, workers)
        self._limits = limits
        self._warm_up = warm_up
        self._children: list[_Child] = []
        self._failed_starts = 0

    def start(self, function: str, workers: int) -> None:
        """Start workers before there is work, and do not wait: they load while the caller makes ready as well.

        Args:
            function: what they will be asked to call first, as for `map`.
            workers: how many, if that is no more than the pool may have.
        """
        for _ in range(min(workers, self._workers) - len(self._children)):
            self._children.append(_Child(self._settings(function), self._limits.child_bytes))

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Call a function with every payload; see `Runner.map`."""
        self._keep(function)
        waiting = enumerate(tasks)
        done: dict[int, Outcome] = {}
        following = 0
        queue: deque[tuple[int, Task]] = deque()
        more = True
        try:
            while more or queue or done or self._busy():
                while more and len(queue) < 2 * _RUN * self._workers:
                    item = next(waiting, None)
                    more = item is not None
                    if item is not None:
                        queue.append(item)
                self._hand_out(function, queue, following + _AHEAD * self._workers)
                if following in done:  # with the next tasks handed out: workers go on while this one is looked at
                    yield done.pop(following)
                    following += 1
                done.update(self._wait(0.0 if following in done else math.inf))
        finally:
            self._drop(child for child in list(self._children) if child.task)

    def _busy(self) -> bool:
        return any(child.task for child in self._children)

    def _keep(self, function: str) -> None:
        """Let the workers that are there load the function, with the model that they hold."""
        self._drop(child for child in list(self._children) if child.gone_idle())
        for child in self._children:
            child.run = None
            if child.function != function:
                child.load(self._settings(function))

    def _hand_out(self, function: str, queue: deque[tuple[int, Task]], until: int) -> None:
        """Give every free worker a task, and start one more where tasks are left over."""
        self._drop(child for child in list(self._children) if child.gone_idle())
        for child in self._children:
            if queue and queue[0][0] < until and child.ready and child.task is None:
                child.take(*self._next(child, queue))
        starting = sum(not child.ready for child in self._children)
        while len(self._children) < self._workers and len(queue) > starting:
            self._children.append(_Child(self._settings(function), self._limits.child_bytes))
            starting += 1

    def _next(self, child: _Child, queue: deque[tuple[int, Task]]) -> tuple[int, Task]:
        """The first task out of a run that no other worker is at; where there is none, the first of all."""
        others = {other.run for other in self._children if other is not child}
        at = next((n for n, (number, _) in enumerate(queue) if number // _RUN not in others), 0)
        chosen = queue[at]
        del queue[at]
        child.run = chosen[0] // _RUN
        return chosen

    def _settings(self, function: str) -> dict[str, Any]:
        return {
            "function": function,
            "warm_up": self._warm_up,
            "memory": self._limits.child_bytes,
            "growth": self._limits.child_growth_bytes,
        }

    def _wait(self, most: float) -> Iterator[tuple[int, Outcome]]:
        """Wait until a worker says something or runs out of time, or so many seconds; gives the tasks that are over."""
        awake = [child for child in self._children if child.task or not child.ready]
        if not awake:
            return
        with selectors.DefaultSelector() as selector:
            for child in awake:
                selector.register(child.end, selectors.EVENT_READ, child)
            pause = min(child.deadline for child in awake) - time.monotonic()
            heard = [key.data for key, _ in selector.select(max(0.0, min(most, pause)))]
        for child in heard:
            yield from self._hear(child)
        now = time.monotonic()
        for child in awake:
            late = child in self._children and child not in heard and child.deadline <= now
            if late and not child.may_go_on():
                yield from self._late(child)

    def _hear(self, child: _Child) -> Iterator[tuple[int, Outcome]]:
        """Take in what a worker sent."""
        alive = child.inbox.fetch()
        message = child.inbox.message()
        if message is not None:
            yield from self._read(child, message)
        elif not alive:
            yield from self._lost(child)

    def _read(self, child: _Child, message: bytes) -> Iterator[tuple[int, Outcome]]:
        if not child.ready:
            self._started(child, message)
            return
        if child.task is None:
            return
        number, task = child.task
        child.task = None
        child.done += 1
        outcome, tired = _outcome(task, message)
        if tired or child.done >= self._limits.child_items:
            self._drop([child])
        yield number, outcome

    def _started(self, child: _Child, message: bytes) -> None:
        """A worker says that it is ready, or why it never will be."""
        trouble = pipe.unpacked(message)
        if trouble is not None:
            self.close()
            raise WorkerError(str(trouble))
        child.loading -= 1
        child.ready = child.loading == 0
        self._failed_starts = 0

    def _late(self, child: _Child) -> Iterator[tuple[int, Outcome]]:
        """A worker is out of time."""
        self._drop([child])
        if child.task is None:
            self._count_failed(f"a worker was not ready after {START_SECONDS:g} seconds")
            return
        number, task = child.task
        failure = Failure("time", f"not done after {task.seconds:g} seconds")
        yield number, Outcome(task.key, failure=failure)

    def _lost(self, child: _Child) -> Iterator[tuple[int, Outcome]]:
        """A worker is gone: the task that it held is over, no other."""
        self._children.remove(child)
        ending = child.kill()
        if child.task is None:
            self._count_failed(ending)
            return
        number, task = child.task
        yield number, Outcome(task.key, failure=Failure("crash", ending))

    def _count_failed(self, why: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _STARTS:
            self.close()
            message = f"no worker can be started: {why}"
            raise WorkerError(message)

    def _drop(self, children: Iterable[_Child]) -> None:
        for child in children:
            self._children.remove(child)
            child.kill()

    def close(self) -> None:
        """End every worker."""
        self._drop(list(self._children))

    def __enter__(self) -> Self:
        """The runner itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def _outcome(task: Task, message: bytes) -> tuple[Outcome, bool]:
    """What a worker's answer says of its task, and whether it asks to be replaced."""
    try:
        value, failure, tired = pipe.unpacked(message)
    except Exception as error:  # noqa: BLE001 - an answer that cannot be read is the task's failure
        return Outcome(task.key, failure=Failure("crash", f"the answer cannot be read: {error}")), True
    return Outcome(task.key, value, failure), bool(tired)
