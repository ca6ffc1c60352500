"""Makes the tests' own functions importable by name, here and in workers."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from machines import Machines


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """Two workers of a cluster and their scheduler."""
    made = Machines(tmp_path, 2)
    yield made
    made.close()


@pytest.fixture(scope="package", autouse=True)
def _importable() -> Iterator[None]:
    """Workers take over the search path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        importlib.import_module("poisons")
        yield
