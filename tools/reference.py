"""Makes docs/reference from the code: what is not described in the code cannot be described there.

`pages()` gives every page by its path; `undocumented()` names whatever has no description.
"""

import ast
import enum
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import typer

import communique
from communique import api, errors, settings, testing
from communique.cli.main import app
from communique.model import claims, dates, problems, record, reports, spans, words

ROOT = Path(__file__).parents[1]
HEAD = "<!-- Made from the code by `./dev docs --write`: change the code, not this page. -->\n"

#: Structs of the record in the order in which a reader meets them.
STRUCTS = (
    record.Record, record.Build, reports.Head, reports.Furniture, record.Story, record.Reuse, record.Paraphrase,
    spans.Span, dates.Date, record.Actor, record.NameCount, record.Role, record.Merged, record.Sign, record.Item,
    record.Event,
    record.Participant, record.Statement, record.Wording, record.Commitment, record.Status, record.Change,
    record.Series, record.Session, record.Next, record.Disagreement, record.Value, problems.Problem,
)  # fmt: skip
#: Word lists that values of the record come from.
LISTS = (
    words.ActorKind, words.EventType, claims.Modality, words.CommitmentKind, words.Official, words.Attested,
    words.Schedule, words.Delivery, words.Mode, words.ReuseKind, words.DisagreementKind, dates.Precision,
    reports.PublishedFrom, reports.FurnitureKind,
)  # fmt: skip
#: What each exit code means.
CODES = {
    0: "done; reports that are known already are no failure",
    1: "failed, or `verify` found something that is not supported",
    2: "wrong usage; a path that does not exist, alone",
    3: "nothing found",
    4: "done, but some of the input was refused",
}


def pages() -> dict[Path, str]:
    """Every page of the reference, by its path."""
    made = {
        "verbs.md": _verbs(),
        "record.md": _record(),
        "problems.md": _problems(),
        "errors.md": _errors(),
        "settings.md": _settings(),
        "library.md": _library(),
    }
    return {ROOT / "docs" / "reference" / name: HEAD + text for name, text in made.items()}


# -- verbs

#: Options that every program of this kind has.
UNLISTED = frozenset({"help", "install_completion", "show_completion"})


def verbs() -> Iterator[tuple[str, Any]]:
    """Every verb of the command line with its command, those of a group under `GROUP VERB`."""
    top = typer.main.get_command(app)
    for name, command in sorted(top.commands.items()):  # type: ignore[attr-defined]
        yield name, command
        for inner, below in sorted(getattr(command, "commands", {}).items()):
            yield f"{name} {inner}", below


def _verbs() -> str:
    top = typer.main.get_command(app)
    parts = ["# Verbs\n\n", "`communique [--db DATABASE] VERB ...`\n\n", *_options(top), "\n", _codes()]
    for name, command in verbs():
        text, _, example = (command.help or "").strip().partition("Example: ")
        parts += [f"\n## {name}\n\n", f"    {_usage(name, command)}\n\n", f"{_paragraphs(text)}\n\n"]
        parts += [*_options(command), f"\n```sh\n{example.strip()}\n```\n" if example else ""]
    return "".join(parts)


def _codes() -> str:
    rows = "".join(f"| {code} | {meaning} |\n" for code, meaning in CODES.items())
    return f"Data goes to stdout, everything else to stderr.\n\n| exit code | means |\n|---|---|\n{rows}"


def _usage(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=f"communique {name}")
    return str(command.get_usage(context)).removeprefix("Usage: ")


def _options(command: Any) -> list[str]:
    context = command.context_class(command, info_name="communique")
    rows = [_option(p, context) for p in command.params if p.name not in UNLISTED]
    return ["| | does |\n|---|---|\n", *rows] if rows else []


def _option(parameter: Any, context: Any) -> str:
    argument = parameter.param_type_name == "argument"
    names = parameter.name.upper() if argument else parameter.get_help_record(context)[0]
    default = parameter.default
    said = f" Default: `{default}`." if default and default is not True and isinstance(default, (str, int)) else ""
    return f"| `{names.replace('|', '/')}` | {(parameter.help or '').rstrip('.')}.{said} |\n"


