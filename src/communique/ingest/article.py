"""Which blocks of a page are the article: trafilatura says, our own rules mend, and what neither can is told."""

import functools
import importlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from communique.ingest.linear import Block, Page
from communique.model.problems import ProblemCode
from communique.settings import Limits

_WINDOW = 4000  # characters of the extracted text in which the next block is looked for
_LONG = 120  # characters of a block that is prose, not a button
_SENTENCE = 50  # characters of a sentence of its own
_FEW_LINKS = 0.3  # share of linked characters in prose
_MANY_LINKS = 0.5  # share of linked characters above which a block is a menu
_PROSE = frozenset(("article", "blockquote", "body", "div", "li", "main", "p", "pre", "section", "td"))
_LEFT_OUT = frozenset(("aside", "comments", "footer", "hidden", "nav", "select"))  # the tree holds none of them
_HALF = 0.5  # of a page's prose, below which what was extracted is not the article
_WEIGHT = 2  # tags of the longest allowed length that a tree builder may meet


class Choice(msgspec.Struct, frozen=True):
    """For each block whether it is the article's, and why a tree could not help, where it could not."""

    chosen: tuple[bool, ...]
    trouble: tuple[ProblemCode, str] | None = None


def choose(page: Page, limits: Limits) -> Choice:
    """The article's blocks of a page.

    Args:
        page: what the linear reader made of it.
        limits: the caps on what a tree is built of.
    """
    trouble = _too_much(page, limits)
    if trouble:
        return Choice(_by_layout(page), trouble)
    extracted, why = _extracted(page.core)
    return Choice(_mended(page, _matched(page, extracted)), (ProblemCode.CUT, why) if why else None)


def _too_much(page: Page, limits: Limits) -> tuple[ProblemCode, str] | None:
    without = "its article was found by layout alone"
    if page.deepest > limits.nesting:
        return ProblemCode.NESTING, f"{page.deepest} open elements, more than nesting = {limits.nesting}: {without}"
    if page.longest_tag > limits.tag_chars:
        told = f"a tag of {page.longest_tag} characters, more than tag_chars = {limits.tag_chars}"
        return ProblemCode.NESTING, f"{told}: {without}"
    if page.weight > _WEIGHT * limits.tag_chars**2:
        return ProblemCode.NESTING, f"many tags of nearly tag_chars = {limits.tag_chars} characters: {without}"
    return None


class _Tools(NamedTuple):
    """What it takes to find an article in a tree: two modules without types, and what is wanted of them."""

    html: Any
    trafilatura: Any
    wanted: Any


@functools.cache
def _tools() -> _Tools:
    """Loaded only where a page is read."""
    html, trafilatura = importlib.import_module("lxml.html"), importlib.import_module("trafilatura")
    settings = importlib.import_module("trafilatura.settings")
    wanted = settings.Extractor(output_format="python", fast=True, comments=False, tables=True)
    return _Tools(html, trafilatura, wanted)


def _extracted(source: str) -> tuple[str, str]:
    """The article's text as trafilatura has it, and what the tree builder said about a page that it cut short."""
    html, trafilatura, wanted = _tools()
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        fatal = next((e for e in parser.error_log if e.level_name == "FATAL"), None)
        found = trafilatura.bare_extraction(tree, options=wanted)
    except html.etree.ParserError:  # no element at all: everything was left out that no article stands in
        return "", ""
    except Exception as error:  # noqa: BLE001 - whatever it is, the text is there without it
        return "", f"the page's tree could not be built ({type(error).__name__}): its article was found by layout alone"
    why = f"the tree builder stopped at line {fatal.line}: {fatal.message.strip()[:100]}" if fatal else ""
    return (found.text or "") if found else "", why


def _matched(page: Page, extracted: str) -> tuple[bool, ...]:
    """The blocks that stand in the extracted text, in its order; blanks count for nothing on either side."""
    bare = "".join(extracted.split())
    lines = {"".join(line.split()) for line in extracted.splitlines()}
    at, out = 0, []
    for block in page.blocks:
        words = "" if block.context in _LEFT_OUT else "".join(page.text[block.start : block.end].split())
        found = bare.find(words, at, at + len(words) + _WINDOW) if words else -1
        if found >= 0:
            at = found + len(words)
        out.append(found >= 0 or (words in lines and (len(words) > _LONG or _is_sentence(block))))
    return tuple(out)


def _mended(page: Page, chosen: tuple[bool, ...]) -> tuple[bool, ...]:
    """What was extracted, with the prose of the page where most of it was passed over."""
    if not any(chosen):
        return _by_layout(page)
    prose = [_is_prose(b) for b in page.blocks]
    held = sum(b.end - b.start for b, yes, told in zip(page.blocks, prose, chosen, strict=True) if yes and told)
    if held < _HALF * sum(b.end - b.start for b, yes in zip(page.blocks, prose, strict=True) if yes):
        chosen = tuple(yes or told for yes, told in zip(prose, chosen, strict=True))
    return _filled(page, chosen)


def _by_layout(page: Page) -> tuple[bool, ...]:
    """Prose by its place and length; headings and short blocks between two blocks of prose."""
    prose = [_is_prose(b) for b in page.blocks]
    return _filled(page, tuple(prose)) if any(prose) else tuple(not b.context and not _is_menu(b) for b in page.blocks)


def _filled(page: Page, chosen: Sequence[bool]) -> tuple[bool, ...]:
    """The chosen blocks, and prose that stands between the first and the last of them."""
    places = [n for n, yes in enumerate(chosen) if yes]
    first, last = (places[0], places[-1]) if places else (0, -1)
    between = range(first, last + 1)
    return tuple(yes or (n in between and _is_prose(page.blocks[n])) for n, yes in enumerate(chosen))


def _is_prose(block: Block) -> bool:
    length = block.end - block.start
    return not block.context and block.tag in _PROSE and length >= _LONG and block.linked < _FEW_LINKS * length


def _is_sentence(block: Block) -> bool:
    """Whether a block is too long for a button and no link: where it was extracted out of its order, it is itself."""
    length = block.end - block.start
    return not block.context and block.tag in _PROSE and length >= _SENTENCE and block.linked < _FEW_LINKS * length


def _is_menu(block: Block) -> bool:
    return block.linked > _MANY_LINKS * (block.end - block.start)
