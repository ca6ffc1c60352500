"""Invented reports, claims and a record for the tests of the store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.dates import Date
from communique.model.problems import Problem, ProblemCode
from communique.model.record import (
    Actor,
    Build,
    Event,
    NameCount,
    Participant,
    Record,
    Reuse,
    Role,
    Statement,
    Story,
    Wording,
)
from communique.model.reports import Head, Report
from communique.model.spans import Span
from communique.model.words import ActorKind, EventType, Mode, ReuseKind
from communique.settings import RECORD_FORMAT
from communique.store.store import Store

TEXTS = (
    "The Norway-Kenya Fisheries Commission held its 7th session in Bergen on Monday. Åse Lund co-chaired it.\n",
    "“We will meet in Mombasa,” Åse Lund said after the seventh session 🐟 of the commission.\r\n",
    "Kenya's minister called the talks in Bergen useful. A patrol boat was discussed.",
)


class World:
    """Some reports, and what can be made of them."""

    def __init__(self) -> None:
        """Three reports."""
        self.raws = [text.encode() for text in TEXTS]
        self.reports = [self.report(text, f"{n}.txt") for n, text in enumerate(TEXTS)]

    @staticmethod
    def report(text: str, name: str, **more: str) -> Report:
        """A report of a text."""
        sha256 = ids.sha256_hex(text.encode())
        id_ = ids.report_id(sha256, more.get("outlet"), None, None)
        return Report(Head(id=id_, name=name, sha256=sha256, chars=len(text), **more), text)  # type: ignore[arg-type]

    @staticmethod
    def claims(report: Report) -> list[Claim]:
        """One claim for each of the first words."""
        spans = [report.span(at, at + 4) for at in range(0, 40, 5)]
        return [
            Claim(ids.mention_id(s.report, "n", s.start, s.end), "name", s.text, s, Modality.STATED, rule="test")
            for s in spans
        ]

    def place(self, number: int, words: str) -> Span:
        """Where words stand in a report."""
        at = TEXTS[number].index(words)
        return self.reports[number].span(at, at + len(words))

    def record(self, **changes: object) -> Record:
        """A small record of the three reports."""
        lund = tuple(sorted((self.place(0, "Åse Lund"), self.place(1, "Åse Lund"))))
        person = ids.mention_id(lund[0].report, "n", lund[0].start, lund[0].end)
        session = (self.place(0, "held its 7th session"),)
        said = self.place(1, "We will meet in Mombasa")
        order = sorted(r.id for r in self.reports)
        parts: dict[str, object] = {
            "reports": tuple(sorted((r.head for r in self.reports), key=lambda head: head.id)),
            "stories": (Story(id=order[0], title="Seventh session", reports=tuple(order), origins=(tuple(order),)),),
            "reuse": (Reuse(kind=ReuseKind.FORMULA, spans=(self.place(0, "Bergen"), self.place(2, "Bergen"))),),
            "actors": (
                Actor(
                    id=person,
                    kind=ActorKind.PERSON,
                    name="Åse Lund",
                    names=(NameCount("Åse Lund", 2),),
                    roles=(Role(role="co-chair", from_="2031-05-05", evidence=lund[:1]),),
                    evidence=lund,
                ),
            ),
            "events": (
                Event(
                    id="norway-kenya-fisheries-commission#7",
                    type=EventType.SESSION,
                    title="7th session",
                    status=Modality.HAPPENED,
                    participants=(Participant(person, "co-chair"),),
                    date=Date.of("2031-05-05"),
                    number=7,
                    origins=2,
                    confidence=0.1 + 0.2,
                    evidence=session,
                ),
            ),
            "statements": (
                Statement(
                    id=ids.mention_id(said.report, "q", said.start, said.end),
                    speaker=person,
                    text=said.text,
                    quotations=(Wording(mode=Mode.DIRECT, speaker=person, evidence=said),),
                    origins=1,
                    confidence=0.5,
                ),
            ),
            "problems": (problem("bad.txt"),),
        }
        build = Build(version="1", model="none", settings="", as_of="2031-05-06", decisions=0)
        return Record(format=RECORD_FORMAT, build=build, **(parts | changes))  # type: ignore[arg-type]

    def fill(self, store: Store, key: str = "k1") -> None:
        """Store everything."""
        with store.writer("add") as writer:
            for report, raw in zip(self.reports, self.raws, strict=True):
                writer.put_report(report, raw)
        with store.writer("annotate") as writer:
            for report in self.reports:
                writer.put_annotations(report.id, key, self.claims(report), b"features of " + report.id.encode())
            writer.put_problem(problem("bad.txt"))
        with store.writer("build") as writer:
            writer.put_record(self.record())


def problem(name: str, report: str | None = None) -> Problem:
    """A problem with an input."""
    return Problem(input=name, stage="ingest", code=ProblemCode.BINARY, message="not a text", report=report)


@pytest.fixture(scope="session")
def world() -> World:
    """The invented reports."""
    return World()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / "record.db"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty database, of each engine in turn."""
    if request.param == "sqlite":
        url = str(request.getfixturevalue("path"))
    else:
        url = request.getfixturevalue("server").database()
    with Store.open(url, busy_seconds=5.0) as made:
        yield made


@pytest.fixture
def file_store(path: Path) -> Iterator[Store]:
    """An empty database in a file."""
    with Store.open(path, busy_seconds=5.0) as made:
        yield made


@pytest.fixture
def file_filled(file_store: Store, world: World) -> Store:
    """A database in a file that holds everything."""
    world.fill(file_store)
    return file_store


@pytest.fixture
def filled(store: Store, world: World) -> Store:
    """A database that holds everything."""
    world.fill(store)
    return store


@pytest.fixture
def make_problem() -> Callable[..., Problem]:
    """Makes problems."""
    return problem
