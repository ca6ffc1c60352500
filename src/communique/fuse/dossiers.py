"""Claims gathered by subject: what `fuse` works on, after the decisions that reject or set a claim were carried out.

Nothing is lost here in silence: what is left out lies in page furniture, or was rejected by a person.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Decision, Ruling, in_force, misfit
from communique.model.reports import TELLING, Head
from communique.model.spans import Span, in_order

#: Rule of a claim that a person set; it outranks every other claim of its field.
DECIDED = "decision"

#: Letters of the subjects that state facts; page furniture attests none.
_FACTS = frozenset("eqcx")
#: Fields of entities that end in series or items: facts too.
_FACT_FIELDS = frozenset({"founded", "rhythm", "rotation", "count", "delivery"})


class Source(msgspec.Struct, frozen=True):
    """One report as `fuse` sees it: its head and its claims, no text."""

    head: Head
    claims: tuple[Claim, ...]


class Dossier(msgspec.Struct, frozen=True, dict=True):
    """Every claim about one mention, sorted by span and value."""

    subject: str
    claims: tuple[Claim, ...]

    @cached_property
    def key(self) -> ids.MentionKey:
        """The mention id taken apart; dossiers sort by it."""
        return ids.mention_key(self.subject)

    @property
    def report(self) -> str:
        """Id of the report that holds the mention."""
        return self.key.report

    def all(self, field: str) -> tuple[Claim, ...]:
        """The claims of a field; only those that a person set, where there are any."""
        return self._by_field.get(field, ())

    @cached_property
    def _by_field(self) -> dict[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.field, []).append(claim)
        return {f: tuple(c for c in all_ if c.rule == DECIDED) or tuple(all_) for f, all_ in found.items()}

    def set(self, field: str) -> bool:
        """Whether a person set a field."""
        return any(c.field == field and c.rule == DECIDED for c in self.claims)

    def first(self, field: str) -> Claim | None:
        """The first claim of a field, None where there is none."""
        found = self.all(field)
        return found[0] if found else None

    def value(self, field: str) -> str | None:
        """The value of the first claim of a field, None where there is none."""
        claim = self.first(field)
        return claim.value if claim else None

    def values(self, field: str) -> tuple[str, ...]:
        """The distinct values of a field, in the order of the text."""
        return tuple(dict.fromkeys(c.value for c in self.all(field)))

    def spans(self, *fields: str) -> tuple[Span, ...]:
        """The spans of the claims of some fields (of all fields, where none is named), in order."""
        return in_order(c.span for c in self.claims if not fields or c.field in fields)


class Dossiers:
    """All dossiers of a record by the letter of their subjects, each sorted by `mention_key`."""

    def __init__(self, dossiers: Iterable[Dossier], heads: Iterable[Head], decisions: Iterable[Decision]) -> None:
        """Sort dossiers, heads (by id) and keep the decisions that are in force, in their order."""
        self.heads = {h.id: h for h in sorted(heads, key=lambda h: h.id)}
        self.decisions = tuple(decisions)
        self._all = sorted(dossiers, key=lambda d: d.key)
        self._by_subject = {d.subject: d for d in self._all}

    def of(self, letter: str) -> tuple[Dossier, ...]:
        """The dossiers of one kind of subject: `n` entities, `t` times, `q` quotations, `e` events, `c` commitments."""
        return self._by_letter.get(letter, ())

    def get(self, subject: str) -> Dossier | None:
        """The dossier of one mention, None where no claim is about it."""
        return self._by_subject.get(subject)

    @cached_property
    def _by_letter(self) -> dict[str, tuple[Dossier, ...]]:
        out: dict[str, list[Dossier]] = {}
        for dossier in self._all:
            out.setdefault(dossier.key.letter, []).append(dossier)
        return {letter: tuple(found) for letter, found in sorted(out.items())}

    def rulings(self) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """Whether mentions are the same, and which, for each such decision; the newest first: it outranks the rest."""
        for decision in reversed(self.decisions):
            if decision.ruling in (Ruling.SAME, Ruling.NOT_SAME):
                yield decision.ruling is Ruling.SAME, tuple(a.mention for a in decision.anchors)


def gather(sources: Sequence[Source], decisions: Sequence[Decision] = ()) -> Dossiers:
    """Gather the claims of all reports by subject.

    Claims of events, quotations and commitments, and the series facts of bodies, are left out where half of their
    span or more lies in page furniture that states nothing (`model.reports.TELLING` does state something).
    """
    ruled = in_force(tuple(decisions))
    kept: dict[str, list[Claim]] = {}
    for source in sources:
        marks = _Marks(source.head)
        for claim in source.claims:
            if not (_states_fact(claim) and marks.hold(claim.span)):
                kept.setdefault(claim.subject, []).append(claim)
    for decision in ruled:
        _carry_out(decision, kept)
    dossiers = (Dossier(subject, tuple(sorted(set(claims), key=_place))) for subject, claims in kept.items() if claims)
    return Dossiers(dossiers, (s.head for s in sources), ruled)


class _Marks:
    """The silent furniture of one report, for look-up by place."""

    def __init__(self, head: Head) -> None:
        self._bounds = sorted((f.start, f.end) for f in head.furniture if f.kind not in TELLING)
        self._starts = [start for start, _ in self._bounds]

    def hold(self, span: Span) -> bool:
        """Whether half of a span or more lies in furniture."""
        until = bisect.bisect_left(self._starts, span.end)
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        shared = sum(max(0, min(end, span.end) - max(start, span.start)) for start, end in self._bounds[first:until])
        return 2 * shared >= span.end - span.start


def _states_fact(claim: Claim) -> bool:
    return claim.field in _FACT_FIELDS or ids.letter_of(claim.subject) in _FACTS


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.span, claim.field, claim.value, claim.qualifier, claim.modality, claim.holder or "", claim.rule


def _carry_out(decision: Decision, kept: dict[str, list[Claim]]) -> None:
    """Reject or set a claim of the anchored mentions; an anchor that no longer stands changes nothing."""
    for anchor in decision.anchors:
        claims = kept.get(anchor.mention)
        if not claims or anchor.mention == decision.value:
            continue
        if decision.ruling is Ruling.REJECT:
            kept[anchor.mention] = [c for c in claims if not _wrong(c, decision)]
        elif decision.ruling is Ruling.SET and not _misfit(anchor.mention, decision):
            span = anchor.quote if anchor.quote.report == claims[0].span.report else claims[0].span
            claims[:] = [c for c in claims if (c.field, c.rule) != (decision.field, DECIDED)]
            claims.append(Claim(anchor.mention, decision.field, decision.value, span, rule=DECIDED))


def _misfit(mention: str, decision: Decision) -> str:
    return misfit(ids.mention_key(mention).letter, decision.field, decision.value)


def _wrong(claim: Claim, decision: Decision) -> bool:
    """Whether a decision rejects a claim: the whole mention, a field, or one value of it."""
    return decision.field in ("", claim.field) and decision.value in ("", claim.value)
