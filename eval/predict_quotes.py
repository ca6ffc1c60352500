"""Predictor of the task `quotes`: who says what, with the words that stand there for the speaker."""

from collections.abc import Iterable, Iterator
from typing import TypedDict

import rows

from communique.annotate import entities, nlp, quotations
from communique.model.mentions import Quotation
from communique.model.words import Mode

Place = tuple[int, int]


class Line(TypedDict):
    """One attribution in the uniform form of the task."""

    report: str
    speaker: Place | None
    content: list[Place]
    cue: list[Place] | None
    mode: str


def predict(reports: Iterator[dict[str, str | None]]) -> Iterator[Line]:
    """One line an attribution; the sentences of one utterance make one line.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
    """
    for row in reports:
        parse = nlp.parse(rows.report(row))
        yield from lines(row["id"] or "", quotations.read(parse, entities.read(parse)))


def lines(name: str, found: Iterable[Quotation]) -> Iterator[Line]:
    """The attributions of one report's quotations."""
    groups: dict[tuple[object, ...], list[Quotation]] = {}
    for quotation in found:
        joins = quotation.mode is Mode.DIRECT and quotation.cue is not None
        key = (quotation.cue, quotation.speaker_span) if joins else (quotation.id,)
        groups.setdefault(key, []).append(quotation)
    for group in groups.values():
        first = group[0]
        yield Line(
            report=name,
            speaker=(first.speaker_span.start, first.speaker_span.end) if first.speaker_span else None,
            content=[(s.start, s.end) for q in group for s in q.content],
            cue=[(first.cue.start, first.cue.end)] if first.cue else None,
            mode=first.mode.value,
        )
