"""The corridor: what becomes of inputs, versions of reports, days, stale reports."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import pipeline
from communique.errors import NotFoundError, WorkerError
from communique.ingest.sources import TEXT, Source
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Head
from communique.pipeline import Added, known_by, versions
from communique.run.inline import Inline
from communique.run.tasks import ANNOTATE, INGEST, Failure, Outcome
from communique.settings import Limits
from communique.store.store import Store

GOOD = b"Transport Minister Ada Brenn met her counterpart in Lindhaven on 3 May 2024."


def head(name: str, **more: str) -> Head:
    sha256 = ids.sha256_hex(name.encode())
    return Head(id=ids.report_id(sha256, None, None, None), name=name, sha256=sha256, chars=9, **more)  # type: ignore[arg-type]


def source(name: str, data: bytes = GOOD) -> Source:
    return Source(name, data, TEXT)


class Failing(Inline):
    """A runner whose workers die, or say nothing that makes sense."""

    def __init__(self, stage: str, failure: Failure | None) -> None:
        self.stage, self.failure = stage, failure

    def map(self, function: str, tasks: Any) -> Any:
        """See `Runner.map`."""
        for task in tasks:
            if function == self.stage:
                yield Outcome(task.key, None, self.failure)
            else:
                yield from super().map(function, [task])


# -- add


def test_added_is_summed_field_by_field() -> None:
    """Counts add up, ids and problems follow each other."""
    one = Added(inputs=2, new=1, duplicates=1, reports=("r1",))
    assert one + Added(inputs=1, new=1, reports=("r2",)) == Added(3, 2, 0, 1, 0, ("r1", "r2"))
    assert Added() + one == one


def test_every_input_is_accounted_for(tmp_path: Path) -> None:
    """Inputs = new + changed + duplicates + refused, whatever the inputs are."""
    missing = Problem(input="x", stage="ingest", code=ProblemCode.UNREADABLE, message="gone")
    inputs = [
        source("a"),
        source("b", b""),
        source("a"),
        missing,
        source("c", bytes(range(256)) * 9),
        source("z", GOOD),
    ]
    with Store.open(tmp_path / "x.db") as store:
        added = pipeline.add(store, inputs, Inline())
        assert added.inputs == len(inputs) == added.new + added.changed + added.duplicates + added.refused
        assert (added.new, added.refused) == (1, 3)
        with store.view() as view:
            assert [h.id for h in view.reports()] == list(dict.fromkeys(added.reports))
            assert len(view.problems()) == 3


def test_batches_are_acknowledged_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a batch stored stays when the next one fails, and progress is told."""
    monkeypatch.setattr(pipeline, "BATCH", 2)
    told: list[tuple[str, int]] = []

    def inputs() -> Any:
        yield from (source("a", GOOD + b" A"), source("b", GOOD + b" B"))
        raise KeyboardInterrupt

    with Store.open(tmp_path / "x.db") as store:
        with pytest.raises(KeyboardInterrupt):
            pipeline.add(store, inputs(), Inline(), progress=lambda *news: told.append(news))
        with store.view() as view:
            assert {h.name for h in view.reports()} == {"a", "b"}
    assert told == [("read", 2)]


@pytest.mark.parametrize("code", ["time", "memory", "crash"])
def test_a_worker_that_fails_is_a_problem_of_its_input(code: Any, tmp_path: Path) -> None:
    """Reading in is refused; reading what is in leaves the report, without claims and with the problem."""
    with Store.open(tmp_path / "x.db") as store:
        failing = Failing(INGEST, Failure(code, "no more"))
        refused = pipeline.add(store, [source("a")], failing)
        assert [(p.input, p.code, p.stage) for p in refused.problems] == [("a", ProblemCode(code), "ingest")]
        [report] = pipeline.add(store, [source("a")], Inline()).reports
        record = pipeline.build(store, Failing(ANNOTATE, Failure(code, "no more")))
        assert [h.id for h in record.reports] == [report]
        assert record.events == ()
        assert (ProblemCode(code), "annotate", report) in {(p.code, p.stage, p.report) for p in record.problems}


def test_a_runner_that_says_nothing_is_an_error_not_silence(tmp_path: Path) -> None:
    """Neither a result nor a failure: the program stops rather than lose an input."""
    with Store.open(tmp_path / "x.db") as store, pytest.raises(WorkerError, match="neither"):
        pipeline.add(store, [source("a")], Failing(INGEST, None))


# -- build and remove


def test_only_what_changed_is_read_again(tmp_path: Path, remembering: Any, examples: tuple[Source, ...]) -> None:
    """A second build reads nothing, `everything` reads all, and other limits make all stale."""
    read: list[int] = []

    def progress(stage: str, done: int) -> None:
        if stage == "annotated":
            read.append(done)

    with Store.open(tmp_path / "x.db") as store:
        pipeline.add(store, examples, remembering)
        first = pipeline.build(store, remembering, progress=progress)
        assert pipeline.build(store, remembering, progress=progress) == first
        assert read == [len(first.reports)]
        assert pipeline.build(store, remembering, everything=True, progress=progress) == first
        assert read == [len(first.reports)] * 2
        with store.view() as view:
            assert len(view.stale(pipeline.annotation_key(Limits(doc_chars=99)))) == len(first.reports)


