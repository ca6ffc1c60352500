"""Dates of the calendar: days, months, years, weekdays, times of day, and ranges of them."""

import datetime as dt

import msgspec

from communique.model.dates import Date, Precision
from communique.text import calendar
from communique.text.timex import Context, Found, Sense, explicit, impossible
from communique.text.timex_hits import DAY, MONTH, WEEKDAY, YEAR, Hit, clashing, date_sense
from communique.text.timex_words import Word, word_set

#: TIMEX3 codes of the parts of a day; the others are clock times.
_PARTS = {"MO", "AF", "EV", "NI"}
_MINUTES = 60
_MIDNIGHT = 24 * 60
_LONGEST_MONTH = 31


def day(hit: Hit) -> tuple[Found, ...]:
    """A day or a month, with a weekday, a part of the day or a time beside it."""
    if not _trusted(hit):
        return ()
    return hit.found(timed(hit, _day_sense(hit)))


def _day_sense(hit: Hit) -> Sense | None:
    written = hit.first("IJ")
    if written is not None:
        sense = _numeric(hit, written)
    else:
        month = hit.number(MONTH)
        year = _same_year(hit) if "=" in hit.kinds else hit.number(YEAR)
        day_number = _day_number(hit) if month else None
        sense = date_sense(hit, day_number, month, year) if month else None
        if sense is None and day_number:
            return impossible()
    return clashing(hit, sense) if sense else None


def _day_number(hit: Hit) -> int | None:
    """The day that stands at the month, not the hour of "10 am on 5 May"."""
    at = next(i for i, k in enumerate(hit.kinds) if k in MONTH)
    sides = (hit.kinds[max(0, at - 2) : at].rstrip("f-")[-1:], hit.kinds[at + 1 : at + 3].lstrip("t")[:1])
    if sides[0] and sides[0] in DAY:
        return next(w.number for w in reversed(hit.words[:at]) if w.kind in DAY)
    if sides[1] and sides[1] in DAY:
        return next(w.number for w in hit.words[at:] if w.kind in DAY)
    return None


def _same_year(hit: Hit) -> int | None:
    return hit.context.last.first.year if hit.context.last else None


def _numeric(hit: Hit, word: Word) -> Sense | None:
    """A date in digits; day and month in either order where nothing decides."""
    year, *rest = (int(p) for p in word.code.split("-"))
    if word.kind == "I":
        return _written(year, *rest)
    one, two = rest
    dates = [d for d in (calendar.real_day(year, two, one), calendar.real_day(year, one, two)) if d]
    if not dates:
        return impossible() if _dateable(one, two) else None
    if len(set(dates)) == 1:
        return explicit(Date.day(dates[0]))
    return _ordered(hit, dates, word)


def _written(year: int, month: int, day_number: int | None = None) -> Sense | None:
    if day_number is None:
        return explicit(Date.of(calendar.month_value(year, month)))
    value = calendar.real_day(year, month, day_number)
    if value is None:
        return impossible() if _dateable(day_number, month) else None
    return explicit(Date.day(value))


def _dateable(one: int, two: int) -> bool:
    """Whether two numbers look like a day and a month, in either order, though no month has that day."""
    return 1 <= min(one, two) <= calendar.MONTHS and calendar.MONTHS < max(one, two) <= _LONGEST_MONTH


def _ordered(hit: Hit, dates: list[dt.date], word: Word) -> Sense:
    """Day first or month first: by the report's habit, by the weekday beside it, by what was not yet, else open."""
    if hit.context.month_first is not None:
        return explicit(Date.day(dates[1 if hit.context.month_first else 0]))
    weekday = hit.number(WEEKDAY)
    fitting = [d for d in dates if d.weekday() == weekday]
    if len(fitting) == 1:
        return explicit(Date.day(fitting[0]))
    if "." in hit.text(word):  # dots come with the day first
        return explicit(Date.day(dates[0]))
    sense = hit.context.published("either:" + "|".join(d.isoformat() for d in dates))
    if sense.date:
        return sense
    # A weekday that neither reading has contradicts both.
    clash = Date.day(calendar.nearest_weekday(dates[0], weekday)) if weekday is not None else None
    return msgspec.structs.replace(sense, timex=dates[0].isoformat(), clash=clash)


