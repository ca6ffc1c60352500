"""People walk through the page: by mouse, by keys alone, on a phone, on paper, back in time, and rule."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from communique.model import record as r
from communique.testing import report
from communique.web import serve
from communique.web.app import Visitor

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def visit(running: Any, browser: Browser, enter: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """A page of the served site; requests to anywhere else and errors of the script fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str, **options: Any) -> Page:
        context = enter(browser, running, **(options or DESK))
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith(running.base + "/") else wrong.append(r.url))
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "404" not in m.text else None)
        page.goto(running.base + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.getAttribute('href') || document.activeElement.tagName"))


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk", "phone"])
def test_from_story_to_fact_to_report_and_back_by_mouse(visit: Callable[..., Page], options: dict[str, Any]) -> None:
    """A story leads to a fact, the fact to the words that state it, these to the fact, and back again."""
    page = visit("/stories", **options)
    page.click("main .entry a")
    assert path_of(page).startswith("/stories/")
    story = page.url
    page.click(".group a[href^='/events/']")
    assert path_of(page).startswith("/events/")
    fact = page.url
    page.click(".evidence blockquote a")
    assert re.search(r"/reports/r[0-9a-f]{16}\?at=\d+-\d+#\d+-\d+$", page.url)
    chosen = page.locator(".text .at")
    expect(chosen.first).to_be_in_viewport()
    page.click(".text a.hl.at")
    page.wait_for_url(lambda url: "/reports/" not in url)
    page.go_back()
    page.go_back()
    assert page.url == fact
    page.go_back()
    assert page.url == story


def test_from_story_to_fact_to_report_and_back_by_keys_alone(visit: Callable[..., Page]) -> None:
    """The same walk with j, k, Enter and b, the focus always to be seen."""
    page = visit("/")
    for key in ("g", "s"):
        page.keyboard.press(key)
    page.wait_for_url("**/stories")
    page.keyboard.press("j")
    assert focused(page).startswith("/stories/")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*")
    for _ in range(40):
        page.keyboard.press("j")
        if focused(page).startswith("/events/"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")
    for _ in range(40):
        page.keyboard.press("j")
        if focused(page).startswith("/reports/"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    expect(page.locator(".text .at").first).to_be_in_viewport()
    page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.hasAttribute('data-fact')")
    expect(page.locator(".text .on").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/reports/" not in url)
    for room in ("reports", "events", "stories"):
        page.keyboard.press("b")
        page.wait_for_url(f"**/{room}/*")


def test_keys_are_listed_and_the_content_can_be_skipped_to(visit: Callable[..., Page]) -> None:
    """`?` lists the keys, Escape closes the list, and the first Tab leads past the menu."""
    page = visit("/events")
    page.keyboard.press("Tab")
    assert focused(page) == "#main"
    page.keyboard.press("Enter")
    assert focused(page) == "MAIN"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("jk bridge")
    assert page.input_value("#q") == "jk bridge"


def test_a_search_leads_to_words(visit: Callable[..., Page]) -> None:
    """Words lead to the facts and reports that hold them; words that nobody wrote lead to none, and say so."""
    page = visit("/search")
    page.fill("#q", "freight trains")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=freight+trains*")
    assert page.locator("main .entry").count() > 0
    page.goto(page.url.replace("freight", "zeppelin"))
    expect(page.get_by_text("No report and no fact holds")).to_be_visible()


def test_the_slider_shows_the_record_of_a_day(visit: Callable[..., Page]) -> None:
    """Keys step through the days of publication; the day stays when the visitor goes on, until it is taken off."""
    page = visit("/reports")
    many = page.locator("main .entry").count()
    page.keyboard.press("d")
    slide = page.locator("#slide")
    expect(slide).to_be_visible()
    slide.focus()
    page.keyboard.press("Home")
    first = page.input_value("#day")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reports?as_of={first}")
    page.wait_for_selector(".banner")
    assert 0 < page.locator("main .entry").count() < many
    page.click("nav >> text=Events")
    page.wait_for_url(f"**/events?as_of={first}")
    page.locator("main .entry a").first.click()
    assert f"as_of={first}" in page.url
    page.click(".banner a")
    page.wait_for_url(lambda url: "as_of" not in url)


@pytest.mark.parametrize("by_keys", [False, True], ids=["mouse", "keys"])
def test_a_ruling_is_made_seen_in_the_record_and_taken_back(
    visit: Callable[..., Page],
    running: Any,
    by_keys: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A disputed day is set, the event has it; the ruling is taken back, and the event has its old day."""
    running.site.archive.queue(whole=True)
    page = visit("/review")
    before = visit("/events/atjc-tw-7").inner_text(".facts")
    page.get_by_role("link", name=re.compile("2024-05-13")).first.click()
    page.wait_for_url("**/review/q*")
    button = page.locator("button[data-choice]", has_text="2024-05-13")
    if by_keys:
        page.keyboard.press(str(button.get_attribute("data-choice")))
    else:
        button.click()
    page.wait_for_selector(".banner.good")
    assert "13 May 2024" in visit("/events/atjc-tw-7").inner_text(".facts")
    rulings = visit("/decisions")
    expect(rulings.get_by_text("in force").first).to_be_visible()
    rulings.locator("main .entry button").first.click()
    rulings.wait_for_selector("text=taken back")
    assert visit("/events/atjc-tw-7").inner_text(".facts") == before


def test_without_script_the_walk_is_the_same(visit: Callable[..., Page]) -> None:
    """Reading, the words that a fact rests on, the day and search need no script."""
    page = visit("/events/atjc-tw-8", **DESK, java_script_enabled=False)
    page.click(".evidence blockquote a")
    assert page.locator(".text .at").count() > 0
    page.click(".asof summary")
    page.fill("#day", "2024-05-14")
    page.click(".asof button")
    assert "as_of=2024-05-14" in page.url


def test_a_place_in_a_report_opens_by_its_hash_alone(visit: Callable[..., Page], running: Any) -> None:
    """`/reports/ID#START-END` shows these words, whatever facts rest on them, counted in code points."""
    index = running.site.archive.index()
    first = index.lists["reports"][0].id
    text = running.site.archive.reading.texts([first])[first]
    start = text.index("session")
    page = visit(f"/reports/{first}#{start}-{start + 7}")
    page.wait_for_selector(".text .at")
    assert "session" in page.inner_text(".text .at >> nth=0")


def test_on_paper_there_is_only_the_content(visit: Callable[..., Page]) -> None:
    """Menu, slider and buttons are not printed; the evidence is."""
    page = visit("/events/atjc-tw-8")
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".evidence")).to_be_visible()
    assert page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize(
    "path", ["/", "/events", "/stories", "/timeline", "/series/atjc-tw", "/review", "/reports", "/downloads"]
)
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Page], path: str) -> None:
    """No page scrolls sideways on a phone; wide drawings scroll by themselves."""
    page = visit(path, **PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_the_token_lets_one_browser_in(running: Any, browser: Browser) -> None:
    """The printed address opens the page once; the next browser is told what to do."""
    token = running.site.entry.token
    context = browser.new_context()
    page = context.new_page()
    assert page.goto(running.base + "/").status == 401  # type: ignore[union-attr]
    page.goto(f"{running.base}/enter?token={token}")
    assert page.url == running.base + "/"
    expect(page.get_by_role("heading", name="The record")).to_be_visible()
    cookie = context.cookies()[0]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    context.close()
    stranger = browser.new_context()
    other = stranger.new_page()
    assert other.goto(f"{running.base}/enter?token={token}").status == 401  # type: ignore[union-attr]
    expect(other.get_by_text("was used already").first).to_be_visible()
    stranger.close()


def test_data_stands_behind_every_fact(visit: Callable[..., Page]) -> None:
    """`.json` behind an address gives the fact as the record has it."""
    page = visit("/events/atjc-tw-8")
    with page.expect_navigation():
        page.click("text=as data")
    found = json.loads(page.inner_text("body"))
    assert (found["id"], found["number"]) == ("atjc-tw-8", 8)


def test_chosen_words_are_addressed_in_code_points(
    browser: Browser, puts: Any, runs: Any, enter: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """The address of words behind emoji and Devanagari is the one that Python would give, and it opens at them."""
    text = "👩\u200d👩\u200d👧 हिन्दी 🙂\nThe session met in नई दिल्ली 🏳️\u200d🌈 today."
    of = report(text, "mixed.txt", published="2031-05-06")
    start = text.index("नई दिल्ली 🏳")
    built = r.Build(version="0", model="m", settings="s", as_of=None, decisions=0)
    path = puts(tmp_path / "x.db", [of], r.Record(format="communique-record/1", build=built, reports=(of.head,)))
    with serve.site(str(path), Visitor(), patience=20) as site, runs(site) as served:
        context = enter(browser, served)
        page = context.new_page()
        page.goto(f"{served.base}/reports/{of.id}#{start}-{start + 11}")
        page.evaluate(
            """() => {
              const pieces = [...document.querySelectorAll('.text [data-s]')];
              const piece = pieces.find((x) => x.textContent.includes('दिल्ली'));
              const node = [...piece.childNodes].find((x) => x.data && x.data.includes('नई'));
              const at = node.data.indexOf('नई');
              getSelection().setBaseAndExtent(node, at, node, node.data.indexOf(' 🏳'));
            }"""
        )
        expect(page.locator("#told")).to_contain_text(f"#{start}-{start + len('नई दिल्ली')}")
        context.close()
