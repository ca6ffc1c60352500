"""Dates of publication lines, stamps and datelines."""

import datetime as dt

import pytest

from communique.ingest import dates

DAY = dt.date(2020, 5, 4)


@pytest.mark.parametrize(
    "line",
    [
        "2020-05-04",
        "2020-05-04T10:00:00Z",
        "May 4, 2020",
        "May 4th 2020",
        "4 May 2020",
        "4th of May, 2020",
        "MAY 04, 2020",
        "Monday, 4 May 2020",
        "4-May-2020",
        "(May 4, 2020)",
    ],
)
def test_full_dates(line: str) -> None:
    """Every usual form of a full date is one day."""
    assert [f.days for f in dates.find(line)] == [(DAY,)]


def test_month_names_long_and_short() -> None:
    """All twelve months are known, short ones with a full stop too."""
    months = ["Jan.", "February", "Mar", "Apr.", "May", "June", "Jul", "Aug.", "Sept.", "October", "Nov", "December"]
    assert [f.days[0].month for m in months for f in dates.find(f"{m} 2, 2019")] == list(range(1, 13))


def test_a_numeric_date_may_have_two_readings() -> None:
    """Day and month up to twelve leave two readings; beyond twelve, or equal, there is one."""
    assert [f.days for f in dates.find("04/05/2020")] == [(dt.date(2020, 5, 4), dt.date(2020, 4, 5))]
    assert [f.days for f in dates.find("24/05/2020")] == [(dt.date(2020, 5, 24),)]
    assert [f.days for f in dates.find("05.05.2020")] == [(dt.date(2020, 5, 5),)]


def test_a_weekday_decides_between_readings() -> None:
    """Of two readings the one on the named weekday stays."""
    found = next(dates.find("Monday 04/05/2020"))
    assert dates.by_weekday("Monday 04/05/2020", found.days) == (dt.date(2020, 5, 4),)
    assert dates.by_weekday("04/05/2020", found.days) == found.days


def test_american_zones_put_the_month_first() -> None:
    """A time zone of the United States tells how the line is printed; others tell nothing."""
    assert dates.month_first("Posted: 04/05/2020 11:10 am EDT")
    assert not dates.month_first("Posted: 04/05/2020 11:10 am GMT")


def test_a_day_without_a_year_is_open() -> None:
    """Month and day alone name no day, but are known."""
    assert [(f.days, f.month, f.day) for f in dates.find("Suva, May 4:")] == [((), 5, 4)]
    assert [(f.month, f.day) for f in dates.find("29 Feb")] == [(2, 29)]


@pytest.mark.parametrize(
    "line",
    ["May 40, 2020", "31 June 2020", "2020-13-01", "99/99/2020", "the 22nd session", "in 2020", "mayor 4", "10:30", ""],
)
def test_what_is_no_date(line: str) -> None:
    """Impossible days, ordinals, years and times are no dates."""
    assert [f for f in dates.find(line) if f.days] == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published 20:42 IST, May 4th 2020", "2020-05-04T20:42:00+05:30"),
        ("May 4, 2020 8:05 pm GMT", "2020-05-04T20:05:00+00:00"),
        ("May 4, 2020 12:05 a.m. EDT", "2020-05-04T00:05:00-04:00"),
        ("2020-05-04T10:11:12Z", "2020-05-04T10:11:12+00:00"),
        ("2020-05-04 10:11 +0545", "2020-05-04T10:11:00+05:45"),
        ("2020-05-04 10:11 GMT+3", "2020-05-04"),
        ("May 4, 2020 20:42", "2020-05-04"),
        ("May 4, 2020 20:42 XYZ", "2020-05-04"),
        ("May 4, 2020 25:42 GMT", "2020-05-04"),
    ],
)
def test_a_time_counts_only_with_its_zone(line: str, value: str) -> None:
    """A time without a known zone is left out: the day alone is sure."""
    assert dates.with_time(line, DAY) == value


@pytest.mark.parametrize(
    ("line", "yes"), [("16:20", True), ("9:30 A.M. EST", True), ("16:20 they met", False), ("2020", False)]
)
def test_lines_of_a_time_alone(line: str, *, yes: bool) -> None:
    """A time with half of the day and zone is a time line, a sentence is not."""
    assert dates.is_time(line) is yes
