"""Verbs for rulings: review, decide, decisions."""

import datetime as dt
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from communique import api
from communique.cli import screen
from communique.errors import CommuniqueError, NotFoundError, PathError, UsageError
from communique.export.phrases import visible
from communique.model.decisions import Ruling
from communique.model.review import Item

By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; your login otherwise.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
_SKIP, _QUIT = "\r\n ", "q\x03\x04"

_group = typer.Typer(help="Every ruling that was made: listed, kept as a file, loaded.")


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    app.command()(review)
    app.command()(decide)
    app.add_typer(_group, name="decisions")


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


# -- review


def review(
    context: typer.Context,
    *,
    listed: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help="Of the list.")] = "text",
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only one kind: disagreement, speaker, merge, name…")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")] = None,
    by: By = None,
) -> None:
    """What needs a human: one question at a time, answered by keys; where nobody types, the list.

    Example: communique review --list --kind disagreement
    """
    if form not in ("text", "json"):
        message = f"--format {form}: it is text or json"
        raise UsageError(message)
    asks = not listed and form == "text" and sys.stdin.isatty()
    with api.open(context.obj, read_only=not asks) as c:
        items = c.review.queue(kind, limit)
        if not items:
            message = "nothing waits for a ruling"
            raise NotFoundError(message)
        if asks:
            _ask(c, items, by or getpass.getuser(), _press)
        elif form == "json":
            screen.data(msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n")
        else:
            screen.out("\n".join(item_text(i, n, len(items)) for n, i in enumerate(items, start=1)))


def item_text(item: Item, number: int, of: int) -> str:
    """A question as lines for the screen: evidence side by side, then the answers."""
    lines = [f"{number}/{of}  {item.kind}  {item.id}{'  (unsure before)' if item.unsure else ''}", item.question]
    lines += [item.reason] if item.reason else []
    for side in item.sides:
        place = " ".join(x for x in (side.report, side.outlet, side.published) if x)
        lines.append(f"  {side.says or '—'}  [{place}]")
        lines.append(f"      …{side.before[-80:]}[{side.span.text}]{side.after[:80]}…")
    lines += [f"  {c.key}  {c.label}: {c.effect}" for c in item.choices]
    return "\n".join(visible(line) for line in lines) + "\n"


def _ask(c: api.Communique, items: tuple[Item, ...], by: str, press: Callable[[], str]) -> None:
    """Put one question after the other; each answer is stored before the next is put."""
    screen.say("Keys as listed; return passes a question over, q ends.")
    for number, item in enumerate(items, start=1):
        screen.out(item_text(item, number, len(items)) + "\n")
        while (key := press()) not in tuple(_SKIP):
            if key in tuple(_QUIT) or not key:
                return
            try:
                screen.say(_answered(c, item, key, by))
            except CommuniqueError as error:
                screen.say(f"communique: {error}")
            else:
                break


def _press() -> str:
    """One key, without waiting for return; what was typed ahead counts. "" where the input ends."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return typer.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        return os.read(terminal, 1).decode("ascii", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _answered(c: api.Communique, item: Item, key: str, by: str) -> str:
    """What became of an answer; a value is asked for where the answer needs one."""
    free = [choice for choice in item.choices if choice.free]
    chosen = free[0].key if key == "v" and free else key
    if key == "v" and len(free) > 1:
        chosen = "v:" + typer.prompt(f"field ({', '.join(x.field for x in free)})", err=True)
    value = typer.prompt("value", err=True) if chosen.startswith("v:") else ""
    made = c.review.answer(item, chosen, by=by, on=_today(), value=value)
    return f"{made.id} {made.ruling}: stored"


# -- decide


def decide(
    context: typer.Context,
    ruling: Annotated[Ruling, typer.Argument(help="What is decided.")],
    mentions: Annotated[list[str] | None, typer.Argument(help="Ids of the facts or mentions that it is about.")] = None,
    *,
    field: Annotated[str, typer.Option(metavar="FIELD", help="For set and reject: the field.")] = "",
    value: Annotated[
        str, typer.Option(metavar="VALUE", help="For set: the value, or the id of who or what it is.")
    ] = "",
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="ID", help="For withdraw: id of the decision, or last.")
    ] = None,
    by: By = None,
    note: Note = "",
) -> None:
    """Rule on facts or mentions; the record follows. Nothing is deleted: another ruling withdraws this one.

    Example: communique decide reject ATJC-TW-9 --note "planned no longer"
    """
    named, who = mentions or [], by or getpass.getuser()
    if (ruling is Ruling.WITHDRAW) != (decision is not None) or (ruling is Ruling.WITHDRAW and named):
        message = "withdraw takes --decision and no mentions, and nothing else takes --decision"
        raise UsageError(message)
    if (ruling is Ruling.SET) != bool(value and field) and (value or ruling is Ruling.SET):
        message = "set takes --field and --value, and nothing else takes --value"
        raise UsageError(message)
    with api.open(context.obj) as c:
        if decision is not None:
            stored = c.review.withdraw(decision, by=who, on=_today(), note=note)
        else:
            stored = c.review.rule(ruling, named, by=who, on=_today(), field=field, value=value, note=note)
    screen.out(f"{stored.id}\n")


# -- decisions


@_group.callback(invoke_without_command=True)
def decisions(
    context: typer.Context,
    *,
    second_look: Annotated[bool, typer.Option("--second-look", help="Only those whose words changed.")] = False,
) -> None:
    """Every ruling in the order in which they were made, withdrawn ones as well, one JSON object a line.

    Example: communique decisions --second-look
    """
    if context.invoked_subcommand is not None:
        return
    with api.open(context.obj, read_only=True) as c:
        for each in c.review.standings():
            if each.second_look or not second_look:
                state = {"in_force": each.in_force, "second_look": each.second_look, "withdrawn_by": each.withdrawn_by}
                told = {"id": each.id, **msgspec.to_builtins(each.decision), **state, "places": each.places}
                screen.data(msgspec.json.encode(told) + b"\n")


@_group.command()
def dump(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; stdout otherwise.")
    ] = None,
) -> None:
    """Every ruling as a portable file: JSON lines whose ids form a chain.

    Example: communique decisions dump -o decisions.jsonl
    """
    with api.open(context.obj, read_only=True) as c:
        screen.deliver(c.review.dump(), output)


@_group.command()
def load(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="The file, or - for stdin.")],
) -> None:
    """Append the rulings of such a file that are not there yet; loading it again changes nothing.

    Example: communique decisions load decisions.jsonl
    """
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise PathError(message) from error
    with api.open(context.obj) as c:
        loaded = c.review.load(data)
    screen.say(f"{loaded.new} new, {loaded.known} known already")
