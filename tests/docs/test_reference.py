"""The reference is the code's own, and nothing public is undocumented."""

from pathlib import Path

import msgspec
import pytest
import reference


@pytest.mark.parametrize("path", sorted(reference.pages()), ids=lambda p: p.name)
def test_the_reference_is_that_of_the_code(path: Path) -> None:
    """A page that drifts fails here; `./dev docs --write` writes it anew."""
    assert path.read_text("utf-8") == reference.pages()[path]


def test_nothing_public_is_undocumented() -> None:
    """Every verb has a help text with an example; every option, name, error, setting, code and field its meaning."""
    assert reference.undocumented() == []


def test_what_has_no_meaning_is_found() -> None:
    """A field without a word under it is told apart from one with: the check can fail."""

    class Half(msgspec.Struct):
        said: int = 0
        """What it says."""
        silent: int = 0

    assert reference.meanings(Half) == {"said": "What it says."}
