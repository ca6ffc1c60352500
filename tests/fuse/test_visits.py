"""How long a visit took."""

from typing import Any


def visit(desk: Any, *, own: str = "", land: str = "Azania") -> Any:
    """The visit of Ama Osei to Azania, who opened a bridge on Monday and met Ivo Marek on the day of the report."""
    page = desk.page(
        "Ama Osei met Ivo Marek in Port Ada on 14 May. On Monday Osei opened a bridge in Kelmar."
        " Osei’s visit to Azania was long."
    )
    osei, marek = page.entity("Ama Osei"), page.entity("Ivo Marek")
    page.entity("Azania", "country", country="Azania")
    ada, kelmar = page.entity("Port Ada", "place", country="Azania"), page.entity("Kelmar", "place", country=land)
    met = page.event("met Ivo Marek", "meeting", "happened", [osei, marek], place=ada)
    page.say(met, "date", "2031-05-14", "14 May", "explicit")
    opened = page.event("Osei opened a bridge", "ceremony", "happened", [osei], place=kelmar)
    page.say(opened, "date", "2031-05-12", "Monday", "explicit")
    there = page.mention("n", "Azania")
    went = page.event("Osei’s visit to Azania", "visit", "happened", [osei], place=there)
    if own:
        page.say(went, "date", own, "long", "explicit")
    return next(e for e in desk.happenings.events if e.type == "visit")


def test_a_visit_lasts_from_the_first_to_the_last_day_of_what_was_done(desk: Any) -> None:
    """The words that give both days are its evidence, too."""
    event = visit(desk)
    assert event.date.value == "2031-05-12/2031-05-14"
    assert {"Monday", "14 May"} <= {s.text for s in event.evidence}


def test_a_stated_date_stands(desk: Any) -> None:
    """Nothing is derived where a report says when."""
    assert visit(desk, own="2031-05-13").date.value == "2031-05-13"


def test_what_was_done_elsewhere_is_no_part_of_it(desk: Any) -> None:
    """A day in another country does not lengthen a visit."""
    assert visit(desk, land="Borduria").date.value == "2031-05-14"
