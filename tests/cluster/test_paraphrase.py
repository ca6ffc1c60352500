"""Tests of sentences that say the same in other words."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.paraphrase import told_again
from communique.cluster.reuse import shared

type Make = Callable[..., Features]

ONE = "Fishermen in Suva burned forty-one damaged nets on the east pier before the harbour inspectors arrived at dawn."
SAME = "Before inspectors came to the harbour at dawn, forty-one damaged nets had been burned by fishermen on the pier."
LIKE = "The harbour inspectors of Suva will come back to the east pier in spring and count every boat that has a net."
OTHER = "A choir from the mountains sang old winter songs in the opera house while the rain kept falling over the town."


def texts(make: Make, *bodies: str, **head: object) -> list[str]:
    """The words of each pair of sentences that is found in one story, one report a text."""
    reports = [make(n, body, **({"outlet": f"Outlet {n}"} | head)) for n, body in enumerate(bodies)]
    out = []
    for row in told_again([reports], {r.report for r in reports}, shared(reports)):
        for report, start, end in ((row.a, row.a_start, row.a_end), (row.b, row.b_start, row.b_end)):
            first, last = reports[int(report[-1])].chars(start, end)
            out.append(bodies[int(report[-1])][first:last])
    return out


def test_the_same_in_other_words_is_found(make: Make) -> None:
    """Both sentences are told, whole, and nothing else of the two reports."""
    assert texts(make, f"{OTHER} {ONE}", f"{SAME} {LIKE}") == [ONE.rstrip("."), SAME.rstrip(".")]


@pytest.mark.parametrize("other", [OTHER, LIKE])
def test_sentences_of_the_same_things_are_not_the_same(make: Make, other: str) -> None:
    """A few words in common say nothing."""
    assert texts(make, ONE, other) == []


def test_shared_words_are_no_paraphrase(make: Make) -> None:
    """What is copied is told as copied, and nowhere else."""
    assert texts(make, f"{ONE} {OTHER}", f"{LIKE} {ONE}") == []


def test_words_said_are_no_paraphrase(make: Make) -> None:
    """Two newsrooms' versions of what somebody said are a matter of statements."""
    assert texts(make, f"She said: \u201c{ONE}\u201d", f"He heard: \u201c{SAME}\u201d") == []


def test_one_newsroom_does_not_paraphrase_itself(make: Make) -> None:
    """An outlet's own older report is its background."""
    assert texts(make, ONE, SAME, outlet="Reef Wire") == []


def test_two_stories_have_nothing_to_say_to_each_other(make: Make) -> None:
    """Only reports of one story are compared."""
    reports = [make(0, ONE, outlet="a"), make(1, SAME, outlet="b")]
    assert told_again([reports[:1], reports[1:]], {r.report for r in reports}, []) == []


def test_a_pair_holds_a_fresh_report(make: Make) -> None:
    """What two earlier reports have in common was told before."""
    reports = [make(0, ONE, outlet="a"), make(1, SAME, outlet="b")]
    assert told_again([reports], {"another"}, []) == []


def test_nothing_is_found_in_nothing(make: Make) -> None:
    """No stories, no words: no pairs."""
    assert told_again([], set(), []) == []
    assert texts(make, "", "") == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(4)))
def test_order_of_stories_and_reports_does_not_show(make: Make, order: list[int]) -> None:
    """Any order of arrival gives the same pairs with the same scores."""
    bodies = [f"{OTHER} {ONE}", SAME, f"{LIKE} {SAME}", f"{ONE[:-1]} again."]
    reports = [make(n, body, outlet=f"Outlet {n}") for n, body in enumerate(bodies)]
    fresh = {r.report for r in reports}
    assert told_again([[reports[n] for n in order]], fresh, []) == told_again([reports], fresh, [])
