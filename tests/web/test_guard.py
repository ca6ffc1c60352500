"""Every request passes the guard, and every answer carries its headers."""

import re
from typing import Any

import pytest
from starlette.routing import Route

from communique.web import guard
from communique.web.app import PAGES, RULINGS

HOST = "127.0.0.1:8470"
FORM = ("content-type", "application/x-www-form-urlencoded")
HOSTS = (
    None,
    "",
    "evil.example",
    "evil.example:8470",
    "127.0.0.1",
    "127.0.0.1:8471",
    "127.0.0.1:80",
    "127.0.0.1.evil.example:8470",
    "127.0.0.1:8470.evil.example",
    "localhost.:8470",
    "LOCALHOST:8470",
    "localhost:8470 ",
    "localhost",
    "[::1]:8470",
    "[::ffff:127.0.0.1]:8470",
    "0.0.0.0:8470",
    "127.1:8470",
    "2130706433:8470",
    "user@127.0.0.1:8470",
    "127.0.0.1:8470@evil.example",
    "127.0.0.1:8470,evil.example",
    "ⓛocalhost:8470".encode().decode("latin-1"),
)


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused_before_all_else(client: Any, request_as: Any, host: str | None) -> None:
    """A request for any other name gets 421, with the cookie and without, even for a file."""
    for target in ("/", "/static/page.css", "/nothing/at/all"):
        given = [("host", host)] if host is not None else []
        assert request_as(target, [*given, client.cookie]).status == 421


@pytest.mark.parametrize(
    "headers",
    [
        [("host", HOST), ("host", HOST)],
        [("host", HOST), ("host", "evil.example")],
        [("host", HOST), ("x-forwarded-host", "evil.example")],
        [("host", HOST), ("x-forwarded-host", HOST)],
        [("host", HOST), ("forwarded", "host=evil.example")],
    ],
)
def test_two_hosts_are_one_too_many(client: Any, request_as: Any, headers: list[tuple[str, str]]) -> None:
    """A second Host, or one that somebody forwards, gets 421."""
    assert request_as("/", [*headers, client.cookie]).status == 421


@pytest.mark.parametrize("target", ["http://evil.example/", "http://127.0.0.1:8470/", "evil", "*", ""])
def test_a_target_is_a_path(client: Any, request_as: Any, target: str) -> None:
    """An absolute address as target, or none, gets 421."""
    assert request_as(target, [("host", HOST), client.cookie]).status == 421


def addresses() -> list[str]:
    """One address for each page, and some that are none."""
    filled = [
        re.sub(r"\{(\w+)\}", lambda m: {"section": "events", "number": "7"}.get(m[1], "atjc-tw-7"), p)
        for p, _, _ in PAGES
    ]
    odd = [
        "/nothing",
        "/events/nothing",
        "/static/nothing",
        "/enter",
        "/enter?token=x",
        "/events?page=x",
        "/a//b",
        "/%2e%2e",
    ]
    return [*filled, *odd, "/static/page.js", "/static/page.css", "/static/icon.svg"]


@pytest.mark.parametrize("target", addresses())
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_every_answer_carries_the_headers(client: Any, request_as: Any, target: str, method: str) -> None:
    """Policy, nosniff, no-referrer, same-origin and no-store stand on every answer, errors as well."""
    for known in ([client.cookie], []):
        answer = request_as(target, [("host", HOST), *known], method=method)
        for name, value in guard.HEADERS:
            assert [v for k, v in answer.headers if k == name.decode()] == [value.decode()]
        assert answer.status != 500


