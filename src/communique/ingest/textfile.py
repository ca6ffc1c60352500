"""A plain text file: the decoded file is the text, newlines and byte order mark kept."""

import re

from communique.ingest.decode import Decoded, decode, is_binary, no_text
from communique.ingest.delivered import Delivered, problem
from communique.ingest.sources import Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.settings import Limits

_MARKUP = re.compile(r"\ufeff?\s{0,64}(?:<!doctype|<html|<\?xml|<rss|<feed)\b", re.IGNORECASE)


def read(source: Source, limits: Limits) -> Delivered:
    """The text of a file. Another kind of file under a text's name is refused, never read as garbage."""
    if not source.data:
        return _refused(source, ProblemCode.EMPTY, "the file is empty")
    decoded = decode(source.data, source.declared)
    if is_binary(source.data, decoded):
        return _refused(source, ProblemCode.BINARY, no_text(source.data))
    if _MARKUP.match(decoded.text):
        return _refused(source, ProblemCode.FORMAT, "the file is HTML or XML under the name of a text")
    if decoded.replaced > limits.replaced_share * len(decoded.text):
        told = problem(source.name, ProblemCode.REPLACED, _damage(decoded, limits))
        return _delivered(source, decoded, (told,))
    known = source.declared or decoded.encoding.startswith("utf-")
    return _delivered(source, decoded, () if known else (_guessed(source, decoded),))


def _delivered(source: Source, decoded: Decoded, problems: tuple[Problem, ...]) -> Delivered:
    carried = {"encoding": decoded.encoding} if source.declared else {}
    collected = {"collected": source.collected} if source.collected else {}
    return Delivered(
        text=decoded.text,
        raw=source.data,
        hints=source.hints,
        extra=carried | collected,
        problems=problems,
        updated=source.updated,
    )


def _guessed(source: Source, decoded: Decoded) -> Problem:
    message = f"the file is not UTF-8: read as {decoded.encoding}, which is a guess"
    return problem(source.name, ProblemCode.ENCODING, message)


def _damage(decoded: Decoded, limits: Limits) -> str:
    share = f"{limits.replaced_share:.1%}"
    found = f"{decoded.replaced} of {len(decoded.text)} characters could not be read and stand as U+FFFD"
    return f"{found}, above replaced_share = {share} (encoding {decoded.encoding})"


def _refused(source: Source, code: ProblemCode, message: str) -> Delivered:
    told = problem(source.name, code, message, ids.sha256_hex(source.data))
    return Delivered(text=None, raw=source.data, hints=source.hints, problems=(told,))
