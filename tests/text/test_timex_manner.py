"""How a report writes its dates as a whole."""

import datetime as dt

from communique.text.timex_manner import manner

HISTORY = "In 1911 it began. By 1912 it had spread, and in 1913 and 1914 it grew. In 1920 and 1921 it ended."


def test_history() -> None:
    """Many years far from publication and no weekdays make a history."""
    assert manner([HISTORY], dt.date(2016, 1, 1)).narrative


def test_news_with_a_past() -> None:
    """A weekday or two keep a report with much background news."""
    assert not manner([HISTORY + " On Monday and Tuesday it was marked."], dt.date(2016, 1, 1)).narrative
    assert not manner(["It met in 2015 and 2016."], dt.date(2016, 1, 1)).narrative


def test_order_of_day_and_month() -> None:
    """One date that can be read in one way shows the order; two that disagree show nothing."""
    assert manner(["25/06/2015"], None).month_first is False
    assert manner(["06/25/2015"], None).month_first is True
    assert manner(["06/25/2015 and 25/06/2015"], None).month_first is None
    assert manner(["04/05/2015"], None).month_first is None
