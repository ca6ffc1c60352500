"""How the brief words each fact. A line is worded from values of the record alone: it cannot say what no report states.

`renderings` gives every line that the brief may print of a fact: `verify` holds a printed line against them.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from communique.export.brief_subject import (
    Subject,
    commitments_of,
    disagreements_of,
    events_of,
    short_name,
    spans_of,
    statements_of,
)
from communique.export.phrases import day, listed, names, sentence, shortened, when
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.record import Commitment, Disagreement, Event, Series, Session, Statement
from communique.model.spans import Span
from communique.model.words import CommitmentKind, DisagreementKind, Mode, Official, Schedule
from communique.text.ordinals import ordinal

#: States that end a commitment.
CLOSED = frozenset({Official.DONE, Official.REFUSED, Official.SIGNED, Official.IN_FORCE})
#: Most names of reports in a line.
MOST_NAMED = 2
#: Most characters of a report's words in a line.
LONGEST = 180

_VERBS = {
    CommitmentKind.AGREEMENT: "agreed",
    CommitmentKind.PROTOCOL: "agreed on",
    CommitmentKind.PLEDGE: "promised",
    CommitmentKind.ASSURANCE: "assured",
    CommitmentKind.REQUEST: "asked",
    CommitmentKind.INVITATION: "invited",
    CommitmentKind.OFFER: "offered",
    CommitmentKind.DELIVERY: "is to deliver",
    CommitmentKind.VISIT: "is to visit",
}
#: A date as the record writes it: a year and a month, or a day.
_ISO = re.compile(r"\b[12][0-9]{3}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?\b(?!-)")
_IN_A_DAY = re.compile(r"\bin (?=[12][0-9]{3}-[01][0-9]-[0-3][0-9]\b)")
#: Names of bodies that say themselves that they are meetings.
_MEETINGS = ("summit", "conference", "meeting", "forum", "dialogue", "talks")


class Line(msgspec.Struct, frozen=True):
    """One line of a brief, the places that state it and the address of its fact, as `events/atjc-tw-8`."""

    text: str
    evidence: tuple[Span, ...]
    fact: str = ""


def renderings(subject: Subject, fact: str) -> tuple[Line, ...]:
    """Every line that a brief on the subject may print of a fact; none for an address that does not belong to it."""
    section, _, address = fact.partition("/")
    return tuple(_RENDERINGS[section](subject, address)) if section in _RENDERINGS else ()


# -- events


def event_line(subject: Subject, event: Event) -> Line:
    """When, where, what and who, in this order."""
    what = event_name(subject, event)
    place = names([event.place], subject.actors) if event.place else ""
    where = place if place and place.casefold() not in what.casefold() else ""
    head = ", ".join(p for p in (sentence(when(event.date)), where) if p)
    state = "" if event.status is Modality.HAPPENED else f"[{event.status}] "
    people = [p.actor for p in event.participants if not _named(subject, p.actor, what)]
    who = f" ({names(people, subject.actors)})" if people else ""
    texts = _texts(subject, event.origins, event.evidence)
    return Line(f"{head}: {state}{what}{who} — {texts}.", event.evidence, f"events/{event.id}")


def event_name(subject: Subject, event: Event) -> str:
    """What an event is called: a session by its number, anything else in the words of a report."""
    if event.number is not None and event.series is not None:
        return session_name(subject, event.number, event.series)
    return sentence(shortened(event.title, 120)).rstrip(".")


def session_name(subject: Subject, number: int | None, body: str) -> str:
    """A session by its number and the short name of its body."""
    if number is None:
        return "Session"
    name = short_name(body, subject.actors) or names([body], subject.actors)
    own = name.rpartition(" ")[2].casefold() in _MEETINGS
    return f"{ordinal(number)} {name}" if own else f"{ordinal(number)} session of the {name}"


def _named(subject: Subject, actor: str, what: str) -> bool:
    name = subject.actors[actor].name if actor in subject.actors else actor
    return name.rpartition(" ")[2].casefold() in what.casefold()


def single_line(subject: Subject, fact: Event | Commitment) -> Line:
    """A fact that one newsroom alone reports, and which."""
    event = isinstance(fact, Event)
    what = event_name(subject, fact) if isinstance(fact, Event) else f"{_who(subject, fact)}: {_what(fact)}"
    whose = listed(_outlets(subject, fact.evidence))
    address = f"{'events' if event else 'commitments'}/{fact.id}"
    return Line(f"One newsroom only ({whose}): {what}.", fact.evidence, address)


# -- commitments


def commitment_line(subject: Subject, commitment: Commitment) -> Line:
    """How it stands, who owes what to whom, by when, and what came of it."""
    state, closed = commitment.status.official, commitment.status.official in CLOSED
    steps = commitment.history
    on = steps[-1].on if steps and steps[-1].official is state else None
    lead = f"{sentence(state) if closed else f'Open, {state}'}{f' {when(on)}' if on else ''}"
    what = _what(commitment)
    told = (*commitment.evidence, *(s for step in steps for s in step.evidence))
    silence = "" if closed else _silence(subject, told)
    texts = _texts(subject, commitment.origins, commitment.evidence)
    text = f"{lead}: {_who(subject, commitment)}: {what}{_due(commitment)}.{silence} — {texts}."
    evidence = (*commitment.evidence, *(s for step in steps[1:] for s in step.evidence))
    return Line(text, evidence, f"commitments/{commitment.id}")


def _who(subject: Subject, commitment: Commitment) -> str:
    """Who owes what sort of thing to whom; a side that no report names is said to be missing."""
    by, to = (_sides(subject, side) for side in (commitment.by, commitment.to))
    if by:
        return " ".join(part for part in (by, _VERBS[commitment.kind], to) if part)
    return f"{sentence(commitment.kind)}{f' to {to}' if to else ''} [by whom not stated]"


def _what(commitment: Commitment) -> str:
    """What is owed; "of" is left out where the noun before it is."""
    return shortened(commitment.what.removeprefix("of "), LONGEST).rstrip(".")


def _sides(subject: Subject, actors: Sequence[str]) -> str:
    """Names of actors, each once."""
    return listed(list(dict.fromkeys(names([a], subject.actors) for a in actors)))


def _due(commitment: Commitment) -> str:
    if commitment.due is None or commitment.status.official is Official.DONE:
        return ""
    late = commitment.status.schedule is Schedule.LATE and commitment.status.official not in CLOSED
    return f" (due {when(commitment.due)}{', which has passed' if late else ''})"


def _silence(subject: Subject, evidence: Sequence[Span]) -> str:
    """That later reports say nothing of it: silence is told as silence, never as failure."""
    told = [subject.heads[s.report].published_day for s in evidence if s.report in subject.heads]
    last = max((d for d in told if d), default="")
    if not last:
        return " Told in undated reports only."
    days = [subject.heads[r].published_day for r in subject.reports if r in subject.heads]
    later = sum((d or "") > last for d in days)
    return f" Since then no evidence in {_counted(later)} up to {subject.until}." if later else " No later report."


# -- statements


def statement_line(subject: Subject, statement: Statement) -> Line:
    """Who said what, through which channel, in how many independent texts."""
    who = names([statement.speaker], subject.actors) if statement.speaker else "[speaker not certain]"
    through = f" ({statement.channel})" if statement.channel else ""
    words = shortened(statement.text, LONGEST)
    said = f"“{words.strip('“”",')}”" if directness(statement) else f"[in the report's words] {words}"
    spans = spans_of(statement)
    first = _first(subject, spans) if statement.origins > 1 else ""
    texts = _texts(subject, statement.origins, spans) + (f", first {first}" if first else "")
    return Line(f"{who}{through}: {said} — {texts}.", spans, f"statements/{statement.id}")


def directness(statement: Statement) -> int:
    """How many reports print a statement between quotation marks."""
    return sum(q.mode is Mode.DIRECT for q in statement.quotations)


# -- disagreements


def disagreement_line(subject: Subject, disagreement: Disagreement) -> Line:
    """What they differ about, who says what, which value is preferred and why."""
    kind = disagreement.kind
    sides = [f"{_value(v.value, kind)} ({_whose(subject, v.reports)})" for v in disagreement.values]
    # The first place of each side comes first: a footnote for every side before a second one for any.
    places = [v.evidence[:1] for v in disagreement.values] + [v.evidence[1:] for v in disagreement.values]
    best = f" Preferred: {_value(disagreement.preferred, kind)}." if disagreement.preferred else ""
    why = _days(sentence(disagreement.reason).rstrip(". "))
    text = f"{sentence(kind)}: {' against '.join(sides)}.{best}{f' {why}.' if why else ''}"
    return Line(text, tuple(s for spans in places for s in spans), f"disagreements/{disagreement.id}")


def _days(text: str) -> str:
    """A text with its ISO dates as people write them: in a month or a year, on a day."""
    return _ISO.sub(lambda found: day(found[0]), _IN_A_DAY.sub("on ", text))


def _value(value: str, kind: DisagreementKind) -> str:
    """A value in words: dates as people write them."""
    if kind is DisagreementKind.DATE:
        try:
            return when(Date.of(value))
        except ValueError:
            return shortened(value, 80)
    return f"“{shortened(value, 80)}”" if kind is DisagreementKind.WORDING else shortened(value, 80)


def _whose(subject: Subject, reports: Sequence[str]) -> str:
    named = _named_outlets(subject, reports)
    rest = len(reports) - MOST_NAMED
    return listed(named) if len(reports) <= MOST_NAMED else f"{', '.join(named[:MOST_NAMED])} and {rest} more"


# -- the series


def series_lines(subject: Subject, series: Series) -> list[Line]:
    """Founding and rhythm; each session; what comes next; what does not add up."""
    return [
        *stated_lines(series),
        *(session_line(subject, series, s) for s in series.sessions),
        *next_lines(subject, series),
        *anomaly_lines(series),
    ]


def stated_lines(series: Series) -> list[Line]:
    """When it was founded, its rhythm and its rotation, as far as reports state them."""
    stated = [
        f"founded {when(series.founded)}" if series.founded else "",
        f"rhythm: {series.rhythm}" if series.rhythm else "",
        f"rotation: {series.rotation}" if series.rotation else "",
    ]
    facts = "; ".join(s for s in stated if s)
    return [Line(f"{sentence(facts)}.", series.evidence, f"series/{series.id}")] if facts else []


def session_line(subject: Subject, series: Series, session: Session) -> Line:
    """One session: when, where, under whom."""
    place = session.place or session.host
    where = [names([place], subject.actors)] if place else []
    chairs = f" ({names(session.co_chairs, subject.actors)})" if session.co_chairs else ""
    state = "" if session.status is Modality.HAPPENED else f"[{session.status}] "
    name = f"{ordinal(session.number)} session" if session.number is not None else "session"
    head = ", ".join([sentence(when(session.date)), *where])
    return Line(f"{head}: {state}{name}{chairs}.", session.evidence, f"series/{series.id}")


def next_lines(subject: Subject, series: Series) -> list[Line]:
    """The session that comes next, as stated or as rhythm and rotation have it."""
    coming = series.next
    if coming is None:
        return []
    stated = next((s for s in series.sessions if s.number is not None and s.number == coming.number), None)
    place = (stated.place if stated else None) or coming.host
    where = f", {names([place], subject.actors)}" if place else ""
    how = str(stated.status) if stated else "as rhythm and rotation have it"
    text = f"Next: {session_name(subject, coming.number, series.body)}, {when(coming.date)}{where} [{how}]."
    return [Line(text, stated.evidence if stated else series.evidence, f"series/{series.id}")]


def anomaly_lines(series: Series) -> list[Line]:
    """What does not add up by arithmetic."""
    told = [f"Does not add up: {_days(a).rstrip('. ')}." for a in series.anomalies]
    return [Line(text, series.evidence, f"series/{series.id}") for text in told]


# -- who says so


def _texts(subject: Subject, origins: int, evidence: Sequence[Span]) -> str:
    """How many independent newsroom texts say so; where it is one of several newsrooms, whose."""
    if origins > 1:
        return f"{origins} texts"
    return "1 text" if one_outlet(subject) else f"1 text: {listed(_outlets(subject, evidence)[:MOST_NAMED])}"


def one_outlet(subject: Subject) -> str:
    """The outlet that all reports of a subject come from; empty where there are several, or none is known."""
    known = {h.outlet for r in subject.reports if (h := subject.heads.get(r))}
    return next(iter(known)) or "" if len(known) == 1 else ""


def _first(subject: Subject, evidence: Sequence[Span]) -> str:
    """The one report that came out before all others, with its day; empty where that cannot be told."""
    heads = {s.report: subject.heads[s.report] for s in evidence if s.report in subject.heads}
    days = sorted((h.published_day or "", h.id) for h in heads.values())
    if not days or not days[0][0] or (len(days) > 1 and days[1][0] == days[0][0]):
        return ""
    head = heads[days[0][1]]
    return f"{shortened(head.outlet or head.name, 40)} on {day(days[0][0])}"


def _outlets(subject: Subject, evidence: Sequence[Span]) -> list[str]:
    return _named_outlets(subject, [s.report for s in evidence])


def _named_outlets(subject: Subject, reports: Sequence[str]) -> list[str]:
    """Outlets of reports, or the reports' names where no outlet is known; each once."""
    heads = [subject.heads[r] for r in sorted(set(reports)) if r in subject.heads]
    return list(dict.fromkeys(shortened(h.outlet or h.name, 40) for h in heads))


