"""Fetching from the web: politely, within bounds, and never from inside (`fetch_guard`).

One answer passes three walls: the guard judges the address that is connected to, the wire is counted and timed as it
comes, and what is packed is unpacked under a cap. Cookies are dropped, and no credentials exist that could be sent on.
"""

import email.utils
import functools
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Self

import hishel
import httpcore2
import httpx2
import msgspec
import stamina
from hishel.httpx2 import CacheTransport
from protego import Protego

from communique.ingest.fetch_guard import Backend, RefusedError, Resolve, checked, resolve
from communique.model.problems import Problem, ProblemCode
from communique.settings import AGENT, DEFAULT_FETCHING, Fetching

_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_NOW = frozenset({429, 500, 502, 503, 504})
_OK = 200
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/json, text/*;q=0.8"
_HEADERS = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
_ROBOTS_CHARS = 500_000


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """One answer.

    Attributes:
        url: where it came from in the end.
        data: the body, unpacked.
        media: media type, lower case, "" where none is told.
        charset: the encoding that it declares, None where it does not.
        modified: when the server says it was changed last, ISO 8601 in UTC; None where it does not.
        answered: when the server says that it answered, likewise.
        unchanged: whether it is what the cache held.
    """

    url: str
    data: bytes
    media: str = ""
    charset: str | None = None
    modified: str | None = None
    answered: str | None = None
    unchanged: bool = False


class _TooMuchError(Exception):
    """More bytes than a cap allows."""


class _AgainError(Exception):
    """The server cannot answer for the moment."""


class _Wire(httpx2.HTTPTransport):
    """Answers as they come: through the guard, no cookies, counted."""

    def __init__(self, backend: Backend, fetching: Fetching) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        self._pool = httpcore2.ConnectionPool(ssl_context=_trust(), network_backend=backend, max_connections=4)
        self._fetching = fetching

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        answer.headers.pop("set-cookie", None)
        declared = answer.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._fetching.wire_bytes:
            answer.close()
            raise _TooMuchError(_cap("wire_bytes", self._fetching.wire_bytes, int(declared)))
        if isinstance(answer.stream, httpx2.SyncByteStream):
            answer.stream = _Counted(answer.stream, self._fetching.wire_bytes)
        return answer


class _Counted(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, cap: int) -> None:
        self._inner, self._cap = inner, cap

    def __iter__(self) -> Iterator[bytes]:
        count = 0
        for chunk in self._inner:
            count += len(chunk)
            if count > self._cap:
                raise _TooMuchError(_cap("wire_bytes", self._cap, count))
            yield chunk

    def close(self) -> None:
        self._inner.close()


@functools.cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed; read once, whatever the environment says."""
    return httpx2.create_ssl_context(trust_env=False)


def _cap(name: str, cap: int, found: int) -> str:
    return f"more than {name} = {cap}: at least {found}"


class Fetcher:
    """Fetches addresses one after the other. Use it as a context manager, or `close` it."""

    def __init__(
        self,
        fetching: Fetching = DEFAULT_FETCHING,
        sleep: Callable[[float], None] = time.sleep,
        look_up: Resolve = resolve,
    ) -> None:
        """Open nothing yet but the cache.

        Args:
            fetching: the caps and the manners.
            sleep: how to wait for a host's turn.
            look_up: how names become addresses.
        """
        self.fetching = fetching
        self._sleep = sleep
        self._backend = Backend(fetching, look_up)
        wire = _Wire(self._backend, fetching)
        self._transport: httpx2.BaseTransport = wire
        if fetching.cache is not None:
            storage = hishel.SqliteStorage(database_path=fetching.cache, max_stream_size=fetching.wire_bytes)
            self._transport = CacheTransport(wire, storage, rfc=hishel.CacheOptions(shared=False))
        self._robots: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    @property
    def connected(self) -> tuple[str, ...]:
        """Every address that was connected to, in order."""
        return tuple(self._backend.connected)

    def fetch(self, url: str) -> Fetched | Problem:
        """One answer, or why there is none; never an exception for what the web does."""
        try:
            return self._followed(url)
        except (RefusedError, _TooMuchError, _AgainError) as error:
            code = ProblemCode.TOO_LARGE if isinstance(error, _TooMuchError) else ProblemCode.FETCH
            return _problem(url, code, str(error))
        except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
            told = str(error) or f"no answer within total_seconds = {self.fetching.total_seconds:g}"
            return _problem(url, ProblemCode.TIME, told)
        except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error, ValueError) as error:
            return _problem(url, ProblemCode.FETCH, f"{type(error).__name__}: {error}")

    def _followed(self, url: str) -> Fetched:
        """The answer after all redirects, each of which is checked like the first address."""
        at = checked(url, self.fetching)
        spent = 0.0
        for _ in range(self.fetching.redirects + 1):
            self._permitted(at)
            self._wait(at)
            begun = time.monotonic()
            self._backend.deadline = begun + self.fetching.total_seconds - spent
            answer = self._asked(at)
            spent += time.monotonic() - begun
            if isinstance(answer, Fetched):
                return answer
            at = checked(str(at.join(answer)), self.fetching)
        message = f"more than redirects = {self.fetching.redirects}: at least {self.fetching.redirects + 1}"
        raise RefusedError(message)

    def _asked(self, url: httpx2.URL) -> Fetched | str:
        """One answer, or the address that it sends us to; asked again where the server fails for the moment."""
        passing = (_AgainError, httpx2.ConnectError, httpx2.ReadError, httpx2.RemoteProtocolError)
        for attempt in stamina.retry_context(
            on=passing, attempts=self.fetching.tries, timeout=self._backend.left(None), wait_initial=0.3, wait_max=3.0
        ):
            with attempt:
                return self._once(url)
        raise _AgainError

    def _once(self, url: httpx2.URL) -> Fetched | str:
        each = self.fetching.connect_seconds
        timeout = {"connect": each, "read": each, "write": each, "pool": each}
        request = httpx2.Request("GET", url, headers=_HEADERS, extensions={"timeout": timeout})
        answer = self._transport.handle_request(request)
        try:
            if answer.status_code in _MOVED:
                return answer.headers.get("location", "")
            if answer.status_code in _FOR_NOW:
                message = f"the server answers {answer.status_code} for now"
                raise _AgainError(message)
            if answer.status_code != _OK:
                message = f"the server answers {answer.status_code}"
                raise RefusedError(message)
            return self._read(url, answer)
        finally:
            answer.close()

    def _read(self, url: httpx2.URL, answer: httpx2.Response) -> Fetched:
        packed = b"".join(answer.iter_raw())
        status = answer.extensions.get("caching") or {}
        return Fetched(
            url=str(url),
            data=unpacked(packed, answer.headers.get("content-encoding", ""), self.fetching),
            media=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=answer.charset_encoding,
            modified=_moment(answer.headers.get("last-modified", "")),
            answered=_moment(answer.headers.get("date", "")),
            unchanged=bool(status.get("from_cache")),
        )

    # -- manners

    def _permitted(self, url: httpx2.URL) -> None:
        """Refuse what a host's robots.txt closes; where that cannot be had for the moment, all is closed."""
        robots = self._rules(url)
        if robots is None or not robots.can_fetch(str(url), AGENT):
            why = "asks not to fetch this" if robots else "cannot be read now"
            message = f"the robots.txt of {url.host} {why}"
            raise RefusedError(message)

    def _rules(self, url: httpx2.URL) -> Protego | None:
        host = _host(url)
        if host not in self._robots:
            self._robots[host] = self._fetch_rules(url.copy_with(raw_path=b"/robots.txt"))
        return self._robots[host]

    def _fetch_rules(self, url: httpx2.URL) -> Protego | None:
        """The rules of a host; none at all where it has no such file."""
        at = url
        self._backend.deadline = time.monotonic() + self.fetching.total_seconds
        for _ in range(self.fetching.redirects + 1):
            self._last[_host(at)] = time.monotonic()
            try:
                answer = self._asked(at)
            except RefusedError as error:
                if str(error).startswith("the server answers 4"):
                    return Protego.parse("")
                raise
            except _AgainError:
                return None
            if isinstance(answer, Fetched):
                return Protego.parse(answer.data.decode("utf-8", "replace")[:_ROBOTS_CHARS])
            at = checked(str(at.join(answer)), self.fetching)
        return None

    def _wait(self, url: httpx2.URL) -> None:
        """Wait for a host's turn."""
        host, robots = _host(url), self._robots.get(_host(url))
        asked = float((robots.crawl_delay(AGENT) if robots else None) or 0)
        delay = max(self.fetching.host_delay, min(asked, self.fetching.longest_delay))
        left = self._last.get(host, float("-inf")) + delay - time.monotonic()
        if left > 0:
            self._sleep(left)
        self._last[host] = time.monotonic()

    def close(self) -> None:
        """Close connections and cache."""
        self._transport.close()

    def __enter__(self) -> Self:
        """The fetcher itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self.close()


def unpacked(data: bytes, encoding: str, fetching: Fetching) -> bytes:
    """A body as it was before it was packed for the wire.

    Raises:
        RefusedError: it is packed in a way that was not asked for, or twice.
        _TooMuchError: it is more than `unpacked_bytes`.
        zlib.error: it is damaged.
    """
    how = encoding.strip().lower()
    if how in ("", "identity"):
        return data
    if how not in ("gzip", "x-gzip", "deflate"):
        message = f"the server packs its answer as {how}, which was not asked for"
        raise RefusedError(message)
    # A zlib stream begins with 0x78; some servers send a bare deflate stream under that name.
    window = 31 if how != "deflate" else 15 if data[:1] == b"\x78" else -15
    unpacking = zlib.decompressobj(window)
    out = unpacking.decompress(data, fetching.unpacked_bytes + 1)
    if len(out) > fetching.unpacked_bytes:
        raise _TooMuchError(_cap("unpacked_bytes", fetching.unpacked_bytes, len(out)))
    if not unpacking.eof:
        message = "the packed answer ends too early"
        raise zlib.error(message)
    return out


def _host(url: httpx2.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"


def _moment(text: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(text).isoformat() if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def _problem(url: str, code: ProblemCode, message: str) -> Problem:
    return Problem(input=url[:200], stage="ingest", code=code, message=message)
