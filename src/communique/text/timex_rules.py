"""The grammar: patterns over the classes of `timex_words`, each with the reader that gives it its meaning.

Where several rules fit, the one that begins first is taken, of these the longest, of these the one that stands first
here. A reader may refuse; then the next has its turn. No pattern has an unbounded repeat, so reading is linear.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from communique.text import timex_dates as dates
from communique.text import timex_parts as parts
from communique.text import timex_spans as spans
from communique.text.timex import Context, Found
from communique.text.timex_hits import Hit
from communique.text.timex_words import row

_DAY = r"(?:(?:(?:D|t?O)f?[Mmb]|[Mmb]t?[DO])(?:,?Y|ft?=u)?|D-[Mmb]-Y|Y,?[Mmb]t?[DO]|[IJ])"
_YEARED = r"(?:(?:t?[DO]f?[Mmb],?|[Mmb]t?[DO],?)Y|[IJ])"
_DATED = rf"(?:[Ww]\({_DAY}\)|{_DAY}(?:,?a?[Ww]|\([Ww]\))|(?:[Ww],?t?)?{_DAY})"
_TIME = r"(?:Hz?|Dz|[nD]l)Z?"
_EDGE = r"(?:t?E?e-?[fi]?|t?dft?)"
_COUNT = r"(?:[nDN]|a?vf?|a|tv)"

#: Name, pattern, reader.
_GRAMMAR: tuple[tuple[str, str, Callable[[Hit], tuple[Found, ...]]], ...] = (
    ("time of a day", rf"(?:{_TIME}|P),?i?(?:{_DATED}|[Ww])", dates.day),
    ("day with time", rf"{_YEARED},?(?:{_TIME})|(?:{_DATED}),(?:{_TIME})", dates.day),
    ("day", _DATED, dates.day),
    ("part of a day", rf"{_DATED}P|t?Pf{_DATED}|t?Pf[Ww]", dates.day),
    ("short year", r"(?:t?[DO]f?[Mmb]|[Mmb]t?[DO]|[Mmb])?,?q[DN]|D[Mmb][DN]", parts.short_year),
    ("list of days", r"t?[DO](?:,t?[DO]){1,4},?kt?[DO]f?[Mmb](?:,?Y)?", parts.day_list),
    ("list of days, month first", r"[Mmb]t?[DO](?:,t?[DO]){1,4},?kt?[DO](?:,?Y)?", parts.day_list),
    ("part of a month", r"t?[oOL][uh]f[Mmb](?:,?Y|fY)?", parts.part_of_month),
    ("weekday of a month", r"t?[oOL][Ww](?:f|i)(?:[Mmb](?:,?Y|fY)?|yu)", parts.weekday_of_month),
    ("day of a month meant", r"t?Oft?[LXT]u", parts.day_of_month_meant),
    ("weekdays", r"[Ww]k[Ww]", parts.weekday_range),
    ("weekday of a week", r"Wf?[LXT]u|[LXT]uW", parts.weekday_of_week),
    ("feast", r"Q(?:,?Y)?", parts.feast),
    ("day beyond", r"t?uEA", parts.day_beyond),
    ("beside an event", r"tuE", parts.beside_event),
    ("from now", r"[nDa][uU]jR", parts.from_now),
    ("days", r"t?[DO][-k]t?[DO]f?[Mmb](?:,?Y)?|[Mmb]t?[DO][-k]t?[DO](?:,?Y)?", dates.day_range),
    (
        "days of two months",
        r"t?[DO]f?[Mmb][-k]t?[DO]f?[Mmb](?:,?Y)?|[Mmb]t?[DO][-k][Mmb]t?[DO](?:,?Y)?",
        dates.day_range,
    ),
    ("months", r"[Mmb][-k][Mmb],?Y|[Mmb],?Y[-k][Mmb],?Y", dates.month_range),
    ("month", rf"{_EDGE}?[LXT]?[Mmb](?:,?Y|fY|ft?=u)?", dates.month),
    ("weekday", r"[LXT]?[Ww]P?|t?Pf[Ww]", dates.weekday),
    ("weekday with time", rf"(?:{_TIME}|P),?i?[LXT]?W", dates.weekday),
    ("deictic", rf"A(?:P)?|E?A|(?:{_TIME})A", dates.deictic),
    ("time", _TIME, dates.time_alone),
    ("years", r"Y-[YDN]|Y[k]Y", dates.year_range),
    ("year", rf"{_EDGE}?Y", dates.year),
    ("era", rf"{_EDGE}?(?:Sf?)?[Mm]?[NYD](?:[-k][NYD])?K", dates.era),
    ("relative", rf"{_EDGE}?t?[LXT=][ugc]|E[LXT][ug]", spans.relative),
    ("edge of a unit", r"t?d(?:ft?[LXT=]?|t)u|Eitu", spans.edge_of_unit),
    ("ago", rf"r?{_COUNT}-?[uU]G", spans.ago),
    ("later", rf"r?{_COUNT}-?[uU]E", spans.later),
    ("duration", r"t?[LX]?r?(?:[nDN]|a?vf?|tv)-?[uU]q?|t?[LX][nDN]?U|a[uc]|[nDN]kah[uU]|hau|[nD]xU|U", spans.duration),
    ("durations", r"[nDN](?:k|-)[nDN]-?[uU]", spans.two_durations),
    ("every", r"y(?:[nDoO]?[uU]|[WMmSP])", spans.every),
    ("rhythm", "p", spans.rhythm),
    ("season", rf"{_EDGE}?t?[LXT=]?S(?:f?Y|,Y)?", spans.season),
    ("quarter", r"t?[oO]-?g(?:f?Y|ft?[LXT=]?u)?|t?[oO]-?hf(?:Y|t?[LXT=]?u)|B(?:f?,?Y)?", spans.quarter),
    ("fiscal", r"t?Fu?Y(?:-[YDN])?|t?[LXT]Fu|V", spans.fiscal),
    ("decade", rf"{_EDGE}?t?(?:e-?)?q?8", spans.decade),
    ("century", rf"{_EDGE}?(?:e-?)?[oO]-?c", spans.century),
    ("this part", "e?t?e?[LXT=]P", spans.part_of_day),
    ("bare part", "(?<=i)t?P", spans.bare_part),
    ("past", r"tL(?=[,.)]|$)", spans.past),
    ("present", "R", spans.present),
)


class Rule(NamedTuple):
    """One pattern of the grammar."""

    name: str
    pattern: re.Pattern[str]
    reader: Callable[[Hit], tuple[Found, ...]]


RULES = tuple(Rule(name, re.compile(pattern), reader) for name, pattern, reader in _GRAMMAR)


def read(text: str, context: Context) -> list[Found]:
    """The expressions of a text, in order, none overlapping another.

    Args:
        text: a paragraph.
        context: the reading state; it is carried on.
    """
    tokens = row(text)
    places = _places(tokens.kinds)
    found: list[Found] = []
    done = seen_until = 0
    for start, end, rule in places:
        if start < done:
            continue
        if "." in tokens.kinds[seen_until:start]:
            context.sentence()
        seen_until = start
        made = rule.reader(Hit(text, tokens, start, end, context))
        for one in made:
            context.seen(one.sense, one.start)
        if made:
            found += made
            done = end
    return found


def _places(kinds: str) -> list[tuple[int, int, Rule]]:
    """Where rules match, the first and longest first."""
    hits = [(m.start(), -m.end(), order) for order, rule in enumerate(RULES) for m in rule.pattern.finditer(kinds)]
    return [(start, -end, RULES[order]) for start, end, order in sorted(hits)]
