"""Rulings: a person says what is the same, what is not, what is wrong; the record follows.

A ruling is anchored by the words it was made on and appended to the chain; nothing in the record is touched by hand.
"""

from communique import pipeline
from communique.cluster.anchors import REPORT
from communique.errors import NotFoundError, UsageError
from communique.model.decisions import Anchor, Decision, Ruling, misfit
from communique.model.ids import is_mention_id, mention_id, mention_key
from communique.model.reports import Report
from communique.settings import DEFAULT_LIMITS, Limits
from communique.store.store import Store
from communique.store.view import View

#: Characters kept before and after the words that a ruling is made on.
CONTEXT = 32
#: Characters of a report's beginning that stand for the whole of it.
BEGINNING = 120

#: Ruling -> fewest and most mentions that it is about.
MENTIONS = {
    Ruling.SAME: (2, 999),
    Ruling.NOT_SAME: (2, 2),
    Ruling.REJECT: (1, 999),
    Ruling.SET: (1, 999),
    Ruling.UNSURE: (0, 999),
    Ruling.WITHDRAW: (0, 0),
}


def anchor(report: Report, mention: str) -> Anchor:
    """The anchor of a ruling on a mention: its words and those around them.

    Raises:
        UsageError: the text is no mention id, or one of another report.
    """
    if not is_mention_id(mention) or mention_key(mention).report != report.id:
        message = f"{mention!r} is no mention of {report.head.name}"
        raise UsageError(message)
    key = mention_key(mention)
    if not 0 <= key.start < key.end <= len(report.text):
        message = f"{mention!r} lies outside {report.head.name}"
        raise UsageError(message)
    before = report.text[max(0, key.start - CONTEXT) : key.start]
    return Anchor(mention, report.span(key.start, key.end), before, report.text[key.end : key.end + CONTEXT])


def beginning(report: Report) -> str:
    """The mention that stands for a whole report: its first words."""
    start = len(report.text) - len(report.text.lstrip())
    return mention_id(report.id, REPORT, start, min(len(report.text), start + BEGINNING))


def decide(store: Store, decision: Decision, limits: Limits = DEFAULT_LIMITS) -> Decision:
    """Append a ruling and store the record that follows from it, in one step.

    Returns:
        the ruling as stored, linked to the one before it.

    Raises:
        NotFoundError: it withdraws a ruling that does not exist.
        UsageError: it makes no sense; the text says why.
    """
    with store.writer("decide") as writer, store.view() as view:
        check(decision, view)
        stored = writer.put_decision(decision)
        writer.put_record(pipeline.record_of(view, limits, ruled=(stored,)))
    return stored


def check(decision: Decision, view: View) -> None:
    """Refuse a ruling that could not be carried out.

    Raises:
        NotFoundError: it withdraws a ruling that does not exist.
        UsageError: too few or too many mentions, of different kinds, or a value that the field cannot have.
    """
    if decision.ruling is Ruling.WITHDRAW:
        made = {d.id: d for d in view.decisions()}
        if decision.withdraws not in made:
            message = f"there is no decision {decision.withdraws}: `communique decisions` lists them"
            raise NotFoundError(message)
        if made[decision.withdraws].ruling is Ruling.WITHDRAW:
            message = f"{decision.withdraws} is a withdrawal: make the ruling again instead"
            raise UsageError(message)
    wrong = _wrong(decision)
    if wrong:
        raise UsageError(wrong)


def _wrong(decision: Decision) -> str:
    """Why a ruling makes no sense; "" where it does."""
    ruling = decision.ruling
    about = [a.mention for a in decision.anchors if a.mention != decision.value]
    fewest, most = MENTIONS[ruling]
    if not fewest <= len(about) <= most:
        return f"{ruling} takes {fewest} to {most} mentions, not {len(about)}"
    if any(not is_mention_id(a.mention) for a in decision.anchors):
        return "a ruling is about mentions: " + ", ".join(repr(a.mention) for a in decision.anchors)
    if (ruling is Ruling.WITHDRAW) != (decision.withdraws is not None):
        return "withdraw names a decision, and nothing else does"
    return _wrong_about(decision, about, sorted({mention_key(m).letter for m in about}))


def _wrong_about(decision: Decision, about: list[str], letters: list[str]) -> str:
    """Why a ruling cannot be made on these mentions, or with this value."""
    ruling = decision.ruling
    if ruling in (Ruling.SAME, Ruling.NOT_SAME):
        if len(letters) > 1:
            return f"{ruling} is about mentions of one kind, not of {' and '.join(letters)}"
        return "" if len(set(about)) == len(about) else f"{ruling} names one mention twice"
    if ruling is Ruling.SET:
        return next((why for x in letters if (why := misfit(x, decision.field, decision.value))), "")
    return "" if ruling is Ruling.REJECT or not decision.value else f"{ruling} takes no value"
