"""Files made to hurt: each is read in full, or told by its Problem; nothing is cut in silence, nothing else suffers."""

import gzip
import json
import socket
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.ingest.read import Read, read
from communique.ingest.sources import Source, expand
from communique.ingest.stage import all_of
from communique.model.problems import ProblemCode
from communique.run.pool import Pool
from communique.run.tasks import Task
from communique.settings import DEFAULT_LIMITS, Limits

WORDS = "The ministers of the two countries met in Nadi on Monday and agreed to meet again. "
ITEM = "<item><title>{}</title><link>https://a.example/{}</link><description>{}</description></item>"


def reads(data: bytes, form: str, limits: Limits = DEFAULT_LIMITS) -> list[Read]:
    return all_of(Source("x", data, form), limits)


def codes(found: list[Read]) -> list[ProblemCode]:
    return [p.code for r in found for p in r.problems]


def texts(found: list[Read]) -> list[str]:
    return [r.report.text for r in found if r.report]


def rss(*items: str, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel><title>A</title>{"".join(items)}</channel></rss>'.encode()


# -- pages


def test_a_deep_page_is_read_whole() -> None:
    """Where a tree builder would keep a fraction of a page of unclosed tags, all of it is kept, and said to be deep."""
    (found,) = reads("".join(f"<p><font color=1>{WORDS}{n}" for n in range(4_000)).encode(), "html")
    assert found.report is not None
    assert found.report.text.count("met in Nadi") == 4_000
    assert codes([found]) == [ProblemCode.NESTING]
    assert "more than nesting = 200" in found.problems[0].message


@pytest.mark.parametrize(("depth", "told"), [(197, []), (198, []), (199, [ProblemCode.NESTING])])
def test_the_nesting_cap(depth: int, told: list[ProblemCode]) -> None:
    """`html`, `body` and as many elements as the cap allows build a tree; one more does not."""
    page = f"<html><body>{'<div>' * depth}{WORDS * 3}{'</div>' * depth}</body></html>"
    assert codes(reads(page.encode(), "html")) == told


@pytest.mark.parametrize(("size", "told"), [(-1, []), (0, []), (1, [ProblemCode.NESTING])])
def test_the_longest_tag(size: int, told: list[ProblemCode]) -> None:
    """A tag as long as the cap is looked at; one character more, and the page is read without a tree."""
    limits = Limits(tag_chars=1_000)
    tag = "<p title='" + "x" * (limits.tag_chars + size - len("<p title=''>")) + "'>"
    found = reads(f"<html><body>{tag}{WORDS * 2}</p></body></html>".encode(), "html", limits)
    assert codes(found) == told
    assert "met in Nadi" in texts(found)[0]


def test_a_tag_of_200_000_attributes() -> None:
    """A tag that holds a tree builder for minutes costs nothing but its own attributes."""
    page = f"<html><body><p {' '.join(f'a{n}=b' for n in range(200_000))}>{WORDS * 2}</p></body></html>"
    found = reads(page.encode(), "html")
    assert texts(found) == [(WORDS * 2).strip()]
    assert codes(found) == [ProblemCode.NESTING]


@pytest.mark.parametrize(
    "begins", ["<!--", "<script>", "<style>", "<b title='", "<video>", "<textarea hidden><!--<script>"]
)
def test_a_page_whose_end_is_swallowed(begins: str) -> None:
    """What stands behind a comment, script or tag that never ends is not shown, and how much it is is told."""
    found = reads(f"<p>{WORDS}</p>{begins}{WORDS * 20}".encode(), "html")
    assert WORDS.strip() in texts(found)[0]
    assert codes(found) == [ProblemCode.CUT] or "textarea" in begins


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ProblemCode.EMPTY),
        (b"<html><body><script>x</script></body></html>", ProblemCode.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ProblemCode.BINARY),
        ((WORDS * 7_000).encode(), ProblemCode.TOO_LONG),
        (b"a" * (DEFAULT_LIMITS.report_bytes + 1), ProblemCode.TOO_LARGE),
    ],
    ids=["nothing", "nothing shown", "no text", "too long", "too large"],
)
def test_a_page_that_is_no_report(data: bytes, code: ProblemCode) -> None:
    """It is refused with its reason."""
    found = reads(data, "html")
    assert texts(found) == []
    assert codes(found) == [code]


