"""The words of time: a text as a row of one-letter classes, so that the grammar can be regular expressions over them.

"Tuesday, 10 December 2024" becomes `W,DMY`. Every class is one character; `CLASSES` names them. The row is as long as
the text has tokens, and place `i` of the row is token `i`.
"""

import functools
import importlib.resources
import re
import tomllib
from typing import NamedTuple

#: Section of data/times.toml -> class.
CLASSES = {
    "months": "M",
    "months_unsure": "m",
    "months_short": "b",
    "weekdays": "W",
    "weekdays_short": "w",
    "unit": "u",
    "units": "U",
    "century": "c",
    "quarter": "g",
    "half": "h",
    "seasons": "S",
    "parts": "P",
    "numbers": "n",
    "vague": "v",
    "ordinals": "o",
    "before": "L",
    "after": "X",
    "this": "T",
    "same": "=",
    "deictic": "A",
    "present": "R",
    "ago": "G",
    "shift": "E",
    "edge": "e",
    "edge_of": "d",
    "set": "p",
    "every": "y",
    "fiscal": "F",
    "era": "K",
    "zones": "Z",
    "noon": "z",
    "of": "f",
    "the": "t",
    "a": "a",
    "from": "j",
    "join": "k",
    "place": "i",
    "rough": "r",
    "numbered": "0",
    "feasts": "Q",
}
#: Classes whose words are read only with a capital: "march" and "sat" are verbs.
_CAPITAL = "MmbWwK"
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_LAST_DAY = 31

_TOKEN = re.compile(
    r"\d\d:?\d\d\s?(?:hours|hrs|h)\b"
    r"|\d\d?\.\d\d\s?(?:[ap]m\b|[ap]\.m\.?)"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z?"
    r"|"
    r"\d+(?:[.,:/\u2010-\u2013-]\d+)*(?:[^\W\d_]+)?"  # a run of digits with what hangs on it
    r"|[ap]\.\s?m\b\.?"
    r"|B\.\s?C\.?(?:E\.?)?"
    r"|(?:FY|[QH])\d+(?:[\u2010-\u2013/-]\d+)?"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\."
    r"|(?:Christmas(?: Eve| Day)?|Boxing Day|New Year['\u2019]s (?:Eve|Day))\b"
    r"|[Tt]wenty-(?:one|two|three|four|five|six|seven|eight|nine|first)\b"
    r"|o['\u2019]clock\b"
    r"|[^\W\d_]+"
    r"|\n|[^\s\w]|_"
)
_MARKS = {
    ",": ",",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    "-": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "\u2014",
    "'": "q",
    "\u2019": "q",
    ".": ".",
    "!": ".",
    "?": ".",
    "\n": ".",
    ":": ":",
    ";": ";",
    "$": "$",
    "\u20ac": "$",
    "\u00a3": "$",
    "\u20b9": "$",
    "#": "$",
    "%": "%",
}
_DOTTED = re.compile(r"(\d\d?)\.(\d\d)\s?([ap])\.?m\.?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z?)")
_ISO = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)")
_DMY = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})")
_CLOCK = re.compile(r"(\d\d?)[:.](\d\d)(?::(\d\d))?")
_PAIR = re.compile(r"(\d{4}|\d\d?)[\u2010-\u2013-](\d{4}|\d\d?)|(\d{4})/(\d\d)|(\d{3})[\u2010-\u2013-](\d{3})")
_MONTH_ISO = re.compile(r"(\d{4})-(\d\d)")
_FISCAL = re.compile(r"FY(\d\d|\d{4})(?:[\u2010-\u2013/-](\d\d|\d{4}))?")
_PART = re.compile(r"([QH])([1-4])")
_LONGEST_NUMBER = 24


class Word(NamedTuple):
    """One token: offsets in the text, class, and what it stands for."""

    start: int
    end: int
    kind: str
    number: int = 0
    code: str = ""


class Row(NamedTuple):
    """A text's tokens; `kinds` has one character for each."""

    words: list[Word]
    kinds: str


