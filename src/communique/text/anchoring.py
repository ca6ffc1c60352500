"""Words found again in a text that changed: by themselves, by what stood before and after them, and by likeness.

The manner is that of the text quote selector of the W3C Web Annotation Data Model (prefix, exact, suffix). Line breaks,
blanks and the shape of quotation marks and dashes make no difference.
"""

import bisect
import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d+")
_SHAPES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
#: Likeness of the words around, 0 to 100, from which on the same words are held to be the same place: of words that are
#: long enough to be told apart by themselves, and of others.
_LONG_AROUND, _SHORT_AROUND = 30.0, 60.0
_LONG = 20
#: How much less alike the words around any other place have to be.
_CLEAR = 10.0
#: Likeness of changed words to the old ones from which on they say the same, where their numbers do.
_SLIGHT = 90.0
#: Code points of the words around that lead to a place whose own words changed.
_TAIL = 16
#: Places looked at for one quote.
_MOST = 200


class Quote(NamedTuple):
    """Words with those before and after them, as they stood."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Change(enum.IntEnum):
    """How much changed at a place, the least first."""

    NONE = 0
    SLIGHT = 1
    WORDS = 2


class Found(NamedTuple):
    """A place in a text, offsets in code points, and how much changed there; `likeness` from 0 to 100."""

    start: int
    end: int
    change: Change
    likeness: float = 100.0


def flat(text: str) -> str:
    """A text with one blank between words, and plain marks."""
    return " ".join(text.split()).translate(_SHAPES)


class Flat:
    """A flat text whose places can be told in the text that it was made of."""

    def __init__(self, text: str) -> None:
        """Note where every word stands in both."""
        self.text = flat(text)
        self._raw: list[int] = []
        self._flat: list[int] = []
        at = 0
        for word in _WORD.finditer(text):
            self._raw.append(word.start())
            self._flat.append(at)
            at += word.end() - word.start() + 1

    def raw(self, place: int) -> int:
        """Offset in the text of a place in the flat one."""
        n = max(0, bisect.bisect_right(self._flat, place) - 1)
        return self._raw[n] + place - self._flat[n] if self._raw else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the text of a range of the flat one that is not empty."""
        return self.raw(start), self.raw(end - 1) + 1


def find(text: str, quote: Quote, near: int = 0) -> Found | None:
    """The place of a quote in a text, None where no place is clearly it.

    Args:
        text: the text as it is today.
        quote: the words as they stood.
        near: where they stood; decides between places that are equally good.
    """
    if not quote.exact.strip():
        return None
    there = Flat(text)
    exact, before, after = (flat(part) for part in quote)
    return _same(there, quote, near) or _around(there, exact, before, after) or _edited(there, exact, before, after)


def _same(there: Flat, quote: Quote, near: int) -> Found | None:
    """The words with all that stood around them."""
    whole = Flat(f"{quote.prefix}{quote.exact}{quote.suffix}")
    left = len(flat(quote.prefix + quote.exact[:1])) - 1
    length = len(flat(quote.exact))
    places = [there.span(at + left, at + left + length) for at in _places(there.text, whole.text)]
    best = min(places, key=lambda p: (abs(p[0] - near), p), default=None)
    return Found(*best, Change.NONE) if best else None


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _around(there: Flat, exact: str, before: str, after: str) -> Found | None:
    """The same words at the one place whose surroundings are clearly the likest."""
    found = sorted(
        ((_likeness(there.text, at, at + len(exact), before, after), at) for at in _places(there.text, exact)),
        key=lambda row: (-row[0], row[1]),
    )
    least = _LONG_AROUND if len(exact) >= _LONG else _SHORT_AROUND
    if not found or found[0][0] < least or (len(found) > 1 and found[1][0] > found[0][0] - _CLEAR):
        return None
    likeness, at = found[0]
    return Found(*there.span(at, at + len(exact)), Change.SLIGHT, likeness)


def _likeness(text: str, start: int, end: int, before: str, after: str) -> float:
    """How like the words around a place are to those that stood there, 0 to 100; edges of the text count as alike."""
    left = fuzz.ratio(text[max(0, start - len(before) - 1) : start].strip(), before) if before else 100.0
    right = fuzz.ratio(text[end : end + len(after) + 1].strip(), after) if after else 100.0
    return (left + right) / 2


def _edited(there: Flat, exact: str, before: str, after: str) -> Found | None:
    """Changed words at the place that the words before or after lead to."""
    text, longest = there.text, 2 * len(exact) + _TAIL
    lead, trail = before[-_TAIL:], after[:_TAIL]
    ranges: set[tuple[int, int]] = set()
    for at in _places(text, lead) if len(lead) == _TAIL else ():
        ranges |= _cut(text, at + len(lead), at + len(lead) + longest, exact)
        until = text.find(trail, at + len(lead), at + len(lead) + longest) if trail else -1
        ranges |= {(at + len(lead), until)} if until > 0 else set()
    for at in _places(text, trail) if len(trail) == _TAIL else ():
        ranges |= _cut(text, max(0, at - longest), at, exact)
    filled = ((a, b) for a, b in ranges if text[a:b].strip())
    ranked = sorted(((fuzz.ratio(text[a:b].strip(), exact), a, b) for a, b in filled), reverse=True)
    if not ranked or (len(lead) < _TAIL > len(trail)):
        return None
    likeness, start, end = ranked[0]
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    same = likeness >= _SLIGHT and _NUMBER.findall(text[start:end]) == _NUMBER.findall(exact)
    return Found(*there.span(start, end), Change.SLIGHT if same else Change.WORDS, likeness)


def _cut(text: str, start: int, end: int, exact: str) -> set[tuple[int, int]]:
    """The part of a range that is likest to the words, in whole words."""
    best = fuzz.partial_ratio_alignment(exact, text[start:end])
    if best is None or best.dest_end <= best.dest_start:
        return set()
    first, last = start + best.dest_start, start + best.dest_end
    while first > start and text[first - 1].isalnum() and text[first].isalnum():
        first -= 1
    while last < min(end, len(text)) and text[last - 1].isalnum() and text[last].isalnum():
        last += 1
    return {(first, last)}
