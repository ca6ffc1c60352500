"""Which reports of a story come from one newsroom text.

Only a newsroom's own words count: neither quotations, nor names, nor furniture. Reports belong together where one
passage shares at least `OWN_WORDS` such words, or where the copied passages make up `OWN_SHARE` of the shorter
report's own words.

On planted-dev, where each planted pair is a copy by intent, these find every verbatim, light, abridged and embedded
copy and 98 in 100 heavily edited ones, take one in six planted quotations (mostly in broken marks) for a copy, and
group no other pair. On the seeds the one true copy shares 24 own words in a passage, the next pair 9.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from communique.cluster.reuse import Shared
from communique.model.words import ReuseKind

OWN_WORDS = 18
"""Own words in one shared passage that no chance and no upstream explains; the lengths 14 to 26 were tried."""
OWN_SHARE = 0.4
"""Copied share of the shorter report's own words from which on it is a copy, however short the passages."""
OWN_LEAST = 12
"""Fewest own words for a share to mean anything."""


class Worded(Protocol):
    """A report as far as its words of its own are counted: its features, or its card."""

    @property
    def report(self) -> str:
        """Its id."""

    @property
    def own(self) -> int:
        """Words that are a newsroom's own."""


def origins(reports: Sequence[Worded], found: Iterable[Shared]) -> tuple[tuple[str, ...], ...]:
    """The reports grouped by newsroom text, each group sorted, groups sorted.

    Args:
        reports: the reports of one story.
        found: shared passages, of these reports and perhaps of others.
    """
    parent = {r: r for r in sorted(r.report for r in reports)}
    for one, other in sorted(copies(reports, found)):
        low, high = sorted((_root(parent, one), _root(parent, other)))
        parent[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for report in parent:
        groups[_root(parent, report)].append(report)
    return tuple(tuple(groups[root]) for root in sorted(groups))


def copies(reports: Iterable[Worded], found: Iterable[Shared]) -> list[tuple[str, str]]:
    """Pairs of reports of which one has a newsroom's own words from the other, those that share most first.

    Args:
        reports: reports.
        found: shared passages, of these reports and perhaps of others.
    """
    by_id = {r.report: r for r in reports}
    longest: dict[tuple[str, str], int] = defaultdict(int)
    total: dict[tuple[str, str], int] = defaultdict(int)
    for row in found:
        if row.kind is ReuseKind.COPIED and row.a in by_id and row.b in by_id:
            longest[row.a, row.b] = max(longest[row.a, row.b], row.own)
            total[row.a, row.b] += row.own
    own = {report: by_id[report].own for report in {report for pair in total for report in pair}}
    pairs = sorted(total.items(), key=lambda row: (-row[1], row[0]))
    return [
        pair
        for pair, words in pairs
        if longest[pair] >= OWN_WORDS or words >= max(OWN_LEAST, OWN_SHARE * min(own[pair[0]], own[pair[1]]))
    ]


def _root(parent: dict[str, str], report: str) -> str:
    while parent[report] != report:
        report = parent[report]
    return report
