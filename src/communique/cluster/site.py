"""Lines that a site prints under many of its reports: runs of words that several reports of one outlet share.

Learnt for each outlet, over the cells that are looked at, and never from frequency alone: a sentence that everybody
copies in one day is news, and one that an outlet prints under unrelated reports is its furniture.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.features import FURNITURE, OPENS, Features
from communique.cluster.index import SITE_RUN, Bools, Cell, Hashes, Ints, distinct, met, outlet_key, rolled
from communique.cluster.past import Past
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


def recurring(past: Past, new: Cell, places: Sequence[Place]) -> list[tuple[int, int, int]]:
    """For each place how many of its runs are those of a site line: as told, as quoted, and all of them.

    Places of reports without an outlet, and those too long for a line, have none.

    Args:
        past: the cells before.
        new: the cell that is looked at; its reports are numbered after those before.
        places: what is asked about.
    """
    reports = [*past.reports, *new.reports]
    asked = [(n, p) for n, p in enumerate(places) if _askable(reports[p.report], p)]
    out = [(0, 0, 0)] * len(places)
    if not asked:
        return out
    hashes, owner = _of_places(reports, [p for _, p in asked])
    values, number = np.unique(hashes, return_inverse=True)
    counts = (past.counts(values, "recurring") + Past([new]).counts(values, ""))[number]
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


class Learner:
    """What can be learnt of the reports of a cell."""

    def __init__(self, past: Past, new: Cell) -> None:
        """Find the runs that often stand under an outlet's reports.

        Args:
            past: the cells before.
            new: the cell.
        """
        self._past, self._new = past, new
        values = new.site.values
        known = distinct(values)
        own = np.diff(np.append(np.searchsorted(values, known), len(values)))
        self._often = known[past.counts(known, "learner") + own >= LEARNT_REPORTS]

    def learnt(self, happening: Ints) -> dict[str, list[tuple[int, int]]]:
        """Furniture of the reports of the cell: ranges of words, ends exclusive, by report id.

        Args:
            happening: for each report a number for what it tells; the same for two reports of one story.
        """
        values = self._often
        if len(values):
            values = values[self._unrelated(values, happening) >= LEARNT_STORIES]
        if not len(values):
            return {}
        known = self._past.remembered(values.tobytes())
        out = {}
        for report in self._new.reports:
            words = report.outlet, report.hashes, report.flags
            if report.outlet is not None and words not in known:
                known[words] = _ranges(report, values)
            if report.outlet is not None and known[words]:
                out[report.report] = known[words]
        return out

    def _unrelated(self, values: Hashes, happening: Ints) -> Ints:
        """Under how many happenings each run stands."""
        rows = np.concatenate((self._past.lines(values), met(values, self._new.site, len(self._past.reports))))
        size = int(happening.max()) + 1
        keys = np.sort(rows[:, 0] * size + happening[rows[:, 1]])
        return np.bincount(keys[np.diff(keys, prepend=-1) > 0] // size, minlength=len(values))


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
