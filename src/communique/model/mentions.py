"""What is found inside one report: the typed side that the readers of `annotate` share.

Each mention carries the claims that leave the room; rooms after `annotate` see the claims only.
"""

import enum

import msgspec

from communique.model.claims import Claim, Modality
from communique.model.dates import Date
from communique.model.spans import Span
from communique.model.words import ActorKind, CommitmentKind, EventType, Mode


class Form(enum.StrEnum):
    """How an entity is mentioned."""

    NAME = "name"
    OFFICE = "office"
    PRONOUN = "pronoun"
    GROUP = "group"


class EntityMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a person, body, country, place or other actor.

    `span` is the name itself ("Ada Brenn"), the office phrase ("the Defence Minister") or the pronoun; titles and
    offices before a name are claims of their own. `entity` is the id of the mention that represents the same entity
    in this report. A group mention ("both ministers") lists the entities it stands for in `members`.
    """

    id: str
    span: Span
    kind: ActorKind
    form: Form
    name: str
    entity: str
    office: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """One expression of time.

    `date` is what it means where the report alone decides that; `date_open` is the form that needs an anchor
    (`text.calendar.settle`). Durations and sets have neither.
    """

    id: str
    span: Span
    timex: str
    timex_type: str
    rule: str
    date: Date | None = None
    date_open: str | None = None
    clash: Date | None = None
    claims: tuple[Claim, ...] = ()


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """One report's version of something said: `span` takes in the marks, `content` is the words, in pieces."""

    id: str
    span: Span
    content: tuple[Span, ...]
    mode: Mode
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    claims: tuple[Claim, ...] = ()


class EventMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a happening, with the status that its words give it. `trigger` is the word that names it."""

    id: str
    span: Span
    trigger: Span
    type: EventType
    status: Modality
    participants: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


class CommitmentMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a promise, a request, an offer or an agreement."""

    id: str
    span: Span
    kind: CommitmentKind
    claims: tuple[Claim, ...] = ()


class FurtherMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a further kind of fact (`model.further`)."""

    id: str
    span: Span
    claims: tuple[Claim, ...] = ()
