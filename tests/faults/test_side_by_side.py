"""Many processes on one database (promise R5): nothing is lost, nobody is told that it is locked, readers go on."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import quick

from communique import pipeline
from communique.store.store import Store
from communique.store.verify import verify

pytestmark = pytest.mark.promise("R5")

type Count = Callable[[int, int], int]
type Figure = Callable[[str], None]

HERE = Path(__file__).parent
BEGIN = f"import sys; sys.path.insert(0, {str(HERE)!r})\nimport quick, random\n"
#: Adds reports one by one, in an order of its own.
ADD = f"""{BEGIN}
from communique import pipeline
from communique.store.store import Store
numbers = list(range(int(sys.argv[2])))
random.Random(sys.argv[3]).shuffle(numbers)
with Store.open(sys.argv[1]) as store:
    for number in numbers:
        pipeline.add(store, [quick.source(number)], quick.Quick())
"""
BUILD = f"""{BEGIN}
from communique import pipeline
from communique.store.store import Store
with Store.open(sys.argv[1]) as store:
    pipeline.build(store, quick.Quick())
"""
RULE = """
import sys
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store
with Store.open(sys.argv[1]) as store:
    for number in range(int(sys.argv[2])):
        with store.writer() as writer:
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by=sys.argv[3], note=str(number)))
"""


def started(script: str, *arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stderr=subprocess.PIPE)


def ended(processes: "list[subprocess.Popen[bytes]]") -> list[tuple[int, bytes]]:
    """Code and last words of each."""
    said = [p.communicate()[1] for p in processes]
    return list(zip((p.returncode for p in processes), said, strict=True))


def test_adding_and_reading_side_by_side(tmp_path: Path, count: Count, figure: Figure) -> None:
    """The same reports in other orders by several processes, then two builds at once: one record, as of one process."""
    adders, reports = count(2, 8), count(50, 500)
    path = tmp_path / "x.db"
    Store.open(path).close()
    looks = 0
    processes = [started(ADD, path, reports, n) for n in range(adders)]
    with Store.open(path, read_only=True) as store:
        while any(p.poll() is None for p in processes) or looks < count(100, 10_000):
            with store.view() as view:
                assert len(view.reports()) <= reports
            looks += 1
    assert ended(processes) == [(0, b"")] * adders
    assert ended([started(BUILD, path) for _ in range(2)]) == [(0, b"")] * 2
    with Store.open(path, read_only=True) as store, store.view() as view:
        assert len(view.reports()) == reports
        assert verify(store).sound
        made = view.record_json()
    with Store.open(tmp_path / "y.db") as alone:
        pipeline.add(alone, [quick.source(n) for n in range(reports)], quick.Quick())
        assert pipeline.build(alone, quick.Quick()).encode() == made
    figure(f"{adders} processes added the same {reports} reports beside {looks} reads: none refused, one record")


def test_ruling_and_reading_side_by_side(example_copy: Path, count: Count, figure: Figure) -> None:
    """Processes that rule at once lose nothing, and the rulings are one chain whenever somebody looks."""
    many, each = count(4, 8), count(10, 100)
    writers = [started(RULE, example_copy, each, n) for n in range(many)]
    looks = 0
    with Store.open(example_copy, read_only=True) as store:
        while any(w.poll() is None for w in writers):
            with store.view() as view:
                rulings = view.decisions()
            assert all(a.id == b.previous for a, b in itertools.pairwise(rulings))
            looks += 1
        assert ended(writers) == [(0, b"")] * many
        with store.view() as view:
            assert len(view.decisions()) == many * each
        assert verify(store).sound
    assert looks > 5
    figure(f"{many} processes made {each} rulings each beside {looks} reads: one chain, none lost")
