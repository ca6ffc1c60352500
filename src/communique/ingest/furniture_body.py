"""Furniture below the head: headings, related blocks, tags at the end, repeated titles, embedded posts."""

import re

from communique.ingest.furniture_layout import Block, Layout, label
from communique.ingest.furniture_lines import is_date
from communique.ingest.furniture_words import WORDS
from communique.model.reports import FurnitureKind as Kind

_LINK = r"(?:pic\.(?:twitter|x)\.com/\w{1,32}|https?://t\.co/\w{1,32})"
_POST_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\.?\s\d{4})"
_POST = re.compile(
    rf"(?:{_LINK}\s{{0,3}})?(?:—|–|--)\s{{0,3}}[^\n(—–]{{1,80}}\(@\w{{1,30}}\)(?:\s{{0,3}}{_POST_DAY})?|{_LINK}"
)
_POST_SIGN = re.compile(r"@|pic\.|//t\.co")
_HEADING_WORDS = 14
_SENTENCE_CASE_WORDS = 6
_AFTER_HEADING = 12  # words of the paragraph below a heading
_TAG_WORDS = 5
_TAGS = 12  # most tag lines at the end
_RELATED = 12  # most entries of a related block that have no date


def mark(layout: Layout) -> None:
    """Mark everything below the head that its own words do not give away."""
    _mark_repeats(layout)
    if not layout.speech:
        _mark_tags(layout)
        _mark_headings(layout)
    _mark_posts(layout)


def mark_related(layout: Layout) -> None:
    """Mark `See also` and the entries below it: titles with their dates, or lines that are no sentences."""
    blocks, at = layout.blocks, 0
    while at < len(blocks):
        if at and blocks[at].text.lower().strip(" :") in WORDS.related:
            end = _related_end(blocks, at + 1)
            layout.kinds[at:end] = [Kind.RELATED] * (end - at)
            at = end
        else:
            at += 1


def _related_end(blocks: list[Block], at: int) -> int:
    """Number of the block after the related ones."""
    dated = at
    while dated + 1 < len(blocks) and is_date(blocks[dated + 1].text) and not is_date(blocks[dated].text):
        dated += 2
    if dated > at:
        return dated
    end = at
    while end < len(blocks) and end - at < _RELATED and not blocks[end].prose and not blocks[end].closed:
        end += 1
    return end


def _mark_repeats(layout: Layout) -> None:
    """Mark a line below the head that only repeats a headline: the caption of a picture."""
    titles = {" ".join(b.words).lower() for b, k in zip(layout.blocks, layout.kinds, strict=True) if k is Kind.HEADLINE}
    longest = 2 * max(
        map(len, titles), default=0
    )  # a repeat has marks beside its words, but no more of them than words
    for i, block in enumerate(layout.blocks):
        if layout.kinds[i] is not None or len(block.text) > longest or len(block.words) <= 3:  # noqa: PLR2004 - words
            continue
        if " ".join(block.words).lower().rstrip(".") in titles:
            layout.kinds[i] = Kind.CAPTION


def _mark_headings(layout: Layout) -> None:
    plain = [i for i, kind in enumerate(layout.kinds) if kind is None]
    if 5 * sum(not layout.blocks[i].closed for i in plain) > 2 * len(plain):
        return  # lines broken at a column, or a list
    for before, i, after in zip(plain, plain[1:], plain[2:], strict=False):
        around = layout.blocks[before], layout.blocks[after]
        if around[0].prose and _is_heading(layout.blocks[i]) and _is_body(around[1]):
            layout.kinds[i] = Kind.HEADING


def _is_body(block: Block) -> bool:
    return block.prose and len(block.words) >= _AFTER_HEADING and not block.text[:1].islower()


def _is_heading(block: Block) -> bool:
    if block.text[-1] in '.!…,;:"”)]-–—' or block.text[:1].islower():
        return False
    words = block.words
    if not 1 < len(words) <= _HEADING_WORDS:
        return False
    if (label(block.text) and not block.titled) or _opens_quotation(block.text) or _POST_SIGN.search(block.text):
        return False
    return block.titled or (len(words) <= _SENTENCE_CASE_WORDS and "," not in block.text)


def _opens_quotation(line: str) -> bool:
    """Whether a quotation begins with the line and goes on after it."""
    return line[0] in '"“«„' and not any(mark in line[1:] for mark in '"”»“')


def _mark_tags(layout: Layout) -> None:
    """Mark the short lines that a text ends with: names and keywords without a full stop."""
    prose = sum(b.prose for b, k in zip(layout.blocks, layout.kinds, strict=True) if k is None)
    for back, i in enumerate(reversed(range(len(layout.blocks)))):
        if layout.kinds[i] is not None:
            continue
        if prose < 2 or back >= _TAGS or not _is_tag(layout.blocks[i]):  # noqa: PLR2004 - paragraphs
            return
        layout.kinds[i] = Kind.TAG


def _is_tag(block: Block) -> bool:
    words = block.words
    return (
        0 < len(words) <= _TAG_WORDS
        and not block.closed
        and block.titled
        and not block.text.endswith((",", ":", ";", "—"))
    )


def _mark_posts(layout: Layout) -> None:
    """Mark the foot of an embedded post: its picture link, the name and handle, the day."""
    for i, block in enumerate(layout.blocks):
        if layout.kinds[i] is None and _POST_SIGN.search(block.text):
            for match in _POST.finditer(block.text):
                start = block.start + match.start()
                layout.inside.append((start, block.start + match.end(), Kind.WIDGET))
