"""Mistakes that people make: each is one line that says what to do, with the exit code of its kind."""

import contextlib
import shutil
import socket
import sys
from pathlib import Path

import pytest

from communique.cli.main import main


@pytest.fixture
def folder(tmp_path: Path, example_database: Path) -> Path:
    """A folder with the examples, their database, a PDF, and an empty folder."""
    shutil.copy(example_database, tmp_path / "communique.db")
    (tmp_path / "minutes.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").write_text("Nothing of ours.\n", encoding="utf-8")
    return tmp_path


def typed(line: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code of a command line, and what it said."""
    code = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["communique", *line])
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    captured = capfd.readouterr()
    return code, captured.err or captured.out


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("add nowhere.txt", 2, "no such file or folder"),
        ("add empty", 2, "holds no file to read"),
        ("add note.txt --published someday", 2, "takes YYYY-MM-DD"),
        ("add http://news.example/", 2, "--fetch fetches it"),
        ("add --map colour=Body note.txt", 2, "KEY is one of"),
        ("watch feed.xml --once", 2, "begins with http"),
        ("--db missing.db events", 1, "`communique add` makes one"),
        ("--db nowhere/x.db add note.txt", 2, "make it first"),
        ("--db minutes.pdf events", 1, "name another file with --db"),
        ("show nobody", 3, "take an id out of a table"),
        ("first nobody", 3, "take an id out of a table"),
        ("events --as-of 2025-13-45", 2, "takes YYYY-MM-DD"),
        ("news --since tomorrow", 2, "takes YYYY-MM-DD"),
        ("events --where colour=red", 2, "there are id, date"),
        ("events --where type", 2, "takes FIELD=VALUE"),
        ("events --columns colour", 2, "there are id, date"),
        ("events --format xml", 2, "it takes one of"),
        ("events --json --csv", 2, "it takes one of"),
        ("export --format xlsx", 2, "there are json"),
        ("export --format csv", 2, "name it with -o FOLDER"),
        ("brief -o brief.pdf", 2, "a brief is md, html, docx, json"),
        ("brief Nobody", 3, "`communique series`"),
        ("remove nobody --reason x", 3, "`communique reports` lists them"),
        ("decide reject", 2, "facts or mentions"),
        ("decide set ATJC-TW-7 --field colour --value red", 2, "it may be date"),
        ("decide withdraw --decision last", 3, "there is none to withdraw"),
        ("decide withdraw --decision d0123456789abcdef", 3, "`communique decisions` lists them"),
        ("review --kind colour", 2, "there are second-look"),
        ("decisions load note.txt", 2, "no whole file of rulings"),
        ("packet open note.txt", 2, "`communique export --format packet` makes one"),
        ("verify note.txt", 3, "`communique brief -o FILE`"),
        ("verify nowhere.docx", 2, "cannot be read"),
        ("serve --host 0.0.0.0", 2, "--host takes"),
        ("restore communique.db", 1, "name a new database"),
        ("event", 2, "Did you mean 'events'"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(
    line: str, code: int, told: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No traceback, no file made, and words that lead on."""
    before = sorted(p.name for p in folder.iterdir())
    with contextlib.chdir(folder):
        got, said = typed(line.split(), capfd)
    assert (got, told in said) == (code, True), said
    assert "Traceback" not in said
    assert [p for p in sorted(p.name for p in folder.iterdir()) if not p.startswith("communique.db")] == [
        p for p in before if p != "communique.db"
    ]


def test_a_pdf_is_said_to_be_one(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is kept as a problem, and the line says what would be read."""
    with contextlib.chdir(folder):
        code, said = typed(["add", "minutes.pdf", "--no-build", "--workers", "0"], capfd)
    assert code == 4
    assert "a PDF, no text: add its text as .txt or .html" in said


def test_a_port_that_is_taken_is_said_to_be(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """And the option that names another."""
    with socket.socket() as taken, contextlib.chdir(folder):
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = typed(["serve", "--port", str(taken.getsockname()[1])], capfd)
    assert code == 1
    assert "--port names another" in said


def test_a_shell_completes_verbs(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The script that the shell is given asks the program itself, and that answers with verbs."""
    monkeypatch.setenv("_COMMUNIQUE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "communique dis")
    monkeypatch.setenv("COMP_CWORD", "1")
    _, said = typed([], capfd)
    assert said.split() == ["disagreements"]
