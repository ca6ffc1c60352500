"""Functions that the tests give to runners, wholesome and poisonous; workers import them by name."""

import contextlib
import ctypes
import enum
import os
import re
import signal
import sys
import time
from typing import NoReturn

import msgspec

from communique.ingest import stage
from communique.ingest.sources import Source
from communique.settings import Limits

_LEFT_OPEN: list[object] = []


class Colour(enum.StrEnum):
    """A value that may cross."""

    RED = "red"


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """A Struct that may cross."""

    name: str
    colour: Colour = Colour.RED


class StubbornError(Exception):
    """An exception that can neither be told nor sent."""

    def __reduce__(self) -> NoReturn:
        """Refuse."""
        message = "no"
        raise TypeError(message)

    def __str__(self) -> str:
        """Refuse."""
        message = "no"
        raise ValueError(message)


def double(number: int) -> int:
    """Twice a number."""
    return number * 2


def slow_double(payload: tuple[int, float]) -> int:
    """Twice a number, after some seconds."""
    number, seconds = payload
    time.sleep(seconds)
    return number * 2


def thing(name: str) -> Thing:
    """A Struct."""
    return Thing(name=name)


def who(_payload: object) -> int:
    """The process that works."""
    return os.getpid()


def warm_up() -> None:
    """Be slow to start, and leave a trace in the environment."""
    time.sleep(0.3)
    os.environ["COMMUNIQUE_TEST_WARM"] = "yes"


def bad_warm_up() -> NoReturn:
    """Be unable to start."""
    message = "no model"
    raise OSError(message)


def deadly_warm_up() -> NoReturn:
    """Die while starting."""
    os._exit(9)


def is_warm(_payload: object) -> str | None:
    """Whether the worker was warmed up."""
    return os.environ.get("COMMUNIQUE_TEST_WARM")


def act(payload: str) -> object:
    """Do what the payload names: a number is doubled, anything else is a poison."""
    return int(payload) * 2 if payload.isdigit() else POISONS[payload]()


def _raise() -> NoReturn:
    message = "bad\n  input"
    raise ValueError(message)


def _stubborn() -> NoReturn:
    raise StubbornError


def _leave() -> NoReturn:
    os._exit(3)


def _exit() -> NoReturn:
    sys.exit(4)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _segfault() -> None:
    ctypes.string_at(1)


def _loop() -> NoReturn:
    while True:
        pass


def _deaf_loop() -> NoReturn:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGIO):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def _devour() -> int:
    return len(b"x" * (3 << 30))


def _unpicklable() -> object:
    return lambda: None


def _foreign() -> object:
    return os.getcwd  # picklable, but not plain data


def _recurse() -> int:
    return _recurse() + 1


def _deep() -> list[object]:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    return deep


def _false_alarm() -> int:
    for _ in range(100):
        os.kill(os.getpid(), signal.SIGIO)
    return 6


def _noise() -> int:
    print("noise", flush=True)  # noqa: T201 - that is the poison
    os.write(1, b"\0" * 100_000)
    os.write(2, b"\xff" * 100_000)
    sys.stdin.read()
    return 0


def _open_files() -> int:
    _LEFT_OPEN.extend(open(os.devnull) for _ in range(200))  # noqa: SIM115, PTH123 - that is the poison
    return 0


def _exhaust_files() -> NoReturn:
    while True:
        _LEFT_OPEN.append(open(os.devnull))  # noqa: SIM115, PTH123 - that is the poison


def _close_files() -> int:
    os.closerange(0, 1000)
    return 0


def _abort() -> NoReturn:
    os.abort()


def _stop() -> int:
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0


def _loop_in_c() -> object:
    return re.match("(a|aa)+$", "a" * 90 + "b")


def _interrupt() -> NoReturn:
    raise KeyboardInterrupt


def _become_another() -> NoReturn:
    os.execv("/bin/true", ["true"])  # noqa: S606 - that is the poison


def _talk_nonsense() -> NoReturn:
    for number in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(number, b"\xff" * 1000)
    os._exit(0)


def _leave_an_orphan() -> NoReturn:
    if os.fork() == 0:
        time.sleep(60)
    os._exit(5)


def _hoard() -> int:
    kept = [b""]
    while True:
        kept.append(kept[-1] + bytes(1 << 16))


POISONS = {
    "raise": _raise,
    "stubborn": _stubborn,
    "leave": _leave,
    "exit": _exit,
    "kill": _kill,
    "segfault": _segfault,
    "loop": _loop,
    "deaf loop": _deaf_loop,
    "devour": _devour,
    "unpicklable": _unpicklable,
    "foreign": _foreign,
    "recurse": _recurse,
    "deep": _deep,
    "false alarm": _false_alarm,
    "noise": _noise,
    "open files": _open_files,
    "exhaust files": _exhaust_files,
    "close files": _close_files,
    "abort": _abort,
    "stop": _stop,
    "loop in C": _loop_in_c,
    "interrupt": _interrupt,
    "become another": _become_another,
    "talk nonsense": _talk_nonsense,
    "leave an orphan": _leave_an_orphan,
    "hoard": _hoard,
}
#: Poison -> what its failure's code and message must be; None where it may succeed. Each is allowed half a second.
EXPECTED = {
    "raise": ("crash", "ValueError"),
    "stubborn": ("crash", "StubbornError"),
    "leave": ("crash", "status 3"),
    "exit": ("crash", "SystemExit"),
    "kill": ("crash", "SIGKILL"),
    "segfault": ("crash", "SIGSEGV"),
    "loop": ("time", "0.5 seconds"),
    "deaf loop": ("time", "0.5 seconds"),
    "devour": ("memory", "MemoryError"),
    "unpicklable": ("crash", ""),
    "foreign": ("crash", "may not cross"),
    "recurse": ("crash", "RecursionError"),
    "deep": ("crash", ""),
    "noise": None,
    "open files": None,
    "exhaust files": ("crash", "Too many open files"),
    "close files": ("crash", ""),
    "abort": ("crash", "SIGABRT"),
    "stop": ("time", "0.5 seconds"),
    "loop in C": ("time", "0.5 seconds"),
    "interrupt": ("crash", "KeyboardInterrupt"),
    "become another": ("crash", ""),
    "talk nonsense": ("crash", ""),
    "leave an orphan": ("time", "0.5 seconds"),
    "hoard": ("memory", "MemoryError"),
}


def ingest(payload: tuple[Source, Limits]) -> object:
    """Read a document as Communiqué does, after doing what a poisonous one names."""
    words = payload[0].data.decode()
    if words.startswith("POISON "):
        found = POISONS[words.partition(" ")[2].partition(":")[0]]()
        if not isinstance(found, int):
            return found
    return stage.ingest(payload)


def late_warm_up() -> None:
    """The first worker is ready at once, every other after a second."""
    try:
        os.close(os.open(os.environ["FIRST_WORKER"], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        time.sleep(1)
