"""A brief read back from its file, whichever form it has, as blocks: what a reader sees, and the notes behind it.

Nothing of the file is believed. What a reader would see in another way than the text says (struck out, hidden, set by
another style) is read as other words, so that the sentence is not taken for ours.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from communique.errors import UsageError
from communique.export.brief_blocks import MOST_BYTES, UNSEEN, Block, folded
from communique.export.brief_html import STYLE
from communique.export.brief_json import FORMAT


def read_brief(data: bytes) -> tuple[Block, ...]:
    """The blocks of a brief in order, its footnotes apart.

    Raises:
        UsageError: the file is too large, or has none of the forms of a brief.
    """
    if len(data) > MOST_BYTES:
        message = f"the file has {len(data)} bytes: a brief has at most {MOST_BYTES}"
        raise UsageError(message)
    try:
        return tuple(b for b in _reader(data)(data) if b.text)
    except (ValueError, KeyError, TypeError, SyntaxError, zipfile.BadZipFile, RecursionError) as error:
        message = f"this is not a brief that can be read: {error}"
        raise UsageError(message) from error


def _reader(data: bytes) -> Callable[[bytes], Iterator[Block]]:
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"PK"):
        from communique.export.brief_read_docx import blocks_of  # noqa: PLC0415 - half a second to load

        return blocks_of
    if head.startswith(b"{"):
        return _json
    return _html if head.startswith((b"<!doctype html", b"<html")) else _markdown


# -- Markdown

_DEFINED = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*(.*)", re.DOTALL)
_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]{1,20})\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"(#{1,6})\s+")
_ITEM = re.compile(r"[-*+]\s+")
#: A line that stands alone, whatever stands before it.
_ALONE = re.compile(r"\s{0,3}(?:#{1,6}\s|[-*+]\s|\[\^)")


def _markdown(data: bytes) -> Iterator[Block]:
    blocks = list(_paragraphs(data.decode("utf-8-sig")))
    # Where a footnote is defined twice, readers see the first.
    notes = {found[1]: _unescaped(found[2]) for b in reversed(blocks) if (found := _DEFINED.match(b))}
    for block in blocks:
        if _DEFINED.match(block):
            continue
        heading = _HEADING.match(block)
        mark = heading or _ITEM.match(block)
        body = block[mark.end() :] if mark else block
        marks = tuple(notes.get(m, "") for m in _MARK.findall(body))
        yield Block(_unescaped(_MARK.sub(" ", body)), marks, heading is not None)


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if lines and (not line.strip() or _ALONE.match(line)):
            yield "\n".join(lines)
            lines = []
        if line.strip():
            lines.append(line.strip())
        if lines and _HEADING.match(lines[0]):
            yield "\n".join(lines)
            lines = []


def _unescaped(text: str) -> str:
    return folded(_ESCAPED.sub(r"\1", text))


# -- HTML

_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "div", "td", "th", "blockquote", "pre", "dd", "dt"})
_PLAIN = frozenset({"html", "head", "meta", "body", "ul", "ol", "footer", "bdi", "sup", "a", "br", *_BLOCKS})
_ALLOWED = frozenset({"href", "id", "value", "lang", "charset", "name", "content", "http-equiv"})


class _Page(HTMLParser):
    """Collects blocks; whatever we do not write ourselves shows in their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str, list[str], list[str]]] = [("p", "", [], [])]
        self._skipped = ""
        self.style: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.blocks.append((tag, given.get("id", ""), [], []))
        if tag in ("title", "style"):
            self._skipped = tag
        elif tag not in _PLAIN or not _ALLOWED.issuperset(given):
            self._say(UNSEEN)
        if tag == "a":
            self.blocks[-1][3].append(given.get("href", "").removeprefix("#"))
            self._skipped = "a"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._skipped = ""
        if tag in _BLOCKS:
            self.blocks.append(("p", "", [], []))

    def handle_data(self, data: str) -> None:
        if self._skipped == "style":
            self.style.append(data)
        elif self._skipped == "a" and data.isdecimal():
            return
        elif self._skipped != "title":
            self._say(data)

    def _say(self, text: str) -> None:
        self.blocks[-1][2].append(text)


def _html(data: bytes) -> Iterator[Block]:
    page = _Page()
    page.feed(data.decode("utf-8-sig"))
    page.close()
    restyled = "" if "".join(page.style) == STYLE else UNSEEN
    referred = {mark for _, _, _, marks in page.blocks for mark in marks}
    notes: dict[str, str] = {}
    seen = []
    for tag, name, words, marks in page.blocks:
        text = folded("".join(words))
        if name in referred and name not in notes:
            notes[name] = text
        elif text:
            seen.append((tag, text, marks))
    for tag, text, marks in seen:
        yield Block(text + (restyled if marks else ""), tuple(notes.get(m, "") for m in marks), tag.startswith("h"))


# -- JSON


def _json(data: bytes) -> Iterator[Block]:
    whole = json.loads(data)
    if whole.get("format") != FORMAT:
        message = f"its format is {whole.get('format')!r}, not {FORMAT}"
        raise ValueError(message)
    notes = {n["number"]: folded(n["text"]) for n in whole.get("notes", [])}
    yield _json_block(whole.get("title"), notes, heading=True)
    for section in whole.get("sections", []):
        yield Block(folded(str(section.get("title", ""))), heading=True)
        for line in (*section.get("lines", []), section.get("empty")):
            yield _json_block(line, notes)
    for line in whole.get("foot", []):
        yield _json_block(line, notes)


def _json_block(part: Any, notes: Mapping[Any, str], *, heading: bool = False) -> Block:  # noqa: ANN401 - JSON
    if isinstance(part, str):
        return Block(folded(part), heading=heading)
    given = part or {}
    return Block(folded(given.get("text", "")), tuple(notes.get(n, "") for n in given.get("notes") or ()), heading)
