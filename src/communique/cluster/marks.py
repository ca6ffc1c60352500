"""Which characters stand inside double quotation marks, found without a parser and in linear time.

Single marks are left out: they stand round names and are apostrophes too often. A quotation that its paragraph does
not close is taken to run to the paragraph's end: what may be quoted is better not called narration.
"""

import re

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[\"\u201c\u201d\u201e\u201f\u00ab\u00bb]|''|``")
_OPENING = frozenset("\u201c\u201e\u201f\u00ab") | {"``"}
_CLOSING = frozenset("\u201d\u00bb") | {"''"}
_LABEL = re.compile(r"[^\S\n]*[A-Z][A-Z .,'\u2019-]{3,60}:")
"""A transcript's speaker label: capitals up to a colon at the head of a paragraph."""


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Ranges of characters inside double quotation marks, in order, without the marks; offsets in code points.

    The turns of a transcript, from the first speaker label to the end of the text, are words said as well.
    """
    turn = _first_turn(text)
    ranges: list[tuple[int, int]] = []
    left_open = False
    for paragraph in _PARAGRAPH.finditer(text, 0, turn):
        found, left_open = _in_paragraph(text, paragraph.start(), paragraph.end(), left_open=left_open)
        ranges += found
    return [*ranges, (turn, len(text))] if turn < len(text) else ranges


def _first_turn(text: str) -> int:
    """Where the first of at least three labelled turns begins; the text's length where it is no transcript."""
    labels = [p.start() for p in _PARAGRAPH.finditer(text) if _LABEL.match(text, p.start(), p.end())]
    return labels[0] if len(labels) >= 3 else len(text)  # noqa: PLR2004 - two labels may be headings


def _in_paragraph(text: str, start: int, end: int, *, left_open: bool) -> tuple[list[tuple[int, int]], bool]:
    """Quoted ranges of a paragraph, and whether it leaves a quotation open.

    Where the paragraph before left one open and the first mark here closes, the quotation ran on without a new mark.
    """
    ranges: list[tuple[int, int]] = []
    marks = list(_MARK.finditer(text, start, end))
    opened, depth = (start, 1) if left_open and marks and not _opens(text, marks[0], start) else (-1, 0)
    for mark in marks:
        if depth and mark.group() in _OPENING:
            depth += 1
        elif not depth and _opens(text, mark, start):
            opened, depth = mark.end(), 1
        elif depth:
            depth -= 1
            ranges += [(opened, mark.start())] if not depth else []
    return ([*ranges, (opened, end)], True) if depth else (ranges, False)


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark opens: by its shape, or, where it is straight, by standing before a word."""
    if mark.group() in _OPENING:
        return True
    if mark.group() in _CLOSING:
        return False
    return mark.start() == start or not text[mark.start() - 1].isalnum()
