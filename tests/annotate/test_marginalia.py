"""Who and what furniture names."""

import pytest

from communique import testing
from communique.annotate import entities, nlp
from communique.model.mentions import Form
from communique.model.reports import Furniture, FurnitureKind


def named(line: str, body: str, kind: FurnitureKind = FurnitureKind.DATELINE) -> list[tuple[str, str]]:
    """Words and name of the mentions in a first line of furniture."""
    told = testing.report(f"{line}\n{body}", furniture=(Furniture(0, len(line), kind),))
    found = entities.read(nlp.parse(told)).mentions
    assert all(m.form is Form.NAME for m in found if m.span.end <= len(line))
    return [(m.span.text, f"{m.name}/{m.kind}") for m in found if m.span.end <= len(line)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Nairobi:", ["Nairobi/place"]),
        ("NAIROBI [Kenya], May 12 :", ["Nairobi/place", "Kenya/country"]),
        ("Lima/New Delhi, Dec 10:", ["Lima/place", "New Delhi/place"]),
        ("State House, Nairobi", ["State House/place", "Nairobi/place"]),
        ("The Tarrin Lodge", ["Tarrin Lodge/place"]),
        ("QUELLMAR, May 12 (NW) —", ["Quellmar/place"]),
        ("Accra, Staff Reporter:", ["Accra/place"]),
        ("Norway", ["Norway/country"]),
    ],
)
def test_a_dateline_names_its_places(line: str, names: list[str]) -> None:
    """Places known and unknown are read; days, agencies and reporters are none."""
    assert [name for _, name in named(line, "President Mary Okafor spoke.")] == names


def test_the_same_place_in_the_text_is_one_entity() -> None:
    """A dateline's place is the one that the text names."""
    told = testing.report("Accra:\nTalks were held in Accra.", furniture=(Furniture(0, 6, FurnitureKind.DATELINE),))
    found = [m for m in entities.read(nlp.parse(told)).mentions if m.name == "Accra"]
    assert len(found) == 2
    assert len({m.entity for m in found}) == 1


def test_an_account_below_a_post_is_the_person_it_spells() -> None:
    """A handle that spells the full name of a person of the report, and the name before it, mean that person."""
    line = "— Mary Okafor (@maryokafor) May 12, 2031"
    found = named(line, "President Mary Okafor wrote it.", FurnitureKind.WIDGET)
    assert found == [("Mary Okafor", "Mary Okafor/person"), ("@maryokafor", "Mary Okafor/person")]
    assert named(line, "President Ana Silva wrote it.", FurnitureKind.WIDGET) == []
