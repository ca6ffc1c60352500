"""A report's text, cut for the page: paragraphs, pieces with the facts that rest on them, marks for what has no shape.

Offsets are code points from here to the browser: the page's script counts code points too, so they are never
converted twice.
"""

import bisect
import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from communique.model.reports import Furniture
from communique.web.index import MARKED, Place

#: Most code points of a text on one page; cut where a paragraph ends.
PART = 30_000
#: Characters kept before and after the words that a fact rests on.
CONTEXT = 160
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE = re.compile(r"[^\n]+")


class Glyph(msgspec.Struct, frozen=True):
    """Some characters as they are shown: themselves, or the name of one that has no shape of its own."""

    text: str
    name: str = ""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbouring characters on which the same facts rest, the tightest first."""

    start: int
    end: int
    glyphs: tuple[Glyph, ...]
    facts: tuple[Place, ...] = ()
    opens: tuple[str, ...] = ()
    chosen: bool = False

    @property
    def kind(self) -> str:
        """Section of the weightiest fact; "" where none rests here."""
        return max((p.section for p in self.facts), key=MARKED.index, default="")

    @property
    def marks(self) -> str:
        """How the page marks it: by its kind, and as what the visitor came for."""
        kind = "who" if self.kind == "actors" else f"hl k-{self.kind}" if self.kind else ""
        return " ".join(filter(None, (kind, "at" if self.chosen else "")))

    @property
    def leads(self) -> bool:
        """Whether it leads to a fact: some is stated here, and there is something to press."""
        return bool(self.facts) and any(not glyph.text.isspace() for glyph in self.glyphs)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a text, and the facts that begin in it."""

    start: int
    kind: str
    pieces: tuple[Piece, ...]
    notes: tuple[tuple[str, str], ...]


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """Words and what stands around them."""

    before: str
    words: str
    after: str


def glyphs(text: str) -> tuple[Glyph, ...]:
    """A text with each control, bidi and zero-width character as a mark such as ⟨U+202E⟩."""
    made: list[Glyph] = []
    at = 0
    for found in _HIDDEN.finditer(text):
        if found.start() > at:
            made.append(Glyph(text[at : found.start()]))
        char = found[0]
        made.append(Glyph(f"⟨U+{ord(char):04X}⟩", unicodedata.name(char, "control character").lower()))
        at = found.end()
    return (*made, Glyph(text[at:])) if at < len(text) else tuple(made)


def parts(text: str) -> tuple[tuple[int, int], ...]:
    """Where the pages of a long text begin and end: each at most `PART` characters, cut at a line, else at a blank."""
    bounds = [0]
    while len(text) - bounds[-1] > PART:
        low, high = bounds[-1] + PART // 2, bounds[-1] + PART
        cut = text.rfind("\n", low, high)
        cut = cut if cut >= 0 else text.rfind(" ", low, high)
        bounds.append(cut + 1 if cut >= 0 else high)
    return tuple(zip(bounds, [*bounds[1:], len(text)], strict=True))


def paragraphs(
    text: str,
    places: Sequence[Place],
    furniture: Sequence[Furniture],
    within: tuple[int, int],
    chosen: tuple[int, int] | None = None,
) -> tuple[Paragraph, ...]:
    """The lines of a part of a text.

    Args:
        text: the whole text.
        places: facts that rest on it, sorted.
        furniture: its marked parts, in any order.
        within: first and last code point of the part, end exclusive.
        chosen: the words that the visitor came for.
    """
    here = [p for p in places if p.end > within[0] and p.start < within[1]]
    noted = _noted(places)
    starts = [p.start for p in here]
    longest = max((p.end - p.start for p in here), default=0)
    made: list[Paragraph] = []
    seen: set[tuple[int, int]] = set()
    for found in _LINE.finditer(text, *within):
        if found[0].strip():
            low = bisect.bisect_left(starts, found.start() - longest)
            high = bisect.bisect_left(starts, found.end())
            inside = [p for p in here[low:high] if p.end > found.start()]
            made.append(_paragraph(found, inside, _kind(found.start(), found.end(), furniture), (chosen, seen, noted)))
    return tuple(made)


def _noted(places: Sequence[Place]) -> frozenset[Place]:
    """For each fact the place that says most of it: there it is noted, once. Actors are only marked."""
    longest: dict[tuple[str, str], Place] = {}
    for place in places:
        key = (place.section, place.id)
        if place.section != "actors" and (key not in longest or _length(place) > _length(longest[key])):
            longest[key] = place
    return frozenset(longest.values())


def _length(place: Place) -> int:
    return place.end - place.start


def _kind(start: int, end: int, furniture: Sequence[Furniture]) -> str:
    """Kind of the furniture that a line lies in; "" where it tells, or only begins with some."""
    return next((f.kind.value for f in furniture if f.start <= start and end <= f.end), "")


def _paragraph(
    line: re.Match[str],
    places: Sequence[Place],
    kind: str,
    state: tuple[tuple[int, int] | None, set[tuple[int, int]], frozenset[Place]],
) -> Paragraph:
    chosen, seen, noted = state
    notes = {(p.section, p.id): None for p in places if p.start >= line.start() and p in noted}
    pieces = tuple(_pieces(line, places, chosen, seen))
    return Paragraph(start=line.start(), kind=kind, pieces=pieces, notes=tuple(notes))


def _pieces(
    line: re.Match[str], places: Sequence[Place], chosen: tuple[int, int] | None, seen: set[tuple[int, int]]
) -> Iterator[Piece]:
    spans = [(p.start, p.end) for p in places] + ([chosen] if chosen else [])
    inside = {at for span in spans for at in span if line.start() < at < line.end()}
    bounds = sorted({line.start(), line.end(), *inside})
    opens: dict[int, list[str]] = defaultdict(list)
    for start, end in sorted({s for s in spans if line.start() <= s[0] < line.end()} - seen):
        opens[start].append(f"{start}-{end}")
    seen.update(spans)
    waiting, active = deque(places), list[Place]()
    for start, end in pairwise(bounds):
        active = [p for p in active if p.end > start]
        while waiting and waiting[0].start < end:
            active.append(waiting.popleft())
        yield Piece(
            start=start,
            end=end,
            glyphs=glyphs(line.string[start:end]),
            facts=tuple(sorted(active, key=lambda p: (p.end - p.start, p))),
            opens=tuple(opens[start]),
            chosen=chosen is not None and chosen[0] < end and chosen[1] > start,
        )


def around(text: str, start: int, end: int) -> Around:
    """The words at a place, and at most `CONTEXT` characters on either side, cut at blanks."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Around(before=before, words=text[start:end], after=after)
