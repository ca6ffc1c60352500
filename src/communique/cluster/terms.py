"""The terms by which reports are compared: words, pairs of words, names, numbers, days, each with a weight."""

import enum
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.cluster.words import word_list, word_set
from communique.text.shingles import word_hash
from communique.text.tokens import Token

STOP_WORDS = word_set("stop")
"""Words that say nothing about which happening a report tells."""
_MONTHS = word_list("months")
_MONTH = {m: n for n, m in enumerate(_MONTHS, 1)} | {m[:3]: n for n, m in enumerate(_MONTHS, 1)} | {"sept": 9}
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")


class Kind(enum.IntEnum):
    """What a term is; it sets how rare the term is taken to be before the collection has said so."""

    WORD = 0
    NAME = 1
    NUMBER = 2
    PAIR = 3
    DAY = 4
    FIGURES = 5


class Terms(NamedTuple):
    """Terms of one report: hashes ascending, their counts and kinds beside them, and the days named."""

    hashes: list[int]
    counts: list[int]
    kinds: list[int]
    days: list[str]


def weighted(title: Sequence[Token], words: Sequence[Token], names: frozenset[str]) -> Terms:
    """The terms of a report.

    The title counts three times and the lead (the first 60 words) twice: a report's happening stands at its head.

    Args:
        title: words of its headline.
        words: words of its text that are no furniture.
        names: normal forms that are names in it.
    """
    counts: dict[str, int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    for source, lead, rest in ((words, 2, 1), (title, 3, 3)):
        for kind, term, place in _terms(source, names):
            counts[term] += lead if place < LEAD else rest
            kinds[term] = max(kinds[term], kind)
    days = sorted({day for _, day in dated(words)})
    for day in days:
        counts[f"on {day}"] += 1
        kinds[f"on {day}"] = Kind.DAY
    rows = sorted((word_hash(term), count, kinds[term]) for term, count in counts.items())
    return Terms([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], days)


LEAD = 60
NEAR = 4
"""Words within which two numbers are one figure: "20 of the 22", "611 million after 540"."""


def _terms(words: Sequence[Token], names: frozenset[str]) -> Iterator[tuple[int, str, int]]:
    last, number, number_at = "", "", 0
    for place, word in enumerate(words):
        if word.norm in STOP_WORDS or (len(word.norm) == 1 and not word.norm.isdigit()):
            last = ""
            continue
        term = _stem(word.norm)
        yield Kind.NUMBER if term[0].isdigit() else Kind.NAME if word.norm in names else Kind.WORD, term, place
        if last:
            yield Kind.PAIR, f"{last} {term}", place
        if number and term.isdigit() and place - number_at <= NEAR:
            yield Kind.FIGURES, f"{number} / {term}", place
        if term.isdigit():
            number, number_at = term, place
        last = term


def _stem(norm: str) -> str:
    """Strip possessive and plural endings; crude on purpose, the same for every report."""
    norm = norm.removesuffix("'s").removesuffix("'")
    if len(norm) > 4 and norm.endswith("ies"):  # noqa: PLR2004 - not "ties"
        return norm[:-3] + "y"
    if len(norm) > 3 and norm.endswith("s") and not norm.endswith(("ss", "us", "is")):  # noqa: PLR2004 - not "gas"
        return norm[:-1]
    return norm


def dated(words: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Days and months named, with the index of the month's word: `2024-12-10`, `--12-10` (no year), `2024-12`."""
    for index, word in enumerate(words):
        month = _MONTH.get(word.norm)
        if month is None:
            continue
        around = [w.norm for w in words[index + 1 : index + 3]]
        before = _DAY.match(words[index - 1].norm) if index else None
        after = _DAY.match(around[0]) if around else None
        year = next((w for w in around[: 2 if after and not before else 1] if _YEAR.match(w)), None)
        day = before or after
        if day and 1 <= int(day[1]) <= 31:  # noqa: PLR2004 - days of a month
            yield index, f"{year or '-'}-{month:02}-{int(day[1]):02}"
        elif year:
            yield index, f"{year}-{month:02}"
