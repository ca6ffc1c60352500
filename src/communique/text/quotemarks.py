"""Quotation marks, read on characters: which words stand between marks, in one linear pass and without a grammar.

Straight, curly, low and angular marks are known, and the two single marks that some wires print for
a double one. A quotation may run over paragraphs: one that begins with an opening
mark, or closes a mark that an earlier paragraph left open, goes on with it. Apostrophes are told from single marks.
Marks inside other marks belong to the quotation that holds them.
"""

import enum
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

#: Opening mark -> its family; a mark of the same family may close it.
_FAMILY = {
    '"': "double", "“": "double", "”": "double", "„": "double", "‟": "double", "＂": "double",
    "«": "angle", "»": "angle",
    "‹": "thin", "›": "thin",
    "「": "corner", "」": "corner",
    "『": "white", "』": "white",
    "''": "twin", "``": "twin", "‘‘": "twin", "’’": "twin",
}  # fmt: skip
_OPENERS = frozenset([*"“„‟«‹「『", "``", "‘‘"])
_CLOSERS = frozenset([*"”»›」』", "’’"])
_SINGLE = frozenset("'‘’")
_MARK = re.compile("''|``|‘‘|’’|[\"“”„‟＂«»‹›「」『』'‘’]")
_BEFORE_OPENING = frozenset("([{—–-/:;,=…")
_ENDS = frozenset(".!?…\"”’'»")
_ELIDED = re.compile(r"(?:\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|cos\b|round\b)", re.IGNORECASE)


class Quoted(msgspec.Struct, frozen=True):
    """Words between marks.

    Attributes:
        start: offset of the opening mark.
        end: offset after the closing mark, or where the words end if nothing closes them.
        pieces: offsets of the words without the marks, one pair for each paragraph; none is blank.
        closed: whether a closing mark was found.
        mark: the opening mark.
    """

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    closed: bool
    mark: str

    @property
    def single(self) -> bool:
        """Whether the marks are single ones."""
        return self.mark in _SINGLE


class _Role(enum.Enum):
    OPEN = enum.auto()
    CLOSE = enum.auto()
    EITHER = enum.auto()


class _Mark(msgspec.Struct, frozen=True):
    at: int
    char: str
    role: _Role

    @property
    def family(self) -> str:
        return _FAMILY.get(self.char, "single")

    @property
    def end(self) -> int:
        return self.at + len(self.char)


class _Open(msgspec.Struct):
    """A quotation under way: where it opened, its finished pieces, and what opened inside its present piece."""

    start: int
    mark: str
    piece: int
    pieces: list[tuple[int, int]] = msgspec.field(default_factory=list)
    inner: list[int] = msgspec.field(default_factory=list)
    nested: list[tuple[int, int]] = msgspec.field(default_factory=list)

    def quoted(self, text: str, until: int, end: int, *, closed: bool) -> Quoted | None:
        """The finished quotation; None if there are no words in it."""
        pieces = tuple(p for p in (*self.pieces, _stripped(text, self.piece, until)) if p[0] < p[1])
        return Quoted(self.start, end, pieces, closed, self.mark) if pieces else None

    def turn(self, text: str, end: int) -> None:
        """A paragraph ends at `end` and nothing has closed the quotation."""
        self.pieces.append(_stripped(text, self.piece, end))
        self.piece = end
        self.inner.clear()


def quoted(text: str, paragraphs: Sequence[tuple[int, int]] | None = None) -> tuple[Quoted, ...]:
    """Every stretch between marks that lies in no other, in the order of the text.

    Args:
        text: the whole text; offsets count its code points.
        paragraphs: the parts to read, in order and apart; by default the lines of the text. Parts with no line break
            between them count as one paragraph.
    """
    reader = _Reader(text)
    for start, end in _joined(text, paragraphs if paragraphs is not None else _lines(text)):
        reader.paragraph(start, end)
    reader.give_up()
    return tuple(sorted(reader.found, key=lambda q: q.start))


