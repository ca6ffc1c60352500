"""Lines that are furniture by their own words."""

import pytest

from communique.ingest.furniture_lines import is_date, is_issuer, kind
from communique.model.reports import FurnitureKind as Kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Search icon", Kind.INTERFACE),
        ("Share | Tweet | Email", Kind.INTERFACE),
        ("ADVERTISEMENT", Kind.INTERFACE),
        ("https://news.example/2020/05/a-new-pier", Kind.INTERFACE),
        ("4 min read", Kind.INTERFACE),
        ("12 Comments", Kind.INTERFACE),
        ("* * *", Kind.INTERFACE),
        ("<…>", Kind.INTERFACE),
        ("END 4:15 P.M. EST", Kind.INTERFACE),
        ("Published: 4 May 2020, 10:00 am GMT", Kind.PUBLISHED),
        ("Posted on Monday, May 4, 2020", Kind.PUBLISHED),
        ("Last Updated: May 04, 2020 09:12 IST", Kind.UPDATED),
        ("Reported by: Ana Lau", Kind.BYLINE),
        ("By Ana Lau and Joost de Wit", Kind.BYLINE),
        ("Our Special Correspondent", Kind.BYLINE),
        ("(Reuters)", Kind.BYLINE),
        ("PTI", Kind.BYLINE),
        ("Source: Ministry of Fisheries", Kind.BYLINE),
        ("(With inputs from agencies)", Kind.BYLINE),
        ("Photo: Ana Lau/Pool", Kind.CAPTION),
        ("The ministers at the pier (Photo by Ana Lau)", Kind.CAPTION),
        ("The ministers at the pier. File photo", Kind.CAPTION),
        ("A ship in the bay | Image: Navy", Kind.CAPTION),
        ("Also read: What the treaty says", Kind.PROMOTION),
        ("Follow us on Facebook and X for more", Kind.PROMOTION),
        ("Follow Ana Lau on Twitter @analau", Kind.PROMOTION),
        ("Download the Lagoon Post app for iOS and Android.", Kind.PROMOTION),
        ("Subscribe to our newsletter", Kind.PROMOTION),
        ("Disclaimer: the desk did not edit this.", Kind.DISCLAIMER),
        ("(This story has not been edited by our staff and is published from a syndicated feed.)", Kind.DISCLAIMER),
        ("© 2020 Lagoon Post. All rights reserved", Kind.DISCLAIMER),
        ("Tags: fisheries, Suva", Kind.TAG),
    ],
)
def test_furniture_is_known_by_its_words(line: str, expected: Kind) -> None:
    """Each kind of line that news pages print is recognised."""
    assert kind(line) is expected


@pytest.mark.parametrize(
    "line",
    [
        "The minister said that the treaty would be signed.",
        "Published on May 4, 2020, the report names three ships that were sold.",
        "Updated rules on May 4 changed the trade.",
        "By 2030 both countries want to double their trade.",
        "By Monday the talks had ended.",
        "Get ready for the next session, the minister said.",
        "Follow the money, said the minister.",
        "Sources said the talks had failed.",
        "Thank you.",
        "(Laughter)",
        "PRIME MINISTER:",
        "Share prices fell.",
        "Photos of the two ministers were shown to the press.",
        "Additional talks are planned for May.",
        "To receive the guests, the minister came to the pier.",
        "Date palms are grown there.",
    ],
)
def test_narration_is_left_alone(line: str) -> None:
    """Sentences that begin like furniture are not furniture."""
    assert kind(line) is None


@pytest.mark.parametrize(
    "line",
    ["June 4, 2011", "4 June 2011", "04/06/2011", "2011-06-04", "Saturday, June 4th, 2011", "June 3 − 5, 2011",
     "October 30 − November 1, 2009", "June 4, 2011 16:20", "June 12, 2014 For Immediate Release", "4 June, 2011."],
)  # fmt: skip
def test_lines_of_a_date_alone(line: str) -> None:
    """A date with a weekday, a time or a release note is a date line."""
    assert is_date(line)


@pytest.mark.parametrize("line", ["June 4", "On June 4, 2011 they met", "Summit of June 4, 2011", "16:20", "", "2011"])
def test_lines_with_more_than_a_date(line: str) -> None:
    """Words beside the date, or no full date, make it another line."""
    assert not is_date(line)


def test_issuing_offices() -> None:
    """The office that issued a text is known by its first words."""
    assert is_issuer("The Office of the Press Secretary")
    assert is_issuer("Ministry of Fisheries")
    assert not is_issuer("Meeting at the Ministry of Fisheries")
