"""Which language a text is in: a quick check for English, and for everything else a small identifier, offline."""

import functools
import importlib
import re
from typing import Any

from communique.ingest.delivered import problem
from communique.ingest.furniture_words import WORDS
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Head

ENGLISH = "en"
SAMPLE = 8_000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.1  # of common words; English news has 0.3 to 0.45, a headline 0.1, other languages up to 0.2
_SURE = 0.25  # of common words, above which nobody else is asked
_CERTAIN = 0.95  # how certain the identifier has to be where a text may be English after all
_ENOUGH = 8  # words below which the share of common ones says nothing
_LETTERS, _SIGNS = 20, 8  # below which the identifier guesses; in scripts whose signs are syllables or words
_EASTERN = "\u2e80"  # where those begin
_WORDS = 400  # shown to the identifier: more change nothing and cost time


def of(text: str) -> str | None:
    """The language of a text as a code of two letters; None where it is too short to tell."""
    sample = text[:SAMPLE].lower()
    rough = sample.split()  # with the marks beside them: fewer are known, and it takes a quarter of the time
    if len(rough) >= _ENOUGH and _share(rough) >= _SURE:
        return ENGLISH
    words = _WORD.findall(sample)
    english = _share(words)
    if len(words) < _ENOUGH and text[:SAMPLE].isascii():
        return ENGLISH
    if english >= _SURE and len(words) >= _ENOUGH:
        return ENGLISH
    told, certain = _identified(words[:_WORDS])
    return ENGLISH if english >= _SHARE and len(words) >= _ENOUGH and certain < _CERTAIN else told


def _share(words: list[str]) -> float:
    """The share of common English words among some words."""
    return sum(map(WORDS.english.__contains__, words)) / len(words) if words else 0.0


def _identified(words: list[str]) -> tuple[str | None, float]:
    """What the identifier says of some words, and how certain it is; nothing of a few letters."""
    letters = " ".join(words)
    if len(letters) < (_LETTERS if any(c < _EASTERN for c in letters) else _SIGNS):
        return None, 0.0
    told, certain = _identifier().classify(letters)
    return str(told), float(certain)


@functools.cache
def _identifier() -> Any:  # noqa: ANN401 - of a module without types
    """Half a second to load, so only where a text is not plainly in English."""
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def is_unread(language: str | None) -> bool:
    """Whether a language is known and is not read yet: reports in it are stored and found, and say no facts."""
    return language is not None and language.lower().replace("_", "-").split("-")[0] != ENGLISH


def problems(head: Head) -> tuple[Problem, ...]:
    """A Problem for a report in a language that is not read yet."""
    if head.language and not is_unread(head.language):
        return ()
    message = (
        f"language {head.language or 'unknown'}: not read yet, only English is; it is stored and found by a search"
    )
    return (problem(head.name, ProblemCode.LANGUAGE, message),)
