"""The sessions of one body."""

from typing import Any

import pytest

from communique.fuse.series import series


@pytest.fixture
def council(desk: Any) -> Any:
    """A council with sessions 6 and 7 held and 8 planned, told by one report."""
    page = desk.page(
        "The annual Joint Council, founded in 2020, alternates between both. The 6th session was held in Azania in"
        " 2026. The 7th session was held in Azania. The 8th session will be in Borduria in 2032."
    )
    body = page.entity("Joint Council", "body", founded="2020", rhythm="annual", rotation="alternates between both")
    for land in ("Azania", "Borduria"):
        page.entity(land, "country", country=land)
    for number, status, words, land, date in (
        ("6", "happened", "The 6th session was held in Azania", "Azania", "2026"),
        ("7", "happened", "The 7th session was held in Azania", "Azania", "2031-05-14"),
        ("8", "planned", "The 8th session will be in Borduria", "Borduria", "2032"),
    ):
        place = page.mention("n", land)
        page.event(words, "session", status, body=body, number=number, place=place, date=date)
    return desk


def made(desk: Any) -> Any:
    """The series of a desk."""
    return series(desk.happenings, desk.dossiers, desk.cast)


def test_a_series_lists_its_sessions(council: Any) -> None:
    """Sessions come by number, each with its event, date, place and host."""
    (row,) = made(council)
    assert (row.id, row.founded.value, row.rhythm) == ("joint-council", "2020", "annual")
    assert [s.number for s in row.sessions] == [6, 7, 8]
    assert [s.host for s in row.sessions] == ["azania", "azania", "borduria"]
    assert row.sessions[1].event == "joint-council-7"


def test_the_next_session_is_the_planned_one(council: Any) -> None:
    """What comes next is stated, never counted on."""
    (row,) = made(council)
    assert (row.next.number, row.next.host, row.next.date.value) == (8, "borduria", "2032")


def test_what_does_not_add_up_is_told(council: Any) -> None:
    """A gap in an annual rhythm, a host twice running and too few sessions are told, and no session is invented."""
    (row,) = made(council)
    gap, host, few = row.anomalies
    assert "no session is told for 2027, 2028, 2029, 2030" in gap
    assert "both held in Azania" in host
    assert "founded in 2020" in few


def test_without_a_stated_rhythm_nothing_is_odd(desk: Any) -> None:
    """Gaps are only gaps where a rhythm is claimed."""
    page = desk.page("The 1st session of the Joint Council. The 2nd session of the Joint Council")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    page.event("The 1st session of the Joint Council", "session", "happened", body=body, number="1", date="2001")
    page.event("The 2nd session of the Joint Council", "session", "happened", body=body, number="2", date="2031")
    (row,) = made(desk)
    assert row.anomalies == ()
    assert row.next is None


def test_one_unnumbered_meeting_makes_no_series(desk: Any) -> None:
    """A body with a single dated session and no number has no series."""
    page = desk.page("a session of the Joint Council")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    page.event(page.text, "session", "happened", body=body, date="2031-05-14")
    assert made(desk) == ()


def test_events_know_their_series(council: Any) -> None:
    """Every session's event names the series."""
    record = council.record()
    assert {e.series for e in record.events} == {"joint-council"}


@pytest.mark.parametrize(
    ("kind", "what", "rows"), [("forum", "summit", 1), ("body", "summit", 1), ("body", "meeting", 0)]
)
def test_a_forum_or_organisation_with_one_dated_summit_has_a_series(desk: Any, kind: str, what: str, rows: int) -> None:
    """A summit needs no number to be listed, whatever the host body is called; one unnumbered meeting is no series."""
    page = desk.page(f"the Coral Union {what} in Port Ilm in October 2030")
    union = page.entity("Coral Union", kind)
    page.event(f"the Coral Union {what}", what, "happened", body=union, date="2030-10")
    found = made(desk)
    assert [[(x.number, x.date.value) for x in row.sessions] for row in found] == [[(None, "2030-10")]] * rows


@pytest.mark.parametrize(("status", "coming"), [("planned", 8), ("offered", 8), ("cancelled", None), ("denied", None)])
def test_a_session_that_was_called_off_is_not_the_next(desk: Any, status: str, coming: int | None) -> None:
    """Only what is still to come is named as what comes next."""
    page = desk.page("The Joint Council held its 7th session in 2031. On the 8th session in 2032 it spoke again.")
    body = page.entity("Joint Council", "body")
    page.event("held its 7th session", "session", "happened", body=body, number="7", date="2031")
    page.event("the 8th session", "session", status, body=body, number="8", date="2032")
    (row,) = made(desk)
    assert (row.next.number if row.next else None) == coming
