"""Dates with precision."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model.dates import Date, Precision


@pytest.mark.parametrize(
    ("value", "precision", "first", "last"),
    [
        ("2024-12-10", Precision.DAY, "2024-12-10", "2024-12-10"),
        ("2024-02", Precision.MONTH, "2024-02-01", "2024-02-29"),
        ("2024-12", Precision.MONTH, "2024-12-01", "2024-12-31"),
        ("2031", Precision.YEAR, "2031-01-01", "2031-12-31"),
        ("2021/2031", Precision.PERIOD, "2021-01-01", "2031-12-31"),
        ("2024-12-09/2024-12-10", Precision.PERIOD, "2024-12-09", "2024-12-10"),
    ],
)
def test_a_value_has_a_precision_and_two_ends(value: str, precision: Precision, first: str, last: str) -> None:
    """Each form of the contract has its precision, its first and its last day."""
    date = Date.of(value)
    assert (date.precision, date.first.isoformat(), date.last.isoformat()) == (precision, first, last)


@pytest.mark.parametrize(
    "value", ["", "2024-13", "2024-02-30", "12/10/2024", "2031/2021", "2024-1", "soon", "2024-12-10\n"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    """A value that names no real day, or runs backwards, is no date."""
    with pytest.raises(ValueError, match=r".+"):
        Date.of(value)


@given(st.dates())
def test_a_day_lies_in_its_month_and_year(day: dt.date) -> None:
    """A day agrees with its own month and year, and is contained in both."""
    date = Date.day(day)
    month, year = Date.of(date.value[:7]), Date.of(date.value[:4])
    assert year.contains(month)
    assert month.contains(date)
    assert date.agrees_with(month)


def test_two_days_do_not_agree() -> None:
    """Different days of one month cannot both be true."""
    assert not Date.of("2024-12-10").agrees_with(Date.of("2024-12-12"))


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("2024-12-07/2024-12-08", "2024-12"),
        ("2024-11-30/2024-12-01", None),
        ("2024-12", "2024-12"),
        ("2024-12-10", None),
        ("2024", None),
    ],
)
def test_days_may_lie_in_one_month(value: str, month: str | None) -> None:
    """A month is what remains of a date whose day is not known; a day is known."""
    found = Date.of(value).month
    assert (found.value if found else None) == month
