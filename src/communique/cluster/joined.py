"""Passages that two reports share made one over all reports that have them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.cluster.features import Features
from communique.cluster.paraphrase import Again
from communique.cluster.reuse import Shared
from communique.model.record import Reuse
from communique.model.spans import Span, in_order
from communique.model.words import ReuseKind

type Places = tuple[int, int, int, int]
"""Characters of a passage: start and end in the one report, start and end in the other; ends exclusive."""


def places(found: Iterable[Shared | Again], reports: Mapping[str, Features]) -> list[Places]:
    """The characters of passages, in their order.

    Args:
        found: pairwise passages.
        reports: features by id, of their reports at least.
    """
    return [
        (*reports[row.a].chars(row.a_start, row.a_end), *reports[row.b].chars(row.b_start, row.b_end)) for row in found
    ]


def joined(found: Iterable[tuple[Shared, Places]], texts: Mapping[str, str]) -> tuple[Reuse, ...]:
    """One `Reuse` for each shared passage over all reports that have it.

    Two pairwise passages are one where on a report that both touch they overlap by at least half of the longer, and
    both are quoted or neither is.

    Args:
        found: pairwise passages with their characters.
        texts: text of each report by id.

    Returns:
        Passages sorted by their first span, then by kind.
    """
    rows = sorted(found)
    group = _Groups(len(rows))
    quoted = [row.kind is ReuseKind.QUOTED for row, _ in rows]
    for sides in _sides([row for row, _ in rows]).values():
        _join(sides, quoted, group)
    members: dict[int, list[tuple[Shared, Places]]] = defaultdict(list)
    for number, row in enumerate(rows):
        members[group.root(number)].append(row)
    return tuple(sorted((_reuse(m, texts) for m in members.values()), key=lambda r: (r.spans, r.kind)))


def _sides(rows: Sequence[Shared]) -> dict[str, list[tuple[int, int, int]]]:
    sides: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        sides[row.a].append((row.a_start, row.a_end, number))
        sides[row.b].append((row.b_start, row.b_end, number))
    return sides


def _join(sides: list[tuple[int, int, int]], quoted: Sequence[bool], group: "_Groups") -> None:
    """Join passages of one report that are nearly the same; a sweep over places, so far ones are never compared."""
    live: list[tuple[int, int, int]] = []
    same: dict[tuple[int, int, bool], int] = {}
    for start, end, number in sorted(sides):
        first = same.setdefault((start, end, quoted[number]), number)
        if first != number:
            group.join(first, number)
            continue
        live = [side for side in live if side[1] > start]
        for other_start, other_end, other in live:
            overlap = min(end, other_end) - start
            if quoted[number] == quoted[other] and 2 * overlap >= max(end - start, other_end - other_start):
                group.join(number, other)
        live.append((start, end, number))


class _Groups:
    """Disjoint sets of passages; the root is always the smallest member, so no order of joins shows."""

    def __init__(self, size: int) -> None:
        """Every member alone."""
        self._parent = list(range(size))

    def root(self, member: int) -> int:
        """Smallest member of the set."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        first, second = self.root(one), self.root(other)
        self._parent[max(first, second)] = min(first, second)


def _reuse(rows: Sequence[tuple[Shared, Places]], texts: Mapping[str, str]) -> Reuse:
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, place in rows:
        where[row.a].append(place[:2])
        where[row.b].append(place[2:])
    spans = [Span.cut(r, texts[r], s, e) for r, found in where.items() for s, e in _merged(found)]
    kinds = Counter(row.kind for row, _ in rows)
    return Reuse(kind=min(kinds, key=lambda k: (-kinds[k], k)), spans=in_order(spans))


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
