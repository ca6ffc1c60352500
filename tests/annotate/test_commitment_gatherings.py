"""When somebody comes who comes for a gathering."""

import pytest

from communique import testing
from communique.annotate import entities, nlp, times
from communique.annotate.commitment_gatherings import Gatherings

VISIT = "President Mary Okafor will visit Norway for the G20."


def due(rest: str) -> list[str]:
    """The days found for the visit of a report that goes on with other sentences."""
    parse = nlp.parse(testing.report(f"{VISIT}\n\n{rest}", published="2031-05-12"))
    found = Gatherings(parse, entities.read(parse), times.read(parse)).due(parse.report.span(0, 38))
    return [t.span.text for t in found]


def test_the_day_of_the_gathering_is_the_day_of_the_visit() -> None:
    """What the report says elsewhere of when the gathering is held dates the visit that is for it."""
    assert due("Oslo is ready for the G20 in November.") == ["November"]


@pytest.mark.parametrize(
    "rest",
    [
        "Oslo is ready for the G20.",
        "Oslo is ready for the G20 in November. Others speak of the G20 in October.",
        "Oslo is ready for the G7 in November.",
        "Oslo is ready for the G20. The harbour opens in November.",
    ],
)
def test_no_day_is_made_up(rest: str) -> None:
    """No day, two days, the day of another gathering or of something else: the visit has none."""
    assert due(rest) == []
