"""Nothing touches the network unless it is asked to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(str(p) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
#: Counts every connection and look-up that a command tries, and lets none through.
GUARD = """
import json, socket, sys
tried = []
def refuse(*given, **_named):
    tried.append(repr(given[1:] or given)[:80])
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from communique.cli.main import app
from communique.errors import CommuniqueError
for command in json.loads(sys.argv[1]):
    try:
        app(command, standalone_mode=False)
    except (SystemExit, CommuniqueError) as error:
        print(command[0], type(error).__name__, error, file=sys.stderr)
print(json.dumps(tried), file=sys.stderr)
"""


def tried(folder: Path, *commands: list[str]) -> tuple[list[str], str]:
    """What some commands tried to connect to, and what they said."""
    done = subprocess.run(
        [sys.executable, "-c", GUARD, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=240,
    )
    *said, last = done.stderr.strip().splitlines()
    return json.loads(last), "\n".join(said)


def test_no_verb_uses_the_network_unless_asked(tmp_path: Path) -> None:
    """Reading, building, asking, ruling, exporting; and an address without --fetch is refused unasked."""
    verbs = [
        ["add", *EXAMPLES, "--workers", "0"],
        ["add", "https://news.example/page.html"],
        ["build", "--all", "--workers", "0"],
        ["brief"],
        ["search", "bridge"],
        ["review", "--list"],
        ["export", "-o", "record.json"],
        ["verify"],
        ["doctor"],
    ]
    connections, said = tried(tmp_path, *verbs)
    assert connections == []
    assert "--fetch fetches it" in said


@pytest.mark.parametrize(
    "command",
    [["add", "--fetch", "http://news.example/", "--workers", "0"], ["watch", "http://news.example/", "--once"]],
)
def test_what_is_asked_for_is_tried(command: list[str], tmp_path: Path) -> None:
    """The guard of this test does see connections."""
    assert tried(tmp_path, command)[0] != []
