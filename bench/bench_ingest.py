"""How fast a web archive of news pages is taken in, against trafilatura alone called in a loop over the same pages.

    ./dev bench ingest [--pages N]

Ours is the whole of it: `communique add ARCHIVE --no-build --workers 2` from a cold start, with texts, furniture,
hashes, languages and the database. The peer is one process that has its pages in memory and calls
`trafilatura.extract` on each. Ends with 1 where ours is slower by the wall clock.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import newsroom

PAGES = 2_000
#: Least speed of ours for that of the peer.
LEAST = 1.0


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(prog="./dev bench ingest", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args(arguments if arguments is not None else [])
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.warc.gz"
        with archive.open("wb") as file:
            for packed in newsroom.archive(args.pages):
                file.write(packed)
        size = sum(len(newsroom.page(n).html) for n in range(20)) / 20 / 1024
        print(f"ingest: {args.pages} pages of about {size:.0f} KiB, {archive.stat().st_size / 1024**2:.0f} MiB packed")
        mine, cpu = _ours(folder, archive, args.workers)
        theirs, peer_cpu = _peer(args.pages)
    told = f"communique add --no-build, {args.workers} workers, cold"
    print(f"  {told:<50}{mine:7.2f} s, {args.pages / mine:6.1f} pages/s, {cpu:7.2f} s CPU in all")
    told = "trafilatura.extract in a loop, warm"
    print(f"  {told:<50}{theirs:7.2f} s, {args.pages / theirs:6.1f} pages/s, {peer_cpu:7.2f} s CPU")
    print(f"  speed of ours for that of the peer {theirs / mine:.2f} (limit {LEAST:g})")
    print(f"  by CPU seconds, {args.workers} cores to themselves: {peer_cpu * args.workers / cpu:.2f}")
    return int(theirs / mine < LEAST)


def _ours(folder: str, archive: Path, workers: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "communique", "--db", f"{folder}/x.db", "add", str(archive)]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*command, "--no-build", "--workers", str(workers)], capture_output=True, text=True, check=False
    )
    taken, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    print("  " + done.stderr.strip().splitlines()[-1])
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peer(pages: int) -> tuple[float, float]:
    import trafilatura  # noqa: PLC0415 - not before ours is measured

    texts = [newsroom.page(n).html for n in range(pages)]
    begun, cpu = time.perf_counter(), time.process_time()
    empty = sum(not trafilatura.extract(text) for text in texts)
    taken, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"  trafilatura gave nothing for {empty} pages")
    return taken, cpu


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
