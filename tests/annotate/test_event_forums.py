"""Gatherings that only a forum's name tells of."""

import pytest

import happenings
from communique import testing
from communique.model.mentions import EventMention


def read(text: str) -> list[EventMention]:
    """The happenings of an invented text."""
    return list(happenings.read(testing.report(text, published="2031-05-12"))[1])


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("President Mary Okafor will attend the APEC in November.", "summit", "planned"),
        ("President Mary Okafor spoke at the G20 in May 2030.", "summit", "happened"),
        ("We had been together at the G20 over the past week.", "summit", "happened"),
        ("Foreign Minister Ines Duarte took part in the Pacific Islands Forum in March.", "meeting", "happened"),
    ],
)
def test_a_forum_stands_for_its_gathering(text: str, type_: str, status: str) -> None:
    """To be at a forum, or to attend it, tells of a gathering, as the words around it put it."""
    assert [(str(e.type), str(e.status)) for e in read(text)] == [(type_, status)]


@pytest.mark.parametrize(
    "text", ["The G20 has a new chair.", "G20 members disagree on trade.", "The BRICS summit met."]
)
def test_a_forum_that_only_acts_is_no_gathering(text: str) -> None:
    """A forum as the doer, or one whose gathering has its own noun, adds nothing."""
    assert all(e.trigger.text in ("summit", "met") for e in read(text))
