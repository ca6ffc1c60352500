"""What the user named, as inputs one by one."""

import builtins
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

import pytest

from communique.ingest.sources import Hints, Source, expand, storable_name
from communique.model.problems import Problem, ProblemCode
from communique.settings import DEFAULT_LIMITS, Limits


def sources(
    *paths: object, limits: Limits = DEFAULT_LIMITS, hints: Hints | None = None, stdin: bytes | IO[bytes] | None = None
) -> Sequence[Source]:
    """The sources behind paths that give nothing else."""
    found = list(expand([str(p) for p in paths], limits, hints or Hints(), stdin))
    assert all(isinstance(f, Source) for f in found)
    return [f for f in found if isinstance(f, Source)]


def test_a_file_is_one_source(tmp_path: Path) -> None:
    """The name is the last part of the path, the bytes are the file's."""
    (tmp_path / "b.txt").write_bytes(b"words\r\n")
    assert sources(tmp_path / "b.txt") == [Source("b.txt", b"words\r\n")]


def test_a_folder_is_read_in_order_and_to_the_bottom(tmp_path: Path) -> None:
    """Files come sorted by name, folders among them; hidden files are no inputs."""
    for name in ("c.txt", "a.txt", "b/x.txt", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [s.name for s in sources(tmp_path)] == ["a.txt", "x.txt", "c.txt"]


def test_a_pattern_is_matched_here(tmp_path: Path) -> None:
    """A pattern that the shell left alone is expanded, also over folders."""
    (tmp_path / "in").mkdir()
    for name in ("2.txt", "1.txt", "in/3.txt"):
        (tmp_path / name).write_text("x")
    assert [s.name for s in sources(tmp_path / "*.txt")] == ["1.txt", "2.txt"]
    assert [s.name for s in sources(tmp_path / "**" / "*.txt")] == ["1.txt", "2.txt", "3.txt"]


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path) -> None:
    """A file called `a[1].txt` can be named."""
    (tmp_path / "a[1].txt").write_text("x")
    assert [s.name for s in sources(tmp_path / "a[1].txt")] == ["a[1].txt"]


def test_bad_paths_cost_nothing_else(tmp_path: Path) -> None:
    """Each bad path is one line in `refused`; the good ones are read."""
    (tmp_path / "good.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "none.txt", tmp_path / "good.txt", tmp_path / "*.doc", tmp_path / "empty", "a\0b"]
    found = expand([str(p) for p in paths])
    assert [s for s in found if isinstance(s, Source)] == [Source("good.txt", b"x")]
    reasons = [str(error).rpartition(": ")[2] for error in found.refused]
    assert reasons == [
        "no such file or folder",
        "nothing matches it",
        "the folder holds no file to read",
        "no path can hold a NUL",
    ]
    assert all("\n" not in str(error) for error in found.refused)


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is one line, inside a folder too, and its neighbours are read."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("x")
    real = builtins.open

    def guarded(file: str, mode: str, opener: Callable[[str, int], int]) -> IO[bytes]:
        if file.endswith("b.txt"):
            raise PermissionError(13, "Permission denied")
        return cast("IO[bytes]", real(file, mode, opener=opener))

    monkeypatch.setattr(builtins, "open", guarded)
    found = expand([str(tmp_path)])
    assert [s.name for s in found if isinstance(s, Source)] == ["a.txt", "c.txt"]
    assert [str(error).rpartition(": ")[2] for error in found.refused] == ["no permission to read it"]


def test_a_folder_that_may_not_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused once, as a folder without permission, and what lies beside it is read."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    real = os.listdir

    def guarded(folder: str) -> list[str]:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "listdir", guarded)
    alone = expand([str(tmp_path / "locked")])
    assert not list(alone)
    assert [str(error).rpartition(": ")[2] for error in alone.refused] == ["no permission to read it"]
    beside = expand([str(tmp_path)])
    assert [s.name for s in beside if isinstance(s, Source)] == ["a.txt"]
    assert len(beside.refused) == 1


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link out, a link to a folder, a loop and a dead link are Problems; a link inside is read."""
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.txt").write_text("a")
    for name, target in (
        ("dead", "nowhere"),
        ("loop", "loop"),
        ("out.txt", "../secret.txt"),
        ("own.txt", "a.txt"),
        ("up", ".."),
        ("sub2", "sub"),
    ):
        (inside / name).symlink_to(target)
    found = list(expand([str(inside)]))
    assert [s.name for s in found if isinstance(s, Source)] == ["a.txt", "own.txt"]
    told = {p.input: p.message for p in found if isinstance(p, Problem)}
    assert sorted(told) == ["dead", "loop", "out.txt", "sub2", "up"]
    assert "out of the folder" in told["out.txt"]
    assert "out of the folder" in told["up"]


def test_a_named_pipe_never_holds_us_up(tmp_path: Path) -> None:
    """A pipe in a folder is a Problem, a pipe by name is refused, and neither is waited for."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text("a")
    in_folder = list(expand([str(tmp_path)]))
    assert [p.code for p in in_folder if isinstance(p, Problem)] == [ProblemCode.UNREADABLE]
    named = expand([str(tmp_path / "pipe")])
    assert not list(named)
    assert "not a regular file" in str(named.refused[0])


