"""What can be asked of the database."""

from typing import TYPE_CHECKING

import pytest

from communique.errors import NotFoundError
from communique.model import ids
from communique.model.record import Event
from communique.store.store import Store

if TYPE_CHECKING:
    from conftest import World


def test_everything_comes_back_as_it_was_put(filled: Store, world: "World") -> None:
    """Heads by id, texts, bytes, claims in their order, features."""
    with filled.view() as view:
        assert view.reports() == tuple(sorted((r.head for r in world.reports), key=lambda head: head.id))
        everyone = [r.id for r in world.reports]
        assert view.texts(everyone) == {r.id: r.text for r in world.reports}
        assert view.claims(everyone) == {r.id: tuple(world.claims(r)) for r in world.reports}
        assert view.features(everyone) == {r.id: b"features of " + r.id.encode() for r in world.reports}
        for report, raw in zip(world.reports, world.raws, strict=True):
            assert view.report(report.id) == report
            assert view.raw(report.id) == raw


def test_the_record_comes_back_to_the_byte(filled: Store, world: "World") -> None:
    """Record, bytes and hash are those of the record that was put."""
    with filled.view() as view:
        record = view.record()
        assert record == world.record()
        assert record is not None
        assert view.record_json() == record.encode() == world.record().encode()
        assert view.record_sha256() == ids.sha256_hex(record.encode())


def test_a_new_record_takes_the_place_of_the_old(filled: Store, world: "World") -> None:
    """Nothing of the record before is left."""
    with filled.writer() as writer:
        writer.put_record(world.record(actors=(), statements=()))
    with filled.view() as view:
        assert view.record() == world.record(actors=(), statements=())
        assert view.facts("actors") == ()
        assert {hit.section for hit in view.search("Lund")} == {"reports"}


def test_nothing_built_is_no_record(store: Store) -> None:
    """An empty database has no record, and says so."""
    with store.view() as view:
        assert (view.record(), view.record_json(), view.record_sha256()) == (None, None, None)


def test_facts_have_addresses(filled: Store, world: "World") -> None:
    """A section gives its facts in order, and one of them by its id."""
    with filled.view() as view:
        assert view.facts("events") == world.record().events
        event = view.fact("events", "norway-kenya-fisheries-commission#7")
        assert isinstance(event, Event)
        assert view.fact("reports", world.reports[0].id) == world.reports[0].head
        with pytest.raises(NotFoundError, match="nothing has the address"):
            view.fact("events", "x")
        with pytest.raises(NotFoundError, match="no section 'news'"):
            view.facts("news")


def test_any_mention_is_an_address(filled: Store, world: "World") -> None:
    """A fact's id, each mention that it holds, and a mention nearby lead to it; nothing else does."""
    span = world.place(1, "Åse Lund")
    person = world.record().actors[0].id
    with filled.view() as view:
        assert view.locate("norway-kenya-fisheries-commission#7") == ("events", "norway-kenya-fisheries-commission#7")
        assert view.locate(world.reports[0].id) == ("reports", world.reports[0].id)
        for start in (span.start, span.start + 4):
            mention = ids.mention_id(span.report, "n", start, span.end)
            assert view.locate(mention) == ("actors", person)
        for wrong in (ids.mention_id(span.report, "n", span.end, span.end + 3), "rubbish"):
            with pytest.raises(NotFoundError):
                view.locate(wrong)


def test_what_rests_on_a_report(filled: Store, world: "World") -> None:
    """Every fact with evidence in a report, in the order of the text."""
    with filled.view() as view:
        places = view.resting_on(world.reports[0].id)
        text = world.reports[0].text
    assert [(p.section, text[p.start : p.end]) for p in places] == [
        ("events", "held its 7th session"),
        ("reuse", "Bergen"),
        ("actors", "Åse Lund"),
    ]


def test_stale_are_those_of_another_key(filled: Store, world: "World") -> None:
    """With the same key nothing has to be read again, with another everything, in the order in which it came."""
    with filled.view() as view:
        assert view.stale("k1") == ()
        assert view.stale("k2") == tuple(r.id for r in world.reports)


@pytest.mark.parametrize(
    ("words", "found"), [("bergen", 2), ("BERGEN useful", 1), ("ase", 2), ("session", 2), ("x", 0)]
)
def test_search_finds_reports_that_hold_all_words(filled: Store, words: str, found: int) -> None:
    """Case and accents play no part."""
    with filled.view() as view:
        assert sum(hit.section == "reports" for hit in view.search(words)) == found


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "bergen OR",
        "NEAR(a b)",
        "text:bergen",
        "berg*",
        "a AND NOT b",
        "'; DROP TABLE reports; --",
        "^x",
        "\0",
        "",
        "-",
    ],
)
def test_no_word_has_a_meaning_of_its_own(filled: Store, words: str) -> None:
    """Signs of the index's own language are words or nothing, never an error and never an operator."""
    with filled.view() as view:
        assert all(hit.section == "reports" for hit in view.search(words)) or not view.search(words)


def test_search_finds_facts_and_keeps_to_its_limit(filled: Store) -> None:
    """Facts are found by names and wordings, the best first."""
    with filled.view() as view:
        assert {hit.section for hit in view.search("Mombasa")} == {"reports", "statements"}
        assert len(view.search("Lund", limit=1)) == 1


def test_a_view_does_not_change_while_it_is_open(filled: Store, world: "World") -> None:
    """What is written meanwhile is seen by the next view, and nobody waits."""
    with filled.view() as view:
        with filled.writer() as writer:
            writer.remove_report(world.reports[0].id, "why")
        assert len(view.reports()) == 3
        assert view.record() == world.record()
    with filled.view() as view:
        assert len(view.reports()) == 2


def test_a_missing_report_is_not_found(store: Store) -> None:
    """Asking for what is not there is an error of one line."""
    with store.view() as view:
        for ask in (view.report, view.raw):
            with pytest.raises(NotFoundError, match="r0000000000000000"):
                ask("r0000000000000000")


def test_more_reports_than_fit_in_one_question(filled: Store, world: "World") -> None:
    """Any number of ids can be asked for at once."""
    many = [f"r{n:016x}" for n in range(1_200)] + [world.reports[0].id]
    with filled.view() as view:
        assert len(view.claims(many)) == len(many)
        assert list(view.features(many)) == [world.reports[0].id]
