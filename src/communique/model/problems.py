"""What could not be read, as a row with a reason: never an exception that stops a batch, never silence."""

import enum

import msgspec


class ProblemCode(enum.StrEnum):
    """Why an input, or a part of one, could not be read."""

    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    REPLACED = "replaced-characters"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    FORMAT = "format"
    UNREADABLE = "unreadable"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    CUT = "cut-short"
    MISSING = "missing-parts"
    NESTING = "nesting"
    ENTITY = "xml-entity"
    LOOK_ALIKE = "look-alike"
    EXTRA = "not-installed"
    LANGUAGE = "language"
    DATE = "date"
    REMOVED = "removed"
    FETCH = "fetch"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that could not be read, or was read only in part: then `report` names what was made of it.

    Attributes:
        input: name of the input, as the user gave it (its last part).
        sha256: hash of the raw bytes, where there were any.
        report: the report it belongs to, where one was made.
        stage: the room that met it: ingest, annotate, …
        code: why.
        message: one sentence for a person, with the cap's name and both numbers where a cap was passed.
    """

    input: str
    sha256: str | None = None
    report: str | None = None
    stage: str
    code: ProblemCode
    message: str
