"""Questions about what the program was not sure of."""

from pathlib import Path

import pytest

from communique import api
from communique.model.record import Actor, Merged
from communique.model.review import ItemKind
from communique.model.words import ActorKind
from communique.review.doubts import _confusable, _weak
from communique.testing import report, span

ROW = {
    "id": "open",
    "source": "Sarn Gazette",
    "published": "2029-03-06",
    "text": "Foreign Minister Ada Brenn of Velmark met Foreign Minister Ivo Talmar of Ostia in Sarn on 5 March 2029. "
    "“The strait will stay open to every ship that sails under a flag,” it was said afterwards.",
}


def test_words_without_a_speaker_are_asked_about(tmp_path: Path) -> None:
    """With those who stand near as answers; the one chosen is the speaker, and the question is answered."""
    with api.open(tmp_path / "x.db") as c:
        c.add(ROW, workers=0)
        [item] = c.review.queue(ItemKind.SPEAKER)
        assert {x.label for x in item.choices} >= {"Ada Brenn", "Ivo Talmar"}
        key = next(x.key for x in item.choices if x.label == "Ada Brenn")
        c.review.answer(item, key, by="Ada", on="2031-01-02")
        [statement] = c.facts("statements")
        assert c.show(statement.speaker).fact.name == "Ada Brenn"
        assert c.review.queue(ItemKind.SPEAKER) == ()


@pytest.mark.parametrize(
    ("rule", "detail", "weak"),
    [
        ("shared participants", "score 1.50", True),
        ("shared participants", "score 3.25", False),
        ("same words, place or day", "score 1.00", True),
        ("same number of the same body", "score 8.00", False),
        ("surname in one story", "Brenn", True),
        ("same person", "", False),
        ("decision", "", False),
    ],
)
def test_only_merges_near_the_threshold_are_asked_about(rule: str, detail: str, weak: bool) -> None:  # noqa: FBT001 - a table
    """What was put together on little, never what a person put together."""
    assert _weak(Merged("a", "b", rule, detail)) is weak


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Ivo Talmar", "Eve Talmar", False),
        ("Ivo Talmar", "I. Talmar", True),
        ("Talmar", "Ivo Talmar", True),
        ("Ivo Talmar", "Ivo Talmar", True),
    ],
)
def test_names_that_could_be_one_persons_are_asked_about(one: str, other: str, asked: bool) -> None:  # noqa: FBT001 - a table
    """Namesakes, initials and bare surnames; two given names are two persons."""
    page = report(f"{one} and {other}")
    actors = [Actor(id=n, kind=ActorKind.PERSON, name=n, names=(), evidence=(span(page, n),)) for n in (one, other)]
    assert _confusable(*actors) is asked
