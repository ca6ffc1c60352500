"""What reports share word for word, and why: quoted from one upstream, copied narration, or formula.

Quoted words are judged apart from narration: everybody prints the same post, and that makes nobody a copy.
A passage that is quoted in one report and narrated in another has one upstream too, and counts as quoted.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from communique.cluster.features import NAME, QUOTED, STOP, Features
from communique.cluster.passages import Lines, Passage, lines, passages
from communique.model.record import Reuse
from communique.model.spans import Span, in_order
from communique.model.words import ReuseKind
from communique.text.shingles import shingles

QUOTED_WORDS = 5
"""Fewest shared words of a quotation worth telling."""
QUOTED_OWN = 8
"""Fewest shared words besides names for a quotation to mark the same words elsewhere."""
COPIED_WORDS = 8
"""Fewest shared words of narration worth telling."""
LONG_WORDS = 16
"""Shared words that no chance explains."""
RUN_WORDS = 8
"""Words of an exact run that no chance explains. Two reports that share neither this nor `LONG_WORDS` in one passage
share turns of phrase: on planted-dev all 360 planted pairs have it, and no pair that is wrongly told."""
TELLING_WORDS = 4
"""Fewest words besides function words in a shorter passage: "at the end of the day" is nobody's."""
SHORT_WORDS = 12
"""Shared words below which a passage has to tell something besides names."""
OWN_QUOTED = 3
"""Fewest words, neither names nor function words, of a short shared quotation."""
OWN_COPIED = 5
"""The same of short shared narration."""
FORMULA_NAMES = 0.6
"""Share of a passage's telling words that are names, from which on it is a formula, where it is short."""
FORMULA_WORDS = 25
"""Words from which on a shared passage is no formula, however many names it holds."""
COPY_OWN = 40
"""Words of its own that one report has from another, from which on short shared lines are copied as well."""
SITE_REPORTS = 4
"""Reports of one outlet that share a line before it is the site's and not the newsroom's."""
SITE_QUOTED = 6
"""The same, where the line seems to be quoted."""
SITE_RUN = 5
"""Words of the runs by which site lines are counted."""
SITE_WORDS = 60
"""Longest site line, in words."""


_BIT = 5
"""Words below which a change between quotation and narration is a slip of the marks."""

type Pair = tuple[int, int]


class Shared(NamedTuple):
    """A typed passage of two reports; words as indices into `Features`, ends exclusive.

    `words` counts the equal words, `own` those of them that are neither names nor quoted.
    """

    kind: ReuseKind
    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int
    words: int
    own: int


def shared(reports: Sequence[Features]) -> list[Shared]:
    """Every typed passage that two reports share.

    Args:
        reports: features, sorted by report id.
    """
    seen = [lines(r) for r in reports]
    site = _Site(reports)
    found = list(passages(seen))
    told = _upstream(found, seen)
    out: list[Shared] = []
    for _, pair in itertools.groupby(found, key=lambda p: (p.a, p.b)):
        out += _settled([row for p in pair for row in _typed(p, reports, told)], site)
    return out


def _settled(rows: Sequence[tuple[Shared, bool]], site: "_Site") -> list[Shared]:
    """The passages of one pair of reports, each judged by the others.

    Where much is copied, a line that would be a formula by itself is copied with the rest. Where chance explains every
    passage, they are formulas, all of them.
    """
    copied = sum(row.own for row, _ in rows if row.kind is ReuseKind.COPIED)
    whole = [row._replace(kind=ReuseKind.COPIED) if copied >= COPY_OWN else row for row, _ in rows]
    kept = [row if row.kind is ReuseKind.QUOTED else new for new, (row, _) in zip(whole, rows, strict=True)]
    out = [site.settle(row) for row in kept]
    if any(strong and row.kind is not ReuseKind.FORMULA for row, (_, strong) in zip(out, rows, strict=True)):
        return out
    return [row._replace(kind=ReuseKind.FORMULA, own=0) for row in out]


def _upstream(found: Sequence[Passage], seen: Sequence[Lines]) -> list[Lines]:
    """The reports with words marked as quoted that another report puts in quotation marks.

    Only passages that are quoted at length say so: a body's name inside a quotation makes no quotation elsewhere.
    """
    flags = [bytearray(report.flags) for report in seen]
    for passage in found:
        one, other = seen[passage.a], seen[passage.b]
        for quoted, pairs in _pieces(passage, one, other):
            if quoted and _own(pairs, one, other, NAME) >= QUOTED_OWN:
                marked = [n for n, pair in enumerate(pairs) if _quoted(pair, one, other)]
                for i, j in pairs[marked[0] : marked[-1] + 1]:
                    flags[passage.a][i] |= QUOTED
                    flags[passage.b][j] |= QUOTED
    return [report._replace(flags=bytes(own)) for report, own in zip(seen, flags, strict=True)]


