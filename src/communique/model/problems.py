"""What could not be read, as a row with a reason: never an exception that stops a batch, never silence."""

import enum

import msgspec


class ProblemCode(enum.StrEnum):
    """Why an input, or a part of one, could not be read."""

    EMPTY = "empty"
    """There is nothing in it."""
    BINARY = "binary"
    """It is no text and no format that is read."""
    ENCODING = "encoding"
    """No encoding fits its bytes for certain."""
    REPLACED = "replaced-characters"
    """Many characters had to be replaced by U+FFFD."""
    TOO_LARGE = "too-large"
    """More bytes than a cap allows."""
    TOO_LONG = "too-long"
    """More characters than a cap allows."""
    FORMAT = "format"
    """It is not what it says it is, or in a form that is not read."""
    UNREADABLE = "unreadable"
    """A part of it cannot be read."""
    TIME = "time"
    """It took longer than it may."""
    MEMORY = "memory"
    """It needed more memory than it may."""
    CRASH = "crash"
    """The program that read it ended."""
    CUT = "cut-short"
    """It ends before it should."""
    NESTING = "nesting"
    """Its tags are nested too deep for a tree."""
    ENTITY = "xml-entity"
    """It declares XML entities, which no parser is given."""
    LOOK_ALIKE = "look-alike"
    """A word mixes scripts or hides characters."""
    EXTRA = "not-installed"
    """It needs an extra that is not installed."""
    LANGUAGE = "language"
    """It is in a language that is not read."""
    DATE = "date"
    """A date in it contradicts itself or cannot be."""
    REMOVED = "removed"
    """It was removed before."""
    FETCH = "fetch"
    """It could not be fetched."""


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
