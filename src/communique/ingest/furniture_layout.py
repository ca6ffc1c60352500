"""A report's lines as the furniture rules see them."""

import functools
import re
from typing import NamedTuple

import msgspec

from communique.model.reports import FurnitureKind
from communique.text.linebreaks import lines

#: What one collector glues to the head of every text, before the first word of the page.
STAMP = re.compile(r"\ufeff?\s{0,8}date (?P<day>\d{4}-\d\d-\d\d)(?=\s|\Z)")
_SENTENCE_END = re.compile(r"(?:[.!?…]|\.\.\.)[\"'”’»)\]]{0,3}$")
_LABEL = re.compile(r"(?P<label>(?:[A-Z(][\w.’'()-]{0,30}(?:,? |(?=:))|of |the |and |de |for ){1,12}):(?=\s|$)")
_WORD = re.compile(r"[^\W_][\w'’&.-]*")
_LONG_WORD = 4  # letters from which a word of a title has a capital


@functools.lru_cache(maxsize=1024)
def _words(line: str) -> list[str]:
    return _WORD.findall(line)


class Block(NamedTuple):
    """One line that is not blank, without blanks at its ends; `gap` tells whether a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def words(self) -> list[str]:
        """The words of the line."""
        return _words(self.text)

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _SENTENCE_END.search(self.text[-6:]) is not None

    @property
    def prose(self) -> bool:
        """Whether the line is running text: a closed line of some words, a long one, or the start of a speech."""
        # What is quickly told first: words are counted in short lines alone.
        return len(self.text) > 250 or self.text.endswith((",", ";", ":")) or (self.closed and len(self.words) > 5)  # noqa: PLR2004 - characters, words

    @property
    def titled(self) -> bool:
        """Whether the words that carry a capital in titles have one."""
        long = [w for w in self.words if len(w) >= _LONG_WORD] or self.words
        return bool(long) and 10 * sum(not w[0].islower() for w in long) >= 7 * len(long)


class Layout(msgspec.Struct):
    """The lines of a text and what is known of each; rules fill `kinds` (None: not furniture) and `inside`.

    Attributes:
        text: the report's text.
        blocks: its lines that are not blank, after the collector's stamp.
        kinds: kind of each block that is furniture as a whole.
        inside: furniture inside a block, or outside all: start, end, kind.
        speech: whether the text is a transcript: lines begin with the names of speakers.
    """

    text: str
    blocks: list[Block]
    kinds: list[FurnitureKind | None]
    inside: list[tuple[int, int, FurnitureKind]]
    speech: bool


def lay_out(text: str) -> Layout:
    """The lines of a text, the collector's stamp and blank lines marked, all else open."""
    stamp = STAMP.match(text)
    head = stamp.end() if stamp else 0
    inside = [(0, head, FurnitureKind.STAMP)] if stamp else []
    blocks: list[Block] = []
    gap = True
    for line in lines(text):
        if line.blank:
            gap = True
            if line.text and line.start >= head:
                inside.append((line.start, line.end, FurnitureKind.BLANK))
            continue
        start = max(line.start, head)
        words = text[start : line.end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            bare = words.strip()
            blocks.append(Block(start + lead, start + lead + len(bare), bare, gap))
            gap = False
    return Layout(text, blocks, [None] * len(blocks), inside, _is_speech(blocks))


def label(line: str) -> str | None:
    """The name of a speaker that a line begins with, before its colon."""
    found = _LABEL.match(line[:200])
    return found["label"].strip() if found else None


def _is_speech(blocks: list[Block]) -> bool:
    labels = [name for b in blocks if (name := label(b.text))]
    asked = sum(b.text.startswith(("Q ", "Q: ", "QUESTION", "Question:")) for b in blocks)
    loud = sum(name.isupper() and len(name) > 3 for name in labels)  # noqa: PLR2004 - letters of "Q" or "PM"
    vocative = sum(b.text.endswith(",") for b in blocks if label(b.text))
    repeated = len(labels) - len(set(labels))
    return repeated > 1 or loud > 1 or asked > 1 or vocative > 0 or (loud > 0 and repeated + asked > 0)
