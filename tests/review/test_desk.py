"""The desk: what waits, answers, and what was ruled before."""

from pathlib import Path

import pytest

from communique import api
from communique.errors import NotFoundError, UsageError
from communique.model.decisions import Ruling
from communique.model.review import Fate, Item, ItemKind

WHO = {"by": "Ada", "on": "2031-01-02"}


def first(c: api.Communique, kind: ItemKind) -> Item:
    """The most pressing question of a kind."""
    return c.review.queue(kind)[0]


def test_the_queue_comes_by_weight(c: api.Communique) -> None:
    """What reports disagree on comes before doubts; the same database gives the same questions."""
    items = c.review.queue()
    assert [i.weight for i in items] == sorted((i.weight for i in items), reverse=True)
    assert items[0].kind is ItemKind.DISAGREEMENT
    assert ItemKind.NAME in {i.kind for i in items}
    assert c.review.queue(limit=1) == items[:1]


def test_every_question_shows_its_evidence_and_what_an_answer_changes(c: api.Communique) -> None:
    """Sides are words of reports with those around them; choices have distinct keys and say what they do."""
    for item in c.review.queue():
        assert item.sides
        for side in item.sides:
            text = c.report(side.span.report).text
            assert side.before + side.span.text + side.after in text
        keys = [choice.key for choice in item.choices]
        assert len(set(keys)) == len(keys) > 1
        assert all(choice.effect.endswith(".") for choice in item.choices)
        assert c.review.item(item.id) == item


def test_an_answered_question_is_asked_no_more(c: api.Communique) -> None:
    """Until the ruling is withdrawn: then it waits again, with the same id."""
    item = first(c, ItemKind.DISAGREEMENT)
    made = c.review.answer(item, "1", **WHO)
    assert item.id not in {i.id for i in c.review.queue()}
    with pytest.raises(NotFoundError, match="answered"):
        c.review.item(item.id)
    c.review.withdraw(made.id, **WHO)
    assert c.review.item(item.id) == item


def test_unsure_goes_to_the_end(c: api.Communique) -> None:
    """The question stays, marked, after all others."""
    item = first(c, ItemKind.DISAGREEMENT)
    c.review.answer(item, "u", **WHO)
    last = c.review.queue()[-1]
    assert (last.id, last.unsure) == (item.id, True)


def test_a_name_may_be_one_persons(c: api.Communique) -> None:
    """Namesakes and bare surnames are asked for; the answer joins them, or keeps them apart for good."""
    item = next(i for i in c.review.queue(ItemKind.NAME) if {"Eve Talmar", "Ivo Talmar"} & {s.says for s in i.sides})
    before = len(c.facts("actors"))
    c.review.answer(item, "s", **WHO)
    assert len(c.facts("actors")) == before - 1


def test_a_value_may_be_typed(c: api.Communique) -> None:
    """`v` takes a value, which has to fit the field; other answers take none."""
    item = first(c, ItemKind.DISAGREEMENT)
    for key, value in (("v", ""), ("1", "2029-03-05"), ("z", ""), ("v", "some day")):
        with pytest.raises(UsageError):
            c.review.answer(item, key, value=value, **WHO)
    assert c.review.standings() == ()
    c.review.answer(item, "v", value="2029-03-06", **WHO)
    assert c.show(item.facts[0]).fact.date.value == "2029-03-06"


def test_anything_can_be_asked_about_a_fact(c: api.Communique) -> None:
    """Every field that a person may set, and the whole of it rejected."""
    event = c.facts("events")[0]
    item = c.review.about(event.id)
    assert {"v:date", "v:status", "v:place", "r", "u"} <= {x.key for x in item.choices}
    c.review.answer(item, "v:status", value="cancelled", **WHO)
    assert c.show(item.sides[0].mention).fact.status == "cancelled"


def test_two_of_a_kind_can_be_held_side_by_side(c: api.Communique) -> None:
    """Facts of one kind, stories, reports; not a thing and itself, nor things of two kinds."""
    story, other = (s.id for s in c.facts("stories")[:2])
    item = c.review.same(story, other)
    assert [x.key for x in item.choices] == ["s", "n", "u"]
    c.review.answer(item, "s", **WHO)
    assert len(c.facts("stories")) == 1
    for pair in ((story, story), (c.facts("events")[0].id, c.facts("actors")[0].id)):
        with pytest.raises(UsageError, match="nothing to rule"):
            c.review.same(*pair)
    with pytest.raises(NotFoundError):
        c.review.about("no-such-thing")
    with pytest.raises(UsageError, match="no kind"):
        c.review.queue("anything")


