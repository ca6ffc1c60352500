"""Reports placed cell after cell: what they share, and the stories that they make.

What a cell gives is a pure function of its reports, of those in the cells just before it and of what these gave. So it
is kept under a hash of all that, and reckoned anew only where some of it has changed: one more report touches its own
cell, and later ones only as far as they come out differently.
"""

import hashlib
import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
import numpy as np

from communique.cluster import cells as calendar
from communique.cluster.cards import Card, card
from communique.cluster.cells import Stretch, stretches
from communique.cluster.features import Features
from communique.cluster.index import Block, Cell, Ints
from communique.cluster.joined import Places, places
from communique.cluster.paraphrase import Again
from communique.cluster.past import Past
from communique.cluster.reuse import Shared, found_in
from communique.cluster.site import Learner
from communique.cluster.stories import Scene, placed
from communique.cluster.weighing import Weighing

VERSION = "4"
"""Changes whenever the same reports would be grouped differently."""
_HELD = 40
"""Cells that are held laid out: a new one and those in which copied words are looked for."""

_NOTHING = "", Past(), Past()
"""What is known before any cell is placed."""

type Ranges = dict[str, list[tuple[int, int]]]


class Placed(msgspec.Struct, frozen=True):
    """What a cell gives.

    Attributes:
        key: hash of all that it is a function of.
        groups: the groups of two and more that can still grow, ids ascending, sorted.
        shared: the typed passages of its reports, in order.
        quoted: words to be taken as quoted from here on, by report.
        masked: words of its reports that were known to be their outlet's furniture before they were compared.
        learnt: characters of its reports that are their outlet's furniture, by report.
        words: hash of the words that are taken as quoted, and of those masked.
        places: the characters of each of the passages.
        cards: what a list of stories shows of each of its reports, in order.
        again: sentences of its reports that say the same as others of their story, with their characters; found apart,
            by `group.with_paraphrases`.
    """

    key: str
    groups: list[list[str]] = []
    shared: list[Shared] = []
    quoted: Ranges = {}
    masked: Ranges = {}
    learnt: Ranges = {}
    words: str = ""
    places: list[Places] = []
    cards: list[Card] = []
    again: list[tuple[Again, Places]] = []


_GONE = Placed(key="")
"""Stands for what is not looked at any more."""


class Item(msgspec.Struct, frozen=True):
    """A report to be placed: its day of publication, and a hash of its features."""

    day: str | None
    digest: str


class _Cells:
    """Cells laid out, the last ones at hand; a class of its own, so that a sweep and what it asks hold no circle."""

    def __init__(self, load: Callable[[Sequence[str]], Sequence[Features]]) -> None:
        self._load = load
        self._held: OrderedDict[str, Cell] = OrderedDict()

    def laid(self, digest: str, cell: Stretch) -> Cell:
        """A cell laid out, from memory where it is the same."""
        laid = self._held.pop(digest, None) or Cell(self._load(cell.reports))
        self._held[digest] = laid
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        return laid


