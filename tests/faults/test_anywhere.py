"""The same bytes wherever and however a record is made (promise R8)."""

import itertools
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(str(p) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
FULL = "COMMUNIQUE_FULL" in os.environ

#: What may differ from one place to another.
FACTORS: dict[str, tuple[str, ...]] = {
    "runner": ("0", "1", "2", "4", "cluster"),
    "seed": ("0", "1", "random"),
    "locale": ("C", "de_DE.UTF-8", "tr_TR.UTF-8"),
    "zone": ("UTC", "Asia/Kolkata", "America/Los_Angeles"),
    "clock": ("1970", "2024", "2099", "back"),
    "umask": ("022", "077"),
    "columns": ("20", "300"),
    "batch": ("one", "three"),
}
#: What cannot be tried: Dask reckons its own waiting by the wall clock, and never ends where that runs backwards.
IMPOSSIBLE = {"runner": "cluster", "clock": "back"}
#: Gives every process of ours another idea of the time.
CLOCK = """
import os, time
wanted, begun = os.environ["TEST_CLOCK"], time.monotonic()
base = (int(wanted) - 1970) * 31_556_952.0 + 86_400 if wanted != "back" else 1.7e9
way = -1 if wanted == "back" else 1
time.time = lambda: base + way * (time.monotonic() - begun)
time.time_ns = lambda: int(1e9 * time.time())
"""


def table() -> list[dict[str, str]]:
    """Rows in which every value of a factor meets every value of every other one at least once."""
    chance = random.Random(8)  # noqa: S311 - a sample, not a secret
    names = list(FACTORS)
    left = {
        frozenset({(a, x), (b, y)}) for a, b in itertools.combinations(names, 2) for x in FACTORS[a] for y in FACTORS[b]
    }
    left.remove(frozenset(IMPOSSIBLE.items()))
    rows = []
    while left:
        tried = [{name: chance.choice(FACTORS[name]) for name in names} for _ in range(200)]
        possible = [row for row in tried if not row.items() >= IMPOSSIBLE.items()]
        best = max(possible, key=lambda row: len(met(row) & left))
        left -= met(best)
        rows.append(best)
    return rows


def met(row: dict[str, str]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset(pair) for pair in itertools.combinations(row.items(), 2)}


ROWS = table()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clock for every process, and the locales where they can be made."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "sitecustomize.py").write_text(CLOCK)
    made = shutil.which("localedef")
    for name in FACTORS["locale"][1:] if made else ():
        source = name.partition(".")[0]
        subprocess.run([str(made), "-i", source, "-f", "UTF-8", str(folder / name)], check=False, capture_output=True)
    return folder


@pytest.mark.promise("R8")
@pytest.mark.parametrize("number", range(len(ROWS) if FULL else 2))
def test_the_same_bytes_anywhere(number: int, places: Path, record_bytes: bytes, tmp_path: Path) -> None:
    """Runner, hash seed, locale, zone, clock, umask, folder, width of the screen, order: none is in the record."""
    row = ROWS[number]
    inputs = random.Random(number).sample(EXAMPLES, len(EXAMPLES))  # noqa: S311 - an order
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(places), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        "PYTHONHASHSEED": row["seed"],
        "LC_ALL": row["locale"],
        "LOCPATH": str(places),
        "TZ": row["zone"],
        "TEST_CLOCK": row["clock"],
        "COLUMNS": row["columns"],
    }
    on_cluster = row["runner"] == "cluster"
    reading = ["--workers", "0" if on_cluster else row["runner"]]
    lots = [inputs] if row["batch"] == "one" else [inputs[:2], inputs[2:3], inputs[3:]]
    verbs = [["add", *lot, *reading, *["--no-build"][:on_cluster]] for lot in lots]
    verbs += [["build", "--cluster", "local:2"]] * on_cluster

    def communique(*verb: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "communique", *verb],
            cwd=tmp_path,
            env=environment,
            umask=int(row["umask"], 8),
            capture_output=True,
            check=True,
        ).stdout

    for verb in verbs:
        communique(*verb)
    assert communique("export") == record_bytes, row


@pytest.mark.promise("R8")
def test_every_pair_is_in_the_table(figure: Callable[[str], None]) -> None:
    """Each value of a factor meets each value of each other one, but for one pair that cannot be."""
    pairs = set().union(*map(met, ROWS))
    wanted = sum(len(x) * len(y) for x, y in itertools.combinations(FACTORS.values(), 2)) - 1
    assert len(pairs) == wanted
    tried = len(ROWS) if FULL else 2
    figure(f"{tried} of {len(ROWS)} rows of a table with all {wanted} pairs of surroundings: one hash")
