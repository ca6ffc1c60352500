"""Every format gives the same report: the same words at places that lead back to the bytes."""

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from communique.ingest import formats
from communique.ingest.rawmap import RawMap
from communique.ingest.read import Read
from communique.ingest.sources import Source, expand
from communique.ingest.stage import all_of
from communique.model.problems import ProblemCode
from communique.model.reports import FurnitureKind, Report
from communique.settings import DEFAULT_LIMITS

WORDS = "The ministers of the two countries met in Nadi on Monday and agreed to meet again."

TITLE = "Fisheries talks end in Kasane"
PARAGRAPHS = (
    "KASANE, May 6, 2019: The ministers of Botswana and Iceland, Pelo Moeti and Anna Jónsdóttir, met here on Monday.",
    "The Joint Commission on Fisheries, they said, will meet again next year in Reykjavík, for its third session.",
    "“We will sign the protocol & the annex,” Mr Moeti said after the second session of the commission. 😀 नमस्ते <5>",
    "The two sides signed a memorandum of understanding on the training of coast guards, according to a statement.",
)
EVIDENCE = (
    "Anna Jónsdóttir",
    "We will sign the protocol & the annex",
    "😀 नमस्ते <5>",
    "second session",
    "signed a memo",
)
BODY = "".join(f"<p>{html.escape(p)}</p>\n" for p in PARAGRAPHS).replace("session", "<b>ses<!-- x -->sion</b>")
PLAIN = "\n\n".join((TITLE, *PARAGRAPHS)) + "\n"
LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2019-05-06T18:00:00+02:00",
    "dateModified": "2019-05-07T08:00:00+02:00",
    "author": [{"@type": "Person", "name": "Mona Tau"}],
    "publisher": {"@type": "Organization", "name": "The Lagoon Post"},
}
MENU = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Lagoon Post</title><style>p{{}}</style>
<link rel="canonical" href="https://lagoon.example/2019/kasane.html">
<script type="application/ld+json">{json.dumps(LINKED)}</script></head><body>
<header><nav><ul>{MENU}</ul></nav></header><main><article><h1>{TITLE}</h1><p>By Mona Tau</p>
<figure><img src="a.jpg"><figcaption>The river at noon</figcaption></figure>
{BODY}<script>show("ad")</script></article><aside><h2>Read also</h2><a href="/x">Ferries are late</a></aside></main>
<footer>&copy; The Lagoon Post</footer></body></html>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Lagoon Post</title>
<item><title>{TITLE}</title><link>https://lagoon.example/1</link><guid>g1</guid>
<pubDate>Mon, 06 May 2019 18:00:00 +0200</pubDate><description>short</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lagoon Post</title><entry><title>{TITLE}</title>
<id>urn:1</id><link href="https://lagoon.example/1"/><published>2019-05-06T18:00:00+02:00</published>
<updated>2019-05-07T08:00:00+02:00</updated><content type="html">{html.escape(BODY)}</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Lagoon Post",
    "items": [{"id": "1", "title": TITLE, "content_html": BODY, "date_published": "2019-05-06T18:00:00+02:00"}],
}
NINJS = {
    "uri": "urn:lagoon:1",
    "headline": TITLE,
    "body_html": BODY,
    "versioncreated": "2019-05-06T18:00:00+02:00",
    "infosources": [{"name": "The Lagoon Post"}],
}
NINJS_2 = {
    "uri": "urn:lagoon:2",
    "headlines": [{"role": "main", "value": TITLE}],
    "bodies": [{"contenttype": "text/html", "value": BODY}],
    "contentcreated": "2019-05-06T18:00:00+02:00",
    "infosources": [{"name": "The Lagoon Post"}],
}
CSV = "Headline,Body,Date,Outlet\n" + ",".join(
    '"' + c.replace('"', '""') + '"' for c in (TITLE, PLAIN, "2019-05-06T18:00:00+02:00", "The Lagoon Post")
)
MARKDOWN = (
    f"---\ntitle: {TITLE}\ndate: 2019-05-06T18:00:00+02:00\noutlet: The Lagoon Post\n---\n# {TITLE}\n\n"
    + "\n\n".join(
        p.replace("second", "**second**").replace("Iceland", "[Iceland](https://i.example/a_b)") for p in PARAGRAPHS
    )
)