# -- feeds


def test_one_impossible_character_never_costs_the_rest_of_a_feed() -> None:
    """A reference to a character that does not exist ends an XML parser's reading; here it costs itself."""
    found = reads(
        rss(ITEM.format("one &#x110000; &#0; &#xD800; two", 1, WORDS), ITEM.format("Three", 2, WORDS)), "feed"
    )
    assert [t.splitlines()[0] for t in texts(found)] == ["one � � � two", "Three"]
    assert codes(found) == [ProblemCode.REPLACED]


@pytest.mark.parametrize(
    "harm",
    ["<b>", "&undefined;", "</channel>", "\x01", "<![CDATA[ open", "<!-- open", "<a b=c>", "\ufffe", "<item", "]]>"],
)
def test_a_damaged_feed_keeps_its_entries(harm: str) -> None:
    """Whatever stands in the middle of a feed, the entries before and after it are read or told."""
    items = [ITEM.format(f"T{n}", n, WORDS if n != 2 else WORDS + harm) for n in range(5)]
    found = reads(rss(*items), "feed")
    counted = sum(r.inputs for r in found)
    assert counted >= len(texts(found)) >= (2 if "open" in harm else 5)
    assert len(texts(found)) == 5 or codes(found)


def test_a_feed_of_too_many_entries() -> None:
    """The cap's name and how many are missing are told; what is below the cap is read."""
    found = reads(rss(*(ITEM.format(n, n, "x") for n in range(7))), "feed", Limits(feed_entries=5))
    assert len(texts(found)) == 5
    assert [(r.inputs, r.problems[0].code) for r in found if r.report is None] == [(2, ProblemCode.TOO_LARGE)]


def test_a_cdata_of_9_mb_that_never_ends() -> None:
    """The parser gives one entry of one character; here the entry has its words, or the loss is told."""
    found = reads(rss("<item><title>T</title><description><![CDATA[" + "a " * 200_000), "feed")
    assert sum(r.inputs for r in found) >= 1
    assert codes(found)


# -- XML


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[tuple[Path, int, Callable[[], bool]]]:
    """A file and a port that nothing may touch, and whether the port was."""
    secret = tmp_path / "canary"
    secret.write_text("SECRET-OF-THE-CANARY")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)

        def touched() -> bool:
            try:
                server.accept()[0].close()
            except (BlockingIOError, TimeoutError):
                return False
            return True

        yield secret, server.getsockname()[1], touched


XML = {
    "external entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file://{file}">]>',
    "external entity over a port": '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]>',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/x"> %p;]>',
    "external DTD": '<!DOCTYPE r SYSTEM "http://127.0.0.1:{port}/x.dtd">',
    "public DTD": '<!DOCTYPE r PUBLIC "-//a//b" "http://127.0.0.1:{port}/x.dtd">',
    "laughs": "<!DOCTYPE r [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{'&' + chr(97 + n) + ';'}'>" for n in range(9))
    + "]>",
    "quadratic": "<!DOCTYPE r [<!ENTITY x '" + "A" * 50_000 + "'>]>",
    "entity in an attribute": "<!DOCTYPE r [<!ENTITY x 'href'>]>",
    "behind a comment": '<!-- <rss> --><?x <rss>?>  <!DOCTYPE r [<!ENTITY x SYSTEM "file://{file}">]>',
    "XInclude": "",
    "style sheet": '<?xml-stylesheet href="http://127.0.0.1:{port}/x.xsl" type="text/xsl"?>',
    "UTF-7": '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE r+AD4-',
    "UTF-16": "<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{file}'>]>",
}


