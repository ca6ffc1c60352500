"""The happenings read in a report."""

import pathlib
import tomllib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import testing
from communique.model.claims import Modality
from communique.model.mentions import EventMention
from communique.model.reports import Furniture, FurnitureKind, Report
from communique.model.words import EventType
from happenings import read

CASES = tomllib.loads((pathlib.Path(__file__).parent / "event_cases.toml").read_text(encoding="utf-8"))["case"]
PUBLISHED = "2031-05-12"


def report(text: str, published: str | None = PUBLISHED, headline: str = "") -> Report:
    """A report of that text, with the headline, where there is one, as its first line."""
    furniture = (Furniture(0, len(headline), FurnitureKind.HEADLINE),) if headline else ()
    return testing.report(f"{headline}\n\n{text}" if headline else text, published=published, furniture=furniture)


def values(mention: EventMention, field: str) -> list[str]:
    """The values of one field of a happening."""
    return [c.value for c in mention.claims if c.field == field]


def parties(mention: EventMention, words: dict[str, str]) -> set[str]:
    """Who took part, as "words/role"."""
    return {f"{words[c.value]}/{c.qualifier}" for c in mention.claims if c.field == "participant"}


def holding(found: Sequence[EventMention], words: str) -> EventMention:
    """The shortest happening whose words contain some words."""
    return min((e for e in found if words in e.span.text), key=lambda e: e.span.end - e.span.start)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["words"])
def test_a_sentence_tells_its_happening(case: dict[str, Any]) -> None:
    """Type, status, people with roles, places, number and date are those that the sentence gives."""
    words, found = read(report(case["text"]))
    mention = holding(found, case["words"])
    assert (str(mention.type), str(mention.status)) == (case["type"], case["status"])
    assert set(case.get("people", ())) <= parties(mention, words)
    assert set(case.get("places", ())) <= {words[v] for v in values(mention, "place")}
    assert set(case.get("dates", ())) <= set(values(mention, "date"))
    assert values(mention, "number") == ([case["number"]] if "number" in case else [])


def test_claims_of_a_happening_agree_with_it() -> None:
    """The status claim has the status as its value and modality, and every claim is about the mention."""
    _, found = read(report("President Mary Okafor will meet Prime Minister Olli Halonen in Oslo."))
    (mention,) = found
    status = next(c for c in mention.claims if c.field == "status")
    assert (status.value, status.modality) == ("planned", Modality.PLANNED)
    assert {c.subject for c in mention.claims} == {mention.id}


def test_two_happenings_of_one_sentence_have_words_of_their_own() -> None:
    """Each of two happenings in one sentence keeps its own words."""
    text = "President Mary Okafor met Prime Minister Olli Halonen and signed a treaty on fisheries."
    _, found = read(report(text))
    assert {e.type for e in found} == {EventType.MEETING, EventType.SIGNING}
    assert len({(e.span.start, e.span.end) for e in found}) == len(found)


def test_a_date_belongs_to_its_own_happening() -> None:
    """A session of the past keeps its own date beside the meeting of the day."""
    text = (
        "President Mary Okafor met Prime Minister Olli Halonen on Friday. "
        "The 3rd session of the Brazil-Kenya Joint Commission was held in Lagos in March 2029."
    )
    _, found = read(report(text))
    assert values(holding(found, "met"), "date") == ["2031-05-09"]
    assert values(holding(found, "3rd session"), "date") == ["2029-03"]


def test_a_meeting_on_the_sidelines_is_part_of_the_session() -> None:
    """What took place on the sidelines of a session points to the session, which took place as well."""
    text = (
        "President Mary Okafor met Prime Minister Olli Halonen on the sidelines of the 3rd session of the "
        "Ghana-Finland Joint Commission."
    )
    _, found = read(report(text))
    session = holding(found, "3rd session")
    assert session.status is Modality.HAPPENED
    assert values(holding(found, "met"), "part_of") == [session.id]


def test_a_headline_tells_the_past_in_the_present() -> None:
    """The present tense of a headline is the past; an infinitive is a plan."""
    _, told = read(report("Nothing else is known.", headline="President Mary Okafor meets Olli Halonen in Oslo"))
    _, plan = read(report("Nothing else is known.", headline="President Mary Okafor to visit Norway"))
    assert [e.status for e in told] == [Modality.HAPPENED]
    assert [e.status for e in plan] == [Modality.PLANNED]


