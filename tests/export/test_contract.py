"""The exported record against its published form: names, order, null forms and closed word lists, key for key.

`FORM` is the contract as it is written, on purpose a second time and by hand: whoever changes the nouns in
`communique.model` without a new format number is told here. A string names a form of `SHAPES`, a set is a closed word
list, a dict an object with those keys in that order, a list any number of its one form, a tuple one of its forms.
"""

import datetime as dt
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from communique import api

SPAN = {"report": "report", "start": "int", "end": "int", "text": "str"}
SPANS = [SPAN]
DATE = {"value": "date", "precision": {"day", "month", "year", "period", "unknown"}}
STATUS = {"happened", "ongoing", "planned", "requested", "offered", "cancelled", "denied", "hypothetical"}
OFFICIAL = {
    *("discussed", "offered", "requested", "promised", "agreed", "signed", "in force", "under way", "done", "refused"),
    "unknown",
}
FORM: dict[str, Any] = {
    "format": {"communique-record/1"},
    "build": {"version": "str", "model": "str", "settings": "str", "as_of": ("day", None), "decisions": "int"},
    "reports": [
        {
            "id": "report",
            "name": "str",
            "sha256": "sha256",
            "chars": "int",
            "language": ("str", None),
            "outlet": ("str", None),
            "title": ("str", None),
            "published": ("moment", None),
            "published_from": ({"given", "text", "collector"}, None),
            "published_evidence": (SPAN, None),
            "updated": ("moment", None),
            "supersedes": ("report", None),
            "furniture": [{"kind": "str", "start": "int", "end": "int"}],
        }
    ],
    "stories": [{"id": "str", "title": "str", "reports": ["report"], "origins": [["report"]]}],
    "reuse": [{"kind": {"quoted", "copied", "formula"}, "spans": SPANS}],
    "actors": [
        {
            "id": "actor",
            "kind": {"person", "body", "country", "place", "forum", "programme", "agreement", "item", "group"},
            "name": "str",
            "names": [{"text": "str", "count": "int"}],
            "roles": [{"role": "str", "from": ("date", None), "to": ("date", None), "evidence": SPANS}],
            "evidence": SPANS,
        }
    ],
    "items": [
        {
            "actor": "actor",
            "count": ("str", None),
            "delivery": {
                *("not stated", "planned", "requested", "promised", "part delivered", "delivered", "refused"),
            },
            "evidence": SPANS,
        }
    ],
    "events": [
        {
            "id": "event",
            "type": {
                *("session", "meeting", "talks", "summit", "visit", "signing", "ceremony", "commissioning", "delivery"),
                *("founding", "appointment", "exercise", "statement-release", "other"),
            },
            "plover": ("upper", None),
            "title": "str",
            "status": STATUS,
            "participants": [{"actor": "actor", "role": "str"}],
            "place": ("actor", None),
            "date": (DATE, None),
            "series": ("series", None),
            "number": ("int", None),
            "part_of": ("event", None),
            "origins": "int",
            "confidence": "share",
            "evidence": SPANS,
        }
    ],
    "statements": [
        {
            "id": "str",
            "speaker": ("actor", None),
            "addressee": ("actor", None),
            "channel": ("str", None),
            "text": "str",
            "quotations": [
                {
                    "mode": {"direct", "indirect"},
                    "speaker": ("str", None),
                    "channel": ["str"],
                    "stance": ("str", None),
                    "evidence": SPAN,
                }
            ],
            "origins": "int",
            "confidence": "share",
        }
    ],
    "commitments": [
        {
            "id": "str",
            "kind": {
                *("agreement", "protocol", "pledge", "assurance", "request", "invitation", "offer", "delivery"),
                "visit",
            },
            "by": ["actor"],
            "to": ["actor"],
            "what": "str",
            "due": (DATE, None),
            "status": {
                "official": OFFICIAL,
                "evidence": {"claimed", "reported", "confirmed by both"},
                "schedule": {"no date", "not due", "due", "late", "superseded", "unknown"},
            },
            "history": [{"on": (DATE, None), "official": OFFICIAL, "evidence": SPANS}],
            "origins": "int",
            "confidence": "share",
            "evidence": SPANS,
        }
    ],
    "series": [
        {
            "id": "series",
            "name": "str",
            "body": "actor",
            "founded": (DATE, None),
            "rhythm": ("str", None),
            "rotation": ("str", None),
            "sessions": [
                {
                    "number": ("int", None),
                    "event": ("event", None),
                    "status": STATUS,
                    "date": (DATE, None),
                    "place": ("actor", None),
                    "host": ("actor", None),
                    "co_chairs": ["actor"],
                    "evidence": SPANS,
                }
            ],
            "next": ({"number": ("int", None), "host": ("actor", None), "date": (DATE, None)}, None),
            "anomalies": ["str"],
            "evidence": SPANS,
        }
    ],
    "disagreements": [
        {
            "id": "str",
            "kind": {
                *("date", "place", "number", "name", "wording", "attribution", "speaker", "mode", "series", "other"),
            },
            "about": ["str"],
            "values": [{"value": "str", "reports": ["report"], "evidence": SPANS}],
            "preferred": ("str", None),
            "reason": "str",
        }
    ],
    "problems": [
        {
            "input": "str",
            "sha256": ("sha256", None),
            "report": ("report", None),
            "stage": "str",
            "code": "str",
            "message": "str",
        }
    ],
}
#: Keys of this program beside those of the contract, which allows further ones.
FURTHER = {"url", "given_id", "extra", "merged", "signs", "min_confidence", "paraphrases"}
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PATTERNS = {
    "sha256": r"[0-9a-f]{64}",
    "day": r"\d{4}-\d\d-\d\d",
    "date": rf"{_DAY}(?:/{_DAY})?",
    "moment": r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?",
    "upper": r"[A-Z]+",
}


