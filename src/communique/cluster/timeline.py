"""When what a report leads with can have happened, as far as its words and its day of publication say.

Only for telling look-alikes apart: a day that is stated outright, a day without a year (and its weekday), or bounds
from the meeting before ("in Lima in June 2019") and the one to come ("again in 2021"). Never a fact of the record.
"""

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from communique.cluster.terms import dated
from communique.cluster.words import word_list, word_set
from communique.text.tokens import Token

SLACK = 4
"""Days by which two reports of one happening may differ, over zones, eves and second days."""
_HEAD = 0.5
"""Share of a report, from its start, in which its own day is looked for."""
_OLD = 45
_EARLY = 10
"""Days before and after publication beyond which a stated day is not the day of what is led with."""
_SOON = 5
_APART = 45
"""Days from the first of the month of one session to the next, at least."""
_SPACING = 900
"""Days between two sessions of one body, at most, for a bound; yearly ones slip."""
_YEAR = re.compile(r"20\d\d\Z")
_WEEKDAYS = {day: number for number, day in enumerate(word_list("weekdays"))}
_AHEAD, _BEHIND, _OFFICIAL = (word_set(name) for name in ("ahead", "behind", "official"))


class Frame(msgspec.Struct, frozen=True):
    """When something can have happened.

    Attributes:
        first: earliest day, proleptic Gregorian ordinal; 0 where unbounded.
        last: latest day; 0 where unbounded.
        month: month of a day that is stated without a year; 0 where there is none.
        day: day of that month.
        weekday: its weekday, 0 for Monday; -1 where unknown.
        firm: whether a day was stated or published, rather than bounds reckoned.
    """

    first: int = 0
    last: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    firm: bool = False


def frame(words: Sequence[Token], published: str | None) -> Frame:
    """When what a report leads with can have happened.

    Args:
        words: its words, without furniture.
        published: day of publication, `YYYY-MM-DD`, where known.
    """
    stated = [(place, value) for place, value in dated(words) if value.count("-") >= 2]  # noqa: PLR2004 - has a day
    issued = _ordinal(published or "")
    for place, value in stated:
        found = _settled(words, place, value, issued)
        if found is not None and place <= _HEAD * len(words):
            return found
    if issued:
        return Frame(issued - _SOON, issued + 1, firm=True)
    return _bounded(words)


def official(words: Sequence[Token]) -> float:
    """Share of words that belong to the language of talks and sessions, 0 to 1."""
    return round(sum(w.norm in _OFFICIAL for w in words) / len(words), 6) if words else 0.0


def _settled(words: Sequence[Token], place: int, value: str, issued: int) -> Frame | None:
    """The frame that a stated day gives; None where it cannot be the day of what the report leads with."""
    if not value.startswith("--"):
        day = _ordinal(value)
        return Frame(day, day, firm=True) if day and (not issued or -_OLD < day - issued < _EARLY) else None
    month, number = int(value[2:4]), int(value[5:7])
    if not issued:
        return Frame(month=month, day=number, weekday=_weekday(words, place), firm=True)
    year = dt.date.fromordinal(issued).year
    days = [d for y in (year - 1, year, year + 1) if (d := _ordinal(f"{y}-{month:02}-{number:02}"))]
    near = min(days, key=lambda d: abs(d - issued), default=0)
    return Frame(near, near, firm=True) if near and -_OLD < near - issued < _EARLY else None


def _weekday(words: Sequence[Token], place: int) -> int:
    """Weekday named nearest after a day, within 25 words."""
    return next((_WEEKDAYS[w.norm] for w in words[place : place + 25] if w.norm in _WEEKDAYS), -1)


def _bounded(words: Sequence[Token]) -> Frame:
    """Bounds from the meeting before and the one to come."""
    first = last = 0
    for place, value in dated(words):
        if value.count("-") == 1:
            near = {w.norm for w in words[max(0, place - 12) : place]}
            if near & _BEHIND and not near & _AHEAD:
                day = _ordinal(value + "-01")
                first, last = max(first, day + _APART), max(last, day + _SPACING)
    for place, word in enumerate(words):
        if _YEAR.match(word.norm) and _AHEAD & {w.norm for w in words[max(0, place - 12) : place + 8]}:
            end = _ordinal(f"{word.norm}-09-01")
            if end > first:
                last = min(last, end) if last else end
                first = max(first, end - _SPACING)
    return Frame(first, last)


def _ordinal(day: str) -> int:
    try:
        return dt.date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


def apart(one: Frame, other: Frame) -> bool:
    """Whether two frames leave no day on which both can have happened."""
    if one.month and other.month:
        return _far(one, other)
    if one.month or other.month:
        open_, fixed = (one, other) if one.month else (other, one)
        return bool(fixed.first and fixed.last) and not any(_days(open_, fixed.first - SLACK, fixed.last + SLACK))
    starts = max(one.first, other.first)
    ends = min(one.last or starts, other.last or starts)
    return bool(starts) and starts - ends > SLACK


def _far(one: Frame, other: Frame) -> bool:
    """Whether two days of unknown year are more than the slack apart in every year."""
    gap = abs((one.month - other.month) * 30.4 + one.day - other.day)
    if min(gap, 365 - gap) > SLACK + 1:
        return True
    same = (one.month, one.day) == (other.month, other.day)
    return same and min(one.weekday, other.weekday) >= 0 and one.weekday != other.weekday


def _days(open_: Frame, first: int, last: int) -> list[int]:
    """Days of a frame without a year that lie in a range of days."""
    years = range(dt.date.fromordinal(max(1, first)).year, dt.date.fromordinal(max(1, last)).year + 1)
    days = [_ordinal(f"{year:04}-{open_.month:02}-{open_.day:02}") for year in years]
    inside = [d for d in days if d and first <= d <= last]
    return [d for d in inside if open_.weekday < 0 or (d - 1) % 7 == open_.weekday]