def month(hit: Hit) -> tuple[Found, ...]:
    """A month alone: refused where it may be a name or a verb."""
    word = hit.first(MONTH)
    if word is None or not _trusted(hit) or _beside(hit, DAY) or not _month_here(hit, word):
        return ()
    way = _turned(hit)
    if way:
        open_value = f"month:{word.number:02}:{way}"
        return hit.found(hit.context.resolve(open_value))
    return hit.found(date_sense(hit, None, word.number, hit.number(YEAR)))


def _beside(hit: Hit, kinds: str) -> bool:
    """Whether a number stands at the month that makes no day of it: "31 February"."""
    before, after = hit.before(), hit.after()
    return (before is not None and before.kind in kinds) or (after is not None and after.kind in kinds)


#: What "last June" and "next June" mean; "this June" is the one of the year.
_TURNS = {"L": "last", "X": "next", "T": "year:0"}


def _turned(hit: Hit) -> str | None:
    word = hit.first("LXT")
    return _TURNS[word.kind] if word else None


def _month_here(hit: Hit, word: Word) -> bool:
    """Whether a month's word stands where a month stands."""
    before, after = hit.before(), hit.after()
    if set(hit.kinds) & set("eLXTYd"):
        return True
    if before is not None and before.kind in "ijkfEGy":
        return before.kind != "k" or word.kind == "M" or before.code == "to" or _paired(hit)
    if word.kind == "b" or (after is not None and after.kind == "C"):
        return False
    if word.kind == "M":
        return before is None or before.kind != "C"
    return before is not None and before.kind == "t" and after is not None and after.kind == "x"


def _paired(hit: Hit) -> bool:
    other = hit.before(2)
    return other is not None and other.kind in MONTH + YEAR + DAY


def weekday(hit: Hit) -> tuple[Found, ...]:
    """A weekday alone, or with a part of the day or a time; refused inside a name."""
    word = hit.first(WEEKDAY)
    if word is None or not _weekday_here(hit):
        return ()
    turn = hit.first("LX")
    way = {"L": "last", "X": "next"}[turn.kind] if turn else _weekday_way(hit, "future" if "T" in hit.kinds else "past")
    return hit.found(timed(hit, _weekday_sense(hit.context, f"weekday:{word.number}:{way}")))


def _weekday_sense(context: Context, open_value: str) -> Sense:
    """A weekday of the report's days; of a history's, where that names days at all."""
    known = context.last is not None and context.last.precision is Precision.DAY
    return context.resolve(open_value) if known else context.published(open_value)


def _weekday_way(hit: Hit, usual: str) -> str:
    """A weekday lies behind the report unless its clause looks ahead; "this Friday" the other way about."""
    way = hit.way(usual)
    return way if way in ("past", "future") else usual


def _weekday_here(hit: Hit) -> bool:
    before, after, word = hit.before(), hit.after(), hit.first(WEEKDAY)
    follows = after is not None and after.kind == "C"
    if word is not None and word.kind == "w" and len(hit.kinds) == 1:
        return not follows and (hit.text(word).endswith(".") or (before is not None and before.kind == "i"))
    if before is not None and before.code.casefold() in word_set("feasts"):
        return False
    if before is None or before.kind not in "tkCoO":
        return True
    if before.kind in "oO" or before.code.casefold() in word_set("courtesies"):
        return False
    if before.kind in "tk":
        return not follows
    return not follows and not (after is not None and after.kind == ",")


def deictic(hit: Hit) -> tuple[Found, ...]:
    """Today, yesterday, tomorrow, tonight."""
    word, before, shift = hit.first("A"), hit.before(), hit.first("E")
    if shift is not None and hit.text(shift).casefold() not in ("earlier", "later"):
        return deictic(hit.part(1, len(hit.kinds)))
    if word is None or _named(hit, word, before):
        return ()
    sense = hit.context.published(f"day:{word.number:+d}" if word.number else "day:0")
    if hit.text(word).casefold() == "tonight":
        return hit.found(msgspec.structs.replace(sense, timex=sense.timex + "TNI", kind="TIME"))
    return hit.found(timed(hit, sense))


def _named(hit: Hit, word: Word, before: Word | None) -> bool:
    return before is not None and before.kind == "C" and hit.text(word)[0].isupper()


def time_alone(hit: Hit) -> tuple[Found, ...]:
    """A time of day: of the day named before it, else of the report's."""
    if not _clocked(hit):
        return ()
    context = hit.context
    near = context.last if context.last and context.last.precision is Precision.DAY else None
    base = Sense(near.value, date=near, rule="anchor:context") if near else context.published("day:0")
    return hit.found(timed(hit, base))


