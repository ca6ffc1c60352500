"""Stretches of time: relative units, durations, sets, seasons, quarters, decades, fiscal years."""

import msgspec

from communique.model.dates import Date
from communique.text import calendar
from communique.text.timex import UNITS, Context, Found, Sense, explicit
from communique.text.timex_dates import timed
from communique.text.timex_hits import Hit
from communique.text.timex_words import Word, word_set

_UNIT = "uUcg"
_SHIFTS = {"L": -1, "X": 1, "T": 0, "=": 0}


def _open(code: str, by: int) -> str:
    """The open form of so many units; a fortnight is two weeks."""
    if code == "F":
        code, by = "W", 2 * by
    return f"{UNITS[code]}:{by:+d}" if by else f"{UNITS[code]}:0"


def _by_text(hit: Hit) -> bool:
    """Whether the words hang on the date before them: "that year", "the following week", "the next day"."""
    word = hit.first("LXT=")
    return word is not None and (word.kind == "=" or word.code in ("following", "previous"))


def relative(hit: Hit) -> tuple[Found, ...]:
    """`next year`, `last month`, `this week`, `the same day`, `the following year`."""
    turn, unit = hit.first("LXT="), hit.first(_UNIT)
    if turn is None or unit is None or unit.code[:1] == "T":
        return ()
    if turn.kind in "LX" and _stretch(hit, unit, turn):
        return hit.found(Sense(_length(hit, unit.code, 1), kind="DURATION"))
    return hit.found(_shifted(hit, unit.code, _SHIFTS[turn.kind]))


def _stretch(hit: Hit, unit: Word, turn: Word) -> bool:
    """Whether `the last year` is a length rather than a year of the calendar."""
    if "t" not in hit.kinds:
        return False
    before = hit.before()
    return unit.code in "XC" or turn.code == "past" or (before is not None and before.code in word_set("stretches"))


def _shifted(hit: Hit, code: str, by: int) -> Sense:
    open_value = _open(code, by)
    context = hit.context
    article = "t" in hit.kinds and "X" in hit.kinds
    if _by_text(hit) or (article and context.narrative):
        return context.resolve(open_value, by_text=True)
    return context.published(open_value)


def edge_of_unit(hit: Hit) -> tuple[Found, ...]:
    """`the end of the year`, `the beginning of next month`, `later in the day`."""
    unit, turn = hit.first(_UNIT), hit.first("LXT=")
    if unit is None or unit.code[:1] == "T":
        return ()
    if turn is None and hit.context.narrative:
        return hit.found(hit.context.resolve(_open(unit.code, 0), by_text=True))
    return hit.found(_shifted(hit, unit.code, _SHIFTS[turn.kind] if turn else 0))


def ago(hit: Hit) -> tuple[Found, ...]:
    """`two years ago`."""
    unit, count = hit.first("uU"), _count(hit)
    if unit is None:
        return ()
    if count is None:
        return hit.found(Sense("PAST_REF"))
    if unit.code[:1] == "T":
        return hit.found(Sense(f"P{unit.code[0]}{count}{unit.code[1]}", kind="DURATION"))
    return hit.found(hit.context.published(_open(unit.code, -count)))


def later(hit: Hit) -> tuple[Found, ...]:
    """`two days later`, `a year earlier`: from the date named before."""
    unit, count, way = hit.first("uU"), _count(hit), hit.first("E")
    if unit is None or way is None or hit.text(way) not in ("later", "earlier", "afterwards"):
        return ()
    if count is None or unit.code[:1] == "T" or hit.context.last is None:
        return duration(hit.part(0, len(hit.kinds) - 1))
    return hit.found(hit.context.resolve(_open(unit.code, count * way.number), by_text=True))


def _count(hit: Hit) -> int | None:
    """How many: a number, one for "a", None for "several"."""
    if hit.first("v"):
        return None
    word = hit.first("nDN") or hit.first("a")
    return word.number if word else None


def duration(hit: Hit) -> tuple[Found, ...]:
    """`18 months`, `an hour`, `several days`, `the past two years`."""
    unit, after = hit.first("uUc"), hit.after()
    if unit is None or "$" in (hit.before() or unit).kind:
        return ()
    if hit.kinds == "U" and (unit.code == "TS" or (after is not None and after.kind == "f" and unit.code[0] == "T")):
        return ()  # "seconds the motion", "minutes of the meeting"
    before = hit.before()
    rate = hit.kinds == "au" and before is not None and before.code in word_set("rates")
    return hit.found(Sense(_length(hit, unit.code), kind="SET" if rate else "DURATION"))


