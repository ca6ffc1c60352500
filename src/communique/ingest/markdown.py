"""Markdown: the words without their marks, each with its place in the file; front matter is as the head of a page."""

import re
from collections.abc import Iterator

from communique.ingest import furniture
from communique.ingest.decode import decode, is_binary, no_text
from communique.ingest.delivered import Delivered, refused
from communique.ingest.offsets import Piece
from communique.ingest.pages import damage
from communique.ingest.references import REFERENCE, decoded
from communique.ingest.sources import Hints, Source
from communique.model.problems import ProblemCode
from communique.model.reports import Furniture, FurnitureKind
from communique.settings import Limits

_FRONT = re.compile(r"\ufeff?---[ \t]{0,9}\r?\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,9}\r?\n?", re.MULTILINE)
_FRONT_CHARS = 20_000
_PAIR = re.compile(r"^([A-Za-z_][\w-]{0,30})[ \t]{0,9}:[ \t]{0,9}(\S[^\r\n]{0,999})", re.MULTILINE)
_KEYS = {
    "title": "title", "date": "published", "published": "published", "outlet": "outlet", "source": "outlet",
    "publisher": "outlet", "url": "url", "link": "url", "lang": "language", "language": "language", "id": "given_id",
}  # fmt: skip
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]{1,9}(?=\S)", re.MULTILINE)
#: What is written and not shown. A link's address may hold no blank and no bracket.
_MARK = re.compile(
    r"^ {0,3}#{1,6}[ \t]{1,9}(?=\S)"  # the marks of a heading
    r"|^ {0,3}>[ \t]?(?:>[ \t]?){0,9}"  # of a quotation
    r"|^ {0,3}(?:```|~~~)[^\n]{0,99}$"  # the fences of code
    r"|^ {0,3}(?:[*_-][ \t]?){3,9}$"  # a rule
    r"|!?\[(?=[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\))"  # before the words of a link
    r"|(?<=[^\\])\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"  # and behind them
    r"|(?<![\\\w*])\*{1,3}(?=[^\s*])|(?<=[^\s\\*])\*{1,3}(?![\w*])"  # emphasis
    r"|(?<![\\\w])_{1,3}(?=[^\s_])|(?<=[^\s\\_])_{1,3}(?!\w)"
    r"|`{1,3}|\\(?=[!-/:-@\[-`{-~])" + f"|{REFERENCE.pattern}",
    re.MULTILINE,
)


def read(source: Source, limits: Limits) -> Delivered:
    """The words of a Markdown file."""
    if not source.data:
        return refused(source, ProblemCode.EMPTY, "the file is empty")
    found = decode(source.data, source.declared)
    if is_binary(source.data, found):
        return refused(source, ProblemCode.BINARY, no_text(source.data))
    hints, extra, start = _front(found.text)
    text, pieces = plain(found.text, start)
    title = hints.title or _title(found.text, start)
    known = Hints(**{f: getattr(hints, f) for f in hints.__struct_fields__} | {"title": title}).over(source.hints)
    return Delivered(
        text=text,
        raw=source.data,
        hints=known,
        extra=extra | {"format": "markdown", "encoding": found.encoding},
        problems=damage(source.name, found, limits),
        furniture=_furniture(found.text, text, pieces, title),
    )


def plain(source: str, start: int) -> tuple[str, list[Piece]]:
    """What is shown of a Markdown text from a place on, and where it came from."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for at, end, shown in _shown(source, start):
        if shown:
            pieces.append((length, at, len(shown), end - at))
            parts.append(shown)
            length += len(shown)
    return "".join(parts), pieces


def read_again(source: str) -> tuple[list[Piece], str]:
    """The text of a Markdown file and where each part of it came from."""
    text, found = plain(source, _front(source)[2])
    return found, text


def _shown(source: str, at: int) -> Iterator[tuple[int, int, str]]:
    for mark in _MARK.finditer(source, at):
        yield at, mark.start(), source[at : mark.start()]
        if mark[0][:1] == "&":
            yield mark.start(), mark.end(), decoded(mark[0])
        at = mark.end()
    yield at, len(source), source[at:]


def _front(source: str) -> tuple[Hints, dict[str, str], int]:
    """What the front matter says, and where it ends."""
    begin = _FRONT.match(source)
    end = _FRONT_END.search(source, begin.end(), begin.end() + _FRONT_CHARS) if begin else None
    if begin is None or end is None:
        return Hints(), {}, 1 if source.startswith("\ufeff") else 0
    pairs = {k.lower(): v.strip().strip("\"'") for k, v in _PAIR.findall(source[begin.end() : end.start()])}
    hints = {_KEYS[k]: v for k, v in pairs.items() if k in _KEYS and v}
    return Hints(**hints), {k: v for k, v in pairs.items() if k not in _KEYS}, end.end()


def _title(source: str, start: int) -> str | None:
    """The first heading, where nothing but blanks stands before it."""
    found = _HEADING.search(source, start)
    if found is None or source[start : found.start()].strip() or len(found[1]) > 1:
        return None
    line = source[found.end() : source.find("\n", found.end()) % (len(source) + 1)]
    return plain(line, 0)[0].strip(" #\r") or None


def _furniture(source: str, text: str, found: list[Piece], title: str | None) -> tuple[Furniture, ...]:
    """What the words mark, and the headings that are written as such."""
    by_source = {source_: text_ for text_, source_, _, _ in found}
    marked = {m.start: m for m in furniture.mark(text, title)}
    taken = sorted((m.start, m.end) for m in marked.values())
    for heading in _HEADING.finditer(source):
        start = by_source.get(heading.end(), -1)
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if 0 <= start < end and not any(a < end and start < b for a, b in taken[:1000]):
            marked[start] = Furniture(start, end, FurnitureKind.HEADING)
    return tuple(marked[s] for s in sorted(marked))
