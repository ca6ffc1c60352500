"""Dates with precision: a day, a month, a year or a period, and what follows from each."""

import datetime as dt
import enum
import functools
import re

import msgspec

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


class Precision(enum.StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PERIOD = "period"
    UNKNOWN = "unknown"


class Date(msgspec.Struct, frozen=True, order=True):
    """A date as the record prints it: `2024-12-10`, `2024-12`, `2024`, or a period `A/B` of two such values.

    Both ends of a period belong to it.
    """

    value: str
    """`2024-12-10`, `2024-12`, `2024`, or a period `A/B`."""
    precision: Precision
    """How exactly it is known."""

    @classmethod
    def of(cls, value: str) -> "Date":
        """The date that a value names.

        Raises:
            ValueError: the value has none of the four forms, names no real day, or its ends are the wrong way round.
        """
        first, slash, last = value.partition("/")
        if slash:
            if _first_day(first) > _last_day(last):
                message = f"period {value!r} ends before it begins"
                raise ValueError(message)
            return cls(value, Precision.PERIOD)
        _first_day(value)
        return cls(value, (Precision.YEAR, Precision.MONTH, Precision.DAY)[value.count("-")])

    @classmethod
    def day(cls, day: dt.date) -> "Date":
        """A date of day precision."""
        return cls(day.isoformat(), Precision.DAY)

    @property
    def first(self) -> dt.date:
        """First day of the date."""
        return _first_day(self.value.partition("/")[0])

    @property
    def last(self) -> dt.date:
        """Last day of the date."""
        return _last_day(self.value.rpartition("/")[2])

    @property
    def month(self) -> "Date | None":
        """The month that all its days lie in; None where they lie in several, or it is no longer than a day."""
        same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return Date.of(self.first.isoformat()[:7]) if same and self.precision is not Precision.DAY else None

    def contains(self, other: "Date") -> bool:
        """Whether every day of the other date is one of this one's: 2024-12 contains 2024-12-10."""
        return self.first <= other.first and other.last <= self.last

    def agrees_with(self, other: "Date") -> bool:
        """Whether both can be true of one happening: they share a day."""
        return self.first <= other.last and other.first <= self.last


def _parts(value: str) -> tuple[int, int | None, int | None]:
    found = _DATE.match(value)
    if found is None:
        message = f"not a date: {value!r}"
        raise ValueError(message)
    year, month, day = found.groups()
    return int(year), int(month) if month else None, int(day) if day else None


@functools.lru_cache(maxsize=20_000)  # a collection has few days, and asks for them all the time
def _first_day(value: str) -> dt.date:
    year, month, day = _parts(value)
    return dt.date(year, month or 1, day or 1)


@functools.lru_cache(maxsize=20_000)
def _last_day(value: str) -> dt.date:
    year, month, day = _parts(value)
    if day:
        return dt.date(year, month or 1, day)
    if month is None or month == 12:  # noqa: PLR2004 - December
        return dt.date(year, 12, 31)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)
