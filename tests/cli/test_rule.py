"""Ruling in the terminal: the list, one question at a time, and the file of rulings."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import api
from communique.cli import rule

ROWS = [
    {
        "id": "one",
        "source": "Sarn Gazette",
        "published": "2029-03-06",
        "text": "The 7th session of the Velmark-Ostia Joint Fisheries Commission was held in Sarn on 5 March 2029.",
    },
    {
        "id": "two",
        "source": "Ostia Today",
        "published": "2029-03-06",
        "text": "Ada Brenn co-chaired the 7th session of the Velmark-Ostia Joint Fisheries Commission in Sarn on "
        "4 March 2029.\u202e \x1b[31mAll agreed.",
    },
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which one question waits."""
    folder = tmp_path_factory.mktemp("ruling")
    with api.open(folder / "communique.db") as c:
        c.add(ROWS, workers=0)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the folder."""
    (tmp_path / "communique.db").write_bytes((made / "communique.db").read_bytes())
    return tmp_path


def communique(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "communique", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    return done


def test_where_nobody_types_the_list_is_printed(folder: Path) -> None:
    """Evidence side by side, the answers and what they change; control characters as visible marks."""
    printed = communique(folder, "review").stdout
    assert printed.startswith("1/1  disagreement  q")
    assert "Which date is right: 2029-03-04, or 2029-03-05?" in printed
    assert "[two Ostia Today 2029-03-06]" in printed
    assert "⟨U+202E⟩" in printed
    assert "\x1b" not in printed
    assert printed == communique(folder, "review", "--list").stdout


def test_the_list_comes_as_json(folder: Path) -> None:
    """The same items as the api gives."""
    [item] = json.loads(communique(folder, "review", "--format", "json").stdout)
    assert [x["key"] for x in item["choices"]] == ["1", "2", "v:date", "u"]
    communique(folder, "review", "--kind", "name", code=3)
    communique(folder, "review", "--format", "yaml", code=2)


def test_a_key_rules_in_a_terminal(folder: Path) -> None:
    """One question at a time: a wrong key is told, an answer is stored at once."""
    ours, theirs = pty.openpty()
    os.write(ours, b"x2")
    done = subprocess.run(
        [sys.executable, "-m", "communique", "review", "--by", "Ada"],
        cwd=folder,
        stdin=theirs,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "'x'" in done.stderr
    assert "set: stored" in done.stderr
    [ruling] = [json.loads(line) for line in communique(folder, "decisions").stdout.splitlines()]
    assert (ruling["by"], ruling["field"], ruling["value"], ruling["in_force"]) == ("Ada", "date", "2029-03-05", True)
    communique(folder, "review", code=3)


@pytest.mark.parametrize(("keys", "rulings"), [("\r", 0), ("q1", 0), ("u", 1), ("z1", 1), ("", 0)])
def test_questions_are_passed_over_or_left(folder: Path, keys: str, rulings: int) -> None:
    """Return goes on, q ends, and so does the end of the input."""
    pressed: Iterator[str] = iter([*keys, "", ""])
    with api.open(folder / "communique.db") as c:
        rule._ask(c, c.review.queue(), "Ada", lambda: next(pressed))  # noqa: SLF001 - the loop behind the terminal
        assert len(c.decisions()) == rulings


def test_rulings_go_from_one_database_to_another(folder: Path, made: Path) -> None:
    """Dumped to a file, loaded, loaded again: the same record, and nothing twice."""
    event = json.loads(communique(folder, "events", "--json").stdout)[0]["id"]
    communique(folder, "decide", "set", event, "--field", "status", "--value", "cancelled", "--by", "Ada")
    communique(folder, "decisions", "dump", "-o", "rulings.jsonl")
    record = communique(folder, "export").stdout
    (folder / "other.db").write_bytes((made / "communique.db").read_bytes())
    assert "1 new" in communique(folder, "--db", "other.db", "decisions", "load", "rulings.jsonl").stderr
    assert "0 new, 1 known" in communique(folder, "--db", "other.db", "decisions", "load", "rulings.jsonl").stderr
    assert communique(folder, "--db", "other.db", "export").stdout == record
    communique(folder, "decisions", "load", "nowhere.jsonl", code=2)


def test_facts_and_mentions_are_ruled_on_by_their_ids(folder: Path) -> None:
    """A value that does not fit is refused, and what was ruled can be withdrawn."""
    before = communique(folder, "export").stdout
    event = json.loads(communique(folder, "events", "--json").stdout)[0]["id"]
    communique(folder, "decide", "set", event, "--field", "status", "--value", "perhaps", code=2)
    communique(folder, "decide", "set", event, "--field", "colour", "--value", "red", code=2)
    ruling = communique(folder, "decide", "reject", event, "--by", "Ada").stdout.strip()
    assert communique(folder, "export").stdout != before
    assert communique(folder, "decisions", "--second-look").stdout == ""
    communique(folder, "decide", "withdraw", "--decision", ruling, "--by", "Ada")
    assert communique(folder, "export").stdout == before
