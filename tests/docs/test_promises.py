"""The table of promises names tests that are there, and every test that is marked with a promise is of its row."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| ([RSWXFD]\d+(?:, [RSWXFD]\d+)*) \|[^|]*\| ([^|]*`[^|]*) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)


def promised() -> dict[str, set[Path]]:
    """The tests of each promise, as the table names them."""
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    return {
        name: {ROOT / "tests" / path for path in re.findall(r"`([\w/]+\.py)`", tests)}
        for names, tests in ROW.findall(text)
        for name in names.split(", ")
    }


def marked() -> dict[str, set[Path]]:
    """The tests that are marked with each promise."""
    found = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for name in re.findall(r'mark\.promise\("(\w+)"\)', path.read_text("utf-8")):
            found[name].add(path)
    return found


def test_every_promise_has_its_tests() -> None:
    """All of them are in the table, and the files that it names are there."""
    table = promised()
    counts = {"R": 16, "S": 8, "W": 7, "X": 3, "F": 2, "D": 2}
    assert set(table) == {f"{letter}{n}" for letter, most in counts.items() for n in range(1, most + 1)}
    assert [path for paths in table.values() for path in paths if not path.is_file()] == []
    assert [name for name, paths in table.items() if not paths] == []


def test_every_marked_test_is_in_its_row() -> None:
    """Whoever looks a promise up finds all the tests that are run for it."""
    table = promised()
    assert {name: sorted(paths - table.get(name, set())) for name, paths in marked().items()} == {
        name: [] for name in marked()
    }
