"""Dates told by their place in a month, several at once, by a feast, or by another day: "the first week of May"."""

import calendar as months
import datetime as dt

import msgspec

from communique.model.dates import Date
from communique.text import calendar
from communique.text.timex import Context, Found, Sense, explicit, impossible
from communique.text.timex_hits import DAY, MONTH, WEEKDAY, YEAR, Hit, date_sense
from communique.text.timex_words import Word

_WEEKS = 5
_LAST = -1
#: First and last day of the halves of a month, as news has them.
_HALF = 15


def weekday_range(hit: Hit) -> tuple[Found, ...]:
    """`from Monday to Wednesday`: the second is the first such day on or after the first."""
    if hit.words[1].code != "to":
        return ()
    first, last = (w.number for w in hit.all(WEEKDAY))
    way = "future" if hit.way("past") == "future" else "past"
    begun = hit.context.published(f"weekday:{first}:{way}")
    if begun.date is None:
        ended = hit.context.published(f"weekday:{last}:{way}")
        return (*hit.part(0, 1).found(begun), *hit.part(2, 3).found(ended))
    day = Date.day(begun.date.first + dt.timedelta(days=(last - first) % calendar.DAYS))
    ended = msgspec.structs.replace(begun, timex=day.value, date=day, open=None)
    value = f"{begun.date.value}/{day.value}"
    sense = Sense(value, kind="DURATION", date=Date.of(value), rule=begun.rule)
    return hit.found(sense, (*hit.part(0, 1).found(begun), *hit.part(2, 3).found(ended)))


def weekday_of_week(hit: Hit) -> tuple[Found, ...]:
    """`Friday next week`, `Monday of last week`, `last week Friday`."""
    turn, unit, weekday = hit.first("LXT"), hit.first("u"), hit.number(WEEKDAY)
    if turn is None or unit is None or unit.code != "W" or weekday is None or hit.context.narrative:
        return ()
    if hit.context.anchor is None:
        return hit.found(Sense(f"XXXX-WXX-{weekday + 1}"))
    by = {"L": -1, "X": 1, "T": 0}[turn.kind]
    week = calendar.settle(f"week:{by:+d}" if by else "week:0", hit.context.anchor)
    if week is None:
        return ()
    day = Date.day(week.first + dt.timedelta(days=weekday))
    return hit.found(Sense(day.value, date=day, rule="anchor:published"))


def feast(hit: Hit) -> tuple[Found, ...]:
    """`Christmas Eve`, `at Christmas`, `Christmas 2031`; a feast before a noun only says of what kind that is."""
    word, before, after = hit.first("Q"), hit.before(), hit.after()
    if word is None or (after is not None and after.kind == "C"):
        return ()
    whole = " " in hit.text(word) or YEAR in hit.kinds
    if not whole and not (before is not None and before.kind in "ijk"):
        return ()
    month, day = (int(part) for part in word.code.split("-"))
    return hit.found(date_sense(hit, day, month, hit.number(YEAR)))


def day_list(hit: Hit) -> tuple[Found, ...]:
    """`3, 4 and 5 May 2031`, `May 3, 4 and 5, 2031`: each its own date."""
    month, year = hit.number(MONTH), hit.number(YEAR)
    places = [i for i, kind in enumerate(hit.kinds) if kind in DAY]
    if month is None or len(places) < 2:  # noqa: PLR2004 - a list
        return ()
    senses = [date_sense(hit, hit.words[i].number, month, year) for i in places]
    if None in senses:
        return ()
    first_month = hit.kinds[0] in MONTH
    made: list[Found] = []
    for number, (place, sense) in enumerate(zip(places, senses, strict=True)):
        start = 0 if first_month and number == 0 else place
        end = place + 1 if first_month or number < len(places) - 1 else len(hit.kinds)
        end = len(hit.kinds) if number == len(places) - 1 else end
        made += hit.part(start, end).found(sense)
    return tuple(made)


def part_of_month(hit: Hit) -> tuple[Found, ...]:
    """`the first week of May`, `the second half of December 2031`, `the 10th day of June 2031`."""
    month, unit = hit.number(MONTH), hit.first("uh")
    count = _place(hit)
    if month is None or unit is None or count is None:
        return ()
    if unit.code == "D" and count > 0:
        return hit.found(date_sense(hit, count, month, hit.number(YEAR)))
    whole = date_sense(hit, None, month, hit.number(YEAR))
    if whole is None or (unit.kind != "h" and unit.code not in "WE"):
        return ()
    if whole.date is None:
        return hit.found(whole)
    period = _period(whole.date, unit, count)
    return hit.found(msgspec.structs.replace(whole, date=period, open=None)) if period else ()


def _place(hit: Hit) -> int | None:
    """Which one: a number, minus one for the last."""
    if hit.first("L"):
        return _LAST
    return hit.number("oO")


def _period(month: Date, unit: Word, count: int) -> Date | None:
    """The days of a part of a month; a week counts seven days from the first, the last one from the end."""
    length = month.last.day
    if unit.kind == "h":
        first, last = (1, _HALF) if count == 1 else (_HALF + 1, length)
        fits = count in (1, 2, _LAST)
    elif count == _LAST:
        first, last, fits = length - calendar.DAYS + 1, length, True
    else:
        first = (count - 1) * calendar.DAYS + 1
        last, fits = min(first + calendar.DAYS - 1, length), 1 <= count <= _WEEKS
    if not fits or first > length:
        return None
    return Date.of(f"{month.first.replace(day=first).isoformat()}/{month.first.replace(day=last).isoformat()}")


