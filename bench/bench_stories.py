"""How fast reports are grouped and their shared words found, against what a user would take instead.

    ./dev bench stories [--full] [--peer PYTHON]

The peer is a Python that has scikit-learn and datasketch; its path may stand in COMMUNIQUE_STORIES_PEER. It runs online
TF-IDF for stories, then MinHash for copies, on the same reports in the same run, on one core; ours starts from stored
features, and what making them costs is printed beside. Growth and `--full` use synthetic reports that bring their
features (`synthetic.py`), one process for each size. CPU seconds throughout, but for placing one report (wall).
Ends with 1 where ours is not twice as fast as the peers, or ten times the reports at the same daily rate cost more than
11 times the time or 1.3 times the memory.
"""

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
SETS = ("stories/allsides-to2018", "reuse/planted-dev")
#: Least ratio to the peers; most that ten times the reports may cost.
LEAST_RATIO, MOST_TIME, MOST_MEMORY = 2.0, 11.0, 1.3
PAIRS = 3
#: Reports, and reports a day, of the smaller synthetic collection.
SMALLER, RATE = 5_000, 100
#: The large collections of `--full`: reports, and reports a day.
HUNDRED, MILLION = (100_000, 100), (1_000_000, 1_000)
#: Reports placed one by one among the hundred thousand.
PLACED = 40
#: Reports after which progress is told.
TOLD = 20_000
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; 0 where every figure that could be measured holds."""
    parser = argparse.ArgumentParser(prog="./dev bench stories", description=__doc__)
    parser.add_argument("--peer", default=os.environ.get("COMMUNIQUE_STORIES_PEER"), help="a Python with the peers")
    parser.add_argument("--full", action="store_true", help="also 100,000 and a million reports; takes an hour")
    parser.add_argument("--hundred", type=int, default=HUNDRED[0], help="reports among which one more is placed")
    parser.add_argument("--million", type=int, default=MILLION[0], help="reports of the largest collection")
    parser.add_argument("--child", nargs=3, metavar=("DO", "REPORTS", "RATE"), help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    os.environ.update(ONE_CORE)
    if args.child:
        return child(args.child[0], int(args.child[1]), int(args.child[2]))
    held = [against(args.peer, name) for name in SETS if (SHARED / "benchmarks" / name).is_dir()]
    held.append(growth())
    if args.full:
        full(args.hundred, args.million)
    return 0 if all(held) else 1


# -- against the peers


def against(peer: str | None, name: str) -> bool:
    """Ours from stored features, and the peers' pair, in turn."""
    from communique.cluster.features import Features, features  # noqa: PLC0415 - a child process needs none of it
    from communique.cluster.group import group  # noqa: PLC0415

    path = SHARED / "benchmarks" / name / "reports.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    reports = [_report(row) for row in rows]
    texts = {report.id: report.text for report in reports}
    begun = time.process_time()
    packed = [msgspec.msgpack.encode(features(report)) for report in reports]
    making = time.process_time() - begun
    ours, theirs = [], []
    for _ in range(PAIRS):
        begun = time.process_time()
        found = group([msgspec.msgpack.decode(blob, type=Features) for blob in packed], texts)
        ours.append(time.process_time() - begun)
        theirs += [_peers(peer, path)] if peer else []
    size = sum(map(len, packed)) / len(packed)
    begun = time.process_time()
    pairs = _paraphrases([msgspec.msgpack.decode(blob, type=Features) for blob in packed])
    again = time.process_time() - begun
    print(f"stories: {len(rows)} reports of {name}, {PAIRS} pairs, medians of CPU seconds, one core")
    print(f"  grouping and reuse spans from stored features {statistics.median(ours):6.2f} s, {_counted(found)}")
    print(f"  making the features                           {making:6.2f} s, {size:.0f} bytes a report")
    print(f"  the same with paraphrases, once               {again:6.2f} s, {pairs} pairs of sentences")
    return _ratio(statistics.median(ours), theirs)


def _paraphrases(features: list) -> int:
    """Cells placed, and their paraphrases found, which is no part of what is compared."""
    from communique.cluster.group import place, with_paraphrases  # noqa: PLC0415

    by_id = {f.report: f for f in features}
    cells = with_paraphrases(place(features), {}, lambda wanted: [by_id[report] for report in wanted])
    return sum(len(cell.again) for cell in cells.values())


def _report(row: dict):  # noqa: ANN202 - a script
    from communique.model.reports import Head, Report  # noqa: PLC0415

    known = {"outlet": row.get("source"), "title": row.get("title"), "published": row.get("published")}
    return Report(Head(id=row["id"], name=row["id"], sha256="", chars=len(row["text"]), **known), row["text"])


