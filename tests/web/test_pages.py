"""What the pages say, asked without a browser."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from communique import api
from communique.errors import NotFoundError, UsageError
from communique.model import record as r
from communique.model.reports import Report
from communique.testing import report
from communique.web import serve
from communique.web.app import Visitor
from communique.web.asked import Paging, address, day_of, fields_of
from communique.web.index import SECTIONS

EMPTY = r.Record(
    format="communique-record/1", build=r.Build(version="0", model="m", settings="s", as_of=None, decisions=0)
)


def at(texts: list[Report], words: str) -> Any:
    """The first place of some words."""
    of = next(t for t in texts if words in t.text)
    start = of.text.index(words)
    return of.span(start, start + len(words))


# -- lists


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_its_list_its_data_and_its_table(client: Any, section: str) -> None:
    """As a page, as JSON, as CSV with a row a fact."""
    found = json.loads(client.page(f"/{section}.json?rows=200"))
    assert found["total"] == len(found["facts"]) == client.page(f"/{section}?rows=200").count('class="entry ')
    answer = client.get(f"/downloads/{section}.csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode())))
    assert max(0, len(rows) - 1) == found["total"]
    assert answer.header("content-disposition") == f'attachment; filename="{section}.csv"'
    assert answer.header("content-type") == "text/plain; charset=utf-8"


def test_every_address_in_a_page_leads_somewhere(client: Any) -> None:
    """Each link of each page of the example is answered: a page, data, or the way to one."""
    seen, waiting = set(), ["/"]
    while waiting:
        target = waiting.pop()
        answer = client.get(target)
        assert answer.status in (200, 303), (target, answer.status)
        seen.add(target)
        if "text/html" in (answer.header("content-type") or ""):
            links = {unescape(found) for found in re.findall(r'(?:href|src)="(/[^"#]*|\?[^"#]*)', answer.body.decode())}
            full = {t if t[0] == "/" else target.partition("?")[0] + t for t in links}
            waiting += sorted(t for t in full - seen - set(waiting) if "/rule/" not in t and t.count("=") < 2)
    assert len(seen) > 80


def test_lists_come_a_page_at_a_time(client: Any) -> None:
    """So many rows as asked, at most two hundred; what is no number is refused; beyond the end is said."""
    total = json.loads(client.page("/events.json"))["total"]
    assert client.page("/events?rows=3").count('class="entry ') == 3
    assert client.page(f"/events?rows=3&page={-(-total // 3)}").count('class="entry ') == (total - 1) % 3 + 1
    assert "only" in client.page("/events?page=99")
    assert json.loads(client.page("/events.json?rows=100000"))["total"] == total
    for wrong in (
        "page=0",
        "page=-1",
        "page=x",
        "rows=0",
        "rows=1e9",
        "page=%D9%A3",
        "as_of=2024",
        "as_of=x",
        "as_of=2024-13-01",
    ):
        client.page(f"/events?{wrong}", 400)
    assert Paging(1, 50, 0).last == 1


def test_a_list_is_narrowed_by_what_its_facts_are(client: Any) -> None:
    """By type and status, by the story; a value that nothing has leaves nothing, and says so."""
    facts = json.loads(client.page("/events.json?rows=200"))["facts"]
    planned = sum(f["status"] == "planned" for f in facts)
    assert client.page("/events?status=planned").count('class="entry ') == planned
    assert "Nothing answers" in client.page("/events?status=nothing")
    story = json.loads(client.page("/stories.json"))["facts"][0]["id"]
    assert 0 < client.page(f"/events?story={story}").count('class="entry k-events') < len(facts)


def test_an_empty_database_says_what_to_do(puts: Any, client_of: Any, tmp_path: Path) -> None:
    """Every list, the front page, the timeline, review and search have something to say where there is nothing."""
    with serve.site(str(puts(tmp_path / "x.db", [], EMPTY)), Visitor(), patience=20) as site:
        empty = client_of(site)
        for target in ["/", "/timeline", *(f"/{s}" for s in SECTIONS)]:
            assert "communique add" in empty.page(target)
        assert "Nothing waits" in empty.page("/review")
        assert "Nobody has ruled" in empty.page("/decisions")
        assert json.loads(empty.page("/days.json")) == []
        assert empty.get("/downloads/events.csv").status == 200


def test_a_database_without_a_record_says_the_same(tmp_path: Path, client_of: Any) -> None:
    """Before the first build there is nothing to show, and no error."""
    with api.open(tmp_path / "x.db"):
        pass
    with serve.site(str(tmp_path / "x.db"), Visitor(), patience=20) as site:
        assert "communique add" in client_of(site).page("/")


# -- facts


def test_what_rests_on_a_report_is_marked_at_its_own_offsets(puts: Any, client_of: Any, tmp_path: Path) -> None:
    """After emoji and Devanagari the marked words are the fact's words, character by character."""
    text = "👩\u200d👩\u200d👧 हिन्दी समाचार 🙂\nThe 3rd session met in नई दिल्ली on Monday."
    of = report(text, "mixed.txt", published="2031-05-06")
    span = at([of], "नई दिल्ली")
    event = r.Event(
        id="e-1", type="session", title="met", status="happened", origins=1, confidence=0.5, evidence=(span,)
    )  # type: ignore[arg-type]
    path = puts(
        tmp_path / "x.db",
        [of],
        r.Record(format="communique-record/1", build=EMPTY.build, reports=(of.head,), events=(event,)),
    )
    with serve.site(str(path), Visitor(), patience=20) as site:
        known = client_of(site)
        page = known.page(f"/reports/{of.id}")
        assert re.findall(r'data-s="(\d+)" data-e="(\d+)" data-f="events/e-1 "[^>]*>([^<]*)<', page) == [
            (str(span.start), str(span.end), "नई दिल्ली")
        ]
        assert "⟨U+200D⟩" in page
        assert f"?at={span.start}-{span.end}#{span.start}-{span.end}" in known.page("/events/e-1")
        assert "<mark>नई दिल्ली</mark>" in known.page("/events/e-1")