@pytest.mark.parametrize("trick", XML)
def test_xml_reaches_nothing(trick: str, canary: tuple[Path, int, Callable[[], bool]]) -> None:
    """No file is opened, no port asked, no entity blown up; declared entities are told."""
    secret, port, touched = canary
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://{secret}"/>'
    body = f"&x;{include if trick == 'XInclude' else ''}<a href='&x;'>{WORDS}</a>" + "&x;" * 200
    before = XML[trick].replace("{file}", str(secret)).replace("{port}", str(port))
    data = rss(ITEM.format("T &x;", 1, body), before=before)
    for form in ("feed", "html"):
        raw = data.decode().encode("utf-16") if trick == "UTF-16" else data
        found = reads(raw, form)
        assert "SECRET" not in "".join(texts(found))
        assert sum(map(len, texts(found))) < 2 * len(data)
        assert not touched()
        if form == "feed" and "ENTITY" in XML[trick]:
            assert ProblemCode.ENTITY in codes(found)


def test_a_feed_is_never_taken_for_a_name(canary: tuple[Path, int, Callable[[], bool]]) -> None:
    """A feed whose bytes are a path or an address is not opened."""
    secret, port, touched = canary
    for data in (str(secret).encode(), f"http://127.0.0.1:{port}/feed".encode()):
        assert texts(reads(data, "feed")) == []
        assert not touched()


# -- packed files and archives


def bomb(size: int) -> bytes:
    return gzip.compress(b"a" * size)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(8 << 20), ProblemCode.TOO_LARGE),
        (gzip.compress(WORDS.encode() * 400_000, 1), ProblemCode.TOO_LARGE),
        (gzip.compress(WORDS.encode())[:-20], ProblemCode.CUT),
        (gzip.compress(WORDS.encode()).replace(b"\x03", b"\x07", 1)[:12] + b"junk" * 9, ProblemCode.FORMAT),
        (gzip.compress(bomb(100)), ProblemCode.FORMAT),
    ],
    ids=["ratio", "size", "cut short", "damaged", "packed twice"],
)
def test_a_packed_file_that_hurts(data: bytes, code: ProblemCode) -> None:
    """Bombs, damage and packing in packing are refused with their reason, long before memory is full."""
    found = reads(data, "gzip")
    assert texts(found) == []
    assert codes(found) == [code]


def record(
    content: bytes, *, length: int | None = None, http: str = "Content-Type: text/html", more: str = ""
) -> bytes:
    block = f"HTTP/1.1 200 OK\r\n{http}\r\n\r\n".encode() + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\n{more}Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


GOOD = record(f"<p>{WORDS * 2}</p>".encode())


def archive(folder: Path, data: bytes) -> list[Read]:
    path = folder / "x.warc"
    path.write_bytes(data)
    (source,) = expand([str(path)])
    assert isinstance(source, Source)
    return all_of(source, DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (record(b"<p>x", length=10**15), ProblemCode.CUT),
        (record(b"<p>x", more="WARC-Truncated: length\r\n"), ProblemCode.CUT),
        (record(gzip.compress(b"<p>" + b"a" * (4 << 20)), http="Content-Encoding: gzip"), ProblemCode.TOO_LARGE),
        (record(zlib.compress(b"<p>x")[:-3], http="Content-Encoding: deflate"), ProblemCode.CUT),
        (record(b"\x89PNG" + bytes(300), http="Content-Type: image/png"), ProblemCode.BINARY),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n\r\n\r\n", ProblemCode.CUT),
        (b"no record at all\r\n\r\n\r\n", ProblemCode.CUT),
    ],
    ids=["claims 10^15 bytes", "says it was cut", "bomb", "cut inside", "picture", "endless header", "junk"],
)
def test_a_bad_record_is_told_and_costs_no_other(bad: bytes, code: ProblemCode, tmp_path: Path) -> None:
    """The pages before and after a bad record are read; the bad one is a Problem."""
    after = [] if b"10" + b"0" * 14 in bad else [GOOD]
    found = archive(tmp_path, b"".join([GOOD, bad, *after]))
    assert len(texts(found)) == 1 + len(after)
    assert code in codes(found)


def test_chunked_and_packed_answers_are_undone(tmp_path: Path) -> None:
    """An answer as it went over the wire gives the page; one whose header no longer holds, too."""
    page = f"<p>{WORDS * 2}</p>".encode()
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(page[n : n + 50]), page[n : n + 50]) for n in range(0, len(page), 50))
    for body, http in (
        (chunked + b"0\r\n\r\n", "Transfer-Encoding: chunked"),
        (page, "Transfer-Encoding: chunked"),
        (gzip.compress(page), "Content-Encoding: gzip"),
        (page, "Content-Encoding: gzip"),
        (page, "Content-Encoding: br"),
    ):
        assert texts(archive(tmp_path, record(body, http=http))) == [(WORDS * 2).strip()]


