"""A person reads the database with any browser: views of the facts, the words that they rest on, comments."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from communique.store import reading, schema
from communique.store.store import Store

if TYPE_CHECKING:
    from conftest import Server, World


@pytest.mark.parametrize("name", reading.FACTS)
def test_a_view_has_a_row_for_each_fact(filled: Store, name: str) -> None:
    """In plain columns, on each engine."""
    with filled.view() as view:
        rows = view.connection.execute(text(f"SELECT * FROM {name}")).mappings().all()
        facts = view.connection.execute(text(f"SELECT id FROM facts WHERE section = '{name}'")).scalars().all()
    assert sorted(row["id"] for row in rows) == sorted(facts)


def test_values_stand_in_their_columns(filled: Store) -> None:
    """Those of the record, nested ones too."""
    with filled.view() as view:
        (event,) = view.connection.execute(text("SELECT * FROM events")).mappings().all()
    assert (event["date"], event["type"], str(event["number"]), event["status"]) == (
        "2031-05-05",
        "session",
        "7",
        "happened",
    )


def test_sources_are_cut_out_of_their_reports(filled: Store) -> None:
    """The words stand in the view as they stand in the report."""
    with filled.view() as view:
        rows = view.connection.execute(text("SELECT words FROM sources WHERE section = 'statements'")).scalars().all()
    assert set(rows) == {"We will meet in Mombasa"}


def test_a_server_says_what_each_table_is(server: "Server", world: "World") -> None:
    """A sentence for every table and view, and for the columns that need one."""
    url = server.database()
    with Store.open(url) as store:
        world.fill(store)
    space = url.rpartition("%3D")[2]
    said = server.psql(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = current_schema()::regnamespace "
        "AND obj_description(oid, 'pg_class') IS NOT NULL",
        space,
    ).split()
    tables = {t.name for t in schema.metadata.sorted_tables} - {"alembic_version"}
    assert set(said) == tables | {*reading.FACTS, "sources"}
    told = server.psql("SELECT col_description('reports'::regclass, 6)", space)
    assert told.startswith("what is read in them")
