"""Names that look alike across reports: never one by likeness alone."""

from typing import Any

import pytest

SPOOFS = [
    "Pelо Moeti",  # a Cyrillic o
    "Pelo Mοeti",  # a Greek omicron
    "Pe\u200blo Moeti",
    "Pelo Moe\u202eti",
    "Pe\u0335lo Moeti",
    "Ｐｅｌｏ Moeti",
]


@pytest.mark.parametrize("spoof", SPOOFS)
@pytest.mark.parametrize("surname", [False, True])
def test_a_person_is_not_who_the_name_looks_like(desk: Any, spoof: str, *, surname: bool) -> None:
    """The full name and the bare surname of a look-alike stay an actor of their own."""
    last = spoof.rpartition(" ")[2]
    called = last if surname and last != "Moeti" else spoof
    one = desk.page("Pelo Moeti spoke in Suva.").entity("Pelo Moeti")
    other = desk.page(f"{called} spoke in Suva.").entity(called)
    cast = desk.cast
    assert cast.resolve[one] != cast.resolve[other]


def test_a_body_is_not_what_its_name_looks_like(desk: Any) -> None:
    """The same for bodies, whose names meet in a normal form."""
    one = desk.page("The Council for Rivers met.").entity("Council for Rivers", kind="body")
    other = desk.page("The Council for Riv\u200bers met.").entity("Council for Riv\u200bers", kind="body")
    cast = desk.cast
    assert cast.resolve[one] != cast.resolve[other]


def test_one_spelling_of_a_look_alike_is_one_actor(desk: Any) -> None:
    """A name that hides characters is still itself in every report that prints it so."""
    one = desk.page("Pe\u200blo Moeti spoke.").entity("Pe\u200blo Moeti")
    other = desk.page("Pe\u200blo Moeti sang.").entity("Pe\u200blo Moeti")
    cast = desk.cast
    assert cast.resolve[one] == cast.resolve[other]
