"""Every kind of ruling visibly changes the record, and a withdrawal brings the old one back byte for byte."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique import api
from communique.model.decisions import Ruling
from communique.model.record import Record

WHO = {"by": "Ada", "on": "2031-01-02"}

#: Reports about invented commissions and visits of several invented countries.
ROWS: list[dict[str, str]] = [
    {
        "id": "sarn-1",
        "source": "Sarn Gazette",
        "published": "2029-03-06",
        "text": "The 7th session of the Velmark-Ostia Joint Fisheries Commission was held in Sarn on 5 March 2029. It "
        "was co-chaired by Velmark's Fisheries Minister Ada Brenn and Ostia's Fisheries Minister Ivo Talmar. “We will "
        "count every cod in the strait before the summer ends,” Ada Brenn said.",
    },
    {
        "id": "sarn-2",
        "source": "Ostia Today",
        "published": "2029-03-06",
        "text": "Ostia's Fisheries Minister Ivo Talmar co-chaired the 7th session of the Velmark-Ostia Joint "
        "Fisheries Commission in Sarn on 4 March 2029. Ivo Talmar met Ada Brenn. “Ostia keeps its word on the "
        "quotas of the "
        "northern bank,” Talmar said. Ostia promised to deliver two patrol boats to Velmark by "
        "May 2030.",
    },
    {
        "id": "quill-1",
        "source": "Quill Courier",
        "published": "2030-09-12",
        "text": "President Tomas Harrow of Quillon visited Bremma on 11 September 2030 and held talks with Prime "
        "Minister Lena Okoro. “Our railway will reach the coast within four years,” Lena Okoro said on Wednesday.",
    },
    {
        "id": "quill-2",
        "source": "Bremma Herald",
        "published": "2030-09-12",
        "text": "President T. Harrow of Quillon arrived in Bremma on 11 September 2030 for a visit. He met the heads "
        "of three rail firms. A signing ceremony for the coast railway was held in Bremma on 11 September 2030.",
    },
    {
        "id": "tarn-1",
        "source": "Tarnia Wire",
        "published": "2031-01-20",
        "text": "Foreign Minister Marek Olander of Tarnia met Foreign Minister Sunniva Dahl of Ostmere in Tarn City on "
        "19 January 2031. “The border posts open on the first of March,” Olander said.",
    },
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the reports."""
    path = tmp_path_factory.mktemp("ruled") / "x.db"
    with api.open(path) as c:
        assert c.add(ROWS, workers=0).added.new == len(ROWS)
    return path


@pytest.fixture
def c(built: Path, tmp_path: Path) -> Iterator[api.Communique]:
    """A copy that a test may rule on; whatever it ruled, withdrawing all of it brings the old bytes back."""
    (tmp_path / "c.db").write_bytes(built.read_bytes())
    with api.open(tmp_path / "c.db") as opened:
        before = opened.export()
        yield opened
        assert opened.export() != before, "the ruling changed nothing"
        for standing in reversed(opened.review.standings()):
            if standing.in_force:
                opened.review.withdraw(standing.id, **WHO)
        assert opened.export() == before
        assert opened.verify().sound


def only(found: list[Any]) -> Any:
    assert len(found) == 1, found
    return found[0]


def actor(record: Record, name: str) -> Any:
    return only([a for a in record.actors if a.name == name and a.kind == "person"])


def event(record: Record, kind: str, words: str = "") -> Any:
    return next(e for e in record.events if e.type == kind and words in e.title)


def said(record: Record, words: str) -> Any:
    return only([s for s in record.statements if words in s.text])


# -- actors


def test_two_actors_become_one(c: api.Communique) -> None:
    """One actor holds the evidence of both, and every fact that named either names it."""
    one, other = actor(c.record(), "Marek Olander"), actor(c.record(), "Sunniva Dahl")
    c.review.rule(Ruling.SAME, [one.id, other.id], **WHO)
    merged = only([a for a in c.record().actors if set(one.evidence) <= set(a.evidence)])
    assert set(other.evidence) <= set(merged.evidence)
    assert "decision" in {m.rule for m in merged.merged}
    assert [p.actor for p in event(c.record(), "meeting", "Marek").participants] == [merged.id]


def test_one_actor_becomes_two_across_reports(c: api.Communique) -> None:
    """Namesakes that reports only print alike are parted."""
    held = actor(c.record(), "Tomas Harrow")
    short, full = (next(s for s in held.evidence if s.text == t) for t in ("T. Harrow", "Tomas Harrow"))
    c.review.rule(Ruling.NOT_SAME, [f"{s.report}.n{s.start}-{s.end}" for s in (short, full)], **WHO)
    assert short not in actor(c.record(), "Tomas Harrow").evidence
    assert short in actor(c.record(), "T. Harrow").evidence


