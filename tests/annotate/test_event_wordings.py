"""One happening in the many words that newsrooms have for it."""

import pytest

import happenings
from communique import testing
from communique.model.mentions import EventMention

OF = "of the Kenya-Norway Joint Economic Committee"


def read(text: str) -> tuple[EventMention, ...]:
    return happenings.read(testing.report(text, published="2031-05-09"))[1]


def told(text: str) -> dict[str, list[str]]:
    """The values of the only happening in a text, places and people in their words."""
    words, (found,) = happenings.read(testing.report(text, published="2031-05-09"))
    fields: dict[str, list[str]] = {"status": [str(found.status)], "type": [str(found.type)]}
    for claim in found.claims:
        if claim.field in ("number", "date", "date_open", "place", "participant"):
            fields.setdefault(claim.field, []).append(words.get(claim.value, claim.value))
    return fields


@pytest.mark.parametrize(
    "text",
    [
        f"The fourth meeting {OF} got under way in Nairobi on 8 May.",
        f"The fourth meeting {OF}, chaired by two ministers, opened in Nairobi on 8 May.",
        "The Kenya-Norway Joint Economic Committee convened in Nairobi on 8 May for its fourth session.",
        "Ministers met in Nairobi on 8 May for the fourth session of the Kenya-Norway Joint Economic Committee.",
        "The Kenya-Norway Joint Economic Committee wrapped up its fourth meeting in Nairobi on 8 May.",
    ],
)
def test_a_session_is_told_once_with_its_place_and_day(text: str) -> None:
    """Whether the verb or the noun comes first, and whatever stands between them."""
    fields = told(text)
    assert fields["type"] == ["session"]
    assert fields["status"] == ["happened"]
    assert fields["number"] == ["4"]
    assert fields["place"] == ["Nairobi"]
    assert fields.get("date", fields.get("date_open")) in (["2031-05-08"], ["--05-08"])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"The fourth meeting {OF}, due to be held in Nairobi on 3 June 2031, was called off.", "cancelled"),
        (f"The fourth meeting {OF}, scheduled for 3 June 2031, was cancelled.", "cancelled"),
        (f"The fourth meeting {OF} has been postponed to 3 June 2031.", "planned"),
        (f"The fourth meeting {OF} was put off.", "cancelled"),
        (f"The fourth meeting {OF} was postponed until 3 June 2031.", "planned"),
    ],
)
def test_what_was_put_off_is_planned_only_where_its_new_day_is_told(text: str, status: str) -> None:
    """The main verb outdoes an aside on when it was due; a new day makes it a plan again."""
    fields = told(text)
    assert fields["status"] == [status]
    assert fields.get("date", []) in ([], ["2031-06-03"])
    assert (fields.get("date") == ["2031-06-03"]) == ("2031" in text)


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("Minister Grace Otieno is scheduled to pay an official visit to Norway from 3 to 5 June.", "visit", "planned"),
        ("Minister Grace Otieno is expected to visit Norway on 3 June.", "visit", "planned"),
        ("Minister Grace Otieno is set to travel to Norway on 3 June.", "visit", "planned"),
        ("Minister Grace Otieno called on Minister Kari Lund in Norway on 3 May.", "meeting", "happened"),
        ("Minister Grace Otieno spoke by phone with Minister Kari Lund of Norway on 3 May.", "talks", "happened"),
    ],
)
def test_who_visits_calls_or_speaks_takes_part(text: str, type_: str, status: str) -> None:
    """Also where the verb above is a passive: whoever is expected to come is who comes."""
    fields = told(text)
    assert (fields["type"], fields["status"]) == ([type_], [status])
    assert "Grace Otieno" in fields["participant"]


@pytest.mark.parametrize(
    "text",
    [
        "Minister Grace Otieno called on Minister Kari Lund to sign the accord.",
        "The accord was expected to be praised.",
        "Minister Grace Otieno talked about fish.",
    ],
)
def test_an_appeal_is_no_meeting(text: str) -> None:
    """Words that call a meeting by the same verb, but tell of none."""
    assert [m for m in read(text) if m.type in ("meeting", "talks", "visit")] == []


@pytest.mark.parametrize(
    "text",
    [
        "The fourth Kenya-Norway Joint Economic Committee was held in Nairobi on 8 May 2031.",
        "The 4th Kenya-Norway Joint Economic Committee met in Nairobi on 8 May 2031.",
        "The 4th session of the Ostrava–Belmar Joint Committee on Fisheries was held in Nairobi on 8 May 2031.",
        f"The IV session {OF} was held in Nairobi on 8 May 2031.",
        "At its fourth session, held in Nairobi on 8 May 2031, the Kenya-Norway Joint Economic Committee spoke.",
    ],
)
def test_a_session_is_counted_in_many_ways(text: str) -> None:
    """By the body's own name, in Roman numbers, and before the body is named at all."""
    fields = told(text)
    assert (fields["type"], fields["status"], fields["number"]) == (["session"], ["happened"], ["4"])
    assert (fields["date"], fields["place"]) == (["2031-05-08"], ["Nairobi"])


def test_who_is_on_a_visit_visits() -> None:
    """What an aside tells of somebody who met another."""
    visit, met = read("President Kofi Mensah, who is on a three-day visit to Chile, met Ana Rivas on Friday.")
    assert (visit.type, visit.status, met.type) == ("visit", "ongoing", "meeting")


def test_who_is_to_receive_a_ship_is_told_of_a_delivery() -> None:
    """A delivery that is to come, by the words of those who wait for it."""
    (found,) = read("Ghana will receive two patrol boats by the end of 2032.")
    assert (found.type, found.status) == ("delivery", "planned")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Kenya-Norway Joint Economic Committee is about to meet in Nairobi.", "planned"),
        ("The meeting of Ana Rivas and Kofi Mensah that was planned for Thursday in Accra was dropped.", "cancelled"),
    ],
)
def test_what_is_about_to_be_or_was_dropped_did_not_happen(text: str, status: str) -> None:
    """Neither is under way, and the second is no plan any more."""
    (found,) = read(text)
    assert found.status == status