def test_no_more_than_the_cap_and_one_byte_is_read(tmp_path: Path) -> None:
    """A file beyond the cap shows that it is, and costs no more memory."""
    (tmp_path / "big.txt").write_bytes(b"x" * 50)
    assert len(sources(tmp_path / "big.txt", limits=Limits(report_bytes=10))[0].data) == 11


def test_json_lines_come_one_by_one(tmp_path: Path) -> None:
    """Each line is a source named by its id; blank lines are skipped, bad lines keep their number."""
    file = tmp_path / "r.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "x"}\n\n  \n{"id": 7, "text": "y"}\nbroken\n{"text": "z"}')
    found = sources(file)
    assert [s.name for s in found] == ["a", "7", "r.jsonl:5", "r.jsonl:6"]
    assert {s.format for s in found} == {"jsonl"}


def test_a_json_file_is_one_object(tmp_path: Path) -> None:
    """A `.json` file that is no sidecar is read as one line would be."""
    (tmp_path / "a.json").write_text('{\n "id": "A",\n "text": "x"\n}')
    (tmp_path / "b.json").write_text("[]")
    assert [(s.name, s.format) for s in sources(tmp_path)] == [("A", "jsonl"), ("b.json", "jsonl")]


def test_a_line_beyond_the_cap_costs_only_itself(tmp_path: Path) -> None:
    """The rest of a huge line is skipped unread, and the next line is read."""
    file = tmp_path / "r.jsonl"
    file.write_bytes(b'{"text": "' + b"x" * 500_000 + b'"}\n{"id": "b", "text": "ok"}\n')
    found = sources(file, limits=Limits(report_bytes=100))
    assert [(s.name, len(s.data)) for s in found] == [("r.jsonl:1", 101), ("b", 26)]


@pytest.mark.parametrize("given", [b"Plain words.", io.BytesIO(b"Plain words.")])
def test_standard_input_may_be_a_text(given: bytes | IO[bytes]) -> None:
    """Bytes or a stream without a brace at its head are one text."""
    assert sources("-", stdin=given) == [Source("-", b"Plain words.")]


def test_standard_input_may_be_json_lines() -> None:
    """A brace at the head means JSON lines."""
    assert [s.name for s in sources("-", stdin=b' {"id": "a"}\n{"id": "b"}\n')] == ["a", "b"]


def test_no_standard_input_is_said() -> None:
    """`-` without anything to read is refused."""
    found = expand(["-"])
    assert not list(found)
    assert len(found.refused) == 1


def test_a_sidecar_knows_what_the_file_does_not(tmp_path: Path) -> None:
    """`NAME.json` beside `NAME.txt` is no input; its words win over the caller's."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.json").write_text('{"source": "The Lagoon Post", "lang": "en", "id": "A1", "more": 1}')
    (tmp_path / "b.txt").write_text("y")
    found = sources(tmp_path, hints=Hints(outlet="Other", published="2021-03-04"))
    assert found[0].hints == Hints(outlet="The Lagoon Post", language="en", given_id="A1", published="2021-03-04")
    assert found[1].hints == Hints(outlet="Other", published="2021-03-04")


def test_a_bad_sidecar_is_told_and_the_report_kept(tmp_path: Path) -> None:
    """A sidecar that is no JSON object is one Problem; its report comes all the same."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.json").write_text("[1")
    problem, source = list(expand([str(tmp_path)]))
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.FORMAT
    assert isinstance(source, Source)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/x/two\nlines.txt", "two\ufffdlines.txt"),
        (os.fsdecode(b"bad\xff\xfe.txt"), "bad\ufffd\ufffd.txt"),
        ("-rf", "-rf"),
        ("a/..", ".."),
        ("folder/", "folder"),
        ("é" * 120, "é" * 120),
    ],
)
def test_names_are_made_storable(path: str, name: str) -> None:
    """Whatever a file system allows becomes one line of text that can be stored."""
    assert storable_name(path) == name
    assert name.encode()


def test_odd_names_are_read(tmp_path: Path) -> None:
    """A name with a newline and one that is not UTF-8 are files like others."""
    (tmp_path / "two\nlines.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("y")
    assert [s.name for s in sources(tmp_path)] == ["bad\ufffd.txt", "two\ufffdlines.txt"]
