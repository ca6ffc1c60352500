"""Tests of reports that tell the same because one has the other's narration."""

from collections.abc import Callable, Sequence

import pytest

from communique.cluster.copied import retold, united
from communique.cluster.features import Features
from communique.cluster.reuse import shared

type Make = Callable[..., Features]


def never(group: Sequence[int]) -> bool:
    """No group holds reports that must be apart."""
    return len(group) < 0


@pytest.mark.parametrize(
    ("outlets", "groups"),
    [
        (("Reef Wire", "Suva Post"), [[0, 1], [2]]),
        ((None, None), [[0, 1], [2]]),
        (("Reef Wire", "Reef Wire"), [[0], [1], [2]]),
    ],
)
def test_a_copy_between_newsrooms_is_evidence(
    make: Make, narration: str, outlets: tuple[str | None, str | None], groups: list[list[int]]
) -> None:
    """What a newsroom prints again itself is its background and joins nothing."""
    texts = [f"At dawn {narration}.", f"In Suva {narration}.", "A choir sang."]
    reports = [make(n, t, outlet=o) for n, (t, o) in enumerate(zip(texts, (*outlets, None), strict=True))]
    assert retold(reports, shared(reports), never) == groups


def test_a_quotation_is_no_copy(make: Make, quote: str) -> None:
    """The same words said join nothing."""
    reports = [make(n, f'{start}: "{quote}."') for n, start in enumerate(("The mayor said", "At noon we heard"))]
    assert retold(reports, shared(reports), never) == [[0], [1]]


def test_what_reports_of_different_happenings_share_is_background(make: Make, narration: str) -> None:
    """Where copies lead to two reports that must be apart, none of them is evidence."""
    reports = [make(n, f"{start} {narration}.") for n, start in enumerate(("At dawn", "By noon", "In Suva"))]
    assert retold(reports, shared(reports), lambda group: {0, 2} <= set(group)) == [[0], [1], [2]]


def test_pairs_hold_groups_together() -> None:
    """Chains of pairs make one group, in any order of the pairs."""
    pairs = [(0, 3), (1, 2), (3, 4)]
    assert united(6, pairs) == united(6, reversed(pairs)) == [[0, 3, 4], [1, 2], [5]]
