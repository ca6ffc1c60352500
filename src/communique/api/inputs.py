"""What a caller may give: paths, folders, patterns, or reports as mappings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from communique.errors import UsageError
from communique.model.reports import Report
from communique.settings import Limits

if TYPE_CHECKING:
    from communique.errors import PathError
    from communique.ingest.sources import Source
    from communique.model.problems import Problem


#: What the keys of a JSON line, and the columns of a table, can be.
LINE_KEYS = ("text", "title", "published", "source", "url", "id", "lang")

type Given = str | Path | Mapping[str, object]
"""One input: a path, a folder, a pattern, or a report as a mapping with the keys of a JSON line."""


def expanded(
    inputs: Given | Iterable[Given],
    limits: Limits,
    hints: Mapping[str, str | Mapping[str, str] | None],
    stdin: IO[bytes] | None,
) -> Any:  # noqa: ANN401 - an Expansion, or what has the same attribute
    """What is given, as inputs to be read, and the paths that could not be opened (`refused`)."""
    from communique.ingest.sources import Hints, expand

    given: Sequence[Given] = [inputs] if isinstance(inputs, (str, Path, Mapping)) else list(inputs)
    paths = [str(x) for x in given if isinstance(x, (str, Path))]
    rows = [x for x in given if isinstance(x, Mapping)]
    known = {key: value for key, value in hints.items() if isinstance(value, str)}
    mapping = hints.get("map")
    expansion = expand(paths, limits, Hints(**known), stdin, mapping if isinstance(mapping, Mapping) else {})
    return _Both(expansion, sources(rows)) if rows else expansion


class _Both:
    """Paths first, then rows."""

    def __init__(self, expansion: Any, rows: Sequence["Source"]) -> None:  # noqa: ANN401 - as above
        self._expansion = expansion
        self._rows = rows

    @property
    def refused(self) -> list["PathError"]:
        """The paths that could not be opened."""
        refused: list[PathError] = self._expansion.refused
        return refused

    def __iter__(self) -> Iterator["Source | Problem"]:
        yield from self._expansion
        yield from self._rows


def sources(rows: Iterable[Mapping[str, object]]) -> list["Source"]:
    """Reports given as mappings, as inputs to be read."""
    from communique.ingest.sources import JSONL, Source

    return [
        Source(str(row.get("id") or f"report {n}"), msgspec.json.encode(row), JSONL)
        for n, row in enumerate(rows, start=1)
    ]


def report_of(text: str, published: str | None, name: str, limits: Limits) -> Report:
    """A text as a report.

    Raises:
        UsageError: it cannot be one; the text says why.
    """
    from communique.ingest.read import read as ingest

    row = {"id": name, "text": text, **({"published": published} if published else {})}
    delivered = ingest(sources([row])[0], limits)
    if delivered.report is None:
        raise UsageError("; ".join(p.message for p in delivered.problems))
    return delivered.report


def missing(paths: Iterable[str]) -> tuple["PathError", ...]:
    """One error for each path that names nothing at all."""
    from communique.ingest.sources import missing as nothing_at

    return nothing_at(paths)
