"""The time expressions of a parsed report."""

import functools

import pytest

from communique.annotate import nlp, times
from communique.model.mentions import TimeExpression
from communique.model.reports import Furniture, FurnitureKind, Head, Report


@functools.cache
def read(text: str, published: str | None = None, furniture: tuple[Furniture, ...] = ()) -> tuple[TimeExpression, ...]:
    """Parse and read an invented report."""
    head = Head(id="r" + "0" * 16, name="t", sha256="", chars=len(text), published=published, furniture=furniture)
    return times.read(nlp.parse(Report(head, text)))


def dates(text: str, published: str | None = None) -> list[tuple[str, str | None]]:
    """Words and dates."""
    return [(t.span.text, t.date.value if t.date else None) for t in read(text, published)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The ministers of Ghana and Togo will meet on Friday in Accra.", "2018-03-09"),
        ("The ministers of Ghana and Togo met on Friday in Accra.", "2018-03-02"),
        ("The 9th session is due in October, the co-chairs of Laos and Nepal announced.", "2018-10"),
        ("The previous round, in October, broke down over transit fees.", "2017-10"),
        ("Norway agreed in January that the office would open in December.", "2018-01"),
        ("The delegation is scheduled to arrive in Tallinn on 2 April.", "2018-04-02"),
        ("The envoy leaves for Montevideo on Thursday.", "2018-03-08"),
    ],
)
def test_tense_decides(text: str, date: str) -> None:
    """A bare weekday or month lies behind or ahead as its clause looks, seen from Tuesday 6 March 2018."""
    assert dates(text, "2018-03-06")[0][1] == date


def test_undated_report_stays_open() -> None:
    """Without a day of publication nothing relative is dated, and every open form is kept for later."""
    found = read("On Monday the premier of Fiji flew in. He will return next year. He came back in July.")
    assert [(t.date, t.date_open) for t in found] == [
        (None, "weekday:0:past"),
        (None, "year:+1"),
        (None, "month:07:past"),
    ]


def test_clash_is_claimed() -> None:
    """A weekday that disagrees with its date leaves the date as written, and a claim for the day it points to."""
    (found,) = read("The accord was sealed on Friday (March 8, 2018) in Doha.")
    claims = {c.field: c.value for c in found.claims}
    assert claims == {"timex": "2018-03-08", "timex_type": "DATE", "date": "2018-03-08", "clash": "2018-03-09"}
    assert {c.qualifier for c in found.claims if c.field == "date"} == {"explicit"}


def test_claims_carry_the_rule() -> None:
    """A date settled from publication says so and keeps its open form."""
    (found,) = read("Peru's envoy was received yesterday.", "2018-03-06T08:00:00+00:00")
    assert [(c.field, c.value, c.qualifier) for c in found.claims] == [
        ("timex", "2018-03-05", ""),
        ("timex_type", "DATE", ""),
        ("date", "2018-03-05", "anchor:published"),
        ("date_open", "day:-1", ""),
    ]


def test_spans_hold_over_paragraphs() -> None:
    """Spans count in the report, not in the paragraph, and ids are unique."""
    text = "Talks ended on 4 May 2015.\n\nA second round — in Baku — followed on 9 June 2015."
    found = read(text)
    assert [text[t.span.start : t.span.end] for t in found] == ["4 May 2015", "9 June 2015"]
    assert len({t.id for t in found}) == 2


def test_furniture_is_not_read() -> None:
    """A page's own stamps are no part of what it tells."""
    text = "Updated 5 May 2015\nTalks ended on 4 May 2015."
    found = read(text, furniture=(Furniture(0, 18, FurnitureKind.STAMP),))
    assert [t.span.text for t in found] == ["4 May 2015"]


def test_one_date_shows_the_order_of_another() -> None:
    """A report that once writes the day first always does."""
    text = "Round one was on 03/06/2015.\nRound two was on 25/06/2015."
    assert dates(text, "2015-07-01") == [("03/06/2015", "2015-06-03"), ("25/06/2015", "2015-06-25")]


def test_bad_publication_date_is_no_anchor() -> None:
    """A publication date that is none leaves the report undated."""
    assert dates("It was signed yesterday.", "no date") == [("yesterday", None)]


def test_no_calendar_has_that_day() -> None:
    """A day that cannot be keeps its place without any date, and is told as a problem."""
    head = Head(id="r" + "0" * 16, name="t.txt", sha256="", chars=60)
    parse = nlp.parse(Report(head, "The lease of the port of Vorrin ends on Monday, 31 June 2031."))
    when = times.read(parse)
    assert [(t.span.text, t.date, t.date_open, t.rule) for t in when] == [
        ("Monday, 31 June 2031", None, None, "impossible")
    ]
    (told,) = times.problems(parse, when)
    assert told.message == "no calendar has the day 'Monday, 31 June 2031' at 40"


def test_names_are_no_days() -> None:
    """A weekday inside a person's name of several words is no day."""
    assert dates("The Nigerian envoy June Adebayo met Vice President Sunday Okafor on Friday.", "2018-03-06") == [
        ("Friday", "2018-03-02")
    ]
