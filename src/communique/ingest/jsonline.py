"""One JSON line: `id`, `url`, `source` (the outlet), `published`, `title`, `text`, `lang`; other keys are kept."""

import json
from collections.abc import Mapping
from typing import Any

from communique.ingest import jsontext, ninjs
from communique.ingest.decode import REPLACEMENT, storable
from communique.ingest.delivered import Delivered, problem, refused
from communique.ingest.sources import Hints, Source
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
    line = jsontext.parsed(source.data)
    if line is None:
        return refused(source, ProblemCode.FORMAT, "the line is no JSON object")
    line = renamed(line, source.mapping)
    if ninjs.is_one(line):
        return ninjs.made(source, line, limits)
    return made(source, line, limits)


def renamed(line: Mapping[str, Any], mapping: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """A line whose keys are called as `mapping` says; what it names outranks a key that is called so already."""
    meant = {old: new for old, new in mapping if old in line}
    kept = {key: value for key, value in line.items() if key not in meant and key not in meant.values()}
    return kept | {new: line[old] for old, new in meant.items()}


def made(source: Source, line: dict[str, Any], limits: Limits) -> Delivered:
    """The text of a line that was taken apart."""
    text = line.pop("text", None)
    if not isinstance(text, str):
        return refused(source, ProblemCode.FORMAT, "the line has no text")
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


def _is_plain(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (isinstance(value, int | float) and value is not True)


def _as_text(value: object) -> str:
    # Not by msgspec: a text inside may hold a lone surrogate, which no bytes can.
    return storable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":")))
