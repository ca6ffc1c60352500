"""Verbs that ask: one table for each section, show, search, timeline."""

from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec
import typer

from communique import api
from communique.cli import screen
from communique.cli.card import card, changed
from communique.cli.tables import AsOf, MinConfidence, Shown, attested, tabular
from communique.errors import NotFoundError
from communique.export.phrases import visible
from communique.export.tables import Row, rows
from communique.model.record import FURTHER, TYPES
from communique.model.spans import Span, spans_of
from communique.model.words import Official

MinOrigins = Annotated[int, typer.Option(min=0, metavar="N", help="Only facts with so many independent texts.")]


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
    "paraphrases": ("paraphrases", "Paraphrases: sentences of two newsrooms that say the same in other words."),
    **{s: (s, f"{s.capitalize()}: {(TYPES[s].__doc__ or '').partition(chr(10))[0]}") for s in FURTHER},
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
    for each in (show, first, origins, search, timeline, news):
        app.command()(each)
    app.command("bytes")(bytes_of)


def _table_verb(section: str) -> Callable[..., None]:
    @tabular
    def verb(
        context: typer.Context,
        *,
        as_of: AsOf = None,
        min_origins: MinOrigins = 0,
        min_confidence: MinConfidence = 0.0,
        shown: Shown,
    ) -> None:
        with api.open(context.obj, read_only=True) as c:
            record = c.record(as_of, min_confidence=min_confidence)
        pairs = zip(getattr(record, section), rows(record, section), strict=True)
        shown.show([(fact, row) for fact, row in pairs if attested(fact, min_origins)], section)

    return verb


def show(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Id of a fact, a report or a mention, or a report's name.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="The fact as JSON, nothing else.")] = False,
) -> None:
    """One fact, and every report that states it, with the words around the span; of a report what was changed in it.

    Example: communique show ATJC-TW-7
    """
    with api.open(context.obj, read_only=True) as c:
        found = c.show(address)
        if json:
            screen.data(msgspec.json.format(msgspec.json.encode(found.fact), indent=1) + b"\n")
            return
        names = {a.id: a.name for a in c.facts("actors")} | {h.id: h.name for h in c.facts("reports")}
        for each in (found, *found.beside):
            screen.out(card(each.section, each.fact, names))
            for span in sorted(set(spans_of(each.fact))):
                screen.out(_around(c, span))
        if found.section == "reports":
            screen.out("".join(changed(each) for each in c.changes(found.fact.id)))


def _around(c: api.Communique, span: Span, width: int = 60) -> str:
    report = c.report(span.report)
    before = report.text[max(0, span.start - width) : span.start]
    after = report.text[span.end : span.end + width]
    place = f"{visible(report.head.name)}, characters {span.start}-{span.end}"
    return f"{place}\n    …{visible(before)}[{visible(span.text)}]{visible(after)}…\n"


@tabular
def first(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Id of a fact or a mention.")],
    *,
    as_of: AsOf = None,
    shown: Shown,
) -> None:
    """Who reported it first: every report that states a fact, by its time of publication; undated ones come last.

    What stands under "same text as" is the earliest report of the same newsroom text: it is no second witness.

    Example: communique first ATJC-TW-8
    """
    with api.open(context.obj, read_only=True) as c:
        table = c.first(address, as_of)
    shown.show([(row, row) for row in table], address)


@tabular
def origins(context: typer.Context, *, as_of: AsOf = None, shown: Shown) -> None:
    """Which reports are one newsroom text: a row a text, those that most reports copied at the top.

    Example: communique origins --columns reports,first,names
    """
    with api.open(context.obj, read_only=True) as c:
        table = c.origins(as_of)
    shown.show([(row, row) for row in table], "stories")


@tabular
def bytes_of(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Id of a fact or a mention.")],
    *,
    shown: Shown,
) -> None:
    """Where the words of a fact stand in the files as they were delivered: first byte, and the byte behind the last.

    Bytes count from 0 in what `communique original` hands out, whose SHA-256 stands beside them.

    Example: communique bytes ATJC-TW-7 --columns "report,first byte,byte behind"
    """
    with api.open(context.obj, read_only=True) as c:
        table = c.bytes_of(address)
    shown.show([(row, row) for row in table], address)


@tabular
def news(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option(metavar="DATE", help="As it was known on that day, YYYY-MM-DD.")],
    as_of: AsOf = None,
    shown: Shown,
) -> None:
    """What changed in the record since it was as known on a day: what is new, what reads otherwise, what is gone.

    Example: communique news --since 2025-05-01
    """
    with api.open(context.obj, read_only=True) as c:
        table = c.news(since, as_of)
    shown.show([(row, row) for row in table], f"the time since {since}")


@tabular
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that all have to be there.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help="At most so many.")] = 20,
    shown: Shown,
) -> None:
    """Full text over reports and facts, the best first, with the words around what was found.

    Example: communique search bridge freight
    """
    with api.open(context.obj, read_only=True) as c:
        hits = c.search(" ".join(words), limit)
        if not hits:
            message = f"nothing holds {' '.join(words)!r}"
            raise NotFoundError(message)
        table = [{"section": h.section, "id": h.id, "words": _found(c, h.section, h.id, words)} for h in hits]
    shown.show([(row, row) for row in table], "the database")


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


@tabular
def timeline(
    context: typer.Context,
    *,
    as_of: AsOf = None,
    min_origins: MinOrigins = 0,
    min_confidence: MinConfidence = 0.0,
    shown: Shown,
) -> None:
    """What happened and what is due, by date.

    Example: communique timeline --as-of 2025-06-01
    """
    with api.open(context.obj, read_only=True) as c:
        record = c.record(as_of, min_confidence=min_confidence)
    dated = [{k: r[k] for k in _TIMELINE} for r in rows(record, "events") if r["date"]]
    dated += [_owed(r) for r in rows(record, "commitments") if r["due"]]
    ordered = sorted(dated, key=lambda r: (r["date"], r["id"]))
    shown.show([(r, r) for r in ordered if int(r["origins"] or 0) >= min_origins], "what has a date")


def _owed(row: Row) -> Row:
    """A commitment as a row of the timeline: how its schedule stands, or how it ended."""
    ended = row["official"] in (Official.DONE, Official.REFUSED)
    status = row["official"] if ended else row["schedule"]
    cells = (row["due"], status, row["what"], "", row["origins"], row["id"])
    return dict(zip(_TIMELINE, cells, strict=True))