def test_one_actor_becomes_two_inside_a_report(c: api.Communique) -> None:
    """A surname that a report uses for somebody else is no longer its namesake's; his words are not, either."""
    held = actor(c.record(), "Marek Olander")
    full, bare = (next(s for s in held.evidence if s.text == t) for t in ("Marek Olander", "Olander"))
    c.review.rule(Ruling.NOT_SAME, [f"{s.report}.n{s.start}-{s.end}" for s in (full, bare)], **WHO)
    assert actor(c.record(), "Marek Olander").evidence == (full,)
    assert said(c.record(), "border posts").speaker == actor(c.record(), "Olander").id


def test_the_newest_ruling_on_a_pair_wins(c: api.Communique) -> None:
    """A person may change their mind without taking the first ruling back."""
    one, other = (actor(c.record(), n).id for n in ("Marek Olander", "Sunniva Dahl"))
    c.review.rule(Ruling.NOT_SAME, [one, other], **WHO)
    c.review.rule(Ruling.SAME, [one, other], **WHO)
    assert not [a for a in c.record().actors if a.name == "Sunniva Dahl" and a.id == other]
    c.review.rule(Ruling.NOT_SAME, [one, other], **WHO)
    assert actor(c.record(), "Sunniva Dahl").id == other


def test_an_actor_gets_a_name_and_a_kind(c: api.Communique) -> None:
    """What a person sets outranks what reports print."""
    c.review.rule(Ruling.SET, [actor(c.record(), "Lena Okoro").id], field="name", value="Lena N. Okoro", **WHO)
    c.review.rule(Ruling.SET, ["quillon"], field="kind", value="country", **WHO)
    assert actor(c.record(), "Lena N. Okoro").names[0].text == "Lena Okoro"
    assert only([a for a in c.record().actors if a.name == "Quillon"]).kind == "country"


# -- events and sessions


def test_two_events_become_one(c: api.Communique) -> None:
    """The visit and its talks are one event, with the participants of both; both addresses lead to it."""
    one, other = event(c.record(), "visit"), event(c.record(), "talks")
    mentions = [m for e in (one, other) for m in c.review.mentions(e.id)]
    c.review.rule(Ruling.SAME, [one.id, other.id], **WHO)
    found = only(list({c.show(m).fact.id: c.show(m).fact for m in mentions}.values()))
    assert len(found.participants) == 2


SESSION = "velmark-ostia-joint-fisheries-commission-7"


def test_one_session_becomes_two(c: api.Communique) -> None:
    """What the program holds to be one numbered session is parted; the series has both."""
    telling = c.review.mentions(SESSION)
    [other] = [m for m in telling if "4 March" in c.report(m.partition(".")[0]).text]
    for one in set(telling) - {other}:
        c.review.rule(Ruling.NOT_SAME, [one, other], **WHO)
    found = [e for e in c.record().events if e.type == "session"]
    assert {e.date.value for e in found if e.date} == {"2029-03-04", "2029-03-05"}
    assert len(c.facts("series")[0].sessions) == 2
    assert c.facts("disagreements") == ()


def test_an_event_gets_a_day(c: api.Communique) -> None:
    """The day that a person sets is preferred; both sides of the disagreement stay, and its question is answered."""
    [item] = c.review.queue("disagreement")
    c.review.answer(item, "2", **WHO)
    assert c.show(SESSION).fact.date.value == "2029-03-05"
    [disagreement] = c.facts("disagreements")
    assert [v.value for v in disagreement.values] == ["2029-03-04", "2029-03-05"]
    assert disagreement.preferred == "2029-03-05"
    assert "decided" in disagreement.reason
    assert c.review.queue("disagreement") == ()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("status", "cancelled", "cancelled"), ("type", "summit", "summit"), ("number", "8", 8), ("date", "2029", "2029")],
)
def test_an_event_gets_a_value(c: api.Communique, field: str, value: str, told: object) -> None:
    """Status, type, number and a date of any precision."""
    c.review.rule(Ruling.SET, list(c.review.mentions(SESSION)), field=field, value=value, **WHO)
    found = getattr(only([e for e in c.record().events if e.type in ("session", "summit")]), field)
    assert (found.value if field == "date" else found) == told


