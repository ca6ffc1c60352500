"""How a report writes its dates as a whole: as news or as a history, day first or month first."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

_YEAR = re.compile(r"(?<![\d.,/$-])(?:1[0-9]|20)\d\d(?![\d,]|\.\d)|(?<!\d)\d{1,4}(?=\sB\.?C)")
_NEWS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Tt]his week)\b"
)
_NUMERIC = re.compile(r"(?<!\d)(\d\d?)([/-])(\d\d?)\2\d{4}(?!\d)")
#: A history has at least so many years, at least this share of them elsewhere than its publication, and more than so
#: many for each weekday, "yesterday" and the like. Swept on 20 news reports (none may pass), 16 histories (all must).
_LEAST_YEARS = 6
_ELSEWHERE = 0.75
_NEWSY = 8
_LAST_MONTH = 12


class Manner(NamedTuple):
    """Habits of one report. `month_first` is None where its dates in digits do not tell."""

    narrative: bool
    month_first: bool | None


def manner(texts: Iterable[str], published: dt.date | None) -> Manner:
    """The habits that a report's paragraphs show."""
    years: list[int] = []
    orders: set[bool] = set()
    news = 0
    for text in texts:
        news += sum(1 for _ in _NEWS.finditer(text))
        years += [int(m[0]) for m in _YEAR.finditer(text)]
        orders |= {one > two for one, two in _pairs(text) if max(one, two) > _LAST_MONTH >= min(one, two)}
    month_first = None if len(orders) != 1 else not orders.pop()
    return Manner(_narrative(years, news, published), month_first)


def _pairs(text: str) -> Iterable[tuple[int, int]]:
    return ((int(m[1]), int(m[3])) for m in _NUMERIC.finditer(text))


def _narrative(years: list[int], news: int, published: dt.date | None) -> bool:
    if len(years) < _LEAST_YEARS or _NEWSY * news >= len(years):
        return False
    now = published.year if published else max(years)
    return sum(abs(year - now) > 1 for year in years) >= _ELSEWHERE * len(years)
