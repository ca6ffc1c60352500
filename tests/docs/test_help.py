"""Every help text has an example, and every example runs on the example reports."""

import contextlib
import shutil
from pathlib import Path

import pages
import pytest
import reference

#: Examples that need what a test may not have: the web, a server of databases, a page that never ends, a cluster.
ELSEWHERE = {"watch", "copy"}
#: Ends with 3 where there is nothing of the kind, which is so of the examples.
EMPTY = {"items", "problems"}


def examples() -> list[tuple[str, str]]:
    """Every verb that has an example, with it."""
    found = [(name, (command.help or "").partition("Example: ")[2].strip()) for name, command in reference.verbs()]
    return [(name, line) for name, line in found if line and name not in ELSEWHERE]


@pytest.mark.parametrize(("verb", "line"), examples(), ids=[verb for verb, _ in examples()])
def test_the_example_of_a_help_text_runs(verb: str, line: str, tmp_path: Path, example_database: Path) -> None:
    """As it stands, in a folder that has what it names."""
    shutil.copytree(pages.ROOT / "examples", tmp_path / "reports")
    shutil.copy(example_database, tmp_path / "communique.db")
    with contextlib.chdir(tmp_path):
        for before in BEFORE.get(verb, ()):
            assert pages.run(before).code == 0
        ran = pages.run(line)
    assert ran.code == (3 if verb in EMPTY else 0), ran.printed


#: What an example presupposes.
BEFORE = {
    "verify": ["communique brief -o brief.docx"],
    "packet open": ["communique export --format packet -o theirs.json"],
    "decisions load": ["communique decisions dump -o decisions.jsonl"],
    "restore": ["communique backup monday.db"],
}
