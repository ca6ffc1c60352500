"""Communiqué as a library: what a program that imports it can ask and what it is told."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import communique
from communique import api
from communique.errors import NotFoundError, StoreError, UsageError
from communique.model.problems import ProblemCode

ROWS = [
    {
        "id": "one",
        "source": "Wire",
        "published": "2024-05-04",
        "text": "Minister Ada Brenn met Ivo Tal in Sarn on May 3.",
    },
    {
        "id": "two",
        "source": "Post",
        "published": "2024-05-05",
        "text": "“We will meet again,” Ada Brenn said on Friday.",
    },
]


@pytest.fixture
def asked(example_copy: Path) -> Iterator[api.Communique]:
    """A database of the example reports."""
    with communique.open(example_copy) as c:
        yield c


def test_the_package_offers_its_entry_points() -> None:
    """`open`, `read`, `record` and `Communique` are there; any other name is an error."""
    assert communique.open is api.open
    assert communique.Communique is api.Communique
    with pytest.raises(AttributeError, match="unheard"):
        _ = communique.unheard


# -- putting in


def test_reports_may_be_mappings(tmp_path: Path) -> None:
    """A mapping has the keys of a JSON line; one alone or several, beside paths."""
    path = tmp_path / "three.txt"
    path.write_text("Ada Brenn left Sarn on Saturday.", encoding="utf-8")
    with communique.open(tmp_path / "x.db") as c:
        assert c.add(ROWS[0], workers=0).added.new == 1
        result = c.add([path, *ROWS, {"id": "empty", "text": ""}], workers=0)
        added = result.added
        assert (added.inputs, added.new, added.duplicates, added.refused) == (4, 2, 1, 1)
        assert [(p.input, p.code) for p in c.problems()] == [("empty", ProblemCode.EMPTY)]
        assert {c.head(n).outlet for n in ("one", "two")} == {"Wire", "Post"}
        assert c.report("three.txt").text.startswith("Ada Brenn left")


def test_a_path_that_is_not_there_harms_no_other(tmp_path: Path) -> None:
    """It comes back as refused; the rest is read; hints say what the file cannot."""
    good = tmp_path / "good.txt"
    good.write_text("Ada Brenn left Sarn on Saturday.", encoding="utf-8")
    with communique.open(tmp_path / "x.db") as c:
        result = c.add([tmp_path / "missing.txt", good], workers=0, build=False, hints={"outlet": "Wire"})
        assert ["missing.txt" in str(e) for e in result.refused] == [True]
        assert c.head("good.txt").outlet == "Wire"
        assert not c.built
        c.build(workers=0)
        assert c.built


def test_json_lines_come_from_standard_input_too(tmp_path: Path) -> None:
    """The path `-` reads what it is given."""
    lines = io.BytesIO("".join(json.dumps(row) + "\n" for row in ROWS).encode())
    with communique.open(tmp_path / "x.db") as c:
        assert c.add("-", workers=0, build=False, stdin=lines).added.new == 2


def test_a_number_of_workers_that_makes_no_sense(tmp_path: Path) -> None:
    """Fewer than none is wrong usage."""
    with communique.open(tmp_path / "x.db") as c, pytest.raises(UsageError, match="-1 workers"):
        c.add(ROWS, workers=-1)


def test_a_runner_that_is_open_already_is_used_and_stays_open(tmp_path: Path) -> None:
    """Two calls of `add` share its workers."""
    with api.runner(1, model=False) as there, communique.open(tmp_path / "x.db") as c:
        assert [c.add(row, workers=there, build=False).added.new for row in ROWS] == [1, 1]


@pytest.mark.parametrize(
    ("inputs", "started"),
    [("small.txt", 1), ("large.warc", 3), (".", 3), (["small.txt", "large.warc"], 2), ([], 0), (ROWS[0], 0)],
)
def test_workers_that_inputs_keep_busy_start_at_once(
    inputs: Any, started: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for a small file, all for a large one or a folder, as many as there are for several."""
    told: list[int] = []
    monkeypatch.setattr("communique.run.pool.Pool.start", lambda _pool, _function, workers: told.append(workers))
    monkeypatch.chdir(tmp_path)
    Path("small.txt").write_bytes(b"a")
    Path("large.warc").write_bytes(bytes(1 << 20))
    with api.runner(3, model=False, inputs=inputs):
        assert told == [started]


# -- asking


def test_an_empty_database_says_that_there_is_no_record(tmp_path: Path) -> None:
    """Export, brief and record raise the same error, with what to do."""
    with communique.open(tmp_path / "x.db") as c:
        for ask in (c.record, c.export, c.brief):
            with pytest.raises(NotFoundError, match="add reports"):
                ask()
        assert c.facts("events") == ()
        assert c.counts()["reports"] == 0
        assert c.verify().sound


