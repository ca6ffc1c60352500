"""The atom of everything: one report's assertion of one value for one field of one mention, at one span.

A claim's subject is a mention id inside its report and never changes. What the record says about an event, a person
or a promise is always a choice among claims; a claim that loses is kept beside the one that wins.
"""

import enum

import msgspec

from communique.errors import SpanError
from communique.model import ids
from communique.model.problems import Problem
from communique.model.spans import Span

#: Letter of a mention id -> what the mention is.
SUBJECTS = {
    "n": "entity",
    "t": "time",
    "q": "quotation",
    "e": "event",
    "c": "commitment",
    "x": "further",
}


class Modality(enum.StrEnum):
    """How a report puts a claim. `stated` is for what is neither done nor left undone: a name, an office, a number."""

    STATED = "stated"
    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    REQUESTED = "requested"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


#: Every field a claim can have: field -> (letters of the subjects that have it, what its value is).
#: A value that refers to another mention is that mention's id. A date is in the form of `dates.Date`.
FIELDS = {
    # entity
    "kind": ("ncx", "entity: an ActorKind word; commitment: a CommitmentKind word; further: the section of the record"),
    "form": ("n", "name | office | pronoun | group: how the entity is mentioned here"),
    "name": ("nx", "fullest name that this report gives the entity (for a body its long name)"),
    "short": ("n", "bracketed or customary short form of a body, agreement or forum, as printed"),
    "entity": ("n", "mention id of the entity's representative mention in this report (itself, where it is that one)"),
    "office": ("n", "office of a person in plain words, without the country: 'Defence Minister'"),
    "country": ("n", "country of a person's office, of a body's member (one claim each) or of a place, canonical name"),
    "title": ("n", "courtesy title: Mr, Shri, Dr"),
    "count": ("nx", "item: number stated, as printed"),
    "delivery": ("n", "item: a Delivery word"),
    "founded": ("n", "body: date of its founding"),
    "rhythm": ("n", "body: stated rhythm of its meetings, in plain words: 'annual'"),
    "rotation": ("n", "body: stated rotation of its hosts, as printed"),
    # time
    "timex": ("t", "TIMEX3 value"),
    "timex_type": ("t", "DATE | TIME | DURATION | SET"),
    "clash": ("t", "weekday and date disagree: the date that the weekday points to (nearest)"),
    # event
    "type": ("e", "an EventType word"),
    "status": ("ex", "a Modality word; the claim's own modality is the same"),
    "participant": (
        "ex",
        "mention id of one who took part in their own right; qualifier: role (co-chair, host, visitor…)",
    ),
    "place": ("ex", "mention id of the place"),
    "date": (
        "etcx",
        "the date as resolved inside the report, of a commitment that of its progress; qualifier: rule, as explicit",
    ),
    "date_open": ("etcx", "a date that needs an anchor, in the form of `dates_open`; settled in fuse/times"),
    "body": ("e", "mention id of the body whose session it is"),
    "number": ("ex", "ordinal of the session, digits"),
    "part_of": ("e", "mention id of the event that holds this one (on the sidelines of, during)"),
    "plover": ("e", "PLOVER event type"),
    "title_words": ("e", "the words that name the event, for its title"),
    # quotation
    "content": ("q", "words said, without the marks; one claim for each piece"),
    "mode": ("q", "direct | indirect | mixed"),
    "speaker": ("q", "mention id of who says it; absent: unsure"),
    "speaker_candidate": ("q", "mention id of one who may have said it, where unsure"),
    "cue": ("q", "the reporting word, lemma"),
    "stance": ("q", "stance of the reporting verb: say, warn, deny, assure…"),
    "channel": ("q", "one link of the channel chain in plain words: 'post on X', 'quoted by the Ministry of …'"),
    "addressee": ("q", "mention id of who is spoken to"),
    # commitment
    "by": ("c", "mention id of who promises, asks or offers"),
    "to": ("c", "mention id of who is promised, asked or offered"),
    "what": ("c", "the words that say what"),
    "topic": ("c", "a sentence around it that says what it is about, by which a later report may take it up"),
    "due": ("c", "date by which, as resolved inside the report"),
    "due_open": ("c", "date by which, needing an anchor"),
    "official": (
        "c",
        "an Official word; qualifier: lemma of the deed, where a report tells how far a promise has come",
    ),
    "fulfils": ("c", "progress: a verb of promises that its deed does what they said"),
    "item": ("c", "mention id of the item that it is about"),
    "about": ("c", "mention id of the event that it promises or plans"),
    "accepted": ("c", "'yes' | 'no': the answer that the report gives"),
}


class Claim(msgspec.Struct, frozen=True, order=True):
    """One report's assertion of one value for one field of one mention.

    Attributes:
        subject: mention id of what the claim is about; its report is the span's.
        field: a key of `FIELDS`.
        value: what is asserted; its form depends on the field, as `FIELDS` says.
        span: the words that state it: as tight as the fact, at most a sentence.
        modality: how the report puts it.
        qualifier: narrows the field, such as the role of a participant; "" where there is nothing to narrow.
        holder: mention id of the one whose claim it is, None where the report asserts it itself.
        rule: name of the rule that read it, for explanations.
    """

    subject: str
    field: str
    value: str
    span: Span
    modality: Modality = Modality.STATED
    qualifier: str = ""
    holder: str | None = None
    rule: str = ""

    def __post_init__(self) -> None:
        """Refuse a claim about another report than its evidence, or with a field that nobody knows."""
        letters = FIELDS.get(self.field, ("", ""))[0]
        key = ids.mention_key(self.subject)
        if key.letter not in letters:
            message = f"a claim about {SUBJECTS.get(key.letter, key.letter)} has no field {self.field!r}"
            raise ValueError(message)
        if key.report != self.span.report:
            message = f"the claim about {self.subject} rests on another report, {self.span.report}"
            raise SpanError(message)
        if not self.value:
            message = f"the claim about {self.subject} gives {self.field!r} no value"
            raise ValueError(message)

    @property
    def id(self) -> str:
        """Content-derived id of the claim, `k` and 16 hexadecimal characters."""
        span = f"{self.span.start}-{self.span.end}"
        return (
            "k"
            + ids.digest(self.subject, self.field, self.qualifier, self.value, self.modality, self.holder, span)[:16]
        )


class Annotations(msgspec.Struct, frozen=True):
    """Everything that was read in one report: its claims, sorted, and what could not be read."""

    report: str
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()
