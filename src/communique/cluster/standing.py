"""A collection that stands, and to which reports are added one by one, as by a program that stays open."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from communique.cluster import cells as calendar
from communique.cluster.cells import cell_of, days_of_a_cell, stretches
from communique.cluster.features import Features
from communique.cluster.sweep import Item, Placed, Sweep, digest_of


class Standing:
    """Cells and what they gave; the same, report by report, as if all reports had been there at once.

    Attributes:
        cells: the cells, by day.
        given: what each of them gave.
    """

    def __init__(
        self,
        load: Callable[[Sequence[str]], Sequence[Features]],
        items: Mapping[str, Item],
        known: Mapping[str, Placed] | None = None,
    ) -> None:
        """Place a collection.

        Args:
            load: gives the features of some reports, in any order.
            items: the reports, by id.
            known: what cells gave before, by name.
        """
        self.items = dict(items)
        self._held: dict[str, Features] = {}
        self._load = load
        self._sweep = Sweep(self._loaded)
        self._lay_out(known or {})

    def _loaded(self, reports: Sequence[str]) -> list[Features]:
        """Features of the reports of a cell; those of the last one are at hand, for the next report is often of it."""
        missing = [report for report in reports if report not in self._held]
        fresh = {f.report: f for f in self._load(missing)} if missing else {}
        self._held = {report: fresh.get(report) or self._held[report] for report in reports}
        return list(self._held.values())

    def _lay_out(self, known: Mapping[str, Placed]) -> None:
        self.given = [placed for _, placed in self._sweep.over(self.items, known)]
        self.cells = stretches({report: item.day for report, item in self.items.items()})
        self._digests = [digest_of(cell, self.items) for cell in self.cells]
        self._at = {cell.name: at for at, cell in enumerate(self.cells)}
        self._days = Counter(item.day for item in self.items.values() if cell_of(item.day, 1))

    def add(self, report: str, item: Item) -> list[str]:
        """Place one more report.

        Only its own cell is reckoned anew, and later ones as far as they look at one that came out differently. Where
        the report changes how long cells are, all of them are.

        Returns:
            names of the cells that give something else than before.
        """
        before = {cell.name: placed for cell, placed in zip(self.cells, self.given, strict=True)}
        at = self._place_of(item)
        self.items[report] = item
        if at is None:
            self._lay_out(before)
        else:
            self._days[item.day] += 1
            self._insert(at, report)
        now = zip(self.cells, self.given, strict=True)
        return [cell.name for cell, placed in now if before.get(cell.name) is not placed]

    def _place_of(self, item: Item) -> int | None:
        """Place of the cell that a report belongs to, where all cells stay as they are."""
        day = item.day
        if day is None or not self._days[day] or len(self.items) <= calendar.SMALL:
            return None
        dated = sum(self._days.values())
        length = days_of_a_cell(dated, len(self._days))
        same = length == days_of_a_cell(dated + 1, len(self._days))
        return self._at.get(cell_of(day, length) or "") if same else None

    def _insert(self, at: int, report: str) -> None:
        """Put a report into a cell, and reckon what depends on it."""
        old = self.cells[at]
        self.cells[at] = old._replace(reports=tuple(sorted((*old.reports, report))))
        self._digests[at] = digest_of(self.cells[at], self.items)
        changed = {at}
        for n in range(at, len(self.cells)):
            if n == at or not changed.isdisjoint(self.cells[n].near):
                placed = self._sweep.placed(self.cells, self._digests, self.given, n, self.given[n])
                if placed is not self.given[n]:
                    self.given[n] = placed
                    changed.add(n)
            elif n > max(changed) and self.cells[n].near and self.cells[n].near[0] > max(changed):
                break