@pytest.mark.parametrize("name", ["ATJC-TW", "atjc-tw", "Arvenia-Tormalia Joint Commission on Transport and Waterways"])
def test_events_of_a_series_by_any_of_its_names(asked: api.Communique, name: str) -> None:
    """Its id, its name and a short name of its body mean the same, in any case of letters."""
    [series] = asked.facts("series")
    events = asked.events(series=name)
    assert events == tuple(e for e in asked.events() if e.series == series.id)
    assert len(events) >= 3
    assert asked.events(series="Xylophone Commission") == ()


def test_every_piece_of_evidence_stands_in_its_report(asked: api.Communique) -> None:
    """The example of the documentation holds."""
    for event in asked.events(series="ATJC-TW"):
        for span in event.evidence:
            assert asked.report(span.report).text[span.start : span.end] == span.text


def test_a_report_is_shown_by_its_id_and_by_its_name(asked: api.Communique) -> None:
    """Both addresses lead to the same head."""
    head = asked.facts("reports")[0]
    assert asked.show(head.id) == asked.show(head.name) == api.Found("reports", head)
    assert asked.report(head.name).id == head.id


def test_a_series_is_shown_by_its_id_in_any_case(asked: api.Communique) -> None:
    """A body and its series have one id; the series is what is shown, and it names the body."""
    found = asked.show("ATJC-TW")
    assert (found.section, found.fact.body) == ("series", "atjc-tw")


def test_every_fact_is_shown_by_its_id(asked: api.Communique) -> None:
    """Events, statements, commitments, series and disagreements are addresses."""
    for section in ("events", "statements", "commitments", "series", "disagreements", "actors"):
        for fact in asked.facts(section):
            assert asked.show(fact.id).fact.id == fact.id


@pytest.mark.parametrize("address", ["nobody", "", "r0000000000000000", "r0000000000000000.e1-2"])
def test_an_unknown_address_is_not_found(asked: api.Communique, address: str) -> None:
    """Whatever its form, it is one kind of error."""
    with pytest.raises(NotFoundError):
        asked.show(address)


def test_a_section_that_does_not_exist(asked: api.Communique) -> None:
    """The error names those that do."""
    with pytest.raises(NotFoundError, match="stories"):
        asked.facts("gossip")


def test_as_of_is_a_day(asked: api.Communique) -> None:
    """A day gives the record as it was known; what is no day is wrong usage."""
    early = asked.record("2024-12-31")
    assert {h.published_day[:4] for h in early.reports if h.published_day} == {"2024"}
    assert asked.facts("reports", "2024-12-31") == early.reports
    assert json.loads(asked.export("2024-12-31"))["build"]["as_of"] == "2024-12-31"
    for wrong in ("yesterday", "2024-13-01", "2024-05", ""):
        with pytest.raises(UsageError, match="YYYY-MM-DD"):
            asked.record(wrong)


def test_words_are_found_in_reports_and_facts(asked: api.Communique) -> None:
    """The best first, at most as many as asked for."""
    hits = asked.search("bridge freight")
    assert {"reports"} < {h.section for h in hits}
    assert asked.search("bridge freight", limit=1) == hits[:1]
    assert asked.search('" OR *') == ()


def test_only_reading_never_writes(example_copy: Path) -> None:
    """A database opened read-only answers and refuses to change."""
    before = example_copy.read_bytes()
    with communique.open(example_copy, read_only=True) as c:
        assert c.record().encode() == c.export()
        with pytest.raises(StoreError):
            c.add(ROWS, workers=0, build=False)
    assert example_copy.read_bytes() == before


def test_a_removed_report_is_in_no_fact(asked: api.Communique) -> None:
    """By name; the record has nothing of it left."""
    head = asked.facts("reports")[0]
    asked.remove(head.name, "a test")
    assert head.id.encode() not in asked.export()
    with pytest.raises(NotFoundError):
        asked.report(head.id)


# -- without a database


def test_one_text_is_read_without_a_database() -> None:
    """Its claims come back, each at its place."""
    text = ROWS[0]["text"]
    found = api.read(text, published="2024-05-04")
    assert "Ada Brenn" in {c.value for c in found.claims if c.field == "name"}
    assert all(c.span.holds(text) for c in found.claims)
    with pytest.raises(UsageError, match="blanks"):
        api.read(" \n ")


def test_a_record_in_memory_is_the_stored_one(tmp_path: Path) -> None:
    """The same reports give the same bytes with and without a database, problems too."""
    rows: list[dict[str, Any]] = [*ROWS, {"id": "empty", "text": " "}]
    with communique.open(tmp_path / "x.db") as c:
        c.add(rows, workers=0)
        assert api.record(rows).encode() == c.export()
    assert api.record(reversed(rows)).encode() == api.record(rows).encode()


def test_the_example_reports_are_files() -> None:
    """They come with Communiqué, in a fixed order."""
    paths = api.examples()
    assert len(paths) >= 5
    assert list(paths) == sorted(paths)
    assert all(Path(p).is_file() for p in paths)


def test_beside_a_series_stands_its_body(asked: api.Communique) -> None:
    """Both have one id, and both are shown."""
    (body,) = asked.show("atjc-tw").beside
    assert (body.section, body.fact.id, body.fact.kind) == ("actors", "atjc-tw", "body")
