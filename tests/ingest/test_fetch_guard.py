"""Fetching cannot reach inside, however the address is written and wherever it leads."""

import socket
from collections.abc import Sequence
from typing import Any

import pytest

from communique.ingest.fetch import Fetched, Fetcher
from communique.ingest.fetch_guard import inside
from communique.model.problems import Problem
from communique.settings import Fetching

#: Addresses that are not of the public network, each for a reason of its own.
INSIDE = [
    "0.0.0.0",  # noqa: S104 - a target, not a binding
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2606:4700::5efe:10.0.0.1",
]
PUBLIC = [
    "8.8.8.8",
    "93.184.215.14",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
]
#: The same places in other writings, other schemes and ports, and what is no address at all.
WRITINGS = [
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost.localdomain/",
    "http://ip6-localhost/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/",
    "http://user:pass@example.org/",
    "http://127.0.0.1#@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http://[fe80::1%25eth0]/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "gopher://example.org/",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "unix:///var/run/docker.sock",
    "//example.org/",
    "http://",
    "http:///x",
    "",
    "http://example.org:22/",
    "http://example.org:25/",
    "http://example.org:0/",
    "http://example.org:8080/",
    "http://example.org:99999/",
    "http://exam\nple.org/",
    "https://127.0.0.1/",
    "http://" + "a" * 3000,
]


def numeric(host: str, port: int) -> Sequence[str]:
    """What the system makes of a written address; names of this machine; no name is ever asked for."""
    if host.rstrip(".").lower() in ("localhost", "localhost.localdomain", "ip6-localhost"):
        return ("127.0.0.1", "::1")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return tuple(str(row[4][0]) for row in found)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_is_public(address: str) -> None:
    """Private, local, reserved, multicast, for documentation, and all of these inside another."""
    assert inside(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    """Also inside another."""
    assert inside(address) == ""


def test_what_is_no_address_is_inside() -> None:
    """When in doubt, no."""
    assert inside("example.org")


@pytest.mark.parametrize(
    "url", [*(f"http://[{a}]/" if ":" in a else f"http://{a}/" for a in INSIDE), *WRITINGS], ids=lambda u: repr(u)[:40]
)
def test_no_target_inside_is_connected_to(url: str) -> None:
    """Whatever the writing: a Problem with a reason, and no connection."""
    with Fetcher(Fetching(tries=1), look_up=numeric, sleep=lambda _: None) as fetcher:
        told = fetcher.fetch(url)
        assert isinstance(told, Problem)
        assert told.message
        assert fetcher.connected == ()


def test_there_are_enough_targets() -> None:
    """The table is not cut by accident."""
    assert len(INSIDE) + len(WRITINGS) >= 90


@pytest.mark.parametrize(
    "answers", [("93.184.215.14", "10.0.0.1"), ("10.0.0.1", "93.184.215.14"), ("127.0.0.1",), ("2002:7f00:1::",), ()]
)
def test_every_answer_of_a_name_is_judged(answers: tuple[str, ...]) -> None:
    """One address inside is enough to refuse a name; the public one is not connected to, either."""
    with Fetcher(Fetching(tries=1), look_up=lambda _host, _port: answers, sleep=lambda _: None) as fetcher:
        assert isinstance(fetcher.fetch("http://example.org/"), Problem)
        assert fetcher.connected == ()


def test_a_name_that_changes_between_look_ups_changes_nothing(web: Any) -> None:
    """Each connection goes to an address that was judged for it: the second answer leads nowhere."""
    asked: list[str] = []
    host, _, port = web.at.partition(":")

    def changing(name: str, _port: int) -> Sequence[str]:
        asked.append(name)
        return (host,) if len(asked) == 1 else ("10.0.0.1",)

    fetching = Fetching(ports=(int(port),), allow=frozenset({web.at}), host_delay=0)
    with Fetcher(fetching, look_up=changing, sleep=lambda _: None) as fetcher:
        told = fetcher.fetch(f"http://news.example:{port}/page")
        assert isinstance(told, Problem)
        assert "10.0.0.1" in told.message
        assert fetcher.connected == (web.at,)
    assert web.asked == ["/robots.txt"]


def test_proxies_of_the_environment_are_not_used(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can send our requests elsewhere by a variable."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.9:3128")
    assert isinstance(web.fetcher().fetch(web.url("/page")), Fetched)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "//192.168.1.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://127.0.0.1:22/",
    ],
)
def test_redirects_do_not_lead_inside(web: Any, status: int, target: str) -> None:
    """Every hop is judged like the first address, one hop or two."""
    for path in (f"/to/{status}/", f"/twice/{status}/"):
        fetcher = web.fetcher()
        told = fetcher.fetch(web.url(path + target.encode().hex()))
        assert isinstance(told, Problem)
        assert set(fetcher.connected) == {web.at}


def test_a_meta_refresh_is_not_followed(web: Any) -> None:
    """A page is its own text, whatever it asks a browser to do."""
    fetcher = web.fetcher()
    told = fetcher.fetch(web.url("/refresh"))
    assert b"http-equiv" in told.data
    assert web.asked.count("/secret") == 0
