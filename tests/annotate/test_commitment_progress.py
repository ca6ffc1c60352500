"""What a report tells of earlier promises."""

import pytest

from communique import testing
from communique.annotate import commitment_progress, commitments, entities, events, nlp, quotations, times
from communique.annotate.commitment_progress import Progress


def read(text: str) -> tuple[Progress, ...]:
    """The progress told in a text."""
    parse = nlp.parse(testing.report(text, published="2031-05-12"))
    who, when = entities.read(parse), times.read(parse)
    said = quotations.read(parse, who)
    promised = commitments.read(parse, who, when, events.read(parse, who, when, said), said)
    return commitment_progress.read(parse, who, when, said, [p.span for p in promised])


def values(mention: Progress, field: str) -> list[str]:
    """The values of one field."""
    return [c.value for c in mention.claims if c.field == field]


@pytest.mark.parametrize(
    ("text", "official", "what"),
    [
        ("Ghana opened the Volta Bridge to lorries on 3 May 2031.", "done", "opened the Volta Bridge to lorries"),
        ("The harbour at Tema was completed by Norway.", "done", "The harbour at Tema was completed"),
        ("The accord on fisheries came into force.", "in force", "The accord on fisheries came into force"),
        ("Norway is going ahead with the port at Tema.", "under way", "going ahead with the port at Tema"),
        ("Construction of the port has begun.", "under way", "Construction of the port has begun"),
        ("Work is under way on the second tunnel.", "under way", "Work is under way on the second tunnel"),
        ("Ghana cancelled the plan to build a port at Tema.", "refused", "cancelled the plan to build a port at Tema"),
        ("The plan to build a port was called off.", "refused", "The plan to build a port was called off"),
        ("The opening of the Volta lock was delayed.", "discussed", "The opening of the Volta lock was delayed"),
        ("The main topic was the airport at Tamale.", "discussed", "the airport at Tamale"),
        ("Both sides welcomed the opening of the new port.", "done", "opening of the new port"),
        ("They noted with satisfaction the completion of the lock.", "done", "completion of the lock"),
        ("The port at Tema was put into operation.", "done", "The port at Tema was put into operation"),
        ("The Commission decided to drop the joint study.", "refused", "decided to drop the joint study"),
        (
            "The Commission decided not to open the office in Accra.",
            "refused",
            "decided not to open the office in Accra",
        ),
        ("They agreed to postpone the opening of the lock.", "discussed", "agreed to postpone the opening of the lock"),
    ],
)
def test_a_sentence_tells_progress(text: str, official: str, what: str) -> None:
    """What is done, in force, going on or discussed is told with the words that say so, and no kind of promise."""
    (mention,) = read(text)
    assert values(mention, "official") == [official]
    assert values(mention, "what") == [mention.span.text] == [what]
    assert values(mention, "kind") == []


def test_a_deed_has_its_doer_and_its_day() -> None:
    """Who did it and when are told where the clause of the deed says so."""
    (mention,) = read("Ghana opened the Volta Bridge to lorries on 3 May 2031.")
    assert [c.span.text for c in mention.claims if c.field == "by"] == ["Ghana"]
    assert values(mention, "date") == ["2031-05-03"]


@pytest.mark.parametrize(
    "text",
    [
        "The opening of the Volta lock has been postponed until March 2033, Minister Ama Osei said.",
        "Ghana postponed the opening of the Volta lock to March 2033.",
        "Ghana pushed back the opening of the Volta lock to March 2033.",
    ],
)
def test_what_is_put_off_has_a_new_day(text: str) -> None:
    """The day until which something is put off is the day by which it is due, not the day of putting it off."""
    (mention,) = read(text)
    assert values(mention, "official") == ["discussed"]
    assert values(mention, "due") == ["2033-03"]
    assert values(mention, "date") == []
    assert "March 2033" in mention.span.text


@pytest.mark.parametrize(
    "text",
    [
        "Ghana will cancel the plan to build a port at Tema.",
        "Ghana did not cancel the plan to build a port at Tema.",
        "Ghana may postpone the opening of the Volta lock until March 2033.",
        "The meeting of the commission has been postponed until March 2033.",
    ],
)
def test_what_is_not_taken_back_is_no_progress(text: str) -> None:
    """A plan to cancel, a denial, and a meeting put off say nothing of a promise."""
    assert read(text) == ()


def test_each_topic_is_told_by_itself() -> None:
    """A list of what was discussed is taken apart."""
    text = "The ministers discussed fish quotas, simpler visas for students, and the price of timber."
    assert [m.span.text for m in read(text)] == ["fish quotas", "simpler visas for students", "the price of timber"]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana will open the Volta Bridge to lorries.",
        "Ghana did not open the Volta Bridge to lorries.",
        "Ghana plans to open the Volta Bridge to lorries.",
        "Once completed, the bridge over the Volta will carry lorries.",
        "If Ghana opened the Volta Bridge, lorries would cross it.",
        "The talks opened up new ways.",
        "Norway opened the third session of the commission.",
    ],
)
def test_no_progress(text: str) -> None:
    """What is planned, supposed or denied is no progress, and a gathering is no deed."""
    assert read(text) == ()


def test_building_goes_on_and_is_not_done() -> None:
    """A gerund tells of no deed that was done."""
    assert all(values(m, "official") != ["done"] for m in read("Norway went ahead with building the port at Tema."))


@pytest.mark.parametrize(
    "text",
    [
        "They welcomed the planned opening of the port at Tema.",
        "They welcomed the opening of the port at Tema next year.",
        "They discussed the opening of the port at Tema.",
        "The Commission did not decide to drop the joint study.",
    ],
)
def test_what_is_yet_to_come_is_not_done(text: str) -> None:
    """A deed that is planned, dated later or only talked about is not told as done or dropped."""
    assert {v for m in read(text) for v in values(m, "official")} <= {"discussed"}


def test_a_deed_says_which_promises_it_does() -> None:
    """What was to be built is built when it is opened; its own verb comes first among equals."""
    (mention,) = read("Ghana opened the Volta Bridge to lorries.")
    assert {"open", "build", "complete"} <= set(values(mention, "fulfils"))
    assert "deliver" not in values(mention, "fulfils")
