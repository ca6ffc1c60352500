"""Lines that a site prints under many of its reports: runs of words that several reports of one outlet share.

Learnt for each outlet, over the cells that are looked at, and never from frequency alone: a sentence that everybody
copies in one day is news, and one that an outlet prints under unrelated reports is its furniture.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.features import FURNITURE, OPENS, Features
from communique.cluster.index import SITE_RUN, Bools, Cell, Hashes, Ints, distinct, outlet_key, rolled
from communique.cluster.words import word_set
from communique.text.shingles import word_hash

SITE_REPORTS = 4
"""Reports of one outlet that share a line before it is the site's and not the newsroom's."""
SITE_QUOTED = 6
"""The same, where the line seems to be quoted."""
SITE_WORDS = 60
"""Longest site line, in words."""
LEARNT_REPORTS = 6
"""Reports of one outlet that share a line before what lies in it counts as furniture and attests nothing."""
LEARNT_STORIES = 5
"""Unrelated happenings under which it stands, at least: what belongs to one story is no furniture."""
LEARNT_WORDS = 8
"""Fewest words of such a line."""
LEARNT_OFFICIAL = 2
"""Words of the language of talks and sessions from which on a sentence is background, which states facts."""
_OFFICIAL = np.array(sorted(word_hash(word) for word in word_set("official")), dtype=np.uint64)


class Place(NamedTuple):
    """Words of a report: its number, first word and end."""

    report: int
    start: int
    end: int


def recurring(cells: Sequence[Cell], places: Sequence[Place]) -> list[tuple[int, int, int]]:
    """For each place how many of its runs are those of a site line: as told, as quoted, and all of them.

    Places of reports without an outlet, and those too long for a line, have none.

    Args:
        cells: the cells that are looked at; reports are numbered through them.
        places: what is asked about.
    """
    reports = [report for cell in cells for report in cell.reports]
    asked = [(n, p) for n, p in enumerate(places) if _askable(reports[p.report], p)]
    out = [(0, 0, 0)] * len(places)
    if not asked:
        return out
    hashes, owner = _of_places(reports, [p for _, p in asked])
    counts = _counts(cells, hashes, np.argsort(hashes))
    told = [np.bincount(owner, weights=counts >= least, minlength=len(asked)) for least in (SITE_REPORTS, SITE_QUOTED)]
    for (n, _), often, quoted, runs in zip(asked, *told, np.bincount(owner, minlength=len(asked)), strict=True):
        out[n] = (int(often), int(quoted), int(runs))
    return out


def _of_places(reports: Sequence[Features], places: Sequence[Place]) -> tuple[Hashes, Ints]:
    """The runs of places, keyed by outlet as those of a site, and for each the number of its place."""
    words = [reports[p.report].word_hashes[p.start : p.end] for p in places]
    owner = np.repeat(np.arange(len(places)), [len(w) for w in words])
    keys = {outlet: outlet_key(outlet) for outlet in {reports[p.report].outlet or "" for p in places}}
    key = np.array([keys[reports[p.report].outlet or ""] for p in places], dtype=np.uint64)
    values = rolled(np.concatenate(words), SITE_RUN)
    whole = np.flatnonzero(owner[: len(values)] == owner[SITE_RUN - 1 :])
    return values[whole] ^ key[owner[whole]], owner[whole]


def _askable(report: Features, place: Place) -> bool:
    return report.outlet is not None and SITE_RUN <= place.end - place.start <= SITE_WORDS


def _counts(cells: Sequence[Cell], runs: Hashes, order: Ints) -> Ints:
    """In how many reports of its outlet each run stands.

    Args:
        cells: the cells that are looked at.
        runs: what is asked about.
        order: their order.
    """
    values = runs[order]
    total = np.zeros(len(values), dtype=np.int64)
    for cell in cells:
        asked = cell.site.among(values)
        found, some = cell.site.values, values[asked]
        total[order[asked]] += np.searchsorted(found, some, side="right") - np.searchsorted(found, some)
    return total


class Learner:
    """What can be learnt of the reports of the last of some cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        """Find the runs that often stand under an outlet's reports."""
        self._cells = cells
        values = distinct(cells[-1].site.values)
        self._often = values[_counts(cells, values, np.arange(len(values))) >= LEARNT_REPORTS]
        self._told: dict[bytes, dict[str, list[tuple[int, int]]]] = {}

    def learnt(self, happening: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
        """Furniture of the reports of the last cell: ranges of words, ends exclusive, by report id.

        Args:
            happening: a name for what each report tells; the same for two reports of one story.
        """
        values = self._often
        if len(values):
            values = values[_unrelated(self._cells, values, happening) >= LEARNT_STORIES]
        if not len(values):
            return {}
        known = values.tobytes()
        if known not in self._told:
            reports = [r for r in self._cells[-1].reports if r.outlet is not None]
            self._told[known] = {r.report: ranges for r in reports if (ranges := _ranges(r, values))}
        return self._told[known]


def _unrelated(cells: Sequence[Cell], values: Hashes, happening: Mapping[str, str]) -> Ints:
    """Under how many happenings each run stands."""
    rows = []
    names: dict[str, int] = {}
    for cell in cells:
        number = np.array([names.setdefault(happening[r.report], len(names)) for r in cell.reports], dtype=np.int64)
        low = np.searchsorted(cell.site.values, values)
        count = np.searchsorted(cell.site.values, values, side="right") - low
        at = np.repeat(low - np.cumsum(count) + count, count) + np.arange(count.sum())
        rows.append(np.column_stack((np.repeat(np.arange(len(values)), count), number[cell.site.report[at]])))
    both = np.concatenate(rows)
    keys = np.sort(both[:, 0] * len(names) + both[:, 1])
    return np.bincount(keys[np.diff(keys, prepend=-1) > 0] // len(names), minlength=len(values))


def _ranges(report: Features, values: Hashes) -> list[tuple[int, int]]:
    """Whole sentences that runs of the site cover, none of their words marked already."""
    runs = rolled(report.word_hashes, SITE_RUN) ^ np.uint64(outlet_key(report.outlet or ""))
    at = np.minimum(np.searchsorted(values, runs), len(values) - 1)
    hits = np.flatnonzero(values[at] == runs)
    flags = np.frombuffer(report.flags, dtype=np.uint8)
    covered = np.zeros(len(flags), dtype=bool)
    for step in range(SITE_RUN):
        covered[hits + step] = True
    covered &= flags & FURNITURE == 0
    opens = np.append(np.flatnonzero(flags & OPENS), len(flags))
    whole = [
        (opens[np.searchsorted(opens, a)], opens[np.searchsorted(opens, b, "right") - 1]) for a, b in _rows(covered)
    ]
    return [(int(a), int(b)) for a, b in whole if LEARNT_WORDS <= b - a <= SITE_WORDS and not _official(report, a, b)]


def _official(report: Features, start: int, end: int) -> bool:
    """Whether words are of the language of talks and sessions: background, and no furniture."""
    words = report.word_hashes[start:end]
    at = np.minimum(np.searchsorted(_OFFICIAL, words), len(_OFFICIAL) - 1)
    return int((_OFFICIAL[at] == words).sum()) >= LEARNT_OFFICIAL


def _rows(covered: Bools) -> list[tuple[int, int]]:
    """Rows of covered words, ends exclusive."""
    edge = np.diff(np.concatenate(([0], covered.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edge == 1), np.flatnonzero(edge == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
