"""How a record is held against what a person wrote down."""

import tomllib
from pathlib import Path
from typing import Any

import facts

HERE = Path(facts.__file__).parent
NAMES = {"a": {"Lucía Ferrandiz"}, "b": {"Uruguay"}, "c": {"Montevideo"}}


def commitment(**facts_: Any) -> dict[str, Any]:
    status = {"official": "done", "evidence": "reported", "schedule": "late"}
    return {
        "evidence": [{"text": "to open the lock"}],
        "by": ["a"],
        "status": status,
        "due": {"value": "2028-03"},
        **facts_,
    }


def event(**facts_: Any) -> dict[str, Any]:
    plain = {"number": 4, "type": "session", "status": "planned", "date": None, "place": None}
    return {**plain, "participants": [], "evidence": [], **facts_}


def test_a_commitment_needs_its_words_party_state_and_day() -> None:
    """Whatever is asked for must fit; what is not asked for is free."""
    want = {"holds": "lock", "by": "Uruguay|Ferrandiz", "official": "done", "due": "2028-03", "schedule": "late"}
    assert facts._is_commitment(commitment(), want, NAMES)  # noqa: SLF001 - the rule itself
    for key, wrong in (("holds", "bridge"), ("by", "Paraguay"), ("official", "agreed|refused"), ("schedule", "due")):
        assert not facts._is_commitment(commitment(), {**want, key: wrong}, NAMES)  # noqa: SLF001 - the rule itself
    assert facts._is_commitment(commitment(due=None, by=[]), {"holds": "lock"}, NAMES)  # noqa: SLF001 - the rule itself


def test_an_event_needs_number_status_and_people() -> None:
    """A plan is not the session that was held; a place is known by any of its names."""
    assert facts._is_event(event(place="c"), {"number": 4, "place": "Montevideo"}, NAMES)  # noqa: SLF001 - the rule itself
    assert not facts._is_event(event(), {"number": 4, "status": "happened"}, NAMES)  # noqa: SLF001 - the rule itself
    assert not facts._is_event(event(), {"who": ["Ferrandiz"]}, NAMES)  # noqa: SLF001 - the rule itself


def test_what_must_never_be_told_is_counted() -> None:
    """Each fact that fits a row of `never` is one error."""
    never = [{"number": 4, "status": "happened"}, {"number": 4, "status": "ongoing"}]
    told = [event(status="ongoing"), event(status="planned")]
    assert facts._told(told, never, facts._is_event, NAMES) == 1  # noqa: SLF001 - the rule itself


def test_the_four_sessions_say_of_every_promise_how_it_ended() -> None:
    """One promise of each fate, each in words that the reports print."""
    wanted = tomllib.loads((HERE / "sessions.toml").read_text(encoding="utf-8"))
    printed = " ".join(report["text"] for report in wanted["report"])
    assert sorted(c["official"] for c in wanted["commitment"]) == ["done", "done", "refused", "requested"]
    assert all(c["holds"] in printed for c in (*wanted["commitment"], *wanted["statement"]))
