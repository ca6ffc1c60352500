"""Dates, names and lists in plain English, and nothing that a screen could take for orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.export.phrases import day, listed, names, sentence, shortened, visible, when
from communique.model.dates import Date, Precision
from communique.model.record import Actor, NameCount
from communique.model.words import ActorKind


@pytest.mark.parametrize(
    ("value", "words"), [("2031-12-01", "1 December 2031"), ("2031-02", "February 2031"), ("2031", "2031")]
)
def test_a_date_in_words(value: str, words: str) -> None:
    """As exactly as it is known, no more."""
    assert day(value) == words
    assert when(Date.of(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-05-04/2031-05-06", "4 to 6 May 2031"),
        ("2031-04-30/2031-05-02", "30 April to 2 May 2031"),
        ("2031-12-30/2032-01-02", "30 December 2031 to 2 January 2032"),
        ("2031-05/2031-07", "May to July 2031"),
        ("2031/2033", "2031 to 2033"),
    ],
)
def test_a_period_says_once_what_both_ends_share(value: str, words: str) -> None:
    """The month and the year stand with the later end alone."""
    assert when(Date.of(value)) == words


def test_a_period_and_a_date_that_is_not_known() -> None:
    """Both ends of a period; brackets where no report says when."""
    assert when(Date.of("2031-05-05/2031-06")) == "5 May 2031 to June 2031"
    assert when(None) == when(Date("", Precision.UNKNOWN)) == "[date not stated]"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_words(words: list[str], text: str) -> None:
    """Commas, and an "and" before the last."""
    assert listed(words) == text


def test_an_id_without_an_actor_stays_as_it_is() -> None:
    """Names where they are known."""
    actor = Actor(id="x", kind=ActorKind.PERSON, name="Åse Lund", names=(NameCount("Åse Lund", 1),), evidence=())
    assert names(["x", "y"], {"x": actor}) == "Åse Lund and y"


def test_a_sentence_begins_with_a_capital() -> None:
    """Blanks are folded, the rest stays."""
    assert sentence("the  NATO\n summit") == "The NATO summit"
    assert sentence("") == ""


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_shortened_text_is_short_and_begins_the_same(text: str, longest: int) -> None:
    """At most so long, on one line, a beginning of the folded text."""
    folded = " ".join(text.split())
    found = shortened(text, longest)
    assert len(found) <= longest
    assert found == folded or (found.endswith("…") and folded.startswith(found[:-1]))


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9b",
        "\u061c",
        "\u200b",
        "\u200f",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ufeff",
    ],
)
def test_a_hidden_character_is_made_visible(mark: str) -> None:
    """Controls, bidi controls and zero-width characters are told by their number."""
    assert visible(f"a{mark}b") == f"a⟨U+{ord(mark):04X}⟩b"


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    """No control character, no break, whatever the text; what is harmless stays."""
    shown = visible(text)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in shown)
    assert visible(shown) == shown
