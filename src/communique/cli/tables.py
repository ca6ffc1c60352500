"""What all verbs that print a table share: their options, their forms, and what they leave out."""

import datetime as dt
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec
import typer

from communique.cli import screen
from communique.errors import UsageError
from communique.export.tables import Row, as_csv, origins_of

FORMS = ("table", "csv", "json", "jsonl")


def _day(value: str | None) -> str | None:
    """The day itself; `today` is the one way to ask for the day of the run."""
    return dt.datetime.now(dt.UTC).date().isoformat() if value == "today" else value


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", callback=_day, help="As it was known on that day, YYYY-MM-DD or today."),
]
MinConfidence = Annotated[
    float,
    typer.Option(metavar="SHARE", help="Without facts below this confidence, 0 to 1: --min-confidence 0.8"),
]
Json = Annotated[bool, typer.Option("--json", help="Whole facts as a JSON list.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Whole facts, one a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="The table as CSV.")]
Form = Annotated[str, typer.Option("--format", metavar="table|csv|json|jsonl", help="As the three options above.")]
Limit = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many.")]
Where = Annotated[list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only rows that say so.")]
Columns = Annotated[str | None, typer.Option(metavar="FIELD,FIELD", help="Only these columns, in this order.")]


class Shown(msgspec.Struct, frozen=True):
    """What is asked of a table: its form, its columns, the rows wanted and how many of them."""

    form: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    limit: int | None

    def show(self, pairs: Sequence[tuple[Any, Row]], place: str) -> None:
        """Print facts with their rows; code 3 where there are none.

        Raises:
            UsageError: a column that is asked for is not there.
        """
        kept = self._chosen(pairs)[: self.limit]
        facts, table = [fact for fact, _ in kept], [self._narrowed(row) for _, row in kept]
        if self.form == "json":
            screen.data(msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n")
        elif self.form == "jsonl":
            screen.data(b"".join(msgspec.json.encode(f) + b"\n" for f in facts))
        else:
            screen.out(as_csv(table) if self.form == "csv" else screen.table(table))
        if not facts:
            screen.say(f"communique: nothing found in {place}")
            raise typer.Exit(3)

    def _chosen(self, pairs: Sequence[tuple[Any, Row]]) -> list[tuple[Any, Row]]:
        """Facts with their rows that meet all conditions."""
        there = pairs[0][1] if pairs else {}
        unknown = [field for field in (*(f for f, _ in self.where), *self.columns) if pairs and field not in there]
        if unknown:
            message = f"there is no column {unknown[0]!r}: there are {', '.join(there)}"
            raise UsageError(message)
        return [(fact, row) for fact, row in pairs if all(row[f].casefold() == v.casefold() for f, v in self.where)]

    def _narrowed(self, row: Row) -> Row:
        return {field: row[field] for field in self.columns} if self.columns else row


def _shown(
    form: str = "table",
    columns: str | None = None,
    where: Sequence[str] | None = None,
    limit: int | None = None,
    **flags: bool,
) -> Shown:
    """What is asked of a table.

    Raises:
        UsageError: there is no such form, or two are asked for; or a condition says nothing.
    """
    wanted = dict.fromkeys([name for name, on in flags.items() if on] + ([form] if form != "table" else []))
    if len(wanted) > 1 or form not in FORMS:
        message = f"--format {' and '.join(wanted)}: it takes one of {', '.join(FORMS)}"
        raise UsageError(message)
    named = tuple(c.strip() for c in (columns or "").split(",") if c.strip())
    return Shown(next(iter(wanted), "table"), named, tuple(_condition(w) for w in where or ()), limit)


def _condition(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        message = f"--where takes FIELD=VALUE, not {text!r}"
        raise UsageError(message)
    return field, value


def _options(
    *,
    json: Json = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    form: Form = "table",
    columns: Columns = None,
    where: Where = None,
    limit: Limit = None,
) -> None:
    """The options of every table, for `tabular` to read off."""


_SHARED = inspect.signature(_options).parameters


def tabular(verb: Callable[..., None]) -> Callable[..., None]:
    """A verb that takes the options of a table besides its own, and is given them as its last argument, `shown`."""
    own = [p for p in inspect.signature(verb).parameters.values() if p.name != "shown"]
    mine = {p.name for p in own}
    added = [p for name, p in _SHARED.items() if name not in mine]

    @functools.wraps(verb)
    def command(**given: Any) -> None:  # noqa: ANN401 - what the command line gives
        shown = _shown(**{name: given[name] if name in mine else given.pop(name) for name in _SHARED})
        verb(**given, shown=shown)

    parameters = [*own, *added]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def attested(fact: Any, least: int) -> bool:  # noqa: ANN401 - a fact of any section
    """Whether a fact has so many independent texts behind it; facts that do not count them have."""
    count = origins_of(fact)
    return count is None or count >= least