def shapes(record: Mapping[str, Any]) -> dict[str, Callable[[Any], bool]]:
    """The named forms; an id has to be that of an object in the record."""
    known = {kind: {x["id"] for x in record[f"{kind}s"]} for kind in ("report", "actor", "event")}
    known["series"] = {x["id"] for x in record["series"]}
    by_pattern = {
        n: (lambda v, p=p: isinstance(v, str) and re.fullmatch(p, v) is not None) for n, p in _PATTERNS.items()
    }
    by_id = {kind: (lambda v, ids=ids: v in ids) for kind, ids in known.items()}
    return {
        "str": lambda v: isinstance(v, str) and v != "",
        "int": lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0,
        "share": lambda v: isinstance(v, (int, float)) and 0 <= v <= 1,
        **by_pattern,
        **by_id,
    }


def broken(value: Any, form: Any, known: Mapping[str, Callable[[Any], bool]], at: str = "") -> Iterator[str]:
    """Places where a value has not the form."""
    if isinstance(form, tuple):
        yield from () if value is None else broken(value, form[0], known, at)
    elif isinstance(form, dict):
        keys = [k for k in value if k in form] if isinstance(value, dict) else None
        # Furniture is stored by its place and prints that first.
        right = keys == list(form) or (at.endswith("furniture[]") and sorted(keys or ()) == sorted(form))
        if not right or set(value) - set(form) - FURTHER:
            yield f"{at}: {value}"
        else:
            for key, inner in form.items():
                yield from broken(value[key], inner, known, f"{at}.{key}")
    elif isinstance(form, list):
        if not isinstance(value, list):
            yield f"{at}: {value}"
        else:
            for each in value:
                yield from broken(each, form[0], known, f"{at}[]")
    elif not (value in form if isinstance(form, set) else known[form](value)):
        yield f"{at}: {value!r} is not {form}"


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and set(value) == set(SPAN):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from spans(inner)


@pytest.fixture(scope="module")
def record(record_bytes: bytes) -> dict[str, Any]:
    """The exported record of the example reports."""
    read: dict[str, Any] = json.loads(record_bytes)
    return read


@pytest.fixture(scope="module")
def texts() -> tuple[dict[str, Any], ...]:
    """Two versions of a report, one without a date, one of another day, and one that is empty."""
    told = "Transport Minister Ada Brenn met her counterpart Jon Vahl in Lindhaven on {}."
    return (
        {"id": "a", "source": "Wire", "published": "2031-03-05", "text": told.format("4 March 2031")},
        {"id": "a", "source": "Wire", "published": "2031-03-06", "text": told.format("5 March 2031")},
        {"id": "b", "source": "Post", "text": "Ada Brenn will travel to Quessa next year."},
        {"id": "c", "source": "Echo", "published": "2031-03-09T10:00:00+02:00", "text": told.format("5 March 2031")},
        {"id": "d", "source": "Post", "text": "   "},
    )


