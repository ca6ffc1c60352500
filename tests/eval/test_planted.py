"""Planted differences: what the cases say, and how answers to them are counted."""

import tomllib
from pathlib import Path
from typing import Any

import planted
import pytest

WORLDS = tomllib.loads((Path(planted.__file__).parent / "planted.toml").read_text(encoding="utf-8"))["world"]


def texts(name: str, world: int = 0) -> tuple[str, str]:
    plant, kinds = next((p, k) for n, p, k in planted.PLANTS if n == name)
    return planted._case(WORLDS[world], name, plant, kinds).texts  # noqa: SLF001 - the case as it is asked


def row(kind: str, *values: str) -> dict[str, Any]:
    return {"kind": kind, "values": [{"value": value} for value in values]}


def test_a_planted_date_stands_in_one_report_only() -> None:
    """The two reports give different days, and nothing else of the session differs."""
    one, other = texts("date")
    assert "13 May 2031" in one
    assert "held in Accra on 14 May 2031" in other


def test_a_wrong_weekday_is_wrong() -> None:
    """The weekday printed is not that of the date."""
    assert "on Sunday, 13 May 2031" in texts("weekday")[1]
    assert "on Tuesday, 13 May 2031" in texts("weekday and date")[0]


@pytest.mark.parametrize("world", range(len(WORLDS)))
def test_a_drifted_quotation_differs_in_one_word(world: int) -> None:
    """Two wordings of one length with one word changed, a telling one."""
    said, drifted = (WORLDS[world][key].split() for key in ("said", "drifted"))
    assert len(said) == len(drifted)
    assert sum(a != b for a, b in zip(said, drifted, strict=True)) == 1


@pytest.mark.parametrize("name", [name for name, _, _ in planted.PLANTS])
def test_every_plant_changes_something(name: str) -> None:
    """No case is the plain pair of reports; each leaves the other slots alone."""
    plain = planted._case(WORLDS[1], name, lambda _one, _other: [], ()).texts  # noqa: SLF001 - the case before
    assert texts(name, 1) != plain
    assert "{" not in "".join(texts(name, 1))


def test_only_kind_and_values_together_count() -> None:
    """The right kind with one of the values, or both values under another kind, is not the planted difference."""
    case = planted.Case("date", ("", ""), ("date",), ("2031-05-13", "2031-05-14"))
    result = planted.Result(case, [])
    assert result.is_it(row("date", "2031-05-13", "2031-05-14"))
    assert not result.is_it(row("date", "2031-05-13", "2031-05-12"))
    assert not result.is_it(row("place", "2031-05-13", "2031-05-14"))


def test_errors_name_what_is_missed_and_what_is_told_beside() -> None:
    """Both kinds of error come as a line each."""
    missed = planted.Result(planted.Case("date: X", ("", ""), ("date",), ("1", "2")), [])
    alarm = planted.Result(planted.Case("round figure: X", ("", ""), (), ()), [row("number", "1", "2")])
    assert planted.errors([missed, alarm]) == [
        "missed date: X: wanted ('1', '2')",
        "told beside round figure: X: number: 1 | 2",
    ]
