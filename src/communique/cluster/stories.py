"""Which reports lead with the same happening.

Words and names decide (`likeness`), within a window of days where days are known (`timeline`). A numbered session is a
hard key: reports that lead with the 20th and with the 21st never meet. Reports of which one copied the narration of the
other tell the same, unless their sessions or days contradict (`copied`). What names neither number nor day comes last.

With these thresholds: allsides-to2018 B-cubed .91 and pairwise .71, ecb-1-35 .93 and .90, sessions 1.00 and 1.00 with
no wrong merge.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from communique.cluster.copied import retold
from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.likeness import (
    UNDATED,
    WEIGHT,
    Floats,
    Ints,
    Links,
    Weighed,
    in_order,
    links,
    ordinal,
)
from communique.cluster.linkage import NEVER, Bounds, Rules, average_link, bounded
from communique.cluster.past import Past
from communique.cluster.reuse import Shared, found_in
from communique.cluster.sessions import SessionKey, leading
from communique.cluster.terms import Kind
from communique.cluster.timeline import apart

LEAST = 0.08
"""Mean likeness at which groups are joined. Swept with the five below on ecb-1-35, allsides-to2018 and sessions."""
COHESION = 0.5
"""Share of the looser group's own mean likeness that two groups need between them."""
COHESIVE = 3
"""Members from which on a group has a cohesion to speak of."""
WINDOW = 1
"""Days between publication within which words count in full."""
FAR = 6
"""Days between publication from which on two reports are never joined."""
OFFICIAL = 0.012
"""Share of words in the language of talks from which on days and sessions are a hard key: above it lie 97 in 100 of
the set sessions and 1 in 100 of general news."""
MARGIN = 0.9
"""Likeness of the second best group, as a share of the best, above which only what one of the two says decides."""
CLEARLY = 1.3
"""How many times as much a report has to share with the one of two groups alone, to belong to it."""
PULL = 0.3
"""Likeness of two reports that lead with the same number of the same body, at least."""
BODY_WORDS = 3
"""Telling words of a body's name that say which body it is."""

_RULES = Rules(LEAST, COHESION, COHESIVE, FAR)


class _Desk(NamedTuple):
    """The reports, sorted by id, and what is known of each by its place among them."""

    reports: Sequence[Features]
    leads: list[SessionKey | None]
    bounds: list[Bounds]
    links: Links


def partition(reports: Sequence[Features], found: Sequence[Shared] | None = None) -> list[list[Features]]:
    """The reports in groups, each sorted by id, groups sorted by their first id; any order of arrival gives the same.

    Args:
        reports: features of distinct reports, in any order.
        found: the passages that they share, of any kind; None: to be looked for.
    """
    cell = Cell(reports)
    by_id = {r.report: r for r in reports}
    scene = Scene(Past(), cell, links([], Weighed(Past(), cell), FAR))
    groups = placed(scene, found_in(Past(), cell).shared if found is None else found)
    return [[by_id[report] for report in group] for group in groups]


class Scene(NamedTuple):
    """Reports to be placed among those before them.

    Attributes:
        past: the cells before; those of the last days can be joined.
        new: the reports to be placed.
        links: likeness among all of these, numbered through.
        groups: the groups of two and more in which the earlier ones stand, by id; members from outside are no harm.
    """

    past: Past
    new: Cell
    links: Links
    groups: Sequence[Sequence[str]] = ()

    def days(self) -> dict[str, int]:
        """Day of publication of each report."""
        return {r.report: ordinal(r.published) for r in (*self.past.reports, *self.new.reports)}


def placed(scene: Scene, found: Sequence[Shared]) -> list[list[str]]:
    """The groups of the last days once the new reports are placed, single ones too: ids ascending, sorted.

    Groups grow and are joined, but never part again. One that reaches back too far to grow stays as it is.

    Args:
        scene: what is to be placed among what.
        found: the passages that the new reports share with one another and with those before them.
    """
    days = scene.days()
    fresh = {r.report for r in scene.new.reports}
    near = _near(fresh, days)
    closed = [list(group) for group in scene.groups if not near.issuperset(group)]
    live = fresh | near.difference(*closed)
    links, stirred = _stirred(scene, live, found)
    reports = sorted((r for r in (*scene.past.reports, *scene.new.reports) if r.report in stirred), key=_id)
    place = {r.report: n for n, r in enumerate(reports)}
    before = [[place[m] for m in group] for group in scene.groups if stirred.issuperset(group)]
    desk = _desk(reports, _among(links, np.array([place.get(report, -1) for report in days], dtype=np.int64)))
    start = retold(reports, found, lambda group: _split(desk, group), before)
    groups = [[reports[n].report for n in group] for group in _grouped(desk, start)]
    still = [list(group) for group in scene.groups if live.issuperset(group) and stirred.isdisjoint(group)]
    alone = [[report] for report in live.difference(stirred, *still)]
    return sorted([*groups, *still, *alone, *(group for group in closed if not near.isdisjoint(group))])


