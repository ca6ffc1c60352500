"""How many of the facts that a person wrote down are in a record, and how many of its worst errors."""

import json
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from communique import api

type Fact = dict[str, Any]
type Names = dict[str, set[str]]
type Fits = Callable[[Fact, Fact, Names], bool]


def figures(expected: Path, reports: Sequence[str] = ()) -> dict[str, float]:
    """Recall by section, and counts of the worst errors.

    Args:
        expected: TOML file with tables `event`, `statement`, `commitment`, `disagreement`, `never`; and `report`, where
            the reports stand in it, too.
        reports: paths of the reports.

    Returns:
        the recall of each section that the file has; counts of plans told as done, of promises told as done that are
        open or dropped, and of statements given to another speaker.
    """
    wanted = tomllib.loads(expected.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, api.open(Path(folder) / "x.db") as c:
        c.add([*reports, *wanted.get("report", ())])
        record = json.loads(c.export())
    names = {a["id"]: {a["name"], *(n["text"] for n in a["names"])} for a in record["actors"]}
    sections: list[tuple[str, Fits]] = [
        ("event", _is_event),
        ("statement", _is_statement),
        ("commitment", _is_commitment),
        ("disagreement", _is_disagreement),
    ]
    out = {
        f"{section}.recall": _recall(wanted[section], record[f"{section}s"], fits, names)
        for section, fits in sections
        if section in wanted
    }
    never = wanted["never"]
    out["events.planned_as_happened"] = _told(record["events"], never["event"], _is_event, names)
    out["commitments.open_as_done"] = _told(record["commitments"], never.get("commitment", []), _is_commitment, names)
    out["statements.wrong_speaker"] = _wrong_speakers(record["statements"], wanted["statement"], names)
    return out


def _recall(wanted: Sequence[Fact], found: Sequence[Fact], fits: Fits, names: Names) -> float:
    return sum(any(fits(fact, want, names) for fact in found) for want in wanted) / len(wanted)


def _told(found: Sequence[Fact], never: Sequence[Fact], fits: Fits, names: Names) -> int:
    return sum(fits(fact, want, names) for fact in found for want in never)


def _named(actor: str | None, want: str, names: Names) -> bool:
    return any(want in name for name in names.get(actor or "", ()))


def _is_event(event: Fact, want: Fact, names: Names) -> bool:
    value = {**event, "date": (event["date"] or {}).get("value")}
    plain = all(value[k] == want[k] for k in ("number", "date", "status") if k in want)
    typed = "type" not in want or event["type"] in want["type"].split("|")
    held = all(any(_named(p["actor"], w, names) for p in event["participants"]) for w in want.get("who", []))
    placed = "place" not in want or _named(event["place"], want["place"], names)
    said = "holds" not in want or any(want["holds"] in s["text"] for s in event["evidence"])
    return plain and typed and held and placed and said


def _is_statement(statement: Fact, want: Fact, names: Names) -> bool:
    holds = any(want["holds"] in q["evidence"]["text"] for q in statement["quotations"])
    return (
        holds
        and _named(statement["speaker"], want["who"], names)
        and len(statement["quotations"]) >= want.get("wordings", 1)
    )


def _wrong_speakers(statements: Sequence[Fact], wanted: Sequence[Fact], names: Names) -> int:
    return sum(
        statement["speaker"] is not None and not _named(statement["speaker"], want["who"], names)
        for want in wanted
        for statement in statements
        if any(want["holds"] in q["evidence"]["text"] for q in statement["quotations"])
    )


def _is_commitment(commitment: Fact, want: Fact, names: Names) -> bool:
    holds = any(want["holds"] in s["text"] for s in commitment["evidence"])
    parties = want.get("by", "").split("|")
    by = "by" not in want or any(_named(a, party, names) for a in commitment["by"] for party in parties)
    official = "official" not in want or commitment["status"]["official"] in want["official"].split("|")
    due = "due" not in want or (commitment["due"] or {}).get("value") == want["due"]
    schedule = "schedule" not in want or commitment["status"]["schedule"] == want["schedule"]
    return holds and by and official and due and schedule


def _is_disagreement(disagreement: Fact, want: Fact, _: Names) -> bool:
    values = " ".join(v["value"] for v in disagreement["values"])
    kinds = want["kind"].split("|")
    return disagreement["kind"] in kinds and all(h in values for h in want["holds"])
