"""Starting the page: on this machine alone, for whoever has the token that the start prints."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from communique.errors import CommuniqueError, UsageError
from communique.web.app import Site, Visitor
from communique.web.archive import WAIT, Archive
from communique.web.entry import Entry
from communique.web.guard import HEADER
from communique.web.once import Reply, reply
from communique.web.wire import Wire


@contextmanager
def site(url: str, visitor: Visitor, *, read_only: bool = False, patience: float = 1.0) -> Iterator[Site]:
    """The pages on a database; the record is read before this returns.

    Args:
        url: a path or a URL.
        visitor: who rules.
        read_only: show no form and take no ruling.
        patience: factor on the seconds that an answer may take, for machines that are very busy.

    Raises:
        StoreError: it cannot be opened.
    """
    archive = Archive(url, read_only=read_only, wait=WAIT * patience)
    try:
        archive.index(whole=True)
        yield Site(archive, Entry(), visitor, patience)
    finally:
        archive.close()


def names_of(host: str, port: int) -> list[str]:
    """The values of the Host header under which an address of this machine is asked for."""
    shown = f"[{host}]" if ":" in host else host
    suffixes = [f":{port}", *([""] if port == 80 else [])]  # noqa: PLR2004 - the port that a browser leaves out
    return [name + suffix for name in dict.fromkeys((shown, "localhost")) for suffix in suffixes]


def listen(host: str, port: int) -> socket.socket:
    """A socket on an address of this machine alone.

    Raises:
        UsageError: other machines could reach the address.
        CommuniqueError: the port is taken or may not be used.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        message = f"{host} can be reached from other machines: --host takes 127.0.0.1, ::1 or localhost"
        raise UsageError(message)
    made = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET)  # noqa: PLR2004 - the version
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((str(address), port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        message = f"port {port} cannot be used: {getattr(error, 'strerror', None) or error}; --port names another"
        raise CommuniqueError(message) from error
    return made


def server_of(pages: Site, listening: socket.socket) -> tuple[uvicorn.Server, str]:
    """A server of the pages on a socket, and the address to open, with the token in it."""
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        pages.guarded(names_of(host, port)),
        http=Wire,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEADER,
        timeout_keep_alive=5,
    )
    shown = f"[{host}]" if ":" in host else host
    return uvicorn.Server(config), f"http://{shown}:{port}/enter?token={pages.entry.token}"


def serve(pages: Site, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the pages until the process is told to stop.

    Args:
        pages: the site.
        host: an address of this machine.
        port: 0: any that is free.
        announce: told the address to open, once the server listens.
    """
    with listen(host, port) as listening:
        server, address = server_of(pages, listening)
        pages.archive.prepare()
        announce(address)
        server.run(sockets=[listening])


def get(pages: Site, target: str) -> Reply:
    """The answer to one request for a path.

    Raises:
        UsageError: the path does not begin with a slash.
    """
    if not target.startswith("/") or not target.isascii():
        message = f"--get takes a path such as /stories, not {target!a}"
        raise UsageError(message)
    cookie = pages.entry.header.partition(";")[0]
    return reply(pages.guarded(["localhost"]), target, [("host", "localhost"), ("cookie", cookie)])
