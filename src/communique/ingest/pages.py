"""HTML pages, and the HTML that feeds and agencies deliver: all visible text; what is not the article is furniture."""

import html
import re
from collections.abc import Mapping

import msgspec

from communique.ingest import article, language, linear, pagefurniture, pagehead
from communique.ingest.decode import Decoded, decode, is_binary, is_blank, no_text, storable
from communique.ingest.delivered import Delivered, problem, refused
from communique.ingest.sources import Hints, Source
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Furniture
from communique.settings import Limits

_HEAD = 4096  # bytes in which a page declares its encoding
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE
)
_FEW_UNREAD = 0.001  # of the source's characters behind a comment or script that never ends


class Fragment(msgspec.Struct, frozen=True):
    """A piece of HTML that is an article and no page: headline, body, and what its carrier says of it."""

    headline: str
    body: str
    hints: Hints
    extra: Mapping[str, str] = {}
    updated: str | None = None


def read(source: Source, limits: Limits) -> Delivered:
    """The visible text of a page."""
    if not source.data:
        return refused(source, ProblemCode.EMPTY, "the file is empty")
    decoded = decode(source.data, source.declared or declared_in(source.data))
    if is_binary(source.data, decoded):
        return refused(source, ProblemCode.BINARY, no_text(source.data))
    page = linear.read(decoded.text, limits.tag_chars)
    known = pagehead.of(page)
    hints = known.hints.over(msgspec.structs.replace(source.hints, url=None))
    hints = msgspec.structs.replace(hints, url=source.hints.url or hints.url)
    marked, told = _marked(source.name, page, hints, limits)
    if hints.language is None:
        found = language.of(_words_of(page.text, marked)) or known.language
        hints = msgspec.structs.replace(hints, language=found)
    return Delivered(
        text=page.text,
        raw=source.data,
        hints=hints,
        extra=_carried(source, decoded) | ({"author": known.author} if known.author else {}),
        problems=(*told, *_unread(source.name, page, decoded), *damage(source.name, decoded, limits)),
        updated=known.updated or source.updated,
        furniture=marked,
    )


def _marked(
    name: str, page: linear.Page, hints: Hints, limits: Limits
) -> tuple[tuple[Furniture, ...], tuple[Problem, ...]]:
    if len(page.text) > limits.report_chars or is_blank(page.text):
        return (), ()
    choice = article.choose(page, limits)
    told = (problem(name, *choice.trouble),) if choice.trouble else ()
    return pagefurniture.mark(page, choice.chosen, hints.title), told


def _words_of(text: str, marked: tuple[Furniture, ...]) -> str:
    """The words of a page without its furniture, as many as it takes to know their language."""
    parts, at = [], 0
    for mark in marked:
        parts.append(text[at : mark.start])
        at = mark.end
    return " ".join((*parts, text[at:]))[: language.SAMPLE]


def read_entry(source: Source, limits: Limits) -> Delivered:
    """The text of an entry of a feed: its data is a headline and a body, as `entry` made it."""
    page = linear.read(source.data.decode(), limits.tag_chars, text_only=True)
    return _delivered(source, source.data, page, source.hints, {}, source.updated)


def fragment(source: Source, given: Fragment, limits: Limits) -> Delivered:
    """The text of a headline and a body in HTML; its raw bytes are those of both."""
    raw = entry(given.headline, given.body)
    page = linear.read(raw.decode(), limits.tag_chars, text_only=True)
    return _delivered(source, raw, page, given.hints, given.extra, given.updated or None)


def entry(headline: str, body: str) -> bytes:
    """A headline and a body as one piece of HTML, in UTF-8."""
    head = f"<h1>{html.escape(headline, quote=False)}</h1>\n" if headline else ""
    return storable(head + body).encode()


def _delivered(
    source: Source, raw: bytes, page: linear.Page, hints: Hints, extra: Mapping[str, str], updated: str | None
) -> Delivered:  # fmt: skip
    decoded = Decoded(raw.decode(), "utf-8", 0)
    told = _unread(source.name, page, decoded)
    return Delivered(
        text=page.text, raw=raw, hints=hints, extra={**extra, "format": "entry"}, problems=told, updated=updated
    )


def declared_in(data: bytes) -> str | None:
    """The encoding that a page or an XML file declares near its beginning."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii", "ignore") if found else None


def _carried(source: Source, decoded: Decoded) -> dict[str, str]:
    """What it takes to read the same bytes in the same way again, and when a collector took them."""
    known = {"format": "html", "encoding": decoded.encoding}
    return known | ({"collected": source.collected} if source.collected else {})


def _unread(name: str, page: linear.Page, decoded: Decoded) -> tuple[Problem, ...]:
    if page.unread <= _FEW_UNREAD * len(decoded.text):
        return ()
    told = f"{page.unread} of {len(decoded.text)} characters stand behind a comment, script or tag that never ends"
    return (problem(name, ProblemCode.CUT, f"{told}: they were not read"),)


def damage(name: str, decoded: Decoded, limits: Limits) -> tuple[Problem, ...]:
    """A Problem where many characters could not be read, or the encoding is a guess."""
    if decoded.replaced > limits.replaced_share * len(decoded.text):
        found = f"{decoded.replaced} of {len(decoded.text)} characters could not be read and stand as U+FFFD"
        cap = f"replaced_share = {limits.replaced_share:.1%}"
        return (problem(name, ProblemCode.REPLACED, f"{found}, above {cap} (encoding {decoded.encoding})"),)
    return ()