def test_a_long_report_comes_in_parts(puts: Any, client_of: Any, tmp_path: Path) -> None:
    """Half a million characters are no one page; the words that somebody came for are on the part that is shown."""
    text = "A line of words that says little.\n" * 14_000 + "The last words of it."
    of = report(text, "long.txt")
    path = puts(tmp_path / "x.db", [of], r.Record(format="communique-record/1", build=EMPTY.build, reports=(of.head,)))
    with serve.site(str(path), Visitor(), patience=20) as site:
        known = client_of(site)
        assert len(known.page(f"/reports/{of.id}")) < 600_000
        end = len(text)
        page = known.page(f"/reports/{of.id}?at={end - 21}-{end}")
        assert re.search(r'class="at"[^>]*>The last words of it\.', page)
        assert "The last words" not in known.page(f"/reports/{of.id}?part=2")
        assert known.get(f"/reports/{of.id}.txt").body.decode() == text


def test_any_mention_leads_to_the_fact_that_holds_it(client: Any) -> None:
    """An address of a mention, in any section, is sent on to the fact; an unknown one is not found."""
    event = json.loads(client.page("/events/atjc-tw-8.json"))
    span = event["evidence"][0]
    mention = f"{span['report']}.e{span['start']}-{span['end']}"
    for target in (f"/events/{mention}", f"/reports/{mention}", f"/events/{mention}.json"):
        answer = client.get(target)
        assert answer.status == 303
        assert (answer.header("location") or "").startswith("/events/atjc-tw-8")
    for target in (
        "/events/r0123456789abcdef.e1-2",
        "/events/nobody",
        "/series/atjc-tw/99",
        "/reports/r0123456789abcdef",
    ):
        client.page(target, 404)


