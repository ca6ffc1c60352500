"""Nothing that comes as data is ever run as code (promise S7)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "communique"
TREES = {p.relative_to(SOURCE).as_posix(): ast.parse(p.read_text("utf-8")) for p in sorted(SOURCE.rglob("*.py"))}
#: Names that run, load or make code, or open a shell.
RUNS = {
    *("eval", "exec", "compile", "__import__", "input"),
    *("os.system", "os.popen", "os.execv", "os.spawnv", "pty.spawn"),
    *("yaml.load", "yaml.unsafe_load", "marshal.loads", "marshal.load", "shelve.open", "dill.loads", "joblib.load"),
    *("numpy.load", "np.load", "pandas.read_pickle", "jinja2.Template", "Environment.from_string"),
    *("pickle.load", "pickle.loads", "runpy.run_path", "ctypes.CDLL"),
    *("subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_output"),
}
#: Where each of them is used all the same, and why that takes nothing from data.
GRANTED = {
    ("run/pipe.py", "pickle.loads"): "what a worker reads of the pool that started it; the pool reads with `Strict`",
    ("annotate/lean.py", "__import__"): "spaCy, named in the source",
    ("annotate/lean.py", "np.load"): "the vectors of the installed model; NumPy reads no pickles unless asked",
    ("run/pool.py", "subprocess.Popen"): "our own interpreter and our own code",
    ("export/deliver.py", "ctypes.CDLL"): "the system's own library, for two names that change places",
}


def dotted(node: ast.expr) -> str:
    """A name with its dots; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, dotted(node.func), node


@pytest.mark.promise("S7")
def test_nothing_runs_code_but_where_it_is_granted() -> None:
    """No pickle, eval, shell, foreign template or import by a name from outside, but for the listed ones."""
    found = {(path, name) for path, name, _ in calls() if name in RUNS}
    assert found == set(GRANTED)


@pytest.mark.promise("S7")
def test_modules_are_named_in_the_source() -> None:
    """What is imported by name stands in the source as a text, but where `run` and `formats` look up their own."""
    asked = {
        path
        for path, name, call in calls()
        if name == "importlib.import_module" and not isinstance(call.args[0], ast.Constant)
    }
    assert asked == {"ingest/formats.py", "model/further.py", "run/pipe.py", "run/tasks.py"}


@pytest.mark.promise("S7")
def test_no_shell_and_no_format_string_from_outside() -> None:
    """No call says `shell=True`, and `.format` is called on texts that stand in the source, or on tables of ours."""
    shells = [path for path, _, call in calls() for k in call.keywords if k.arg == "shell"]
    assert shells == []
    marked = [path for path, name, _ in calls() if name.rpartition(".")[2] in ("Markup", "from_string")]
    assert marked == []


@pytest.mark.promise("S3")
def test_every_parser_of_markup_is_one_that_we_set_up() -> None:
    """A parser of trees that nobody set up follows entities: each call names its own, and Python's own are not used."""
    parses = {"fromstring", "document_fromstring", "fragment_fromstring", "fragments_fromstring", "iterparse", "XML"}
    found = [call for _, name, call in calls() if name.rpartition(".")[2] in parses]
    assert found
    assert [ast.unparse(call) for call in found if "parser" not in {k.arg for k in call.keywords}] == []
    imported = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert [name for name in imported if name.partition(".")[0] == "xml" and not name.endswith("saxutils")] == []
