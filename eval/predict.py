#!/usr/bin/env python3
"""Answers for a scorer: TASK REPORTS.jsonl OUT.jsonl [--mentions M.jsonl].

Tasks: time, quotes, stories, reuse, coref. Reports come one a line with the keys id, text, title, published, source;
the forms of the answers are those of each task's module beside this file.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

TASKS = ("time", "quotes", "stories", "reuse", "coref")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file."""
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                yield msgspec.json.decode(line)


def main() -> None:
    """Read the reports, ask the task's module, write its answers."""
    parser = argparse.ArgumentParser(prog="./dev predict", description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("reports", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mentions", type=Path, help="given mentions, for coref")
    args = parser.parse_args()
    if (args.task == "coref") != (args.mentions is not None):
        parser.error("--mentions goes with coref, and coref needs it")
    sys.path.insert(0, str(Path(__file__).parent))
    predict = importlib.import_module(f"predict_{args.task}").predict
    given = [lines(args.mentions)] if args.mentions else []
    with args.out.open("wb") as out:
        for answer in predict(lines(args.reports), *given):
            out.write(msgspec.json.encode(answer) + b"\n")


if __name__ == "__main__":
    main()
