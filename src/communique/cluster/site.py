"""Lines that a site prints under many of its reports: runs of words that several reports of one outlet share.

Learnt for each outlet, over the cells that are looked at, and never from frequency alone: a sentence that everybody
copies in one day is news, and one that an outlet prints under unrelated reports is its furniture.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.features import FURNITURE, OPENS, Features
from communique.cluster.index import SITE_RUN, Bools, Cell, Hashes, Ints, distinct, found, met, outlet_key, rolled
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
        self._last: tuple[bytes, dict[str, list[tuple[int, int]]]] = b"", {}
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
        if values.tobytes() != self._last[0]:
            self._last = values.tobytes(), _ranges(self._new, values)
        return self._last[1]

    def _unrelated(self, values: Hashes, happening: Ints) -> Ints:
        """Under how many happenings each run stands."""
        before, rows = self._past.unrelated(values, happening)
        own = met(values, self._new.site, len(self._past.reports))
        rows = np.concatenate((rows, np.column_stack((own[:, 0], happening[own[:, 1]]))))
        size = int(happening.max()) + 1
        keys = np.sort(rows[:, 0] * size + rows[:, 1])
        return before + np.bincount(keys[np.diff(keys, prepend=-1) > 0] // size, minlength=len(values))


def _ranges(cell: Cell, values: Hashes) -> dict[str, list[tuple[int, int]]]:
    """Whole sentences that runs of a site cover, none of their words marked already, by report."""
    report = np.repeat(np.arange(len(cell.reports)), cell.sizes)
    flags = np.frombuffer(b"".join(r.flags for r in cell.reports), dtype=np.uint8)
    starts, ends = _rows(_covered(cell, report, values) & (flags & FURNITURE == 0), report)
    opens = np.append(np.flatnonzero(flags & OPENS), len(flags))
    own = np.cumsum(cell.sizes) - cell.sizes
    closes = np.union1d(opens, own)
    first, last = opens[np.searchsorted(opens, starts)], closes[np.searchsorted(closes, ends, side="right") - 1]
    kept = np.flatnonzero((last - first >= LEARNT_WORDS) & (last - first <= SITE_WORDS))
    out: dict[str, list[tuple[int, int]]] = {}
    for at in kept[~_official(cell, first[kept], last[kept])].tolist():
        number = report[starts[at]]
        place = int(first[at] - own[number]), int(last[at] - own[number])
        out.setdefault(cell.reports[number].report, []).append(place)
    return out


def _covered(cell: Cell, report: Ints, values: Hashes) -> Bools:
    """Which words of a cell some runs cover, in reports whose outlet is known."""
    runs = rolled(np.frombuffer(b"".join(r.hashes for r in cell.reports), dtype=np.uint64), SITE_RUN)
    owner = report[: len(runs)]
    whole = np.array([r.outlet is not None for r in cell.reports], dtype=bool)[owner]
    whole &= owner == report[SITE_RUN - 1 :]
    runs = runs ^ cell.outlets[owner]
    hits = np.flatnonzero(whole & (values[np.minimum(np.searchsorted(values, runs), len(values) - 1)] == runs))
    covered = np.zeros(len(report), dtype=bool)
    for step in range(SITE_RUN):
        covered[hits + step] = True
    return covered


def _official(cell: Cell, starts: Ints, ends: Ints) -> Bools:
    """Whether words of a cell are of the language of talks and sessions: background, and no furniture."""
    words = np.frombuffer(b"".join(r.hashes for r in cell.reports), dtype=np.uint64)
    _, known = found(_OFFICIAL, words)
    before = np.cumsum(np.append([0], known))
    return np.asarray(before[ends] - before[starts] >= LEARNT_OFFICIAL)


def _rows(covered: Bools, report: Ints) -> tuple[Ints, Ints]:
    """Rows of covered words of one report: their first words and their ends."""
    again = covered[1:] & covered[:-1] & (report[1:] == report[:-1])
    starts = np.flatnonzero(covered & ~np.append([False], again))
    return starts, np.flatnonzero(covered & ~np.append(again, [False])) + 1
