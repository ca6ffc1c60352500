"""One request to the app without a socket: for `serve --get`, and for tests."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from communique.web.guard import App, Message, Scope


class Reply(NamedTuple):
    """What came back: header names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of a name; None where there is none."""
        return next((value for key, value in self.headers if key == name), None)


def reply(
    app: App, target: str, headers: Sequence[tuple[str, str]] = (), *, method: str = "GET", body: bytes = b""
) -> Reply:
    """The answer to one request.

    Args:
        app: the guarded app.
        target: path and question, as on the wire.
        headers: names and values, in their order.
        method: of the request.
        body: of the request.
    """
    # In a thread of its own: the caller's may hold a running loop already.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_reply(app, _scope(target, headers, method), body))).result()


async def _reply(app: App, scope: Scope, body: bytes) -> Reply:
    sent: list[Message] = []
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    head = next(m for m in sent if m["type"] == "http.response.start")
    pairs = tuple((k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in head["headers"])
    whole = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Reply(head["status"], pairs, whole)


def _scope(target: str, headers: Sequence[tuple[str, str]], method: str) -> Scope:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
