"""The screen: data on stdout, all else on stderr, and nothing that a terminal could take for orders."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from communique.export.deliver import to_file
from communique.export.phrases import visible

type Progress = Callable[[str, int], None]


def out(text: str) -> None:
    """Data, as it is, to stdout."""
    data(text.encode("utf-8", "surrogatepass"))


#: What a terminal could take for an order, or would hide; every JSON text may write these as \\uXXXX.
_ORDERS = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def data(raw: bytes) -> None:
    """Bytes to stdout, whatever the locale says of it; on a terminal, with nothing that it could take for an order."""
    if sys.stdout.isatty():
        text = raw.decode("utf-8", "replace")
        raw = _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """One line for the person, to stderr."""
    print(visible(text), file=sys.stderr)


def deliver(raw: bytes, path: Path | None) -> None:
    """Bytes to a file, whole or not at all, or to stdout where none is named.

    Raises:
        PathError: the file cannot be written.
    """
    if path is None:
        data(raw)
    else:
        to_file(raw, path)


@contextmanager
def progress() -> Iterator[Progress]:
    """Counters of finished items on stderr, where it is a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done: None  # noqa: ARG005 - nobody watches
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:.0f}"), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def advance(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.advance(tasks[stage], done)  # type: ignore[arg-type]

        yield advance


def table(rows: Sequence[dict[str, str]]) -> str:
    """Rows as an aligned table, as wide as its content; cells are made harmless."""
    if not rows:
        return ""
    cells = [[visible(c) for c in rows[0]], *([visible(v) for v in row.values()] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]]) + "\n"
