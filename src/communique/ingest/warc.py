"""Web archives (WARC, packed or not): every page, file or text in one is a report of its own. fastwarc reads them.

An archive is walked once to find its records; each is then read on its own, so that one that kills its reader costs no
other. Requests, metadata and repeats hold no report.
"""

import importlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from communique.ingest import formats, packed
from communique.ingest.delivered import Delivered, Parts, problem, refused, unopened
from communique.ingest.sources import Hints, Source
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits

_MISSING = "web archives need fastwarc: pip install 'communique[warc]'"
_HOLDING = frozenset(("response", "resource", "conversion"))
_KNOWN = _HOLDING | {"warcinfo", "request", "metadata", "revisit"}
_MARKS = {False: b"\r\n\r\nWARC/", True: b"\x1f\x8b\x08"}
_OK = range(200, 300)
_PIECE = 1 << 20
_DAMAGES = 1_000
_CHUNK_LINE = 100


class _Walk(msgspec.Struct):
    """What a walk through an archive found."""

    parts: list[Source | Problem]
    told: list[Problem]
    number: int = 0
    missing: int = 0


def open_(source: Source, limits: Limits) -> Parts:
    """The records of an archive that hold a report, by their places in the file."""
    try:
        warc = importlib.import_module("fastwarc.warc")  # an extra, and loaded only where it is needed
    except ImportError:
        return unopened(source, ProblemCode.EXTRA, _MISSING)
    if source.path is None:
        return unopened(source, ProblemCode.FORMAT, "a web archive is read from a file of its own")
    walk = _Walk([], [])
    try:
        with Path(source.path).open("rb") as file:
            _walk(warc, file, source, walk, limits)
    except OSError as error:
        return unopened(source, ProblemCode.UNREADABLE, (error.strerror or "cannot be read").lower())
    if not walk.parts and not walk.told:
        return unopened(source, ProblemCode.EMPTY, "the archive holds no page, file or text")
    return Parts(parts=tuple(walk.parts), problems=tuple(walk.told), missing=walk.missing)


def _walk(warc: Any, file: IO[bytes], source: Source, walk: _Walk, limits: Limits) -> None:  # noqa: ANN401 - a module
    """Every record; after a damaged one, on from the next mark that looks like the beginning of a record."""
    is_packed = file.read(2) == b"\x1f\x8b"
    at, last = 0, -1
    for _ in range(_DAMAGES):
        file.seek(at)
        try:
            for record in _records(warc, file, limits):
                if is_packed and record.stream_pos == last:
                    _whole(warc, file, source, walk, limits)
                    return
                last = record.stream_pos
                _take(record, source, walk)
                if walk.number > limits.archive_records:
                    message = f"more than archive_records = {limits.archive_records}; the rest was not read"
                    walk.told.append(problem(source.name, ProblemCode.TOO_LARGE, message))
                    walk.missing += 1
                    return
        except OSError as error:
            why = f"damaged behind record {walk.number}, byte {max(last, at)}: {error}"
            walk.told.append(problem(source.name, ProblemCode.CUT, why))
            walk.missing += 1
            at = _next(file, max(last + 1, at + 1), _MARKS[is_packed])
            if at < 0:
                return
        else:
            return


def _whole(warc: Any, file: IO[bytes], source: Source, walk: _Walk, limits: Limits) -> None:  # noqa: ANN401 - a module
    """An archive packed as a whole, where no record can be reached by its place: unpacked here, if it is small."""
    file.seek(0)
    walk.parts, walk.number = [], 0
    packed_ = file.read(limits.report_bytes + 1)
    try:
        data = packed.unpacked(packed_, limits)
    except packed.UnpackError as error:
        why = f"it is packed as a whole, not record by record as warcio recompress does: {error}"
        walk.told.append(problem(source.name, error.code, why))
        walk.missing += 1
        return
    inside = msgspec.structs.replace(source, path=None)
    _walk(warc, io.BytesIO(data), inside, walk, limits)
    walk.parts = [
        msgspec.structs.replace(p, data=data[p.place : p.place + limits.record_bytes], place=0)
        if isinstance(p, Source)
        else p
        for p in walk.parts
    ]


def _records(warc: Any, file: IO[bytes], limits: Limits) -> Iterator[Any]:  # noqa: ANN401 - of a module without types
    # Never max_content_length: it drops what is longer without a word.
    yield from warc.ArchiveIterator(file, parse_http=False, auto_decode="none", max_header_len=limits.header_bytes)


