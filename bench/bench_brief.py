"""The brief from a built database of many reports, cold: `./dev bench brief`.

The database is made up: bodies that meet once a year, each session told by several newsrooms, each report with a
session, a promise, a few quotations and everybody's names. What is timed is the command that a person types.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from communique.model import ids
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.record import (
    Actor,
    Build,
    Change,
    Commitment,
    Event,
    NameCount,
    Participant,
    Record,
    Series,
    Session,
    Statement,
    Status,
    Story,
    Wording,
)
from communique.model.reports import Head, PublishedFrom, Report
from communique.model.spans import Span
from communique.model.words import ActorKind, Attested, CommitmentKind, EventType, Mode, Official, Schedule
from communique.settings import RECORD_FORMAT
from communique.store.store import Store

#: Reports of the database, and how many of them tell one session.
REPORTS, TOLD_BY = 10_000, 5
#: Sessions of one body.
SESSIONS = 20
#: Quotations in a report.
QUOTED = 6
#: Seconds in which a person has the brief.
AIM = 2.0


class Told:
    """One session of one body, the reports that tell it and what they add up to."""

    def __init__(self, number: int) -> None:
        """The session of this number, counted over all bodies."""
        self.body, self.session = f"body-{number // SESSIONS}", number % SESSIONS + 1
        self.date = Date.of(f"{2000 + self.session}-05-{number % 28 + 1:02d}")
        self.reports = [self._report(number, n) for n in range(TOLD_BY)]
        self.id = f"{self.body}-{self.session}"

    def _report(self, number: int, newsroom: int) -> Report:
        said = " ".join(f"“We keep promise {n} of session {self.session},” she said." for n in range(QUOTED))
        text = f"Minister A{number} met Minister B{number} at the {self.body}. Kenya promised {number} boats. {said}"
        sha256 = ids.sha256_hex(f"{newsroom} {text}".encode())
        published = {"published": f"{self.date.value}T0{newsroom}:00:00Z", "published_from": PublishedFrom.GIVEN}
        made = ids.report_id(sha256, None, None, None)
        head = Head(id=made, name=f"{number}-{newsroom}.txt", sha256=sha256, chars=len(text), **published)
        return Report(head, text)

    def spans(self, words: str) -> tuple[Span, ...]:
        """Where words stand in each report."""
        found = [(r, r.text.index(words)) for r in self.reports]
        return tuple(r.span(at, at + len(words)) for r, at in found)


def actors(told: Told, number: int) -> list[Actor]:
    """The two ministers of a session."""
    return [
        Actor(
            id=f"{side}{number}",
            kind=ActorKind.PERSON,
            name=f"Minister {side}{number}",
            names=(NameCount(f"Minister {side}{number}", TOLD_BY),),
            evidence=told.spans(f"Minister {side}{number}"),
        )
        for side in "AB"
    ]


def event(told: Told, number: int) -> Event:
    """The session."""
    return Event(
        id=told.id,
        type=EventType.SESSION,
        title=f"{told.session}. session",
        status=Modality.HAPPENED,
        participants=tuple(Participant(f"{side}{number}", "co-chair") for side in "AB"),
        date=told.date,
        series=told.body,
        number=told.session,
        origins=TOLD_BY,
        confidence=0.9,
        evidence=told.spans(f"met Minister B{number}"),
    )


def statements(told: Told, number: int) -> list[Statement]:
    """What was said at it."""
    return [
        Statement(
            id=f"s{number}-{n}",
            speaker=f"A{number}",
            text=f"We keep promise {n} of session {told.session}",
            quotations=tuple(
                Wording(mode=Mode.DIRECT, evidence=s)
                for s in told.spans(f"We keep promise {n} of session {told.session}")
            ),
            origins=TOLD_BY,
            confidence=0.9,
        )
        for n in range(QUOTED)
    ]


def commitment(told: Told, number: int) -> Commitment:
    """What was promised at it."""
    evidence = told.spans(f"Kenya promised {number} boats")
    return Commitment(
        id=f"c{number}",
        kind=CommitmentKind.PLEDGE,
        by=(f"A{number}",),
        what=f"{number} boats",
        status=Status(official=Official.PROMISED, evidence=Attested.REPORTED, schedule=Schedule.NO_DATE),
        history=(Change(on=told.date, official=Official.PROMISED, evidence=evidence),),
        origins=TOLD_BY,
        confidence=0.9,
        evidence=evidence,
    )


def series(body: str, sessions: list[Told]) -> Series:
    """A body and its sessions."""
    held = [
        Session(number=t.session, event=t.id, status=Modality.HAPPENED, date=t.date, evidence=t.spans(f"the {body}"))
        for t in sessions
    ]
    return Series(id=body, name=body, body=body, sessions=tuple(held), evidence=held[0].evidence)


def made_up() -> tuple[list[Report], Record]:
    """The reports and the record."""
    told = [Told(n) for n in range(REPORTS // TOLD_BY)]
    reports = sorted((r for t in told for r in t.reports), key=lambda r: r.id)
    bodies: dict[str, list[Told]] = {}
    for each in told:
        bodies.setdefault(each.body, []).append(each)
    record = Record(
        format=RECORD_FORMAT,
        build=Build(version="1", model="none", settings="", as_of=None, decisions=0),
        reports=tuple(r.head for r in reports),
        stories=tuple(
            Story(id=f"story-{t.id}", title=t.id, reports=ids_, origins=tuple((r,) for r in ids_))
            for t in told
            for ids_ in [tuple(sorted(r.id for r in t.reports))]
        ),
        actors=tuple(a for n, t in enumerate(told) for a in actors(t, n)),
        events=tuple(event(t, n) for n, t in enumerate(told)),
        statements=tuple(s for n, t in enumerate(told) for s in statements(t, n)),
        commitments=tuple(commitment(t, n) for n, t in enumerate(told)),
        series=tuple(series(body, sessions) for body, sessions in sorted(bodies.items())),
    )
    return reports, record


def brief() -> bool:
    """The command from a cold start, three times; the median counts."""
    with tempfile.TemporaryDirectory() as folder:
        database, out = Path(folder) / "x.db", Path(folder) / "brief.md"
        reports, record = made_up()
        with Store.open(database) as store, store.writer("bench") as writer:
            for report in reports:
                writer.put_report(report, f"{report.head.name.partition('-')[2][0]} {report.text}".encode())
            writer.put_record(record)
        seconds = []
        for _ in range(3):
            begun = time.perf_counter()
            command = [sys.executable, "-m", "communique", "--db", str(database), "brief", "body-3", "-o", str(out)]
            subprocess.run(command, check=True)
            seconds.append(time.perf_counter() - begun)
        lines = sum(line.startswith("- ") for line in out.read_text("utf-8").splitlines())
    median = sorted(seconds)[1]
    print(f"brief: {REPORTS} reports, {lines} lines, cold: {median:.2f} s (aim {AIM:g})")
    return median <= AIM


if __name__ == "__main__":
    sys.exit(0 if brief() else 1)
