"""How alike the reports of the last cells are: worked out cell by cell, and kept while later cells ask for it."""

from collections.abc import Callable, Sequence

import numpy as np

from communique.cluster import cells as calendar
from communique.cluster.cells import Stretch
from communique.cluster.index import Cell
from communique.cluster.likeness import Links, Weighed, in_order, links
from communique.cluster.past import Past
from communique.cluster.stories import FAR

type Known = tuple[str, Stretch]
"""A cell, and a hash of its reports before it."""
type Key = tuple[str, ...]


class Weighing:
    """Weighs cells, each by those before it."""

    def __init__(self, laid: Callable[[str, Stretch], Cell]) -> None:
        """Nothing is weighed yet.

        Args:
            laid: gives a cell laid out.
        """
        self._laid = laid
        self._weighed: dict[Key, Weighed] = {}
        self._links: dict[Key, Links] = {}
        self._past: tuple[Key, Past] = (), Past()

    def among(self, cells: Sequence[Known]) -> Links:
        """Likeness among the reports of the last cells, the new one and `STORY_CELLS` before it, numbered through.

        Each of these is compared with as many before it, and each of those is weighed by as many before it.

        Args:
            cells: cells by day, the new one last: `3 * STORY_CELLS` before it, or all there are.
        """
        first = max(0, len(cells) - 1 - calendar.STORY_CELLS)
        start, rows = 0, []
        for at in range(first, len(cells)):
            own = self._of(cells[max(0, at - 2 * calendar.STORY_CELLS) : at + 1])
            kept = own.one >= -start
            rows.append((own.one[kept] + start, own.other[kept] + start, own.value[kept]))
            start += len(cells[at][1].reports)
        return in_order(*(np.concatenate(side) for side in zip(*rows, strict=True)))

    def _of(self, cells: Sequence[Known]) -> Links:
        """Likeness of the reports of the last of some cells to all before them, numbered as by `likeness.links`."""
        key = _key(cells)
        if key not in self._links:
            first = max(0, len(cells) - 1 - calendar.STORY_CELLS)
            weighed = [
                self._weigh(cells[max(0, at - calendar.STORY_CELLS) : at + 1]) for at in range(first, len(cells))
            ]
            self._links[key] = links(weighed[:-1], weighed[-1], FAR)
        return _kept(self._links, key, calendar.STORY_CELLS + 2)

    def _weigh(self, cells: Sequence[Known]) -> Weighed:
        """The last of some cells, weighed by all of them."""
        key = _key(cells)
        if key not in self._weighed:
            if self._past[0] != key[:-1]:
                self._past = key[:-1], Past([self._laid(*cell) for cell in cells[:-1]])
            self._weighed[key] = Weighed(self._past[1], self._laid(*cells[-1]))
        return _kept(self._weighed, key, calendar.STORY_CELLS + 2)


def _key(cells: Sequence[Known]) -> Key:
    return tuple(digest for digest, _ in cells)


def _kept[T](known: dict[Key, T], key: Key, most: int) -> T:
    """What is known under a key, as the last of so many; what was asked for longest ago is let go of."""
    known[key] = value = known.pop(key)
    for old in list(known)[:-most]:
        del known[old]
    return value
