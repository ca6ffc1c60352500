#!/usr/bin/env python3
"""Mutated inputs for every reader: no exception, no hang, no blow-up, no silent loss.

    ./dev fuzz               500 of each reader
    ./dev fuzz --full        10,000 of each
    ./dev fuzz html rss      some readers
    ./dev fuzz --seed X      another sample; the default one is always the same

Each input is at most 100 KB and is read in a child process. Ends with 1 where one breaks a promise; such an input is
kept in the folder of `--keep`.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import mutate
import seeds

from communique.run.pool import Pool
from communique.run.tasks import Outcome, Task
from communique.settings import Limits

COUNT, FULL = 500, 10_000
WORKERS = 2
#: Most CPU seconds for one input, and most memory of a child.
SECONDS, MIB = 5.0, 1024
_WAIT = 20.0  # seconds after which a child is killed: far above what is allowed, for busy machines
_SLOWEST = 3


class Tally(NamedTuple):
    """What came of one reader's inputs."""

    reader: str
    inputs: int
    reports: int
    told: int
    wrong: tuple[str, ...]
    slowest: float
    mib: int
    wall: float


def tally(pool: Pool, reader: str, count: int, seed: str, keep: Path | None = None) -> Tally:
    """Read so many mutated inputs of a reader, and count."""
    files, name = seeds.seeds(reader), seeds.MAKERS[reader][1]
    begun = time.perf_counter()
    reports = told = 0
    wrong: list[str] = []
    slowest, kib = 0.0, 0
    tasks = (Task(str(n), (name, mutate.mutated(files, f"{seed} {reader}", n)), _WAIT) for n in range(count))
    for outcome in pool.map("target:check", tasks):
        what, seconds, made, said, most = _told(outcome)
        if what:
            wrong.append(f"{reader} {outcome.key} (seed {seed!r}): {what}")
            _keep(keep, reader, outcome.key, mutate.mutated(files, f"{seed} {reader}", int(outcome.key)))
        reports, told = reports + made, told + said
        slowest, kib = max(slowest, seconds), max(kib, most)
    return Tally(reader, count, reports, told, tuple(wrong), slowest, kib // 1024, time.perf_counter() - begun)


def _told(outcome: Outcome) -> tuple[str, float, int, int, int]:
    if outcome.failure is not None:
        return f"{outcome.failure.code}: {outcome.failure.message}", 0.0, 0, 0, 0
    what, seconds, made, said, kib = outcome.value
    if not what and seconds > SECONDS:
        what = f"{seconds:.1f} s"
    if not what and kib > MIB * 1024:
        what = f"{kib // 1024} MiB"
    return what, seconds, made, said, kib


def _keep(folder: Path | None, reader: str, number: str, data: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{reader}-{number}").write_bytes(data)


def run(readers: list[str], count: int, seed: str, keep: Path | None = None) -> Iterator[Tally]:
    """All readers, one after the other."""
    with Pool(WORKERS, Limits()) as pool:
        for reader in readers:
            yield tally(pool, reader, count, seed, keep)


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", choices=[*seeds.MAKERS, []], metavar="READER")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", default="communique")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    count = args.count or (FULL if args.full else COUNT)
    wrong: list[str] = []
    print("reader      inputs  reports  told  wrong  slowest s  MiB  inputs/s")
    for t in run(args.readers or list(seeds.MAKERS), count, args.seed, args.keep):
        speed = t.inputs / t.wall
        print(
            f"{t.reader:<10}{t.inputs:8}{t.reports:9}{t.told:6}{len(t.wrong):7}{t.slowest:11.2f}{t.mib:5}{speed:10.0f}",
            flush=True,
        )
        wrong += t.wrong
    for line in wrong[:50]:
        print(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
