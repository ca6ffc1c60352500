"""How likely a fact is right, with the signs that say so: a sum of a few weighted observations of its claims.

What "right" means for each kind, and how often facts of each score were right, stands in
`docs/explanation/confidence.md`; the weights in `data/confidence.toml`, with what they were fitted on. A score is a
function of a fact's claims and of how they were put together, so no order of reports can change it.
"""

import functools
import importlib.resources
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from communique.fuse.dossiers import DECIDED, Dossier
from communique.fuse.promise import Promise
from communique.fuse.tellings import Telling
from communique.fuse.utterances import Said
from communique.model.dates import Date
from communique.model.record import Commitment, Event, Sign
from communique.model.spans import Span
from communique.model.words import EventType, Official

#: The sign of a fact of which a person set a value: it settles the score.
RULED = "a person ruled on it"
#: What a person sets where a fact is ruled on: the fields that make it right or wrong.
_RULED_FIELDS = frozenset({"type", "status", "date", "kind", "official", "due", "by", "to"})

_WORDS = frozenset({EventType.OTHER, EventType.STATEMENT_RELEASE})
#: How words begin that say what somebody is to do, without a sentence of their own.
_TO_DO = re.compile(r"to\b", re.IGNORECASE)


class Sure(NamedTuple):
    """How likely a fact is right, 0 to 1 in hundredths, and the signs, the weightiest first."""

    confidence: float
    signs: tuple[Sign, ...]


def of_event(event: Event, told: Sequence[Telling], derived: Sequence[Span] = ()) -> Sure:
    """How likely it is that an event took this course on this day.

    Args:
        event: the event with all its values but this one.
        told: its tellings.
        derived: where its story names the day, of an event that names none itself.
    """
    dated = [d for t in told for d in t.dates if event.date in d.readings]
    held = event.date is not None and not dated
    return _sure(
        "event",
        {
            "day printed": any(d.rule == "explicit" for d in dated),
            "day reckoned from another": bool(dated) and not any(d.rule == "explicit" for d in dated),
            "day named elsewhere in its story": held and bool(derived),
            "day of its report alone": held and not derived,
            "an act of words": event.type in _WORDS,
            "nobody named as taking part": not event.participants,
        },
        ruled=_ruled(t.dossier for t in told),
    )


def of_statement(members: Sequence[Said], speaker: str | None, persons: frozenset[str], origins: int) -> Sure:
    """How likely it is that a statement's words are those of the speaker to whom it is given.

    Args:
        members: its wordings.
        speaker: actor to whom it is given.
        persons: the actors that some report names as a person.
        origins: number of independent newsroom texts that print it.
    """
    others = sum(s.speaker not in (None, speaker) for s in members)
    agreed = sum(s.speaker == speaker for s in members)
    return _sure(
        "statement",
        {
            "told by several newsrooms": origins > 1,
            "printed as own words": any(s.direct for s in members),
            "nobody named as speaking": speaker is None,
            "speaker is no named person": speaker is not None and speaker not in persons,
            "fewer name somebody else": 0 < others < agreed,
            "as many name somebody else": 0 < agreed <= others,
            "only what is to be done": all(_TO_DO.match(s.content.text) and not s.direct for s in members),
        },
        ruled=any(s.decided for s in members),
    )


def of_commitment(owed: Commitment, told: Sequence[Promise]) -> Sure:
    """How likely it is that a commitment binds these parties and stands where the record says.

    Args:
        owed: the commitment with all its values but this one.
        told: its tellings.
    """
    past = owed.due is not None and any(_past(owed.due, p) for p in told)
    return _sure(
        "commitment",
        {
            "asked for": owed.status.official is Official.REQUESTED,
            "signed": owed.status.official is Official.SIGNED,
            "somebody named to whom it is owed": bool(owed.to),
            "due on a day to come": owed.due is not None and not past,
            "due on a day already past": past,
        },
        ruled=_ruled(p.dossier for p in told),
    )


def _past(due: Date, promise: Promise) -> bool:
    return promise.on is not None and due.last <= promise.on.last


def _ruled(dossiers: Iterable[Dossier]) -> bool:
    """Whether a person set a value that makes the fact right or wrong."""
    return any(c.rule == DECIDED and c.field in _RULED_FIELDS for d in dossiers for c in d.claims)


def _sure(kind: str, seen: Mapping[str, bool], *, ruled: bool) -> Sure:
    """The score of a fact: 1 where a person ruled on it, else the logistic function of the sum of its signs."""
    if ruled:
        return Sure(1.0, (Sign(RULED, None),))
    weights = table()[kind]
    signs = [Sign(ALWAYS, weights[ALWAYS]), *(Sign(name, weights[name]) for name, holds in seen.items() if holds)]
    score = 1 / (1 + math.exp(-math.fsum(s.adds or 0 for s in signs)))
    return Sure(round(score, 2), tuple(sorted(signs, key=lambda s: (-abs(s.adds or 0), s.sign))))


#: The sign that every automatic fact of a kind has: how often such facts are right at all.
ALWAYS = "read in a report"


@functools.cache
def table() -> dict[str, dict[str, float]]:
    """The table `data/confidence.toml`: kind of fact -> sign -> what it adds, in log-odds."""
    text = importlib.resources.files("communique.data").joinpath("confidence.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, dict[str, float]])
