"""Addresses that are functions of content alone, never of history, arrival or clock."""

import functools
import hashlib
import re
from typing import NamedTuple

MENTION_ID = re.compile(r"(r[0-9a-f]{16})\.([a-z])([0-9]+)-([0-9]+)\Z")

#: Where the letter stands in a mention id.
_LETTER = len("r0123456789abcdef.")


class MentionKey(NamedTuple):
    """A mention id taken apart. Sorts by report, start, end, letter: the order in which ids are 'smallest'."""

    report: str
    start: int
    end: int
    letter: str


def sha256_hex(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes, 64 characters."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: str | None) -> str:
    """64 hexadecimal characters for a sequence of texts; None and "" differ, and so do ("ab", "c") and ("a", "bc")."""
    state = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        state.update(f"{'-' if part is None else len(data)}:".encode())
        state.update(data)
    return state.hexdigest()


def report_id(sha256: str, outlet: str | None, url: str | None, given: str | None) -> str:
    """The id of a report: the same words from another outlet are a second report.

    Args:
        sha256: hash of the raw bytes.
        outlet: newspaper or agency, where known.
        url: where it was published, where known.
        given: the id that its collection gives it, where it has one.
    """
    return "r" + digest(sha256, outlet, url, given)[:16]


def mention_id(report: str, letter: str, start: int, end: int) -> str:
    """The id of a mention inside a report; `letter` is its kind as in `claims.SUBJECTS`."""
    return f"{report}.{letter}{start}-{end}"


def letter_of(mention: str) -> str:
    """The letter of what is known to be a mention id."""
    return mention[_LETTER]


@functools.lru_cache(1 << 17)  # fusing asks again and again for the same ones
def mention_key(mention: str) -> MentionKey:
    """Take a mention id apart.

    Raises:
        ValueError: the text is no mention id.
    """
    found = MENTION_ID.match(mention)
    if found is None:
        message = f"not a mention id: {mention!r}"
        raise ValueError(message)
    return MentionKey(found[1], int(found[3]), int(found[4]), found[2])


def is_mention_id(text: str) -> bool:
    """Whether a text has the form of a mention id."""
    return MENTION_ID.match(text) is not None