def test_a_report_that_is_not_there_cannot_be_removed(example_copy: Path) -> None:
    """Nothing is changed by trying."""
    with Store.open(example_copy) as store:
        with store.view() as view:
            before = view.record_sha256()
        with pytest.raises(NotFoundError):
            pipeline.remove(store, "r0000000000000000", "a test")
        with store.view() as view:
            assert view.record_sha256() == before


def test_a_removed_report_comes_back_only_when_asked(tmp_path: Path, remembering: Any) -> None:
    """Without `again` it is refused with the remedy; with it, it is new."""
    with Store.open(tmp_path / "x.db") as store:
        [report] = pipeline.add(store, [source("a")], remembering).reports
        pipeline.build(store, remembering)
        assert pipeline.remove(store, report, "a test").reports == ()
        refused = pipeline.add(store, [source("a")], remembering)
        assert [p.code for p in refused.problems] == [ProblemCode.REMOVED]
        assert pipeline.add(store, [source("a")], remembering, again=True).reports == (report,)
        with store.view() as view:
            assert view.tombstones() == ()


# -- versions and days


def test_versions_of_one_address_follow_each_other() -> None:
    """Ordered by the last update, else the publication; each supersedes the one before."""
    first = head("a", url="https://x.example/1", published="2024-05-01")
    second = head("b", url="https://x.example/1", published="2024-05-01", updated="2024-05-02T09:00")
    third = head("c", url="https://x.example/1", published="2024-05-03")
    other = head("d", url="https://x.example/2", published="2024-05-04")
    made = {h.name: h.supersedes for h in versions([third, other, first, second])}
    assert made == {"a": None, "b": first.id, "c": second.id, "d": None}


def test_versions_of_one_given_id_need_the_same_outlet() -> None:
    """The same id in two outlets is two reports; an id without an outlet says nothing."""
    one = head("a", outlet="Wire", given_id="17", published="2024-05-01")
    two = head("b", outlet="Wire", given_id="17", published="2024-05-02")
    elsewhere = head("c", outlet="Courier", given_id="17", published="2024-05-03")
    bare = [head("d", given_id="17"), head("e", given_id="17")]
    made = {h.name: h.supersedes for h in versions([one, two, elsewhere, *bare])}
    assert made == {"a": None, "b": one.id, "c": None, "d": None, "e": None}


@given(st.permutations([("a", "2024-05-01"), ("b", "2024-05-01"), ("c", None), ("d", "2024-04-30")]))
def test_versions_do_not_depend_on_the_order(order: list[tuple[str, str | None]]) -> None:
    """Ties go by id, undated ones come first, in any order of arrival."""
    heads = [head(n, url="u", **({"published": p} if p else {})) for n, p in order]
    chain = {h.id: h.supersedes for h in versions(heads)}
    ordered = sorted(heads, key=lambda h: (h.published or "", h.id))
    assert [chain[h.id] for h in ordered] == [None, *(h.id for h in ordered[:-1])]


@pytest.mark.parametrize(
    ("published", "as_of", "known"),
    [
        ("2024-05-01", None, True),
        (None, None, True),
        (None, "2024-05-01", False),
        ("2024-05-01T23:59+05:30", "2024-05-01", True),
        ("2024-05-02", "2024-05-01", False),
    ],
)
def test_a_day_knows_what_was_out(published: str | None, as_of: str | None, known: bool) -> None:  # noqa: FBT001 - a column
    """A report counts on its day; an undated one is known by no day."""
    assert known_by(head("a", **({"published": published} if published else {})), as_of) is known


def test_a_file_of_many_reports_is_counted_by_its_parts(tmp_path: Path) -> None:
    """Inputs are reports, duplicates and what is told: for the entries of a feed as for files."""
    item = "<item><title>{0}</title><link>https://a.example/{0}</link><description>Talks in {0}.</description></item>"
    feed = "".join(item.format(n) for n in ("Suva", "Nadi", "Suva")) + "<item></item>"
    inputs = [source("a"), Source("f", f"<rss><channel>{feed}</channel></rss>".encode(), "feed"), source("b")]
    with Store.open(tmp_path / "x.db") as store:
        added = pipeline.add(store, inputs, Inline())
        assert (added.inputs, added.new, added.duplicates, added.refused) == (6, 3, 2, 1)
        with store.view() as view:
            assert sorted(h.name for h in view.reports()) == ["a", "f:1", "f:2"]


def test_a_report_in_a_language_that_is_not_read_is_stored_and_says_nothing(tmp_path: Path) -> None:
    """It is found by a search, its Problem says that it is not read, and no fact is made of it."""
    words = "Die beiden Minister trafen sich am Montag in der Hauptstadt und unterzeichneten ein Protokoll. " * 2
    with Store.open(tmp_path / "x.db") as store:
        added = pipeline.add(store, [Source("de.txt", words.encode())], Inline())
        record = pipeline.build(store, Inline())
        assert [p.code for p in added.problems] == [ProblemCode.LANGUAGE]
        assert (len(record.reports), record.events, record.actors) == (1, (), ())
        with store.view() as view:
            assert set(added.reports) <= {hit.id for hit in view.search("Hauptstadt", 9)}
