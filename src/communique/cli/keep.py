"""Verbs that move and keep databases: backup, restore, copy, upgrade."""

from pathlib import Path
from typing import Annotated

import typer

from communique import api
from communique.cli import screen


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    for verb in (backup, restore, copy, upgrade):
        app.command()(verb)


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Keep the whole database in one file; others may read and write meanwhile.

    Example: communique backup monday.db
    """
    with api.open(context.obj, read_only=True) as c:
        c.backup(file)
    screen.say(f"kept in {file}")


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Bring a backup back into a new, empty database, and check all of it.

    Example: communique --db again.db restore monday.db
    """
    _told(api.copy(file, context.obj))
    with api.open(context.obj, read_only=True) as c:
        found = c.verify().findings
    screen.say(f"checked: {len(found)} unsupported")
    if found:
        raise typer.Exit(1)


def copy(
    source: Annotated[str, typer.Argument(help="A database: a path or a URL.")],
    target: Annotated[str, typer.Argument(help="An empty one, of any engine.")],
) -> None:
    """Copy a database, from one engine to another if you like; the record stays the same to the byte.

    Example: communique copy communique.db postgresql+psycopg://me@localhost/commissions
    """
    _told(api.copy(source, target))


def _told(counts: dict[str, int]) -> None:
    screen.say(f"copied {counts['reports']} reports, {counts['facts']} facts, {counts['decisions']} decisions")


def upgrade(context: typer.Context) -> None:
    """Bring a database of an older version up to this one; a copy is kept until that is done.

    Example: communique upgrade
    """
    screen.say("upgraded" if api.upgrade(context.obj) else "nothing to do: the database is up to date")
