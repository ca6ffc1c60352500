"""One server and one browser for all tests of the page, and databases made by hand."""

import asyncio
import importlib.util
import shutil
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from communique.cluster.features import Features
from communique.model.record import Record
from communique.model.reports import Report
from communique.store.store import Store
from communique.web import serve
from communique.web.app import Site, Visitor
from communique.web.once import Reply, reply

VISITOR = Visitor("Mara Venn", lambda: "2032-01-02")
HOST = "127.0.0.1:8470"
ARGUMENTS = ("--no-sandbox", "--disable-gpu")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class Client:
    """Asks a site as the browser that has its cookie would."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.app = site.guarded([HOST])
        self.cookie = ("cookie", site.entry.header.partition(";")[0])

    def get(self, target: str, **more: Any) -> Reply:
        """The answer to a request for an address."""
        return reply(self.app, target, [("host", HOST), self.cookie], **more)

    def page(self, target: str, status: int = 200) -> str:
        """The page at an address, as text."""
        answer = self.get(target)
        assert answer.status == status, (target, answer.status)
        return answer.body.decode()

    def post(self, target: str, body: str, *headers: tuple[str, str]) -> Reply:
        """The answer to a form of our own pages, or with other headers than theirs."""
        ours = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")]
        given = [("host", HOST), self.cookie, *(headers or ours)]
        return reply(self.app, target, given, method="POST", body=body.encode())


@pytest.fixture(scope="session")
def client_of() -> Callable[[Site], Client]:
    """How to ask a site."""
    return Client


class Running(NamedTuple):
    """A site that listens on a port of this machine."""

    site: Site
    base: str


@contextmanager
def run(site: Site) -> Iterator[Running]:
    """Serve a site in a thread."""
    with serve.listen("127.0.0.1", 0) as listening:
        server, address = serve.server_of(site, listening)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
        thread.start()
        try:
            yield Running(site, address.partition("/enter")[0])
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def runs() -> Callable[[Site], Any]:
    """How to serve a site."""
    return run


def put(path: Path, reports: Sequence[Report], record: Record, decisions: Sequence[Any] = ()) -> Path:
    """A database of some reports with a record that was written by hand."""
    with Store.open(path) as store, store.writer("test") as writer:
        for report in reports:
            writer.put_report(report, report.text.encode())
            writer.put_annotations(report.id, "by hand", (), msgspec.msgpack.encode(Features(report=report.id)))
        for decision in decisions:
            writer.put_decision(decision)
        writer.put_record(record)
    return path


@pytest.fixture(scope="session")
def puts() -> Callable[..., Path]:
    """How to make a database by hand."""
    return put


@pytest.fixture(scope="session")
def payloads() -> ModuleType:
    """Texts that would like to run."""
    spec = importlib.util.spec_from_file_location("payloads", Path(__file__).with_name("payloads.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def example_site(example_database: Path) -> Iterator[Site]:
    """The pages on the example reports, to be read only."""
    with serve.site(str(example_database), VISITOR, read_only=True, patience=20) as site:
        yield site


@pytest.fixture(scope="session")
def client(example_site: Site) -> Client:
    """Whoever reads the example reports."""
    return Client(example_site)


@pytest.fixture
def desk(example_copy: Path) -> Iterator[Client]:
    """Whoever rules on a copy of the example reports."""
    with serve.site(str(example_copy), VISITOR, patience=20) as site:
        yield Client(site)


@pytest.fixture(scope="session")
def running(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example reports, served; rulings may be made."""
    path = shutil.copy(example_database, tmp_path_factory.mktemp("served") / "x.db")
    with serve.site(str(path), VISITOR, patience=20) as site, run(site) as served:
        yield served


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[list[bytes]]:
    """All the world but this machine: what was first said to it, connection by connection."""
    heard: list[bytes] = []

    class Ear(socketserver.BaseRequestHandler):
        """One connection."""

        def handle(self) -> None:
            """Hear what comes first, and say nothing."""
            heard.append(self.request.recv(4096))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ear) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        heard.append(str(server.server_address[1]).encode())
        yield heard
        server.shutdown()


@pytest.fixture(scope="session")
def browser(elsewhere: list[bytes]) -> Iterator[Browser]:
    """The system's Chromium; every other name than this machine's leads to `elsewhere`."""
    port = elsewhere.pop().decode()
    everywhere = f"--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1"
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "no Chromium on PATH: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, everywhere])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def enter() -> Callable[..., BrowserContext]:
    """Open a browser that is known to a site."""

    def opened(browser: Browser, served: Running, **options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        entry = served.site.entry
        context.add_cookies([{"name": entry.name, "value": entry.cookie, "url": served.base}])
        context.set_default_timeout(45_000)
        return context

    return opened


@pytest.fixture(scope="session")
def request_as(example_site: Site) -> Callable[..., Reply]:
    """One request with exactly these headers."""

    def asked(target: str, headers: Sequence[tuple[str, str]], *, site: Site | None = None, **more: Any) -> Reply:
        return reply((site or example_site).guarded([HOST, "localhost:8470"]), target, headers, **more)

    return asked
