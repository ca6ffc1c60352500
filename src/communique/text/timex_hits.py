"""A place where a pattern of the grammar matched, and how its tokens are asked for."""

import msgspec

from communique.model.dates import Date, Precision
from communique.text import calendar
from communique.text.timex import Context, Found, Sense, explicit
from communique.text.timex_words import Row, Word

#: What lies at the end of a stretch lies ahead, unless its clause looks back.
_UNTIL = ("until", "till", "through")
DAY, MONTH, YEAR, WEEKDAY = "DO", "Mmb", "Y", "Ww"


class Hit(msgspec.Struct, frozen=True):
    """Tokens `start` to `end` of a row, inside a report that is being read."""

    source: str
    row: Row
    start: int
    end: int
    context: Context

    def first(self, kinds: str) -> Word | None:
        """The first token of one of the classes."""
        return next((w for w in self.words if w.kind in kinds), None)

    def all(self, kinds: str) -> list[Word]:
        """Every token of one of the classes."""
        return [w for w in self.words if w.kind in kinds]

    def number(self, kinds: str) -> int | None:
        """The number of the first token of one of the classes."""
        word = self.first(kinds)
        return word.number if word else None

    @property
    def words(self) -> list[Word]:
        """The tokens."""
        return self.row.words[self.start : self.end]

    @property
    def kinds(self) -> str:
        """Their classes."""
        return self.row.kinds[self.start : self.end]

    @property
    def offset(self) -> int:
        """Where it begins in the text."""
        return self.row.words[self.start].start

    def before(self, back: int = 1) -> Word | None:
        """The token so many places before."""
        at = self.start - back
        return self.row.words[at] if at >= 0 else None

    def after(self, on: int = 0) -> Word | None:
        """The token so many places behind."""
        at = self.end + on
        return self.row.words[at] if at < len(self.row.words) else None

    def text(self, word: Word) -> str:
        """The letters of a token."""
        return self.source[word.start : word.end]

    def part(self, start: int, end: int) -> "Hit":
        """Some of its tokens, places counted from its own first."""
        return Hit(self.source, self.row, self.start + start, self.start + end, self.context)

    def found(self, sense: Sense | None, ends: tuple[Found, ...] = ()) -> tuple[Found, ...]:
        """The expression that it is, none where it has no meaning."""
        if sense is None:
            return ()
        words = self.words
        return (Found(words[0].start, words[-1].end, sense, ends),)

    def way(self, usual: str) -> str:
        """Whether its clause looks to the past or the future; `usual` where nothing says so."""
        way = self.context.direction(self.offset)
        before = self.before()
        if way != "past" and before is not None and self.text(before).casefold() in _UNTIL:
            return "future"
        return way or usual


def date_sense(hit: Hit, day: int | None, month: int, year: int | None) -> Sense | None:
    """Meaning of a month, or a day of a month, with or without its year."""
    rule = "anchor:context" if year is None else "explicit"
    year = _sentence_year(hit) if year is None else year
    if year is not None:
        value = calendar.real_day(year, month, day) if day else None
        if day and value is None:
            return None
        date = Date.day(value) if value else Date.of(calendar.month_value(year, month))
        return msgspec.structs.replace(explicit(date), rule=rule)
    if day and calendar.real_day(2000, month, day) is None:  # a leap year: every day that there can be
        return None
    return _yearless(hit, day, month)


def _sentence_year(hit: Hit) -> int | None:
    """The year that the sentence named; not for what lies ahead: "after talks in 2023 they will meet in May"."""
    context = hit.context
    if context.year is None or context.year_way == "future" or hit.way("") != "future":
        return context.year
    return context.year if context.anchor and context.year >= context.anchor.year else None


def _yearless(hit: Hit, day: int | None, month: int) -> Sense:
    context = hit.context
    if context.narrative and context.last is not None:
        return _narrated(context.last, day, month)
    if day:
        way = hit.way("")
        return context.resolve(f"day:{month:02}-{day:02}" + (f":{way}" if way else ""))
    return context.resolve(f"month:{month:02}:{hit.way('near')}")


#: Months that a history's bare date may lie before the date named last; else it lies ahead.
_BACK = 5


def _narrated(last: Date, day: int | None, month: int) -> Sense:
    """A bare date in a history: of the year named last, or near the date named last, rather after it than before."""
    first = last.first
    ahead = (month - first.month + _BACK) % calendar.MONTHS - _BACK
    year = first.year if last.precision is Precision.YEAR else calendar.shift_month(first.year, first.month, ahead)[0]
    value = calendar.real_day(year, month, day) if day else None
    date = Date.day(value) if value else Date.of(calendar.month_value(year, month))
    return Sense(date.value, date=date, rule="anchor:context")


def clashing(hit: Hit, sense: Sense) -> Sense:
    """The meaning with the day that its weekday points to, where that is another than the date's."""
    weekday = hit.number(WEEKDAY)
    if weekday is None or sense.date is None or sense.date.first != sense.date.last:
        return sense
    if sense.date.first.weekday() == weekday:
        return sense
    return msgspec.structs.replace(sense, clash=Date.day(calendar.nearest_weekday(sense.date.first, weekday)))
