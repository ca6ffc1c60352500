"""ARCHITECTURE.md, the layer contract and the folders tell the same house."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def rooms() -> set[str]:
    """Modules and packages directly under the package."""
    found = {
        p.stem for p in (ROOT / "src" / "communique").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    return found - {"__init__"}


def layers() -> list[set[str]]:
    contract = CONFIG["tool"]["importlinter"]["contracts"][0]
    assert contract["exhaustive"]
    return [{name.strip(" ()") for name in layer.split("|")} for layer in contract["layers"]]


def test_every_room_stands_in_the_layer_contract() -> None:
    """No folder escapes the contract, and the contract names no room that is gone."""
    assert set().union(*layers()) == rooms()


def test_the_document_draws_the_layers_as_they_are() -> None:
    """The drawing in the document is the contract, top to bottom."""
    drawing = re.search(r"```layers\n(.*?)```", TEXT, re.DOTALL)
    assert drawing is not None
    drawn = [{name.strip() for name in line.split("|")} for line in drawing[1].strip().splitlines()]
    assert drawn == layers()


def test_the_document_speaks_of_every_room() -> None:
    """Each room has a row that says what it takes and gives."""
    assert [room for room in sorted(rooms() - {"__main__"}) if f"| `{room}" not in TEXT] == []


def test_the_document_is_short() -> None:
    """At most 120 lines: it is read at one sitting."""
    assert len(TEXT.splitlines()) <= 120
