"""What is installed is what was tested (promise D1)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENTRIES = re.split(r"\n(?=\S)", LOCK.replace("\\\n", " ").strip())
FLOORS = {"lxml": (6, 1, 0), "starlette": (0, 49, 1), "h11": (0, 16)}

pytestmark = pytest.mark.promise("D1")


def test_every_file_has_its_hash() -> None:
    """Each line of the lock names one version, and the hashes of its files."""
    assert len(ENTRIES) > 50
    assert [e for e in ENTRIES if not re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+.*--hash=sha256:[0-9a-f]{64}", e)] == []


def test_nothing_is_taken_from_an_address() -> None:
    """No index, no link, no checkout: whoever installs says where from."""
    rest = re.sub(r"--hash=sha256:[0-9a-f]{64}|\\\n", "", LOCK)
    lines = [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+(\s*;[^:]+)?\s*", line)] == []
    assert "://" not in LOCK


def test_setting_up_takes_wheels_with_their_hashes_only() -> None:
    """`./dev setup` refuses what the lock does not name, and builds nothing."""
    words = (ROOT / "dev").read_text("utf-8")
    assert '"--require-hashes", "--only-binary", ":all:", "--no-deps"' in words


@pytest.mark.parametrize("name", FLOORS)
def test_what_had_a_hole_is_newer_than_the_hole(name: str) -> None:
    """Versions with known holes are not in the lock."""
    found = re.search(rf"^{name}==([0-9.]+)", LOCK, re.MULTILINE)
    assert found is not None
    assert tuple(map(int, found[1].split("."))) >= FLOORS[name]
