"""A record as rows and back."""

from typing import TYPE_CHECKING

import msgspec
import pytest

from communique.model import ids
from communique.model.record import Actor, NameCount, Record
from communique.model.words import ActorKind
from communique.store import facts

if TYPE_CHECKING:
    from conftest import World


def test_types_are_those_of_the_record() -> None:
    """Every section of the record has its type, in the record's order."""
    assert Record.__struct_fields__ == ("format", "build", *facts.TYPES)


def test_the_joined_parts_are_the_encoded_record(world: "World") -> None:
    """Whole records and empty ones come out with the bytes of `encode`."""
    for made in (world.record(), world.record(reports=(), problems=(), events=())):
        bodies: dict[str, list[str]] = {}
        for fact in facts.facts_of(made):
            bodies.setdefault(fact.section, []).append(fact.body)
        build = msgspec.json.encode(made.build).decode()
        assert facts.joined(made.format, build, bodies) == made.encode()


def test_every_span_is_evidence_once(world: "World") -> None:
    """A fact's evidence is all places that it names, wherever in it they stand, each with the hash of its words."""
    (actor,) = (fact for fact in facts.facts_of(world.record()) if fact.section == "actors")
    rows = facts.evidence_rows(actor)
    assert [row["sha256"] for row in rows] == [ids.sha256_hex("Åse Lund".encode())] * 2
    assert {row["report"] for row in rows} == {world.reports[0].id, world.reports[1].id}


def test_words_are_names_and_wordings_without_ids(world: "World") -> None:
    """A search finds a fact by what a person reads in it, each piece once."""
    words = {fact.section: facts.words_of(fact) for fact in facts.facts_of(world.record())}
    assert words["actors"] == "Åse Lund\nco-chair"
    assert words["statements"] == "We will meet in Mombasa"
    assert words["reports"] == words["problems"] == ""


def test_a_mention_belongs_to_the_first_fact_that_rests_on_it(world: "World") -> None:
    """Where two facts of a kind rest on one place the first in the record's order has it, unless `fuse` says better."""
    span = world.place(0, "Bergen")
    two = tuple(
        Actor(id=name, kind=ActorKind.PLACE, name=name, names=(NameCount(name, 1),), evidence=(span,)) for name in "ab"
    )
    rows = list(facts.facts_of(world.record(actors=two)))
    mention = ids.mention_id(span.report, "n", span.start, span.end)
    assert {"mention": mention, "section": "actors", "fact": "a"} in facts.mention_rows(rows, {})
    assert {"mention": mention, "section": "actors", "fact": "b"} in facts.mention_rows(rows, {mention: "b"})
    assert facts.mention_rows(rows, {mention: "no such fact"}) == facts.mention_rows(rows, {})


@pytest.mark.parametrize("section", ["reuse", "problems"])
def test_what_has_no_id_goes_by_its_content(world: "World", section: str) -> None:
    """Its address is the same in every record that holds it."""
    (one,) = (fact.id for fact in facts.facts_of(world.record()) if fact.section == section)
    (two,) = (fact.id for fact in facts.facts_of(world.record(actors=())) if fact.section == section)
    assert one == two
