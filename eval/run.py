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
import judged
import modality
import names
import own_times
import planted
import statements

from communique import api
from communique.annotate import nlp

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
FLOORS = HERE / "floors.toml"

type Figures = dict[str, float]

#: Sets of our own, and how each is measured.
OWN: dict[str, Callable[[], Figures]] = {
    "examples": lambda: facts.figures(HERE / "examples.toml", api.examples()),
    "sessions": lambda: facts.figures(HERE / "sessions.toml"),
    "official": lambda: facts.figures(HERE / "official.toml"),
    "fisheries": lambda: facts.figures(HERE / "cluster_fisheries.toml"),
    "trade": lambda: facts.figures(HERE / "cluster_trade.toml"),
    "health-held": lambda: facts.figures(HERE / "cluster_held.toml"),
    "regions": lambda: facts.figures(HERE / "regions_seen.toml"),
    "regions-held": lambda: facts.figures(HERE / "regions_held.toml"),
    "names": lambda: names.figures(HERE / "names.toml"),
    "statements": lambda: statements.figures(HERE / "statements.toml"),
    "own-times": lambda: own_times.figures(HERE / "times.toml"),
    "modality-seen": lambda: modality.figures(HERE / "modality_seen.toml"),
    "modality-held": lambda: modality.figures(HERE / "modality_held.toml"),
    "planted": lambda: planted.figures(HERE / "planted.toml"),
    "judged": judged.figures,
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
            yield name, next((tell for task, tell in TASKS.items() if name.startswith(task)), record_figures)(name)
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
        scored = _script(SHARED / "score" / "score_record.py", record, gold, folder, "--json")
    sections = json.loads(scored)["figures"]
    return {f"{s}.{k}": v for s, row in sections.items() if row for k, v in row.items() if v is not None}


def time_figures(name: str) -> Figures:
    """Figures of a set of the time task, through the one door for predictions."""
    folder = SHARED / "benchmarks" / "time" / name.removeprefix("time-")
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "out.jsonl"
        _script(HERE / "predict.py", "time", folder / "reports.jsonl", out)
        scored = json.loads(_script(SHARED / "score" / "score_time.py", folder, out, "--json"))
    return {metric: figure for metric, figure in scored.items() if metric != "counts"}


def coref_figures(name: str) -> Figures:
    """Figures of a set of the coref task, and how far CoNLL lies over that of head lemmas in the same stories.

    The weights were fitted on this set; `fit_likeness.py` gives the figures on topics that they had not seen.
    """
    folder = SHARED / "benchmarks" / "coref" / name.removeprefix("coref-")
    reports, mentions = folder / "reports.jsonl", folder / "mentions.jsonl"
    with tempfile.TemporaryDirectory() as temporary:
        ours, stories, lemmas = (Path(temporary) / f"{kind}.jsonl" for kind in ("ours", "stories", "lemmas"))
        _script(HERE / "predict.py", "coref", reports, ours, "--mentions", mentions)
        _script(HERE / "predict.py", "stories", reports, stories)
        blocked = ("--level", "story", "--stories", stories, "--model", nlp.default_model_path())
        _script(SHARED / "peers" / "coref_peer.py", "--data", folder, "--out", lemmas, *blocked)
        score = SHARED / "score" / "score_coref.py"
        gold = ("--gold", folder / "gold.jsonl")
        figures, peer = (json.loads(_script(score, *gold, "--pred", told, "--json")) for told in (ours, lemmas))
    return {"conll": figures["conll"], "lea_f1": figures["lea_f1"], "over_lemma": figures["conll"] - peer["conll"]}


def quotes_figures(name: str) -> Figures:
    """Figures of a set of the quotes task."""
    folder = SHARED / "benchmarks" / "quotes" / name.removeprefix("quotes-")
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "out.jsonl"
        _script(HERE / "predict.py", "quotes", folder / "reports.jsonl", out)
        scored = json.loads(_script(SHARED / "score" / "score_quotes.py", folder, out, "--json"))
    return {metric: figure for metric, figure in scored.items() if metric != "counts"}


#: How a set of a task is measured, by how its name begins; any other is a set of whole records.
TASKS: dict[str, Callable[[str], Figures]] = {
    "time-": time_figures,
    "coref-": coref_figures,
    "quotes-": quotes_figures,
}


def _script(path: Path, *arguments: str | Path) -> str:
    """What a script prints."""
    command = [sys.executable, str(path), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603 - a script of ours


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


#: The calibration error: its ceiling is what was promised, not the luck of the last measurement.
CALIBRATION = "ece"


def counts(metric: str) -> bool:
    """Whether a metric counts errors: its floor is a ceiling."""
    errors = (
        "false_flags",
        "planned_as_happened",
        "unreal_as_happened",
        "false_alarms",
        "over_merges",
        "failed_merges",
        "lost_reports",
        "facts_in_furniture",
        "facts_lost",
        "wrong",
        "invented",
        CALIBRATION,
    )
    return metric.rpartition(".")[2] in (*errors, "open_as_done", "quoted_as_copied", "overlong", "wrong_speaker")


def raised(floors: Figures, figures: Figures) -> Figures:
    """Floors after a better measurement: never lower, counts of errors never higher."""
    slack = 0.0005  # to the third place, on the side that this measurement keeps to
    better = {m: figures.get(m, floor) + (slack if counts(m) else -slack) for m, floor in floors.items()}
    better |= {m: floor for m, floor in floors.items() if m.rpartition(".")[2] == CALIBRATION}
    return {m: (min if counts(m) else max)(floor, round(better[m], 3)) for m, floor in floors.items()}


def written(floors: dict[str, Figures]) -> str:
    """Floors as TOML."""
    head = FLOORS.read_text(encoding="utf-8").split("\n[", 1)[0] + "\n"
    return head + "".join(
        f"\n[{name}]\n" + "".join(f'"{m}" = {max(v, 0):g}\n' for m, v in table.items())
        for name, table in floors.items()
    )


if __name__ == "__main__":
    main()
