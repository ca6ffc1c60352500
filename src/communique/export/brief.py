"""The one-page brief: what the record says of one series or story, every line with its evidence.

`compose` chooses the lines; `brief_lines` words them; one writer for each form prints them (`brief_markdown`,
`brief_html`, `brief_docx`, `brief_json`), all with the same footnotes (`notes_of`). Each sentence of ours carries a
footnote that names its fact: by these `brief_check` finds out later whether the record still says so.
"""

from collections.abc import Iterator, Sequence

import msgspec

from communique.export.brief_lines import (
    CLOSED,
    Line,
    anomaly_lines,
    commitment_line,
    directness,
    disagreement_line,
    event_line,
    next_lines,
    one_outlet,
    session_line,
    single_line,
    stated_lines,
    statement_line,
)
from communique.export.brief_subject import (
    TOLD_ELSEWHERE,
    Subject,
    commitments_of,
    disagreements_of,
    events_of,
    last_occasion,
    sides_of,
    spans_of,
    statements_of,
    subject_of,
)
from communique.export.phrases import shortened
from communique.model import ids
from communique.model.claims import Modality
from communique.model.record import Commitment, Disagreement, Event, Record, Series, Statement
from communique.model.spans import Span
from communique.model.words import DisagreementKind, EventType, Official

__all__ = ["MOST_LINES", "MOST_NOTES", "Brief", "Line", "Note", "Section", "Stamp", "compose", "notes_of"]

#: Most lines of a section: a brief is one page.
MOST_LINES = 8
#: Most footnotes of a line: one for each of so many reports.
MOST_NOTES = 3
#: Most lines of each sort within a section.
MOST_OPEN, MOST_CLOSED, MOST_SAID, MOST_PUBLIC, MOST_ALONE, MOST_BESIDE = 4, 2, 4, 3, 2, 2
#: Share of a quotation beyond which a promise already says it.
MOST_OF_IT = 0.6
#: Most characters of a report's words in a footnote.
LONGEST_NOTE = 120

#: The sections and what is said where there is nothing.
TITLES = (
    ("1. The last occasion they met", "No meeting is reported yet."),
    ("2. What was agreed and what is open", "Nothing is reported as agreed."),
    ("3. What each side has said before", "Nobody is quoted."),
    (
        "4. What is disputed, and what rests on one newsroom",
        "The reports agree, and nothing of the last occasion rests on one newsroom alone.",
    ),
    ("5. Public lines", "No public line is quoted directly."),
    ("6. Background", "No background is reported."),
    ("7. Our objectives", ""),
)
#: What stands in the section that is the officer's own.
FOR_THE_OFFICER = "(for the officer)"

#: Types of events, those first that a brief tells first.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            EventType.SESSION,
            EventType.SUMMIT,
            EventType.SIGNING,
            EventType.MEETING,
            EventType.TALKS,
            EventType.VISIT,
            EventType.COMMISSIONING,
            EventType.DELIVERY,
            EventType.FOUNDING,
        )
    )
}
#: Kinds of disagreement, those first that can embarrass first.
_GRAVITY = {
    kind: rank
    for rank, kind in enumerate(
        (
            DisagreementKind.DATE,
            DisagreementKind.NUMBER,
            DisagreementKind.PLACE,
            DisagreementKind.SPEAKER,
            DisagreementKind.ATTRIBUTION,
            DisagreementKind.MODE,
            DisagreementKind.WORDING,
        )
    )
}


class Section(msgspec.Struct, frozen=True):
    """A headed part of a brief; `empty` is said where it has no lines."""

    title: str
    lines: tuple[Line, ...]
    empty: str


class Stamp(msgspec.Struct, frozen=True):
    """What a brief was made of.

    Attributes:
        subject: address of the series or story.
        record: first 16 digits of the SHA-256 of the record.
        as_of: the day that was asked for; None where none was.
        reports: number of reports in the database then, undated ones as well.
        decisions: number of rulings in the database then.
        undated: number of reports that were left out because no day is known on which they came out.
        least: the confidence below which facts were left out.
    """

    subject: str
    record: str
    as_of: str | None = None
    reports: int = 0
    decisions: int = 0
    undated: int = 0
    least: float = 0.0


