"""What a runner is given and what it gives back."""

import functools
import importlib
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Final, Literal, Protocol, Self

import msgspec

from communique.errors import WorkerError

#: Import paths of what a worker carries out, and of what it does before the first item: known before the rooms are.
INGEST: Final = "communique.ingest.stage:ingest"
ANNOTATE: Final = "communique.stages:annotate"
WARM: Final = "communique.stages:warm"

type FailureCode = Literal["time", "memory", "crash"]


class Task(msgspec.Struct, frozen=True):
    """One item to work on: its key, what the function is called with, and the seconds that it may take."""

    key: str
    payload: Any
    seconds: float


class Failure(msgspec.Struct, frozen=True):
    """Why a task has no value: `time` ran out, `memory` ran out, or a `crash` of any other kind; one line says more."""

    code: FailureCode
    message: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of a task: a value, or a failure."""

    key: str
    value: Any = None
    failure: Failure | None = None


class Runner(Protocol):
    """Works on the items of a stage, here or elsewhere."""

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Call a function with the payload of every task.

        Args:
            function: where it is found, as `package.module:name`; payload and value must be able to cross to another
                process: numbers, texts, bytes, tuples (named too), lists, dicts, sets, dates, enumerations, msgspec
                Structs.
            tasks: what to work on.

        Yields:
            One outcome for each task, in the order of the tasks. A task that fails harms no other.

        Raises:
            WorkerError: no task can be worked on: there is no such function, or no worker can be started.
        """
        ...

    def close(self) -> None:
        """Stop everything that runs."""
        ...

    def __enter__(self) -> Self:
        """The runner itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        ...


@functools.cache
def resolve(function: str) -> Callable[..., Any]:
    """The function that `package.module:name` names.

    Raises:
        WorkerError: there is none.
    """
    module, _, name = function.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except Exception as error:
        message = f"{function} cannot be imported: {one_line(error)}"
        raise WorkerError(message) from error
    if not callable(found):
        message = f"{function} is no function"
        raise WorkerError(message)
    return found  # type: ignore[no-any-return]  # whatever the module holds


def one_line(error: BaseException, longest: int = 300) -> str:
    """An exception in one line of at most `longest` characters."""
    try:
        words = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - an exception that cannot be told must not hide the failure
        words = ""
    return f"{type(error).__name__}: {words}"[:longest] if words else type(error).__name__


def failure_of(error: BaseException) -> Failure:
    """The failure that an exception amounts to."""
    return Failure("memory" if isinstance(error, MemoryError) else "crash", one_line(error))
