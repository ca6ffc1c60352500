"""Who hosts a session."""

from typing import Any

import pytest

from communique.fuse.hosts import Hosts


def summit(desk: Any, text: str, land: str, presiding: str = "") -> str | None:
    """The host of the one summit of Azania and the Blue Union that a report tells of in Port Ada, in `land`."""
    page = desk.page(f"{text} Azania-Blue Union summit in Port Ada on 14 May. Borduria chairs the Blue Union.")
    body = page.entity("Azania-Blue Union summit", "body", country="Azania")
    for name in dict.fromkeys(("Azania", "Borduria", land)):
        page.entity(name, "country", country=name) if name in page.text else None
    desk.page(f"{land} is a country.").entity(land, "country", country=land)
    if presiding:
        page.say(page.mention("n", presiding), "office", "presidency of Blue Union", "Borduria chairs the Blue Union")
    place = page.entity("Port Ada", "place", country=land)
    page.event(text, "summit", "happened", body=body, place=place, date="2031-05-14")
    (found,) = desk.happenings.all
    return Hosts(desk.dossiers, desk.cast).of(found)


def test_a_session_in_a_member_country_is_hosted_by_it(desk: Any) -> None:
    """Where it is held says who hosts, inside the body's countries."""
    assert summit(desk, "They met at the", "Azania", "Borduria") == "azania"


def test_else_the_country_that_presides_over_the_other_side_hosts(desk: Any) -> None:
    """The presidency counts, wherever the summit was moved to."""
    assert summit(desk, "They met at the", "Cordova", "Borduria") == "borduria"


@pytest.mark.parametrize(("text", "host"), [("They met at the", None), ("The town hosted the", "cordova")])
def test_a_place_outside_all_members_hosts_only_where_a_report_says_so(desk: Any, text: str, host: str | None) -> None:
    """By its place alone nobody is made the host."""
    assert summit(desk, text, "Cordova") == host
