"""HTTP on the socket: what is no request at all gets our headers too, and nobody waits for slow ones."""

import asyncio
import html
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from communique.web.guard import HEADERS

#: Seconds in which the header of the first request has to arrive.
PATIENCE = 10.0


class Wire(H11Protocol):
    """One connection of a visitor."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._waiting = self.loop.call_later(PATIENCE, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        if self.cycle is None:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request: with 421 where its Host is what is wrong."""
        # Called while the error of the parser is being handled.
        host = "Host:" in str(sys.exception())
        status = 421 if host else 400
        text = "This page answers only at the address that it was opened with." if host else msg
        body = f"<!doctype html><html lang=en><title>{status}</title><p>{html.escape(text)}</p></html>".encode()
        headers: list[tuple[bytes, bytes]] = [(b"content-type", b"text/html; charset=utf-8"), *HEADERS]
        headers += [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
        events: list[Any] = [
            h11.Response(status_code=status, headers=headers, reason=b"Refused"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ]
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
