"""What questions are made of: the record, and the words behind each of its facts."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from communique import pipeline
from communique.cluster.anchors import Anchors
from communique.errors import NotFoundError
from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Decision, in_force
from communique.model.further import LETTER
from communique.model.record import FURTHER, SECTIONS, Actor, Record
from communique.model.reports import Report
from communique.model.review import Place, Side, Standing
from communique.model.spans import Span
from communique.review.rulings import beginning
from communique.store.view import View

#: Section of the record -> letter of the mentions that its facts hold.
LETTERS = {
    "actors": "n",
    "items": "n",
    "events": "e",
    "statements": "q",
    "commitments": "c",
    "stories": "r",
    **dict.fromkeys(FURTHER, LETTER),
}
#: Code points shown before and after the words of a side.
AROUND = 160

#: Sections whose facts have no id, so that nobody can rule on them.
_NAMELESS = ("reuse", "paraphrases")


class Book:
    """One look at a database: the record with its reports, claims and rulings. Texts and claims are read as needed."""

    def __init__(self, view: View) -> None:
        """Look up reports and rulings."""
        self.view = view
        self.heads = {h.id: h for h in pipeline.versions(view.reports())}
        self.decisions = view.decisions()
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._texts: dict[str, str] = {}

    @cached_property
    def record(self) -> Record:
        """The record.

        Raises:
            NotFoundError: nothing was built yet.
        """
        record = self.view.record()
        if record is None:
            message = "there is no record yet: add reports, or build"
            raise NotFoundError(message)
        return record

    @cached_property
    def anchors(self) -> Anchors:
        """Where words stand now."""
        return Anchors(tuple(self.heads.values()), _Lazy(self.heads, self.text), _Lazy(self.heads, self.claims))

    def text(self, report: str) -> str:
        """Text of a report."""
        if report not in self._texts:
            self._texts |= self.view.texts([report])
        return self._texts[report]

    def claims(self, report: str) -> tuple[Claim, ...]:
        """Claims of a report."""
        if report not in self._claims:
            self._claims |= self.view.claims([report])
        return self._claims[report]

    def need(self, reports: Iterable[str]) -> None:
        """Read several reports at once."""
        wanted = sorted({r for r in reports if r not in self._claims and r in self.heads})
        self._claims |= self.view.claims(wanted)
        self._texts |= self.view.texts([r for r in wanted if r not in self._texts])

    @cached_property
    def facts(self) -> dict[str, tuple[str, Any]]:
        """Id -> section and fact; where a body and its series share an id, the series."""
        return {
            _id(section, f): (section, f)
            for section in SECTIONS
            if section not in _NAMELESS
            for f in _of(self, section)
        }

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors by id."""
        return {a.id: a for a in self.record.actors}

    def name(self, actor: str | None) -> str:
        """Name of an actor."""
        return self.actors[actor].name if actor in self.actors else actor or "nobody known"

    def mentions(self, section: str, fact: Any) -> tuple[str, ...]:  # noqa: ANN401 - a fact of any section
        """The mentions that a fact holds, by report and place."""
        if section == "stories":
            return tuple(beginning(self.report(r)) for r in fact.reports)
        letter = LETTERS.get(section)
        spans = [q.evidence for q in fact.quotations] if section == "statements" else fact.evidence
        return self.anchors.held(letter, spans) if letter else ()

    def first(self, section: str, fact: Any) -> str:  # noqa: ANN401 - a fact of any section
        """The first mention that a fact holds, without a look at the others; "" where it holds none."""
        if section in ("stories", "statements"):
            return next(iter(self.mentions(section, fact)), "")
        found = (self.anchors.held(LETTERS[section], [span]) for span in fact.evidence)
        return next((held[0] for held in found if held), "")

    def report(self, report: str) -> Report:
        """A report with its text."""
        return Report(self.heads[report], self.text(report))

    def values(self, mention: str, field: str) -> tuple[str, ...]:
        """The values that a report gives a field of a mention."""
        report = ids.mention_key(mention).report
        return tuple(c.value for c in self.claims(report) if c.subject == mention and c.field == field)

    def side(self, says: str, mention: str, fact: str = "", span: Span | None = None) -> Side:
        """One side of a question: a mention, or a span that stands for it, with the words around."""
        key = ids.mention_key(mention)
        text, head = self.text(key.report), self.heads[key.report]
        at = span or Span.cut(key.report, text, key.start, min(key.end, len(text)))
        return Side(
            says=says,
            mention=mention,
            fact=fact,
            span=at,
            before=text[max(0, at.start - AROUND) : at.start],
            after=text[at.end : at.end + AROUND],
            report=head.name,
            outlet=head.outlet or "",
            published=head.published_day or "",
        )

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every ruling, in the order made, with where its words are today."""
        taken = {d.withdraws: d.id for d in self.decisions if d.withdraws}
        return tuple(self._standing(d, taken.get(d.id)) for d in self.decisions)

    def _standing(self, decision: Any, withdrawn_by: str | None) -> Standing:  # noqa: ANN401
        places = tuple(self.anchors.place(a) for a in decision.anchors)
        return Standing(
            id=decision.id,
            decision=decision,
            places=places,
            withdrawn_by=withdrawn_by,
            facts=tuple(dict.fromkeys(f for p in places if p.mention and (f := self.holder(p)))),
        )

    def holder(self, place: Place) -> str:
        """Id of the fact that holds a mention now; "" where none does."""
        try:
            return self.view.locate(place.mention or "")[1]
        except NotFoundError:
            return ""

    @cached_property
    def settled(self) -> frozenset[tuple[object, ...]]:
        """What was ruled, as signatures of the choices that it answers; see `signature`."""
        return self._signatures(in_force(self.decisions))

    @cached_property
    def confirmed(self) -> frozenset[tuple[object, ...]]:
        """What was ruled on words that stand as they were ruled on."""
        return self._signatures(s.decision for s in self.standings if s.in_force and not s.second_look)

    def _signatures(self, decisions: Iterable[Decision]) -> frozenset[tuple[object, ...]]:
        out: set[tuple[object, ...]] = set()
        for d in self.anchors.settled(decisions):
            mentions = [a.mention for a in d.anchors]
            out |= {signature(d.ruling, mentions, d.field, v) for v in (d.value, "")}
        return frozenset(out)


class _Lazy(dict[str, Any]):
    """A mapping whose values are read when they are asked for."""

    def __init__(self, keys: Iterable[str], read: Any) -> None:  # noqa: ANN401
        super().__init__(dict.fromkeys(keys))
        self._read = read

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        if key not in self:
            raise KeyError(key)
        return self._read(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        return self._read(key) if key in self else default


def signature(ruling: str, mentions: Sequence[str], field: str, value: str) -> tuple[object, ...]:
    """What makes two answers the same: what is decided of which mentions, in any order."""
    about = sorted({m for m in mentions if m != value})
    return ruling, tuple(about), field, value


def _of(book: Book, section: str) -> tuple[Any, ...]:
    facts: tuple[Any, ...] = getattr(book.record, section)
    return facts


def _id(section: str, fact: Any) -> str:  # noqa: ANN401
    return str(fact.actor if section == "items" else fact.id)
