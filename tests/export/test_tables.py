"""Sections as tables, and cells that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.export.tables import as_csv, harmless, origins_of, rows
from communique.model.record import SECTIONS, Item, Record, Reuse
from communique.model.words import Delivery, ReuseKind

type Make = Callable[..., Record]


@pytest.mark.parametrize("section", [*SECTIONS, "reports", "problems"])
def test_a_row_for_each_fact_with_the_same_columns(make_record: Make, section: str) -> None:
    """Every section of the record has its table, in the record's order."""
    span = make_record().events[0].evidence[0]
    record = make_record(
        items=(Item(actor="kenya", count="two", delivery=next(iter(Delivery)), evidence=(span,)),),
        reuse=(Reuse(kind=next(iter(ReuseKind)), spans=(span,)),),
    )
    table = rows(record, section)
    assert len(table) == len(getattr(record, section))
    assert len({tuple(row) for row in table}) <= 1
    assert all(isinstance(value, str) for row in table for value in row.values())


def test_an_unknown_section_is_an_error(make_record: Make) -> None:
    """The caller checks names that come from a person."""
    with pytest.raises(KeyError):
        rows(make_record(), "gossip")


def test_ids_are_shown_as_names(make_record: Make) -> None:
    """Participants, places and hosts are read by people."""
    [event] = rows(make_record(), "events")
    assert (event["participants"], event["place"], event["number"]) == ("Åse Lund", "Bergen", "7")
    [series] = rows(make_record(), "series")
    assert series["next"] == "8th Kenya 2032"


def test_origins_are_known_where_facts_count_them(make_record: Make) -> None:
    """Stories and facts with origins; actors have none."""
    record = make_record()
    assert [origins_of(f) for f in (record.stories[0], record.events[0], record.actors[0])] == [2, 2, None]


FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    " =1",
    "\u00a0=1",
    "\u2003=1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "+",
    "-",
    "=",
    "-inf",
    "-1_000",
    "+٣",
    "  \t = 1",
    "\r\n@x",
)


@pytest.mark.parametrize("cell", FORMULAS, ids=ascii)
def test_a_formula_is_made_text(cell: str) -> None:
    """Whatever comes before it, it begins with an apostrophe, on one line."""
    assert harmless(cell).startswith("'")
    assert harmless(cell).isprintable() or "\u3000" in cell or "\u2003" in cell or "\u00a0" in cell


@pytest.mark.parametrize("cell", ["-3", "+4.5", "0.90", "12", "", "Lund-Berg", "a=b", "2031-05-05", "“-”"])
def test_numbers_and_words_stay(cell: str) -> None:
    """What no spreadsheet takes for a formula is left as it is."""
    assert harmless(cell) == cell


def test_an_empty_table_is_no_text() -> None:
    """No facts, no header."""
    assert as_csv([]) == ""


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_csv_read_back_has_the_same_cells_and_no_formula(cells: list[tuple[str, str]]) -> None:
    """A reader of CSV finds as many rows and columns, each cell as it was written."""
    table = [{"a": a, "b": b} for a, b in cells]
    found = list(csv.reader(io.StringIO(as_csv(table), newline="")))
    assert found == [["a", "b"], *([harmless(a), harmless(b)] for a, b in cells)]
    assert not any(c.lstrip().startswith(("=", "@", "\t")) for row in found for c in row)
