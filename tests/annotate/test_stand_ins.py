"""Names that stand in for others while a text is parsed."""

import pytest

from communique.annotate import nlp, stand_ins
from communique.api import inputs
from communique.settings import DEFAULT_LIMITS

#: Names of several countries, each of a given name and a family's.
NAMES = ("Sipho Radebe", "Elçin Məmmədzadə", "Tran Hung", "Hisham Sherbini", "Pirkko Laakso", "John Smith")


def parsed(text: str) -> list[nlp.Piece]:
    """The pieces of a report of a text."""
    return list(nlp.parse(inputs.report_of(text, None, "a", DEFAULT_LIMITS)).pieces)


def test_names_behind_offices_and_titles_are_found() -> None:
    """The words behind an office are names, but for countries and further offices; other capitals are not."""
    text = "The Grand Canal Society met Trade Minister Ana Kiptoo, President of Chile Pedro Soto, and Ms Lind in Kenya."
    assert set(stand_ins.of([text])) == {"Ana", "Kiptoo", "Lind"}


def test_no_office_no_stand_in() -> None:
    """A report without an office is parsed as it stands."""
    assert stand_ins.of(["Ana Kiptoo met Pedro Soto in Nairobi."]) == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_parse_is_the_same_whoever_is_named(name: str) -> None:
    """Whatever country a name is from, the same words carry the sentence, and the words are the report's own."""
    text = f"The results of the meetings of President {name} in March served to deepen the partnership."
    (piece,) = parsed(text)
    assert piece.doc.text == text
    assert [t.text for t in piece.doc if t.dep_ == "ROOT"] == ["served"]
    given, last = name.split()
    assert [t.lemma_ for t in piece.doc if t.text in (given, last)] == [given, last]


def test_a_name_stands_in_all_over_the_report() -> None:
    """Where a later paragraph prints the name alone, it is parsed as the same name."""
    first, second = (
        "Trade Minister Hala Thanh spoke.",
        "During the talks with Morim, Thanh stressed the need for peace.",
    )
    words = stand_ins.of([first, second])
    assert [w for w, _ in stand_ins.within(second, words)] == ["Thanh"]
    assert [t.dep_ for t in parsed(f"{first}\n{second}")[1].doc if t.text == "Thanh"] == ["nsubj"]
