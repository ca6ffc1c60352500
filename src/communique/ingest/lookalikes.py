"""Characters that make a text look like another: they stay in it, and a report that holds them is flagged."""

import re

from communique.ingest.delivered import problem
from communique.model.problems import Problem, ProblemCode
from communique.text import scripts

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOST = 5  # words that are named


def problems(name: str, text: str) -> tuple[Problem, ...]:
    """A Problem for each kind of look-alike in a text, with the places of the first."""
    if text.isascii():
        return ()
    told = [*_bidi(name, text), *_mixed(name, text)]
    return tuple(told)


def _bidi(name: str, text: str) -> list[Problem]:
    found = [m.start() for m in _BIDI.finditer(text)]
    if not found:
        return []
    places = ", ".join(map(str, found[:_MOST]))
    message = (
        f"{len(found)} characters that turn the direction of writing, at {places}: shown as marks, kept in the text"
    )
    return [problem(name, ProblemCode.LOOK_ALIKE, message)]


def _mixed(name: str, text: str) -> list[Problem]:
    found = list(scripts.mixed(text))
    if not found:
        return []
    places = ", ".join(f"{text[a:b]!a} at {a}" for a, b in found[:_MOST])
    message = f"{len(found)} words of mixed scripts or with hidden characters: {places[:300]}"
    return [problem(name, ProblemCode.LOOK_ALIKE, message)]
