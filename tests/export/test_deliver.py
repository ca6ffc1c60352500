"""Files are whole or absent, and nothing is written outside the folder that was named."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import PathError
from communique.export.deliver import to_file, to_folder

#: Writes the one content and the other in turn, for ever; says when it has begun.
WRITER = """
import sys
from pathlib import Path
from communique.export.deliver import to_file, to_folder
path, kind = Path(sys.argv[1]), sys.argv[2]
turn = 0
while True:
    data = b"ab"[turn % 2 : turn % 2 + 1] * 300_000
    if kind == "file":
        to_file(data, path)
    else:
        to_folder({"one.csv": data, "two.csv": data}, path)
    turn += 1
    if turn == 1:
        print("begun", flush=True)
"""


def whole(data: bytes) -> bool:
    return len(data) == 300_000 and len(set(data)) == 1


def file_is_whole(path: Path) -> bool:
    return whole(path.read_bytes())


def folder_is_whole(path: Path) -> bool:
    found = [p.read_bytes() for p in sorted(path.iterdir())]
    return len(found) == 2 and found[0] == found[1] and whole(found[0])


@pytest.mark.promise("R15")
@pytest.mark.parametrize(("kind", "holds"), [("file", file_is_whole), ("folder", folder_is_whole)])
def test_whatever_kills_an_export_the_old_one_or_the_new_is_there(
    kind: str,
    holds: Callable[[Path], bool],
    tmp_path: Path,
    count: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    """Killed at any moment of writing, a file and a folder are always one that was written whole."""
    chance = random.Random(15)  # noqa: S311 - a sample, not a secret
    path = tmp_path / "export"
    for _ in range(count(20, 100)):
        command = [sys.executable, "-c", WRITER, str(path), kind]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"begun\n"
            time.sleep(chance.random() / 50)
            child.kill()
        assert child.returncode == -signal.SIGKILL
        assert holds(path)
    figure(f"a {kind} killed {count(20, 100)} times while it was written: the old one or the new one each time")


def test_a_file_takes_the_place_of_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    """One file afterwards, with the new content."""
    path = tmp_path / "record.json"
    to_file(b"old", path)
    to_file(b"new", path)
    assert [p.name for p in tmp_path.iterdir()] == ["record.json"]
    assert path.read_bytes() == b"new"


def test_a_folder_takes_the_place_of_an_older_export(tmp_path: Path) -> None:
    """Files of tables that are empty now are gone."""
    folder = tmp_path / "tables"
    to_folder({"events.csv": b"1", "problems.csv": b"2"}, folder)
    to_folder({"events.csv": b"3", "problems.csv": b"4"}, folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {"events.csv": b"3", "problems.csv": b"4"}
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Nobody loses a file that we did not write."""
    (tmp_path / "thesis.odt").write_bytes(b"ten years of work")
    with pytest.raises(PathError, match=r"thesis\.odt"):
        to_folder({"events.csv": b"1"}, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.odt"]


OUTSIDE = [
    *("..", ".", "", "/etc/x", "../x", "a/b", "a\\b", "..\\x", "C:\\x", "C:x", "a/../../x", "./x", "//x", "x/"),
    *("x:stream", "\\\\server\\share", "a//b", "../../../../tmp/x", "b/../x", "/x", "%2e%2e/x", "..%2fx", "%2e%2e%2fx"),
    *(
        "a\x00b",
        "..\x00.csv",
        "a\nb",
        "a\rb",
        "~/x",
        "~root",
        "$HOME/x",
        "-rf",
        ".hidden",
        "...",
        " x",
        "x ",
        "\u2025/x",
    ),
    *("\uff0e\uff0e/x", "a\u202eb", "x" * 200, "D:/x", "file:///x", "\\\\?\\C:\\x"),
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    """Nothing is written, neither there nor in the folder."""
    with pytest.raises(PathError):
        to_folder({name: b"1", "events.csv": b"2"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["missing/x.json", "taken", "file/x.json"])
def test_what_cannot_be_written_is_said_and_leaves_nothing(place: str, tmp_path: Path) -> None:
    """A missing folder, a folder in the place of the file, a file in the place of the folder."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PathError, match="cannot be written"):
        to_file(b"1", tmp_path / place)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "taken"]
