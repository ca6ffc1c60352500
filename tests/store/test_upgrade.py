"""The migrations lead to the very schema that a new database has."""

import sqlite3
from pathlib import Path

import pytest

from communique.errors import VersionError
from communique.store import schema, sqlite, upgrade
from communique.store.ledger import stored_seals
from communique.store.store import Store


def migrated(path: Path) -> None:
    """Make a database by migrations alone."""
    engine = sqlite.engine(path, mode="rwc", busy_seconds=1.0)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        upgrade.migrate(connection)
        upgrade.finish(connection)
    engine.dispose()


def content(path: Path) -> tuple[object, ...]:
    """Layout, version and seals of a database."""
    engine = sqlite.engine(path, mode="rw", busy_seconds=1.0)
    with engine.connect() as connection:
        rows = connection.execute(schema.meta.select()).all(), connection.execute(schema.alembic_version.select()).all()
        found = sqlite.layout(connection), rows, stored_seals(connection)
    engine.dispose()
    return found


def test_migrations_lead_to_the_schema_of_a_new_database(tmp_path: Path, path: Path, file_store: Store) -> None:
    """Tables, triggers and indexes are the same to the letter, and so is what a new database holds."""
    other = tmp_path / "migrated.db"
    migrated(other)
    file_store.close()
    assert content(other) == content(path)


def test_a_database_of_this_version_is_left_alone(path: Path, file_filled: Store) -> None:
    """There is nothing to do, and no copy is left."""
    file_filled.close()
    before = path.read_bytes()
    assert not upgrade.upgrade(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_newer_database_is_not_upgraded(path: Path, file_store: Store) -> None:
    """An older program refuses a newer store."""
    file_store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(VersionError, match="newer"):
        upgrade.upgrade(path)
