"""Where a database is: a file, or a database of a server."""

from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from communique.errors import UsageError

_FILE: Final = "sqlite:///"
_SERVER: Final = "postgresql+psycopg://"


class Address(msgspec.Struct, frozen=True):
    """Where a database is.

    Attributes:
        path: the file, for SQLite; None for a server.
        url: the server's address as SQLAlchemy takes it, for PostgreSQL; it may hold a password.
    """

    path: Path | None = None
    url: str = ""

    @classmethod
    def of(cls, url: "str | Path | Address") -> "Address":
        """The place that a database address names: a path, `sqlite:///PATH`, or `postgresql+psycopg://...`.

        Raises:
            UsageError: another kind of address.
        """
        if isinstance(url, Address):
            return url
        address = str(url)
        if address.startswith(_FILE):
            return cls(path=Path(unquote(address.removeprefix(_FILE))))
        if address.startswith(_SERVER):
            return cls(url=address)
        if "://" in address:
            kind = address.partition(":")[0]
            message = f"{kind} databases cannot be opened: give a path, {_FILE}PATH or {_SERVER}USER@HOST/NAME"
            raise UsageError(message)
        if not address:
            message = f"the database has no name: give a path or {_FILE}PATH"
            raise UsageError(message)
        return cls(path=Path(address))

    @property
    def file(self) -> Path:
        """The file.

        Raises:
            UsageError: it is a server's database.
        """
        if self.path is None:
            message = f"{self} is not a file: use a database file, or `communique copy` it into one first"
            raise UsageError(message)
        return self.path

    def __str__(self) -> str:
        """The place in words for a person: never a password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.url)
        return f"PostgreSQL database {parts.path.lstrip('/') or '(default)'} at {parts.hostname or 'this machine'}"
