"""Events: what the tellings of one happening add up to. Every value is a choice among claims; none is made up."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from communique.fuse.actors import Cast, smallest
from communique.fuse.confidence import of_event
from communique.fuse.dossiers import Dossiers
from communique.fuse.groups import by_group
from communique.fuse.happening import Happening
from communique.fuse.keys import cities, fold, words
from communique.fuse.merging import Cluster, Merger, day_of, told_days
from communique.fuse.origins import Origins
from communique.fuse.sessions import same_sessions
from communique.fuse.tellings import Telling, tellings
from communique.fuse.times import Dated, Times
from communique.fuse.visits import with_lengths, with_stays
from communique.fuse.whereabouts import with_places
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.record import Event, Merged, Participant
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind, EventType
from communique.text.ordinals import ordinal

_TOLD = frozenset({Modality.HAPPENED, Modality.ONGOING, Modality.STATED})
_ASKED = frozenset({Modality.REQUESTED, Modality.OFFERED})
#: Statuses in the order in which one is preferred where tellings differ.
_STATUS_ORDER = (
    Modality.HAPPENED,
    Modality.ONGOING,
    Modality.CANCELLED,
    Modality.DENIED,
    Modality.PLANNED,
    Modality.REQUESTED,
    Modality.OFFERED,
    Modality.HYPOTHETICAL,
)
_EXACT = {Precision.DAY: 0, Precision.PERIOD: 1, Precision.MONTH: 2, Precision.YEAR: 3, Precision.UNKNOWN: 4}
#: Types that are background unless they carry a date of their own.
_BACKGROUND = frozenset({EventType.FOUNDING, EventType.APPOINTMENT})
_LEAD_RANKS, _LEAD_CHARS = 3, 500
_NAMED = frozenset({ActorKind.PERSON, ActorKind.BODY, ActorKind.COUNTRY})
_WIDE = frozenset({ActorKind.BODY, ActorKind.COUNTRY})


class Happenings:
    """All events, the event that each event mention became, and the gatherings of each body."""

    def __init__(self, found: Iterable[Happening], days: Mapping[str, Date]) -> None:
        """Keep happenings by event id."""
        self.all = tuple(sorted(found, key=lambda h: h.event.id))
        self.days = dict(days)
        self.by_id = {h.event.id: h for h in self.all}
        self.of_mention = {t.id: h for h in self.all for t in h.cluster.tellings}
        self.sessions: dict[str, list[Happening]] = {}
        for each in self.all:
            if each.cluster.body and any(t.gathering for t in each.cluster.tellings):
                self.sessions.setdefault(each.cluster.body, []).append(each)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events by id."""
        return tuple(h.event for h in self.all)


def happenings(dossiers: Dossiers, cast: Cast, times: Times, origins: Origins) -> Happenings:
    """Merge the event mentions of all reports, and say of each event what its tellings bear out."""
    found = tellings(dossiers, cast, times, origins)
    stories = sorted({t.story for t in found})
    anchors = {s: Date.day(day) for s in stories if (day := times.story_anchor(s))}
    leads = {t.report: (t.story, lead) for t in found if (lead := times.lead_day(t.report))}
    told = told_days(found, anchors, leads)
    days = {t.id: own for t in found if (own := day_of(t, told, anchors))}
    merged = Merger(dossiers, days, cast.countries).merge(found)
    maker = _Maker(cast, times, origins, days, found)
    first = maker.made(merged.clusters)
    clusters, reasons = same_sessions(first, cast.countries, merged.apart)
    made = maker.made(clusters)
    lands = _lands(cast)
    settled = with_stays(with_lengths(with_places(made, days), lands), lands)
    return Happenings(_explained(settled, (*merged.reasons, *reasons)), {**anchors, **told})


def _lands(cast: Cast) -> dict[str, frozenset[str]]:
    """Country or place -> the names of the countries that it is or lies in."""
    out = {a: frozenset(lands) for a, lands in cast.countries.items()}
    return out | {a.id: frozenset({a.name}) for a in cast.actors.values() if a.kind is ActorKind.COUNTRY}


