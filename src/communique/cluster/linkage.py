"""Average-link clustering (UPGMA; Sokal and Michener, 1958) of a sparse graph.

Some groups must stay apart, and look-alikes are told by a test of cohesion. Time and memory grow with the links, not
with the square of the members: pairs without a link count as unlike.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.likeness import Bools, Ints, Links

NEVER = -100.0
"""Likeness of two that must not share a group, nor may anything that holds them."""


class Bounds(NamedTuple):
    """What the members of a group say of it: days, 0 where none is known, and a number, -1 where none is."""

    first: int = 0
    last: int = 0
    number: int = -1

    def joined(self, other: "Bounds") -> "Bounds":
        """The bounds of both together."""
        first = min(self.first, other.first) if self.first and other.first else self.first or other.first
        return Bounds(first, max(self.last, other.last), max(self.number, other.number))

    def clash(self, other: "Bounds", window: int) -> bool:
        """Whether the numbers differ, or some of the days lie `window` or more apart."""
        if self.number >= 0 and other.number >= 0 and self.number != other.number:
            return True
        both = self.joined(other)
        return bool(self.first and other.first) and both.last - both.first >= window


class Rules(NamedTuple):
    """When groups are joined.

    Attributes:
        least: lowest mean likeness.
        cohesion: 0 to 1; groups of `size` members each stay apart where their mean likeness is below this share of
            that inside the looser of them: look-alike happenings are each closer in themselves. 0 switches it off.
        size: from how many members on a group has a cohesion to speak of.
        window: days over which a group may reach, exclusive.
    """

    least: float
    cohesion: float
    size: int
    window: int


def average_link(
    start: Sequence[Sequence[int]], links: Links, bounds: Sequence[Bounds], rules: Rules
) -> list[list[int]]:
    """Groups of members.

    The two groups with the highest mean likeness are joined while it is high enough and their bounds do not clash; ties
    go to the smallest numbers, so the answer depends on the numbering only, which the caller fixes.

    Args:
        start: groups to begin with, disjoint; members that stand in none are left out.
        links: likeness of members; `NEVER` for two that must stay apart.
        bounds: bounds of each member.
        rules: when groups are joined.

    Returns:
        Lists of members, each ascending, sorted.
    """
    state = _State(start, links, bounds, rules)
    while (pair := state.best()) is not None:
        if state.coheres(*pair):
            state.join(*pair)
        else:
            state.part(*pair)
    return sorted(sorted(members) for members in state.members.values())


class _State:
    """Groups under way: sums of likeness between them, and a heap of the pairs that may be joined."""

    def __init__(self, start: Sequence[Sequence[int]], links: Links, bounds: Sequence[Bounds], rules: Rules) -> None:
        """Every group by itself."""
        self._rules = rules
        self.members = {n: list(group) for n, group in enumerate(start)}
        self._bounds = {n: bounded([bounds[m] for m in group]) for n, group in self.members.items()}
        self._link: dict[int, dict[int, float]] = {n: {} for n in self.members}
        self._inside = dict.fromkeys(self.members, 0.0)
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._age = dict.fromkeys(self.members, 0)
        self._add(links)
        for one, row in self._link.items():
            for other in row:
                if one < other:
                    self._offer(one, other)

    def _add(self, links: Links) -> None:
        size = max([0, *links.other.tolist(), *(m for members in self.members.values() for m in members)]) + 1
        group = np.full(size, -1, dtype=np.int64)
        for n, members in self.members.items():
            group[members] = n
        left, right = group[links.one], group[links.other]
        kept = (left >= 0) & (right >= 0)
        kept &= _meeting(left, right, kept & (links.value >= self._rules.least), len(self.members))
        rows = zip(left[kept].tolist(), right[kept].tolist(), links.value[kept].tolist(), strict=True)
        for one, other, value in rows:
            if one == other:
                self._inside[one] += max(value, 0.0)
            else:
                self._link[one][other] = self._link[other][one] = _sum(self._link[one].get(other, 0.0), value)

    def _mean(self, one: int, other: int) -> float:
        return round(self._link[one][other] / (len(self.members[one]) * len(self.members[other])), 12)

    def _offer(self, one: int, other: int) -> None:
        if (mean := self._mean(one, other)) >= self._rules.least:
            low, high = min(one, other), max(one, other)
            heapq.heappush(self._heap, (-mean, low, high, self._age[low], self._age[high]))

    def best(self) -> tuple[int, int] | None:
        """The two groups most alike of those that may be joined, the smaller number first; None: there are none."""
        while self._heap:
            _, one, other, age, other_age = heapq.heappop(self._heap)
            fresh = self._age.get(one) == age and self._age.get(other) == other_age
            if fresh and not self._bounds[one].clash(self._bounds[other], self._rules.window):
                return one, other
        return None

    def coheres(self, one: int, other: int) -> bool:
        """Whether two groups are about as like each other as each is in itself."""
        counts = len(self.members[one]), len(self.members[other])
        if min(counts) < self._rules.size:
            return True
        looser = min(self._inside[g] / (n * (n - 1) / 2) for g, n in zip((one, other), counts, strict=True))
        return self._mean(one, other) >= self._rules.cohesion * looser

    def part(self, one: int, other: int) -> None:
        """Let two groups never be joined."""
        self._link[one][other] = self._link[other][one] = NEVER

    def join(self, one: int, other: int) -> None:
        """Make two groups one, under the smaller number."""
        self._inside[one] += self._inside.pop(other) + self._link[one].pop(other)
        self.members[one] += self.members.pop(other)
        self._bounds[one] = self._bounds[one].joined(self._bounds.pop(other))
        self._age[one] += 1
        del self._age[other]
        row = self._link[one]
        for third, value in self._link.pop(other).items():
            if third != one:
                del self._link[third][other]
                row[third] = self._link[third][one] = _sum(row.get(third, 0.0), value)
        for third in row:
            self._offer(one, third)


def _meeting(left: Ints, right: Ints, close: Bools, count: int) -> Bools:
    """Which links lie inside one of the parts that the close ones hold together: no group ever reaches beyond one.

    Two groups whose members are all less like than what joins groups have a mean below it as well.
    """
    part = np.arange(count + 1)
    one, other = left[close], right[close]
    while True:
        low = np.minimum(part[one], part[other])
        before = part.copy()
        np.minimum.at(part, one, low)
        np.minimum.at(part, other, low)
        part = part[part]
        if np.array_equal(part, before):
            same: Bools = part[left] == part[right]
            return same


def bounded(bounds: Sequence[Bounds]) -> Bounds:
    """The bounds of several together."""
    out, *others = bounds or [Bounds()]
    for each in others:
        out = out.joined(each)
    return out


def _sum(one: float, other: float) -> float:
    return NEVER if min(one, other) <= NEVER else one + other
