"""Where the words of a ruling stand today: in their report, in its newer version, or in another report that holds them.

A ruling follows its words, never a number: it is carried out where they are, and where they are not it waits.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Anchor, Decision, Ruling
from communique.model.reports import Head
from communique.model.review import APPLIES, Fate, Place
from communique.model.spans import Span
from communique.text.anchoring import Change, Found, Quote, find, flat

#: Letter of the mention that a whole report is: its first words stand for it.
REPORT = "r"
#: Share of the shorter of two places that they have to have in common for the one to stand for the other.
_HALF = 0.5
_PAIR = 2
_QUOTATION = "q"


class _Extent(NamedTuple):
    start: int
    end: int
    mention: str


class Anchors:
    """Places the anchors of rulings in the reports of today."""

    def __init__(self, heads: Sequence[Head], texts: Mapping[str, str], claims: Mapping[str, Sequence[Claim]]) -> None:
        """Keep what is looked up.

        Args:
            heads: the reports that count, with `supersedes` filled in.
            texts: text of each report by id.
            claims: claims of each report by id; reports without any may be left out.
        """
        self._texts, self._claims = texts, claims
        self._newer = {h.supersedes: h.id for h in heads if h.supersedes}
        self._current = sorted(h.id for h in heads if h.id not in self._newer and h.id in texts)
        self._extents: dict[tuple[str, str], list[_Extent]] = {}

    @cached_property
    def _flat(self) -> dict[str, str]:
        return {report: flat(self._texts[report]) for report in self._current}

    def place(self, anchor: Anchor) -> Place:
        """Where an anchor is today."""
        report = self._latest(anchor.quote.report)
        if report not in self._texts:
            return self._elsewhere(anchor)
        if report == anchor.quote.report and anchor.quote.holds(self._texts[report]):
            return self._read(anchor, anchor.quote, Fate.STANDS)
        found = self._find(report, anchor)
        return self._settled(anchor, report, found) if found else _place(anchor, None, Fate.GONE)

    def settled(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Rulings with the mentions of today in the place of those they were made on; those that have none left out.

        Args:
            decisions: the rulings in force, in their order.
        """
        return tuple(d for decision in decisions if (d := self._decision(decision)) is not None)

    def _decision(self, decision: Decision) -> Decision | None:
        anchors, value = [], decision.value
        for anchor in decision.anchors:
            place = self.place(anchor)
            if place.fate in APPLIES and place.mention and place.span:
                anchors.append(Anchor(place.mention, place.span, anchor.prefix, anchor.suffix))
                value = place.mention if value == anchor.mention else value
            elif decision.value == anchor.mention:
                return None
        least = _PAIR if decision.ruling in (Ruling.SAME, Ruling.NOT_SAME) or ids.is_mention_id(decision.value) else 1
        if len({a.mention for a in anchors}) < min(least, len(decision.anchors)):
            return None
        return msgspec.structs.replace(decision, anchors=tuple(anchors), value=value)

    def held(self, letter: str, spans: Iterable[Span]) -> tuple[str, ...]:
        """The mentions of one kind that stand at some places, by place; of quotations also those inside a place."""
        out: dict[str, None] = {}
        for span in spans:
            for extent in self._all(span.report, letter):
                inside = letter == _QUOTATION and span.start <= extent.start and extent.end <= span.end
                if inside or (extent.start, extent.end) == (span.start, span.end):
                    out[extent.mention] = None
        return tuple(sorted(out, key=ids.mention_key))

    def _latest(self, report: str) -> str:
        """The newest version of a report; itself, where there is no other."""
        seen = {report}
        while (newer := self._newer.get(report)) and newer not in seen:
            seen.add(newer)
            report = newer
        return report

    def _find(self, report: str, anchor: Anchor) -> Found | None:
        quote = Quote(anchor.quote.text, anchor.prefix, anchor.suffix)
        return find(self._texts[report], quote, anchor.quote.start)

    def _settled(self, anchor: Anchor, report: str, found: Found) -> Place:
        span = Span.cut(report, self._texts[report], found.start, found.end)
        if found.change is Change.WORDS:
            return _place(anchor, span, Fate.CHANGED)
        return self._read(anchor, span, Fate.MOVED if found.change is Change.NONE else Fate.EDITED)

    def _elsewhere(self, anchor: Anchor) -> Place:
        """The report is gone: the one report that holds the words best stands for it.

        Among equals it is the one that has them at the same place, else the first, and a person should look again.
        """
        exact, around = flat(anchor.quote.text), [flat(anchor.prefix)[-16:], flat(anchor.suffix)[:16]]
        near = [r for r in self._current if exact in self._flat[r] or any(a and a in self._flat[r] for a in around)]
        found = [(f.change, -f.likeness, r, f) for r in near if (f := self._find(r, anchor))]
        best = [row for row in sorted(found) if row[:2] == min(found)[:2]]
        same_place = [row for row in best if row[3].start == anchor.quote.start]
        chosen = same_place if len(same_place) == 1 else best
        if not chosen or (len(chosen) > 1 and chosen[0][0] is not Change.NONE):
            return _place(anchor, None, Fate.GONE)
        place = self._settled(anchor, chosen[0][2], chosen[0][3])
        doubtful = len(chosen) > 1 and place.fate is Fate.MOVED
        return msgspec.structs.replace(place, fate=Fate.EDITED) if doubtful else place

    def _read(self, anchor: Anchor, span: Span, fate: Fate) -> Place:
        """The mention of the anchor's kind that is read at a place today."""
        mention = self._mention(anchor.mention, span)
        return Place(given=anchor.mention, mention=mention, fate=fate if mention else Fate.UNREAD, span=span)

    def _mention(self, given: str, span: Span) -> str | None:
        letter = ids.mention_key(given).letter
        if letter == REPORT:
            return ids.mention_id(span.report, letter, span.start, span.end)
        best = max(
            self._all(span.report, letter),
            key=lambda e: (e.mention == given, _shared(e, span), -e.start, -e.end, e.mention),
            default=None,
        )
        if best is None or (best.mention != given and _shared(best, span) < _HALF):
            return None
        return best.mention

    def _all(self, report: str, letter: str) -> list[_Extent]:
        """The mentions of one kind in a report with their places; a quotation's words are a place of it, too."""
        if not self._extents.get((report, "")):
            self._extents[report, ""] = [_Extent(0, 0, report)]
            for claim in self._claims.get(report, ()):
                key = ids.mention_key(claim.subject)
                held = self._extents.setdefault((report, key.letter), [])
                if not held or held[-1].mention != claim.subject:
                    held.append(_Extent(key.start, key.end, claim.subject))
                if claim.field == "content":
                    held.append(_Extent(claim.span.start, claim.span.end, claim.subject))
        return self._extents.get((report, letter), [])


def _shared(extent: _Extent, span: Span) -> float:
    """How far two places are the same, from 0 to 1: what they share, as a part of both together."""
    common = min(extent.end, span.end) - max(extent.start, span.start)
    return max(0, common) / (max(extent.end, span.end) - min(extent.start, span.start))


def _place(anchor: Anchor, span: Span | None, fate: Fate) -> Place:
    return Place(given=anchor.mention, mention=None, fate=fate, span=span)
