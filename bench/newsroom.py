"""News pages and web archives of our own making, the same for the same seed: nothing of any real page is in them."""

# ruff: noqa: E501 - files are written as others write them, and read better in one line

import gzip
import html
import random
from collections.abc import Iterator
from typing import NamedTuple

_PEOPLE = ["Pelo Moeti", "Anna Jónsdóttir", "Tomasi Vula", "Ines Carvão", "Raúl Peña", "Ayu Lestari", "Bård Nygaard"]
_PLACES = ["Kasane", "Nadi", "Suva", "Reykjavík", "Tartu", "Luanda", "Nukuʻalofa", "Windhoek", "La Paz", "Riga"]
_BODIES = [
    "the Joint Commission on Fisheries",
    "the Council for Rivers",
    "the Forum on Ports",
    "the Board of Coast Guards",
]
_VERBS = ["reviewed", "discussed", "agreed on", "signed", "put off", "welcomed", "recalled", "asked for"]
_THINGS = [
    "a protocol on coast guards",
    "the plan for two ferries",
    "the timetable",
    "a memorandum & its annex",
    "tariffs",
]
#: What stands around an article: sites mark it well, badly or not at all.
_FRAMES = (
    ("<main><article>", "</article></main>"),
    ('<div id="wrap"><div class="row"><div class="col-8"><div class="story-body">', "</div></div></div></div>"),
    (
        '<div id="page"><div class="content-area"><section class="post"><div class="entry-content">',
        "</div></section></div></div>",
    ),
    ('<table width="100%"><tr><td class="left">&nbsp;</td><td class="text">', "</td></tr></table>"),
)
_WORDS = tuple(
    word
    for line in (
        "river port council session minister annual report harbour traffic island ferry customs budget training",
        "survey chart storm season relief bridge railway schools nurses students market fruit timber salt energy",
    )
    for word in line.split()
)


class Made(NamedTuple):
    """A page, the paragraphs of its article, and its address."""

    url: str
    html: str
    paragraphs: tuple[str, ...]


def sentence(chance: random.Random) -> str:
    """An invented sentence."""
    return (
        f"{chance.choice(_PEOPLE)} said in {chance.choice(_PLACES)} that {chance.choice(_BODIES)} "
        f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} and that the {chance.choice(_WORDS)} of the "
        f"{chance.choice(_WORDS)} would be the {chance.choice(_WORDS)} for {chance.randrange(2, 90)} days."
    )


def page(number: int, seed: int = 7) -> Made:
    """One page as news sites make them: menus, scripts, an article, related links, a foot."""
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 - a sample, not a secret
    paragraphs = tuple(
        " ".join(sentence(chance) for _ in range(chance.randrange(2, 5))) for _ in range(chance.randrange(6, 24))
    )
    title = f"Talks on {chance.choice(_THINGS)} end in {chance.choice(_PLACES)} ({number})"
    url = f"https://news{number % 40}.example/{2000 + number % 24}/{number}.html"
    begin, end = _FRAMES[number % len(_FRAMES)]
    parts = [_head(title, number, chance), _menu(chance, 60), begin, f"<h1>{html.escape(title)}</h1>"]
    parts.append(
        f'<p class="by">By {chance.choice(_PEOPLE)}</p><p class="d">Published on 6 May {2000 + number % 24}</p>'
    )
    for n, words in enumerate(paragraphs):
        marked = html.escape(words).replace("session", '<a href="/s">session</a>').replace("ferry", "<b>ferry</b>")
        parts.append(f'<p class="p{n}" data-n="{n}">{marked}</p>\n')
        if n % 6 == 3:  # noqa: PLR2004 - now and then
            parts.append('<div class="ad" id="ad-1"><span>Advertisement</span><script>show(1);</script></div>')
    parts += [end, _comments(chance), _related(chance), _foot(chance), "</body></html>"]
    return Made(url, "".join(parts), paragraphs)


def _head(title: str, number: int, chance: random.Random) -> str:
    style = "".join(f".c{n}{{margin:{n}px;color:#{chance.randrange(1 << 24):06x}}}" for n in range(300))
    script = "".join(f"window.k{n}=function(a){{return a<{n}&&{{v:'{chance.random()}'}}}};" for n in range(260))
    day = f"{2000 + number % 24}-05-06T10:00:00+02:00"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | News {number % 40}</title>'
        f'<meta property="og:site_name" content="News {number % 40}"><meta property="article:published_time" content="{day}">'
        f"<style>{style}</style><script>{script}</script></head><body class=b>"
    )


def _menu(chance: random.Random, count: int) -> str:
    items = "".join(
        f'<li class="m m{n}"><a class="l" href="/{chance.choice(_WORDS)}/{n}" data-k="{n}">{chance.choice(_WORDS).title()}</a></li>\n'
        for n in range(count)
    )
    return f'<header><div class="w"><nav><ul>{items}</ul></nav></div></header>'


def _related(chance: random.Random) -> str:
    cards = "".join(
        f'<div class="card"><a href="/{n}"><img src="/i/{n}.jpg" alt="" width=320 height=180><h3>{html.escape(sentence(chance)[:70])}</h3></a>'
        f'<span class="t">{n} hours ago</span></div>\n'
        for n in range(30)
    )
    return f'<aside><h2>More news</h2><div class="grid">{cards}</div></aside>'


def _comments(chance: random.Random) -> str:
    """What readers wrote below."""
    said = "".join(
        f'<li class="comment"><div class="meta"><b>reader{n}</b> <time>{n} May</time></div><p>{html.escape(sentence(chance))}</p></li>\n'
        for n in range(chance.randrange(0, 12))
    )
    return f'<section id="comments"><h2>Comments</h2><ol>{said}</ol></section>'


def _foot(chance: random.Random) -> str:
    return f"<footer>{_menu(chance, 50)}<p>&copy; All rights reserved.</p></footer><script>{'var z=1;' * 900}</script>"


def record(made: Made, *, headers: str = "") -> bytes:
    """A page as a record of a web archive."""
    body = made.html.encode()
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    block = http.encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {made.url}\r\nWARC-Date: 2024-05-07T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash_of(made.url)):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def hash_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(text.encode()[-15:], "big")


def archive(pages: int, seed: int = 7) -> Iterator[bytes]:
    """The packed records of a web archive, one by one, as CC-NEWS has them."""
    for number in range(pages):
        yield gzip.compress(record(page(number, seed)), 6, mtime=0)
