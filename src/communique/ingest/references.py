"""Characters that HTML writes as references: `&amp;`, `&#8212;`, `&#x1F600;`."""

import functools
import html
import re

#: A reference as HTML reads one; the longest name that it knows has 31 letters.
REFERENCE = re.compile(r"&(?:#[0-9]{1,12};?|#[xX][0-9a-fA-F]{1,12};?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_IMPOSSIBLE = re.compile(rb"&#(?:[0-9]{1,12}|[xX][0-9a-fA-F]{1,12});")
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_PLAIN_CONTROLS = frozenset((9, 10, 13))
_FIRST_PLAIN = 0x20


@functools.lru_cache(maxsize=4096)
def decoded(reference: str) -> str:
    """What a reference stands for: itself where it is none, "" for control characters that HTML drops."""
    return html.unescape(reference).replace("\0", "\ufffd")


def unescaped(text: str) -> str:
    """A text with its references decoded."""
    return html.unescape(text) if "&" in text else text


def possible(data: bytes) -> tuple[bytes, int]:
    """XML whose references to impossible characters are references to U+FFFD, and how many those were.

    One such reference ends an XML parser's reading of the whole file; their places keep the lengths of the rest true.
    """
    count = 0

    def mend(match: re.Match[bytes]) -> bytes:
        nonlocal count
        digits = match[0][2:-1].decode("ascii")
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        if _is_character(number):
            return match[0]
        count += 1
        return b"&#xFFFD;"

    return _IMPOSSIBLE.sub(mend, data), count


def _is_character(number: int) -> bool:
    """Whether XML 1.0 allows a character of this number."""
    if number < _FIRST_PLAIN:
        return number in _PLAIN_CONTROLS
    return number <= _LAST and number not in _SURROGATES and number not in (0xFFFE, 0xFFFF)
