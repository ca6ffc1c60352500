"""The record's tables as Parquet files, for those who have DuckDB, Spark or pandas: typed columns, no guarded cells."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from communique.errors import UsageError
from communique.export.tables import Row

#: Columns that hold numbers, whatever table they are in; all others hold text. An empty cell is NULL.
_TYPES: Final = {
    **dict.fromkeys(
        ("characters", "reports", "origins", "mentions", "wordings", "number", "places", "start", "end"), "BIGINT"
    ),
    "confidence": "DOUBLE",
}
#: What some readers of Parquet do not take in the name of a column.
_ODD: Final = re.compile(r"[^A-Za-z0-9_]+")


def as_parquet(tables: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    """Tables as Parquet files by name; the same tables give the same bytes.

    Args:
        tables: rows by the table's name; all rows of a table have the same columns. Empty tables give no file.

    Raises:
        UsageError: the `analysis` extra is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra, and seldom wanted
    except ModuleNotFoundError as error:
        message = "--format parquet needs the extra: pip install 'communique[analysis]'"
        raise UsageError(message) from error
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="communique-") as folder, duckdb.connect(config={"threads": 1}) as engine:
        given, made = Path(folder) / "rows.jsonl", Path(folder) / "table.parquet"
        for name, rows in tables.items():
            if rows:
                columns = {_ODD.sub("_", column): _TYPES.get(column, "VARCHAR") for column in rows[0]}
                given.write_bytes(b"".join(msgspec.json.encode(_cells(row)) + b"\n" for row in rows))
                # The longest row has to fit into what is read at once.
                most = given.stat().st_size + 1
                engine.read_json(
                    str(given), columns=columns, format="newline_delimited", maximum_object_size=most
                ).write_parquet(str(made))
                files[f"{name}.parquet"] = made.read_bytes()
    return files


def _cells(row: Row) -> dict[str, str | None]:
    return {_ODD.sub("_", column): cell or None for column, cell in row.items()}
