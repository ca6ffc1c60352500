"""Rulings as a file that another database can load."""

from collections.abc import Callable
from pathlib import Path

import pytest

from communique import api
from communique.errors import UsageError
from communique.model.decisions import Ruling
from communique.review.portable import dump, parse

WHO = {"by": "Ada", "on": "2031-01-02"}


@pytest.fixture
def ruled(c: api.Communique) -> api.Communique:
    """Three rulings: one withdrawn, and made again in the same words."""
    people = [a.id for a in c.facts("actors") if a.kind == "person"]
    first = c.review.rule(Ruling.SAME, people[:2], **WHO)
    c.review.withdraw(first.id, **WHO)
    c.review.rule(Ruling.SAME, people[:2], **WHO)
    return c


def test_a_dump_is_what_was_ruled(ruled: api.Communique) -> None:
    """One line for the form, one for each ruling; read back they are the same."""
    data = ruled.review.dump()
    assert parse(data) == ruled.decisions()
    assert dump(parse(data)) == data
    assert len(data.splitlines()) == 4


def test_a_loaded_file_gives_the_same_record(ruled: api.Communique, waiting: Path, tmp_path: Path) -> None:
    """In a database of the same reports: the same rulings, the same bytes; a second time it changes nothing."""
    (tmp_path / "other.db").write_bytes(waiting.read_bytes())
    with api.open(tmp_path / "other.db") as other:
        assert (other.review.load(ruled.review.dump()).new, other.export()) == (3, ruled.export())
        loaded = other.review.load(ruled.review.dump())
        assert (loaded.new, loaded.known) == (0, 3)
        assert other.decisions() == ruled.decisions()
        assert other.verify().sound


def test_rulings_of_two_people_come_together(ruled: api.Communique, waiting: Path, tmp_path: Path) -> None:
    """What is there stays first; the loaded rulings follow in their order, and withdraw what they withdrew."""
    (tmp_path / "other.db").write_bytes(waiting.read_bytes())
    with api.open(tmp_path / "other.db") as other:
        mine = other.review.rule(Ruling.REJECT, [other.facts("statements")[0].id], by="Ben", on="2031-01-03")
        other.review.load(ruled.review.dump())
        assert [d.ruling for d in other.decisions()] == ["reject", "same", "withdraw", "same"]
        assert other.decisions()[2].withdraws == other.decisions()[1].id
        assert [s.in_force for s in other.review.standings()] == [True, False, False, True]
        assert other.decisions()[0] == mine
        assert other.review.load(ruled.review.dump()).new == 0


def test_rulings_wait_for_reports_that_are_not_there(ruled: api.Communique, tmp_path: Path) -> None:
    """Loaded into an empty database they are kept, and carried out once their reports are added under any id."""
    with api.open(tmp_path / "empty.db") as other:
        assert other.review.load(ruled.review.dump()).new == 3
        rows = [
            {"id": f"x{h.name}", "source": "Elsewhere", "published": h.published, "text": ruled.report(h.id).text}
            for h in ruled.facts("reports")
        ]
        other.add(rows, workers=0)
        people = [a for a in other.facts("actors") if a.kind == "person"]
        assert len(people) == len([a for a in ruled.facts("actors") if a.kind == "person"])


@pytest.mark.parametrize(
    "harm",
    [
        lambda lines: lines[:-1],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
        lambda lines: [x.replace(b'"Ada"', b'"Eve"') for x in lines],
        lambda lines: [lines[0].replace(b"/1", b"/2"), *lines[1:]],
        lambda lines: [*lines[:-1], b"{"],
        lambda _lines: [],
        lambda _lines: [b"\xff\xfe"],
    ],
)
def test_an_altered_file_is_refused_whole(ruled: api.Communique, harm: Callable[[list[bytes]], list[bytes]]) -> None:
    """A line cut, moved, lost or edited: an error that says so, and nothing is loaded."""
    before = ruled.decisions()
    with pytest.raises(UsageError):
        ruled.review.load(b"\n".join(harm(ruled.review.dump().splitlines())))
    assert ruled.decisions() == before
