"""The record: what the reports add up to, in the form and field order of the record contract.

Every id is an address, every fact carries evidence, and the same reports and decisions give the same bytes
(`Record.encode`). Change the contract only with a new `settings.RECORD_FORMAT`.
"""

from collections.abc import Mapping

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
    """Version of Communiqué."""
    model: str
    """Language model."""
    settings: str
    """Digest of the caps and reader versions that the reports were read under."""
    as_of: str | None
    """The day from which the record is seen, `YYYY-MM-DD`; the latest day of publication where none was asked for."""
    decisions: int
    """Rulings that were in force."""
    min_confidence: float = 0.0
    """Facts below this confidence were left out; 0 in a whole record."""


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Reports that lead with the same happening; `origins` groups them by newsroom text."""

    id: str
    """Its address."""
    title: str
    """Title of the report that speaks for it."""
    reports: tuple[str, ...]
    """Ids of its reports; each report is in exactly one story."""
    origins: tuple[tuple[str, ...], ...]
    """Its reports grouped by newsroom text: reports that copied one another's own words stand together."""


class Reuse(msgspec.Struct, frozen=True, kw_only=True):
    """Words that several reports share, with every place where they stand."""

    kind: ReuseKind
    """`quoted` from one upstream, `copied` from a newsroom, or a `formula` that everybody uses."""
    spans: tuple[Span, ...]
    """Every place where the words stand."""


class Paraphrase(msgspec.Struct, frozen=True, kw_only=True):
    """Two newsrooms' sentences that say the same in other words: weaker than shared words, and nobody's copy."""

    score: float
    """How much of what either tells they share, 0 to 1."""
    spans: tuple[Span, ...]
    """The two sentences."""


class Merged(msgspec.Struct, frozen=True, order=True):
    """Why two mentions are held to be one thing: their ids, the rule, and what it saw."""

    one: str
    """Id of a mention."""
    other: str
    """Id of another mention."""
    rule: str
    """Name of the rule that joined them."""
    detail: str = ""
    """What the rule saw."""


class Sign(msgspec.Struct, frozen=True):
    """Something seen that makes a fact likelier or less likely to be right."""

    sign: str
    """What was seen."""
    adds: float | None
    """What it adds, in log-odds; null where it settles the score: a person ruled on the fact."""


class NameCount(msgspec.Struct, frozen=True):
    """One form of a name and how often it is printed."""

    text: str
    """The name as printed."""
    count: int
    """How often it is printed."""


