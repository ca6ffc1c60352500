"""Verbs that ask: one table for each section, show, search, timeline."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec
import typer

from communique import api
from communique.cli import screen
from communique.errors import NotFoundError, UsageError
from communique.export.phrases import shortened, visible
from communique.export.tables import Row, as_csv, origins_of, rows
from communique.model.spans import Span
from communique.model.words import Official
from communique.text.changes import Change


def _day(value: str | None) -> str | None:
    """The day itself; `today` is the one way to ask for the day of the run."""
    return dt.datetime.now(dt.UTC).date().isoformat() if value == "today" else value


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", callback=_day, help="As it was known on that day, YYYY-MM-DD or today."),
]
Json = Annotated[bool, typer.Option("--json", help="Whole facts as a JSON list.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Whole facts, one a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="The table as CSV.")]
Form = Annotated[str, typer.Option("--format", metavar="table|csv|json|jsonl", help="As the three options above.")]
Limit = Annotated[int | None, typer.Option(min=0, help="At most so many.")]
Where = Annotated[list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only rows that say so.")]

FORMS = ("table", "csv", "json", "jsonl")

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
#: Fields of a fact that say in its own words what it is, the best first.
_WORDS = ("title", "text", "what", "name", "value", "reason", "message")


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    for verb, (section, meaning) in TABLES.items():
        help_ = f"{meaning}\n\nExample: communique {verb} --limit 10 --csv"
        app.command(verb, help=help_)(_table_verb(section))
    for each in (show, search, timeline):
        app.command()(each)


def _table_verb(section: str) -> Callable[..., None]:
    def verb(
        context: typer.Context,
        *,
        json: Json = False,
        jsonl: Jsonl = False,
        csv: Csv = False,
        form: Form = "table",
        limit: Limit = None,
        where: Where = None,
        as_of: AsOf = None,
        min_origins: Annotated[int, typer.Option(help="Only facts with so many independent texts.")] = 0,
    ) -> None:
        shape = _shape(form, json=json, jsonl=jsonl, csv=csv)
        with api.open(context.obj, read_only=True) as c:
            record = c.record(as_of)
        pairs = _chosen(list(zip(getattr(record, section), rows(record, section), strict=True)), where or [])
        _print([p for p in pairs if (origins_of(p[0]) or min_origins) >= min_origins][:limit], shape, section)

    return verb


def _shape(form: str, *, json: bool, jsonl: bool, csv: bool) -> str:
    """The one form that is asked for.

    Raises:
        UsageError: there is no such form, or two are asked for.
    """
    flags = [name for name, wanted in (("json", json), ("jsonl", jsonl), ("csv", csv)) if wanted]
    wanted = dict.fromkeys([*flags, *([form] if form != "table" else [])])
    if len(wanted) > 1 or form not in FORMS:
        message = f"--format {' and '.join(wanted)}: it takes one of {', '.join(FORMS)}"
        raise UsageError(message)
    return next(iter(wanted), "table")


def _chosen(pairs: list[tuple[Any, Row]], where: Sequence[str]) -> list[tuple[Any, Row]]:
    """Facts with their rows that meet all conditions."""
    wanted = [_condition(w) for w in where]
    unknown = [field for field, _ in wanted if pairs and field not in pairs[0][1]]
    if unknown:
        message = f"there is no column {unknown[0]!r}: there are {', '.join(pairs[0][1])}"
        raise UsageError(message)
    return [(fact, row) for fact, row in pairs if all(row[f].casefold() == v.casefold() for f, v in wanted)]


def _condition(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        message = f"--where takes FIELD=VALUE, not {text!r}"
        raise UsageError(message)
    return field, value


def _print(pairs: Sequence[tuple[Any, Row]], shape: str, where: str) -> None:
    """Facts with their rows in the form asked for; code 3 where there are none."""
    facts, table = [fact for fact, _ in pairs], [row for _, row in pairs]
    if shape == "json":
        screen.data(msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n")
    elif shape == "jsonl":
        screen.data(b"".join(msgspec.json.encode(f) + b"\n" for f in facts))
    else:
        screen.out(as_csv(table) if shape == "csv" else screen.table(table))
    if not facts:
        screen.say(f"communique: nothing found in {where}")
        raise typer.Exit(3)


def show(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Id of a fact, a report or a mention, or a report's name.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="The fact as JSON, nothing else.")] = False,
) -> None:
    """One fact, and every report that states it, with the words around the span; of a report what was changed in it.

    Example: communique show r0123456789abcdef.e10-42
    """
    with api.open(context.obj, read_only=True) as c:
        found = c.show(address)
        encoded = msgspec.json.encode(found.fact)
        if json:
            screen.data(msgspec.json.format(encoded, indent=1) + b"\n")
            return
        for each in (found, *found.beside):
            _print_fact(c, each)
        if found.section == "reports":
            screen.out("".join(_changed(each) for each in c.changes(found.fact.id)))


def _print_fact(c: api.Communique, found: api.Found) -> None:
    """The fields of a fact, and the words around each of its spans."""
    told = msgspec.json.decode(msgspec.json.encode(found.fact))
    fields = {k: v for k, v in told.items() if k not in ("evidence", "quotations")}
    head = "".join(f"{k}: {visible(_plain(v))}\n" for k, v in fields.items())
    screen.out(f"{found.section}\n{head}\n")
    for span in sorted(set(_spans(found.fact))):
        screen.out(_around(c, span))


def _changed(change: Change) -> str:
    """A change since the version before, as one line."""
    gone = f" [-{visible(change.removed)}-]" if change.removed else ""
    come = f" {{+{visible(change.added)}+}}" if change.added else ""
    return f"changed at {change.start}: …{visible(change.before)}{gone}{come} {visible(change.after)}…\n"


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
    *,
    json: Json = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    form: Form = "table",
) -> None:
    """Full text over reports and facts, the best first, with the words around what was found.

    Example: communique search bridge freight
    """
    shape = _shape(form, json=json, jsonl=jsonl, csv=csv)
    with api.open(context.obj, read_only=True) as c:
        hits = c.search(" ".join(words), limit)
        if not hits:
            message = f"nothing holds {' '.join(words)!r}"
            raise NotFoundError(message)
        table = [{"section": h.section, "id": h.id, "words": _found(c, h.section, h.id, words)} for h in hits]
    _print([(row, row) for row in table], shape, "the database")


def _found(c: api.Communique, section: str, address: str, words: Sequence[str]) -> str:
    """What a search found, with some words around the first of those that were looked for."""
    if section == "reports":
        report = c.report(address)
        return f"{report.head.name}: {_window(report.text, words)}"
    fact = c.show(address).fact
    told = next((str(v) for name in _WORDS if (v := getattr(fact, name, None))), "")
    return _window(told or str(getattr(fact, "kind", "")), words)


def _window(text: str, words: Sequence[str], width: int = 50) -> str:
    """Words on one line around the first that is looked for; the beginning where none stands there as it is."""
    low = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    at = min((p for w in words if (p := low.find(w.casefold())) >= 0), default=0)
    first, last = max(0, at - width), min(len(text), at + width)
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"


def timeline(
    context: typer.Context,
    *,
    json: Json = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    form: Form = "table",
    limit: Limit = None,
    where: Where = None,
    as_of: AsOf = None,
    min_origins: Annotated[int, typer.Option(help="Only facts with so many independent texts.")] = 0,
) -> None:
    """What happened and what is due, by date.

    Example: communique timeline --as-of 2025-06-01
    """
    shape = _shape(form, json=json, jsonl=jsonl, csv=csv)
    with api.open(context.obj, read_only=True) as c:
        record = c.record(as_of)
    dated = [{k: r[k] for k in _TIMELINE} for r in rows(record, "events") if r["date"]]
    dated += [_owed(r) for r in rows(record, "commitments") if r["due"]]
    ordered = sorted(dated, key=lambda r: (r["date"], r["id"]))
    kept = _chosen([(r, r) for r in ordered if int(r["origins"] or 0) >= min_origins], where or [])
    _print(kept[:limit], shape, "what has a date")


def _owed(row: Row) -> Row:
    """A commitment as a row of the timeline: how its schedule stands, or how it ended."""
    ended = row["official"] in (Official.DONE, Official.REFUSED)
    status = row["official"] if ended else row["schedule"]
    cells = (row["due"], status, row["what"], "", row["origins"], row["id"])
    return dict(zip(_TIMELINE, cells, strict=True))
