"""Opening a database: what may be wrong with it is told in one sentence, and nothing is made by looking."""

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from communique.errors import PathError, StoreError, VersionError
from communique.store import dialect, postgres, reading, schema, sqlite
from communique.store.address import Address
from communique.store.ledger import Ledger


def open_engine(address: Address, *, read_only: bool, create: bool, busy_seconds: float) -> Engine:
    """An engine on a database of ours, laid out where it is new and `create` allows it.

    Raises:
        PathError: the folder is missing or the path is a folder.
        StoreError: there is no such database, or it may not be read or written.
        BusyError: another process holds it.
        VersionError: it is another program's, or newer or older than this one.
    """
    engine = _engine(address, read_only=read_only, create=create, busy_seconds=busy_seconds)
    try:
        # Whoever was to lay it out may have been killed before the first table: an empty database is a new one.
        if create and not read_only and _is_empty(engine):
            _make(engine)
        with engine.connect() as connection, connection.begin():
            _check(connection, address)
        if not read_only:
            dialect.of(engine).laid_out(engine, busy_seconds)
    except BaseException:
        engine.dispose()
        raise
    return engine


def plain_engine(address: Address, *, busy_seconds: float) -> Engine:
    """An engine on a database that is there, to be written, of whatever version.

    Raises:
        PathError: the folder is missing or the path is a folder.
        StoreError: there is no such database, or it may not be written.
    """
    return _engine(address, read_only=False, create=False, busy_seconds=busy_seconds)


def _engine(address: Address, *, read_only: bool, create: bool, busy_seconds: float) -> Engine:
    if address.path is None:
        return postgres.engine(address, read_only=read_only, busy_seconds=busy_seconds)
    mode = _mode(address.path, read_only=read_only, create=create)
    return sqlite.engine(address.path, mode=mode, busy_seconds=busy_seconds)


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as connection, connection.begin():
        return not dialect.of(connection).tables(connection)


def _mode(path: Path, *, read_only: bool, create: bool) -> str:
    """How to open the file, or the error that says why not, before anything is touched."""
    if path.is_dir():
        message = f"{path} is a folder: name a file in it, such as {path / 'communique.db'}"
        raise PathError(message)
    if not path.parent.is_dir():
        message = f"the folder {path.parent} does not exist: make it first, or name another file"
        raise PathError(message)
    if not path.exists():
        return _mode_new(path, may=create and not read_only)
    if not _may(path, os.R_OK):
        message = f"{path} may not be read: ask its owner for access"
        raise StoreError(message)
    if path.stat().st_size == 0 and not read_only:
        return _mode_new(path, may=create)
    folder = _may(path.parent, os.W_OK)
    if read_only:
        if folder and _may(path, os.W_OK):
            return "query"
        log = path.with_name(path.name + "-wal")
        return "ro" if folder or (log.exists() and log.stat().st_size) else "immutable"
    if not (folder and _may(path, os.W_OK)):
        message = f"{path if folder else path.parent} is read-only: make it writable, or only read it (--read-only)"
        raise StoreError(message)
    return "rw"


def _may(path: Path, mode: int) -> bool:
    """Whether this process, as the user that it acts for, may use a path so."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _mode_new(path: Path, *, may: bool) -> str:
    if not may:
        message = f"there is no database at {path}: `communique add` makes one"
        raise StoreError(message)
    if not _may(path.parent, os.W_OK):
        message = f"the folder {path.parent} is read-only: make it writable, or name another file"
        raise StoreError(message)
    return "rwc"


def _make(engine: Engine) -> None:
    """Lay out a new database; of several processes that try at once, one does."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not dialect.of(connection).tables(connection):
            create_schema(connection)


def create_schema(connection: Connection) -> None:
    """All tables, triggers and indexes of the newest schema, stamped with its version."""
    schema.metadata.create_all(connection, checkfirst=False)
    for statement in dialect.of(connection).EXTRAS:
        connection.exec_driver_sql(statement)
    reading.lay(connection)
    connection.execute(insert(schema.alembic_version), [{"version_num": schema.REVISIONS[-1]}])
    connection.execute(insert(schema.meta), [{"key": "program", "value": schema.PROGRAM}])
    Ledger(connection).reckon()


def version_of(connection: Connection, address: Address) -> str:
    """Schema version of a database of ours.

    Raises:
        VersionError: it is another program's.
    """
    names = dialect.of(connection).tables(connection)
    if not names:
        message = f"there is no database at {address}: `communique add` makes one"
        raise StoreError(message)
    if {"meta", "alembic_version"} <= names:
        program = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "program"))
        if program == schema.PROGRAM:
            return str(connection.scalar(select(schema.alembic_version.c.version_num)))
    message = f"{address} belongs to another program: name another file with --db"
    raise VersionError(message)


def _check(connection: Connection, address: Address) -> None:
    version = version_of(connection, address)
    if version == schema.REVISIONS[-1]:
        return
    if version in schema.REVISIONS:
        message = f"{address} has the older schema {version}: run `communique upgrade`"
    else:
        message = f"{address} was made by a newer Communiqué (schema {version}): install that version to open it"
    raise VersionError(message)
