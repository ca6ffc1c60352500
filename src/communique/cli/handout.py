"""Verbs that hand something out, and that look at it when it comes back: brief, export, original, verify, packet."""

from pathlib import Path
from typing import Annotated, TypedDict

import typer

from communique import api
from communique.cli import screen
from communique.cli.tables import AsOf, MinConfidence
from communique.errors import NotFoundError, PathError, UsageError
from communique.export.deliver import to_folder
from communique.export.phrases import visible

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write, whole or not at all.")
]

#: Forms of the brief.
BRIEFS = ("md", "html", "docx", "json")
#: Forms of the record, and those of them that are a folder.
EXPORTS = ("json", "jsonl", "csv", "ics", "annotations", "plover", "packet", "parquet")
FOLDERS = ("csv", "parquet")
#: Most findings of a brief that are told one by one.
MOST_TOLD = 50


class Options(TypedDict):
    """What an export takes besides its day."""

    form: str
    full_text: bool
    raw: bool
    min_confidence: float


def register(app: typer.Typer) -> None:
    """Add this file's verbs to the command line."""
    for each in (brief, export, original, verify):
        app.command()(each)
    packets = typer.Typer(name="packet", help="Packets: the record without the words of its reports.")
    packets.command("open")(packet_open)
    app.add_typer(packets)


def brief(
    context: typer.Context,
    subject: Annotated[str | None, typer.Argument(help="Name or id of a series, or id of a story.")] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(BRIEFS), help="md, or as FILE ends.")] = None,
    as_of: AsOf = None,
    output: Output = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """The one-page brief, every line with the report and the characters that state it.

    Example: communique brief ATJC-TW -o brief.docx
    """
    wanted = form or _form_of(output)
    with api.open(context.obj, read_only=True) as c:
        made = c.brief(subject, as_of, min_confidence=min_confidence)
    screen.deliver(api.written(made, wanted), output)


def _form_of(output: Path | None) -> str:
    """The form that a file is named for.

    Raises:
        UsageError: it is named for none that a brief has.
    """
    ending = output.suffix.removeprefix(".").lower() if output else ""
    if ending in BRIEFS:
        return ending
    if ending in ("", "txt"):
        return "md"
    message = f"{output}: a brief is {', '.join(BRIEFS)}; --format names one for a file that ends otherwise"
    raise UsageError(message)


def export(
    context: typer.Context,
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(EXPORTS), help="csv and parquet are folders of tables.")
    ] = "json",
    as_of: AsOf = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="File or folder, whole or not at all.")
    ] = None,
    *,
    full_text: Annotated[bool, typer.Option("--full-text", help="Whole texts of reports as well.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="csv: cells as they are, formulas as well.")] = False,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """The whole record: as the contract has it, or for a calendar, a spreadsheet, another program.

    Example: communique export --format ics -o sessions.ics
    """
    if form in FOLDERS and output is None:
        message = (
            f"--format {form} is a folder of tables: name it with -o FOLDER (one table alone: communique events --csv)"
        )
        raise UsageError(message)
    options: Options = {"form": form, "full_text": full_text, "raw": raw, "min_confidence": min_confidence}
    with api.open(context.obj, read_only=True) as c:
        if form in FOLDERS and output is not None:
            to_folder(c.tables(as_of, **options), output)
        else:
            screen.deliver(c.export(as_of, **options), output)


def original(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="A report's id or name.")],
    output: Output = None,
) -> None:
    """The page or file that a report was read from, byte for byte as it was delivered.

    Example: communique original 2024-05-15-quessa-daily.txt -o page.txt
    """
    with api.open(context.obj, read_only=True) as c:
        raw = c.original(report)
    screen.deliver(raw, output)


def verify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A brief or a packet; without it the database itself.")] = None,
) -> None:
    """Re-check every text, span, fact and ruling, or every sentence of a brief; exit code 1 where one does not hold.

    The officer's own lines of a brief are counted apart: those under "Our objectives", those that begin with [own],
    and every other line that carries no footnote of ours.

    Example: communique verify brief.docx
    """
    with api.open(context.obj, read_only=True) as c:
        unsupported = _database(c) if file is None else _file(c, _read(file))
    if unsupported:
        raise typer.Exit(1)


def _database(c: api.Communique) -> int:
    found = c.verify()
    for finding in found.findings:
        screen.out(f"{finding.kind}: {visible(finding.where)}: {visible(finding.message)}\n")
    checked = ", ".join(f"{count} {what}" for what, count in found.counts.items())
    screen.say(f"checked {checked}: {len(found.findings)} unsupported")
    return len(found.findings)


def _file(c: api.Communique, data: bytes) -> int:
    return _packet(c, data) if api.is_packet(data) else _brief(c, data)


def _brief(c: api.Communique, data: bytes) -> int:
    checked = c.check(data)
    for wrong in checked.unsupported[:MOST_TOLD]:
        screen.out(f"unsupported: {visible(wrong.text)}\n    {visible(wrong.reason)}\n")
        screen.out("".join(f"    the record: {visible(said)}\n" for said in wrong.record[:3]))
    if checked.older:
        screen.say("this brief was made of another build of the record")
    if not checked.supported and not checked.unsupported:
        message = "no sentence of this file carries a footnote of ours: `communique brief -o FILE` makes one that does"
        raise NotFoundError(message)
    own = f"{len(checked.own)} of the officer's own"
    screen.out(f"{checked.supported} supported, {len(checked.unsupported)} unsupported, {own}\n")
    return len(checked.unsupported)


def _packet(c: api.Communique, data: bytes) -> int:
    opened = c.open_packet(data)
    for wrong in opened.unsupported[:MOST_TOLD]:
        screen.out(f"unsupported: {visible(wrong)}\n")
    missing = f", {len(opened.missing)} reports are not here" if opened.missing else ""
    withheld = f", {opened.withheld} texts were never handed on" if opened.withheld else ""
    screen.out(f"{opened.spans} spans, {len(opened.unsupported)} unsupported{missing}{withheld}\n")
    return len(opened.unsupported)


def packet_open(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The packet.")],
    output: Output = None,
) -> None:
    """The record of a packet, with the words put back from the reports that lie in this database.

    Example: communique packet open theirs.json -o record.json
    """
    with api.open(context.obj, read_only=True) as c:
        opened = c.open_packet(_read(file))
    if opened.missing:
        screen.say(f"{len(opened.missing)} reports of the packet are not here: their words are left out")
    for wrong in opened.unsupported[:MOST_TOLD]:
        screen.say(f"unsupported: {wrong}")
    screen.deliver(opened.encoded(), output)
    if opened.unsupported:
        raise typer.Exit(1)
    if opened.missing and not opened.found:
        message = "none of the reports of this packet is here"
        raise NotFoundError(message)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise PathError(message) from error
