"""Four sessions over four years, told by eight reports: what was promised, put off, kept, dropped, and what is open."""

import tomllib
from pathlib import Path

import pytest

from communique import api
from communique.model.record import Commitment, Record

REPORTS = tomllib.loads(Path(__file__).with_name("promises_over_sessions.toml").read_text(encoding="utf-8"))["report"]


def told(until: int = len(REPORTS)) -> Record:
    """The record of the first reports."""
    return api.record({"id": f"{n}", **row} for n, row in enumerate(REPORTS[:until], start=1))


def about(record: Record, words: str) -> Commitment:
    """The one commitment of the record that is about some words."""
    (found,) = [c for c in record.commitments if words in c.what]
    return found


@pytest.fixture(scope="module")
def record() -> Record:
    """The record of all eight reports."""
    return told()


def test_the_sessions_are_four(record: Record) -> None:
    """Each session stands once, held, on its day; the body is one, whatever a report calls it."""
    (row,) = record.series
    assert [(s.number, s.date.value, s.status) for s in row.sessions if s.date] == [
        (4, "2031-05-06", "happened"),
        (5, "2032-06-11", "happened"),
        (6, "2033-05-20", "happened"),
        (7, "2034-05-09", "happened"),
    ]


@pytest.mark.parametrize(
    ("words", "official", "due"),
    [
        ("dredgers", "done", "2031"),
        ("lock", "done", "2034"),
        ("canal toll", "refused", "2033"),
        ("pilot school", "agreed", None),
    ],
    ids=["kept", "put off, then kept", "dropped", "open"],
)
def test_every_promise_stands_where_the_reports_leave_it(
    record: Record, words: str, official: str, due: str | None
) -> None:
    """A fulfilment closes a promise, a refusal drops it, and silence changes nothing."""
    found = about(record, words)
    assert found.status.official == official
    assert (found.due.value if found.due else None) == due


def test_a_promise_put_off_is_one_promise_with_a_row_for_each_step(record: Record) -> None:
    """Rows are added and never overwritten: made, put off, talked about, done."""
    found = about(record, "lock")
    rows = [(row.on.value, row.official) for row in found.history if row.on]
    assert rows == [
        ("2031-05-06", "promised"),
        ("2032-06-11", "promised"),
        ("2033-05-20", "discussed"),
        ("2034-05-09", "done"),
    ]
    assert "put off" in {m.rule for m in found.merged}


def test_a_plan_closes_nothing() -> None:
    """After the fifth session the toll is still promised, though its lowering is planned; the lock is not late yet."""
    record = told(until=4)
    assert about(record, "canal toll").status.official == "promised"
    assert (about(record, "lock").status.official, about(record, "lock").status.schedule) == ("promised", "not due")


def test_an_open_promise_is_late_once_its_day_has_passed() -> None:
    """Nothing is called missed: what is not told as done stands as promised, and late."""
    record = told(until=2)
    later = api.record(
        [
            {"id": "a", **REPORTS[0]},
            {"id": "b", "published": "2033-02-01", "source": "Harbour Post", "text": "Nothing was said of the lock."},
        ]
    )
    assert about(record, "lock").status.schedule == "not due"
    assert (about(later, "lock").status.official, about(later, "lock").status.schedule) == ("promised", "late")
