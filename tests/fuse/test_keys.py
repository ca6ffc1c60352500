"""Normal forms of names and words."""

from typing import Any

import pytest

from communique.fuse import keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("India-Russia Joint Commission", "Russian-Indian Joint Commission"),
        ("Joint Commission on Ports & Rails", "Joint Commission on Ports and Rails"),
        ("Brazil-South Africa Joint Commission", "South African-Brazilian Joint Commission"),
        ("Kenya-Peru Inter-Governmental Commission", "Peru-Kenya Intergovernmental Commission"),
    ],
)
def test_names_of_one_body_meet(one: Any, other: Any) -> None:
    """The order of the countries, demonyms, hyphens and `&` make no difference."""
    assert keys.body_key(one) == keys.body_key(other)


def test_a_body_named_by_countries_alone_keeps_them() -> None:
    """A name of nothing but countries is not emptied."""
    assert keys.body_key("Kenya-Peru")


def test_two_commissions_of_two_countries_differ() -> None:
    """The subject tells commissions of the same countries apart."""
    assert keys.body_key("Kenya-Peru Commission on Trade") != keys.body_key("Kenya-Peru Commission on Fisheries")


def test_countries_are_seen_in_a_name() -> None:
    """Names and demonyms give the canonical country."""
    assert keys.countries_in("Kenya-Peruvian Commission") == {"Kenya", "Peru"}


def test_forms_of_a_word_meet() -> None:
    """Small words go, and words are cut so that endings make no difference."""
    assert keys.words("the operation of a bridge") == keys.words("operating bridges")


def test_the_commonest_text_wins() -> None:
    """Most often, then longest, then smallest; nothing gives nothing."""
    assert keys.most(["b", "aa", "b"]) == "b"
    assert keys.most(["b", "aa"]) == "aa"
    assert keys.most([]) == ""


def test_capitals_are_cities() -> None:
    """Capitals and other cities are known; a country is none."""
    assert {"nairobi", "lisbon"} <= keys.cities()
    assert "kenya" not in keys.cities()


def test_a_continent_is_no_country() -> None:
    """A name that only sounds like a country's keeps its words: a summit of the Americas is nobody else's summit."""
    assert keys.body_key("Summit of the Americas") != keys.body_key("Canada-Mexico summit")


def test_countries_of_several_words_are_found() -> None:
    """Names and demonyms of several words are the countries', and the longer name goes first."""
    assert keys.countries_in("South African-Papua New Guinea Council") == {"South Africa", "Papua New Guinea"}