def _take(record: Any, source: Source, walk: _Walk) -> None:  # noqa: ANN401 - of a module without types
    walk.number += 1
    kind = str(record.record_type)
    name = f"{source.name}:{walk.number}"
    if kind in _HOLDING:
        walk.parts.append(Source(name, b"", "record", source.hints, path=source.path, place=record.stream_pos))
    elif kind not in _KNOWN:
        walk.parts.append(problem(name, ProblemCode.FORMAT, f"a record of the kind {kind} is not read"))


def _next(file: IO[bytes], at: int, mark: bytes) -> int:
    """Where the next mark stands, the blank lines before a record left out; -1 where there is none."""
    file.seek(at)
    kept = b""
    while piece := file.read(_PIECE):
        found = (kept + piece).find(mark)
        if found >= 0:
            return at - len(kept) + found + (4 if mark.startswith(b"\r") else 0)
        at += len(piece)
        kept = (kept + piece)[1 - len(mark) :]
    return -1


def read(source: Source, limits: Limits) -> Delivered:
    """The report in one record."""
    warc = importlib.import_module("fastwarc.warc")
    try:
        with Path(source.path).open("rb") if source.path else io.BytesIO(source.data) as file:
            file.seek(source.place)
            record = next(_records(warc, file, limits), None)
            if record is None:
                return refused(source, ProblemCode.CUT, "the record is gone from the archive")
            return _read(record, source, limits)
    except OSError as error:
        return refused(source, ProblemCode.CUT, f"the record cannot be read: {error}")


def _read(record: Any, source: Source, limits: Limits) -> Delivered:  # noqa: ANN401 - of a module without types
    if record.is_http:
        record.parse_http()
    declared, cut = record.content_length, record.headers.get("WARC-Truncated")
    body = record.reader.read(limits.record_bytes + 1)
    if len(body) > limits.record_bytes:
        return refused(
            source, ProblemCode.TOO_LARGE, f"more than record_bytes = {limits.record_bytes}: {declared} bytes"
        )
    if cut or len(body) < declared:
        why = f"the record says that it was cut ({cut})" if cut else f"{len(body)} of {declared} bytes are there"
        return refused(source, ProblemCode.CUT, why)
    page = _payload(record, body, source, limits)
    return page if isinstance(page, Delivered) else _page(page, limits)


def _payload(record: Any, body: bytes, source: Source, limits: Limits) -> Source | Delivered:  # noqa: ANN401 - as above
    """The page in a record as a source of its own, or why there is none."""
    http = record.http_headers if record.is_http else None
    if http is not None and http.status_code not in _OK:
        return refused(source, ProblemCode.FORMAT, f"the server answered {http.status_code}")
    try:
        body = _decoded(http, body, limits) if http is not None else body
    except packed.UnpackError as error:
        return refused(source, error.code, f"its content cannot be unpacked: {error}")
    media = record.http_content_type if http is not None else record.headers.get("Content-Type")
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    form = formats.detect((url or "").partition("?")[0], body[: formats.LOOK], media)
    when = record.record_date
    return msgspec.structs.replace(
        source,
        data=body,
        format=form,
        hints=Hints(url=url).over(source.hints),
        declared=record.http_charset if http is not None else None,
        collected=when.isoformat() if when else None,
    )


def _page(source: Source, limits: Limits) -> Delivered:
    reader = formats.reader(source.format)
    if len(source.data) > limits.report_bytes:
        message = f"more than report_bytes = {limits.report_bytes}: {len(source.data)} bytes"
        return refused(msgspec.structs.replace(source, data=b""), ProblemCode.TOO_LARGE, message)
    if reader is None or source.format == "record":
        return refused(source, ProblemCode.FORMAT, f"a {source.format} inside an archive is not read")
    return reader(source, limits)


def _decoded(headers: Any, body: bytes, limits: Limits) -> bytes:  # noqa: ANN401 - of a module without types
    """The content of an HTTP answer without its transfer and content encodings."""
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _unchunked(body)
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return packed.unpacked(body, limits)
    return packed.unpacked(body, limits) if coding == "deflate" and body[:1] == b"\x78" else body


def _unchunked(body: bytes) -> bytes:
    """A chunked body in one piece; what is not chunked, as it is: many archives keep the header of what they undid."""
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + _CHUNK_LINE)
        try:
            size = int(body[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size <= 0 or end + 2 + size > len(body):
            return b"".join(out) if size == 0 and out else body
        out.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