def _length(hit: Hit, code: str, usual: int | None = None) -> str:
    count = _count(hit)
    if count is None and not hit.first("v"):
        count = usual
    halves = ".5" if "h" in hit.kinds else ""
    if "h" in hit.kinds and not hit.first("nDN"):
        count, halves = 0, "0.5"[1:]
    if code in ("X", "C") and count is not None:
        return f"P{count * (10 if code == 'X' else 100)}Y"
    time = "T" if code[0] == "T" else ""
    letter = {"X": "DE", "C": "CE", "E": "WE", "F": "W"}.get(code, code[-1])
    if code == "F" and count is not None:
        count *= 2
    return f"P{time}{'X' if count is None else count}{halves}{letter}"


def two_durations(hit: Hit) -> tuple[Found, ...]:
    """`12 and 18 months`: two lengths of one unit."""
    unit = hit.first("uU")
    places = [i for i, k in enumerate(hit.kinds) if k in "nDN"]
    if unit is None or len(places) != 2:  # noqa: PLR2004 - two lengths
        return ()
    time = "T" if unit.code[0] == "T" else ""
    letter = {"X": "DE", "E": "WE", "F": "W"}.get(unit.code, unit.code[-1])
    values = [f"P{time}{hit.words[i].number}{letter}" for i in places]
    one = hit.part(places[0], places[0] + 1).found(Sense(values[0], kind="DURATION"))
    return (*one, *hit.part(places[1], len(hit.kinds)).found(Sense(values[1], kind="DURATION")))


def every(hit: Hit) -> tuple[Found, ...]:
    """`every two years`, `each Monday`, `every morning`."""
    if word := hit.first("uU"):
        time = "T" if word.code[0] == "T" else ""
        count = hit.number("nDoO") or 1
        letter = {"X": "DE", "E": "WE", "F": "W"}.get(word.code, word.code[-1])
        return hit.found(Sense(f"P{time}{count}{letter}", kind="SET"))
    if word := hit.first("W"):
        return hit.found(Sense(f"XXXX-WXX-{word.number + 1}", kind="SET"))
    if word := hit.first("Mm"):
        return hit.found(Sense(f"XXXX-{word.number:02}", kind="SET"))
    word = hit.first("SP")
    if word is None:
        return ()
    return hit.found(Sense(f"XXXX-{word.code}" if word.kind == "S" else f"XXXX-XX-XXT{word.code}", kind="SET"))


def rhythm(hit: Hit) -> tuple[Found, ...]:
    """`annual`, `daily`."""
    word, before = hit.first("p"), hit.before()
    if word is None or (before is not None and before.kind == "-"):  # "semi-annual"
        return ()
    if hit.text(word)[0].isupper() and before is not None and before.kind == "C":
        return ()
    return hit.found(Sense(word.code, kind="SET"))


def season(hit: Hit) -> tuple[Found, ...]:
    """`summer 2007`, `last summer`, `the winter of 1914`, `in spring`."""
    word, year, turn = hit.first("S"), hit.number("Y"), hit.first("LXT=")
    if word is None:
        return ()
    if year is None and turn is None and not _season_here(hit):
        return ()
    if year is None and hit.context.year is not None and turn is None:
        year = hit.context.year
    if year is not None:
        return hit.found(explicit(calendar.season_date(year, word.code), f"{year:04}-{word.code}"))
    way = {"L": "last", "X": "next", "T": "year:0", "=": "near"}[turn.kind] if turn else hit.way("past")
    if hit.context.narrative and hit.context.last and not turn:
        way = "near"
    return hit.found(hit.context.resolve(f"season:{word.code}:{way}"))


def _season_here(hit: Hit) -> bool:
    """`in the fall` but not `in the fall of the currency`, nor `a spring`."""
    before, after = hit.before(), hit.after()
    if after is not None and after.kind in "fC":
        return False
    if hit.text(hit.words[-1]) == "fall":
        return before is not None and before.code in ("in", "by", "since", "to")
    if set(hit.kinds) & set("edt"):
        return "t" not in hit.kinds or hit.words[-1].code != "SP" or (before is not None and before.kind in "ijk")
    return before is not None and before.kind in "ijkE"


