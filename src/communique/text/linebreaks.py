"""The lines of a text, with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


class Line(NamedTuple):
    """One line of a text, without its break; `start` and `end` are code points, and `text` is what stands there."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing that can be seen."""
        return not self.text or self.text.isspace()


def lines(text: str) -> Iterator[Line]:
    r"""Every line of a text, empty ones too; `\r\n` is one break. The last line may be empty."""
    at = 0
    for stop in _BREAK.finditer(text):
        yield Line(at, stop.start(), text[at : stop.start()])
        at = stop.end()
    yield Line(at, len(text), text[at:])
