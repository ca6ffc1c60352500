"""News: what changed between two states of the record."""

from pathlib import Path

import msgspec

from communique import api
from communique.export.news import news_rows
from communique.model.record import Record


def states(database: Path) -> tuple[Record, Record]:
    """The record before the eighth session was reported, and now."""
    with api.open(database, read_only=True) as c:
        return c.record("2025-05-19"), c.record()


def test_nothing_changed_is_no_news(example_database: Path) -> None:
    """A record against itself gives no row."""
    _, now = states(example_database)
    assert news_rows(now, now) == []


def test_a_plan_that_was_carried_out_is_a_change(example_database: Path) -> None:
    """The session that was planned is the same fact, with what it said and what it says; what came is new."""
    rows = {(r["section"], r["id"]): r for r in news_rows(*states(example_database))}
    session = rows["events", "atjc-tw-8"]
    assert session["change"] == "changed"
    assert "status: planned → happened" in session["detail"]
    assert {r["change"] for key, r in rows.items() if key[0] == "reports"} == {"new"}


def test_backwards_what_was_new_is_gone(example_database: Path) -> None:
    """The same facts, told the other way round."""
    before, now = states(example_database)
    new = {r["id"] for r in news_rows(before, now) if r["change"] == "new"}
    assert {r["id"] for r in news_rows(now, before) if r["change"] == "gone"} == new


def test_a_fact_whose_id_changed_is_the_same_fact(example_database: Path) -> None:
    """Where both rest on the same words, another id is no news."""
    _, now = states(example_database)
    first, *others = now.statements
    moved = msgspec.structs.replace(first, id="r0000000000000000.q1-2")
    assert news_rows(msgspec.structs.replace(now, statements=(moved, *others)), now) == []


def test_another_preferred_name_is_no_news_of_what_names_him(example_database: Path) -> None:
    """Facts that name an actor are compared under the name that the actor has now."""
    _, now = states(example_database)
    renamed = tuple(msgspec.structs.replace(a, name=f"{a.name} of old") for a in now.actors)
    assert news_rows(msgspec.structs.replace(now, actors=renamed), now) == []
