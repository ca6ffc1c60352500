"""The record's tables as Parquet: read back as they were, typed, whole or absent."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique import api
from communique.errors import UsageError
from communique.export import parquet


@pytest.fixture(scope="module")
def folder(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples' record, exported by the verb."""
    out = tmp_path_factory.mktemp("parquet") / "out"
    command = [sys.executable, "-m", "communique", "--db", str(example_database), "export"]
    subprocess.run([*command, "--format", "parquet", "-o", str(out)], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """Another reader than our own code."""
    with duckdb.connect() as made:
        yield made


def asked(engine: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return engine.execute(sql).fetchall()


def test_every_section_is_a_file_with_its_facts(
    folder: Path, engine: duckdb.DuckDBPyConnection, record_bytes: bytes
) -> None:
    """In the record's order, each fact as the contract has it."""
    record = json.loads(record_bytes)
    for section in ("reports", "actors", "events", "statements", "commitments", "series", "disagreements"):
        found = asked(engine, f"SELECT fact FROM '{folder}/{section}.parquet'")
        assert [json.loads(fact) for (fact,) in found] == record[section], section


def test_evidence_joins_facts_to_reports(folder: Path, engine: duckdb.DuckDBPyConnection) -> None:
    """Places are numbers, so that the words are cut out of a report by a query."""
    rows = asked(
        engine,
        f"SELECT e.start, e.\"end\", length(e.text) FROM '{folder}/evidence.parquet' e "
        f"JOIN '{folder}/reports.parquet' r ON e.report = r.id WHERE e.text IS NOT NULL AND e.section = 'events'",
    )
    assert len(rows) > 5
    assert all(end - start == length for start, end, length in rows)


def test_columns_are_typed_and_named_for_every_reader(folder: Path, engine: duckdb.DuckDBPyConnection) -> None:
    """Numbers are numbers, what is unknown is NULL, and no name holds a blank."""
    kinds = {name: kind for name, kind, *_ in asked(engine, f"DESCRIBE SELECT * FROM '{folder}/events.parquet'")}
    assert kinds | {"number": "BIGINT", "confidence": "DOUBLE", "title": "VARCHAR"} == kinds
    assert asked(engine, f"SELECT count(*) FROM '{folder}/events.parquet' WHERE title = '' OR place = ''") == [(0,)]
    columns = {row[0] for p in folder.iterdir() for row in asked(engine, f"DESCRIBE SELECT * FROM '{p}'")}
    assert not [name for name in columns if not name.isidentifier()]


def test_the_same_record_gives_the_same_bytes(example_database: Path, folder: Path) -> None:
    """File by file."""
    with api.open(example_database, read_only=True) as c:
        again = c.tables(form="parquet")
    assert again == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_texts_go_with_it_where_they_are_wanted(example_database: Path, engine: Any, tmp_path: Path) -> None:
    """Whole, and only then."""
    with api.open(example_database, read_only=True) as c:
        assert "texts.parquet" not in c.tables(form="parquet")
        path = tmp_path / "texts.parquet"
        path.write_bytes(c.tables(form="parquet", full_text=True)["texts.parquet"])
        assert dict(asked(engine, f"SELECT report, text FROM '{path}'")) == c.texts(h.id for h in c.record().reports)


HOSTILE = ["'; DROP TABLE x; --", '"}\n{"id": 1}', "\x00\x1b[2J", "=1+1", "\u202e\u2028\ud7ff", "x" * 300_000, "NULL"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_back_as_they_were(words: str, engine: Any, tmp_path: Path) -> None:
    """No cell changes the query, the rows, or another cell."""
    path = tmp_path / "t.parquet"
    path.write_bytes(parquet.as_parquet({"t": [{"id": words, "known from": "a"}]})["t.parquet"])
    assert asked(engine, f"SELECT id, known_from FROM '{path}'") == [(words, "a")]


def test_what_it_does_not_take_is_said(example_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw cells are for CSV; without the extra the remedy is named."""
    with api.open(example_database, read_only=True) as c:
        with pytest.raises(UsageError, match="only csv"):
            c.tables(form="parquet", raw=True)
        monkeypatch.setitem(sys.modules, "duckdb", None)
        with pytest.raises(UsageError, match="analysis"):
            c.tables(form="parquet")
