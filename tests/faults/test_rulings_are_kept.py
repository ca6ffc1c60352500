"""A ruling is never lost and never edited, whatever happens to the database or to the reports (promise R6).

Reports here are a few words, read without a language model, so that many histories can be tried.
"""

import functools
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import older
import pytest
import quick
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from communique import api, pipeline
from communique.errors import StoreError
from communique.ingest.sources import JSONL, Source
from communique.model.decisions import Decision, Ruling, in_force
from communique.review import portable
from communique.review.book import Book
from communique.review.rulings import anchor, decide
from communique.store.copying import backup
from communique.store.store import Store
from communique.store.upgrade import upgrade
from communique.store.verify import verify

#: Each is a report, or a newer version of one: the same address, other words.
REPORTS = [
    ("https://velmark.example/1", "2029-03-06", "Ada Brenn met Ivo Talmar in Sarn."),
    ("https://velmark.example/1", "2029-03-07", "Corrected. Ada Brenn met Ivo Talmar in Sarn."),
    ("https://velmark.example/1", "2029-03-08", "Corrected. Ada Brenn met an envoy in Sarn."),
    ("https://ostia.example/9", "2029-03-06", "Ada Brenn met Ivo Talmar in Sarn."),
    ("https://quillon.example/4", "2030-09-12", "Lena Okoro met Tomas Harrow, and Ada Brenn met Lena Okoro."),
]
DAY = "2031-01-01"
FULL = "COMMUNIQUE_FULL" in os.environ
#: As many and as long as `--histories` and `--steps` say in a full run.
HISTORIES = int(os.environ.get("COMMUNIQUE_HISTORIES", "100"))
STEPS = int(os.environ.get("COMMUNIQUE_STEPS", "6"))
#: Where there is a disk of memory: so many histories wait for no other disk.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - as above
RUNNER = quick.Quick()
#: What may happen to rulings, and how often it did, over all histories.
KINDS = (
    *("add", "build", "remove", "ruling", "withdrawal", "reopening", "upgrade", "backup", "restoration", "dump"),
    *("kill while ruling", "kill while building"),
)
DONE: Counter[str] = Counter()


class Killed(BaseException):
    """The process ends at a commit."""


