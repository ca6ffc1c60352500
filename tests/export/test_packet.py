"""A packet: the record without the words of its reports, and with them again where the reports are."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique import api
from communique.errors import UsageError
from communique.export.packet import as_packet, is_packet, opened
from communique.model import ids
from communique.model.record import Record

type Texts = dict[str, str]


@cache
def loaded(database: Path) -> tuple[Record, Texts]:
    with api.open(database, read_only=True) as c:
        record = c.record()
        return record, c.texts(h.id for h in record.reports)


@pytest.fixture(scope="session")
def known(example_database: Path) -> tuple[Record, Texts]:
    """The record of the example reports, and their texts by id."""
    return loaded(example_database)


def by_hash(texts: Texts) -> Texts:
    return {ids.sha256_hex(t.encode()): t for t in texts.values()}


def test_the_same_reports_give_the_record_back_to_the_byte(known: tuple[Record, Texts]) -> None:
    """Every span, every title, every quotation."""
    record, texts = known
    there = opened(as_packet(record, texts), by_hash(texts))
    assert there.encoded() == record.encode()
    assert (there.unsupported, there.missing, there.withheld) == ((), (), 0)
    assert there.spans > 100


def runs(text: str, length: int) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[n : n + length]) for n in range(len(words) - length + 1)}


def test_a_packet_holds_no_sentence_of_a_report(known: tuple[Record, Texts]) -> None:
    """No thirteen words in a row, the longest name of a body among them, stand both in it and in a report."""
    record, texts = known
    inside = runs(as_packet(record, texts).decode(), 13)
    assert [r for text in texts.values() for r in runs(text, 13) & inside] == []


def test_who_has_no_reports_gets_no_words(known: tuple[Record, Texts]) -> None:
    """The spans are there without their text, and the reports are named as missing."""
    record, texts = known
    there = opened(as_packet(record, texts), {})
    assert set(there.missing) == set(texts)
    assert (there.found, there.unsupported) == (0, ())
    assert '"text":"We' not in there.encoded().decode()


def test_reports_under_other_ids_do_as_well(known: tuple[Record, Texts]) -> None:
    """What counts is the text, not the name under which it was added."""
    record, texts = known
    one = dict(list(by_hash(texts).items())[:3])
    there = opened(as_packet(record, texts), one)
    assert there.found == 3
    assert len(there.missing) == len(texts) - 3
    assert there.unsupported == ()


def changed(packet: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    whole = json.loads(packet)
    change(whole["record"])
    return json.dumps(whole).encode()


CHANGES: list[Callable[[dict[str, Any]], None]] = [
    lambda r: r["events"][0]["evidence"][0].update(start=r["events"][0]["evidence"][0]["start"] + 1),
    lambda r: r["events"][0]["evidence"][0].update(end=10**9),
    lambda r: r["events"][0].update(number=99),
    lambda r: r["events"][0]["date"].update(value="1999-01-01"),
    lambda r: r["events"].pop(),
    lambda r: r["actors"][0].update(name="Somebody Else"),
    lambda r: r["commitments"][0]["status"].update(official="done"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_packet_is_noticed(known: tuple[Record, Texts], change: Callable[[dict[str, Any]], None]) -> None:
    """An offset, a number, a date, a status, a name, a fact that was taken out."""
    record, texts = known
    assert opened(changed(as_packet(record, texts), change), by_hash(texts)).unsupported


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"format":"communique-packet/9"}', b"\xff", b'{"format":"communique-packet/1"}']
)
def test_what_is_no_packet_is_refused(data: bytes) -> None:
    """In one sentence."""
    with pytest.raises(UsageError):
        opened(data, {})


def test_a_packet_is_known_by_its_head(known: tuple[Record, Texts]) -> None:
    """A brief in JSON and a record are none."""
    record, texts = known
    assert is_packet(as_packet(record, texts))
    assert not is_packet(record.encode())
    assert not is_packet(b'{"format":"communique-brief/1"}')
