"""Every command that a page shows without running it exists, with the options that it shows."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from communique.cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def lines() -> list[tuple[str, str]]:
    """Every command of ours that stands in a block to be copied, with its page."""
    pages = ((page.relative_to(ROOT).as_posix(), page.read_text("utf-8")) for page in PAGES)
    found = [(name, line) for name, text in pages for block in BLOCK.findall(text) for line in block.splitlines()]
    return [(name, line) for name, line in found if line.startswith("communique ")]


@pytest.mark.parametrize(("page", "line"), lines())
def test_a_command_of_a_page_can_be_typed(page: str, line: str) -> None:
    """Its verb and its options are those of the program, and it has the arguments that it needs."""
    command = typer.main.get_command(app)
    words = shlex.split(line, comments=True)[1:]
    for end in ("|", ">"):
        words = words[: words.index(end)] if end in words else words
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] == "--db" else words[1:]
    verb = command.commands[words[0]]  # type: ignore[attr-defined]
    assert verb.name, page
    with verb.make_context(words[0], words[1:], resilient_parsing=False):
        pass
