"""The part of the record that some reports attest is what the whole record says of them."""

from pathlib import Path

import pytest

from communique.model.record import Record
from communique.store import part
from communique.store.facts import spans_of
from communique.store.store import Store
from communique.store.verify import arrived

SECTIONS = ("events", "statements", "commitments", "disagreements")


def whole(store: Store) -> Record:
    with store.view() as view:
        record = view.record()
    assert record is not None
    return record


@pytest.mark.parametrize("count", [0, 1, 3, 99])
def test_facts_of_some_reports_are_those_that_rest_on_them(example_database: Path, count: int) -> None:
    """In the record's order, none twice; reports that are not there attest nothing."""
    with Store.open(example_database, read_only=True) as store:
        record = whole(store)
        wanted = {h.id for h in record.reports[:count]}
        with store.view() as view:
            found = part.attested(view, [*wanted, "nobody"], SECTIONS)
    for section in SECTIONS:
        facts = [f for f in getattr(record, section) if any(s.report in wanted for s in spans_of(f))]
        assert list(found[section]) == facts


def test_facts_are_had_by_name(example_database: Path) -> None:
    """Those that exist, in the record's order."""
    with Store.open(example_database, read_only=True) as store:
        record = whole(store)
        with store.view() as view:
            assert part.named(view, "actors", [*(a.id for a in reversed(record.actors)), "nobody"]) == record.actors
            assert part.made_by(view) == (record.format, record.build)


def test_nothing_built_is_made_by_nobody(tmp_path: Path) -> None:
    """A new database has no record."""
    with Store.open(tmp_path / "x.db") as store, store.view() as view:
        assert part.made_by(view) is None


def test_reports_are_counted_as_they_arrived(example_database: Path) -> None:
    """The first, the first two, all of them."""
    with Store.open(example_database, read_only=True) as store, store.view() as view:
        everything = {h.id for h in view.reports()}
        assert arrived(view, 0) == frozenset()
        assert arrived(view, 1) < arrived(view, 2) < everything
        assert arrived(view, 99) == everything
