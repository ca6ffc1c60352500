"""JSON Feed 1 and 1.1: every item is a report of its own."""

import html
from typing import Any

from communique.ingest import jsontext, pages
from communique.ingest.delivered import Parts, problem, unopened
from communique.ingest.sources import Hints, Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits

_NAME = 60


def open_(source: Source, limits: Limits) -> Parts:
    """The items of a feed, in its order."""
    feed = jsontext.parsed(source.data)
    items = feed.get("items") if feed else None
    if feed is None or not isinstance(items, list):
        return unopened(source, ProblemCode.FORMAT, "the feed is no JSON object with items")
    if not items:
        return unopened(source, ProblemCode.EMPTY, "the feed has no items")
    over = max(0, len(items) - limits.feed_entries)
    told: tuple[Problem, ...] = ()
    if over:
        message = f"more than feed_entries = {limits.feed_entries}: {len(items)}; the rest was not read"
        told = (problem(source.name, ProblemCode.TOO_LARGE, message, ids.sha256_hex(source.data)),)
    outlet = _text(feed.get("title"))
    parts = (_part(source, number, item, outlet) for number, item in enumerate(items[: limits.feed_entries], 1))
    return Parts(parts=tuple(parts), problems=told, missing=over)


def _part(source: Source, number: int, item: object, outlet: str) -> Source | Problem:
    name = f"{source.name[:_NAME]}:{number}"
    if not isinstance(item, dict):
        return problem(name, ProblemCode.FORMAT, "the item is no JSON object")
    headline = _text(item.get("title"))
    hints = Hints(
        title=headline or None,
        outlet=outlet or None,
        published=_text(item.get("date_published")) or None,
        url=_text(item.get("url")) or _text(item.get("external_url")) or None,
        given_id=_id(item.get("id")),
        language=_text(item.get("language")) or None,
    )
    updated = _text(item.get("date_modified")) or None
    return Source(name, pages.entry(headline, _body(item)), "entry", hints.over(source.hints), updated=updated)


def _body(item: dict[str, Any]) -> str:
    markup = item.get("content_html")
    if isinstance(markup, str) and markup.strip():
        return markup
    text = item.get("content_text") or item.get("summary")
    return f"<pre>{html.escape(text, quote=False)}</pre>" if isinstance(text, str) else ""


def _id(value: object) -> str | None:
    return _text(str(value)) or None if isinstance(value, str | int) else None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
