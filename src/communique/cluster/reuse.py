"""What reports share word for word, and why: quoted from one upstream, copied narration, or formula.

Quoted words are judged apart from narration: everybody prints the same post, and that makes nobody a copy.
A passage that is quoted in one report and narrated in another has one upstream too, and counts as quoted.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from communique.cluster.features import NAME, QUOTED, STOP, Features
from communique.cluster.index import Cell, Lines, Segment
from communique.cluster.meeting import pairs
from communique.cluster.passages import Passage, runs_of
from communique.cluster.past import Past
from communique.cluster.site import Place, recurring
from communique.model.words import ReuseKind

QUOTED_WORDS = 5
"""Fewest shared words of a quotation worth telling."""
QUOTED_OWN = 8
"""Fewest shared words besides names for a quotation to mark the same words elsewhere."""
COPIED_WORDS = 8
"""Fewest shared words of narration worth telling."""
LONG_WORDS = 16
"""Shared words that no chance explains."""
RUN_WORDS = 8
"""Words of an exact run that no chance explains. Two reports that share neither this nor `LONG_WORDS` in one passage
share turns of phrase: on planted-dev all 360 planted pairs have it, and no pair that is wrongly told."""
TELLING_WORDS = 4
"""Fewest words besides function words in a shorter passage: "at the end of the day" is nobody's."""
SHORT_WORDS = 12
"""Shared words below which a passage has to tell something besides names."""
OWN_QUOTED = 3
"""Fewest words, neither names nor function words, of a short shared quotation."""
OWN_COPIED = 5
"""The same of short shared narration."""
FORMULA_NAMES = 0.6
"""Share of a passage's telling words that are names, from which on it is a formula, where it is short."""
FORMULA_WORDS = 25
"""Words from which on a shared passage is no formula, however many names it holds."""
COPY_OWN = 40
"""Words of its own that one report has from another, from which on short shared lines are copied as well."""
_BIT = 5
"""Words below which a change between quotation and narration is a slip of the marks."""


type Quoted = Mapping[str, Sequence[tuple[int, int]]]


class Shared(NamedTuple):
    """A typed passage of two reports; words as indices into `Features`, ends exclusive.

    `words` counts the equal words, `own` those of them that are neither names nor quoted.
    """

    kind: ReuseKind
    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int
    words: int
    own: int


class Found(NamedTuple):
    """What the reports of a cell share: typed passages in order, and the words that are quoted elsewhere, by report."""

    shared: list[Shared]
    quoted: dict[str, list[tuple[int, int]]]


def shared(reports: Sequence[Features]) -> list[Shared]:
    """Every typed passage that two of some reports share, in order.

    Args:
        reports: features, in any order.
    """
    return found_in(Past(), Cell(reports)).shared


def found_in(past: Past, new: Cell, quoted: Quoted | None = None) -> Found:
    """Every typed passage that a report of a cell shares with another, there or in the cells before.

    Args:
        past: the cells before.
        new: the cell.
        quoted: words of earlier reports to be taken as quoted, by report id; ranges of words, ends exclusive.
    """
    desk = _Desk(past, new, quoted or {})
    together = [desk.passages(a, b, seeds) for a, b, seeds in pairs(past, new)]
    past.grown = desk.grown
    marked = _upstream(together, desk)
    rows = [[row for passage in pair for row in _typed(passage, desk)] for pair in together]
    rows = [pair for pair in rows if pair]
    places = [Place(desk.number(row.a), row.a_start, row.a_end) for pair in rows for row, _ in pair]
    site = iter(recurring(past, new, places))
    return Found([row for pair in rows for row in _settled(pair, [next(site) for _ in pair])], marked)


