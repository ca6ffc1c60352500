"""Mark the parts of a plain text that are not its newsroom's narration. Nothing is ever cut.

First what lines say of themselves, then what their place says: related blocks, the head, the body, the end.
"""

import re
from collections.abc import Iterable, Iterator

from communique.ingest import furniture_body, furniture_head, furniture_lines
from communique.ingest.furniture_layout import Block, lay_out
from communique.model.reports import Furniture, FurnitureKind

_SECOND_STAMP = re.compile(r"(?i)[\s|•·,;(-]((?:last )?(?:updated|modified)|(?:first )?published)\b")
_STAMPS = {FurnitureKind.PUBLISHED, FurnitureKind.UPDATED}


def mark(text: str, title: str | None = None) -> tuple[Furniture, ...]:
    """The furniture of a text: disjoint, in order, in code points.

    Args:
        text: the report's text.
        title: the report's title, where known beside the text; a first line that repeats it is the headline.
    """
    layout = lay_out(text)
    layout.kinds = [furniture_lines.kind(b.text) for b in layout.blocks]
    furniture_head.mark_title(layout, title)
    furniture_body.mark_related(layout)
    furniture_head.mark(layout)
    furniture_body.mark(layout)
    whole = (
        part
        for block, kind in zip(layout.blocks, layout.kinds, strict=True)
        if kind is not None
        for part in _split(block, kind)
    )
    return tuple(_disjoint(text, (*whole, *(Furniture(*place) for place in layout.inside))))


def _split(block: Block, kind: FurnitureKind) -> Iterator[Furniture]:
    """One mark for a line, two where it tells both when it was published and when it was changed."""
    second = _SECOND_STAMP.search(block.text, 1) if kind in _STAMPS else None
    if second is None:
        yield Furniture(block.start, block.end, kind)
        return
    cut = block.start + second.start(1)
    other = FurnitureKind.PUBLISHED if "pub" in second[1].lower() else FurnitureKind.UPDATED
    yield Furniture(block.start, cut, kind)
    yield Furniture(cut, block.end, other)


def _disjoint(text: str, marks: Iterable[Furniture]) -> Iterator[Furniture]:
    """Marks in order without overlaps; neighbours that are blank lines become one."""
    last: Furniture | None = None
    for mark in sorted(marks):
        if last and mark.start < last.end:
            continue
        if last and last.kind is mark.kind is FurnitureKind.BLANK and text[last.end : mark.start].isspace():
            last = Furniture(last.start, mark.end, mark.kind)
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last
