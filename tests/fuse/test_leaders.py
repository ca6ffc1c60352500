"""Leaders' summits of two countries."""

from typing import Any

import pytest

from communique.fuse.series import series


def told(desk: Any, plan: str, visits: int = 1) -> Any:
    """The series of two countries' summits: one held in Azania, then visits of its leader to Borduria, as `plan`."""
    page = desk.page(
        "Ana Soto met Ivo Marek in Azania at the Azania-Borduria summit in May 2030."
        " Soto will visit Borduria next year. Soto goes to Borduria again."
    )
    soto = page.entity("Ana Soto", office="President", country="Azania")
    marek = page.entity("Ivo Marek", office="President", country="Borduria")
    body = page.entity("Azania-Borduria summit", "body", country="Azania")
    page.say(body, "country", "Borduria", "Azania-Borduria summit")
    azania = page.entity("Azania", "country", country="Azania")
    borduria = page.entity("Borduria", "country", country="Borduria")
    words = "at the Azania-Borduria summit"
    page.event(words, "summit", "happened", [soto, marek], body=body, place=azania, date="2030-05")
    for words, date in (("Soto will visit Borduria", "2032"), ("Soto goes to Borduria again", "2033"))[:visits]:
        page.event(words, "visit", plan, [soto], place=borduria, date=date)
    return series(desk.happenings, desk.dossiers, desk.cast)


def test_the_planned_visit_of_a_leader_is_taken_for_the_next_summit(desk: Any) -> None:
    """It stands on the visit, at its date, and the series says that no report calls it a session."""
    (row,) = told(desk, "planned")
    assert [(s.status, s.host, s.number) for s in row.sessions] == [
        ("happened", "azania", None),
        ("planned", "borduria", None),
    ]
    assert "no report calls it one" in row.anomalies[-1]


@pytest.mark.parametrize(("plan", "visits"), [("requested", 1), ("hypothetical", 1), ("planned", 2)])
def test_what_is_not_one_planned_visit_is_no_summit(desk: Any, plan: str, visits: int) -> None:
    """A wish, a mere idea, or one of several visits makes no session."""
    (row,) = told(desk, plan, visits)
    assert [s.status for s in row.sessions] == ["happened"]
    assert row.anomalies == ()
