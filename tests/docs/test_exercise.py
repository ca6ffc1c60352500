"""The exercise of CONTRIBUTING: a further kind of fact is one file a room, and nothing else."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exercise.md").read_text("utf-8")
REPORTS = (
    "Lindhaven, May 20: The navies of Arvenia and Tormalia held Exercise Northern Gate off Quessa on Tuesday.\n",
    "Quessa, May 21: Transport Minister Helena Marsk watched the closing day of exercise Northern Gate.\n",
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source after what the page says was done, and nothing else."""
    folder = tmp_path_factory.mktemp("exercise")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (diff,) = re.findall(r"```diff\n(.*?)```", PAGE, re.DOTALL)
    subprocess.run(["git", "apply", "--unidiff-zero", "-"], input=diff, cwd=folder, text=True, check=True)
    files = re.findall(r"`(src/[\w/.]+)`[^`]*?```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(files) == 3
    for path, code in files:
        assert not (folder / path).exists()
        (folder / path).write_text(code, encoding="utf-8")
    (folder / "reports").mkdir()
    for number, text in enumerate(REPORTS):
        (folder / "reports" / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def communique(folder: Path, *arguments: str) -> str:
    """What the changed program prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "communique", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_further_kind_takes_one_file_a_room_and_is_everywhere(changed: Path) -> None:
    """Two reports name one exercise: it is in the record with its words, in its table, on its pages, and verified."""
    communique(changed, "add", "reports/0.txt", "reports/1.txt")
    (exercise,) = json.loads(communique(changed, "export", "--format", "json"))["exercises"]
    assert exercise["name"] == "Northern Gate"
    assert [REPORTS[0][s["start"] : s["end"]] == s["text"] for s in exercise["evidence"]].count(True) == 1
    assert "Northern Gate" in communique(changed, "exercises", "--columns", "name,origins")
    assert "[Exercise Northern Gate]" in communique(changed, "show", exercise["id"])
    for page in ("/exercises", f"/exercises/{exercise['id']}"):
        assert "Northern Gate" in communique(changed, "serve", "--get", page)
    for form in ("jsonl", "annotations", "packet"):
        communique(changed, "export", "--format", form)
    communique(changed, "decide", "reject", exercise["id"], "--by", "Mara Venn")
    assert json.loads(communique(changed, "export"))["exercises"] == []
    communique(changed, "verify")


def test_the_page_touches_one_file_a_room() -> None:
    """The rooms of its paths are all different."""
    paths = re.findall(r"^\+\+\+ b/(\S+)$", PAGE, re.MULTILINE) + re.findall(r"`(src/[\w/.]+)`", PAGE)
    rooms = [Path(path).parts[2] for path in paths]
    assert sorted(rooms) == ["annotate", "export", "fuse", "model"]
