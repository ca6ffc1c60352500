"""Reports that tell the same because one has the other's narration, which is known before any words are weighed."""

import itertools
from collections.abc import Callable, Iterable, Sequence

from communique.cluster.features import Features
from communique.cluster.origins import copies
from communique.cluster.reuse import Shared

type Split = Callable[[Sequence[int]], bool]


def retold(
    reports: Sequence[Features], found: Iterable[Shared], split: Split, before: Sequence[Sequence[int]] = ()
) -> list[list[int]]:
    """The reports in groups that tell the same because of two newsrooms' texts one is a copy; most stand alone.

    What one outlet prints again in its own reports is its background, and no evidence; without an outlet two reports
    are taken to be of different newsrooms. Where copies of copies lead to two reports that must be apart, the words are
    everybody's background, and none of them is evidence.

    Args:
        reports: reports sorted by id.
        found: the passages that they share, and perhaps others.
        split: whether a group, by its places, holds two reports that must be apart.
        before: groups that stand already, by their places.

    Returns:
        Places among the reports, each group ascending, sorted.
    """
    place = {r.report: n for n, r in enumerate(reports)}
    known = [pair for group in before for pair in itertools.pairwise(group)]
    pairs = [(place[a], place[b]) for a, b in copies(reports, found)]
    sound = {n for group in united(len(reports), known + pairs) if len(group) == 1 or not split(group) for n in group}
    told = [(a, b) for a, b in pairs if a in sound and _two(reports[a].outlet, reports[b].outlet)]
    return united(len(reports), known + told)


def _two(one: str | None, other: str | None) -> bool:
    return one is None or one != other


def united(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Members in the groups that pairs hold together, each ascending, sorted.

    Args:
        count: members, 0 to `count - 1`.
        pairs: members that belong together.
    """
    group = {n: [n] for n in range(count)}
    for a, b in pairs:
        large, small = sorted((group[a], group[b]), key=len, reverse=True)
        if large is not small:
            large.extend(small)
            group.update(dict.fromkeys(small, large))
    return sorted(sorted(members) for members in {id(members): members for members in group.values()}.values())
