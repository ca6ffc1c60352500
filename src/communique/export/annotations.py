"""Every place that a fact rests on as a W3C Web Annotation, for whoever reads the reports in another tool.

Offsets count Unicode code points of the report's text, as the recommendation has it, and say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from communique.export.phrases import one_sentence, visible
from communique.export.tables import rows
from communique.model import ids
from communique.model.record import FURTHER, Record
from communique.model.reports import Head
from communique.model.spans import Span, spans_of

#: What the offsets count.
OFFSETS = "Unicode code points of the text whose SHA-256 is given; start counts from 0, end is exclusive"
#: Characters of context on either side of a quotation.
AROUND = 32
#: Sections of the record whose facts are annotated, and the column of their table that says what they are.
SECTIONS = {
    "actors": "name",
    "items": "name",
    "events": "title",
    "statements": "text",
    "commitments": "what",
    "series": "name",
    "disagreements": "kind",
}


def as_annotations(record: Record, texts: Mapping[str, str], *, full_text: bool = False) -> bytes:
    """The record's evidence as a UTF-8 JSON-LD page of annotations.

    Args:
        record: the record.
        texts: the text of each report by id; without it an annotation has offsets and no context.
        full_text: whether a passage longer than a sentence is quoted; else only its offsets are given.
    """
    heads = {h.id: h for h in record.reports}
    items = [
        _annotation(section, fact_id, told, (heads[span.report], span, texts.get(span.report)), full_text=full_text)
        for section, fact_id, told, spans in _facts(record)
        for span in spans
        if span.report in heads
    ]
    page = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"communique": "urn:communique:"}],
        "id": f"urn:communique:annotations:{ids.sha256_hex(record.encode())[:16]}",
        "type": "AnnotationPage",
        "communique:offsets": OFFSETS,
        "items": items,
    }
    return msgspec.json.encode(page) + b"\n"


def _facts(record: Record) -> Iterator[tuple[str, str, str, Sequence[Span]]]:
    for section, column in {**SECTIONS, **dict.fromkeys(FURTHER, "")}.items():
        for fact, row in zip(getattr(record, section), rows(record, section), strict=True):
            address = fact.actor if section == "items" else fact.id
            yield section, address, row[column] if column else list(row.values())[1], sorted(set(spans_of(fact)))


def _annotation(
    section: str, fact: str, told: str, place: tuple[Head, Span, str | None], *, full_text: bool
) -> dict[str, Any]:
    head, span, text = place
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    quoted = full_text or one_sentence(span.text)
    selectors = [_quote(span, text), position] if quoted else [position]
    source = {"id": head.url or f"urn:communique:reports:{head.id}", "type": "Text", "format": "text/plain"}
    name = {"communique:name": visible(head.name)}
    hashed = {"communique:textSha256": ids.sha256_hex(text.encode())} if text is not None else {}
    return {
        "id": f"urn:communique:{section}:{fact}:{span.report}:{span.start}-{span.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": f"{section}/{fact}: {visible(told)}", "format": "text/plain"},
        "target": {"source": source | name | hashed, "selector": selectors},
    }


def _quote(span: Span, text: str | None) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": span.text}
    if text is None:
        return quote
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return quote | {"prefix": before, "suffix": after}
