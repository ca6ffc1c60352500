"""Whole files of every format, of our own making, to be mutated: at least 50 of each, the same in every run."""

# ruff: noqa: E501 - files are written as others write them, and read better in one line

import gzip
import html
import json
import random
from collections.abc import Callable

PEOPLE = [
    "Pelo Moeti",
    "Anna Jónsdóttir",
    "Tomasi Vula",
    "Inês Carvão",
    "Raúl Peña",
    "राहुल वर्मा",
    "Ольга Белова",
    "王小明",
]
PLACES = ["Kasane", "Nadi", "Reykjavík", "Tartu", "Luanda", "Nukuʻalofa", "Windhoek", "La Paz"]
DEEDS = [
    "signed a protocol & its annex",
    "met for the <second> session",
    "said: “We agreed.”",
    "put off the talks",
    "😀 left",
]
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251", "shift_jis"]


def text(chance: random.Random) -> str:
    """Some invented paragraphs."""
    lines = (
        f"{chance.choice(PEOPLE)} {chance.choice(DEEDS)} in {chance.choice(PLACES)} on {chance.randrange(1, 29)} May "
        f"{chance.randrange(1999, 2030)}, and the commission said that it would meet again."
        for _ in range(chance.randrange(1, 9))
    )
    return f"By {chance.choice(PEOPLE)}\n\n{chance.choice(PLACES).upper()}, May 6: " + "\n\n".join(lines) + "\n"


def _encoded(words: str, chance: random.Random) -> bytes:
    return words.encode(chance.choice(ENCODINGS), "replace")


def _body(chance: random.Random) -> str:
    return "".join(f"<p class=x>{html.escape(p)}</p>\n" for p in text(chance).split("\n\n"))


def page(chance: random.Random) -> bytes:
    """An HTML page."""
    head = (
        f'<title>{chance.choice(DEEDS)}</title><meta property="article:published_time" content="2019-05-06T10:00:00Z">'
    )
    linked = json.dumps({"@type": "NewsArticle", "headline": "Talks", "datePublished": "2019-05-06"})
    menu = "".join(f"<li><a href=/{n}>Menu {n}</a>" for n in range(chance.randrange(0, 20)))
    table = "<table><tr><td>1<td>2</table><pre>a\n  b</pre><!-- c --><br>" if chance.random() < 0.5 else ""  # noqa: PLR2004
    return _encoded(
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}<script type='application/ld+json'>{linked}</script>"
        f"<style>p{{}}</style></head><body><nav><ul>{menu}</ul></nav><article><h1>Talks</h1>{_body(chance)}{table}"
        f"<figure><img src=a><figcaption>Cap</figcaption></figure></article><footer>&copy;</footer></body></html>",
        chance,
    )


def rss(chance: random.Random) -> bytes:
    """An RSS feed."""
    items = "".join(
        f"<item><title>{html.escape(chance.choice(DEEDS))}</title><link>https://a.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Mon, 06 May 2019 10:0{n}:00 +0200</pubDate><description>{html.escape(_body(chance))}</description>"
        f"<content:encoded><![CDATA[{_body(chance)}]]></content:encoded></item>\n"
        for n in range(chance.randrange(1, 6))
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {space}><channel><title>A</title>{items}</channel></rss>'.encode()


def atom(chance: random.Random) -> bytes:
    """An Atom feed."""
    entries = "".join(
        f"<entry><title type='html'>{html.escape(chance.choice(DEEDS))}</title><id>urn:{n}</id><link href='https://a.example/{n}'/>"
        f"<updated>2019-05-06T10:0{n}:00Z</updated><content type='html'>{html.escape(_body(chance))}</content></entry>\n"
        for n in range(chance.randrange(1, 6))
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>{entries}</feed>'.encode()


def jsonfeed(chance: random.Random) -> bytes:
    """A JSON Feed."""
    items = [{"id": n, "title": "T", "content_html": _body(chance), "date_published": "2019-05-06"} for n in range(3)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": items}).encode()


def ninjs(chance: random.Random) -> bytes:
    """An item of ninjs."""
    old = {"uri": "urn:1", "headline": "Talks", "body_html": _body(chance), "versioncreated": "2019-05-06T10:00:00Z"}
    bodies = [
        {"contenttype": "text/plain", "value": text(chance)},
        {"contenttype": "text/html", "value": _body(chance)},
    ]
    new = {"uri": "urn:2", "headlines": [{"role": "main", "value": "T"}], "bodies": bodies, "language": "en"}
    return json.dumps(chance.choice([old, new]), ensure_ascii=chance.random() < 0.5).encode()  # noqa: PLR2004


def jsonl(chance: random.Random) -> bytes:
    """JSON lines."""
    lines = ({"id": n, "text": text(chance), "published": "2019-05-06", "x": [1, {"y": None}]} for n in range(4))
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def rows(chance: random.Random) -> bytes:
    """A table."""
    made = (f'{n},"{text(chance).replace(chr(34), chr(34) * 2)}",2019-05-06,A\r\n' for n in range(4))
    return ("id,text,date,outlet\r\n" + "".join(made)).encode()


def markdown(chance: random.Random) -> bytes:
    """A Markdown file."""
    words = text(chance).replace("commission", "[**commission**](https://a.example/x)").replace("talks", "_talks_ `x`")
    return f"---\ntitle: Talks\ndate: 2019-05-06\n---\n# Talks\n\n> {words}\n\n```\ncode\n```\n".encode()


def _record(chance: random.Random, kind: str) -> bytes:
    content = page(chance) if chance.random() < 0.8 else text(chance).encode()  # noqa: PLR2004
    if chance.random() < 0.3:  # noqa: PLR2004
        content, more = gzip.compress(content, mtime=0), "Content-Encoding: gzip\r\n"
    else:
        more = ""
    block = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}Content-Length: {len(content)}\r\n\r\n".encode() + content
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{chance.randrange(99)}\r\n"
        "WARC-Date: 2019-05-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(chance: random.Random) -> bytes:
    """A web archive, packed or not."""
    records = [_record(chance, chance.choice(["response", "response", "warcinfo", "revisit"])) for _ in range(3)]
    is_packed = chance.random() < 0.5  # noqa: PLR2004
    return b"".join(gzip.compress(r, mtime=0) for r in records) if is_packed else b"".join(records)


def packed(chance: random.Random) -> bytes:
    """A packed page."""
    return gzip.compress(page(chance), mtime=0)


#: Reader -> what makes a file for it, and the name of that file.
MAKERS: dict[str, tuple[Callable[[random.Random], bytes], str]] = {
    "text": (lambda chance: _encoded(text(chance), chance), "a.txt"),
    "html": (page, "a.html"),
    "rss": (rss, "a.rss"),
    "atom": (atom, "a.atom"),
    "jsonfeed": (jsonfeed, "a.json"),
    "ninjs": (ninjs, "a.ninjs"),
    "jsonl": (jsonl, "a.jsonl"),
    "csv": (rows, "a.csv"),
    "markdown": (markdown, "a.md"),
    "warc": (warc, "a.warc"),
    "gzip": (packed, "a.html.gz"),
}
COUNT = 60


def seeds(reader: str) -> list[bytes]:
    """The files that are mutated for a reader."""
    make = MAKERS[reader][0]
    return [make(random.Random(f"{reader} {n}")) for n in range(COUNT)]  # noqa: S311 - a sample, not a secret
