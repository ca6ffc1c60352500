"""The record without the words of its reports: offsets and hashes, to hand on where the texts may not be.

Who has the same reports gets the record back, span for span (`opened`); who has not cannot read them. A text of the
record that stands in the evidence of its fact becomes a pointer to that place; one that does not (a title that we made)
stays, unless it is longer than a name, when its hash alone stays.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from communique.errors import UsageError
from communique.model import ids
from communique.model.record import Record

FORMAT = "communique-packet/1"
#: Most characters of a text that stays as it is: a name, a number, a word for a kind.
LONGEST_NAME = 60
#: Fields of the record that hold words of reports, and those that hold our own words, which may quote them.
WORDS = frozenset({"title", "text", "what", "value", "preferred"})
OURS = frozenset({"reason", "message", "detail"})
#: Fewest characters of a text that a pointer stands for.
_FEWEST = 3
_BLANK = re.compile(r"\s+")


class Opened(msgspec.Struct, frozen=True):
    """A packet with its words put back.

    Attributes:
        record: the record as JSON values, in its own order; a text that cannot be had is null.
        spans: number of spans.
        unsupported: places where the receiver's reports do not say what the sender's said, one sentence each.
        missing: ids of reports that the receiver has not.
        found: number of reports that the receiver has.
        withheld: number of texts that no report holds as they are, and that the packet does not hand on.
    """

    record: dict[str, Any]
    spans: int
    unsupported: tuple[str, ...]
    missing: tuple[str, ...]
    found: int
    withheld: int

    def encoded(self) -> bytes:
        """The record as UTF-8 JSON; that of the sender to the byte, where nothing is missing or withheld."""
        return msgspec.json.encode(self.record) + b"\n"


def as_packet(record: Record, texts: Mapping[str, str]) -> bytes:
    """The record as a packet, UTF-8 JSON.

    Args:
        record: the record.
        texts: the text of each of its reports, by id.
    """
    plain = json.loads(record.encode())
    packer = _Packer(texts)
    body = {key: packer.without_words(value, ()) for key, value in plain.items()}
    hashes = {head.id: ids.sha256_hex(texts[head.id].encode()) for head in record.reports if head.id in texts}
    whole = {
        "format": FORMAT,
        "record_sha256": ids.sha256_hex(record.encode()),
        "packet_sha256": _sha256(body),
        "texts": hashes,
        "record": body,
    }
    return msgspec.json.encode(whole) + b"\n"


#: How a packet begins, however its JSON is spaced.
_HEAD = re.compile(rb'\s{0,99}\{\s{0,99}"format"\s{0,9}:\s{0,9}"' + FORMAT.partition("/")[0].encode())


def is_packet(data: bytes) -> bool:
    """Whether a file says that it is a packet."""
    return _HEAD.match(data) is not None


def opened(data: bytes, texts: Mapping[str, str]) -> Opened:
    """Put the words of a packet back.

    Args:
        data: the packet.
        texts: texts that the receiver has, by the SHA-256 of their UTF-8.

    Raises:
        UsageError: it is no packet.
    """
    if not is_packet(data):
        message = "this is no packet: `communique export --format packet` makes one"
        raise UsageError(message)
    try:
        whole = json.loads(data)
        if whole["format"] != FORMAT:
            message = f"its format is {whole['format']!r}, not {FORMAT}"
            raise UsageError(message)
        hashes = {str(report): str(sha256) for report, sha256 in whole["texts"].items()}
        reader = _Reader({report: texts[sha256] for report, sha256 in hashes.items() if sha256 in texts})
        record = reader.value(whole["record"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"this is not a packet that can be read: {error}"
        raise UsageError(message) from error
    missing = tuple(sorted(hashes.keys() - reader.texts.keys()))
    whole_again = not missing and not reader.unsupported and not reader.withheld
    changed = whole_again and _sha256(record) != whole.get("record_sha256")
    if changed or _sha256(whole["record"]) != whole.get("packet_sha256"):
        reader.unsupported.append("the packet is not the one that was made: something in it was changed")
    return Opened(record, reader.spans, tuple(reader.unsupported), missing, len(reader.texts), reader.withheld)


def _sha256(record: object) -> str:
    return ids.sha256_hex(msgspec.json.encode(record) + b"\n")


# -- packing


def _is_span(value: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(value, dict) and value.keys() == {"report", "start", "end", "text"}


def _spans(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if _is_span(value):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _spans(part)


class _Packer:
    """Takes words of reports out of a fact."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def without_words(self, value: Any, places: tuple[tuple[str, int, str], ...]) -> Any:  # noqa: ANN401 - JSON
        """A value without words; `places` are report, start and words of everything that its fact rests on."""
        if _is_span(value):
            return {k: value[k] for k in ("report", "start", "end")} | {"sha256": _hash(value["text"])}
        if isinstance(value, list):
            return [self.without_words(part, places) for part in value]
        if not isinstance(value, dict):
            return value
        inside = places or self._places(value)
        return {key: self._part(key, part, inside) for key, part in value.items()}

    def _places(self, fact: dict[str, Any]) -> tuple[tuple[str, int, str], ...]:
        spans = [(s["report"], s["start"], s["text"]) for s in _spans(fact)]
        reports = [report for report, _, _ in spans] or [fact.get("id"), *(fact.get("reports") or [])]
        whole = [(r, 0, self._texts[r]) for r in dict.fromkeys(reports) if isinstance(r, str) and r in self._texts]
        return (*spans, *whole)

    def _part(self, key: str, part: Any, places: tuple[tuple[str, int, str], ...]) -> Any:  # noqa: ANN401 - JSON
        if isinstance(part, str) and key in WORDS:
            return _pointer(part, places)
        if isinstance(part, str) and key in OURS:
            return {"sha256": _hash(part), "as": "withheld"} if "“" in part and len(part) > LONGEST_NAME else part
        return self.without_words(part, places)