def test_the_title_of_a_transcript_names_the_meeting() -> None:
    """Remarks after a meeting attest the meeting, with those who speak."""
    title = "Remarks by President Okafor and Prime Minister Halonen of Finland After Bilateral Meeting in Accra, Ghana"
    words, found = read(report("Thank you all.", headline=title))
    mention = holding(found, "Bilateral Meeting")
    assert (mention.type, mention.status) == (EventType.MEETING, Modality.HAPPENED)
    assert {p.split("/")[0] for p in parties(mention, words)} == {"Okafor", "Halonen"}


def test_a_bare_title_follows_the_lead() -> None:
    """The title of an announcement is planned because its text says so."""
    text = "Prime Minister Olli Halonen will visit Ghana next week."
    _, found = read(report(text, headline="Visit of Prime Minister Olli Halonen to Ghana"))
    assert {e.status for e in found} == {Modality.PLANNED}


def test_what_a_speaker_tells_is_the_speakers_claim() -> None:
    """A happening inside a quotation is held by whoever says it."""
    text = '"We signed a treaty on fisheries in Oslo," President Mary Okafor said.'
    words, found = read(report(text))
    held = {c.holder for c in holding(found, "signed").claims}
    assert {words[h] for h in held if h is not None} == {"Mary Okafor"}


def test_talk_without_a_happening_tells_nothing() -> None:
    """Wishes, praise and generic words are no happenings."""
    text = (
        "Cooperation is strong. The partnership has a bright future. President Mary Okafor said ties were deep. "
        "Visits are useful. Further meetings would help."
    )
    assert read(report(text))[1] == ()


def test_each_channel_is_told_once() -> None:
    """A post that is quoted twice was put out once."""
    text = (
        'Prime Minister Olli Halonen said "a good day" in a post on X. '
        'Prime Minister Olli Halonen said "a great day" in a post on X.'
    )
    _, found = read(report(text))
    assert [e.type for e in found] == [EventType.STATEMENT_RELEASE]


def test_an_undated_report_dates_nothing_by_the_clock() -> None:
    """Without a day of publication a relative time stays open."""
    _, found = read(report("President Mary Okafor will visit Norway next year.", published=None))
    (mention,) = found
    assert values(mention, "date") == []
    assert values(mention, "date_open") == ["year:+1"]


VOCABULARY = """
President Okafor Halonen met will visit the talks summit session in Oslo on Friday , . and held
signed a treaty with of 5th next year not if invited to for during who
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_any_text_gives_spans_that_hold(words: list[str]) -> None:
    """Whatever the text, each mention's words stand where it says, and no two share an id."""
    told = report(" ".join(words))
    _, found = read(told)
    for mention in found:
        mention.span.check(told.text)
        assert mention.span.end - mention.span.start <= 400
    assert len({m.id for m in found}) == len(found)


def test_a_title_leaves_its_pronoun_out() -> None:
    """The words begin at the verb where it is known who "she" is; she takes part all the same."""
    words, found = read(report("President Mary Okafor spoke in Accra. She also met Prime Minister Olli Halonen."))
    mention = holding(found, "met")
    assert mention.span.text == "met Prime Minister Olli Halonen"
    assert parties(mention, words) == {"She/participant", "Olli Halonen/participant"}


def test_a_second_time_is_a_second_happening() -> None:
    """Meetings "in March in A and in April at the summit in B" are two, each with month, place and people."""
    text = (
        "The meetings between Prime Minister Olli Halonen and President Mary Okafor in March in Oslo and in April "
        "at the BRICS summit in Lima gave new impetus."
    )
    words, found = read(report(text))
    both = {"Olli Halonen/participant", "Mary Okafor/participant"}
    told = [([words[v] for v in values(e, "place")], values(e, "date"), parties(e, words)) for e in found]
    assert told == [(["Oslo"], ["2031-03"], both), (["Lima"], ["2031-04"], both)]