def record(page: bytes, headers: str = "Content-Type: text/html; charset=utf-8") -> bytes:
    block = f"HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lagoon.example/2019/kasane.html\r\n"
        "WARC-Date: 2019-05-08T01:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


FILES = {
    "page.html": PAGE.encode(),
    "page.htm": PAGE.replace("utf-8", "windows-1252").replace("नमस्ते ", "").encode("cp1252", "xmlcharrefreplace"),
    "feed.rss": RSS.encode(),
    "feed.atom": ATOM.encode(),
    "feed.json": json.dumps(JSON_FEED).encode(),
    "item.json": json.dumps(NINJS).encode(),
    "item2.ninjs": json.dumps(NINJS_2).encode(),
    "rows.csv": CSV.encode(),
    "note.md": MARKDOWN.encode(),
    "pages.warc": record(PAGE.encode()),
    "pages.warc.gz": gzip.compress(record(PAGE.encode())),
    "page.html.gz": gzip.compress(PAGE.encode()),
    "note.txt": PLAIN.encode(),
    "lines.jsonl": json.dumps({"text": PLAIN, "title": TITLE, "source": "The Lagoon Post"}).encode(),
}


def reads(path: Path, **mapping: str) -> list[Read]:
    """Everything that a file gives, in this process."""
    found = []
    for each in expand([str(path)], mapping=mapping):
        found += all_of(each, DEFAULT_LIMITS) if isinstance(each, Source) else [Read(None, (each,), b"")]
    return found


