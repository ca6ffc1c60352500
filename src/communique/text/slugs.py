"""Slugs: names as plain lower-case words joined by hyphens, fit for keys and file names."""

import re

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['’‘`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """The slug of a text: ASCII letters and digits in lower case, runs of anything else one hyphen.

    Letters of other scripts are written in Latin ones; apostrophes vanish. A text without letters and digits gives "".
    """
    plain = anyascii(_APOSTROPHES.sub("", text)).casefold().replace("'", "")
    return _NOT_WORD.sub("-", plain).strip("-")
