"""Stable hashes of words and of runs of words. Never Python's `hash`, which differs from run to run."""

import functools
import hashlib
from collections.abc import Sequence

_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
"""Odd 64-bit multiplier (the golden ratio's) of the rolling hash."""


@functools.lru_cache(maxsize=1 << 17)
def word_hash(norm: str) -> int:
    """The 64-bit hash of a word's normal form, the same on every machine and in every run."""
    data = norm.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def shingles(hashes: Sequence[int], size: int) -> list[int]:
    """The 64-bit hash of every run of `size` words, by the run's first word; linear (Karp and Rabin, 1987).

    Args:
        hashes: word hashes in order, `n` of them.
        size: words in a run, at least 1.

    Returns:
        `n - size + 1` hashes; none where the text is shorter than a run.

    Raises:
        ValueError: the size is less than 1.
    """
    if size < 1:
        message = f"a shingle of {size} words"
        raise ValueError(message)
    top = pow(_BASE, size, 1 << 64)
    rolling, out = 0, []
    for index, value in enumerate(hashes):
        rolling = (rolling * _BASE + value) & _MASK
        if index >= size:
            rolling = (rolling - hashes[index - size] * top) & _MASK
        if index >= size - 1:
            out.append(rolling)
    return out