def _clocked(hit: Hit) -> bool:
    """Whether a bare `12:10` is a time: it has a zone or half of the day, or stands where times stand."""
    if set(hit.kinds) & set("zZl"):
        return True
    word, before = hit.first("H"), hit.before()
    if word is None or word.code == "!":
        return word is not None
    return before is not None and before.kind in "ijE"


def _trusted(hit: Hit) -> bool:
    """Whether the words before leave room for a date: no money, no number of a document."""
    before = hit.before()
    return before is None or before.kind != "$"


def timed(hit: Hit, sense: Sense | None) -> Sense | None:
    """The meaning with the time of day that stands beside it."""
    if sense is None:
        return None
    minutes, part = _minutes(hit), hit.first("P")
    if minutes is not None and minutes > _MIDNIGHT:
        return None
    if minutes is not None:
        value = f"{sense.timex}T{minutes // _MINUTES:02}:{minutes % _MINUTES:02}"
        return msgspec.structs.replace(sense, timex=value, kind="TIME")
    if part is not None and part.code in _PARTS:
        return msgspec.structs.replace(sense, timex=f"{sense.timex}T{part.code}", kind="TIME")
    return sense


def _minutes(hit: Hit) -> int | None:
    """Minutes since midnight of the time in a hit, None where there is none."""
    clock, noon = hit.first("H"), hit.first("z")
    if clock is None:
        return _spoken(hit, noon)
    if noon is not None and clock.number < 13 * _MINUTES:
        return clock.number % (12 * _MINUTES) + noon.number * _MINUTES
    return clock.number


def _spoken(hit: Hit, noon: Word | None) -> int | None:
    """`9 am`, `1500 hours`, `four o'clock`, noon."""
    at = next((i for i, k in enumerate(hit.kinds) if k in "zl"), None)
    if at is None:
        part = hit.first("P")
        clock = part is not None and ":" in part.code
        return int(part.code[:2]) * _MINUTES if part is not None and clock else None
    number = hit.words[at - 1].number
    if noon is None:
        return number * _MINUTES
    return (number % 12 + noon.number) * _MINUTES if number <= 12 else None  # noqa: PLR2004 - the dial


def day_range(hit: Hit) -> tuple[Found, ...]:
    """`10 to 12 December 2024`, `July 3 and July 5`, `28 June-2 July 2023`, `July 8-9`."""
    days = [i for i, k in enumerate(hit.kinds) if k in DAY]
    months, year = hit.all(MONTH), hit.number(YEAR)
    if len(days) != 2 or not months:  # noqa: PLR2004 - two ends
        return ()
    first_month, last_month = months[0].number, months[-1].number
    numbers = [hit.words[i].number for i in days]
    last = date_sense(hit, numbers[1], last_month, year)
    if last is None or last.date is None:
        return _open_range(hit, last, date_sense(hit, numbers[0], first_month, year))
    back = first_month > last_month
    first = date_sense(hit, numbers[0], first_month, last.date.first.year - back)
    return _ranged(hit, msgspec.structs.replace(first, rule=last.rule) if first else None, last)


def _open_range(hit: Hit, last: Sense | None, first: Sense | None) -> tuple[Found, ...]:
    """Two days without a year: their ends as they are, no period."""
    if first is None or last is None:
        return ()
    one, two = _halves(hit)
    return (*hit.part(*one).found(first), *hit.part(*two).found(last))


def _ranged(hit: Hit, first: Sense | None, last: Sense | None) -> tuple[Found, ...]:
    """A range with its two ends; two dates where they are joined by "and" alone."""
    if first is None or last is None or first.date is None or last.date is None or first.date > last.date:
        return ()
    one, two = _halves(hit)
    ends = (*hit.part(*one).found(first), *hit.part(*two).found(last))
    if _joined_only(hit):
        return ends
    value = f"{first.date.value}/{last.date.value}"
    sense = Sense(value, kind="DURATION", date=Date.of(value), rule=last.rule)
    return hit.found(sense, ends)


def _joined_only(hit: Hit) -> bool:
    joint = hit.first("k")
    if joint is None or joint.code == "to":
        return False
    before = hit.before()
    return before is None or before.code != "between"


