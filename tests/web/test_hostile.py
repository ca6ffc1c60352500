"""Hostile text never runs, and either of the two walls holds alone: escaping, and the content policy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

import hostile
from communique.web import guard, serve
from communique.web.app import Visitor

#: Set before any page runs; what a page finds changed afterwards was changed by a payload.
CANARY = """
window.__canary = 0; window.__reports = 0;
addEventListener("securitypolicyviolation", () => { window.__reports += 1; });
"""


@pytest.fixture(scope="module")
def database(payloads: Any, puts: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every text is a payload."""
    path: Path = hostile.database(tmp_path_factory.mktemp("hostile") / "x.db", payloads.PAYLOADS, puts)
    return path


LISTS = ("stories", "reports", "events", "statements", "series", "commitments", "disagreements", "actors", "items")


def pages(site: Any, payloads: Any, rows: int) -> Iterator[str]:
    """Every page and error page; `problems` and the first fact of each kind hold every payload."""
    for name in (*LISTS, "copies"):
        yield f"/{name}?rows={rows}"
    yield from ("/problems?rows=200", "/problems?rows=200&page=2")
    yield from (
        "/?rows=9",
        "/timeline?rows=9",
        "/downloads?rows=9",
        "/keys?rows=9",
        "/review?rows=9",
        "/decisions?rows=200",
    )
    yield from ("/series/series-0/1?rows=9", "/stories/s.all?rows=9", "/rule/event-0")
    yield from (f"/{name}s/{name}-0?rows=200" for name in ("event", "statement", "commitment", "disagreement", "actor"))
    yield from ("/series/series-0?rows=200", "/commitments/commitment-3", "/statements/statement-0?base=3&rows=200")
    report = site.archive.index(whole=True).record.stories[0].reports[0]
    first = next(r for r, places in site.archive.index().places.items() if len(places) > 200)
    yield from (f"/reports/{first}", f"/reports/{report}", f"/reports/{first}?at=0-30#0-30")
    for text in payloads.PAYLOADS[:: len(payloads.PAYLOADS) // 4]:
        given = quote(text[:150], safe="")
        yield f"/search?q={given}"
        yield f"/events?type={given}&page=9"
        yield f"/events?page={given}"
        yield f"/events?as_of={given}"
    yield "/events?page=99"
    yield from ("/nothing", "/events/nothing", "/enter?token=%3Cscript%3Ewindow.__canary%3D1%3C%2Fscript%3E")


class Watch:
    """What a page does that it should not."""

    def __init__(self, page: Page, base: str, *, whole: bool) -> None:
        self.page, self.base, self.whole = page, base, whole
        self.dialogs: list[str] = []
        self.strangers: list[str] = []
        page.add_init_script(CANARY)
        page.on("dialog", self._dialog)
        # What the policy stops is announced as a request as well: where it has to hold alone, only what is heard
        # elsewhere counts. (A frame that is stopped has its connection opened already; nothing is said on it.)
        if whole:
            page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base + "/", "data:")):
            self.strangers.append(request.url)

    def look(self, path: str) -> tuple[int, int]:
        """The canary and the number of policy reports after a page has settled."""
        # With markup in them, pages wait for hundreds of pictures that are not there.
        answer = self.page.goto(self.base + path, wait_until="load" if self.whole else "domcontentloaded")
        assert answer is not None
        assert answer.status in ((200,) if "?rows" in path else (200, 400, 401, 404)), (path, answer.status)
        found = self.page.evaluate("() => [window.__canary, window.__reports]")
        return int(found[0]), int(found[1])


@pytest.fixture
def look(
    database: Path, payloads: Any, browser: Browser, elsewhere: list[bytes], runs: Any, enter: Any
) -> Callable[..., dict[str, Any]]:
    """Open every page, with a wall taken away or not, and tell what happened."""

    def looked(*, escaping: bool = True, rows: int = 20) -> dict[str, Any]:
        elsewhere.clear()
        with serve.site(str(database), Visitor("<b>me</b>", lambda: "2032-01-02"), patience=20) as site:
            site.templates.autoescape = escaping
            with runs(site) as served:
                context = enter(browser, served)
                watch = Watch(context.new_page(), served.base, whole=escaping)
                seen = {path: watch.look(path) for path in pages(site, payloads, rows)}
                context.close()
        return {
            "seen": seen,
            "dialogs": watch.dialogs,
            "strangers": [*watch.strangers, *(x for x in elsewhere if b"evil" in x)],
        }

    return looked


def test_hostile_text_never_runs(look: Callable[..., dict[str, Any]], payloads: Any) -> None:
    """With every text a payload no page asks, reports, fetches or changes anything."""
    assert len(payloads.PAYLOADS) >= 200
    found = look(rows=200)
    assert {path: seen for path, seen in found["seen"].items() if seen != (0, 0)} == {}
    assert (found["dialogs"], found["strangers"]) == ([], [])


def test_escaping_holds_alone(look: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the content policy nothing runs and nothing is fetched either."""
    left = tuple((name, value) for name, value in guard.HEADERS if name != b"content-security-policy")
    monkeypatch.setattr(guard, "HEADERS", left)
    found = look()
    assert {path: seen for path, seen in found["seen"].items() if seen != (0, 0)} == {}
    assert (found["dialogs"], found["strangers"]) == ([], [])


def test_the_policy_holds_alone(look: Callable[..., dict[str, Any]]) -> None:
    """Without escaping the payloads are markup, and still none runs and none fetches from elsewhere."""
    found = look(escaping=False, rows=5)
    assert sum(reports for _, reports in found["seen"].values()) > 0, "the payloads did not reach the page"
    assert {path: canary for path, (canary, _) in found["seen"].items() if canary} == {}
    assert (found["dialogs"], found["strangers"]) == ([], [])


def test_a_request_to_elsewhere_would_be_heard(browser: Browser, elsewhere: list[bytes]) -> None:
    """The ear that finds nothing above is not deaf."""
    elsewhere.clear()
    page = browser.new_page()
    page.set_content("<img src=http://evil.example/x>", wait_until="load")
    page.close()
    assert any(b"evil.example" in said for said in elsewhere)