def _pointer(text: str, places: tuple[tuple[str, int, str], ...]) -> Any:  # noqa: ANN401 - JSON
    """Where a text, or its end, stands in the evidence; the text itself where it is short; else its hash."""
    for at in (0, *(found.end() for found in _BLANK.finditer(text))):
        place = _place(text[at:], places)
        if place and at <= LONGEST_NAME:
            return place if not at else {"as": "joined", "parts": [text[:at], place]}
    return text if len(text) <= LONGEST_NAME else {"sha256": _hash(text), "as": "withheld"}


def _place(text: str, places: tuple[tuple[str, int, str], ...]) -> dict[str, Any] | None:
    """Where a text of more than a few letters stands in the evidence."""
    for report, start, words in places if len(text) >= _FEWEST else ():
        at = words.find(text)
        if at >= 0:
            place = {"report": report, "start": start + at, "end": start + at + len(text)}
            return place | {"sha256": _hash(text), "as": "text"}
    return None


def _hash(text: str) -> str:
    return ids.sha256_hex(text.encode())


# -- opening


class _Reader:
    """Puts words back, and keeps count of what cannot be."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.unsupported: list[str] = []
        self.spans = 0
        self.withheld = 0

    def value(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """A value with its words."""
        if isinstance(value, list):
            return [self.value(part) for part in value]
        if not isinstance(value, dict):
            return value
        if value.get("as") == "withheld":
            self.withheld += 1
            return None
        if value.get("as") == "joined":
            parts = [self.value(part) for part in value["parts"]]
            return None if None in parts else "".join(parts)
        if value.keys() >= {"report", "start", "end", "sha256"}:
            return self._place(value)
        return {key: self.value(part) for key, part in value.items()}

    def _place(self, value: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        report, start, end = str(value["report"]), int(value["start"]), int(value["end"])
        pointer = value.get("as") == "text"
        self.spans += not pointer
        text = self.texts.get(report)
        words = None if text is None else text[max(0, start) : max(0, end)]
        if words is not None and (_hash(words) != value["sha256"] or end > len(text or "")):
            self.unsupported.append(f"{report} does not say at {start}-{end} what the packet was made of")
            words = None
        return words if pointer else {"report": report, "start": start, "end": end, "text": words}