def _id(report: Features) -> str:
    return report.report


def _near(fresh: AbstractSet[str], days: Mapping[str, int]) -> set[str]:
    """The reports before the new ones that are not too old to be of one group with them."""
    first = min((days[report] for report in fresh), default=0)
    return {report for report, day in days.items() if report not in fresh and first - day < FAR}


def _stirred(scene: Scene, live: AbstractSet[str], found: Sequence[Shared]) -> tuple[Links, set[str]]:
    """Likeness among reports of which some may come to stand with a new one, and the ids of these; the rest stay put.

    A report is stirred where it is like a new one, or shares a passage with one, or names a session, which draws
    reports together however unlike they are, or stands in a group with such a one.

    Args:
        scene: the reports, the new ones last.
        live: ids of those that can be joined.
        found: passages that the new reports share.
    """
    reports = [*scene.past.reports, *scene.new.reports]
    alive = np.array([r.report in live for r in reports], dtype=bool)
    fresh = np.arange(len(reports)) >= len(scene.past.reports)
    one, other, value = scene.links
    new = alive[one] & alive[other] & (fresh[one] | fresh[other])
    close = np.concatenate((one[new & (value >= MARGIN * LEAST)], other[new & (value >= MARGIN * LEAST)]))
    like = _grown({reports[n].report for n in np.unique(close).tolist()}, scene.groups)
    told = {report for row in found for report in (row.a, row.b)} | {r.report for r in reports if r.sessions}
    stirred = set(live) & _grown(like | told | {r.report for r in scene.new.reports}, scene.groups)
    old = np.array([r.report in like for r in reports], dtype=bool)
    kept = np.flatnonzero(new | (alive[one] & alive[other] & old[one] & old[other]))
    return Links(one[kept], other[kept], value[kept]), stirred


def _grown(reports: AbstractSet[str], groups: Sequence[Sequence[str]]) -> set[str]:
    """Some reports, and all that stand in a group with one of them."""
    return set(reports).union(*(group for group in groups if not reports.isdisjoint(group)))


def _among(links: Links, place: Ints) -> Links:
    """Links of those that have a place, by their places; of the others it is negative."""
    one, other = place[links.one], place[links.other]
    kept = np.flatnonzero((one >= 0) & (other >= 0))
    return in_order(one[kept], other[kept], links.value[kept])


def _desk(reports: Sequence[Features], links: Links) -> _Desk:
    days = [ordinal(r.published) for r in reports]
    leads = [leading(r.sessions) for r in reports]
    numbers = [lead.number if lead else -1 for lead in leads]
    bounds = [Bounds(d, d, n) if d != UNDATED else Bounds(number=n) for d, n in zip(days, numbers, strict=True)]
    value = _by_time(links, np.array(days, dtype=np.int64))
    value = _by_session(links._replace(value=value), leads)
    value = _by_frame(links._replace(value=value), reports)
    return _Desk(reports, leads, bounds, links._replace(value=value))


