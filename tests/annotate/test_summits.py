"""Summits of two sides that no name names."""

import pytest

from communique import testing
from communique.annotate import entities, nlp


def summits(text: str) -> list[tuple[str, str, list[str]]]:
    """Words, name and member countries of the summits that are known by what they are."""
    found = entities.read(nlp.parse(testing.report(text))).mentions
    return [
        (m.span.text, m.name, sorted({c.value for c in m.claims if c.field == "country"}))
        for m in found
        if m.kind == "body" and m.form == "office"
    ]


@pytest.mark.parametrize(
    ("text", "words", "name", "members"),
    [
        ("A summit between Peru and Ghana took place in Lima.", "summit", "Peru-Ghana summit", ["Ghana", "Peru"]),
        (
            "A summit meeting between Norway and the African Union was held in Oslo.",
            "summit meeting",
            "Norway-African Union summit",
            ["Norway"],
        ),
        (
            "Kenyan President Wanjiru Mwangi flew to Chile in May for the bilateral summit.",
            "bilateral summit",
            "Chile-Kenya summit",
            ["Chile", "Kenya"],
        ),
    ],
)
def test_a_summit_of_two_sides_is_a_body_of_those_sides(text: str, words: str, name: str, members: list[str]) -> None:
    """Its name is that of the sides, so that other reports' names for it meet it."""
    assert summits(text) == [(words, name, members)]


def test_the_sides_may_be_the_two_countries_that_a_report_is_about() -> None:
    """Where the sentence names one of the report's two countries, the other is meant, too."""
    text = (
        "Ghana and Peru met. Peru thanked Ghana. Ghana agreed with Peru. In May she was in Peru for the annual summit."
    )
    assert summits(text) == [("annual summit", "Ghana-Peru summit", ["Ghana", "Peru"])]


@pytest.mark.parametrize(
    "text",
    ["The summit was held in Oslo.", "The annual summit was held in Oslo.", "They climbed to the summit of the hill."],
)
def test_without_two_sides_there_is_no_such_body(text: str) -> None:
    """A summit of nobody in particular stays what it was."""
    assert summits(text) == []
