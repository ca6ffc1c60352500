"""Our own reader of HTML: nothing that is shown is lost, and every character knows where it came from."""

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ingest import linear
from communique.ingest.linear import Page
from communique.ingest.offsets import OffsetMap

CAP = 65_536


def page(source: str) -> Page:
    return linear.read(source, CAP, mapped=True)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<b>bo</b>ld, <i>x</i>y", "bold, xy"),
        ("  a \n\t b  ", "a b"),
        ("a<!-- no -->b<!-->c<!-- > -->d", "abcd"),
        ("<script>var a = '<p>no</p>';</script>yes", "yes"),
        ("<style>p{}</style><noscript>no</noscript><template>no</template>yes", "yes"),
        ("<SCRIPT>no</ScRiPt >yes", "yes"),
        ("Fr&eacute;d &amp;amp; &#8212; &#x1F600; &nbsp;", "Fréd &amp; — 😀 \xa0"),
        ("&#x110000;&#0;&bogus; & &lt", "��&bogus; & <"),
        ('<a title="a > b">c</a> <a title=\'"\'>d</a>', "c d"),
        ("1 < 2 and 3 <4> <3", "1 < 2 and 3 <4> <3"),
        ("<pre> a\n  b</pre>", " a\n  b"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1\t2\n3"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<head><title>no</title><p>shown", "shown"),
        ("नमस्ते <b>दुनि</b>या\u200b!", "नमस्ते दुनिया\u200b!"),
        ("\ufeffx", "x"),
        ("<textarea> a <b> </textarea>z", " a <b> z"),
        ("soft\u00adhyphen wb<wbr>r", "soft\u00adhyphen wbr"),
        ("a</p></div></b>b", "a\n\nb"),
    ],
)
def test_what_is_shown_is_the_text(source: str, text: str) -> None:
    """Blanks fold, blocks part, references are decoded, and what a browser does not show is left out."""
    assert page(source).text == text


def test_blocks_know_what_they_lie_in() -> None:
    """A block has its element, its context and the number of its linked characters."""
    found = page("<nav><a href=x>Home</a></nav><p>Text <a>link</a></p><figure><figcaption>Cap</figcaption></figure>")
    assert [(b.tag, b.context, b.linked) for b in found.blocks] == [
        ("nav", "nav", 4),
        ("p", "", 4),
        ("figcaption", "figcaption", 0),
    ]


def test_hidden_text_stays_and_is_marked() -> None:
    """Text that a style hides is kept, with a context that makes it furniture."""
    found = page('<p>a</p><div style="display: none">b</div><div hidden>c</div>')
    assert [(found.text[b.start : b.end], b.context) for b in found.blocks] == [
        ("a", ""),
        ("b", "hidden"),
        ("c", "hidden"),
    ]


@pytest.mark.parametrize("source", ["<p>a<!-- b c", "<p>a<script>b c", "<p>a<b title='b c", "<p>a<video>b c"])
def test_what_never_ends_is_counted(source: str) -> None:
    """A comment, script, tag or fallback without an end hides the rest, and how much that was is told."""
    found = page(source)
    assert found.text == "a"
    assert found.unread >= 3


@given(st.text(alphabet="<>/abp =\"'!-&#;x12\n[]\u0915😀", max_size=200))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_and_mapped(source: str) -> None:
    """Whatever the source, blocks are disjoint and in order, and pieces of equal length hold the same characters."""
    found = page(source)
    at = 0
    for block in found.blocks:
        assert at <= block.start <= block.end <= len(found.text)
        at = block.end
    for text, place, length, width in found.pieces:
        if length == width and "&" not in source[place : place + width]:
            assert found.text[text : text + length] == source[place : place + width]


WORDS = st.text(alphabet=st.sampled_from("abc éक्ष😀&<>'\"\xa0"), min_size=1, max_size=12)


@given(st.text(alphabet=" \t\n\r\f\u00a0\u2003&;Wa", max_size=60))
@settings(max_examples=100)
def test_runs_of_blanks_are_one_whatever_stands_beside_them(source: str) -> None:
    """Only what HTML calls a blank is one, and references are read in the midst of them."""
    wanted = re.sub("[ \t\n\r\f]+", " ", html.unescape(source)).strip(" ")
    assert page(f"<p>{source}").text == wanted


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["{}", "<b>{}</b>", "{}<!-- x -->", "<p>{}</p>", "<a href='>'>{}</a>"])))
)
@settings(max_examples=80, deadline=None)
def test_places_lead_back_to_the_source(parts: list[tuple[str, str]]) -> None:
    """The source of any stretch of text, its tags taken out and references decoded, is that text, blanks apart."""
    source = "".join(frame.format(html.escape(words)) for words, frame in parts)
    found = page(source)
    places = OffsetMap(found.pieces)
    for start in range(0, len(found.text), 3):
        stretch = found.text[start : start + 7]
        if stretch.strip(" \n\t"):
            first, last = places.source(start, start + len(stretch))
            shown = html.unescape(re.sub(r"<!--.*?-->|<(?:[^'>]|'[^']*')*>", "", source[first:last]))
            assert "".join(re.findall(r"[^ \n\t]", shown)) == "".join(re.findall(r"[^ \n\t]", stretch))


HOSTILE = [
    "<", "<a", "<a ", '<a b="', "<a '\"", "<!--", "<![CDATA[", "<p>", "<b>", "</b>", "</p><b>", "<script>", "</script",
    "<title>", "<textarea>", "&", "&#", "&a", "&amp", "<li>", "<td>", "<table><tr>", "<br>", " \n", "<nav>x</div>",
    "<a href=x ", "<?", "<!", "<head><p>", "<svg><title>", "<pre>&amp;", "<i hidden>",
]  # fmt: skip


def seconds(part: str, size: int) -> float:
    source = (part * (size // len(part) + 1))[:size]
    start = time.process_time()
    linear.read(source, CAP)
    return time.process_time() - start


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_the_length(part: str) -> None:
    """Four times the source takes about four times as long; readings too short to measure pass."""
    # A busy machine may spoil one measurement, a slow reader spoils all.
    pairs = ((seconds(part, 40_000), seconds(part, 160_000)) for _ in range(4))
    assert any(long < 0.05 or long <= 2.6**2 * short for short, long in pairs)
