"""Which country presides over an organisation."""

import pytest

from communique import testing
from communique.annotate import entities, nlp


def presiding(text: str) -> list[tuple[str, str]]:
    """Who presides over what."""
    found = entities.read(nlp.parse(testing.report(text))).mentions
    return [
        (m.name, c.value)
        for m in found
        for c in m.claims
        if c.field == "office" and c.value.startswith("presidency of ")
    ]


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Portugal, which currently holds the Presidency of the EU, asked for it.", "Portugal", "presidency of EU"),
        ("It was held in the capital of Laos, the current chair of ASEAN.", "Laos", "presidency of ASEAN"),
        (
            "It was signed by Irish Prime Minister Aoife Byrne, who is also President of the European Council.",
            "Aoife Byrne",
            "presidency of European Council",
        ),
        (
            "Greek Prime Minister and head of the EU Council Nikos Vallas took part.",
            "Nikos Vallas",
            "presidency of EU Council",
        ),
    ],
)
def test_a_presidency_is_noted_on_the_country_or_its_leader(text: str, who: str, what: str) -> None:
    """As a country that holds it, or as a person with a country of their own."""
    assert presiding(text) == [(who, what)]


@pytest.mark.parametrize(
    "text",
    [
        "It will be headed by European Council President Karl Lund.",
        "Ada Brenn, President of the European Commission, spoke.",
        "German Chancellor Anna Berg met European Council President Karl Lund.",
    ],
)
def test_those_who_preside_for_no_country_are_left_out(text: str) -> None:
    """An elected president, or one without a country, makes no country the host."""
    assert presiding(text) == []
