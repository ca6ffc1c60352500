"""Dates, names and lists in plain English, the same on every machine."""

import re
from collections.abc import Mapping, Sequence

from communique.model.dates import Date, Precision
from communique.model.record import Actor
from communique.text.calendar import MONTH_NAMES


def day(value: str) -> str:
    """A single date value in words: `2024-12-10` is 10 December 2024."""
    parts = value[:10].split("-")
    words = [str(int(parts[2]))] if len(parts) == 3 else []  # noqa: PLR2004 - year, month, day
    words += [MONTH_NAMES[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*words, parts[0]])


def when(date: Date | None) -> str:
    """A date of the record in words; an unknown one says so in brackets, as briefs do with what is not certain."""
    if date is None or date.precision is Precision.UNKNOWN:
        return "[date not stated]"
    first, slash, last = date.value.partition("/")
    return f"{_short(day(first), day(last))} to {day(last)}" if slash else day(first)


def _short(first: str, last: str) -> str:
    """A day without the month and year, or the year, that it shares with a later day: 4 to 6 May 2031."""
    one, other = first.split(), last.split()
    while len(one) == len(other) > 1 and one[-1] == other[-1]:
        del one[-1], other[-1]
    return " ".join(one)


def listed(words: Sequence[str]) -> str:
    """Words as an English list: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004 - a list of one needs no "and"
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def names(ids: Sequence[str], actors: Mapping[str, Actor]) -> str:
    """Names of actors as an English list; an id without an actor stays as it is."""
    return listed([actors[i].name if i in actors else i for i in ids])


def sentence(text: str) -> str:
    """A text on one line, blanks folded, with a capital first letter."""
    folded = " ".join(text.split())
    return folded[:1].upper() + folded[1:]


def shortened(text: str, longest: int = 300) -> str:
    """A text on one line of at most `longest` characters, cut at a blank and marked with an ellipsis."""
    folded = " ".join(text.split())
    if len(folded) <= longest:
        return folded
    head = folded[: longest - 1].rsplit(" ", 1)[0]
    return (head or folded[: longest - 1]) + "…"


#: The end of a sentence inside a text: a stop, quotation marks and brackets behind it, and a new beginning.
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[\"'“‘«(\[]{0,3}[A-Z0-9\u00c0-\u00de])")
#: What ends in a stop and ends no sentence.
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sen|Rep|Gov|St|No|Jr|Sr|vs|[A-Z]))\.\Z")


def one_sentence(text: str) -> bool:
    """Whether a text is at most one sentence, as far as its stops tell."""
    return all(
        _ABBREVIATED.search(text[max(0, found.start() - 8) : found.start() + 1]) for found in _STOP.finditer(text)
    )


def visible(text: str) -> str:
    """A text with control, bidi and zero-width characters as visible marks such as ⟨U+202E⟩; breaks as blanks."""
    return "".join(_mark(char) for char in text)


def _mark(char: str) -> str:
    if char in "\t\n\r":
        return " "
    control = char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029"
    bidi = "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" or char in "\u200e\u200f\u061c"
    hidden = char in "\u200b\u200c\u200d\ufeff" or "\u2060" <= char <= "\u2064" or "\U000e0000" <= char <= "\U000e007f"
    none = "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"  # no file format can hold these
    return f"⟨U+{ord(char):04X}⟩" if control or bidi or hidden or none else char
