"""Upgrades (promise R13): killed anywhere, an old database is the old one or the new one, and then the new one.

There is no release yet, so nothing was ever stored by one. The first schema stands for it: the same rows, in tables as
the first migration makes them.
"""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import older
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from communique import pipeline
from communique.errors import VersionError
from communique.model.decisions import Decision, Ruling
from communique.store.copying import copy
from communique.store.store import Store
from communique.store.upgrade import upgrade
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Server

pytestmark = pytest.mark.promise("R13")

type Count = Callable[[int, int], int]
type Figure = Callable[[str], None]


@pytest.fixture(scope="module")
def ruled(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of this schema with a record, a ruling and a problem."""
    path = Path(shutil.copy(example_database, tmp_path_factory.mktemp("ruled") / "x.db"))
    with Store.open(path) as store, store.writer() as writer:
        writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note="a"))
    return path


@pytest.fixture(scope="module")
def first(ruled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same rows in the first schema."""
    return older.of_first_schema(ruled, tmp_path_factory.mktemp("first") / "x.db")


class Killed(BaseException):
    """The process ends at a statement."""


def statements(path: Path) -> int:
    """How many statements an upgrade takes."""
    found = [0]

    def seen(*_given: object) -> None:
        found[0] += 1

    event.listen(Engine, "before_cursor_execute", seen)
    try:
        upgrade(path)
    finally:
        event.remove(Engine, "before_cursor_execute", seen)
    return found[0]


def test_an_older_database_is_refused_until_it_is_upgraded(first: Path, ruled: Path, tmp_path: Path) -> None:
    """It then holds what a database of this schema holds, to the row, and the copy that was kept is gone."""
    path = Path(shutil.copy(first, tmp_path / "x.db"))
    with pytest.raises(VersionError, match="communique upgrade"):
        Store.open(path)
    assert upgrade(path)
    with Store.open(path) as store:
        assert verify(store).sound
    kept = {name: rows for name, rows in older.rows(ruled).items() if name not in ("cells", "seals")}
    assert {name: rows for name, rows in older.rows(path).items() if name not in ("cells", "seals")} == kept
    assert not list(tmp_path.glob("*before*"))


def test_an_upgrade_goes_on_as_if_it_had_always_been_new(
    first: Path, ruled: Path, tmp_path: Path, plan: nursery.Plan
) -> None:
    """A build after it gives the bytes, and so the ids, of a build of a database that was never old."""
    path = Path(shutil.copy(first, tmp_path / "x.db"))
    upgrade(path)
    with Store.open(path) as store, Store.open(Path(shutil.copy(ruled, tmp_path / "y.db"))) as new:
        assert pipeline.build(store, plan.runner) == pipeline.build(new, plan.runner)


def test_a_kill_at_any_statement(
    first: Path, tmp_path: Path, children_of: nursery.Nursery, count: Count, figure: Figure
) -> None:
    """Before each statement: the old rows or the new ones, and the next upgrade ends as the first would."""
    whole = Path(shutil.copy(first, tmp_path / "whole.db"))
    most = statements(whole)
    old, new = older.rows(first), older.rows(whole)
    tried = 0
    for _turn in range(count(1, 20)):
        for number in range(1, most + 1, count(5, 1)):
            folder = tmp_path / str(tried)
            folder.mkdir()
            path = Path(shutil.copy(first, folder / "x.db"))
            assert children_of.run("upgrade", path, f"statement#{number}") == -signal.SIGKILL
            assert older.rows(path) in (old, new), number
            upgrade(path)
            assert older.rows(path) == new
            shutil.rmtree(folder)
            tried += 1
    figure(f"an upgrade of {most} statements killed {tried} times: the old rows or the new ones each time")


def test_a_server_is_upgraded_whole_or_not_at_all(server: "Server", ruled: Path, count: Count, figure: Figure) -> None:
    """Cut at a statement, it rolls back by itself; the next upgrade ends in the same bytes."""
    tried = 0
    for number in range(1, 1_000, count(9, 1)):
        url = server.database()
        with Store.open(ruled, read_only=True) as source, Store.open(url) as target:
            copy(source, target)
        older.back_to_first_schema(url)
        if not cut_at(number, url):
            break
        with pytest.raises(VersionError, match="communique upgrade"):
            Store.open(url)
        upgrade(url)
        with Store.open(url) as store, Store.open(ruled, read_only=True) as source:
            assert verify(store).sound
            with store.view() as one, source.view() as other:
                assert (one.record_json(), one.decisions()) == (other.record_json(), other.decisions())
        tried += 1
    assert tried
    figure(f"an upgrade on PostgreSQL cut at {tried} statements: rolled back each time, the same record after")


def cut_at(number: int, url: str) -> bool:
    """Upgrade, cut at that statement; whether there was one of that number."""
    left = [number]

    def seen(*_given: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    event.listen(Engine, "before_cursor_execute", seen)
    try:
        upgrade(url)
    except Killed:
        return True
    finally:
        event.remove(Engine, "before_cursor_execute", seen)
    return False
