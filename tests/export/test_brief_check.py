"""A brief held against the record again: ours holds, a changed fact does not, the officer's own lines are apart."""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import api
from communique.errors import UsageError
from communique.export.brief import FOR_THE_OFFICER, Brief, compose
from communique.export.brief_blocks import MOST_BYTES, Block
from communique.export.brief_check import Checked, check
from communique.export.brief_forms import write
from communique.export.brief_markdown import escaped
from communique.export.brief_read import read_brief
from communique.model.record import Record

FORMS = ("md", "html", "docx", "json")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Case:
    """A record, its texts and its brief in every form."""

    def __init__(self, database: Path) -> None:
        with api.open(database, read_only=True) as c:
            self.record: Record = c.record()
            self.brief: Brief = c.brief()
            self.texts = c.texts(h.id for h in self.record.reports)
        self.files = {form: write(self.brief, form) for form in FORMS}

    def checked(self, data: bytes) -> Checked:
        """What becomes of a file."""
        return check(read_brief(data), self.record, self.brief.stamp, self.texts)


@cache
def case_of(database: Path) -> Case:
    return Case(database)


@pytest.fixture(scope="session")
def case(example_database: Path) -> Case:
    return case_of(example_database)


def inside(data: bytes, change: Callable[[ET.Element], None], part: str = "word/document.xml") -> bytes:
    """A Word file with one part changed, by other means than those that wrote it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                root = ET.fromstring(content)  # noqa: S314 - our own file
                change(root)
                content = ET.tostring(root)
            new.writestr(name, content)
    return out.getvalue()


def rewritten(form: str, data: bytes, old: str, new: str) -> bytes:
    """A file in which a reader sees `new` where `old` stood, everywhere."""
    if form == "docx":

        def change(root: ET.Element) -> None:
            for text in root.iter(f"{W}t"):
                text.text = (text.text or "").replace(old, new)

        return inside(data, change)
    if form == "json":
        return data.replace(json.dumps(old, ensure_ascii=False).encode(), json.dumps(new, ensure_ascii=False).encode())
    quoted = escaped if form == "md" else html.escape
    return data.replace(quoted(old).encode(), quoted(new).encode())


def ours(data: bytes) -> list[Block]:
    return [b for b in read_brief(data) if b.notes]


def changed_words(text: str) -> Iterator[str]:
    """The text with each of its words changed in turn: a digit for another, a word for another."""
    for found in re.finditer(r"\w+", text):
        word = found[0]
        other = word.translate(str.maketrans("0123456789", "1234567890")) if word.isdigit() else f"{word}x"
        yield text[: found.start()] + other + text[found.end() :]


@pytest.mark.parametrize("form", FORMS)
def test_our_own_brief_holds_in_every_form(case: Case, form: str) -> None:
    """No sentence is unsupported, none is taken for the officer's own, and all forms say the same."""
    checked = case.checked(case.files[form])
    assert checked.unsupported == checked.own == ()
    assert not checked.older
    assert checked.supported == len(ours(case.files["json"])) > 20
    assert [b.text for b in ours(case.files[form])] == [b.text for b in ours(case.files["md"])]


def test_every_changed_word_of_every_sentence_is_counted(case: Case) -> None:
    """Whichever word is changed, in whichever sentence of ours, the sentence is unsupported."""
    blocks = ours(case.files["md"])
    changed = [msgspec.structs.replace(b, text=t) for b in blocks for t in changed_words(b.text)]
    assert len(changed) > 200
    checked = check(changed, case.record, case.brief.stamp, case.texts)
    assert len(checked.unsupported) == len(changed)
    assert checked.supported == 0


def test_every_changed_word_of_every_footnote_is_counted(case: Case) -> None:
    """Name of the report, offsets and quoted words: a footnote that says something else supports nothing."""
    blocks = [b for b in ours(case.files["md"]) if b.notes[0].endswith(")") and "characters" in b.notes[0]]
    places = [b.notes[0].rpartition(" (") for b in blocks]
    changed = [
        msgspec.structs.replace(b, notes=(f"{text} ({address}", *b.notes[1:]))
        for b, (place, _, address) in zip(blocks, places, strict=True)
        for text in changed_words(place)
    ]
    first = ours(case.files["md"])[:1]
    checked = check(first + changed, case.record, case.brief.stamp, case.texts)
    assert len(checked.unsupported) == len(changed) > 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_fact_is_counted_in_every_form(case: Case, data: st.DataObject) -> None:
    """A digit, a name, a date, a status word, changed in the file itself."""
    form = data.draw(st.sampled_from(FORMS))
    block = data.draw(st.sampled_from(ours(case.files[form])))
    text = data.draw(st.sampled_from(list(changed_words(block.text))))
    changed = rewritten(form, case.files[form], block.text, text)
    assert changed != case.files[form]
    assert [u.text for u in case.checked(changed).unsupported].count(text) >= 1


