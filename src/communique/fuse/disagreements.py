"""Disagreements: values of one field that cannot all be true.

Few and right: what can be true together is left alone.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from communique.fuse.actors import Cast
from communique.fuse.counts import counts
from communique.fuse.dossiers import DECIDED, Dossiers
from communique.fuse.drift import drifts
from communique.fuse.events import Happenings
from communique.fuse.happening import Happening
from communique.fuse.keys import cities, fold
from communique.fuse.modes import modes
from communique.fuse.name_forms import name_forms
from communique.fuse.origins import Origins
from communique.fuse.series import body_mentions, is_yearly, slow
from communique.fuse.tellings import Located, Telling
from communique.fuse.times import Dated, Times
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.record import Commitment, Disagreement, Series, Session, Statement, Value, Wording
from communique.model.reports import PublishedFrom
from communique.model.spans import Span, in_order
from communique.model.words import DisagreementKind, Mode
from communique.text.calendar import MONTH_NAMES
from communique.text.ordinals import ordinal

_TOLD = frozenset({Modality.HAPPENED, Modality.ONGOING, Modality.STATED})
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_WORD = re.compile(r"[\w’']+")
_LONG = 8
_SEVERAL = 2
_WHOLE = 0.9


class Finder:
    """Looks for disagreements in what was fused."""

    def __init__(self, dossiers: Dossiers, cast: Cast, times: Times, origins: Origins) -> None:
        """Keep what both sides of a disagreement are looked up in."""
        self._dossiers, self._cast, self._times, self._origins = dossiers, cast, times, origins
        self._met: dict[tuple[str, str], list[Happening]] = {}
        self._of_story: dict[str, list[str]] = {}
        for report in dossiers.heads:
            self._of_story.setdefault(origins.story(report), []).append(report)

    def find(
        self,
        found: Happenings,
        statements: Sequence[Statement],
        rows: Sequence[Series] = (),
        owed: Sequence[Commitment] = (),
    ) -> tuple[Disagreement, ...]:
        """All disagreements, by what they are about."""
        for happening in found.all:
            if happening.event.date and happening.cluster.first.family == "meet":
                for person in happening.cluster.people:
                    self._met.setdefault((person, happening.event.date.value), []).append(happening)
        out = [*self._in_events(found), *self._numbers(found.all), *self._rhythms(rows)]
        out += [*name_forms(self._dossiers, self._cast, self._origins), *counts(owed, self._cast, self._origins)]
        for statement in statements:
            out += [*self._speakers(statement), *drifts(statement), *modes(statement)]
        kept: dict[tuple[Span, ...], Disagreement] = {}
        for each in sorted(out, key=lambda d: (d.about, d.id)):
            kept.setdefault(in_order(s for v in each.values for s in v.evidence), each)
        return tuple(sorted(kept.values(), key=lambda d: d.id))

    # -- dates

    def _in_events(self, found: Happenings) -> Iterator[Disagreement]:
        """Dates and places of events; a weekday that contradicts its date is told once, at the fullest event."""
        told: set[Span] = set()
        for happening in sorted(found.all, key=lambda h: (-h.event.origins, h.event.id)):
            clashing = [d for d in happening.dates if d.clash and d.span not in told]
            told |= {d.span for d in clashing}
            if happening.event.status in _TOLD and (days := self._days(happening, clashing)):
                yield self._date(happening, days, clashing)
            yield from self._places(happening)
        for dated in self._times.clashing():
            if dated.span not in told:
                yield self._alone(dated)

    def _days(self, happening: Happening, clashing: Sequence[Dated]) -> dict[Date, list[Span]]:
        """The days that cannot all be right, with the words that give them; empty where they agree."""
        told = [*happening.dates, *(d for t in happening.cluster.tellings for d in self._times.overruled(t.dossier))]
        firm = [d for d in told if d.rule == "explicit" and d.date.precision is Precision.DAY and not d.decided]
        days: dict[Date, list[Span]] = {}
        for dated in (*(d for d in firm if not d.clash), *clashing):
            days.setdefault(dated.date, []).append(dated.span)
        for dated in clashing:
            if dated.clash:
                days.setdefault(dated.clash, [])
        doubtful = {d.span for d in clashing}
        for day, own in days.items():
            borne_out = self._bearing_out(happening, day)
            own.extend([s for s in borne_out if s not in doubtful] or ([] if own else borne_out))
        periods = [d.date for d in happening.dates if d.date.precision is Precision.PERIOD]
        if len(days) < _SEVERAL or (not clashing and any(all(p.contains(d) for d in days) for p in periods)):
            return {}
        return days

    def _bearing_out(self, happening: Happening, day: Date) -> list[Span]:
        """Where the story's reports give a day: expressions of time, datelines, days of publication."""
        stories = {self._origins.story(r) for r in happening.cluster.reports}
        near = {report for story in stories for report in self._of_story.get(story, ())}
        spans: list[Span] = []
        for report in sorted(near | self._company(happening, day)):
            head = self._dossiers.heads[report]
            spans += self._times.day_spans(report, day)
            if (
                head.published_day == day.value
                and head.published_evidence
                and head.published_from is not PublishedFrom.COLLECTOR
            ):
                spans.append(head.published_evidence)
        return [*spans, *(d.span for d in happening.dates if day in d.readings)]

    def _company(self, happening: Happening, day: Date) -> frozenset[str]:
        """The reports that tell of the same persons meeting on a day, whatever story they lead with."""
        people = happening.cluster.people
        met = (
            h.cluster.reports
            for person in sorted(people)
            for h in self._met.get((person, day.value), ())
            if len(h.cluster.people & people) >= _SEVERAL
        )
        return frozenset[str]().union(*met)

    def _date(
        self, happening: Happening, days: Mapping[Date, Sequence[Span]], clashing: Sequence[Dated]
    ) -> Disagreement:
        preferred = happening.event.date
        if preferred and any(d.decided for d in happening.dates):
            return _decided(f"{happening.event.id}-date", DisagreementKind.DATE, happening, days, preferred.value)
        return Disagreement(
            id=f"{happening.event.id}-date",
            kind=DisagreementKind.DATE,
            about=(happening.event.id,),
            values=tuple(_value(day.value, spans) for day, spans in sorted(days.items())),
            preferred=preferred.value if preferred and preferred in days else None,
            reason=_why(days, clashing, preferred if preferred in days else None),
        )

    def _alone(self, dated: Dated) -> Disagreement:
        """A weekday against its date, in words that belong to no event."""
        other = dated.clash or dated.date
        span = dated.span
        return Disagreement(
            id=f"{span.report}-{span.start}-date",
            kind=DisagreementKind.DATE,
            about=(span.report,),
            values=(_value(dated.date.value, [span]), _value(other.value, [span])),
            preferred=None,
            reason=_said(_arithmetic(dated)),
        )

    # -- places and numbers

    def _places(self, happening: Happening) -> Iterator[Disagreement]:
        """One event in two cities; a building in a city, or a city in a country, is no contradiction."""
        if happening.event.status not in _TOLD:
            return
        towns: dict[str, list[Span]] = {}
        for telling in happening.cluster.tellings:
            for place in self._located(telling) if telling.status in _TOLD else ():
                if fold(self._cast.name(place.actor)) in cities():
                    towns.setdefault(place.actor, []).append(place.span)
        reports = [{s.report for s in spans} for spans in towns.values()]
        if len(towns) < _SEVERAL or set.intersection(*reports):
            return
        named = sorted(towns, key=self._cast.name)
        if happening.event.place and any(t.dossier.set("place") for t in happening.cluster.tellings):
            sides = {self._cast.name(a): spans for a, spans in towns.items()}
            preferred = self._cast.name(happening.event.place)
            yield _decided(f"{happening.event.id}-place", DisagreementKind.PLACE, happening, sides, preferred)
            return
        best = self._cast.name(happening.event.place) if happening.event.place in towns else None
        yield Disagreement(
            id=f"{happening.event.id}-place",
            kind=DisagreementKind.PLACE,
            about=(happening.event.id,),
            values=tuple(_value(self._cast.name(a), towns[a]) for a in named),
            preferred=best,
            reason=f"One event cannot be in {' and in '.join(self._cast.name(a) for a in named)}.",
        )

    def _located(self, telling: Telling) -> tuple[Located, ...]:
        """The places that a report gives, also where a person set another."""
        if not telling.dossier.set("place"):
            return telling.places
        told = (c for c in telling.dossier.claims if c.field == "place" and c.rule != DECIDED)
        return tuple(Located(a, c.span) for c in told for a in self._cast.who(c.value))

    def _numbers(self, found: Sequence[Happening]) -> Iterator[Disagreement]:
        """Two numbers for the session of a body on one day, told by different reports."""
        by_day: dict[tuple[str, str], list[Happening]] = {}
        for happening in found:
            event, body = happening.event, happening.cluster.body
            if (
                body
                and event.number is not None
                and event.status in _TOLD
                and event.date
                and event.date.precision is Precision.DAY
            ):
                by_day.setdefault((body, event.date.value), []).append(happening)
        for (body, day), held in sorted(by_day.items()):
            reports = [set(h.cluster.reports) for h in held]
            if len(held) < _SEVERAL or set.intersection(*reports):
                continue
            best = max(held, key=lambda h: (h.event.origins, -(h.event.number or 0)))
            tied = [h for h in held if h.event.origins == best.event.origins]
            yield Disagreement(
                id=f"{held[0].event.id}-number",
                kind=DisagreementKind.NUMBER,
                about=tuple(h.event.id for h in held),
                values=tuple(_value(str(h.event.number), h.event.evidence) for h in held),
                preferred=str(best.event.number) if len(tied) == 1 else None,
                reason=f"The session of {self._cast.name(body)} on {day} cannot have two numbers.",
            )

    def _rhythms(self, rows: Sequence[Series]) -> Iterator[Disagreement]:
        """A body that is called annual, but whose numbered sessions lie more years apart than their numbers."""
        about = body_mentions(self._dossiers, self._cast)
        for row in rows:
            yearly = [c for d in about.get(row.body, ()) for c in d.all("rhythm") if is_yearly(c.value)]
            for one, other in slow(row.sessions) if yearly else ():
                yield Disagreement(
                    id=f"{row.id}-{one.number}-{other.number}-rhythm",
                    kind=DisagreementKind.SERIES,
                    about=(row.id,),
                    values=(
                        _value("annual", [c.span for c in yearly]),
                        _value(f"{_sitting(one)}, {_sitting(other)}", [*one.evidence, *other.evidence]),
                    ),
                    preferred=None,
                    reason=f"Called annual, yet the {_sitting(one)} and the {_sitting(other)}.",
                )

    # -- statements

    def _speakers(self, statement: Statement) -> Iterator[Disagreement]:
        """The same printed words, given to two speakers."""
        said: dict[str, list[Wording]] = {}
        for wording in statement.quotations:
            if wording.speaker and self._told_apart(wording):
                said.setdefault(wording.speaker, []).append(wording)
        reports = [{w.evidence.report for w in ws} for ws in said.values()]
        if len(said) < _SEVERAL or set.intersection(*reports) or not _one_text(said.values()):
            return
        speakers = sorted(said, key=self._cast.name)
        yield Disagreement(
            id=f"{statement.id}-speaker",
            kind=DisagreementKind.ATTRIBUTION,
            about=(statement.id,),
            values=tuple(_value(self._cast.name(a), [w.evidence for w in said[a]]) for a in speakers),
            preferred=self._cast.name(statement.speaker) if statement.speaker in said else None,
            reason=f"The same words are given to {' and to '.join(self._cast.name(a) for a in speakers)}.",
        )

    def _told_apart(self, wording: Wording) -> bool:
        """Whether a wording names its speaker, and is long enough not to be said by everybody."""
        named = wording.speaker is not None and wording.speaker not in self._cast.unnamed
        return named and wording.mode is Mode.DIRECT and len(_WORD.findall(wording.evidence.text)) >= _LONG


