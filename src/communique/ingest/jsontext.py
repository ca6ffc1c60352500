"""A JSON object out of bytes, also out of damaged ones."""

import json
from typing import Any

import msgspec

from communique.ingest.decode import decode


def parsed(data: bytes) -> dict[str, Any] | None:
    """The object that some bytes are, None where they are none.

    The slower second reader takes lone surrogates and damaged encodings too.
    """
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (ValueError, RecursionError):
        pass
    try:
        line = json.loads(decode(data).text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None
