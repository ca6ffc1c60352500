"""Headlines and datelines."""

import pytest

from communique.ingest.furniture import mark
from communique.model.reports import FurnitureKind as Kind

REST = "Fisheries ministers of the two countries met on Monday and signed a protocol on the coastal trade."


def of_kind(text: str, kind: Kind) -> list[str]:
    """Words of the marks of one kind."""
    return [text[m.start : m.end] for m in mark(text) if m.kind is kind]


@pytest.mark.parametrize(
    "dateline",
    [
        "Suva:",
        "Suva/Port Vila, May 4:",
        "Suva [Fiji], May 4 :",
        "SUVA, Fiji (AP) —",
        "SUVA, May 4 (Lagoon Wire) -",
        "LAUTOKA, Fiji, May 4 (AFP) --",
        "SUVA —",
        "LAUTOKA —",
        "Suva, 4 May 2020:",
        "New Delhi, May 4 (PTI):",
        "Lautoka, May 4 –",
    ],
)
def test_datelines_are_marked_and_nothing_behind_them(dateline: str) -> None:
    """Place, day and agency at the head of the first paragraph are the dateline, up to the colon or dash."""
    assert of_kind(f"{dateline} {REST}\n\n{REST}", Kind.DATELINE) == [dateline]


@pytest.mark.parametrize(
    "start",
    [
        "Lautoka:",
        "Minister Lau:",
        "Note:",
        "EXCLUSIVE —",
        "Suva-based",
        "Ana Lau —",
        "Question:",
        "QUESTION:",
        "Anglo-",
    ],
)
def test_what_is_no_place_is_no_dateline(start: str) -> None:
    """A speaker, a label or an unknown word before a colon or dash is left alone."""
    assert of_kind(f"{start} {REST}\n\n{REST}", Kind.DATELINE) == []


def test_a_dateline_may_follow_a_standfirst() -> None:
    """A paragraph or two may stand before the dateline."""
    assert of_kind(f"A Headline Without a Stop\n\n{REST}\n\nSuva: {REST}", Kind.DATELINE) == ["Suva:"]


def test_a_dateline_deep_in_the_text_is_none() -> None:
    """Only the first paragraphs can open with a dateline."""
    assert of_kind("\n\n".join([REST] * 5 + [f"Suva: {REST}"]), Kind.DATELINE) == []


def test_a_first_line_without_a_stop_is_the_headline() -> None:
    """A headline may state a fact; it is marked as one, so that it is parsed apart."""
    line = "Minister Lau stresses the old ties of the two island states and their recent growth"
    assert of_kind(f"{line}\n{REST}\n{REST}", Kind.HEADLINE) == [line]


def test_a_first_sentence_is_no_headline() -> None:
    """A first line that ends as a sentence is narration."""
    assert of_kind(f"{REST}\n\n{REST}", Kind.HEADLINE) == []


def test_a_release_has_a_day_an_office_and_a_place() -> None:
    """The lines at the head of a press release each get their kind."""
    lines = ("May 4, 2020 For Immediate Release", "Remarks after the Meeting of Ministers", "State House")
    text = "\n\n".join((*lines, "Office of the President", "9:30 A.M. EST", REST))
    assert of_kind(text, Kind.DATELINE) == ["State House"]
    assert of_kind(text, Kind.BYLINE) == ["Office of the President"]
    assert of_kind(text, Kind.PUBLISHED) == ["May 4, 2020 For Immediate Release", "9:30 A.M. EST"]
    assert of_kind(text, Kind.HEADLINE) == ["Remarks after the Meeting of Ministers"]


def test_a_day_at_the_very_end_is_the_day_of_publication() -> None:
    """A lone date as the last line dates the text."""
    assert of_kind(f"{REST}\n\n{REST}\n\n4 May 2020", Kind.PUBLISHED) == ["4 May 2020"]
