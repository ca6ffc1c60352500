"""What is installed is what is in the checkout (promise D2)."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("src", "examples", "pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md")


def wheel(folder: Path) -> Path:
    """Build a wheel from a copy of the checkout."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    (made,) = (folder / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same wheel, built twice in two folders."""
    return wheel(tmp_path_factory.mktemp("one")), wheel(tmp_path_factory.mktemp("two"))


@pytest.mark.promise("D2")
def test_a_wheel_built_twice_is_the_same(wheels: tuple[Path, Path]) -> None:
    """To the byte, wherever it is built."""
    one, two = (hashlib.sha256(made.read_bytes()).hexdigest() for made in wheels)
    assert one == two


def test_a_wheel_carries_its_data(wheels: tuple[Path, Path]) -> None:
    """Tables, migrations, examples, the page's files and the mark of types are in it, and nothing compiled."""
    names = set(zipfile.ZipFile(wheels[0]).namelist())
    package = ROOT / "src" / "communique"
    kept = {
        f"communique/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept <= names
    assert "communique/py.typed" in names
    assert any(name.startswith("communique/data/examples/") for name in names)
    assert not [name for name in names if name.endswith(".pyc")]
