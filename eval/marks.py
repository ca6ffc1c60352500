"""Marks that a person put into a text, as `{note|words}`."""

import re
from typing import NamedTuple

_MARK = re.compile(r"\{([a-z0-9]+)\|([^}]*)\}")


class Mark(NamedTuple):
    """Marked words: offsets in the plain text, and the note that stands before the bar."""

    start: int
    end: int
    note: str


def unmarked(marked: str) -> tuple[str, list[Mark]]:
    """A text without its marks, and the marks in their order."""
    text, found, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append(Mark(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found
