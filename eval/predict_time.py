"""Time expressions in the uniform form of the time task: a range as its two ends, as TIMEX3 corpora have them."""

from collections.abc import Iterator

import rows

from communique.annotate import nlp, times
from communique.text.timex import IMPOSSIBLE, Found


def predict(reports: Iterator[dict]) -> Iterator[dict]:
    """One row for each expression: report, start, end, type, value, and contradiction where weekday and date differ.

    Args:
        reports: rows with id, text, title, published, source.
    """
    for row in reports:
        parse = nlp.parse(rows.report(row))
        for piece, found in times.found(parse):
            for one in found.ends or (found,):
                if one.sense.rule == IMPOSSIBLE:
                    continue  # no TIMEX3 value says "31 February"; the record tells it as a problem
                yield _row(row["id"], piece.start, one)


def _row(report: str, offset: int, one: Found) -> dict:
    row = {"report": report, "start": offset + one.start, "end": offset + one.end}
    row |= {"type": one.sense.kind, "value": one.sense.timex}
    return row | ({"contradiction": True} if one.sense.clash else {})
