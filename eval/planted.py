"""Disagreements planted into invented pairs of reports: how many are told, and how much is told beside them.

Run as a script, it prints the figures, and every difference that is missed or told where there is none. Each case is
two reports of one session. In some kinds one report contradicts the other, or itself; in the rest the two only seem to
differ: a part and its whole, a month and its day, a title and its name, a round figure.
"""

import datetime as dt
import json
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from communique import api

type Row = dict[str, Any]
type Plant = Callable[[Row, Row], list[str]]

_FIRST = """\
{city}: {a_adjective} {portfolio} Minister {minister} and {b_adjective} {portfolio} Minister {partner} co-chaired the \
{ordinal} session of the {body} {where} {when}.

"{said}," {speaker} said after the meeting.

The two ministers signed a protocol on {topic}. {b} will deliver {count} {things} to {a} by the end of {due}.
"""
_SECOND = """\
{a} and {b} close {ordinal} round

Published {published}

The {ordinal} session of the {body} was held {where} {when}. It was chaired jointly by {b_title} {partner} and by \
{a}'s {portfolio} minister, {minister}.

"{said}," {speaker} told the session.

Under the protocol that was signed, {b} is to hand over {count} {things}.{more}
"""


class Case(NamedTuple):
    """Two reports, the kinds that their difference may be told as (none: it only seems one), and words it must give."""

    name: str
    texts: tuple[str, str]
    kinds: tuple[str, ...]
    holds: tuple[str, ...]


class Result(NamedTuple):
    """A case and the disagreements that its record tells."""

    case: Case
    told: list[Row]

    def is_it(self, row: Row) -> bool:
        """Whether a disagreement is the planted one: of its kind, with both of its values."""
        values = " | ".join(v["value"] for v in row["values"])
        return row["kind"] in self.case.kinds and all(h in values for h in self.case.holds)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _date(one: Row, other: Row) -> list[str]:
    later = other["day"] + dt.timedelta(days=1)
    other["when"] = f"on {_day(later)}"
    return [one["day"].isoformat(), later.isoformat()]


def _weekday(_: Row, other: Row) -> list[str]:
    wrong = other["day"] - dt.timedelta(days=2)
    other["when"] = f"on {wrong:%A}, {_day(other['day'])}"
    return [other["day"].isoformat()]


def _itself(_: Row, other: Row) -> list[str]:
    later = other["day"] + dt.timedelta(days=2)
    other["more"] = f"\n\nThe {other['ordinal']} session of the {other['body']}, held on {_day(later)}, was brief."
    return [other["day"].isoformat(), later.isoformat()]


def _place(one: Row, other: Row) -> list[str]:
    other["where"] = f"in {other['other']}"
    return [one["city"], other["other"]]


def _number(one: Row, other: Row) -> list[str]:
    other["count"] = one["count"] + 3
    return [str(one["count"]), str(other["count"])]


def _name(one: Row, other: Row) -> list[str]:
    other["partner"] = other["spelling"]
    return [one["partner"], other["partner"]]


def _speaker(one: Row, other: Row) -> list[str]:
    other["speaker"] = other["partner"].split()[-1]
    return [one["speaker"], other["speaker"]]


def _wording(one: Row, other: Row) -> list[str]:
    other["said"] = other["drifted"]
    return sorted(set(one["said"].split()) ^ set(other["said"].split()))


def _part_of_day(one: Row, other: Row) -> list[str]:
    other["when"] = f"in {one['day']:%B %Y}"
    return []


def _days(one: Row, other: Row) -> list[str]:
    last = one["day"] + dt.timedelta(days=1)
    other["when"] = f"from {one['day'].day} to {_day(last)}"
    return []


def _right_weekday(one: Row, other: Row) -> list[str]:
    one["when"] = f"on {one['day']:%A}, {_day(one['day'])}"
    other["when"] = f"on {one['day']:%A}"
    return []


def _building(one: Row, other: Row) -> list[str]:
    other["where"] = f"at {one['site']} in {one['city']}"
    return []


def _country(one: Row, other: Row) -> list[str]:
    other["where"] = f"in {one['a']}"
    return []


def _title(_: Row, other: Row) -> list[str]:
    other["partner"] = other["partner"].split()[-1]
    return []


def _rounding(one: Row, other: Row) -> list[str]:
    one["count"], other["count"] = one["count"] * 100 + 3, f"about {one['count'] * 100}"
    return []


def _part(one: Row, other: Row) -> list[str]:
    other["count"] = f"the first {one['count'] // 2} of the {one['count']}"
    return []


