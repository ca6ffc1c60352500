"""What comes over the socket: requests that are none, two hosts, slow clients."""

import socket
import time
from typing import Any

import pytest

from communique.web import guard, wire


def say(served: Any, *lines: str, body: bytes = b"") -> bytes:
    """Send lines as they are; what came back."""
    port = int(served.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        made.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        found = b""
        while part := made.recv(65536):
            found += part
            head, end, rest = found.partition(b"\r\n\r\n")
            length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
            if end and length and len(rest) >= int(length[0].partition(b":")[2]):
                break
    return found


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def own(served: Any) -> str:
    return f"Host: {served.base.removeprefix('http://')}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["GET / HTTP/1.1"], 421),
        (["GET / HTTP/1.1", "HOST", "HOST"], 421),
        (["GET / HTTP/1.1", "HOST", "Host: evil.example"], 421),
        (["GET / HTTP/1.1", "Host: a b"], 421),
        (["GET / HTTP/1.1", "Host: evil.example"], 421),
        (["GET http://evil.example/ HTTP/1.1", "HOST"], 421),
        (["GET http://evil.example/ HTTP/1.1", "Host: evil.example"], 421),
        (["GET / HTTP/1.1", "HOST", "X-Forwarded-Host: evil.example"], 421),
        (["GET / HTTP/1.0"], 421),
        (["GET / HTTP/1.1", "HOST"], 401),
        (["GET /\x01 HTTP/1.1", "HOST"], 400),
        (["nonsense"], 400),
        (["GET / HTTP/1.1", "HOST", "X: " + "x" * 70_000], 431),
        (["CONNECT evil.example:443 HTTP/1.1", "HOST"], 421),
        (["OPTIONS * HTTP/1.1", "HOST"], 421),
        (["POST / HTTP/1.1", "HOST", "Content-Length: 99999999999"], 401),
        (["POST / HTTP/1.1", "HOST", "Content-Length: x"], 400),
        (["GET / HTTP/1.1", "HOST", "Upgrade: websocket", "Connection: Upgrade"], 401),
    ],
)
def test_odd_requests_are_refused_with_our_headers(running: Any, lines: list[str], expected: int) -> None:
    """Whatever is sent, the answer has a status of ours and the strict policy."""
    answer = say(running, *[own(running) if line == "HOST" else line for line in lines])
    # A header that is too long is found by the parser or by the guard, as its bytes happen to come in.
    assert status(answer) in ((400, 431) if expected == 431 else (expected,))
    for name, value in guard.HEADERS:
        assert name + b": " + value in answer.lower() or name + b": " + value in answer


def test_a_thousand_ranges_are_one_answer(running: Any) -> None:
    """Files are given whole; a question for a thousand parts is not looked at."""
    ranges = "Range: bytes=" + ",".join(f"{n}-{n}" for n in range(1000))
    answer = say(running, "GET /static/page.css HTTP/1.1", own(running), ranges, "Connection: close")
    assert status(answer) == 200
    assert b"multipart" not in answer


def test_slow_clients_do_not_hold_the_page(running: Any) -> None:
    """While fifty clients send half a request, another one is answered at once, and none of them waits for ever."""
    port = int(running.base.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(50)]
    try:
        for one in slow:
            one.sendall(b"GET / HTTP/1.1\r\nHos")
        begun = time.monotonic()
        assert status(say(running, "GET /static/page.css HTTP/1.1", own(running))) == 200
        assert time.monotonic() - begun < 10 * wire.PATIENCE
    finally:
        for one in slow:
            one.close()


def test_half_a_request_is_given_up(running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header that does not arrive in time ends the connection."""
    monkeypatch.setattr(wire, "PATIENCE", 0.2)
    port = int(running.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        made.sendall(b"GET / HTTP/1.1\r\nHos")
        assert made.recv(100) == b""


def test_a_body_that_does_not_arrive_is_not_waited_for(running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets 408."""
    monkeypatch.setattr(guard, "PATIENCE", 0.2)
    cookie = "Cookie: " + running.site.entry.header.partition(";")[0]
    form = "Content-Type: application/x-www-form-urlencoded"
    lines = (
        "POST /review/q1 HTTP/1.1",
        own(running),
        cookie,
        "Sec-Fetch-Site: same-origin",
        form,
        "Content-Length: 10",
    )
    assert status(say(running, *lines, body=b"choice")) == 408