def test_an_event_gets_a_place_and_its_company(c: api.Communique) -> None:
    """Places and participants are set by the id of an actor."""
    ceremony, place, who = event(c.record(), "ceremony").id, None, actor(c.record(), "Lena Okoro")
    place = only([a for a in c.record().actors if a.name == "Bremma"]).id
    c.review.rule(Ruling.SET, [ceremony], field="place", value=place, **WHO)
    c.review.rule(Ruling.SET, [ceremony], field="participant", value=who.id, **WHO)
    assert c.show(ceremony).fact.place == place
    assert [p.actor for p in c.show(ceremony).fact.participants] == [who.id]


def test_a_false_event_is_rejected(c: api.Communique) -> None:
    """It leaves the record, and nothing else does."""
    ceremony = event(c.record(), "ceremony").id
    others = {e.id for e in c.record().events} - {ceremony}
    c.review.rule(Ruling.REJECT, [ceremony], **WHO)
    assert {e.id for e in c.record().events} == others


def test_one_wrong_value_is_rejected(c: api.Communique) -> None:
    """Of one field, one value: the day of one report goes, that of the other stays."""
    first = c.review.mentions(SESSION)[0]
    [other] = [m for m in c.review.mentions(SESSION) if m.partition(".")[0] != first.partition(".")[0]]
    c.review.rule(Ruling.REJECT, [other], field="date", **WHO)
    day = c.show(first).fact.date.value
    assert c.facts("disagreements") == ()
    assert day in ("2029-03-04", "2029-03-05")


# -- statements and commitments


def test_a_false_statement_is_rejected(c: api.Communique) -> None:
    """Nobody said it."""
    c.review.rule(Ruling.REJECT, [said(c.record(), "every cod").id], **WHO)
    assert [s for s in c.record().statements if "every cod" in s.text] == []


def test_a_statement_gets_its_speaker(c: api.Communique) -> None:
    """Set by the actor's id; the wording keeps the one that its report prints."""
    lena, ada = (actor(c.record(), n).id for n in ("Lena Okoro", "Ada Brenn"))
    c.review.rule(Ruling.SET, [said(c.record(), "every cod").id], field="speaker", value=lena, **WHO)
    statement = said(c.record(), "every cod")
    assert (statement.speaker, statement.quotations[0].speaker) == (lena, ada)


def test_two_statements_become_one(c: api.Communique) -> None:
    """One statement with both wordings; parted again by a newer ruling."""
    one, other = (said(c.record(), w).id for w in ("every cod", "keeps its word"))
    c.review.rule(Ruling.SAME, [one, other], **WHO)
    assert len(c.show(one).fact.quotations) == 2
    with pytest.raises(AssertionError):
        said(c.record(), "keeps its word on the quotas of the southern bank")


def test_a_commitment_gets_its_state_its_day_and_its_parties(c: api.Communique) -> None:
    """How far it has come, by when, and who owes it."""
    owed = c.facts("commitments")[0].id
    c.review.rule(Ruling.SET, [owed], field="official", value="done", **WHO)
    c.review.rule(Ruling.SET, [owed], field="due", value="2030-06", **WHO)
    c.review.rule(Ruling.SET, [owed], field="by", value="ostia", **WHO)
    fact = c.show(owed).fact
    assert (fact.status.official, fact.due.value, fact.by) == ("done", "2030-06", ("ostia",))


def test_a_commitment_that_nobody_made_is_rejected(c: api.Communique) -> None:
    """It leaves the record."""
    c.review.rule(Ruling.REJECT, [c.facts("commitments")[0].id], **WHO)
    assert c.facts("commitments") == ()


# -- stories


def test_two_stories_become_one(c: api.Communique) -> None:
    """Their reports tell one happening; the partition stays one."""
    before = c.facts("stories")
    c.review.rule(Ruling.SAME, [before[0].id, before[1].id], **WHO)
    after = c.facts("stories")
    assert len(after) == len(before) - 1
    assert sorted(r for s in after for r in s.reports) == sorted(r for s in before for r in s.reports)


def test_one_story_becomes_two(c: api.Communique) -> None:
    """A report leaves the story of another."""
    story = next(s for s in c.facts("stories") if len(s.reports) > 1)
    c.review.rule(Ruling.NOT_SAME, list(story.reports[:2]), **WHO)
    assert [s.reports for s in c.facts("stories") if set(s.reports) & set(story.reports)] == [
        (r,) for r in story.reports
    ]


# -- what no ruling may do


def test_rulings_come_back_in_a_rebuild(c: api.Communique) -> None:
    """Reading everything anew gives the same record with the same rulings."""
    c.review.rule(Ruling.REJECT, [event(c.record(), "ceremony").id], **WHO)
    c.review.rule(Ruling.SET, [SESSION], field="date", value="2029-03-05", **WHO)
    after = c.export()
    c.build(everything=True, workers=0)
    assert c.export() == after
