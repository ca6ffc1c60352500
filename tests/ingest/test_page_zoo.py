"""Pages as the web has them, all invented: old layouts, odd encodings, banners, comments; each place leads back."""

# ruff: noqa: E501 - pages are written as others write them

import html
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from communique.ingest.rawmap import RawMap
from communique.ingest.read import read
from communique.ingest.sources import Source
from communique.model.reports import Report

TOLD = (
    "Ministers of Velmark and Ostia met in Sarn on Monday for the 14th session of the Joint Council on Rivers.",
    "They agreed that two ferries will be repaired before the end of June, officials of both sides said.",
    "The next session will be held in Talm in the spring, and Ostia will be its host, according to the statement.",
    "A working group on harbour fees is to report to both governments in writing before the council meets again.",
)
CHINESE = (
    "萨恩市的部长们星期一举行了联合委员会第十四届会议，双方就河流和港口问题交换了意见。",
    "双方同意在六月底之前修复两艘渡轮，并将在明年春天再次举行会议，届时由奥斯蒂亚担任东道主。",
)
JAPANESE = (
    "サーン市で月曜日、両国の大臣が第十四回合同委員会を開き、河川と港湾について意見を交わした。",
    "双方は六月末までに二隻のフェリーを修理し、来年の春に再び会議を開くことで合意したと発表した。",
)
RUSSIAN = (
    "Министры двух стран встретились в понедельник в Сарне на четырнадцатой сессии Совместного совета по рекам.",
    "Стороны договорились отремонтировать два парома до конца июня и провести следующую сессию весной в Талме.",
)
FRENCH = (
    "Les ministres se sont réunis à Sarn lundi pour la quatorzième session du « Conseil mixte » des fleuves d’Ostie.",
    "Ils sont convenus que deux bacs seraient réparés d’ici à la fin de juin — et que l’Ostie accueillera la suite.",
)
COOKIES = "We and our 214 partners use cookies to keep this site alive. You can accept all of them or choose."
COMMENT = "I was on that ferry in May and it leaked, so let us see whether they keep their word this time."


def paragraphs(sentences: tuple[str, ...], times: int = 1) -> str:
    return "\n".join(f"<p>{html.escape(s, quote=False)}</p>" for s in sentences * times)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>Council meets</title></head><body>{body}</body></html>"


class Animal(NamedTuple):
    """A page, what it tells as its article, and what stands beside it that is none."""

    data: bytes
    told: tuple[str, ...]
    beside: tuple[str, ...] = ()


def coded(sentences: tuple[str, ...], encoding: str, declared: str | None) -> Animal:
    """A page in an encoding, which it declares as it is called there, or does not declare."""
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return Animal(page(paragraphs(sentences), head).encode(encoding), sentences)


MENU = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
TABLES = page(
    '<table width="760" border=0 cellpadding=0><tr><td colspan=3><img src=logo.gif></td></tr><tr><td width=120 valign=top>'
    + "".join(f'<a href="{n}.htm"><font size=1>Section {n}</font></a><br>' for n in range(9))
    + "</td><td><table><tr><td><font face=Verdana size=2><b>Council meets</b><br><br>"
    + "<br><br>".join(TOLD)
    + "</font></td></tr></table></td><td width=100>&nbsp;</td></tr></table>"
)
AMP = page(
    "<amp-sidebar layout=nodisplay><ul>" + MENU + "</ul></amp-sidebar><article><h1>Council meets</h1>"
    f'<amp-img src="a.jpg" width=1 height=1 layout=responsive></amp-img>{paragraphs(TOLD)}</article>',
    "<style amp-boilerplate>body{visibility:hidden}</style><noscript><style amp-boilerplate>b{}</style></noscript>"
    '<script async src="https://cdn.example/v0.js"></script>',
)
PAYWALL = page(
    f'<main><article><h1>Council meets</h1>{paragraphs(TOLD)}</article></main><div class="paywall"><h3>Keep reading</h3>'
    '<p>Subscribe now</p><a href="/buy">See the offers</a></div>',
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council meets", '
    '"isAccessibleForFree": false}</script>',
)
LIVE = page(
    "<main><h1>Council meets: as it happened</h1>"
    + "".join(
        f'<article class="post"><time datetime="2031-05-06T1{n}:00">1{n}:00</time><p>{s}</p></article>'
        for n, s in enumerate(TOLD)
    )
    + "</main>"
)
COMMENTED = page(
    f'<div class="story">{paragraphs(TOLD)}</div><div id="comments"><h2>Comments</h2><ol class="comment-list">'
    f"<li><b>ferryman</b><p>{COMMENT}</p></li></ol></div>"
)
BANNER = page(
    f'<div id="cookie-consent" class="banner" role="dialog"><p>{COOKIES}</p><button>Accept</button></div>'
    f"<nav><ul>{MENU}</ul></nav><main>{paragraphs(TOLD)}</main>"
)
SPACED = (
    "Ministers of Velmark and Ostia met in\u00a0Sarn on 6\u00a0May for the 14th ses\u00adsion of the Joint Coun\u00adcil.",
    "They agreed — “in principle” — that two fer\u00adries will be re\u00adpaired for 3\u202f000 crowns before the end of June.",
)
REFERENCES = page(
    "<div><p>Ministers of Velmark &amp; Ostia met at the &ldquo;Old Mill&rdquo; in Sarn&mdash;for the 14th time, as it was "
    "said&#8217;s over, on Monday.</p><p>They agreed that fees of &euro;&nbsp;30 &ndash; or 5 &#37; &#x2014; will be lowered "
    "before the end of June, &quot;if all goes well&quot;.</p></div>"
)
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Council meets</title><script type="text/javascript">'
    f"//<![CDATA[\nvar a = '<p>';\n//]]></script></head><body><div id='main'>{paragraphs(TOLD)}</div></body></html>"
)
CARELESS = f"<title>Council meets</title><h1>Council meets</h1>{''.join(f'<p><font color=red>{s}' for s in TOLD)}"
LINKED = re.compile("(council|session|ferries|[Nn]ext)")
MARKED_UP = page("".join("<p>" + LINKED.sub(r"<a href=x><em></em>\1</a>", s) + "</p>" for s in TOLD))
LISTED = page("<dl>" + "".join(f"<dt>Point {n}</dt><dd>{s}</dd>" for n, s in enumerate(TOLD)) + "</dl>")

