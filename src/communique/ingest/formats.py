"""The one table of formats: how each is known, and which file reads it. The next format is a file and a row here.

A reader is named by its path and loaded by whoever reads, so that no process holds parsers that it does not need.
"""

import importlib
import re
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

import msgspec

if TYPE_CHECKING:
    from communique.ingest.delivered import Opener, Reader

#: Bytes of an input that are looked at to know its format.
LOOK = 8192


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format.

    Attributes:
        name: what sources of it have as their `format`.
        reader: `module:function` in this room; a `Reader`, or for a format of many reports an `Opener`.
        many: whether it holds many reports.
        begins: pattern of the first bytes of its files, without blanks and byte order mark; "" where they tell nothing.
        endings: of the names of its files, where the first bytes tell nothing.
        media: media types by which a carrier (HTTP, a web archive) calls it.
    """

    name: str
    reader: str
    many: bool = False
    begins: str = ""
    endings: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


_PROLOGUE = rb"(?:<\?[^>]{0,500}>\s{0,99}|<!--[^>]{0,2000}>\s{0,99}|<!doctype[^>]{0,2000}>\s{0,99}){0,9}"
_PAGE = r"<(?:!doctype html|html|head|body|meta|title|article|main|section|div|table|h1|p|span)[\s>]"

#: In the order in which first bytes are compared.
FORMATS = (
    Format(
        name="warc", reader="warc:open_", many=True, begins=r"WARC/\d", endings=(".warc", ".warc.gz", ".wet", ".wet.gz")
    ),
    Format(name="gzip", reader="packed:open_", many=True, begins=r"\x1f\x8b"),
    Format(
        name="feed",
        reader="feeds:open_",
        many=True,
        begins=r"<(?:rss|feed|rdf:rdf|channel)[\s>]|<atom:feed[\s>]",
        endings=(".rss", ".atom"),
        media=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
    ),
    Format(
        name="html",
        reader="pages:read",
        begins=_PAGE,
        endings=(".html", ".htm", ".xhtml", ".shtml"),
        media=("text/html", "application/xhtml+xml"),
    ),
    Format(
        name="jsonfeed",
        reader="jsonfeed:open_",
        many=True,
        begins=r"""\{[^{}\[\]]{0,4000}"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/jsonfeed\.org""",
        media=("application/feed+json",),
    ),
    Format(name="ninjs", reader="ninjs:read", endings=(".ninjs",), media=("application/vnd.iptc.g2.newsitem+json",)),
    Format(name="json", reader="jsonline:read", endings=(".json",), media=("application/json",)),
    Format(name="jsonl", reader="jsonline:read", endings=(".jsonl", ".ndjson")),
    Format(name="csv", reader="csvrow:read", endings=(".csv", ".tsv"), media=("text/csv",)),
    Format(name="markdown", reader="markdown:read", endings=(".md", ".markdown"), media=("text/markdown",)),
    Format(name="text", reader="textfile:read", endings=(".txt",), media=("text/plain",)),
    # Parts of the above, never files of their own.
    Format(name="entry", reader="pages:read_entry"),
    Format(name="record", reader="warc:read"),
)
_BY_NAME = {f.name: f for f in FORMATS}
_BY_ENDING = {ending: f.name for f in FORMATS for ending in f.endings}
_BY_MEDIA = {media: f.name for f in FORMATS for media in f.media}
_BEGINNINGS = [(re.compile(f.begins.encode(), re.IGNORECASE), f.name) for f in FORMATS if f.begins]
_MARKS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s{0,999}")
_BEFORE = re.compile(_PROLOGUE, re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!doctype\s{1,9}html", re.IGNORECASE)


def detect(name: str, beginning: bytes, media: str | None = None) -> str:
    """The format of an input: what its first bytes show, else what its carrier calls it, else what its name ends in.

    Args:
        name: of the file.
        beginning: its first `LOOK` bytes.
        media: the media type of its carrier, parameters and all.
    """
    shown = _shown(beginning)
    if shown:
        return "warc" if shown == "gzip" and _packed(beginning).startswith(b"WARC/") else shown
    called = _BY_MEDIA.get((media or "").partition(";")[0].strip().lower())
    if called and called != "text":
        return called
    return _BY_ENDING.get(PurePath(name).suffix.lower(), "text")


def _shown(beginning: bytes) -> str | None:
    if b"\0" in beginning[:64] and not beginning.startswith(b"\x1f\x8b"):
        beginning = beginning.replace(b"\0", b"")  # UTF-16: markup is ASCII
    start = _MARKS.match(beginning)
    at = start.end() if start else 0
    prologue = _BEFORE.match(beginning, at)
    for place in dict.fromkeys((at, prologue.end() if prologue else at)):
        for begins, name in _BEGINNINGS:
            if begins.match(beginning, place):
                return name
    return "html" if prologue and _DOCTYPE.search(prologue[0]) else None


def _packed(beginning: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(beginning, 16)
    except zlib.error:
        return b""


def is_many(name: str) -> bool:
    """Whether inputs of a format hold many reports."""
    return name in _BY_NAME and _BY_NAME[name].many


def reader(name: str) -> "Reader | None":
    """The reader of a format of one report; None where there is none."""
    found = _BY_NAME.get(name)
    return cast("Reader", _loaded(found)) if found and not found.many else None


def opener(name: str) -> "Opener | None":
    """The reader of a format of many reports; None where there is none."""
    found = _BY_NAME.get(name)
    return cast("Opener", _loaded(found)) if found and found.many else None


def _loaded(form: Format) -> object:
    module, _, function = form.reader.partition(":")
    return getattr(importlib.import_module(f"communique.ingest.{module}"), function)
