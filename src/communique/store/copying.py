"""A database moved or kept: row by row from one engine to another, all of it or nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table, select

from communique.errors import StoreError
from communique.store import schema
from communique.store.address import Address
from communique.store.ledger import Ledger
from communique.store.store import Store

#: Rows that are held in memory at once.
_CHUNK: Final = 1_000
#: What is copied: everything but what a new database of ours holds from the first.
_TABLES: Final = tuple(table for table in schema.SEALED if table is not schema.meta)


def copy(source: Store, target: Store) -> dict[str, int]:
    """Copy a database as it stands into an empty one, of any engine.

    A writer may go on meanwhile: what is copied is one snapshot.

    Returns:
        the number of rows of each table.

    Raises:
        StoreError: the target is not empty, or cannot be written; it then holds what it held.
    """
    counts: dict[str, int] = {}
    with source.view() as view, target.writer("copy") as writer:
        if not _is_empty(writer.connection):
            message = f"{target.address} is not empty: name a new database to copy to"
            raise StoreError(message)
        ledger = Ledger(writer.connection)
        for table in _TABLES:
            counts[table.name] = 0
            for rows in _chunks(view.connection, table):
                ledger.insert(table, rows)
                counts[table.name] += len(rows)
        ledger.settle()
    return counts


def _is_empty(connection: Connection) -> bool:
    return all(connection.execute(select(table).limit(1)).first() is None for table in _TABLES)


def _chunks(connection: Connection, table: Table) -> Iterator[list[Mapping[str, object]]]:
    """All rows of a table, some at a time, in the order of their key."""
    rows = connection.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key))
    for part in rows.mappings().partitions(_CHUNK):
        yield [dict(row) for row in part]


def backup(source: Store, path: Path) -> None:
    """Keep a database in a file beside everything else, whole or not at all; a writer may go on meanwhile.

    Raises:
        StoreError: there is something at that path already, or it cannot be written.
    """
    if path.exists():
        message = f"{path} is there already: name a new file for the backup"
        raise StoreError(message)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with Store.open(Address(path=unfinished)) as target:
            copy(source, target)
        unfinished.replace(path)
    finally:
        for ending in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
