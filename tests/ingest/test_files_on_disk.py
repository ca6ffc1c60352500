"""Whatever lies in a folder that is added (promise S8): read, or told; never followed out, never waited for."""

import builtins
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from communique.ingest.delivered import Parts
from communique.ingest.sources import Source, expand
from communique.ingest.stage import all_of, ingest
from communique.model.problems import Problem
from communique.settings import DEFAULT_LIMITS

WORDS = b"The council met in Suva and agreed to meet again."


def _link(folder: Path, name: str, target: str) -> None:
    (folder / name).symlink_to(target)


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket has to be short
        made.bind("socket")
        os.chdir(here)


def _raw_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")).write_bytes(WORDS + b" 2")


def _sub(folder: Path) -> None:
    (folder / "sub.txt").mkdir()
    (folder / "sub.txt" / "a.txt").write_bytes(WORDS + b" 3")


#: Case -> what is laid into the folder, what is said of it ("": it is a report like others), and by which name.
CASES: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "a link to itself": (lambda f: _link(f, "loop", "loop"), "leads nowhere", "loop"),
    "two links to each other": (lambda f: (_link(f, "x", "y"), _link(f, "y", "x")), "leads nowhere", "x"),
    "a link to nothing": (lambda f: _link(f, "dead", "nowhere"), "leads nowhere", "dead"),
    "a link out to a file": (lambda f: _link(f, "out.txt", "../secret.txt"), "out of the folder", "out.txt"),
    "a link out to the root": (lambda f: _link(f, "root", "/"), "out of the folder", "root"),
    "a link to the folder above": (lambda f: _link(f, "up", ".."), "out of the folder", "up"),
    "a link to the folder itself": (lambda f: _link(f, "self", "."), "another part of the folder", "self"),
    "a link to a device": (lambda f: _link(f, "zero", "/dev/zero"), "out of the folder", "zero"),
    "a named pipe": (lambda f: os.mkfifo(f / "pipe"), "not a regular file", "pipe"),
    "a socket": (_socket, "not a regular file", "socket"),
    "a folder called like a file": (_sub, "", "a.txt"),
    "no bytes": (lambda f: (f / "none.txt").write_bytes(b""), "empty", "none.txt"),
    "a name with a line break": (lambda f: (f / "two\nlines.txt").write_bytes(WORDS + b" 1"), "", "two\ufffdlines.txt"),
    "a name like an option": (lambda f: (f / "-rf").write_bytes(WORDS + b" 4"), "", "-rf"),
    "a name of dots": (lambda f: (f / "..txt..").write_bytes(WORDS + b" 5"), "", ""),
    "a name of 255 bytes": (lambda f: (f / ("n" * 251 + ".txt")).write_bytes(WORDS + b" 6"), "", "n" * 251 + ".txt"),
    "a name that is not UTF-8": (_raw_name, "", "bad\ufffd.txt"),
}


def test_there_are_fifteen_cases() -> None:
    """These, and below a file without permission, one that vanishes, and two that change while they are read."""
    assert len(CASES) >= 15


@pytest.mark.parametrize("case", CASES)
def test_a_folder_with_something_odd_in_it(case: str, tmp_path: Path) -> None:
    """The odd one is read or told once, what lies outside is never read, and its neighbours are read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_bytes(b"a secret outside")
    for name in ("0.txt", "zz.txt"):
        (folder / name).write_bytes(WORDS + name.encode())
    lay, said, name = CASES[case]
    lay(folder)
    inputs = list(expand([str(folder)]))
    reads = [r for x in inputs if isinstance(x, Source) for r in all_of(x, DEFAULT_LIMITS)]
    told = [*(x for x in inputs if isinstance(x, Problem)), *(p for r in reads for p in r.problems)]
    texts = [r.report.text for r in reads if r.report]
    assert sum("0.txt" in t or "zz.txt" in t for t in texts) == 2
    assert not any("secret" in t for t in texts)
    if said:
        assert len(texts) == 2
        assert {p.input: p.message for p in told}[name].find(said) >= 0
    else:
        assert told == []
        assert [r.report.head.name for r in reads if r.report].count(name) == bool(name)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "no"), FileNotFoundError(2, "no"), OSError(5, "Input/output error")]
)
def test_a_file_that_cannot_be_opened_after_all(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without permission, gone meanwhile, or on a broken disk: one line, and its neighbours are read."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(WORDS)
    real = builtins.open

    def guarded(file: str, mode: str, opener: Callable[[str, int], int]) -> IO[Any]:
        if str(file).endswith("b.txt"):
            raise error
        return real(file, mode, opener=opener)

    monkeypatch.setattr(builtins, "open", guarded)
    found = expand([str(tmp_path)])
    assert [x.name for x in found if isinstance(x, Source)] == ["a.txt", "c.txt"]
    assert len(found.refused) == 1


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    """The report is what was read, and its hash is that of the bytes it was made of."""
    (tmp_path / "a.txt").write_bytes(WORDS)
    (source,) = expand([str(tmp_path)])
    with (tmp_path / "a.txt").open("ab") as file:
        file.write(b" And more.")
    assert isinstance(source, Source)
    (read,) = all_of(source, DEFAULT_LIMITS)
    assert read.report is not None
    assert read.report.text == WORDS.decode()
    assert read.raw == WORDS


@pytest.mark.parametrize("left", [0, 500, None], ids=["emptied", "cut", "gone"])
def test_an_archive_that_changes_while_it_is_read(left: int | None, tmp_path: Path) -> None:
    """Records that are no longer there are told, each by its name; none is lost in silence."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + WORDS * 3 + b"</p>"
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example\r\nWARC-Date: 2031-05-01T10:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    )
    path = tmp_path / "x.warc"
    path.write_bytes((head % len(block) + block + b"\r\n\r\n") * 4)
    (source,) = expand([str(path)])
    assert isinstance(source, Source)
    parts = ingest((source, DEFAULT_LIMITS))
    assert isinstance(parts, Parts)
    if left is None:
        path.unlink()
    else:
        os.truncate(path, left)
    reads = [r for p in parts.parts if isinstance(p, Source) for r in all_of(p, DEFAULT_LIMITS)]
    assert len(reads) == 4
    assert all(r.report or r.problems for r in reads)
    assert sum(r.report is not None for r in reads) == (1 if left == 500 else 0)