class _Desk:
    """The reports of some cells, numbered through, with their words laid out as far as they are asked for."""

    def __init__(self, past: Past, new: Cell, quoted: Quoted) -> None:
        """Number the reports."""
        self._past, self._new = past, new
        self.grown: dict[Hashable, list[list[Segment]]] = {}
        self.reports = [*past.reports, *new.reports]
        self._fresh = {report.report: n for n, report in enumerate(new.reports, len(past.reports))}
        self._quoted = quoted
        self._lines: dict[int, Lines] = {}

    def number(self, report: str) -> int:
        """The number of a report, by its id."""
        return self._fresh[report] if report in self._fresh else self._past.number[report]

    def passages(self, a: int, b: int, seeds: Sequence[Segment]) -> list[Passage]:
        """See `passages.passages`; what was found of the same words the last time is not looked for again."""
        key = self._content(a), self._content(b), tuple(seeds)
        runs = self._past.grown.get(key)
        if runs is None:
            runs = runs_of(self.lines(a), self.lines(b), seeds)
        self.grown[key] = runs
        return [Passage.of(a, b, each) for each in runs]

    def _content(self, number: int) -> Hashable:
        fresh = number - len(self._past.reports)
        return number if fresh < 0 else self._new.content(fresh)

    def lines(self, number: int) -> Lines:
        """A report's words, with what is known to be quoted marked."""
        if number not in self._lines:
            fresh = number - len(self._past.reports)
            lines = self._past.words(number) if fresh < 0 else self._new.lines(fresh)
            self._lines[number] = self._marked(lines, self.reports[number].report)
        return self._lines[number]

    def _marked(self, lines: Lines, report: str) -> Lines:
        ranges = self._quoted.get(report, ())
        if not ranges:
            return lines
        words = {word for start, end in ranges for word in range(start, end)}
        flags = bytes(f | QUOTED if p in words else f for f, p in zip(lines.flags, lines.places, strict=True))
        return lines._replace(flags=flags)

    def mark(self, number: int, words: Sequence[int]) -> None:
        """Mark words of a report as quoted, by their indices in its lines."""
        flags = bytearray(self._lines[number].flags)
        for word in words:
            flags[word] |= QUOTED
        self._lines[number] = self._lines[number]._replace(flags=bytes(flags))


def _settled(rows: Sequence[tuple[Shared, bool]], site: Sequence[tuple[int, int, int]]) -> list[Shared]:
    """The passages of one pair of reports, each judged by the others.

    Where much is copied, a line that would be a formula by itself is copied with the rest. Where chance explains every
    passage, they are formulas, all of them.
    """
    copied = sum(row.own for row, _ in rows if row.kind is ReuseKind.COPIED)
    whole = [row._replace(kind=ReuseKind.COPIED) if copied >= COPY_OWN else row for row, _ in rows]
    kept = [row if row.kind is ReuseKind.QUOTED else new for new, (row, _) in zip(whole, rows, strict=True)]
    out = [_of_site(row, *counts) for row, counts in zip(kept, site, strict=True)]
    if any(strong and row.kind is not ReuseKind.FORMULA for row, (_, strong) in zip(out, rows, strict=True)):
        return out
    return [row._replace(kind=ReuseKind.FORMULA, own=0) for row in out]


def _of_site(row: Shared, told: int, quoted: int, runs: int) -> Shared:
    """The passage, as a formula where it is a site line: of one outlet, short, and in several of its reports."""
    often = quoted if row.kind is ReuseKind.QUOTED else told
    return row._replace(kind=ReuseKind.FORMULA, own=0) if 2 * often > runs else row


def _upstream(together: Sequence[Sequence[Passage]], desk: _Desk) -> dict[str, list[tuple[int, int]]]:
    """Mark words as quoted that another report puts in quotation marks, and tell which.

    Only passages that are quoted at length say so: a body's name inside a quotation makes no quotation elsewhere.
    """
    words: dict[int, set[int]] = defaultdict(set)
    for passage in itertools.chain.from_iterable(together):
        one, other = desk.lines(passage.a), desk.lines(passage.b)
        marks = _marks(passage, one, other)
        for quoted, first, last in _pieces(marks):
            if quoted and len(_without(marks[first:last], NAME)) >= QUOTED_OWN:
                marked = [n for n in range(first, last) if marks[n] & QUOTED]
                for i, j, count in _cut(passage.runs, marked[0], marked[-1] + 1):
                    words[passage.a].update(range(i, i + count))
                    words[passage.b].update(range(j, j + count))
    out: dict[str, list[tuple[int, int]]] = {}
    for number in sorted(words):
        lines = desk.lines(number)
        news = sorted(lines.places[n] for n in words[number] if not lines.flags[n] & QUOTED)
        desk.mark(number, sorted(words[number]))
        if news:
            out[desk.reports[number].report] = _ranges(news)
    return out


