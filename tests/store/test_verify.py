"""Verifying notices whatever was altered, and raises no false alarm."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.model.decisions import Decision, Ruling
from communique.store.store import Store
from communique.store.verify import Finding, verify

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


def test_findings_read_as_sentences() -> None:
    """A finding says what, where and why."""
    finding = Finding("text", "r0", "the text is not the one that was read")
    assert (finding.kind, finding.where) == ("text", "r0")