class Sweep:
    """Places collections that differ by a few reports, one after another, and remembers cells."""

    def __init__(self, load: Callable[[Sequence[str]], Sequence[Features]]) -> None:
        """A sweep.

        Args:
            load: gives the features of some reports, in any order.
        """
        self._cells = _Cells(load)
        self._past = _NOTHING
        self._blocks: dict[tuple[tuple[str, str], ...], Block] = {}
        self._weighing = Weighing(self._cells.laid)

    def over(self, items: Mapping[str, Item], known: Mapping[str, Placed]) -> Iterator[tuple[str, Placed]]:
        """What each cell gives, by its name, cells by day.

        Args:
            items: the reports, by id.
            known: what cells gave before, by name; taken over where nothing has changed.
        """
        cells = stretches({report: item.day for report, item in items.items()})
        digests = [digest_of(cell, items) for cell in cells]
        given: list[Placed] = []
        for cell in cells:
            given.append(self.placed(cells, digests, given, len(given), known.get(cell.name)))
            yield cell.name, given[-1]
            for old in range(_oldest(cells, len(given) - 1) - 1, -1, -1):
                if given[old] is _GONE:
                    break
                given[old] = _GONE

    def placed(
        self, cells: Sequence[Stretch], digests: Sequence[str], given: Sequence[Placed], at: int, known: Placed | None
    ) -> Placed:
        """What a cell gives.

        Args:
            cells: the cells, by day.
            digests: a hash of the reports of each.
            given: what the cells before it gave.
            at: its place.
            known: what it gave before; taken over where nothing has changed.
        """
        here = [*cells[at].near, at]
        near = [given[n] for n in cells[at].near]
        key = _key([digests[n] for n in here], near)
        if known is not None and known.key == key:
            return known
        return self._placed(key, [(digests[n], cells[n]) for n in here], near)

    def _placed(self, key: str, cells: Sequence[tuple[str, Stretch]], near: Sequence[Placed]) -> Placed:
        new = self._cells.laid(*cells[-1])
        past, recent = self._before(cells[:-1], near, cells[-1][1].block)
        before = near[-1].groups if near else []
        site = Learner(past, new)
        masked = site.learnt(_happenings(past, new, before, placed=False))
        new.mask(masked)
        found = found_in(past, new, _together([given.quoted for given in near]))
        groups = placed(Scene(recent, new, self._weighing.among(cells), before), found.shared)
        furniture = site.learnt(_happenings(past, new, groups, placed=True))
        told = [past.reports[past.number[r]] for row in found.shared for r in (row.a, row.b) if r in past.number]
        by_id = {r.report: r for r in (*told, *new.reports)}
        return Placed(
            key,
            [g for g in groups if len(g) > 1],
            found.shared,
            found.quoted,
            masked,
            {report: [by_id[report].chars(a, b) for a, b in ranges] for report, ranges in furniture.items()},
            _digest(_ordered(found.quoted), _ordered(masked)),
            places(found.shared, by_id),
            [card(report) for report in new.reports],
        )

    def _before(self, cells: Sequence[tuple[str, Stretch]], near: Sequence[Placed], block: int) -> tuple[Past, Past]:
        """The cells before one of a block, and the last of them, from memory where they are those of the last time."""
        key = _digest(*(digest for digest, _ in cells), *(given.words for given in near))
        if key != self._past[0]:
            self._past = _NOTHING  # let go of the last before the next is made: never two at a time
            laid = [self._cells.laid(digest, cell) for digest, cell in cells]
            for cell, given in zip(laid, near, strict=True):
                cell.mask(given.masked)
            for cell in laid[: -calendar.STORY_CELLS]:
                cell.forget_terms()
            words = [(digest, given.words) for (digest, _), given in zip(cells, near, strict=True)]
            blocks = [cell.block if cell.block != block else -at for at, (_, cell) in enumerate(cells, 1)]
            past = Past(laid, self._in_blocks(laid, words, blocks))
            self._past = key, past, Past(laid[-calendar.STORY_CELLS :])
        return self._past[1:]

    def _in_blocks(
        self, laid: Sequence[Cell], words: Sequence[tuple[str, str]], blocks: Sequence[int]
    ) -> list[Block | Cell]:
        """Cells in blocks, from memory where these are the same; the cells of the block under way each by itself.

        Args:
            laid: the cells.
            words: hashes of the reports of each, and of what is masked in them.
            blocks: the block of each; negative: none.
        """
        known, self._blocks = self._blocks, {}
        out: list[Block | Cell] = []
        for block, some in itertools.groupby(range(len(laid)), key=blocks.__getitem__):
            own = list(some)
            key = tuple(words[n] for n in own)
            if block >= 0:
                self._blocks[key] = known.get(key) or Block([laid[n] for n in own])
            out.append(self._blocks[key] if block >= 0 else laid[own[0]])
        return out


def _together(parts: Sequence[Ranges]) -> Ranges:
    out: Ranges = {}
    for part in parts:
        for report, ranges in part.items():
            out[report] = [*out.get(report, []), *ranges]
    return out


def digest_of(cell: Stretch, items: Mapping[str, Item]) -> str:
    """A hash of the reports of a cell."""
    return _digest(*(part for report in cell.reports for part in (report, items[report].digest)))


def _oldest(cells: Sequence[Stretch], at: int) -> int:
    """The first cell that the next one looks at."""
    return min(cells[at + 1].near, default=at) if at + 1 < len(cells) else at


def _happenings(past: Past, new: Cell, groups: Sequence[Sequence[str]], *, placed: bool) -> Ints:
    """A number for what each report tells, reports numbered through.

    Args:
        past: the cells before: their reports tell what all those of their cell tell, but for those of the stories.
        new: the reports to be placed.
        groups: the stories of the last days, of two reports and more.
        placed: whether the stories of the new reports are known, and single ones tell each their own; else they are
            taken to tell one thing.
    """
    first, stories = len(past.cells), len(past.cells) + len(groups)
    own = stories + np.arange(len(new.reports)) * placed
    fresh = {r.report: len(past.reports) + n for n, r in enumerate(new.reports)} if placed else {}
    out = np.concatenate((past.cell_of, own))
    members = [(report, story) for story, group in enumerate(groups, first) for report in group]
    for number in (past.number, fresh):
        inside = [(number[report], story) for report, story in members if report in number]
        out[[report for report, _ in inside]] = [story for _, story in inside]
    return out


def _key(digests: Sequence[str], near: Sequence[Placed]) -> str:
    groups = msgspec.json.encode(near[-1].groups).decode() if near else ""
    return _digest(VERSION, *digests, *(before.words for before in near), groups)


def _ordered(ranges: Ranges) -> str:
    return msgspec.json.encode(ranges, order="sorted").decode()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def stories(reports: Sequence[str], given: Sequence[Placed]) -> list[list[str]]:
    """The reports in stories: groups grow from cell to cell, and are whole once all cells are joined.

    Args:
        reports: ids.
        given: what the cells gave.
    """
    parent = {report: report for report in sorted(reports)}
    for cell in given:
        for group in cell.groups:
            roots = sorted({_root(parent, report) for report in group})
            parent.update(dict.fromkeys(roots[1:], roots[0]))
    out: dict[str, list[str]] = {}
    for report in parent:
        out.setdefault(_root(parent, report), []).append(report)
    return [out[root] for root in sorted(out)]


def _root(parent: dict[str, str], report: str) -> str:
    while parent[report] != report:
        parent[report] = parent[parent[report]]
        report = parent[report]
    return report
