"""A large collection grows report by report, and a line learnt to be a site's attests nothing.

Reports are read by a fake that needs no language model; every collection counts as a large one.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import pipeline
from communique.cluster import cells, sweep
from communique.cluster.features import Features, features
from communique.cluster.group import place, with_paraphrases
from communique.cluster.sweep import Placed
from communique.ingest.sources import JSONL, Source
from communique.ingest.stage import ingest
from communique.model import ids
from communique.model.claims import Annotations, Claim, Modality
from communique.model.reports import FurnitureKind, Report
from communique.run.tasks import ANNOTATE, Outcome, Task
from communique.store.store import Store
from communique.store.verify import verify
from communique.store.view import View

SAYS = re.compile(r"([A-Z][a-z]+ [A-Z][a-z]+) met ([A-Z][a-z]+ [A-Z][a-z]+) in [A-Z][a-z]+")
SUBJECTS = ("Herring", "Roads", "Choirs", "Snow", "Bells", "Ferries", "Bakers", "Vines", "Larks")
DEEDS = ("came back", "were closed", "sang late", "fell early", "rang twice", "swapped berths", "won", "froze", "left")
LINE = "Write to us and win a framed picture of the day when Ada Brenn met Ivo Talmar in Sarn."


def annotate(report: Report) -> tuple[Annotations, bytes]:
    """What the fake reads: who met whom."""
    claims: list[Claim] = []
    for met in SAYS.finditer(report.text):
        event = ids.mention_id(report.id, "e", *met.span())
        for field, value in {"type": "meeting", "status": "happened", "title_words": met[0]}.items():
            claims.append(Claim(event, field, value, report.span(*met.span()), Modality.HAPPENED))
    made = tuple(sorted(claims))
    return Annotations(report.id, made), msgspec.msgpack.encode(features(report, made))


class Fake:
    """A runner that reads in this process, without a language model."""

    def map(self, function: str, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        stage = annotate if function == ANNOTATE else None
        for task in tasks:
            yield Outcome(task.key, stage(task.payload[0]) if stage else ingest(task.payload), None)


def source(number: int, *, line: str = "", outlet: str = "Reef Wire") -> Source:
    """A report of a day and a matter of its own."""
    subject, deed = SUBJECTS[number % 9], DEEDS[number // 9 % 9]
    row = {
        "id": str(number),
        "text": f"{subject} {deed} in the valley of lot {number}, and {number} people came to look at it.\n{line}",
        "source": outlet,
        "published": (dt.date(2029, 3, 1) + dt.timedelta(number)).isoformat(),
    }
    return Source(f"{number}.jsonl", msgspec.json.encode(row), JSONL)


def told(number: int) -> Source:
    """A report of one of a dozen days and one of seven matters; two outlets have their lines, and some copy."""
    copied = f"Nobody in lot {number % 7} had expected that the bell would ring twice before noon on such a day. "
    own = (LINE, "Send the editors your own picture of it.")[number % 2]
    row = {
        "id": str(number),
        "text": f"{SUBJECTS[number % 7]} {DEEDS[number % 7]} in the valley of lot {number % 7}, and some came. "
        f"{copied * (number % 3 > 0)}Then {number} people left.\n{own}",
        "source": f"Outlet {number % 2}",
        "published": (dt.date(2029, 3, 1) + dt.timedelta(number % 12)).isoformat(),
    }
    return Source(f"{number}.jsonl", msgspec.json.encode(row), JSONL)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every collection counts as a large one."""
    monkeypatch.setattr(cells, "SMALL", 0)
    monkeypatch.setattr(cells, "CELL_REPORTS", 2)
    monkeypatch.setattr(cells, "STORY_CELLS", 2)
    monkeypatch.setattr(cells, "REUSE_CELLS", 8)
    monkeypatch.setattr(cells, "REUSE_DAYS", 8)
    monkeypatch.setattr(cells, "BLOCK_CELLS", 3)