def _counted(found) -> str:  # noqa: ANN001 - a script
    return f"{len(found.stories)} stories, {len(found.reuse)} shared passages"


def _peers(peer: str, path: Path) -> tuple[float, float]:
    """CPU seconds of online TF-IDF and of MinHash, as they print them themselves."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(
            _peer([peer, str(SHARED / "peers" / script), "--reports", str(path), "--out", f"{folder}/o", *more])
            for script, more in (("stories_peer.py", []), ("reuse_peer.py", ["--method", "lsh"]))
        )


def _peer(command: list[str]) -> float:
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **ONE_CORE})
    return float(re.search(r"([\d.]+) s CPU", done.stderr)[1])


def _ratio(ours: float, theirs: Sequence[tuple[float, float]]) -> bool:
    if not theirs:
        print("  peers not installed: python3.12 -m venv P && P/bin/pip install scikit-learn datasketch, then")
        print("  ./dev bench stories with COMMUNIQUE_STORIES_PEER=P/bin/python")
        return True
    tfidf, minhash = (statistics.median(side) for side in zip(*theirs, strict=True))
    print(f"  online TF-IDF, then MinHash                   {tfidf + minhash:6.2f} s ({tfidf:.2f} + {minhash:.2f})")
    print(f"  ratio {(tfidf + minhash) / ours:.2f} (limit {LEAST_RATIO:g})")
    return (tfidf + minhash) / ours >= LEAST_RATIO


# -- synthetic reports


def growth() -> bool:
    """Ten times the reports at the same daily rate."""
    small, large = _child("place", SMALLER, RATE), _child("place", 10 * SMALLER, RATE)
    dearer = large["cpu"] / small["cpu"] * small["reports"] * 10 / large["reports"]
    memory = large["mib"] / small["mib"]
    print(f"growth: synthetic reports that bring their features, about {RATE} a day")
    for size in (small, large):
        print(f"  {_told(size)}")
    print(
        f"  ten times the reports: {dearer:.2f} times the time (limit {MOST_TIME:g}), {memory:.2f} times the memory",
        end="",
    )
    print(f" (limit {MOST_MEMORY:g})")
    return dearer <= MOST_TIME and memory <= MOST_MEMORY


def full(hundred: int, million: int) -> None:
    """One more report among 100,000, and a million; progress goes to the screen, each figure as soon as it is there."""
    one = _child("one", hundred, HUNDRED[1])
    print(
        f"one more report among {one['reports']}, about {HUNDRED[1]} a day, {PLACED} times, wall and CPU milliseconds"
    )
    print(f"  of the newest day: {one['newest']}")
    print(f"  of any of the last 1,000 days: {one['any']}", flush=True)
    large = _child("place", million, MILLION[1])
    print(f"{million} asked for, about {MILLION[1]} a day: {_told(large)}", flush=True)


def _told(size: dict) -> str:
    each = 1000 * size["cpu"] / size["reports"]
    return (
        f"{size['reports']} reports, {size['days']} days: {size['cpu']:.1f} s ({each:.2f} ms each), "
        f"{size['mib']:.0f} MiB, "
        f"{size['stories']} stories of {size['happenings']}, {size['passages']} passages"
    )


def _child(what: str, reports: int, rate: int) -> dict:
    command = [sys.executable, str(HERE / "bench_stories.py"), "--child"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **ONE_CORE, "COMMUNIQUE_BENCH_SPOOL": folder}
        subprocess.run([*command, "make", str(reports), str(rate)], check=True, env=environment)
        done = subprocess.run(
            [*command, what, str(reports), str(rate)], stdout=subprocess.PIPE, check=True, env=environment
        )
    return json.loads(done.stdout)


def child(what: str, reports: int, rate: int) -> int:
    """Make a collection in the spool, or place it, in a process of its own."""
    spool = Path(os.environ["COMMUNIQUE_BENCH_SPOOL"])
    if what == "make":
        _make(spool, reports, rate)
    else:
        print(json.dumps(_place(spool) if what == "place" else _one(spool, rate)))
    return 0


def _make(spool: Path, reports: int, rate: int) -> None:
    import synthetic  # noqa: PLC0415 - costs memory that a measured process must not have

    made = 0
    with (spool / "features").open("wb") as out, (spool / "index").open("w") as index:
        for today in synthetic.days(10**6, rate):
            for report in today:
                blob = msgspec.msgpack.encode(report)
                index.write(f"{report.report} {report.published} {out.tell()} {len(blob)}\n")
                out.write(blob)
            made += len(today)
            if made // TOLD > (made - len(today)) // TOLD:
                print(f"  making reports: {made} of {reports}", file=sys.stderr, flush=True)
            if made >= reports:
                break
    print(f"  made {made} reports", file=sys.stderr)


class Spool:
    """Features in a file, read as they are asked for."""

    def __init__(self, folder: Path) -> None:
        """Read the index."""
        from communique.cluster.sweep import Item  # noqa: PLC0415

        self._file = (folder / "features").open("rb")
        self._where: dict[str, int] = {}
        self.items: dict[str, Item] = {}
        days: dict[str, Item] = {}
        with (folder / "index").open() as index:
            for line in index:
                report, day, start, size = line.split()
                self._where[report] = int(start) << 24 | int(size)
                self.items[report] = days.setdefault(day, Item(day, ""))
        self.days = len(days)

    def load(self, reports: Sequence[str]) -> list:
        """The features of some reports."""
        from communique.cluster.features import Features  # noqa: PLC0415

        out = []
        for report in sorted(reports, key=self._where.__getitem__):
            self._file.seek(self._where[report] >> 24)
            out.append(msgspec.msgpack.decode(self._file.read(self._where[report] & 0xFFFFFF), type=Features))
        return out


def _place(folder: Path) -> dict:
    """All reports placed from nothing; what a cell gives is passed on, as it would be to the store."""
    from communique.cluster.sweep import Placed, Sweep, stories  # noqa: PLC0415

    spool = Spool(folder)
    groups, passages, done = [], 0, 0
    begun = time.process_time()
    for _, cell in Sweep(spool.load).over(spool.items, {}):
        groups.append(Placed(key="", groups=cell.groups))
        passages += len(cell.shared)
        done = _progress(done, len(cell.cards), len(spool.items), begun)
        groups[-2:-1] = [_closed(groups[-2], groups[-1])] if len(groups) > 1 else []
    cpu = time.process_time() - begun
    mib = _peak()
    told = stories(list(spool.items), groups)
    return {
        "reports": len(spool.items), "days": spool.days, "cpu": cpu, "mib": mib, "stories": len(told),
        "happenings": len({report[7:19] for report in spool.items}), "passages": passages,
    }  # fmt: skip


def _progress(before: int, more: int, of: int, begun: float) -> int:
    """Tell how far a long run is; returns how many reports are placed."""
    done = before + more
    if done // TOLD > before // TOLD:
        cpu = time.process_time() - begun
        print(f"  placed {done} of {of}: {cpu:.0f} s CPU, {_peak():.0f} MiB", file=sys.stderr, flush=True)
    return done


def _peak() -> float:
    """The most MiB that this process ever held, and not what the one held that started it, which Linux hands down."""
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("utf-8") if status.exists() else "")
    return (int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def _closed(one, other):  # noqa: ANN001, ANN202 - a script
    """What a cell says that the next one does not say again."""
    said = {tuple(group) for group in other.groups}
    return msgspec.structs.replace(one, groups=[group for group in one.groups if tuple(group) not in said])


def _one(folder: Path, rate: int) -> dict:
    """One more report placed in a collection that stands, as a program that stays open does it."""
    import synthetic  # noqa: PLC0415

    from communique.cluster.standing import Standing  # noqa: PLC0415

    spool = Spool(folder)
    extra: dict = {}
    standing = Standing(
        lambda wanted: [extra[r] for r in wanted if r in extra] + spool.load([r for r in wanted if r not in extra]),
        spool.items,
    )
    print(f"  {len(spool.items)} reports stand: {time.process_time():.0f} s CPU", file=sys.stderr, flush=True)
    rng = random.Random(3)  # noqa: S311 - days and reports, no secret
    out = {"reports": len(spool.items)}
    for name, reach in (("newest", 1), ("any", min(1000, spool.days))):
        times = []
        for turn in range(PLACED if reach == 1 else 3):
            day = spool.days - 1 - rng.randrange(reach)
            new = rng.choice(synthetic.day(day, rate, seed=100 + turn))
            extra[new.report] = new
            times.append(_timed(standing, new))
            print(f"  one more ({name}): {times[-1][1]:.0f} ms CPU", file=sys.stderr, flush=True)
        out[name] = ", ".join(
            f"{what} p50 {statistics.median(side):.0f} p95 {sorted(side)[int(0.95 * len(side))]:.0f}"
            for what, side in zip(("wall", "CPU"), zip(*times, strict=True), strict=True)
        )
    return out


def _timed(standing, new) -> tuple[float, float]:  # noqa: ANN001 - a script
    from communique.cluster.sweep import Item  # noqa: PLC0415

    wall, cpu = time.perf_counter(), time.process_time()
    standing.add(new.report, Item(new.published, ""))
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main())
