"""How likely a fact is right, and why."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.fuse import confidence
from communique.fuse.statements import statements
from communique.model.decisions import Ruling
from communique.model.record import Record, Statement

MET = "Ana Torres met Ivo Kralj"
QUOTA = "The fishing quota is fair and both fleets will keep it until the summer"


def meeting(desk: Any, more: str = "", **facts: str) -> Any:
    """A desk with one meeting in its first report."""
    page = desk.page(f"{MET}{more}.")
    page.event(MET, "meeting", "happened", [page.entity("Ana Torres"), page.entity("Ivo Kralj")], **facts)
    return page


def only(desk: Any) -> Any:
    """The only event."""
    (event,) = desk.happenings.events
    return event


def say(page: Any, words: str, speaker: str | None) -> str:
    """Add a direct quotation."""
    mention = str(page.mention("q", words))
    for field, value in (("content", words), ("mode", "direct"), ("stance", "say")):
        page.say(mention, field, value, words)
    if speaker:
        page.say(mention, "speaker", speaker, "Ana Torres")
    return mention


def found(desk: Any) -> tuple[Statement, ...]:
    """The statements of a desk."""
    return statements(desk.dossiers, desk.cast.resolve, desk.origins)


def signs(fact: Any) -> set[str]:
    """The signs of a fact."""
    return {s.sign for s in fact.signs}


def test_the_table_holds_a_row_for_each_sign_and_no_other(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sign that a kind of fact can bear has its weight, and no weight is for a sign that nothing bears."""
    asked: dict[str, set[str]] = {}

    def note(kind: str, seen: dict[str, bool], *, ruled: bool) -> confidence.Sure:  # noqa: ARG001 - as the real one
        asked[kind] = {confidence.ALWAYS, *seen}
        return confidence.Sure(0.5, ())

    monkeypatch.setattr(confidence, "_sure", note)
    page = meeting(desk)
    say(page, MET, page.mention("n", "Ana Torres"))
    page.promise(MET, "pledge", "promised", [page.mention("n", "Ana Torres")])
    desk.record()
    assert asked == {kind: set(weights) for kind, weights in confidence.table().items()}


def test_a_score_is_the_sum_of_its_signs(desk: Any) -> None:
    """Whoever adds up the signs and takes the logistic function gets the score."""
    page = meeting(desk, date="2031-05-13")
    say(page, MET, page.mention("n", "Ana Torres"))
    page.promise(MET, "agreement", "signed", [page.mention("n", "Ana Torres")])
    record: Record = desk.record()
    facts = [*record.events, *record.statements, *record.commitments]
    assert len(facts) == 3
    for fact in facts:
        total = math.fsum(s.adds or 0 for s in fact.signs)
        assert fact.confidence == round(1 / (1 + math.exp(-total)), 2)


@given(st.sampled_from(("event", "statement", "commitment")), st.data())
def test_every_score_is_a_share(kind: str, data: Any) -> None:
    """Whatever is seen of a fact, its score lies between 0 and 1, and none that a person did not rule on is 1."""
    seen = {name: data.draw(st.booleans()) for name in confidence.table()[kind] if name != confidence.ALWAYS}
    sure = confidence._sure(kind, seen, ruled=False)  # noqa: SLF001 - what is drawn are signs, not claims
    assert 0 <= sure.confidence < 1
    assert {s.sign for s in sure.signs} == {confidence.ALWAYS, *(name for name, holds in seen.items() if holds)}


def test_a_printed_day_is_surer_than_the_day_of_its_report(desk: Any) -> None:
    """What is dated by nothing but its report's publication is the likeliest to be wrong."""
    meeting(desk)
    held = only(desk)
    assert held.date is not None
    assert "day of its report alone" in signs(held)
    desk.pages.clear()
    meeting(desk, " on 13 May", date="2031-05-13")
    assert held.confidence < 0.7 < only(desk).confidence


def test_nobody_is_sure_of_words_that_nobody_is_said_to_have_spoken(desk: Any) -> None:
    """A quotation without a speaker is asked about; with one it is sure."""
    page = desk.page(f"{QUOTA} Ana Torres")
    say(page, QUOTA, None)
    (unsaid,) = found(desk)
    desk.pages.clear()
    page = desk.page(f"{QUOTA} Ana Torres")
    say(page, QUOTA, page.entity("Ana Torres"))
    (said,) = found(desk)
    assert unsaid.confidence < 0.5 < said.confidence


def test_what_a_person_set_is_certain(desk: Any) -> None:
    """A fact of which a person set what makes it right or wrong has 1.0, until the ruling is withdrawn."""
    page = meeting(desk)
    before = only(desk).confidence
    desk.decide(Ruling.SET, (page, page.mention("e", MET)), field="date", value="2031-05-12")
    ruled = only(desk)
    assert (ruled.confidence, signs(ruled)) == (1.0, {confidence.RULED})
    desk.decide(Ruling.WITHDRAW, withdraws=desk.decisions[0].id)
    assert only(desk).confidence == before


def test_another_ruling_leaves_a_score_as_it_is(desk: Any) -> None:
    """A person who set the place said nothing of what happened and when."""
    page = meeting(desk, " in Split")
    before = only(desk).confidence
    desk.decide(Ruling.SET, (page, page.mention("e", MET)), field="plover", value="CONSULT")
    assert only(desk).confidence == before < 1


def test_a_speaker_that_a_person_named_is_certain(desk: Any) -> None:
    """A statement whose speaker a person set has 1.0."""
    page = desk.page(f"{QUOTA} Ana Torres")
    mention, who = say(page, QUOTA, None), page.entity("Ana Torres")
    desk.decide(Ruling.SET, (page, mention), (page, who), field="speaker", value=who)
    (said,) = found(desk)
    assert (said.speaker is not None, said.confidence) == (True, 1.0)
