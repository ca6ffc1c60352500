"""Databases as an older Communiqué left them: until there is a release to keep, of the first schema, made anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from communique.store import reading, schema, sqlite, upgrade
from communique.store.store import Store

FIRST = schema.REVISIONS[0]


def of_first_schema(source: Path, target: Path) -> Path:
    """A file that holds the rows of `source` in the tables that the first migration makes."""
    engine = sqlite.engine(target, mode="rwc", busy_seconds=1.0)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        upgrade.migrate(connection, FIRST)
    engine.dispose()
    with closing(sqlite3.connect(target, isolation_level=None)) as raw:
        raw.execute("ATTACH ? AS new", (str(source),))
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("BEGIN")
        names = {name for (name,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
        for table in schema.metadata.sorted_tables:
            if table.name in names and table.name != "alembic_version":
                columns = ", ".join(f'"{r[1]}"' for r in raw.execute(f'PRAGMA main.table_info("{table.name}")'))
                chosen = f"SELECT {columns} FROM new.{table.name}"
                raw.execute(f"INSERT OR REPLACE INTO main.{table.name} ({columns}) {chosen}")
        raw.execute("DELETE FROM seals WHERE name NOT IN (SELECT name FROM main.sqlite_master)")
        raw.execute("COMMIT")
    return target


def back_to_first_schema(url: str) -> None:
    """Take from a database on a server what later migrations gave it."""
    with Store.open(url) as store, store.writer() as writer:
        for statement in (
            *(f"DROP VIEW {name}" for name in reading.views("postgresql")),
            "DROP TABLE cells",
            "DELETE FROM seals WHERE name = 'cells'",
            f"UPDATE alembic_version SET version_num = '{FIRST}'",
        ):
            writer.connection.execute(text(statement))


def rows(path: Path) -> dict[str, list[object]]:
    """The rows of every table, whatever schema it is of."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        names = [n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        ours = [n for n in names if n in schema.metadata.tables]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in ours}
