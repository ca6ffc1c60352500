"""Our own reader of HTML: all visible text in document order, in time proportional to the length, whatever comes.

It builds no tree. What a browser does not show (scripts, styles, comments, fallbacks) is left out; what it shows stays,
also what is page furniture. Runs of blanks show as one, blocks are parted by an empty line. Each character knows the
source that it came from.
"""

import re
from collections import defaultdict

import msgspec

from communique.ingest.elements import BLANK, BLOCKS, CODE, IN_HEAD, LINE, PARAGRAPH, PLAIN, ROLES, SHOWN_RAW, Role
from communique.ingest.offsets import Piece
from communique.ingest.references import REFERENCE, decoded

#: A tag: its slash, its name, and where it is well formed the rest and its end; or what is no element.
_TAG = re.compile(r"<(?:(/?)([A-Za-z][^\s/>\0]{0,60})((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)(>)?|([!?/]))")
#: The same without the rest, for pages whose tags are not well formed.
_TAG_BEGINS = re.compile(r"<(?:(/?)([A-Za-z][^\s/>\0]{0,60})()()|([!?/]))")
_TRIES = 64  # tags that may be ill formed before none is tried so: each try may run to the end of the page
_SPACE = " \t\n\r\f"
_BREAK = re.compile(rf" (?=[{_SPACE}])[{_SPACE}]+|[\t\n\r\f][{_SPACE}]*|{REFERENCE.pattern}")
#: The same for text without two blanks side by side: what it may begin with is one set, which is found much faster.
_RARE_BREAK = re.compile(rf"[\t\n\r\f&](?:(?<!&)[{_SPACE}]*|(?<=&){REFERENCE.pattern.removeprefix('&')})")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,200})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_QUOTE_OR_END = re.compile(r"[\"'>]")
_HIDDEN = re.compile(r"\shidden(?=[\s=>/])|display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_NOT_READ = frozenset(("comments", "hidden"))
_NOWHERE = (0, 0, "")  # how deep, where and in what element a part without the article began
_COMMENTS = re.compile(
    r"(?:id|class)\s{0,9}=\s{0,9}[\"']?(?:[^\"'>]{0,99}\s)?comments?(?:[_-]?(?:list|area|section|thread))?[\"'\s>]",
    re.IGNORECASE,
)
_SEEN = -1  # in the place of where an element began that is not shown
_ROOT = ("", "", _SEEN, "")  # as if it were open: what `Linear._stack` holds at its bottom
#: What parts two stretches of text, the weakest first: of several that meet, the strongest stands.
_STRENGTHS = ("", " ", "\t", "\n", "\n\n")


class Block(msgspec.Struct, frozen=True, gc=False):
    """One block of text: its place, the element that began it, what it lies in, and how many characters are links.

    `context` is one of `elements.CONTEXTS`, `comments` (of readers), `hidden`, or "".
    """

    start: int
    end: int
    tag: str
    context: str
    linked: int


class Tag(msgspec.Struct, frozen=True):
    """A tag that says something about the page, and how many characters of text stood before it."""

    name: str
    attributes: dict[str, str]
    at: int


class Page(msgspec.Struct):
    """What a page shows, and what it says of itself.

    Attributes:
        text: the visible text.
        pieces: where it came from, where that was asked for.
        blocks: its blocks, in order, disjoint.
        tags: those that say something about the page.
        title: the content of `title`.
        scripts: those of JSON-LD.
        deepest: most elements that were open at once.
        longest_tag: in characters.
        weight: sum of the squared lengths of tags: what a tree builder needs that compares attributes with one another.
        core: the source without its scripts, menus, feet, comments and hidden parts: enough to build a tree of.
        unread: characters after a comment, script or tag that never ends; a browser does not show them either.
    """

    text: str
    pieces: list[Piece]
    blocks: list[Block]
    tags: list[Tag]
    title: str
    scripts: list[str]
    deepest: int
    longest_tag: int
    weight: int
    unread: int
    core: str


class _Seeker:
    """Finds what comes next in a source: asked in rising order, it looks at each character once."""

    def __init__(self, source: str, needle: str) -> None:
        self._source, self._needle, self._next = source, needle, -2

    def after(self, at: int) -> int:
        """Where the needle stands next, at `at` or later; -1 where it does not."""
        if self._next != -1 and self._next < at:
            self._next = self._source.find(self._needle, at)
        return self._next


class Linear:
    """Reads one page. Use `read`."""

    def __init__(self, source: str, longest_tag: int, *, text_only: bool = False, mapped: bool = False) -> None:
        """Begin at the first character.

        Args:
            source: the decoded page.
            longest_tag: characters beyond which a tag's attributes are not looked at.
            text_only: the source is the inside of a page: nothing in it is a title.
            mapped: keep where each piece of the text came from.
        """
        self._source = source
        self._cap = longest_tag
        self._mapped = mapped
        self._title_too = not text_only
        self._parts: list[str] = []
        self._length = 0
        self._pending = 0
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._tags: list[Tag] = []
        self._title = ""
        self._scripts: list[str] = []
        #: Of each open element its name, context, where the part began that is not shown, and the block that it is in.
        self._stack: list[tuple[str, str, int, str]] = [_ROOT]
        self._open: defaultdict[str, int] = defaultdict(int)
        self._tries = 0
        self._kept: list[str] = []
        self._left = 0
        self._aside = _NOWHERE
        self._deepest = 1
        self._longest = self._weight = self._unread = 0
        self._block: tuple[int, str, str] | None = None
        self._tag = ""
        self._linked = 0
        self._seekers = {q: _Seeker(source, q) for q in ("'", '"', ">", "-->", "]]>")}
        self._ends: dict[str, re.Match[str] | None] = {}

    def read(self) -> Page:
        """Everything, from the first character to the last."""
        source = self._source
        at = 1 if source.startswith("\ufeff") else 0
        while (token := (_TAG if self._tries < _TRIES else _TAG_BEGINS).search(source, at)) is not None:
            start = token.start()
            if start > at:
                self._characters(at, start)
            at = self._element(token, start) if token[2] else self._other(token)
        self._characters(at, len(source))
        if self._block is not None:
            self._flush(self._block)
        if self._stack[-1][2] != _SEEN:
            self._unread = max(self._unread, len(source) - self._stack[-1][2])
        return Page(
            "".join(self._parts), self._pieces, self._blocks, self._tags, self._title, self._scripts,
            self._deepest - 1, self._longest, self._weight, self._unread,
            "".join((*self._kept, source[self._left :])),
        )  # fmt: skip

    # -- markup

    def _other(self, token: re.Match[str]) -> int:
        """Comments, declarations, processing instructions: not shown."""
        start = token.start()
        if self._source.startswith("<!--", start):
            if self._source.startswith((">", "->"), start + 4):
                return self._source.index(">", start + 4) + 1
            return self._past("-->", start + 4)
        if self._source.startswith("<![CDATA[", start):
            return self._past("]]>", start + 9)
        return self._past(">", start)

    def _past(self, mark: str, at: int) -> int:
        """Behind the next mark; where it never comes, what is left is not shown, and that is told."""
        found = self._seekers[mark].after(at)
        if found >= 0:
            return found + len(mark)
        self._unread = max(self._unread, len(self._source) - at)
        return len(self._source)

    def _element(self, token: re.Match[str], start: int) -> int:
        closing, name, inside, whole, _ = token.groups()
        name = name.lower()
        end = token.end() if whole else self._tag_end(token.end(2))
        if end < 0:
            self._unread = max(self._unread, len(self._source) - start)
            return len(self._source)
        length = end - start
        if length > self._longest:  # noqa: PLR1730 - a call for every tag of every page
            self._longest = length
        self._weight += length * length
        if closing:
            self._close(name)
            if len(self._stack) < self._aside[0]:
                depth, begun, left = self._aside
                self._leave(begun, end if name == left and len(self._stack) == depth - 1 else start)
            return end
        role = ROLES.get(name, PLAIN)
        if length > self._cap:
            inside = ""
        elif not whole:
            inside = self._source[token.end(2) : end - 1]
        self._start(name, role, inside, end)
        if role.raw:
            end = self._raw(name, inside, end)
            if name in CODE and not self._aside[0]:
                self._leave(start, end)
        elif not self._aside[0] and (role.apart or (role.holder and self._stack[-1][1] in _NOT_READ)):
            self._aside = (len(self._stack), start, name)
        return end

    def _leave(self, start: int, end: int) -> None:
        """Leave a stretch of the source out of what a tree is built of."""
        if start >= self._left:
            self._kept.append(self._source[self._left : start])
            self._left = end
        self._aside = _NOWHERE

    def _tag_end(self, at: int) -> int:
        """Behind the `>` that ends a tag that is not well formed; -1 where there is none."""
        self._tries += 1
        return self._quoted_end(at) if self._seekers[">"].after(at) >= 0 else -1

    def _quoted_end(self, at: int) -> int:
        while (found := _QUOTE_OR_END.search(self._source, at)) is not None:
            at = found.end()
            if found[0] == ">":
                return at
            if self._source[max(0, found.start() - 20) : found.start()].rstrip().endswith("="):
                closing = self._seekers[found[0]].after(at)
                at = closing + 1 if closing >= 0 else at
        return -1

    def _raw(self, name: str, inside: str, at: int) -> int:
        """The content of an element that holds no markup, up to its end tag."""
        found = self._raw_end(name, at)
        end = found.start() if found else len(self._source)
        if name in SHOWN_RAW:
            self._characters(at, end)
        elif name == "title" and self._title_too and not self._title and "svg" not in self._open:
            self._title = " ".join(_text_of(self._source[at:end][: self._cap]).split())
        elif name == "script" and "ld+json" in inside.lower():
            self._scripts.append(self._source[at:end])
        if found is None:
            self._unread = max(self._unread, 0 if name in SHOWN_RAW else end - at)
            return end
        self._close(name)
        after = self._seekers[">"].after(found.end())
        return after + 1 if after >= 0 else len(self._source)

    def _raw_end(self, name: str, at: int) -> re.Match[str] | None:
        """The end tag of an element without markup; a search that failed once is not made again."""
        if name == "plaintext" or (name in self._ends and self._ends[name] is None):
            return None
        found = _end_of(name).search(self._source, at)
        self._ends[name] = found
        return found

    # -- structure

    def _start(self, name: str, role: Role, inside: str, at: int) -> None:
        if role.special or self._open["head"]:
            self._parted(name, role)
            if role.telling:
                self._tags.append(Tag(name, attributes(inside), self._length))
            if role.void:
                return
        _, context, unseen, block = self._stack[-1]
        if (inside or role.context) and context != "hidden":
            context = _context(name, role, inside, context)
        if role.unseen and unseen == _SEEN:
            unseen = at
        self._stack.append((name, context, unseen, name if role.block else block))
        self._open[name] += 1
        self._deepest = max(self._deepest, len(self._stack))

    def _parted(self, name: str, role: Role) -> None:
        """End what the beginning of an element ends, and part the text before it from its own."""
        if self._open["head"] and name not in IN_HEAD and not self._open["template"] + self._open["noscript"]:
            self._close("head")
        if role.ends_p and self._stack[-1][0] == "p":
            self._close("p")
        for other in role.ends:
            if self._stack[-1][0] == other:
                self._close(other)
        if role.block:
            if self._block is not None:
                self._flush(self._block)
            self._tag = name
        if role.strength > self._pending or name == "br":
            self._separate(name, role)

    def _close(self, name: str) -> None:
        """End an element and all that is open in it; an end tag of nothing open is passed over."""
        role = ROLES.get(name, PLAIN)
        if role.block and self._block is not None:
            self._flush(self._block)
        if role.strength > self._pending or name == "br":
            self._separate(name, role)
        if not self._open[name]:
            return
        last = ""
        while last != name:
            last = self._stack.pop()[0]
            self._open[last] -= 1
            if self._block is not None and last != name and last in BLOCKS:
                self._flush(self._block)
        if role.block:
            self._tag = self._stack[-1][3]

    def _separate(self, name: str, role: Role) -> None:
        """Part the text to come from the text before it, at least as the element does: two `br` part paragraphs."""
        strength = PARAGRAPH if name == "br" and self._pending == LINE else role.strength
        self._pending = max(self._pending, strength)

    def _flush(self, block: tuple[int, str, str]) -> None:
        """End the block that is being read."""
        start, tag, context = block
        self._blocks.append(Block(start, self._length, tag, context, self._linked))
        self._block = None
        self._linked = 0

    # -- text

    def _characters(self, start: int, end: int) -> None:
        """Show a stretch of the source."""
        if start >= end or self._stack[-1][2] != _SEEN:
            return
        if self._open["pre"] or self._open["textarea"] or self._open["listing"]:
            self._verbatim(start, end)
            return
        source = self._source
        if source[start] in _SPACE:
            self._pending = self._pending or BLANK
            start += 1
            if start == end:
                return
        breaks = _RARE_BREAK if source.find("  ", start, end) < 0 else _BREAK
        for found in breaks.finditer(source, start, end):
            at = found.start()
            if start < at:
                self._words(start, at)
            start = found.end()
            if source[at] == "&":
                self._emit(decoded(found[0]), at, start - at)
            else:
                self._pending = self._pending or BLANK
        if start < end:
            self._words(start, end)

    def _words(self, start: int, end: int) -> None:
        """Text without references or runs of blanks; a blank at either end parts it from its neighbours."""
        source = self._source
        if source[start] == " ":
            self._pending = self._pending or BLANK
            start += 1
            if start == end:
                return
        last = end - 1 if source[end - 1] == " " else end
        self._emit(source[start:last], start, last - start)
        if last < end:
            self._pending = self._pending or BLANK

    def _verbatim(self, start: int, end: int) -> None:
        for found in REFERENCE.finditer(self._source, start, end):
            self._emit(self._source[start : found.start()], start, found.start() - start)
            self._emit(decoded(found[0]), found.start(), len(found[0]))
            start = found.end()
        self._emit(self._source[start:end], start, end - start)

    def _emit(self, text: str, source: int, width: int) -> None:
        if not text:
            return
        if self._pending:
            if self._length:
                separator = _STRENGTHS[self._pending]
                self._parts.append(separator)
                self._length += len(separator)
            self._pending = 0
        if self._block is None:
            self._block = (self._length, self._tag, self._stack[-1][1])
        if self._mapped:
            self._pieces.append((self._length, source, len(text), width))
        self._parts.append(text)
        self._length += len(text)
        if self._open["a"]:
            self._linked += len(text)


def read(source: str, longest_tag: int, *, text_only: bool = False, mapped: bool = False) -> Page:
    """What a page shows: its visible text with blocks, places, and what its tags say of it."""
    return Linear(source, longest_tag, text_only=text_only, mapped=mapped).read()


def _context(name: str, role: Role, inside: str, context: str) -> str:
    """What kind of text an element holds, inside an element of a kind that is not hidden."""
    if role.context:
        context = name
    if inside:
        if "omment" in inside and role.holder and _COMMENTS.search(inside):
            context = "comments"
        if ("idden" in inside or "isplay" in inside) and name not in ("body", "html") and _HIDDEN.search(f" {inside} "):
            context = "hidden"
    return context


def attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, the first of several of one name."""
    out: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        out.setdefault(name.lower(), _text_of(double or single or bare))
    return out


def _text_of(markup: str) -> str:
    return REFERENCE.sub(lambda m: decoded(m[0]), markup) if "&" in markup else markup


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