def _explained(made: Iterable[Happening], reasons: Iterable[Merged]) -> Iterator[Happening]:
    """The happenings, each event with the reasons why its tellings are one."""
    held = list(made)
    why = by_group(reasons, {t.id: h.event.id for h in held for t in h.cluster.tellings})
    for each in held:
        event = msgspec.structs.replace(each.event, merged=why.get(each.event.id, ()))
        yield msgspec.structs.replace(each, event=event)


def _ids(clusters: Sequence[Cluster]) -> dict[str, str]:
    """Mention id of every telling -> event id: the key where there is one, else the smallest mention id."""
    often = Counter(c.key for c in clusters)
    out = {}
    for cluster in clusters:
        key = cluster.key
        ident = f"{key[0]}-{key[1]}" if key and often[key] == 1 else smallest(t.id for t in cluster.tellings)
        out.update({t.id: ident for t in cluster.tellings})
    return out


#: What stands in headlines that are made to be opened, not to say what happened.
_CATCHY = re.compile(r"[|?!…]|\s[-–—]\s")
#: Words that begin a title only where their report has said before whom they mean.
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "his", "her", "their", "its", "this", "these", "who"})


class _Maker:
    """Chooses the values of events."""

    def __init__(
        self, cast: Cast, times: Times, origins: Origins, days: Mapping[str, Date], found: Sequence[Telling]
    ) -> None:
        self._cast, self._times, self._origins, self._days = cast, times, origins, days
        self._main = _main_people(found)
        self._numbers = _last_numbers(found)

    def made(self, clusters: Sequence[Cluster]) -> list[Happening]:
        """The happening of each cluster."""
        ids = _ids(clusters)
        return [self._make(cluster, ids) for cluster in clusters]

    def _make(self, cluster: Cluster, ids: Mapping[str, str]) -> Happening:
        told = sorted(cluster.tellings, key=lambda t: t.dossier.key)
        ident = ids[told[0].id]
        dates = tuple(d for t in told for d in t.dates)
        status = status_of(told)
        date = best_date(dates, self._origins, self._days_of(told) if status in _TOLD else frozenset())
        if date is not None and all(d.within for d in dates if d.date == date):
            date = date.month or date
        derived: tuple[Span, ...] = ()
        if date is None and _acted(status, told):
            date, derived = self._story_date(told)
        event = Event(
            id=ident,
            type=_type(_ruled(told, "type"), cluster),
            plover=_common(v for t in told for v in t.dossier.values("plover")),
            title=self._title(cluster, told),
            status=status,
            participants=self._participants(_ruled(told, "participant")),
            place=self._place(_ruled(told, "place")),
            date=date,
            number=cluster.key[1] if cluster.key else next((t.number for t in told if t.number is not None), None),
            part_of=_part_of(told, ids, ident),
            origins=self._origins.count(t.report for t in told),
            confidence=0.0,
            evidence=in_order([*_telling_spans(told), *derived]),
        )
        sure = of_event(event, told, derived)
        return Happening(msgspec.structs.replace(event, confidence=sure.confidence, signs=sure.signs), cluster, dates)

    def _days_of(self, told: Iterable[Telling]) -> frozenset[str]:
        return frozenset(self._days[t.id].value for t in told if t.id in self._days)

    def _story_date(self, told: Sequence[Telling]) -> tuple[Date | None, tuple[Span, ...]]:
        """The story's day, for what the day's narrative tells as done; with the words that name that day."""
        if not self._latest(told):
            return None, ()
        for telling in told:
            day = self._days.get(telling.id)
            if day and self._in_narrative(telling):
                return day, self._times.day_spans(telling.report, day)[:1]
        return None, ()

    def _latest(self, told: Sequence[Telling]) -> bool:
        """Whether no later session of the same body is told of in the story: an earlier one is background."""
        keys = {(t.story, t.body, t.number) for t in told if t.body and t.number is not None}
        return all(self._numbers.get((story, body), number) <= number for story, body, number in keys)

    def _in_narrative(self, telling: Telling) -> bool:
        if telling.type in _BACKGROUND or not _acted(telling.status, (telling,)) or "background" in _marks(telling):
            return False
        main = self._main.get(telling.story, frozenset())
        leads = telling.rank < _LEAD_RANKS and telling.dossier.key.start < _LEAD_CHARS
        # What a ministry put out about the day is quoted on the day.
        quoted = telling.type is EventType.STATEMENT_RELEASE and not telling.people
        beside = telling.type is EventType.SIGNING and bool(telling.dossier.all("part_of"))
        return leads or quoted or beside or bool(telling.people and telling.people <= main)

    def _participants(self, told: Sequence[Telling]) -> tuple[Participant, ...]:
        """Those who took part in their own right: bodies and countries only where no person is named."""
        roles: dict[str, list[str]] = {}
        for part in (p for t in told for p in t.parts):
            roles.setdefault(part.actor, []).append(part.role)
        persons = any(self._cast.kind(a) is ActorKind.PERSON for a in roles)
        if not roles and told[0].type is EventType.FOUNDING and told[0].body:
            roles[told[0].body] = ["founded"]
        kept = (a for a in sorted(roles) if not (persons and self._cast.kind(a) in _WIDE))
        return tuple(Participant(a, _common(r for r in roles[a] if r) or "participant") for a in kept)

    def _place(self, told: Sequence[Telling]) -> str | None:
        """The place that most origins give; a building or a city rather than the country that holds it.

        Sessions of a body are told by city, wherever in it they met.
        """
        by_city = any(t.body for t in told) and any(t.gathering for t in told)
        votes: dict[str, set[str]] = {}
        for place in (p for t in told for p in t.places):
            votes.setdefault(place.actor, set()).add(self._origins.origin(place.span.report))
        return min(votes, key=lambda a: (self._width(a, by_city=by_city), -len(votes[a]), a), default=None)

    def _width(self, place: str, *, by_city: bool) -> int:
        """2 for a country; of a city and a building or a site the one that is asked for is 0, the other 1."""
        if self._cast.kind(place) is ActorKind.COUNTRY:
            return 2
        return int((fold(self._cast.name(place)) in cities()) is not by_city)

    def _title(self, cluster: Cluster, told: Sequence[Telling]) -> str:
        if _is_set(told, "title_words"):
            return _ruled(told, "title_words")[0].dossier.values("title_words")[0]
        if cluster.key:
            name = self._cast.name(cluster.key[0])
            article = "" if name.casefold().startswith("the ") else "the "
            return f"{ordinal(cluster.key[1])} session of {article}{name}"
        titles = [self._named(t, v) for t in told for v in t.dossier.values("title_words")]
        title = _common([t for t in titles if not _CATCHY.search(t)] or titles)
        if title:
            return title
        names = [self._cast.name(p.actor) for p in self._participants(told)]
        return f"{_type(told, cluster).value}: {', '.join(names)}" if names else told[0].evidence[0].text

    def _named(self, telling: Telling, title: str) -> str:
        """A title with the name of a participant for the pronoun that stands for them; else without the pronoun."""
        first, _, rest = title.partition(" ")
        if first.casefold() not in _PRONOUNS:
            return title
        stands_for = [p.actor for p in telling.parts if p.span.text == first and self._cast.kind(p.actor) in _NAMED]
        known = [a for a in stands_for if a not in self._cast.unnamed]
        return f"{self._cast.name(known[0])} {rest}" if known else _without_pronoun(title)


