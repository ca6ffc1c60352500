"""Sessions that only their dates show to be one."""

from typing import Any


def council(page: Any) -> Any:
    """The body."""
    return page.entity("the Joint Council", "body", name="Joint Council")


def test_a_session_told_without_its_number(desk: Any) -> None:
    """A session of the body on the day of a numbered one is that one, also in another story."""
    one, two = desk.page("the 7th session of the Joint Council"), desk.page("a session of the Joint Council")
    desk.apart = [{one.id}, {two.id}]
    one.event(one.text, "session", "happened", body=council(one), number="7", date="2031-05-13")
    two.event(two.text, "session", "happened", body=council(two), date="2031-05-13")
    (event,) = desk.happenings.events
    assert (event.number, event.origins) == (7, 2)


def test_a_session_announced_and_then_held(desk: Any) -> None:
    """A numbered plan without a date is the one session of the body held within a month."""
    one = desk.page("the 7th session of the Joint Council is near", "2031-05-01")
    two = desk.page("a session of the Joint Council was held", "2031-05-13")
    desk.apart = [{one.id}, {two.id}]
    one.event("the 7th session of the Joint Council", "session", "planned", body=council(one), number="7")
    two.event("a session of the Joint Council was held", "session", "happened", body=council(two), date="2031-05-13")
    (event,) = desk.happenings.events
    assert (event.number, event.status) == (7, "happened")


def test_a_plan_for_next_year_is_not_the_session_of_this_one(desk: Any) -> None:
    """A session held much later than the announcement is not taken for it."""
    one = desk.page("the 7th session of the Joint Council is near", "2031-05-01")
    two = desk.page("a session of the Joint Council was held", "2031-09-13")
    desk.apart = [{one.id}, {two.id}]
    one.event("the 7th session of the Joint Council", "session", "planned", body=council(one), number="7")
    two.event("a session of the Joint Council was held", "session", "happened", body=council(two), date="2031-09-13")
    assert len(desk.happenings.events) == 2
