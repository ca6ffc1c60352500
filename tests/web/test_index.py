"""A record laid out for looking things up."""

from collections.abc import Callable

import msgspec
import pytest

from communique.model.record import Record
from communique.web.cards import card
from communique.web.index import FACETS, SECTIONS, Index, spans_of, value_of


@pytest.fixture(scope="module")
def index(record_bytes: bytes) -> Index:
    """The example reports."""
    made = Index(msgspec.json.decode(record_bytes, type=Record))
    made.warm()
    return made


def test_every_fact_can_be_found_and_told(index: Index) -> None:
    """Each fact of each section has its place in the list, its address and its card."""
    for section, part in SECTIONS.items():
        facts = getattr(index.record, part)
        assert sorted(map(repr, index.lists[section])) == sorted(map(repr, facts))
        for fact in facts:
            assert card(section, fact, index).title
            if section not in ("items", "copies", "paraphrases", "problems"):
                assert index.get(section, fact.id) == fact


def test_what_rests_on_a_report_is_there_in_the_order_of_its_text(index: Index) -> None:
    """Every span of every fact that is marked has its place."""
    for section in ("events", "statements", "commitments", "actors"):
        for fact in index.lists[section]:
            for span in spans_of(section, fact):
                assert (span.start, span.end, section, fact.id) in index.places[span.report]
    assert all(list(places) == sorted(places) for places in index.places.values())


def test_facets_count_what_the_lists_hold(index: Index) -> None:
    """The numbers on the chips are those of the facts behind them."""
    for section, names in FACETS.items():
        for name in names:
            for value, count in index.facets[section][name]:
                assert count == sum(value_of(f, name) == value for f in index.lists[section])


def test_confidence_is_offered_from_the_highest(index: Index) -> None:
    """Shares stand in their own order, whatever their number; other facets with the commonest first."""
    shares = [value for value, _ in index.facets["events"]["confidence"]]
    assert shares == sorted(shares, reverse=True)
    numbers = [count for _, count in index.facets["events"]["type"]]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("score", "shown"),
    [(1.0, "0.9 to 1.0"), (0.9, "0.9 to 1.0"), (0.89, "0.8 to 0.9"), (0.29, "0.2 to 0.3"), (0.0, "0.0 to 0.1")],
)
def test_lists_are_narrowed_by_the_tenth_of_a_confidence(index: Index, score: float, shown: str) -> None:
    """The tenths are those of the published table of confidence; 1 belongs to the last."""
    fact = msgspec.structs.replace(index.lists["events"][0], confidence=score)
    assert value_of(fact, "confidence") == shown


@pytest.mark.parametrize(
    ("section", "key"),
    [("events", lambda e: e.date.last.isoformat() if e.date else ""), ("reports", lambda h: h.published or "")],
    ids=["events", "reports"],
)
def test_lists_begin_with_the_latest(index: Index, section: str, key: Callable[[object], str]) -> None:
    """The newest first, what has no day last."""
    days = [key(fact) for fact in index.lists[section]]
    assert days == sorted(days, reverse=True)


def test_an_empty_record_has_empty_lists() -> None:
    """Nothing built is nothing found, and no error."""
    nothing = Index(None)
    nothing.warm()
    assert not any(nothing.lists.values())
    assert (nothing.get("events", "x"), nothing.name("x"), nothing.name(None), nothing.built) == (None, "x", "", False)
