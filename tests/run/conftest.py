"""Makes the tests' own functions importable by name, here and in workers."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="package", autouse=True)
def _importable() -> Iterator[None]:
    """Workers take over the search path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        importlib.import_module("poisons")
        yield
