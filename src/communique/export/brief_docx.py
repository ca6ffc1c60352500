"""The brief as a Word document: real headings, lists and endnotes, so that an editor keeps them."""

import io
import zipfile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from communique.export.brief import FOR_THE_OFFICER, Brief, notes_of
from communique.export.phrases import visible

#: Name and content type of the part that holds the endnotes.
ENDNOTES = "word/endnotes.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
#: The two notes that every such part begins with: the lines that Word draws above endnotes.
_SEPARATORS = (
    '<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>'
    '<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>'
)
#: Style, size of its letters and room above it, in points.
_SIZES = (("Normal", 10, 0), ("List Bullet", 10, 0), ("Heading 1", 14, 0), ("Heading 2", 11, 6))
_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_docx(brief: Brief) -> bytes:
    """A brief as .docx, the same bytes for the same brief."""
    return _Writer(brief).written()


class _Writer:
    """Puts paragraphs into a document and collects the endnotes behind them."""

    def __init__(self, brief: Brief) -> None:
        notes, self._marks = notes_of(brief)
        self._texts = {note.number: visible(note.text) for note in notes}
        self._brief = brief
        self._document = Document()
        self._endnotes = parse_xml(f"<w:endnotes {nsdecls('w')}>{_SEPARATORS}</w:endnotes>")
        self._styles()

    def written(self) -> bytes:
        """The whole document."""
        brief, own = self._brief, (self._marks.stamp,)
        self._put("Heading 1", brief.title, own)
        for section, numbers in zip(brief.sections, self._marks.lines, strict=True):
            self._put("Heading 2", section.title)
            for line, behind in zip(section.lines, numbers, strict=True):
                self._put("List Bullet", line.text, behind)
            if not section.lines:
                self._put("Normal", section.empty or FOR_THE_OFFICER, own if section.empty else ())
        for words in brief.foot:
            self._put("Foot of the brief", words, own)
        return self._packed()

    def _styles(self) -> None:
        styles = self._document.styles
        for name, size, before in (
            ("Normal", 10, 0),
            ("List Bullet", 10, 0),
            ("Heading 1", 14, 0),
            ("Heading 2", 11, 6),
        ):
            styles[name].font.size = Pt(size)
            styles[name].paragraph_format.space_after = Pt(2)
            styles[name].paragraph_format.space_before = Pt(before)
        styles.add_style("Foot of the brief", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
        styles.add_style("endnote text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
        styles.add_style("endnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
        for section in self._document.sections:
            section.left_margin = section.right_margin = Cm(2)
            section.top_margin = section.bottom_margin = Cm(1.5)

    def _put(self, style: str, text: str, notes: tuple[int, ...] = ()) -> None:
        paragraph = self._document.add_paragraph(visible(text), style=style)
        for number in notes:
            self._refer(paragraph, self._texts[number])

    def _refer(self, paragraph: Paragraph, text: str) -> None:
        """An endnote of its own for each mark: Word does not let two marks share one."""
        number = str(len(self._endnotes) - 1)
        run = paragraph.add_run(" ", style="endnote reference")
        mark = OxmlElement("w:endnoteReference")
        mark.set(qn("w:id"), number)
        run._r.append(mark)  # noqa: SLF001 - python-docx has no endnotes of its own
        note = OxmlElement("w:endnote")
        note.set(qn("w:id"), number)
        inside = Paragraph(OxmlElement("w:p"), paragraph._parent)  # noqa: SLF001 - as above
        inside.style = "endnote text"
        inside.add_run(style="endnote reference")._r.append(OxmlElement("w:endnoteRef"))  # noqa: SLF001 - as above
        inside.add_run(f" {text}")
        note.append(inside._p)  # noqa: SLF001 - as above
        self._endnotes.append(note)

    def _packed(self) -> bytes:
        main = self._document.part
        part = Part(PackURI(f"/{ENDNOTES}"), _TYPE, serialize_part_xml(self._endnotes), main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
        self._document.core_properties.title = visible(self._brief.title)[:255]
        self._document.core_properties.author = "Communiqué"
        self._document.core_properties.comments = ""
        saved = io.BytesIO()
        self._document.save(saved)
        return _undated(saved)


def _undated(saved: io.BytesIO) -> bytes:
    """The same archive without the hour at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
