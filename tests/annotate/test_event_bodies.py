"""Whose session "the 6th session" is."""

import pytest

from communique import testing
from communique.annotate import entities, events, nlp, quotations, times

BODY = "Brazil-Kenya Joint Commission"


def bodies(text: str) -> dict[str, list[str]]:
    """The number of each numbered happening -> name and rule of its body."""
    parse = nlp.parse(testing.report(text, published="2031-05-12"))
    who = entities.read(parse)
    names = {m.id: m.name for m in who.mentions}
    found = events.read(parse, who, times.read(parse), quotations.read(parse, who))
    return {
        number.value: [f"{names[c.value]}/{c.rule.partition(':')[0]}" for c in e.claims if c.field == "body"]
        for e in found
        for number in e.claims
        if number.field == "number"
    }


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("The 6th session was held in Nairobi in June 2029.", "6"),
        ("The eighth session will be held in Brasilia in 2033.", "8"),
        ("The 6th meeting took place in Nairobi.", "6"),
    ],
)
def test_a_bare_session_is_that_of_the_body_with_numbered_sessions(words: str, number: str) -> None:
    """Where a report tells of the numbered sessions of one body, a further one is that body's."""
    text = f"The seventh session of the {BODY} was held in Brasilia on Monday.\n\n{words}"
    assert bodies(text)[number] == [f"{BODY}/anaphora"]


def test_a_bare_session_is_that_of_the_body_named_before_it() -> None:
    """Without other numbers it is the one body that its paragraph names before it."""
    assert bodies(
        f"The {BODY}, established in 2018, meets every year. The 6th session was held in Nairobi in 2029."
    ) == {"6": [f"{BODY}/anaphora"]}


@pytest.mark.parametrize(
    "text",
    [
        f"The 7th session of the {BODY} met. The 3rd session of the Chile-Kenya Council met. The 6th session was held.",
        f"The {BODY} meets every year.\n\nThe 6th session was held in Nairobi in 2029.",
    ],
)
def test_in_doubt_a_session_has_no_body(text: str) -> None:
    """Two bodies with numbers, or none near, leave a bare session without a body."""
    assert bodies(text).get("6", []) == []


def test_a_persons_count_is_no_number() -> None:
    """What somebody counts of their own meetings numbers no session."""
    assert "4" not in bodies(f"The 7th session of the {BODY} met in Oslo. It was her fourth meeting with the Queen.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"The {BODY} met for the fourth time in Nairobi on Monday.", "4"),
        (f"The {BODY}, which met for the 12th time, ended with a quarrel.", "12"),
        (f"The 7th session of the {BODY} was held on Monday. Its sixth session was held in Nairobi in 2029.", "6"),
        (
            f"The 7th session of the {BODY} was held on Monday.\n\nThe eighth is due to be held in Brasilia in 2033.",
            "8",
        ),
        ("The fifth Atlantic Water Forum closed on Friday.\n\nThe fourth forum took place in Lima in 2029.", "4"),
    ],
)
def test_which_time_a_body_meets_numbers_its_session(text: str, number: str) -> None:
    """A meeting "for the fourth time", "its sixth session", "the eighth" and "the fourth forum" are its sessions."""
    assert bodies(text)[number]


def test_an_ordinal_of_something_else_is_no_session() -> None:
    """An ordinal without a noun is nobody's session where the report numbers none, or where no holding is told."""
    assert bodies("The second was held in Paris in 2029.") == {}
    assert "2" not in bodies(f"The 7th session of the {BODY} was held on Monday. The second was opened by the mayor.")
