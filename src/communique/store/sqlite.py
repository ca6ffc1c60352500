"""Everything that is SQLite's own: settings of a connection, triggers, full text, errors in its words.

`dialect` says what each engine's file has to have; no other file of the room names SQLite's features.
"""

import functools
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, insert, text
from sqlalchemy.engine import ExceptionContext

from communique.errors import BusyError, StoreError, VersionError

#: Statements beyond the tables: rulings are append-only, and the word index follows the rows.
EXTRAS: Final = (
    (
        "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE TRIGGER decisions_no_replace BEFORE INSERT ON decisions "
        "WHEN EXISTS (SELECT 1 FROM decisions WHERE number = NEW.number OR id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE VIRTUAL TABLE report_words USING fts5("
        "text, content='reports', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER report_words_insert AFTER INSERT ON reports "
        "BEGIN INSERT INTO report_words(rowid, text) VALUES (NEW.number, NEW.text); END"
    ),
    (
        "CREATE TRIGGER report_words_delete AFTER DELETE ON reports "
        "BEGIN INSERT INTO report_words(report_words, rowid, text) VALUES ('delete', OLD.number, OLD.text); END"
    ),
    (
        "CREATE VIRTUAL TABLE fact_words USING fts5("
        "words, content='facts', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER fact_words_insert AFTER INSERT ON facts "
        "BEGIN INSERT INTO fact_words(rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
    (
        "CREATE TRIGGER fact_words_delete AFTER DELETE ON facts "
        "BEGIN INSERT INTO fact_words(fact_words, rowid, words) VALUES ('delete', OLD.number, OLD.words); END"
    ),
)

_PAUSE_SECONDS: Final = 0.02
_WORD = re.compile(r"\w+")
_SEARCH: Final = text(
    "SELECT 'reports' AS section, reports.id AS id, bm25(report_words) AS score FROM report_words "
    "JOIN reports ON reports.number = report_words.rowid WHERE report_words MATCH :query "
    "UNION ALL "
    "SELECT facts.section, facts.id, bm25(fact_words) FROM fact_words "
    "JOIN facts ON facts.number = fact_words.rowid WHERE fact_words MATCH :query"
)
#: What the driver raises; where a damaged file makes SQLite say what is no text, Python's error comes through.
_ERRORS: Final = (sqlite3.Error, UnicodeDecodeError)
#: What SQLite says -> what we say, with `{path}`; the first that fits.
_TOLD: Final = (
    ("not a database", VersionError, "{path} is not a database: name another file with --db"),
    ("locked", BusyError, "another process is writing to {path}: wait until it is done, then try again"),
    ("readonly", StoreError, "{path} is read-only: make it writable, or only read it (read-only opening)"),
    ("disk is full", StoreError, "the disk is full, nothing was stored in {path}: make room, then try again"),
    ("append-only", StoreError, "decisions are append-only: withdraw one with a further decision"),
    ("malformed", StoreError, "{path} is damaged: restore a backup (verify says what is wrong)"),
    ("decode", StoreError, "{path} is damaged, a text in it cannot be read: restore a backup"),
    ("unable to open", StoreError, "{path} cannot be opened: check that you may read its folder"),
    ("disk i/o", StoreError, "{path} could not be read or written: check the disk, then try again"),
)


def engine(path: Path, *, mode: str, busy_seconds: float) -> Engine:
    """An engine on a database file.

    Args:
        path: the file.
        mode: `ro` only reads, `rw` needs an existing file, `rwc` makes one, `immutable` trusts that nobody writes,
            `query` only reads, but may tidy the log away when it is the last to close.
        busy_seconds: how long to wait for another writer.
    """
    query = {"immutable": "mode=ro&immutable=1", "query": "mode=rw"}.get(mode, f"mode={mode}")
    settings = ["foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", *["query_only=ON"][: mode == "query"]]
    uri = f"file:{quote(str(path))}?{query}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        try:
            for setting in settings:
                connection.execute(f"PRAGMA {setting}")
        except _ERRORS as error:
            connection.close()
            raise told(error, path) from error
        return connection

    made = create_engine("sqlite://", creator=connect, poolclass=_pool())
    event.listen(made, "begin", _begin)
    event.listen(made, "handle_error", lambda context: _handle(context, path))
    return made


def _pool() -> type:
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415 - SQLite would get another pool for an URL without a path

    return QueuePool


def _begin(connection: Connection) -> None:
    """Begin a snapshot; for a writer take the one write lock at once; begin nothing for what must stand alone."""
    options = connection.get_execution_options()
    if not options.get("plain", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def _handle(context: ExceptionContext, path: Path) -> StoreError | None:
    original = context.original_exception
    return told(original, path) if isinstance(original, _ERRORS) else None


def told(error: BaseException, path: Path) -> StoreError:
    """An error of the database in one line for a person, with what to do."""
    words = str(error).lower()
    for sign, kind, line in _TOLD:
        if sign in words:
            return kind(line.format(path=path))
    return StoreError(f"{path}: {error}")


@functools.cache
def _insert(table: Table) -> Insert:
    """Made once for each table: making a statement costs more than carrying it out."""
    return insert(table)


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, all with the same columns."""
    connection.execute(_insert(table), rows)


def tables(connection: Connection) -> frozenset[str]:
    """Names of all tables of the database."""
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(name) for (name,) in rows)


def laid_out(engine: Engine, busy_seconds: float) -> None:
    """Let readers go on beside a writer (write-ahead log): a setting of the file, made once.

    SQLite does not wait for its lock here as it does elsewhere, so the waiting is ours.
    """
    for left in range(int(busy_seconds / _PAUSE_SECONDS), -1, -1):
        try:
            with engine.connect().execution_options(plain=True) as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        except BusyError:
            if not left:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def scrub(connection: Connection) -> None:
    """Rewrite the word index of reports, so that no removed word stays in it."""
    connection.exec_driver_sql("INSERT INTO report_words(report_words) VALUES ('optimize')")
    connection.exec_driver_sql("INSERT INTO fact_words(fact_words) VALUES ('optimize')")


def forget(engine: Engine) -> None:
    """Fold the write-ahead log into the file and empty it; where a reader is in the way, the last to close does it."""
    with engine.connect().execution_options(plain=True) as connection:
        waiting = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={waiting:d}")


def search(connection: Connection, words: str) -> list[tuple[str, str, float]]:
    """Section, id and score (lower is better) of every report and fact that holds all the words."""
    query = " ".join(f'"{word}"' for word in _WORD.findall(words))
    if not query:
        return []
    return [(section, id_, score) for section, id_, score in connection.execute(_SEARCH, {"query": query})]


def layout(connection: Connection) -> dict[str, str]:
    """Every table, index and trigger with the statement that made it."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {str(name): " ".join(str(sql).split()) for name, sql in rows}


@contextmanager
def scratch(_beside: Engine | None = None) -> Iterator[Connection]:
    """A connection to an empty database in memory, for comparisons."""
    made = create_engine("sqlite://")
    event.listen(made, "begin", _begin)
    with made.connect() as connection, connection.begin():
        yield connection
    made.dispose()


def own_check(connection: Connection) -> list[str]:
    """What the engine's own check finds wrong with its pages; it does not look at the words."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)")
    return [str(line) for (line,) in rows if line != "ok"]
