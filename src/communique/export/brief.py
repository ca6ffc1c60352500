"""The one-page brief: what the record says of one series or story, every line with its evidence.

`compose` chooses and words the lines; `markdown` prints them. A line is worded from values of the record alone, so it
cannot say what no report states.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from communique.errors import NotFoundError
from communique.export.phrases import listed, names, ordinal, sentence, shortened, visible, when
from communique.model.claims import Modality
from communique.model.record import Actor, Commitment, Disagreement, Event, Record, Series, Session, Statement, Story
from communique.model.spans import Span
from communique.model.words import Mode, Official

#: Most lines of a section: a brief is one page.
MOST_LINES = 8
#: Most footnotes of a line: one for each of so many reports.
MOST_NOTES = 4

_CLOSED = frozenset({Official.DONE, Official.REFUSED})
#: States that call for a further step. Silence about it is told as silence, never as failure.
_AWAITED = frozenset({Official.OFFERED, Official.REQUESTED, Official.PROMISED, Official.AGREED, Official.UNDER_WAY})
_OCCASIONS = ("session", "summit", "talks", "meeting")


#: What would begin a list inside a line: `- `, `+ `, `1. `, `1) `.
_LIST_MARK = re.compile(r"\A(\s*|\s*[0-9]+(?=[.)]))([-+=.)])")


class Line(msgspec.Struct, frozen=True):
    """One line of a brief and the places that state it."""

    text: str
    evidence: tuple[Span, ...]


class Section(msgspec.Struct, frozen=True):
    """A headed part of a brief; `empty` is said where it has no lines."""

    title: str
    lines: tuple[Line, ...]
    empty: str


class Brief(msgspec.Struct, frozen=True):
    """A brief: its title, sections and foot. `names` gives the name of each report that a line rests on."""

    title: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    names: dict[str, str]

    @property
    def markdown(self) -> str:
        """The brief as Markdown with numbered footnotes."""
        return markdown(self)


class _Subject(msgspec.Struct, frozen=True):
    """What a brief is about: the part of the record that belongs to one series or story."""

    title: str
    series: Series | None
    reports: frozenset[str]
    record: Record
    actors: dict[str, Actor]


def compose(record: Record, wanted: str | None = None) -> Brief:
    """The brief on a series or a story.

    Args:
        record: the record to speak from.
        wanted: id or name of a series, or id of a story; None for the series with the latest session, else the
            story with the most reports.

    Raises:
        NotFoundError: the record has nothing of that name, or nothing at all.
    """
    subject = _subject(record, wanted)
    events = _events(subject)
    last = _last_occasion(events)
    commitments = [c for c in record.commitments if _about(subject, c.evidence)]
    statements = [s for s in record.statements if _about(subject, _spans(s))]
    sections = (
        Section("1. The last occasion they met", _occasion(subject, events, last), "No meeting is reported yet."),
        Section("2. What was agreed and what is open", _agreed(subject, commitments), "Nothing is reported as agreed."),
        Section("3. What each side has said", _said(subject, statements), "Nobody is quoted."),
        Section(
            "4. What is disputed, and what rests on one newsroom",
            _disputed(subject, events, commitments),
            "The reports agree, and nothing rests on one newsroom alone.",
        ),
        Section("5. Public lines", _public(subject, statements), "No public line is quoted directly."),
        Section("6. Background", _background(subject, events, last), "No background is reported."),
        Section("7. Our objectives", (), "(for the officer)"),
    )
    return Brief(subject.title, sections, _foot(subject), {r.id: r.name for r in record.reports})


def markdown(brief: Brief) -> str:
    """A brief as Markdown: each line with numbers, each number a report and the characters that state it."""
    notes: dict[Span, int] = {}
    out = [f"# {escaped(brief.title)}", ""]
    for section in brief.sections:
        out += [f"## {section.title}", ""]
        for line in section.lines:
            marks = "".join(f"[^{notes.setdefault(s, len(notes) + 1)}]" for s in _footnotes(line.evidence))
            out.append(f"- {escaped(line.text)} {marks}")
        out += [] if section.lines else [section.empty]
        out.append("")
    out += [*brief.foot, ""]
    for span, number in notes.items():
        quote = escaped(shortened(span.text, 120))
        out.append(f"[^{number}]: {escaped(brief.names[span.report])}, characters {span.start}–{span.end}: “{quote}”")
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """Text of a report made harmless in Markdown: no markup of its own, control characters as visible marks."""
    safe = "".join("\\" + c if c in "\\`*_[]<>#|~&" else c for c in visible(text))
    return _LIST_MARK.sub(r"\1\\\2", safe)


def _footnotes(evidence: Sequence[Span]) -> list[Span]:
    """The fullest span of each report, at most `MOST_NOTES`: the words that state most of the line."""
    fullest: dict[str, Span] = {}
    for span in evidence:
        if span.report not in fullest or len(span.text) > len(fullest[span.report].text):
            fullest[span.report] = span
    return list(fullest.values())[:MOST_NOTES]


# -- what the brief is about


def _subject(record: Record, wanted: str | None) -> _Subject:
    found = _find(record, wanted)
    actors = {a.id: a for a in record.actors}
    if isinstance(found, Series):
        spans = [*found.evidence, *(s for x in found.sessions for s in x.evidence)]
        attesting = {s.report for s in spans}
        stories = [s for s in record.stories if attesting & set(s.reports)]
        return _Subject(found.name, found, frozenset(r for s in stories for r in s.reports), record, actors)
    return _Subject(found.title, None, frozenset(found.reports), record, actors)


def _find(record: Record, wanted: str | None) -> Series | Story:
    if wanted is None:
        choices: list[Series | Story] = [*sorted(record.series, key=_latest, reverse=True)]
        choices += _largest(record.stories)
    else:
        low = wanted.casefold()
        choices = [s for s in record.series if low in (s.id.casefold(), s.body.casefold())]
        choices += [s for s in record.stories if low == s.id.casefold()]
        choices += [s for s in record.series if low in s.name.casefold() or _called(record, s, low)]
    if not choices:
        message = f"no series or story called {wanted!r}" if wanted else "the record is empty: add reports first"
        raise NotFoundError(message)
    return choices[0]


def _largest(stories: Sequence[Story]) -> list[Story]:
    return sorted(stories, key=lambda s: (-len(s.reports), s.id))


def _called(record: Record, series: Series, low: str) -> bool:
    body = next((a for a in record.actors if a.id == series.body), None)
    return body is not None and any(low == n.text.casefold() for n in body.names)


def _latest(series: Series) -> tuple[str, int, str]:
    held = [s.date.last.isoformat() for s in series.sessions if s.date and s.status is Modality.HAPPENED]
    return max(held, default=""), len(series.sessions), series.id


def _about(subject: _Subject, evidence: Iterable[Span]) -> bool:
    return any(s.report in subject.reports for s in evidence)


def _events(subject: _Subject) -> list[Event]:
    chosen = [e for e in subject.record.events if _about(subject, e.evidence)]
    return sorted(chosen, key=lambda e: (e.date.last.isoformat() if e.date else "", e.id))


def _last_occasion(events: Sequence[Event]) -> Event | None:
    held = [e for e in events if e.status is Modality.HAPPENED and e.type in _OCCASIONS and e.date]
    return max(held, key=lambda e: (e.number is not None, *_when(e), e.origins, e.id), default=None)


# -- the sections


def _when(event: Event) -> tuple[str, str]:
    """Last and first day of an event, as texts that sort; empty where it has no date."""
    return (event.date.last.isoformat(), event.date.first.isoformat()) if event.date else ("", "")


def _occasion(subject: _Subject, events: Sequence[Event], last: Event | None) -> tuple[Line, ...]:
    if last is None:
        return ()
    reports = {s.report for s in last.evidence}
    beside = [
        e
        for e in events
        if e.id != last.id
        and e.status is Modality.HAPPENED
        and e.date
        and last.date
        and e.date.agrees_with(last.date)
        and reports & {s.report for s in e.evidence}
    ]
    chosen = sorted(beside, key=lambda e: (-e.origins, e.id))[: MOST_LINES - 1]
    return tuple(_event_line(subject, e) for e in (last, *chosen))


def _event_line(subject: _Subject, event: Event) -> Line:
    what = sentence(shortened(event.title, 160))
    if event.number is not None and event.series is not None:
        name = subject.actors[event.series].name if event.series in subject.actors else event.series
        what = f"{ordinal(event.number)} session of the {name}"
    place = [names([event.place], subject.actors)] if event.place else []
    people = names([p.actor for p in event.participants], subject.actors)
    parts = [what, *place, when(event.date), *([people] if people else [])]
    state = "" if event.status is Modality.HAPPENED else f" [{event.status}]"
    return Line("; ".join(parts) + state + ".", event.evidence)


def _agreed(subject: _Subject, commitments: Sequence[Commitment]) -> tuple[Line, ...]:
    order = sorted(commitments, key=lambda c: (c.status.official in _CLOSED, -c.origins, c.id))
    return tuple(_commitment_line(subject, c) for c in order[:MOST_LINES])


def _commitment_line(subject: _Subject, commitment: Commitment) -> Line:
    by, to = (names(side, subject.actors) for side in (commitment.by, commitment.to))
    who = " → ".join(part for part in (by or "[by whom not stated]", to) if part)
    due = f", due {when(commitment.due)}" if commitment.due else ""
    state = commitment.status.official
    steps = commitment.history[1:]
    since = f" ({when(steps[-1].on)})" if steps and steps[-1].on and steps[-1].official is state else ""
    text = f"{sentence(commitment.kind)}, {who}: {shortened(commitment.what, 160)}{due}: {state}{since}."
    if state in _AWAITED:
        text += f" Since then: no evidence in {_reports(len(subject.reports))}{_up_to(subject.record)}."
    return Line(text, (*commitment.evidence, *(s for step in steps for s in step.evidence)))


def _said(subject: _Subject, statements: Sequence[Statement]) -> tuple[Line, ...]:
    by_speaker: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (-s.origins, -_directness(s), s.id)):
        if statement.speaker:
            by_speaker.setdefault(statement.speaker, []).append(statement)
    speakers = sorted(by_speaker, key=lambda s: (-len(by_speaker[s]), s))
    turns = [by_speaker[s][n] for n in range(MOST_LINES) for s in speakers if n < len(by_speaker[s])]
    return tuple(_statement_line(subject, s) for s in turns[:MOST_LINES])


def _directness(statement: Statement) -> int:
    return sum(q.mode is Mode.DIRECT for q in statement.quotations)


def _statement_line(subject: _Subject, statement: Statement) -> Line:
    who = names([statement.speaker], subject.actors) if statement.speaker else "[speaker not certain]"
    through = f" ({statement.channel})" if statement.channel else ""
    words = shortened(statement.text)
    said = f"“{words.strip('“”",')}”" if _directness(statement) else f"[in the report's words] {words}"
    return Line(f"{who}{through}: {said}", _spans(statement))


def _spans(statement: Statement) -> tuple[Span, ...]:
    return tuple(q.evidence for q in statement.quotations)


def _disputed(subject: _Subject, events: Sequence[Event], commitments: Sequence[Commitment]) -> tuple[Line, ...]:
    lines = [_disagreement_line(d) for d in subject.record.disagreements if _about(subject, _sides(d))]
    alone: list[Event | Commitment] = [*events, *commitments]
    single = [f for f in alone if f.origins == 1 and len(subject.reports) > 1]
    lines += [_single_line(f) for f in sorted(single, key=lambda f: (-f.confidence, f.id))]
    return tuple(lines[:MOST_LINES])


def _sides(disagreement: Disagreement) -> Iterator[Span]:
    return (s for value in disagreement.values for s in value.evidence)


def _disagreement_line(disagreement: Disagreement) -> Line:
    sides = listed([f"{shortened(v.value, 80)} ({_reports(len(v.reports))})" for v in disagreement.values])
    chosen = f" Preferred: {shortened(disagreement.preferred, 80)}." if disagreement.preferred else ""
    text = f"{sentence(disagreement.kind)}: {sides}.{chosen} {sentence(disagreement.reason)}"
    return Line(text.rstrip(". ") + ".", tuple(_sides(disagreement)))


def _single_line(fact: Event | Commitment) -> Line:
    what = fact.title if isinstance(fact, Event) else fact.what
    return Line(f"One newsroom only: {shortened(what, 160)}.", fact.evidence)


def _public(subject: _Subject, statements: Sequence[Statement]) -> tuple[Line, ...]:
    direct = [s for s in statements if _directness(s) and s.speaker]
    most = sorted(direct, key=lambda s: (-s.origins, -len(s.quotations), s.id))
    return tuple(_statement_line(subject, s) for s in most[:3])


def _background(subject: _Subject, events: Sequence[Event], last: Event | None) -> tuple[Line, ...]:
    lines = _series_lines(subject, subject.series) if subject.series else []
    day = last.date if last else None
    held = {x.event for x in subject.series.sessions} if subject.series else set()
    others = [
        e
        for e in events
        if e.id not in held and e.date and not (day and e.status is Modality.HAPPENED and e.date.agrees_with(day))
    ]
    return tuple([*lines, *(_event_line(subject, e) for e in others)][: MOST_LINES + 4])


def _series_lines(subject: _Subject, series: Series) -> list[Line]:
    stated = [
        f"founded {when(series.founded)}" if series.founded else "",
        f"rhythm: {series.rhythm}" if series.rhythm else "",
        f"rotation: {series.rotation}" if series.rotation else "",
    ]
    facts = "; ".join(s for s in stated if s)
    lines = [Line(f"{sentence(facts)}.", series.evidence)] if facts else []
    lines += [_session_line(subject, s) for s in series.sessions]
    lines += [Line(f"Does not add up: {anomaly}", series.evidence) for anomaly in series.anomalies]
    return lines


def _session_line(subject: _Subject, session: Session) -> Line:
    number = f"{ordinal(session.number)} session" if session.number is not None else "Session"
    place = session.place or session.host
    where = f", {names([place], subject.actors)}" if place else ""
    state = "" if session.status is Modality.HAPPENED else f" [{session.status}]"
    return Line(f"{number}: {when(session.date)}{where}{state}.", session.evidence)


# -- the foot


def _foot(subject: _Subject) -> tuple[str, ...]:
    stories = [s for s in subject.record.stories if set(s.reports) & subject.reports]
    texts = sum(len(s.origins) for s in stories)
    problems = subject.record.problems
    unread = sum(p.report is None for p in problems)
    partly = len({p.report for p in problems if p.report})
    build = subject.record.build
    read = f"{_reports(len(subject.reports)).capitalize()}, {texts} independent newsroom texts; "
    made = f"Communiqué {build.version}, model {build.model}{_up_to(subject.record)}, {build.decisions} decisions."
    damage = [_counted(unread, "input could", "inputs could") + " not be read"] if unread else []
    damage += [_counted(partly, "report has", "reports have") + " a problem"] if partly else []
    return (read + (" and ".join(damage) or "everything could be read") + ".", made)


def _reports(count: int) -> str:
    return _counted(count, "report", "reports")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _up_to(record: Record) -> str:
    days = [r.published[:10] for r in record.reports if r.published]
    day = record.build.as_of or max(days, default=None)
    return f" up to {day}" if day else ""
