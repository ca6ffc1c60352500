"""Rulings as a chain."""

import msgspec

from communique.model.decisions import Decision, Ruling, in_force


def test_a_withdrawn_decision_no_longer_counts() -> None:
    """What was withdrawn, and the withdrawal, both leave the force of the record."""
    kept = Decision(ruling=Ruling.REJECT, by="Ada")
    taken_back = Decision(ruling=Ruling.SAME, by="Ada", previous=kept.id)
    withdrawal = Decision(ruling=Ruling.WITHDRAW, withdraws=taken_back.id, previous=taken_back.id)
    assert in_force((kept, taken_back, withdrawal)) == (kept,)


def test_an_id_seals_all_that_came_before() -> None:
    """Changing an earlier decision changes the id of every later one."""
    first, forged = Decision(ruling=Ruling.REJECT, by="Ada"), Decision(ruling=Ruling.REJECT, by="Eve")
    assert Decision(ruling=Ruling.SAME, previous=first.id).id != Decision(ruling=Ruling.SAME, previous=forged.id).id


def test_a_decision_survives_writing_and_reading() -> None:
    """A decision is the same after a trip through JSON, id included."""
    decision = Decision(ruling=Ruling.SET, field="date", value="2025-05-20", by="Ada", on="2025-06-01")
    back = msgspec.json.decode(msgspec.json.encode(decision), type=Decision)
    assert back == decision
    assert back.id == decision.id
