"""Words found again in a text that changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.anchoring import Change, Flat, Found, Quote, find

TEXT = (
    "The envoys met in Sarn on 10 December. Brenn said the bridge will open in May.\n"
    "She left at noon. Talmar, for Ostia, said the ferry will stop in May. He stayed on."
)
CONTEXT = 32


def quote(words: str, text: str = TEXT) -> Quote:
    at = text.index(words)
    return Quote(words, text[max(0, at - CONTEXT) : at], text[at + len(words) : at + len(words) + CONTEXT])


def found(words: str, text: str, near: int = 0) -> tuple[str, Change] | None:
    place = find(text, quote(words), near)
    return (text[place.start : place.end], place.change) if place else None


@pytest.mark.parametrize("words", ["The envoys", "10 December", "the bridge will open in May", "She", "He stayed on."])
def test_unchanged_words_are_found_where_they_are(words: str) -> None:
    """With all that stood around them."""
    assert find(TEXT, quote(words)) == Found(TEXT.index(words), TEXT.index(words) + len(words), Change.NONE)


@pytest.mark.parametrize("words", ["10 December", "the bridge will open in May", "She"])
def test_shifted_words_are_found(words: str) -> None:
    """New lines before them make no difference."""
    assert found(words, "A new first paragraph.\n\n" + TEXT) == (words, Change.NONE)


def test_line_breaks_blanks_and_marks_make_no_difference() -> None:
    """A text that was wrapped anew, with curly marks for plain ones, is the same text."""
    plain = "He said: 'the gate - the old one - is shut' and left."
    wrapped = "He said:\n ‘the gate –  the\nold one – is shut’ and\u00a0left."
    at = plain.index("the gate")
    place = find(wrapped, Quote("the gate - the old one - is shut", plain[:at], "' and left."))
    assert place is not None
    assert place.change is Change.NONE
    assert wrapped[place.start : place.end] == "the gate –  the\nold one – is shut"


def test_words_whose_surroundings_were_edited_are_found() -> None:
    """The same words, in what is clearly their place."""
    edited = TEXT.replace("Brenn said", "Brenn told reporters").replace("She left at noon", "She left early")
    assert found("the bridge will open in May", edited) == ("the bridge will open in May", Change.SLIGHT)


def test_slightly_edited_words_are_found() -> None:
    """A letter or a comma more is a slight change, another number is not."""
    assert found("the bridge will open in May", TEXT.replace("bridge will", "bridge, will")) == (
        "the bridge, will open in May",
        Change.SLIGHT,
    )
    assert found("10 December", TEXT.replace("10 December", "11 December")) == ("11 December", Change.WORDS)


def test_words_that_say_something_else_are_told_from_edited_ones() -> None:
    """What stands in the place of the old words is found, and said to be other words."""
    place = found("the bridge will open in May", TEXT.replace("the bridge will open", "no tunnel can be dug"))
    assert place is not None
    assert place[1] is Change.WORDS


def test_of_two_places_the_one_with_the_same_surroundings_is_meant() -> None:
    """Words that stand twice are told apart by those around; where those do not tell, nothing is found."""
    twice = "In the north, the gate is shut again today. In the south, the gate is shut again today."
    second = twice.rindex("the gate")
    place = find(twice, Quote("the gate is shut", twice[second - 20 : second], " again"))
    assert place is not None
    assert place.start == second
    assert find("the gate is shut. the gate is shut.", Quote("the gate is shut", "It was told that ", " now")) is None


def test_equal_places_are_told_apart_by_the_nearest() -> None:
    """Where everything around is the same, too, the place nearest to the old one is taken."""
    page = "Reply: yes it is.\n" * 9
    at = page.index("yes", 100)
    place = find(page, Quote("yes", "Reply: ", " it is."), at + 2)
    assert place is not None
    assert place.start == at


@pytest.mark.parametrize("text", ["", "   ", "Nothing of the kind.", "May"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    """No place is better than a wrong one."""
    assert find(text, quote("the bridge will open in May")) is None


def test_an_empty_quote_is_nowhere() -> None:
    """Blanks anchor nothing."""
    assert find(TEXT, Quote(" \n", "Brenn said", "the")) is None


@given(st.text(alphabet="ab \n“\u00a0", max_size=60))
def test_places_of_a_flat_text_lead_back(text: str) -> None:
    """Every word of the flat text stands in the text it was made of."""
    there = Flat(text)
    at = 0
    for word in there.text.split(" ") if there.text else ():
        start, end = there.span(at, at + len(word))
        assert text[start:end].translate({0x201C: '"'}) == word
        at += len(word) + 1


@given(st.text(alphabet="abc d\n", max_size=40), st.data())
def test_any_words_are_found_in_their_own_text(text: str, data: st.DataObject) -> None:
    """Unless they are blank, at a place that reads the same."""
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end].strip()
    if words:
        start = text.index(words, start)
        place = find(text, Quote(words, text[:start], text[start + len(words) :]), start)
        assert place is not None
        assert (place.start, place.change) == (start, Change.NONE)
