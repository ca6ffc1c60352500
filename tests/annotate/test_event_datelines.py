"""Where the happening of a report's lead was, when only its dateline says so."""

import pytest

from communique import testing
from communique.annotate import entities, events, nlp, quotations, times
from communique.model.reports import Furniture, FurnitureKind, Report

LEAD = "Foreign Minister Ines Duarte held talks with her Kenyan counterpart, Peter Njoroge."


def page(title: str, line: str, body: str) -> Report:
    """An official page: a title, a place line of its own, the text."""
    start = len(title) + 1
    furniture = (
        Furniture(0, len(title), FurnitureKind.HEADLINE),
        Furniture(start, start + len(line), FurnitureKind.DATELINE),
    )
    return testing.report(f"{title}\n{line}\n\n{body}", published="2031-05-12", furniture=furniture)


def wire(dateline: str, body: str) -> Report:
    """A newspaper's report, its dateline before the first words."""
    furniture = (Furniture(0, len(dateline), FurnitureKind.DATELINE),)
    return testing.report(f"{dateline} {body}", published="2031-05-12", furniture=furniture)


def places(told: Report) -> dict[str, list[str]]:
    """The words of each happening -> the words and the rule of its places."""
    parse = nlp.parse(told)
    who = entities.read(parse)
    names = {m.id: m.name for m in who.mentions}
    found = events.read(parse, who, times.read(parse), quotations.read(parse, who))
    return {
        e.span.text: [f"{names[c.value]}/{c.rule.partition(':')[0]}" for c in e.claims if c.field == "place"]
        for e in found
    }


@pytest.mark.parametrize(
    ("dateline", "place"),
    [("Nairobi:", "Nairobi"), ("NAIROBI [Kenya], May 12 :", "Nairobi"), ("Quellmar, May 12:", "Quellmar")],
)
def test_the_lead_of_a_report_takes_its_datelines_place(dateline: str, place: str) -> None:
    """Talks that the first sentence tells of without a place were where the dateline says, by a rule of its own."""
    assert places(wire(dateline, LEAD)) == {LEAD.removesuffix("."): [f"{place}/dateline"]}


def test_a_place_line_places_its_title() -> None:
    """The title of a page has the town of the place line, not the building and not the country."""
    told = places(page("Brazil-Kenya summit", "State House, Nairobi, Kenya", "The leaders spoke for an hour."))
    assert told["Brazil-Kenya summit"] == ["Nairobi/dateline"]


def test_an_unknown_place_line_is_a_place_too() -> None:
    """No table needs to know the house in which a page says that talks were held."""
    told = places(page("Meeting with President Mary Okafor", "Tarrin Lodge", "They spoke for an hour."))
    assert [p for found in told.values() for p in found] == ["Tarrin Lodge/dateline"]


def test_a_stated_place_is_not_overruled() -> None:
    """A happening keeps its own place, and a lead elsewhere leaves the dateline to the reporter."""
    told = places(
        wire("Accra:", "President Mary Okafor met Prime Minister Olli Halonen in Oslo. They also held talks.")
    )
    assert all("dateline" not in p for found in told.values() for p in found)


@pytest.mark.parametrize(
    "body",
    [
        "President Mary Okafor will meet Prime Minister Olli Halonen in June.",
        "President Mary Okafor had a telephone conversation with Prime Minister Olli Halonen.",
        "President Mary Okafor met Prime Minister Olli Halonen in March 2029.",
        "President Mary Okafor attended the opening ceremony at the bridge.",
        "Rain fell. Snow fell. Hail fell. President Mary Okafor met Prime Minister Olli Halonen.",
    ],
)
def test_a_dateline_places_no_other_happening(body: str) -> None:
    """What is planned, remote, past, elsewhere or no lead takes no place from a newspaper's dateline."""
    assert all(not found for found in places(wire("Accra:", body)).values())


def test_of_two_towns_the_stated_one_counts() -> None:
    """A dateline of two towns names the place only where the text says that it was in one of them."""
    stated = LEAD + " A treaty was signed in Nairobi."
    assert places(wire("Nairobi/Brasilia, May 12:", stated))[LEAD.removesuffix(".")] == ["Nairobi/dateline"]
    assert places(wire("Nairobi/Brasilia, May 12:", LEAD)) == {LEAD.removesuffix("."): []}
