"""The brief: every line has its evidence, nothing of a report is taken for markup."""

import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from communique.errors import NotFoundError
from communique.export.brief import MOST_LINES, MOST_NOTES, Brief, Stamp, compose
from communique.export.brief_markdown import escaped
from communique.export.phrases import visible
from communique.model.problems import Problem, ProblemCode
from communique.model.record import Record
from communique.model.spans import Span

type Make = Callable[..., Record]


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def acting(markdown: str) -> set[str]:
    """Kinds of markup that a reader of Markdown finds."""
    blocks = MARKDOWN.parse(markdown)
    tokens = [t for block in blocks for t in (block, *(block.children or ()))]
    return {t.type.removesuffix("_open") for t in tokens if t.nesting >= 0 and t.type not in PLAIN}


PLAIN = ("inline", "text", "text_special", "softbreak")


def lines(markdown: str) -> list[str]:
    return [line for line in markdown.splitlines() if line.startswith("- ")]


def section(brief: Brief, number: int) -> list[str]:
    return [line.text for line in brief.sections[number - 1].lines]


def test_every_line_has_a_footnote_and_every_footnote_a_line(make_record: Make) -> None:
    """Numbers run from 1 without a gap; each is defined once, and each is used."""
    markdown = compose(make_record()).markdown
    used = re.findall(r"\[\^(\d+)\](?!:)", markdown)
    defined = re.findall(r"^\[\^(\d+)\]:", markdown, re.MULTILINE)
    assert all(re.search(r"\[\^\d+\]$", line) for line in lines(markdown))
    assert defined == [str(n + 1) for n in range(len(defined))]
    assert set(used) == set(defined)


def test_a_footnote_names_report_characters_words_and_fact(make_record: Make) -> None:
    """What it quotes stands there, and its fact is an address; the first footnote says what the brief was made of."""
    record = make_record()
    said = [line for part in compose(record).sections for line in part.lines]
    names = {h.id: h.name for h in record.reports}
    first, *notes = [n for n in compose(record).markdown.splitlines() if n.startswith("[^")]
    told = {
        f"{escaped(names[s.report])}, characters {s.start}–{s.end}: “{escaped(s.text)}” ({line.fact})"
        for line in said
        for s in line.evidence
    }
    assert {n.split(": ", 1)[1] for n in notes} <= told
    assert {line.fact.partition("/")[0] for line in said} <= {
        "events",
        "commitments",
        "statements",
        "series",
        "disagreements",
    }
    assert "(series/council)" in first


def test_the_seven_sections_say_what_the_record_says(make_record: Make) -> None:
    """Occasion, promises, words, dispute, public lines, background, and an empty page for the officer."""
    brief = compose(make_record())
    assert [s.title[0] for s in brief.sections] == list("1234567")
    assert section(brief, 1) == ["5 May 2031, Bergen: 7th session of the Fjord Council (Åse Lund) — 2 texts."]
    assert section(brief, 2) == [
        "Next: 8th session of the Fjord Council, 2032, Kenya [as rhythm and rotation have it].",
        "Open, promised 5 May 2031: Kenya agreed: two boats. No later report. — 2 texts.",
    ]
    assert section(brief, 3) == ["Åse Lund: “We keep our word” — 1 text: wire_1.txt."]
    assert section(brief, 4) == [
        "Date: 5 May 2031 (wire_0.txt) against 6 May 2031 (wire_1.txt). One report each.",
        "Does not add up: the 6th session is not reported.",
    ]
    assert section(brief, 5) == section(brief, 6) == section(brief, 7) == []
    assert brief.foot[0] == "2 reports, 2 independent newsroom texts; everything could be read."


def test_what_is_said_through_a_channel_is_a_public_line(make_record: Make) -> None:
    """It stands there once, with its channel, and not a second time under what each side has said."""
    said = msgspec.structs.replace(make_record().statements[0], channel="told reporters")
    brief = compose(make_record(statements=(said,)))
    assert section(brief, 5) == ["Åse Lund (told reporters): “We keep our word” — 1 text: wire_1.txt."]
    assert section(brief, 3) == []


def test_silence_counts_later_reports_only(make_record: Make) -> None:
    """A promise of the first report alone: one later report says nothing of it, and it is never called broken."""
    one = make_record().commitments[0]
    early = msgspec.structs.replace(one, evidence=one.evidence[:1], history=(), origins=1)
    line = section(compose(make_record(commitments=(early,))), 2)[1]
    assert "Since then no evidence in 1 report up to 7 May 2031." in line
    assert "not done" not in line


def test_dates_inside_an_anomaly_are_written_as_people_write_them(make_record: Make) -> None:
    """No ISO date stands in a brief."""
    series = msgspec.structs.replace(
        make_record().series[0], anomalies=("the 6th was in 2029-12, the 7th on 2031-05-05",)
    )
    said = section(compose(make_record(series=(series,))), 4)
    assert said[-1] == "Does not add up: the 6th was in December 2029, the 7th on 5 May 2031."


def test_what_was_left_out_is_counted_in_the_foot(make_record: Make) -> None:
    """Undated reports of an as-of brief, and promises for which a page has no room."""
    one = make_record().commitments[0]
    many = tuple(msgspec.structs.replace(one, id=f"c{n}") for n in range(12))
    brief = compose(make_record(commitments=many), stamp=Stamp("", "0", "2031-06-01", 3, 0, 1))
    assert brief.foot[0].endswith("1 undated report left out. No room here for 8 promises and statements.")


