"""Verifying notices whatever was altered, and raises no false alarm."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import CommuniqueError
from communique.model.decisions import Decision, Ruling
from communique.store import verify as verifying
from communique.store.store import Store
from communique.store.verify import Finding, all_hold, verify
from communique.store.view import claim_of

if TYPE_CHECKING:
    from conftest import Damage, World


def rule(store: Store) -> Store:
    """Make two rulings."""
    for note in "ab":
        with store.writer("decide") as writer:
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note=note))
    return store


@pytest.fixture
def ruled(file_filled: Store) -> Store:
    """A database in a file that holds everything, rulings too."""
    return rule(file_filled)


def test_an_untouched_database_is_sound(filled: Store, world: "World") -> None:
    """No false alarm, and the counts say how much was looked at."""
    verification = verify(rule(filled))
    assert verification.findings == ()
    assert verification.sound
    assert verification.counts == {
        "characters": sum(len(r.text) for r in world.reports),
        "claims": 24,
        "decisions": 2,
        "facts": 9,
        "reports": 3,
        "spans": 6,
    }


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE reports SET raw = CAST(raw || 'x' AS BLOB)", "raw"),
        ("UPDATE reports SET text = replace(text, 'Bergen', 'Narvik')", "text"),
        ("UPDATE reports SET name = 'z'", "head"),
        ('UPDATE claims SET start = start + 1, "end" = "end" + 1 WHERE place = 0', "claim"),
        ("UPDATE claims SET value = 'other' WHERE place = 0", "rows"),
        ("UPDATE claims SET field = 'speaker' WHERE place = 0", "claim"),
        ("DELETE FROM claims WHERE place = 7", "claim"),
        ("UPDATE evidence SET start = start + 1", "evidence"),
        ("DELETE FROM evidence WHERE section = 'events'", "evidence"),
        ("UPDATE facts SET body = replace(body, '7th', '8th')", "fact"),
        ("UPDATE facts SET number = -number", "record"),
        ("DELETE FROM facts WHERE section = 'actors'", "record"),
        ("UPDATE build SET body = replace(body, 'none', 'some')", "record"),
        ("DELETE FROM build", "record"),
        ("DROP TRIGGER decisions_no_delete; DELETE FROM decisions WHERE number = 2", "rows"),
        ("DROP TRIGGER decisions_no_delete; DELETE FROM decisions WHERE number = 1", "decision"),
        ("DROP TRIGGER decisions_no_update; UPDATE decisions SET body = replace(body, 'Ada', 'Eve')", "decision"),
        ("DROP TRIGGER decisions_no_update", "layout"),
        ("UPDATE features SET blob = x'00'", "rows"),
        ("DELETE FROM tombstones; DELETE FROM problems", "rows"),
        ("DELETE FROM seals", "rows"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM reports", "evidence"),
    ],
)
def test_tampering_is_named(ruled: Store, damage: "type[Damage]", statement: str, kind: str) -> None:
    """Whoever changes a row by other means is found out, with what was changed."""
    ruled.close()
    with closing(sqlite3.connect(ruled.address.file)) as raw:
        raw.executescript(statement)
    assert kind in damage.kinds(ruled.address.file)


def test_flipped_bits_are_noticed(ruled: Store, damage: "type[Damage]", tmp_path: Path) -> None:
    """Of single flipped bits in the file, every one that alters a stored row is noticed."""
    ruled.close()
    before = damage.rows(ruled.address.file)
    altered = 0
    for place, path in damage.flips(ruled.address.file.read_bytes(), tmp_path, 7, 100):
        if damage.rows(path) != before:
            altered += 1
            assert damage.kinds(path), place
    assert altered > 20


def test_what_cannot_be_read_hides_nothing_else(ruled: Store, world: "World") -> None:
    """A row that is no text any more is told, and so is every altered row before and behind it."""
    ruled.close()
    first, second, third = sorted(report.id for report in world.reports)
    for table, column in (("claims", "value"), ("reports", "text"), ("evidence", "sha256")):
        path = Path(shutil.copy(ruled.address.file, ruled.address.file.with_suffix(f".{table}")))
        key = "id" if table == "reports" else "report"
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(f"UPDATE {table} SET {column} = CAST(x'ff' AS TEXT) WHERE {key} = ?", (second,))
            for report in (first, third):
                raw.execute('UPDATE claims SET start = start + 1, "end" = "end" + 1 WHERE report = ?', (report,))
            raw.commit()
        with Store.open(path, create=False) as store:
            found = verify(store).findings
        assert any(second in f.where and "cannot be read" in f.message for f in found), table
        assert {f.where[:17] for f in found if f.kind == "claim"} >= {first, third}, table


def test_claims_of_a_report_that_is_gone_are_named(ruled: Store) -> None:
    """Whoever takes out a report and leaves its claims is told which report it was."""
    ruled.close()
    with closing(sqlite3.connect(ruled.address.file)) as raw:
        (gone,) = raw.execute("SELECT id FROM reports WHERE number = 1").fetchone()
        raw.executescript("PRAGMA foreign_keys=OFF; DELETE FROM reports WHERE number = 1")
    with Store.open(ruled.address.file) as store:
        assert gone in {f.where for f in verify(store).findings if f.kind == "claim"}


@pytest.mark.parametrize("rows", [1, 3, 7])
def test_it_makes_no_difference_how_many_rows_are_read_at_once(
    rows: int, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports whose rows are read in several parts are as sound as others, and as much is looked at."""
    whole = verify(rule(filled))
    monkeypatch.setattr(verifying, "_ROWS", rows)
    monkeypatch.setattr(verifying, "_TEXTS", rows)
    assert verify(filled) == whole


