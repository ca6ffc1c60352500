"""Days settled: a report's anchor, a story's day, and what every date claim comes to.

A report's own day of publication anchors its open dates; a report without one takes its story's anchor. Where a
weekday and a date contradict each other, the reading that the story's other reports bear out is preferred. Dates in
digits with day and month in doubt are settled by `fuse.orders`; what nothing decides stays open.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import msgspec

from communique.fuse.dossiers import DECIDED, Dossier, Dossiers
from communique.fuse.orders import EITHER, Orders, Settled
from communique.fuse.origins import Origins
from communique.model.claims import Claim
from communique.model.dates import Date, Precision
from communique.model.reports import TELLING, Furniture, FurnitureKind, PublishedFrom
from communique.model.spans import Span
from communique.text import calendar

#: Weight of a vote for a story's anchor: what the publisher says, what a collector or dateline says, a day in the text.
_GIVEN, _NOTED, _TOLD = 4, 3, 1


#: Open dates of several days in which a happening falls.
_LOOSE = ("week:", "weekend:", "recent:")
#: So far into a report its lead goes, dateline and headline included.
_LEAD_CHARS = 400


class Dated(msgspec.Struct, frozen=True, order=True):
    """One report's date for one mention, settled.

    `rule` says how: `explicit`, `anchor:published`, `anchor:story`, `anchor:either:outlet`, `either:report`, and so on;
    `clash` is the day that the weekday beside it points to, where that is another day.
    """

    date: Date
    span: Span
    rule: str = "explicit"
    clash: Date | None = None
    decided: bool = False
    within: bool = False
    """Whether the happening fell somewhere in the date, as in "next weekend", and need not have taken all of it."""

    @property
    def readings(self) -> tuple[Date, ...]:
        """The date as printed, and the other one that the same words allow."""
        return (self.date, self.clash) if self.clash else (self.date,)


class Vote(msgspec.Struct, frozen=True, order=True):
    """One report's word for its story's day."""

    day: str
    weight: int
    report: str


class Times:
    """The settled times of all reports."""

    def __init__(self, dossiers: Dossiers, origins: Origins) -> None:
        """Find every story's anchor from its reports."""
        self._dossiers, self._origins = dossiers, origins
        self._clash = {(c.span.report, c.span.start): c.value for d in dossiers.of("t") for c in d.all("clash")}
        self.expressions: dict[str, list[Dossier]] = {}
        for dossier in dossiers.of("t"):
            self.expressions.setdefault(dossier.report, []).append(dossier)
        self.orders = Orders(dossiers)
        self._story_votes: dict[str, list[Vote]] = {}
        self._anchors = self._story_anchors()
        self._days: dict[str, list[Dated]] = {}
        for dossier in dossiers.of("t"):
            self._days.setdefault(dossier.report, []).extend(
                d for d in self.dates(dossier) if d.date.precision is Precision.DAY
            )

    def anchor(self, report: str) -> tuple[dt.date | None, str]:
        """The day that a report's open dates are seen from, and the rule that gave it."""
        own = self._dossiers.heads[report].published_day if report in self._dossiers.heads else None
        if own and (day := _day(own)):
            return day, "anchor:published"
        if printed := self.published(report):
            return printed.day, f"anchor:{printed.rule}"
        return self.story_anchor(self._origins.story(report)), "anchor:story"

    def story_anchor(self, story: str) -> dt.date | None:
        """The day that most of a story's reports vote for; the smallest of equals; None where none has any day."""
        return self._anchors.get(story)

    def published(self, report: str) -> Settled | None:
        """The day that a report printed in digits as its own, day and month told apart by other evidence."""
        return self.orders.published(report, self._others_days(report))

    def _others_days(self, report: str) -> list[dt.date]:
        """The days that the other reports of a report's story vote for."""
        votes = self._story_votes.get(self._origins.story(report), ())
        return sorted({day for v in votes if v.report != report and (day := _day(v.day))})

    def dates(self, dossier: Dossier, field: str = "date") -> tuple[Dated, ...]:
        """The date claims of a mention (`date` or `due`), open ones settled; sorted."""
        return tuple(sorted(self._settled(dossier, field), key=_order))

    def overruled(self, dossier: Dossier, field: str = "date") -> tuple[Dated, ...]:
        """The dates that a report gives a mention, where a person set another; sorted."""
        if not dossier.set(field):
            return ()
        return self.dates(Dossier(dossier.subject, tuple(c for c in dossier.claims if c.rule != DECIDED)), field)

    def day_spans(self, report: str, day: Date) -> tuple[Span, ...]:
        """Where a report's running text or dateline names a day."""
        return tuple(d.span for d in self._days.get(report, ()) if day in d.readings)

    def lead_day(self, report: str) -> Date | None:
        """The first day that is not to come in a report's lead: the day that it tells of."""
        today = self.anchor(report)[0]
        marks = self._dossiers.heads[report].furniture if report in self._dossiers.heads else ()
        for dated in sorted(self._days.get(report, ()), key=lambda d: d.span):
            if dated.span.start >= _LEAD_CHARS:
                break
            ahead = today is not None and dated.date.first > today
            if not ahead and not any(m.start <= dated.span.start < m.end for m in marks):
                return None if dated.clash else dated.date
        return None

    def clashing(self) -> tuple[Dated, ...]:
        """Every expression whose weekday contradicts its date, by place."""
        return tuple(d for _, days in sorted(self._days.items()) for d in days if d.clash)

    def _settled(self, dossier: Dossier, field: str) -> Iterable[Dated]:
        told = dossier.all(field)
        loose = {c.span for c in dossier.all(field + "_open") if c.value.startswith(_LOOSE)}
        for claim in told:
            yield Dated(
                Date.of(claim.value),
                claim.span,
                claim.qualifier or "explicit",
                self._other(claim),
                _set(claim),
                claim.span in loose,
            )
        done = {c.span for c in told}
        day, rule = self.anchor(dossier.report)
        for claim in dossier.all(field + "_open"):
            if claim.span in done:
                continue
            # A story's anchor may be a day that a text tells of: later days are none the less possible.
            sure = rule == "anchor:published" or not claim.value.startswith(EITHER)
            if day and sure and (date := calendar.settle(claim.value, day)):
                yield Dated(date, claim.span, rule, None, _set(claim), claim.span in loose)
            elif found := self._told_apart(claim):
                yield Dated(Date.day(found.day), claim.span, found.rule, None, _set(claim))

    def _told_apart(self, claim: Claim) -> Settled | None:
        report = claim.span.report
        return self.orders.settle(claim.value, report, self._others_days(report))

    def _other(self, claim: Claim) -> Date | None:
        value = self._clash.get((claim.span.report, claim.span.start))
        return Date.of(value) if value and value != claim.value else None

    def _story_anchors(self) -> dict[str, dt.date]:
        votes: dict[str, list[Vote]] = {}
        for report in self._dossiers.heads:
            found = self._votes(report)
            best = max((v.weight for v in found), default=0)
            votes.setdefault(self._origins.story(report), []).extend(v for v in found if v.weight == best)
        self._story_votes = votes
        return {story: day for story, cast in votes.items() if (day := _elected(cast))}

    def _votes(self, report: str) -> list[Vote]:
        """What a report says of its day: each day once, with the most weight that anything there gives it."""
        head = self._dossiers.heads[report]
        weight = _NOTED if head.published_from is PublishedFrom.COLLECTOR else _GIVEN
        out = {head.published_day: weight} if head.published_day and _day(head.published_day) else {}
        for dossier in self.expressions.get(report, ()):
            for day, clashing in self._explicit_days(dossier):
                noted = _in_dateline(head.furniture, dossier) and not clashing
                out[day] = max(out.get(day, 0), _NOTED if noted else _TOLD)
        return [Vote(day, weight, report) for day, weight in sorted(out.items())]

    def _explicit_days(self, dossier: Dossier) -> Iterable[tuple[str, bool]]:
        for claim in dossier.all("date"):
            if not claim.qualifier.startswith("anchor") and Date.of(claim.value).precision is Precision.DAY:
                other = self._other(claim)
                yield claim.value, other is not None
                if other:
                    yield other.value, True


def _elected(votes: list[Vote]) -> dt.date | None:
    """The day with most votes; the heavier first among equals, then the smaller."""
    count: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    for vote in votes:
        count[vote.day] += 1
        weight[vote.day] += vote.weight
    ranked = sorted(count, key=lambda day: (-weight[day], -count[day], day))
    return _day(ranked[0]) if ranked else None


def _in_dateline(furniture: tuple[Furniture, ...], dossier: Dossier) -> bool:
    place = dossier.key
    return any(
        f.kind is FurnitureKind.DATELINE and f.start <= place.start and place.end <= f.end
        for f in furniture
        if f.kind in TELLING
    )


def _order(dated: Dated) -> tuple[object, ...]:
    return dated.span, dated.date, dated.rule, dated.clash or dated.date


def _set(claim: Claim) -> bool:
    return claim.rule == DECIDED


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
