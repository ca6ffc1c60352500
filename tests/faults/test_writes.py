"""Writes that fail, power cuts and writers side by side (promises R2, R3 and R5, small)."""

import itertools
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from communique import pipeline
from communique.errors import StoreError
from communique.ingest.sources import Source
from communique.store.store import Store
from communique.store.verify import verify

STATEMENTS = ("INSERT", "UPDATE", "DELETE", "CREATE")


@contextmanager
def failing(number: int, words: str, *, ever_after: bool = False) -> Iterator[list[int]]:
    """Let the writing statement of that number fail, and all after it where wanted; gives what was counted."""
    count = [0]

    def before(*given: Any) -> None:
        if given[2].lstrip().upper().startswith(STATEMENTS):
            count[0] += 1
            if count[0] == number or (ever_after and count[0] > number):
                raise sqlite3.OperationalError(words)

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def work(path: Path, examples: tuple[Source, ...], runner: Any) -> bytes:
    """Add the examples, build, and give the record."""
    with Store.open(path) as store:
        pipeline.add(store, examples, runner)
        return pipeline.build(store, runner).encode()


def test_any_write_may_fail(examples: tuple[Source, ...], remembering: Any, tmp_path: Path) -> None:
    """One sentence is told, what was stored is whole, and the second run ends in the same bytes."""
    few = examples[:3]
    with failing(0, "") as count:
        expected = work(tmp_path / "count.db", few, remembering)
    points = range(1, count[0] + 1, max(1, count[0] // 25))
    for turn, number in enumerate(points):
        path = tmp_path / f"{number}.db"
        words = ("database or disk is full", "disk I/O error")[turn % 2]
        with failing(number, words, ever_after=turn % 4 > 1), pytest.raises(StoreError, match="try again"):
            work(path, few, remembering)
        with Store.open(path) as store:
            assert verify(store).sound
        assert work(path, few, remembering) == expected
    assert len(points) > 20


def cut(log: bytes, chance: random.Random) -> bytes:
    """A write-ahead log as a power cut may leave it: shortened, or with a sector of nonsense or of nothing."""
    at = chance.randrange(len(log))
    kind = chance.choice(["shorter", "garbled", "zeroed"])
    if kind == "shorter":
        return log[:at]
    sector = chance.randbytes(512) if kind == "garbled" else bytes(512)
    return log[:at] + sector[: len(log) - at] + log[at + 512 :]


def test_a_power_cut_leaves_a_beginning(
    examples: tuple[Source, ...], remembering: Any, record_bytes: bytes, tmp_path: Path
) -> None:
    """Whatever became of the log, what is found is a moment of the past, and the next run ends in the same bytes."""
    path = tmp_path / "x.db"
    stages: list[Path] = []
    with Store.open(path) as store:

        def keep(_point: str) -> None:
            if not Path(f"{path}-wal").stat().st_size:
                return
            stage = tmp_path / f"stage{len(stages)}"
            stage.mkdir()
            for end in ("", "-wal"):
                shutil.copy(f"{path}{end}", stage / f"x.db{end}")
            stages.append(stage)

        store._on_commit = keep  # noqa: SLF001 - the copies have to be made in the midst of the work
        pipeline.add(store, examples, remembering)
        pipeline.build(store, remembering)
    chance = random.Random(11)  # noqa: S311 - a sample, not a secret
    for number in range(100):
        folder = tmp_path / f"cut{number}"
        shutil.copytree(chance.choice(stages), folder)
        log = folder / "x.db-wal"
        log.write_bytes(cut(log.read_bytes(), chance))
        with Store.open(folder / "x.db") as store:
            assert verify(store).sound, number
        if number % 10 == 0:
            assert work(folder / "x.db", examples, remembering) == record_bytes
        shutil.rmtree(folder)


def test_writers_and_readers_side_by_side(example_copy: Path) -> None:
    """Four processes that rule at once lose nothing and are never told that the database is locked."""
    script = f"""
import sys
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store
with Store.open({str(example_copy)!r}) as store:
    for number in range(10):
        with store.writer() as writer:
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by=sys.argv[1], note=str(number)))
"""
    writers = [subprocess.Popen([sys.executable, "-c", script, str(n)], stderr=subprocess.PIPE) for n in range(4)]
    looks = 0
    with Store.open(example_copy, read_only=True) as store:
        while any(w.poll() is None for w in writers):
            with store.view() as view:
                rulings = view.decisions()
            assert all(a.id == b.previous for a, b in itertools.pairwise(rulings))
            looks += 1
        assert [(w.wait(), w.communicate()[1]) for w in writers] == [(0, b"")] * 4
        with store.view() as view:
            assert len(view.decisions()) == 40
        assert verify(store).sound
    assert looks > 5
