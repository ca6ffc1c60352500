"""Commitment mentions with their references resolved: what one report tells of one promise."""

from collections.abc import Mapping

import msgspec

from communique.fuse.actors import mention_span
from communique.fuse.dossiers import Dossier
from communique.fuse.times import Dated
from communique.model.dates import Date
from communique.model.spans import Span
from communique.model.words import CommitmentKind, Official

#: Kinds between which reports waver when they tell one promise.
_FAMILIES: Mapping[CommitmentKind, str] = {
    CommitmentKind.AGREEMENT: "agreement",
    CommitmentKind.PROTOCOL: "agreement",
    CommitmentKind.PLEDGE: "pledge",
    CommitmentKind.ASSURANCE: "pledge",
    CommitmentKind.INVITATION: "invitation",
    CommitmentKind.OFFER: "invitation",
    CommitmentKind.VISIT: "visit",
}


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment mention, resolved; a mention of progress has `kind` pledge and a `deed`.

    `keywords` are the stems of its words, and `names` those of each name in it: by them a later telling knows it again.
    `topic` are the stems of the sentences around it.
    """

    dossier: Dossier
    story: str
    kind: CommitmentKind
    official: Official
    by: tuple[str, ...]
    to: tuple[str, ...]
    items: frozenset[str]
    event: str | None
    words: frozenset[str]
    keywords: frozenset[str]
    names: frozenset[frozenset[str]]
    topic: frozenset[str]
    due: tuple[Dated, ...]
    on: Date | None

    @property
    def report(self) -> str:
        """Id of the report."""
        return self.dossier.report

    @property
    def what(self) -> str:
        """The words that say what."""
        return " ".join(self.dossier.values("what"))

    @property
    def deed(self) -> str:
        """The verb that tells how far it has come; "" of a promise."""
        return next((c.qualifier for c in self.dossier.all("official")), "")

    @property
    def fulfils(self) -> tuple[str, ...]:
        """The verbs of promises that the deed does what they said, its own at least; none of a promise."""
        return tuple(self.dossier.values("fulfils")) or ((self.deed,) if self.deed else ())

    @property
    def id(self) -> str:
        """The mention id."""
        return self.dossier.subject

    @property
    def family(self) -> str:
        """The family of its kind."""
        return _FAMILIES.get(self.kind, self.kind.value)

    @property
    def span(self) -> Span:
        """The words that state it."""
        return mention_span(self.dossier)
