"""Fetching is bounded, polite, and says why where it gives nothing."""

from pathlib import Path
from typing import Any

import pytest

from communique.ingest.fetch import Fetched, Fetcher
from communique.model.problems import Problem, ProblemCode
from communique.settings import AGENT


def told(web: Any, path: str, **caps: Any) -> Problem:
    found = web.fetcher(**caps).fetch(web.url(path))
    assert isinstance(found, Problem), found
    return found


def got(web: Any, path: str, **caps: Any) -> Fetched:
    found = web.fetcher(**caps).fetch(web.url(path))
    assert isinstance(found, Fetched), found
    return found


def test_a_page_comes_as_it_is(web: Any) -> None:
    """Bytes, media type, declared encoding, and the address it came from in the end."""
    page = got(web, "/hops/3")
    assert (page.data, page.media, page.charset) == (b"<p>The envoys met in Sarn.</p>", "text/html", "utf-8")
    assert page.url == web.url("/page")


def test_we_say_who_we_are_and_bring_nothing(web: Any) -> None:
    """An honest name; no cookie, also not the one just set; nothing that identifies a person."""
    fetcher = web.fetcher()
    for _ in range(2):
        assert isinstance(fetcher.fetch(web.url("/page")), Fetched)
    for headers in web.headers:
        assert headers["User-Agent"] == AGENT
        assert not {h.lower() for h in headers} & {"cookie", "authorization", "referer", "from"}


@pytest.mark.parametrize(("bytes_", "fits"), [(999, True), (1000, True), (1001, False)])
def test_the_cap_on_the_wire(web: Any, bytes_: int, fits: bool) -> None:  # noqa: FBT001 - a table
    """At the cap it fits; above stands a Problem with the cap's name and both numbers, and nothing is read."""
    if fits:
        assert len(got(web, f"/big/{bytes_}", wire_bytes=1000).data) == bytes_
    else:
        problem = told(web, f"/big/{bytes_}", wire_bytes=1000)
        assert (problem.code, problem.message) == (ProblemCode.TOO_LARGE, "more than wire_bytes = 1000: at least 1001")


def test_an_endless_body_ends(web: Any) -> None:
    """At the cap on the wire."""
    assert told(web, "/endless", wire_bytes=200_000).code is ProblemCode.TOO_LARGE


@pytest.mark.parametrize("path", ["/slow", "/slowhead", "/silent"])
def test_a_slow_answer_ends(web: Any, path: str) -> None:
    """Bytes that trickle, headers that never end, no answer: the total time counts, however often something comes."""
    assert told(web, path, total_seconds=0.6).code is ProblemCode.TIME


@pytest.mark.parametrize("how", ["gzip", "deflate", "br", "gzip, gzip", "zstd"])
def test_bombs_do_not_go_off(web: Any, how: str) -> None:
    """What unpacks to more than the cap is refused while it is unpacked; other packings were not asked for."""
    problem = told(web, f"/bomb/{how.replace(' ', '%20')}/3", unpacked_bytes=1024 * 1024)
    if how == "gzip":
        assert problem.message == "more than unpacked_bytes = 1048576: at least 1048577"


def test_packed_bodies_are_unpacked_up_to_the_cap(web: Any) -> None:
    """At the cap exactly."""
    assert len(got(web, "/bomb/gzip/1", unpacked_bytes=1024 * 1024).data) == 1024 * 1024


@pytest.mark.parametrize("path", ["/short", "/torn", "/garbage", "/status/404", "/status/410", "/status/500"])
def test_a_broken_answer_is_a_problem(web: Any, path: str) -> None:
    """Fewer bytes than were said, a packed body that is cut, no HTTP, an error: never half a report."""
    problem = told(web, path)
    assert problem.code is ProblemCode.FETCH
    assert problem.input == web.url(path)


@pytest.mark.parametrize(("hops", "fits"), [(4, True), (5, True), (6, False)])
def test_the_cap_on_redirects(web: Any, hops: int, fits: bool) -> None:  # noqa: FBT001 - a table
    """Five are followed."""
    if fits:
        assert got(web, f"/hops/{hops}").url == web.url("/page")
    else:
        assert told(web, f"/hops/{hops}").message == "more than redirects = 5: at least 6"


