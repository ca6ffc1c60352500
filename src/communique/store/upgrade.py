"""Bringing an older database up to this program's schema. Alembic is loaded here and nowhere else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from communique.errors import VersionError
from communique.store import dialect, opening, reading, schema
from communique.store.address import Address
from communique.store.ledger import Ledger

_STEPS: Final = Path(__file__).parent / "migrations"


def upgrade(url: str | Path, *, busy_seconds: float = 30.0) -> bool:
    """Bring a database up to the newest schema, all steps or none; a copy beside it is kept until that is done.

    Args:
        url: a path, `sqlite:///PATH`, or `postgresql+psycopg://...`.
        busy_seconds: how long to wait for another writer.

    Returns:
        whether there was anything to do.

    Raises:
        StoreError: the database cannot be opened or written.
        VersionError: it is another program's, or newer than this one.
    """
    address = Address.of(url)
    engine = opening.plain_engine(address, busy_seconds=busy_seconds)
    try:
        with engine.connect() as connection, connection.begin():
            version = opening.version_of(connection, address)
        if version == schema.REVISIONS[-1]:
            return False
        if version not in schema.REVISIONS:
            message = f"{address} was made by a newer Communiqué (schema {version}): install that version to open it"
            raise VersionError(message)
        with (
            _copy_beside(engine, address),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            migrate(connection)
            finish(connection)
    finally:
        engine.dispose()
    return True


@contextmanager
def _copy_beside(engine: Engine, address: Address) -> Iterator[None]:
    """Keep a copy of a file until the block has succeeded; a server rolls back by itself."""
    if address.path is None:
        yield
        return
    copy = address.path.with_name(f"{address.path.name}.before-{schema.REVISIONS[-1]}")
    dialect.of(engine).forget(engine)
    shutil.copyfile(address.path, copy)
    yield
    copy.unlink()


def migrate(connection: Connection, target: str = "head") -> None:
    """Carry out the steps from the database's version to `target`, inside the transaction that has begun.

    Views, comments and seals are left as they were: `finish` makes them anew.
    """
    from alembic.config import Config  # noqa: PLC0415 - costs a tenth of a second, and is rarely needed
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    scripts = ScriptDirectory(str(_STEPS))
    context = EnvironmentContext(
        Config(),
        scripts,
        fn=lambda revision, _: scripts._upgrade_revs(target, revision),  # noqa: SLF001 - as alembic's own command does
        destination_rev=target,
    )
    with context:
        context.configure(connection=connection, target_metadata=schema.metadata, transactional_ddl=False)
        context.run_migrations()


def finish(connection: Connection) -> None:
    """Make anew what no step takes care of: views and comments, and the seal of every table."""
    reading.lay(connection)
    Ledger(connection).reckon()