@pytest.mark.parametrize("wanted", [None, "council", "COUNCIL", "fjord", "Fjord Council"])
def test_a_series_is_found_by_id_name_or_part_of_it(make_record: Make, wanted: str | None) -> None:
    """In any case of letters; without a name the series with the latest session."""
    assert compose(make_record(), wanted).title == "Fjord Council"


def test_a_story_is_a_subject_too(make_record: Make) -> None:
    """By its id; and where there is no series, the largest without a name."""
    record = make_record()
    assert compose(record, record.stories[0].id).title == "Fjord Council meets"
    assert compose(make_record(series=())).title == "Fjord Council meets"


def test_nothing_to_speak_of_is_an_error(make_record: Make) -> None:
    """An empty record says to add reports; an unknown name is named."""
    with pytest.raises(NotFoundError, match="add reports"):
        compose(make_record(series=(), stories=()))
    with pytest.raises(NotFoundError, match="Xylophone"):
        compose(make_record(), "Xylophone")


def test_an_empty_section_says_so(make_record: Make) -> None:
    """Silence is told as silence."""
    markdown = compose(make_record(series=(), events=(), statements=(), commitments=(), disagreements=())).markdown
    for said in ("No meeting is reported yet.", "Nobody is quoted.", "Nothing is reported as agreed."):
        assert said in markdown


def test_what_could_not_be_read_stands_in_the_foot(make_record: Make) -> None:
    """The reader is told what the brief does not rest on."""
    problem = Problem(input="x", stage="ingest", code=ProblemCode.EMPTY, message="nothing in it")
    assert "1 input could not be read" in compose(make_record(problems=(problem,))).foot[0]


def test_the_brief_is_one_page(make_record: Make) -> None:
    """However many facts there are, a section has few lines and a line few notes."""
    one = make_record()
    many = tuple(msgspec.structs.replace(one.statements[0], id=f"s{n}") for n in range(50))
    event = msgspec.structs.replace(
        one.events[0], evidence=tuple(Span(f"r{n:016x}", 0, 1, "x") for n in range(9)) + one.events[0].evidence
    )
    names = tuple(msgspec.structs.replace(one.reports[0], id=f"r{n:016x}") for n in range(9))
    brief = compose(make_record(statements=many, events=(event,), reports=one.reports + names))
    assert all(len(s.lines) <= MOST_LINES + 4 for s in brief.sections)
    assert lines(brief.markdown)[0].count("[^") == MOST_NOTES


HOSTILE = "[x](javascript:0) <img src=x> `#` *b* _i_ &lt; | ~~ \x1b[31m \u202e"


def test_no_text_of_a_report_is_markup(make_record: Make) -> None:
    """Titles, names, words and values: their marks are escaped, their controls shown, in the heading as well."""
    one = make_record()
    record = make_record(
        reports=tuple(msgspec.structs.replace(h, name=HOSTILE) for h in one.reports),
        actors=tuple(msgspec.structs.replace(a, name=HOSTILE) for a in one.actors),
        series=(msgspec.structs.replace(one.series[0], name=HOSTILE, anomalies=(HOSTILE,)),),
        statements=(msgspec.structs.replace(one.statements[0], text=HOSTILE),),
    )
    markdown = compose(record).markdown
    assert acting(markdown) <= {"heading", "paragraph", "list_item", "bullet_list"}
    assert "\x1b" not in markdown
    assert "\u202e" not in markdown
    assert markdown.startswith("# \\[x\\](")


@given(st.text(alphabet="[]()^!_*`~<>#&|\\-+=.:;1x \t\u00e9", max_size=40))
def test_a_markdown_reader_sees_the_text_and_nothing_else(text: str) -> None:
    """CommonMark with tables and struck words: in a line, a heading and behind a note it is all plain text."""
    for head in ("- ", "# ", "note "):
        line = f"{head}{escaped(text.strip())} end"
        seen = [t for t in MARKDOWN.parse(line) if t.type == "inline"]
        plain = "".join(c.content for t in seen for c in t.children or ())
        assert acting(line) <= {"heading", "paragraph", "list_item", "bullet_list"}
        assert visible(text).split() == re.sub(r"\Anote |end\Z", "", plain).split()


def test_what_can_do_nothing_is_not_escaped() -> None:
    """Names of bodies, files and states of things read as they are."""
    for text in ("IRC-M&MTC | a_b.txt", "Next: 22nd session, 2025 [planned].", "5 > 4 # 1"):
        assert escaped(text) == text


@pytest.mark.parametrize("text", ["- a", "+ a", "1. a", "12) a", "  - a", "= a"])
def test_a_line_begins_no_list_of_its_own(text: str) -> None:
    """What would begin a list inside a line is escaped."""
    assert "\\" in escaped(text)
    assert escaped(text).replace("\\", "") == text


@given(st.text())
def test_escaping_adds_backslashes_and_nothing_else(text: str) -> None:
    """Taken away again, they leave the visible text, on one line."""
    plain = text.replace("\\", "")
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(plain)) == visible(plain)
    assert "\n" not in escaped(text)