def _own(pairs: Sequence[tuple[int, int]], one: Lines, other: Lines, bits: int) -> int:
    """Equal words that have none of the bits on either side."""
    return sum(not (one.flags[i] | other.flags[j]) & bits for i, j in pairs)


def _typed(passage: Passage, reports: Sequence[Features], seen: Sequence[Lines]) -> Iterator[tuple[Shared, bool]]:
    """A passage cut where quotation turns into narration, each piece with its kind and whether no chance explains it.

    Pieces too short are dropped.
    """
    one, other = seen[passage.a], seen[passage.b]
    pieces = list(_pieces(passage, one, other))
    longest = max(len(pairs) for _, pairs in pieces)
    told = sum(len(pairs) for quoted, pairs in pieces if not quoted)
    for quoted, pairs in pieces:
        if _tells(pairs, one, quoted=quoted, longest=longest):
            kind = _kind(pairs, one, other, quoted=quoted, told=told)
            strong = len(pairs) >= LONG_WORDS or _run(pairs) >= RUN_WORDS
            yield _shared(kind, passage, pairs, reports, seen), strong


def _run(pairs: Sequence[Pair]) -> int:
    """Words of the longest exact run."""
    best = length = 0
    last = (-2, -2)
    for i, j in pairs:
        length = length + 1 if (i - 1, j - 1) == last else 1
        best, last = max(best, length), (i, j)
    return best


def _tells(pairs: Sequence[tuple[int, int]], one: Lines, *, quoted: bool, longest: int) -> bool:
    """Whether a piece is more than a turn of phrase; a short one counts beside a long one of the same passage."""
    telling = sum(not one.flags[i] & STOP for i, _ in pairs)
    if longest >= LONG_WORDS:
        return len(pairs) >= QUOTED_WORDS
    return telling >= TELLING_WORDS and len(pairs) >= (QUOTED_WORDS if quoted else COPIED_WORDS)


def _pieces(passage: Passage, one: Lines, other: Lines) -> Iterator[tuple[bool, list[Pair]]]:
    """Runs of equal words quoted on either side, or on neither.

    A run under five words joins the one before, the first one the next: "he said" goes with what he said.
    """
    runs: list[tuple[bool, list[Pair]]] = []
    for quoted, group in itertools.groupby(passage.pairs, key=lambda p: _quoted(p, one, other)):
        runs.append((quoted, list(group)))
    merged: list[tuple[bool, list[Pair]]] = []
    for quoted, pairs in runs:
        if merged and (len(pairs) < _BIT or merged[-1][0] == quoted or len(merged[-1][1]) < _BIT):
            merged[-1][1].extend(pairs)
        else:
            merged.append((quoted, pairs))
    for _, pairs in merged:
        yield 2 * sum(_quoted(p, one, other) for p in pairs) >= len(pairs), pairs


def _quoted(pair: Pair, one: Lines, other: Lines) -> bool:
    return bool((one.flags[pair[0]] | other.flags[pair[1]]) & QUOTED)


def _kind(pairs: Sequence[Pair], one: Lines, other: Lines, *, quoted: bool, told: int) -> ReuseKind:
    """Formula where names make up a short passage, or where it says little beside them.

    A piece of much shared narration (`told` words) is no formula, however short it is itself.
    """
    telling = [(i, j) for i, j in pairs if not one.flags[i] & STOP]
    own = _own(telling, one, other, NAME)
    if quoted:
        return ReuseKind.FORMULA if len(pairs) < SHORT_WORDS and own < OWN_QUOTED else ReuseKind.QUOTED
    if told >= LONG_WORDS + len(pairs):
        return ReuseKind.COPIED
    named = len(pairs) < FORMULA_WORDS and own <= (1 - FORMULA_NAMES) * len(telling)
    slight = len(pairs) < SHORT_WORDS and own < OWN_COPIED
    return ReuseKind.FORMULA if named or slight else ReuseKind.COPIED


def _shared(
    kind: ReuseKind, passage: Passage, pairs: Sequence[Pair], reports: Sequence[Features], seen: Sequence[Lines]
) -> Shared:
    one, other = seen[passage.a], seen[passage.b]
    own = _own(pairs, one, other, NAME | QUOTED)
    return Shared(
        kind,
        reports[passage.a].report,
        one.places[pairs[0][0]],
        one.places[pairs[-1][0]] + 1,
        reports[passage.b].report,
        other.places[pairs[0][1]],
        other.places[pairs[-1][1]] + 1,
        len(pairs),
        own,
    )


