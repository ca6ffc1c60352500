"""Verbs that ask: one table for each section, show, search, timeline, brief, export."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from communique import api
from communique.cli import screen
from communique.errors import NotFoundError, UsageError
from communique.export.phrases import shortened, visible
from communique.export.tables import Row, as_csv, origins_of, rows
from communique.model.record import Record
from communique.model.spans import Span
from communique.model.words import Official


def _day(value: str | None) -> str | None:
    """The day itself; `today` is the one way to ask for the day of the run."""
    return dt.datetime.now(dt.UTC).date().isoformat() if value == "today" else value


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", callback=_day, help="As it was known on that day, YYYY-MM-DD or today."),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; stdout otherwise.")]

#: Verb -> section of the record, and what it shows.
TABLES = {
    "stories": ("stories", "Stories: reports that tell the same happening."),
    "reports": ("reports", "Reports, with what is known of each."),
    "events": ("events", "Events: happened, planned, asked for."),
    "statements": ("statements", "Statements: who said what, in how many wordings."),
    "series": ("series", "Series: numbered sessions, what is next, what does not add up."),
    "commitments": ("commitments", "Commitments: who owes what to whom by when."),
    "disagreements": ("disagreements", "Disagreements: where reports cannot all be right."),
    "actors": ("actors", "Actors: people, bodies, countries, places."),
    "items": ("items", "Items: name, stated count, delivery status."),
    "copies": ("reuse", "Copies: words that several reports share."),
    "problems": ("problems", "Problems: what could not be read, and why."),
}


#: Columns of the timeline.
_TIMELINE = ("date", "status", "title", "place", "origins", "id")


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    for verb, (section, meaning) in TABLES.items():
        help_ = f"{meaning}\n\nExample: communique {verb} --limit 10 --csv"
        app.command(verb, help=help_)(_table_verb(section))
    for each in (show, search, timeline, brief, export):
        app.command()(each)


def _table_verb(section: str) -> Callable[..., None]:
    def verb(
        context: typer.Context,
        *,
        json: Annotated[bool, typer.Option("--json", help="Whole facts as a JSON list.")] = False,
        jsonl: Annotated[bool, typer.Option("--jsonl", help="Whole facts, one a line.")] = False,
        csv: Annotated[bool, typer.Option("--csv", help="The table as CSV.")] = False,
        limit: Annotated[int | None, typer.Option(min=0, help="At most so many.")] = None,
        where: Annotated[list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only rows that say so.")] = None,
        as_of: AsOf = None,
        min_origins: Annotated[int, typer.Option(help="Only facts with so many independent texts.")] = 0,
    ) -> None:
        with api.open(context.obj, read_only=True) as c:
            record = c.record(as_of)
        facts, table = _chosen(record, section, where or [], min_origins)
        _print(facts[:limit], table[:limit], (json, jsonl, csv))
        if not facts:
            screen.say(f"communique: nothing found in {section}")
            raise typer.Exit(3)

    return verb


def _chosen(record: Record, section: str, where: Sequence[str], min_origins: int) -> tuple[list[Any], list[Row]]:
    wanted = [_condition(w) for w in where]
    pairs = list(zip(getattr(record, section), rows(record, section), strict=True))
    unknown = [field for field, _ in wanted if pairs and field not in pairs[0][1]]
    if unknown:
        message = f"there is no column {unknown[0]!r}: there are {', '.join(pairs[0][1])}"
        raise UsageError(message)
    kept = [
        (fact, row)
        for fact, row in pairs
        if all(row[f].casefold() == v.casefold() for f, v in wanted)
        and (origins_of(fact) or min_origins) >= min_origins
    ]
    return [fact for fact, _ in kept], [row for _, row in kept]


def _condition(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        message = f"--where takes FIELD=VALUE, not {text!r}"
        raise UsageError(message)
    return field, value


def _print(facts: Sequence[Any], table: Sequence[Row], forms: tuple[bool, bool, bool]) -> None:
    json, jsonl, csv = forms
    if json:
        screen.data(msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n")
    elif jsonl:
        screen.data(b"".join(msgspec.json.encode(f) + b"\n" for f in facts))
    elif csv:
        screen.out(as_csv(table))
    else:
        screen.out(screen.table(table))


def show(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Id of a fact, a report or a mention, or a report's name.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="The fact as JSON, nothing else.")] = False,
) -> None:
    """One fact, and every report that states it, with the words around the span.

    Example: communique show r0123456789abcdef.e10-42
    """
    with api.open(context.obj, read_only=True) as c:
        found = c.show(address)
        encoded = msgspec.json.encode(found.fact)
        if json:
            screen.data(msgspec.json.format(encoded, indent=1) + b"\n")
            return
        fields = {k: v for k, v in msgspec.json.decode(encoded).items() if k not in ("evidence", "quotations")}
        head = "".join(f"{k}: {visible(_plain(v))}\n" for k, v in fields.items())
        screen.out(f"{found.section}\n{head}\n")
        for span in sorted(set(_spans(found.fact))):
            screen.out(_around(c, span))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else shortened(msgspec.json.encode(value).decode(), 400)


def _spans(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, msgspec.Struct):
        value = msgspec.structs.astuple(value)
    return [s for v in value for s in _spans(v)] if isinstance(value, (tuple, list)) else []


def _around(c: api.Communique, span: Span, width: int = 60) -> str:
    report = c.report(span.report)
    before = report.text[max(0, span.start - width) : span.start]
    after = report.text[span.end : span.end + width]
    place = f"{visible(report.head.name)}, characters {span.start}-{span.end}"
    return f"{place}\n    …{visible(before)}[{visible(span.text)}]{visible(after)}…\n"


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that all have to be there.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
) -> None:
    """Full text over reports and facts, the best first.

    Example: communique search bridge freight
    """
    with api.open(context.obj, read_only=True) as c:
        hits = c.search(" ".join(words), limit)
    if not hits:
        message = f"nothing holds {' '.join(words)!r}"
        raise NotFoundError(message)
    screen.out("".join(f"{h.section}  {h.id}\n" for h in hits))


def timeline(context: typer.Context, as_of: AsOf = None) -> None:
    """What happened and what is due, by date.

    Example: communique timeline --as-of 2025-06-01
    """
    with api.open(context.obj, read_only=True) as c:
        record = c.record(as_of)
    dated = [{k: r[k] for k in _TIMELINE} for r in rows(record, "events") if r["date"]]
    dated += [_owed(r) for r in rows(record, "commitments") if r["due"]]
    if not dated:
        message = "nothing in the record has a date"
        raise NotFoundError(message)
    screen.out(screen.table(sorted(dated, key=lambda r: (r["date"], r["id"]))))


def _owed(row: Row) -> Row:
    """A commitment as a row of the timeline: how its schedule stands, or how it ended."""
    ended = row["official"] in (Official.DONE, Official.REFUSED)
    status = row["official"] if ended else row["schedule"]
    cells = (row["due"], status, row["what"], "", row["origins"], row["id"])
    return dict(zip(_TIMELINE, cells, strict=True))


def brief(
    context: typer.Context,
    subject: Annotated[str | None, typer.Argument(help="Name or id of a series, or id of a story.")] = None,
    as_of: AsOf = None,
    output: Output = None,
) -> None:
    """The one-page brief in Markdown, every line with the report and the characters that state it.

    Example: communique brief ATJC-TW -o brief.md
    """
    with api.open(context.obj, read_only=True) as c:
        text = c.brief(subject, as_of).markdown
    screen.deliver(text.encode(), output)


def export(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", help="json: the record.")] = "json",
    as_of: AsOf = None,
    output: Output = None,
) -> None:
    """The whole record, in the form of the record contract.

    Example: communique export --format json -o record.json
    """
    if form != "json":
        message = f"--format {form}: only json is written so far"
        raise UsageError(message)
    with api.open(context.obj, read_only=True) as c:
        screen.deliver(c.export(as_of), output)