def _without_pronoun(title: str) -> str:
    """A title without a pronoun at its beginning."""
    first, _, rest = title.partition(" ")
    return rest[:1].upper() + rest[1:] if rest and first.casefold() in _PRONOUNS else title


def _last_numbers(found: Iterable[Telling]) -> dict[tuple[str, str], int]:
    """Story and body -> the highest number of a session told as held."""
    out: dict[tuple[str, str], int] = {}
    for telling in found:
        if telling.body and telling.number is not None and telling.status in _TOLD:
            key = telling.story, telling.body
            out[key] = max(out.get(key, 0), telling.number)
    return out


def _main_people(found: Iterable[Telling]) -> dict[str, frozenset[str]]:
    """Story -> the persons who take part in what most of its reports tell; at least the two told of most."""
    told: dict[str, dict[str, set[str]]] = {}
    often: dict[str, Counter[str]] = {}
    for telling in found:
        for person in telling.people:
            told.setdefault(telling.story, {}).setdefault(person, set()).add(telling.report)
            often.setdefault(telling.story, Counter())[person] += 1
    out = {}
    for story, people in told.items():
        most = max(len(reports) for reports in people.values())
        ranked = sorted(people, key=lambda p: (-len(people[p]), -often[story][p], p))
        out[story] = frozenset({p for p in ranked if 2 * len(people[p]) > most > 1} | set(ranked[:2]))
    return out


