"""Databases are copied and kept whole, between engines too."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.errors import StoreError, UsageError
from communique.model.decisions import Decision, Ruling
from communique.store.address import Address
from communique.store.copying import backup, copy
from communique.store.store import Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Server, World

type Maker = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgres"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Makes addresses of empty databases, of each engine in turn."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / "target.db")
    server: Server = request.getfixturevalue("server")
    return server.database


def test_a_copy_is_the_same_to_the_byte(filled: Store, make: Maker) -> None:
    """From each engine to each, the record, the rulings and the seals stay what they are."""
    with filled.writer("decide") as writer:
        writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note="a"))
    with Store.open(make()) as target:
        counts = copy(filled, target)
        assert (counts["reports"], counts["decisions"]) == (3, 1)
        assert verify(target).sound
        assert verify(target).counts == verify(filled).counts
        with filled.view() as old, target.view() as new:
            assert new.record_json() == old.record_json()
            assert new.decisions() == old.decisions()
            assert {hit[:2] for hit in map(tuple_of, new.search("bergen"))} == {
                hit[:2] for hit in map(tuple_of, old.search("bergen"))
            }


def tuple_of(hit: object) -> tuple[str, str]:
    """Section and id of a hit."""
    return hit.section, hit.id  # type: ignore[attr-defined]


def test_a_copy_goes_on_as_the_original_would(filled: Store, make: Maker, world: "World") -> None:
    """A ruling is chained to the one before it, in the copy as well."""
    with Store.open(make()) as target:
        copy(filled, target)
        for store in (filled, target):
            with store.writer("decide") as writer:
                writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note="b"))
            with store.writer("remove") as writer:
                writer.remove_report(world.reports[0].id, "asked")
        with filled.view() as old, target.view() as new:
            assert new.decisions() == old.decisions()
        assert verify(target).sound


def test_nothing_is_copied_over_something(filled: Store, make: Maker, world: "World") -> None:
    """A database that holds anything is left as it is."""
    with Store.open(make()) as target:
        world.fill(target)
        with pytest.raises(StoreError, match="not empty"):
            copy(filled, target)
        assert verify(target).sound


@pytest.mark.promise("R14")
def test_a_backup_beside_a_writer_is_sound(
    filled: Store, tmp_path: Path, count: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    """What is kept while somebody writes is one moment of the database."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with filled.writer("decide") as writer:
                writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note=str(number)))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        kept = []
        for number in range(count(5, 100)):
            backup(filled, tmp_path / f"kept{number}.db")
            with Store.open(tmp_path / f"kept{number}.db", read_only=True) as copied, copied.view() as view:
                assert verify(copied).sound
                kept.append([d.note for d in view.decisions()])
    finally:
        stop.set()
        writing.join()
    assert all(notes == [str(n + 1) for n in range(len(notes))] for notes in kept)
    assert {p.name for p in tmp_path.glob("kept*")} == {f"kept{n}.db" for n in range(count(5, 100))}
    figure(f"{len(kept)} backups beside a writer ({len(kept[-1])} rulings at the last): each sound, each a beginning")


@pytest.mark.promise("R14")
def test_the_main_file_alone_is_no_backup(file_filled: Store, tmp_path: Path) -> None:
    """Copied by hand without its log while that holds rows, it is an older moment, or refused; never a false whole."""
    with file_filled.writer("decide") as writer:
        writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note="in the log alone"))
    alone = Path(shutil.copy(file_filled.address.file, tmp_path / "alone.db"))
    backup(file_filled, tmp_path / "kept.db")
    with Store.open(tmp_path / "kept.db") as kept, kept.view() as view:
        assert len(view.decisions()) == 1
    try:
        with Store.open(alone, create=False) as store, store.view() as view:
            assert not view.decisions()
            assert verify(store).sound
    except StoreError as error:
        assert "add" in str(error)  # noqa: PT017 - either is right


def test_a_backup_never_overwrites(filled: Store, tmp_path: Path) -> None:
    """A file that is there is not touched."""
    (tmp_path / "kept.db").write_text("mine")
    with pytest.raises(StoreError, match="already"):
        backup(filled, tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_text() == "mine"


def test_an_address_never_tells_a_password() -> None:
    """What is said of a server names the place and not the secret."""
    address = Address.of("postgresql+psycopg://me:s3cret@db.example/commissions")
    assert "s3cret" not in str(address)
    assert str(address) == "PostgreSQL database commissions at db.example"
    with pytest.raises(UsageError, match="not a file"):
        _ = address.file
