"""When a report was published and changed, and what it is called: what the caller says, then what the text states.

Precedence: given, a publication line or a dated dateline of the text, a collector's stamp. Day and month that may be
swapped are decided by a weekday or by other dates of the same text, else the report stays undated with a Problem.
"""

import datetime as dt
import email.utils
import re
from collections.abc import Iterator, Sequence

import msgspec

from communique.ingest import dates
from communique.ingest.delivered import problem
from communique.ingest.furniture_layout import STAMP
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import PUBLISHED_OPEN, FurnitureKind, Head, PublishedFrom
from communique.model.spans import Span

_NEAR = 31  # days: a date that a text mentions lies this near to its day of publication, or decides nothing
_FILED_BEFORE = 7  # days between a dateline and the collector's stamp
_FILED_AFTER = 1
_TITLE = 300  # characters
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?")

#: Key in `Head.extra` for when a collector took the report.
COLLECTED = "collected"

Told = tuple[Problem, ...]


class Stated(msgspec.Struct, frozen=True):
    """A time that the text states, as ISO 8601, and where; `value` is None where day and month may be swapped."""

    value: str | None
    start: int
    end: int
    readings: tuple[dt.date, ...] = ()


def dated(head: Head, text: str, given: str | None) -> tuple[Head, Told]:
    """The head with its times of publication and change, and what could not be decided."""
    head = msgspec.structs.replace(head, updated=_updated(head, text))
    stated = _published(head, text)
    if stated and not stated.value:
        head, told = _left_open(head, text, stated)
    else:
        told = ()
    if given is not None:
        value = as_iso(given)
        if value:
            return _set(head, text, Stated(value, 0, 0), PublishedFrom.GIVEN), ()
        told = (problem(head.name, ProblemCode.DATE, f"the given date {given[:40]!r} is not understood"), *told)
    if stated and stated.value:
        return _set(head, text, stated, PublishedFrom.TEXT), told
    stamp = STAMP.match(text)
    if stamp and as_iso(stamp["day"]):
        place = Stated(stamp["day"], stamp.start("day"), stamp.end("day"))
        return _set(head, text, place, PublishedFrom.COLLECTOR), told
    collected = as_iso(head.extra.get(COLLECTED, ""))
    if collected:
        return _set(head, text, Stated(collected, 0, 0), PublishedFrom.COLLECTOR), told
    return head, told


def updated(head: Head, given: str | None) -> Head:
    """The head with the time of change that its format states, where that can be read."""
    value = as_iso(given) if given else None
    return msgspec.structs.replace(head, updated=value) if value else head


def titled(head: Head, text: str) -> Head:
    """The head with the first headline as its title, where nobody gave one."""
    first = next((f for f in head.furniture if f.kind is FurnitureKind.HEADLINE), None)
    if head.title is not None or first is None:
        return head
    return msgspec.structs.replace(head, title=text[first.start : first.end][:_TITLE])


def as_iso(given: str) -> str | None:
    """A date or time in any usual form as ISO 8601; None where it cannot be told which day is meant."""
    given = given.strip()
    exact = _ISO.fullmatch(given)
    if exact:
        return _exact(exact)
    found = [f for f in dates.find(given[:100]) if f.days]
    if len(found) != 1:
        return None
    days = dates.by_weekday(given, found[0].days)
    if len(days) != 1:
        return None
    return _rfc(given) or dates.with_time(given, days[0])


def _exact(match: re.Match[str]) -> str | None:
    day, hour, minute, second, zone = match.groups()
    zone = "+00:00" if zone == "Z" else zone or ""
    zone = zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"
    value = day if hour is None else f"{day}T{hour}:{minute}:{second or '00'}{zone}"
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


def _rfc(given: str) -> str | None:
    """The time of an e-mail or feed date, whose offset is stated as in `+0530`."""
    try:
        moment = email.utils.parsedate_to_datetime(given)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.tzinfo else None


def _set(head: Head, text: str, stated: Stated, where: PublishedFrom) -> Head:
    span = Span.cut(head.id, text, stated.start, stated.end) if stated.end else None
    return msgspec.structs.replace(head, published=stated.value, published_from=where, published_evidence=span)


def _updated(head: Head, text: str) -> str | None:
    stated = [s for s in _lines(head, text, FurnitureKind.UPDATED) if s.value]
    return stated[-1].value if stated else None


def _published(head: Head, text: str) -> Stated | None:
    """The first publication line that tells a day, else a dateline whose year is known, else one that is unclear."""
    lines = list(_lines(head, text, FurnitureKind.PUBLISHED))
    clear = (s for s in (*lines, *_datelines(head, text)) if s.value)
    return next(clear, lines[0] if lines else None)


def _lines(head: Head, text: str, kind: FurnitureKind) -> Iterator[Stated]:
    for mark in head.furniture:
        if mark.kind is not kind:
            continue
        line = text[mark.start : mark.end]
        found = next((f for f in dates.find(line[:200]) if f.days), None)
        if found:
            day = _one(found.days, line, text)
            yield Stated(dates.with_time(line, day) if day else None, mark.start, mark.end, found.days)


def _one(days: Sequence[dt.date], line: str, text: str) -> dt.date | None:
    """The one reading of a date, None where day and month may be swapped and nothing decides."""
    days = dates.by_weekday(line, tuple(days))
    if len(days) == 1:
        return days[0]
    if dates.month_first(line):
        return days[-1]  # the reading with the month first stands last
    others = _days_near(text, days)
    near = [min((abs((other - day).days) for other in others), default=10 * _NEAR) for day in days]
    best, worst = sorted(near)[:2]
    return days[near.index(best)] if best <= _NEAR and worst > best + _NEAR else None


def _days_near(text: str, readings: Sequence[dt.date]) -> list[dt.date]:
    """Days that the text names in words; those without a year in the year of the readings."""
    years = {d.year for d in readings}
    named: list[dt.date] = []
    for found in dates.find(text[:20_000]):
        if len(found.days) == 1:
            named.append(found.days[0])
        elif not found.days:
            named += [d for y in sorted(years) if (d := _day(y, found.month, found.day))]
    return named


def _datelines(head: Head, text: str) -> Iterator[Stated]:
    stamp = STAMP.match(text)
    year_from = as_iso(stamp["day"]) if stamp else None
    for mark in head.furniture:
        if mark.kind is not FurnitureKind.DATELINE:
            continue
        for found in dates.find(text[mark.start : mark.end]):
            day = found.days[0] if len(found.days) == 1 else _near_stamp(found, year_from)
            if day:
                yield Stated(day.isoformat(), mark.start, mark.end)


def _near_stamp(found: dates.Found, stamp: str | None) -> dt.date | None:
    """The day of a dateline without a year, where a collector's stamp of about that day gives it."""
    if stamp is None or not found.month:
        return None
    collected = dt.date.fromisoformat(stamp)
    years = (collected.year, collected.year - 1, collected.year + 1)
    days = [d for y in years if (d := _day(y, found.month, found.day))]
    return next((d for d in days if -_FILED_AFTER <= (collected - d).days <= _FILED_BEFORE), None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _left_open(head: Head, text: str, stated: Stated) -> tuple[Head, Told]:
    """The head with both readings of its publication day, for the rooms that see the other reports."""
    readings = "|".join(day.isoformat() for day in stated.readings)  # day first, then month first
    line = text[stated.start : stated.end][:60]
    message = f"day and month of {line!r} cannot be told apart: {readings}"
    extra = {**head.extra, PUBLISHED_OPEN: f"either:{readings}"}
    return msgspec.structs.replace(head, extra=extra), (problem(head.name, ProblemCode.DATE, message),)
