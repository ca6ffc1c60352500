"""The table of promises, `data/commitment_frames.toml`, as structs looked up by lemma."""

import functools
import importlib.resources
import tomllib

import msgspec

from communique.model.words import CommitmentKind, Official


class PromiseVerb(msgspec.Struct, frozen=True, kw_only=True):
    """A verb that promises, asks or agrees; the fields are explained at the head of the table."""

    lemmas: tuple[str, ...]
    kind: CommitmentKind
    official: Official
    complement: tuple[str, ...]
    object: str = ""
    needs_object: bool = False
    object_after: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    passive: bool = False
    named: bool = False
    deed: bool = False
    progressive: bool = False


class PromiseNoun(msgspec.Struct, frozen=True, kw_only=True):
    """A noun that promises, asks or agrees."""

    lemmas: tuple[str, ...]
    kind: CommitmentKind
    official: Official
    after: tuple[str, ...]
    beside: tuple[str, ...] = ()
    instrument: bool = False
    deed: bool = False
    words: tuple[str, ...] = ()


class PromiseAdjective(msgspec.Struct, frozen=True, kw_only=True):
    """An adjective that promises or offers what its infinitive says: "is ready to"."""

    lemmas: tuple[str, ...]
    kind: CommitmentKind
    official: Official


class ProgressVerb(msgspec.Struct, frozen=True, kw_only=True):
    """A verb that tells where something promised stands."""

    lemmas: tuple[str, ...]
    official: Official
    object: bool = True
    subject: bool = False
    into: bool = False
    clause: bool = False
    undoing: bool = False
    put_off: bool = False
    after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class _Deeds(msgspec.Struct, frozen=True):
    verbs: frozenset[str]
    foretelling: frozenset[str]
    instruments: frozenset[str]


class Fulfilment(msgspec.Struct, frozen=True):
    """Deeds that, told as done, do what others of these words promised."""

    told: frozenset[str]
    promised: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True):
    verb: tuple[PromiseVerb, ...]
    noun: tuple[PromiseNoun, ...]
    adjective: tuple[PromiseAdjective, ...]
    progress: tuple[ProgressVerb, ...]
    deeds: _Deeds
    deed_nouns: dict[str, str]
    fulfils: tuple[Fulfilment, ...]


class Promises(msgspec.Struct, frozen=True):
    """The frames by lemma, and the words of the rule for "will"."""

    verbs: dict[str, list[PromiseVerb]]
    nouns: dict[str, list[PromiseNoun]]
    adjectives: dict[str, list[PromiseAdjective]]
    progress: dict[str, list[ProgressVerb]]
    deeds: frozenset[str]
    foretelling: frozenset[str]
    instruments: frozenset[str]
    deed_nouns: dict[str, str]
    fulfils: tuple[Fulfilment, ...]

    def fulfilled(self, deed: str) -> tuple[str, ...]:
        """The promised deeds that a told one does: itself first."""
        more = {word for row in self.fulfils if deed in row.told for word in row.promised}
        return (deed, *sorted(more - {deed}))

    def takes_back(self, verb: str) -> bool:
        """Whether a verb drops, calls off or puts off what it is done to."""
        return any(row.put_off or row.official is Official.REFUSED for row in self.progress.get(verb, ()))


@functools.cache
def promises() -> Promises:
    """The shipped table, read once per process."""
    text = importlib.resources.files("communique.data").joinpath("commitment_frames.toml").read_text(encoding="utf-8")
    table = msgspec.convert(tomllib.loads(text), _Table)
    done = ProgressVerb(lemmas=tuple(sorted(table.deeds.verbs)), official=Official.DONE)
    progress = _by_lemma((*table.progress, done))
    return Promises(
        _by_lemma(table.verb),
        _by_lemma(table.noun),
        _by_lemma(table.adjective),
        progress,
        table.deeds.verbs,
        table.deeds.foretelling,
        table.deeds.instruments,
        table.deed_nouns,
        table.fulfils,
    )


def _by_lemma[F: (PromiseVerb, PromiseNoun, PromiseAdjective, ProgressVerb)](rows: tuple[F, ...]) -> dict[str, list[F]]:
    found: dict[str, list[F]] = {}
    for row in rows:
        for lemma in row.lemmas:
            found.setdefault(lemma, []).append(row)
    return found