OWN = "We should ask about the 9 ice patrol boats."


def with_own_line(form: str, data: bytes) -> bytes:
    if form == "docx":

        def change(root: ET.Element) -> None:
            for text in root.iter(f"{W}t"):
                text.text = OWN if text.text == FOR_THE_OFFICER else text.text

        return inside(data, change)
    if form == "json":
        whole = json.loads(data)
        whole["sections"][6]["lines"].append({"text": OWN})
        return json.dumps(whole).encode()
    return data.replace(FOR_THE_OFFICER.encode(), OWN.encode())


@pytest.mark.parametrize("form", FORMS)
def test_the_officers_own_lines_are_counted_apart(case: Case, form: str) -> None:
    """They are neither supported nor unsupported."""
    checked = case.checked(with_own_line(form, case.files[form]))
    assert checked.own == (OWN,)
    assert checked.unsupported == ()
    assert checked.supported == len(ours(case.files[form]))


def without_notes(case: Case, change: Callable[[str], str]) -> Checked:
    """The brief with one sentence that lost its footnotes, and was changed."""
    markdown = case.files["md"].decode()
    line = next(x for x in markdown.splitlines() if x.startswith("- 20 May"))
    return case.checked(markdown.replace(line, change(re.sub(r"\[\^\d+\]", "", line))).encode())


def test_a_sentence_without_its_footnotes_is_the_officers_own(case: Case) -> None:
    """Who takes our footnotes away takes our word away."""
    checked = without_notes(case, lambda line: line)
    assert len(checked.own) == 1
    assert checked.unsupported == ()


def test_a_sentence_that_lost_its_footnotes_and_a_digit_is_counted(case: Case) -> None:
    """Editors drop footnotes when they replace a line: a changed fact is not the officer's own for that."""
    checked = without_notes(case, lambda line: line.replace("20 May", "21 May"))
    assert checked.own == ()
    assert [u.text[:6] for u in checked.unsupported] == ["21 May"]


def test_a_line_marked_as_the_officers_own_is_never_counted(case: Case) -> None:
    """Nor is one that stands in their section, however much it is like ours."""
    checked = without_notes(case, lambda line: line.replace("- 20 May", "- [own] 21 May"))
    assert len(checked.own) == 1
    assert checked.unsupported == ()
    line = case.brief.sections[0].lines[0].text.replace("20 May", "21 May")
    moved = case.checked(case.files["md"].decode().replace(FOR_THE_OFFICER, f"- {line}").encode())
    assert (moved.own, moved.unsupported) == ((line,), ())


def test_a_paragraph_set_anew_in_word_is_counted(case: Case) -> None:
    """A program that replaces a paragraph's text loses its endnotes; a changed digit is seen all the same."""
    document = Document(io.BytesIO(case.files["docx"]))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("20 May 2025"))
    paragraph.text = paragraph.text.replace("8th", "9th")
    saved = io.BytesIO()
    document.save(saved)
    assert len(case.checked(saved.getvalue()).unsupported) == 1


def test_footnotes_without_their_text_support_nothing(case: Case) -> None:
    """A mark that leads nowhere is no evidence."""
    body = re.sub(r"(?m)^\[\^\d+\]:.*\n", "", case.files["md"].decode())
    assert len(case.checked(body.encode()).unsupported) == len(ours(case.files["md"]))


def test_another_heading_over_our_lines_is_counted(case: Case) -> None:
    """The same sentence says something else under "What was refused"."""
    said = case.files["md"].decode().replace("## 2. What was agreed and what is open", "## 2. What was refused")
    checked = case.checked(said.encode())
    assert checked.own == ("2. What was refused",)
    assert len(checked.unsupported) == len(case.brief.sections[1].lines)


def test_an_own_heading_over_own_lines_is_their_own_affair(case: Case) -> None:
    """It is counted with them."""
    checked = case.checked(case.files["md"] + b"\n## Annex\n\nTo be added.\n")
    assert set(checked.own) == {"Annex", "To be added."}
    assert checked.unsupported == ()


DISGUISES = {
    "html": [
        ("<li><bdi>", "<li><bdi><del>gone</del>"),
        ("<li><bdi>", '<li><bdi style="display:none">'),
        ("<style>", "<style>li:first-child{display:none}"),
        ("<h1>", '<h1 onclick="x()">'),
        ("<body>", "<body><script>document.title='x'</script>"),
    ],
    "md": [("- ", "- ~~not~~ "), ("- ", "- <del>no</del> "), ("- ", "- !")],
}


