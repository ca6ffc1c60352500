"""Writes that fail (promise R3): one sentence is told, what was stored is whole, and the next run ends as ever."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nursery
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from communique import pipeline
from communique.errors import StoreError
from communique.ingest.sources import Source
from communique.store.store import Store
from communique.store.verify import verify

pytestmark = pytest.mark.promise("R3")

type Count = Callable[[int, int], int]
type Figure = Callable[[str], None]

STATEMENTS = ("INSERT", "UPDATE", "DELETE", "CREATE")
WORDS = ("database or disk is full", "disk I/O error")


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


def test_any_write_may_fail(
    examples: tuple[Source, ...], remembering: Any, tmp_path: Path, count: Count, figure: Figure
) -> None:
    """At the door of the database: once, or ever after, on a build of five reports."""
    few = examples[:5]
    with failing(0, "") as counted:
        expected = work(tmp_path / "count.db", few, remembering)
    points = range(1, counted[0] + 1, max(1, counted[0] // count(10, counted[0])))
    for number in points:
        for ever_after in (False, True) if count(0, 1) else (number % 2 == 0,):
            path = tmp_path / f"{number}-{ever_after}.db"
            fault = failing(number, WORDS[number // 2 % 2], ever_after=ever_after)
            with fault, pytest.raises(StoreError, match="try again"):
                work(path, few, remembering)
            with Store.open(path) as store:
                assert verify(store).sound
            assert work(path, few, remembering) == expected
            path.unlink()
    assert len(points) >= 10
    figure(f"{len(points)} of {counted[0]} writing statements failed: one sentence each, sound, the same bytes after")


def test_no_file_grows_further(
    children_of: nursery.Nursery, plan: nursery.Plan, tmp_path: Path, count: Count, figure: Figure, record_bytes: bytes
) -> None:
    """By a limit on the size of files, as a full disk or a quota would have it: exit code 1, and what to do."""
    database = tmp_path / "whole.db"
    assert children_of.run("add", database) == 0
    most = database.stat().st_size
    tried = refused = 0
    for size in range(0, most, max(4096, most // count(8, 200))):
        path = tmp_path / f"{size}.db"
        code = children_of.run("add", path, f"size#{size}")
        assert code in (0, 1), size
        if code:
            refused += 1
            said = path.with_suffix(".log.error").read_text("utf-8")
            assert "again" in said, said
            assert "\n" not in said
        if path.exists() and path.stat().st_size:
            with Store.open(path) as store:
                assert verify(store).sound
        assert work(path, plan.sources, plan.runner) == record_bytes
        path.unlink()
        tried += 1
    assert refused > 3
    figure(f"{tried} limits on the size of files, {refused} of them hit: exit code 1, sound, the same bytes after")
