"""Verbs that use the web, and only when asked: watch, and the addresses of add --fetch."""

import time
from typing import Annotated

import typer

from communique import api
from communique.cli import screen
from communique.cli.change import Workers, corrections, exit_code, fetching, is_address, told
from communique.errors import UsageError
from communique.export.news import news_rows

_MINUTE = 60.0


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    app.command()(watch)


def watch(
    context: typer.Context,
    feeds: Annotated[list[str], typer.Argument(help="Addresses of feeds: RSS, Atom or JSON.")],
    *,
    every: Annotated[float, typer.Option(min=1, metavar="N", help="Minutes between two looks.")] = 15.0,
    once: Annotated[bool, typer.Option("--once", help="Look once, and end.")] = False,
    workers: Workers = 1,
) -> None:
    """Poll feeds politely, add what is new, and say what that changed in the record; Ctrl-C ends it, or --once.

    Example: communique watch https://news.example/feed.xml --once
    """
    wrong = [f for f in feeds if not is_address(f)]
    if wrong:
        message = f"{wrong[0]!r} is no address of the web: it begins with http:// or https://"
        raise UsageError(message)
    while True:
        with api.open(context.obj) as c, screen.progress() as progress:
            before = c.record() if c.built else None
            result = c.watch(feeds, fetching=fetching(), workers=workers, progress=progress)
            changed = news_rows(before, c.record()) if before and result.added.reports else []
            newer = corrections(c, result)
        told(result)
        screen.out("".join(newer))
        screen.out(screen.table(changed))
        if once:
            break
        time.sleep(every * _MINUTE)
    code = exit_code(result)
    if code:
        raise typer.Exit(code)
