"""Furniture of whole pages. The pages are invented."""

import pytest

from communique.ingest.furniture import mark
from communique.model.reports import FurnitureKind as Kind

BODY = (
    "Minister Ketil Brandvik met his colleague Amara Sesay on Thursday and signed a protocol on coastal shipping "
    "after two days of talks in the harbour city."
)
MORE = "The two sides will meet again next year, when the other country is the host, the ministry said in a statement."


def marked(text: str, title: str | None = None) -> list[tuple[Kind, str]]:
    """Kinds and words of the furniture of a text, blank lines left out."""
    return [(m.kind, text[m.start : m.end]) for m in mark(text, title) if m.kind is not Kind.BLANK]


NEWS = f""" date 2022-03-17 Search icon
Published 18:05 GMT, March 17th 2022

What the Two Ministers Agreed in Freetown | Explained

Written by: World Desk
Brandvik and Sesay at the pier in Freetown | Image: Ministry / @fisheries

Freetown: {BODY}

New Routes, Old Ships: The Coast Line Returns

{MORE}

Had a fine day with my friend… pic.twitter.com/Ab12— Ketil Brandvik (@kbrandvik) March 17, 2022

{MORE}
\xa0
Get Current Updates on World News and all that matters.

Updated 19:40 GMT, March 17th 2022

Ketil Brandvik
"""


def test_a_news_page_is_marked_from_stamp_to_tag() -> None:
    """Every part of a page that is not narration is marked with its kind, and nothing else is."""
    assert marked(NEWS) == [
        (Kind.STAMP, " date 2022-03-17"),
        (Kind.INTERFACE, "Search icon"),
        (Kind.PUBLISHED, "Published 18:05 GMT, March 17th 2022"),
        (Kind.HEADLINE, "What the Two Ministers Agreed in Freetown | Explained"),
        (Kind.BYLINE, "Written by: World Desk"),
        (Kind.CAPTION, "Brandvik and Sesay at the pier in Freetown | Image: Ministry / @fisheries"),
        (Kind.DATELINE, "Freetown:"),
        (Kind.HEADING, "New Routes, Old Ships: The Coast Line Returns"),
        (Kind.WIDGET, "pic.twitter.com/Ab12— Ketil Brandvik (@kbrandvik) March 17, 2022"),
        (Kind.PROMOTION, "Get Current Updates on World News and all that matters."),
        (Kind.UPDATED, "Updated 19:40 GMT, March 17th 2022"),
        (Kind.TAG, "Ketil Brandvik"),
    ]


def test_blank_lines_that_hold_something_are_marked_once() -> None:
    """Lines of no-break blanks are BLANK; neighbours become one mark."""
    text = f"{BODY}\n\xa0\n \n\n{MORE}"
    assert [(m.kind, text[m.start : m.end]) for m in mark(text)] == [(Kind.BLANK, "\xa0\n ")]


OFFICIAL = f"""Meeting of the Coastal Shipping Council

June 4, 2011
16:20
The Old Customs House, Suva

{BODY}

* * *

{MORE}

See also

Statement after the Coastal Shipping Council

June 4, 2011

Visit to Fiji

June 3 − 5, 2011
"""


def test_an_official_page_is_marked() -> None:
    """Headline, day, time and place at the head; at the foot the related titles with their days."""
    assert marked(OFFICIAL) == [
        (Kind.HEADLINE, "Meeting of the Coastal Shipping Council"),
        (Kind.PUBLISHED, "June 4, 2011"),
        (Kind.PUBLISHED, "16:20"),
        (Kind.DATELINE, "The Old Customs House, Suva"),
        (Kind.INTERFACE, "* * *"),
        (Kind.RELATED, "See also"),
        (Kind.RELATED, "Statement after the Coastal Shipping Council"),
        (Kind.RELATED, "June 4, 2011"),
        (Kind.RELATED, "Visit to Fiji"),
        (Kind.RELATED, "June 3 − 5, 2011"),
    ]


TRANSCRIPT = """Joint press conference, Suva

14/06/2011

PRIME MINISTER:

Welcome to you all, it has been a very good meeting between two old friends of the sea.

(Laughter)

Thank you.

PRESIDENT OF THE COUNCIL:

Now, Ana Lau

PRIME MINISTER:

Thank you, and that was the last question that we can take today from the press.

[ENDS]
"""


def test_speeches_have_no_headings() -> None:
    """Labels of speakers, asides and short lines of a transcript stay; only its head and end mark are furniture."""
    assert marked(TRANSCRIPT) == [
        (Kind.HEADLINE, "Joint press conference, Suva"),
        (Kind.PUBLISHED, "14/06/2011"),
        (Kind.INTERFACE, "[ENDS]"),
    ]


def test_plain_narration_has_no_furniture() -> None:
    """Paragraphs of sentences are left alone, an editorial closing too."""
    closing = "With a shared past and a common sea, the partnership remains a cornerstone of the region."
    assert marked(f"{BODY}\n\n{MORE}\n{closing}") == []


def test_wrapped_lines_are_not_headings() -> None:
    """A text broken at a column has many lines without a full stop, and none of them is furniture."""
    words = f"{BODY} {MORE} {BODY}".split()
    text = "\n".join(" ".join(words[i : i + 8]) for i in range(0, len(words), 8))
    assert marked(text) == []


def test_a_title_known_elsewhere_marks_the_first_line() -> None:
    """A first line that repeats the title is the headline, with a full stop too."""
    assert marked(f"Ministers sign a shipping deal.\n\n{BODY}", "Ministers sign a shipping deal") == [
        (Kind.HEADLINE, "Ministers sign a shipping deal.")
    ]


def test_a_line_with_both_times_is_two_marks() -> None:
    """`Published … | Updated …` on one line is split where the second begins."""
    line = "Published: 4 May 2020 10:00 GMT | Updated: 5 May 2020 11:00 GMT"
    found = marked(f"{line}\n\n{BODY}")
    assert [kind for kind, _ in found] == [Kind.PUBLISHED, Kind.UPDATED]
    assert found[1][1].startswith("Updated")


@pytest.mark.parametrize("text", ["", "\n", "\xa0", " date 2020-01-01", " date 2020-01-01 ", "x", "\ufeff"])
def test_tiny_texts_are_no_trouble(text: str) -> None:
    """Texts with next to nothing in them are marked without error."""
    assert all(m.end <= len(text) for m in mark(text))
