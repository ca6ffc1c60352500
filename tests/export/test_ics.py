"""The calendar: sessions and due dates on the days that are stated, and on no other."""

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from icalendar import Calendar, Component

from communique.export.ics import as_ics, days_of
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.record import Record
from communique.model.words import Official

type Make = Callable[..., Record]


def parts(record: Record, kind: str) -> list[Component]:
    return list(Calendar.from_ical(as_ics(record)).walk(kind))


def with_session(make: Make, date: str | None, status: Modality = Modality.HAPPENED) -> Record:
    series = make().series[0]
    session = msgspec.structs.replace(series.sessions[0], date=Date.of(date) if date else None, status=status)
    return make(series=(msgspec.structs.replace(series, sessions=(session,)),))


def test_a_session_with_a_day_stands_on_it(make_record: Make) -> None:
    """All day, with its place, and the day after as its end."""
    (event,) = parts(make_record(), "VEVENT")
    assert event["SUMMARY"] == "7th session of the Fjord Council"
    assert event["LOCATION"] == "Bergen"
    assert event.decoded("DTSTART") == dt.date(2031, 5, 5)
    assert event.decoded("DTEND") == dt.date(2031, 5, 6)
    assert event["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Modality.HAPPENED, "CONFIRMED"),
        (Modality.ONGOING, "CONFIRMED"),
        (Modality.PLANNED, "TENTATIVE"),
        (Modality.REQUESTED, "TENTATIVE"),
        (Modality.OFFERED, "TENTATIVE"),
        (Modality.CANCELLED, "CANCELLED"),
    ],
)
def test_a_planned_session_is_tentative(make_record: Make, status: Modality, word: str) -> None:
    """Only what happened is confirmed."""
    (event,) = parts(with_session(make_record, "2031-05-05", status), "VEVENT")
    assert event["STATUS"] == word


@pytest.mark.parametrize("status", [Modality.DENIED, Modality.HYPOTHETICAL])
def test_what_was_denied_or_supposed_stands_in_no_calendar(make_record: Make, status: Modality) -> None:
    """Neither as an event nor as a task."""
    record = with_session(make_record, "2031-05-05", status)
    assert parts(record, "VEVENT") == parts(record, "VTODO") == []


def test_several_days_are_one_event(make_record: Make) -> None:
    """From the first day to the last."""
    (event,) = parts(with_session(make_record, "2031-05-05/2031-05-07"), "VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (dt.date(2031, 5, 5), dt.date(2031, 5, 8))


@pytest.mark.parametrize("date", ["2031-05", "2031", "2031/2033", "2031-05/2031-06", None])
def test_no_day_is_made_up(make_record: Make, date: str | None) -> None:
    """A month, a year, a period of them: a task without a date that says what is known, counted in the calendar."""
    record = with_session(make_record, date, Modality.PLANNED)
    assert parts(record, "VEVENT") == []
    (task,) = parts(record, "VTODO")
    assert "DUE" not in task
    assert "DTSTART" not in task
    assert task["SUMMARY"].endswith("no day stated")
    assert "1 without one" in Calendar.from_ical(as_ics(record))["X-WR-CALDESC"]


@pytest.mark.parametrize(
    ("official", "word"),
    [(Official.PROMISED, "NEEDS-ACTION"), (Official.DONE, "COMPLETED"), (Official.REFUSED, "CANCELLED")],
)
def test_what_falls_due_is_a_task(make_record: Make, official: Official, word: str) -> None:
    """On its day, done where it is done."""
    one = make_record().commitments[0]
    status = msgspec.structs.replace(one.status, official=official)
    owed = msgspec.structs.replace(one, due=Date.of("2031-12-01"), status=status)
    (task,) = parts(make_record(commitments=(owed,)), "VTODO")
    assert task.decoded("DUE") == dt.date(2031, 12, 1)
    assert (task["SUMMARY"], task["STATUS"]) == ("Kenya: two boats", word)


def test_a_date_names_days_or_none() -> None:
    """A month in a period is not its first day."""
    assert days_of(Date.of("2031-05-05")) == (dt.date(2031, 5, 5), dt.date(2031, 5, 5))
    assert days_of(Date.of("2031-05-05/2031-06")) is None
    assert days_of(None) is None
