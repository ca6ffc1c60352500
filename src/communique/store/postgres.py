"""Everything that is PostgreSQL's own: one writer by an advisory lock, triggers, full text, bulk by COPY, errors.

Readers see one snapshot (repeatable read) for as long as a view is open. The writer reads what is committed, statement
by statement: it alone writes, and its first statement may have waited for the writer before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, text
from sqlalchemy.engine import ExceptionContext

from communique.errors import BusyError, StoreError
from communique.store.address import Address

#: Letters and digits decide, accents and case do not, whatever the server's locale: as SQLite's index does.
_WORDS_OF: Final = """CREATE FUNCTION words_of(written text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT array(SELECT DISTINCT left(word, 255) FROM regexp_split_to_table(
lower(regexp_replace(normalize(written, NFD), '[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"), '[^[:alnum:]]+') AS word
WHERE word <> '') $$"""

#: Statements beyond the tables: rulings are append-only, and the word index follows the rows.
EXTRAS: Final = (
    (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$"
    ),
    (
        "CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
    _WORDS_OF,
    "CREATE INDEX report_words ON reports USING gin (words_of(text))",
    "CREATE INDEX fact_words ON facts USING gin (words_of(words))",
)

#: Rows from which COPY is quicker than INSERT.
_MANY: Final = 20
_WORD = re.compile(r"\w+")
_SEARCH: Final = text(
    "SELECT 'reports' AS section, id, length(text)::float AS score FROM reports "
    "WHERE words_of(text) @> words_of(:query) "
    "UNION ALL "
    "SELECT section, id, length(words)::float FROM facts WHERE words_of(words) @> words_of(:query)"
)
#: SQLSTATE, or the class that it begins with -> what we say, with `{place}`; the first that fits.
_TOLD: Final = (
    ("55P03", BusyError, "another process is writing to {place}: wait until it is done, then try again"),
    ("25006", StoreError, "{place} may only be read: ask its owner for access"),
    ("42501", StoreError, "{place} does not let you do this: ask its owner for access"),
    ("3D000", StoreError, "there is no {place}: make it with createdb, then try again"),
    ("28", StoreError, "{place} does not let you in: check the user and the password"),
    ("53100", StoreError, "the disk of {place} is full, nothing was stored: make room, then try again"),
    ("53", StoreError, "{place} has no room for another connection: try again later"),
    ("P0001", StoreError, "decisions are append-only: withdraw one with a further decision"),
    ("57P", StoreError, "{place} was shut down in the midst of the work, nothing was stored: try again"),
    ("08", StoreError, "{place} cannot be reached: check that the server runs"),
    ("XX", StoreError, "{place} is damaged: restore a backup (verify says what is wrong)"),
)


def engine(address: Address, *, read_only: bool, busy_seconds: float) -> Engine:
    """An engine on a server's database.

    Args:
        address: where it is.
        read_only: refuse every write at the server.
        busy_seconds: how long to wait for another writer.

    Raises:
        StoreError: the `postgres` extra is not installed.
    """
    try:
        made = create_engine(address.url, isolation_level="REPEATABLE READ", pool_pre_ping=True)
    except ModuleNotFoundError as error:
        message = "PostgreSQL needs the extra: pip install 'communique[postgres]'"
        raise StoreError(message) from error
    event.listen(made, "begin", lambda connection: _begin(connection, read_only=read_only, busy_seconds=busy_seconds))
    event.listen(made, "handle_error", lambda context: _handle(context, address))
    return made


def _begin(connection: Connection, *, read_only: bool, busy_seconds: float) -> None:
    """For a writer take the one write lock; let everyone else only read."""
    options = connection.get_execution_options()
    if options.get("plain", False):
        return
    if read_only or not options.get("writes", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        return
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(1000 * busy_seconds)):d}")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('communique'), hashtext(current_schema()))")


def _handle(context: ExceptionContext, address: Address) -> StoreError | None:
    original = context.original_exception
    return told(original, str(address)) if _is_drivers(original) else None


def _is_drivers(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] == "psycopg"


def told(error: BaseException, place: str) -> StoreError:
    """An error of the database in one line for a person, with what to do."""
    lines = str(error).splitlines() or [type(error).__name__]
    state = getattr(error, "sqlstate", None) or _state_of(str(error))
    for sign, kind, line in _TOLD:
        if state.startswith(sign):
            return kind(line.format(place=place))
    return StoreError(f"{place}: {lines[0]}")


def _state_of(words: str) -> str:
    """The SQLSTATE of an error while connecting, which the driver gives without it."""
    if "does not exist" in words and "database" in words:
        return "3D000"
    if "authentication" in words or ("role" in words and "does not exist" in words):
        return "28000"
    return "08006"


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, all with the same columns; many at once by COPY."""
    if len(rows) < _MANY:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    driver = connection.connection.driver_connection
    if driver is None:
        message = "the connection is closed"
        raise StoreError(message)
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except Exception as error:
        if _is_drivers(error):
            raise told(error, "the PostgreSQL database") from error
        raise


def tables(connection: Connection) -> frozenset[str]:
    """Names of all tables of the database, in the schema that is ours."""
    rows = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return frozenset(str(name) for (name,) in rows)


def laid_out(_engine: Engine, _busy_seconds: float) -> None:
    """Nothing more is needed: readers never wait here."""


def scrub(_connection: Connection) -> None:
    """Nothing to rewrite: `forget` takes removed rows out of the index."""


def forget(engine: Engine) -> None:
    """Take removed rows out of the tables and the index; the server's own logs and backups are its keeper's."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", plain=True) as connection:
        for name in sorted(tables(connection)):
            connection.exec_driver_sql(f"VACUUM {connection.dialect.identifier_preparer.quote(name)}")


def search(connection: Connection, words: str) -> list[tuple[str, str, float]]:
    """Section, id and score (length: the shorter the better) of every report and fact that holds all the words."""
    query = " ".join(_WORD.findall(words))
    if not query:
        return []
    return [(section, id_, score) for section, id_, score in connection.execute(_SEARCH, {"query": query})]


#: Columns, constraints, indexes, triggers and functions of the schema that is ours, without its name.
_LAYOUT: Final = (
    (
        "SELECT c.relname || '.' || a.attname, "
        "format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attcollation::regcollation "
        "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v') "
        "AND a.attnum > 0 AND NOT a.attisdropped"
    ),
    (
        "SELECT conname, pg_get_constraintdef(oid, true) FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace"
    ),
    (
        "SELECT c.relname, pg_get_indexdef(i.indexrelid, 0, true) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace"
    ),
    (
        "SELECT t.tgname, pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    ),
    (
        "SELECT relname, pg_get_viewdef(oid, true) FROM pg_class "
        "WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace"
    ),
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
)


def layout(connection: Connection) -> dict[str, str]:
    """Every column, constraint, index, trigger and function, with the words that tell how it is made."""
    schema = str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
    qualified = re.compile(rf'"?\b{re.escape(schema)}"?\.')
    found: dict[str, str] = {}
    for query in _LAYOUT:
        for name, made in connection.exec_driver_sql(query):
            found[str(name)] = qualified.sub("", str(made))
    return found


@contextmanager
def scratch(beside: Engine) -> Iterator[Connection]:
    """A connection whose tables vanish with it: a schema of its own, in a transaction that is never committed."""
    with beside.connect().execution_options(plain=True) as connection:
        name = f"communique_scratch_{connection.exec_driver_sql('SELECT pg_backend_pid()').scalar_one():d}"
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {name}")
        yield connection
        connection.rollback()


def own_check(_connection: Connection) -> list[str]:
    """Nothing: a server checks its pages itself where it was set up with checksums."""
    return []
