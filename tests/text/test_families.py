"""Which words name the same kind of happening."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.families import Kin, families, kin, stem

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=15)


def related(one: str, other: str) -> Kin:
    return kin(one, other, families(one), families(other))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("sign", "sign", Kin.SAME),
        ("sign", "signing", Kin.FORM),
        ("ratify", "ratification", Kin.FORM),
        ("deliver", "handover", Kin.FORM),
        ("quake", "earthquake", Kin.FORM),
        ("meet", "talk", Kin.NEAR),
        ("sign", "treaty", Kin.NEAR),
        ("sign", "earthquake", Kin.NONE),
        ("zorble", "meet", Kin.NONE),
    ],
)
def test_words_of_one_happening_are_kin(one: str, other: str, wanted: Kin) -> None:
    """Forms and synonyms are one step, neighbours in meaning another, all else none."""
    assert related(one, other) is wanted


def test_endings_are_cut_without_a_row() -> None:
    """A word that no row holds still meets its own noun."""
    assert not families("irrigate")
    assert related("irrigate", "irrigation") is Kin.FORM


def test_a_particle_makes_another_verb() -> None:
    """To call off is to cancel; to call is not."""
    assert kin("call", "cancel", families("call", ("off",)), families("cancel")) is Kin.FORM
    assert related("call", "cancel") is Kin.NONE


def test_a_headline_keeps_its_verb_inflected() -> None:
    """Capitals make the model take a verb for a name, and its lemma stays as printed."""
    assert related("visits", "tour") is Kin.FORM


def test_short_words_keep_their_letters() -> None:
    """Nothing is cut below four letters: "ring" is no form of "r"."""
    assert (stem("ring"), stem("sale"), stem("used")) == ("ring", "sale", "used")


@given(WORDS, WORDS)
def test_kinship_is_mutual(one: str, other: str) -> None:
    """Which of two words comes first makes no difference."""
    assert related(one, other) is related(other, one)


@given(WORDS)
def test_a_word_is_the_same_as_itself(word: str) -> None:
    """Whatever it is, and whether or not a row holds it."""
    assert related(word, word) is Kin.SAME