# -- record, problems, settings


def meanings(of: type) -> dict[str, str]:
    """What each field of a class means: the text right under it, else its row under `Attributes` in the docstring."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0]
    found: dict[str, str] = {}
    for above, node in zip(tree.body, tree.body[1:], strict=False):  # type: ignore[attr-defined]
        name = _assigned(above)
        if name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found[name] = " ".join(str(node.value.value).split())
    _, _, rows = (inspect.getdoc(of) or "").partition("Attributes:\n")
    for row in re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", rows, re.MULTILINE):
        found.setdefault(row[0], _capital(" ".join(row[1].split())))
    return found


def _assigned(node: ast.AST) -> str | None:
    target = (
        node.target if isinstance(node, ast.AnnAssign) else node.targets[0] if isinstance(node, ast.Assign) else None
    )
    return target.id if isinstance(target, ast.Name) else None


def fields(of: type) -> list[str]:
    """Names of the fields of a struct, or of the members of a word list."""
    return [m.name for m in of] if issubclass(of, enum.Enum) else list(of.__struct_fields__)  # type: ignore[attr-defined]


def _record() -> str:
    parts = [
        "# The record\n\n",
        f"`communique export --format json` prints one object, `{settings.RECORD_FORMAT}`. Keys and lists have a ",
        "fixed order: the same reports and rulings give the same bytes. Offsets count Unicode code points. Further ",
        "keys may be added; these keep their meaning.\n",
    ]
    for each in STRUCTS:
        parts += [f"\n## {each.__name__}\n\n{_first(each)}\n\n| key | is | meaning |\n|---|---|---|\n"]
        known = meanings(each)
        parts += [
            f"| `{field.encode_name}` | {_type(field.type)} | {known.get(field.name, '')} |\n"
            for field in msgspec.structs.fields(each)
        ]
    parts += ["\n## Words\n\nValues of these kinds are one of a closed list.\n\n| kind | is one of |\n|---|---|\n"]
    parts += [f"| {each.__name__} | {', '.join(f'`{m.value}`' for m in each)} |\n" for each in LISTS]
    return "".join(parts)


def _type(of: Any) -> str:
    """A type in a few words: `list of Span`, `text or null`."""
    plain = {str: "text", int: "number", float: "number", bool: "true or false", type(None): "null"}
    if of in plain:
        return plain[of]
    inner = getattr(of, "__args__", ())
    if getattr(of, "__origin__", None) is tuple:
        return f"list of {_type(inner[0])}"
    if getattr(of, "__origin__", None) is dict:
        return "object"
    return " or ".join(_type(x) for x in inner) if inner else of.__name__


def _problems() -> str:
    known = meanings(problems.ProblemCode)
    rows = "".join(f"| `{m.value}` | {known.get(m.name, '')} |\n" for m in problems.ProblemCode)
    return (
        "# Problem codes\n\nWhat cannot be read, or only in part, is a row of `communique problems` with one of these "
        f"codes and a sentence. It stops nothing else.\n\n| code | means |\n|---|---|\n{rows}"
    )


def _settings() -> str:
    parts = ["# Settings\n\nAll of `communique.settings`. Nothing is read from the environment but `COMMUNIQUE_DB`.\n"]
    for each in (settings.Limits, settings.Fetching):
        known, default = meanings(each), each()
        parts += [f"\n## {each.__name__}\n\n{_first(each)}\n\n| setting | default | meaning |\n|---|---|---|\n"]
        parts += [
            f"| `{name}` | {_number(getattr(default, name))} | {known.get(name, '')} |\n" for name in fields(each)
        ]
    parts += ["\n## In code\n\n```python\nimport communique\nfrom communique.settings import Limits\n\n"]
    parts += ['communique.open("x.db", limits=Limits(report_chars=100_000))\n```\n']
    return "".join(parts)


def _number(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:,}" if isinstance(value, int) else f"{value:,g}"
    return "none" if not value else ", ".join(map(str, value)) if isinstance(value, tuple) else f"`{value}`"


# -- errors, library


def _errors() -> str:
    tree = textwrap.dedent((errors.__doc__ or "").partition("::\n\n")[2].partition("\n\nBad")[0])
    rows = "".join(f"| `{e.__name__}` | {e.exit_code} | {_first(e)} |\n" for e in _classes(errors))
    return (
        f"# Errors\n\nEvery error that is raised on purpose has one line for a person as its text.\n\n```text\n{tree}\n"
        "```\n\nInput that cannot be read is never an error: it becomes a row of [problems](problems.md).\n\n"
        f"| error | exit code | means |\n|---|---|---|\n{rows}"
    )


def _classes(module: Any) -> list[Any]:
    return [c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__]


def public() -> Iterator[tuple[str, Any]]:
    """Every public name of the library with what it stands for."""
    for name in sorted(set(communique.__all__) - {"__version__"}):
        yield f"communique.{name}", getattr(communique, name)
    for name, member in inspect.getmembers(api.Communique):
        if not name.startswith("_"):
            yield f"Communique.{name}", member
    for name in sorted(set(api.__all__) - set(communique.__all__) - {"Given"}):
        yield f"communique.api.{name}", getattr(api, name)
    for name, member in inspect.getmembers(testing, inspect.isfunction):
        if member.__module__ == testing.__name__:
            yield f"communique.testing.{name}", member


def _library() -> str:
    parts = ["# The library\n\n`communique.open` gives a `Communique`; ask it, and close it, or use it in a `with`.\n"]
    for name, member in public():
        parts += [f"\n## {name}\n\n"]
        target = member.func if hasattr(member, "func") else member
        if (
            callable(target)
            and not isinstance(member, property)
            and not hasattr(member, "func")
            and not inspect.isclass(member)
        ):
            parts += [f"```python\n{name.rpartition('.')[2]}{_signature(member)}\n```\n\n"]
        parts += [_docstring(inspect.getdoc(target if not isinstance(member, property) else member.fget)), "\n"]
    return "".join(parts)


def _signature(member: Callable[..., Any]) -> str:
    signature = inspect.signature(member)
    own = [p for p in signature.parameters.values() if p.name != "self"]
    return re.sub(
        r"(?:communique|collections|pathlib)\.[\w.]*\.(\w+)", r"\1", str(signature.replace(parameters=own))
    ).replace("'", "")


def _docstring(text: str | None) -> str:
    """A docstring as Markdown: its sections as lists."""
    lines: list[str] = []
    for line in (text or "").splitlines():
        if re.fullmatch(r"(Args|Returns|Raises|Attributes|Example):", line):
            lines += [f"*{line[:-1]}*", ""]
        elif row := re.match(r" {4}(\w+): (.*)", line):
            lines += [f"- `{row[1]}`: {row[2]}"]
        else:
            lines += [f"  {line.strip()}" if line.startswith(" " * 8) else line.strip()]
    return "\n".join(lines).strip() + "\n"


# -- what is missing


def undocumented() -> list[str]:
    """Everything public that says nothing of itself."""
    missing = [f"verb {name}" for name, command in verbs() if not command.help]
    missing += [
        f"{name} without an example" for name, c in verbs() if "Example: " not in (c.help or "") and not _group(c)
    ]
    missing += [
        f"option {p.name} of {name}"
        for name, command in verbs()
        for p in command.params
        if p.name not in UNLISTED and not getattr(p, "help", None)
    ]
    missing += [
        f"{each.__name__}.{name}"
        for each in (*STRUCTS, problems.ProblemCode, settings.Limits, settings.Fetching)
        for name in fields(each)
        if not meanings(each).get(name)
    ]
    missing += [f"error {e.__name__}" for e in _classes(errors) if not e.__doc__]
    missing += [name for name, member in public() if not inspect.getdoc(getattr(member, "func", member))]
    missing += [f"struct {s.__name__} is on no page" for s in _classes(record) if s not in STRUCTS]
    missing += [f"words {w.__name__} are on no page" for w in _classes(words) if w not in LISTS]
    return missing


def _group(command: Any) -> bool:
    return bool(getattr(command, "commands", None)) and "Example: " not in (command.help or "")


def _first(of: type) -> str:
    """First paragraph of a docstring on one line."""
    return " ".join((inspect.getdoc(of) or "").partition("\n\n")[0].split())


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
