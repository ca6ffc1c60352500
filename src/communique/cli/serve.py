"""The verb that opens the local page: serve."""

import datetime as dt
import getpass
from typing import Annotated

import typer

from communique.cli import screen

#: Status of an answer -> exit code; any other status from 400 is 1.
_CODES = {404: 3, 400: 2}


def register(app: typer.Typer) -> None:
    """Add this file's verb to the command line."""
    app.command()(serve)


def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes any that is free.")] = 8470,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show no form and take no ruling.")] = False,
    get: Annotated[
        str | None, typer.Option("--get", metavar="PATH", help="Answer one request on stdout and exit.")
    ] = None,
) -> None:
    """The local page: the record to read, to search and to rule on, for this machine alone.

    Example: communique serve --get /stories.json
    """
    from communique.web import serve as web
    from communique.web.app import Visitor

    visitor = Visitor(getpass.getuser(), lambda: dt.datetime.now(dt.UTC).date().isoformat())
    with web.site(context.obj, visitor, read_only=read_only) as site:
        if get is None:
            web.serve(site, host, port, _announce)
            return
        reply = web.get(site, get)
    screen.data(reply.body)
    if reply.status >= 400:  # noqa: PLR2004 - the first status of an error
        screen.say(f"communique: the answer to {get} is {reply.status}")
        raise typer.Exit(_CODES.get(reply.status, 1))


def _announce(address: str) -> None:
    screen.out(f"{address}\n")
    screen.say("Open this address in a browser. It works once; then the browser is known. Ctrl-C ends the page.")