class Brief(msgspec.Struct, frozen=True):
    """A brief: its title, sections and foot. `names` gives the name of each report that a line rests on."""

    title: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    names: dict[str, str]
    stamp: Stamp = Stamp("", "")

    @property
    def markdown(self) -> str:
        """The brief as Markdown with numbered footnotes."""
        from communique.export.brief_markdown import markdown  # noqa: PLC0415 - the writer builds on this file

        return markdown(self)


class Note(msgspec.Struct, frozen=True):
    """A footnote as printed."""

    number: int
    text: str


def compose(record: Record, wanted: str | None = None, stamp: Stamp | None = None) -> Brief:
    """The brief on a series or a story.

    Args:
        record: the record to speak from.
        wanted: id, name or address of a series or story; None for the series with the latest session, else the
            story with the most reports.
        stamp: what the record was made of, where the caller knows; its subject is filled in.

    Raises:
        NotFoundError: the record has nothing of that name, or nothing at all.
    """
    subject = subject_of(record, wanted)
    made = stamp or Stamp("", ids.sha256_hex(record.encode())[:16], reports=len(record.reports))
    made = msgspec.structs.replace(made, subject=subject.address, least=record.build.min_confidence)
    chosen, left_out = _chosen(subject)
    sections = tuple(Section(t, lines, _nothing(e, made)) for (t, e), lines in zip(TITLES, chosen, strict=True))
    foot = _foot(subject, made, left_out)
    return Brief(subject.title, sections, foot, {r.id: r.name for r in record.reports}, made)


def _nothing(said: str, stamp: Stamp) -> str:
    """What is said where there is nothing: of facts that are sure enough, where only such are told."""
    return f"Of confidence {stamp.least:g} or more: {said[0].lower()}{said[1:]}" if said and stamp.least else said


def notes_of(brief: Brief) -> tuple[tuple[Note, ...], "Marks"]:
    """The footnotes of a brief in order, and which of them stand behind which sentence."""
    numbers: dict[str, int] = {}
    stamp = numbers.setdefault(stamp_note(brief.stamp), 1)
    lines = tuple(
        tuple(
            tuple(
                numbers.setdefault(note, len(numbers) + 1)
                for note in (span_note(brief.names[s.report], s, line.fact) for s in footnotes(line))
            )
            for line in section.lines
        )
        for section in brief.sections
    )
    return tuple(Note(n, text) for text, n in numbers.items()), Marks(stamp, lines)


class Marks(msgspec.Struct, frozen=True):
    """Numbers of footnotes: `stamp` behind title, foot and empty sections; `lines` by section and line."""

    stamp: int
    lines: tuple[tuple[tuple[int, ...], ...], ...]


def stamp_note(stamp: Stamp) -> str:
    """The footnote that says what the brief was made of."""
    day = stamp.as_of or "now"
    counted = f"{stamp.reports} reports, {stamp.decisions} rulings, {stamp.undated} undated left out"
    least = f", confidence {stamp.least:g} or more" if stamp.least else ""
    return f"Made by Communiqué from record {stamp.record} as of {day}: {counted}{least} ({stamp.subject})"


def span_note(name: str, span: Span, fact: str) -> str:
    """The footnote that names report, characters, words and fact."""
    return f"{name}, characters {span.start}–{span.end}: “{shortened(span.text, LONGEST_NOTE)}” ({fact})"


def footnotes(line: Line) -> list[Span]:
    """The fullest span of each report, at most `MOST_NOTES`: the words that state most of the line."""
    fullest: dict[str, Span] = {}
    for span in line.evidence:
        if span.report not in fullest or len(span.text) > len(fullest[span.report].text):
            fullest[span.report] = span
    return list(fullest.values())[:MOST_NOTES]


# -- the choice of lines