def test_where_leads_to_the_place_of_the_next_clause() -> None:
    """What follows "Oslo, where" is in Oslo."""
    text = "President Mary Okafor will visit Oslo, where she will take part in the 30th Ghana-Norway summit."
    words, found = read(report(text))
    assert [words[v] for v in values(holding(found, "30th"), "place")] == ["Oslo"]


def test_a_list_after_a_colon_took_part() -> None:
    """The persons that "the following people" announces took part."""
    text = "The following people took part in the summit: President Mary Okafor and Foreign Minister Kofi Mensah."
    words, found = read(report(text))
    assert parties(holding(found, "summit"), words) == {"Mary Okafor/attendee", "Kofi Mensah/attendee"}


@pytest.mark.parametrize(
    "text",
    [
        "We are grateful to you for visiting Ghana.",
        "She brought greetings to the hall.",
        "A package of documents was signed.",
        "It came into force in 2030.",
        "The talks today were fine.",
        "She had a candid conversation.",
        "The two ministers met.",
        "The Brazil-Kenya Joint Commission meets in secret.",
        "The courier delivered a long speech in Accra.",
    ],
)
def test_small_talk_is_no_happening(text: str) -> None:
    """Sentences that name nobody and nothing in particular tell of no happening."""
    assert read(report(text))[1] == ()


def test_the_thanked_one_is_the_visitor() -> None:
    """Whoever is thanked for a visit made it."""
    words, found = read(report("President Mary Okafor thanked Prime Minister Olli Halonen for visiting Accra."))
    assert parties(holding(found, "visiting"), words) == {"Olli Halonen/visitor"}


@pytest.mark.parametrize(
    ("owner", "status", "dates"),
    [("last year's", "happened", ["2030"]), ("next year's", "planned", ["2032"])],
)
def test_a_time_that_owns_a_session_dates_it(owner: str, status: str, dates: list[str]) -> None:
    """A promise made at "last year's session" does not make that session a plan."""
    found = read(report(f"Ghana kept a promise made at {owner} session of the Brazil-Kenya Joint Commission."))[1]
    mention = holding(found, "session")
    assert (str(mention.status), values(mention, "date")) == (status, dates)


@pytest.mark.parametrize("words", ["is to be held in Oslo in 2033", "is to take place in Oslo in 2033"])
def test_what_is_to_be_held_is_planned(words: str) -> None:
    """The words tell of what is to come, with its place and year."""
    _, (found,) = read(report(f"The 8th session of the Brazil-Kenya Joint Commission {words}."))
    assert found.status is Modality.PLANNED
    assert values(found, "date") == ["2033"]


def test_nobody_leads_a_gathering_that_was_not_told() -> None:
    """Who headed a delegation is told of a gathering named before it, and of nothing else."""
    _, found = read(report("The Kenyan delegation was headed by Mr Peter Njoroge. The EU was represented by Ms Dahl."))
    assert found == ()


def test_the_last_few_days_are_those_before_publication() -> None:
    """A gathering "over the last few days" is open until the day of publication is known."""
    _, found = read(report("Prime Minister Olli Halonen was at the G20 over the last few days."))
    assert values(holding(found, "G20"), "date_open") == ["recent:-7"]


def test_what_is_done_during_her_visit_is_part_of_the_visit() -> None:
    """The visit is the only one that the report dates."""
    _, found = read(
        report(
            "Prime Minister Mary Okafor will visit Norway from 20 to 23 May 2031.\n\n"
            "During her visit, Ms Okafor will also meet Prime Minister Olli Halonen."
        )
    )
    met, visit = holding(found, "meet"), holding(found, "will visit")
    assert values(met, "part_of") == [visit.id]


def test_what_is_on_the_margins_is_part_of_the_gathering_told_before() -> None:
    """A meeting on whose margins two met, and which is not named, is the one that the report began with."""
    _, found = read(
        report(
            "The Foreign Ministers of Norway and Chile met in Oslo on 8 May 2031.\n\n"
            "On the sidelines of the meeting, Ms Mary Okafor met with Mr Olli Halonen."
        )
    )
    pair, gathering = holding(found, "met with"), holding(found, "met in Oslo")
    assert values(pair, "part_of") == [gathering.id]
