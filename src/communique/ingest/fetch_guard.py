"""The wall between fetching and what is inside: every address is judged when it is connected to, not when it is named.

A name is looked up once, every answer is judged, and the connection goes to one of the addresses that were judged; so
neither a second look-up, nor a redirect, nor another way to write a number leads inside.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2
import httpx2

from communique.settings import Fetching

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Resolve = Callable[[str, int], Sequence[str]]

_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: Networks that `ipaddress` of some Python versions takes for public, or that carry an address of version 4 in a form
#: of their own.
_INSIDE = tuple(
    ipaddress.ip_network(n)
    for n in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "100.64.0.0/10",
        "240.0.0.0/4",
        "2001:2::/48",
        "2001:10::/28",
        "2001:20::/28",
        "2001:db8::/32",
        "3fff::/20",
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)
_LONGEST = 2048
#: Addresses of one name that are tried.
_TRIED = 4


class RefusedError(Exception):
    """Something may not be fetched; the text says why."""


def inside(address: str) -> str:
    """Why an address is not one of the public network; "" where it is.

    Args:
        address: in the form of `socket.getpeername`.
    """
    if "%" in address:
        return "it has a zone"
    try:
        return _inside(ipaddress.ip_address(address))
    except ValueError:
        return "it is no address"


def _inside(address: Address) -> str:
    if isinstance(address, ipaddress.IPv6Address):
        return _inside_v6(address)
    closed = not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified
    return "it is not of the public network" if closed or _listed(address) else ""


def _listed(address: Address) -> bool:
    return any(address.version == n.version and address in n for n in _INSIDE)


def _inside_v6(address: ipaddress.IPv6Address) -> str:
    """Addresses of version 6, with every one of version 4 that they carry."""
    if address.ipv4_mapped:
        return _inside(address.ipv4_mapped)
    number = int(address)
    if address in _NAT64:
        return _inside(ipaddress.IPv4Address(number & 0xFFFFFFFF))
    carried = [*(address.teredo or ()), *([address.sixtofour] if address.sixtofour else ())]
    if number >> 32 & 0xFFFFFFFF in _ISATAP:
        carried.append(ipaddress.IPv4Address(number & 0xFFFFFFFF))
    if any(_inside(each) for each in carried):
        return "it carries an address that is not of the public network"
    # A Teredo address is public where what it carries is; the standard library calls the whole network private.
    closed = address not in _GLOBAL_V6 or _listed(address) or not (address.is_global or address.teredo)
    return "it is not of the public network" if closed else ""


def checked(url: str, fetching: Fetching) -> httpx2.URL:
    """An address of the web that may be asked for, before any connection.

    Raises:
        RefusedError: another scheme or port, a user name in it, or no address at all.
    """
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        message = f"it is no address of the web: {error}"
        raise RefusedError(message) from error
    if parsed.scheme not in ("http", "https") or not parsed.host or len(url) > _LONGEST:
        message = f"only http and https are fetched, not {parsed.scheme or 'nothing'}"
        raise RefusedError(message)
    if parsed.userinfo:
        message = "an address with a user name or password in it is not fetched"
        raise RefusedError(message)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    if port not in fetching.ports and f"{parsed.host}:{port}" not in fetching.allow:
        message = f"only ports {' and '.join(str(p) for p in fetching.ports)} are fetched from, not {port}"
        raise RefusedError(message)
    return parsed.copy_with(fragment=None)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, each once, in the order of the system's answer."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


class Backend(httpcore2.NetworkBackend):
    """Opens connections to addresses of the public network, and to those that a setting allows; keeps one deadline."""

    def __init__(self, fetching: Fetching, look_up: Resolve = resolve) -> None:
        """Nothing is connected yet; `deadline` is a time of the monotonic clock."""
        self._fetching, self._look_up = fetching, look_up
        self._inner = httpcore2.SyncBackend()
        self.deadline = float("inf")
        self.connected: list[str] = []

    def left(self, timeout: float | None) -> float:
        """Seconds that one step may take.

        Raises:
            httpcore2.ReadTimeout: the time is up.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            message = f"total_seconds = {self._fetching.total_seconds:g} are over"
            raise httpcore2.ReadTimeout(message)
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to one of a name's addresses, after every one of them was judged."""
        addresses = self._addresses(host, port, self.left(timeout))
        for address in addresses:
            self._judge(address, port, host)
        failed: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses[:_TRIED]:
            try:
                stream = self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            peer = stream.get_extra_info("server_addr")
            try:
                self._judge(str(peer[0]) if peer else "", port, host)
            except RefusedError:
                stream.close()
                raise
            self.connected.append(f"{address}:{port}")
            return _Stream(stream, self)
        raise failed

    def _judge(self, address: str, port: int, host: str) -> None:
        why = inside(address)
        if why and f"{address}:{port}" not in self._fetching.allow:
            message = f"{host} leads to {address or 'nowhere'}: {why}"
            raise RefusedError(message)

    def _addresses(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The answers of a look-up that may not last longer than some seconds."""
        found: list[Sequence[str] | Exception] = []

        def look() -> None:
            try:
                found.append(self._look_up(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error)

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        thread.join(seconds)
        if not found:
            message = f"the look-up of {host} takes longer than {seconds:.0f} s"
            raise httpcore2.ConnectTimeout(message)
        if isinstance(found[0], Exception):
            message = f"{host} is not known: {found[0]}"
            raise httpcore2.ConnectError(message)
        return found[0]


class _Stream(httpcore2.NetworkStream):
    """A connection whose every step ends at the deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, backend: Backend) -> None:
        self._inner, self._backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,  # noqa: ANN401 - the library's parameter
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the library's result
        return self._inner.get_extra_info(info)
