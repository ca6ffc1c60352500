"""The dates that news pages print about themselves: publication lines, stamps, datelines.

Small on purpose: the dates of the narration are read in `annotate`. Years run from 1900 to 2099.
"""

import datetime as dt
import re
from collections.abc import Iterator

import msgspec

from communique.ingest.furniture_words import WORDS

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d-]){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}\s{{1,3}}{_DAY}(?:\s{{0,2}},\s{{0,2}}|\s{{1,2}}){_YEAR}",
        rf"(?<!\d){_DAY}(?:\s{{1,2}}of)?[\s-]{{1,2}}{_MONTH}(?:\s{{0,2}},)?[\s-]{{1,2}}{_YEAR}",
        rf"(?<![\d/.])(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.]{_YEAR}",
        rf"\b{_MONTH}\s{{1,3}}{_DAY}(?!\d|:\d)",
        rf"(?<!\d){_DAY}(?:\s{{1,2}}of)?\s{{1,2}}{_MONTH}",
    )
)
_TIME = re.compile(
    r"(?<![\d/.-])(?P<hour>[012]?\d)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\.\d{1,9})?(?![\d/])"
    r"\s{0,2}(?P<half>[ap]\.?m\b\.?)?\s{0,2}\(?(?P<zone>Z\b|(?:GMT|UTC)?\s?[+-]\d\d:?\d\d|[A-Za-z]{2,5}\b(?!\s?[+-]\d))?",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"(?i:\d\s?(?:[ap]\.?m\.?)\s?)\(?(?:ET|EDT|CT|CDT|MDT|PT|PST|PDT)\b")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


_DIGIT = re.compile(r"\d")


class Found(msgspec.Struct, frozen=True):
    """A date in a line. `days` holds its readings: one, two where day and month may be swapped, none without a year.

    `start` and `end` are offsets in the line; `month` and `day` are 0 in a numeric date with two readings.
    """

    start: int
    end: int
    days: tuple[dt.date, ...]
    month: int
    day: int


def find(line: str) -> Iterator[Found]:
    """Every date of a line, in order, the fullest reading of each place first."""
    taken = 0
    if _DIGIT.search(line) is None:
        return
    for match in sorted(_matches(line), key=lambda m: (m.start(), -m.end())):
        found = _found(match) if match.start() >= taken else None
        if found:
            taken = found.end
            yield found


def _matches(line: str) -> Iterator[re.Match[str]]:
    for form in _FORMS:
        yield from form.finditer(line)


def _found(match: re.Match[str]) -> Found | None:
    parts = {k: v for k, v in match.groupdict().items() if v}
    if "one" in parts:
        return _numeric(match, int(parts["one"]), int(parts["two"]), int(parts["year"]))
    number = parts.get("number")
    month = int(number) if number else _MONTHS.index(parts["month"][:3].lower()) + 1
    day = int(parts["day"])
    leap_year = 2000  # so that 29 February stands where the year is open
    if not _dates((int(parts.get("year", leap_year)), month, day)):
        return None
    days = _dates((int(parts["year"]), month, day)) if "year" in parts else ()
    return Found(match.start(), match.end(), days, month, day)


def _numeric(match: re.Match[str], one: int, two: int, year: int) -> Found | None:
    days = tuple(dict.fromkeys(_dates((year, two, one), (year, one, two))))
    if not days:
        return None
    sure = days[0] if len(days) == 1 else None
    return Found(match.start(), match.end(), days, sure.month if sure else 0, sure.day if sure else 0)


def _dates(*readings: tuple[int, int, int]) -> tuple[dt.date, ...]:
    days = []
    for year, month, day in readings:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    return tuple(days)


def by_weekday(line: str, days: tuple[dt.date, ...]) -> tuple[dt.date, ...]:
    """The readings that fall on the weekday named in the line; all of them where none is named or none fits."""
    named = _WEEKDAY.search(line)
    if named is None:
        return days
    fitting = tuple(d for d in days if d.weekday() == _WEEKDAYS.index(named[1].lower()))
    return fitting or days


def month_first(line: str) -> bool:
    """Whether a line is printed where the month comes first: it names a time zone of the United States."""
    return _AMERICAN.search(line) is not None


def with_time(line: str, day: dt.date) -> str:
    """A day as ISO 8601, with the time and offset where the line states both, else the day alone."""
    for match in _TIME.finditer(line):
        zone = _offset(match["zone"])
        hour = _hour(int(match["hour"]), match["half"])
        if zone is not None and hour is not None:
            return f"{day.isoformat()}T{hour:02}:{match['minute']}:{match['second'] or '00'}{zone}"
    return day.isoformat()


def is_time(line: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    match = _TIME.match(line.strip())
    return match is not None and match.end() >= len(line.strip().rstrip(")"))


def _hour(hour: int, half: str | None) -> int | None:
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return hour if hour < 24 else None  # noqa: PLR2004 - hours of a day


def _offset(zone: str | None) -> str | None:
    if not zone:
        return None
    if zone in ("Z", "z"):
        return "+00:00"
    if zone[-1].isdigit():
        digits = re.sub(r"[^\d+-]", "", zone)
        hours, minutes = digits[1:3], digits[3:5]
        sane = int(hours) < 15 and int(minutes) < 60  # noqa: PLR2004 - offsets run to 14 hours
        return f"{digits[0]}{hours}:{minutes}" if sane else None
    return WORDS.zones.get(zone.lower()) or None
