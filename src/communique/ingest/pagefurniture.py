"""The furniture of a page: what is not the article by the page's structure, and inside the article by its words."""

import bisect
from collections.abc import Iterator, Sequence

from communique.ingest import furniture, furniture_lines
from communique.ingest.linear import Block, Page
from communique.model.reports import Furniture, FurnitureKind

_BREAK = "\n\n"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BY_CONTEXT = {
    "figcaption": FurnitureKind.CAPTION,
    "aside": FurnitureKind.RELATED,
}
_LINE = 300  # characters of a line that says when or by whom
_OWN = frozenset(("", "figcaption", "header"))  # menus and related links say nothing of this article
_SAID = frozenset(
    (FurnitureKind.PUBLISHED, FurnitureKind.UPDATED, FurnitureKind.BYLINE, FurnitureKind.CAPTION, FurnitureKind.TAG)
)


def mark(page: Page, chosen: Sequence[bool], title: str | None) -> tuple[Furniture, ...]:
    """The furniture of a page, disjoint, in order.

    Args:
        page: the page.
        chosen: for each block whether it is the article's.
        title: the report's title, where it is known.
    """
    headline = _headline(page, title)
    inside = [b for n, b in enumerate(page.blocks) if chosen[n] or n == headline]
    outside = (b for n, b in enumerate(page.blocks) if not chosen[n] and n != headline)
    return tuple(sorted((*_inside(page, inside, title), *(_outside(page, b) for b in outside))))


def _headline(page: Page, title: str | None) -> int:
    """The number of the heading that gives the title, -1 where none does."""
    wanted = _bare(title or "")
    if not wanted:
        return -1
    headings = ((n, _bare(page.text[b.start : b.end])) for n, b in enumerate(page.blocks) if b.tag in _HEADINGS)
    return next((n for n, words in headings if words and words in wanted), -1)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _inside(page: Page, blocks: Sequence[Block], title: str | None) -> Iterator[Furniture]:
    """What the words of the article mark, read as one text without what stands between its blocks."""
    starts, length = [], 0
    for block in blocks:
        starts.append(length)
        length += block.end - block.start + len(_BREAK)
    text = _BREAK.join(page.text[b.start : b.end] for b in blocks)
    for mark_ in furniture.mark(text, title):
        for number in range(max(0, bisect.bisect_right(starts, mark_.start) - 1), len(blocks)):
            block, shift = blocks[number], blocks[number].start - starts[number]
            if starts[number] >= mark_.end:
                break
            start, end = max(block.start, mark_.start + shift), min(block.end, mark_.end + shift)
            if start < end:
                yield Furniture(start, end, _kind(block, mark_.kind))


def _kind(block: Block, kind: FurnitureKind) -> FurnitureKind:
    return FurnitureKind.CAPTION if block.context == "figcaption" and kind is FurnitureKind.HEADING else kind


def _outside(page: Page, block: Block) -> Furniture:
    own = block.context in _OWN and block.linked < block.end - block.start <= _LINE
    said = furniture_lines.kind(page.text[block.start : block.end].strip()) if own else None
    if said not in _SAID:
        said = _BY_CONTEXT.get(block.context, FurnitureKind.INTERFACE)
    return Furniture(block.start, block.end, said)
