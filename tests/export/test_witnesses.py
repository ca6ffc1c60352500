"""Who attests a fact, who did so first, and which reports are one text."""

from pathlib import Path

import msgspec

from communique import api
from communique.export.witnesses import first_rows, origin_rows
from communique.model.spans import spans_of


def test_the_earliest_report_stands_first_and_copies_are_named(example_database: Path) -> None:
    """By publication; what prints another's text says whose."""
    with api.open(example_database, read_only=True) as c:
        statement = next(s for s in c.facts("statements") if "keeps its word" in s.text)
        rows = c.first(statement.id)
    assert [r["published"] for r in rows] == sorted(r["published"] for r in rows)
    copy = next(r for r in rows if r["report"] == "2024-05-15-quessa-daily.txt")
    assert copy["same text as"] == "2024-05-14-northern-wire.txt"
    assert rows[0]["same text as"] == ""


def test_undated_reports_come_last(example_database: Path) -> None:
    """Nobody knows whether they were first."""
    with api.open(example_database, read_only=True) as c:
        record, event = c.record(), c.show("atjc-tw-8").fact
    first = first_rows(record, spans_of(event))[0]["id"]
    heads = tuple(msgspec.structs.replace(h, published=None) if h.id == first else h for h in record.reports)
    assert first_rows(msgspec.structs.replace(record, reports=heads), spans_of(event))[-1]["id"] == first


def test_every_report_is_in_one_row_of_the_origins(example_database: Path) -> None:
    """The most copied text first; the counts add up to the reports."""
    with api.open(example_database, read_only=True) as c:
        record = c.record()
    rows = origin_rows(record)
    counts = [int(r["reports"]) for r in rows]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == len(record.reports)
    assert counts[0] == 2
