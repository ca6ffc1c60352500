"""No report gives orders to a terminal: whatever stands in it, every verb prints marks."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import hostile
from communique.cli import screen
from communique.cli.main import main
from communique.store.store import Store

PAYLOADS = [
    *("\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b[2J", "\x1b[?1049h", "\x1bc"),
    *("\x1bP1;1|x\x1b\\", "\x1b[6n", "\x1b]52;c;eA==\x07", "\x9b31m", "\x9d0;x\x9c", "\x90q\x9c", "a\rb", "a\x08\x08b"),
    *("\x07", "\x7f", "\u202egnp.exe", "\u2066a\u2069", "\u200bzero", "\u061cx", "\x0c", "\x0b", "a\u2028b", "\ufeffx"),
]
#: All of them in one text, as a report could print them.
HOSTILE = "Zebra " + " ".join(PAYLOADS)
FORBIDDEN = {c for payload in PAYLOADS for c in payload if not (c.isprintable() and c.isascii())}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every text is all of them at once, or one of them."""
    path = tmp_path_factory.mktemp("hostile") / "x.db"
    reports, record, decisions = hostile.made([HOSTILE, *PAYLOADS])
    with Store.open(path) as store, store.writer("test") as writer:
        for report in reports:
            writer.put_report(report, report.text.encode())
        for problem in record.problems:
            writer.put_problem(problem)
        for decision in decisions:
            writer.put_decision(decision)
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
KINDS = ("event", "statement", "commitment", "series", "disagreement", "actor")
VERBS: list[list[str]] = [
    *([verb] for verb in TABLES),
    *([verb, "--csv"] for verb in TABLES),
    *(["show", address] for address in (*(f"{kind}-0" for kind in KINDS), "s.all")),
    *(["brief"], ["brief", "series-0"], ["brief", "--format", "html"], ["search", "zebra"], ["verify"]),
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
    assert out if HOSTILE not in arguments and arguments != ["verify"] else out + err


JSON = [
    ["events", "--json"],
    ["statements", "--jsonl"],
    ["show", "statement-0", "--json"],
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
