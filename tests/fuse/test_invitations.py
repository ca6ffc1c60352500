"""Invitations that a later report shows to be accepted."""

from typing import Any

import pytest

from communique.model.words import Official

ASKED = "Ama Osei invited Lin Tao to visit Azania in 2032"
COMES = "Lin Tao will visit Azania"


def invitation(desk: Any, due: str = "2032", guest: str = "Lin Tao") -> Any:
    """A report in which somebody is invited to Azania."""
    page = desk.page(f"{ASKED}. Lin Tao of Borduria listened to her.", "2031-05-14")
    osei = page.entity("Ama Osei", country="Azania", office="President")
    tao = page.entity("Lin Tao", country="Borduria", office="Premier")
    land = page.entity("Azania", "country", country="Azania")
    about = page.event("to visit Azania", "visit", "planned", place=land)
    facts = {"to": tao} if guest else {}
    page.promise(ASKED, "invitation", "offered", [osei], about=about, due=due, **facts)
    return page


def visit(desk: Any, who: str = "Lin Tao", due: str = "2032-03-05", country: str = "Borduria") -> Any:
    """A report of another story that announces a visit to Azania."""
    page = desk.page(f"{who} will visit Azania in spring.", "2032-02-20")
    guest = page.entity(who, country=country, office="Premier")
    land = page.entity("Azania", "country", country="Azania")
    page.promise(f"{who} will visit Azania", "visit", "agreed", [guest], to=land, due=due)
    desk.apart = [{p.id} for p in desk.pages]
    return page


def answer(desk: Any) -> Any:
    """The invitation of a desk."""
    (row,) = (c for c in desk.record().commitments if c.kind == "invitation")
    return row


@pytest.mark.parametrize("guest", ["Lin Tao", ""])
def test_a_visit_announced_later_accepts_the_invitation(desk: Any, guest: str) -> None:
    """The announcement of the guest's visit is a row of the invitation, also where a pronoun left the guest open."""
    invitation(desk, guest=guest)
    page = visit(desk)
    row = answer(desk)
    assert row.status.official is Official.AGREED
    assert row.history[-1].evidence == (page.span(COMES),)


def test_another_year_is_another_visit(desk: Any) -> None:
    """A visit at a time that does not fit answers nothing."""
    invitation(desk)
    visit(desk, due="2034-03-05")
    assert answer(desk).status.official is Official.OFFERED


@pytest.mark.parametrize("guest", ["Lin Tao", ""])
def test_somebody_else_comes(desk: Any, guest: str) -> None:
    """The visit of a person whom the invitation's report does not name answers nothing."""
    invitation(desk, guest=guest)
    visit(desk, who="Juan Rey", country="San Theodoros")
    assert answer(desk).status.official is Official.OFFERED
