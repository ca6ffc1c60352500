"""Spellings of one name: which are told, and which are the same."""

from typing import Any

import pytest

from communique.fuse.name_forms import name_forms


def told(desk: Any, *printed: tuple[str, ...], office: str = "Minister of Ports") -> Any:
    """The spellings told where each report prints some names of one minister."""
    for names in printed:
        page = desk.page(" and ".join(names))
        first = page.entity(names[0], office=office, country="Azania")
        for name in names[1:]:
            page.entity(name, of=first)
    return list(name_forms(desk.dossiers, desk.cast, desk.origins))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marek Dvorzak", "Marek Dvorsak"), ("Yussuf Kamara", "Yusuf Kamara"), ("Ela Tam-Bori", "Ela Tambori")],
)
def test_two_spellings_are_told(desk: Any, one: str, other: str) -> None:
    """Full names of one holder of an office that differ by a letter or a hyphen are told with both spellings."""
    (row,) = told(desk, (one,), (other,), (one,))
    assert {v.value for v in row.values} == {one, other}
    assert (row.kind, row.preferred) == ("name", one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marek Dvorzak", "Minister Dvorzak"),
        ("Marek Dvorzak", "M. Dvorzak"),
        ("Marek Dvorzak", "MAREK DVORZAK"),
        ("Marek Dvorzak", "Marek Dvořzak"),
        ("Marek Dvorzak", "Marek J. Dvorzak"),
        ("Michael Dunbar", "Mike Dunbar"),
    ],
)
def test_what_is_no_spelling_is_left_alone(desk: Any, one: str, other: str) -> None:
    """A title, an initial, capitals, marks on letters and short forms of a given name are no other spelling."""
    assert told(desk, (one,), (other,)) == []


def test_one_report_alone_is_no_disagreement(desk: Any) -> None:
    """Two spellings that nobody else prints are one report's slip."""
    assert told(desk, ("Marek Dvorzak", "Marek Dvorzhak")) == []


def test_no_office_no_disagreement(desk: Any) -> None:
    """Persons of whom no office is told may be two."""
    for name in ("Marek Dvorzak", "Marek Dvorzhak"):
        desk.page(name).entity(name)
    assert list(name_forms(desk.dossiers, desk.cast, desk.origins)) == []
