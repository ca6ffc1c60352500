"""From a place in a report's text back to the bytes that were delivered."""

import bisect
import codecs
from collections.abc import Iterable

from communique.ingest.decode import ONE_FOR_ONE

#: A stretch of text and the stretch of the source that it came from, in code points: where it begins in the text, where
#: in the source, its length in the text, its length in the source. Where the lengths are equal, character stands for
#: character; else (a reference such as `&amp;`) the whole stretch of text comes from the whole stretch of the source.
type Piece = tuple[int, int, int, int]


class OffsetMap:
    """Which part of the source each character of a text came from. Breaks between blocks came from nowhere."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces, which are in the order of the text and do not overlap in it."""
        self._pieces = tuple(pieces)
        self._starts = [p[0] for p in self._pieces]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the source that hold the text from `start` to `end`.

        Raises:
            ValueError: nothing of that text came from the source.
        """
        first = self._at_or_after(start)
        last = bisect.bisect_left(self._starts, end) - 1
        if not start < end or last < first:
            message = f"nothing of the source stands at {start}-{end}"
            raise ValueError(message)
        return _inside(self._pieces[first], start)[0], _inside(self._pieces[last], end - 1)[1]

    def _at_or_after(self, start: int) -> int:
        at = max(0, bisect.bisect_right(self._starts, start) - 1)
        return at if at < len(self._pieces) and start < self._pieces[at][0] + self._pieces[at][2] else at + 1


def _inside(piece: Piece, place: int) -> tuple[int, int]:
    """The source of one character, or of the piece's edge where the character lies outside it."""
    text, source, length, width = piece
    if length != width:
        return source, source + width
    at = source + min(max(place - text, 0), length - 1)
    return at, at + 1


def byte_range(raw: bytes, encoding: str, start: int, end: int) -> tuple[int, int]:
    """The bytes of a file, read in an encoding as `decode` reads it, that hold the code points `start` to `end`."""
    if len(raw.decode(encoding, "ignore").encode(encoding, "ignore")) == len(raw):
        before, inside = _cut(raw.decode(encoding, "ignore"), start, end)
        first = len(_encoded(before, encoding))
        return first, first + len(_encoded(inside, encoding))
    return _counted(raw, encoding, start, end)


def _cut(text: str, start: int, end: int) -> tuple[str, str]:
    return text[:start], text[start:end]


def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf-") else "strict")


def _counted(raw: bytes, encoding: str, start: int, end: int) -> tuple[int, int]:
    """As `byte_range`, for damaged files: byte by byte, each character counted where its last byte is read."""
    decoder = codecs.getincrementaldecoder(encoding)(ONE_FOR_ONE)
    ends = [0] * (end + 1)
    count = 0
    for number in range(len(raw)):
        made = len(decoder.decode(raw[number : number + 1]))
        for each in range(count + 1, min(count + made, end) + 1):
            # Bytes that turn out to be damaged are told together with the one that shows it.
            ends[each] = number + 1 - max(0, count + made - each)
        count += made
        if count >= end:
            break
    else:
        for each in range(count + 1, end + 1):
            ends[each] = len(raw) - (end - each)
    return ends[start], ends[end]
