"""Verbs for rulings: decide, decisions."""

import datetime as dt
import getpass
from typing import Annotated

import msgspec
import typer

from communique import api
from communique.cli import screen
from communique.errors import UsageError
from communique.model.decisions import Decision, Ruling

#: Ruling -> fewest and most mentions that it is about.
MENTIONS = {
    Ruling.SAME: (2, 99),
    Ruling.NOT_SAME: (2, 2),
    Ruling.REJECT: (1, 1),
    Ruling.SET: (1, 1),
    Ruling.UNSURE: (1, 99),
    Ruling.WITHDRAW: (0, 0),
}


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    app.command()(decide)
    app.command()(decisions)


def decide(
    context: typer.Context,
    ruling: Annotated[Ruling, typer.Argument(help="What is decided.")],
    mentions: Annotated[list[str] | None, typer.Argument(help="Ids of the mentions that it is about.")] = None,
    *,
    field: Annotated[str, typer.Option(help="For set and reject: the field.")] = "",
    value: Annotated[str, typer.Option(help="For set: the value.")] = "",
    decision: Annotated[str | None, typer.Option("--decision", help="For withdraw: id of the decision.")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; your login otherwise.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Rule on mentions; the record follows. Nothing is deleted: another ruling withdraws this one.

    Example: communique decide reject r0123456789abcdef.e10-42 --note "the caption is wrong"
    """
    named = mentions or []
    fewest, most = MENTIONS[ruling]
    if not fewest <= len(named) <= most or (ruling is Ruling.WITHDRAW) != (decision is not None):
        message = f"{ruling} takes {fewest} to {most} mentions" + ("; withdraw takes --decision" if not most else "")
        raise UsageError(message)
    if (ruling is Ruling.SET) != bool(value and field):
        message = "set takes --field and --value, and nothing else takes --value"
        raise UsageError(message)
    with api.open(context.obj) as c:
        made = Decision(
            ruling=ruling,
            anchors=tuple(c.anchor(m) for m in named),
            field=field,
            value=value,
            withdraws=decision,
            by=by or getpass.getuser(),
            on=dt.datetime.now(dt.UTC).date().isoformat(),
            note=note,
        )
        stored = c.decide(made)
    screen.out(f"{stored.id}\n")


def decisions(context: typer.Context) -> None:
    """Every ruling in the order in which they were made, withdrawn ones as well, one JSON object a line.

    Example: communique decisions
    """
    with api.open(context.obj, read_only=True) as c:
        for each in c.decisions():
            screen.data(msgspec.json.encode({"id": each.id, **msgspec.to_builtins(each)}) + b"\n")