def _chosen(subject: Subject) -> tuple[list[tuple[Line, ...]], int]:
    """Lines of each section, and how many commitments and statements there was no room for."""
    events = [e for e in events_of(subject) if e.type not in TOLD_ELSEWHERE]
    last = last_occasion(events)
    beside = _beside(events, last)
    owed, owed_left = _owed(commitments_of(subject))
    said, public, said_left = _said(statements_of(subject), owed)
    coming = next_lines(subject, subject.series) if subject.series else []
    first = ([last] if last else []) + beside
    told = {*(e.id for e in first), *(c.id for c in owed)}
    facts: list[Event | Commitment] = [*events, *commitments_of(subject)]
    alone = _alone(subject, last, [f for f in facts if f.id not in told])
    chosen = [
        tuple(event_line(subject, e) for e in first),
        (*coming, *(commitment_line(subject, c) for c in owed)),
        tuple(statement_line(subject, s) for s in said),
        tuple(_disputed(subject, alone[:MOST_ALONE])),
        tuple(statement_line(subject, s) for s in public),
        tuple(_background(subject, events, told)),
        (),
    ]
    return chosen, owed_left + said_left


def _beside(events: Sequence[Event], last: Event | None) -> list[Event]:
    """What happened on the last occasion besides the meeting itself."""
    if last is None or last.date is None:
        return []
    reports = {s.report for s in last.evidence}
    found = [
        e
        for e in events
        if e.id != last.id
        and e.status is Modality.HAPPENED
        and e.date
        and e.date.agrees_with(last.date)
        and not reports.isdisjoint(s.report for s in e.evidence)
    ]
    return sorted(found, key=lambda e: (_RANK.get(e.type, len(_RANK)), -e.origins, e.id))[:MOST_BESIDE]


def _owed(commitments: Sequence[Commitment]) -> tuple[list[Commitment], int]:
    """Open commitments, those first that fall due first; then what was signed, done or refused last."""
    open_ = [c for c in commitments if c.status.official not in CLOSED]
    open_.sort(key=lambda c: (c.due is None, c.due.value if c.due else "", -c.origins, -c.confidence, c.id))
    closed = [c for c in commitments if c.status.official in CLOSED]
    closed.sort(key=lambda c: (_on(c), c.origins, c.id), reverse=True)
    return open_[:MOST_OPEN] + closed[:MOST_CLOSED], len(open_[MOST_OPEN:]) + len(closed[MOST_CLOSED:])


def _on(commitment: Commitment) -> str:
    last = commitment.history[-1].on if commitment.history else None
    return last.last.isoformat() if last else ""


def _said(statements: Sequence[Statement], owed: Sequence[Commitment]) -> tuple[list[Statement], list[Statement], int]:
    """What each side said, in turns; the public lines; and for how many there was no room.

    What a promise of the brief already tells is not told a second time.
    """
    promised = [s for c in owed for s in c.evidence]
    worth = [s for s in statements if s.speaker and not _told(s, promised)]
    order = sorted(worth, key=lambda s: (not directness(s), -s.origins, -directness(s), s.id))
    direct = [s for s in order if directness(s)]
    through = [s for s in direct if s.channel] or direct[MOST_SAID:]
    public = through[:MOST_PUBLIC]
    rest = [s for s in order if s not in public]
    said = _in_turns(rest)[:MOST_SAID]
    return said, public, sum(s not in said for s in rest)


def _told(statement: Statement, promised: Sequence[Span]) -> bool:
    """Whether a promise says it: any part of it in a report's words, most of every wording in quotation marks."""
    covered = [max((s.overlap(p) for p in promised), default=0) / (s.end - s.start) for s in spans_of(statement)]
    return min(covered, default=0) > MOST_OF_IT if directness(statement) else max(covered, default=0) > 0


def _in_turns(statements: Sequence[Statement]) -> list[Statement]:
    by_speaker: dict[str, list[Statement]] = {}
    for statement in statements:
        by_speaker.setdefault(statement.speaker or "", []).append(statement)
    longest = max((len(s) for s in by_speaker.values()), default=0)
    turns = [said[n] for n in range(longest) for said in by_speaker.values() if n < len(said)]
    return sorted(turns, key=lambda s: not directness(s))


def _disputed(subject: Subject, alone: Sequence[Event | Commitment]) -> Iterator[Line]:
    grave = sorted(disagreements_of(subject), key=_grave)
    anomalies = anomaly_lines(subject.series)[:2] if subject.series else []
    room = MOST_LINES - 2 - len(alone) - len(anomalies)
    yield from (disagreement_line(subject, d) for d in grave[:room])
    yield from anomalies
    yield from (single_line(subject, f) for f in alone)


