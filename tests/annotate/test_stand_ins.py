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
    assert set(stand_ins.of([text])) == {"Ana", "Kiptoo", "Pedro", "Soto", "Lind"}


def test_a_name_behind_an_office_of_a_country_is_found() -> None:
    """Between office and name may stand whose office it is."""
    text = "President of Costa Rica Ana Soto and Prime Minister of the Kingdom of Norway, Kari Lind, spoke."
    assert set(stand_ins.of([text])) == {"Ana", "Soto", "Kari", "Lind"}


def test_what_is_no_name_never_stands_in() -> None:
    """Bodies, offices, numerals, initials and words that the report prints without a capital too are no names."""
    text = "Minister Health Council, King Olav VII, President Visit, Dr B Mora. Deputy Ministers. The visit ended."
    assert set(stand_ins.of([text])) == {"Olav", "Mora"}


def test_a_name_is_replaced_whole_or_not_at_all() -> None:
    """What stands before a name inside a sentence is a part of it; before another one's first name it is not."""
    text = "Minister Van Soto spoke. In Oslo the envoy Ana Lucia Soto saw the ship Hai Van."
    assert set(stand_ins.of([text])) == {"Van", "Soto", "Ana", "Lucia"}


def test_a_name_may_share_words_with_a_country() -> None:
    """The word "El" is no country, though El Salvador is one."""
    assert set(stand_ins.of(["Minister Nadia El-Hadi met Jordan Minister Costa."])) == {"Nadia", "El", "Hadi", "Costa"}


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
