"""Rulings: anchored by their words, appended, carried out by the record, taken back without a trace."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from communique import api
from communique.errors import NotFoundError, UsageError
from communique.model.decisions import Decision, Ruling
from communique.model.ids import mention_id
from communique.model.record import Actor
from communique.model.words import ActorKind
from communique.review import rulings as review


@pytest.fixture
def asked(example_copy: Path) -> Iterator[api.Communique]:
    """A database of the example reports."""
    with api.open(example_copy) as c:
        yield c


def mention(actor: Actor) -> str:
    """The first mention of an actor."""
    span = actor.evidence[0]
    return mention_id(span.report, "n", span.start, span.end)


def people(c: api.Communique) -> list[Actor]:
    return [a for a in c.facts("actors") if a.kind is ActorKind.PERSON]


def same(c: api.Communique) -> Decision:
    """Two people who are said to be one."""
    one, other = people(c)[:2]
    reports = {m: c.report(m.partition(".")[0]) for m in (mention(one), mention(other))}
    anchors = tuple(review.anchor(report, m) for m, report in reports.items())
    return Decision(ruling=Ruling.SAME, anchors=anchors, by="Ada", on="2024-06-01", note="a test")


def test_an_anchor_holds_the_words_and_those_around(asked: api.Communique) -> None:
    """Enough to find the place again in a changed text; at the ends of a text there is less."""
    report = asked.report(asked.facts("reports")[0].id)
    found = review.anchor(report, mention_id(report.id, "n", 40, 45))
    assert found.prefix + found.quote.text + found.suffix == report.text[8:77]
    edge = review.anchor(report, mention_id(report.id, "n", 0, 3))
    assert (edge.prefix, edge.quote.text) == ("", report.text[:3])


def test_an_anchor_needs_a_mention_of_the_report(asked: api.Communique) -> None:
    """Neither free text nor another report's mention will do."""
    one, other = (asked.report(h.id) for h in asked.facts("reports")[:2])
    for wrong in ("Ada Brenn", mention_id(other.id, "n", 0, 3)):
        with pytest.raises(UsageError, match="no mention"):
            review.anchor(one, wrong)


def test_a_ruling_changes_the_record_and_a_withdrawal_gives_the_old_one_back(asked: api.Communique) -> None:
    """Two actors become one; taken back, the record has its old bytes; both rulings stay listed."""
    before, count = asked.export(), len(people(asked))
    stored = asked.decide(same(asked))
    assert len(people(asked)) == count - 1
    assert asked.record().build.decisions == 1
    asked.decide(Decision(ruling=Ruling.WITHDRAW, withdraws=stored.id, by="Ada", on="2024-06-02"))
    assert asked.export() == before
    assert [d.ruling for d in asked.decisions()] == [Ruling.SAME, Ruling.WITHDRAW]
    assert asked.verify().sound


def test_rulings_form_a_chain(asked: api.Communique) -> None:
    """Each stored ruling names the one before it, and comes back as stored."""
    first, second = (asked.decide(Decision(ruling=Ruling.UNSURE, by="Ada", note=n)) for n in "ab")
    assert (first.previous, second.previous) == ("", first.id)
    assert asked.decisions() == (first, second)


def test_the_stored_record_is_the_one_that_a_build_gives(asked: api.Communique) -> None:
    """A ruling and its record are stored in one step: building again changes nothing."""
    asked.decide(same(asked))
    after = asked.export()
    asked.build(workers=0)
    assert asked.export() == after


def test_a_withdrawal_of_nothing_is_refused(asked: api.Communique) -> None:
    """No such ruling: an error, and nothing is appended."""
    before = asked.export()
    with pytest.raises(NotFoundError, match="d0000000000000000"):
        asked.decide(Decision(ruling=Ruling.WITHDRAW, withdraws="d0000000000000000"))
    assert asked.decisions() == ()
    assert asked.export() == before


def test_the_given_ruling_need_not_know_the_chain(asked: api.Communique) -> None:
    """Whatever `previous` is given, the stored one is the chain's."""
    stored = asked.decide(Decision(ruling=Ruling.UNSURE, by="Ada", previous="d1111111111111111"))
    assert stored == msgspec.structs.replace(stored, previous="")
