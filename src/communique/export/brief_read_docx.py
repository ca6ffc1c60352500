"""A brief read back from Word: what the page shows, whatever an editor made of its runs."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from communique.export.brief_blocks import MOST_BYTES, UNSEEN, Block, folded
from communique.export.brief_docx import ENDNOTES

#: Settings of a run that make a reader see something else than its text.
_DISGUISES = tuple(qn(f"w:{name}") for name in ("strike", "dstrike", "vanish", "webHidden", "specVanish"))

#: Kinds of notes, and the part that holds them.
_NOTES = (("endnote", ENDNOTES), ("footnote", "word/footnotes.xml"))


def blocks_of(data: bytes) -> Iterator[Block]:
    """The blocks of a Word document, headers and footers last."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _parts(archive)
    notes = {
        (kind, note.get(qn("w:id"))): folded("".join(_words(note)))
        for kind, name in _NOTES
        if name in parts
        for note in parse_xml(parts[name]).iterchildren()
    }
    document = parse_xml(parts["word/document.xml"])
    others = [parse_xml(parts[n]) for n in sorted(parts) if re.fullmatch(r"word/(?:header|footer)\d*\.xml", n)]
    for part in (document, *others):
        for paragraph in part.iter(qn("w:p")):
            yield _paragraph(paragraph, notes)


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts of XML, read no further than their cap, whatever the archive says of their size."""
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    for info in archive.infolist()[:1000]:
        if info.filename.startswith("word/") and info.filename.endswith(".xml"):
            with archive.open(info) as file:
                parts[info.filename] = file.read(left + 1)
            left -= len(parts[info.filename])
            if left < 0:
                message = f"it unpacks to more than {MOST_BYTES} bytes"
                raise ValueError(message)
    return parts


def _paragraph(paragraph: Any, notes: Mapping[Any, str]) -> Block:  # noqa: ANN401 - an element of python-docx
    marks = [(kind, m.get(qn("w:id"))) for kind, _ in _NOTES for m in paragraph.iter(qn(f"w:{kind}Reference"))]
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    heading = style is not None and "heading" in (style.get(qn("w:val")) or "").casefold()
    behind = tuple(notes.get(m, "") for m in marks)
    return Block(folded("".join(_words(paragraph))), behind, heading)


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401 - an element of python-docx
    for part in element.iter():
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            yield " "
        elif part.tag in _DISGUISES and part.get(qn("w:val")) not in ("0", "false"):
            yield UNSEEN
