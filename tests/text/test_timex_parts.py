"""Dates told by their place in a month, several at once, by a feast, or by another day."""

import datetime as dt

import pytest

from communique.text import timex_rules
from communique.text.timex import Context

PUBLISHED = dt.date(2016, 9, 8)  # a Thursday


def read(text: str, published: dt.date | None = PUBLISHED, way: str = "") -> list[tuple[str, str, str | None]]:
    """Words, TIMEX3 values and dates of a report of 8 September 2016."""
    context = Context(published, narrative=False, direction=lambda _: way)
    found = timex_rules.read(text, context)
    return [(text[f.start : f.end], f.sense.timex, f.sense.date.value if f.sense.date else None) for f in found]


@pytest.mark.parametrize(
    ("text", "words", "timex", "date"),
    [
        ("It opens in the first week of May 2031.", "the first week of May 2031", "2031-05", "2031-05-01/2031-05-07"),
        ("It shut in the last week of June 2014.", "the last week of June 2014", "2014-06", "2014-06-24/2014-06-30"),
        ("in the second half of July 2014", "the second half of July 2014", "2014-07", "2014-07-16/2014-07-31"),
        ("on the 10th day of June 2014", "the 10th day of June 2014", "2014-06-10", "2014-06-10"),
        ("on the first Monday of May 2031", "the first Monday of May 2031", "2031-05-05", "2031-05-05"),
        ("on the last Friday of May 2031", "the last Friday of May 2031", "2031-05-30", "2031-05-30"),
        ("on the 15th of next month", "the 15th of next month", "2016-10-15", "2016-10-15"),
        ("the day after tomorrow", "the day after tomorrow", "2016-09-10", "2016-09-10"),
        ("the day before yesterday", "the day before yesterday", "2016-09-06", "2016-09-06"),
        ("It shuts on Christmas Eve.", "Christmas Eve", "2016-12-24", "2016-12-24"),
        ("It shut at Christmas 2013.", "Christmas 2013", "2013-12-25", "2013-12-25"),
        ("sealed on Jan 5 '14", "Jan 5 '14", "2014-01-05", "2014-01-05"),
        ("It met in '98.", "'98", "1998", "1998"),
        ("a letter of 5 Jan 14.", "5 Jan 14", "2014-01-05", "2014-01-05"),
        ("on Friday next week", "Friday next week", "2016-09-16", "2016-09-16"),
        ("last week Friday", "last week Friday", "2016-09-02", "2016-09-02"),
        ("in three weeks from now", "three weeks from now", "2016-W39", "2016-09-26/2016-10-02"),
        ("from Monday to Wednesday", "Monday to Wednesday", "2016-09-05/2016-09-07", "2016-09-05/2016-09-07"),
        ("until Friday", "Friday", "2016-09-09", "2016-09-09"),
        ("2014 May 12", "2014 May 12", "2014-05-12", "2014-05-12"),
        ("2014-05-12T09:30:00Z", "2014-05-12T09:30:00Z", "2014-05-12T09:30", "2014-05-12"),
        ("at 9.30 a.m. on 12 May 2014", "9.30 a.m. on 12 May 2014", "2014-05-12T09:30", "2014-05-12"),
        ("midnight on 12 May 2014", "midnight on 12 May 2014", "2014-05-12T24:00", "2014-05-12"),
        ("31 February 2014", "31 February 2014", "XXXX-XX-XX", None),
        ("31/04/2014", "31/04/2014", "XXXX-XX-XX", None),
        ("2014-02-30", "2014-02-30", "XXXX-XX-XX", None),
        ("29 February 2014", "29 February 2014", "XXXX-XX-XX", None),
        ("on the fifth Monday of February 2014", "the fifth Monday of February 2014", "XXXX-XX-XX", None),
    ],
)
def test_one_expression(text: str, words: str, timex: str, date: str | None) -> None:
    """Each is one expression with its own value; a day that no calendar has keeps its place and has no date."""
    assert read(text) == [(words, timex, date)]


@pytest.mark.parametrize("text", ["on 3, 4 and 5 May 2031", "on May 3, 4 and 5, 2031"])
def test_lists(text: str) -> None:
    """Every day of a list is a date of its own, and the year at its end is the year of all."""
    assert [date for *_, date in read(text)] == ["2031-05-03", "2031-05-04", "2031-05-05"]


def test_beside_an_event() -> None:
    """The day before an event hangs on that event; without an event it hangs on the date named last."""
    assert read("They met the day before the vote.") == [("the day before", "XXXX-XX-XX", None)]
    assert read("The vote was on 3 May 2014. They met the day before.")[1] == (
        "the day before",
        "2014-05-02",
        "2014-05-02",
    )


def test_every_month() -> None:
    """A weekday of every month is a set, not a date."""
    assert read("on the first Monday of each month") == [("the first Monday of each month", "XXXX-WXX-1", None)]


def test_undated_weekdays_stay_open() -> None:
    """Without a day of publication, the ends of a range of weekdays stay apart and open."""
    assert read("from Monday to Wednesday", None) == [("Monday", "XXXX-WXX-1", None), ("Wednesday", "XXXX-WXX-3", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Christmas Island voted.",
        "a Christmas tree",
        "Noel Christmas spoke.",
        "the class of '07 ships",
        "3, 4 and 5 sheep",
    ],
)
def test_reads_nothing(text: str) -> None:
    """Islands, trees, surnames, and numbers that only look like years are no dates."""
    assert read(text) == []


def test_weekday_that_neither_order_has() -> None:
    """A weekday that fits neither reading of a date in digits clashes, and the date stays open."""
    text = "on Monday, 04/05/2016"
    (found,) = timex_rules.read(text, Context(PUBLISHED, narrative=False, direction=lambda _: ""))
    assert found.sense.open == "either:2016-05-04|2016-04-05"
    assert found.sense.clash is not None
    assert found.sense.clash.value == "2016-05-02"
