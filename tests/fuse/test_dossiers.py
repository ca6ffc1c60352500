"""Gathering claims by subject."""

from typing import Any

from communique.model.decisions import Ruling
from communique.model.reports import FurnitureKind


def test_claims_meet_under_their_subject(desk: Any) -> None:
    """All claims of one mention are in one dossier, in the order of the text."""
    page = desk.page("Ama Osei met Lin Tao.")
    one = page.entity("Ama Osei", country="Azania")
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [one])
    dossier = desk.dossiers.get(one)
    assert dossier.value("country") == "Azania"
    assert dossier.values("form") == ("name",)
    assert dossier.first("office") is None
    assert [d.subject for d in desk.dossiers.of("n")] == [one]
    assert len(desk.dossiers.of("e")) == 1


def test_silent_furniture_attests_no_event(desk: Any) -> None:
    """An event told in a caption is left out; one told in a headline is kept."""
    page = desk.page("Ministers met\nPHOTO: ministers shook hands\nThe rest.")
    page.mark("Ministers met", FurnitureKind.HEADLINE)
    page.mark("PHOTO: ministers shook hands", FurnitureKind.CAPTION)
    page.event("Ministers met", "meeting", "happened")
    page.event("ministers shook hands", "other", "happened")
    assert [d.claims[0].span.text for d in desk.dossiers.of("e")] == ["Ministers met"]


def test_names_in_furniture_stay(desk: Any) -> None:
    """A name in a caption is a mention all the same, but founds no body there."""
    page = desk.page("PHOTO: the Joint Council, founded in 1999")
    page.mark(page.text, FurnitureKind.CAPTION)
    page.entity("the Joint Council", "body", founded="1999")
    (dossier,) = desk.dossiers.of("n")
    assert dossier.value("name") == "the Joint Council"
    assert dossier.first("founded") is None


def test_half_in_furniture_is_in_furniture(desk: Any) -> None:
    """A span with half of its characters in furniture counts as furniture, with less it does not."""
    page = desk.page("abcdefgh")
    page.mark("abcd", FurnitureKind.WIDGET)
    page.event("abcdefgh", "other", "happened")
    page.event("bcdefgh", "other", "happened")
    assert [d.key.start for d in desk.dossiers.of("e")] == [1]


def test_a_rejected_mention_is_gone(desk: Any) -> None:
    """Rejecting without a field takes all claims of the mention out."""
    page = desk.page("They signed a treaty.")
    event = page.event("signed a treaty", "signing", "happened")
    desk.decide(Ruling.REJECT, (page, event))
    assert desk.dossiers.of("e") == ()


def test_a_rejected_field_is_gone(desk: Any) -> None:
    """Rejecting a field leaves the other claims."""
    page = desk.page("They signed a treaty.")
    event = page.event("signed a treaty", "signing", "happened", date="2031-05-01")
    desk.decide(Ruling.REJECT, (page, event), field="date")
    assert desk.dossiers.get(event).first("date") is None
    assert desk.dossiers.get(event).value("type") == "signing"


def test_a_set_field_outranks_what_was_read(desk: Any) -> None:
    """A value that a person set is the only one that counts, and rests on the anchored words."""
    page = desk.page("They signed a treaty.")
    event = page.event("signed a treaty", "signing", "happened", date="2031-05-01")
    desk.decide(Ruling.SET, (page, event), field="date", value="2031-05-02")
    dossier = desk.dossiers.get(event)
    assert dossier.values("date") == ("2031-05-02",)
    assert dossier.first("date").span.text == "signed a treaty"


def test_what_makes_no_sense_is_not_set(desk: Any) -> None:
    """A field that the mention cannot have, or a date that is none, changes nothing."""
    page = desk.page("They signed a treaty.")
    event = page.event("signed a treaty", "signing", "happened", date="2031-05-01")
    desk.decide(Ruling.SET, (page, event), field="office", value="Minister")
    desk.decide(Ruling.SET, (page, event), field="date", value="soon")
    assert desk.dossiers.get(event).values("date") == ("2031-05-01",)


def test_a_withdrawn_decision_leaves_no_trace(desk: Any) -> None:
    """What was rejected is back when the rejection is withdrawn."""
    page = desk.page("They signed a treaty.")
    event = page.event("signed a treaty", "signing", "happened")
    desk.decide(Ruling.REJECT, (page, event))
    desk.decide(Ruling.WITHDRAW, withdraws=desk.decisions[0].id)
    assert desk.dossiers.get(event) is not None
