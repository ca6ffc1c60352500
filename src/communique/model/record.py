"""The record: what the reports add up to, in the form and field order of the record contract.

Every id is an address, every fact carries evidence, and the same reports and decisions give the same bytes
(`Record.encode`). Change the contract only with a new `settings.RECORD_FORMAT`.
"""

import msgspec

from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.problems import Problem
from communique.model.reports import Head
from communique.model.spans import Span
from communique.model.words import (
    ActorKind,
    Attested,
    CommitmentKind,
    Delivery,
    DisagreementKind,
    EventType,
    Mode,
    Official,
    ReuseKind,
    Schedule,
)


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """What made a record: program and model versions, settings, the as-of day and the number of decisions."""

    version: str
    model: str
    settings: str
    as_of: str | None
    decisions: int


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Reports that lead with the same happening; `origins` groups them by newsroom text."""

    id: str
    title: str
    reports: tuple[str, ...]
    origins: tuple[tuple[str, ...], ...]


class Reuse(msgspec.Struct, frozen=True, kw_only=True):
    """Words that several reports share, with every place where they stand."""

    kind: ReuseKind
    spans: tuple[Span, ...]


class Merged(msgspec.Struct, frozen=True, order=True):
    """Why two mentions are held to be one thing: their ids, the rule, and what it saw."""

    one: str
    other: str
    rule: str
    detail: str = ""


class NameCount(msgspec.Struct, frozen=True):
    """One form of a name and how often it is printed."""

    text: str
    count: int


class Role(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An office that an actor is said to hold; `from_` and `to` bound the time for which reports attest it."""

    role: str
    from_: str | None = None
    to: str | None = None
    evidence: tuple[Span, ...]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, body, country, place, … with every mention as evidence."""

    id: str
    kind: ActorKind
    name: str
    names: tuple[NameCount, ...]
    roles: tuple[Role, ...] = ()
    evidence: tuple[Span, ...]
    merged: tuple[Merged, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A ship, a system under contract: its name (the actor's), the count stated and a delivery status. Nothing else."""

    actor: str
    count: str | None
    delivery: Delivery
    evidence: tuple[Span, ...]


class Participant(msgspec.Struct, frozen=True):
    """One who took part in an event in their own right."""

    actor: str
    role: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or is planned, asked for, offered, denied. `status` is the preferred one."""

    id: str
    type: EventType
    plover: str | None = None
    title: str
    status: Modality
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    date: Date | None = None
    series: str | None = None
    number: int | None = None
    part_of: str | None = None
    origins: int
    confidence: float
    evidence: tuple[Span, ...]
    merged: tuple[Merged, ...] = ()


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One report's version of a statement: its mode, speaker and channel are claims of that report."""

    mode: Mode
    speaker: str | None = None
    channel: tuple[str, ...] = ()
    stance: str | None = None
    evidence: Span


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said once, however many reports print it. `text` is the preferred wording."""

    id: str
    speaker: str | None = None
    addressee: str | None = None
    channel: str | None = None
    text: str
    quotations: tuple[Wording, ...]
    origins: int
    confidence: float


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The three axes of a commitment's state."""

    official: Official
    evidence: Attested
    schedule: Schedule


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a commitment's history: from this day, that state, on this evidence."""

    on: Date | None
    official: Official
    evidence: tuple[Span, ...]


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """Who owes what to whom by when. `history` runs by date; its first row is how the commitment was made."""

    id: str
    kind: CommitmentKind
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    what: str
    due: Date | None = None
    status: Status
    history: tuple[Change, ...]
    origins: int
    confidence: float
    evidence: tuple[Span, ...]
    merged: tuple[Merged, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered meeting of a body."""

    number: int | None
    event: str | None
    status: Modality
    date: Date | None = None
    place: str | None = None
    host: str | None = None
    co_chairs: tuple[str, ...] = ()
    evidence: tuple[Span, ...]


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """The session that comes next, as stated or as the rotation has it (then `anomalies` or evidence say so)."""

    number: int | None
    host: str | None
    date: Date | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of one body, what is due next, and what does not add up. No session is ever invented."""

    id: str
    name: str
    body: str
    founded: Date | None = None
    rhythm: str | None = None
    rotation: str | None = None
    sessions: tuple[Session, ...]
    next: Next | None = None
    anomalies: tuple[str, ...] = ()
    evidence: tuple[Span, ...]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a disagreement."""

    value: str
    reports: tuple[str, ...]
    evidence: tuple[Span, ...]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one field that cannot all be true. All are kept; `reason` says why one is preferred, or why none is."""

    id: str
    kind: DisagreementKind
    about: tuple[str, ...]
    values: tuple[Value, ...]
    preferred: str | None
    reason: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a set of reports, a sequence of decisions and an as-of day add up to."""

    format: str
    build: Build
    reports: tuple[Head, ...] = ()
    stories: tuple[Story, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    actors: tuple[Actor, ...] = ()
    items: tuple[Item, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    series: tuple[Series, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    problems: tuple[Problem, ...] = ()

    def encode(self) -> bytes:
        """The record as UTF-8 JSON in the contract's order, one line, ending in a newline."""
        return msgspec.json.encode(self) + b"\n"


#: Sections of the record that hold facts, in the contract's order.
SECTIONS = (
    "stories",
    "reuse",
    "actors",
    "items",
    "events",
    "statements",
    "commitments",
    "series",
    "disagreements",
)
