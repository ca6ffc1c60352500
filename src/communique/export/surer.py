"""A record without the facts that it is not sure enough of."""

from collections.abc import Iterable

from msgspec.structs import replace

from communique.errors import UsageError
from communique.model.record import Commitment, Disagreement, Event, Record, Series, Session, Statement


def surer(record: Record, least: float) -> Record:
    """The record without events, statements and commitments below a confidence, and without references to them.

    What carries no score stays, but for disagreements about nothing that is left. `build.min_confidence` says what was
    asked for.

    Args:
        record: the whole record.
        least: the confidence that a fact has to have, 0 to 1; with 0 the record is as it was.

    Raises:
        UsageError: that is no share.
    """
    if not 0 <= least <= 1:
        message = f"--min-confidence takes a share from 0 to 1, such as 0.8, not {least:g}"
        raise UsageError(message)
    if least == 0:
        return record
    facts: tuple[Event | Statement | Commitment, ...] = (*record.events, *record.statements, *record.commitments)
    gone = {f.id for f in facts if f.confidence < least}
    return replace(
        record,
        build=replace(record.build, min_confidence=least),
        events=tuple(_event(e, gone) for e in _sure(record.events, least)),
        statements=tuple(_sure(record.statements, least)),
        commitments=tuple(_sure(record.commitments, least)),
        series=tuple(_series(s, gone) for s in record.series),
        disagreements=tuple(d for each in record.disagreements if (d := _disagreement(each, gone)).about),
    )


def _sure[F: (Event, Statement, Commitment)](facts: Iterable[F], least: float) -> list[F]:
    return [f for f in facts if f.confidence >= least]


def _event(event: Event, gone: set[str]) -> Event:
    return replace(event, part_of=None) if event.part_of in gone else event


def _series(series: Series, gone: set[str]) -> Series:
    return replace(series, sessions=tuple(_session(s, gone) for s in series.sessions))


def _session(session: Session, gone: set[str]) -> Session:
    return replace(session, event=None) if session.event in gone else session


def _disagreement(disagreement: Disagreement, gone: set[str]) -> Disagreement:
    return replace(disagreement, about=tuple(a for a in disagreement.about if a not in gone))
