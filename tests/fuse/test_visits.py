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


def announced(desk: Any, days: str, *, land: str = "Azania") -> Any:
    """A report that announces a visit of Ama Osei to Azania on some days, and that she will meet Ivo Marek there."""
    page = desk.page(f"Ama Osei will visit Azania on {days}. In Port Ada she will meet Ivo Marek.")
    osei, marek = page.entity("Ama Osei"), page.entity("Ivo Marek")
    there = page.entity("Azania", "country", country="Azania")
    ada = page.entity("Port Ada", "place", country=land)
    went = page.event("Ama Osei will visit Azania", "visit", "planned", [osei], place=there)
    page.say(went, "date", days, days, "explicit")
    page.event("she will meet Ivo Marek", "meeting", "planned", [osei, marek], place=ada)
    return next(e for e in desk.happenings.events if e.type == "meeting")


def test_what_a_visitor_is_to_do_there_has_the_month_of_a_visit_of_several_days(desk: Any) -> None:
    """On which of its days nobody says; the words that date the visit are evidence."""
    event = announced(desk, "2031-06-12/2031-06-14")
    assert event.date.value == "2031-06"
    assert "2031-06-12/2031-06-14" in {s.text for s in event.evidence}
    assert event.part_of


def test_a_visit_of_one_day_dates_what_is_done_on_it(desk: Any) -> None:
    """There is but one day."""
    assert announced(desk, "2031-06-12").date.value == "2031-06-12"


def test_what_is_to_be_done_in_another_country_is_not_of_the_visit(desk: Any) -> None:
    """It stays undated."""
    event = announced(desk, "2031-06-12", land="Borduria")
    assert event.date is None
    assert event.part_of is None
