"""Whose words a report is made of: a strip of copied, quoted and own words."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from communique.model.words import ReuseKind
from communique.web.index import Index

#: What a stretch of text can be, the weakest first: where two claim it, the later one has it.
KINDS = ("own", "page", "formula", "copied", "quoted")


class Band(msgspec.Struct, frozen=True):
    """A stretch of a text; offsets in code points."""

    start: int
    end: int
    kind: str


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """A text as bands one after the other, and the share of each kind in per cent of its narration."""

    chars: int
    bands: tuple[Band, ...]
    shares: tuple[tuple[str, int], ...]


def strip(report: str, index: Index) -> Strip:
    """The strip of a report."""
    chars = index.heads[report].chars
    bands = tuple(_joined(_bands(list(_claims(report, index)), chars)))
    sizes = {kind: sum(b.end - b.start for b in bands if b.kind == kind) for kind in KINDS}
    told = max(1, sum(size for kind, size in sizes.items() if kind != "page"))
    shares = tuple((k, round(100 * sizes[k] / told)) for k in ("own", "copied", "quoted", "formula") if sizes[k])
    return Strip(chars=chars, bands=bands, shares=shares)


def _claims(report: str, index: Index) -> Iterator[Band]:
    """Everything that somebody else, or the page itself, has a claim on."""
    for part in index.heads[report].furniture:
        yield Band(part.start, part.end, "page")
    names = {ReuseKind.FORMULA: "formula", ReuseKind.COPIED: "copied", ReuseKind.QUOTED: "quoted"}
    for reuse in index.reuse_of.get(report, ()):
        yield from (Band(s.start, s.end, names[reuse.kind]) for s in reuse.spans if s.report == report)
    for start, end in index.quoted.get(report, ()):
        yield Band(start, end, "quoted")


def _bands(claims: list[Band], chars: int) -> Iterator[Band]:
    """The text cut wherever a claim begins or ends; each stretch goes to the strongest claim."""
    turns = sorted([(b.start, 1, b.kind) for b in claims] + [(b.end, -1, b.kind) for b in claims])
    open_ = dict.fromkeys(KINDS, 0)
    edges = [(0, 0, "own"), *turns, (chars, 0, "own")]
    for (at, step, kind), (to, _, _) in pairwise(edges):
        open_[kind] += step
        if to > at:
            yield Band(at, to, max((k for k in KINDS if open_[k] or k == "own"), key=KINDS.index))


def _joined(bands: Iterable[Band]) -> Iterator[Band]:
    """Neighbours of one kind as one."""
    held: Band | None = None
    for band in bands:
        if held is not None and held.kind == band.kind and held.end == band.start:
            held = Band(held.start, band.end, held.kind)
            continue
        if held is not None:
            yield held
        held = band
    if held is not None:
        yield held
