"""What lets a person read the database with psql, Datasette or any browser of databases: views, and comments.

Nothing of ours reads them, and they hold nothing: after an upgrade they are made anew as they stand here.
"""

from typing import Final

from sqlalchemy import Connection
from sqlalchemy.schema import SetColumnComment, SetTableComment

from communique.store import schema

#: View -> its columns, each with its place in the JSON of a fact.
FACTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "events": {
        "date": ("date", "value"),
        "type": ("type",),
        "status": ("status",),
        "title": ("title",),
        "number": ("number",),
        "series": ("series",),
        "place": ("place",),
        "origins": ("origins",),
        "confidence": ("confidence",),
    },
    "statements": {
        "speaker": ("speaker",),
        "channel": ("channel",),
        "text": ("text",),
        "origins": ("origins",),
        "confidence": ("confidence",),
    },
    "commitments": {
        "kind": ("kind",),
        "what": ("what",),
        "due": ("due", "value"),
        "official": ("status", "official"),
        "evidence": ("status", "evidence"),
        "schedule": ("status", "schedule"),
        "origins": ("origins",),
        "confidence": ("confidence",),
    },
    "actors": {"kind": ("kind",), "name": ("name",)},
    "series": {"name": ("name",), "founded": ("founded", "value"), "rhythm": ("rhythm",)},
    "disagreements": {"kind": ("kind",), "field": ("field",), "preferred": ("preferred",), "reason": ("reason",)},
    "stories": {"title": ("title",)},
}
#: The words that every fact rests on, with the report that they stand in.
_SOURCES: Final = (
    'CREATE VIEW sources AS SELECT e.section, e.fact, r.name AS report_name, e.report, e.start, e."end", '
    'substr(r.text, e.start + 1, e."end" - e.start) AS words '
    "FROM evidence e JOIN reports r ON r.id = e.report"
)
_TOLD: Final = "facts of this section of the record, one a row; facts.body has the whole of each"


def views(engine: str) -> dict[str, str]:
    """The statement that makes each view, in the words of an engine: `sqlite` or `postgresql`."""
    made = {name: _view(name, columns, engine) for name, columns in FACTS.items()}
    return made | {"sources": _SOURCES}


def _view(name: str, columns: dict[str, tuple[str, ...]], engine: str) -> str:
    found = ", ".join(f'{_in_body(place, engine)} AS "{column}"' for column, place in columns.items())
    return f"CREATE VIEW {name} AS SELECT id, {found} FROM facts WHERE section = '{name}'"  # noqa: S608 - our own names


def _in_body(place: tuple[str, ...], engine: str) -> str:
    if engine == "sqlite":
        return f"json_extract(body, '$.{'.'.join(place)}')"
    return f"body::json #>> '{{{','.join(place)}}}'"


def lay(connection: Connection) -> None:
    """Make all views anew, and say on a server what each table and column is."""
    engine = connection.dialect.name
    for name, made in views(engine).items():
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        connection.exec_driver_sql(made)
    if not connection.dialect.supports_comments:
        return
    for name in FACTS:
        connection.exec_driver_sql(f"COMMENT ON VIEW {name} IS '{_TOLD}'")
    connection.exec_driver_sql("COMMENT ON VIEW sources IS 'the words that each fact rests on, cut out of its report'")
    for table in schema.metadata.sorted_tables:
        connection.execute(SetTableComment(table))
        for column in table.columns:
            if column.comment:
                connection.execute(SetColumnComment(column))
