"""Nobody is shut out: axe finds nothing serious on any page, in light and in the dark."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

PAGES = (
    "/",
    "/stories",
    "/events",
    "/statements",
    "/series",
    "/commitments",
    "/disagreements",
    "/timeline",
    "/actors",
    "/reports",
    "/items",
    "/copies",
    "/problems",
    "/search?q=bridge",
    "/search?q=zeppelin",
    "/review",
    "/decisions",
    "/downloads",
    "/keys",
    "/nothing",
    "/series/atjc-tw",
    "/series/atjc-tw/8",
    "/events/atjc-tw-8",
    "/actors/tormalia",
    "/rule/atjc-tw-8",
    "/events?as_of=2024-05-14",
)
#: One page of each layout.
DARK = (
    "/",
    "/events?as_of=2024-05-14",
    "/timeline",
    "/search?q=zeppelin",
    "/downloads",
    "/keys",
    "/series/atjc-tw/8",
    "/rule/atjc-tw-8",
)
#: Kinds of page that stand at an id which the reports decide.
FIRST = ("stories", "statements", "commitments", "disagreements", "reports")
SERIOUS = {"serious", "critical"}


def pages(served: Any, scheme: str) -> list[str]:
    index = served.site.archive.index()
    found = [f"/{name}/{index.lists[name][0].id}" for name in FIRST]
    question = f"/review/{served.site.archive.queue(whole=True)[0].id}"
    return [*(PAGES if scheme == "light" else DARK), *found, question]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    running: Any, browser: Browser, enter: Callable[..., BrowserContext], scheme: str
) -> None:
    """Every rule in light; in the dark, where only colours differ, contrast."""
    running.site.archive.index("2024-05-14", whole=True)
    context = enter(browser, running, color_scheme=scheme)
    page = context.new_page()
    rules = {"resultTypes": ["violations"]}
    rules |= {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    wrong = []
    for path in pages(running, scheme):
        page.goto(running.base + path)
        found = Axe().run(page, options=rules).response["violations"]
        wrong += [(path, v["id"], n["html"][:160]) for v in found if v["impact"] in SERIOUS for n in v["nodes"][:2]]
    context.close()
    assert wrong == []
