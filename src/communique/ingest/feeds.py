"""RSS and Atom: every entry is a report of its own.

feedparser reads them; our own scan counts the entries, and reads them where the parser loses some.
"""

import calendar
import datetime as dt
import importlib
import io
import re
from collections.abc import Mapping
from typing import Any

from communique.ingest import linear, metadata, pages
from communique.ingest.decode import decode
from communique.ingest.delivered import Parts, problem, unopened
from communique.ingest.feedscan import scan
from communique.ingest.references import possible, unescaped
from communique.ingest.sources import Hints, Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}(?:\[|>)", re.IGNORECASE)
_BEFORE = ((b"<!--", b"-->"), (b"<?", b"?>"))
_END = re.compile(rb"\]\s{0,99}>")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION = re.compile(r"<\?xml[^>]{0,400}\?>")
_NAME = 60
_BLANKS = 4096  # blanks between two parts of what stands before a document


def open_(source: Source, limits: Limits) -> Parts:
    """The entries of a feed, in its order."""
    data, told = _prepared(source)
    scanned = scan(data.decode(), limits.feed_entries + 1)
    parsed, trouble = _parsed(data)
    entries = [_entry(source, n, e, parsed.get("feed", {})) for n, e in enumerate(parsed.get("entries", ()), 1)]
    if len(entries) < scanned.count:
        entries = [_scanned(source, n, fields, scanned.title) for n, fields in enumerate(scanned.entries, 1)]
        trouble = f"{trouble or 'its parser lost entries'}: {scanned.count} entries were read by a plain scan"
    if trouble:
        told = (*told, _told(source, ProblemCode.FORMAT, f"the feed is damaged: {trouble}"))
    if not entries:
        return unopened(source, ProblemCode.EMPTY, "; ".join(("the feed has no entries", *(p.message for p in told))))
    return _capped(source, entries, told, limits)


def _capped(source: Source, entries: list[Source], told: tuple[Problem, ...], limits: Limits) -> Parts:
    over = max(0, len(entries) - limits.feed_entries)
    if over:
        message = f"more than feed_entries = {limits.feed_entries}: at least {len(entries)}; the rest was not read"
        told = (*told, _told(source, ProblemCode.TOO_LARGE, message))
    return Parts(parts=tuple(entries[: limits.feed_entries]), problems=told, missing=over)


def _told(source: Source, code: ProblemCode, message: str) -> Problem:
    return problem(source.name, code, message, ids.sha256_hex(source.data))


# -- before the parser


def _prepared(source: Source) -> tuple[bytes, tuple[Problem, ...]]:
    """The feed in UTF-8 as a parser can take it, and what had to be changed for that."""
    decoded = decode(source.data, source.declared or pages.declared_in(source.data))
    text = _DECLARATION.sub("", decoded.text.removeprefix("\ufeff"), count=1)
    data, entities = _without_doctype(text.encode())
    data, impossible = possible(_CONTROLS.sub(b" ", data))
    told = []
    if entities:
        told.append(_told(source, ProblemCode.ENTITY, "it declares entities of its own, which were not read"))
    if impossible:
        message = f"{impossible} references to characters that do not exist stand as U+FFFD"
        told.append(_told(source, ProblemCode.REPLACED, message))
    return data, tuple(told)


def _without_doctype(data: bytes) -> tuple[bytes, bool]:
    """XML without its document type, and whether that declared anything: entities never reach the parser."""
    found = _DOCTYPE.match(data, _before_doctype(data))
    if found is None:
        return data, False
    if found[0].endswith(b">"):
        return data[: found.start()] + data[found.end() :], False
    end = _END.search(data, found.end())
    return data[: found.start()] + data[end.end() if end else found.end() :], True


def _before_doctype(data: bytes) -> int:
    """Behind the blanks, comments and instructions that a document begins with: where its type can stand."""
    at = 0
    while True:
        at += len(data[at : at + _BLANKS]) - len(data[at : at + _BLANKS].lstrip())
        closing = next((end for begin, end in _BEFORE if data.startswith(begin, at)), None)
        end = data.find(closing, at) if closing else -1
        if closing is None or end < 0:
            return at
        at = end + len(closing)


# -- what the parser found


def _parsed(data: bytes) -> tuple[Mapping[str, Any], str]:
    """What feedparser makes of a feed, and what it says is wrong with it."""
    feedparser = importlib.import_module("feedparser")  # loaded only where a feed is read
    try:
        # A stream: bytes and texts would be taken for the name of a file or an address.
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 - it raises whatever its parts raise
        return {}, f"its parser failed with {type(error).__name__}"
    wrong = found.get("bozo_exception") if found.get("bozo") else None
    if wrong is None or type(wrong).__name__ in ("CharacterEncodingOverride", "NonXMLContentType"):
        return found, ""
    return found, " ".join(str(wrong).split())[:120] or type(wrong).__name__


def _entry(source: Source, number: int, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Source:
    kind, body = _body(entry)
    published, updated = _moment(entry, "published"), _moment(entry, "updated")
    headline = _plain(_text(entry.get("title")), (entry.get("title_detail") or {}).get("type"))
    hints = Hints(
        title=headline or None,
        outlet=_plain(_text((entry.get("source") or {}).get("title")) or _text(feed.get("title"))) or None,
        published=published or updated,
        url=_text(entry.get("link")) or None,
        given_id=_text(entry.get("id")) or None,
    )
    markup = body if kind != "text/plain" else _escaped(body)
    # Where it stands alone, the time of the last change is all that tells a corrected entry from what is there.
    changed = updated if updated != published else None
    return _source(source, number, pages.entry(headline, markup), hints, changed)


def _body(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The longest of an entry's contents, else its summary."""
    bodies = [(_text(c.get("type")), _text(c.get("value"))) for c in entry.get("content") or () if c.get("value")]
    detail = entry.get("summary_detail") or {}
    bodies.append(
        (
            _text(detail.get("type")) if "<" not in _text(entry.get("summary")) else "text/html",
            _text(entry.get("summary")),
        )
    )
    return max(bodies, key=lambda b: len(b[1]))


def _moment(entry: Mapping[str, Any], key: str) -> str | None:
    """A time of an entry as it is written where that can be read later, else as the parser read it, in UTC."""
    if key not in entry.keys():  # noqa: SIM118 - asked for directly, the parser makes one time up from another
        return None
    written = _text(entry.get(key))
    parsed = entry.get(f"{key}_parsed")
    if metadata.as_iso(written) or parsed is None:
        return written or None
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).isoformat()
    except (ValueError, OverflowError, TypeError, OSError):
        return written or None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _plain(text: str, kind: str | None = None) -> str:
    """A title on one line without markup."""
    text = " ".join(text.split())
    if kind == "text/plain" and "<" not in text:
        return unescaped(text) if "&" in text else text
    return " ".join(linear.read(text, 1000, text_only=True).text.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "<p>")


def _scanned(source: Source, number: int, fields: Mapping[str, str], outlet: str) -> Source:
    body = max((fields.get(k, "") for k in ("content", "content:encoded", "description", "summary")), key=len)
    headline = _plain(fields.get("title", ""))
    published = fields.get("pubdate") or fields.get("published") or fields.get("dc:date") or fields.get("updated")
    hints = Hints(
        title=headline or None,
        outlet=_plain(outlet) or None,
        published=" ".join(published.split()) if published else None,
        url=fields.get("link", "").strip() or None,
        given_id=fields.get("guid", fields.get("id", "")).strip() or None,
    )
    return _source(source, number, pages.entry(headline, body), hints, fields.get("updated"))


def _source(feed: Source, number: int, data: bytes, hints: Hints, updated: str | None) -> Source:
    known = hints.over(feed.hints)
    name = f"{feed.name[:_NAME]}:{number}"
    return Source(name, data, "entry", known, updated=updated)
