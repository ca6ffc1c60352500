"""The time expressions of a report: what they mean, and what they would need to mean something.

The grammar is `text.timex_rules`; this file brings it the report's day, its manner and the tense of its clauses.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from communique.annotate.nlp import Parse, Piece
from communique.annotate.times_tense import Tenses
from communique.model import ids
from communique.model.claims import Claim
from communique.model.mentions import TimeExpression
from communique.model.problems import Problem, ProblemCode
from communique.model.spans import Span
from communique.text import timex_rules
from communique.text.timex import IMPOSSIBLE, Context, Found, Sense
from communique.text.timex_manner import manner

#: Code points of a text that a message shows.
_SHOWN = 60


def read(parse: Parse) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, in the order of the text, none overlapping another.

    A date has its `date` where the report alone, with its day of publication, decides it. What hangs on another day
    has its open form too, so that it can be settled anew from a better day.
    """
    return tuple(_expression(parse, piece, one) for piece, one in found(parse))


def problems(parse: Parse, when: Sequence[TimeExpression]) -> tuple[Problem, ...]:
    """What cannot be: days that no calendar has, told so that they do not vanish."""
    head = parse.report.head
    return tuple(
        Problem(
            input=head.name,
            sha256=head.sha256,
            report=head.id,
            stage="annotate",
            code=ProblemCode.DATE,
            message=f"no calendar has the day {one.span.text[:_SHOWN]!r} at {one.span.start}",
        )
        for one in when
        if one.rule == IMPOSSIBLE
    )


def found(parse: Parse) -> Iterator[tuple[Piece, Found]]:
    """What the grammar finds, with the piece that its offsets count in; ranges have their ends."""
    day = _day(parse.report.head.published_day)
    habits = manner((p.doc.text for p in parse.pieces), day)
    context = Context(day, narrative=habits.narrative, direction=lambda _: "")
    context.month_first = habits.month_first
    for piece in parse.pieces:
        context.direction = Tenses(piece.doc).direction
        context.sentence()
        persons = _persons(piece)
        for one in timex_rules.read(piece.doc.text, context):
            if not _in_name(piece.doc.text[one.start : one.end], one, persons):
                yield piece, one


def _in_name(words: str, one: Found, persons: list[tuple[int, int]]) -> bool:
    """Whether a weekday or month is a part of a person's name; no name has digits."""
    return words.isalpha() and any(start <= one.start and one.end <= end for start, end in persons)


def _persons(piece: Piece) -> list[tuple[int, int]]:
    """Stretches of a paragraph that the parser takes for a person's name of several words: "Sunday Adebayo"."""
    return [(e.start_char, e.end_char) for e in piece.doc.ents if e.label_ == "PERSON" and len(e) > 1]


def _day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _expression(parse: Parse, piece: Piece, one: Found) -> TimeExpression:
    span = parse.report.span(piece.start + one.start, piece.start + one.end)
    mention = ids.mention_id(parse.report.id, "t", span.start, span.end)
    sense = one.sense
    return TimeExpression(
        id=mention,
        span=span,
        timex=sense.timex,
        timex_type=sense.kind,
        rule=sense.rule,
        date=sense.date,
        date_open=sense.open,
        clash=sense.clash,
        claims=_claims(mention, span, sense),
    )


def _claims(mention: str, span: Span, sense: Sense) -> tuple[Claim, ...]:
    values = {
        "timex": sense.timex,
        "timex_type": sense.kind,
        "date": sense.date.value if sense.date else None,
        "date_open": sense.open,
        "clash": sense.clash.value if sense.clash else None,
    }
    return tuple(
        Claim(mention, field, value, span, qualifier=sense.rule if field == "date" else "", rule="time")
        for field, value in values.items()
        if value
    )
