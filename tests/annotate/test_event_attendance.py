"""Who was present, where a clause of its own says so of a gathering told before."""

import pytest

import happenings
from communique import testing
from communique.model.claims import Modality

HELD = "The 16th session of the Kenya-Norway Joint Commission on Energy was held in Oslo on 11 November 2002."
PLANNED = "The 17th session of the Kenya-Norway Joint Commission on Energy will be held in Nairobi in 2033."


def present(text: str) -> dict[str, str]:
    """Who took part in numbered sessions that happened, by their words, with their part in it."""
    words, found = happenings.read(testing.report(text, published="2031-05-12"))
    return {
        words[c.value]: c.qualifier
        for m in found
        if any(n.field == "number" and n.value == "16" for n in m.claims) and m.status is Modality.HAPPENED
        for c in m.claims
        if c.field == "participant"
    }


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("It was attended by Minister Igor Stan and Ambassador Petra Holm.", "attendee"),
        ("The meeting was attended by Minister Igor Stan and Ambassador Petra Holm.", "attendee"),
        ("It was co-chaired by Minister Igor Stan and Ambassador Petra Holm.", "co-chair"),
        ("The meeting was chaired by Minister Igor Stan from the Kenyan side and Ambassador Petra Holm.", "chair"),
        ("Among those present were Minister Igor Stan and Ambassador Petra Holm.", "attendee"),
        ("Also present were Minister Igor Stan and Ambassador Petra Holm.", "attendee"),
        ("The participants were Minister Igor Stan and Ambassador Petra Holm.", "attendee"),
        ("The Kenyan delegation included Minister Igor Stan and Ambassador Petra Holm.", "delegate"),
        ("The Kenyan side was led by Minister Igor Stan, the Norwegian side by Ambassador Petra Holm.", "delegate"),
        ("Minister Igor Stan led the Kenyan delegation, and Ambassador Petra Holm led the Norwegian team.", "delegate"),
        ("Kenya was represented by Minister Igor Stan. Norway was represented by Ambassador Petra Holm.", "delegate"),
        ("The two sides, represented by Minister Igor Stan and Ambassador Petra Holm, reviewed progress.", "delegate"),
        ("Representing Kenya were Minister Igor Stan, who came late, and Ambassador Petra Holm.", "delegate"),
        ("Representing Kenya were Minister Igor Stan; representing Norway, Ambassador Petra Holm.", "delegate"),
        ("The co-chairs, Minister Igor Stan and Ambassador Petra Holm, signed the minutes.", "co-chair"),
    ],
)
def test_a_clause_of_its_own_says_who_was_at_a_session(said: str, part: str) -> None:
    """Whatever the words, both took part in the session told before them."""
    assert present(f"{HELD} {said}") == {"Igor Stan": part, "Petra Holm": part}


def test_those_under_whose_chairmanship_it_was_held_led_it() -> None:
    """The session's own sentence says so, behind its place and day."""
    text = HELD.replace(".", " under the co-chairmanship of Minister Igor Stan and Ambassador Petra Holm.")
    assert present(text) == {"Igor Stan": "co-chair", "Petra Holm": "co-chair"}


@pytest.mark.parametrize(
    "said",
    [
        "The Kenyan delegation will be headed by Minister Igor Stan.",
        "Minister Igor Stan, who leads a company, watched from afar.",
        "A delegation led by Minister Igor Stan toured a dam.",
        "The list of guests included Minister Igor Stan.",
        "Minister Igor Stan was not represented by anybody.",
    ],
)
def test_nobody_is_present_on_words_that_do_not_say_so(said: str) -> None:
    """A plan, another delegation, another list: the session that happened has nobody."""
    assert present(f"{HELD} {said}") == {}


def test_who_is_to_lead_belongs_to_the_session_that_is_to_come() -> None:
    """Two plans go together, also over a break between paragraphs."""
    text = f"{PLANNED}\n\nThe Norwegian delegation will be headed by Minister Igor Stan."
    words, found = happenings.read(testing.report(text, published="2031-05-12"))
    named = {c.value for m in found for c in m.claims if c.field == "participant"}
    assert {words[i] for i in named} == {"Igor Stan"}
    assert {m.status for m in found} == {Modality.PLANNED}


def test_two_gatherings_and_it_is_not_sure_which_is_meant() -> None:
    """In another paragraph, after two gatherings without numbers, nobody is given to either."""
    text = (
        "Talks were held in Oslo on 3 May 2031. A summit was held in Nairobi on 7 May 2031.\n\n"
        "The Kenyan delegation was headed by Minister Igor Stan."
    )
    _, found = happenings.read(testing.report(text, published="2031-05-12"))
    assert not [c for m in found for c in m.claims if c.field == "participant"]
