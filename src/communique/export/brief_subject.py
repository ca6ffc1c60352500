"""What a brief is about: one series or story, and the part of the record that belongs to it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from communique.errors import NotFoundError
from communique.export.phrases import day
from communique.model.claims import Modality
from communique.model.record import Actor, Commitment, Disagreement, Event, Record, Series, Statement, Story
from communique.model.reports import Head
from communique.model.spans import Span
from communique.model.words import EventType

#: What counts as an occasion on which they met.
OCCASIONS = (EventType.SESSION, EventType.SUMMIT, EventType.TALKS, EventType.MEETING)
#: What is told of an event by the promise or the words that came of it, and not a second time.
TOLD_ELSEWHERE = (EventType.OTHER, EventType.STATEMENT_RELEASE)

_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){3})[A-Z][\w&./-]{1,15}\Z")


class Subject(msgspec.Struct, frozen=True):
    """One series or story and what belongs to it. `address` is where it stands in the record, as `series/atjc-tw`."""

    address: str
    title: str
    series: Series | None
    reports: frozenset[str]
    record: Record
    actors: Mapping[str, Actor]
    heads: Mapping[str, Head]

    def holds(self, evidence: Iterable[Span]) -> bool:
        """Whether a fact rests on a report that belongs here."""
        return any(s.report in self.reports for s in evidence)

    @property
    def until(self) -> str:
        """The last day that its reports know of, in words; empty where none has a date."""
        days = [h.published_day for r in self.reports if (h := self.heads.get(r)) and h.published_day]
        last = self.record.build.as_of or max(days, default=None)
        return day(last) if last else ""


def subject_of(record: Record, wanted: str | None) -> Subject:
    """The subject that is wanted.

    Args:
        record: the record to speak from.
        wanted: id, name or address of a series or a story; None for the series with the latest session, else the
            story with the most reports.

    Raises:
        NotFoundError: the record has nothing of that name, or nothing at all.
    """
    found = _find(record, wanted)
    actors = {a.id: a for a in record.actors}
    heads = {h.id: h for h in record.reports}
    if isinstance(found, Story):
        reports = frozenset(found.reports)
        return Subject(f"stories/{found.id}", found.title, None, reports, record, actors, heads)
    spans = [*found.evidence, *(s for x in found.sessions for s in x.evidence)]
    attesting = {s.report for s in spans}
    stories = [s for s in record.stories if not attesting.isdisjoint(s.reports)]
    reports = frozenset(r for s in stories for r in s.reports)
    short = short_name(found.body, actors)
    title = found.name if short in ("", found.name) else f"{found.name} ({short})"
    return Subject(f"series/{found.id}", title, found, reports, record, actors, heads)


def short_name(body: str, actors: Mapping[str, Actor]) -> str:
    """The short form by which a body goes, the one printed most; empty where it has none."""
    names = actors[body].names if body in actors else ()
    short = sorted((-n.count, n.text) for n in names if _SHORT.match(n.text))
    return short[0][1] if short else ""


def _find(record: Record, wanted: str | None) -> Series | Story:
    if wanted is None:
        choices: list[Series | Story] = [*sorted(record.series, key=_latest, reverse=True), *_largest(record.stories)]
    else:
        low = wanted.casefold()
        choices = [s for s in record.series if low in (s.id.casefold(), s.body.casefold(), f"series/{s.id}".casefold())]
        choices += [s for s in record.stories if low in (s.id.casefold(), f"stories/{s.id}".casefold())]
        choices += [s for s in record.series if low in s.name.casefold() or _called(record, s, low)]
    if not choices:
        there = "`communique series` and `communique stories` list them"
        message = (
            f"no series or story is called {wanted!r}: {there}" if wanted else "the record is empty: add reports first"
        )
        raise NotFoundError(message)
    return choices[0]


def _largest(stories: Sequence[Story]) -> list[Story]:
    return sorted(stories, key=lambda s: (-len(s.reports), s.id))


def _called(record: Record, series: Series, low: str) -> bool:
    body = next((a for a in record.actors if a.id == series.body), None)
    return body is not None and any(low == n.text.casefold() for n in body.names)


def _latest(series: Series) -> tuple[bool, str, int, str]:
    """What sorts series by their latest session; one of which a single session is told is mentioned in passing."""
    held = [s.date.last.isoformat() for s in series.sessions if s.date and s.status is Modality.HAPPENED]
    return len(series.sessions) > 1, max(held, default=""), len(series.sessions), series.id


# -- what belongs to it


def events_of(subject: Subject) -> list[Event]:
    """Events that reports of the subject tell, by their last day."""
    chosen = [e for e in subject.record.events if subject.holds(e.evidence)]
    return sorted(chosen, key=lambda e: (when_of(e), e.id))


def commitments_of(subject: Subject) -> list[Commitment]:
    """Commitments that reports of the subject tell."""
    return [c for c in subject.record.commitments if subject.holds(c.evidence)]


def statements_of(subject: Subject) -> list[Statement]:
    """Statements that reports of the subject print."""
    return [s for s in subject.record.statements if subject.holds(spans_of(s))]


def disagreements_of(subject: Subject) -> list[Disagreement]:
    """Disagreements between reports of the subject."""
    return [d for d in subject.record.disagreements if subject.holds(sides_of(d))]


def last_occasion(events: Sequence[Event]) -> Event | None:
    """The last meeting that happened, a numbered session before all others."""
    held = [e for e in events if e.status is Modality.HAPPENED and e.type in OCCASIONS and e.date]
    return max(held, key=lambda e: (e.number is not None, *when_of(e), e.origins, e.id), default=None)


def when_of(event: Event) -> tuple[str, str]:
    """Last and first day of an event, as texts that sort; empty where it has no date."""
    return (event.date.last.isoformat(), event.date.first.isoformat()) if event.date else ("", "")


def spans_of(statement: Statement) -> tuple[Span, ...]:
    """Every place where a statement is printed."""
    return tuple(q.evidence for q in statement.quotations)


def sides_of(disagreement: Disagreement) -> Iterator[Span]:
    """Every place that a side of a disagreement rests on."""
    return (s for value in disagreement.values for s in value.evidence)
