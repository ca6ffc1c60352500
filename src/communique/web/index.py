"""One record, laid out for looking things up: made once for each state of the database and day, then only read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from communique.export import tables
from communique.model.dates import Date
from communique.model.record import (
    FURTHER,
    Actor,
    Build,
    Commitment,
    Disagreement,
    Event,
    Record,
    Reuse,
    Series,
    Session,
    Statement,
    Story,
)
from communique.model.reports import Head
from communique.model.spans import Span
from communique.model.words import Mode
from communique.settings import MODEL, RECORD_FORMAT, VERSION

#: Sections that have a list of their own, in the order of the menu; `copies` is what the record calls reuse.
SECTIONS: Mapping[str, str] = {
    "stories": "stories",
    "reports": "reports",
    "events": "events",
    "statements": "statements",
    "series": "series",
    "commitments": "commitments",
    "disagreements": "disagreements",
    "actors": "actors",
    **{section: section for section in FURTHER},
    "items": "items",
    "copies": "reuse",
    "paraphrases": "paraphrases",
    "problems": "problems",
}
#: Sections whose facts are marked in the text of a report, the weightiest last: its colour wins.
MARKED = ("actors", *FURTHER, "series", "disagreements", "events", "commitments", "statements")
#: What the lists can be narrowed by: section -> attributes, `a.b` for an attribute of an attribute.
FACETS: Mapping[str, tuple[str, ...]] = {
    "reports": ("outlet", "language"),
    "events": ("type", "status", "confidence"),
    "statements": ("confidence",),
    "commitments": ("kind", "status.official", "status.schedule", "confidence"),
    "disagreements": ("kind",),
    "actors": ("kind",),
    "items": ("delivery",),
    "copies": ("kind",),
    "problems": ("stage", "code"),
}
_EMPTY = Record(format=RECORD_FORMAT, build=Build(version=VERSION, model=MODEL, settings="", as_of=None, decisions=0))


class Place(NamedTuple):
    """A fact that rests on some words of a report; offsets in code points."""

    start: int
    end: int
    section: str
    id: str


class Dated(NamedTuple):
    """Something with a date, for the timeline: a session, another event, or what is due."""

    date: Date
    lane: str
    section: str
    id: str


class Index:
    """A record and where everything in it is."""

    def __init__(self, record: Record | None) -> None:
        """An index of a record; of an empty one where nothing is built."""
        self.built = record is not None
        self.record = record or _EMPTY

    def warm(self) -> None:
        """Lay everything out now, so that no reader waits for it."""
        for name, part in vars(Index).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    # facts

    @cached_property
    def _facts(self) -> dict[str, dict[str, Any]]:
        named = {
            s: getattr(self.record, part)
            for s, part in SECTIONS.items()
            if s not in ("items", "copies", "paraphrases", "problems")
        }
        return {section: {fact.id: fact for fact in facts} for section, facts in named.items()}

    def get(self, section: str, fact: str) -> Any:  # noqa: ANN401 - the type of its section
        """The fact of a section with an id; None where there is none."""
        return self._facts.get(section, {}).get(fact)

    def row(self, section: str, fact: Any) -> tables.Row:  # noqa: ANN401 - a fact of any section
        """A fact as a row of its table."""
        return tables.row_of(section, fact, self.actors)

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return self._facts["actors"]

    @property
    def heads(self) -> Mapping[str, Head]:
        """Heads of the reports by id."""
        return self._facts["reports"]

    def name(self, actor: str | None) -> str:
        """Name of an actor; "" for nobody, the id itself for one that the record does not know."""
        if actor is None:
            return ""
        known = self.actors.get(actor)
        return known.name if known else actor

    @cached_property
    def lists(self) -> dict[str, tuple[Any, ...]]:
        """Every section in the order in which people want to read it."""
        made = {section: tuple(getattr(self.record, part)) for section, part in SECTIONS.items()}
        day = self.day_of_story
        made["stories"] = tuple(sorted(made["stories"], key=lambda s: (day(s), len(s.reports), s.id), reverse=True))
        made["reports"] = tuple(sorted(made["reports"], key=lambda h: (h.published or "", h.id), reverse=True))
        made["events"] = tuple(sorted(made["events"], key=lambda e: (_latest(e.date), e.id), reverse=True))
        made["statements"] = tuple(sorted(made["statements"], key=self._said, reverse=True))
        made["commitments"] = tuple(sorted(made["commitments"], key=lambda c: (_latest(begun(c)), c.id), reverse=True))
        made["actors"] = tuple(sorted(made["actors"], key=lambda a: (-len(a.evidence), a.id)))
        return made

    def _said(self, statement: Statement) -> tuple[str, int, str]:
        return self.day_of(statement.quotations[0].evidence.report), statement.origins, statement.id

    @cached_property
    def facets(self) -> dict[str, dict[str, tuple[tuple[str, int], ...]]]:
        """For each section and attribute the values that occur and their number, the commonest or the highest first."""
        made: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}
        for section, names in FACETS.items():
            counts = {name: Counter(value_of(fact, name) for fact in self.lists[section]) for name in names}
            made[section] = {
                name: tuple(sorted(((v, n) for v, n in count.items() if v), key=_order(name))[:12])
                for name, count in counts.items()
            }
        return made

    # days

    @cached_property
    def days(self) -> tuple[str, ...]:
        """Days on which reports were published, the earliest first."""
        return tuple(sorted({day for head in self.record.reports if (day := head.published_day)}))

    def day_of(self, report: str) -> str:
        """Day on which a report was published; "" where nobody knows."""
        head = self.heads.get(report)
        return (head.published_day or "") if head else ""

    def day_of_story(self, story: Story) -> str:
        """Last day on which a report of a story was published; "" where nobody knows."""
        return max(map(self.day_of, story.reports), default="")

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Everything that has a date, the earliest first."""
        events = [e for e in self.record.events if e.date]
        made = [Dated(e.date, "events" if e.number is None else "sessions", "events", e.id) for e in events if e.date]
        made += [Dated(c.due, "due", "commitments", c.id) for c in self.record.commitments if c.due]
        return tuple(sorted(made, key=lambda d: (d.date.first, d.section, d.id)))

    # what belongs to what

    @cached_property
    def story_of(self) -> dict[str, Story]:
        """The story of each report."""
        return {report: story for story in self.record.stories for report in story.reports}

    @cached_property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """For each report the facts that rest on it, in the order of its text."""
        found: dict[str, set[Place]] = defaultdict(set)
        for section in MARKED:
            for fact in getattr(self.record, section):
                for span in spans_of(section, fact):
                    found[span.report].add(Place(span.start, span.end, section, fact.id))
        return {report: tuple(sorted(places)) for report, places in found.items()}

    @cached_property
    def quoted(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each report the places of what it prints between quotation marks."""
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for statement in self.record.statements:
            for wording in statement.quotations:
                if wording.mode is Mode.DIRECT:
                    found[wording.evidence.report].add((wording.evidence.start, wording.evidence.end))
        return {report: tuple(sorted(places)) for report, places in found.items()}

    @cached_property
    def reuse_of(self) -> dict[str, tuple[Reuse, ...]]:
        """For each report the passages that it shares with others."""
        found: dict[str, list[Reuse]] = defaultdict(list)
        for reuse in self.record.reuse:
            for report in dict.fromkeys(span.report for span in reuse.spans):
                found[report].append(reuse)
        return {report: tuple(shared) for report, shared in found.items()}

    @cached_property
    def disputes(self) -> dict[str, tuple[Disagreement, ...]]:
        """For each fact the disagreements about it."""
        found: dict[str, list[Disagreement]] = defaultdict(list)
        for disagreement in self.record.disagreements:
            for about in disagreement.about:
                found[about].append(disagreement)
        return {about: tuple(them) for about, them in found.items()}

    @cached_property
    def of_actor(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """For each actor the ids of the facts that it has a part in, by section."""
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for section, fact, actor in self._parts():
            found[actor][section][fact] = None
        return {actor: {s: tuple(ids) for s, ids in by.items()} for actor, by in found.items()}

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        for event in self.record.events:
            yield from (("events", event.id, a) for a in (*(p.actor for p in event.participants), event.place) if a)
        for statement in self.record.statements:
            yield from (("statements", statement.id, a) for a in (statement.speaker, statement.addressee) if a)
        for commitment in self.record.commitments:
            yield from (("commitments", commitment.id, a) for a in (*commitment.by, *commitment.to))
        for series in self.record.series:
            yield "series", series.id, series.body

    @cached_property
    def parts_of(self) -> dict[str, tuple[Event, ...]]:
        """For each event those that were part of it."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.record.events:
            if event.part_of:
                found[event.part_of].append(event)
        return {event: tuple(them) for event, them in found.items()}

    def session(self, series: Series, number: str) -> Session | None:
        """The session of a series with a number, or the one that an event of this id is."""
        return next((s for s in series.sessions if number in (str(s.number), s.event)), None)

    def resting_on(self, reports: Sequence[str], section: str) -> tuple[str, ...]:
        """Ids of the facts of a section that rest on some reports, those that most of them bear out first."""
        count: Counter[str] = Counter()
        for report in reports:
            count.update({p.id for p in self.places.get(report, ()) if p.section == section})
        return tuple(sorted(count, key=lambda fact: (-count[fact], fact)))


def spans_of(section: str, fact: Any) -> Sequence[Span]:  # noqa: ANN401 - a fact of any section
    """The words that a fact rests on, in its order."""
    if section == "statements":
        return [q.evidence for q in fact.quotations]
    if section == "disagreements":
        return [span for value in fact.values for span in value.evidence]
    if section == "copies":
        return list(fact.spans)
    if section == "series":
        return [*fact.evidence, *(span for session in fact.sessions for span in session.evidence)]
    return list(getattr(fact, "evidence", ()))


def begun(commitment: Commitment) -> Date | None:
    """Day on which a commitment was made."""
    return commitment.history[0].on if commitment.history else None


def _order(facet: str) -> Callable[[tuple[str, int]], tuple[float, str]]:
    if facet == "confidence":
        return lambda pair: (-float(pair[0].partition(" ")[0]), "")
    return lambda pair: (-pair[1], pair[0])


def value_of(fact: msgspec.Struct, name: str) -> str:
    """An attribute of a fact as text; `a.b` is the attribute b of its a; a share as its tenth; "" where it has none."""
    value: object = fact
    for part in name.split("."):
        value = getattr(value, part, None)
    if isinstance(value, float):
        tenth = min(round(value * 100) // 10, 9)
        return f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"
    return "" if value is None else str(value)


def _latest(date: Date | None) -> str:
    return date.last.isoformat() if date else ""