class _Reader:
    """Reads paragraph after paragraph and carries the quotation that one leaves open into the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quoted] = []
        self.state: _Open | None = None
        self.done = 0

    def paragraph(self, start: int, end: int) -> None:
        marks = _marks(self.text, start, end)
        doubles = [m for m in marks if m.family != "single"]
        if self.state is not None:
            doubles = self._resume(start, end, self.state, doubles)
        pairs = _single_pairs(self.text, [m for m in marks if m.family == "single"])
        events: list[_Mark | tuple[int, int]] = [*doubles, *pairs]
        for event in sorted(events, key=lambda e: e.at if isinstance(e, _Mark) else e[0]):
            if isinstance(event, _Mark):
                self._double(event)
            elif self.state is None and event[0] >= self.done:
                self._single(event)
        if self.state is not None:
            self.state.turn(self.text, end)

    def _resume(self, start: int, end: int, state: _Open, doubles: list[_Mark]) -> list[_Mark]:
        """Whether a paragraph goes on with the open quotation; returns the marks that are left to read."""
        start, end = _stripped(self.text, start, end)
        same = [m for m in doubles if m.family == _FAMILY[state.mark]]
        first = same[0] if same else None
        opens = first is not None and first.at == start and first.role is not _Role.CLOSE
        closes = first is not None and first.role is _Role.CLOSE
        wrapped = not doubles and self.text[state.pieces[-1][1] - 1] not in _ENDS
        if not opens and not closes and not wrapped:
            self.give_up()
            return doubles
        state.piece = first.end if first is not None and opens else start
        state.nested.clear()
        return [m for m in doubles if m is not first] if opens else doubles

    def _double(self, mark: _Mark) -> None:
        if mark.at < self.done:
            return
        if self.state is None:
            if mark.role is not _Role.CLOSE:
                self.state = _Open(mark.at, mark.char, mark.end)
        elif mark.family == _FAMILY[self.state.mark]:
            self._same_family(mark, self.state)

    def _same_family(self, mark: _Mark, state: _Open) -> None:
        if mark.role is _Role.OPEN:
            state.inner.append(mark.at)
        elif state.inner:
            opened = state.inner.pop()
            if not state.inner:
                state.nested.append((opened, mark.end))
        else:
            self._add(state.quoted(self.text, mark.at, mark.end, closed=True))
            self.state, self.done = None, mark.end

    def _single(self, pair: tuple[int, int]) -> None:
        size = 2 if self.text[pair[0] : pair[0] + 2] in _FAMILY else 1
        state = _Open(pair[0], self.text[pair[0] : pair[0] + size], pair[0] + size)
        self._add(state.quoted(self.text, pair[1] - size, pair[1], closed=True))
        self.done = pair[1]

    def _add(self, done: Quoted | None) -> None:
        if done is not None:
            self.found.append(done)

    def give_up(self) -> None:
        """Nothing closes the open quotation: it ends with its paragraph, or before a closed one inside it."""
        state, self.state = self.state, None
        if state is None:
            return
        if state.nested and state.pieces:
            start = state.pieces.pop()[0]
            state.pieces.append(_stripped(self.text, start, max(start, state.nested[0][0])))
            for pair in state.nested:
                self._single(pair)
        end = max(state.start + 1, state.pieces[-1][1]) if state.pieces else state.piece
        self._add(state.quoted(self.text, end, end, closed=False) if end > state.start + 1 else None)


def _lines(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\r\n\u2028\u2029]+", text)]


def _joined(text: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in parts:
        if out and not re.search(r"[\r\n\u2028\u2029]", text[out[-1][1] : start]):
            out[-1] = (out[-1][0], end)
        elif text[start:end].strip():
            out.append((start, end))
    return out


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [_Mark(m.start(), m[0], _role(text, m.start(), m.end())) for m in _MARK.finditer(text, start, end)]


def _role(text: str, at: int, end: int) -> _Role:
    """What a mark does, by its character unless its neighbours clearly say the opposite."""
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or not (after.isalnum() or after in "([$€£@#"))
    char = text[at:end]
    if char in _OPENERS:
        return _Role.CLOSE if closes and not opens else _Role.OPEN
    if char in _CLOSERS:
        return _Role.OPEN if opens and not closes and after.isalnum() else _Role.CLOSE
    if opens == closes:
        return _Role.EITHER
    return _Role.OPEN if opens else _Role.CLOSE


def _single_pairs(text: str, marks: list[_Mark]) -> list[tuple[int, int]]:
    """Pairs of single marks in one paragraph, apostrophes left out; ends are exclusive."""
    return list(_pairs(text, [m.at for m in marks if _opens_single(text, m.at)], _single_closers(text, marks)))


def _pairs(text: str, openers: list[int], closers: list[int]) -> Iterator[tuple[int, int]]:
    done = -1
    for n, at in enumerate(openers):
        if at < done:
            continue
        limit = openers[n + 1] if n + 1 < len(openers) else len(text)
        first = bisect_left(closers, at + 1)
        if first == len(closers):
            return
        chosen = closers[first]
        # "the ministers' plan" inside single marks: a plural's apostrophe gives way to a later mark
        if _plural(text, chosen) and first + 1 < len(closers) and closers[first + 1] < limit:
            chosen = closers[first + 1]
        if chosen < limit or text[limit - 1].isspace():
            done = chosen + 1
            yield at, done


def _opens_single(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if not (before.isspace() or before in _BEFORE_OPENING) or not (after.isalnum() or after in "…."):
        return False
    return text[at] == "‘" or not _ELIDED.match(text, at + 1)


def _single_closers(text: str, marks: list[_Mark]) -> list[int]:
    return [m.at for m in marks if m.char != "‘" and _closes_single(text, m.at)]


def _closes_single(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isspace() and not after.isalnum()


def _plural(text: str, at: int) -> bool:
    return text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
