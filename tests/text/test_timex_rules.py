"""The grammar of time, on texts without a parser."""

import datetime as dt
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from communique.text import timex_rules
from communique.text.timex import Context, Found

PUBLISHED = dt.date(2016, 9, 8)  # a Thursday


def read(text: str, published: dt.date | None = PUBLISHED, way: str = "") -> list[Found]:
    """The expressions of a text in a report of 8 September 2016."""
    return timex_rules.read(text, Context(published, narrative=False, direction=lambda _: way))


def values(text: str, published: dt.date | None = PUBLISHED, way: str = "") -> list[tuple[str, str]]:
    """Words and TIMEX3 values."""
    return [(text[f.start : f.end], f.sense.timex) for f in read(text, published, way)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("November 3rd 2011", "2011-11-03"),
        ("3 November 2011", "2011-11-03"),
        ("the 3rd of November, 2011", "2011-11-03"),
        ("Nov. 3, 2011", "2011-11-03"),
        ("NOVEMBER 3, 2011", "2011-11-03"),
        ("03.11.2011", "2011-11-03"),
        ("2011-11-03", "2011-11-03"),
        ("2011/11/3", "2011-11-03"),
        ("3-Nov-2011", "2011-11-03"),
        ("25/11/2011", "2011-11-25"),
        ("11/25/2011", "2011-11-25"),
        ("Thursday, 3 November 2011", "2011-11-03"),
        ("3 November 2011 (Thursday)", "2011-11-03"),
        ("November 2011", "2011-11"),
        ("early November 2011", "2011-11"),
        ("the end of 2011", "2011"),
        ("the 1970s", "197"),
        ("the second quarter of 2011", "2011-Q2"),
        ("Q2 2011", "2011-Q2"),
        ("the first half of 2011", "2011-H1"),
        ("summer 2011", "2011-SU"),
        ("the winter of 2011", "2011-WI"),
        ("fiscal 2011", "FY2011"),
        ("FY 2011-12", "2011/2012"),
        ("2011-21", "2011/2021"),
        ("2011–2021", "2011/2021"),
        ("4 to 6 November 2011", "2011-11-04/2011-11-06"),
        ("November 4-6, 2011", "2011-11-04/2011-11-06"),
        ("4th to the 6th November 2011", "2011-11-04/2011-11-06"),
        ("30 October to 2 November 2011", "2011-10-30/2011-11-02"),
        ("28 December-3 January 2011", "2010-12-28/2011-01-03"),
        ("October-November 2011", "2011-10/2011-11"),
        ("18 months", "P18M"),
        ("six hours", "PT6H"),
        ("two and a half years", "P2.5Y"),
        ("several weeks", "PXW"),
        ("every three years", "P3Y"),
        ("yearly", "P1Y"),
        ("18:15 EAT, November 3rd 2011", "2011-11-03T18:15"),
        ("4:30 pm on 3 November 2011", "2011-11-03T16:30"),
        ("0930 hours on 3 November 2011", "2011-11-03T09:30"),
        ("12 am on 3 November 2011", "2011-11-03T00:00"),
        ("480 BC", "BC0480"),
    ],
)
def test_says_all_itself(text: str, value: str) -> None:
    """A whole expression is read as one, whatever its order, and its value needs no day of publication."""
    assert values(text, published=None) == [(text, value)]


@pytest.mark.parametrize(
    ("text", "words", "value", "open_value"),
    [
        ("He left on Monday.", "Monday", "2016-09-05", "weekday:0:past"),
        ("He left on Thursday.", "Thursday", "2016-09-08", "weekday:3:past"),
        ("It was agreed last Thursday.", "last Thursday", "2016-09-01", "weekday:3:last"),
        ("They meet next Thursday.", "next Thursday", "2016-09-15", "weekday:3:next"),
        ("It opens next year.", "next year", "2017", "year:+1"),
        ("It opened last month.", "last month", "2016-08", "month:-1"),
        ("It met this week.", "this week", "2016-W36", "week:0"),
        ("Two years ago it closed.", "Two years ago", "2014", "year:-2"),
        ("Earlier in the day he flew in.", "Earlier in the day", "2016-09-08", "day:0"),
        ("It was signed yesterday.", "yesterday", "2016-09-07", "day:-1"),
        ("It will end this November.", "this November", "2016-11", "month:11:year:0"),
        ("Ready by the end of the year.", "the end of the year", "2016", "year:0"),
        ("He came in July.", "July", "2016-07", "month:07:near"),
        ("The pact of 20 August holds.", "20 August", "2016-08-20", "day:08-20"),
    ],
)
def test_relative(text: str, words: str, value: str, open_value: str) -> None:
    """What hangs on another day is settled from publication and keeps its open form."""
    found = read(text)
    assert [(text[f.start : f.end], f.sense.timex, f.sense.open) for f in found] == [(words, value, open_value)]
    undated = read(text, published=None)
    assert [(f.sense.date, f.sense.open) for f in undated] == [(None, open_value)]


