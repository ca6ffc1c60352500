"""The brief as Markdown: no text of a report is markup, whatever it holds."""

import re

from communique.export.brief import FOR_THE_OFFICER, Brief, notes_of
from communique.export.phrases import visible

#: Marks that can act: emphasis but inside a word, code, tags, struck words, formulas, an entity, a footnote's or a
#: link's bracket, and what heads a line.
_ACTIVE = re.compile(
    r"[\\`*<~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)|\[(?=\^)|\](?=[(\[]|\s*\Z)|(?<=!)\[|(?:(?<=\A)|(?<=\A\s))[#>\[]"
)
#: What would begin a list inside a line: `- `, `+ `, `1. `, `1) `.
_LIST_MARK = re.compile(r"\A(\s*|\s*[0-9]+(?=[.)]))([-+=.)])")


def markdown(brief: Brief) -> str:
    """A brief as Markdown: each sentence with numbers, each number a report and the characters that state it."""
    notes, marks = notes_of(brief)
    own = f"[^{marks.stamp}]"
    out = [f"# {escaped(brief.title.strip())} {own}", ""]
    for section, numbers in zip(brief.sections, marks.lines, strict=True):
        out += [f"## {section.title}", ""]
        for line, behind in zip(section.lines, numbers, strict=True):
            out.append(f"- {escaped(line.text.strip())} {''.join(f'[^{n}]' for n in behind)}")
        if not section.lines:
            out.append(f"{escaped(section.empty)} {own}" if section.empty else FOR_THE_OFFICER)
        out.append("")
    for words in brief.foot:
        out += [f"{escaped(words.strip())} {own}", ""]
    out += [f"[^{note.number}]: {escaped(note.text.strip())}" for note in notes]
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """Text of a report made harmless in Markdown: no markup of its own, control characters as visible marks.

    Only marks that could do something where they stand are escaped, so that the text reads well unrendered too.
    """
    return _LIST_MARK.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", visible(text)))
