"""The record's printed form."""

import json

import msgspec
import pytest

from communique.model.dates import Date
from communique.model.record import SECTIONS, Build, Item, Record, Role
from communique.model.spans import Span
from communique.settings import RECORD_FORMAT

BUILD = Build(version="0", model="m", settings="s", as_of=None, decisions=0)


def test_a_record_prints_its_sections_in_the_contracts_order() -> None:
    """An empty record still shows every section, in order, as UTF-8 JSON on one line."""
    printed = Record(format=RECORD_FORMAT, build=BUILD).encode()
    keys = list(json.loads(printed))
    assert keys == ["format", "build", "reports", *SECTIONS, "problems"]
    assert printed.endswith(b"}\n")


def test_a_role_prints_its_bounds_under_their_plain_names() -> None:
    """The contract calls the bounds of an office `from` and `to`."""
    span = Span("r0123456789abcdef", 0, 8, "Minister")
    printed = json.loads(msgspec.json.encode(Role(role="Minister", from_="2024", evidence=(span,))))
    assert (printed["from"], printed["to"]) == ("2024", None)


def test_a_record_survives_writing_and_reading() -> None:
    """What was printed reads back as the same record."""
    record = Record(format=RECORD_FORMAT, build=BUILD)
    assert msgspec.json.decode(record.encode(), type=Record) == record


def test_a_defence_item_has_no_other_attribute() -> None:
    """An item has its actor, the count stated, a delivery status and evidence, and no room for more."""
    assert Item.__struct_fields__ == ("actor", "count", "delivery", "evidence")


def test_nothing_in_the_record_can_be_changed() -> None:
    """Nouns are frozen."""
    with pytest.raises(AttributeError):
        Date.of("2024").value = "2025"  # type: ignore[misc]
