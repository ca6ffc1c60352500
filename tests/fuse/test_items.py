"""Items: a name, a count, a delivery status."""

from typing import Any

from communique.fuse.items import items


def test_an_item_has_its_count_and_status(desk: Any) -> None:
    """Count and delivery come from the claims, and nothing else is there."""
    page = desk.page("two locomotives of type Meteor were promised")
    page.entity("Meteor", "item", count="two", delivery="promised")
    (row,) = items(desk.dossiers, desk.cast)
    assert (row.count, row.delivery) == ("two", "promised")
    assert row.evidence == (page.span("Meteor"),)


def test_the_newest_report_tells_the_status(desk: Any) -> None:
    """A later report outranks an earlier one."""
    for day, status in (("2031-05-14", "delivered"), ("2030-05-14", "promised")):
        desk.page("the Meteor", day).entity("Meteor", "item", delivery=status)
    (row,) = items(desk.dossiers, desk.cast)
    assert row.delivery == "delivered"


def test_of_two_words_on_one_day_the_lesser_is_told(desk: Any) -> None:
    """Where reports of one day differ, nothing is told as delivered that one only promises."""
    for status in ("delivered", "promised"):
        desk.page("the Meteor").entity("Meteor", "item", delivery=status)
    (row,) = items(desk.dossiers, desk.cast)
    assert row.delivery == "promised"


def test_silence_is_not_stated(desk: Any) -> None:
    """An item that is only named has no count and no status."""
    desk.page("the Meteor").entity("Meteor", "item")
    (row,) = items(desk.dossiers, desk.cast)
    assert (row.count, row.delivery) == (None, "not stated")