@pytest.fixture(scope="module")
def mixed(texts: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """The record of those."""
    read: dict[str, Any] = json.loads(api.record(texts).encode())
    return read


@pytest.mark.parametrize("which", ["record", "mixed"])
def test_the_export_has_the_contracts_form(which: str, request: pytest.FixtureRequest) -> None:
    """Every key, its order, its type, its null form and its words are those of the contract."""
    exported = request.getfixturevalue(which)
    assert list(broken(exported, FORM, shapes(exported))) == []


def test_the_form_itself_finds_what_is_wrong(record: dict[str, Any]) -> None:
    """A word outside its list, an id of nothing, a missing key and another order are all found."""
    known = shapes(record)
    event = record["events"][0]
    for harm in ({"status": "stated"}, {"place": "nowhere"}, {"confidence": 2}, {"number": "7"}, {"fleet": 1}):
        assert list(broken({**event, **harm}, FORM["events"][0], known)), harm
    assert list(broken({k: v for k, v in event.items() if k != "plover"}, FORM["events"][0], known))
    assert list(broken(dict(reversed(event.items())), FORM["events"][0], known))


def test_every_fact_has_evidence(record: dict[str, Any]) -> None:
    """No actor, item, event, statement, commitment, session or side of a disagreement stands on nothing."""
    for section in ("actors", "items", "events", "commitments", "series"):
        assert [x for x in record[section] if not x["evidence"]] == []
    assert [s for s in record["statements"] if not s["quotations"]] == []
    assert [s for x in record["series"] for s in x["sessions"] if not s["evidence"]] == []
    assert [v for d in record["disagreements"] for v in d["values"] if not v["evidence"]] == []
    assert [r for r in record["reuse"] if len(r["spans"]) < 2] == []


def test_every_span_is_as_long_as_its_text(record: dict[str, Any]) -> None:
    """Offsets count code points and lie inside the report."""
    chars = {r["id"]: r["chars"] for r in record["reports"]}
    found = list(spans(record))
    assert len(found) > 100
    assert [s for s in found if s["end"] - s["start"] != len(s["text"]) or s["end"] > chars[s["report"]]] == []


def test_each_report_is_in_one_story_and_one_origin(record: dict[str, Any], mixed: dict[str, Any]) -> None:
    """Stories partition the reports, and origins each story."""
    for each in (record, mixed):
        told = sorted(r for s in each["stories"] for r in s["reports"])
        assert told == sorted(r["id"] for r in each["reports"])
        for story in each["stories"]:
            assert sorted(r for origin in story["origins"] for r in origin) == sorted(story["reports"])


def test_history_runs_by_date(record: dict[str, Any]) -> None:
    """The first row is how the commitment was made, and each row is a change."""
    for commitment in record["commitments"]:
        rows = commitment["history"]
        assert rows
        days = [r["on"]["value"] for r in rows if r["on"]]
        assert days == sorted(days)
        assert [r for r, after in itertools.pairwise(rows) if r["official"] == after["official"]] == []


def test_a_record_is_seen_from_its_last_publication(record: dict[str, Any], mixed: dict[str, Any]) -> None:
    """Without an as-of day, `as_of` is the latest day of publication, and null where no report has one."""
    assert record["build"]["as_of"] == max(r["published"][:10] for r in record["reports"])
    assert mixed["build"]["as_of"] == "2031-03-09"
    undated = json.loads(api.record([{"id": "x", "text": "The ministers agreed to meet by May 2032."}]).encode())
    assert undated["build"]["as_of"] is None
    assert {c["status"]["schedule"] for c in undated["commitments"]} <= {"no date", "unknown"}


def test_a_superseded_version_states_nothing(mixed: dict[str, Any]) -> None:
    """The older version stays a report and is named by the newer one; no fact rests on it."""
    newer = next(r for r in mixed["reports"] if r["supersedes"])
    assert (newer["published"], newer["given_id"]) == ("2031-03-06", "a")
    facts = [mixed[s] for s in ("actors", "items", "events", "statements", "commitments", "series", "disagreements")]
    assert newer["supersedes"] in {r["id"] for r in mixed["reports"]}
    assert newer["supersedes"] not in {s["report"] for s in spans(facts)}


def test_an_undated_report_keeps_its_open_dates(mixed: dict[str, Any]) -> None:
    """Nothing dates a report that nobody dated, and its "next year" is no year."""
    undated = next(r for r in mixed["reports"] if r["given_id"] == "b")
    assert (undated["published"], undated["published_from"], undated["published_evidence"]) == (None, None, None)
    own = [e for e in mixed["events"] if {s["report"] for s in e["evidence"]} == {undated["id"]}]
    assert [e["date"] for e in own if e["date"] and e["date"]["precision"] != "unknown"] == []


def test_a_problem_has_the_input_and_the_hash(mixed: dict[str, Any]) -> None:
    """What could not be read is a row with a reason, and belongs to no report."""
    (problem,) = mixed["problems"]
    assert (problem["input"], problem["report"], problem["code"]) == ("d", None, "empty")
    assert problem["sha256"]
    assert dt.date.fromisoformat(mixed["build"]["as_of"])
