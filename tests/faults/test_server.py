"""PostgreSQL cut in the midst of the work (promise R12): nothing acknowledged is lost, the next run ends as ever."""

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import wire

from communique import pipeline
from communique.errors import StoreError
from communique.ingest.sources import Source
from communique.store.store import Hook, Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Server

pytestmark = pytest.mark.promise("R12")

type Count = Callable[[int, int], int]
type Figure = Callable[[str], None]

#: Ends every connection of the tests but the one that asks.
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'tester'"
)
FRESH = random.SystemRandom().randrange(1 << 32)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three inputs are acknowledged together, so that there are more commits."""
    monkeypatch.setattr(pipeline, "BATCH", 3)


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
    server: "Server",
    examples: tuple[Source, ...],
    remembering: Any,
    record_bytes: bytes,
    fault: str,
    count: Count,
    figure: Figure,
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
    times = count(4, 50) if fault == "connections cut" else count(2, 20)
    for turn in range(times):
        url = server.database()
        with pytest.raises(StoreError, match=r"PostgreSQL database .*(try again|cannot be reached)"):
            work(url, examples, remembering, at(before[turn % len(before)], cut))
        with Store.open(url) as store:
            assert verify(store).sound
        assert work(url, examples, remembering) == record_bytes
    figure(f"{fault} {times} times at {len(before)} commit points: sound each time, the same bytes after")


@pytest.fixture
def line(server: "Server") -> Iterator[wire.Wire]:
    """A line to the server that can be cut."""
    folder = Path(tempfile.mkdtemp(prefix="line-", dir="/tmp"))  # a socket's path has to be short
    with wire.Wire(server.folder, folder) as made:
        yield made


def over(line: wire.Wire, server: "Server") -> tuple[str, str]:
    """The address of an empty database, as it is, and by the line."""
    url = server.database()
    return url, url.replace(quote(str(server.folder)), quote(str(line.folder)))


def complaint(act: Callable[[], object]) -> str:
    """What an act is refused with; "" where it is done, as when all was acknowledged before the line went."""
    try:
        act()
    except StoreError as error:
        return str(error)
    return ""


def test_a_line_cut_after_any_message(
    line: wire.Wire,
    server: "Server",
    examples: tuple[Source, ...],
    remembering: Any,
    record_bytes: bytes,
    count: Count,
    figure: Figure,
) -> None:
    """Round every commit and anywhere else: what the server took is whole, and the next run ends in the same bytes."""
    commits: list[int] = []
    assert work(over(line, server)[1], examples, remembering, lambda _: commits.append(line.said)) == record_bytes
    most = line.said
    chance = random.Random(FRESH)  # noqa: S311 - a sample, not a secret
    near = sorted({n + more for n in commits for more in (0, 1, 2) if n + more < most})
    places = [*near[:: count(9, 1)], *(chance.randrange(1, most) for _ in range(count(2, 200)))]
    told = 0
    for place in places:
        line.whole()
        url, through = over(line, server)
        line.whole()
        line.cut_after = place
        said = complaint(lambda url=through: work(url, examples, remembering))
        assert "\n" not in said
        told += bool(said)
        with Store.open(url) as store:
            assert verify(store).sound
        assert work(url, examples, remembering) == record_bytes, f"seed {FRESH}, cut after {place}"
    assert told > len(places) // 2
    figure(f"a line of {most} messages cut after {len(places)} of them (seed {FRESH}): {told} told, all sound")
