"""Pure date helpers, and the open forms: dates that need an anchor before they say anything.

An open form is what a report's words mean without its day of publication:

================================  ==========================================================================
`day:12-10`                       10 December, in the year that lies nearest to the anchor
`day:12-10:past|future`           the same, before or after the anchor, unless that is nearly a year off
`day:-1`, `day:0`                 so many days from the anchor
`weekday:1:past|future|near`      the Tuesday (Monday is 0) before, after or nearest; the anchor's own day counts
`weekday:1:last|next`             the same, without the anchor's own day
`month:07:past|future|near`       July; the anchor's own month counts for all three
`month:07:last|next`              July, without the anchor's own month
`month:07:year:-1`                July of the year before the anchor's
`season:SU:past|future|near`      summer; the season that the anchor lies in counts for all three
`year:+1`, `quarter:0`, `month:-1`  so many units from the anchor's; also `half`, `decade`, `century`
`week:+1`, `weekend:0`            so many weeks from the anchor's, Monday to Sunday, or Saturday to Sunday
`either:2024-03-04|2024-04-03`    one of the two, settled only where the other lies after the anchor
================================  ==========================================================================
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from communique.model.dates import Date

DAYS = 7
MONTHS = 12
#: Names of the months in English, January first.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: First month of each season; a season takes three months, winter those of the year that it begins in.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_OFFSET = re.compile(r"[+-]?\d{1,4}\Z")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)\Z")


def settle(open_value: str, anchor: dt.date) -> Date | None:
    """The date that an open form means, seen from a day.

    Args:
        open_value: one of the forms above.
        anchor: the day that the words are said on.

    Returns:
        The date in the precision that the words have, or None where the form is unknown, names no real day, leaves
        the calendar's years 1 to 9999, or the anchor does not decide it.
    """
    unit, _, rest = open_value.partition(":")
    reader = _READERS.get(unit)
    if reader is None:
        return None
    try:
        return reader(unit, rest, anchor)
    except (ValueError, OverflowError):
        return None


def real_day(year: int, month: int, day: int) -> dt.date | None:
    """The day of that year, month and number, None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def nearest_weekday(day: dt.date, weekday: int) -> dt.date:
    """The day with that weekday (Monday is 0) that lies nearest: at most three days off."""
    ahead = (weekday - day.weekday()) % DAYS
    return day + dt.timedelta(days=ahead if ahead <= DAYS // 2 else ahead - DAYS)


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month, `by` months on."""
    count = year * MONTHS + month - 1 + by
    return count // MONTHS, count % MONTHS + 1


def month_value(year: int, month: int) -> str:
    """A month as the record prints it: 2024-07."""
    return f"{year:04}-{month:02}"


def season_date(year: int, season: str) -> Date:
    """The three months of a season as a period."""
    first = SEASONS[season]
    return Date.of(f"{month_value(year, first)}/{month_value(*shift_month(year, first, 2))}")


def pick(candidates: Iterable[Date], anchor: dt.date, way: str) -> Date | None:
    """The candidate that lies where `way` looks.

    Args:
        candidates: dates of one kind, such as the same month of several years.
        anchor: the day to look from.
        way: past and future take in the anchor's own, last and next leave it out, near is the least distance.
    """
    wanted = [c for c in candidates if _fits(c, anchor, way)]
    return min(wanted, key=lambda c: (_distance(c, anchor), c), default=None)


def _fits(date: Date, anchor: dt.date, way: str) -> bool:
    tests: dict[str, bool] = {
        "past": date.first <= anchor,
        "future": anchor <= date.last,
        "last": date.last < anchor,
        "next": anchor < date.first,
        "near": True,
    }
    return tests.get(way, False)


def _distance(date: Date, anchor: dt.date) -> int:
    if date.first <= anchor <= date.last:
        return 0
    return min(abs((date.first - anchor).days), abs((date.last - anchor).days))


def _day(_unit: str, rest: str, anchor: dt.date) -> Date | None:
    name, _, way = rest.partition(":")
    if found := _MONTH_DAY.match(name):
        month, day = int(found[1]), int(found[2])
        # Nine years reach the next 29 February over a century that has none.
        days = [Date.day(d) for by in range(-8, 9) if (d := real_day(anchor.year + by, month, day))]
        return _close(days, anchor, way or "near")
    return Date.day(anchor + dt.timedelta(days=_offset(rest)))


#: A day without its year that would lie so far off is rather the one that lies so near on the other side.
_FAR_DAYS, _NEAR_DAYS = 330, 35


def _close(days: list[Date], anchor: dt.date, way: str) -> Date | None:
    """The day where `way` looks, or the nearest one where that is nearly a year off: "was to sail on 4 May"."""
    found, near = pick(days, anchor, way), pick(days, anchor, "near")
    if found is None or near is None or _distance(found, anchor) < _FAR_DAYS:
        return found
    return near if _distance(near, anchor) <= _NEAR_DAYS else found


def _weekday(_unit: str, rest: str, anchor: dt.date) -> Date | None:
    name, _, way = rest.partition(":")
    if name not in "0123456":
        return None
    first = nearest_weekday(anchor, int(name))
    return pick((Date.day(first + dt.timedelta(days=DAYS * by)) for by in (-1, 0, 1)), anchor, way)


def _month(_unit: str, rest: str, anchor: dt.date) -> Date | None:
    if _OFFSET.match(rest) and rest[0] in "+-0":
        return Date.of(month_value(*shift_month(anchor.year, anchor.month, _offset(rest))))
    name, _, way = rest.partition(":")
    if way.startswith("year:"):
        return Date.of(month_value(anchor.year + _offset(way[5:]), int(name)))
    return pick((Date.of(month_value(anchor.year + by, int(name))) for by in (-1, 0, 1)), anchor, way)


def _season(_unit: str, rest: str, anchor: dt.date) -> Date | None:
    name, _, way = rest.partition(":")
    if name not in SEASONS:
        return None
    if way.startswith("year:"):
        return season_date(anchor.year + _offset(way[5:]), name)
    return pick((season_date(anchor.year + by, name) for by in (-2, -1, 0, 1)), anchor, way)


def _week(unit: str, rest: str, anchor: dt.date) -> Date:
    monday = anchor + dt.timedelta(days=DAYS * _offset(rest) - anchor.weekday())
    first = monday + dt.timedelta(days=5 if unit == "weekend" else 0)
    return Date.of(f"{first.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}")


def _recent(_unit: str, rest: str, anchor: dt.date) -> Date:
    """The days up to an anchor, their number given: "over the last few days"."""
    first = anchor + dt.timedelta(days=_offset(rest))
    return Date.of(f"{first.isoformat()}/{anchor.isoformat()}")


def _months_of(unit: str, rest: str, anchor: dt.date) -> Date:
    """Quarter or half, counted from January."""
    size = {"quarter": 3, "half": 6}[unit]
    start = (anchor.month - 1) // size * size + 1
    year, month = shift_month(anchor.year, start, size * _offset(rest))
    return Date.of(f"{month_value(year, month)}/{month_value(*shift_month(year, month, size - 1))}")


def _years_of(unit: str, rest: str, anchor: dt.date) -> Date:
    """Year, decade (2020 to 2029) or century (2001 to 2100)."""
    size, lag = {"year": (1, 0), "decade": (10, 0), "century": (100, 1)}[unit]
    first = (anchor.year - lag) // size * size + lag + size * _offset(rest)
    return Date.of(f"{first:04}" if size == 1 else f"{first:04}/{first + size - 1:04}")


def _either(_unit: str, rest: str, anchor: dt.date) -> Date | None:
    dates = [Date.of(value) for value in rest.split("|")]
    past = [d for d in dates if d.first <= anchor]
    return past[0] if len(past) == 1 else None


def _offset(text: str) -> int:
    if not _OFFSET.match(text):
        message = f"no offset: {text!r}"
        raise ValueError(message)
    return int(text)


_READERS: dict[str, Callable[[str, str, dt.date], Date | None]] = {
    "day": _day,
    "weekday": _weekday,
    "month": _month,
    "season": _season,
    "week": _week,
    "weekend": _week,
    "recent": _recent,
    "quarter": _months_of,
    "half": _months_of,
    "year": _years_of,
    "decade": _years_of,
    "century": _years_of,
    "either": _either,
}