@pytest.mark.parametrize(
    "text",
    [
        "The 14th session praised the work of the 13th.",
        "The sides may sign, and the guards march on.",
        "The R-330 and the Su-24 were shown.",
        "Minister April Okoro met her deputy, June Lindqvist.",
        "Resolution 1540 and Article 1951 were cited in room 1812.",
        "A grant of $2015 and 1,998 tonnes of maize were sent, with 2000 people.",
        "They lost 10-12, 11-9 and 4/5.",
        "Release 11.10.16 and number 0700 1999 2016 stand.",
        "We sat in the sun and wed our words to deeds.",
        "The Sunday Herald and Captain Mark Friday, of the port, agreed.",
        "The 2030 Agenda and the plan called Vision 2040 were praised.",
        "Flight 2024 left at 2045, says Decree No. 2021.",
        "Dr Friday and Judge Sunday dined on the second Tuesday.",
        "She seconded the motion in the fall of the krona.",
    ],
)
def test_reads_nothing(text: str) -> None:
    """Sessions, modals, verbs, names, money, scores, and document numbers are no times."""
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "written", "pointed"),
    [
        ("Wednesday (November 3, 2011)", "2011-11-03", "2011-11-02"),
        ("Monday, 3 November 2011", "2011-11-03", "2011-10-31"),
        ("2011-11-03 (Sunday)", "2011-11-03", "2011-11-06"),
        ("the 3rd of November 2011, a Friday", "2011-11-03", "2011-11-04"),
    ],
)
def test_clash(text: str, written: str, pointed: str) -> None:
    """Where weekday and date disagree, the date stands as written and the nearest such weekday is told."""
    (found,) = read(text)
    assert found.sense.date is not None
    assert found.sense.clash is not None
    assert (found.sense.date.value, found.sense.clash.value) == (written, pointed)


def test_neighbour_is_no_clash() -> None:
    """A weekday beside some other event's date is checked against nothing."""
    found = read("On Tuesday the envoy praised the accord of 5 November 2011.")
    assert [f.sense.clash for f in found] == [None, None]


def test_sentence_year() -> None:
    """Bare months take the year that their sentence has just named, and lose it at the full stop."""
    found = values("Three rounds in 2013—in May in Quito, in August in Lima. In May it rained.")
    assert [v for _, v in found] == ["2013", "2013-05", "2013-08", "2016-05"]


def test_future_leaves_the_sentence_year() -> None:
    """What lies ahead is not put into the past year that the sentence named."""
    text = "After talks in 2013 they will meet in December."
    context = Context(PUBLISHED, narrative=False, direction=lambda at: "future" if at > 20 else "past")
    assert [f.sense.timex for f in timex_rules.read(text, context)] == ["2013", "2016-12"]


def test_two_orders_stay_open() -> None:
    """Day and month that could stand either way stay open, unless one of the two was not yet."""
    (unsure,) = read("on 04/05/2016")
    assert (unsure.sense.date, unsure.sense.open) == (None, "either:2016-05-04|2016-04-05")
    (sure,) = read("on 09/08/2016", published=dt.date(2016, 8, 20))
    assert sure.sense.date is not None
    assert sure.sense.date.value == "2016-08-09"


def test_range_has_ends() -> None:
    """A range is one expression with its two ends as expressions of their own; "and" alone joins two dates."""
    (found,) = read("from 4 to 6 November 2011")
    assert [e.sense.timex for e in found.ends] == ["2011-11-04", "2011-11-06"]
    assert values("on 4 and 6 November 2011") == [("4", "2011-11-04"), ("6 November 2011", "2011-11-06")]
    assert [v for _, v in values("between 4 and 6 November 2011")] == ["2011-11-04/2011-11-06"]


def test_counting_needs_an_exact_day() -> None:
    """Days are not counted from a date that is only known to a year."""
    assert values("It failed in 2012. Two days later he left.")[1] == ("Two days later", "XXXX-XX-XX")
    assert values("It failed on 1 May 2012. Two days later he left.")[1] == ("Two days later", "2012-05-03")


def test_history_hangs_on_the_last_date() -> None:
    """In a history a bare date belongs near the date before it, not near publication."""
    context = Context(PUBLISHED, narrative=True, direction=lambda _: "")
    found = timex_rules.read("Begun on 9 November 1911. By January it had spread. On 3 March it ended.", context)
    assert [f.sense.timex for f in found] == ["1911-11-09", "1912-01", "1912-03-03"]


MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 - plain words


@given(st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31)), st.integers(0, 4))
def test_every_day_round_trips(day: dt.date, form: int) -> None:
    """Every day written out in any usual order is read back as itself."""
    name = MONTHS[day.month - 1]
    forms = [
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        day.isoformat(),
        f"the {day.day}th of {name} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
    ]
    assert values(f"It was signed on {forms[form]} in Suva.", None)[0] == (forms[form], day.isoformat())


@given(st.text(alphabet=" ,.-()0123456789:/\n" + "abMonday May 12 2011 the of to year 's", max_size=120))
@example("00/0h")
def test_any_text(text: str) -> None:
    """No text breaks the reader, and expressions neither overlap nor leave the text."""
    end = 0
    for found in read(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@pytest.mark.parametrize(
    "unit", ["1", "1-", "th of ", "May ", "12 ", "((", "1:", "the end of ", "Monday, ", "2011-", "Q1"]
)
def test_linear(unit: str) -> None:
    """Eight times the text takes about eight times the time on the alphabets that hurt most: 2.6 a doubling."""

    def seconds(chars: int) -> float:
        text = unit * (chars // len(unit))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            read(text)
            best = min(best, time.process_time() - start)
        return best

    # A busy machine may spoil one measurement, a slow grammar spoils all.
    assert any(seconds(80_000) <= 2.6**3 * seconds(10_000) + 0.02 for _ in range(4))
