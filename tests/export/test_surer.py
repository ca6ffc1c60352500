"""A record without the facts that it is not sure enough of."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from communique import api
from communique.errors import UsageError
from communique.export.brief import compose
from communique.export.brief_forms import write
from communique.export.surer import surer
from communique.model.record import Record

type Maker = Callable[..., Record]


@pytest.mark.parametrize(("least", "left"), [(0.7, 3), (0.71, 2), (0.8, 2), (0.81, 1), (0.9, 1), (0.91, 0), (1, 0)])
def test_what_says_less_is_left_out(make_record: Maker, least: float, left: int) -> None:
    """An event, a statement or a commitment stays where it says at least what is asked for."""
    kept = surer(make_record(), least)
    assert len(kept.events) + len(kept.statements) + len(kept.commitments) == left
    assert kept.build.min_confidence == least


def test_nothing_refers_to_what_is_left_out(make_record: Maker) -> None:
    """A session loses its event and stays, a part its whole; a disagreement about nothing goes."""
    whole = make_record()
    part = msgspec.structs.replace(whole.events[0], id="sidelines", part_of="council-7", confidence=1.0)
    kept = surer(msgspec.structs.replace(whole, events=(*whole.events, part)), 0.95)
    assert [(e.id, e.part_of) for e in kept.events] == [("sidelines", None)]
    assert [s.event for series in kept.series for s in series.sessions] == [None]
    assert kept.disagreements == ()


def test_with_nothing_asked_for_the_record_is_as_it_was(make_record: Maker) -> None:
    """A confidence of 0 leaves everything, and the build says nothing of it."""
    assert surer(make_record(), 0) == make_record()


@pytest.mark.parametrize("least", [-0.01, 1.01, 80, float("nan")])
def test_what_is_no_share_is_refused(make_record: Maker, least: float) -> None:
    """Eighty is not 0.8; the message says what it takes."""
    with pytest.raises(UsageError, match=r"from 0 to 1, such as 0\.8"):
        surer(make_record(), least)


def test_a_brief_says_what_it_leaves_out(make_record: Maker) -> None:
    """The foot names the confidence, and nothing is said to be missing that is only left out."""
    brief = compose(surer(make_record(), 0.95), "council")
    assert "Facts of a confidence below 0.95 are left out." in brief.foot[0]
    assert {s.empty for s in brief.sections if s.title.startswith("3.")} == {
        "Of confidence 0.95 or more: nobody is quoted."
    }


@pytest.mark.parametrize("form", ["md", "html", "docx", "json"])
def test_such_a_brief_is_verified_by_its_own_measure(example_database: Path, form: str) -> None:
    """What is held against the record is the brief that the same confidence gives; without it nothing is borne out."""
    with api.open(example_database, read_only=True) as c:
        data = write(c.brief(min_confidence=0.93), form)
        checked = c.check(data)
        assert c.brief(min_confidence=0.93) != c.brief()
    assert (checked.unsupported, checked.older) == ((), False)
    assert checked.supported > 3
