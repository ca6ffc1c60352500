"""Numbered sessions as a text names them: "the 21st session of the … Commission", and which of them it leads with.

This reader needs words only, no parse. It is evidence for grouping reports, never a fact of the record.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from communique.cluster.terms import dated
from communique.cluster.timeline import Frame
from communique.cluster.words import word_list, word_set
from communique.text.tokens import Token

_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\Z")
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}
_WORDS = {word: n for n, word in enumerate(word_list("ordinals"), 1)} | {s + "ieth": n for s, n in _TENS.items()}
_MEETINGS, _BODIES, _PLAIN, _ENDS = (word_set(name) for name in ("meetings", "bodies", "plain", "ends"))
_BEFORE_PAST, _BEFORE_NEXT, _AFTER_NEXT = (word_set(name) for name in ("before_past", "before_next", "after_next"))
_BREAK = re.compile(r"[.!?;](?:[\s\"\u201d\u2019)]|$)|\n")
_REACH = 9
_YEAR = re.compile(r"20\d\d\Z")
_HELD = word_set("held")
NEAR = 7
"""Words before a month or year within which a word for holding a session stands."""
EDGE = 5
"""Days from either end of a month within which a session may be said to be of the next one."""
AWAY = 45
"""Days between the time stated for a session and that of a report from which on the session is background."""
SMALL = 3
"""Up to here an ordinal counts things of all kinds, and must stand right before the word for a meeting."""


class SessionKey(msgspec.Struct, frozen=True, order=True):
    """A numbered session that a report names.

    Attributes:
        number: its ordinal.
        shift: how far the session that the report is about lies from it: 0 this one, 1 it was the one before,
            -1 it comes next.
        body: telling words of the body's name, sorted; empty where the report says no more than "the session".
        place: index of the ordinal among the report's words; -1 in the title.
        when: when its sentence says that it was held: `2023-06-04`, `2023-06`, `2023`; empty where it does not.
    """

    number: int
    shift: int
    body: tuple[str, ...] = ()
    place: int = 0
    when: str = ""


def numbered(text: str, words: Sequence[Token]) -> Iterator[SessionKey]:
    """The numbered sessions named in a text, in its order.

    Args:
        text: the report's text.
        words: its tokens.
    """
    for index, word in enumerate(words):
        if (number := _ordinal(words, index)) is not None and (word.end < len(text)):
            clause = _clause(text, words, index)
            found = _body(clause)
            if found is not None and (number > SMALL or clause[0].norm in _MEETINGS):
                yield SessionKey(number, _shift(text, words, index, clause), found, index, _when(clause))


def _ordinal(words: Sequence[Token], index: int) -> int | None:
    norm = words[index].norm
    if digits := _DIGITS.match(norm):
        return int(digits[1])
    number = _WORDS.get(norm)
    if number is not None and number < 10 and index:  # noqa: PLR2004 - "twenty-first"
        stem = words[index - 1].norm.removesuffix("y")
        return _TENS.get(stem, 0) + number if words[index - 1].norm.endswith("y") else number
    return number


def _clause(text: str, words: Sequence[Token], index: int) -> list[Token]:
    """The words after an ordinal, to the end of its sentence, at most 30."""
    out: list[Token] = []
    for word in words[index + 1 : index + 31]:
        if _BREAK.search(text, words[index].end if not out else out[-1].end, word.start):
            break
        out.append(word)
    return out


def _body(clause: Sequence[Token]) -> tuple[str, ...] | None:
    """The telling words of the body whose session it is; None where no session is named."""
    norms = [word.norm for word in clause]
    kind = next((n for n, norm in enumerate(norms[:_REACH]) if norm in _MEETINGS or norm in _BODIES), None)
    if kind is None or any(norm in _ENDS for norm in norms[:kind]):
        return None
    stop = next((n for n in range(kind + 1, len(norms)) if norms[n] in _ENDS), min(len(norms), kind + 14))
    return tuple(sorted({norm for norm in norms[:stop] if norm not in _PLAIN}))


def _when(clause: Sequence[Token]) -> str:
    """The month or year in which a clause says that something was held, a few words before it."""
    months = list(dated(clause))
    years = [(n, word.norm) for n, word in enumerate(clause) if _YEAR.match(word.norm)]
    for place, value in sorted((row for row in (*months, *years) if row[1][0] != "-"), key=lambda row: row[0]):
        if _HELD & {word.norm for word in clause[max(0, place - NEAR) : place]}:
            return value
    return ""


def current(keys: Sequence[SessionKey], frame: Frame) -> list[SessionKey]:
    """The sessions without those that are background: named outright, with a time that is not that of the report.

    "The 6th session was held in June 2023" in a report of May 2024 says neither that the report is about the 6th
    session nor that it is about the 7th.

    Args:
        keys: sessions that a report names.
        frame: when what it leads with can have happened.
    """
    return [key for key in keys if key.shift or not _elsewhen(key.when, frame)]


def _elsewhen(when: str, frame: Frame) -> bool:
    """Whether a stated time lies well away from a frame; not where either is unknown."""
    if not (when and frame.firm):
        return False
    parts = [int(part) for part in when.split("-")]
    if frame.month:
        gap = abs(parts[1] - frame.month) if len(parts) > 1 else 0
        return min(gap, 12 - gap) > (0 if EDGE < frame.day <= 31 - EDGE else 1)
    year, month, day = (*parts, 1, 1)[:3]
    first = dt.date(year, month, min(day, 28)).toordinal()
    last = first + {1: 365, 2: 31}.get(len(parts), 0)
    return first - frame.last > AWAY or frame.first - last > AWAY


def _shift(text: str, words: Sequence[Token], index: int, clause: Sequence[Token]) -> int:
    before: list[str] = []
    for back in range(index - 1, max(-1, index - 8), -1):
        if _BREAK.search(text, words[back].end, words[back + 1].start):
            break
        before.append(words[back].norm)
    after = [word.norm for word in clause]
    if _BEFORE_PAST & set(before) or "had" in after[:20]:
        return 1
    if _BEFORE_NEXT & set(before) or _AFTER_NEXT & set(after[:_REACH]) or before[:2] == ["its", "for"]:
        return -1
    return 0


def leading(keys: Sequence[SessionKey]) -> SessionKey | None:
    """The session that a report leads with: the number most votes go to, then the one named first.

    A session named as the one before or after votes for its neighbour, with less weight than one named outright.
    """
    votes: dict[int, float] = defaultdict(float)
    first: dict[int, SessionKey] = {}
    for key in keys:
        number = key.number + key.shift
        votes[number] += (3.0 if key.place < 0 else 1.0) if key.shift == 0 else 0.6
        best = first.get(number)
        if best is None or (abs(key.shift), not key.body, key.place) < (abs(best.shift), not best.body, best.place):
            first[number] = key
    if not votes:
        return None
    number = min(votes, key=lambda n: (-votes[n], first[n].place, n))
    return SessionKey(number, 0, first[number].body, first[number].place)