def test_redirects_without_an_end_are_left(web: Any) -> None:
    """After the sixth answer nobody is asked any more."""
    told(web, "/round")
    assert len([p for p in web.asked if p.startswith("/round")]) == 6


def test_an_error_for_now_is_tried_again(web: Any) -> None:
    """Up to `tries` times."""
    assert got(web, "/flaky", tries=2).data == b"<p>Here again.</p>"
    assert "503" in told(web, "/status/503", tries=1).message


def test_robots_are_heard(web: Any) -> None:
    """What a site closes is not asked for; its file is read once."""
    web.robots, web.robots_status = b"User-agent: *\nDisallow: /page\n", 200
    fetcher = web.fetcher()
    for _ in range(2):
        problem = fetcher.fetch(web.url("/page"))
        assert isinstance(problem, Problem)
        assert "robots.txt" in problem.message
    assert web.asked == ["/robots.txt"]


@pytest.mark.parametrize(("status", "open_"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_without_rules_is_open_and_one_that_cannot_tell_them_is_not(
    web: Any,
    status: int,
    open_: bool,  # noqa: FBT001 - a table
) -> None:
    """No such file: no rules. An error of the server: closed for now."""
    web.robots_status = status
    assert isinstance(web.fetcher().fetch(web.url("/page")), Fetched if open_ else Problem)


@pytest.mark.parametrize(("asked", "waited"), [(b"", 1.0), (b"Crawl-delay: 7", 7.0), (b"Crawl-delay: 900", 30.0)])
def test_a_host_has_its_turn(web: Any, asked: bytes, waited: float) -> None:
    """A delay between two requests to one host, longer where it asks for it, within bounds."""
    web.robots, web.robots_status = b"User-agent: *\n" + asked, 200
    slept: list[float] = []
    fetcher = web.fetcher(host_delay=1.0)
    fetcher._sleep = slept.append  # noqa: SLF001 - nobody waits in a test
    for _ in range(2):
        fetcher.fetch(web.url("/page"))
    assert [round(s) for s in slept] == [waited, waited]


def test_what_has_not_changed_is_not_fetched_again(web: Any, tmp_path: Path) -> None:
    """Asked with its tag, answered 304, given out of the cache; also by another fetcher with the same cache."""
    web.pages["/news"] = (b"<p>The envoys met.</p>", "text/html", "one")
    first = got(web, "/news", cache=tmp_path / "http.db")
    again = got(web, "/news", cache=tmp_path / "http.db")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert first.data == again.data
    assert web.sent == ["/news"]
    web.pages["/news"] = (b"<p>The envoys met twice.</p>", "text/html", "two")
    changed = got(web, "/news", cache=tmp_path / "http.db")
    assert (changed.unchanged, changed.data) == (False, b"<p>The envoys met twice.</p>")


def test_what_was_cut_is_not_kept(web: Any, tmp_path: Path) -> None:
    """An answer beyond a cap leaves nothing in the cache."""
    web.pages["/news"] = (b"a" * 2000, "text/plain", "one")
    for _ in range(2):
        assert told(web, "/news", cache=tmp_path / "http.db", wire_bytes=1000).code is ProblemCode.TOO_LARGE
    assert len(got(web, "/news", cache=tmp_path / "http.db").data) == 2000


def test_the_servers_dates_are_read(web: Any) -> None:
    """When it was changed last and when it was answered, in UTC; nonsense is nothing."""
    web.dates = {"Last-Modified": "Tue, 06 Mar 2029 08:00:00 GMT"}
    web.pages["/news"] = (b"x", "text/plain", "one")
    assert got(web, "/news").modified == "2029-03-06T08:00:00+00:00"
    web.dates = {"Last-Modified": "yesterday"}
    assert got(web, "/news").modified is None


def test_nothing_is_connected_to_before_it_is_asked_for() -> None:
    """A fetcher is idle until then."""
    with Fetcher() as fetcher:
        assert fetcher.connected == ()
