#!/usr/bin/env python3
"""Accuracy floors: measure, compare with `floors.toml`, end with 1 where a figure is below its floor.

    ./dev eval            measure and compare
    ./dev eval --raise    and write figures that are better than their floors as the new floors

Our own data lies beside this file. Where a folder `shared` with development data lies beside the repository, its sets
are measured as well, with the scorers that lie there; elsewhere they are said to be missing and skipped.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import facts
import names
import own_times
import statements

from communique import api

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
FLOORS = HERE / "floors.toml"

type Figures = dict[str, float]

#: Sets of our own, and how each is measured.
OWN: dict[str, Callable[[], Figures]] = {
    "examples": lambda: facts.figures(HERE / "examples.toml", api.examples()),
    "names": lambda: names.figures(HERE / "names.toml"),
    "statements": lambda: statements.figures(HERE / "statements.toml"),
    "own-times": lambda: own_times.figures(HERE / "times.toml"),
}


def main() -> None:
    """Measure every set, print each figure beside its floor."""
    parser = argparse.ArgumentParser(prog="./dev eval", description=__doc__)
    parser.add_argument("--raise", dest="raise_", action="store_true", help="write better figures as floors")
    args = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    below = 0
    for name, figures in measured(floors):
        below += compared(name, floors[name], figures)
        if args.raise_:
            floors[name] = raised(floors[name], figures)
    if args.raise_:
        FLOORS.write_text(written(floors), encoding="utf-8")
    print(f"{below} figures below their floors")
    sys.exit(1 if below else 0)


def measured(floors: dict[str, Figures]) -> Iterator[tuple[str, Figures]]:
    """Every set with its figures; a set that is not there is named and left out."""
    for name in floors:
        if name in OWN:
            yield name, OWN[name]()
        elif SHARED.is_dir():
            yield name, time_figures(name) if name.startswith("time-") else record_figures(name)
        else:
            print(f"{name}: the development data does not lie beside this checkout; skipped")


def record_figures(name: str) -> Figures:
    """Figures of the record of a development set, as the scorer beside it gives them."""
    folder = SHARED / ("seeds" if name == "seeds" else f"benchmarks/record/{name}")
    gold = SHARED / "score" / "seeds_gold.json" if name == "seeds" else folder / "gold.json"
    inputs = sorted(str(p) for p in folder.glob("*.txt" if name == "seeds" else "reports.jsonl"))
    with tempfile.TemporaryDirectory() as temporary:
        record = Path(temporary) / "record.json"
        with api.open(Path(temporary) / "x.db") as c:
            c.add(inputs)
            record.write_bytes(c.export())
        command = [sys.executable, str(SHARED / "score" / "score_record.py"), record, gold, folder, "--json"]
        scored = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own scorer
    sections = json.loads(scored.stdout)["figures"]
    return {f"{s}.{k}": v for s, row in sections.items() if row for k, v in row.items() if v is not None}


def time_figures(name: str) -> Figures:
    """Figures of a set of the time task, through the one door for predictions."""
    folder = SHARED / "benchmarks" / "time" / name.removeprefix("time-")
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "out.jsonl"
        ask = [sys.executable, str(HERE / "predict.py"), "time", str(folder / "reports.jsonl"), str(out)]
        subprocess.run(ask, check=True)  # noqa: S603 - our own script
        score = [sys.executable, str(SHARED / "score" / "score_time.py"), str(folder), str(out), "--json"]
        scored = subprocess.run(score, capture_output=True, text=True, check=True)  # noqa: S603 - our own scorer
    return {metric: figure for metric, figure in json.loads(scored.stdout).items() if metric != "counts"}


def compared(name: str, floors: Figures, figures: Figures) -> int:
    """Print a set's figures beside their floors; how many are below."""
    below = 0
    for metric, floor in floors.items():
        figure = figures.get(metric)
        bad = figure is None or (figure > floor if metric.startswith("#") or counts(metric) else figure < floor)
        below += bad
        shown = "none" if figure is None else f"{figure:.3f}"
        print(f"{'BELOW ' if bad else '      '}{name:<22}{metric:<38}{shown:>8}  floor {floor:.3f}")
    return below


def counts(metric: str) -> bool:
    """Whether a metric counts errors: its floor is a ceiling."""
    errors = (
        "false_flags",
        "planned_as_happened",
        "false_alarms",
        "over_merges",
        "facts_in_furniture",
        "facts_lost",
        "wrong",
        "invented",
    )
    return metric.rpartition(".")[2] in (*errors, "open_as_done", "quoted_as_copied", "overlong", "wrong_speaker")


def raised(floors: Figures, figures: Figures) -> Figures:
    """Floors after a better measurement: never lower, counts of errors never higher."""
    better = {m: figures.get(m, floor) for m, floor in floors.items()}
    return {m: (min if counts(m) else max)(floor, round(better[m] - 0.0005, 3)) for m, floor in floors.items()}


def written(floors: dict[str, Figures]) -> str:
    """Floors as TOML."""
    head = FLOORS.read_text(encoding="utf-8").split("\n[", 1)[0] + "\n"
    return head + "".join(
        f"\n[{name}]\n" + "".join(f'"{m}" = {max(v, 0):g}\n' for m, v in table.items())
        for name, table in floors.items()
    )


if __name__ == "__main__":
    main()
