"""A plain scan of RSS and Atom, linear on anything: counts the entries, and reads them where a parser gives up."""

import re

import msgspec

from communique.ingest.references import unescaped

_TAG = re.compile(r"<(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)|(?P<end>/?)(?P<name>[A-Za-z][\w:.-]{0,60})(?=[\s/>]))")
_ENTRIES = frozenset(("item", "entry"))
_FIELDS = frozenset(
    (
        "title",
        "link",
        "guid",
        "id",
        "pubdate",
        "published",
        "updated",
        "dc:date",
        "description",
        "summary",
        "content",
        "content:encoded",
    )
)
_MARKUP = frozenset(("content", "summary", "description"))
_HREF = re.compile(r"""\bhref\s{0,9}=\s{0,9}["']([^"']{1,2000})["']""")
_OTHER_LINK = re.compile(r"""\brel\s{0,9}=\s{0,9}["'](?!alternate)""")


class Scanned(msgspec.Struct):
    """How many entries begin, the fields of each, and the title of the feed."""

    count: int
    entries: list[dict[str, str]]
    title: str


class _Scan:
    def __init__(self, text: str, most: int) -> None:
        self._text, self._most = text, most
        self.found = Scanned(0, [], "")
        self._fields: dict[str, str] | None = None
        self._field = ""
        self._from = 0
        self._parts: list[str] = []
        self._never: set[str] = set()

    def run(self) -> Scanned:
        at = 0
        while (tag := _TAG.search(self._text, at)) is not None and self.found.count < self._most:
            if tag["cdata"]:
                at = self._cdata(tag)
            elif tag["comment"]:
                at = self._past("-->", tag.end())
            else:
                end = self._past(">", tag.end())
                self._tag(tag, end)
                at = end
        return self.found

    def _past(self, mark: str, at: int) -> int:
        """Behind a mark, or right here where it never comes; then it is not looked for again."""
        found = -1 if mark in self._never else self._text.find(mark, at)
        if found < 0:
            self._never.add(mark)
        return found + len(mark) if found >= 0 else at

    def _cdata(self, tag: re.Match[str]) -> int:
        end = self._past("]]>", tag.end())
        if self._field:
            self._parts.append(unescaped(self._text[self._from : tag.start()]))
            self._parts.append(self._text[tag.end() : end - 3 if end > tag.end() else end])
            self._from = end
        return end

    def _tag(self, tag: re.Match[str], end: int) -> None:
        name = tag["name"].lower()
        if self._field:
            if tag["end"] and name == self._field:
                self._ended(name, tag.start())
            return
        if name in _ENTRIES:
            self._fields = None if tag["end"] else {}
            if self._fields is not None:
                self.found.count += 1
                self.found.entries.append(self._fields)
        elif not tag["end"] and name in _FIELDS and not self._text.endswith("/>", end - 2, end):
            self._field, self._from, self._parts = name, end, []
        if name == "link" and not tag["end"]:
            self._link(self._text[tag.start() : end])

    def _ended(self, name: str, at: int) -> None:
        inner = self._text[self._from : at]
        value = "".join(self._parts) + (inner if name in _MARKUP and "<" in inner else unescaped(inner))
        if self._fields is not None:
            self._fields.setdefault(name, value)
        elif name == "title" and not self.found.title:
            self.found.title = value
        self._field = ""

    def _link(self, tag: str) -> None:
        href = _HREF.search(tag[:4000])
        if href and self._fields is not None and not _OTHER_LINK.search(tag[:4000]):
            self._fields.setdefault("link", unescaped(href[1]))
            self._field = ""


def scan(text: str, most: int) -> Scanned:
    """The entries of a feed, at most so many, with their fields as they stand there."""
    return _Scan(text, most).run()
