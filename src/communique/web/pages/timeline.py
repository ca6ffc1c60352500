"""What happened and what is due, by date: drawn, and the same as a table."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import msgspec

from communique.web.asked import MOST_ROWS, Answer, Ask, Page, Paging
from communique.web.cards import Card, card
from communique.web.index import Dated

#: Size of the drawing, in its own units: width, left and right margin, height of a level, of a lane's head.
WIDTH, MARGIN, LEVEL, LANE_HEAD = 1000, 24, 14, 26
#: Least distance between two points on one level, and most levels of a lane.
APART, LEVELS = 12, 12
#: Lanes from top to bottom.
LANES = ("sessions", "events", "due")
_MONTHS = 15


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in the drawing; `width` is that of the time that its date leaves open."""

    x: float
    y: float
    width: float
    card: Card


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the drawing."""

    name: str
    y: float
    height: float
    points: tuple[Point, ...]


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """One mark on the axis."""

    x: float
    label: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The timeline as it is drawn."""

    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def timeline(ask: Ask) -> Answer:
    """The timeline, a year at a time where there is much."""
    entries = ask.index.dated
    years = Counter(e.date.value[:4] for e in entries)
    year = ask.query.get("year", "") if ask.query.get("year") in years else _usual(ask, entries, years)
    chosen = [e for e in entries if not year or e.date.value[:4] == year]
    paging = Paging(ask.number("page", 1), MOST_ROWS, len(chosen))
    rows = [(e, card(e.section, ask.index.get(e.section, e.id), ask.index)) for e in paging.of(chosen)]
    most = max(years.values(), default=1)
    context = {
        "rows": rows,
        "drawing": draw(rows),
        "paging": paging,
        "year": year,
        "years": [(y, n, round(60 * n / most, 1)) for y, n in sorted(years.items())],
        "width": WIDTH,
    }
    return Page(template="timeline.html", context=context)


def _usual(ask: Ask, entries: Sequence[Dated], years: Counter[str]) -> str:
    """The year that is shown where none is named: none where all fits, else the last one with something in it."""
    if len(entries) <= MOST_ROWS:
        return ""
    now = ask.as_of or ask.index.record.build.as_of or ""
    return max((y for y in years if y <= now[:4]), default=max(years))


def draw(rows: Sequence[tuple[Dated, Card]]) -> Drawing | None:
    """The drawing of some entries; None where there are none."""
    if not rows:
        return None
    first, last = min(e.date.first for e, _ in rows), max(e.date.last for e, _ in rows)
    axis = _Axis(first, last)
    lanes: list[Lane] = []
    y = 0.0
    for name in LANES:
        mine = [(e, c) for e, c in rows if e.lane == name]
        if mine:
            lanes.append(_lane(name, mine, axis, y))
            y += lanes[-1].height
    return Drawing(height=y + 24, lanes=tuple(lanes), ticks=axis.ticks)


class _Axis:
    """Where days stand."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = first.replace(day=1)
        self.last = last
        self._scale = (WIDTH - 2 * MARGIN) / max(1, (last - self.first).days + 1)

    def x(self, day: dt.date) -> float:
        """Place of a day."""
        return round(MARGIN + (day - self.first).days * self._scale, 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Months where the time is short, else years, at most about fifteen."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months <= _MONTHS:
            days = [_month(self.first, n) for n in range(months)]
            return tuple(Tick(x=self.x(d), label=d.isoformat()[:7]) for d in days)
        years = range(self.first.year + 1, self.last.year + 1)
        step = max(1, -(-len(years) // _MONTHS))
        return tuple(Tick(x=self.x(dt.date(y, 1, 1)), label=str(y)) for y in years[::step])


def _month(first: dt.date, further: int) -> dt.date:
    count = first.year * 12 + first.month - 1 + further
    return dt.date(count // 12, count % 12 + 1, 1)


def _lane(name: str, rows: Sequence[tuple[Dated, Card]], axis: _Axis, y: float) -> Lane:
    """Points that would cover one another stand above one another."""
    ends = [float("-inf")] * LEVELS
    points: list[Point] = []
    used = 0
    for entry, its in rows:
        x = axis.x(entry.date.first)
        level = next((n for n, end in enumerate(ends) if x - end >= APART), LEVELS - 1)
        width = max(0.0, axis.x(entry.date.last) - x)
        ends[level] = x + width
        used = max(used, level + 1)
        points.append(Point(x=x, y=y + LANE_HEAD + level * LEVEL, width=round(width, 1), card=its))
    return Lane(name=name, y=y, height=LANE_HEAD + used * LEVEL, points=tuple(points))
