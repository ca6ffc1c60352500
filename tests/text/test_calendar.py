"""Open forms and the helpers of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model.dates import Date, Precision
from communique.text import calendar

TUESDAY = dt.date(2019, 5, 14)
DAYS = st.dates(dt.date(1600, 1, 1), dt.date(2400, 12, 31))
WAYS = st.sampled_from(["past", "future", "near", "last", "next"])


@pytest.mark.parametrize(
    ("open_value", "value"),
    [
        ("day:0", "2019-05-14"),
        ("day:-1", "2019-05-13"),
        ("day:+3", "2019-05-17"),
        ("day:05-10", "2019-05-10"),
        ("day:12-30", "2018-12-30"),
        ("day:02-29", "2020-02-29"),
        ("day:06-20:past", "2018-06-20"),
        ("day:05-10:future", "2019-05-10"),
        ("weekday:1:past", "2019-05-14"),
        ("weekday:1:last", "2019-05-07"),
        ("weekday:1:next", "2019-05-21"),
        ("weekday:0:past", "2019-05-13"),
        ("weekday:0:future", "2019-05-20"),
        ("weekday:4:near", "2019-05-17"),
        ("month:05:past", "2019-05"),
        ("month:07:past", "2018-07"),
        ("month:07:future", "2019-07"),
        ("month:05:last", "2018-05"),
        ("month:11:year:0", "2019-11"),
        ("month:+1", "2019-06"),
        ("month:-5", "2018-12"),
        ("year:+1", "2020"),
        ("year:0", "2019"),
        ("week:0", "2019-05-13/2019-05-19"),
        ("weekend:+1", "2019-05-25/2019-05-26"),
        ("recent:-7", "2019-05-07/2019-05-14"),
        ("quarter:-1", "2019-01/2019-03"),
        ("half:0", "2019-01/2019-06"),
        ("decade:-1", "2000/2009"),
        ("century:0", "2001/2100"),
        ("season:SU:past", "2018-06/2018-08"),
        ("season:WI:last", "2018-12/2019-02"),
        ("either:2019-03-04|2019-08-04", "2019-03-04"),
    ],
)
def test_settles(open_value: str, value: str) -> None:
    """Each open form means one date, seen from Tuesday 14 May 2019."""
    assert calendar.settle(open_value, TUESDAY) == Date.of(value)


@pytest.mark.parametrize(
    "open_value",
    [
        "",
        "day",
        "day:",
        "day:02-30",
        "day:99999",
        "weekday:7:past",
        "weekday:1",
        "month:13:past",
        "month:07:sideways",
        "season:XX:past",
        "year:x",
        "year:+9999",
        "eon:1",
        "either:2019-03-04|2019-04-03",
        "either:2019-13-04|x",
    ],
)
def test_abstains(open_value: str) -> None:
    """What is no open form, names no real day or stays undecided settles to nothing, without an error."""
    assert calendar.settle(open_value, TUESDAY) is None


@given(st.text(max_size=30), DAYS)
def test_never_raises(open_value: str, anchor: dt.date) -> None:
    """Any text is either settled or not."""
    assert calendar.settle(open_value, anchor) is None or ":" in open_value


@given(DAYS, st.integers(0, 6), WAYS)
def test_weekday_round_trip(anchor: dt.date, weekday: int, way: str) -> None:
    """A settled weekday is that weekday, on the right side, at most a week off."""
    date = calendar.settle(f"weekday:{weekday}:{way}", anchor)
    assert date is not None
    gap = (date.first - anchor).days
    allowed = {
        "past": range(-6, 1),
        "future": range(7),
        "near": range(-3, 4),
        "last": range(-7, 0),
        "next": range(1, 8),
    }
    assert date.first.weekday() == weekday
    assert gap in allowed[way]


@given(DAYS, DAYS)
def test_month_day_round_trip(anchor: dt.date, day: dt.date) -> None:
    """A day named without its year keeps its month and number, and lies within the reach of leap years."""
    date = calendar.settle(f"day:{day:%m-%d}", anchor)
    assert date is not None
    assert (date.first.month, date.first.day) == (day.month, day.day)
    assert abs((date.first - anchor).days) <= (183 if day.month != 2 else 366 * 4)


@given(DAYS, st.integers(1, 12), WAYS)
def test_month_sides(anchor: dt.date, month: int, way: str) -> None:
    """A settled month is that month with month precision, on the side that was asked for."""
    date = calendar.settle(f"month:{month:02}:{way}", anchor)
    assert date is not None
    assert date.precision is Precision.MONTH
    assert date.first.month == month
    assert way not in ("past", "last") or date.first <= anchor
    assert way not in ("future", "next") or anchor <= date.last


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"]))
def test_zero_holds_the_anchor(anchor: dt.date, unit: str) -> None:
    """No unit away is the unit that the anchor lies in."""
    date = calendar.settle(f"{unit}:0", anchor)
    assert date is not None
    assert date.first <= anchor <= date.last


@given(DAYS, st.sampled_from(["day", "week", "month", "year"]), st.integers(-40, 40))
def test_offsets_tile(anchor: dt.date, unit: str, by: int) -> None:
    """One unit further begins the day after the unit ends."""
    here = calendar.settle(f"{unit}:{by:+d}", anchor)
    there = calendar.settle(f"{unit}:{by + 1:+d}", anchor)
    assert here is not None
    assert there is not None
    assert there.first == here.last + dt.timedelta(days=1)


def test_a_year_off_is_the_near_day() -> None:
    """A day that would lie nearly a year ahead is the one just gone: "was to sail on 10 May" told on 14 May."""
    assert calendar.settle("day:05-10:future", TUESDAY) == Date.of("2019-05-10")
    assert calendar.settle("day:02-10:future", TUESDAY) == Date.of("2020-02-10")


@given(DAYS, st.integers(0, 6))
def test_nearest_weekday(day: dt.date, weekday: int) -> None:
    """The nearest day of a weekday is never more than three days away."""
    near = calendar.nearest_weekday(day, weekday)
    assert near.weekday() == weekday
    assert abs((near - day).days) <= 3
