"""The store: one file that holds reports, claims, rulings and the record; one writer, any number of readers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from communique.errors import StoreError
from communique.store import dialect, opening
from communique.store.address import Address
from communique.store.view import View
from communique.store.writer import Writer

#: Told before and after every commit, as `add:before`; a test may kill the process there.
type Hook = Callable[[str], None]


class Store:
    """An open database. Use it as a context manager, or `close` it.

    Every error of the database is a `StoreError` of one sentence, or one of its kinds.
    """

    def __init__(self, address: Address, engine: Engine, *, read_only: bool, on_commit: Hook | None) -> None:
        """Use `Store.open`."""
        self.address = address
        self.read_only = read_only
        self._engine = engine
        self._on_commit = on_commit

    @classmethod
    def open(
        cls,
        url: str | Path | Address,
        *,
        read_only: bool = False,
        create: bool = True,
        busy_seconds: float = 30.0,
        on_commit: Hook | None = None,
    ) -> Self:
        """Open a database, made where there is none.

        Args:
            url: a path, `sqlite:///PATH`, or `postgresql+psycopg://...`.
            read_only: never write; works in a folder that may not be written as well.
            create: whether a database that does not exist is made; never so where `read_only`.
            busy_seconds: how long to wait for another writer.
            on_commit: told the name of each commit point as it is reached (see `writer`).

        Raises:
            UsageError: the address is of a kind that cannot be opened.
            PathError: the folder is missing, or the path is a folder.
            StoreError: there is no such database, or it may not be read or written.
            BusyError: another process holds it.
            VersionError: it is another program's, or of another schema version.
        """
        address = Address.of(url)
        engine = opening.open_engine(address, read_only=read_only, create=create, busy_seconds=busy_seconds)
        return cls(address, engine, read_only=read_only, on_commit=on_commit)

    @contextmanager
    def writer(self, step: str = "write") -> Iterator[Writer]:
        """One acknowledged step: everything written inside is stored together when the block ends, or nothing is.

        Args:
            step: name of the step; `on_commit` is told `STEP:before` and `STEP:after`.

        Raises:
            BusyError: another process is writing, for longer than `busy_seconds`.
            StoreError: the step could not be stored.
        """
        if self.read_only:
            message = f"{self.address} is open only to be read: open it again to write"
            raise StoreError(message)
        with self._engine.connect().execution_options(writes=True) as connection:
            with connection.begin():
                writer = Writer(connection)
                yield writer
                writer.settle()
                self._reached(f"{step}:before")
            self._reached(f"{step}:after")
        if writer.erased:
            dialect.of(self._engine).forget(self._engine)

    def _reached(self, point: str) -> None:
        if self._on_commit is not None:
            self._on_commit(point)

    def view(self) -> View:
        """A snapshot to read from: it does not change while it is open, whatever is written meanwhile."""
        return View(self._engine.connect())

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
