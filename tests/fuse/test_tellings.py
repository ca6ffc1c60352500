"""Event mentions with their references resolved."""

from typing import Any

from communique.fuse.tellings import tellings
from communique.model.dates import Date


def told(desk: Any) -> Any:
    """The tellings of a desk."""
    return tellings(desk.dossiers, desk.cast, desk.times, desk.origins)


def test_references_become_actors(desk: Any) -> None:
    """Participants, places and bodies are actors; persons are kept apart from the rest."""
    page = desk.page("Ama Osei of the Joint Council met in Port Ada")
    osei, body = page.entity("Ama Osei"), page.entity("the Joint Council", "body", name="Joint Council")
    place = page.entity("Port Ada", "place")
    page.event("met in Port Ada", "meeting", "happened", [osei, body], body=body, place=place, number="3")
    (telling,) = told(desk)
    assert telling.people == {osei}
    assert telling.others == {"joint-council"}
    assert (telling.body, telling.number, telling.places[0].actor) == ("joint-council", 3, place)
    assert telling.gathering
    assert telling.published == Date.of("2031-05-14")


def test_names_are_no_words_of_a_title(desk: Any) -> None:
    """The words that tell events apart leave out who and where."""
    page = desk.page("Ama Osei laid a wreath")
    page.event(page.text, "ceremony", "happened", [page.entity("Ama Osei")])
    (telling,) = told(desk)
    assert telling.words == {"laid", "wreath"}


def test_a_joint_mention_brings_all_its_members(desk: Any) -> None:
    """`Both ministers` as participant is each of them."""
    page = desk.page("Ama Osei and Lin Tao came. Both ministers signed.")
    who = [page.entity("Ama Osei"), page.entity("Lin Tao")]
    page.event("Both ministers signed", "signing", "happened", [page.joint("Both ministers", who)])
    assert told(desk)[0].people == set(who)


def test_a_number_without_body_belongs_to_the_only_one(desk: Any) -> None:
    """`The 6th session` is the body's whose numbered sessions the report tells."""
    page = desk.page("the 7th session of the Joint Council. The 6th session was held.")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    page.event("the 7th session of the Joint Council", "session", "happened", body=body, number="7")
    page.event("The 6th session was held", "session", "happened", number="6")
    assert [t.body for t in told(desk)] == ["joint-council", "joint-council"]


def test_happened_after_publication_is_untimely(desk: Any) -> None:
    """A report cannot tell as done what it dates after its own day."""
    page = desk.page("the fair of 2032")
    page.event(page.text, "other", "happened", date="2032")
    assert told(desk)[0].untimely


def test_days_in_a_row_are_one_period(desk: Any) -> None:
    """As in "on 12 and 13 May"; days apart stay two dates, and so do days told far from each other."""
    page = desk.page("The council met on 12 and 13 May. It met on 2 and 9 May.")
    first = page.event("The council met on 12 and 13 May", "meeting", "happened")
    page.say(first, "date", "2031-05-12", "12", "explicit")
    page.say(first, "date", "2031-05-13", "13 May", "explicit")
    second = page.event("It met on 2 and 9 May", "meeting", "happened")
    page.say(second, "date", "2031-05-02", "2 and", "explicit")
    page.say(second, "date", "2031-05-09", "9 May", "explicit")
    assert [[d.date.value for d in t.dates] for t in told(desk)] == [
        ["2031-05-12/2031-05-13"],
        ["2031-05-02", "2031-05-09"],
    ]
