"""The engines that a database may live in; each is one file with what this one names."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine, Table

from communique.store import postgres, sqlite


class Dialect(Protocol):
    """What differs from one engine to another."""

    @property
    def EXTRAS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of a module
        """Statements beyond the tables: rulings are append-only, and the word index follows the rows."""
        ...

    def add_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows, all with the same columns, the quickest way there is."""
        ...

    def tables(self, connection: Connection) -> frozenset[str]:
        """Names of all tables of the database."""
        ...

    def laid_out(self, engine: Engine, busy_seconds: float) -> None:
        """Do what a database needs once its tables are there, where it was not done: it takes no lock twice."""
        ...

    def scrub(self, connection: Connection) -> None:
        """Rewrite the word index, so that no removed word stays in it."""
        ...

    def forget(self, engine: Engine) -> None:
        """After an erasure was stored: let no removed word stay in logs or free pages, as far as the engine lets us."""
        ...

    def search(self, connection: Connection, words: str) -> list[tuple[str, str, float]]:
        """Section, id and score (lower is better) of every report and fact that holds all the words."""
        ...

    def layout(self, connection: Connection) -> dict[str, str]:
        """Every table, index and trigger, with the words that tell how it is made."""
        ...

    def scratch(self, beside: Engine) -> AbstractContextManager[Connection]:
        """A place of the same engine that is empty and vanishes, for comparisons."""
        ...

    def own_check(self, connection: Connection) -> list[str]:
        """What the engine's own check finds wrong; it does not look at the words."""
        ...


_SQLITE: Dialect = sqlite
_POSTGRES: Dialect = postgres


def of(bind: Connection | Engine) -> Dialect:
    """The engine behind a connection."""
    return _POSTGRES if bind.dialect.name == "postgresql" else _SQLITE
