"""Words that look like others: letters of several scripts in one word, hidden characters inside, full-width forms."""

import re
import unicodedata
from collections.abc import Iterator

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
#: Letters that look like Latin ones: phonetic signs (but the schwa, a letter of Azerbaijani), Greek, Cyrillic,
#: Armenian, Cherokee, Coptic, Lisu.
_OTHER = (
    "\u0250-\u0258\u025a-\u02af\u0370-\u03ff\u0400-\u052f\u0530-\u058f"
    "\u13a0-\u13ff\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff"
)
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u202a-\u202e\u2066-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
_WIDE = "\uff21-\uff3a\uff41-\uff5a"
_STYLED = "\U0001d400-\U0001d7cb"
_MARK = "\u0300-\u036f"
#: A word that holds a letter of Latin or its look-alikes and something that makes it look like another.
_WORD = re.compile(rf"[{_LATIN}{_OTHER}{_HIDDEN}{_WIDE}{_STYLED}{_MARK}]{{2,}}")
_IS_LATIN = re.compile(f"[{_LATIN}]")
_IS_OTHER = re.compile(f"[{_OTHER}]")
_IS_HIDDEN = re.compile(f"[{_HIDDEN}]")
_IS_LETTER = re.compile(f"[{_LATIN}{_OTHER}]")
_IS_STYLED = re.compile(f"[{_WIDE}{_STYLED}]")
_IS_MARK = re.compile(f"[{_MARK}]")
_SUSPECT = re.compile(f"[{_OTHER}{_HIDDEN}{_WIDE}{_STYLED}{_MARK}]")
_SOFT = "\u00ad"


def mixed(text: str) -> Iterator[tuple[int, int]]:
    """Places of the words that look like others, in order."""
    if _SUSPECT.search(text) is None:
        return
    for word in _WORD.finditer(text):
        if _looks(word[0]):
            yield word.span()


def is_suspect(name: str) -> bool:
    """Whether a name holds hidden characters, styled letters or combining marks, or mixes scripts.

    A name wholly in another script is none: it is spelled as its country spells it.
    """
    if name.isascii():
        return False
    name = unicodedata.normalize("NFC", name)  # letters and marks that make one letter are ordinary
    if _IS_HIDDEN.search(name) or _IS_STYLED.search(name) or _IS_MARK.search(name):
        return True
    return _IS_LATIN.search(name) is not None and _IS_OTHER.search(name) is not None


def _looks(word: str) -> bool:
    inner = unicodedata.normalize("NFC", word.strip("\u200b\u200e\u200f\ufeff\u2060").replace(_SOFT, ""))
    if _SUSPECT.search(inner) is None:
        return False
    if _IS_HIDDEN.search(inner) and _IS_LETTER.search(inner):
        return True
    if _IS_STYLED.search(inner) or (_IS_LATIN.search(inner) and _IS_MARK.search(inner)):
        return True
    return _IS_LATIN.search(inner) is not None and _IS_OTHER.search(inner) is not None