def test_a_series_says_what_is_missing_between_its_sessions(puts: Any, client_of: Any, tmp_path: Path) -> None:
    """Numbers that no report tells of stand on the line as unknown, never as sessions."""
    of = report("The 2nd session met. The 6th session met.", "r.txt", published="2031-05-06")
    spans = [at([of], "The 2nd session"), at([of], "The 6th session")]
    held = tuple(
        r.Session(number=n, event=None, status="happened", evidence=(s,)) for n, s in zip((2, 6), spans, strict=True)
    )  # type: ignore[arg-type]
    series = r.Series(id="council", name="The Council", body="council", sessions=held, evidence=tuple(spans))
    path = puts(
        tmp_path / "x.db",
        [of],
        r.Record(format="communique-record/1", build=EMPTY.build, reports=(of.head,), series=(series,)),
    )
    with serve.site(str(path), Visitor(), patience=20) as site:
        known = client_of(site)
        assert "3–5" in known.page("/series/council")
        known.page("/series/council/6")
        known.page("/series/council/4", 404)


def test_the_strip_of_a_report_adds_up(client: Any) -> None:
    """Copied, quoted, set and own words of a report are all of its narration."""
    story = json.loads(client.page("/stories.json"))["facts"][0]["id"]
    for shares in re.findall(r'<p class="shares">(.*?)</p>', client.page(f"/stories/{story}"), re.DOTALL):
        assert 98 <= sum(int(n) for n in re.findall(r"(\d+) %", shares)) <= 102


def test_a_day_shows_only_what_was_known(client: Any, example_site: Any) -> None:
    """The record of an earlier day has fewer reports; a fact that came later is not known there."""
    example_site.archive.index("2024-05-14", whole=True)
    then = json.loads(client.page("/reports.json?as_of=2024-05-14"))
    assert 0 < then["total"] < json.loads(client.page("/reports.json"))["total"]
    assert "does not know" in client.page("/events/atjc-tw-9?as_of=2024-05-14", 404)
    assert 'href="/stories?as_of=2024-05-14"' in client.page("/events?as_of=2024-05-14")


def test_the_timeline_draws_what_its_table_says(client: Any) -> None:
    """A point for every row."""
    page = client.page("/timeline")
    assert page.count('class="point') == page.count('<td class="when">') > 5


def test_a_search_takes_words_and_nothing_else(client: Any) -> None:
    """No word has a meaning of its own; a search that is too long is refused."""
    for words in ('"', "*", "a AND", "NEAR(", "^", "col:x", "(", "%00", "'", "-", "a" * 200):
        assert client.get(f"/search?q={words.replace(' ', '+')}").status == 200
    client.page("/search?q=" + "a" * 201, 400)
    assert "Sarn" in client.page("/search?q=sarn+bridge")


# -- rulings


def first(desk: Any, words: str) -> tuple[str, str]:
    """The address of a question with some words, and its page."""
    desk.site.archive.queue(whole=True)
    page = desk.page("/review")
    found = next(m[1] for m in re.finditer(r'href="(/review/q\w+)"[^>]*>(.*?)</a>', page, re.DOTALL) if words in m[2])
    return found, desk.page(found)


def test_a_ruling_changes_the_record_and_its_withdrawal_brings_it_back(desk: Any) -> None:
    """The stored bytes after taking back are those before; both rulings stay listed."""
    with api.open(desk.site.archive.url, read_only=True) as c:
        before = c.export()
    where, page = first(desk, "2024-05-13")
    key = re.search(r'value="([^"]+)" data-choice="[^"]+"[^>]*><kbd>.</kbd> <bdi>2024-05-13', page)
    assert key
    answer = desk.post(where, f"choice={key[1]}&note=seen+the+programme")
    made = (answer.header("location") or "").rpartition("=")[2]
    assert (answer.status, made[:1]) == (303, "d")
    assert "13 May 2024" in desk.page("/events/atjc-tw-7")
    assert "Mara Venn" in desk.page("/decisions")
    assert "seen the programme" in desk.page("/decisions")
    assert desk.post(f"/decisions/{made}/withdraw", "").status == 303
    with api.open(desk.site.archive.url, read_only=True) as c:
        assert c.export() == before
        assert [d.on for d in c.decisions()] == ["2032-01-02"] * 2


