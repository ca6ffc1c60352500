"""One JSON line: `id`, `url`, `source` (the outlet), `published`, `title`, `text`, `lang`; other keys are kept."""

import json
from typing import Any

import msgspec

from communique.ingest.decode import REPLACEMENT, decode, storable
from communique.ingest.delivered import Delivered, problem
from communique.ingest.sources import Hints, Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits

#: Key of the line -> hint that it gives.
_KEYS = {
    "id": "given_id",
    "url": "url",
    "source": "outlet",
    "published": "published",
    "title": "title",
    "lang": "language",
}


def read(source: Source, limits: Limits) -> Delivered:
    """The text of a JSON line. Its raw bytes, and so its hash, are those of its text in UTF-8."""
    line = _object(source.data)
    if line is None:
        return _refused(source, "the line is no JSON object")
    text = line.pop("text", None)
    if not isinstance(text, str):
        return _refused(source, "the line has no text")
    text = storable(text)
    hints = {hint: storable(str(line.pop(key))) for key, hint in _KEYS.items() if _is_plain(line.get(key))}
    return Delivered(
        text=text,
        raw=text.encode(),
        hints=Hints(**hints).over(source.hints),
        extra={storable(key): _as_text(value) for key, value in sorted(line.items()) if value is not None},
        problems=_damage(source.name, text, limits),
    )


def _damage(name: str, text: str, limits: Limits) -> tuple[Problem, ...]:
    replaced = text.count(REPLACEMENT)
    if replaced <= limits.replaced_share * len(text):
        return ()
    cap = f"replaced_share = {limits.replaced_share:.1%}"
    message = f"{replaced} of {len(text)} characters stand as U+FFFD, above {cap}"
    return (problem(name, ProblemCode.REPLACED, message),)


def _object(data: bytes) -> dict[str, Any] | None:
    """The JSON object of a line; the slower second reader takes lone surrogates and damaged encodings too."""
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (ValueError, RecursionError):
        pass
    try:
        line = json.loads(decode(data).text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None


def _is_plain(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (isinstance(value, int | float) and value is not True)


def _as_text(value: object) -> str:
    return storable(value if isinstance(value, str) else msgspec.json.encode(value).decode())


def _refused(source: Source, message: str) -> Delivered:
    told = problem(source.name, ProblemCode.FORMAT, message, ids.sha256_hex(source.data))
    return Delivered(text=None, raw=source.data, hints=source.hints, problems=(told,))
