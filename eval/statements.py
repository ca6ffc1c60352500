"""Whether statements in short reports are given to the right person and channel."""

import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from communique import api

type Row = dict[str, Any]


def figures(path: Path) -> dict[str, float]:
    """Shares of labelled statements that are found, and given to the right speaker and channel, 0 to 1.

    Args:
        path: TOML file of reports, each with its labels (its head says how).

    Returns:
        `statements.found` over all labels; `statements.speaker` and `statements.channel` over all labels that judge
        them, so that what is not found is wrong; `statements.wrong_speaker`, the number of statements that are given
        to somebody else.
    """
    reports = tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    record = _record([r["text"].strip() + "\n" for r in reports])
    names = {a["id"]: " / ".join([a["name"], *(n["text"] for n in a["names"])]) for a in record["actors"]}
    by_name = {r["id"]: int(r["name"].removesuffix(".txt")) for r in record["reports"]}
    judged = [
        (label, _told(record["statements"], label, {i for i, number in by_name.items() if number == at}))
        for at, report in enumerate(reports)
        for label in report["said"]
    ]
    channels = [(label["channel"], told) for label, told in judged if "channel" in label]
    return {
        "statements.found": _share([told is not None for _, told in judged]),
        "statements.speaker": _share([_named(told, label, names) for label, told in judged]),
        "statements.channel": _share([_through(told, channel) for channel, told in channels]),
        "statements.wrong_speaker": sum(
            told is not None and told["speaker"] is not None and not _named(told, label, names)
            for label, told in judged
        ),
    }


def _record(texts: list[str]) -> Row:
    """The record of some reports, each a file of its own named by its number."""
    with tempfile.TemporaryDirectory() as folder, api.open(Path(folder) / "x.db") as c:
        paths = [Path(folder) / f"{number}.txt" for number in range(len(texts))]
        for one, text in zip(paths, texts, strict=True):
            one.write_text(text, encoding="utf-8")
        c.add([str(one) for one in paths])
        record: Row = json.loads(c.export())
        return record


def _told(statements: list[Row], label: Row, reports: set[str]) -> Row | None:
    """The first statement with a wording in the report that holds the label's words."""
    for statement in statements:
        spans = [q["evidence"] for q in statement["quotations"]]
        if any(s["report"] in reports and label["holds"] in " ".join(s["text"].split()) for s in spans):
            return statement
    return None


def _named(told: Row | None, label: Row, names: dict[str, str]) -> bool:
    if told is None:
        return False
    return label["who"] in names.get(told["speaker"], "") if label["who"] else told["speaker"] is None


def _through(told: Row | None, channel: str) -> bool:
    if told is None:
        return False
    return channel in (told["channel"] or "") if channel else told["channel"] is None


def _share(right: list[bool]) -> float:
    return sum(right) / len(right)


if __name__ == "__main__":
    import sys

    for name, value in figures(Path(sys.argv[1])).items():
        print(f"{name:28}{value:.3f}")