@functools.cache
def empty() -> bytes:
    """An empty database as a file: to make one costs more than most of what is done with it here."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        Store.open(Path(folder) / "x.db").close()
        return (Path(folder) / "x.db").read_bytes()


def source(number: int) -> Source:
    url, day, words = REPORTS[number]
    row = {"id": str(number), "url": url, "source": url[8:-10], "published": day, "text": words}
    return Source(str(number), msgspec.json.encode(row), JSONL)


class Rulings(RuleBasedStateMachine):
    """One database and what was acknowledged of its rulings."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.files = 0
        self.path = self.new()
        self.kill = ""
        self.told: list[Decision] = []
        self.store = self.opened()

    def file(self) -> Path:
        """Where a further database may be made."""
        self.files += 1
        return Path(self.folder.name) / f"{self.files}.db"

    def new(self) -> Path:
        """An empty database."""
        path = self.file()
        path.write_bytes(empty())
        return path

    def opened(self) -> Store:
        """The database, opened."""
        return Store.open(self.path, on_commit=self.reached)

    def reached(self, point: str) -> None:
        """The process ends where it is told to."""
        if point == self.kill:
            raise Killed

    def teardown(self) -> None:
        """However it came about: all is sound, and without its rulings the record is that of the reports alone."""
        assert verify(self.store).findings == ()
        for each in in_force(tuple(self.told)):
            self.ruled(Decision(ruling=Ruling.WITHDRAW, withdraws=each.id, by="Ada", on=DAY))
        with self.store.view() as view:
            heads = view.reports()
            after = view.record_json()
            assert len(Book(view).standings) == len(self.told)
        if after is not None and heads:
            with Store.open(self.new()) as plain:
                pipeline.add(plain, [source(int(h.name)) for h in heads], RUNNER)
                assert pipeline.build(plain, RUNNER).encode() == pipeline.build(self.store, RUNNER).encode()
        self.store.close()
        self.folder.cleanup()

    def ruled(self, decision: Decision) -> None:
        """A ruling is acknowledged."""
        self.told.append(decide(self.store, decision))

    @initialize(first=st.sets(st.integers(0, len(REPORTS) - 1), min_size=1, max_size=3))
    def begin(self, first: set[int]) -> None:
        """Some reports, their record, a ruling, and a backup of all that."""
        DONE["histories"] += 1
        pipeline.add(self.store, [source(n) for n in sorted(first)], RUNNER)
        pipeline.build(self.store, RUNNER)
        self.ruled(Decision(ruling=Ruling.UNSURE, by="Ada", on=DAY))
        self.keep()

    @rule(number=st.integers(0, len(REPORTS) - 1))
    def add(self, number: int) -> None:
        """A report comes in; a newer version supersedes the older."""
        DONE["add"] += 1
        pipeline.add(self.store, [source(number)], RUNNER, again=True)

    @rule()
    def build(self) -> None:
        """The record is brought up to date."""
        DONE["build"] += 1
        pipeline.build(self.store, RUNNER)

    @rule(data=st.data(), ruling=st.sampled_from([Ruling.SAME, Ruling.NOT_SAME, Ruling.REJECT, Ruling.SET]))
    def decide(self, data: st.DataObject, ruling: Ruling) -> None:
        """A person rules."""
        made = self.drawn(data, ruling)
        if made is not None:
            DONE["ruling"] += 1
            self.ruled(made)

    def drawn(self, data: st.DataObject, ruling: Ruling) -> Decision | None:
        """A ruling on mentions of today; None where there are too few."""
        with self.store.view() as view:
            reports = {h.id: view.report(h.id) for h in view.reports()}
            claims = view.claims(reports)
        letter = "e" if ruling is Ruling.SET else data.draw(st.sampled_from("ne"))
        known = sorted({c.subject for held in claims.values() for c in held if f".{letter}" in c.subject})
        wanted = 2 if ruling in (Ruling.SAME, Ruling.NOT_SAME) else 1
        if len(known) < wanted:
            return None
        chosen = data.draw(st.lists(st.sampled_from(known), min_size=wanted, max_size=wanted, unique=True))
        anchors = tuple(anchor(reports[m.partition(".")[0]], m) for m in chosen)
        value = {"field": "date", "value": "2029-03-05"} if ruling is Ruling.SET else {}
        return Decision(ruling=ruling, anchors=anchors, by="Ada", on=DAY, **value)

    @precondition(lambda self: in_force(tuple(self.told)))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """A ruling is taken back."""
        DONE["withdrawal"] += 1
        gone = data.draw(st.sampled_from([d.id for d in in_force(tuple(self.told))]))
        self.ruled(Decision(ruling=Ruling.WITHDRAW, withdraws=gone, by="Ada", on=DAY))

    @rule(data=st.data(), point=st.sampled_from(["decide:before", "decide:after"]))
    def kill_while_deciding(self, data: st.DataObject, point: str) -> None:
        """What was stored before the end is there, what was not leaves nothing."""
        made = self.drawn(data, Ruling.REJECT)
        if made is None:
            return
        DONE["kill while ruling"] += 1
        self.kill = point
        with pytest.raises(Killed):
            decide(self.store, made)
        self.kill = ""
        self.reopen()
        if point == "decide:after":
            with self.store.view() as view:
                self.told.append(view.decisions()[-1])

    @rule(point=st.sampled_from(["add:before", "add:after", "annotate:before", "record:before", "record:after"]))
    def kill_while_building(self, point: str) -> None:
        """The process ends while reports come in and the record is made: the rulings are as they were."""
        self.kill = point
        try:  # where there is nothing to do, nothing is stored
            pipeline.add(self.store, [source(n) for n in range(len(REPORTS))], RUNNER, again=True)
            pipeline.build(self.store, RUNNER)
        except Killed:
            DONE["kill while building"] += 1
        self.kill = ""
        self.reopen()

    @rule()
    def reopen(self) -> None:
        """The database is closed and opened."""
        DONE["reopening"] += 1
        self.store.close()
        self.store = self.opened()

    @rule()
    def upgrade(self) -> None:
        """The database is one that an older Communiqué left, and is upgraded."""
        DONE["upgrade"] += 1
        self.store.close()
        self.path = older.of_first_schema(self.path, self.file())
        assert upgrade(self.path)
        self.store = self.opened()

    @rule()
    def keep(self) -> None:
        """A backup is made."""
        DONE["backup"] += 1
        self.kept: tuple[Path, list[Decision]] = self.file(), list(self.told)
        backup(self.store, self.kept[0])

    @rule(dumped=st.booleans())
    def restore(self, *, dumped: bool) -> None:
        """The database is lost; the backup has all rulings of its time, and a dump brings those made since."""
        with self.store.view() as view:
            data = portable.dump(view.decisions())
        DONE["restoration"] += 1
        self.store.close()
        kept, told = self.kept
        self.path = self.new()
        api.copy(kept, self.path)
        self.store = self.opened()
        if dumped and told == self.told[: len(told)]:
            assert portable.load(self.store, data).new == len(self.told) - len(told)
        else:
            self.told = list(told)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """A report is erased; rulings on it stay."""
        with self.store.view() as view:
            heads = view.reports()
        if len(heads) > 1:
            DONE["remove"] += 1
            pipeline.remove(self.store, data.draw(st.sampled_from([h.id for h in heads])), "a test")

    @rule()
    def carry_over(self) -> None:
        """A dump that is loaded into another database is the same file there, and loaded again it changes nothing."""
        DONE["dump"] += 1
        with self.store.view() as view:
            data = portable.dump(view.decisions())
        with Store.open(self.new()) as other:
            assert portable.load(other, data).new == len(self.told)
            assert portable.load(other, data).new == 0
            with other.view() as view:
                assert portable.dump(view.decisions()) == data

    @invariant()
    def every_ruling_is_there_as_it_was_made(self) -> None:
        """Nothing acknowledged is lost or altered, and the chain holds."""
        with self.store.view() as view:
            stored = view.decisions()
        assert stored == tuple(self.told)
        assert [d.previous for d in stored] == ["", *(d.id for d in stored)][: len(stored)]


