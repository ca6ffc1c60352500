"""PLOVER codes: the sixteen types, only where they fit, and a reason where none does."""

import json
from collections.abc import Callable

import msgspec
import pytest

from communique.export.plover import as_plover, code_of, mode_of, table
from communique.model.claims import Modality
from communique.model.record import Event, Record
from communique.model.words import EventType

type Make = Callable[..., Record]


@pytest.fixture
def event(make_record: Make) -> Event:
    """A session that happened."""
    return msgspec.structs.replace(make_record().events[0], plover="CONSULT")


def test_the_list_has_sixteen_types_and_every_rule_names_one_of_them() -> None:
    """Those of 2021 and later; modes belong to types, and a rule gives a type, keeps it, or says why there is none."""
    types = set(table()["types"])
    assert len(types) == 16
    assert set(table()["modes"]) <= types
    assert set(table()["codebook"].values()) <= types
    assert set(table()["status"]) == {m.value for m in Modality}
    assert all(rule in types or rule == "as is" or rule.startswith("none: ") for rule in table()["status"].values())


@pytest.mark.parametrize(
    ("kind", "plover", "status", "code"),
    [
        (EventType.SESSION, "CONSULT", Modality.HAPPENED, "CONSULT"),
        (EventType.SESSION, "CONSULT", Modality.PLANNED, "AGREE"),
        (EventType.VISIT, "CONSULT", Modality.REQUESTED, "REQUEST"),
        (EventType.SIGNING, "AGREE", Modality.HAPPENED, "SUPPORT"),
        (EventType.SIGNING, "AGREE", Modality.PLANNED, "AGREE"),
        (EventType.EXERCISE, "COOPERATE", Modality.ONGOING, "COOPERATE"),
        (EventType.SESSION, "CONSULT", Modality.CANCELLED, None),
        (EventType.SESSION, "CONSULT", Modality.DENIED, None),
        (EventType.CEREMONY, None, Modality.HAPPENED, None),
        (EventType.MEETING, "DEMAND", Modality.HAPPENED, None),
    ],
)
def test_an_event_is_coded_as_the_codebook_has_it_or_not_at_all(
    event: Event, kind: EventType, plover: str | None, status: Modality, code: str | None
) -> None:
    """What is planned is an intention; what was denied or called off has no code, and a reason."""
    found, why = code_of(msgspec.structs.replace(event, type=kind, plover=plover, status=status))
    assert found == code
    assert bool(why) is (code is None)


def test_a_mode_is_given_only_where_the_record_states_it(event: Event) -> None:
    """A visit is one; a meeting of two is none."""
    assert mode_of(event, "CONSULT", {}) is None
    assert mode_of(msgspec.structs.replace(event, type=EventType.VISIT), "CONSULT", {}) == "visit"
    assert mode_of(event, "REQUEST", {}) == "meet"
    assert mode_of(event, "AGREE", {}) is None


def test_every_event_is_coded_or_listed_as_unmapped(make_record: Make, event: Event) -> None:
    """None goes missing, and no words of a report are handed on."""
    denied = msgspec.structs.replace(event, id="denied", status=Modality.DENIED)
    whole = json.loads(as_plover(make_record(events=(event, denied))))
    assert [e["id"] for e in whole["events"]] == ["council-7"]
    assert [(e["id"], bool(e["reason"])) for e in whole["unmapped"]] == [("denied", True)]
    assert all(set(place) == {"report", "start", "end"} for e in whole["events"] for place in e["evidence"])
