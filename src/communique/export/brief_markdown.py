"""The brief as Markdown: no text of a report is markup, whatever it holds."""

import re

from communique.export.brief import FOR_THE_OFFICER, Brief, notes_of
from communique.export.phrases import visible

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
    """Text of a report made harmless in Markdown: no markup of its own, control characters as visible marks."""
    safe = "".join("\\" + c if c in "\\`*_[]<>#|~&$" else c for c in visible(text))
    return _LIST_MARK.sub(r"\1\\\2", safe)
