"""Human rulings: append-only, anchored by the text they were made on, withdrawn by another ruling."""

import enum
from collections.abc import Mapping

import msgspec

from communique.model import ids
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.spans import Span
from communique.model.words import ActorKind, CommitmentKind, Delivery, EventType, Official


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
        anchors: the mentions it is about: two or more for same and not-same, one or more for reject and set. Where
            `value` is a mention, that one comes last.
        field: for set: the field; for reject: the field, or "" for the whole mention.
        value: for set: the value; for reject: the one value that is wrong, or "" for every value of the field.
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


class Takes(enum.StrEnum):
    """What a person may set a field to, where it is not one of a list of words."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MENTION = "mention"


_MODES = ("direct", "indirect")
#: Letter of a mention -> fields that a person may set -> what they take.
SETTABLE: Mapping[str, Mapping[str, Takes | tuple[str, ...]]] = {
    "n": {
        "name": Takes.TEXT,
        "short": Takes.TEXT,
        "kind": tuple(ActorKind),
        "office": Takes.TEXT,
        "country": Takes.TEXT,
        "count": Takes.TEXT,
        "delivery": tuple(Delivery),
        "founded": Takes.DATE,
        "rhythm": Takes.TEXT,
        "rotation": Takes.TEXT,
    },
    "t": {"date": Takes.DATE},
    "e": {
        "date": Takes.DATE,
        "status": tuple(Modality),
        "type": tuple(EventType),
        "place": Takes.MENTION,
        "body": Takes.MENTION,
        "number": Takes.NUMBER,
        "participant": Takes.MENTION,
        "title_words": Takes.TEXT,
    },
    "q": {"speaker": Takes.MENTION, "addressee": Takes.MENTION, "mode": _MODES, "channel": Takes.TEXT},
    "c": {
        "due": Takes.DATE,
        "official": tuple(Official),
        "kind": tuple(CommitmentKind),
        "by": Takes.MENTION,
        "to": Takes.MENTION,
        "what": Takes.TEXT,
    },
}


def misfit(letter: str, field: str, value: str) -> str:
    """Why a person cannot set a field of a mention to a value, in a few words; "" where they can.

    Args:
        letter: what the mention is, as in `claims.SUBJECTS`.
        field: the field.
        value: the value.
    """
    takes = SETTABLE.get(letter, {}).get(field)
    if takes is None:
        return f"{field!r} cannot be set: it may be {', '.join(SETTABLE.get(letter, {})) or 'nothing'}"
    if isinstance(takes, tuple):
        return "" if value in takes else f"{field} is one of {', '.join(takes)}, not {value!r}"
    return "" if _fits(takes, value) else f"{field} takes a {takes}, not {value!r}"


def _fits(takes: Takes, value: str) -> bool:
    if takes is Takes.DATE:
        try:
            Date.of(value)
        except ValueError:
            return False
        return True
    if takes is Takes.NUMBER:
        return value.isascii() and value.isdecimal()
    return ids.is_mention_id(value) if takes is Takes.MENTION else bool(value.strip())