def test_the_policy_is_the_strict_one() -> None:
    """Nothing inline, nothing from elsewhere, no frames, trusted types."""
    assert dict(guard.HEADERS)[b"content-security-policy"] == (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


SITES = (None, "same-origin", "same-site", "cross-site", "none")
ORIGINS = (None, f"http://{HOST}", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8470", "http://evil.example")
TYPES = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json", None)


def writes(desk: Any) -> list[str]:
    """Every address that takes anything but reading, out of the app itself."""
    routes = [r for r in desk.site.starlette.routes if isinstance(r, Route)]
    unsafe = [r.path for r in routes if r.methods and r.methods - {"GET", "HEAD"}]
    assert set(unsafe) == {path for path, _, _ in RULINGS} | {"/enter"}
    return [path.replace("{id}", "r0123456789abcdef.e1-2") for path in unsafe]


def test_only_our_own_pages_write(desk: Any, request_as: Any) -> None:
    """Of all origins, sites and kinds of body, only a form of the same origin gets past, at every such address."""
    before = desk.site.archive.reading.decisions()
    for target in writes(desk):
        for site in SITES:
            for origin in ORIGINS:
                for kind in TYPES:
                    named = [("sec-fetch-site", site), ("origin", origin), ("content-type", kind)]
                    given = [("host", HOST), desk.cookie, *((k, v) for k, v in named if v is not None)]
                    answer = request_as(target, given, method="POST", body=b"choice=u&token=x", site=desk.site)
                    ours = site == "same-origin" and origin in (None, "null", f"http://{HOST}")
                    passes = (ours or (site is None and origin == f"http://{HOST}")) and kind == TYPES[0]
                    assert (answer.status in (403, 415)) is not passes, (target, named, answer.status)
    assert desk.site.archive.reading.decisions() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_other_methods_are_refused(client: Any, request_as: Any, method: str) -> None:
    """Only GET, HEAD and POST are known."""
    assert request_as("/", [("host", HOST), client.cookie], method=method).status == 405


def test_without_the_cookie_nothing_is_told(request_as: Any) -> None:
    """Every page says 401 to a stranger, and what to do, and nothing of the record."""
    for target in addresses():
        if target.startswith(("/static/", "/enter")):
            continue
        answer = request_as(target, [("host", HOST)])
        assert answer.status in (401, 404)
        assert b"Lindhaven" not in answer.body
    page = request_as("/", [("host", HOST), ("cookie", "communique=wrong")])
    assert (page.status, b"communique serve" in page.body) == (401, True)


def test_what_is_too_large_is_refused(desk: Any, request_as: Any) -> None:
    """Body, header and question have their bounds; a body that lies about its length as well."""
    own = [("host", HOST), desk.cookie, ("sec-fetch-site", "same-origin"), FORM]
    at = {"method": "POST", "site": desk.site}
    assert request_as("/review/q1", [*own, ("content-length", str(guard.BODY + 1))], **at).status == 413
    assert request_as("/review/q1", own, body=b"x" * (guard.BODY + 1), **at).status == 413
    assert request_as("/review/q1", own, body=b"choice=" + b"x" * (guard.BODY - 7), **at).status == 404
    assert request_as("/", [("host", HOST), desk.cookie, ("x-long", "x" * guard.HEADER)]).status == 431
    assert request_as("/search?q=" + "x" * guard.QUERY, [("host", HOST), desk.cookie]).status == 414


PATHS = (
    "/..",
    "/../",
    "/../../etc/passwd",
    "/./events",
    "/events/..",
    "/events/../..",
    "//evil.example",
    "//evil.example/%2f..",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/%2e%2e/",
    "/events/%2e%2e",
    "/events/%00",
    "/%00",
    "/events/\t",
    "/%09/evil.example",
    "/%0d%0aSet-Cookie:a=b",
    "/events/C:\\x",
    "/events/c:",
    "/static/../page.css",
    "/static/..%2fpage.css",
    "/static/%2e%2e/app.py",
    "/static//page.css",
    "/downloads/../../x.csv",
    "/downloads/..%2f..%2fx.csv",
    "/downloads/events.csv/..",
    "/downloads/%2e%2e.csv",
    "/reports/..%5c..%5cx.txt",
    "/events/a%20b",
    "/events/<script>",
    "/events/'",
    '/events/"',
    "/events/a;b",
    "/events/a,b",
    "/events/a:b",
    "/events/@evil",
    "/https://evil.example",
    "/http:evil.example",
    "/events/" + "x" * 300,
    "/EVENTS/ATJC-TW-7",
    "/events/ATJC-TW-7",
    "/.git/config",
    "/~root",
)


@pytest.mark.parametrize("target", PATHS)
def test_odd_paths_lead_nowhere(client: Any, request_as: Any, target: str) -> None:
    """Dots, double slashes, back slashes, encodings and drive letters are no page, and no redirect."""
    answer = request_as(target, [("host", HOST), client.cookie])
    assert answer.status == 404
    assert answer.header("location") is None


def test_every_redirect_stays_here(desk: Any) -> None:
    """Where an answer sends the visitor is an address of ours, whatever was asked."""
    asked = [
        "/events/r5597b8cc8dc5356a.e19-208?as_of=2026-01-01",
        "/events/r5597b8cc8dc5356a.e19-208?next=//evil.example",
        "/reports/atjc-tw-7",
    ]
    found = [answer.header("location") for target in asked if (answer := desk.get(target)).status == 303]
    assert found
    assert all(re.match(r"/[a-z]+/[a-z0-9.-]+(\?[a-z_]+=[0-9-]+)?\Z", str(to)) for to in found)


def test_what_fails_inside_is_told_in_one_page(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is a 500 with the headers, without a trace of the program."""

    def broken(*_: object) -> None:
        message = "secret trace"
        raise RuntimeError(message)

    monkeypatch.setattr(desk.site, "_answered", broken)
    answer = desk.get("/")
    assert (answer.status, b"secret" in answer.body, b"Traceback" in answer.body) == (500, False, False)
    assert answer.header("content-security-policy")
