"""Predictor of the task `reuse`: which reports share words, where, and which of two is the original."""

import itertools
from collections.abc import Iterator, Sequence

import rows

from communique.cluster.direction import later
from communique.cluster.features import Features, features
from communique.cluster.reuse import Shared, shared
from communique.model.words import ReuseKind

JOIN = 8
"""Words between two passages on both sides up to which they are told as one."""

type Row = dict[str, str | None]


def predict(reports: Iterator[Row]) -> Iterator[dict[str, str | int]]:
    """One line a shared passage, in the uniform form of the task; formulas are told as `boilerplate`.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
    """
    given = list(reports)
    texts = {row["id"] or "": row["text"] or "" for row in given}
    by_id = {f.report: f for f in sorted((features(rows.named(row)) for row in given), key=lambda f: f.report)}
    found = shared(list(by_id.values()))
    for (one, other), group in itertools.groupby(found, key=lambda s: (s.a, s.b)):
        pair = list(group)
        swapped = later(by_id[one], by_id[other], pair)
        for passage in _once(_joined(pair)):
            yield _line(passage, by_id, texts, swapped=swapped)


def _joined(pair: Sequence[Shared]) -> list[Shared]:
    """Passages that follow one another closely in both reports as one: quotation, attribution, quotation."""
    out: list[Shared] = []
    for row in sorted(pair, key=lambda s: (s.a_start, s.b_start, s.kind)):
        last = out[-1] if out else None
        if last and 0 <= row.a_start - last.a_end <= JOIN and 0 <= row.b_start - last.b_end <= JOIN:
            kind = row.kind if last.kind is ReuseKind.FORMULA else last.kind
            out[-1] = last._replace(kind=kind, a_end=row.a_end, b_end=row.b_end)
        else:
            out.append(row)
    return out


def _once(rows: Sequence[Shared]) -> list[Shared]:
    """The passages but those whose words on one side belong to a longer one: a line that a report repeats came once."""
    out: list[Shared] = []
    for row in sorted(rows, key=lambda s: (s.a_start - s.a_end, s.a_start, s.b_start)):
        if not any(
            (k.a_start <= row.a_start and row.a_end <= k.a_end) or (k.b_start <= row.b_start and row.b_end <= k.b_end)
            for k in out
        ):
            out.append(row)
    return sorted(out, key=lambda s: (s.a_start, s.b_start))


def _line(
    passage: Shared, reports: dict[str, Features], texts: dict[str, str], *, swapped: bool
) -> dict[str, str | int]:
    sides = [(passage.a, passage.a_start, passage.a_end), (passage.b, passage.b_start, passage.b_end)]
    (a, a_start, a_end), (b, b_start, b_end) = reversed(sides) if swapped else sides
    kind = "boilerplate" if passage.kind is ReuseKind.FORMULA else passage.kind.value
    a_places, b_places = _places(reports[a], texts[a], a_start, a_end), _places(reports[b], texts[b], b_start, b_end)
    line: dict[str, str | int] = {"a": a, "a_start": a_places[0], "a_end": a_places[1]}
    return line | {"b": b, "b_start": b_places[0], "b_end": b_places[1], "kind": kind}


def _places(report: Features, text: str, start: int, end: int) -> tuple[int, int]:
    """Code points of a passage, with the punctuation that ends its last word and the mark that opens its first."""
    first, last = int(report.word_starts[start]), int(report.word_ends[end - 1])
    while last < len(text) and not text[last].isspace() and not text[last].isalnum():
        last += 1
    while first and text[first - 1] in "\"\u201c'\u2018(":
        first -= 1
    return first, last
