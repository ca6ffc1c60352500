"""The drawing of the timeline."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model.dates import Date
from communique.web.cards import Card
from communique.web.index import Dated
from communique.web.pages.timeline import APART, LANES, LEVELS, WIDTH, draw

DAYS = st.dates().map(lambda d: Date.of(d.isoformat()))


def rows(dates: Sequence[Date], lanes: Sequence[str]) -> list[tuple[Dated, Card]]:
    given_ = sorted(zip(dates, lanes, strict=False), key=lambda pair: pair[0].first)
    return [(Dated(d, lane, "events", "e"), Card(section="events", path="/", title="t")) for d, lane in given_]


def test_nothing_is_no_drawing() -> None:
    """Without entries there is nothing to draw."""
    assert draw([]) is None


def test_a_period_is_as_wide_as_it_is_long() -> None:
    """A year is a bar, a day a point, one after the other on the axis."""
    made = draw(rows([Date.of("2024"), Date.of("2025-06-01")], ["events", "due"]))
    assert made is not None
    (bar,), (point,) = (lane.points for lane in made.lanes)
    assert bar.width > 300 > point.width == 0
    assert bar.x < point.x


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=60), st.lists(st.sampled_from(LANES), min_size=60, max_size=60))
def test_every_entry_has_its_point(dates: list[Date], lanes: list[str]) -> None:
    """As many points as entries, all inside the drawing, none over another one on its level but where all are full."""
    made = draw(rows(dates, lanes))
    assert made is not None
    points = [p for lane in made.lanes for p in lane.points]
    assert len(points) == len(dates)
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= made.height for p in points)
    for lane in made.lanes:
        levels: dict[float, float] = {}
        for p in lane.points:
            if p.y < max(q.y for q in lane.points) or len({q.y for q in lane.points}) < LEVELS:
                assert p.x - levels.get(p.y, -APART) >= APART
            levels[p.y] = p.x + p.width
