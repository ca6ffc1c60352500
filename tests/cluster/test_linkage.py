"""Tests of average-link clustering."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from communique.cluster.likeness import Links
from communique.cluster.linkage import NEVER, Bounds, Rules, average_link

type Likeness = dict[tuple[int, int], float]


def links(pairs: Likeness) -> Links:
    """Links with the given likenesses."""
    rows = sorted(pairs.items())
    return Links(
        np.array([pair[0] for pair, _ in rows], dtype=np.int64),
        np.array([pair[1] for pair, _ in rows], dtype=np.int64),
        np.array([value for _, value in rows], dtype=np.float64),
    )


def groups(count: int, pairs: Likeness, rules: Rules, bounds: list[Bounds] | None = None) -> list[list[int]]:
    """Groups of members that begin alone."""
    return average_link([[n] for n in range(count)], links(pairs), bounds or [Bounds()] * count, rules)


def test_alike_members_are_joined_and_others_not() -> None:
    """Only pairs at or above the threshold meet."""
    assert groups(3, {(0, 1): 0.5, (1, 2): 0.1}, Rules(0.3, 0, 3, 6)) == [[0, 1], [2]]


def test_the_mean_decides_not_the_nearest() -> None:
    """One like neighbour does not pull a member into a group that it is unlike."""
    assert groups(3, {(0, 1): 0.9, (1, 2): 0.5}, Rules(0.3, 0, 3, 6)) == [[0, 1], [2]]


def test_a_pair_that_must_stay_apart_never_meets() -> None:
    """Not even through others, however alike."""
    assert groups(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): NEVER}, Rules(0.1, 0, 3, 6)) == [[0, 1], [2]]


def test_groups_to_begin_with_stay_whole() -> None:
    """Members that begin together are compared as one, and members of no group are left out."""
    found = average_link([[0, 1], [2]], links({(1, 2): 0.5, (2, 3): 0.9}), [Bounds()] * 4, Rules(0.2, 0, 3, 6))
    assert found == [[0, 1, 2]]


def test_bounds_part_groups_that_no_pair_parts() -> None:
    """Two reports of different sessions, or of far days, never meet through a third that says neither."""
    pairs = {(0, 1): 0.9, (1, 2): 0.8}
    rules = Rules(0.1, 0, 3, 6)
    assert groups(3, pairs, rules, [Bounds(number=8), Bounds(), Bounds(number=9)]) == [[0, 1], [2]]
    assert groups(3, pairs, rules, [Bounds(10, 10), Bounds(), Bounds(16, 16)]) == [[0, 1], [2]]
    assert groups(3, pairs, rules, [Bounds(10, 10), Bounds(), Bounds(15, 15)]) == [[0, 1, 2]]


def test_look_alikes_stay_apart() -> None:
    """Two groups much closer in themselves than to each other are two."""
    inside = {(a, b): 0.8 for group in ((0, 1, 2), (3, 4, 5)) for a in group for b in group if a < b}
    across = {(a, b): 0.3 for a in (0, 1, 2) for b in (3, 4, 5)}
    assert groups(6, inside | across, Rules(0.1, 0.5, 3, 6)) == [[0, 1, 2], [3, 4, 5]]
    assert groups(6, inside | across, Rules(0.1, 0, 3, 6)) == [[0, 1, 2, 3, 4, 5]]


def test_nothing_gives_nothing() -> None:
    """No members, no groups."""
    assert groups(0, {}, Rules(0.1, 0.5, 3, 6)) == []


@given(st.integers(1, 8), st.randoms(use_true_random=False))
def test_every_member_is_in_one_group_and_none_breaks_a_ban(count: int, random: object) -> None:
    """The answer is a partition, and banned pairs are apart, whatever the links."""
    values = np.random.default_rng(random.randint(0, 10**6)).random((count, count))  # type: ignore[attr-defined]
    pairs = {
        (a, b): NEVER if values[a, b] < 0.2 else float(values[a, b]) for a in range(count) for b in range(a + 1, count)
    }
    found = groups(count, pairs, Rules(0.4, 0.5, 2, 6))
    assert sorted(n for group in found for n in group) == list(range(count))
    assert all(pairs[a, b] > NEVER for group in found for a in group for b in group if a < b)
