"""Day first or month first: dates in digits that one report leaves open, settled by what other evidence there is.

An open form `either:A|B` holds the reading with the day first as A and the one with the month first as B. Evidence
is asked in this order: the report's own other dates, its outlet's habit in other reports, its story's day.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.fuse.dossiers import Dossiers
from communique.model.claims import Claim
from communique.model.dates import Date
from communique.model.reports import PUBLISHED_OPEN, Head

EITHER = "either:"
BY_REPORT, BY_OUTLET, BY_STORY = "either:report", "either:outlet", "either:story"

_NUMERIC = re.compile(r"(?<!\d)(\d\d?)([/-])(\d\d?)\2\d{4}(?!\d)")
_MONTHS = 12
#: Days from other dates within which a reading is borne out; the other reading must lie as many days farther.
_NEAR = 31


class Settled(NamedTuple):
    """A reading that was chosen, and the rule that chose it."""

    day: dt.date
    rule: str


class Orders:
    """What is known of the order in which reports and outlets write day and month."""

    def __init__(self, dossiers: Dossiers) -> None:
        """Collect what every report's unmistakable dates show: True where the month stands first."""
        self._heads = dossiers.heads
        self._shown: dict[str, set[bool]] = {}
        self._days: dict[str, set[dt.date]] = {}
        for dossier in dossiers.of("t"):
            for claim in dossier.all("date"):
                self._note(claim)
        self._outlets = self._by_outlet()

    def published(self, report: str, story_days: Sequence[dt.date] = ()) -> Settled | None:
        """The day of publication of a report that printed it in digits; None where it did not, or nothing decides.

        Args:
            report: id of the report.
            story_days: days that the other reports of its story stand for.
        """
        head = self._heads.get(report)
        open_value = head.extra.get(PUBLISHED_OPEN, "") if head else ""
        return self.settle(open_value, report, story_days)

    def settle(self, open_value: str, report: str, story_days: Sequence[dt.date] = ()) -> Settled | None:
        """The reading of `either:A|B` in a report that the evidence bears out, with the rule; None where none does."""
        readings = _readings(open_value)
        if readings is None:
            return None
        own = self._shown.get(report, set())
        if len(own) == 1:
            return Settled(readings[next(iter(own))], BY_REPORT)
        near = _nearest(readings, sorted(self._days.get(report, ())))
        if near:
            return Settled(near, BY_REPORT)
        habit = self._outlet_habit(report)
        if habit is not None:
            return Settled(readings[habit], BY_OUTLET)
        near = _nearest(readings, story_days)
        return Settled(near, BY_STORY) if near else None

    def _note(self, claim: Claim) -> None:
        report = claim.span.report
        for month_first in _orders(claim.span.text):
            self._shown.setdefault(report, set()).add(month_first)
        date = Date.of(claim.value)
        if not claim.qualifier.startswith("anchor") and date.first == date.last:
            self._days.setdefault(report, set()).add(date.first)

    def _by_outlet(self) -> dict[str, dict[str, set[bool]]]:
        """For each outlet, what each of its reports shows."""
        out: dict[str, dict[str, set[bool]]] = {}
        for report, head in self._heads.items():
            shown = self._shown.get(report, set()) | _shown_by_head(head)
            if head.outlet and shown:
                out.setdefault(head.outlet.casefold(), {})[report] = shown
        return out

    def _outlet_habit(self, report: str) -> bool | None:
        """The one order that the outlet's other reports show; None where they show none, or both."""
        head = self._heads.get(report)
        others = self._outlets.get((head.outlet or "").casefold(), {}) if head else {}
        shown = {order for other, orders in others.items() if other != report for order in orders}
        return shown.pop() if len(shown) == 1 else None


def _readings(open_value: str) -> tuple[dt.date, dt.date] | None:
    if not open_value.startswith(EITHER):
        return None
    try:
        first, second = (dt.date.fromisoformat(v) for v in open_value.removeprefix(EITHER).split("|"))
    except ValueError:
        return None
    return first, second


def _orders(text: str) -> Iterator[bool]:
    """The order of every date in digits that can be read in one way only."""
    for found in _NUMERIC.finditer(text):
        one, two = int(found[1]), int(found[3])
        if min(one, two) <= _MONTHS < max(one, two):
            yield two > one


def _shown_by_head(head: Head) -> set[bool]:
    """What a publication line shows whose day was settled, by its weekday or otherwise."""
    if head.published_evidence is None or head.published_day is None:
        return set()
    month, day = int(head.published_day[5:7]), int(head.published_day[8:])
    found = _NUMERIC.search(head.published_evidence.text)
    pair = (int(found[1]), int(found[3])) if found else (0, 0)
    return {pair == (month, day)} if month != day and sorted(pair) == sorted((month, day)) else set()


def _nearest(readings: tuple[dt.date, dt.date], days: Sequence[dt.date]) -> dt.date | None:
    """The reading that lies near the days, where the other one lies much farther."""
    if not days:
        return None
    gaps = [min(abs((reading - day).days) for day in days) for reading in readings]
    best = gaps.index(min(gaps))
    return readings[best] if gaps[best] <= _NEAR and gaps[1 - best] > gaps[best] + _NEAR else None
