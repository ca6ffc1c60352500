"""Sessions and due dates for a calendar. No day is ever made up.

A session with a day, or with a first and last day, is an all-day event; a planned one is tentative. What falls due on a
day is a task due on that day. What is known to a month or a year only has no day to stand on: it becomes a task without
a date, which calendars list apart, its text says what is known, and the calendar's description counts such tasks.
"""

import datetime as dt
import re

from icalendar import Calendar, Event, Todo, vText

from communique.export.phrases import names, sentence, shortened, visible, when
from communique.model import ids
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.record import Actor, Commitment, Record, Series, Session
from communique.model.words import Official
from communique.settings import VERSION
from communique.text.ordinals import ordinal

_STATUS = {Modality.HAPPENED: "CONFIRMED", Modality.ONGOING: "CONFIRMED", Modality.CANCELLED: "CANCELLED"}
#: What is only wished for or denied stands in no calendar.
_NEVER = frozenset({Modality.DENIED, Modality.HYPOTHETICAL})
_DONE = frozenset({Official.DONE})
_OVER = frozenset({Official.REFUSED})
_LONGEST_NAME = 200


def as_ics(record: Record) -> bytes:
    """The record's sessions and due dates as iCalendar (RFC 5545), the same bytes for the same record."""
    actors = {a.id: a for a in record.actors}
    stamp = _stamp(record)
    parts = [_session(s, series, actors) for series in record.series for s in series.sessions if s.status not in _NEVER]
    parts += [_due(c, actors) for c in record.commitments if c.due]
    undated = sum(isinstance(p, Todo) and "due" not in p for p in parts)
    calendar = Calendar()
    calendar.add("prodid", f"-//Communique//{VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Communiqué")
    calendar.add("x-wr-caldesc", f"{len(parts) - undated} entries with a day; {undated} without one, as tasks")
    for part in parts:
        part.add("dtstamp", stamp)
        calendar.add_component(part)
    written: bytes = calendar.to_ical()
    return written


def _stamp(record: Record) -> dt.datetime:
    """The day from which the record is seen: a calendar made twice is the same."""
    known = [h.published_day for h in record.reports if h.published_day]
    day = dt.date.fromisoformat(record.build.as_of or max(known, default="1970-01-01"))
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def days_of(date: Date | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of a date that names its days; None where it is a month, a year or not known."""
    if date is None or date.precision not in (Precision.DAY, Precision.PERIOD):
        return None
    if any(len(part) != len("2024-12-10") for part in date.value.split("/")):
        return None
    return date.first, date.last


def _session(session: Session, series: Series, actors: dict[str, Actor]) -> Event | Todo:
    number = f"{ordinal(session.number)} session" if session.number is not None else "Session"
    name = f"{number} of the {series.name}"
    days = days_of(session.date)
    part: Event | Todo = Event() if days else Todo()
    part.add("uid", _uid("series", series.id, str(session.number), session.event or ""))
    if isinstance(part, Event) and days:
        part.add("summary", _text(name))
        part.add("dtstart", days[0])
        part.add("dtend", days[1] + dt.timedelta(days=1))
        part.add("status", _STATUS.get(session.status, "TENTATIVE"))
        part.add("transp", "TRANSPARENT")
    else:
        part.add("summary", _text(f"{name}: {when(session.date)}, no day stated"))
        part.add("status", "COMPLETED" if session.status is Modality.HAPPENED else "NEEDS-ACTION")
    place = session.place or session.host
    if place:
        part.add("location", _text(names([place], actors)))
    part.add("description", _text(f"{sentence(session.status)}. {_places(len(session.evidence))}"))
    return part


def _due(commitment: Commitment, actors: dict[str, Actor]) -> Todo:
    by = names(commitment.by, actors)
    days = days_of(commitment.due)
    part = Todo()
    part.add("uid", _uid("commitments", commitment.id))
    what = f"{by}: {commitment.what}" if by else commitment.what
    part.add("summary", _text(what if days else f"{what}: {when(commitment.due)}, no day stated"))
    if days:
        part.add("due", days[1])
    official = commitment.status.official
    part.add("status", "COMPLETED" if official in _DONE else "CANCELLED" if official in _OVER else "NEEDS-ACTION")
    part.add("description", _text(f"{sentence(commitment.kind)}, {official}. {_places(len(commitment.evidence))}"))
    return part


def _places(count: int) -> str:
    return f"Stated in {count} place{'' if count == 1 else 's'} of the reports."


class _Line(vText):
    """A text on one line. The library would take a backslash before an N for a line break; this does not."""

    def to_ical(self) -> bytes:
        """The text with what RFC 5545 escapes escaped, and nothing else."""
        return re.sub(r"([\\;,])", r"\\\1", str(self)).encode()


def _text(text: str) -> vText:
    """One line, with whatever could end it or hide in it as a mark."""
    return _Line(visible(shortened(text, _LONGEST_NAME)))


def _uid(*parts: str) -> str:
    """An address that is the same in every export, and no words of a report."""
    return f"{ids.digest(*parts)[:24]}@communique"
