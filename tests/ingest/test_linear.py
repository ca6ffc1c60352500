"""Reading takes time in proportion to the length of the input, whatever stands in it."""

import time

import pytest

from communique.ingest.read import read
from communique.ingest.sources import Source

HOSTILE = [
    "A",
    "A ",
    "A-",
    "A.",
    "A: ",
    "a:",
    '"',
    "“",
    "(",
    "[",
    "Dec 10 ",
    "10 ",
    "10:",
    "1/",
    "- ",
    "— ",
    "--A",
    "(@",
    "pic.twitter.com/a— ",
    "of ",
    "By A ",
    "Published ",
    "Updated 1:",
    "Share ",
    "Photo: ",
    "Q ",
    "\n",
    "A\n",
    "\n\n\xa0",
    "See also\n",
    "See also\n\nA b\n\nMay 1, 2001\n\n",
    "PRIME: x\n",
    "The end.\n",
    "th of ",
]
SIZE = 10_000


def seconds(part: str, size: int) -> float:
    """Shorter of two readings of a part repeated up to a size."""
    data = (part * (size // len(part) + 1))[:size].encode()
    return min(_once(data) for _ in range(2))


def _once(data: bytes) -> float:
    start = time.process_time()
    read(Source("a", data))
    return time.process_time() - start


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_the_length(part: str) -> None:
    """Four times the text takes about four times as long; readings too short to measure pass."""
    # A busy machine may spoil one measurement, a slow reader spoils all.
    pairs = ((seconds(part, SIZE), seconds(part, 4 * SIZE)) for _ in range(4))
    assert any(long < 0.03 or long <= 2.6**2 * short for short, long in pairs)
