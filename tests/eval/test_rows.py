"""Rows of a task's reports, as reports."""

import rows

from communique.model.reports import PublishedFrom

ROW = {
    "id": "a1",
    "text": "Ministers met. Ça va \ud800.",
    "title": "Talks",
    "published": "2031-03-03",
    "source": "Wire",
}


def test_a_row_is_the_report_that_it_says() -> None:
    """Text, name, outlet, title and day are the row's; the day counts as given."""
    report = rows.report(ROW)
    head = report.head
    assert (report.text, head.name, head.chars) == (ROW["text"], "a1", len(ROW["text"]))
    assert (head.outlet, head.title, head.published) == ("Wire", "Talks", "2031-03-03")
    assert head.published_from is PublishedFrom.GIVEN


def test_a_row_without_a_day_stays_undated() -> None:
    """Nothing is made up for keys that are null or missing."""
    head = rows.report({"id": "a1", "text": "Ministers met."}).head
    assert (head.published, head.published_from, head.outlet, head.title) == (None, None, None, None)


def test_the_same_words_under_two_names_are_two_reports() -> None:
    """The id holds the name, so that equal texts of one set stay apart; the same row gives the same id."""
    other = {**ROW, "id": "a2"}
    assert rows.report(ROW).id == rows.report(dict(ROW)).id != rows.report(other).id


def test_a_named_report_goes_by_the_rows_id() -> None:
    """Tasks that answer with the row's id find it on the report; all else is the same."""
    named, plain = rows.named(ROW), rows.report(ROW)
    assert named.id == "a1"
    assert (named.text, named.head.sha256, named.head.outlet) == (plain.text, plain.head.sha256, "Wire")
