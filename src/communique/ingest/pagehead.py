"""What a page says of itself beside its text: title, outlet, author, dates, language, address."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from communique.ingest.decode import storable
from communique.ingest.linear import Page
from communique.ingest.sources import Hints

_SCRIPT = 256 * 1024  # characters of one JSON-LD script that are looked at
_NODES = 500  # objects of it
_LONGEST = 300  # characters of a value
_CANONICAL = 2000
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:pubdate", "datepublished", "date.published",
    "publishdate", "publish-date", "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dc.date.created", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "cre")
_AUTHORS = ("author", "article:author_name", "byl", "dc.creator", "parsely-author", "sailthru.author")
_KINDS = re.compile(r"(?:\w{0,20}Article|Report|\w{0,20}BlogPosting|WebPage)$")
_SEPARATOR = re.compile(r"\s[|•·–—»-]\s")


class Known(msgspec.Struct, frozen=True):
    """What a page says of itself: hints for its report, its author, and when it was changed."""

    hints: Hints
    author: str | None
    updated: str | None
    language: str | None


def of(page: Page) -> Known:
    """What the head, the marked-up data and the first heading of a page say."""
    metas, linked = _metas(page), _linked_data(page)
    outlet = _name(linked.get("publisher")) or _first(metas, _OUTLETS)
    published = _plain(linked.get("datePublished")) or _first(metas, _PUBLISHED) or _time(page)
    hints = Hints(
        title=_title(page, metas, linked, outlet),
        outlet=outlet or None,
        published=published or None,
        url=_address(page, metas) or None,
    )
    author = _name(linked.get("author")) or _first(metas, _AUTHORS)
    updated = _plain(linked.get("dateModified")) or _first(metas, _UPDATED)
    return Known(hints, author or None, updated or None, _language(page, metas))


def heading(page: Page) -> str:
    """The text of the only `h1` of a page, "" where there is none or there are several."""
    found = [page.text[b.start : b.end] for b in page.blocks if b.tag == "h1" and b.context in ("", "header")]
    return _short(found[0]) if len(found) == 1 else ""


def _title(page: Page, metas: dict[str, str], linked: dict[str, Any], outlet: str) -> str | None:
    title = _plain(linked.get("headline")) or heading(page) or _first(metas, _TITLES) or _short(page.title)
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and outlet and parts[-1].strip().casefold() == outlet.casefold():
        title = title[: title.rindex(parts[-1])].rstrip(" |•·–—»-")
    return title or None


def _metas(page: Page) -> dict[str, str]:
    out: dict[str, str] = {}
    for tag in page.tags:
        name = tag.attributes.get("property") or tag.attributes.get("name") or tag.attributes.get("itemprop") or ""
        if tag.name == "meta" and name and (value := _short(tag.attributes.get("content", ""))):
            out.setdefault(name.strip().lower(), value)
    return out


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[n] for n in names if n in metas), "")


def _time(page: Page) -> str:
    """The time that a page marks up as that of its publication."""
    for tag in page.tags:
        said = tag.attributes
        if tag.name == "time" and ("pubdate" in said or said.get("itemprop", "").lower() == "datepublished"):
            return _short(said.get("datetime", ""))
    return ""


def _address(page: Page, metas: dict[str, str]) -> str:
    links = (t.attributes for t in page.tags if t.name == "link")
    canonical = next((a.get("href", "") for a in links if a.get("rel", "").lower() == "canonical"), "")
    for address in (canonical.strip(), metas.get("og:url", "")):
        try:
            parts = urlsplit(address[:_CANONICAL])
        except ValueError:
            continue
        # The address of a whole site, which careless pages give, would make all of them versions of one report.
        if parts.scheme in ("http", "https") and parts.netloc and len(parts.path.strip("/")) > 1:
            return storable(address)
    return ""


def _language(page: Page, metas: dict[str, str]) -> str | None:
    said = next((t.attributes.get("lang", "") for t in page.tags if t.name == "html"), "")
    said = said or metas.get("content-language", "") or metas.get("og:locale", "")
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", said)
    return code[0].lower() if code else None


def _linked_data(page: Page) -> dict[str, Any]:
    """The first article among the JSON-LD of a page."""
    for script in page.scripts:
        try:
            data = json.loads(script[:_SCRIPT].strip().removeprefix("<!--").removesuffix("-->"))
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _KINDS.match(k) for k in names) and "headline" in node:
                return node
    return {}


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node[:_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in node]


def _name(value: object) -> str:
    """The name of a person or an organisation, or of several of them."""
    if isinstance(value, list):
        return _short(", ".join(n for v in value[:9] if (n := _name(v))))
    return _plain(value.get("name")) if isinstance(value, dict) else _plain(value)


def _plain(value: object) -> str:
    return _short(value) if isinstance(value, str) else ""


def _short(value: str) -> str:
    return storable(" ".join(value.split()))[:_LONGEST]
