"""Lines that are furniture by their own words, wherever they stand: each rule sees one line."""

import re

from communique.ingest import dates
from communique.ingest.furniture_words import WORDS, longest_first
from communique.model.reports import FurnitureKind as Kind

_LONGEST = 600  # characters; no line of furniture is longer, and no rule looks at more
_PHRASE = 6  # most words of a button
_SPLIT = re.compile(r"[\s|•·,/»›>]+")
_EDGE = " \t\xa0.:;,!|-–—*()[]»›>#"
_PATTERNS = re.compile("|".join(f"(?:{p})" for p in WORDS.interface_patterns))


def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first(words)))})(?!\w)")


_PUBLISHED = _starts(WORDS.published)
_UPDATED = _starts(WORDS.updated)
_BYLINE = _starts(WORDS.bylines)
_ISSUER = _starts(WORDS.issuers)
_TAGS = _starts(WORDS.tags)
_CREDIT_HEAD = re.compile(rf"\(?(?:{'|'.join(map(re.escape, longest_first(WORDS.credits)))})\s?[:|/]")
_CREDIT_TAIL = re.compile(
    rf"[|/(\[.–—-]\s{{0,2}}(?:{'|'.join(map(re.escape, longest_first(WORDS.credits)))})"
    r"(?:\s?[:/|]|\s?\)|\s(?:by|via|courtesy|credit)\b)[^.]{0,80}\)?\.?$"
)
_BY_NAME = re.compile(r"By:?\s{1,3}(?:[A-Z][\w.'’-]{0,30}|and|&|de|van|von|bin|al|in)(?:[ ,|]{1,3}|$)")
_NAME_WORD = re.compile(r"[A-Z(@][\w.'’()@-]{0,30}|and|&|\||de|van|von|bin|al|in|of|the")
_AGENCY_LINE = re.compile(r"[(\[]?(?P<agency>[\w .-]{2,20}?)[)\]]?(?:\s[A-Z]{2,4}){0,4}")
_PROMOTIONS = tuple(WORDS.promotions)
#: First word of a pair -> the pairs that begin with it.
_PAIRS = {
    first: [p for p in WORDS.promotion_pairs if p[0].partition(" ")[0] == first]
    for first in {a.partition(" ")[0] for a, _ in WORDS.promotion_pairs}
}
_FEW = 12  # words of a byline
_WORD = re.compile(r"[a-z]+")
_TIME_WORDS = frozenset({"at", "on", "am", "pm", "a", "p", "m", "hrs", "hours", "time", "local", "z", "t"})
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_DAY_RANGE = re.compile(r"\d{1,2}\s?[−–-]\s?(?=\d{1,2}(?:,|\s[A-Za-z]))")
_RELEASE = re.compile(
    r"for immediate release|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?|\b(?:at|on|from|to|hrs?|[ap]\.?m\.?|[A-Z]{2,4})\b")
_LEFT = re.compile(r"[\s,.()|–—−/:-]|\d{1,2}(?:st|nd|rd|th)?")


def kind(line: str) -> Kind | None:
    """The kind of furniture that a line (blanks at its ends taken off) is by its words; None for anything else."""
    if len(line) > _LONGEST:
        return None
    low = line.lower().replace("’", "'")
    return (
        _stamped(low)
        or _interface(low)
        or _byline(line, low)
        or _caption(low)
        or _notice(low)
        or (Kind.TAG if (m := _TAGS.match(low)) and low[m.end() :].lstrip().startswith((":", "|")) else None)
    )


def is_date(line: str) -> bool:
    """Whether a line is a date (or a run of days), perhaps with a weekday, a time or a release note, and no more."""
    if len(line) > 90:  # noqa: PLR2004 - characters; the longest such line has 60
        return False
    line = _DAY_RANGE.sub("", line)
    found = list(dates.find(line))
    for f in reversed(found):
        line = line[: f.start] + line[f.end :]
    left = _LEFT.sub("", _CLOCK.sub("", _RELEASE.sub("", line)))
    return any(f.days for f in found) and not left


def is_issuer(line: str) -> bool:
    """Whether a short line names the office that issued the text."""
    return len(line) <= 90 and _ISSUER.match(line.lower().removeprefix("the ")) is not None  # noqa: PLR2004 - characters


