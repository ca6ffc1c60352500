"""When a report was published and what it is called."""

import pytest

from communique.ingest.metadata import as_iso
from communique.ingest.read import read
from communique.ingest.sources import Hints, Source
from communique.model.problems import ProblemCode
from communique.model.reports import PUBLISHED_OPEN, Head, PublishedFrom

BODY = "The fisheries ministers of the two island states met on Monday and signed a protocol on the coastal trade."


def head(text: str, **hints: str) -> Head:
    """Head of a report of a text."""
    found = read(Source("a.txt", text.encode(), hints=Hints(**hints))).report
    assert found is not None
    return found.head


def evidence(of: Head) -> str | None:
    """Words that the publication time rests on."""
    return of.published_evidence.text if of.published_evidence else None


def test_a_publication_line_dates_the_report() -> None:
    """Time and offset are taken where both are stated; the line is the evidence."""
    found = head(f"Published 20:42 IST, May 4th 2020\n\n{BODY}\n\nUpdated 21:18 IST, May 5th 2020\n")
    assert (found.published, found.published_from) == ("2020-05-04T20:42:00+05:30", PublishedFrom.TEXT)
    assert evidence(found) == "Published 20:42 IST, May 4th 2020"
    assert found.updated == "2020-05-05T21:18:00+05:30"
    assert found.published_day == "2020-05-04"


def test_a_stamp_alone_is_the_collectors() -> None:
    """A report that only its collector dates says so."""
    found = head(f" date 2020-05-04 {BODY}")
    assert (found.published, found.published_from, evidence(found)) == (
        "2020-05-04",
        PublishedFrom.COLLECTOR,
        "2020-05-04",
    )


def test_a_dateline_takes_its_year_from_the_stamp() -> None:
    """Day and month of a dateline that agree with the stamp date the report by its own words."""
    found = head(f" date 2020-05-05 Suva [Fiji], May 4 : {BODY}")
    assert (found.published, found.published_from) == ("2020-05-04", PublishedFrom.TEXT)
    assert evidence(found) == "Suva [Fiji], May 4 :"


def test_a_dateline_at_the_turn_of_the_year() -> None:
    """A dateline of December under a stamp of January is of the year before."""
    assert head(f" date 2021-01-02 SUVA, Dec 30 (Wire) - {BODY}").published == "2020-12-30"


def test_a_dateline_far_from_the_stamp_decides_nothing() -> None:
    """A dateline months away from the stamp leaves the date to the collector."""
    assert head(f" date 2020-11-02 SUVA, May 4 (Wire) - {BODY}").published_from is PublishedFrom.COLLECTOR


def test_a_dateline_without_any_year_dates_nothing() -> None:
    """No year is ever supplied from elsewhere."""
    assert head(f"SUVA, May 4 (Wire) - {BODY}").published is None


def test_a_dateline_with_its_year_dates_the_report() -> None:
    """A full date in the dateline is enough."""
    assert head(f"Suva, 4 May 2020: {BODY}").published == "2020-05-04"


def test_a_date_in_the_narration_is_no_publication() -> None:
    """A date inside a sentence never dates the report."""
    assert head(f"{BODY} It was on Tuesday (May 12, 2020) that they left.").published is None


def test_the_line_below_an_official_headline_dates_it() -> None:
    """A lone date under the headline is the day; a time without a zone is left out."""
    found = head(f"Meeting of the Council\n\nMay 4, 2020\n16:20\nSuva\n\n{BODY}")
    assert (found.published, evidence(found), found.title) == ("2020-05-04", "May 4, 2020", "Meeting of the Council")


@pytest.mark.parametrize(
    ("mention", "day"),
    [("on August 9", "2020-08-04"), ("on April 9", "2020-04-08"), ("on 2 May 2020", "2020-04-08"), ("in spring", None)],
)
def test_other_dates_of_the_text_decide_day_and_month(mention: str, day: str | None) -> None:
    """A numeric date with two readings is settled by a date in words close to one of them, else left open."""
    text = f"Visit of the Council\n\n04/08/2020\n\nBoth ministers will receive the council {mention} in the capital."
    found = head(text)
    assert found.published == day
    assert (PUBLISHED_OPEN in found.extra) is (day is None)


def test_an_american_time_zone_puts_the_month_first() -> None:
    """A numeric date beside an American zone is read month first."""
    assert head(f"Posted: 04/08/2020 11:10 am EDT\n\n{BODY}").published == "2020-04-08T11:10:00-04:00"


def test_an_open_date_keeps_both_readings() -> None:
    """Where nothing decides, both readings are handed on and a Problem is told."""
    result = read(Source("a", f"Visit of the Council\n\n04/08/2020\n\n{BODY}".encode()))
    assert result.report is not None
    assert result.report.head.extra == {PUBLISHED_OPEN: "either:2020-08-04|2020-04-08"}
    assert [p.code for p in result.problems] == [ProblemCode.DATE]


def test_a_given_date_outranks_all() -> None:
    """What the caller says is taken before the text and the stamp."""
    found = head(f" date 2020-05-05 Suva, May 4: {BODY}", published="4 June 2020")
    assert (found.published, found.published_from, evidence(found)) == ("2020-06-04", PublishedFrom.GIVEN, None)


def test_a_given_date_that_is_none_is_told() -> None:
    """A date that cannot be understood is a Problem, and the text is asked instead."""
    result = read(Source("a", f"Suva, 4 May 2020: {BODY}".encode(), hints=Hints(published="soon")))
    assert [p.code for p in result.problems] == [ProblemCode.DATE]
    assert result.report is not None
    assert result.report.head.published == "2020-05-04"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("2020-05-04", "2020-05-04"),
        (" 2020-05-04T10:11:12Z ", "2020-05-04T10:11:12+00:00"),
        ("2020-05-04 10:11", "2020-05-04T10:11:00"),
        ("2020-05-04T10:11:12.345+0530", "2020-05-04T10:11:12+05:30"),
        ("Mon, 04 May 2020 10:11:12 +0300", "2020-05-04T10:11:12+03:00"),
        ("May 4, 2020", "2020-05-04"),
        ("24/05/2020", "2020-05-24"),
        ("Monday 04/05/2020", "2020-05-04"),
        ("04/05/2020", None),
        ("2020-05-40", None),
        ("2020-05-04T99:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_given_dates_in_any_usual_form(given: str, value: str | None) -> None:
    """ISO, e-mail and written dates are understood; what may mean two days is not."""
    assert as_iso(given) == value


def test_a_given_title_outranks_the_headline() -> None:
    """The first headline is the title only where nobody gave one."""
    assert head(f"A Line Without a Stop\n\n{BODY}", title="Given").title == "Given"
    assert head(f"A Line Without a Stop\n\n{BODY}").title == "A Line Without a Stop"
    assert head(BODY).title is None