@pytest.mark.parametrize(("form", "old", "new"), [(f, *pair) for f, pairs in DISGUISES.items() for pair in pairs])
def test_what_a_reader_would_see_differently_is_no_longer_ours(case: Case, form: str, old: str, new: str) -> None:
    """Struck out, hidden, set by another style or a script: never a brief of which everything is said to hold."""
    changed = case.files[form].decode().replace(old, new, 1)
    checked = case.checked(changed.encode())
    assert checked.unsupported or checked.own


def _struck(root: ET.Element) -> None:
    run = next(r for r in root.iter(f"{W}r") if r.find(f"{W}t") is not None)
    ET.SubElement(run, f"{W}rPr").append(ET.Element(f"{W}strike"))


def _inserted(root: ET.Element) -> None:
    paragraph = next(p for p in root.iter(f"{W}p") if p.find(f"{W}r") is not None)
    text = ET.SubElement(ET.SubElement(ET.SubElement(paragraph, f"{W}ins"), f"{W}r"), f"{W}t")
    text.text = " not"


def _deleted(root: ET.Element) -> None:
    run = next(r for r in root.iter(f"{W}r") if r.find(f"{W}t") is not None)
    text = run.find(f"{W}t")
    assert text is not None
    assert text.text
    ET.SubElement(run, f"{W}delText").text = text.text[5:]
    text.text = text.text[:5]


@pytest.mark.parametrize("change", [_struck, _inserted, _deleted])
def test_tracked_and_struck_words_in_word_are_seen(case: Case, change: Callable[[ET.Element], None]) -> None:
    """What Word shows as inserted, deleted or struck out changes the sentence."""
    assert len(case.checked(inside(case.files["docx"], change)).unsupported) == 1


def test_a_run_that_word_cut_in_two_is_one_sentence_still(case: Case) -> None:
    """Editors cut runs where they like, and write footnotes beside our endnotes: nothing is said to be wrong."""

    def change(root: ET.Element) -> None:
        for paragraph in list(root.iter(f"{W}p")):
            for run in paragraph.findall(f"{W}r"):
                text = run.find(f"{W}t")
                if text is None or not text.text or len(text.text) < 4:
                    continue
                half = len(text.text) // 2
                other = ET.Element(f"{W}r")
                ET.SubElement(
                    other, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
                ).text = text.text[half:]
                text.text = text.text[:half]
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                paragraph.insert(list(paragraph).index(run) + 1, other)

    checked = case.checked(inside(case.files["docx"], change))
    assert checked.unsupported == checked.own == ()


def blocks_of(data: bytes) -> tuple[Block, ...]:
    """The blocks of a file; none of one that is refused."""
    with suppress(UsageError):
        return read_brief(data)
    return ()


@pytest.mark.parametrize("data", [b"{}", b"PK\x03\x04 no archive", b"\xff\xfe\x00", b'{"format": 3}', b"[" * 10**6])
def test_what_is_no_brief_is_refused_or_holds_nothing_of_ours(data: bytes) -> None:
    """No footnote of ours is found in it, whatever the bytes."""
    assert not any(b.notes for b in blocks_of(data))


def test_a_file_beyond_the_cap_is_refused() -> None:
    """Neither a large file nor a small one that unpacks to a large one is read."""
    with pytest.raises(UsageError, match="at most"):
        read_brief(b"x" * (MOST_BYTES + 1))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (MOST_BYTES + 1))
    with pytest.raises(UsageError, match="unpacks"):
        read_brief(bomb.getvalue())


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No file makes reading fail in any other way."""
    assert all(block.text for block in blocks_of(data))


def test_a_brief_of_a_hand_made_record_holds(make_record: Callable[..., Record]) -> None:
    """The same for a story, and for a record without anything in it but reports."""
    record = make_record()
    texts = {h.id: "" for h in record.reports}
    brief = compose(make_record(events=(), statements=(), commitments=(), series=(), disagreements=()))
    bare = make_record(events=(), statements=(), commitments=(), series=(), disagreements=())
    checked = check(read_brief(write(brief, "md")), bare, brief.stamp, texts)
    assert (checked.unsupported, checked.own) == ((), ())
    assert checked.supported == 9
    whole = compose(record)
    wrong = check(read_brief(write(whole, "md")), record, whole.stamp, texts)
    assert {u.reason for u in wrong.unsupported} == {"a report does not say so where the footnote says"}