@pytest.mark.usefixtures("large")
def test_one_more_report_places_only_its_own_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the days before gave is taken from the database, and the record is that of a build from nothing."""
    counted: list[int] = []
    found_in = sweep.found_in
    monkeypatch.setattr(sweep, "found_in", lambda past, new, quoted: counted.append(1) or found_in(past, new, quoted))
    with Store.open(tmp_path / "x.db") as store:
        pipeline.add(store, [source(n) for n in range(24)], Fake())
        pipeline.build(store, Fake())
        many = len(counted)
        pipeline.add(store, [source(24)], Fake())
        record = pipeline.build(store, Fake())
        assert 0 < len(counted) - many <= 2 < many
        assert verify(store).sound
    with Store.open(tmp_path / "y.db") as fresh:
        pipeline.add(fresh, [source(n) for n in reversed(range(25))], Fake())
        assert pipeline.build(fresh, Fake()) == record


def afresh(view: View, reports: Sequence[str]) -> list[Placed]:
    """What the cells of some stored reports give where nothing is taken over; keys apart."""
    features = {r: msgspec.msgpack.decode(blob, type=Features) for r, blob in view.features(reports).items()}
    found = with_paraphrases(place(features.values()), {}, lambda wanted: [features[r] for r in wanted])
    return [msgspec.structs.replace(cell, key="") for cell in found.values()]


@pytest.mark.usefixtures("large")
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("add", "add", "remove")), st.integers(0, 35)), min_size=4, max_size=14))
def test_any_history_ends_in_the_cells_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, int]]
) -> None:
    """Reports that come in portions, go, and come back leave cells, and views as of any day, as made from nothing."""
    with Store.open(tmp_path_factory.mktemp("h") / "x.db") as store:
        pipeline.add(store, [told(n) for n in range(0, 36, 3)], Fake())
        pipeline.build(store, Fake())
        for step, number in history:
            with store.view() as view:
                here = {h.given_id: h.id for h in view.reports()}
            if step == "add":
                pipeline.add(store, [told(number), told(number + 1)], Fake(), again=True)
                pipeline.build(store, Fake())
            elif str(number) in here:
                pipeline.remove(store, here[str(number)], "asked for")
        with store.view() as view:
            heads = view.reports()
            stored = [msgspec.msgpack.decode(blob, type=Placed) for blob in view.cells().values()]
            assert sorted(c.key for c in stored) == sorted(c.key for c in pipeline.placed(view, heads).values())
            for day in (None, *sorted({h.published_day for h in heads if h.published_day})):
                some = [h for h in heads if pipeline.known_by(h, day)]
                found = [msgspec.structs.replace(c, key="") for c in pipeline.placed(view, some).values()]
                assert found == afresh(view, [h.id for h in some])


@pytest.mark.usefixtures("large")
def test_a_removed_report_is_in_no_cell(tmp_path: Path) -> None:
    """Its id goes from what its days gave, in the same step."""
    with Store.open(tmp_path / "x.db") as store:
        gone = pipeline.add(store, [source(n) for n in range(12)], Fake()).reports[5]
        pipeline.build(store, Fake())
        pipeline.remove(store, gone, "asked for")
        with store.view() as view:
            assert view.cells()
            assert not any(gone.encode() in blob for blob in view.cells().values())
        assert verify(store).sound


def test_a_line_that_is_learnt_attests_nothing(tmp_path: Path) -> None:
    """An outlet's line under unrelated reports states no event; it is shown as learnt furniture of each report."""
    with Store.open(tmp_path / "x.db") as store:
        pipeline.add(store, [source(n * 10, line=LINE) for n in range(8)], Fake())
        record = pipeline.build(store, Fake())
        assert record.events == ()
        assert [[f.kind for f in h.furniture if f.kind is FurnitureKind.LEARNT] for h in record.reports] == [
            [FurnitureKind.LEARNT]
        ] * 8


def test_a_line_of_several_outlets_attests_what_it_says(tmp_path: Path) -> None:
    """What everybody prints is news."""
    with Store.open(tmp_path / "x.db") as store:
        pipeline.add(store, [source(n * 10, line=LINE, outlet=f"Outlet {n}") for n in range(8)], Fake())
        assert pipeline.build(store, Fake()).events
