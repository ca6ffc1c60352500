"""The brief as JSON: the same sentences and footnotes, for programs."""

import msgspec

from communique.export.brief import Brief, notes_of
from communique.export.phrases import visible

FORMAT = "communique-brief/1"


def as_json(brief: Brief) -> bytes:
    """A brief as UTF-8 JSON: `title`, `sections` with `lines`, `foot` and `notes`; `notes` of a line are numbers."""
    notes, marks = notes_of(brief)
    sections = [
        {
            "title": section.title,
            "lines": [
                {"text": visible(line.text), "notes": behind, "fact": line.fact, "evidence": line.evidence}
                for line, behind in zip(section.lines, numbers, strict=True)
            ],
            "empty": None if section.lines or not section.empty else {"text": section.empty, "notes": [marks.stamp]},
        }
        for section, numbers in zip(brief.sections, marks.lines, strict=True)
    ]
    whole = {
        "format": FORMAT,
        "title": {"text": visible(brief.title), "notes": [marks.stamp]},
        "sections": sections,
        "foot": [{"text": visible(line), "notes": [marks.stamp]} for line in brief.foot],
        "notes": [{"number": n.number, "text": visible(n.text)} for n in notes],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
