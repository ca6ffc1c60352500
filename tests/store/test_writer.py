"""What becomes of what is put in."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from communique.errors import NotFoundError, SpanError, StoreError
from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Decision, Ruling
from communique.model.problems import Problem
from communique.model.reports import Head, PublishedFrom, Report
from communique.model.spans import Span
from communique.store.store import Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import World


def put(store: Store, report: Report) -> str:
    """Put one report in."""
    with store.writer("add") as writer:
        return writer.put_report(report, report.text.encode())


def with_head(report: Report, **changes: object) -> Report:
    """The report under another head."""
    return msgspec.structs.replace(report, head=msgspec.structs.replace(report.head, **changes))


def test_a_report_is_new_once(store: Store, world: "World") -> None:
    """The second arrival of the same is a duplicate, and nothing changes."""
    assert [put(store, world.reports[0]) for _ in range(2)] == ["new", "duplicate"]
    with store.view() as view:
        assert view.report(world.reports[0].id) == world.reports[0]
        assert view.raw(world.reports[0].id) == world.raws[0]


def test_the_head_is_the_same_in_any_order_of_arrival(tmp_path: Path, world: "World") -> None:
    """Three arrivals under different heads come to one head, whatever their order."""
    one = world.reports[0]
    arrivals = [
        with_head(one, name="b.txt", published="2031-05-07", published_from=PublishedFrom.COLLECTOR),
        with_head(one, name="c.txt", published="2031-05-06", published_from=PublishedFrom.GIVEN),
        with_head(one, name="a.txt", title="Session"),
    ]
    heads: set[bytes] = set()
    for number, order in enumerate(itertools.permutations(arrivals)):
        with Store.open(tmp_path / f"{number}.db") as store:
            assert {put(store, report) for report in order} >= {"new"}
            with store.view() as view:
                heads.update(msgspec.json.encode(head) for head in view.reports())
            assert verify(store).sound
    (head,) = (msgspec.json.decode(head, type=Head) for head in heads)
    assert (head.name, head.published, head.title) == ("a.txt", "2031-05-06", "Session")


def test_of_two_readings_of_the_same_bytes_one_is_kept(tmp_path: Path, world: "World") -> None:
    """Where a reader gives another text for the same bytes, the text kept does not depend on the order."""
    one = world.reports[0]
    other = Report(msgspec.structs.replace(one.head, chars=5), "Other")
    texts = set()
    for number, order in enumerate(itertools.permutations([one, other])):
        with Store.open(tmp_path / f"{number}.db") as store:
            with store.writer() as writer:
                for report in order:
                    writer.put_report(report, world.raws[0])
            with store.view() as view:
                texts.add(view.report(one.id).text)
            assert verify(store).sound
    assert len(texts) == 1


def test_a_changed_head_makes_annotations_stale(filled: Store, world: "World") -> None:
    """What was read under the old head is gone and has to be read again."""
    assert put(filled, with_head(world.reports[0], title="A title")) == "changed"
    with filled.view() as view:
        assert view.stale("k1") == (world.reports[0].id,)
        assert view.claims([world.reports[0].id]) == {world.reports[0].id: ()}
    assert verify(filled).sound


def test_reports_that_were_looked_for_become_what_they_are(filled: Store, world: "World") -> None:
    """Known, removed, new, twice among them, under another head: as if each had been asked for when it is put."""
    with filled.writer() as writer:
        writer.remove_report(world.reports[1].id, "a test")
    new = Report(
        msgspec.structs.replace(world.reports[0].head, id="r" + "9" * 16, sha256=ids.sha256_hex(b"New"), chars=3), "New"
    )
    reports = [world.reports[0], world.reports[1], new, new, with_head(world.reports[0], title="A title")]
    with filled.writer() as writer:
        writer.look_for(reports)
        found = [writer.put_report(report, report.text.encode()) for report in reports]
    assert found == ["duplicate", "tombstoned", "new", "duplicate", "changed"]


def test_a_head_must_belong_to_its_bytes(store: Store, world: "World") -> None:
    """Bytes or a text of another report are refused before anything is stored."""
    with store.writer() as writer:
        with pytest.raises(ValueError, match="does not belong"):
            writer.put_report(world.reports[0], b"other")
        with pytest.raises(ValueError, match="does not belong"):
            writer.put_report(with_head(world.reports[0], chars=3), world.raws[0])


def test_annotations_replace_those_before(filled: Store, world: "World", make_problem: Callable[..., Problem]) -> None:
    """Claims, features and the problems of reading are those of the last time; problems from elsewhere stay."""
    one = world.reports[0]
    claims = world.claims(one)[::-1]
    for problems in ([make_problem("a", one.id), make_problem("a", one.id)], [make_problem("b", one.id)]):
        with filled.writer() as writer:
            writer.put_annotations(one.id, "k2", claims, b"new", problems)
    with filled.view() as view:
        assert view.claims([one.id]) == {one.id: tuple(claims)}
        assert view.features([one.id]) == {one.id: b"new"}
        assert [p.input for p in view.problems()] == ["b", "bad.txt"]
    assert verify(filled).sound


def test_a_claim_that_its_report_does_not_bear_out_is_refused(filled: Store, world: "World") -> None:
    """A span must stand in the text before it can be evidence, and nothing of the step is stored."""
    one = world.reports[0]
    claim = Claim(f"{one.id}.n0-3", "name", "Tha", Span(one.id, 0, 3, "Tha"))
    with pytest.raises(SpanError), filled.writer() as writer:
        writer.put_annotations(one.id, "k2", [claim], b"")
    with pytest.raises(NotFoundError), filled.writer() as writer:
        writer.put_annotations("r0000000000000000", "k2", [], b"")
    with filled.view() as view:
        assert view.stale("k1") == ()


def test_a_problem_is_kept_once(store: Store, make_problem: Callable[..., Problem]) -> None:
    """The same problem met twice is one row."""
    for name in ("b", "a", "b"):
        with store.writer() as writer:
            writer.put_problem(make_problem(name))
    with store.view() as view:
        assert [p.input for p in view.problems()] == ["a", "b"]


def test_rulings_are_chained(store: Store) -> None:
    """Each stored ruling names the one before it, so the same ruling made twice has two ids."""
    stored = []
    for _ in range(3):
        with store.writer("decide") as writer:
            stored.append(writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", previous="made up")))
    assert [d.previous for d in stored] == ["", stored[0].id, stored[1].id]
    with store.view() as view:
        assert list(view.decisions()) == stored


def test_a_removed_report_leaves_a_tombstone_and_no_word(file_filled: Store, world: "World") -> None:
    """Its text is in no file of the database, other reports stay, and it does not come back by itself."""
    one = world.reports[1]
    with file_filled.writer("remove") as writer:
        writer.remove_report(one.id, "the author asked")
    with file_filled.view() as view:
        assert [head.id for head in view.reports()] == sorted(r.id for r in world.reports if r != one)
        assert [tuple(t) for t in view.tombstones()] == [(one.id, one.head.sha256, "the author asked")]
        assert view.record() is None
        assert view.search("Mombasa") == ()
    assert put(file_filled, one) == "tombstoned"
    file_filled.close()
    for file in file_filled.address.file.parent.iterdir():
        assert b"ombasa" not in file.read_bytes().replace(b"Mombasa Road", b"")
    with Store.open(file_filled.address.file) as again:
        assert verify(again).sound
        with again.writer() as writer:
            assert writer.allow_again(one.head.sha256) == 1
        assert put(again, one) == "new"


def test_removing_needs_a_report_and_a_reason(filled: Store, world: "World") -> None:
    """Neither an unknown report nor an empty reason is taken."""
    with filled.writer() as writer:
        with pytest.raises(NotFoundError):
            writer.remove_report("r0000000000000000", "why")
        with pytest.raises(StoreError, match="say why"):
            writer.remove_report(world.reports[0].id, " ")


def test_a_step_is_stored_whole_or_not_at_all(filled: Store, world: "World") -> None:
    """An error in the midst of a step leaves everything as it was."""
    with filled.view() as view:
        before = view.record_json(), view.counts()

    def fail() -> None:
        with filled.writer() as writer:
            writer.remove_report(world.reports[0].id, "why")
            writer.put_decision(Decision(ruling=Ruling.UNSURE))
            message = "in the midst"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        fail()
    with filled.view() as view:
        assert (view.record_json(), view.counts()) == before
    assert verify(filled).sound


def test_a_full_disk_is_told_and_loses_nothing(file_filled: Store, world: "World") -> None:
    """Where the file cannot grow the step fails with one line, and what was there stays."""
    big = world.report("A long report of the session. " * 50_000, "big.txt")

    def grow() -> None:
        with file_filled.writer() as writer:
            writer.connection.exec_driver_sql("PRAGMA max_page_count=100")
            writer.put_report(big, big.text.encode())

    with pytest.raises(StoreError, match=r"the disk is full.*make room"):
        grow()
    assert verify(file_filled).sound
    with file_filled.view() as view:
        assert view.record() == world.record()


@pytest.mark.parametrize(("point", "kept"), [("add:before", 0), ("add:after", 1)])
def test_a_kill_at_a_commit_keeps_what_was_acknowledged(path: Path, point: str, kept: int) -> None:
    """Killed before the commit a step never was; killed after it, it stays."""
    script = f"""
