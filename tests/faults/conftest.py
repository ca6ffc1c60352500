"""What the tests of this folder share; they import the modules that stand beside them, as their children do."""

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import nursery

from communique.ingest.sources import Source

if TYPE_CHECKING:
    from conftest import Remembering


@pytest.fixture(scope="session")
def plan(examples: tuple[Source, ...], remembering: "Remembering", record_bytes: bytes) -> nursery.Plan:
    """The examples, with the outcomes that this session remembers from building `record_bytes`."""
    assert record_bytes
    return nursery.Plan(examples, remembering.known)


@pytest.fixture(scope="session")
def children_of(plan: nursery.Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[nursery.Nursery]:
    """Children that carry out the plan."""
    path = tmp_path_factory.mktemp("plan") / "plan.pickle"
    path.write_bytes(pickle.dumps(tuple(plan)))
    made = nursery.Nursery(path)
    yield made
    made.close()
