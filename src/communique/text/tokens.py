"""Word tokens with their places, in time linear in the text.

A word is a run of letters, digits and combining marks; an apostrophe between letters stays inside it, and so does a
comma or stop between digits. Hyphens part words, so that "India-Russia" and "India–Russia" read the same.
"""

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+(?![^\W_])"  # 1,250.5, but not the time in 10.20pm
    r"|[^\W_]+(?:[\u0300-\u036f'\u2019\u02bc][^\W_]+)*[\u0300-\u036f]*"
)
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'"})


class Token(NamedTuple):
    """One word: its place in code points, end exclusive, and its normal form (casefolded, straight apostrophes)."""

    start: int
    end: int
    norm: str


def normal(word: str) -> str:
    """The form under which a word is compared: compatibility composed, casefolded, with straight apostrophes."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES)
    return word.casefold()


def tokens(text: str) -> list[Token]:
    """The words of a text in order; punctuation, symbols and blanks are no tokens."""
    return [Token(m.start(), m.end(), normal(m.group())) for m in _WORD.finditer(text)]