import os, signal
from communique.model import ids
from communique.model.reports import Head, Report
from communique.store.store import Store
store = Store.open({str(path)!r}, on_commit=lambda at: os.kill(os.getpid(), 9) if at == {point!r} else None)
head = Head(id="r" + "0" * 16, name="a", sha256=ids.sha256_hex(b"words"), chars=5)
with store.writer("add") as writer:
    writer.put_report(Report(head, "words"), b"words")
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    with Store.open(path, create=False) as store:
        assert verify(store) == verify(store)
        assert verify(store).sound
        with store.view() as view:
            assert len(view.reports()) == kept


def test_what_was_opened_to_read_is_not_written(file_filled: Store) -> None:
    """A step on a database that is open for reading is refused."""
    with (
        Store.open(file_filled.address.file, read_only=True) as reading,
        pytest.raises(StoreError, match="only to be read"),
        reading.writer(),
    ):
        pass


def test_writers_take_turns(store: Store) -> None:
    """Several processes that write at once wait for each other, and nothing is lost."""
    script = f"""
import sys
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store
with Store.open({str(store.address.path or store.address.url)!r}) as store:
    for n in range(10):
        with store.writer() as writer:
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by=sys.argv[1], note=str(n)))
"""
    many = [subprocess.Popen([sys.executable, "-c", script, str(n)], env=dict(os.environ)) for n in range(3)]
    assert [p.wait(60) for p in many] == [0, 0, 0]
    with store.view() as view:
        assert len(view.decisions()) == 30
    assert verify(store).sound


def test_cells_are_stored_in_the_place_of_all_before(store: Store) -> None:
    """What has the same key is left, what has another or is gone is taken out, and the seals agree."""
    with store.writer() as writer:
        writer.put_cells({"a": "k1", "b": "k1"}, {"a": b"one", "b": b"two"}.__getitem__)
    with store.writer() as writer:
        writer.put_cells({"a": "k1", "c": "k2"}, {"c": b"three"}.__getitem__)
    with store.view() as view:
        assert view.cells() == {"a": b"one", "c": b"three"}
    assert verify(store).sound
