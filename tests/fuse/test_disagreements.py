"""Values that cannot all be true, and values that can."""

from typing import Any

import pytest

from communique.fuse.disagreements import Finder
from communique.model.record import Statement, Wording
from communique.model.words import DisagreementKind, Mode


def found(desk: Any, statements: Any = ()) -> Any:
    """The disagreements of a desk."""
    return Finder(desk.dossiers, desk.cast, desk.times, desk.origins).find(desk.happenings, statements)


def session(desk: Any, text: Any, **facts: Any) -> Any:
    """A report of the 7th session of the Joint Council."""
    page = desk.page(f"the 7th session of the Joint Council {text}")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    words = "the 7th session of the Joint Council"
    return page, page.event(words, "session", "happened", body=body, number="7", **facts)


def place(page: Any, event: Any, name: Any, kind: Any = "place") -> Any:
    """Say where."""
    page.say(event, "place", page.entity(name, kind), name)


def test_two_days_for_one_session(desk: Any) -> None:
    """Explicit days that differ are told with both sides and their evidence."""
    session(desk, "", date="2031-05-13")
    session(desk, "", date="2031-05-14")
    session(desk, "", date="2031-05-14")
    (row,) = found(desk)
    assert row.kind is DisagreementKind.DATE
    assert [(v.value, len(v.reports)) for v in row.values] == [("2031-05-13", 1), ("2031-05-14", 2)]
    assert row.preferred == "2031-05-14"


def test_a_month_and_its_day_agree(desk: Any) -> None:
    """A day inside a month, a year or a period is no disagreement."""
    for date in ("2031-05-13", "2031-05", "2031", "2031-05-12/2031-05-14"):
        session(desk, "", date=date)
    assert found(desk) == ()


def test_a_weekday_against_its_date(desk: Any) -> None:
    """A clashing date is told with the arithmetic, and with the other reports that give the other day."""
    page, event = session(desk, "on Tuesday, May 15, 2031")
    page.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    page.say(event, "date", "2031-05-15", "Tuesday, May 15, 2031", "explicit")
    other, _ = session(desk, "on 13 May")
    other.time("13 May", "2031-05-13")
    (row,) = found(desk)
    assert "15 May 2031 was a Thursday" in row.reason
    assert row.reason == "15 May 2031 was a Thursday, not a Tuesday; one report gives 13 May."
    assert [v.value for v in row.values] == ["2031-05-13", "2031-05-15"]
    assert other.span("13 May") in row.values[0].evidence
    assert row.preferred == "2031-05-13"


def test_a_clash_outside_any_event(desk: Any) -> None:
    """A weekday against its date is told even where no event has that date."""
    page = desk.page("Since Tuesday, May 15, 2031, it rains.")
    page.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    (row,) = found(desk)
    assert row.about == (page.id,)


def test_a_day_that_moved_is_no_disagreement(desk: Any) -> None:
    """A plan for one day and a session on another is a change, not a contradiction."""
    plan = desk.page("the 7th session of the Joint Council is planned", "2031-05-01")
    body = plan.entity("the Joint Council", "body", name="Joint Council")
    words = "the 7th session of the Joint Council"
    plan.event(words, "session", "planned", body=body, number="7", date="2031-05-10")
    session(desk, "", date="2031-05-13")
    assert not [d for d in found(desk) if d.preferred is None]
    assert len(found(desk)) <= 1


def test_one_session_in_two_cities(desk: Any) -> None:
    """Two cities for one session cannot both be true."""
    for name in ("Nairobi", "Lisbon"):
        page, event = session(desk, f"in {name}")
        place(page, event, name)
    (row,) = found(desk)
    assert row.kind is DisagreementKind.PLACE
    assert [v.value for v in row.values] == ["Lisbon", "Nairobi"]


@pytest.mark.parametrize("other", ["the Old Palace", "Kenya"])
def test_a_building_or_a_country_is_compatible_with_a_city(desk: Any, other: Any) -> None:
    """A part and its whole are no disagreement."""
    for name in ("Nairobi", other):
        page, event = session(desk, f"in {name}")
        place(page, event, name, "country" if name == "Kenya" else "place")
    assert found(desk) == ()


def test_two_numbers_on_one_day(desk: Any) -> None:
    """Different reports that number one body's session of one day differently disagree."""
    session(desk, "", date="2031-05-13")
    page = desk.page("the 8th session of the Joint Council")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    page.event(page.text, "session", "happened", body=body, number="8", date="2031-05-13")
    (row,) = found(desk)
    assert (row.kind, [v.value for v in row.values]) == (DisagreementKind.NUMBER, ["7", "8"])


WORDS = "We strive together to build the longest railway bridge of the continent"


def statement(desk: Any, one: Any, other: Any, mode: Any = Mode.DIRECT) -> Any:
    """A statement with two wordings, each a (words, speaker) pair in a report of its own."""
    wordings = []
    for words, speaker in (one, other):
        page = desk.page(f"{words}, {speaker} said")
        who = page.entity(speaker)
        wordings.append(Wording(mode=mode, speaker=who, evidence=page.span(words)))
    quotations = tuple(wordings)
    return Statement(id="s", speaker=None, text=one[0], quotations=quotations, origins=2, confidence=0.5)