ZOO: dict[str, Callable[[], Animal]] = {
    "tables of 1999": lambda: Animal(TABLES.encode("cp1252"), TOLD),
    "windows-1252 declared": lambda: coded(FRENCH, "cp1252", "windows-1252"),
    "windows-1252 declared as latin-1": lambda: coded(FRENCH, "cp1252", "iso-8859-1"),
    "windows-1252 not declared": lambda: coded(FRENCH, "cp1252", None),
    "utf-8 declared as windows-1252": lambda: coded(FRENCH, "utf-8", "windows-1252"),
    "gb2312 declared": lambda: coded(CHINESE, "gb2312", "gb2312"),
    "gb2312 not declared": lambda: coded(CHINESE * 3, "gb2312", None),
    "shift_jis declared": lambda: coded(JAPANESE, "shift_jis", "Shift_JIS"),
    "shift_jis not declared": lambda: coded(JAPANESE * 3, "shift_jis", None),
    "euc-jp declared": lambda: coded(JAPANESE, "euc_jp", "EUC-JP"),
    "koi8-r declared": lambda: coded(RUSSIAN, "koi8_r", "koi8-r"),
    "koi8-r not declared": lambda: coded(RUSSIAN * 3, "koi8_r", None),
    "windows-1251 declared": lambda: coded(RUSSIAN, "cp1251", "windows-1251"),
    "utf-16": lambda: coded(FRENCH, "utf-16", None),
    "AMP": lambda: Animal(AMP.encode(), TOLD),
    "paywall note": lambda: Animal(PAYWALL.encode(), TOLD, ("Subscribe now", "See the offers")),
    "live blog": lambda: Animal(LIVE.encode(), TOLD),
    "comments": lambda: Animal(COMMENTED.encode(), TOLD, (COMMENT,)),
    "cookie banner": lambda: Animal(BANNER.encode(), TOLD, (COOKIES,)),
    "hard blanks and soft hyphens": lambda: Animal(page(paragraphs(SPACED)).encode(), SPACED),
    "references": lambda: Animal(
        REFERENCES.encode(),
        (
            "Ministers of Velmark & Ostia met at the “Old Mill” in Sarn—for the 14th time, as it was said’s over, on Monday.",
            'They agreed that fees of €\u00a030 – or 5 % — will be lowered before the end of June, "if all goes well".',
        ),
    ),
    "XHTML": lambda: Animal(XHTML.encode(), TOLD),
    "tags never closed": lambda: Animal(CARELESS.encode(), TOLD),
    "words in links": lambda: Animal(MARKED_UP.encode(), TOLD),
    "definitions": lambda: Animal(LISTED.encode(), TOLD),
}


def report_of(animal: Animal) -> Report:
    found = read(Source("page.html", animal.data, "html"))
    assert found.report is not None, found.problems
    return found.report


def standing(report: Report, words: str) -> tuple[int, bool]:
    """Where words stand in a report, and whether they are furniture, in whole or in part."""
    start = report.text.index(words)
    return start, any(f.start < start + len(words) and start < f.end for f in report.head.furniture)


@pytest.mark.parametrize("kind", ZOO)
def test_the_article_is_read_and_what_is_none_is_furniture(kind: str) -> None:
    """Every sentence of it stands in the text as a reader sees it; banners, notes and readers' words are marked."""
    animal = ZOO[kind]()
    report = report_of(animal)
    assert [standing(report, words)[1] for words in animal.told] == [False] * len(animal.told)
    assert [standing(report, words)[1] for words in animal.beside] == [True] * len(animal.beside)


@pytest.mark.promise("R16")
def test_every_span_leads_back_to_its_bytes(figure: Callable[[str], None]) -> None:
    """At least 99 of 100 spans of words, and every sentence of an article, are found again in what was delivered."""
    right, wrong = 0, []
    for kind, make in ZOO.items():
        animal = make()
        report = report_of(animal)
        places = RawMap(report.head, report.text, animal.data)
        told = [standing(report, words)[0] for words in animal.told]
        spans = [(at, at + len(words)) for at, words in zip(told, animal.told, strict=True)]
        spans += [m.span() for m in re.finditer(r"\S+(?: \S+){0,3}", report.text)]
        for start, end in spans:
            first, last = places.bytes_of(start, end)
            shown = animal.data[first:last].decode(report.head.extra["encoding"])
            shown = html.unescape(re.sub(r"<[^<>]{1,200}>", "", shown))
            if "".join(shown.split()) == "".join(report.text[start:end].split()):
                right += 1
            else:
                wrong.append((kind, report.text[start:end], shown))
    figure(f"{len(ZOO)} kinds of pages: {right} of {right + len(wrong)} spans lead back to their bytes")
    assert right > 400
    assert len(wrong) <= 0.01 * right, wrong[:9]
