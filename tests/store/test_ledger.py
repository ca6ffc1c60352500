"""Seals: sums of row hashes that come and go with the rows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import StoreError
from communique.store import opening, schema, sqlite
from communique.store.ledger import Ledger, Seal, seal_of, stored_seals

ROWS = st.lists(st.tuples(st.text(), st.integers(-(2**63), 2**63 - 1), st.none() | st.binary()), max_size=8)


@given(ROWS, ROWS)
def test_a_seal_is_a_sum(some: list[tuple[object, ...]], more: list[tuple[object, ...]]) -> None:
    """It does not depend on order, and what is taken away leaves what was there."""
    assert seal_of(some) + seal_of(more) == seal_of(list(reversed(some + more)))
    assert seal_of(some + more) - seal_of(more) == seal_of(some)


@given(ROWS.filter(bool), st.data())
def test_a_changed_row_changes_the_seal(rows: list[tuple[object, ...]], data: st.DataObject) -> None:
    """No other row has the same hash, and a value of another type is another value."""
    at = data.draw(st.integers(0, len(rows) - 1))
    text, number, blob = rows[at]
    changed = data.draw(st.sampled_from([(f"{text}a", number, blob), (text, str(number), blob), (text, number, [])]))
    assert seal_of([*rows[:at], changed, *rows[at + 1 :]]) != seal_of(rows)


def test_the_stored_seal_follows_the_rows() -> None:
    """After inserts, deletes and clearing, the seal is that of the rows that are there."""
    with sqlite.scratch() as connection:
        opening.create_schema(connection)
        rows = [{"report": f"r{n}", "sha256": str(n), "reason": "asked"} for n in range(5)]
        for step in range(4):
            ledger = Ledger(connection)
            if step != 2:
                ledger.insert(schema.tombstones, rows[step : step + 1])
            if step == 1:
                assert ledger.delete(schema.tombstones, schema.tombstones.c.report == "r0") == 1
            if step == 3:
                ledger.clear(schema.tombstones)
                ledger.insert(schema.tombstones, rows[4:])
            ledger.settle()
            there = connection.execute(schema.tombstones.select()).all()
            assert stored_seals(connection)["tombstones"] == seal_of(there) == Seal(1, seal_of(there).sum)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET body = 'other'",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions VALUES (1, 'd1', '', 'same', 'other')",
        "INSERT OR REPLACE INTO decisions VALUES (2, 'd0', '', 'same', 'other')",
    ],
)
def test_rulings_are_append_only(path: Path, statement: str) -> None:
    """The database itself refuses to change or delete a ruling, whoever asks."""
    engine = sqlite.engine(path, mode="rwc", busy_seconds=1.0)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        opening.create_schema(connection)
        connection.exec_driver_sql("INSERT INTO decisions VALUES (1, 'd0', '', 'same', 'body')")
        with pytest.raises(StoreError, match="append-only: withdraw one"):
            connection.exec_driver_sql(statement)
        assert connection.exec_driver_sql("SELECT body FROM decisions").all() == [("body",)]
    engine.dispose()