def _grave(disagreement: Disagreement) -> tuple[int, int, str]:
    reports = {s.report for s in sides_of(disagreement)}
    return _GRAVITY.get(disagreement.kind, len(_GRAVITY)), -len(reports), disagreement.id


def _alone(subject: Subject, last: Event | None, facts: Sequence[Event | Commitment]) -> list[Event | Commitment]:
    """What one newsroom alone tells of the last occasion, though others told of that occasion as well."""
    there = {s.report for s in last.evidence} if last else set()
    shared = {
        r for s in subject.record.stories if len(s.origins) > 1 and not there.isdisjoint(s.reports) for r in s.reports
    }
    found = [f for f in facts if f.origins == 1 and all(s.report in shared for s in f.evidence) and _then(f, last)]
    kinds = (Official.SIGNED, Official.AGREED, Official.PROMISED, Official.UNDER_WAY)
    weight = {f.id: (f.status.official in kinds if isinstance(f, Commitment) else f.type in _RANK) for f in found}
    return sorted((f for f in found if weight[f.id]), key=lambda f: (isinstance(f, Event), -f.confidence, f.id))


def _then(fact: Event | Commitment, last: Event | None) -> bool:
    """Whether something happened, or was promised, on the last occasion."""
    on = fact.date if isinstance(fact, Event) else fact.history[0].on if fact.history else None
    return bool(on and last and last.date and on.agrees_with(last.date))


def _background(subject: Subject, events: Sequence[Event], told: set[str]) -> Iterator[Line]:
    series = subject.series
    held = {x.event for x in series.sessions} if series else set()
    founded = {EventType.FOUNDING} if series and series.founded else set()
    others = [e for e in events if e.id not in held and e.id not in told and e.date and e.type not in founded]
    lines = _series_lines(subject, series, told) if series else []
    room = max(2, MOST_LINES - 3 - len(lines))
    ranked = sorted(others, key=lambda e: (_RANK.get(e.type, len(_RANK)), -e.origins, e.id))[:room]
    yield from lines
    yield from (event_line(subject, e) for e in others if e in ranked)


def _series_lines(subject: Subject, series: Series, told: set[str]) -> list[Line]:
    """Founding and rhythm, and the last sessions; that which comes next is told with what is open."""
    coming = series.next.number if series.next else None
    held = [s for s in series.sessions if (s.number is None or s.number != coming) and s.event not in told]
    held.sort(key=lambda s: (s.date.last.isoformat() if s.date else "", s.number or 0))
    return [*stated_lines(series), *(session_line(subject, series, s) for s in held[-(MOST_LINES - 3) :])]


# -- the foot


def _foot(subject: Subject, stamp: Stamp, left_out: int) -> tuple[str, ...]:
    record, build = subject.record, subject.record.build
    stories = [s for s in record.stories if not subject.reports.isdisjoint(s.reports)]
    texts = sum(len(s.origins) for s in stories)
    until = f" up to {subject.until}" if subject.until else ""
    whose = f", all from {one_outlet(subject)}" if one_outlet(subject) and len(subject.reports) > 1 else ""
    read = f"{_counted(len(subject.reports), 'report', 'reports')}{whose}, "
    read += f"{_counted(texts, 'independent newsroom text', 'independent newsroom texts')}; "
    read += f"{_damage(subject)}."
    if stamp.undated:
        read += f" {_counted(stamp.undated, 'undated report', 'undated reports')} left out."
    if stamp.least:
        read += f" Facts of a confidence below {stamp.least:g} are left out."
    if left_out:
        read += f" No room here for {_counted(left_out, 'promise or statement', 'promises and statements')}."
    made = f"Communiqué {build.version}, model {build.model}{until}, {_counted(build.decisions, 'ruling', 'rulings')}."
    return (read, made)


def _damage(subject: Subject) -> str:
    problems = subject.record.problems
    unread = sum(p.report is None for p in problems)
    partly = len({p.report for p in problems if p.report})
    damage = [_counted(unread, "input could", "inputs could") + " not be read"] if unread else []
    damage += [_counted(partly, "report has", "reports have") + " a problem"] if partly else []
    return " and ".join(damage) or "everything could be read"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