def _stamped(low: str) -> Kind | None:
    for pattern, kind in ((_UPDATED, Kind.UPDATED), (_PUBLISHED, Kind.PUBLISHED)):
        match = pattern.match(low)
        if match and _is_dated(low[match.end() :]):
            return kind
    return None


def _is_dated(rest: str) -> bool:
    """Whether what follows `Published` is a date or a time, with nothing between but a time, a zone or a weekday."""
    if len(rest) > 120 or rest.endswith("."):  # noqa: PLR2004 - characters; two dates with times and zones have 90
        return False
    found = next(dates.find(rest), None)
    before = _WORD.findall(rest[: found.start] if found else rest)
    return (found is not None or dates.is_time(rest.lstrip(" :"))) and all(map(_is_time_word, before))


def _is_time_word(word: str) -> bool:
    return word in _TIME_WORDS or word in WORDS.zones or word[:3] in _WEEKDAYS


def _interface(low: str) -> Kind | None:
    if len(low) > 100:  # noqa: PLR2004 - characters; no row of buttons is longer
        return None
    bare = low.strip(_EDGE)
    if low.startswith(("http://", "https://", "www.")) and " " not in low:
        return Kind.INTERFACE
    if not bare or bare in WORDS.interface or _PATTERNS.fullmatch(low):
        return Kind.INTERFACE
    words = [w for w in _SPLIT.split(bare) if w]
    return Kind.INTERFACE if len(words) > 1 and _all_buttons(words) else None


def _all_buttons(words: list[str]) -> bool:
    at = 0
    while at < len(words):
        taken = next((n for n in range(_PHRASE, 0, -1) if " ".join(words[at : at + n]) in WORDS.interface), 0)
        if not taken:
            return False
        at += min(taken, len(words) - at)
    return True


def _byline(line: str, low: str) -> Kind | None:
    words = line.split(maxsplit=_FEW)
    if len(words) <= _FEW:
        if _is_credited(low) and not (len(words) > 2 and line.endswith(".") and ":" not in line):  # noqa: PLR2004
            return Kind.BYLINE
        if _BY_NAME.match(line) and not line.endswith(".") and all(map(_NAME_WORD.fullmatch, _bare(words))):
            return Kind.BYLINE
        if low.strip(_EDGE) in WORDS.desks:
            return Kind.BYLINE
    agency = _AGENCY_LINE.fullmatch(line) if len(line) <= 40 else None  # noqa: PLR2004 - characters
    return Kind.BYLINE if agency and agency["agency"].strip().lower() in WORDS.agencies else None


def _is_credited(low: str) -> bool:
    """Whether a line begins with `Reported by`, or with a word such as `Source` and a colon."""
    named = _BYLINE.match(low.lstrip("([ -–—"))
    if named is None:
        return False
    return named[0].endswith((" by", " from")) or low[low.find(named[0]) + len(named[0]) :].lstrip().startswith(":")


def _bare(words: list[str]) -> list[str]:
    return [w for w in (w.strip(",|:") for w in words) if w]


def _caption(low: str) -> Kind | None:
    end = low.rstrip(" .)")
    if _CREDIT_HEAD.match(low) or _CREDIT_TAIL.search(low[-140:]):
        return Kind.CAPTION
    return Kind.CAPTION if end.endswith((*WORDS.credit_marks, "file photo")) else None


def _notice(low: str) -> Kind | None:
    bare = low.lstrip("([*•-–— ")
    if bare.startswith(tuple(WORDS.disclaimers)):
        return Kind.DISCLAIMER
    if any(w in low for w in WORDS.feed_words) and any(w in low for w in WORDS.feed_things):
        return Kind.DISCLAIMER
    if len(low) > 320:  # noqa: PLR2004 - characters; longer lines tell something beside
        return None
    if bare.startswith(_PROMOTIONS) and any(_begins(bare, w) for w in _PROMOTIONS):
        return Kind.PROMOTION
    pairs = _PAIRS.get(bare.partition(" ")[0], ())
    return Kind.PROMOTION if any(_is_pair(bare, a, b) for a, b in pairs) else None


def _begins(bare: str, words: str) -> bool:
    return bare.startswith(words) and not bare[len(words) : len(words) + 1].isalnum()


def _is_pair(low: str, first: str, second: str) -> bool:
    return low.startswith(first + " ") and second in low[len(first) :]
