"""Which bytes of what was delivered hold a place of a report's text: found by reading them again in the same way."""

from communique.ingest import decode, linear, markdown
from communique.ingest.offsets import OffsetMap, byte_range
from communique.model.reports import Head
from communique.settings import DEFAULT_LIMITS, Limits


class RawMap:
    """The bytes behind each place of one report's text."""

    def __init__(self, head: Head, text: str, raw: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        """Read the bytes again.

        Args:
            head: the report's head.
            text: the report's text.
            raw: the bytes that its hash is taken of.
            limits: the caps that it was read under.

        Raises:
            ValueError: the bytes give another text: another version of this program read them.
        """
        self._raw = raw
        encoding = head.extra.get("encoding")
        decoded = decode.decode_as(raw, encoding) if encoding else decode.decode(raw)
        self._encoding = decoded.encoding
        self._map, shown = _read(decoded.text, head.extra.get("format", ""), limits)
        if shown != text:
            message = f"{head.id} was read by another version of this program: its places in the bytes are not known"
            raise ValueError(message)

    def bytes_of(self, start: int, end: int) -> tuple[int, int]:
        """The first byte and the byte behind the last one that hold the text from `start` to `end`, in code points.

        Raises:
            ValueError: nothing that was delivered stands there: a break between two blocks.
        """
        if self._map is not None:
            start, end = self._map.source(start, end)
        return byte_range(self._raw, self._encoding, start, end)


def _read(source: str, form: str, limits: Limits) -> tuple[OffsetMap | None, str]:
    if form in ("html", "entry"):
        page = linear.read(source, limits.tag_chars, text_only=form == "entry", mapped=True)
        return OffsetMap(page.pieces), page.text
    if form == "markdown":
        pieces, text = markdown.read_again(source)
        return OffsetMap(pieces), text
    return None, source