def weekday_of_month(hit: Hit) -> tuple[Found, ...]:
    """`the first Monday of May 2031`; of every month, a set."""
    weekday, count = hit.number(WEEKDAY), _place(hit)
    if weekday is None or count is None:
        return ()
    if "y" in hit.kinds:
        return hit.found(Sense(f"XXXX-WXX-{weekday + 1}", kind="SET"))
    whole = date_sense(hit, None, hit.number(MONTH) or 1, hit.number(YEAR))
    if whole is None or whole.date is None:
        return hit.found(whole)
    day = _nth(whole.date.first, weekday, count)
    if day is None:
        return hit.found(impossible())
    return hit.found(msgspec.structs.replace(whole, timex=day.isoformat(), date=Date.day(day), open=None))


def _nth(first: dt.date, weekday: int, count: int) -> dt.date | None:
    """The weekday's so-manieth day of a month, None where the month has not so many."""
    length = months.monthrange(first.year, first.month)[1]
    days = [d for n in range(length) if (d := first + dt.timedelta(days=n)).weekday() == weekday]
    place = count if count == _LAST else count - 1
    return days[place] if _LAST <= place < len(days) else None


def day_of_month_meant(hit: Hit) -> tuple[Found, ...]:
    """`the 15th of next month`."""
    turn, day = hit.first("LXT"), hit.number("O")
    anchor = hit.context.anchor
    if turn is None or day is None or hit.first("u") is None or hit.words[-1].code != "M":
        return ()
    if anchor is None or hit.context.narrative:
        return hit.found(Sense(f"XXXX-XX-{day:02}"))
    by = {"L": -1, "X": 1, "T": 0}[turn.kind]
    value = calendar.real_day(*calendar.shift_month(anchor.year, anchor.month, by), day)
    return hit.found(Sense(value.isoformat(), date=Date.day(value), rule="anchor:published") if value else impossible())


def day_beyond(hit: Hit) -> tuple[Found, ...]:
    """`the day after tomorrow`, `the day before yesterday`."""
    way, day = hit.first("E"), hit.first("A")
    if way is None or day is None or hit.text(way).casefold() not in ("after", "before"):
        return ()
    by = day.number + way.number
    return hit.found(hit.context.published(f"day:{by:+d}" if by else "day:0"))


def beside_event(hit: Hit) -> tuple[Found, ...]:
    """`the day before`, `the week after the vote`: from the date named before, where no event follows."""
    unit, way, after = hit.first("u"), hit.first("E"), hit.after()
    if unit is None or way is None or hit.text(way) not in ("before", "after") or unit.code[:1] in ("T", "F"):
        return ()
    value = f"{_UNIT[unit.code]}:{way.number:+d}" if unit.code in _UNIT else ""
    if not value:
        return ()
    if after is not None and after.kind not in ".,;)k":
        return hit.found(_unknown(hit.context, value))
    return hit.found(hit.context.resolve(value, by_text=True))


_UNIT = {"D": "day", "W": "week", "M": "month", "Y": "year", "E": "weekend"}


def _unknown(context: Context, value: str) -> Sense:
    """The meaning of a day that hangs on an event of unknown day."""
    bare = Context(None, narrative=context.narrative, direction=context.direction)
    return bare.resolve(value, by_text=True)


def from_now(hit: Hit) -> tuple[Found, ...]:
    """`three weeks from now`: a day, whose ends are the length and the "now", as TIMEX3 corpora have it."""
    unit, count = hit.first("uU"), hit.number("nDa")
    if unit is None or count is None or unit.code not in ("D", "W", "M", "Y", "F"):
        return ()
    code, by = ("W", 2 * count) if unit.code == "F" else (unit.code, count)
    length = hit.part(0, 2).found(Sense(f"P{by}{code}", kind="DURATION"))
    now = hit.part(3, 4).found(Sense("PRESENT_REF"))
    return hit.found(hit.context.published(f"{_UNIT[code]}:{by:+d}"), (*length, *now))


#: Years after a report that two digits may still lie: "a target for '40" of 2024, but '98 is past.
_AHEAD = 20


def short_year(hit: Hit) -> tuple[Found, ...]:
    """`in '98`, `5 January '24`: the year of two digits that lies nearest below twenty years ahead."""
    word = hit.words[-1]
    marked = hit.kinds[-2] == "q"
    if len(word.code) != 2 or (marked and hit.words[-2].end != word.start):  # noqa: PLR2004 - two digits
        return ()
    month, year = hit.number(MONTH), _century(int(word.code), hit.context)
    if month is None or not marked:
        after, before = hit.after(), hit.before()
        standing = before is not None and before.kind in "ijf" and (after is None or after.kind in ".,;)k")
        if not standing:
            return ()
    if month is None:
        return hit.found(explicit(Date.of(f"{year:04}")))
    day = next((w.number for w in hit.words[:-1] if w.kind in DAY), None)
    return hit.found(date_sense(hit, day, month, year))


def _century(short: int, context: Context) -> int:
    newest = context.anchor.year + _AHEAD if context.anchor else 2000 + _AHEAD + _AHEAD
    return newest - (newest - short) % 100