class _Site:
    """Lines that a site prints under many of its reports: runs of words that several reports of one outlet share."""

    def __init__(self, reports: Sequence[Features]) -> None:
        """Count, for each outlet, in how many of its reports each run of words stands."""
        self._outlet = {r.report: r.outlet for r in reports}
        self._by_id = {r.report: r for r in reports}
        self._counts = self._shared_runs(reports)

    @staticmethod
    def _shared_runs(reports: Sequence[Features]) -> dict[tuple[str, int], int]:
        """In how many reports of an outlet each run stands, from `SITE_REPORTS` on; by outlet and hash."""
        by_outlet: dict[str, list[Features]] = defaultdict(list)
        for report in reports:
            if report.outlet is not None:
                by_outlet[report.outlet].append(report)
        out: dict[tuple[str, int], int] = {}
        for outlet, rows in by_outlet.items():
            runs = [np.array(sorted(set(shingles(r.hashes, SITE_RUN))), dtype=np.uint64) for r in rows]
            values, counts = np.unique(np.concatenate(runs), return_counts=True)
            often = counts >= SITE_REPORTS
            out |= {(outlet, v): c for v, c in zip(values[often].tolist(), counts[often].tolist(), strict=True)}
        return out

    def settle(self, found: Shared) -> Shared:
        """The passage, as a formula where it is a site line: of one outlet, short, and in several of its reports."""
        outlet = self._outlet[found.a]
        if outlet is None or found.a_end - found.a_start > SITE_WORDS:
            return found
        runs = shingles(self._by_id[found.a].hashes[found.a_start : found.a_end], SITE_RUN)
        least = SITE_QUOTED if found.kind is ReuseKind.QUOTED else SITE_REPORTS
        known = sum(self._counts.get((outlet, run), 0) >= least for run in runs)
        return found._replace(kind=ReuseKind.FORMULA, own=0) if 2 * known > len(runs) else found


def joined(found: Iterable[Shared], reports: Sequence[Features], texts: Mapping[str, str]) -> tuple[Reuse, ...]:
    """One `Reuse` for each shared passage over all reports that have it.

    Two pairwise passages are one where on a report that both touch they overlap by at least half of the longer, and
    both are quoted or neither is.

    Args:
        found: pairwise passages.
        reports: their features.
        texts: text of each report by id.

    Returns:
        Passages sorted by their first span, then by kind.
    """
    rows = sorted(found)
    group = _Groups(len(rows))
    for sides in _sides(rows).values():
        _join(sides, [row.kind is ReuseKind.QUOTED for row in rows], group)
    by_id = {r.report: r for r in reports}
    members: dict[int, list[Shared]] = defaultdict(list)
    for number, row in enumerate(rows):
        members[group.root(number)].append(row)
    return tuple(sorted((_reuse(m, by_id, texts) for m in members.values()), key=lambda r: (r.spans, r.kind)))


def _sides(rows: Sequence[Shared]) -> dict[str, list[tuple[int, int, int]]]:
    sides: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        sides[row.a].append((row.a_start, row.a_end, number))
        sides[row.b].append((row.b_start, row.b_end, number))
    return sides


def _join(sides: list[tuple[int, int, int]], quoted: Sequence[bool], group: "_Groups") -> None:
    """Join passages of one report that are nearly the same; a sweep over places, so far ones are never compared."""
    live: list[tuple[int, int, int]] = []
    for start, end, number in sorted(sides):
        live = [side for side in live if side[1] > start]
        for other_start, other_end, other in live:
            overlap = min(end, other_end) - start
            if quoted[number] == quoted[other] and 2 * overlap >= max(end - start, other_end - other_start):
                group.join(number, other)
        live.append((start, end, number))


class _Groups:
    """Disjoint sets of passages; the root is always the smallest member, so no order of joins shows."""

    def __init__(self, size: int) -> None:
        """Every member alone."""
        self._parent = list(range(size))

    def root(self, member: int) -> int:
        """Smallest member of the set."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low


def _reuse(rows: Sequence[Shared], reports: Mapping[str, Features], texts: Mapping[str, str]) -> Reuse:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        places[row.a].append((row.a_start, row.a_end))
        places[row.b].append((row.b_start, row.b_end))
    spans = [_span(reports[r], texts[r], s, e) for r, found in places.items() for s, e in _merged(found)]
    kinds = Counter(row.kind for row in rows)
    return Reuse(kind=min(kinds, key=lambda k: (-kinds[k], k)), spans=in_order(spans))


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _span(report: Features, text: str, start: int, end: int) -> Span:
    return Span.cut(report.report, text, report.starts[start], report.ends[end - 1])
