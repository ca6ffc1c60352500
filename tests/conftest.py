"""What all tests share: the example reports, read once, and a runner that remembers what it read."""

import itertools
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import hypothesis
import pytest

from communique import pipeline
from communique.errors import StoreError
from communique.ingest.sources import Source, expand
from communique.run.inline import Inline
from communique.run.tasks import Outcome, Task
from communique.settings import DEFAULT_LIMITS
from communique.store import schema
from communique.store.store import Store
from communique.store.verify import verify

ROOT = Path(__file__).parents[1]
sys.path.append(str(Path(__file__).parent))  # what tests of several rooms share: a small web, a hostile record
# How long an example takes depends on what else the machine does: no test fails for that.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
SEEDS = ROOT.parent / "shared" / "seeds"
#: Set by `--full` in the environment, where child processes and modules that are imported see it.
FULL = "COMMUNIQUE_FULL"
FIGURES = pytest.StashKey[list[tuple[str, str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `./dev faults` asks for."""
    parser.addoption("--full", action="store_true", help="the counts of a full run, not those of every change")
    parser.addoption("--histories", type=int, default=2_000, help="of rulings (R6), in a full run")
    parser.addoption("--steps", type=int, default=50, help="most steps of each of them")
    parser.addoption("--promise", action="append", default=[], metavar="NAME", help="only tests of this promise")


def pytest_configure(config: pytest.Config) -> None:
    """Let everybody know of a full run, and make room for its figures."""
    config.addinivalue_line("markers", "promise(name): what docs/reliability.md promises, and this test proves")
    config.stash[FIGURES] = []
    if config.getoption("--full"):
        os.environ[FULL] = "1"
        for name in ("histories", "steps"):
            os.environ[f"COMMUNIQUE_{name.upper()}"] = str(config.getoption(name))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A full run has hours, not minutes; where promises are named, only their tests are run."""
    for item in items if os.environ.get(FULL) else ():
        item.add_marker(pytest.mark.timeout(4 * 3600))
    wanted = set(config.getoption("--promise"))
    if wanted:
        items[:] = [i for i in items if any(wanted & set(m.args) for m in i.iter_markers("promise"))]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the figures, promise by promise."""
    if config.stash[FIGURES]:
        terminalreporter.section("promises")
    for name, said in sorted(config.stash[FIGURES], key=lambda told: (told[0][0], int(told[0][1:]))):
        terminalreporter.write_line(f"{name:<4} {said}")


@pytest.fixture(scope="session")
def count() -> Callable[[int, int], int]:
    """How often something is tried: the first number on every change, the second in a full run."""
    return lambda few, many: many if os.environ.get(FULL) else few


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says what was tried and what came of it: told at the end of the run, under the promise that the test bears."""
    mark = next(request.node.iter_markers("promise"))
    return lambda said: request.config.stash[FIGURES].append((mark.args[0], said))


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """No test connects to anything but this machine: whoever tries fails, and so does the run."""
    tried: list[object] = []
    connect = socket.socket.connect

    def guarded(own: socket.socket, address: Any) -> None:
        network = own.family in (socket.AF_INET, socket.AF_INET6)
        if network and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
            tried.append(address)
            message = f"a test tried to connect to {address}"
            raise AssertionError(message)
        connect(own, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
    assert tried == []


class Remembering:
    """A runner that works in this process and never does the same work twice: reading is a pure function."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, Any], Any] = {}
        self._inline = Inline()

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        for task in tasks:
            key = (function, repr(task.payload))
            if key not in self.known:
                (self.known[key],) = self._inline.map(function, [task])
            yield Outcome(task.key, self.known[key].value, self.known[key].failure)

    def close(self) -> None:
        """Nothing to stop."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@pytest.fixture(scope="session")
def remembering() -> Remembering:
    """The session's one remembering runner."""
    return Remembering()


@pytest.fixture(scope="session")
def examples() -> tuple[Source, ...]:
    """The example reports as inputs."""
    paths = sorted(str(p) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
    return tuple(x for x in expand(paths, DEFAULT_LIMITS) if isinstance(x, Source))


@pytest.fixture(scope="session")
def seeds() -> tuple[Source, ...]:
    """Real reports of one session, where they lie beside the repository; skipped elsewhere."""
    if not SEEDS.is_dir():
        pytest.skip("the seed reports do not lie beside this checkout")
    paths = sorted(str(p) for p in SEEDS.glob("*.txt"))
    return tuple(x for x in expand(paths, DEFAULT_LIMITS) if isinstance(x, Source))


@pytest.fixture(scope="session")
def example_database(
    examples: tuple[Source, ...], remembering: Remembering, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A closed database of the example reports with their record: copy it, never change it."""
    path = tmp_path_factory.mktemp("whole") / "x.db"
    with Store.open(path) as store:
        pipeline.add(store, examples, remembering)
        pipeline.build(store, remembering)
    return path


@pytest.fixture(scope="session")
def record_bytes(example_database: Path) -> bytes:
    """The record of the example reports, built at once."""
    with Store.open(example_database, read_only=True) as store, store.view() as view:
        data = view.record_json()
    assert data is not None
    return data


@pytest.fixture
def example_copy(example_database: Path, tmp_path: Path) -> Path:
    """A database of the example reports that a test may change."""
    return Path(shutil.copy(example_database, tmp_path / "copy.db"))


class Damage:
    """Does harm to database files, and says what was altered and what verifying finds."""

    @staticmethod
    def rows(path: Path) -> list[object] | None:
        """Every row of every table of ours, from the tables themselves; None where that cannot be done."""
        try:
            with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as raw:
                return [raw.execute(f"SELECT * FROM {t.name} NOT INDEXED").fetchall() for t in schema.SEALED]
        except (sqlite3.Error, UnicodeDecodeError):
            return None

    @staticmethod
    def kinds(path: Path) -> set[str]:
        """Kinds of findings; `refused` where the database cannot even be opened."""
        try:
            with Store.open(path, create=False) as store:
                return {finding.kind for finding in verify(store).findings}
        except StoreError:
            return {"refused"}

    @staticmethod
    def flips(sound: bytes, folder: Path, seed: int, count: int) -> Iterator[tuple[str, Path]]:
        """Copies with one flipped bit each, three of four in a byte that is used, with the place as a text."""
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        used = [at for at, byte in enumerate(sound) if byte]
        for number in range(count):
            path = folder / f"{seed}-{number}.db"
            at = chance.choice(used) if number % 4 else chance.randrange(len(sound))
            path.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :])
            yield f"seed {seed}: byte {at} of {len(sound)}", path
            path.unlink()


@pytest.fixture(scope="session")
def damage() -> type[Damage]:
    """How to harm a database and look what is found."""
    return Damage


class Server:
    """A PostgreSQL server of our own, in a folder of its own, that listens on a socket there and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self._count = itertools.count(1)
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "initdb").parent]
        self._programs = found[-1]
        if self._user:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._user, str(self._programs / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, timeout=60)

    def start(self) -> None:
        """Let it run; commits are not forced to the disk, since nobody cuts the power here."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """End it; `immediate` is a crash."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def psql(self, sql: str, schema: str = "public") -> str:
        """What the server answers to a statement, as its administrator."""
        program = [str(self._programs / "psql"), "-h", str(self.folder), "-U", "tester", "-d", "postgres", "-XAtq"]
        settings = f"SET search_path TO {schema}; " if schema != "public" else ""
        done = subprocess.run([*program, "-c", settings + sql], check=True, capture_output=True, text=True, timeout=60)
        return done.stdout.strip()

    def database(self) -> str:
        """The address of an empty database: a schema of its own."""
        schema = f"test_{next(self._count)}"
        self.psql(f"CREATE SCHEMA {schema}")
        options = quote(f"-csearch_path={schema}")
        return f"postgresql+psycopg://tester@/postgres?host={quote(str(self.folder))}&options={options}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for the session."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:  # a socket's path has to be short
        Path(folder).chmod(0o755)
        made = Server(Path(folder))
        yield made
        made.stop("immediate")


@pytest.fixture
def web() -> Iterator[Any]:
    """A small web on this machine."""
    from small_web import Web  # noqa: PLC0415 - few tests want it

    made = Web()
    yield made
    made.close()