def _decided(
    ident: str,
    kind: DisagreementKind,
    happening: Happening,
    sides: Mapping[Date, Sequence[Span]] | Mapping[str, Sequence[Span]],
    preferred: str,
) -> Disagreement:
    """A disagreement that a person decided: its sides stay, and one is preferred, or none of them."""
    named = sorted((side.value if isinstance(side, Date) else side, spans) for side, spans in sides.items())
    return Disagreement(
        id=ident,
        kind=kind,
        about=(happening.event.id,),
        values=tuple(_value(side, spans) for side, spans in named),
        preferred=preferred,
        reason=f"A person decided for {preferred}.",
    )


def _one_text(said: Iterable[Sequence[Wording]]) -> bool:
    """Whether every speaker is given the same words: a nearly whole wording of each stands in the first's."""
    first, *others = ([_words(w.evidence) for w in wordings] for wordings in said)
    return all(any(_held(a, b) for a in first for b in other) for other in others)


def _held(one: Sequence[str], other: Sequence[str]) -> bool:
    match = difflib.SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= _WHOLE * min(len(one), len(other))


def _why(days: Mapping[Date, Sequence[Span]], clashing: Sequence[Dated], preferred: Date | None) -> str:
    """The reason in a sentence: what the calendar says, and how many reports give the day that is preferred."""
    parts = list(dict.fromkeys(_arithmetic(d) for d in clashing))
    counts = {day: len({s.report for s in spans}) for day, spans in sorted(days.items())}
    told = [preferred] if parts and preferred else list(counts)
    parts += [f"{_reports(counts[day])} {_long(day) if not parts else _short(day)}" for day in told]
    return _said("; ".join(parts))


