"""Words of strangers in what is handed on: no formula in a spreadsheet, no property, element or markup of their own."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from markdown_it import MarkdownIt

from communique.export.brief import Brief, compose
from communique.export.brief_check import check
from communique.export.brief_forms import write
from communique.export.brief_read import read_brief
from communique.export.forms import Material, as_file, as_folder
from communique.export.phrases import sentence, shortened, visible
from communique.export.tables import harmless
from communique.model.dates import Date
from communique.model.record import NameCount, Record
from communique.model.spans import Span

type Make = Callable[..., Record]

#: What spreadsheets take for the beginning of a formula, plainly and in disguise.
FORMULAS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\t=1+1", "\r=1+1"),
    *("\n=1+1", " =1+1", "\x00=1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "＝1+1", "＋1+1", "－1+1"),
    *(
        "＠SUM(1)",
        "\u3000=1",
        "\t\t@x",
        "\x0b=1",
        "\x0c+1x",
        "\x1f-x",
        "\u2028=1",
        "\u2060=1",
        "\x85=1",
        " ＝1",
        "-",
        "=;",
    ),
]

#: What could end a line, a value or an element, or begin one.
ENDS = [
    *(
        "a\rb",
        "a\nb",
        "a\r\nb",
        "a\u2028b",
        "a\u2029b",
        "a\x85b",
        "a\x00b",
        "a\x0bb",
        "a\x0cb",
        "a\x1cb",
        "\x1b]0;x\x07",
    ),
    *("END:VEVENT", "a\nEND:VCALENDAR\nBEGIN:VCALENDAR", "x\r\nATTACH:http://x/", "a;b,c\\d\\n", '";X=1:', "\\", "\\N"),
    *("]]>", "<!--", "-->", "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>"),
    *(
        "<a href='javascript:x'>y</a>",
        "&lt;b&gt;",
        "&#x3c;b&#x3e;",
        "</bdi></li>",
        "</title><script>",
        "<style>*{}</style>",
    ),
    *('"><b>', "'><b>", "{{7*7}}", "${7*7}", "<%= 7 %>", "[x](javascript:y)", "![x](http://x)", "<http://x>", "**b**"),
    *(
        "# head",
        "- item",
        "1. item",
        "| a | b |",
        "```",
        "~~x~~",
        "[^1]: x",
        "[^1]",
        "---",
        "    code",
        "é" * 90,
        "🧭" * 40,
    ),
    *("\ufeffa", "\u202eabc", "a\u200db", "\ud800", "\ufffe", "&", "%0d%0aX:y", "/e\u0301/", "नमस्ते " * 12),
]


def words(payload: str) -> str:
    """A payload as a text that can stand in a report."""
    return payload.replace("\ud800", "\ufffd") or "x"


def hostile(make: Make, payload: str) -> Record:
    """The hand-made record with a payload in every text of it."""
    one, text = make(), words(payload)
    place = Span(one.reports[0].id, 0, len(text), text)
    event = msgspec.structs.replace(one.events[0], title=text, number=None, evidence=(place,))
    commitment = msgspec.structs.replace(
        one.commitments[0], what=text, evidence=(place,), origins=1, due=Date.of("2031-12-01")
    )
    quotation = msgspec.structs.replace(one.statements[0].quotations[0], evidence=place)
    said = msgspec.structs.replace(one.statements[0], text=text, channel=text, quotations=(quotation,))
    value = msgspec.structs.replace(one.disagreements[0].values[0], value=text, evidence=(place,))
    other = msgspec.structs.replace(one.disagreements[0], values=(value, value), reason=text, preferred=text)
    series = msgspec.structs.replace(one.series[0], name=text, rhythm=text, rotation=text, anomalies=(text,))
    return make(
        reports=tuple(msgspec.structs.replace(h, name=text, title=text, outlet=text) for h in one.reports),
        stories=tuple(msgspec.structs.replace(s, title=text) for s in one.stories),
        actors=tuple(msgspec.structs.replace(a, name=text, names=(NameCount(text, 1),)) for a in one.actors),
        events=(event,),
        commitments=(commitment,),
        statements=(said,),
        disagreements=(other,),
        series=(series,),
    )


def test_there_are_as_many_payloads_as_promised() -> None:
    """Thirty for spreadsheets, fifty for everything else."""
    assert len(set(FORMULAS)) >= 30
    assert len(set(ENDS)) >= 50


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon: what it skips at the beginning is skipped, full-width forms are folded."""
    folded = unicodedata.normalize("NFKC", cell)
    skipped = re.sub(r"\A(?:[\s\x00-\x1f\x7f-\x9f]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff])+", "", folded)
    return skipped.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", skipped)


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_is_a_formula(make_record: Make, payload: str) -> None:
    """In no column of no table, read back as a spreadsheet reads it; every row keeps its columns."""
    for name, data in as_folder(Material(hostile(make_record, payload))).items():
        table = list(csv.reader(io.StringIO(data.decode(), newline="")))
        assert [cell for row in table for cell in row if is_formula(cell)] == [], name
        assert {len(row) for row in table} == {len(table[0])}


@pytest.mark.parametrize("number", ["-1", "+2.5", "0", "-0.75", "12"])
def test_numbers_stay_numbers(number: str) -> None:
    """A sign alone makes no formula."""
    assert harmless(number) == number


def unfolded(data: bytes) -> list[tuple[str, str]]:
    """A calendar read by RFC 5545 alone: lines unfolded, names and values apart, values unescaped."""
    text = data.decode("utf-8", "strict")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    rows = [line.partition(":") for line in text.replace("\r\n ", "").split("\r\n") if line]
    return [(n.partition(";")[0], re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], v)) for n, _, v in rows]


