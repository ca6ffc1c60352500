"""The table of event frames, `data/event_frames.toml`, as structs looked up by lemma."""

import functools
import importlib.resources
import tomllib

import msgspec

from communique.model.words import EventType


class NounFrame(msgspec.Struct, frozen=True, kw_only=True):
    """A happening named by a noun; the fields are explained at the head of the table."""

    lemmas: tuple[str, ...]
    type: EventType
    plover: str | None = None
    agent: str
    plural_only: bool = False
    weak: bool = False
    needs: tuple[str, ...] = ()
    release: bool = False
    message: bool = False


class SupportFrame(msgspec.Struct, frozen=True, kw_only=True):
    """A verb that carries an event noun: as its `object` (the role of the verb's subject), or as what happens."""

    lemmas: tuple[str, ...]
    object: str | None = None
    happening: bool = False


class VerbFrame(msgspec.Struct, frozen=True, kw_only=True):
    """A verb that names a happening itself; the fields are explained at the head of the table."""

    lemmas: tuple[str, ...]
    type: EventType
    plover: str | None = None
    object: str = "any"
    words: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    subject_role: str = "participant"
    object_role: str = "participant"
    others: str | None = None
    status: str | None = None
    with_: bool = msgspec.field(default=False, name="with")
    to_place: bool = False
    at_place: bool = False
    dated: bool = False
    clause: bool = False
    own_act: bool = False


class _Table(msgspec.Struct, frozen=True):
    noun: tuple[NounFrame, ...]
    support: tuple[SupportFrame, ...]
    verb: tuple[VerbFrame, ...]


class Frames(msgspec.Struct, frozen=True):
    """The frames by lemma, each list in the order of the table."""

    nouns: dict[str, list[NounFrame]]
    supports: dict[str, list[SupportFrame]]
    verbs: dict[str, list[VerbFrame]]


@functools.cache
def frames() -> Frames:
    """The shipped table, read once per process."""
    text = importlib.resources.files("communique.data").joinpath("event_frames.toml").read_text(encoding="utf-8")
    table = msgspec.convert(tomllib.loads(text), _Table)
    return Frames(_by_lemma(table.noun), _by_lemma(table.support), _by_lemma(table.verb))


def _by_lemma[F: (NounFrame, SupportFrame, VerbFrame)](rows: tuple[F, ...]) -> dict[str, list[F]]:
    found: dict[str, list[F]] = {}
    for row in rows:
        for lemma in row.lemmas:
            found.setdefault(lemma, []).append(row)
    return found
