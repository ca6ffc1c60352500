"""What the quotation readers hand to one another: a quotation as found, before it has ids and claims."""

import enum
import itertools
import re
from collections.abc import Iterator

import msgspec

from communique.annotate.speakers import Speaker
from communique.model.claims import Modality
from communique.model.mentions import EntityMention

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s++(?=[\"“‘'(\[]*[A-Z0-9…])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Sen|Rep|Gov|St|Sr|Jr|No|Nos|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept"
    r"|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Hon|Rev|Fr|cf|al|approx|art|Art)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_WORD = re.compile(r"\w+")
_LEAST = 4


class Kind(enum.StrEnum):
    """How a report prints what was said."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Cue(msgspec.Struct, frozen=True):
    """The reporting word: its place, lemma and stance, and how the report puts the act of saying."""

    start: int
    end: int
    lemma: str
    stance: str
    modality: Modality = Modality.STATED


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation as found.

    Attributes:
        start: offset where it begins, opening mark included.
        end: offset after it, closing mark included.
        content: offsets of the words said, without marks.
        kind: direct, indirect or mixed.
        speaker: who says it, None where unsure.
        cue: the reporting word, None where there is none.
        clause: offsets of the sentence that reports it, where channels stand.
        addressee: who is spoken to, where stated.
        rule: name of the rule.
        beside: offsets of everything said in the same sentence: nothing there names a channel.
    """

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: Kind
    speaker: Speaker | None = None
    cue: Cue | None = None
    clause: tuple[int, int] | None = None
    addressee: EntityMention | None = None
    rule: str = ""
    beside: tuple[tuple[int, int], ...] = ()


def words(text: str, start: int, end: int) -> int:
    """Number of words between two offsets."""
    return sum(1 for _ in _WORD.finditer(text, start, end))


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of speech; one of fewer than four words goes with the one before it."""
    stops = [
        m for m in _END.finditer(text, start, end) if not _SHORT.search(text, max(start, m.start() - 12), m.start() + 1)
    ]
    cuts = [start, *(m.end() for m in stops), end]
    parts: list[tuple[int, int]] = []
    for a, b in itertools.pairwise(cuts):
        if parts and words(text, a, b) < _LEAST:
            parts[-1] = (parts[-1][0], b)
        else:
            parts.append((a, b))
    for a, b in parts:
        until = b - (len(text[a:b]) - len(text[a:b].rstrip()))
        if a < until:
            yield a, until
