"""How many of the facts that a person wrote down are in a record, and how many of its worst errors."""

import json
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from communique import api

type Fact = dict[str, Any]


def figures(expected: Path, reports: Sequence[str]) -> dict[str, float]:
    """Recall by section, and counts of the worst errors.

    Args:
        expected: TOML file with tables `event`, `statement`, `commitment`, `disagreement`, `session`, `never`.
        reports: paths of the reports.
    """
    wanted = tomllib.loads(expected.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, api.open(Path(folder) / "x.db") as c:
        c.add(list(reports))
        record = json.loads(c.export())
    names = {a["id"]: {a["name"], *(n["text"] for n in a["names"])} for a in record["actors"]}
    out = {
        f"{section}.recall": _recall(wanted.get(section, []), found, names)
        for section, found in (
            ("event", [(e, _is_event) for e in record["events"]]),
            ("statement", [(s, _is_statement) for s in record["statements"]]),
            ("commitment", [(c, _is_commitment) for c in record["commitments"]]),
            ("disagreement", [(d, _is_disagreement) for d in record["disagreements"]]),
        )
    }
    never = wanted["never"]
    out["events.planned_as_happened"] = sum(_is_event(e, n, names) for e in record["events"] for n in never["event"])
    out["statements.wrong_speaker"] = _wrong_speakers(record["statements"], wanted["statement"], names)
    return out


def _recall(
    wanted: Sequence[Fact], found: Sequence[tuple[Fact, Callable[..., bool]]], names: dict[str, set[str]]
) -> float:
    seen = [any(fits(fact, want, names) for fact, fits in found) for want in wanted]
    return sum(seen) / len(seen)


def _named(actor: str | None, want: str, names: dict[str, set[str]]) -> bool:
    return any(want in name for name in names.get(actor or "", ()))


def _is_event(event: Fact, want: Fact, names: dict[str, set[str]]) -> bool:
    value = {**event, "date": (event["date"] or {}).get("value")}
    plain = all(value[k] == want[k] for k in ("number", "date", "status") if k in want)
    typed = "type" not in want or event["type"] in want["type"].split("|")
    held = all(any(_named(p["actor"], w, names) for p in event["participants"]) for w in want.get("who", []))
    placed = "place" not in want or _named(event["place"], want["place"], names)
    said = "holds" not in want or any(want["holds"] in s["text"] for s in event["evidence"])
    return plain and typed and held and placed and said


def _is_statement(statement: Fact, want: Fact, names: dict[str, set[str]]) -> bool:
    holds = any(want["holds"] in q["evidence"]["text"] for q in statement["quotations"])
    return (
        holds
        and _named(statement["speaker"], want["who"], names)
        and len(statement["quotations"]) >= want.get("wordings", 1)
    )


def _wrong_speakers(statements: Sequence[Fact], wanted: Sequence[Fact], names: dict[str, set[str]]) -> int:
    return sum(
        statement["speaker"] is not None and not _named(statement["speaker"], want["who"], names)
        for want in wanted
        for statement in statements
        if any(want["holds"] in q["evidence"]["text"] for q in statement["quotations"])
    )


def _is_commitment(commitment: Fact, want: Fact, names: dict[str, set[str]]) -> bool:
    holds = any(want["holds"] in s["text"] for s in commitment["evidence"])
    by = "by" not in want or any(_named(a, want["by"], names) for a in commitment["by"])
    official = "official" not in want or commitment["status"]["official"] in want["official"].split("|")
    due = "due" not in want or (commitment["due"] or {}).get("value") == want["due"]
    return holds and by and official and due


def _is_disagreement(disagreement: Fact, want: Fact, _: dict[str, set[str]]) -> bool:
    values = " ".join(v["value"] for v in disagreement["values"])
    kinds = want["kind"].split("|")
    return disagreement["kind"] in kinds and all(h in values for h in want["holds"])
