"""What a collection costs as it grows: made-up reports of about 120 words, taken in, read, and their record built.

    ./dev bench growth [--reports N ...]

Prints for each size the time, the largest process, the bytes of the database and the facts found, and for each but the
first what a report costs against the size before: at most 1.1 times as much. `--full` asks for 1,000, 10,000 and
100,000 reports; else 500 and 2,000. Then one more report is added with the model loaded.
"""

import argparse
import itertools
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import growth_reports

import run
from communique import api

SIZES, FULL = (500, 2_000), (1_000, 10_000, 100_000)
#: Most that a report may cost in a collection ten times as large.
MOST = 1.1
#: Seconds in which one more report should be in, with the model loaded.
AIM = 1.0


class Grown(NamedTuple):
    """What a collection of some size cost: seconds to take it in and to build it, MiB, bytes of the database."""

    reports: int
    words: int
    taken_in: run.Cost
    built: run.Cost
    size: int
    facts: int

    @property
    def cpu(self) -> float:
        """CPU seconds for a report."""
        return (self.taken_in.cpu + self.built.cpu) / self.reports


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(prog="./dev bench growth", description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args(arguments if arguments is not None else [])
    sizes = args.reports or (FULL if args.full else SIZES)
    print(f"growth: {args.workers} workers")
    with tempfile.TemporaryDirectory() as folder:
        grown = [_told(_grown(folder, count, args.workers)) for count in sizes]
        _one_more(folder, sizes[-1])
    held = [
        _held("CPU seconds", before.cpu, after.cpu)
        & _held("bytes", before.size / before.reports, after.size / after.reports)
        for before, after in itertools.pairwise(grown)
    ]
    return int(not all(held))


def _grown(folder: str, count: int, workers: int) -> Grown:
    given, words = Path(folder) / f"{count}.jsonl", 0
    with given.open("w", encoding="utf-8") as file:
        for report in growth_reports.reports(count):
            words += len(report["text"].split())
            file.write(json.dumps(report) + "\n")
    database = f"{folder}/{count}.db"
    command = [sys.executable, "-m", "communique", "--db", database]
    more = ["--workers", str(workers)]
    taken_in = run.cost([*command, "add", str(given), "--no-build", *more])
    built = run.cost([*command, "build", *more])
    with api.open(database) as c:
        facts = c.counts()["facts"]
    return Grown(count, words, taken_in, built, Path(database).stat().st_size, facts)


def _told(grown: Grown) -> Grown:
    each = 1000 / grown.reports
    print(
        f"  {grown.reports:>7} reports, {grown.words} words: add {grown.taken_in.wall:.1f} s, "
        f"{grown.taken_in.mib:.0f} MiB; build {grown.built.wall:.1f} s, {grown.built.mib:.0f} MiB; "
        f"{grown.cpu * 1000:.1f} ms CPU and {(grown.taken_in.wall + grown.built.wall) * each:.1f} ms a report; "
        f"{grown.size / 1e6:.1f} MB, {grown.size / grown.reports:.0f} bytes a report; {grown.facts} facts",
        flush=True,
    )
    return grown


def _held(what: str, before: float, after: float) -> bool:
    print(f"  {what} of a report against the size before: {after / before:.2f} times (limit {MOST:g})")
    return after / before <= MOST


def _one_more(folder: str, count: int) -> None:
    first, *_, last = growth_reports.reports(count + 2)
    with api.open(f"{folder}/{count}.db") as c:
        c.add([first | {"id": "one", "text": "One more.\n\n" + first["text"]}], workers=0)  # loads model and modules
        begun = time.perf_counter()
        c.add([last], workers=0)
        print(f"  one report added to {count}, model loaded: {time.perf_counter() - begun:.2f} s (aim {AIM:g})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
