"""The units that docs/scale.md reckons with: what one report costs at each step, by one process.

    ./dev bench units [--reports N] [--postgres URL]

Newspaper articles from the development data where they lie beside the repository, else the examples over and over. CPU
seconds, each step in a process of its own, so with its start; `--postgres` names an empty database to copy into.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from communique.store.store import Store
from run import EXAMPLES, SHARED, Cost, cost

REPORTS = 200


def texts(count: int) -> list[str]:
    """So many articles."""
    articles = SHARED / "benchmarks" / "quotes" / "polnear-train" / "reports.jsonl"
    lines = (articles if articles.exists() else EXAMPLES / "wire.jsonl").read_text("utf-8").splitlines()
    return [f"{json.loads(lines[n % len(lines)])['text']}{' ' * (n // len(lines))}" for n in range(count)]


def told(name: str, spent: Cost, reports: int, more: str = "") -> None:
    """Print one step."""
    each = 1000 * spent.cpu / reports
    print(
        f"  {name:<28}{spent.cpu:8.2f} s CPU, {each:8.2f} ms a report, {spent.wall:7.2f} s, {spent.mib:.0f} MiB{more}"
    )


def verified(base: list[str], path: Path, reports: int) -> None:
    """Print what verifying costs, and its speed: MB of the file for each CPU second beyond those of an empty one."""
    spent = cost([*base, "verify"])
    empty = path.with_name("empty.db")
    Store.open(empty).close()
    started = cost([*base[:-1], str(empty), "verify"]).cpu
    speed = path.stat().st_size / 1e6 / (spent.cpu - started)
    told("verify", spent, reports, f", start {started:.2f} s, beyond it {speed:.0f} MB/s")


def main() -> None:
    """Run every step on one database."""
    parser = argparse.ArgumentParser(prog="./dev bench units", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--postgres")
    args = parser.parse_args()
    given = texts(args.reports)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        rows = (
            {"id": str(n), "text": t, "published": f"2031-{n % 12 + 1:02}-{n % 28 + 1:02}"} for n, t in enumerate(given)
        )
        (here / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        base = [sys.executable, "-m", "communique", "--db", str(here / "x.db")]
        words = sum(len(t.split()) for t in given)
        print(f"units: {args.reports} reports, {words} words, {sum(map(len, given))} characters")
        told("add --no-build", cost([*base, "add", str(here / "r.jsonl"), "--no-build"]), args.reports)
        print(f"    database {(here / 'x.db').stat().st_size / args.reports:.0f} bytes a report")
        spent = cost([*base, "build"])
        told("build", spent, args.reports, f", {words / spent.cpu:.0f} words a CPU second")
        print(f"    database {(here / 'x.db').stat().st_size / args.reports:.0f} bytes a report")
        told("build, nothing new", cost([*base, "build"]), args.reports)
        verified(base, here / "x.db", args.reports)
        told("backup", cost([*base, "backup", str(here / "kept.db")]), args.reports)
        parquet = here / "parquet"
        told(
            "export --format parquet", cost([*base, "export", "--format", "parquet", "-o", str(parquet)]), args.reports
        )
        print(f"    files {sum(p.stat().st_size for p in parquet.iterdir()) / args.reports:.0f} bytes a report")
        if args.postgres:
            copying = [sys.executable, "-m", "communique", "copy", str(here / "x.db"), args.postgres]
            told("copy to PostgreSQL", cost(copying), args.reports)


if __name__ == "__main__":
    main()
