"""Starting the page: on this machine alone, once for one browser, or for one request."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from communique.errors import CommuniqueError, StoreError, UsageError
from communique.web import serve
from communique.web.app import Visitor

ELSEWHERE = (
    "0.0.0.0",  # noqa: S104 - the point of the test
    "::",
    "192.168.1.1",
    "10.0.0.1",
    "8.8.8.8",
    "169.254.1.1",
    "::ffff:8.8.8.8",
    "fe80::1",
    "example.org",
    "",
    "*",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "2130706433",
    "0",
    "127.1",
)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_it_refuses_to_be_reached_from_elsewhere(host: str) -> None:
    """Only loopback addresses are listened on; the refusal says which."""
    with pytest.raises(UsageError, match="can be reached from other machines"):
        serve.listen(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.9"])
def test_it_listens_on_this_machine(host: str) -> None:
    """On any loopback address, on a port that is free."""
    with serve.listen(host, 0) as made:
        assert made.getsockname()[0].startswith("127.")


def test_a_port_that_is_taken_is_told() -> None:
    """One sentence with the remedy."""
    with serve.listen("127.0.0.1", 0) as made, pytest.raises(CommuniqueError, match="--port names another"):
        serve.listen("127.0.0.1", made.getsockname()[1])


def test_names_have_their_port() -> None:
    """The bound address and localhost, with the port; without it only where a browser leaves it out."""
    assert serve.names_of("127.0.0.1", 8470) == ["127.0.0.1:8470", "localhost:8470"]
    assert serve.names_of("::1", 8470) == ["[::1]:8470", "localhost:8470"]
    assert "localhost" in serve.names_of("127.0.0.1", 80)


def test_no_database_is_made_by_looking(tmp_path: Path) -> None:
    """A database that is not there is told, and still not there."""
    with pytest.raises(StoreError, match="there is no database"), serve.site(str(tmp_path / "x.db"), Visitor()):
        pass
    assert list(tmp_path.iterdir()) == []


def test_one_request_is_answered_and_nothing_listens(example_site: Any) -> None:
    """`get` gives the bytes of one page; a path that is none is refused."""
    assert json.loads(serve.get(example_site, "/series.json").body)["total"] == 1
    with pytest.raises(UsageError):
        serve.get(example_site, "stories")


def verb(database: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "communique", "--db", str(database), "serve", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def test_the_verb_answers_one_request(example_database: Path) -> None:
    """On stdout the body alone, and exit codes as everywhere: 0, 3 for what is not there, 2 for what makes no sense."""
    found = verb(example_database, "--get", "/events/atjc-tw-8.json")
    assert (found.returncode, json.loads(found.stdout)["number"], found.stderr) == (0, 8, b"")
    assert verb(example_database, "--get", "/nothing").returncode == 3
    refused = verb(example_database, "--host", "0.0.0.0")  # noqa: S104 - the point of the test
    assert (refused.returncode, b"Traceback" in refused.stderr) == (2, False)


def test_the_verb_prints_the_address_and_ends_when_told(example_database: Path) -> None:
    """The address with the token on stdout, then it serves until it is ended."""
    command = [sys.executable, "-m", "communique", "--db", str(example_database), "serve", "--port", "0", "--read-only"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"http://127.0.0.1:")
        process.terminate()
        process.communicate(timeout=30)