ODD: dict[str, st.SearchStrategy[object]] = {
    "report": st.sampled_from(["r0123456789abcdef", "r0123456789abcdee", "", None, 7]),
    "subject": st.sampled_from(
        ["r0123456789abcdef.n0-4", "r0123456789abcdef.q0-4", "r0123456789abcdee.n0-4", "r0123456789abcdef.n", "", None]
    ),
    "field": st.sampled_from(["name", "kind", "speaker", "no such field", None]),
    "value": st.sampled_from(["Sarn", "", None]),
    "modality": st.sampled_from(["stated", "denied", "rumoured", None, 3]),
    "start": st.one_of(st.integers(-3, 12), st.none(), st.just("0"), st.just(0.0)),
    "end": st.one_of(st.integers(-3, 12), st.none(), st.just("4"), st.just(4.0)),
    "text": st.sampled_from(["Sarn", "arn", "Sar", "n s", "", "ng.", None, b"Sarn"]),
}


@given(changes=st.fixed_dictionaries({}, optional=ODD))
def test_claims_looked_at_together_are_held_to_the_same(changes: dict[str, object]) -> None:
    """What one look at many claims passes is just what can be made into a claim that its text bears out."""
    plain: dict[str, object] = {"report": "r0123456789abcdef", "place": 0, "subject": "r0123456789abcdef.n0-4"}
    plain |= {"field": "name", "qualifier": "", "value": "Sarn", "modality": "stated", "holder": None}
    plain |= {"start": 0, "end": 4, "text": "Sarn", "rule": ""}
    row = tuple((plain | changes).values())
    texts: dict[object, str] = {"r0123456789abcdef": "Sarn sang.", "r0123456789abcdee": "Sarn"}
    try:
        claim_of(row).span.check(texts[row[0]])
        holds = True
    except (CommuniqueError, ValueError, TypeError, LookupError):
        holds = False
    assert all_hold([tuple(plain.values()), row], texts) == holds


def test_findings_read_as_sentences() -> None:
    """A finding says what, where and why."""
    finding = Finding("text", "r0", "the text is not the one that was read")
    assert (finding.kind, finding.where) == ("text", "r0")
