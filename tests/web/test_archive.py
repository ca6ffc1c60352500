"""Each state of the database is read once, and a new state is noticed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import api
from communique.errors import BusyError, StoreError
from communique.model.record import Record
from communique.web.archive import KEPT, Archive


@pytest.fixture
def archive(example_copy: Path) -> Iterator[Archive]:
    """The example reports."""
    made = Archive(str(example_copy), wait=30)
    yield made
    made.close()


def test_the_record_is_read_once_for_each_state(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked ten times at once, it is read once; after a ruling it is read again, and is another one."""
    read: list[str | None] = []
    record = archive.reading.record

    def counted(as_of: str | None = None) -> Record:
        read.append(as_of)
        return record(as_of)

    monkeypatch.setattr(archive.reading, "record", counted)
    threads = [threading.Thread(target=archive.index) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = archive.index()
    assert read == [None]
    with api.open(archive.url) as c:
        item = c.review.about("atjc-tw-8")
        c.review.answer(item, "v:date", by="me", on="2032-01-02", value="2025-05-19")
    assert archive.index().get("events", "atjc-tw-8").date.value == "2025-05-19"
    assert before.get("events", "atjc-tw-8").date.value == "2025-05-20"
    assert read == [None, None]


def test_a_reader_is_not_held_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes longer than a reader waits is told, goes on, and is there for the next one."""
    go = threading.Event()
    record = archive.reading.record
    monkeypatch.setattr(archive.reading, "record", lambda as_of=None: (go.wait(30), record(as_of))[1])
    monkeypatch.setattr(archive, "_patience", 0.05)
    with pytest.raises(BusyError):
        archive.index("2024-05-14")
    go.set()
    assert archive.index("2024-05-14", whole=True).heads


def test_only_so_many_days_are_kept(archive: Archive) -> None:
    """Old days make room for new ones."""
    for day in range(10, 20):
        archive.index(f"2025-05-{day}", whole=True)
    assert len(archive._made) == KEPT  # noqa: SLF001 - memory is what is promised


def test_what_fails_is_tried_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is told to whoever asked, and not kept."""

    def broken(as_of: str | None = None) -> Record:
        raise StoreError(as_of or "broken")

    with monkeypatch.context() as patch:
        patch.setattr(archive.reading, "record", broken)
        with pytest.raises(StoreError):
            archive.index()
    assert archive.index().heads
