"""IPTC ninjs 1.x and 2.x: one news item as a JSON object. Its raw bytes are those of its headline and body in UTF-8."""

from collections.abc import Iterator, Mapping
from typing import Any

from communique.ingest import jsontext, pages
from communique.ingest.decode import storable
from communique.ingest.delivered import Delivered, refused
from communique.ingest.sources import Hints, Source
from communique.model.problems import ProblemCode
from communique.settings import Limits

_MARKS = frozenset(("versioncreated", "contentcreated", "headlines", "bodies", "body_text", "body_html", "body_xhtml"))
_MARKUP = ("text/html", "application/xhtml+xml")


def read(source: Source, limits: Limits) -> Delivered:
    """The headline and body of one item."""
    item = jsontext.parsed(source.data)
    if item is None:
        return refused(source, ProblemCode.FORMAT, "the item is no JSON object")
    return made(source, item, limits)


def is_one(item: Mapping[str, Any]) -> bool:
    """Whether a JSON object is an item of ninjs: no text of a JSON line, and a body of ninjs."""
    return "text" not in item and len(_MARKS & item.keys()) > 0


def made(source: Source, item: Mapping[str, Any], limits: Limits) -> Delivered:
    """The headline and body of an item that was taken apart."""
    headline, (kind, body) = _headline(item), _body(item)
    if not body:
        return refused(
            source, ProblemCode.FORMAT, "the item has no body: no body_text, body_html, body_xhtml or bodies"
        )
    hints = _hints(item, headline).over(source.hints)
    extra = {k: v for k in ("usageterms", "copyrightholder", "byline", "by", "slugline") if (v := _text(item.get(k)))}
    if kind in _MARKUP:
        fragment = pages.Fragment(headline, body, hints, extra, _text(item.get("versioncreated")))
        return pages.fragment(source, fragment, limits)
    text = storable(body if not headline or body.lstrip().startswith(headline) else f"{headline}\n\n{body}")
    return Delivered(
        text=text, raw=text.encode(), hints=hints, extra=extra, updated=_text(item.get("versioncreated")) or None
    )


def _hints(item: Mapping[str, Any], headline: str) -> Hints:
    published = next((t for k in ("firstcreated", "contentcreated", "versioncreated") if (t := _text(item.get(k)))), "")
    return Hints(
        published=published or None,
        outlet=_outlet(item) or None,
        language=_text(item.get("language")) or None,
        given_id=_text(item.get("uri")) or None,
        title=headline or None,
    )


def _outlet(item: Mapping[str, Any]) -> str:
    sources = item.get("infosources")
    named = next((_text(s.get("name")) for s in _objects(sources)), "")
    return named or _text(item.get("copyrightholder")) or _text(item.get("source"))


def _headline(item: Mapping[str, Any]) -> str:
    several = {_text(h.get("role")): _text(h.get("value")) for h in reversed(list(_objects(item.get("headlines"))))}
    return several.get("main") or next(reversed(several.values()), "") or _text(item.get("headline"))


def _body(item: Mapping[str, Any]) -> tuple[str, str]:
    """Media type and words of the body; plain text before markup, the first of several of a kind."""
    for body in sorted(_objects(item.get("bodies")), key=lambda b: _text(b.get("contenttype")) in _MARKUP):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            return _text(body.get("contenttype")) or "text/plain", value
    for key, kind in (("body_text", "text/plain"), ("body_html", _MARKUP[0]), ("body_xhtml", _MARKUP[1])):
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return kind, value
    return "", ""


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return storable(" ".join(value.split())) if isinstance(value, str) else ""
