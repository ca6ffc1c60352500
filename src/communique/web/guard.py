"""What every request passes before a page is asked for, and what every answer carries, errors as well.

The Host allow-list stands first: after a rebinding of names the attacker's page is of our own origin, and nothing
later would tell it from ours.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NamedTuple

from communique.web.entry import Entry

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]
type Render = Callable[[int, str], bytes]

#: Carried by every answer.
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
#: Most bytes of a body, of all header lines, of the query.
BODY, HEADER, QUERY = 1024 * 1024, 16 * 1024, 4 * 1024
#: Seconds in which a body has to arrive.
PATIENCE = 10.0
SAFE = frozenset({"GET", "HEAD"})
FORM = b"application/x-www-form-urlencoded"
_LOG = logging.getLogger("communique.web")
#: A path goes by segments of plain characters: no empty segment, no dots alone, nothing that is one only once decoded.
_PATH = re.compile(rb"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+)+\Z|/\Z")


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    message: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Request:
    """What the checks look at: headers by name, as sent."""

    def __init__(self, scope: Scope) -> None:
        """The request of a scope."""
        self.method: str = scope["method"]
        self.target: bytes = scope.get("raw_path") or scope["path"].encode()
        self.query: bytes = scope["query_string"]
        self._headers: list[tuple[bytes, bytes]] = list(scope["headers"])

    def all(self, name: bytes) -> list[bytes]:
        """Every header of a name."""
        return [value for key, value in self._headers if key.lower() == name]

    def one(self, name: bytes) -> bytes | None:
        """The header of a name; None where there is none, or several."""
        found = self.all(name)
        return found[0] if len(found) == 1 else None

    @property
    def size(self) -> int:
        """Bytes of all header lines."""
        return sum(len(key) + len(value) + 4 for key, value in self._headers)


class Guard:
    """The one door to the pages."""

    def __init__(self, app: App, hosts: Iterable[str], entry: Entry, render: Render) -> None:
        """A guard before an app.

        Args:
            app: the pages.
            hosts: the values of the Host header that are answered, port included.
            entry: who may look.
            render: status and message -> an HTML page that says so.
        """
        self._app = app
        self._hosts = frozenset(host.encode() for host in hosts)
        self._origins = frozenset(b"http://" + host for host in self._hosts)
        self._entry = entry
        self._render = render
        self._checks = (self._host, self._shape, self._method, self._visitor, self._writer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        out = _Sealed(send)
        refusal = await self._refusal(scope, receive, out)
        if refusal is not None:
            await self.refuse(out, refusal, head=scope["method"] == "HEAD")

    async def _refusal(self, scope: Scope, receive: Receive, out: "_Sealed") -> Refusal | None:
        request = Request(scope)
        for check in self._checks:
            refusal = check(request)
            if refusal is not None:
                return refusal
        body = b"" if request.method in SAFE else await _body(receive)
        if isinstance(body, Refusal):
            return body
        try:
            await self._app(scope, _replayed(body, receive), out)
        except Exception:  # noqa: BLE001 - whatever it is, the visitor gets a page and the log the trace
            _LOG.exception("no answer to %s %s", request.method, ascii(request.target.decode("latin-1")))
            return None if out.begun else Refusal(500, "Something went wrong here. Nothing was changed.")
        return None

    async def refuse(self, send: Send, refusal: Refusal, *, head: bool = False) -> None:
        """Send the page that says why there is no answer."""
        body = self._render(refusal.status, refusal.message)
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        headers += [*refusal.headers, (b"connection", b"close")]
        await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head else body})

    # -- the checks, in their order

    def _host(self, request: Request) -> Refusal | None:
        forwarded = request.all(b"x-forwarded-host") or request.all(b"forwarded")
        if request.one(b"host") in self._hosts and not forwarded and request.target.startswith(b"/"):
            return None
        return Refusal(421, "This page answers only at the address that `communique serve` printed.")

    def _shape(self, request: Request) -> Refusal | None:
        if request.size > HEADER:
            return Refusal(431, f"The header of the request has more than {HEADER} bytes.")
        if len(request.query) > QUERY:
            return Refusal(414, f"The question after the ? has more than {QUERY} bytes.")
        if not _PATH.match(request.target):
            return Refusal(404, "There is no such page.")
        return None

    def _method(self, request: Request) -> Refusal | None:
        if request.method in SAFE or request.method == "POST":
            return None
        return Refusal(405, "This page knows GET, HEAD and POST.", ((b"allow", b"GET, HEAD, POST"),))

    def _visitor(self, request: Request) -> Refusal | None:
        public = request.target == b"/enter" or request.target.startswith(b"/static/")
        if public or any(self._entry.knows(c.decode("latin-1")) for c in request.all(b"cookie")):
            return None
        return Refusal(401, "")

    def _writer(self, request: Request) -> Refusal | None:
        """Only our own pages write: the browser says where a request comes from, and pages cannot forge that."""
        if request.method in SAFE:
            return None
        site, origin = request.all(b"sec-fetch-site"), request.all(b"origin")
        # Under our referrer policy a browser names no origin for a form, but still says that it is the same.
        named = origin in ([], [b"null"]) or self._ours(origin)
        if not (site == [b"same-origin"] and named if site else self._ours(origin)):
            return Refusal(403, "This request does not come from a page of Communiqué. Nothing was changed.")
        if (request.one(b"content-type") or b"").partition(b";")[0].strip().lower() != FORM:
            return Refusal(415, "Rulings come from the forms of these pages.")
        length = request.one(b"content-length")
        if length is not None and (not length.isdigit() or int(length) > BODY):
            return _TOO_LARGE
        return None

    def _ours(self, origin: list[bytes]) -> bool:
        return len(origin) == 1 and origin[0] in self._origins


_TOO_LARGE = Refusal(413, f"The body of the request has more than {BODY} bytes.")


class _Sealed:
    """Sends an answer with the headers that every answer carries."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            ours = {name for name, _ in HEADERS}
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
            message = {**message, "headers": [*kept, *HEADERS]}
        await self._send(message)


async def _body(receive: Receive) -> bytes | Refusal:
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(receive)
    except TimeoutError:
        return Refusal(408, "The body of the request did not arrive in time.")


async def _read(receive: Receive) -> bytes | Refusal:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return Refusal(400, "The request ended before its body.")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY:
            return _TOO_LARGE
    return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body that was read already, then whatever comes after it."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
