"""Who is thanked, where a statement is told in the report's own words."""

import pytest

from communique import testing
from communique.annotate import entities, nlp, quotations


def addressees(text: str) -> list[str]:
    """The words of those to whom what is said in a report is said."""
    parse = nlp.parse(testing.report(text))
    who = entities.read(parse)
    words = {m.id: m.span.text for m in who.mentions}
    return [words[c.value] for q in quotations.read(parse, who) for c in q.claims if c.field == "addressee"]


def said(text: str) -> list[str]:
    """What is said in a report."""
    parse = nlp.parse(testing.report(text))
    return [q.content[0].text for q in quotations.read(parse, entities.read(parse))]


@pytest.mark.parametrize(
    ("words", "thanked"),
    [
        ("his gratitude for the letter he received from President Mary Okafor", "Mary Okafor"),
        ("his gratitude for the message from President Mary Okafor", "Mary Okafor"),
        ("his gratitude to President Mary Okafor for the new harbour", "Mary Okafor"),
        ("his appreciation for the condolences sent by President Mary Okafor", "Mary Okafor"),
    ],
)
def test_thanks_go_to_the_one_from_whom_something_came(words: str, thanked: str) -> None:
    """What was received from somebody, or sent by somebody, names who is spoken to."""
    assert any(thanked in a for a in addressees(f"Prime Minister Olli Halonen expressed {words}."))


@pytest.mark.parametrize(
    "words",
    [
        "his hope for a letter from President Mary Okafor",
        "his gratitude for the new harbour and praised President Mary Okafor",
        "his concern about the message he received from President Mary Okafor",
    ],
)
def test_what_is_no_thanks_has_no_addressee(words: str) -> None:
    """A letter that is hoped for, and thanks for something else, are nobody's address."""
    assert addressees(f"Prime Minister Olli Halonen expressed {words}.") == []


def test_who_is_welcomed_is_greeted_and_nothing_is_said() -> None:
    """To welcome a delegation says nothing; to welcome a decision does."""
    text = "Minister Ana Kos welcomed {}."
    assert said(text.format("the Kenyan delegation")) == []
    assert said(text.format("the decision on ferries")) == ["the decision on ferries"]
