"""What the README shows is what happens."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library example prints a brief with footnotes."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the README is ours
    assert printed.getvalue().startswith("# ")
    assert "[^1]:" in printed.getvalue()


def test_the_first_minute_is_two_commands() -> None:
    """Setting up takes no third step."""
    assert blocks("sh")[0].split("\n") == ["./dev demo", "./dev test", ""]


def test_every_verb_of_the_readme_exists() -> None:
    """No line of the README names a verb that the program has not."""
    from communique.cli.main import app  # noqa: PLC0415 - only this test needs it

    verbs = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    named = set(re.findall(r"^communique ([a-z]+)", blocks("sh")[1], re.MULTILINE))
    assert named <= verbs


def test_every_job_of_dev_leads_somewhere() -> None:
    """No job runs a script or a folder that is not there."""
    jobs = (ROOT / "dev").read_text(encoding="utf-8").partition("JOBS = {")[2].partition("\n}")[0]
    scripts = ["/".join(pair) for pair in re.findall(r'script\("(\w+)", "([\w.]+)"\)', jobs)]
    folders = re.findall(r'"(tests(?:/\w+)*)"', jobs)
    assert scripts
    assert [place for place in (*scripts, *folders) if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_somewhere(target: str) -> None:
    """Links inside the repository have a target."""
    assert (ROOT / target).exists()