@pytest.mark.promise("R6")
@pytest.mark.timeout(4 * 3600 if FULL else 900)  # half a minute of CPU, on a machine that may be busy
def test_no_history_loses_or_alters_a_ruling(figure: Callable[[str], None]) -> None:
    """Whatever is done with a database; in a full run everything that may happen to rulings is."""
    tried = settings(
        max_examples=HISTORIES,
        stateful_step_count=STEPS,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],  # a failing history is told as it was: to shrink it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Rulings, settings=tried)  # type: ignore[no-untyped-call]
    missed = [kind for kind in KINDS if not DONE[kind]]
    assert len(missed) <= (0 if HISTORIES >= 1_000 else 3), missed  # chance may leave something out of few histories
    figure(
        f"{DONE['histories']} histories of up to {STEPS} steps, no ruling lost or altered and all sound at the end: "
        + ", ".join(f"{DONE[kind]} x {kind}" for kind in KINDS)
    )


@pytest.mark.promise("R6")
@pytest.mark.parametrize("statement", ["UPDATE decisions SET body = '{}'", "DELETE FROM decisions"])
def test_the_database_itself_refuses_to_edit_a_ruling(statement: str, tmp_path: Path) -> None:
    """Whoever opens the file and tries: UPDATE and DELETE raise."""
    with Store.open(tmp_path / "x.db") as store:
        pipeline.add(store, [source(0)], RUNNER)
        pipeline.build(store, RUNNER)
        made = decide(store, Decision(ruling=Ruling.UNSURE, by="Ada", on=DAY))
        with pytest.raises(StoreError, match="append-only"), store.writer() as writer:
            writer.connection.execute(text(statement))
        with store.view() as view:
            assert view.decisions() == (made,)
