"""A falsehood written into the database by hand is found, and the exit code says so."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

#: Finds the first place that the first event rests on, inside the event's JSON.
_PLACE = re.compile(r'"evidence":\[\{"report":"r[0-9a-f]{16}","start":\d+,"end":\d+,"text":"(.)')


def verified(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "communique", "--db", str(path), "verify"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_sound_database_ends_with_code_0(example_copy: Path) -> None:
    """The same command on an untouched copy finds nothing."""
    done = verified(example_copy)
    assert (done.returncode, done.stdout) == (0, "")
    assert ": 0 unsupported" in done.stderr


def test_a_planted_span_is_found(example_copy: Path) -> None:
    """An event whose evidence quotes words that its report does not hold."""
    with closing(sqlite3.connect(example_copy)) as raw, raw:
        rows = raw.execute("SELECT number, body FROM facts WHERE section = 'events' ORDER BY number").fetchall()
        number, body, place = next((n, b, m) for n, b in rows if (m := _PLACE.search(b)))
        false = body[: place.start(1)] + "@" + body[place.end(1) :]
        raw.execute("UPDATE facts SET body = ? WHERE number = ?", (false, number))
    done = verified(example_copy)
    assert done.returncode == 1
    assert "fact: " in done.stdout
    assert "evidence: " in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ('UPDATE evidence SET start = start + 1, "end" = "end" + 1 WHERE section = \'events\'', "evidence"),
        ("UPDATE reports SET text = replace(text, 'freight', 'fright')", "text"),
        ("UPDATE reports SET raw = CAST(replace(raw, 'freight', 'fright') AS BLOB)", "raw"),
        ("UPDATE claims SET text = upper(text) WHERE field = 'name'", "claim"),
    ],
    ids=["evidence", "text", "raw", "claim"],
)
def test_a_row_changed_by_hand_is_found(example_copy: Path, statement: str, kind: str) -> None:
    """Evidence moved, a report's text or bytes changed, a claim's words changed: each is named."""
    with closing(sqlite3.connect(example_copy)) as raw, raw:
        assert raw.execute(statement).rowcount > 0
    done = verified(example_copy)
    assert done.returncode == 1
    assert f"{kind}: " in done.stdout
