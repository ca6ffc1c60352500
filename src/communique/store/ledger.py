"""Rows in and out of the sealed tables: each table keeps the number of its rows and the sum of their seals.

A seal is a hash of one row. The sum does not depend on the order of the rows, can be kept up while rows come and go,
and notices any row that was altered, added or lost by other means.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, Self

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select

from communique.store import dialect, schema

type Values = Mapping[str, object]

_MODULUS: Final = 1 << 128
_pack = msgspec.msgpack.Encoder().encode


class Seal(msgspec.Struct, frozen=True):
    """How many rows a table has and the sum of their hashes, modulo 2**128."""

    rows: int = 0
    sum: int = 0

    def __add__(self, other: Self) -> "Seal":
        """The seal of both sets of rows together."""
        return Seal(self.rows + other.rows, (self.sum + other.sum) % _MODULUS)

    def __sub__(self, other: Self) -> "Seal":
        """The seal of these rows without the others."""
        return Seal(self.rows - other.rows, (self.sum - other.sum) % _MODULUS)


def sealed_names(table: Table) -> tuple[str, ...]:
    """Columns that a row's seal takes in: all but those that another column hashes."""
    return tuple(c.name for c in table.columns if not c.info.get("covered"))


def seal_of(rows: Sequence[Sequence[object]] | Sequence[Row[tuple[object, ...]]]) -> Seal:
    """The seal of rows, each the values of `sealed_names` in their order."""
    hashes = [hashlib.blake2b(packed, digest_size=16).digest() for packed in map(_pack, map(tuple, rows))]
    return Seal(len(rows), sum(map(int.from_bytes, hashes)) % _MODULUS)


class Ledger:
    """Writes rows and keeps the seals; `settle` stores them and belongs before every commit."""

    def __init__(self, connection: Connection) -> None:
        """A ledger for one transaction."""
        self._connection = connection
        self._changes: dict[str, Seal] = {}
        self._cleared: set[str] = set()

    def insert(self, table: Table, rows: Sequence[Values]) -> None:
        """Add rows, all with the same columns."""
        if not rows:
            return
        names = sealed_names(table)
        dialect.of(self._connection).add_rows(self._connection, table, rows)
        self._note(table, seal_of([[row.get(name) for name in names] for row in rows]))

    def delete(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Take out the rows for which all conditions hold; returns how many there were."""
        columns = [table.c[name] for name in sealed_names(table)]
        gone = self._connection.execute(select(*columns).where(*where)).all()
        if gone:
            self._connection.execute(delete(table).where(*where))
            self._note(table, Seal() - seal_of(gone))
        return len(gone)

    def clear(self, table: Table) -> None:
        """Take out every row."""
        self._connection.execute(delete(table))
        self._changes[table.name] = Seal()
        self._cleared.add(table.name)

    def _note(self, table: Table, change: Seal) -> None:
        self._changes[table.name] = self._changes.get(table.name, Seal()) + change

    def reckon(self) -> None:
        """Seal every table anew, as its rows stand: for a new database, and after a migration."""
        for table in schema.SEALED:
            rows = self._connection.execute(select(*(table.c[name] for name in sealed_names(table)))).all()
            self._changes[table.name] = seal_of(rows)
            self._cleared.add(table.name)
        self.settle()

    def settle(self) -> None:
        """Store the seals of every table that changed."""
        kept = stored_seals(self._connection)
        rows = []
        for name, change in sorted(self._changes.items()):
            base = Seal() if name in self._cleared else kept.get(name, Seal())
            seal = base + change
            rows.append({"name": name, "rows": seal.rows, "sum": f"{seal.sum:032x}"})
        if rows:
            self._connection.execute(delete(schema.seals).where(schema.seals.c.name.in_([r["name"] for r in rows])))
            self._connection.execute(insert(schema.seals), rows)
        self._changes.clear()
        self._cleared.clear()


def stored_seals(connection: Connection) -> dict[str, Seal]:
    """The seals as stored, by table."""
    return {name: Seal(rows, int(total, 16)) for name, rows, total in connection.execute(select(schema.seals))}
