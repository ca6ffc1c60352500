"""The head of a report: headline, date, time and place lines, and the dateline that opens the first paragraph."""

import re

from communique.ingest import dates
from communique.ingest.furniture_layout import Block, Layout, label
from communique.ingest.furniture_lines import is_date, is_issuer
from communique.ingest.furniture_words import WORDS
from communique.model.reports import FurnitureKind as Kind

_WORD = re.compile(r"[^\W_]+")
_HEAD = 12  # lines in which a head is looked for; the longest official one has 7
_HEADLINE = 260  # characters
_PLACE_WORDS = 8
_FIRST = 3  # paragraphs that may open with a dateline: a standfirst or two come before
_NAME = r"[A-Z][\w.'’-]{0,24}(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]{0,24}){0,4}"
_DAY = (
    r"(?:,?\s{0,2}\(?(?:[A-Z][a-z]{2,8}day,?\s)?(?:[A-Z][a-z]{2,8}\.?\s{1,2}\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s{1,2}[A-Z][a-z]{2,8}\.?|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:,?\s{0,2}(?:19|20)\d\d)?\)?)"
)
_DATELINE = re.compile(
    rf"(?P<place>{_NAME}(?:\s{{0,2}}/\s{{0,2}}{_NAME}){{0,3}})(?P<land>\s{{0,2}}\[[^\]\n]{{2,40}}\]|,\s{_NAME}(?!\s?\d))?"
    rf"(?P<day>{_DAY})?(?P<agency>,?\s{{0,2}}\([^)\n]{{2,40}}\)|,?\s{{1,2}}[A-Z]{{2,6}}(?=\s?[:—–-]))?"
    r"(?P<day2>,?\s{0,2}(?:[A-Z][a-z]{2,8}\.?\s{1,2}\d{1,2}))?\s{0,2}(?P<stop>:|--?|[—–―−])(?=\s|[\"“A-Z])"
)


def mark(layout: Layout) -> None:
    """Mark headline, date, time and place lines, and datelines."""
    _mark_stamps(layout)
    if layout.blocks:
        _mark_dateline(layout, _mark_titles(layout))


def mark_title(layout: Layout, title: str | None) -> None:
    """Mark a first line that repeats the title, with or without a full stop."""
    wanted = _flat(title or "")
    for i, block in enumerate(layout.blocks[:_HEAD]):
        if wanted and _flat(block.text[:_HEADLINE]) == wanted:
            layout.kinds[i] = Kind.HEADLINE
            return


def _flat(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))


def _mark_stamps(layout: Layout) -> None:
    """Date lines near the top or at the very end, the time and the place that follow them."""
    last = len(layout.blocks) - 1
    for i, block in enumerate(layout.blocks[:_HEAD]):
        if layout.kinds[i] is None and is_date(block.text):
            layout.kinds[i] = Kind.PUBLISHED
            _mark_after_date(layout, i + 1)
        elif layout.kinds[i] is None and dates.is_time(block.text):
            layout.kinds[i] = Kind.PUBLISHED
    if last > 0 and layout.kinds[last] is None and is_date(layout.blocks[last].text):
        layout.kinds[last] = Kind.PUBLISHED


def _mark_after_date(layout: Layout, at: int) -> None:
    while at < len(layout.blocks) and layout.kinds[at] is None and dates.is_time(layout.blocks[at].text):
        layout.kinds[at] = Kind.PUBLISHED
        at += 1
    titled = any(not b.prose for b in layout.blocks[: at - 1])
    if titled and at < len(layout.blocks) and layout.kinds[at] is None and _is_place(layout.blocks[at]):
        layout.kinds[at] = Kind.DATELINE


def _is_place(block: Block) -> bool:
    words = block.words
    return not block.closed and not block.prose and 0 < len(words) <= _PLACE_WORDS and block.titled


def _mark_titles(layout: Layout) -> int:
    """Mark the lines before the first running text; the answer is the number of the block where it begins."""
    body = next((i for i, b in enumerate(layout.blocks) if layout.kinds[i] is None and _opens(layout, b)), None)
    if body is None or body >= _HEAD or _is_wrapped(layout, body):
        return body or 0
    titles = 0
    for i in range(body):
        if layout.kinds[i] is None:
            layout.kinds[i] = _title_kind(layout.blocks[i], titles)
            titles += layout.kinds[i] is Kind.HEADLINE
    return body


def _title_kind(block: Block, titles: int) -> Kind | None:
    if is_issuer(block.text):
        return Kind.BYLINE
    if titles and _is_place(block) and len(block.words) <= 4:  # noqa: PLR2004 - words of a place: "Sydney, Australia"
        return Kind.DATELINE
    fits = len(block.text) <= _HEADLINE and len(block.words) > 1 and not block.text.endswith(".")
    return Kind.HEADLINE if fits else None


def _opens(layout: Layout, block: Block) -> bool:
    """Whether running text begins with this block."""
    return block.prose and not (block.text.endswith("?") and block is layout.blocks[0] and len(block.text) <= 120)  # noqa: PLR2004 - characters of a headline that asks


def _is_wrapped(layout: Layout, body: int) -> bool:
    """Whether the first lines are one sentence, broken at a column: the next one goes on in lower case."""
    after = layout.blocks[1 : body + 1]
    return any(not b.gap and b.text[:1].islower() for b in after)


def _mark_dateline(layout: Layout, body: int) -> None:
    """Mark a dateline at the head of the first paragraph, or of the next ones where a standfirst comes before it."""
    plain = [b for b, kind in zip(layout.blocks, layout.kinds, strict=True) if kind is None]
    for block in [b for b in plain if b.start >= layout.blocks[body].start][:_FIRST] if plain else []:
        match = _DATELINE.match(block.text[:200])
        if match and _is_dateline(match, layout, block):
            layout.inside.append((block.start, block.start + match.end(), Kind.DATELINE))
            return


def _is_dateline(match: re.Match[str], layout: Layout, block: Block) -> bool:
    place = match["place"].strip()
    if place.lower() in WORDS.no_places or (len(block.words) < 6 and not match["day"]):  # noqa: PLR2004 - words
        return False
    if match["day"] or match["day2"]:
        return next(dates.find(match[0]), None) is not None
    known = all(p.strip().lower() in WORDS.places for p in place.split("/"))
    if match["stop"] == ":":
        return known and (not layout.speech or label(block.text) is None or known)
    spaced = match["stop"] not in "-–" or match[0][-2] == " "
    return spaced and (known or bool(match["agency"]) or (place.isupper() and not place.startswith("Q ")))
