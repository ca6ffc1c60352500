"""What the reader of a format hands over: the text, what the format says about it, and its hash."""

from collections.abc import Callable, Mapping

import msgspec

from communique.ingest.sources import Hints, Source
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one input, or None with at least one Problem.

    Attributes:
        text: the report's text, storable.
        raw: the bytes that `sha256` in the record is taken of, b"" where they are beyond the cap.
        hints: what the input itself says, over what the caller knows.
        extra: keys of the input that nobody reads.
        problems: what could not be read.
    """

    text: str | None
    raw: bytes
    hints: Hints
    extra: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()


Reader = Callable[[Source, Limits], Delivered]


def problem(name: str, code: ProblemCode, message: str, sha256: str | None = None) -> Problem:
    """A Problem of this room."""
    return Problem(input=name, stage="ingest", code=code, message=message, sha256=sha256)
