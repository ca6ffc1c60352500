"""One fact as lines for a person."""

import pytest

from communique.cli.card import card
from communique.model.dates import Date
from communique.model.record import Change, Commitment, Status
from communique.model.words import Attested, CommitmentKind, Official, Schedule
from communique.testing import report, span

TEXT = "Marsk promised a bridge on 3 May 2024."


@pytest.fixture
def pledge() -> Commitment:
    """A promise with one row of history."""
    words = (span(report(TEXT), "promised a bridge"),)
    return Commitment(
        id="c1",
        kind=CommitmentKind.PLEDGE,
        by=("a1",),
        what="a \u202ebridge",
        status=Status(official=Official.PROMISED, evidence=Attested.REPORTED, schedule=Schedule.NO_DATE),
        history=(Change(on=Date.of("2024-05-03"), official=Official.PROMISED, evidence=words),),
        origins=1,
        confidence=0.5,
        evidence=words,
    )


def test_a_card_names_people_and_leaves_out_what_nobody_said(pledge: Commitment) -> None:
    """Names for ids, a row for each change, the three axes on one line, no empty field, no evidence."""
    lines = card("commitments", pledge, {"a1": "Helena Marsk"}).splitlines()
    assert lines[:2] == ["commitments", "id: c1"]
    assert "by: Helena Marsk" in lines
    assert "status: promised, reported, no date" in lines
    assert lines[lines.index("history:") + 1] == "  2024-05-03, promised"
    assert not [line for line in lines if line.startswith(("due", "to", "evidence"))]


def test_a_card_gives_a_terminal_no_orders(pledge: Commitment) -> None:
    """Marks that turn the direction of writing are shown as marks."""
    assert "what: a ⟨U+202E⟩bridge" in card("commitments", pledge, {})
