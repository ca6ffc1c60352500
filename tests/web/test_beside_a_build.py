"""Several people on the page while one builds, on each engine: everybody reads one moment, nobody waits or fails."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from communique import pipeline
from communique.ingest.sources import Source
from communique.run.tasks import Outcome, Task
from communique.store.copying import copy
from communique.store.store import Store
from communique.web import serve
from communique.web.app import Visitor

if TYPE_CHECKING:
    from conftest import Server

PEOPLE = ("Mara Venn", "Ivo Talmar", "Lena Okoro")
PATHS = ("/", "/events", "/statements", "/series.json", "/disagreements")


class Stepping:
    """A runner that gives the next outcome only when it is told to: the build lasts as long as the test wants."""

    def __init__(self, runner: Any) -> None:
        self._runner = runner
        self.steps = threading.Semaphore(0)

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        for outcome in self._runner.map(function, tasks):
            assert self.steps.acquire(timeout=60)
            yield outcome


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_readers_are_served_while_a_build_runs(
    engine: str,
    example_copy: Path,
    examples: tuple[Source, ...],
    remembering: Any,
    record_bytes: bytes,
    request: pytest.FixtureRequest,
) -> None:
    """Between any two outcomes every page answers every reader, with the record of before; after it, the same bytes."""
    url = str(example_copy)
    if engine == "postgres":
        server: Server = request.getfixturevalue("server")
        url = server.database()
        with Store.open(example_copy, read_only=True) as source, Store.open(url) as target:
            copy(source, target)
    runner = Stepping(remembering)
    made: list[bytes] = []

    def build() -> None:
        with Store.open(url) as store:
            made.append(pipeline.build(store, runner, everything=True).encode())  # type: ignore[arg-type]

    with ExitStack() as stack:
        sites = [stack.enter_context(serve.site(url, Visitor(name, lambda: "2032-01-02"))) for name in PEOPLE]
        building = threading.Thread(target=build)
        building.start()
        answers = 0
        while building.is_alive():
            for number, site in enumerate(sites):
                path = PATHS[(answers + number) % len(PATHS)]
                assert serve.get(site, path).status == 200, path
                answers += 1
            runner.steps.release()
            building.join(0.01)
        assert answers >= len(examples)
        assert made == [record_bytes]
        assert json.loads(serve.get(sites[0], "/series.json").body)["total"] == 1
