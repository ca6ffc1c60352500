"""A runner in this very process: for library calls and tests, and for input that is trusted to end."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from communique.run.tasks import Outcome, Task, failure_of, resolve


class Inline:
    """Works on one task after the other. It cannot stop a task that hangs, nor survive one that kills the process."""

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Call a function with every payload; see `Runner.map`."""
        call = resolve(function)
        for task in tasks:
            try:
                yield Outcome(task.key, call(task.payload))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this task's failure alone
                yield Outcome(task.key, failure=failure_of(error))

    def close(self) -> None:
        """Nothing runs when nothing is asked."""

    def __enter__(self) -> Self:
        """The runner itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
