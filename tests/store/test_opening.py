"""Opening: what is wrong is told in one sentence with a remedy, and nothing is made by looking."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.errors import BusyError, CommuniqueError, PathError, StoreError, UsageError, VersionError
from communique.store.store import Store

pytestmark = pytest.mark.promise("R4")

NOBODY = 65_534


@pytest.fixture
def stranger() -> Iterator[Path]:
    """A folder that holds a filled database, seen as a user who is not root: permissions bind."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    folder = Path(tempfile.mkdtemp(prefix="communique-test-", dir="/tmp"))
    try:
        Store.open(folder / "x.db").close()
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def refused(path: Path, kind: type[CommuniqueError], remedy: str, **more: Any) -> None:
    """Opening fails with one sentence that names a remedy, and leaves the folder as it was."""
    around = path.parent if path.parent.is_dir() else path.parent.parent
    before = sorted(around.rglob("*"))
    with pytest.raises(kind, match=remedy) as caught:
        Store.open(path, busy_seconds=0.1, **more)
    assert "\n" not in str(caught.value)
    assert sorted(around.rglob("*")) == before


def test_a_read_only_file_is_read_and_not_written(stranger: Path) -> None:
    """Writing is refused with the remedy, reading works."""
    path = stranger / "x.db"
    path.chmod(0o444)
    refused(path, StoreError, "make it writable")
    with Store.open(path, read_only=True) as store, store.view() as view:
        assert view.reports() == ()


def test_a_read_only_folder_is_read_and_not_written(stranger: Path) -> None:
    """Where no file can be made beside the database it can still be read; a new one cannot be made."""
    stranger.chmod(0o555)
    refused(stranger / "x.db", StoreError, "make it writable")
    refused(stranger / "new.db", StoreError, "make it writable")
    with Store.open(stranger / "x.db", read_only=True) as store, store.view() as view:
        assert view.reports() == ()
    assert [p.name for p in stranger.iterdir()] == ["x.db"]


def test_a_file_that_may_not_be_read(stranger: Path) -> None:
    """A file of somebody else's is told as such."""
    (stranger / "x.db").chmod(0)
    refused(stranger / "x.db", StoreError, "ask its owner", read_only=True)


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder is not made by guessing."""
    refused(tmp_path / "no" / "x.db", PathError, "make it first")


def test_a_folder(tmp_path: Path) -> None:
    """A folder is not a database."""
    refused(tmp_path, PathError, "name a file in it")


def test_not_a_database(tmp_path: Path) -> None:
    """A text file stays a text file."""
    path = tmp_path / "notes.txt"
    path.write_text("Minutes of the third session. " * 100)
    refused(path, VersionError, "is not a database: name another file")
    refused(path, VersionError, "is not a database: name another file", read_only=True)
    assert path.read_text().startswith("Minutes")


@pytest.mark.parametrize("table", ["people", "meta", "alembic_version"])
def test_a_foreign_database(tmp_path: Path, table: str) -> None:
    """Another program's database is left alone, even with tables of like names."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute(f"CREATE TABLE {table} (name TEXT)")
    other.close()
    refused(path, VersionError, "belongs to another program: name another file")


@pytest.mark.parametrize(("version", "remedy"), [("9999", "newer Communiqué"), ("0000", "newer Communiqué")])
def test_a_newer_schema(path: Path, file_store: Store, version: str, remedy: str) -> None:
    """An older program does not touch a newer database."""
    file_store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", [version])
    raw.close()
    refused(path, VersionError, remedy)


def test_a_database_that_stays_locked(path: Path, file_store: Store) -> None:
    """A writer that never ends is told of after the waiting time, on opening and on writing."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, busy_seconds=0.1) as second:
        with second.view() as view:
            assert view.reports() == ()
        with pytest.raises(BusyError, match="wait until it is done"), second.writer():
            pass
    other.execute("ROLLBACK")
    file_store.close()
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError, match="wait until it is done"):
        Store.open(path, busy_seconds=0.1)
    other.close()


def test_nothing_there_to_read(path: Path) -> None:
    """Reading makes no database."""
    refused(path, StoreError, "communique add", read_only=True)
    refused(path, StoreError, "communique add", create=False)


@pytest.mark.parametrize("name", ["a b.db", "a?mode=memory#x.db", "ü%20.db", "-rf"])
def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A path is taken as it is, whatever it looks like, and an address with its prefix."""
    Store.open(tmp_path / name).close()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    monkeypatch.chdir(tmp_path)
    Store.open(name, create=False).close()
    Store.open(f"sqlite:///{tmp_path / 'other.db'}").close()
    assert (tmp_path / "other.db").exists()


@pytest.mark.parametrize("url", ["postgresql://x/y", "", "sqlite:///"])
def test_addresses_of_no_use(url: str) -> None:
    """What cannot be opened is told with what can."""
    with pytest.raises(UsageError, match=r"sqlite:///PATH|is a folder"):
        Store.open(url)


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    """A file made beforehand, as temporary files are, is as good as none."""
    path.touch()
    Store.open(path).close()
    Store.open(path, create=False).close()


def test_several_processes_may_make_it_at_once(path: Path) -> None:
    """One of them lays it out, all of them use it."""
    script = f"from communique.store.store import Store; Store.open({str(path)!r}).close()"
    made = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]
    assert [p.wait(30) for p in made] == [0, 0, 0]


def test_opening_does_not_load_alembic(path: Path) -> None:
    """Neither a new database nor one of this version costs the loading of the migration tool."""
    script = (
        "import sys; from communique.store.store import Store\n"
        f"for _ in range(2): Store.open({str(path)!r}).close()\n"
        "assert not [m for m in sys.modules if m.startswith(('alembic', 'mako'))]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
