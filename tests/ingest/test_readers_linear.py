"""The readers made by hand take time in proportion to the length, whatever stands there."""

import io
import time
from collections.abc import Callable

import pytest

from communique.ingest import article, feeds, formats, language, linear, lookalikes, markdown, pagehead, pages, rows
from communique.ingest.decode import decode, is_binary
from communique.ingest.feedscan import scan
from communique.ingest.references import possible
from communique.settings import DEFAULT_LIMITS

HOSTILE = {
    "markdown": [
        "*", "**a", "[", "[a](", "](", "![", "`", "_a_", "> ", "#", "# a\n", "\\", "&amp", "***", "- ", "[a]",
        "a_", "(",
        "\n", "```\n", '[a](b "',
    ],
    "feed": [
        "<item>", "<item", "</item>", "<![CDATA[", "]]>", "<!--", "<title>", "<title><![CDATA[", "<link ",
        "<link href='",
        "&", "&#1;", "&#x110000;", "<entry><title/>", "<a b='", "<?", "<!DOCTYPE ", "<!DOCTYPE [", "\n ",
    ],
    "rows": ['"', '"\n', ",", "a\n", '""', "\n", '"a'],
    "head": [
        "<meta name=a content=b>", "<html lang=", "<time pubdate>",
        "<link rel=canonical href=http://a>", "<h1>a</h1>",
    ],
    "lookalikes": ["a\u200b", "\u202e", "а", "aа", "e\u0301", "\u0301", "ａ", "x\u00ad", "\u200b", "\u2066 "],
    "decode": ["é", "a\0", "\0a", "Â", "ã\x81", "\xff", "ä½", "\x1b", "ÿþ", "á\x80a"],
    "article": [
        "<p>a</p>", "<p>The council met in Suva, it was said on Monday.</p>", "<aside><p>a</p>", "<nav>a</nav>",
        "<div class=comments>a", "<div class=comments>a</div>", "<section hidden>a</section>", "<a href=x>a</a><p>b",
        "<td>a", "<li><a href=b>c</a>", "<article><p>a</p></article>", "<h2>a</h2>",
    ],
    "language": ["a ", "the ", "é", "会", "а ", "the le der ", "1 ", "ab"],
    "formats": ["<!-- ", "<?x ", " ", "<!doctype ", "<!--a--> ", "\n", "{", '{"version" '],
}  # fmt: skip


def _markdown(text: str) -> None:
    markdown.plain(text, 0)


def _feed(text: str) -> None:
    scan(text, 1_000_000)
    data, _ = feeds._without_doctype(text.encode())  # noqa: SLF001 - it has no other door
    possible(data)


def _rows(text: str) -> None:
    for _ in rows.records(io.BytesIO(text.encode()), 10_000):
        pass


def _head(text: str) -> None:
    pagehead.of(linear.read(text, 65_536))


def _lookalikes(text: str) -> None:
    lookalikes.problems("a", text)


def _formats(text: str) -> None:
    for at in range(0, len(text), formats.LOOK):
        formats.detect("a", text[at : at + formats.LOOK].encode())


def _decode(text: str) -> None:
    data = text.encode("latin-1")
    is_binary(data, decode(data))
    pages.declared_in(data)


def _article(text: str) -> None:
    article.choose(linear.read(text, 65_536), DEFAULT_LIMITS)


READERS: dict[str, Callable[[str], object]] = {
    "markdown": _markdown,
    "feed": _feed,
    "rows": _rows,
    "head": _head,
    "lookalikes": _lookalikes,
    "decode": _decode,
    "article": _article,
    "language": language.of,
    "formats": _formats,
}


def seconds(reader: Callable[[str], object], part: str, size: int) -> float:
    text = (part * (size // len(part) + 1))[:size]
    start = time.process_time()
    reader(text)
    return time.process_time() - start


@pytest.mark.parametrize(("name", "part"), [(n, p) for n, parts in HOSTILE.items() for p in parts])
def test_time_grows_with_the_length(name: str, part: str) -> None:
    """Four times the input takes about four times as long; readings too short to measure pass."""
    # A busy machine may spoil one measurement, a slow reader spoils all.
    read = READERS[name]
    pairs = ((seconds(read, part, 20_000), seconds(read, part, 80_000)) for _ in range(4))
    assert any(long < 0.05 or long <= 2.6**2 * short for short, long in pairs)
