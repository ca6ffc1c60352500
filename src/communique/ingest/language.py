"""A tiny check of the language: English, or not known."""

import re

from communique.ingest.delivered import problem
from communique.ingest.furniture_words import WORDS
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Head

ENGLISH = "en"
_SAMPLE = 20_000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.1  # of common words; English news has 0.3 to 0.45, a headline 0.1, German or French about 0.05
_ENOUGH = 8  # words below which nothing is said


def of(text: str) -> str | None:
    """`en` for a text in English, else None."""
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _ENOUGH:
        return ENGLISH if text[:_SAMPLE].isascii() else None
    return ENGLISH if sum(w in WORDS.english for w in words) >= _SHARE * len(words) else None


def problems(head: Head) -> tuple[Problem, ...]:
    """A Problem for a report in a language that is not read yet."""
    if head.language and head.language.lower().replace("_", "-").split("-")[0] == ENGLISH:
        return ()
    message = f"language {head.language or 'unknown'}: not read yet, only English is"
    return (problem(head.name, ProblemCode.LANGUAGE, message),)
