"""Verbs that change the database: add, build, remove, demo."""

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from communique import api
from communique.cli import screen
from communique.cli.card import changed
from communique.errors import CommuniqueError, UsageError
from communique.export.phrases import visible
from communique.settings import Fetching

Workers = Annotated[int, typer.Option("--workers", metavar="N", min=0, help="Child processes that read; 0: none.")]

#: Most problems that are told one by one, and most changes of a report.
MOST_TOLD, MOST_CHANGES = 50, 9

#: What a newcomer does after the demo.
NEXT = (
    "",
    "Now with reports of your own:",
    "  communique add REPORTS/*.txt    read them, and build the record",
    "  communique brief                the same page on them",
    "  communique serve                all of it, in a browser on this machine",
    "  communique --help               the other verbs",
)


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    app.command()(add)
    app.command()(build)
    app.command()(remove)
    app.command()(demo)


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, .jsonl files, - for JSON lines; addresses with --fetch."),
    ],
    *,
    build: Annotated[bool, typer.Option(help="Build the record afterwards.")] = True,
    workers: Workers = 1,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Newspaper or agency.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="Language, such as en.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Take back reports that were removed.")] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="KEY=COLUMN", help="What a column of a table is, such as text=Body."),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch what is named by an address of the web.")] = False,
) -> None:
    """Add reports and bring the record up to date.

    Example: communique add reports/*.txt --outlet "Northern Wire"
    """
    _check_day(published)
    hints = {"published": published, "outlet": outlet, "language": lang, "map": _mapping(map_ or [])}
    urls, paths = _addresses(paths, fetch=fetch)
    if not urls:
        _refuse_nothing(paths)
    # Before the database, whose library takes as long to load as the workers do.
    here = api.runner(workers, model=build, inputs=[*urls, *paths])
    with here as there, api.open(context.obj) as c, screen.progress() as progress:
        results = []
        if urls:
            said: dict[str, str | None] = {"published": published, "outlet": outlet, "language": lang}
            alone = build and not paths
            results.append(
                c.watch(
                    urls, pages=True, fetching=fetching(), hints=said, workers=there, build=alone, progress=progress
                )
            )
        if paths:
            results.append(
                c.add(
                    paths,
                    workers=there,
                    build=build,
                    hints=hints,
                    again=again,
                    stdin=sys.stdin.buffer,
                    progress=progress,
                )
            )
        newer = corrections(c, results[0]) if urls else []
    result = results[0] if len(results) == 1 else api.AddResult(results[0].added + results[1].added, results[1].refused)
    told(result)
    screen.out("".join(newer))
    code = exit_code(result)
    if code:
        raise typer.Exit(code)


def _check_day(published: str | None) -> None:
    """Refuse a day that is none, before anything is read."""
    try:
        dt.datetime.fromisoformat(published or "2000-01-01")
    except ValueError as error:
        message = f"--published {published!r} is no day: it takes YYYY-MM-DD"
        raise UsageError(message) from error


def is_address(text: str) -> bool:
    """Whether an input is an address of the web, and no path."""
    return text.lower().startswith(("http://", "https://"))


def _addresses(given: list[str], *, fetch: bool) -> tuple[list[str], list[str]]:
    """Addresses of the web, and paths."""
    urls = [x for x in given if is_address(x)]
    if urls and not fetch:
        message = f"{urls[0]} is an address of the web: --fetch fetches it"
        raise UsageError(message)
    return urls, [x for x in given if x not in urls]


def fetching() -> Fetching:
    """How the web is fetched from: the defaults, with the cache of this user."""
    import platformdirs

    folder = platformdirs.user_cache_path("communique", appauthor=False, ensure_exists=True)
    return Fetching(cache=str(folder / "http.db"))


def _mapping(pairs: list[str]) -> dict[str, str]:
    """Column -> key of a JSON line, out of `KEY=COLUMN`."""
    split = [pair.partition("=") for pair in pairs]
    wrong = next((key for key, _, column in split if key not in api.LINE_KEYS or not column), None)
    if wrong is not None:
        message = f"--map takes KEY=COLUMN, and KEY is one of {', '.join(api.LINE_KEYS)}: not {wrong!r}"
        raise UsageError(message)
    return {column: key for key, _, column in split}


def _refuse_nothing(paths: list[str]) -> None:
    """End where no path names anything, before a database is made for nothing."""
    missing = api.missing(paths)
    for error in missing if len(missing) == len(paths) else ():
        screen.say(f"communique: {error}")
    if len(missing) == len(paths):
        raise typer.Exit(2)


def corrections(c: api.Communique, result: api.AddResult) -> list[str]:
    """What was changed in each report that came as a newer version of one that was there: a heading, and lines."""
    if not result.added.reports or not c.built:
        return []
    lines: list[str] = []
    for head in (h for h in c.facts("reports") if h.supersedes and h.id in result.added.reports):
        found = c.changes(head.id)
        lines.append(f"{visible(head.name)} is a newer version of a report that was there:\n")
        lines += [f"    {changed(each)}" for each in found[:MOST_CHANGES]]
        if len(found) > MOST_CHANGES:
            lines.append(f"    … {len(found) - MOST_CHANGES} more: communique show {head.id}\n")
    return lines


def told(result: api.AddResult) -> None:
    """Say what became of the inputs."""
    added = result.added
    for error in result.refused:
        screen.say(f"communique: {error}")
    for problem in added.problems[:MOST_TOLD]:
        screen.say(f"{problem.input}: {problem.message} [{problem.code}]")
    if len(added.problems) > MOST_TOLD:
        screen.say(f"… {len(added.problems) - MOST_TOLD} more: communique problems")
    if not added.inputs and not result.refused:
        screen.say("nothing new")
        return
    counts = f"{added.new} new, {added.changed} changed, {added.duplicates} known already, {added.refused} not read"
    screen.say(f"{added.inputs} input{'' if added.inputs == 1 else 's'}: {counts}")


def exit_code(result: api.AddResult) -> int:
    """0 done, 2 where nothing could be opened, 4 where some input was refused."""
    added = result.added
    if result.refused and not added.inputs:
        return 2
    return 4 if result.refused or added.refused else 0


def build(
    context: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Read every report anew.")] = False,
    workers: Workers = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Read on a Dask cluster instead: tls://HOST:PORT, or local:2."
        ),
    ] = None,
) -> None:
    """Bring the record up to date; only what changed is read.

    Example: communique build --all --workers 2
    """
    with api.open(context.obj) as c, screen.progress() as progress:
        c.build(everything=everything, workers=workers, cluster=cluster, progress=progress)
        facts = c.counts()["facts"]
    screen.say(f"the record holds {facts} rows")


def remove(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="Id or name of the report.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays with the tombstone.")],
) -> None:
    """Erase a report; the record is then as if it had never had it.

    Example: communique remove nw-2025-02-18 --reason "sent to us in error"
    """
    with api.open(context.obj) as c:
        c.remove(report, reason)
    screen.say(f"{report} is removed")


def demo(
    workers: Workers = 1,
) -> None:
    """Read the example reports into a temporary database and print the brief.

    Example: communique demo
    """
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        with api.open(Path(folder) / "demo.db") as c, screen.progress() as progress:
            result = c.add(list(api.examples()), workers=workers, progress=progress)
            if result.added.refused or result.refused:
                message = "the example reports could not be read"
                raise CommuniqueError(message)
            brief = c.brief()
        screen.out(brief.markdown)
    for line in (
        f"This is the brief of {result.added.new} example reports; a number leads to the words behind its line.",
        *NEXT,
    ):
        screen.say(line)
