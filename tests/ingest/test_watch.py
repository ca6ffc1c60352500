"""Feeds and pages as inputs: what is new or was changed, and nothing twice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from communique.ingest.delivered import Parts
from communique.ingest.sources import Hints, Source
from communique.ingest.stage import ingest
from communique.ingest.watch import Seen, pages, watch
from communique.model.ids import sha256_hex
from communique.model.problems import Problem
from communique.settings import DEFAULT_LIMITS

LONG = "The envoys of Velmark and Ostia met in Sarn to speak of the strait. " * 12


def feed(web: Any, *entries: tuple[str, str, str], tag: str = "f1") -> None:
    """Serve a feed: path, day of the last change, and words of each entry."""
    rows = "".join(
        f"<item><title>News {path}</title><link>{web.url(path)}</link><guid>{path}</guid>"
        f"<description>{words}</description>"
        f"<pubDate>Tue, 06 Mar 2029 08:00:00 GMT</pubDate>"
        f'<a:updated xmlns:a="http://www.w3.org/2005/Atom">{updated}</a:updated></item>'
        for path, updated, words in entries
    )
    data = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sarn Gazette</title>{rows}</channel></rss>'
    web.pages["/feed"] = (data.encode(), "application/rss+xml", tag)


def page(web: Any, path: str, words: str, tag: str) -> None:
    web.pages[path] = (words.encode(), "text/plain; charset=utf-8", tag)


def opened(source: Source) -> Parts | Problem:
    """The entries, in this process."""
    found = ingest((source, DEFAULT_LIMITS))
    return found if isinstance(found, Parts) else found.problems[0]


def seen(web: Any, cache: Path, known: Mapping[str, Seen] | None = None) -> list[Source | Problem]:
    return list(watch([web.url("/feed")], web.fetcher(cache=cache), opened, known or {}))


def test_pages_become_inputs(web: Any) -> None:
    """With their address, format, encoding, and what the caller knows; one that cannot be had is a Problem."""
    page(web, "/a/report-1.txt", "The envoys met.", "1")
    found = list(pages([web.url("/a/report-1.txt"), web.url("/none")], web.fetcher(), Hints(outlet="Sarn Gazette"), {}))
    assert isinstance(found[0], Source)
    assert (found[0].name, found[0].format, found[0].declared) == ("report-1.txt", "text", "utf-8")
    assert (found[0].hints.url, found[0].hints.outlet) == (web.url("/a/report-1.txt"), "Sarn Gazette")
    assert isinstance(found[1], Problem)


def test_an_entry_with_its_text_is_a_report_and_one_without_is_fetched(web: Any, tmp_path: Path) -> None:
    """What only announces a report leads to it; the feed's day and outlet go with it."""
    feed(web, ("/long", "2029-03-06", LONG), ("/short.txt", "2029-03-06", "Envoys met."))
    page(web, "/short.txt", "The whole story.", "1")
    whole, fetched = seen(web, tmp_path / "http.db")
    assert isinstance(whole, Source)
    assert isinstance(fetched, Source)
    assert (whole.format, fetched.data) == ("entry", b"The whole story.")
    assert fetched.hints.outlet == "Sarn Gazette"
    assert fetched.hints.published is not None
    assert "/long" not in web.asked


def test_a_feed_polled_twice_fetches_nothing_twice(web: Any, tmp_path: Path) -> None:
    """The feed is asked with its tag, its known entries not at all: no body is sent a second time."""
    feed(web, ("/one.txt", "2029-03-06", "Envoys met."), ("/two.txt", "2029-03-06", "Envoys left."))
    for path in ("/one.txt", "/two.txt"):
        page(web, path, f"The story of {path}.", "1")
    first = seen(web, tmp_path / "http.db")
    assert len(first) == 2
    known = {s.hints.url or "": Seen(s.updated or "2029-03-06T08:00:00+00:00") for s in first if isinstance(s, Source)}
    assert seen(web, tmp_path / "http.db", known) == []
    assert sorted(web.sent) == ["/feed", "/one.txt", "/two.txt"]
    assert web.asked.count("/one.txt") == 1


def test_what_failed_is_tried_when_the_feed_is_polled_again(web: Any, tmp_path: Path) -> None:
    """An unchanged feed is no reason to leave out what could not be had."""
    feed(web, ("/one.txt", "2029-03-06", "Envoys met."))
    assert isinstance(seen(web, tmp_path / "http.db")[0], Problem)
    page(web, "/one.txt", "The story.", "1")
    assert isinstance(seen(web, tmp_path / "http.db")[0], Source)


@pytest.mark.parametrize(("updated", "again"), [("2029-03-07T09:00:00Z", 1), ("2029-03-05T09:00:00Z", 0)])
def test_an_entry_that_was_changed_is_fetched_again(web: Any, tmp_path: Path, updated: str, again: int) -> None:
    """Where its feed says so, and not otherwise."""
    feed(web, ("/one.txt", updated, "Envoys met."))
    page(web, "/one.txt", "Corrected story.", "2")
    assert len(seen(web, tmp_path / "http.db", {web.url("/one.txt"): Seen("2029-03-06")})) == again


def test_a_page_fetched_again_says_which_version_is_the_newer(web: Any) -> None:
    """By the server's word on its last change, else by when it answered."""
    page(web, "/one.txt", "The story.", "1")
    url = web.url("/one.txt")
    [first], [again] = ([*pages([url], web.fetcher(), Hints(), known)] for known in ({}, {url: Seen("2029-03-06")}))
    assert isinstance(first, Source)
    assert isinstance(again, Source)
    assert (first.updated, again.updated is not None) == (None, True)
    web.dates = {"Last-Modified": "Tue, 06 Mar 2029 08:00:00 GMT"}
    [stated] = pages([url], web.fetcher(), Hints(), {})
    assert isinstance(stated, Source)
    assert stated.updated == "2029-03-06T08:00:00+00:00"


def test_what_is_there_to_the_byte_is_no_input(web: Any) -> None:
    """Also where the server knows no tags."""
    page(web, "/one.txt", "The story.", "1")
    url = web.url("/one.txt")
    assert list(pages([url], web.fetcher(), Hints(), {url: Seen("", frozenset({sha256_hex(b"The story.")}))})) == []


def test_a_broken_feed_is_a_problem(web: Any, tmp_path: Path) -> None:
    """And so is one that is not there; an address that is no feed is a page."""
    web.pages["/feed"] = (b"<rss><channel></channel></rss>", "application/rss+xml", "1")
    assert isinstance(seen(web, tmp_path / "http.db")[0], Problem)
    page(web, "/feed", "The story.", "2")
    assert isinstance(seen(web, tmp_path / "http.db")[0], Source)