@pytest.mark.parametrize(
    ("edit", "fate"),
    [
        (("Eve Talmar signed", "Then Eve Talmar signed"), Fate.EDITED),
        (("Eve Talmar", "Eva Talmarova"), Fate.CHANGED),
        (("Fisheries Minister", "Corrected: Fisheries Minister"), Fate.MOVED),
    ],
)
def test_a_ruling_follows_its_words_or_waits(c: api.Communique, edit: tuple[str, str], fate: Fate) -> None:
    """A corrected report takes rulings over; where the words changed they are put to a person again, never dropped."""
    name = next(a for a in c.facts("actors") if a.name == "Eve Talmar")
    ada = next(a for a in c.facts("actors") if a.name == "Ada Brenn")
    made = c.review.rule(Ruling.SAME, [name.id, ada.id], **WHO)
    report = c.head("two")
    text = c.report("two").text.replace(*edit)
    c.remove("two", "a corrected one is on its way")
    row = {"id": "two", "source": report.outlet, "published": "2029-03-07", "text": text}
    c.add(row, workers=0)
    [standing] = c.review.standings()
    assert (standing.id, fate in {p.fate for p in standing.places}) == (made.id, True)
    joined = any({"Ada Brenn", "Eve Talmar"} <= {n.text for n in a.names} for a in c.facts("actors"))
    assert joined is (fate is not Fate.CHANGED)
    looks = c.review.queue(ItemKind.SECOND_LOOK)
    assert len(looks) == (fate is not Fate.MOVED)
    for item in looks:
        c.review.answer(item, "w", **WHO)
        assert c.review.queue(ItemKind.SECOND_LOOK) == ()


def test_a_ruling_made_again_answers_the_second_look(c: api.Communique) -> None:
    """It holds on the words of today; the old one stays in the list."""
    name = next(a for a in c.facts("actors") if a.name == "Eve Talmar")
    c.review.rule(Ruling.SET, [name.id], field="name", value="Eve R. Talmar", **WHO)
    text = c.report("two").text.replace("Eve Talmar signed", "Then Eve Talmar signed")
    c.remove("two", "a corrected one is on its way")
    c.add({"id": "two", "source": "Ostia Today", "published": "2029-03-07", "text": text}, workers=0)
    [item] = c.review.queue(ItemKind.SECOND_LOOK)
    c.review.answer(item, "k", **WHO)
    assert c.review.queue(ItemKind.SECOND_LOOK) == ()
    assert len(c.review.standings()) == 2


def test_there_is_no_queue_without_a_record(tmp_path: object) -> None:
    """Rulings are listed all the same."""
    with api.open(f"{tmp_path}/empty.db") as empty:
        with pytest.raises(NotFoundError, match="no record"):
            empty.review.queue()
        assert empty.review.standings() == ()


def test_a_rejected_fact_is_rejected_whole(example_copy: Path) -> None:
    """Its id is that of its first mention as well; no other mention of it comes back as a fact."""
    with api.open(example_copy) as c:
        protocol = next(e for e in c.facts("events") if e.title.endswith("signed a protocol"))
        assert len({s.report for s in protocol.evidence}) > 1
        c.review.rule(Ruling.REJECT, [protocol.id], **WHO)
        assert not [e for e in c.facts("events") if e.title.endswith("signed a protocol")]


def test_the_last_ruling_is_withdrawn_without_its_id(example_copy: Path) -> None:
    """`last` is the newest that is in force; where none is, it is said so."""
    with api.open(example_copy) as c:
        before = c.export()
        days = ("2024-05-12", "2024-05-11")
        made = [c.review.rule(Ruling.SET, ["ATJC-TW-7"], field="date", value=d, **WHO).id for d in days]
        assert [c.review.withdraw("last", **WHO).withdraws for _ in made] == made[::-1]
        assert c.export() == before
        with pytest.raises(NotFoundError, match="none to withdraw"):
            c.review.withdraw("last", **WHO)
