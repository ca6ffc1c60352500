"""What the reader of a format hands over: the text, what the format says about it, and its hash."""

from collections.abc import Callable, Mapping

import msgspec

from communique.ingest.sources import Hints, Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Furniture
from communique.settings import Limits


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one input, or None with at least one Problem.

    Attributes:
        text: the report's text, storable.
        raw: the bytes that `sha256` in the record is taken of, b"" where they are beyond the cap.
        hints: what the input itself says, over what the caller knows.
        extra: keys of the input that nobody reads.
        problems: what could not be read.
        updated: when it was changed last, as the format says.
        furniture: where the format itself tells it; None: its text does.
    """

    text: str | None
    raw: bytes
    hints: Hints
    extra: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()
    updated: str | None = None
    furniture: tuple[Furniture, ...] | None = None


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What one input of many reports holds: its parts in their order, and what is to be said of the whole.

    Attributes:
        parts: sources that are read one by one, and the Problems of parts that cannot be.
        problems: of the whole, where every part is there all the same.
        missing: parts that the input says it has and that are not among `parts`; told in `problems`.
    """

    parts: tuple[Source | Problem, ...]
    problems: tuple[Problem, ...] = ()
    missing: int = 0


Reader = Callable[[Source, Limits], Delivered]
Opener = Callable[[Source, Limits], Parts]


def problem(name: str, code: ProblemCode, message: str, sha256: str | None = None) -> Problem:
    """A Problem of this room."""
    return Problem(input=name, stage="ingest", code=code, message=message, sha256=sha256)


def refused(source: Source, code: ProblemCode, message: str) -> Delivered:
    """An input of which no report can be made, and why."""
    told = problem(source.name, code, message, ids.sha256_hex(source.data) if source.data else None)
    return Delivered(text=None, raw=source.data, hints=source.hints, problems=(told,))


def unopened(source: Source, code: ProblemCode, message: str) -> Parts:
    """An input whose parts cannot be found, and why: it counts as one input that is not read."""
    told = problem(source.name, code, message, ids.sha256_hex(source.data) if source.data else None)
    return Parts(parts=(told,))
