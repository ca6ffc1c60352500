"""What an expression of time means, and the reading state that it is meant in."""

import datetime as dt
from collections.abc import Callable

import msgspec

from communique.model.dates import Date, Precision
from communique.text import calendar

#: Units of TIMEX3 -> the unit's name in an open form.
UNITS = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Y": "year",
    "X": "decade",
    "C": "century",
    "Q": "quarter",
    "H": "half",
    "E": "weekend",
}
_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "weekday": "XXXX-WXX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "season": "XXXX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "either": "XXXX-XX-XX",
}


#: Rule of an expression that names no day of the calendar.
IMPOSSIBLE = "impossible"
#: Days of the longest period that a bare date can hang on: a season, not a decade.
_LONG = 100
#: Units that can only be counted from a date that is known to fewer days than this.
_EXACT = {"day": 1, "weekday": 1, "week": 7, "weekend": 7, "month": 31}
_YEAR = 366
#: Years between a date and a bare year behind it beyond which the story does not move to that year.
_LEAP = 20


class Sense(msgspec.Struct, frozen=True):
    """What an expression means.

    Attributes:
        timex: TIMEX3 value.
        kind: DATE, TIME, DURATION or SET.
        date: the date, where the report alone decides it.
        open: the open form, where the words hang on another day (`calendar.settle`).
        clash: day that the weekday points to, where weekday and date disagree.
        rule: how the date was come by: explicit, anchor:published, anchor:context, or "" where there is none;
            impossible, where the words name a day that the calendar has not.
    """

    timex: str
    kind: str = "DATE"
    date: Date | None = None
    open: str | None = None
    clash: Date | None = None
    rule: str = ""


class Found(msgspec.Struct, frozen=True):
    """An expression in a text: offsets and meaning. A range has its two `ends` as expressions of their own."""

    start: int
    end: int
    sense: Sense
    ends: tuple["Found", ...] = ()


class Context:
    """What is known while a report is read: its day, the date named last, and the year that a sentence is in."""

    def __init__(self, anchor: dt.date | None, *, narrative: bool, direction: Callable[[int], str]) -> None:
        """Start a report.

        Args:
            anchor: day of publication, None where it is not known.
            narrative: whether a bare date hangs on the date before it, as in a history, and not on `anchor`.
            direction: says for an offset of the text whether its clause looks to the "past", the "future", or "".
        """
        self.anchor = anchor
        self.narrative = narrative
        self.direction = direction
        self.last: Date | None = None
        self.year: int | None = None
        self.year_way = ""
        self.month_first: bool | None = None

    def seen(self, sense: Sense, offset: int) -> None:
        """Take note of an expression just read at an offset of the text."""
        date = sense.date
        if sense.kind not in ("DATE", "TIME") or date is None or (self.narrative and sense.rule == "anchor:published"):
            return
        if (date.last - date.first).days < _LONG or (date.precision is Precision.YEAR and not self._leaps(date)):
            self.last = date
        if sense.rule == "explicit" and self._dates_sentence(date):
            self.year, self.year_way = date.first.year, self.direction(offset)

    def _leaps(self, year: Date) -> bool:
        """Whether a bare year lies so far from the date before it that it is named in passing: "the rules of 1614"."""
        return self.last is not None and abs(year.first.year - self.last.first.year) > _LEAP

    def _dates_sentence(self, date: Date) -> bool:
        """Whether a bare date behind this one is of its year: "in 2024, in July and in October"."""
        if date.precision in (Precision.YEAR, Precision.MONTH):
            return True
        return self.anchor is not None and date.first.year == self.anchor.year

    def sentence(self) -> None:
        """Begin a new sentence."""
        self.year = None

    @property
    def reference(self) -> dt.date | None:
        """The day that a date hangs on which the words tie to another: the date named last, else the anchor."""
        if self.last is not None:
            return self.last.first
        return None if self.narrative else self.anchor

    def resolve(self, open_value: str, *, by_text: bool = False) -> Sense:
        """The meaning of an open form.

        Args:
            open_value: an open form of `calendar`.
            by_text: the words hang on the date named before them, whatever the report's day ("the following week").
        """
        if by_text or self.narrative:
            reference = None if by_text and self._too_coarse(open_value) else self.reference
            date = calendar.settle(open_value, reference) if reference else None
            open_left = None if by_text else open_value
            return Sense(timex_of(open_value, date), date=date, open=open_left, rule="anchor:context" if date else "")
        date = calendar.settle(open_value, self.anchor) if self.anchor else None
        return Sense(timex_of(open_value, date), date=date, open=open_value, rule="anchor:published" if date else "")

    def _too_coarse(self, open_value: str) -> bool:
        """Whether the date named last is known less exactly than the unit counted from it: "2012 … two days later"."""
        unit = open_value.partition(":")[0]
        return self.last is not None and (self.last.last - self.last.first).days >= _EXACT.get(unit, _YEAR)

    def published(self, open_value: str) -> Sense:
        """The meaning of an open form that hangs on the day of publication even in a history: "today", "last year"."""
        date = calendar.settle(open_value, self.anchor) if self.anchor else None
        return Sense(timex_of(open_value, date), date=date, open=open_value, rule="anchor:published" if date else "")


def explicit(date: Date, timex: str = "") -> Sense:
    """The meaning of a date that says everything itself."""
    return Sense(timex or date.value, date=date, rule="explicit")


def impossible() -> Sense:
    """The meaning of a day that no calendar has, such as 31 February: a place in the text, without any date."""
    return Sense(_UNKNOWN["day"], rule=IMPOSSIBLE)


def timex_of(open_value: str, date: Date | None) -> str:
    """TIMEX3 value of an open form, settled as `date`, or with X for what is not known."""
    unit, _, rest = open_value.partition(":")
    if date is None:
        return _unknown(unit, rest)
    first = date.first
    if unit == "week":
        return week_value(first)
    writers: dict[str, str] = {
        "weekend": f"{week_value(first)}-WE",
        "quarter": f"{first.year:04}-Q{(first.month + 2) // 3}",
        "half": f"{first.year:04}-H{(first.month + 5) // 6}",
        "decade": f"{first.year:04}"[:3],
        "century": f"{first.year:04}"[:2],
        "season": f"{first.year:04}-{rest[:2]}",
    }
    return writers.get(unit, date.value)


def week_value(day: dt.date) -> str:
    """A day's week as ISO 8601 writes it: 2024-W50."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _unknown(unit: str, rest: str) -> str:
    if unit == "weekday":
        return f"XXXX-WXX-{int(rest[0]) + 1}"
    if unit == "month" and rest[:2].isdigit():
        return f"XXXX-{rest[:2]}"
    if unit == "day" and rest[:2].isdigit() and rest[2:3] == "-":
        return f"XXXX-{rest[:5]}"
    if unit == "season":
        return f"XXXX-{rest[:2]}"
    return _UNKNOWN.get(unit, "XXXX")