def written(folder: Path, name: str, data: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(FILES[name] if data is None else data)
    return path


@pytest.fixture(params=FILES)
def delivered(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Read, Report]:
    """The one report of a file of each format."""
    (found,) = reads(written(tmp_path, request.param))
    assert found.report is not None, found.problems
    return found, found.report


def test_every_format_tells_the_same_words(delivered: tuple[Read, Report]) -> None:
    """The article stands in the text, whatever brought it, and its sentences are no furniture."""
    _, report = delivered
    shown = report.text.replace("\n", " ")
    for words in EVIDENCE if "नमस्ते" in shown else EVIDENCE[:2]:
        assert words in shown
        at = shown.index(words)
        assert [f for f in report.head.furniture if f.start < at + len(words) and at < f.end] == []
    assert report.head.language == "en"
    assert report.head.title == TITLE or report.head.name == "note.txt"


def test_every_place_leads_back_to_the_bytes(delivered: tuple[Read, Report]) -> None:
    """The bytes behind a place, without markup, are the words at that place: for every stretch of every text."""
    found, report = delivered
    places = RawMap(report.head, report.text, found.raw)
    encoding = report.head.extra.get("encoding", "utf-8")
    right = wrong = 0
    for match in re.finditer(r"\S+(?: \S+){0,2}", report.text):
        first, last = places.bytes_of(match.start(), match.end())
        shown = found.raw[first:last].decode(encoding)
        if report.head.extra.get("format") in ("html", "entry"):
            shown = html.unescape(re.sub(r"<!--.*?-->|<script.*?</script>|<[^<>]{1,200}>", "", shown, flags=re.DOTALL))
        if report.head.extra.get("format") == "markdown":
            shown = re.sub(r"\]\([^()]*\)|\*\*|\[|^# ", "", shown)
        same = "".join(shown.split()) == "".join(match[0].split())
        right, wrong = right + same, wrong + (not same)
    assert right >= 20
    assert wrong <= 0.01 * right


def test_every_format_that_knows_says_when_and_where(delivered: tuple[Read, Report]) -> None:
    """Outlet and time of publication come with the report, save in a plain text, which has none."""
    head = delivered[1].head
    if head.name not in ("note.txt", "lines.jsonl:1"):
        assert (head.outlet, head.published) == ("The Lagoon Post", "2019-05-06T18:00:00+02:00")
    if head.extra.get("format") == "html":
        assert (head.url, head.updated) == ("https://lagoon.example/2019/kasane.html", "2019-05-07T08:00:00+02:00")
        assert head.extra["author"] == "Mona Tau"


def test_a_page_keeps_its_furniture_and_marks_it(tmp_path: Path) -> None:
    """Menus, captions, related links and the foot stay in the text as furniture of their kinds."""
    (found,) = reads(written(tmp_path, "page.html"))
    assert found.report is not None
    kinds = {found.report.text[f.start : f.end]: f.kind for f in found.report.head.furniture}
    assert kinds[TITLE] is FurnitureKind.HEADLINE
    assert kinds["By Mona Tau"] is FurnitureKind.BYLINE
    assert kinds["The river at noon"] is FurnitureKind.CAPTION
    assert kinds["Ferries are late"] is FurnitureKind.RELATED
    assert kinds["© The Lagoon Post"] is FurnitureKind.INTERFACE
    assert kinds["Section 3"] is FurnitureKind.INTERFACE
    assert kinds["KASANE, May 6, 2019:"] is FurnitureKind.DATELINE


def test_a_part_of_a_container_has_the_hash_of_what_it_is(tmp_path: Path) -> None:
    """The page in an archive and the same page as a file have one hash; an entry has that of its title and body."""
    alone, archived = reads(written(tmp_path, "page.html"))[0], reads(written(tmp_path, "pages.warc.gz"))[0]
    assert alone.report is not None
    assert archived.report is not None
    assert alone.report.head.sha256 == archived.report.head.sha256
    assert reads(written(tmp_path, "feed.rss"))[0].raw == reads(written(tmp_path, "feed.atom"))[0].raw


@pytest.mark.parametrize(
    ("name", "beginning", "media", "form"),
    [
        ("a.txt", b"Plain words", None, "text"),
        ("a.txt", b"  <!DOCTYPE html><p>", None, "html"),
        ("a", "<html>".encode("utf-16"), None, "html"),
        ("a.xml", b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", None, "feed"),
        ("a.xml", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", None, "feed"),
        ("a.xml", b"<?xml version='1.0'?><html xmlns='x'>", None, "html"),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1", "items": []}', None, "jsonfeed"),
        ("a.json", b'{"text": "https://jsonfeed.org/version/1"}', None, "json"),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n"), None, "warc"),
        ("a.txt.gz", gzip.compress(b"words"), None, "gzip"),
        ("page", b"words", "text/html; charset=utf-8", "html"),
        ("page.md", b"# words", "text/plain", "markdown"),
        ("page.pdf", b"%PDF-1.4", "application/pdf", "text"),
    ],
)
def test_a_format_is_known_by_content_then_carrier_then_name(
    name: str, beginning: bytes, media: str | None, form: str
) -> None:
    """What the bytes show outranks the media type, and that the ending."""
    assert formats.detect(name, beginning, media) == form


@pytest.mark.parametrize("row", formats.FORMATS, ids=lambda row: row.name)
def test_every_row_of_the_table_has_its_reader(row: formats.Format) -> None:
    """A format is a row and a file of this room."""
    assert (formats.opener(row.name) is not None) is row.many
    assert (formats.reader(row.name) is not None) is not row.many


def test_a_map_names_the_columns_of_a_table(tmp_path: Path) -> None:
    """Columns of any name are read where a map, or a sidecar with one, says what they hold; else they are listed."""
    path = written(
        tmp_path, "x.csv", b"wann;was;wer\n2020-01-02;The ministers met in Nadi on that day.;The Nadi Times\n"
    )
    (untold,) = reads(path)
    assert untold.problems[0].message.startswith("no column is its text among wann, was, wer")
    (told,) = reads(path, was="text", wann="published", wer="source")
    (tmp_path / "x.json").write_text(json.dumps({"map": {"was": "text"}, "outlet": "The Nadi Times"}))
    (beside,) = reads(path)
    for found in (told, beside):
        assert found.report is not None
        assert (found.report.text, found.report.head.outlet) == (
            "The ministers met in Nadi on that day.",
            "The Nadi Times",
        )


def test_a_map_names_the_keys_of_lines(tmp_path: Path) -> None:
    """A JSON line whose keys are called otherwise is read with a map."""
    path = written(tmp_path, "x.jsonl", b'{"corps": "The ministers met in Nadi.", "text": {"no": 1}}\n')
    (found,) = reads(path, corps="text")
    assert found.report is not None
    assert found.report.text == "The ministers met in Nadi."


def test_rows_with_line_breaks_and_marks_that_never_close(tmp_path: Path) -> None:
    """A quoted cell may hold line breaks; a mark that is never closed costs the rows that it swallows, said by name."""
    path = written(tmp_path, "x.csv", b'text,id\n"One\ntwo ""three""",a\nfour,b\n"never,c\n')
    found = reads(path)
    assert [r.report.text if r.report else None for r in found] == ['One\ntwo "three"', "four", None]
    assert [p.input for r in found for p in r.problems if r.report is None] == ["x.csv:5"]


def test_the_language_that_a_page_declares_counts_where_its_words_do_not_tell(tmp_path: Path) -> None:
    """A template in English around a report in another language makes it no report in English."""
    words = "Die beiden Minister trafen sich am Montag in der Hauptstadt und unterzeichneten dort ein Protokoll. " * 3
    (found,) = reads(written(tmp_path, "x.html", f"<html lang=en><body><p>{words}</p></body></html>".encode()))
    assert found.report is not None
    assert found.report.head.language == "de"
    assert [p.code for p in found.problems] == [ProblemCode.LANGUAGE]


def test_the_words_of_readers_are_furniture(tmp_path: Path) -> None:
    """Comments below an article are not the article, however long, and the article is not lost to them."""
    words = "".join(f"<p>{p} {p}</p>" for p in PARAGRAPHS)
    comment = "<li><p>I think that this is all wrong, and here is why, at some length, again and again: {}.</p></li>"
    said = "".join(comment.format(n) for n in range(27))
    page = f"<table><tr><td>{words}</td></tr></table><section id='comments'><ol>{said}</ol></section>"
    (found,) = reads(written(tmp_path, "x.html", page.encode()))
    assert found.report is not None
    marked = "".join(found.report.text[f.start : f.end] for f in found.report.head.furniture)
    assert "training of coast guards" not in marked
    assert marked.count("I think that this") == 27


@pytest.mark.parametrize(
    "begins", ['<div class="comments">', "<!DOCTYPE html><aside>", '<section hidden class="x">', "<nav>"]
)
def test_a_page_of_nothing_but_what_is_no_article(begins: str) -> None:
    """It is read whole all the same, and nothing is said to be missing."""
    (found,) = all_of(Source("x.html", f"{begins}<p>{WORDS}</p><p>Nobody came.</p>".encode(), "html"), DEFAULT_LIMITS)
    assert found.report is not None
    assert found.report.text == f"{WORDS}\n\nNobody came."
    assert found.problems == ()


def test_what_follows_comments_inside_its_parent_is_the_article() -> None:
    """The end of an element that is left out of the tree does not end the one around it."""
    article = "".join(f"<p>{WORDS} {WORDS} {WORDS} Part {n}.</p>" for n in range(6))
    said = f'<div class="comments"><p>I say {WORDS}</p></div>'
    page = f'<body><div class="a">{said}{article}</div><aside>More</aside></body>'
    (found,) = all_of(Source("x.html", page.encode(), "html"), DEFAULT_LIMITS)
    assert found.report is not None
    outside = [found.report.text[f.start : f.end] for f in found.report.head.furniture]
    assert outside == [f"I say {WORDS}", "More"]
