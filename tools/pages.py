"""Runs the pages of docs/: what a console block shows is what happens.

In a block marked `console` a line that begins with `$ ` is typed, and the lines up to the next one are what the screen
shows, data and messages together. A line of nothing but `…` stands for any lines, `…` inside a line for any
characters. `# exit code 3` behind a command says how it ends; else it ends with 0.

Every page has a folder of its own, which holds the example reports and, but for pages that begin by adding them, the
database made of them.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from communique.cli.main import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: Pages whose commands are typed where nothing was added yet.
FROM_NOTHING = frozenset({"tutorial.md"})

_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"#\s*exit code (\d)")
_ELLIPSIS = "…"


class Step(NamedTuple):
    """One command of a page and what the page shows of its output."""

    line: str
    shown: str


def pages() -> list[Path]:
    """Every page that has something to run."""
    return [page for page in sorted(DOCS.rglob("*.md")) if _BLOCK.search(page.read_text("utf-8"))]


def steps(block: str) -> list[Step]:
    """The commands of a block, each with what is shown."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    split = [part.partition("\n") for part in parts]
    return [Step(line, shown) for line, _, shown in split]


def told(page: Path) -> list[Step]:
    """Every command of a page."""
    return [step for block in _BLOCK.findall(page.read_text("utf-8")) for step in steps(block)]


def matches(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed."""
    lines = [
        r"(?:[^\n]*\n)*?" if line.strip() == _ELLIPSIS else _pattern(line) + r"[ ]*\n" for line in shown.splitlines()
    ]
    ended = printed if not printed or printed.endswith("\n") else printed + "\n"
    return re.fullmatch("".join(lines), ended) is not None


def _pattern(line: str) -> str:
    return r"[^\n]*".join(re.escape(part) for part in line.rstrip().split(_ELLIPSIS))


class Ran(NamedTuple):
    """What became of a command: all that it printed, and its exit code."""

    printed: str
    code: int


def wanted_code(line: str) -> int:
    """The exit code that a line says it ends with."""
    found = _CODE.search(line)
    return int(found[1]) if found else 0


def run(line: str) -> Ran:
    """Carry out a line in the current folder: in this process where it is a plain command of ours, else in a shell."""
    words = shlex.split(line, comments=True)
    plain = words[0] == "communique" and not {"|", ">", "<", "&&", ";"} & set(words) and "$(" not in line
    return _here(words) if plain else _in_shell(line)


def _here(words: list[str]) -> Ran:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    code = 0
    with (
        mock.patch.multiple(sys, argv=words, stdin=io.TextIOWrapper(io.BytesIO())),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    screen.flush()
    return Ran(screen.buffer.getvalue().decode(), code)  # type: ignore[attr-defined]


def _in_shell(line: str) -> Ran:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", line],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        check=False,
        timeout=120,
    )
    return Ran(done.stdout.decode(), done.returncode)


@contextlib.contextmanager
def prepared(page: Path, folder: Path, database: Path) -> Iterator[None]:
    """Stand in a page's folder, with what the page presupposes in it."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    if page.relative_to(DOCS).as_posix() not in FROM_NOTHING:
        shutil.copy(database, folder / "communique.db")
    with contextlib.chdir(folder):
        yield


def rewritten(page: Path) -> str:
    """The page with what is printed now in the place of what it shows, where the two differ.

    Where the page broke off with `…`, as many lines are kept as stood before.
    """
    return _BLOCK.sub(lambda block: "".join(_renewed(page, step) for step in steps(block[0])), page.read_text("utf-8"))


def _renewed(page: Path, step: Step) -> str:
    ran = run(step.line)
    if ran.code != wanted_code(step.line):
        message = f"{page.name}: {step.line}: ended with {ran.code}\n{ran.printed}"
        raise SystemExit(message)
    return f"$ {step.line}\n{step.shown if matches(step.shown, ran.printed) else _cut(step.shown, ran.printed)}"


def _cut(shown: str, printed: str) -> str:
    """What was printed, cut where the page cut it."""
    lines, before = [line.rstrip() for line in printed.splitlines()], shown.splitlines()
    dots = [n for n, line in enumerate(before) if line.strip() == _ELLIPSIS]
    kept = [*lines[: dots[0]], _ELLIPSIS, *(lines[-n:] if (n := len(before) - dots[-1] - 1) else [])] if dots else lines
    return "".join(f"{line}\n" for line in kept)
