"""A file of many rows, row by row, however long: JSON lines, and CSV whose quoted fields may hold line breaks."""

from collections.abc import Iterator
from typing import IO

_CHUNK = 1 << 16
_MARK = b"\xef\xbb\xbf"


def lines(file: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers from 1; what is longer is cut one byte beyond `longest`."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            _skip_line(file)
        line = line.removeprefix(_MARK) if number == 1 else line
        if line.strip():
            yield number, line


def records(file: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """Rows of a CSV file with the numbers of their first lines: lines up to one where every quotation mark is closed.

    A row longer than `longest` is given up one byte beyond it, and the next line begins a new row: a mark that is
    never closed costs no more than that.
    """
    row, first, marks = bytearray(), 0, 0
    for number, line in lines(file, longest):
        first = first if row else number
        row += line
        marks += line.count(b'"')
        if len(row) > longest or marks % 2 == 0:
            yield first, bytes(row[: longest + 1])
            row, marks = bytearray(), 0
    if row:
        yield first, bytes(row)


def _skip_line(file: IO[bytes]) -> None:
    while (part := file.readline(_CHUNK)) and not part.endswith(b"\n"):
        pass
