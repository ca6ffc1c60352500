"""A runner on a Dask cluster: each of its workers holds a child process that can be killed, as a pool here would.

What is done to a document is the same wherever it is done, so the results are the same bytes. A poison kills the
child of a worker, never the worker. A worker that is lost loses no task: Dask gives its tasks to another.
"""

import contextlib
import ipaddress
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import urlsplit

from communique.errors import UsageError, WorkerError
from communique.run.pool import Pool
from communique.run.tasks import Failure, Outcome, Task, one_line, resolve
from communique.settings import DEFAULT_LIMITS, Limits

#: Tasks that are handed out ahead of the oldest one that is not done, for each worker.
_AHEAD: Final = 4
#: Seconds in which the scheduler has to answer.
_ANSWER_SECONDS: Final = 10
#: Our own cluster on this machine: `local:2` has two workers.
_LOCAL: Final = "local"

_mine = threading.local()


def work(function: str, task: Task, limits: Limits, warm_up: str | None) -> Outcome | str:
    """Work on one task in the child process of this thread of a Dask worker, which is started with the first task.

    Returns:
        what became of it, or why no task can be worked on there.
    """
    pools: dict[tuple[Limits, str | None], Pool] = _mine.__dict__.setdefault("pools", {})
    if (limits, warm_up) not in pools:
        pools[limits, warm_up] = Pool(1, limits, warm_up)
    try:
        (outcome,) = pools[limits, warm_up].map(function, [task])
    except WorkerError as error:
        return str(error)
    return outcome


def checked(address: str) -> str:
    """A scheduler's address that may be used: encrypted, or on this machine.

    Raises:
        UsageError: what is sent there could be read or altered on its way.
    """
    parts = urlsplit(address)
    if address.partition(":")[0] == _LOCAL or parts.scheme == "tls":
        return address
    if parts.scheme == "tcp" and _is_loopback(parts.hostname or ""):
        return address
    message = f"{address} is no safe scheduler: use tls://HOST:PORT, tcp:// on this machine alone, or local:WORKERS"
    raise UsageError(message)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _lost(error: BaseException) -> WorkerError:
    return WorkerError(f"the cluster was lost: {one_line(error)}; what is stored stays, run it again")


class Cluster:
    """Works on tasks wherever a Dask scheduler sends them."""

    def __init__(self, address: str, limits: Limits = DEFAULT_LIMITS, warm_up: str | None = None) -> None:
        """A runner on the cluster of a scheduler.

        Args:
            address: `tcp://127.0.0.1:PORT`, `tls://HOST:PORT`, or `local:WORKERS` for one of our own.
            limits: memory of a child process and tasks after which it is replaced.
            warm_up: what each child process calls once, as `package.module:name`.

        Raises:
            UsageError: the address is not safe, or Dask is not installed.
            WorkerError: nobody answers there.
        """
        checked(address)
        try:
            from distributed import Client, LocalCluster  # noqa: PLC0415 - a second, and an extra
        except ModuleNotFoundError as error:
            message = "a cluster needs the extra: pip install 'communique[cluster]'"
            raise UsageError(message) from error
        self._limits = limits
        self._warm_up = warm_up
        self._own: Any = None
        if address.partition(":")[0] == _LOCAL:
            count = int(address.partition(":")[2] or 1)
            own = {"n_workers": count, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
            self._own = cast("Any", LocalCluster)(**own)
        try:
            self._client: Any = cast("Any", Client)(self._own or address, timeout=_ANSWER_SECONDS)
        except OSError as error:
            message = f"no scheduler answers at {address}: start one, or use --workers"
            raise WorkerError(message) from error

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Call a function with every payload; see `Runner.map`."""
        resolve(function)
        waiting: deque[tuple[Task, Any]] = deque()
        try:
            ahead = _AHEAD * self._workers()
            for task in tasks:
                waiting.append((task, self._submit(function, task)))
                if len(waiting) >= ahead:
                    yield self._outcome(*waiting.popleft())
            while waiting:
                yield self._outcome(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()

    def _workers(self) -> int:
        """How many workers there are, at least one: more may come.

        Raises:
            WorkerError: the scheduler is gone.
        """
        try:
            return max(1, len(self._client.ncores()))
        except Exception as error:
            raise _lost(error) from error

    def _submit(self, function: str, task: Task) -> Any:  # noqa: ANN401 - Dask's future has no types
        try:
            return self._client.submit(work, function, task, self._limits, self._warm_up, pure=False)
        except Exception as error:
            raise _lost(error) from error

    def _outcome(self, task: Task, future: Any) -> Outcome:  # noqa: ANN401 - as above
        """What became of a task; the cluster's own trouble stops the stage, a deadly task does not."""
        from distributed import KilledWorker  # noqa: PLC0415 - there, since the client is

        try:
            outcome = future.result()
        except KilledWorker:
            return Outcome(task.key, failure=Failure("crash", "the workers that it was given to were lost"))
        except Exception as error:
            raise _lost(error) from error
        if not isinstance(outcome, Outcome):
            message = str(outcome) or "the cluster gave something that is no outcome: is it of the same version?"
            raise WorkerError(message)
        return outcome

    def close(self) -> None:
        """Leave the cluster, and end it where it is our own."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=_ANSWER_SECONDS)
        if self._own is not None:
            self._own.close(timeout=_ANSWER_SECONDS)

    def __enter__(self) -> Self:
        """The runner itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
