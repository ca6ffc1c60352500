"""Stories as people ruled on them: put together, or parted."""

import itertools
from collections.abc import Sequence

from communique.cluster.origins import Worded, copies
from communique.cluster.reuse import Shared

type Rulings = Sequence[tuple[bool, Sequence[str]]]
"""Whether reports tell one story, and which; the newest ruling first: it outranks the rest."""


def ruled[R: Worded](groups: Sequence[Sequence[R]], found: Sequence[Shared], rulings: Rulings) -> list[list[R]]:
    """The groups after rulings on their reports, each sorted by id, sorted by their first id.

    Args:
        groups: the stories as found, a partition of the reports.
        found: the passages that reports share.
        rulings: the rulings; reports that are not there are passed over.
    """
    held = [list(g) for g in groups]
    apart: list[tuple[str, str]] = []
    whole: list[tuple[str, str]] = []
    for together, reports in rulings:
        for one, other in itertools.pairwise(reports):
            if together and not any({one, other} == set(pair) for pair in apart):
                whole.append((one, other))
                held = _joined(held, one, other, apart)
            elif not together and not any({one, other} == set(pair) for pair in whole):
                apart.append((one, other))
                held = _parted(held, found, one, other)
    return sorted((sorted(g, key=lambda r: r.report) for g in held), key=lambda g: g[0].report)


def _holding(groups: Sequence[Sequence[Worded]], report: str) -> int | None:
    return next((n for n, g in enumerate(groups) if any(r.report == report for r in g)), None)


def _joined[R: Worded](groups: list[list[R]], one: str, other: str, apart: Sequence[tuple[str, str]]) -> list[list[R]]:
    """Two stories made one, unless they hold reports that are kept apart."""
    a, b = _holding(groups, one), _holding(groups, other)
    if a is None or b is None or a == b:
        return groups
    both = {r.report for r in (*groups[a], *groups[b])}
    if any(set(pair) <= both for pair in apart):
        return groups
    return [*(g for n, g in enumerate(groups) if n not in (a, b)), [*groups[a], *groups[b]]]


def _parted[R: Worded](groups: list[list[R]], found: Sequence[Shared], one: str, other: str) -> list[list[R]]:
    """The second report out of the first one's story, with its copies."""
    at = _holding(groups, one)
    if at is None or at != _holding(groups, other) or one == other:
        return groups
    leaving = {other}
    pairs = copies(groups[at], found)
    for _ in pairs:
        leaving |= {b for pair in pairs for a, b in (pair, pair[::-1]) if a in leaving and b != one}
    gone = [r for r in groups[at] if r.report in leaving]
    return [*(g for n, g in enumerate(groups) if n != at), [r for r in groups[at] if r.report not in leaving], gone]
