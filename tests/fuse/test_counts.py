"""Counts of what is promised: which numbers are read, and which cannot both be right."""

from typing import Any

import pytest

from communique.fuse.counts import counted, counts
from communique.fuse.disagreements import Finder
from communique.model.words import DisagreementKind


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("will deliver 14 ferries to Azania by the end of 2034", [14]),
        ("to hand over 3 new fire engines next spring", [3]),
        ("will supply twenty-one tractors", [21]),
        ("will donate 1,250 school desks", [1250]),
        ("will supply about 1200 desks", []),
        ("will deliver the first 6 of the 14 ferries", []),
        ("will deliver 6 more ferries", []),
        ("will deliver 6 to 8 ferries", []),
        ("will deliver between 6 and 8 ferries", []),
        ("will provide 30 million crowns", []),
        ("will supply 5 percent more gas", []),
        ("will deliver the ferries within 3 years", []),
        ("will deliver at least 14 ferries", []),
    ],
)
def test_only_whole_counts_of_things_are_read(text: str, numbers: list[int]) -> None:
    """Round figures, parts, further lots, ranges, sums of money and lengths of time are no counts."""
    assert [c.number for c in counted(text)] == numbers


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("deliver 14 ferries", "hand over 17 ferries", True),
        ("deliver 14 car ferries", "hand over 17 ferries", True),
        ("deliver 14 ferries", "hand over fourteen ferries", False),
        ("deliver 14 ferries", "repair 17 ferries", False),
        ("deliver 14 ferries", "hand over 17 cranes", False),
        ("deliver 14 old ferries", "hand over 17 new ferries", False),
        ("deliver 1204 desks", "hand over 1200 desks", False),
        ("deliver 1204 desks", "hand over 1300 desks", True),
    ],
)
def test_what_contradicts(one: str, other: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    """Two numbers of one thing in one deed contradict each other, unless one is the other made round."""
    (mine,), (theirs,) = counted(one), counted(other)
    assert mine.contradicts(theirs) is theirs.contradicts(mine) is told


def owed(desk: Any, *told: tuple[str, str]) -> Any:
    """What is told of the counts in reports that each print one promise of a country."""
    for country, words in told:
        page = desk.page(f"{country} is bound {words}.")
        page.promise(words, "pledge", "promised", [page.entity(country, "country", country=country)])
    return list(counts(desk.record().commitments, desk.cast, desk.origins))


def test_two_numbers_for_one_delivery(desk: Any) -> None:
    """Both numbers are told with their reports; what more reports give is preferred."""
    told = ("to deliver 14 ferries", "to hand over 17 ferries", "to give 14 ferries")
    (row,) = owed(desk, *(("Azania", words) for words in told))
    assert (row.kind, [v.value for v in row.values]) == (DisagreementKind.NUMBER, ["14", "17"])
    assert [len(v.reports) for v in row.values] == [2, 1]
    assert row.preferred == "14"


def test_two_sides_may_promise_two_numbers(desk: Any) -> None:
    """What one country delivers says nothing of what another does."""
    assert owed(desk, ("Azania", "to deliver 14 ferries"), ("Borduria", "to hand over 17 ferries")) == []


def test_a_report_that_gives_two_numbers_is_on_nobody_s_side(desk: Any) -> None:
    """Two lots in one report are no contradiction of a third number."""
    lots = "to deliver 14 ferries in spring and 3 ferries in autumn"
    assert owed(desk, ("Azania", lots), ("Azania", "to hand over 17 ferries")) == []


def test_a_record_tells_it(desk: Any) -> None:
    """The finder takes what is owed."""
    owed(desk, ("Azania", "to deliver 14 ferries"), ("Azania", "to hand over 17 ferries"))
    finder = Finder(desk.dossiers, desk.cast, desk.times, desk.origins)
    (row,) = finder.find(desk.happenings, (), (), desk.record().commitments)
    assert row.kind is DisagreementKind.NUMBER