def test_an_archive_without_its_reader_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra there is one clear line."""
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    found = archive(tmp_path, GOOD)
    assert codes(found) == [ProblemCode.EXTRA]
    assert found[0].problems[0].message == "web archives need fastwarc: pip install 'communique[warc]'"


# -- text as it is


def test_text_stays_as_it_is() -> None:
    """Hidden characters, odd blanks and line ends stay, each where it stands; what turns writing round is flagged."""
    text = "A\u00a0b\r\nc\u200bd \u202eevil\u202c e\u0301 \u2066x\u2069 Pelо said \x85 \x0c \u2028 नमस्ते 😀 " + WORDS
    found = read(Source("a.txt", text.encode()))
    assert found.report is not None
    assert found.report.text == text
    assert codes([found]) == [ProblemCode.LOOK_ALIKE, ProblemCode.LOOK_ALIKE]
    assert "4 characters that turn the direction of writing, at 9, 14" in found.problems[0].message


def test_nul_becomes_one_mark_each() -> None:
    """NUL cannot be stored: each is one U+FFFD, so that every place stays right; many are told."""
    found = read(Source("a.txt", (WORDS + "\0\0 end").encode()))
    assert found.report is not None
    assert found.report.text == WORDS + "\ufffd\ufffd end"
    assert codes([found]) == [ProblemCode.REPLACED]


# -- one beside the other


def test_hostile_files_harm_no_other() -> None:
    """In a pool, plain reports among hostile files come out as they do alone."""
    hostile = [
        Source(f"h{n}", data, form)
        for n, (data, form) in enumerate(
            [
                (b"<div>" * 100_000, "html"),
                (b"<a " + b"b=c " * 500_000, "html"),
                (rss("<item>" * 20_000), "feed"),
                (b"[" * 1_000_000, "json"),
                (json.dumps({"text": ["x"] * 9}).encode(), "jsonl"),
                (bomb(8 << 20), "gzip"),
                (b"a,text\n" + b'"' * 100_001, "csv"),
                (b"(" * 300_000, "markdown"),
                (b"*" * 300_000, "markdown"),
                (b"<x>" * 100_000, "ninjs"),
            ]
        )
    ]
    plain = [Source(f"p{n}", f"{WORDS}{n}".encode()) for n in range(10)]
    mixed = [s for pair in zip(hostile, plain, strict=True) for s in pair]
    with Pool(2) as pool:
        tasks = [Task(s.name, (s, DEFAULT_LIMITS), DEFAULT_LIMITS.seconds_for(len(s.data))) for s in mixed]
        outcomes = {o.key: o for o in pool.map("communique.ingest.stage:ingest", tasks)}
    assert [outcomes[s.name].failure for s in mixed] == [None] * 20
    assert [outcomes[s.name].value for s in plain] == [read(s) for s in plain]


def test_a_lone_surrogate_in_a_key_that_nobody_reads() -> None:
    """It is kept as U+FFFD, as it is in a text, and costs nothing else."""
    (found,) = reads(rb'{"text": "Talks were held in Nadi on that day.", "x": ["\ud83d"]}', "jsonl")
    assert found.report is not None
    assert found.report.head.extra == {"x": '["\ufffd"]'}


def test_a_table_of_nothing_but_its_header(tmp_path: Path) -> None:
    """It is told, not passed over."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"text,date\n")
    (told,) = expand([str(path)])
    assert not isinstance(told, Source)
    assert told.code is ProblemCode.EMPTY


def test_a_document_type_in_the_midst_of_a_feed() -> None:
    """Entries behind it are read; only before the document can it declare anything."""
    odd = "<!DOCTYPE a [<!ENTITY b 'c'>]<title>>"
    found = reads(rss(ITEM.format("T", 1, WORDS + odd), ITEM.format("U", 2, WORDS), ITEM.format("V", 3, WORDS)), "feed")
    assert sum(r.inputs for r in found) >= 3
