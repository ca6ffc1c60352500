"""Every form in which a record is handed on, by the name that the command line gives it.

A record quotes its reports span by span; whole texts go with it only where `full_text` is asked for.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from communique.errors import UsageError
from communique.export.annotations import as_annotations
from communique.export.phrases import one_sentence
from communique.export.plover import as_plover
from communique.export.tables import Row, as_csv, rows
from communique.model.record import SECTIONS, Record
from communique.model.spans import spans_of

#: Forms that are one file, and those that are a folder of one file a table.
FILES = ("json", "jsonl", "ics", "annotations", "plover", "packet")
FOLDERS = ("csv", "parquet")


class Material(msgspec.Struct, frozen=True):
    """What a record is handed on with: the texts of its reports by id, and what is wanted of them."""

    record: Record
    texts: Mapping[str, str] = {}
    full_text: bool = False
    raw: bool = False


def as_file(form: str, material: Material) -> bytes:
    """A record in one of the forms that are one file.

    Raises:
        UsageError: there is no such form, or it cannot hold whole texts.
    """
    if form not in FILES:
        message = f"--format {form}: there are {', '.join((*FILES, *FOLDERS))}"
        raise UsageError(message)
    if material.full_text and form in ("ics", "plover", "packet"):
        message = f"--full-text: {form} never holds the texts of reports"
        raise UsageError(message)
    return _WRITERS[form](material)


def as_folder(material: Material, form: str = "csv") -> dict[str, bytes]:
    """A record as files by name, one a table; the table `evidence` joins them to the reports.

    `csv` guards each cell that a spreadsheet would take for a formula, unless `raw` is asked for: then the first
    column's heading says so. `parquet` has typed columns, and each fact whole, as the contract has it, in one of them.

    Raises:
        UsageError: there is no such form, it takes no `raw`, or its extra is not installed.
    """
    tables = _tables(material)
    if form == "csv":
        return {f"{name}.csv": as_csv(table, raw=material.raw).encode() for name, table in tables.items() if table}
    if form != "parquet" or material.raw:
        message = f"--format {form} --raw: only csv has cells to guard" if material.raw else f"{form} is no folder"
        raise UsageError(message)
    from communique.export.parquet import as_parquet  # noqa: PLC0415 - seldom wanted

    for section in ("reports", *SECTIONS, "problems"):
        for row, fact in zip(tables[section], getattr(material.record, section), strict=True):
            row["fact"] = msgspec.json.encode(fact).decode()
    return as_parquet(tables)


def _tables(material: Material) -> dict[str, list[Row]]:
    record = material.record
    tables: dict[str, list[Row]] = {section: rows(record, section) for section in ("reports", *SECTIONS, "problems")}
    tables["sessions"] = [_session(series.id, s) for series in record.series for s in series.sessions]
    tables["history"] = [_change(c.id, h) for c in record.commitments for h in c.history]
    tables["evidence"] = _evidence(material)
    if material.full_text:
        tables["texts"] = [{"report": report, "text": text} for report, text in sorted(material.texts.items())]
    return tables


def _json(material: Material) -> bytes:
    encoded = material.record.encode()
    if not material.full_text:
        return encoded
    texts = msgspec.json.encode(dict(sorted(material.texts.items())))
    return encoded[:-2] + b',"texts":' + texts + b"}\n"


def _jsonl(material: Material) -> bytes:
    record = material.record
    lines: list[dict[str, Any]] = [{"section": "build", "format": record.format, "build": record.build}]
    for section in ("reports", *SECTIONS, "problems"):
        lines += [{"section": section, "fact": fact} for fact in getattr(record, section)]
    if material.full_text:
        lines += [{"section": "texts", "report": r, "text": text} for r, text in sorted(material.texts.items())]
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def _ics(material: Material) -> bytes:
    from communique.export.ics import as_ics  # noqa: PLC0415 - slow to load, and seldom wanted

    return as_ics(material.record)


def _packet(material: Material) -> bytes:
    from communique.export.packet import as_packet  # noqa: PLC0415 - seldom wanted

    return as_packet(material.record, material.texts)


_WRITERS: Mapping[str, Callable[[Material], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "ics": _ics,
    "annotations": lambda m: as_annotations(m.record, m.texts, full_text=m.full_text),
    "plover": lambda m: as_plover(m.record),
    "packet": _packet,
}


def _session(series: str, session: Any) -> Row:  # noqa: ANN401 - a session
    return {
        "series": series,
        "number": str(session.number) if session.number is not None else "",
        "event": session.event or "",
        "status": session.status,
        "date": session.date.value if session.date else "",
        "place": session.place or "",
        "host": session.host or "",
        "co-chairs": "; ".join(session.co_chairs),
    }


def _change(commitment: str, change: Any) -> Row:  # noqa: ANN401 - a row of a history
    on = change.on.value if change.on else ""
    return {"commitment": commitment, "on": on, "official": change.official, "places": str(len(change.evidence))}


def _evidence(material: Material) -> list[Row]:
    """One row for each place that a fact rests on; a passage longer than a sentence is not quoted."""
    return [
        {
            "section": section,
            "fact": getattr(fact, "actor" if section == "items" else "id", ""),
            "report": span.report,
            "start": str(span.start),
            "end": str(span.end),
            "text": span.text if material.full_text or one_sentence(span.text) else "",
        }
        for section in SECTIONS
        for fact in getattr(material.record, section)
        for span in sorted(set(spans_of(fact)))
    ]
