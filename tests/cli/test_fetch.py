"""The verb that polls feeds."""

import contextlib
import sys
from pathlib import Path
from typing import Any

import pytest

from communique.cli import fetch
from communique.cli.main import main
from communique.settings import Fetching


def feed(web: Any, *names: str) -> None:
    """A feed of some pages, as it stands now."""
    items = "".join(f"<item><title>{n}</title><link>{web.url(f'/{n}.txt')}</link></item>" for n in names)
    rss = f"<rss version='2.0'><channel><title>Sarn Gazette</title>{items}</channel></rss>"
    web.pages["/feed"] = (rss.encode(), "application/rss+xml", str(len(names)))


def test_watch_says_what_it_changed(
    web: Any, example_copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A new report's facts are printed once; a look that brings nothing new prints nothing."""
    own = Fetching(host_delay=0, tries=1, allow=frozenset({web.at}))
    monkeypatch.setattr(fetch, "fetching", lambda: own)
    line = ["communique", "--db", str(example_copy), "watch", web.url("/feed"), "--once", "--workers", "0"]
    monkeypatch.setattr(sys, "argv", line)
    web.pages["/one.txt"] = (b"Ada Brenn met Ivo Talmar in Sarn on 5 March 2029.", "text/plain; charset=utf-8", "1")
    feed(web, "one")
    printed = []
    for _ in range(2):
        with contextlib.suppress(SystemExit):
            main()
        printed.append(capfd.readouterr().out)
    assert "new" in printed[0]
    assert "Ada Brenn" in printed[0]
    assert printed[1] == ""
