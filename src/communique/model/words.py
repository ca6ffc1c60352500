"""The closed word lists of the record contract: what a kind, type or status may be."""

import enum


class ActorKind(enum.StrEnum):
    """What an actor is. A defence item is an `item`: a name, a stated count and a delivery status, nothing else."""

    PERSON = "person"
    BODY = "body"
    COUNTRY = "country"
    PLACE = "place"
    FORUM = "forum"
    PROGRAMME = "programme"
    AGREEMENT = "agreement"
    ITEM = "item"
    GROUP = "group"


class EventType(enum.StrEnum):
    """What kind of happening an event is."""

    SESSION = "session"
    MEETING = "meeting"
    TALKS = "talks"
    SUMMIT = "summit"
    VISIT = "visit"
    SIGNING = "signing"
    CEREMONY = "ceremony"
    COMMISSIONING = "commissioning"
    DELIVERY = "delivery"
    FOUNDING = "founding"
    APPOINTMENT = "appointment"
    EXERCISE = "exercise"
    STATEMENT_RELEASE = "statement-release"
    OTHER = "other"


class CommitmentKind(enum.StrEnum):
    """What kind of promise a commitment is."""

    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    PLEDGE = "pledge"
    ASSURANCE = "assurance"
    REQUEST = "request"
    INVITATION = "invitation"
    OFFER = "offer"
    DELIVERY = "delivery"
    VISIT = "visit"


class Official(enum.StrEnum):
    """How far a commitment has come in its makers' words, roughly from talk to deed."""

    UNKNOWN = "unknown"
    DISCUSSED = "discussed"
    OFFERED = "offered"
    REQUESTED = "requested"
    PROMISED = "promised"
    AGREED = "agreed"
    SIGNED = "signed"
    IN_FORCE = "in force"
    UNDER_WAY = "under way"
    DONE = "done"
    REFUSED = "refused"


class Attested(enum.StrEnum):
    """Whose word stands for a commitment's state."""

    CLAIMED = "claimed"
    REPORTED = "reported"
    CONFIRMED = "confirmed by both"


class Schedule(enum.StrEnum):
    """Where a commitment stands against its date on the as-of day: never missed, for silence is no evidence."""

    NO_DATE = "no date"
    NOT_DUE = "not due"
    DUE = "due"
    LATE = "late"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


class Delivery(enum.StrEnum):
    """Delivery status of an item."""

    NOT_STATED = "not stated"
    PLANNED = "planned"
    REQUESTED = "requested"
    PROMISED = "promised"
    PART = "part delivered"
    DELIVERED = "delivered"
    REFUSED = "refused"


class Mode(enum.StrEnum):
    """How a report prints what was said."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class ReuseKind(enum.StrEnum):
    """Why two reports share words."""

    QUOTED = "quoted"
    COPIED = "copied"
    FORMULA = "formula"


class DisagreementKind(enum.StrEnum):
    """What reports disagree about."""

    DATE = "date"
    PLACE = "place"
    NUMBER = "number"
    NAME = "name"
    WORDING = "wording"
    ATTRIBUTION = "attribution"
    SPEAKER = "speaker"
    MODE = "mode"
    SERIES = "series"
    OTHER = "other"
