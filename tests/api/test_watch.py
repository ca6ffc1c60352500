"""From the web to the record: new reports, corrected ones, and what was changed."""

from pathlib import Path
from typing import Any

import pytest

from communique import api
from communique.cli.main import app
from communique.settings import Fetching


def fetching(web: Any, folder: Path) -> Fetching:
    """Politeness without waiting, and this one server."""
    return Fetching(host_delay=0, tries=1, allow=frozenset({web.at}), cache=str(folder / "http.db"))


def test_a_corrected_page_is_a_new_version_and_its_changes_are_told(web: Any, tmp_path: Path) -> None:
    """The record rests on the newer one; the older one stays, and what was changed is shown word by word."""
    path, old = "/news.txt", "Minister Ada Brenn of Velmark met Ivo Talmar in Sarn on 5 March 2029."
    new = old.replace("5 March", "4 March")
    with api.open(tmp_path / "x.db") as c:
        for tag, words in (("1", old), ("2", new), ("2", new)):
            web.pages[path] = (words.encode(), "text/plain; charset=utf-8", tag)
            result = c.watch([web.url(path)], pages=True, fetching=fetching(web, tmp_path), workers=0)
            assert result.added.refused == 0
        reports = c.facts("reports")
        [newer] = [r for r in reports if r.supersedes]
        assert len(reports) == 2
        assert c.report(newer.id).text == new
        assert [(x.removed, x.added) for x in c.changes(newer.id)] == [("5", "4")]
        assert c.changes(newer.supersedes) == ()
        assert {e.date.value for e in c.facts("events") if e.date} == {"2029-03-04"}
    assert web.sent == [path, path]


def test_a_feed_goes_into_the_record_once(web: Any, tmp_path: Path) -> None:
    """Polled three times: one report, one body of each address."""
    item = f"<item><title>Met</title><link>{web.url('/one.txt')}</link><description>Met.</description></item>"
    rss = f"<rss version='2.0'><channel><title>Sarn Gazette</title>{item}</channel></rss>"
    web.pages["/feed"] = (rss.encode(), "application/rss+xml", "f")
    web.pages["/one.txt"] = (b"Ada Brenn met Ivo Talmar in Sarn on 5 March 2029.", "text/plain; charset=utf-8", "1")
    with api.open(tmp_path / "x.db") as c:
        counts = [c.watch([web.url("/feed")], fetching=fetching(web, tmp_path), workers=0).added for _ in range(3)]
        assert [x.new for x in counts] == [1, 0, 0]
        assert c.facts("reports")[0].outlet == "Sarn Gazette"
    assert sorted(web.sent) == ["/feed", "/one.txt"]


def gazette(web: Any, updated: str, words: str, tag: str) -> None:
    """An Atom feed of one entry that only says when it was changed last, and the page that it leads to."""
    entry = f"<id>1</id><title>Met</title><link href='{web.url('/one.txt')}'/><updated>{updated}</updated>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Sarn Gazette</title><entry>{entry}</entry></feed>"
    web.pages["/feed"] = (atom.encode(), "application/atom+xml", f"f{tag}")
    web.pages["/one.txt"] = (words.encode(), "text/plain; charset=utf-8", tag)


def test_watching_tells_what_a_newer_version_changed(
    web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person who looks again and again sees the new words of a corrected page, and otherwise that nothing is new."""
    words = "Ada Brenn met Ivo Talmar in Sarn on 5 March 2029."
    monkeypatch.setattr("communique.cli.fetch.fetching", lambda: fetching(web, tmp_path))
    command = ["--db", str(tmp_path / "x.db"), "watch", web.url("/feed"), "--once", "--workers", "0"]
    said = []
    for day, number, tag in (("06", "5", "1"), ("06", "5", "1"), ("07", "4", "2"), ("07", "4", "2")):
        gazette(web, f"2029-03-{day}T08:00:00Z", words.replace("5 March", f"{number} March"), tag)
        app(command, standalone_mode=False)
        out, err = capsys.readouterr()
        said.append((err.strip().splitlines()[-1], "[-5-] {+4+}" in out))
    one = "1 input: 1 new, 0 changed, 0 known already, 0 not read"
    assert said == [(one, False), ("nothing new", False), (one, True), ("nothing new", False)]
    assert web.sent == ["/feed", "/one.txt"] * 2
