"""Bodies without a name of their own."""

import pytest

from communique import testing
from communique.annotate import entities, nlp
from communique.model.mentions import Form
from communique.model.words import ActorKind


def bodies(text: str) -> dict[str, set[str]]:
    """Words of each body by name -> the countries that its name says take part."""
    found = entities.read(nlp.parse(testing.report(text))).mentions
    named = [m for m in found if m.kind is ActorKind.BODY and m.form is Form.NAME]
    return {m.span.text: {c.value for c in m.claims if c.field == "country"} for m in named}


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        (
            "The seventh session of the joint fisheries commission between Ghana and Togo was held in Accra.",
            "joint fisheries commission between Ghana and Togo",
            {"Ghana", "Togo"},
        ),
        (
            "The permanent committee on water and energy of Nepal, Bhutan and India met on Monday.",
            "permanent committee on water and energy of Nepal, Bhutan and India",
            {"Nepal", "Bhutan", "India"},
        ),
        ("The two countries' trade committee met in Lima.", "trade committee", set()),
        ("Both states' permanent commission on health will meet in May.", "permanent commission on health", set()),
    ],
)
def test_members_or_possessors_make_a_body_of_small_letters(text: str, name: str, members: set[str]) -> None:
    """What kind of body it is and whose it is name a body, its countries with it."""
    assert bodies(text) == {name: members}


@pytest.mark.parametrize(
    "text",
    [
        "The trade committee met in Lima.",
        "The commission between Ghana and Togo met in Accra.",
        "The two countries' ministers met in Lima.",
        "The joint commission of experts met in Accra.",
    ],
)
def test_a_head_alone_is_no_body(text: str) -> None:
    """Without members, or without what kind of body it is, nothing is named."""
    assert bodies(text) == {}


def test_the_commission_is_recalled() -> None:
    """Later "the commission" means it."""
    text = "The joint road commission between Peru and Chile met on Monday. The commission will meet again in May."
    found = entities.read(nlp.parse(testing.report(text)))
    again = found.at(text.index("The commission"), text.index(" will meet"))
    assert again is not None
    assert again.name == "joint road commission between Peru and Chile"