def calendar_text(text: str) -> str:
    return visible(shortened(text, 200))


@pytest.mark.parametrize("payload", ENDS)
def test_a_calendar_keeps_its_properties(make_record: Make, payload: str) -> None:
    """As many properties as without the payload, no line beyond 75 bytes or cut inside a character, the value whole."""
    text = words(payload)
    rows = unfolded(as_file("ics", Material(hostile(make_record, payload))))
    plain = unfolded(as_file("ics", Material(hostile(make_record, "plain"))))
    assert [name for name, _ in rows] == [name for name, _ in plain]
    summaries = [value for name, value in rows if name == "SUMMARY"]
    assert calendar_text(f"7th session of the {text}") in summaries
    assert calendar_text(f"{text}: {text}") in summaries


@pytest.mark.parametrize("form", ["json", "jsonl", "annotations", "packet"])
def test_json_gives_every_value_back(make_record: Make, form: str) -> None:
    """Read by another reader, each payload is there as it was; each line of JSON lines is one value."""
    for payload in ENDS:
        record = hostile(make_record, payload)
        data = as_file(form, Material(record, {}))
        lines = data.decode().split("\n")
        assert lines.pop() == ""
        read = [json.loads(line) for line in lines]
        if form in ("json", "jsonl"):
            assert words(payload) in list(strings(read))
        assert len(lines) == 1 or form == "jsonl"


def strings(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


class Elements(HTMLParser):
    """Names and attributes of elements, and the text of each item and paragraph."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called for each element."""
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        """Called for each piece of text."""
        self.text.append(data)


def brief_of(make: Make, payload: str) -> Brief:
    return compose(hostile(make, payload), "council")


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    """A brief full of harmless words, in each form: made once."""
    return {}


def harmless_brief(plain: dict[str, bytes], make: Make, form: str) -> bytes:
    if form not in plain:
        plain[form] = write(brief_of(make, "plain"), form)
    return plain[form]


@pytest.mark.parametrize("payload", ENDS)
def test_an_html_brief_has_no_element_but_ours(make_record: Make, plain: dict[str, bytes], payload: str) -> None:
    """The elements of a page with harmless words in the same places, and every sentence there as it was."""
    brief = brief_of(make_record, payload)
    page = Elements(write(brief, "html").decode())
    assert set(page.found) == set(Elements(harmless_brief(plain, make_record, "html").decode()).found)
    for section in brief.sections:
        assert all(visible(line.text) in page.text for line in section.lines)
    assert visible(brief.title) in page.text


@pytest.mark.parametrize("payload", ENDS)
def test_a_markdown_brief_has_no_markup_but_ours(make_record: Make, payload: str) -> None:
    """Rendered by another reader: headings, lists and paragraphs, and no link, image, code, table or HTML."""
    brief = brief_of(make_record, payload)
    text = re.sub(r"(?m)^\[\^\d+\]: ", "Note ", write(brief, "md").decode())
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    kinds = {t.type for token in tokens for t in (token, *(token.children or []))}
    ours = {"heading", "bullet_list", "list_item", "paragraph", "inline", "text", "softbreak", "text_special"}
    assert {k.removesuffix("_open").removesuffix("_close") for k in kinds} <= ours
    headings = [t for t in tokens if t.type == "heading_open"]
    assert len(headings) == 8


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("payload", ENDS)
def test_a_word_brief_reads_back_with_another_reader(make_record: Make, plain: dict[str, bytes], payload: str) -> None:
    """The XML is whole, no element is there that a harmless text would not make, and every sentence reads as it was."""
    brief = brief_of(make_record, payload)
    found = parts(write(brief, "docx"))
    ours = parts(harmless_brief(plain, make_record, "docx"))
    for name in ("word/document.xml", "word/endnotes.xml"):
        assert {e.tag for e in found[name].iter()} == {e.tag for e in ours[name].iter()}
    said = [
        "".join(t.text or "" for t in p.iter(f"{WORD}t")).strip() for p in found["word/document.xml"].iter(f"{WORD}p")
    ]
    for section in brief.sections:
        assert all(visible(line.text).strip() in said for line in section.lines)


def parts(data: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
        return {n: ET.fromstring(archive.read(n)) for n in names}  # noqa: S314 - our own file


@pytest.mark.parametrize("form", ["md", "html", "docx", "json"])
def test_a_brief_full_of_hostile_words_verifies(make_record: Make, form: str) -> None:
    """What strangers wrote makes no sentence of ours look changed, and none of theirs look like the officer's."""
    for payload in ENDS[::6] if form == "docx" else ENDS:  # what Word gives back is tested above, payload by payload
        record = hostile(make_record, payload)
        brief = compose(record, "council")
        spans = {s for section in brief.sections for line in section.lines for s in line.evidence}
        texts: dict[str, str] = {}
        for span in sorted(spans, key=lambda s: s.end):
            known = texts.get(span.report, "")
            texts[span.report] = known[: span.start].ljust(span.start, "~") + span.text if known != span.text else known
        checked = check(read_brief(write(brief, form)), record, brief.stamp, texts)
        wrong = [u for u in checked.unsupported if "where the footnote says" not in u.reason]
        assert (wrong, checked.own) == ([], ()), payload


def test_a_title_is_one_line(make_record: Make) -> None:
    """Whatever stands in it."""
    for payload in ENDS:
        assert write(brief_of(make_record, payload), "md").decode().splitlines()[1] == ""
        assert "\n" not in sentence(words(payload))