class Role(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An office that an actor is said to hold; `from_` and `to` bound the time for which reports attest it."""

    role: str
    """The office, as reports name it."""
    from_: str | None = None
    """First day for which a report attests it."""
    to: str | None = None
    """Last day for which a report attests it."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, body, country, place, … with every mention as evidence."""

    id: str
    """Its address."""
    kind: ActorKind
    """What it is."""
    name: str
    """The preferred form of its name."""
    names: tuple[NameCount, ...]
    """Every form that is printed, with its count."""
    roles: tuple[Role, ...] = ()
    """Offices that it is said to hold."""
    evidence: tuple[Span, ...]
    """Every mention."""
    merged: tuple[Merged, ...] = ()
    """Why its mentions are held to be one actor."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A ship, a system under contract: its name (the actor's), the count stated and a delivery status. Nothing else."""

    actor: str
    """Id of the actor that bears its name."""
    count: str | None
    """The count as stated, null where none is."""
    delivery: Delivery
    """Delivery status as stated."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""


class Participant(msgspec.Struct, frozen=True):
    """One who took part in an event in their own right."""

    actor: str
    """Id of the actor."""
    role: str
    """What they took part as, such as `co-chair`."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or is planned, asked for, offered, denied. `status` is the preferred one."""

    id: str
    """Its address."""
    type: EventType
    """What kind of happening it is."""
    plover: str | None = None
    """PLOVER event type, where one fits."""
    title: str
    """What happened, in the words of a report or the name of the session."""
    status: Modality
    """Whether it happened, is planned, was asked for, …: the preferred reading."""
    participants: tuple[Participant, ...] = ()
    """Who took part in their own right."""
    place: str | None = None
    """Id of the place."""
    date: Date | None = None
    """When, as exactly as it is known."""
    series: str | None = None
    """Id of its series."""
    number: int | None = None
    """Number of the session."""
    part_of: str | None = None
    """Id of the event that it belongs to."""
    origins: int
    """Independent newsroom texts that attest it; reports that copy one another's own words count once."""
    confidence: float
    """How likely it is to be right, from 0 to 1."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""
    merged: tuple[Merged, ...] = ()
    """Why its mentions are held to be one event."""
    signs: tuple[Sign, ...] = ()
    """What its confidence rests on, the weightiest first: the score is the logistic function of their sum."""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One report's version of a statement: its mode, speaker and channel are claims of that report."""

    mode: Mode
    """`direct` where the report prints it as the speaker's own words, else `indirect`."""
    speaker: str | None = None
    """Id of the speaker whom this report names."""
    channel: tuple[str, ...] = ()
    """Where this report says that it was said or published."""
    stance: str | None = None
    """Verb that the report puts it with, such as `stressed`."""
    evidence: Span
    """The words."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said once, however many reports print it. `text` is the preferred wording."""

    id: str
    """Its address."""
    speaker: str | None = None
    """Id of the speaker; null where no report names one safely."""
    addressee: str | None = None
    """Id of whom it was said to."""
    channel: str | None = None
    """The document or occasion through which it was said."""
    text: str
    """The preferred wording."""
    quotations: tuple[Wording, ...]
    """Every wording that was printed."""
    origins: int
    """Independent newsroom texts that attest it; reports that copy one another's own words count once."""
    confidence: float
    """How likely it is to be right, from 0 to 1."""
    signs: tuple[Sign, ...] = ()
    """What its confidence rests on, the weightiest first: the score is the logistic function of their sum."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The three axes of a commitment's state."""

    official: Official
    """How far it has come in its makers' words."""
    evidence: Attested
    """Whose word stands for that."""
    schedule: Schedule
    """Where it stands against its date on the as-of day."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a commitment's history: from this day, that state, on this evidence."""

    on: Date | None
    """Day of the change, null where no report tells it."""
    official: Official
    """The state from then on."""
    evidence: tuple[Span, ...]
    """The words that tell of the change."""


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """Who owes what to whom by when. `history` runs by date; its first row is how the commitment was made."""

    id: str
    """Its address."""
    kind: CommitmentKind
    """What kind of promise it is."""
    by: tuple[str, ...] = ()
    """Ids of those who owe it."""
    to: tuple[str, ...] = ()
    """Ids of those whom it is owed to."""
    what: str
    """What is owed, in a report's words."""
    due: Date | None = None
    """By when."""
    status: Status
    """Its state today, on three axes."""
    history: tuple[Change, ...]
    """One row for each change of its state, by date; the first is how it was made."""
    origins: int
    """Independent newsroom texts that attest it; reports that copy one another's own words count once."""
    confidence: float
    """How likely it is to be right, from 0 to 1."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""
    merged: tuple[Merged, ...] = ()
    """Why its mentions are held to be one commitment."""
    signs: tuple[Sign, ...] = ()
    """What its confidence rests on, the weightiest first: the score is the logistic function of their sum."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered meeting of a body."""

    number: int | None
    """Its number; null where no report gives one."""
    event: str | None
    """Id of the event."""
    status: Modality
    """Whether it happened, is planned, …"""
    date: Date | None = None
    """When."""
    place: str | None = None
    """Id of the place."""
    host: str | None = None
    """Id of the host country."""
    co_chairs: tuple[str, ...] = ()
    """Ids of the chairs."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """The session that comes next, as stated or as the rotation has it (then `anomalies` or evidence say so)."""

    number: int | None
    """Its number."""
    host: str | None
    """Id of the host country."""
    date: Date | None
    """When."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of one body, what is due next, and what does not add up. No session is ever invented."""

    id: str
    """Its address, the same as its body's."""
    name: str
    """Name of the body."""
    body: str
    """Id of the body."""
    founded: Date | None = None
    """When the body was founded."""
    rhythm: str | None = None
    """How often it meets, as stated."""
    rotation: str | None = None
    """How the place changes, as stated."""
    sessions: tuple[Session, ...]
    """Its sessions, by number and date."""
    next: Next | None = None
    """The session that comes next."""
    anomalies: tuple[str, ...] = ()
    """What does not add up, one sentence each."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a disagreement."""

    value: str
    """What this side says."""
    reports: tuple[str, ...]
    """Ids of the reports that say so."""
    evidence: tuple[Span, ...]
    """The words that state it, in every report that does."""


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one field that cannot all be true. All are kept; `reason` says why one is preferred, or why none is."""

    id: str
    """Its address."""
    kind: DisagreementKind
    """What it is about."""
    about: tuple[str, ...]
    """Ids of the facts that it is about."""
    values: tuple[Value, ...]
    """The sides, all kept."""
    preferred: str | None
    """The value that the record goes by; null where none is preferred."""
    reason: str
    """Why, in one sentence."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a set of reports, a sequence of decisions and an as-of day add up to."""

    format: str
    """Name and number of this form."""
    build: Build
    """What made it."""
    reports: tuple[Head, ...] = ()
    """Every report but its text."""
    stories: tuple[Story, ...] = ()
    """Reports that lead with the same happening."""
    reuse: tuple[Reuse, ...] = ()
    """Words that several reports share."""
    paraphrases: tuple[Paraphrase, ...] = ()
    """Sentences of one story that say the same in other words."""
    actors: tuple[Actor, ...] = ()
    """People, bodies, countries, places, …"""
    items: tuple[Item, ...] = ()
    """Ships and systems under contract: a name, a stated count, a delivery status."""
    events: tuple[Event, ...] = ()
    """What happened, is planned, was asked for."""
    statements: tuple[Statement, ...] = ()
    """What was said, once each."""
    commitments: tuple[Commitment, ...] = ()
    """What is owed."""
    series: tuple[Series, ...] = ()
    """Numbered meetings of a body."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where reports cannot all be right."""
    problems: tuple[Problem, ...] = ()
    """What could not be read."""

    def encode(self) -> bytes:
        """The record as UTF-8 JSON in the contract's order, one line, ending in a newline."""
        return msgspec.json.encode(self) + b"\n"


#: Sections of further kinds of fact, each with a field of `Record`; what else one needs is told in `model.further`.
FURTHER: tuple[str, ...] = ()
#: Sections of the record that hold facts, in the contract's order.
SECTIONS = (
    "stories",
    "reuse",
    "paraphrases",
    "actors",
    "items",
    "events",
    "statements",
    "commitments",
    "series",
    "disagreements",
    *FURTHER,
)
#: Section -> the type of its facts, in the record's order; reports and problems as well.
TYPES: Mapping[str, type[msgspec.Struct]] = {
    f.name: f.type.__args__[0] for f in msgspec.structs.fields(Record) if f.name not in ("format", "build")
}
