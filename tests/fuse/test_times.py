"""Days settled across reports."""

import datetime as dt
from typing import Any

from communique.model.dates import Date
from communique.model.reports import FurnitureKind, PublishedFrom


def test_open_dates_take_the_reports_own_day(desk: Any) -> None:
    """A weekday in a dated report is settled from its day of publication."""
    page = desk.page("They met on Monday.")
    event = page.event("They met on Monday", "meeting", "happened", date_open="weekday:0:past")
    (dated,) = desk.times.dates(desk.dossiers.get(event))
    assert dated.date == Date.of("2031-05-12")
    assert dated.rule == "anchor:published"


def test_an_undated_report_takes_its_storys_anchor(desk: Any) -> None:
    """A report without a day of its own is anchored by the reports that tell the same."""
    desk.page("Talks in Port Ada.")
    page = desk.page("They will meet next year.", None)
    event = page.event("They will meet next year", "meeting", "planned", date_open="year:+1")
    (dated,) = desk.times.dates(desk.dossiers.get(event))
    assert (dated.date.value, dated.rule) == ("2032", "anchor:story")


def test_without_any_day_nothing_is_settled(desk: Any) -> None:
    """The clock of the machine is never asked."""
    page = desk.page("They met on Monday.", None)
    event = page.event("They met on Monday", "meeting", "happened", date_open="weekday:0:past")
    assert desk.times.dates(desk.dossiers.get(event)) == ()
    assert desk.times.story_anchor(page.id) is None


def test_the_majority_anchors_a_story(desk: Any) -> None:
    """Most days of publication win; the smallest of equals."""
    desk.page("One.", "2031-05-15")
    desk.page("Two.")
    first = desk.page("Three.")
    assert desk.times.story_anchor(desk.pages[0].id) == dt.date(2031, 5, 14)
    first.published = "2031-05-16"
    assert desk.times.story_anchor(desk.pages[0].id) == dt.date(2031, 5, 14)


def test_a_publisher_outweighs_a_collector(desk: Any) -> None:
    """A day given by the publisher counts more than a collector's stamp."""
    one, other = desk.page("One.", "2031-05-10"), desk.page("Two.", "2031-05-11")
    one.published_from, other.published_from = PublishedFrom.COLLECTOR, PublishedFrom.GIVEN
    assert desk.times.story_anchor(one.id) == dt.date(2031, 5, 11)


def test_a_dateline_dates_an_undated_story(desk: Any) -> None:
    """A day in a dateline counts more than days told in the text."""
    page = desk.page("PORT ADA, 14 May 2031: It was founded on 1 May 2001.", None)
    page.mark("PORT ADA, 14 May 2031:", FurnitureKind.DATELINE)
    page.time("14 May 2031", "2031-05-14")
    page.time("1 May 2001", "2001-05-01")
    assert desk.times.story_anchor(page.id) == dt.date(2031, 5, 14)


def test_a_clash_votes_for_both_readings(desk: Any) -> None:
    """Where weekday and date differ, the reading that another report bears out becomes the anchor."""
    one = desk.page("They met on Tuesday, May 15, 2031.", None)
    one.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    other = desk.page("They met on 13 May 2031.", None)
    other.time("13 May 2031", "2031-05-13")
    assert desk.times.story_anchor(one.id) == dt.date(2031, 5, 13)


def test_a_date_knows_its_clash(desk: Any) -> None:
    """A date claim at the words of a clashing expression has two readings."""
    page = desk.page("They met on Tuesday, May 15, 2031.")
    page.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    event = page.event("They met", "meeting", "happened")
    page.say(event, "date", "2031-05-15", "Tuesday, May 15, 2031", "explicit")
    (dated,) = desk.times.dates(desk.dossiers.get(event))
    assert [d.value for d in dated.readings] == ["2031-05-15", "2031-05-13"]
    assert [d.span.text for d in desk.times.clashing()] == ["Tuesday, May 15, 2031"]
    assert desk.times.day_spans(page.id, Date.of("2031-05-13")) == (page.span("Tuesday, May 15, 2031"),)