def test_any_fact_can_be_ruled_on(desk: Any) -> None:
    """A value is set on the page of a fact; what is no answer is refused, and nothing is stored."""
    page = desk.page("/rule/atjc-tw-8")
    assert 'value="v:date"' in page
    for wrong in ("", "choice=zz", "choice=v:date", "choice=v:date&value=soon", f"choice=v:date&value={'9' * 3000}"):
        assert desk.post("/rule/atjc-tw-8", wrong).status == 400
    assert desk.site.archive.reading.decisions() == ()
    assert desk.post("/rule/atjc-tw-8", "choice=v:date&value=2025-05-19").status == 303
    assert "19 May 2025" in desk.page("/events/atjc-tw-8")
    assert desk.post("/review/q0000000000000000", "choice=u").status == 404
    assert desk.post("/decisions/d0000000000000000/withdraw", "").status == 404


def test_read_only_takes_no_ruling(client: Any) -> None:
    """No form is shown and none is taken."""
    assert '<form class="choice"' not in client.page("/rule/atjc-tw-8")
    before = client.site.archive.reading.decisions()
    assert client.post("/rule/atjc-tw-8", "choice=r").status == 400
    assert client.post("/decisions/d0000000000000000/withdraw", "").status == 400
    assert client.site.archive.reading.decisions() == before


def test_rulings_can_be_taken_away(desk: Any) -> None:
    """As the file that `decisions load` reads."""
    desk.post("/rule/atjc-tw-8", "choice=v:date&value=2025-05-19")
    answer = desk.get("/downloads/decisions.jsonl")
    assert (answer.status, b"2025-05-19" in answer.body) == (200, True)


# -- what is asked


def test_fields_are_bounded_and_plain() -> None:
    """Too many are refused; bytes that are no text become marks."""
    assert fields_of("a=1&a=2&b=%ff%00") == {"a": "2", "b": "\ufffd\ufffd"}
    with pytest.raises(UsageError):
        fields_of("&".join(f"a{n}=1" for n in range(99)))


@pytest.mark.parametrize(
    "text", ["", ".", "..", "A", "a b", "a/b", "a\n", "é", "-a", "a" * 241, "a\0", "a%2fb", "<", "a_b"]
)
def test_what_is_no_address_is_not_found(text: str) -> None:
    """Addresses are lower case letters, digits, dots and hyphens."""
    with pytest.raises(NotFoundError):
        address(text)
    assert address("r5597b8cc8dc5356a.e19-208")


def test_a_day_is_a_day() -> None:
    """Only YYYY-MM-DD, and only one that exists."""
    assert day_of({"as_of": "2024-02-29"}) == "2024-02-29"
    for wrong in ("2023-02-29", "2024", "2024-05", "2024-05-01/2024-05-02", "", " 2024-05-01"):
        with pytest.raises(UsageError):
            day_of({"as_of": wrong})


def test_an_answer_that_takes_too_long_is_not_waited_for(example_database: Path, client_of: Any) -> None:
    """A page that is not done in its time is 503, says so, and comes back by itself."""
    with serve.site(str(example_database), Visitor(), read_only=True, patience=0.0) as site:
        answer = client_of(site).get("/events")
        assert (answer.status, answer.header("retry-after")) == (503, "1")
        assert b'http-equiv="refresh"' in answer.body


def test_gets_work_on_a_database_that_may_only_be_read(example_copy: Path, client_of: Any) -> None:
    """Every page is answered from a read-only handle: after all of them the file is the one that was there."""
    before = example_copy.read_bytes()
    with serve.site(str(example_copy), Visitor(), patience=20) as site:
        known = client_of(site)
        assert site.archive.reading._store.read_only  # noqa: SLF001 - what the promise rests on
        site.archive.queue(whole=True)
        for target in (
            "/",
            "/review",
            "/rule/atjc-tw-8",
            "/decisions",
            "/timeline",
            "/search?q=bridge",
            "/events/atjc-tw-8",
        ):
            known.page(target)
    assert example_copy.read_bytes() == before