def status_of(told: Sequence[Telling]) -> Modality:
    """The status that a record prefers: happened only where a report not older than the date says so."""
    if _is_set(told, "status"):
        told = [msgspec.structs.replace(t, published=None) for t in _ruled(told, "status")]
    said = {Modality.PLANNED if t.untimely else t.status for t in told}
    said = {Modality.HAPPENED if s is Modality.STATED else s for s in said}
    return next(s for s in _STATUS_ORDER if s in said)


def best_date(dates: Sequence[Dated], origins: Origins, story_days: Iterable[str] = ()) -> Date | None:
    """The date that most origins bear out: decided, then exact, then without a clash, then the better supported.

    A date whose weekday contradicts it counts for the day that the weekday points to, unless others bear out the date.
    """
    favoured = frozenset(story_days)
    votes: dict[Date, set[str]] = {}
    weak: dict[Date, set[str]] = {}
    for dated in dates:
        (weak if dated.clash else votes).setdefault(dated.date, set()).add(origins.origin(dated.span.report))
        if dated.clash:
            weak.setdefault(dated.clash, set()).add(origins.origin(dated.span.report))
    decided = {d.date for d in dates if d.decided}
    pool = decided or set(votes) | set(weak)
    return min(
        pool,
        key=lambda d: (
            _EXACT[d.precision],
            -len(votes.get(d, ())),
            d.value not in favoured,
            -len(weak.get(d, ())),
            d,
        ),
        default=None,
    )


def _is_set(told: Sequence[Telling], field: str) -> bool:
    return any(t.dossier.set(field) for t in told)


def _ruled(told: Sequence[Telling], field: str) -> Sequence[Telling]:
    """The tellings for which a person set a field; all, where nobody did."""
    return [t for t in told if t.dossier.set(field)] or told


def _type(told: Sequence[Telling], cluster: Cluster) -> EventType:
    if cluster.body and any(t.type is EventType.SUMMIT for t in told):
        return EventType.SUMMIT
    if cluster.key and not _is_set(told, "type"):
        return EventType.SESSION
    often = Counter(t.type for t in told)
    order = list(EventType)
    plain = (EventType.MEETING, EventType.OTHER)
    return min(often, key=lambda e: (e in plain, -often[e], order.index(e)))


def _part_of(told: Sequence[Telling], ids: Mapping[str, str], own: str) -> str | None:
    holders = [ids[v] for t in told for v in t.dossier.values("part_of") if v in ids and ids[v] != own]
    return _common(holders)


def _acted(status: Modality, told: Sequence[Telling]) -> bool:
    """Whether somebody did something: it happened, or it is an act of asking or offering; a plan is no act."""
    return status in _TOLD or (status in _ASKED and all(t.type is EventType.OTHER for t in told))


def _marks(telling: Telling) -> set[str]:
    return {c.qualifier for c in telling.dossier.all("status")} | {c.qualifier for c in telling.dossier.all("type")}


def _telling_spans(told: Sequence[Telling]) -> list[Span]:
    """The words of each telling; of words that one report repeats, as captions do, the first."""
    firsts: dict[tuple[str, frozenset[str]], Span] = {}
    for span in (s for t in told for s in t.evidence):
        firsts.setdefault((span.report, words(span.text)), span)
    return list(firsts.values())


def _common(values: Iterable[str]) -> str | None:
    often: dict[str, tuple[int, str]] = {}
    for value in values:
        count, text = often.get(fold(value) or value, (0, value))
        often[fold(value) or value] = (count + 1, min(text, value))
    best = min(often.values(), key=lambda v: (-v[0], -len(v[1]), v[1]), default=None)
    return best[1] if best else None
