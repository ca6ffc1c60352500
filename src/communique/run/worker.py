"""The child's side of a pool: loads what it needs, says that it is ready, and works on one task after the other.

Its own output is thrown away, its memory is bounded, and it ends when its pool does: a read finds the socket closed,
and in the midst of a task the closing socket sends a signal.
"""

import fcntl
import gc
import math
import os
import resource
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from communique.errors import WorkerError
from communique.run import pipe
from communique.run.tasks import Failure, failure_of, one_line, resolve

#: Seconds after its deadline at which a worker ends itself, should nobody have done so.
_GRACE_SECONDS: Final = 15
#: Files left open by its tasks that make a worker ask to be replaced.
_LEFT_OPEN: Final = 64
_PAGE: Final = resource.getpagesize()


def main() -> None:
    """Work for the pool at the other end of standard input until it goes away."""
    end = _only_end()
    with suppress(EOFError, ConnectionError):
        _serve(end)
    os._exit(0)


def _only_end() -> socket.socket:
    """Move the socket away from standard input, so that stray reads and writes of a task cannot reach it."""
    end = socket.socket(fileno=os.dup(0))
    silent = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(silent, number)
    os.close(silent)
    return end


def _prepare(settings: dict[str, Any]) -> str | None:
    """Load function and model, then bound the memory; what went wrong, or None."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    try:
        resolve(settings["function"])
        if settings["warm_up"]:
            resolve(settings["warm_up"])()
    except WorkerError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the stage cannot be carried out
        return f"{settings['warm_up']} failed: {one_line(error)}"
    gc.freeze()
    _bound(settings["memory"])
    return None


def _bound(above: int) -> None:
    """Let the address space grow by so many bytes and no further."""
    limit = _size(0) + above
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _size(column: int) -> int:
    """Bytes of this process: column 0 its address space, 1 its resident memory; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - cheaper than pathlib, and called often
            return int(file.read().split()[column]) * _PAGE
    except OSError:
        return 0


def _serve(end: socket.socket) -> None:
    """Prepare for a function, or work on a task of it, as the pool says.

    Each answer to a task is (value, failure, whether to replace this worker).
    """
    resident, files, growth = 0, 0, 0
    while True:
        message = pipe.receive(end)
        if isinstance(message, dict):
            trouble = _prepare(message)
            resident, files, growth = _size(1), _files(), message["growth"]
            end.sendall(pipe.packed(trouble))
            continue
        function, payload, seconds = message
        _guard(end, seconds)
        value, failure = _answer(resolve(function), payload)
        tired = failure is not None and failure.code == "memory"
        tired = tired or _size(1) - resident > growth or _files() - files > _LEFT_OPEN
        answer = _message((value, failure, tired))
        _unguard(end)
        end.sendall(answer)
        del message, payload, value, answer


def _files() -> int:
    """Files that are open; so many that they cannot be counted is far too many."""
    try:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are all that is wanted
    except FileNotFoundError:
        return 0
    except OSError:
        return 1 << 20


def _answer(call: Callable[[Any], Any], payload: object) -> tuple[Any, Failure | None]:
    try:
        return call(payload), None
    except BaseException as error:  # noqa: BLE001 - an exit asked for by a task is a crash of that task
        return None, failure_of(error)


def _message(answer: tuple[Any, Failure | None, bool]) -> bytes:
    """The packed answer, or a failure where its value cannot cross."""
    try:
        return pipe.packed(answer)
    except Exception as error:  # noqa: BLE001 - any class may refuse in its own way
        return pipe.packed((None, failure_of(error), answer[2]))


def _guard(end: socket.socket, seconds: float) -> None:
    """For the time of a task: die when the pool dies, or well after the deadline that the pool keeps."""
    signal.alarm(math.ceil(seconds) + _GRACE_SECONDS)
    signal.signal(signal.SIGIO, lambda _number, _frame: _end_with(end))
    fcntl.fcntl(end, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_ASYNC)


def _end_with(end: socket.socket) -> None:
    """End if the pool is gone; the signal alone does not say so, room to write sends it too."""
    with suppress(BlockingIOError):
        if not end.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
            os._exit(0)


def _unguard(end: socket.socket) -> None:
    fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) & ~os.O_ASYNC)
    signal.alarm(0)