def _ranges(words: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as ranges, ends exclusive."""
    out: list[tuple[int, int]] = []
    for word in words:
        if out and out[-1][1] == word:
            out[-1] = (out[-1][0], word + 1)
        else:
            out.append((word, word + 1))
    return out


def _marks(passage: Passage, one: Lines, other: Lines) -> bytes:
    """For each pair of equal words, what is marked of either."""
    return b"".join(_either(one.flags[i : i + n], other.flags[j : j + n]) for i, j, n in passage.runs)


def _either(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


_WITH = {bit: bytes(flag for flag in range(256) if flag & bit) for bit in (QUOTED, NAME, STOP, NAME | QUOTED)}


def _without(marks: bytes, bits: int) -> bytes:
    """The marks of words that have none of some bits."""
    return marks.translate(None, _WITH[bits])


def _typed(passage: Passage, desk: _Desk) -> Iterator[tuple[Shared, bool]]:
    """A passage cut where quotation turns into narration, each piece with its kind and whether no chance explains it.

    Pieces too short are dropped.
    """
    marks = _marks(passage, desk.lines(passage.a), desk.lines(passage.b))
    pieces = list(_pieces(marks))
    longest = max(last - first for _, first, last in pieces)
    told = sum(last - first for quoted, first, last in pieces if not quoted)
    for quoted, first, last in pieces:
        telling = _without(marks[first:last], STOP)
        if _tells(last - first, len(telling), quoted=quoted, longest=longest):
            kind = _kind(last - first, telling, quoted=quoted, told=told)
            runs = _cut(passage.runs, first, last)
            strong = last - first >= LONG_WORDS or max([run.words for run in runs]) >= RUN_WORDS
            own = len(_without(marks[first:last], NAME | QUOTED))
            yield _shared(kind, passage, runs, (last - first, own), desk), strong


def _cut(runs: Sequence[Segment], first: int, last: int) -> Sequence[Segment]:
    """The runs from one of their words to another, counted through them, end exclusive."""
    ends = list(itertools.accumulate([run.words for run in runs]))
    if not first and last == ends[-1]:
        return runs
    low, high = bisect_right(ends, first), bisect_left(ends, last)
    out = list(runs[low : high + 1])
    a, b, words = out[-1]
    out[-1] = Segment(a, b, words - (ends[high] - last))
    a, b, words = out[0]
    skip = first - (ends[low - 1] if low else 0)
    out[0] = Segment(a + skip, b + skip, words - skip)
    return out


def _tells(words: int, telling: int, *, quoted: bool, longest: int) -> bool:
    """Whether a piece is more than a turn of phrase; a short one counts beside a long one of the same passage."""
    if longest >= LONG_WORDS:
        return words >= QUOTED_WORDS
    return telling >= TELLING_WORDS and words >= (QUOTED_WORDS if quoted else COPIED_WORDS)


def _pieces(marks: bytes) -> Iterator[tuple[bool, int, int]]:
    """Runs of equal words quoted on either side, or on neither: whether quoted, first and end.

    A run under five words joins the one before, the first one the next: "he said" goes with what he said.
    """
    narrated = len(_without(marks, QUOTED))
    if narrated in (0, len(marks)):
        yield not narrated, 0, len(marks)
        return
    said = [mark & QUOTED for mark in marks]
    runs: list[list[int]] = []
    at = 0
    for quoted, group in itertools.groupby(said):
        words = sum(1 for _ in group)
        if runs and (words < _BIT or runs[-1][0] == quoted or runs[-1][2] - runs[-1][1] < _BIT):
            runs[-1][2] += words
        else:
            runs.append([quoted, at, at + words])
        at += words
    for _, first, last in runs:
        yield 2 * sum(said[first:last]) >= last - first, first, last


def _kind(words: int, telling: bytes, *, quoted: bool, told: int) -> ReuseKind:
    """Formula where names make up a short passage, or where it says little beside them.

    A piece of much shared narration (`told` words) is no formula, however short it is itself.
    """
    own = len(_without(telling, NAME))
    if quoted:
        return ReuseKind.FORMULA if words < SHORT_WORDS and own < OWN_QUOTED else ReuseKind.QUOTED
    if told >= LONG_WORDS + words:
        return ReuseKind.COPIED
    named = words < FORMULA_WORDS and own <= (1 - FORMULA_NAMES) * len(telling)
    slight = words < SHORT_WORDS and own < OWN_COPIED
    return ReuseKind.FORMULA if named or slight else ReuseKind.COPIED


def _shared(kind: ReuseKind, passage: Passage, runs: Sequence[Segment], counts: tuple[int, int], desk: _Desk) -> Shared:
    one, other = desk.lines(passage.a).places, desk.lines(passage.b).places
    first, last = runs[0], runs[-1]
    return Shared(
        kind,
        desk.reports[passage.a].report,
        one[first.a],
        one[last.a + last.words - 1] + 1,
        desk.reports[passage.b].report,
        other[first.b],
        other[last.b + last.words - 1] + 1,
        *counts,
    )