@functools.cache
def lexicon() -> dict[str, tuple[str, int, str]]:
    """Every spelling of every word of time: class, number, code."""
    text = importlib.resources.files("communique.data").joinpath("times.toml").read_text("utf-8")
    table: dict[str, tuple[str, int, str]] = {}
    for section, words in tomllib.loads(text).items():
        kind = CLASSES[section]
        for word, value in words.items():
            entry = (kind, value, "") if isinstance(value, int) else (kind, 0, str(value))
            for spelling in _spellings(word, kind):
                table.setdefault(spelling, entry)
    return table


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """One list of data/times_words.toml."""
    text = importlib.resources.files("communique.data").joinpath("times_words.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[name])


def _spellings(word: str, kind: str) -> tuple[str, ...]:
    if kind == "Z":
        return (word.upper(),)
    if kind == "Q":
        return word, word.replace("'", "\u2019")
    capital = (word.capitalize(), word.upper())
    return capital if kind in _CAPITAL else (word, *capital)


def row(text: str) -> Row:
    """A text as tokens and their classes."""
    table = lexicon()
    words: list[Word] = []
    for found in _TOKEN.finditer(text):
        token, start = found[0], found.start()
        entry = table.get(token)
        if entry is not None:
            words.append(Word(start, found.end(), *entry))
        elif token[0].isdigit():
            dotted = _DOTTED.fullmatch(token)
            words += [_dotted(dotted, start)] if dotted else _numbers(token, start)
        elif token[0].isalpha():
            words.append(_other(token, start, table))
        else:
            words.append(Word(start, found.end(), _MARKS.get(token, "~")))
    return Row(words, "".join(w.kind for w in words))


def _other(token: str, start: int, table: dict[str, tuple[str, int, str]]) -> Word:
    """A word with a full stop inside or behind it, a fiscal year, or none of ours."""
    end = start + len(token)
    if "." in token:
        entry = table.get(token.rstrip(".")) or table.get(token.replace(".", "").replace(" ", ""))
        return Word(start, end, *entry) if entry else Word(start, end, "x")
    if found := _FISCAL.fullmatch(token):
        return Word(start, end, "V", _full_year(found[1]), found[2] or "")
    if found := _PART.fullmatch(token):
        return Word(start, end, "B", int(found[2]), found[1])
    if token[0] == "o" and token.endswith("clock"):
        return Word(start, end, "l")
    return Word(start, end, "C" if token[0].isupper() else "x", 0, token)


def _full_year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004 - two digits


def _numbers(token: str, start: int) -> list[Word]:
    """A run of digits, taken apart where it is a range."""
    end = start + len(token)
    if len(token) > _LONGEST_NUMBER or not _plain(token):
        return [Word(start, end, "#")]
    if found := _MOMENT.fullmatch(token):
        return _moment(found, start)
    digits = token.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = token[len(digits) :].lower()
    if letters:
        return [_suffixed(digits, letters, start, end)]
    if whole := _dated(token, start, end):
        return [whole]
    if pair := _PAIR.fullmatch(token):
        one, two = (part for part in pair.groups() if part)
        cut = start + len(one)
        return [_number(one, start), Word(cut, cut + 1, "-"), _number(two, cut + 1)]
    return [_number(token, start)]


def _dotted(found: re.Match[str], start: int) -> Word:
    """A time with a full stop: `11.30 a.m.`."""
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0)
    return _clock(hour, int(found[2]), start, start + len(found[0]), "!")


def _moment(found: re.Match[str], start: int) -> list[Word]:
    """`2031-05-14T09:30:00Z` as a date, a time and a zone."""
    cut, end = start + len(found[1]), start + len(found[0])
    until = end - len(found[5])
    day = Word(start, cut, "I", 0, found[1])
    clock = _clock(int(found[2]), int(found[3]), cut + 1, until, found[4] or "")
    return [day, clock, *([Word(until, end, "Z")] if found[5] else [])]


def _plain(token: str) -> bool:
    """Whether a token is ASCII but for its dashes."""
    return all(c.isascii() or "\u2010" <= c <= "\u2013" for c in token)


def _dated(token: str, start: int, end: int) -> Word | None:
    if found := _ISO.fullmatch(token):
        return Word(start, end, "I", 0, f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}")
    if found := _DMY.fullmatch(token):
        return Word(start, end, "J", 0, f"{found[4]}-{int(found[1]):02}-{int(found[3]):02}")
    if ":" in token and (found := _CLOCK.fullmatch(token)):
        return _clock(int(found[1]), int(found[2]), start, end, found[3] or "")
    if (found := _MONTH_ISO.fullmatch(token)) and _is_month(found[1], found[2]):
        return Word(start, end, "I", 0, token)
    return None


def _is_month(year: str, number: str) -> bool:
    """Whether `2024-07` is a month: `2003-04` is taken for a range, as news writes it."""
    return 1 <= int(number) <= 12 and int(number) <= int(year[2:])  # noqa: PLR2004 - months of a year


def _clock(hour: int, minute: int, start: int, end: int, seconds: str = "") -> Word:
    if hour > 24 or minute > 59:  # noqa: PLR2004 - the dial
        return Word(start, end, "#")
    return Word(start, end, "H", hour * 60 + minute, seconds)


def _suffixed(digits: str, letters: str, start: int, end: int) -> Word:
    if letters in ("st", "nd", "rd", "th") and digits.isdigit():
        return Word(start, end, "O", int(digits))
    if letters == "s" and digits.isdigit() and digits.endswith("0") and len(digits) in (2, 4):
        return Word(start, end, "8", int(digits))
    plain = digits.strip().replace(":", "")
    if letters in ("hours", "hrs", "h") and len(plain) == 4 and plain.isdecimal():  # noqa: PLR2004 - 1500 hours
        return _clock(int(plain[:2]), int(plain[2:]), start, end, "!")
    if letters in ("am", "pm") and (
        found := _CLOCK.fullmatch(digits if ":" in digits or "." in digits else digits + ":00")
    ):
        return _clock(int(found[1]) % 12 + (12 if letters == "pm" else 0), int(found[2]), start, end, "!")
    return Word(start, end, "#")


def _number(digits: str, start: int) -> Word:
    end = start + len(digits)
    plain = digits.replace(",", "")
    if not plain.isdigit():
        return Word(start, end, "#", 0, digits)
    value = int(plain)
    if len(digits) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:  # noqa: PLR2004 - digits of a year
        return Word(start, end, "Y", value)
    if len(digits) <= 2 and 1 <= value <= _LAST_DAY:  # noqa: PLR2004 - digits of a day
        return Word(start, end, "D", value, digits)
    return Word(start, end, "N", value, digits)
