"""Ordinal numbers: `21st`, `twenty-first`, `sixth` in running text, and how a number is written as one."""

import itertools
import re
from typing import NamedTuple

_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = {
    "twent": 20,
    "thirt": 30,
    "fort": 40,
    "fift": 50,
    "sixt": 60,
    "sevent": 70,
    "eight": 80,
    "ninet": 90,
}
_WORDS = {word: value for value, word in enumerate(_UNITS, 1)}
_WORDS |= {stem + "ieth": value for stem, value in _TENS.items()} | {"hundredth": 100}
_WORDS |= {f"{stem}y{unit}": tens + value for stem, tens in _TENS.items() for value, unit in enumerate(_UNITS[:9], 1)}
_PATTERN = re.compile(
    r"\b(?:(?P<digits>\d{1,4})[ ]?(?P<suffix>st|nd|rd|th)"
    r"|(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\u2010\u2011 ]"
    r"(?P<unit>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?P<word>[a-z]{5,14}))\b",
    re.IGNORECASE,
)


class Ordinal(NamedTuple):
    """An ordinal number: where it stands, in code points, end exclusive, and its value."""

    start: int
    end: int
    value: int


def ordinals(text: str) -> list[Ordinal]:
    """The ordinal numbers of a text, in its order.

    Wrong endings (`21th`) are taken as meant; Roman numbers are not read, but see `roman`.
    """
    found = []
    for match in _PATTERN.finditer(text):
        value = _value(match)
        if value:
            found.append(Ordinal(match.start(), match.end(), value))
    return found


_ROMAN = re.compile(
    r"(?:\A|\b(?:[Tt]he|[Ii]ts|[Tt]heir)\s+)"
    r"(?P<value>(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\s+(?:[A-Za-z-]+\s+){0,2}\Z"
)
_ROMAN_UNITS = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman(text: str) -> Ordinal | None:
    """The Roman number that counts the noun behind a text, as in "the XXI regular" before "session"; else None."""
    match = _ROMAN.search(text)
    if match is None:
        return None
    units = [_ROMAN_UNITS[letter] for letter in match["value"]]
    value = sum(-a if a < b else a for a, b in itertools.pairwise([*units, 0]))
    return Ordinal(match.start("value"), match.end("value"), value)


def ordinal(number: int) -> str:
    """A number as an English ordinal: 21st."""
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _value(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    if match["tens"]:
        return _WORDS[(match["tens"] + match["unit"]).casefold()]
    return _WORDS.get(match["word"].casefold(), 0)
