"""A small web on this machine: pages, feeds, and every way in which a server can be a nuisance."""

import gzip
import itertools
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from communique.ingest.fetch import Fetcher
from communique.settings import Fetching

type Answer = Callable[["Handler"], None]

MIB = 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    """Answers by the table of its web."""

    protocol_version = "HTTP/1.1"
    web: "Web"

    def do_GET(self) -> None:
        """One request."""
        self.web.asked.append(self.path)
        self.web.headers.append(dict(self.headers.items()))
        path, _, rest = self.path[1:].partition("/")
        made = self.web.pages.get(self.path) or getattr(self, f"give_{path.replace('.', '_')}", None)
        if made is None:
            self.body(b"nothing here", status=404)
        elif isinstance(made, tuple):
            self.versioned(*made)
        else:
            made(*([rest] if rest else []))

    def versioned(self, data: bytes, kind: str, tag: str) -> None:
        """A page with a tag: 304 where the asker has it."""
        if self.headers.get("If-None-Match") == f'"{tag}"':
            self.body(b"", status=304, ETag=f'"{tag}"')
        else:
            self.web.sent.append(self.path)
            more = {"ETag": f'"{tag}"', "Cache-Control": "no-cache", **self.web.dates}
            self.body(data, kind=kind, **more)

    def body(self, data: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        """A plain answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def give_page(self) -> None:
        """A page that sets a cookie."""
        self.body(b"<p>The envoys met in Sarn.</p>", Set_Cookie="who=me; Path=/")

    def give_robots_txt(self) -> None:
        """What may be fetched."""
        self.body(self.web.robots, status=self.web.robots_status, kind="text/plain")

    def give_to(self, rest: str) -> None:
        """A redirect: STATUS/HEX OF ADDRESS."""
        status, _, target = rest.partition("/")
        self.body(b"", status=int(status), Location=bytes.fromhex(target).decode())

    def give_twice(self, rest: str) -> None:
        """A redirect to a redirect."""
        self.body(b"", status=302, Location=f"/to/{rest}")

    def give_round(self, rest: str = "0") -> None:
        """A redirect that never ends."""
        self.body(b"", status=302, Location=f"/round/{int(rest) + 1}")

    def give_hops(self, rest: str) -> None:
        """So many redirects, then a page."""
        left = int(rest)
        self.body(b"", status=302, Location=f"/hops/{left - 1}" if left > 1 else "/page")

    def give_refresh(self) -> None:
        """A page that asks a browser to go elsewhere."""
        self.body(b'<meta http-equiv="refresh" content="0;url=/secret"><p>Wait.</p>')

    def give_big(self, rest: str) -> None:
        """So many bytes, said before."""
        self.body(b"a" * int(rest), kind="text/plain")

    def give_endless(self) -> None:
        """A body without an end."""
        self.chunked()
        while self.chunk(b"a" * 65536):
            pass

    def give_slow(self) -> None:
        """Ten bytes a second."""
        self.chunked()
        while self.chunk(b"a"):
            time.sleep(0.1)

    def give_slowhead(self) -> None:
        """Headers without an end, ten bytes a second."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            while True:
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            self.close_connection = True

    def give_silent(self) -> None:
        """No answer at all."""
        self.web.over.wait(5)
        self.close_connection = True

    def give_short(self) -> None:
        """Fewer bytes than were said."""
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"only this")
        self.close_connection = True

    def give_bomb(self, rest: str) -> None:
        """So many MiB of nothing, packed."""
        how, _, size = rest.partition("/")
        data = gzip.compress(b"\0" * (int(size) * MIB))
        self.body(data, Content_Encoding=how)

    def give_torn(self) -> None:
        """Packed, and cut."""
        self.body(gzip.compress(b"all of it" * 999)[:40], Content_Encoding="gzip")

    def give_garbage(self) -> None:
        """No HTTP."""
        self.wfile.write(b"\x00\x01nonsense\r\n\r\n")
        self.close_connection = True

    def give_flaky(self) -> None:
        """An error for now, then a page."""
        status = 200 if self.web.asked.count(self.path) > 1 else 503
        self.body(b"<p>Here again.</p>", status=status)

    def give_status(self, rest: str) -> None:
        """Any status."""
        self.body(b"", status=int(rest))

    def chunked(self) -> None:
        """Begin a body of unknown length."""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data: bytes) -> bool:
        """One piece of it; False where nobody listens any more."""
        try:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()
        except OSError:
            self.close_connection = True
            return False
        return not self.web.over.is_set()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """A minute later than the answer before: nobody polls twice in a second, and dates tell no less."""
        if timestamp is None:
            timestamp = self.web.began + 60 * next(self.web.minutes)
        return super().date_time_string(timestamp)  # type: ignore[arg-type]  # a float is taken

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Web:
    """The server, what it was asked, and what it serves."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.sent: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.pages: dict[str, Any] = {}
        self.dates: dict[str, str] = {}
        self.robots, self.robots_status = b"", 404
        self.over = threading.Event()
        self.began, self.minutes = time.time() - 36_000, itertools.count()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"web": self}))
        self._server.daemon_threads = True
        self.at = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self._fetchers: list[Fetcher] = []

    def url(self, path: str) -> str:
        """Address of a path."""
        return f"http://{self.at}{path}"

    def fetcher(self, cache: Any = None, **caps: Any) -> Fetcher:
        """A fetcher that may connect to this server, and to nothing else inside."""
        kept = str(cache) if cache else None
        fetching = Fetching(**{"host_delay": 0, "tries": 1, "allow": frozenset({self.at}), "cache": kept, **caps})
        self._fetchers.append(Fetcher(fetching, sleep=lambda _: None))
        return self._fetchers[-1]

    def close(self) -> None:
        """Stop."""
        self.over.set()
        for each in self._fetchers:
            each.close()
        self._server.shutdown()
        self._server.server_close()
