"""The command line: every verb is one call of the api."""

import sys
from typing import Annotated

import typer

from communique.cli import ask, care, change, fetch, handout, keep, rule, serve
from communique.cli.screen import say
from communique.errors import CommuniqueError
from communique.settings import DEFAULT_DATABASE, VERSION

app = typer.Typer(
    name="communique",
    help="The record of commissions and summits, built from the overlapping reports about them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the shape that the option wants
    if wanted:
        print(f"communique {VERSION}")
        raise typer.Exit


@app.callback()
def database(
    context: typer.Context,
    db: Annotated[
        str,
        typer.Option(
            "--db", metavar="DATABASE", envvar="COMMUNIQUE_DB", help="Database: a path or a URL.", show_default=True
        ),
    ] = DEFAULT_DATABASE,
    version: Annotated[  # noqa: ARG001 - acts in its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The record of commissions and summits, built from the overlapping reports about them."""
    context.obj = db


change.register(app)
ask.register(app)
care.register(app)
fetch.register(app)
handout.register(app)
keep.register(app)
rule.register(app)
serve.register(app)


def main() -> None:
    """Run the command line; an error is one line, and its kind the exit code."""
    try:
        app(prog_name="communique")
    except CommuniqueError as error:
        say(f"communique: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()
        sys.exit(0)
