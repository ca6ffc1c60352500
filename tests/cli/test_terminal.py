"""No report gives orders to a terminal: whatever stands in it, every verb prints marks."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communique.cli import screen
from communique.cli.main import main
from communique.model import ids
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.problems import Problem, ProblemCode
from communique.model.record import (
    Actor,
    Build,
    Change,
    Commitment,
    Disagreement,
    Event,
    Item,
    NameCount,
    Participant,
    Record,
    Reuse,
    Series,
    Session,
    Statement,
    Status,
    Story,
    Value,
    Wording,
)
from communique.model.reports import Head, PublishedFrom, Report
from communique.model.words import (
    ActorKind,
    Attested,
    CommitmentKind,
    Delivery,
    DisagreementKind,
    EventType,
    Mode,
    Official,
    ReuseKind,
    Schedule,
)
from communique.settings import RECORD_FORMAT
from communique.store.store import Store

PAYLOADS = [
    *("\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b[2J", "\x1b[?1049h", "\x1bc"),
    *("\x1bP1;1|x\x1b\\", "\x1b[6n", "\x1b]52;c;eA==\x07", "\x9b31m", "\x9d0;x\x9c", "\x90q\x9c", "a\rb", "a\x08\x08b"),
    *("\x07", "\x7f", "\u202egnp.exe", "\u2066a\u2069", "\u200bzero", "\u061cx", "\x0c", "\x0b", "a\u2028b", "\ufeffx"),
]
#: All of them in one text, as a report could print them.
HOSTILE = "Zebra " + " ".join(PAYLOADS)
FORBIDDEN = {c for payload in PAYLOADS for c in payload if not (c.isprintable() and c.isascii())}


def record_of(head: Head, text: str) -> Record:
    """A record with the payloads in every place that has words."""
    place = (Report(head, text).span(0, len(text)),)
    day, status = (
        Date.of("2031-05-05"),
        Status(official=Official.PROMISED, evidence=Attested.REPORTED, schedule=Schedule.NOT_DUE),
    )
    people = [
        Actor(id=i, kind=k, name=text, names=(NameCount(text, 1),), evidence=place)
        for i, k in (("body", ActorKind.BODY), ("ada", ActorKind.PERSON), ("boat", ActorKind.ITEM))
    ]
    session = Session(number=7, event="body-7", status=Modality.HAPPENED, date=day, evidence=place)
    change = Change(on=day, official=Official.PROMISED, evidence=place)
    wording = Wording(mode=Mode.DIRECT, speaker=text, channel=(text,), evidence=place[0])
    return Record(
        format=RECORD_FORMAT,
        build=Build(version="1", model="none", settings="", as_of=None, decisions=0),
        reports=(head,),
        stories=(Story(id="story", title=text, reports=(head.id,), origins=((head.id,),)),),
        reuse=(Reuse(kind=ReuseKind.COPIED, spans=place),),
        actors=tuple(people),
        items=(Item(actor="boat", count=text, delivery=Delivery.PLANNED, evidence=place),),
        events=(
            Event(
                id="body-7",
                type=EventType.SESSION,
                title=text,
                status=Modality.HAPPENED,
                participants=(Participant("ada", "chair"),),
                date=day,
                series="body",
                origins=1,
                confidence=0.9,
                evidence=place,
            ),
        ),
        statements=(
            Statement(
                id="said", speaker="ada", channel=text, text=text, quotations=(wording,), origins=1, confidence=0.9
            ),
        ),
        commitments=(
            Commitment(
                id="owed",
                kind=CommitmentKind.PLEDGE,
                by=("ada",),
                what=text,
                due=day,
                status=status,
                history=(change,),
                origins=1,
                confidence=0.9,
                evidence=place,
            ),
        ),
        series=(
            Series(
                id="body", name=text, body="body", rhythm=text, sessions=(session,), anomalies=(text,), evidence=place
            ),
        ),
        disagreements=(
            Disagreement(
                id="odds",
                kind=DisagreementKind.WORDING,
                about=("said",),
                values=(Value(value=text, reports=(head.id,), evidence=place),),
                preferred=text,
                reason=text,
            ),
        ),
        problems=(Problem(input=text, stage="ingest", code=ProblemCode.EMPTY, message=text),),
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one hostile report."""
    path = tmp_path_factory.mktemp("hostile") / "x.db"
    raw = HOSTILE.encode()
    sha256 = ids.sha256_hex(raw)
    head = Head(
        id=ids.report_id(sha256, None, None, None),
        name=HOSTILE,
        sha256=sha256,
        chars=len(HOSTILE),
        outlet=HOSTILE,
        title=HOSTILE,
        published="2031-05-06",
        published_from=PublishedFrom.GIVEN,
    )
    record = record_of(head, HOSTILE)
    with Store.open(path) as store, store.writer("test") as writer:
        writer.put_report(Report(head, HOSTILE), raw)
        for problem in record.problems:
            writer.put_problem(problem)
        writer.put_record(record)
    return path


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal, or does not."""

    def __init__(self, *, tty: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._tty = tty

    def isatty(self) -> bool:
        """Whether it says so."""
        return self._tty

    def printed(self) -> str:
        """What reached it."""
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def run(database: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, tty: bool = False) -> tuple[str, str]:
    """Standard output and standard error of a verb."""
    out, err = Terminal(tty=tty), Terminal(tty=False)
    monkeypatch.setattr(sys, "argv", ["communique", "--db", str(database), *arguments])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    try:
        main()
    except SystemExit:
        pass
    finally:
        monkeypatch.undo()
    return out.printed(), err.printed()


TABLES = [
    *("stories", "reports", "events", "statements", "series", "commitments", "disagreements", "actors", "items"),
    *("copies", "problems", "timeline"),
]
VERBS: list[list[str]] = [
    *([verb] for verb in TABLES),
    *([verb, "--csv"] for verb in TABLES),
    *(["show", address] for address in ("body-7", "said", "owed", "body", "odds", "ada", "boat", "story")),
    *(["brief"], ["brief", "story"], ["brief", "--format", "html"], ["search", "zebra"], ["verify"]),
    *(
        ["show", HOSTILE],
        ["search", HOSTILE],
        ["brief", HOSTILE],
        ["events", "--where", HOSTILE],
        ["export", "--format", HOSTILE],
    ),
    ["export", "--as-of", HOSTILE],
]


def test_there_are_as_many_payloads_as_promised() -> None:
    """Twenty and more."""
    assert len(set(PAYLOADS)) >= 20


@pytest.mark.parametrize("arguments", VERBS, ids=lambda a: " ".join(a)[:30].encode("unicode_escape").decode())
def test_no_verb_prints_an_order(arguments: list[str], database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as data nor as an error: marks stand there instead."""
    out, err = run(database, monkeypatch, *arguments)
    said = (out + err).replace("\r\n", "\n")
    assert FORBIDDEN & set(said) == set()
    assert "Traceback" not in said
    assert out + err


JSON = [
    ["events", "--json"],
    ["statements", "--jsonl"],
    ["show", "said", "--json"],
    ["export"],
    ["brief", "--format", "json"],
]


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_on_a_terminal_escapes_what_it_gives_as_it_is_to_a_program(
    arguments: list[str], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same values either way."""
    shown, _ = run(database, monkeypatch, *arguments, tty=True)
    piped, _ = run(database, monkeypatch, *arguments)
    assert FORBIDDEN & set(shown) == set()
    assert values(shown) == values(piped)


def values(text: str) -> list[Any]:
    return [json.loads(text)] if text.count("\n") > 1 and text[0] in "[{" and text[1] == "\n" else list(lines(text))


def lines(text: str) -> Iterator[Any]:
    for line in text.rstrip("\n").split("\n"):
        yield json.loads(line)


def test_what_is_printed_to_a_person_is_marked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages on standard error."""
    err = Terminal(tty=True)
    monkeypatch.setattr(sys, "stderr", err)
    screen.say(HOSTILE)
    monkeypatch.undo()
    assert FORBIDDEN & set(err.printed()) == set()
    assert msgspec.json.encode(err.printed())
