"""Where the words of a fact stand in what was delivered: the bytes behind each span, as rows for a table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from communique.export.phrases import shortened
from communique.export.tables import Row
from communique.ingest.rawmap import RawMap
from communique.model.reports import Report
from communique.model.spans import Span, in_order
from communique.settings import Limits


class Original(NamedTuple):
    """A report, and the bytes that it was read from."""

    report: Report
    raw: bytes


def byte_rows(spans: Iterable[Span], originals: Mapping[str, Original], limits: Limits) -> list[Row]:
    """One row a span: the first byte of what was delivered that holds its words, and the byte behind the last one.

    Args:
        spans: the words.
        originals: their reports, by id.
        limits: the caps that the reports were read under.
    """
    return [row for report, some in _by_report(spans).items() for row in _rows(originals[report], some, limits)]


def _by_report(spans: Iterable[Span]) -> dict[str, list[Span]]:
    held: dict[str, list[Span]] = {}
    for span in in_order(spans):
        held.setdefault(span.report, []).append(span)
    return held


def _rows(original: Original, spans: Iterable[Span], limits: Limits) -> Iterator[Row]:
    """The rows of one report; the bytes stay empty where they cannot be told, and `note` says why."""
    head = original.report.head
    known: RawMap | None = None
    reason = ""
    try:
        known = RawMap(head, original.report.text, original.raw, limits)
    except ValueError as error:
        reason = str(error)
    for span in spans:
        first, last, note = _place(known, span) if known else ("", "", reason)
        yield {
            "report": head.name,
            "first byte": first,
            "byte behind": last,
            "words": shortened(span.text, 120),
            "sha256": head.sha256,
            "id": head.id,
            "note": note,
        }


def _place(known: RawMap, span: Span) -> tuple[str, str, str]:
    try:
        first, last = known.bytes_of(span.start, span.end)
    except ValueError as error:
        return "", "", str(error)
    return str(first), str(last), ""