def _halves(hit: Hit) -> tuple[tuple[int, int], tuple[int, int]]:
    """The tokens left and right of what joins them."""
    joint = next(i for i, k in enumerate(hit.kinds) if k in "-k" and i)
    return (0, joint), (joint + 1, len(hit.kinds))


def month_range(hit: Hit) -> tuple[Found, ...]:
    """`July-August 2024`, `from November 2021 to March 2022`, `January and February 1937`."""
    months, years = hit.all(MONTH), hit.all(YEAR)
    last_year = years[-1].number if years else hit.context.year
    if last_year is None:
        return ()
    back = months[0].number > months[-1].number and len(years) < 2  # noqa: PLR2004 - two ends
    first_year = years[0].number if len(years) == 2 else last_year - back  # noqa: PLR2004 - two ends
    first = date_sense(hit, None, months[0].number, first_year)
    return _ranged(hit, first, date_sense(hit, None, months[-1].number, last_year))


def year_range(hit: Hit) -> tuple[Found, ...]:
    """`2021-31`, `1998-99`, `from 2021 to 2031`."""
    numbers = hit.all("YDN")
    first, last = numbers[0].number, _far_year(numbers[0].number, numbers[-1])
    if last is None or not _trusted(hit) or _counted(hit):
        return ()
    return _ranged(hit, _year_sense(first), _year_sense(last))


def _far_year(first: int, word: Word) -> int | None:
    """The second year of a range; of two digits, the one that follows."""
    if word.kind == "Y":
        return word.number if word.number > first else None
    if len(word.code) != 2:  # noqa: PLR2004 - 1998-99
        return None
    last = first // 100 * 100 + word.number
    return last if last > first else None


def _year_sense(year: int) -> Sense:
    return explicit(Date.of(f"{year:04}"))


def year(hit: Hit) -> tuple[Found, ...]:
    """A year alone, where years stand; with "early" or "the end of" before it."""
    word = hit.first(YEAR)
    if word is None or not _trusted(hit) or _counted(hit):
        return ()
    if len(hit.kinds) == 1 and not _year_here(hit):
        return ()
    return hit.found(_year_sense(word.number))


def _counted(hit: Hit) -> bool:
    after, before = hit.after(), hit.before()
    if before is not None and before.kind in "0#":
        return True
    second = hit.before(2)
    if before is not None and before.kind == "." and second is not None and second.kind == "0":
        return True  # "No. 2021"
    return after is not None and (after.kind in "%U" or after.code.casefold() in word_set("counted"))


def _year_here(hit: Hit) -> bool:
    before, after = hit.before(), hit.after()
    if _names(before, after):
        return False
    if before is None:
        return after is None or after.kind == "q" or _year_after(None, after)
    if after is not None and after.kind == "q":
        return before.kind in "ijk.,x"
    if before.kind in "ijk(f-ELXdegu":
        return _year_after(before, after)
    if before.kind in "ta." or before.code in word_set("owners"):
        return after is None or after.kind in "xCb).,-"
    return before.kind in ",;:" and (after is None or after.kind in ",.);:")


def _names(before: Word | None, after: Word | None) -> bool:
    """Whether four digits are a part of a name ("the 2030 Agenda") or a time of day ("at 2045"), not a year."""
    if after is not None and after.kind == "C" and after.code.casefold() in word_set("named"):
        return True
    return before is not None and (before.code == "at" or (before.kind == "u" and before.code != "Y"))


def _year_after(before: Word | None, after: Word | None) -> bool:
    """A year behind a preposition, unless a plural follows that it would count: "of 1,900 delegates" without comma."""
    plural = (
        after is not None and after.kind == "x" and after.code.endswith("s") and not after.code.endswith(("ss", "us"))
    )
    return not plural or (before is not None and before.code in ("in", "since", "during", "until", "from", "by"))


def era(hit: Hit) -> tuple[Found, ...]:
    """`493 BC`, `August 480 BC`, `499 to 493 BC`."""
    numbers = [i for i, k in enumerate(hit.kinds) if k in "NYDH"]
    made: list[Found] = []
    for place, at in enumerate(numbers):
        start = 0 if place == 0 else at
        end = len(hit.kinds) if place == len(numbers) - 1 else at + 1
        month_number = hit.number(MONTH)
        season = hit.first("S")
        value = f"BC{hit.words[at].number:04}"
        value += f"-{month_number:02}" if month_number else f"-{season.code}" if season else ""
        made += hit.part(start, end).found(Sense(value, rule="explicit"))
    return tuple(made)
