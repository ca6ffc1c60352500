"""Likeness of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.names import body_key, name_parts, same_given, same_holder, same_person, short_of, skeleton, spells


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Orlov", "Sergey Orlov"),
        ("Thomas J. Reed", "Tom Reed"),
        ("Abe Shinzo", "Shinzo Abe"),
        ("Park Geun-hye", "Park Geun Hye"),
        ("Abdel Rahman al-Masri", "Abdel Rahman El-Masri"),
        ("Marta Ruiz Ortega", "Marta Ruíz"),
        ("Mehmet Kemal Yılmaz", "Kemal Yilmaz"),
        ("J. Lindqvist", "Johan Lindqvist"),
        ("Amina Fatimah", "Amina Fatima"),
    ],
)
def test_same(one: str, other: str) -> None:
    """Spellings, short forms, initials, turned order and missing words do not part a person's names."""
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Virtanen", "Mika Virtanen"),
        ("Kim Yong Sun", "Kim Yong Il"),
        ("Carlos Ortega", "Carlos Ruiz"),
        ("Orlov", "Sergei Orlov"),
        ("George A. Hill", "George B. Hill"),
        ("", "Ana"),
    ],
)
def test_different(one: str, other: str) -> None:
    """Another given name, another surname or another initial is another person; one word alone proves nothing."""
    assert not same_person(one, other)


def test_parts() -> None:
    """Particles are no parts of their own, a hyphenated word is one, an article on a name is cut."""
    assert name_parts("Ursula von der Heide") == ("ursula", "heide")
    assert name_parts("Ban Ki-moon") == ("ban", "kimoon")
    assert name_parts("Omar al-Bashir") == ("omar", "bashir")


def test_given_names() -> None:
    """A short form and an initial are given names like the long one."""
    assert same_given("William", "Bill")
    assert same_given("W", "William")
    assert not same_given("Rosa", "Maria")


def test_skeleton() -> None:
    """Romanisations of one name share what is left without vowels."""
    assert skeleton("Khristenko") == skeleton("Hristenko")


def test_body_key() -> None:
    """Case, ampersands, hyphens and British spelling make no difference to a body's key."""
    one = body_key("Chile-Kenya Inter-Governmental Commission on Defence & Defence-Technical Cooperation")
    assert one == body_key("Chile–Kenya Intergovernmental Commission on defense and Defense Technical Co-operation")
    assert one != body_key("Chile-Kenya Inter-Governmental Commission on Trade")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("CKIGC-D&DTC", "Chile-Kenya Inter-Governmental Commission on Defence & Defence Technical Cooperation"),
        ("JCF", "Joint Commission on Fisheries"),
        ("NATO", "North Atlantic Treaty Organization"),
        ("ARM Plus", "Andean Resource Ministers' Meeting Plus"),
    ],
)
def test_short(short: str, long: str) -> None:
    """The letters of a short form begin the words of the long name, in order."""
    assert short_of(short, long)


def test_not_short() -> None:
    """Letters that the long name does not give, or one letter alone, are no short form."""
    assert not short_of("XYZ", "Joint Commission on Fisheries")
    assert not short_of("J", "Joint Commission")


@given(st.text(max_size=30), st.text(max_size=30))
def test_symmetric(one: str, other: str) -> None:
    """Likeness of names has no direction and never fails."""
    assert same_person(one, other) == same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thandiwe Mokoena", "Thandi Mokoena", True),
        ("Bridget Halloran", "Bridgit Halloran", True),
        ("Elçin Məmmədzadə", "Elchin Mammadzade", True),
        ("Anna Virtanen", "Mika Virtanen", False),
        ("Carlos Ortega", "Carlos Ruiz", False),
        ("Ortega", "Ortega", False),
    ],
)
def test_one_office_vouches_for_two_spellings(one: str, other: str, *, same: bool) -> None:
    """Beside one office a given name may be cut short or spelled freely; another given name is another person."""
    assert same_holder(one, other) is same_holder(other, one) is same


@pytest.mark.parametrize(
    ("account", "name", "owns"),
    [
        ("anasilva", "Ana Silva", True),
        ("asilva", "Ana Silva", True),
        ("silva_office", "Ana Silva", True),
        ("mfibarra", "María Fernanda Ibarra Quiroga", True),
        ("SuryantoRI_2", "Suryanto", False),
        ("suryanto_ri", "Suryanto", True),
        ("ana", "Ana Silva", False),
        ("silverlake", "Ana Silva", False),
        ("", "Ana Silva", False),
    ],
)
def test_an_account_is_spelled_with_a_name(account: str, name: str, *, owns: bool) -> None:
    """An account is a person's where it is the name with words begun or left out, and one of them whole."""
    assert spells(account, name) is owns