def _reports(count: int) -> str:
    """As in "one report gives" and "three reports give"."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} report gives" if count == 1 else f"{number} reports give"


def _said(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _arithmetic(dated: Dated) -> str:
    other = dated.clash or dated.date
    weekday, printed = (_WEEKDAYS[d.first.weekday()] for d in (dated.date, other))
    return f"{_long(dated.date)} was a {weekday}, not a {printed}"


def _long(date: Date) -> str:
    return f"{_short(date)} {date.first.year}"


def _short(date: Date) -> str:
    return f"{date.first.day} {MONTH_NAMES[date.first.month - 1]}"


def _value(value: str, spans: Iterable[Span]) -> Value:
    evidence = in_order(spans)
    return Value(value=value, reports=tuple(sorted({s.report for s in evidence})), evidence=evidence)


def _sitting(session: Session) -> str:
    """A session with its date in words: "20th session was in December 2021"."""
    date = session.date
    told = ""
    if date is not None and date.precision is Precision.DAY:
        told = f" on {_long(date)}"
    elif date is not None:
        month = f"{MONTH_NAMES[date.first.month - 1]} " if date.precision is Precision.MONTH else ""
        told = f" in {month}{date.first.year}"
    return f"{ordinal(session.number or 0)} session was{told}"


def _words(span: Span) -> list[str]:
    return [fold(w) for w in _WORD.findall(span.text) if fold(w)]
