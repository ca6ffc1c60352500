"""The forms in which a record is handed on: what each holds, and what it never holds."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from communique.errors import UsageError
from communique.export.forms import FILES, Material, as_file, as_folder
from communique.export.phrases import one_sentence
from communique.export.tables import RAW
from communique.model.record import Record
from communique.model.spans import Span

type Make = Callable[..., Record]

LONG = "The council met in Bergen on Monday. It promised two boats to Kenya. Nobody voted against."


@pytest.fixture
def material(make_record: Make) -> Material:
    """The hand-made record with its texts, and one passage that is longer than a sentence."""
    record = make_record()
    head = msgspec.structs.replace(record.reports[0], id="r" + "0" * 16, chars=len(LONG), name="long.txt")
    quote = msgspec.structs.replace(record.statements[0].quotations[0], evidence=Span.cut(head.id, LONG, 0, len(LONG)))
    said = msgspec.structs.replace(record.statements[0], id="long", text=LONG, quotations=(quote,))
    record = msgspec.structs.replace(record, reports=(*record.reports, head), statements=(*record.statements, said))
    spans = {s.report: s for s in (record.events[0].evidence)}
    texts = {h.id: TEXTS_OF.get(h.name, LONG) for h in record.reports}
    assert set(spans) <= set(texts)
    return Material(record, texts)


TEXTS_OF = {
    "wire_0.txt": (
        "Åse Lund opened the 7th session of the Fjord Council in Bergen on 5 May 2031. Kenya promised two boats."
    ),
    "wire_1.txt": (
        "“We keep our word,” Åse Lund said. The Fjord Council met on 6 May 2031 and Kenya promised two boats."
    ),
}


def test_json_is_the_contract_and_full_text_adds_the_texts(material: Material) -> None:
    """Nothing but a further key is added."""
    plain = as_file("json", material)
    assert plain == material.record.encode()
    whole = json.loads(as_file("json", msgspec.structs.replace(material, full_text=True)))
    assert whole.pop("texts") == material.texts
    assert whole == json.loads(plain)


def test_json_lines_hold_every_fact_once(material: Material) -> None:
    """Each line says its section; together they are the record."""
    lines = [json.loads(line) for line in as_file("jsonl", material).splitlines()]
    record = json.loads(as_file("json", material))
    assert lines[0]["build"] == record["build"]
    for section in ("reports", "events", "statements", "commitments", "series", "disagreements"):
        assert [x["fact"] for x in lines if x["section"] == section] == record[section]


def tables(material: Material) -> dict[str, list[list[str]]]:
    return {n: list(csv.reader(io.StringIO(d.decode(), newline=""))) for n, d in as_folder(material).items()}


def test_the_folder_has_one_file_a_table(material: Material) -> None:
    """RFC 4180: lines end in CR LF, every row has the columns of the header; evidence joins facts to reports."""
    for name, data in as_folder(material).items():
        assert data.endswith(b"\r\n"), name
    found = tables(material)
    assert {"events.csv", "evidence.csv", "sessions.csv", "history.csv", "reports.csv"} <= set(found)
    assert all({len(row) for row in rows} == {len(rows[0])} for rows in found.values())
    header, *rows = found["evidence.csv"]
    places = [dict(zip(header, row, strict=True)) for row in rows]
    assert all(
        material.texts[p["report"]][int(p["start"]) : int(p["end"])] == p["text"] or not p["text"] for p in places
    )
    assert {p["fact"] for p in places if p["section"] == "events"} == {"council-7"}


def test_a_passage_longer_than_a_sentence_is_quoted_with_full_text_only(material: Material) -> None:
    """In the table of evidence and in annotations; offsets are always there."""
    for full in (False, True):
        wanted = msgspec.structs.replace(material, full_text=full)
        evidence = as_folder(wanted)["evidence.csv"].decode()
        items = json.loads(as_file("annotations", wanted))["items"]
        quoted = [s["exact"] for i in items for s in i["target"]["selector"] if s["type"] == "TextQuoteSelector"]
        assert (LONG in evidence) is (LONG in quoted) is full
        assert all(one_sentence(text) for text in quoted) is not full
        assert ("texts.csv" in as_folder(wanted)) is full


def test_raw_tables_say_so_in_their_header(material: Material) -> None:
    """Who asks for cells as they are reads it again above them."""
    raw = tables(msgspec.structs.replace(material, raw=True))
    assert all(rows[0][0].endswith(RAW) for rows in raw.values())
    assert not any(RAW in rows[0][0] for rows in tables(material).values())


@pytest.mark.parametrize("form", ["ics", "plover", "packet"])
def test_forms_without_text_take_no_full_text(form: str, material: Material) -> None:
    """Asking for it is wrong usage; so is a form that does not exist."""
    with pytest.raises(UsageError, match="never holds"):
        as_file(form, msgspec.structs.replace(material, full_text=True))
    with pytest.raises(UsageError, match="json, jsonl"):
        as_file("xlsx", material)


@pytest.mark.parametrize("form", FILES)
def test_the_same_record_gives_the_same_bytes(form: str, material: Material) -> None:
    """No hour, no random number, no order of a set."""
    assert as_file(form, material) == as_file(form, material)


def test_annotations_lead_back_to_the_words(material: Material) -> None:
    """A reader of another make finds each quotation by its offsets, and by prefix, words and suffix."""
    page: dict[str, Any] = json.loads(as_file("annotations", material))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert "code points" in page["communique:offsets"]
    assert len({i["id"] for i in page["items"]}) == len(page["items"]) > 10
    for item in page["items"]:
        text = material.texts[item["target"]["source"]["id"].rpartition(":")[2]]
        by = {s["type"]: s for s in item["target"]["selector"]}
        position, quote = by["TextPositionSelector"], by.get("TextQuoteSelector")
        if quote:
            assert text[position["start"] : position["end"]] == quote["exact"]
            at = text.index(quote["prefix"] + quote["exact"] + quote["suffix"])
            assert at + len(quote["prefix"]) == position["start"]


SENTENCES = {
    "He met Dr. Lund of the U.S. Navy on No. 5.": True,
    "He spoke. She left.": False,
    "“We came.” They went.": False,
    "It cost 3.5 million, i.e. too much": True,
    "Really? Yes.": False,
    "": True,
}


@pytest.mark.parametrize(("text", "one"), SENTENCES.items())
def test_one_sentence_or_more(text: str, one: bool) -> None:  # noqa: FBT001 - what is expected
    """Stops behind titles, initials and inside numbers end none."""
    assert one_sentence(text) is one
