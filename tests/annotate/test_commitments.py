"""The promises read in a report."""

import pathlib
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import testing
from communique.annotate import commitments, entities, events, nlp, quotations, times
from communique.model.mentions import CommitmentMention, EventMention
from communique.model.words import CommitmentKind

CASES = tomllib.loads((pathlib.Path(__file__).parent / "commitment_cases.toml").read_text(encoding="utf-8"))["case"]
PROMISED = [c for c in CASES if "kind" in c]
NOTHING = [c for c in CASES if "kind" not in c]


def read(text: str) -> tuple[dict[str, str], tuple[EventMention, ...], tuple[CommitmentMention, ...]]:
    """The words of each entity mention by id, the happenings and the promises of a text."""
    parse = nlp.parse(testing.report(text, published="2031-05-12"))
    who, when = entities.read(parse), times.read(parse)
    said = quotations.read(parse, who)
    happened = events.read(parse, who, when, said)
    return {m.id: m.span.text for m in who.mentions}, happened, commitments.read(parse, who, when, happened, said)


def values(mention: CommitmentMention, field: str) -> list[str]:
    """The values of one field of a promise."""
    return [c.value for c in mention.claims if c.field == field]


@pytest.mark.parametrize("case", PROMISED, ids=lambda c: c["text"][:60])
def test_a_sentence_tells_its_promise(case: dict[str, Any]) -> None:
    """Kind, standing, parties, content and due date are those that the sentence gives."""
    words, _, found = read(case["text"])
    mention = next(m for m in found if m.kind == case["kind"])
    assert values(mention, "official") == [case["official"]]
    assert {words[v] for v in values(mention, "by")} >= set(case.get("by", ()))
    assert {words[v] for v in values(mention, "to")} >= set(case.get("to", ()))
    assert case["what"] in values(mention, "what")[0]
    assert values(mention, "due") == ([case["due"]] if "due" in case else [])
    assert values(mention, "accepted") == ([case["accepted"]] if "accepted" in case else [])


@pytest.mark.parametrize("case", NOTHING, ids=lambda c: c["text"][:60])
def test_what_nobody_promised_is_no_promise(case: dict[str, Any]) -> None:
    """A possibility, a refusal, a wish or a good that nobody can deliver binds nobody."""
    assert read(case["text"])[2] == ()


def test_we_in_a_quotation_is_its_speaker() -> None:
    """What "we" are committed to binds whoever says it, and is their claim."""
    words, _, found = read('"We are committed to building three schools," President Mary Okafor said.')
    mention = next(m for m in found if m.kind is CommitmentKind.PLEDGE)
    assert [words[v] for v in values(mention, "by")] == ["Mary Okafor"]
    assert {words[c.holder] for c in mention.claims if c.holder} == {"Mary Okafor"}


def test_we_agreed_does_not_bind_the_speaker_alone() -> None:
    """An agreement that a speaker tells with "we" names nobody as bound, and is still that speaker's word."""
    _, _, (promise,) = read('"We agreed to build a bridge over the Volta," President Mary Okafor said.')
    assert values(promise, "by") == []
    assert all(c.holder for c in promise.claims)


def test_a_visit_asked_for_is_not_agreed() -> None:
    """Where an invitation names a visit, there is an invitation and no visit that anybody agreed to."""
    text = "President Mary Okafor has extended an invitation to her to visit Ghana early next year."
    _, _, found = read(text)
    assert [p.kind for p in found] == [CommitmentKind.INVITATION]


def test_an_invitation_points_to_the_session_it_plans() -> None:
    """An invitation to a session is about that session, planned."""
    text = (
        "President Mary Okafor invited Prime Minister Olli Halonen to co-chair the 6th session of the "
        "Ghana-Finland Joint Commission in Accra next year."
    )
    _, happened, found = read(text)
    mention = next(m for m in found if m.kind is CommitmentKind.INVITATION)
    planned = {e.id for e in happened if e.status == "planned"}
    assert set(values(mention, "about")) <= planned
    assert values(mention, "about")


def test_a_visit_that_took_place_promises_nothing() -> None:
    """Only what is still planned is a promise."""
    _, _, found = read("Prime Minister Olli Halonen visited Ghana in June 2030.")
    assert found == ()


VOCABULARY = """
President Okafor agreed to open of on schools committed invited Halonen , . will not signed a
protocol agreement we build 3 in 2032 commitment assured that accepted contract for delivery
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_any_text_gives_spans_that_hold(words: list[str]) -> None:
    """Whatever the text, each promise's words stand where it says, and no two share an id."""
    text = " ".join(words)
    _, _, found = read(text)
    for mention in found:
        mention.span.check(text)
        for claim in mention.claims:
            claim.span.check(text)
    assert len({m.id for m in found}) == len(found)


def test_nobody_is_promised_what_they_promise_themselves() -> None:
    """In "assured his host of his country's commitment" the host is not the one who assures."""
    text = "President Olli Halonen assured his host of his country's commitment to build three schools."
    mention = next(m for m in read(text)[2] if m.kind is CommitmentKind.ASSURANCE)
    assert values(mention, "to") == []


def test_what_one_is_pleased_to_announce_is_ones_own() -> None:
    """Whoever is pleased to announce that their country will do it promises it."""
    words, _, found = read('"I am pleased to announce that Ghana will train 120 nurses," President Mary Okafor said.')
    mention = next(m for m in found if m.kind is CommitmentKind.PLEDGE)
    assert [words[v] for v in values(mention, "by")] == ["Mary Okafor"]