def quarter(hit: Hit) -> tuple[Found, ...]:
    """`the third quarter of 2024`, `the first half of next year`, `Q3 2024`."""
    count = hit.number("oOB") or (2 if "X" in hit.kinds else 0)
    coded = hit.first("B")
    is_half = "h" in hit.kinds or (coded is not None and coded.code == "H")
    size, letter = (6, "H") if is_half else (3, "Q")
    if not 1 <= count <= 12 // size:
        return ()
    year = _year_meant(hit)
    if year is None:
        return hit.found(Sense(f"XXXX-{letter}{count}"))
    first = (count - 1) * size + 1
    value = f"{calendar.month_value(year, first)}/{calendar.month_value(year, first + size - 1)}"
    sense = explicit(Date.of(value), f"{year:04}-{letter}{count}")
    return hit.found(sense if "Y" in hit.kinds else msgspec.structs.replace(sense, rule="anchor:published"))


def _year_meant(hit: Hit) -> int | None:
    """The year that stands in a hit, or that `this`, `last` or `next year` means, or the sentence's."""
    if written := hit.number("Y"):
        return written
    turn = hit.first("LXT=")
    anchor = hit.context.reference if turn is not None and turn.kind == "=" else hit.context.anchor
    if hit.context.year and turn is None:
        return hit.context.year
    if anchor is None or hit.context.narrative:
        return None
    return anchor.year + (_SHIFTS[turn.kind] if turn else 0)


def fiscal(hit: Hit) -> tuple[Found, ...]:
    """`fiscal 2024`, `FY 2025-26`, `this fiscal year`: the country decides its months, so only the years are told."""
    if word := hit.first("V"):
        return hit.found(_fiscal_sense(word.number, word.code))
    years = hit.all("YDN")
    if years:
        return hit.found(
            _fiscal_sense(years[0].number, years[1].code or str(years[1].number) if len(years) > 1 else "")
        )
    turn = hit.first("LXT")
    if turn is None:
        return ()
    sense = hit.context.published(_open("Y", _SHIFTS[turn.kind]))
    return hit.found(msgspec.structs.replace(sense, date=None, timex=sense.timex))


def _fiscal_sense(first: int, second: str) -> Sense:
    if not second:
        return explicit(Date.of(f"{first - 1:04}/{first:04}"), f"FY{first:04}")
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)  # noqa: PLR2004 - digits of a year
    return explicit(Date.of(f"{first:04}/{last:04}")) if last > first else Sense(f"FY{first:04}")


def decade(hit: Hit) -> tuple[Found, ...]:
    """`the 1930s`, `the late '90s`."""
    word = hit.first("8")
    if word is None or ("$" in (hit.before() or word).kind):
        return ()
    short = word.number < 100  # noqa: PLR2004 - two digits
    if short and "q" not in hit.kinds:
        return ()
    first = word.number + 1900 if short else word.number
    return hit.found(explicit(Date.of(f"{first:04}/{first + 9:04}"), f"{first:04}"[:3]))


def century(hit: Hit) -> tuple[Found, ...]:
    """`the 20th century`, value 19."""
    number = hit.number("oO")
    if not number or number > 30:  # noqa: PLR2004 - centuries of the calendar
        return ()
    first = (number - 1) * 100 + 1
    return hit.found(explicit(Date.of(f"{first:04}/{first + 99:04}"), f"{number - 1:02}"))


def part_of_day(hit: Hit) -> tuple[Found, ...]:
    """`this morning`, `last night`, `that evening`, `the evening of 5 May`."""
    turn, part = hit.first("LXT="), hit.first("P")
    if turn is None or part is None:
        return ()
    if turn.kind == "X" or (turn.kind == "T" and hit.context.narrative):
        sense = hit.context.resolve("day:+1" if turn.kind == "X" else "day:0", by_text=True)
    elif turn.kind == "=":
        sense = hit.context.resolve("day:0", by_text=True)
    else:
        sense = hit.context.published("day:-1" if turn.kind == "L" else "day:0")
    return hit.found(timed(hit, sense))


def bare_part(hit: Hit) -> tuple[Found, ...]:
    """`in the morning`: of the day named before it."""
    part, last = hit.first("P"), _last_day(hit.context)
    if part is None:
        return ()
    date = last if ":" in part.code or "t" in hit.kinds else None
    value = (date.value if date else "XXXX-XX-XX") + "T" + part.code
    return hit.found(Sense(value, kind="TIME", date=date, rule="anchor:context" if date else ""))


def _last_day(context: Context) -> Date | None:
    last = context.last
    return last if last is not None and last.first == last.last else None


def present(hit: Hit) -> tuple[Found, ...]:
    """`now`, `currently`."""
    word = hit.first("R")
    return hit.found(Sense(word.code)) if word else ()


def past(hit: Hit) -> tuple[Found, ...]:
    """`in the past`."""
    word = hit.first("L")
    return hit.found(Sense("PAST_REF")) if word is not None and word.code == "past" else ()
