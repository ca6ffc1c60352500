"""Rulings: a person says what is the same, what is not, what is wrong; the record follows.

A ruling is anchored by the words it was made on and appended to the chain; nothing in the record is touched by hand.
"""

from communique import pipeline
from communique.errors import NotFoundError, UsageError
from communique.model.decisions import Anchor, Decision, Ruling
from communique.model.ids import is_mention_id, mention_key
from communique.model.reports import Report
from communique.settings import DEFAULT_LIMITS, Limits
from communique.store.store import Store

#: Characters kept before and after the words that a ruling is made on.
CONTEXT = 32


def anchor(report: Report, mention: str) -> Anchor:
    """The anchor of a ruling on a mention: its words and those around them.

    Raises:
        UsageError: the text is no mention id, or one of another report.
    """
    if not is_mention_id(mention) or mention_key(mention).report != report.id:
        message = f"{mention!r} is no mention of {report.head.name}"
        raise UsageError(message)
    key = mention_key(mention)
    before = report.text[max(0, key.start - CONTEXT) : key.start]
    return Anchor(mention, report.span(key.start, key.end), before, report.text[key.end : key.end + CONTEXT])


def decide(store: Store, decision: Decision, limits: Limits = DEFAULT_LIMITS) -> Decision:
    """Append a ruling and store the record that follows from it, in one step.

    Returns:
        the ruling as stored, linked to the one before it.

    Raises:
        NotFoundError: it withdraws a ruling that does not exist.
    """
    with store.writer("decide") as writer, store.view() as view:
        known = {d.id for d in view.decisions()}
        if decision.ruling is Ruling.WITHDRAW and decision.withdraws not in known:
            message = f"there is no decision {decision.withdraws}"
            raise NotFoundError(message)
        stored = writer.put_decision(decision)
        writer.put_record(pipeline.record_of(view, limits, ruled=(stored,)))
    return stored
