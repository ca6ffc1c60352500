"""The house numbers: short functions, few parameters, no module that nobody can hold in their head."""

import ast
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "communique"
MODULES = sorted(p for p in SOURCE.rglob("*.py"))

type Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(SOURCE)}:{node.name}", node


def code_lines(function: Function) -> int:
    """Lines from the first statement after the docstring to the end."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return function.end_lineno - body[0].lineno + 1 if body and function.end_lineno else 1


def test_functions_are_short() -> None:
    """The median function has at most 8 lines, nine of ten at most 30, and none more than 60."""
    sizes = {name: code_lines(node) for name, node in functions()}
    ordered = sorted(sizes.values())
    assert [name for name, size in sizes.items() if size > 60] == []
    assert statistics.median(ordered) <= 8
    assert ordered[int(len(ordered) * 0.9)] <= 30


def test_functions_take_few_parameters() -> None:
    """At most seven parameters, the options of a command line verb and its own self or cls apart."""

    def count(node: Function) -> int:
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return len([n for n in names if n not in ("self", "cls", "context")])

    many = [name for name, node in functions() if count(node) > 7 and not name.startswith("cli/")]
    assert many == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_module_is_long(path: Path) -> None:
    """A module has at most 500 lines; tables live in data files."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_nothing_is_called_utils() -> None:
    """A file is a place where you would know what belongs."""
    assert [p for p in MODULES if p.stem in ("utils", "util", "helpers", "common", "misc")] == []


@pytest.mark.promise("R10")
def test_nothing_reads_the_wall_clock() -> None:
    """No stored fact depends on the clock: only `cli` may ask what day it is."""
    asks = re.compile(r"\b(?:now|utcnow|today|localtime|gmtime)\s*\(|time\.time\(")
    found = [
        str(p.relative_to(SOURCE))
        for p in MODULES
        if p.parent.name != "cli" and asks.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_global_statement() -> None:
    """State lives in objects that somebody holds."""
    found = [
        p for p in MODULES for n in ast.walk(ast.parse(p.read_text(encoding="utf-8"))) if isinstance(n, ast.Global)
    ]
    assert found == []


@pytest.mark.parametrize(
    "table", sorted(p for p in (SOURCE / "data").rglob("*") if p.suffix in (".toml", ".tsv")), ids=lambda p: p.name
)
def test_every_table_names_its_source_and_licence(table: Path) -> None:
    """A table says at its head where its rows come from and under which licence."""
    head = "\n".join(
        line for line in table.read_text(encoding="utf-8").splitlines()[:20] if line.startswith("#")
    ).lower()
    assert "source" in head
    assert "licence" in head


def test_every_ignored_lint_rule_has_its_reason() -> None:
    """Each line of the ignore lists carries a comment."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    for rule in ignores:
        line = next(line for line in text.splitlines() if f'"{rule}"' in line)
        assert "#" in line, rule


def test_every_test_states_its_behaviour_in_one_sentence() -> None:
    """A test without its sentence is a test that nobody can check."""
    silent = [
        f"{path.name}:{node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []
