"""Makes the tests' own functions importable by name, here and in workers."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers take over the search path."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
