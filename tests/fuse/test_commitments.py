"""Who owes what to whom by when."""

from typing import Any

import pytest

from communique.fuse.commitments import schedule
from communique.model.dates import Date
from communique.model.words import Attested, CommitmentKind, Official, Schedule


def made(desk: Any, as_of: Any = None) -> Any:
    """The commitments of a desk."""
    return desk.record(as_of=as_of).commitments


def pledge(
    desk: Any, text: Any, official: Any = "promised", kind: Any = "pledge", published: Any = "2031-05-14", **facts: Any
) -> Any:
    """A promise by Ama Osei, in a report of its own."""
    page = desk.page(f"Ama Osei {text}", published)
    osei = page.entity("Ama Osei", country="Azania", office="Minister")
    return page, page.promise(text, kind, official, [osei], **facts)


def test_one_promise_told_twice_is_one(desk: Any) -> None:
    """Two reports of a story that tell the same words of the same person tell one promise."""
    pledge(desk, "will build a railway bridge over the river")
    pledge(desk, "promised to build a bridge for the railway over the river", kind="assurance")
    (row,) = made(desk)
    assert row.origins == 2
    assert len(row.evidence) == 2


def test_other_words_are_another_promise(desk: Any) -> None:
    """Promises that share no words stay two."""
    pledge(desk, "will build a railway bridge")
    pledge(desk, "will send forty doctors")
    assert len(made(desk)) == 2


def test_other_people_promise_other_things(desk: Any) -> None:
    """The same words by two persons who speak for different countries are two promises."""
    pledge(desk, "will send forty doctors to Borduria")
    page = desk.page("Lin Tao will send forty more doctors to Borduria and books")
    tao = page.entity("Lin Tao", country="Cathay", office="Minister")
    page.promise("will send forty more doctors to Borduria and books", "pledge", "promised", [tao])
    assert len(made(desk)) == 2


def test_two_papers_of_one_kind_are_two_promises(desk: Any) -> None:
    """What a paper is called, and that it was signed, ties no two agreements of different days together."""
    for year, subject in (("2030", "dental museums"), ("2031", "coastal potteries")):
        text = f"signed a memorandum of understanding on {subject}"
        page, _ = pledge(desk, text, "signed", "agreement", f"{year}-05-14")
        desk.apart = [*(desk.apart or ()), {page.id}]
    assert len(made(desk)) == 2


def test_a_later_report_adds_a_row(desk: Any) -> None:
    """The history begins with how a promise was made, and has a row for what a later session says."""
    one, _ = pledge(desk, "will build a railway bridge over the Ada river", published="2030-05-14")
    two, _ = pledge(
        desk, "said the railway bridge over the Ada river is being built", "under way", published="2031-05-14"
    )
    desk.apart = [{one.id}, {two.id}]
    (row,) = made(desk)
    assert [(c.on.value, c.official) for c in row.history] == [("2030-05-14", "promised"), ("2031-05-14", "under way")]
    assert row.status.official is Official.UNDER_WAY


def test_an_accepted_invitation_is_agreed(desk: Any) -> None:
    """A yes turns an offer into an agreement."""
    pledge(desk, "invited Lin Tao", "offered", "invitation", accepted="yes")
    (row,) = made(desk)
    assert (row.kind, row.status.official) == (CommitmentKind.INVITATION, Official.AGREED)


def test_an_invitation_is_kept_when_a_report_says_so(desk: Any) -> None:
    """An invitation to a session is done once a later report tells the session as held."""
    one = desk.page("Ama Osei invited Lin Tao to the 8th session of the Joint Council", "2030-05-14")
    osei = one.entity("Ama Osei")
    body = one.entity("the Joint Council", "body", name="Joint Council")
    about = one.event("the 8th session of the Joint Council", "session", "planned", body=body, number="8")
    one.promise("invited Lin Tao to the 8th session of the Joint Council", "invitation", "offered", [osei], about=about)
    (row,) = made(desk)
    assert row.status.official is Official.OFFERED
    two = desk.page("the 8th session of the Joint Council was held", "2031-05-14")
    body = two.entity("the Joint Council", "body", name="Joint Council")
    two.event("the 8th session of the Joint Council", "session", "happened", body=body, number="8", date="2031-05-14")
    desk.apart = [{one.id}, {two.id}]
    (row,) = made(desk)
    assert row.status.official is Official.DONE
    assert row.history[-1].evidence == (two.span("the 8th session of the Joint Council"),)


def test_the_word_of_one_side_is_a_claim(desk: Any) -> None:
    """What only the promiser says is claimed; what the newsroom says is reported."""
    page = desk.page("Ama Osei: we will build a bridge")
    osei = page.entity("Ama Osei")
    promise = page.promise("will build a bridge", "pledge", "promised", [osei])
    assert made(desk)[0].status.evidence is Attested.REPORTED
    page.claims = [c for c in page.claims if c.subject != promise]
    page.say(promise, "kind", "pledge", "will build a bridge", holder=osei)
    page.say(promise, "official", "promised", "will build a bridge", holder=osei)
    assert made(desk)[0].status.evidence is Attested.CLAIMED


@pytest.mark.parametrize(
    ("official", "due", "as_of", "expected"),
    [
        (Official.AGREED, None, "2031-01-01", Schedule.NO_DATE),
        (Official.AGREED, "2031", None, Schedule.UNKNOWN),
        (Official.AGREED, "2031-06", "2031-05-31", Schedule.NOT_DUE),
        (Official.AGREED, "2031-06", "2031-06-30", Schedule.DUE),
        (Official.AGREED, "2031-06", "2031-07-01", Schedule.LATE),
        (Official.DONE, "2031-06", "2031-07-01", Schedule.NOT_DUE),
        (Official.REFUSED, "2031-06", "2031-07-01", Schedule.SUPERSEDED),
    ],
)
def test_where_a_promise_stands_against_its_date(official: Any, due: Any, as_of: Any, expected: Any) -> None:
    """The schedule follows from the due date and the as-of day alone."""
    assert schedule(official, due and Date.of(due), as_of and Date.of(as_of)) is expected


def invited(desk: Any, words: str, held: str, **plan: Any) -> Any:
    """An invitation to a session of the Joint Council, and a later report of a session; their histories."""
    page = desk.page(f"{words} of the Joint Council", "2030-05-14")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    event = page.event(words, "session", "planned", body=body, **plan)
    page.promise(words, "invitation", "agreed", about=event)
    later = desk.page(f"{held} of the Joint Council", "2031-05-14")
    body = later.entity("the Joint Council", "body", name="Joint Council")
    later.event(held, "session", "happened", body=body, number="8", date="2031-05-14")
    desk.apart = [{page.id}, {later.id}]
    (row,) = made(desk)
    return [(c.on.value, c.official) for c in row.history]


@pytest.mark.parametrize(
    ("words", "plan"),
    [("an invitation to the 8th session", {"number": "8"}), ("an invitation to the next session", {})],
)
def test_an_invitation_is_kept_when_the_session_was_held(desk: Any, words: str, plan: Any) -> None:
    """The session that somebody was invited to, by number or as the next one, ends the invitation when it was held."""
    history = invited(desk, words, "the 8th session", **plan)
    assert history == [("2030-05-14", "agreed"), ("2031-05-14", "done")]


def test_an_invitation_to_another_session_stays_open(desk: Any) -> None:
    """A session with another number keeps no invitation."""
    assert invited(desk, "an invitation to the 9th session", "the 8th session", number="9") == [
        ("2030-05-14", "agreed")
    ]
