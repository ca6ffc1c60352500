"""A brief and its record: that of today, that of a day, that of an older build."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from communique import api, pipeline
from communique.export.brief import compose
from communique.export.brief_forms import write
from communique.export.brief_history import checked
from communique.ingest.sources import Source
from communique.store.store import Store

UNDATED = {"id": "undated", "text": "Transport Minister Helena Marsk and Yusef Andari met in Quessa. Nobody said when."}


@pytest.fixture
def grown(examples: tuple[Source, ...], remembering: Any, tmp_path: Path) -> tuple[Path, bytes]:
    """A database that has grown since its brief was printed, and that brief."""
    path = tmp_path / "x.db"
    with Store.open(path) as store:
        pipeline.add(store, examples[:4], remembering)
        pipeline.build(store, remembering)
    with api.open(path, read_only=True) as c:
        printed = write(c.brief(), "docx")
    with Store.open(path) as store:
        pipeline.add(store, examples, remembering)
        pipeline.build(store, remembering)
    return path, printed


def test_a_brief_of_an_older_build_is_held_against_that_build(grown: tuple[Path, bytes]) -> None:
    """It is said to be older, and all of it holds; a changed digit in it does not."""
    path, printed = grown
    with api.open(path, read_only=True) as c:
        result = c.check(printed)
        assert (result.older, result.unsupported, result.own) == (True, (), ())
        assert result.supported > 10
        markdown = c.brief().markdown.encode()
        assert not c.check(markdown).older


def test_a_changed_digit_in_an_older_brief_is_counted(
    examples: tuple[Source, ...], remembering: Any, tmp_path: Path
) -> None:
    """Being older is no excuse."""
    path = tmp_path / "x.db"
    with Store.open(path) as store:
        pipeline.add(store, examples[:4], remembering)
        pipeline.build(store, remembering)
    with api.open(path, read_only=True) as c:
        line = next(x for x in c.brief().markdown.splitlines() if x.startswith("- 14 May 2024"))
        changed = c.brief().markdown.replace(line, line.replace("14 May", "15 May")).encode()
    with Store.open(path) as store:
        pipeline.add(store, examples, remembering)
        pipeline.build(store, remembering)
    with api.open(path, read_only=True) as c:
        result = c.check(changed)
    assert result.older
    assert [u.text for u in result.unsupported if u.text.startswith("15 May 2024")]


def test_a_brief_whose_build_cannot_be_had_again_is_held_against_that_of_today(
    grown: tuple[Path, bytes],
) -> None:
    """A report was removed since: what only it said is unsupported, and the brief is said to be older."""
    path, printed = grown
    with Store.open(path) as store:
        with store.view() as view:
            gone = next(h.id for h in view.reports() if h.name == "2024-05-14-lindhaven-courier.txt")
        pipeline.remove(store, gone, "a test")
        with store.view() as view:
            result = checked(view, printed, partial(pipeline.record_of))
    assert result.older
    assert result.unsupported


def test_a_brief_as_of_a_day_knows_what_was_out_then_and_counts_undated_reports(
    examples: tuple[Source, ...], tmp_path: Path
) -> None:
    """Later reports do not count, undated ones are left out and counted, and the brief verifies."""
    path = tmp_path / "x.db"
    with api.open(path) as c:
        c.add(
            [{"id": s.name, "text": s.data.decode()} for s in examples if s.name.endswith(".txt")],
            workers=0,
            build=False,
        )
        c.add(UNDATED, workers=0)
        brief = c.brief(as_of="2024-12-31")
        assert brief.stamp.undated >= 1
        assert "undated report" in brief.foot[0]
        assert "left out" in brief.foot[0]
        assert "2025" not in "".join(line.text for line in brief.sections[0].lines)
        for form in ("md", "docx"):
            result = c.check(write(brief, form))
            assert (result.unsupported, result.own, result.older) == ((), (), False)
        assert b"nobody said when" not in c.export("2024-12-31", form="jsonl", full_text=True).lower()
        assert b"nobody said when" in c.export(form="jsonl", full_text=True).lower()


def test_the_part_of_the_record_gives_the_same_brief_as_the_whole(example_database: Path) -> None:
    """Whatever the subject: what a brief leaves unread, it does not need."""
    with api.open(example_database, read_only=True) as c:
        record = c.record()
        for wanted in (None, *(s.id for s in record.series), *(s.id for s in record.stories)):
            part = c.brief(wanted)
            assert part.markdown == compose(record, wanted, part.stamp).markdown
