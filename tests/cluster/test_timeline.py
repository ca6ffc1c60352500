"""Tests of when a happening can have been."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.timeline import Frame, apart, frame, official
from communique.text.tokens import tokens


def read(text: str, published: str | None = None) -> Frame:
    """The frame of a text."""
    return frame(tokens(text), published)


def ordinal(day: str) -> int:
    """Proleptic ordinal of a day."""
    return dt.date.fromisoformat(day).toordinal()


def test_a_stated_day_is_the_frame() -> None:
    """A full date near the start settles the day."""
    found = read("The council met on 4 March 2011 in Suva and then parted until autumn comes again.")
    assert (found.first, found.last) == (ordinal("2011-03-04"),) * 2


def test_a_day_without_a_year_takes_it_from_publication() -> None:
    """A dateline's day is the nearest to publication."""
    found = read("SUVA, Dec 31 (Reef Wire) - The council met here and went on meeting.", "2011-01-01")
    assert found.first == ordinal("2010-12-31")


def test_background_dates_do_not_settle_the_day() -> None:
    """A day long before publication is not that of the news."""
    found = read("After the storm of 4 March 2001 the council met again this week in Suva.", "2011-06-02")
    assert found.last == ordinal("2011-06-03")


def test_the_meeting_before_bounds_the_day() -> None:
    """A report without days lies after the meeting that it looks back to."""
    found = read("The two last met in Suva in March 2011. They parted as friends.")
    assert found.first > ordinal("2011-03-31")
    assert not found.firm


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (Frame(first=1000, last=1000), Frame(first=1003, last=1003), False),
        (Frame(first=1000, last=1000), Frame(first=1030, last=1030), True),
        (Frame(first=1000, last=1000), Frame(), False),
        (Frame(first=1000), Frame(first=500, last=600), True),
        (Frame(month=3, day=4), Frame(month=3, day=6), False),
        (Frame(month=3, day=4), Frame(month=9, day=4), True),
        (Frame(month=3, day=4, weekday=0), Frame(month=3, day=4, weekday=3), True),
        (Frame(month=12, day=31), Frame(month=1, day=1), False),
    ],
)
def test_frames_that_share_no_day_are_apart(one: Frame, other: Frame, answer: bool) -> None:  # noqa: FBT001 - a table
    """Frames are apart where no day, within the slack, lies in both; the unknown parts nothing."""
    assert apart(one, other) is answer
    assert apart(other, one) is answer


def test_a_weekday_chooses_the_year() -> None:
    """4 March was a Friday in 2011 and a Sunday in 2012."""
    friday = Frame(month=3, day=4, weekday=4)
    assert not apart(friday, Frame(first=ordinal("2011-03-04"), last=ordinal("2011-03-04")))
    assert apart(friday, Frame(first=ordinal("2012-03-04"), last=ordinal("2012-03-04")))


@given(st.integers(1, 12), st.integers(1, 31), st.integers(0, 3_000_000), st.integers(0, 3_000_000))
def test_any_two_frames_can_be_compared(month: int, day: int, first: int, last: int) -> None:
    """No day of any calendar breaks the comparison, and it has no direction."""
    one, other = Frame(month=month, day=day), Frame(first=first, last=last)
    assert apart(one, other) == apart(other, one)


def test_the_language_of_talks_is_counted() -> None:
    """The share of official words lies between none and all."""
    assert official(tokens("session commission")) == 1
    assert official(tokens("herring")) == official(()) == 0