def _cut(one: Row, other: Row) -> list[str]:
    other["said"] = " ".join(one["said"].split()[:8])
    return []


def _figure(_: Row, other: Row) -> list[str]:
    words = {24: "twenty-four", 16: "sixteen", 4: "four", 30: "thirty", 8: "eight", 40: "forty"}
    other["count"] = words[other["count"]]
    return []


#: What is planted: its name, what changes the second report, and the kinds that it may be told as.
PLANTS: list[tuple[str, Plant, tuple[str, ...]]] = [
    ("date", _date, ("date",)),
    ("weekday", _weekday, ("date",)),
    ("self-contradiction", _itself, ("date",)),
    ("place", _place, ("place",)),
    ("number", _number, ("number",)),
    ("name form", _name, ("name",)),
    ("attribution", _speaker, ("speaker", "attribution")),
    ("wording drift", _wording, ("wording",)),
    ("month and day", _part_of_day, ()),
    ("days and day", _days, ()),
    ("weekday and date", _right_weekday, ()),
    ("building and city", _building, ()),
    ("country and city", _country, ()),
    ("title and name", _title, ()),
    ("round figure", _rounding, ()),
    ("part of a number", _part, ()),
    ("part of a quotation", _cut, ()),
    ("figure and word", _figure, ()),
]


def figures(path: Path) -> dict[str, float]:
    """Recall of what is planted; precision of what is told; how many seeming differences are told as real.

    Args:
        path: TOML file of worlds.
    """
    results = told(path)
    planted = [r for r in results if r.case.kinds]
    right = sum(any(r.is_it(row) for row in r.told) for r in planted)
    beside = sum(not r.is_it(row) for r in results for row in r.told)
    return {
        "recall": right / len(planted),
        "precision": right / (right + beside) if right + beside else 0.0,
        "false_alarms": sum(bool(r.told) for r in results if not r.case.kinds),
    }


def told(path: Path) -> list[Result]:
    """Every case with what its record tells; the cases of one plant make one record, each about a body of its own."""
    worlds = tomllib.loads(path.read_text(encoding="utf-8"))["world"]
    return [
        result
        for name, plant, kinds in PLANTS
        for result in _results([_case(world, name, plant, kinds) for world in worlds])
    ]


def _case(world: Row, name: str, plant: Plant, kinds: tuple[str, ...]) -> Case:
    one, other = _slots(world), _slots(world)
    holds = plant(one, other)
    return Case(f"{name}: {world['body']}", (_FIRST.format(**one), _SECOND.format(**other)), kinds, tuple(holds))


def _slots(world: Row) -> Row:
    (a, a_adjective), (b, b_adjective) = world["a"], world["b"]
    minister, partner = world["ministers"]
    return {
        **world,
        "a": a,
        "b": b,
        "a_adjective": a_adjective,
        "b_adjective": b_adjective,
        "minister": minister,
        "partner": partner,
        "speaker": minister.split()[-1],
        "b_title": "Minister",
        "more": "",
        "ordinal": f"{world['number']}th",
        "where": f"in {world['city']}",
        "when": f"on {_day(world['day'])}",
        "published": _day(world["day"] + dt.timedelta(days=1)),
        "due": world["day"].year + 1,
    }


def _results(cases: list[Case]) -> list[Result]:
    rows = [{"id": f"{n}.{side}", "text": text} for n, case in enumerate(cases) for side, text in enumerate(case.texts)]
    with tempfile.TemporaryDirectory() as folder, api.open(Path(folder) / "x.db") as c:
        c.add(rows, workers=0)
        record = json.loads(c.export())
    number = {report["id"]: int(report["name"].partition(".")[0]) for report in record["reports"]}
    out = [Result(case, []) for case in cases]
    for row in record["disagreements"]:
        for at in sorted({number[report] for value in row["values"] for report in value["reports"]}):
            out[at].told.append(row)
    return out


def errors(results: list[Result]) -> list[str]:
    """What is missed, and what is told where nothing is, a line each, for whoever mends it."""
    lines = []
    for result in results:
        if result.case.kinds and not any(map(result.is_it, result.told)):
            lines.append(f"missed {result.case.name}: wanted {result.case.holds}")
        for row in result.told:
            if not result.is_it(row):
                values = " | ".join(v["value"] for v in row["values"])
                lines.append(f"told beside {result.case.name}: {row['kind']}: {values}")
    return lines


if __name__ == "__main__":
    here = Path(__file__).parent / "planted.toml"
    print("\n".join(errors(told(here))))
    print(figures(here))