def _grouped(desk: _Desk, start: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of reports; what says neither which session nor which day is left for last.

    Such a report goes to the group that it is most like, for two of them would rather meet in an outlet's manner than
    in what they tell. What fits no group is grouped among its own kind.
    """
    vague = [unit for unit in start if all(desk.leads[n] is None for n in unit) and _spoken(desk, unit)]
    late = {unit[0] for unit in vague}
    groups = average_link([u for u in start if u[0] not in late], desk.links, desk.bounds, _RULES)
    keyed = [[n for n in group if desk.leads[n] is not None] or group for group in groups]
    homes = _homes(desk, keyed, vague)
    own = average_link([u for u in vague if u[0] not in homes], desk.links, desk.bounds, _RULES)
    for unit in vague:
        if unit[0] in homes:
            groups[homes[unit[0]]].extend(unit)
    return sorted(sorted(group) for group in (*groups, *own))


def _spoken(desk: _Desk, unit: Sequence[int]) -> bool:
    """Whether some report is in the language of talks; half as much of it does where no day is known either."""
    rows = [desk.reports[n] for n in unit]
    return any(r.official >= (OFFICIAL if r.frame.firm else OFFICIAL / 2) for r in rows)


def _homes(desk: _Desk, groups: Sequence[Sequence[int]], units: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each unit, by its first report, the group that it is most like in the mean.

    A unit has no home where none is like enough, or where two are about as like and what only one of the two says does
    not decide it.
    """
    group_of = {n: at for at, group in enumerate(groups) for n in group}
    unit_of = {n: at for at, unit in enumerate(units) for n in unit}
    sums: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for a, b, value in zip(*(side.tolist() for side in desk.links), strict=True):
        for one, other in ((a, b), (b, a)):
            if one in unit_of and other in group_of:
                sums[unit_of[one]][group_of[other]] += value
    homes = {}
    for at, row in sums.items():
        means = _means(desk, units[at], {groups[home][0]: (groups[home], total) for home, total in row.items()})
        best = _best(desk, units[at], means)
        if best is not None:
            homes[units[at][0]] = group_of[best[0]]
    return homes


def _means(
    desk: _Desk, unit: Sequence[int], sums: Mapping[int, tuple[Sequence[int], float]]
) -> list[tuple[float, Sequence[int]]]:
    """Mean likeness of a unit to the groups that it can belong to, the most like first."""
    bounds = bounded([desk.bounds[n] for n in unit])
    means = [
        (total / (len(unit) * len(group)), group)
        for group, total in sums.values()
        if not bounds.clash(bounded([desk.bounds[n] for n in group]), FAR)
    ]
    return sorted(means, key=lambda row: (-row[0], row[1][0]))


def _best(desk: _Desk, unit: Sequence[int], means: Sequence[tuple[float, Sequence[int]]]) -> Sequence[int] | None:
    if not means or means[0][0] < LEAST:
        return None
    best, *others = [group for mean, group in means if mean > MARGIN * means[0][0]]
    for other in others:
        left, right = _only(desk, unit, best, other)
        if left < CLEARLY * right and right < CLEARLY * left:
            return None
        best = best if left > right else other
    return best


def _only(desk: _Desk, unit: Sequence[int], one: Sequence[int], other: Sequence[int]) -> tuple[float, float]:
    """Weight of the terms that a unit shares with one of two groups and not with the other."""
    own, left, right = (_kinds(desk, group) for group in (unit, one, other))
    return (
        math.fsum(WEIGHT[Kind(kind)] for term, kind in sorted(own.items()) if term in left and term not in right),
        math.fsum(WEIGHT[Kind(kind)] for term, kind in sorted(own.items()) if term in right and term not in left),
    )


def _kinds(desk: _Desk, group: Sequence[int]) -> dict[int, int]:
    return {
        term: kind
        for n in group
        for term, kind in zip(desk.reports[n].term_hashes.tolist(), desk.reports[n].kinds, strict=True)
    }


def _by_time(links: Links, days: Ints) -> Floats:
    """Likeness weakened over days apart; reports without a day compare with all."""
    gap = np.abs(days[links.one] - days[links.other])
    known = (days[links.one] != UNDATED) & (days[links.other] != UNDATED)
    return np.where(known, links.value * np.clip(1 - (gap - WINDOW) / (FAR - WINDOW), 0, 1), links.value)


def _by_session(links: Links, leads: Sequence[SessionKey | None]) -> Floats:
    """Draw reports of one session together; those of different ones are kept apart by their bounds."""
    numbers = np.array([lead.number if lead else -1 for lead in leads], dtype=np.int64)
    same = (numbers[links.one] == numbers[links.other]) & (numbers[links.one] >= 0) & (links.value > 0)
    value = links.value.copy()
    for at in np.flatnonzero(same).tolist():
        one, other = leads[links.one[at]], leads[links.other[at]]
        if one and other and _same_body(one, other):
            value[at] = max(value[at], PULL)
    return value


def _same_body(one: SessionKey, other: SessionKey) -> bool:
    """Whether the telling words of two bodies' names are the same, or all those of the shorter among the longer's."""
    short, long_ = sorted((set(one.body), set(other.body)), key=len)
    return len(short) >= BODY_WORDS and short <= long_


def _by_frame(links: Links, reports: Sequence[Features]) -> Floats:
    """Keep official reports apart that cannot tell of the same days."""
    official = np.array([r.official >= OFFICIAL for r in reports], dtype=bool)
    value = links.value.copy()
    for at in np.flatnonzero(official[links.one] & official[links.other] & (value > 0)).tolist():
        if apart(reports[links.one[at]].frame, reports[links.other[at]].frame):
            value[at] = NEVER
    return value


def _split(desk: _Desk, group: Sequence[int]) -> bool:
    """Whether the sessions or the days of some reports of a group contradict each other."""
    days = [desk.bounds[n].first for n in group if desk.bounds[n].first]
    if len({desk.bounds[n].number for n in group} - {-1}) > 1 or (days and max(days) - min(days) >= FAR):
        return True
    frames = {desk.reports[n].frame for n in group if desk.reports[n].official >= OFFICIAL}
    return any(apart(one, other) for one, other in itertools.combinations(frames, 2))
