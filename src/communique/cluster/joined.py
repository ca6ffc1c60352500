"""Passages that two reports share made one over all reports that have them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.cluster.features import Features
from communique.cluster.reuse import Shared
from communique.model.record import Reuse
from communique.model.spans import Span, in_order
from communique.model.words import ReuseKind


def joined(found: Iterable[Shared], reports: Sequence[Features], texts: Mapping[str, str]) -> tuple[Reuse, ...]:
    """One `Reuse` for each shared passage over all reports that have it.

    Two pairwise passages are one where on a report that both touch they overlap by at least half of the longer, and
    both are quoted or neither is.

    Args:
        found: pairwise passages.
        reports: their features.
        texts: text of each report by id.

    Returns:
        Passages sorted by their first span, then by kind.
    """
    rows = sorted(found)
    group = _Groups(len(rows))
    quoted = [row.kind is ReuseKind.QUOTED for row in rows]
    for sides in _sides(rows).values():
        _join(sides, quoted, group)
    by_id = {r.report: r for r in reports}
    members: dict[int, list[Shared]] = defaultdict(list)
    for number, row in enumerate(rows):
        members[group.root(number)].append(row)
    return tuple(sorted((_reuse(m, by_id, texts) for m in members.values()), key=lambda r: (r.spans, r.kind)))


def _sides(rows: Sequence[Shared]) -> dict[str, list[tuple[int, int, int]]]:
    sides: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        sides[row.a].append((row.a_start, row.a_end, number))
        sides[row.b].append((row.b_start, row.b_end, number))
    return sides


def _join(sides: list[tuple[int, int, int]], quoted: Sequence[bool], group: "_Groups") -> None:
    """Join passages of one report that are nearly the same; a sweep over places, so far ones are never compared."""
    live: list[tuple[int, int, int]] = []
    for start, end, number in sorted(sides):
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


def _reuse(rows: Sequence[Shared], reports: Mapping[str, Features], texts: Mapping[str, str]) -> Reuse:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        places[row.a].append((row.a_start, row.a_end))
        places[row.b].append((row.b_start, row.b_end))
    spans = [_span(reports[r], texts[r], s, e) for r, found in places.items() for s, e in _merged(found)]
    kinds = Counter(row.kind for row in rows)
    return Reuse(kind=min(kinds, key=lambda k: (-kinds[k], k)), spans=in_order(spans))


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _span(report: Features, text: str, start: int, end: int) -> Span:
    return Span.cut(report.report, text, int(report.word_starts[start]), int(report.word_ends[end - 1]))