def _counted(reports: int) -> str:
    return f"{reports} report{'' if reports == 1 else 's'}"


# -- every rendering of a fact


def _of_event(subject: Subject, address: str) -> list[Line]:
    found = [e for e in events_of(subject) if e.id == address]
    return [event_line(subject, e) for e in found] + [single_line(subject, e) for e in found if e.origins == 1]


def _of_commitment(subject: Subject, address: str) -> list[Line]:
    found = [c for c in commitments_of(subject) if c.id == address]
    return [commitment_line(subject, c) for c in found] + [single_line(subject, c) for c in found if c.origins == 1]


def _of_statement(subject: Subject, address: str) -> list[Line]:
    return [statement_line(subject, s) for s in statements_of(subject) if s.id == address]


def _of_disagreement(subject: Subject, address: str) -> list[Line]:
    return [disagreement_line(subject, d) for d in disagreements_of(subject) if d.id == address]


def _of_series(subject: Subject, address: str) -> list[Line]:
    return series_lines(subject, subject.series) if subject.series and subject.series.id == address else []


_RENDERINGS: Mapping[str, Callable[[Subject, str], list[Line]]] = {
    "events": _of_event,
    "commitments": _of_commitment,
    "statements": _of_statement,
    "disagreements": _of_disagreement,
    "series": _of_series,
}
