"""One input to one Report, or to the Problems that say why there is none."""

import msgspec

from communique.ingest import formats, furniture, language, lookalikes, metadata
from communique.ingest.decode import is_blank
from communique.ingest.delivered import Delivered, problem
from communique.ingest.sources import Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Head, Report
from communique.settings import DEFAULT_LIMITS, Limits


class Read(msgspec.Struct, frozen=True):
    """What one input gave: a report, or None with at least one Problem; a report may have Problems too.

    `raw` is what the report's hash is taken of; b"" where the input is beyond the byte cap. `inputs` is how many inputs
    it stands for: several where many parts of one file are lost at once, none where it only says something of a file
    whose parts are all there.
    """

    report: Report | None
    problems: tuple[Problem, ...]
    raw: bytes
    inputs: int = 1


def read(source: Source, limits: Limits = DEFAULT_LIMITS) -> Read:
    """Read one input. Never raises for what the input holds."""
    if len(source.data) > limits.report_bytes:
        message = f"more than report_bytes = {limits.report_bytes}: at least {len(source.data)} bytes"
        return Read(None, (problem(source.name, ProblemCode.TOO_LARGE, message),), b"")
    reader = formats.reader(source.format)
    if reader is None:
        told = problem(source.name, ProblemCode.FORMAT, f"no reader for {source.format}", ids.sha256_hex(source.data))
        return Read(None, (told,), source.data)
    return _made(source, reader(source, limits), limits)


def _made(source: Source, delivered: Delivered, limits: Limits) -> Read:
    if delivered.text is None:
        return Read(None, delivered.problems, delivered.raw)
    sha256 = ids.sha256_hex(delivered.raw)
    refused = _refusal(delivered.text, limits)
    if refused:
        return Read(None, (problem(source.name, *refused, sha256),), delivered.raw)
    report, told = _report(source.name, delivered, sha256)
    problems = tuple(msgspec.structs.replace(p, sha256=sha256, report=report.id) for p in (*delivered.problems, *told))
    return Read(report, problems, delivered.raw)


def _refusal(text: str, limits: Limits) -> tuple[ProblemCode, str] | None:
    if is_blank(text):
        return ProblemCode.EMPTY, "there is nothing but blanks in it"
    if len(text) > limits.report_chars:
        return ProblemCode.TOO_LONG, f"{len(text)} characters, more than report_chars = {limits.report_chars}"
    return None


def _report(name: str, delivered: Delivered, sha256: str) -> tuple[Report, tuple[Problem, ...]]:
    text = delivered.text or ""
    hints = delivered.hints
    marked = furniture.mark(text, hints.title) if delivered.furniture is None else delivered.furniture
    head = Head(
        id=ids.report_id(sha256, hints.outlet, hints.url, hints.given_id),
        name=name,
        sha256=sha256,
        chars=len(text),
        language=hints.language or language.of(text),
        outlet=hints.outlet,
        url=hints.url,
        given_id=hints.given_id,
        title=hints.title,
        furniture=marked,
        extra=dict(delivered.extra),
    )
    head, told = metadata.dated(head, text, hints.published)
    head = metadata.titled(metadata.updated(head, delivered.updated), text)
    return Report(head, text), (*told, *language.problems(head), *lookalikes.problems(name, text))
