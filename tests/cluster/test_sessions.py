"""Tests of numbered sessions."""

import pytest

from communique.cluster.sessions import SessionKey, current, leading, numbered
from communique.cluster.timeline import frame
from communique.text.tokens import tokens


def keys(text: str) -> list[SessionKey]:
    """Sessions that a text names."""
    return list(numbered(text, tokens(text)))


def found(text: str) -> list[tuple[int, int]]:
    """Numbers and shifts of the sessions that a text names."""
    return [(key.number, key.shift) for key in keys(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("They opened the 14th session of the Fiji-Malta Commission on Trade.", 14),
        ("They opened the fourteenth session of the commission.", 14),
        ("They opened the twenty-first meeting of the council.", 21),
        ("They opened the 32nd Fiji-Malta Joint Committee in Suva.", 32),
        ("They opened the fortieth round of talks.", 40),
    ],
)
def test_a_session_is_known_by_its_ordinal(text: str, number: int) -> None:
    """Digits and words give the same number, before the session or before the body's name."""
    assert found(text) == [(number, 0)]


@pytest.mark.parametrize(
    "text", ["The 19th century pier.", "On the 5th of May they met.", "Her first dialogue with him."]
)
def test_other_ordinals_name_no_session(text: str) -> None:
    """An ordinal without a meeting behind it is none, and small ones must stand right before it."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("Since the 8th session in Suva much was done.", 1),
        ("At the 8th session, held in Suva, they had set tasks.", 1),
        ("Valletta will host the 8th session.", -1),
        ("The 8th session will be held in Valletta.", -1),
        ("The 8th session was opened in Suva.", 0),
    ],
)
def test_a_session_before_or_after_is_told_from_this_one(text: str, shift: int) -> None:
    """Words around an ordinal say whether that session lies behind or ahead."""
    assert found(text)[0][1] == shift


def test_telling_words_of_the_body_are_kept() -> None:
    """Of the body's name the words stay that tell it from another."""
    assert keys("The 8th session of the Fiji-Malta Joint Commission on Fisheries in Suva.")[0].body == (
        "commission",
        "fiji",
        "fisheries",
        "malta",
    )


def test_neighbours_point_to_the_session_between_them() -> None:
    """The session before and the one to come agree on the one that a report is about."""
    lead = leading(keys("Since the 8th session in Suva much was done. Suva will host the 10th session."))
    assert lead is not None
    assert lead.number == 9


def test_the_session_named_most_leads() -> None:
    """A report leads with the session it names outright, whatever background it gives."""
    text = (
        "The 21st session of the council met. The 20th session was held in 2010. The 21st session of the council ended."
    )
    lead = leading(keys(text))
    assert lead is not None
    assert lead.number == 21


def test_a_report_without_sessions_leads_with_none() -> None:
    """Nothing is made up."""
    assert leading(()) is None


def left(text: str, published: str | None) -> list[int]:
    """Numbers of the sessions that are not background in a report published on a day."""
    words = tokens(text)
    return [key.number for key in current(list(numbered(text, words)), frame(words, published))]


@pytest.mark.parametrize(
    ("text", "published", "numbers"),
    [
        ("The 8th session of the council was held in Suva in March 2010.", "2011-03-05", []),
        ("The 8th session of the council took place in Suva in 2009.", "2011-03-05", []),
        ("SUVA, Mar 4 - The 8th session of the council was held in Valletta in October 2010.", None, []),
        ("SUVA, Mar 14 - The 8th session of the council was held in Valletta in April 2010.", None, []),
        ("SUVA, Mar 2 - The 8th session of the council was held in Suva in February 2010.", None, [8]),
        ("The 8th session of the council was held in Suva in March 2011.", "2011-03-05", [8]),
        ("The 8th session of the council was held in Suva in March 2010.", None, [8]),
        ("The 8th session of the council praised the treaty of March 2001.", "2011-03-05", [8]),
        ("Since the 8th session, held in Suva in March 2010, much was done.", "2011-03-05", [8]),
    ],
)
def test_a_session_of_another_year_is_background(text: str, published: str | None, numbers: list[int]) -> None:
    """A session said to have been held long before its report is not what the report leads with.

    Without a day of the report, or where the time is not that of the session, it stays; and "since the 8th session"
    still points to the 9th.
    """
    assert left(text, published) == numbers
