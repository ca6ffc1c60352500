"""PostgreSQL cut in the midst of the work: nothing acknowledged is lost, and the next run ends in the same bytes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from communique import pipeline
from communique.errors import StoreError
from communique.ingest.sources import Source
from communique.store.store import Hook, Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Server

#: Ends every connection of the tests but the one that asks.
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'tester'"
)


def work(url: str, examples: tuple[Source, ...], runner: Any, on_commit: Hook | None = None) -> bytes:
    """Add the examples, build, and give the record."""
    with Store.open(url, on_commit=on_commit) as store:
        pipeline.add(store, examples, runner)
        return pipeline.build(store, runner).encode()


def test_the_same_record_on_a_server(
    server: "Server", examples: tuple[Source, ...], remembering: Any, record_bytes: bytes
) -> None:
    """The engine is no part of the record."""
    url = server.database()
    assert work(url, examples, remembering) == record_bytes
    with Store.open(url, read_only=True) as store, store.view() as view:
        assert view.record_json() == record_bytes
        assert verify(store).sound


def at(number: int, act: Callable[[], object]) -> Hook:
    """Acts once, at a commit point."""
    points = iter(range(1_000))

    def hook(_point: str) -> None:
        if next(points) == number:
            act()

    return hook


@pytest.mark.parametrize("fault", ["connections cut", "server crashed"])
def test_a_cut_at_any_commit_loses_nothing_acknowledged(
    server: "Server", examples: tuple[Source, ...], remembering: Any, record_bytes: bytes, fault: str
) -> None:
    """One sentence is told, what was stored is whole, and the next run ends in the same bytes."""

    def cut() -> None:
        if fault == "server crashed":
            server.stop("immediate")
            server.start()
        else:
            server.psql(CUT)

    reached: list[str] = []
    work(server.database(), examples, remembering, reached.append)
    before = [n for n, point in enumerate(reached) if point.endswith(":before")]
    step = max(1, len(before) // (20 if fault == "connections cut" else 4))
    for number in before[::step]:
        url = server.database()
        with pytest.raises(StoreError, match=r"PostgreSQL database .*(try again|cannot be reached)"):
            work(url, examples, remembering, at(number, cut))
        with Store.open(url) as store:
            assert verify(store).sound
        assert work(url, examples, remembering) == record_bytes
    assert before[::step]
