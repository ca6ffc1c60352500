"""Human rulings: append-only, anchored by the text they were made on, withdrawn by another ruling."""

import enum

import msgspec

from communique.model import ids
from communique.model.spans import Span


class Ruling(enum.StrEnum):
    """What a person can decide."""

    SAME = "same"
    NOT_SAME = "not-same"
    REJECT = "reject"
    SET = "set"
    UNSURE = "unsure"
    WITHDRAW = "withdraw"


class Anchor(msgspec.Struct, frozen=True):
    """A mention and the words around it, so that a ruling finds its place again in a changed text."""

    mention: str
    quote: Span
    prefix: str = ""
    suffix: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One ruling by a person.

    Attributes:
        ruling: what was decided.
        anchors: the mentions it is about: two or more for same and not-same, one for reject and set.
        field: for set: the field; for reject: the field, or "" for the whole mention.
        value: for set: the value.
        withdraws: for withdraw: id of the decision taken back.
        by: name of the person.
        on: day of the ruling, `YYYY-MM-DD`, given by the caller.
        note: the person's reason.
        previous: id of the decision before it in the chain; "" for the first.
    """

    ruling: Ruling
    anchors: tuple[Anchor, ...] = ()
    field: str = ""
    value: str = ""
    withdraws: str | None = None
    by: str = ""
    on: str = ""
    note: str = ""
    previous: str = ""

    @property
    def id(self) -> str:
        """Content-derived id, `d` and 16 hexadecimal characters; it seals all earlier decisions through `previous`."""
        return "d" + ids.sha256_hex(msgspec.json.encode(self))[:16]


def in_force(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that count, in their order: neither withdrawals nor what they withdrew."""
    withdrawn = {d.withdraws for d in decisions if d.ruling is Ruling.WITHDRAW}
    return tuple(d for d in decisions if d.ruling is not Ruling.WITHDRAW and d.id not in withdrawn)
