"""Headings, tags, related blocks, repeated titles and embedded posts."""

import pytest

from communique.ingest.furniture import mark
from communique.model.reports import FurnitureKind as Kind

PARAGRAPH = "The ministers of the two island states met on Monday and signed a protocol on the coastal trade."


def of_kind(text: str, kind: Kind) -> list[str]:
    """Words of the marks of one kind."""
    return [text[m.start : m.end] for m in mark(text) if m.kind is kind]


@pytest.mark.parametrize(
    "heading",
    [
        "Faster Ferries for the North",
        "‘Buy Local’ and the New Yards",
        "What comes next?",
        "2. A Longer Pier",
        "The next steps",
    ],
)
def test_headings_stand_between_paragraphs(heading: str) -> None:
    """A short line in title case, or of a few words, between paragraphs is a heading."""
    assert of_kind(f"{PARAGRAPH}\n{PARAGRAPH}\n{heading}\n{PARAGRAPH}\n{PARAGRAPH}", Kind.HEADING) == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "On Sunday the minister went to see the new ferry in the yard on the north coast of the island",
        "“We start now”",
        "“We Start Tomorrow",
        "He left.",
        "and then the rain came",
        "minister and crew",
    ],
)
def test_lines_that_say_something_are_no_headings(line: str) -> None:
    """A sentence that lost its full stop, a quotation or a broken line is left alone."""
    assert of_kind(f"{PARAGRAPH}\n{PARAGRAPH}\n{line}\n{PARAGRAPH}\n{PARAGRAPH}", Kind.HEADING) == []


def test_tags_are_the_short_lines_at_the_end() -> None:
    """Names and keywords below the last paragraph are tags."""
    text = f"{PARAGRAPH}\n\n{PARAGRAPH}\n\nCoastal Trade\nAna Lau\n"
    assert of_kind(text, Kind.TAG) == ["Coastal Trade", "Ana Lau"]


def test_a_short_sentence_at_the_end_is_no_tag() -> None:
    """A last line with a full stop is narration."""
    assert of_kind(f"{PARAGRAPH}\n\n{PARAGRAPH}\n\nHe agreed.", Kind.TAG) == []


def test_a_related_block_in_the_middle_ends_where_the_text_goes_on() -> None:
    """Titles with their days are related; the next paragraph is not."""
    text = f"{PARAGRAPH}\n\nSee also\n\nVisit to Suva\n\nMay 4, 2020\n\n{PARAGRAPH}"
    assert of_kind(text, Kind.RELATED) == ["See also", "Visit to Suva", "May 4, 2020"]


def test_a_related_block_without_days_holds_no_sentence() -> None:
    """Without days the block ends at the first sentence."""
    text = f"{PARAGRAPH}\n\nRelated\n\nA New Pier\nFerries for All\n\n{PARAGRAPH}"
    assert of_kind(text, Kind.RELATED) == ["Related", "A New Pier", "Ferries for All"]


def test_a_repeated_headline_is_a_caption() -> None:
    """A line in the body that only repeats the headline stands under a picture."""
    text = f"Meeting of the Two Island Ministers\n\n{PARAGRAPH}\n\nMeeting of the two island ministers.\n\n{PARAGRAPH}"
    assert of_kind(text, Kind.CAPTION) == ["Meeting of the two island ministers."]


@pytest.mark.parametrize(
    "post",
    [
        "pic.twitter.com/aB1 — Ana Lau (@analau) May 4, 2020",
        "— Ana Lau (@analau) May 4, 2020",
        "https://t.co/aB1cD",
        "pic.x.com/aB1",
    ],
)
def test_the_foot_of_a_post_is_a_widget(post: str) -> None:
    """Picture link, name, handle and day are marked inside the line, the words of the post are not."""
    assert of_kind(f"{PARAGRAPH}\n\nA fine day {post}\n\n{PARAGRAPH}", Kind.WIDGET) == [post]