def resolved(desk: Any, made: Any) -> Any:
    """The statement with its speakers' actors instead of mentions."""
    cast = desk.cast
    quotations = tuple(
        Wording(mode=w.mode, speaker=cast.resolve[w.speaker], evidence=w.evidence) for w in made.quotations
    )
    return Statement(id=made.id, speaker=None, text=made.text, quotations=quotations, origins=2, confidence=0.5)


def test_the_same_words_of_two_speakers(desk: Any) -> None:
    """Printed words that two reports give to two persons are told with both."""
    made = statement(desk, (WORDS, "Ama Osei"), (WORDS, "Lin Tao"))
    (row,) = found(desk, [resolved(desk, made)])
    assert row.kind is DisagreementKind.ATTRIBUTION
    assert [v.value for v in row.values] == ["Ama Osei", "Lin Tao"]


def test_short_words_are_anybodys(desk: Any) -> None:
    """A courtesy of a few words, said by two, is no disagreement."""
    made = statement(desk, ("Thank you very much", "Ama Osei"), ("Thank you very much", "Lin Tao"))
    assert found(desk, [resolved(desk, made)]) == ()


def test_reported_speech_is_not_compared(desk: Any) -> None:
    """Indirect speech of two persons is no disagreement."""
    made = statement(desk, (WORDS, "Ama Osei"), (WORDS, "Lin Tao"), Mode.INDIRECT)
    assert found(desk, [resolved(desk, made)]) == ()


def test_a_word_of_another_sense_inside_the_marks(desk: Any) -> None:
    """One exchanged word among equal ones is told, with both reports."""
    made = statement(desk, (WORDS, "Ama Osei"), (WORDS.replace("railway", "mountain"), "Ama Osei"))
    (row,) = found(desk, [resolved(desk, made)])
    assert (row.kind, [v.value for v in row.values]) == (DisagreementKind.WORDING, ["railway", "mountain"])


@pytest.mark.parametrize("drift", ["build the, longest", "building the longest", "build a longest"])
def test_spelling_and_small_words_are_no_drift(desk: Any, drift: Any) -> None:
    """Commas, endings and articles make no disagreement."""
    made = statement(desk, (WORDS, "Ama Osei"), (WORDS.replace("build the longest", drift), "Ama Osei"))
    assert found(desk, [resolved(desk, made)]) == ()


def test_every_report_that_gives_a_day_counts(desk: Any) -> None:
    """Publication lines, datelines and other reports of the same persons' meeting bear a day out, in number words."""
    page, event = session(desk, "on Tuesday, May 15, 2031, with Lena Korth and Ivo Marek")
    people = [page.entity("Lena Korth"), page.entity("Ivo Marek")]
    for person in people:
        page.say(event, "participant", person, "Lena Korth", "chair")
    page.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    page.say(event, "date", "2031-05-15", "Tuesday, May 15, 2031", "explicit")
    told, _ = session(desk, "on 13 May")
    told.time("13 May", "2031-05-13")
    apart = desk.page("Lena Korth met Ivo Marek on 13 May.")
    met = apart.event(
        "Lena Korth met Ivo Marek", "meeting", "happened", [apart.entity("Lena Korth"), apart.entity("Ivo Marek")]
    )
    apart.time("13 May", "2031-05-13")
    apart.say(met, "date", "2031-05-13", "13 May", "explicit")
    desk.apart = [{page.id, told.id}, {apart.id}]
    (row,) = found(desk)
    assert [(v.value, len(v.reports)) for v in row.values] == [("2031-05-13", 2), ("2031-05-15", 1)]
    assert row.reason == "15 May 2031 was a Thursday, not a Tuesday; two reports give 13 May."


def said(page: Any, *wordings: tuple[str, Mode]) -> Statement:
    """A statement with some wordings of one report."""
    told = tuple(Wording(mode=mode, speaker=None, evidence=page.span(words)) for words, mode in wordings)
    return Statement(
        id=page.mention("q", wordings[0][0]), text=wordings[0][0], quotations=told, origins=1, confidence=1
    )


FULL = "We had a very frank river commission meeting today"


@pytest.mark.parametrize(
    ("partial", "told"),
    [
        ('he had a "very frank meeting"', True),
        ('he had a "very frank river commission meeting"', False),
        ('he had a "very warm meeting"', False),
        ('he had a "frank"', False),
    ],
)
def test_words_dropped_inside_quotation_marks(desk: Any, partial: str, told: bool) -> None:  # noqa: FBT001 - a parameter
    """A partial quotation that leaves out words of the whole one is told; one that stands in it is not."""
    page = desk.page(f"{FULL}. Later {partial}.")
    rows = found(desk, [said(page, (FULL, Mode.DIRECT), (partial, Mode.INDIRECT))])
    assert [r.kind for r in rows] == [DisagreementKind.WORDING] * told
    if told:
        assert rows[0].preferred == "very frank river commission meeting"


def test_called_annual_but_years_apart(desk: Any) -> None:
    """A body called annual whose sessions lie more years apart than their numbers is told, with both sides."""
    page = desk.page("The annual Joint Council held its 7th session in 2028 and its 8th session in 2031.")
    body = page.entity("Joint Council", "body")
    page.say(body, "rhythm", "annual", "annual")
    for number, year in (("7", "2028"), ("8", "2031")):
        page.event(f"{number}th session in {year}", "session", "happened", body=body, number=number, date=year)
    (row,) = [d for d in desk.record().disagreements if d.kind is DisagreementKind.SERIES]
    assert row.reason == "Called annual, yet the 7th session was in 2028 and the 8th session was in 2031."
    assert len(row.values) == 2
