"""Which tellings of several reports tell one happening, with the reason for every merge.

Numbered sessions of a body merge by body and number, across stories. Everything else merges inside a story only, and
only where the type family, the participants and the date allow it. Tellings meet in small blocks, never all with all.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from communique.fuse.dossiers import Dossiers
from communique.fuse.groups import DECISION, Groups
from communique.fuse.tellings import Located, Telling
from communique.fuse.times import Dated
from communique.model.claims import Modality
from communique.model.dates import Date, Precision
from communique.model.ids import mention_key
from communique.model.record import Merged
from communique.model.words import EventType

#: Statuses that one happening can have one after the other; the rest only ever merge with their like.
_COURSE = frozenset({Modality.HAPPENED, Modality.ONGOING, Modality.PLANNED, Modality.STATED, Modality.CANCELLED})
_TOLD = frozenset({Modality.HAPPENED, Modality.ONGOING, Modality.STATED})
#: Families in which those who took part tell one happening from another; in the rest the words must speak, too.
_COMPANY = frozenset({"meet", "visit"})
_PAIR = 2
_NEAR_DAYS = 10


class Cluster(msgspec.Struct):
    """Tellings held to be one happening, and what they say between them."""

    tellings: list[Telling]

    @property
    def first(self) -> Telling:
        """The telling that it began with: the fullest."""
        return self.tellings[0]

    @property
    def key(self) -> tuple[str, int] | None:
        """Body and number, where it has both."""
        return next(((t.body, t.number) for t in self.tellings if t.body and t.number is not None), None)

    @property
    def body(self) -> str | None:
        """The body whose session it is."""
        return next((t.body for t in self.tellings if t.body), None)

    @property
    def people(self) -> frozenset[str]:
        """All persons that any telling names."""
        return frozenset[str]().union(*(t.people for t in self.tellings))

    @property
    def others(self) -> frozenset[str]:
        """All other actors that any telling names as taking part."""
        return frozenset[str]().union(*(t.others for t in self.tellings))

    @property
    def dates(self) -> tuple[Dated, ...]:
        """All dates that the tellings give, each with its place."""
        return tuple(d for t in self.tellings for d in t.dates)

    @property
    def places(self) -> tuple[Located, ...]:
        """All places that the tellings give, each where it stands."""
        return tuple(p for t in self.tellings for p in t.places)

    @property
    def words(self) -> frozenset[str]:
        """All telling words of the titles."""
        return frozenset[str]().union(*(t.words for t in self.tellings))

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell it, sorted."""
        return tuple(sorted({t.report for t in self.tellings}))


type Pairs = tuple[tuple[str, str], ...]
"""Mention ids of tellings that a person said are not the same."""


class Merge(msgspec.Struct, frozen=True):
    """The clusters, why tellings were put together, and which must not be."""

    clusters: tuple[Cluster, ...]
    reasons: tuple[Merged, ...]
    apart: Pairs = ()


def _is_part(one: Telling, other: Telling) -> bool:
    """Whether a report says that one was on the margins of the other."""
    return any(c.value == other.id and c.qualifier == "margins" for c in one.dossier.all("part_of"))


class Merger:
    """Puts tellings together, the fullest first, each where exactly one cluster fits best."""

    def __init__(self, dossiers: Dossiers, days: dict[str, Date], countries: dict[str, tuple[str, ...]]) -> None:
        """Prepare.

        Args:
            dossiers: for the decisions.
            days: mention id of a telling -> the day that it speaks of where it gives none.
            countries: actor id -> countries, for places that cannot be one.
        """
        self._days, self._countries, self._dossiers = days, countries, dossiers
        self._blocks: dict[tuple[str, ...], list[int]] = {}
        self._clusters: list[Cluster] = []
        self._reasons: list[Merged] = []

    def merge(self, found: Sequence[Telling]) -> Merge:
        """Put the tellings together; the order in which they come makes no difference."""
        rulings = tuple(self._dossiers.rulings())
        apart = _apart(Groups(t.id for t in found), rulings)
        for telling in sorted(found, key=_fullness):
            self._place(telling, apart)
        clusters, reasons = joined(self._clusters, [keys for together, keys in rulings if together], apart)
        return Merge(clusters, tuple(sorted((*self._reasons, *reasons))), apart)

    def _place(self, telling: Telling, apart: Pairs) -> None:
        scored: list[tuple[float, str, int]] = []
        barred = {other for pair in apart if telling.id in pair for other in pair}
        for number in self._near(telling):
            cluster = self._clusters[number]
            if barred and not barred.isdisjoint(t.id for t in cluster.tellings):
                continue
            if fit := self._fit(telling, cluster):
                scored.append((*fit, number))
        best: float = max((s for s, _, _ in scored), default=0.0)
        fitting = [(rule, number) for score, rule, number in scored if score == best]
        if len(fitting) == 1 and best > 0:
            rule, number = fitting[0]
            self._clusters[number].tellings.append(telling)
            self._reasons.append(Merged(self._clusters[number].first.id, telling.id, rule, f"score {best:.2f}"))
        else:
            number = len(self._clusters)
            self._clusters.append(Cluster([telling]))
        for key in _block_keys(telling):
            held = self._blocks.setdefault(key, [])
            if number not in held:
                held.append(number)

    def _near(self, telling: Telling) -> list[int]:
        """Clusters that share a block with a telling."""
        return sorted({n for key in _block_keys(telling) for n in self._blocks.get(key, ())})

    def _fit(self, telling: Telling, cluster: Cluster) -> tuple[float, str] | None:
        """How well a telling fits a cluster, and why; None where it cannot be the same happening."""
        key = cluster.key
        if telling.number is not None and key and telling.body:
            same = key == (telling.body, telling.number)
            return (8.0, "same number of the same body") if same else None
        if not self._may_fit(telling, cluster):
            return None
        if telling.gathering or cluster.first.gathering:
            return self._gathering_fit(telling, cluster)
        return _company_fit(telling, cluster)

    def _may_fit(self, telling: Telling, cluster: Cluster) -> bool:
        """Whether nothing speaks against one happening: body, story, type, status, date, place."""
        one_body = not (telling.body and cluster.body and telling.body != cluster.body)
        one_story = telling.story in {t.story for t in cluster.tellings}
        one_kind = _one_kind(telling, cluster.first)
        if not (one_body and one_story and one_kind and self._in_course(telling, cluster)):
            return False
        if any(_is_next_after(telling, t) or _is_next_after(t, telling) for t in cluster.tellings):
            return False
        if any(_is_part(telling, t) or _is_part(t, telling) for t in cluster.tellings):
            return False
        return self._dates_fit(telling, cluster) and self._places_fit(telling, cluster)

    def _gathering_fit(self, telling: Telling, cluster: Cluster) -> tuple[float, str] | None:
        """A session that gives no number is the one that its story tells of; talks beside it are another event."""
        if not (telling.gathering and cluster.first.gathering):
            return None
        if telling.number is not None and any(t.number not in (None, telling.number) for t in cluster.tellings):
            return None
        if telling.people and cluster.people and not telling.people & cluster.people:
            return None
        bonus = float(len(telling.people & cluster.people) + _same_day(telling, cluster))
        bonus += 0.5 * (telling.status in {t.status for t in cluster.tellings})
        if telling.body and telling.body == cluster.body:
            return 3.0 + bonus, "session of the same body in one story"
        if telling.body is None or cluster.body is None:
            return 2.0 + bonus, "session in one story"
        return None

    def _in_course(self, telling: Telling, cluster: Cluster) -> bool:
        """Whether the statuses can follow one another: what one report tells as done, it does not also plan."""
        mine, theirs = telling.status, {t.status for t in cluster.tellings}
        if mine not in _COURSE or not theirs <= _COURSE:
            return theirs == {mine}
        if mine in _TOLD and theirs & _TOLD:
            return True
        for other in cluster.tellings:
            if (mine in _TOLD) == (other.status in _TOLD):
                continue
            if other.report == telling.report and not _days_meet(telling.dates, other.dates):
                return False
            plan, told = (other, telling) if mine in _TOLD else (telling, other)
            if plan.published and told.published and plan.published.first > told.published.last:
                return False
        return True

    def _dates_fit(self, telling: Telling, cluster: Cluster) -> bool:
        mine = [r for d in telling.dates for r in d.readings] or self._presumed(telling)
        theirs = [r for t in cluster.tellings for r in ([x for d in t.dates for x in d.readings] or self._presumed(t))]
        return not mine or not theirs or any(a.agrees_with(b) for a in mine for b in theirs)

    def _presumed(self, telling: Telling) -> list[Date]:
        """The story's day for what is told as done without a date of its own."""
        day = self._days.get(telling.id)
        return [day] if day and telling.status in _TOLD and telling.family in _COMPANY else []

    def _places_fit(self, telling: Telling, cluster: Cluster) -> bool:
        mine = {c for p in telling.places for c in self._countries.get(p.actor, ())}
        theirs = {c for p in cluster.places for c in self._countries.get(p.actor, ())}
        return not mine or not theirs or bool(mine & theirs)


def _one_kind(one: Telling, other: Telling) -> bool:
    """Whether two are of one family; of what has no type of its own, the sort of doing must not differ either."""
    if one.family != other.family:
        return False
    mine, theirs = one.dossier.value("plover"), other.dossier.value("plover")
    return (
        one.type is not EventType.OTHER or other.type is not EventType.OTHER or not mine or not theirs or mine == theirs
    )


def _company_fit(telling: Telling, cluster: Cluster) -> tuple[float, str] | None:
    """How far participants, words, place and day speak for one happening."""
    mine, theirs = telling.people, cluster.people
    if not mine or not theirs:
        # What was commissioned or delivered is known again where only one report says who was there.
        mine, theirs = telling.others, cluster.others
    shared, common = len(mine & theirs), len(telling.words & cluster.words)
    needed = min(_PAIR, len(mine), len(theirs)) if telling.family in _COMPANY else 1
    if mine and theirs and shared < needed:
        return None
    place = bool({p.actor for p in telling.places} & {p.actor for p in cluster.places})
    day = _same_day(telling, cluster)
    score = shared + 0.5 * common + 0.5 * place + 0.5 * day
    score += 0.25 * (telling.type is cluster.first.type) + 0.25 * (telling.status is cluster.first.status)
    if shared and (common or telling.family in _COMPANY):
        return score, "shared participants"
    if not shared and (common >= _PAIR or (place and (common or day))):
        return score, "same words, place or day"
    return None


def _is_next_after(one: Telling, other: Telling) -> bool:
    """Whether one is called the next, and the other lies on the day that was published on, or before it."""
    last = max((r.last for d in other.dates for r in d.readings), default=None)
    return "next" in one.words and bool(last and one.published and last <= one.published.last)


def _same_day(telling: Telling, cluster: Cluster) -> bool:
    return bool(telling.dates and cluster.dates) and _days_meet(telling.dates, cluster.dates)


def _days_meet(some: Iterable[Dated], others: Iterable[Dated]) -> bool:
    theirs = {r.value for d in others for r in d.readings}
    return any(r.value in theirs for d in some for r in d.readings)


def _block_keys(telling: Telling) -> list[tuple[str, ...]]:
    """Where a telling meets those that may tell the same."""
    if telling.body and telling.number is not None:
        keys: list[tuple[str, ...]] = [("#", telling.body, str(telling.number))]
    else:
        keys = []
    where = (telling.story, telling.family)
    keys += [(*where, "who", actor) for actor in sorted(telling.people | telling.others)]
    keys += [(*where, "word", word) for word in sorted(telling.words)]
    keys += [(*where, "place", p.actor) for p in telling.places]
    if telling.gathering:
        keys.append((*where, "gathering"))
    return keys


def _fullness(telling: Telling) -> tuple[object, ...]:
    """Tellings that say most come first, so that the vague ones join them; ties by place."""
    keyed = telling.body is not None and telling.number is not None
    exact = any(d.date.precision is Precision.DAY for d in telling.dates)
    return not keyed, -len(telling.people), not exact, -len(telling.places), mention_key(telling.id)


def _apart(groups: Groups, rulings: Sequence[tuple[bool, Sequence[str]]]) -> Pairs:
    """The pairs that rulings keep apart, but for those that a newer ruling puts together."""
    groups.rule(rulings)
    ruled = (pair for together, keys in rulings if not together for pair in itertools.pairwise(keys))
    return tuple(sorted((a, b) for a, b in ruled if a in groups and b in groups and groups.root(a) != groups.root(b)))


def joined(
    clusters: Sequence[Cluster], together: Sequence[Sequence[str]], apart: Pairs, rule: str = DECISION
) -> tuple[tuple[Cluster, ...], tuple[Merged, ...]]:
    """The clusters with those put together that hold tellings which are one, and why; what is apart stays apart.

    Args:
        clusters: the clusters.
        together: mention ids of tellings that are one; those that no cluster holds are passed over.
        apart: tellings that are not one.
        rule: why they are one.
    """
    holder = {t.id: c.first.id for c in clusters for t in c.tellings}
    by_id = {c.first.id: c for c in clusters}
    groups = Groups(by_id)
    for one, other in apart:
        groups.keep_apart(holder[one], holder[other])
    reasons = [
        Merged(one, other, rule)
        for keys in together
        for one, other in itertools.pairwise(k for k in keys if k in holder)
        if groups.join(holder[one], holder[other], rule)
    ]
    order = {c.first.id: n for n, c in enumerate(clusters)}
    held = sorted(groups, key=lambda members: min(order[m] for m in members))
    made = (sorted((t for m in members for t in by_id[m].tellings), key=_fullness) for members in held)
    return tuple(Cluster(tellings) for tellings in made), tuple(reasons)


def told_days(
    found: Sequence[Telling], anchors: Mapping[str, Date], leads: Mapping[str, tuple[str, Date]] | None = None
) -> dict[str, Date]:
    """The day that each story dates its doings to, near its anchor; only stories that date any.

    Args:
        found: all tellings.
        anchors: story id -> anchor.
        leads: report id -> its story and the day that its lead names; of days told equally often one of these counts.
    """
    votes: dict[str, dict[str, set[str]]] = {}
    leading: dict[str, set[str]] = {}
    for report, (story, day) in sorted((leads or {}).items()):
        if _close(day, anchors.get(story)):
            votes.setdefault(story, {}).setdefault(day.value, set()).add(report)
            leading.setdefault(story, set()).add(day.value)
    for telling in found:
        anchor = anchors.get(telling.story)
        for dated in telling.dates if anchor and telling.status in _TOLD else ():
            for reading in dated.readings:
                if reading.precision is Precision.DAY and _close(reading, anchor):
                    votes.setdefault(telling.story, {}).setdefault(reading.value, set()).add(telling.report)
    return {
        story: Date.of(
            min(days, key=lambda d: (-len(days[d]), d not in leading.get(story, ()), d != anchors[story].value, d))
        )
        for story, days in sorted(votes.items())
    }


def day_of(telling: Telling, told: dict[str, Date], anchors: dict[str, Date]) -> Date | None:
    """The day that a telling without a date of its own speaks of.

    It is the day that its story dates its doings to, unless the report is older or much newer than that; else the
    report's own day of publication, else the story's anchor.
    """
    day, own = told.get(telling.story), telling.published
    if day and (own is None or _close(day, own)):
        return day
    return own or anchors.get(telling.story)


def _close(day: Date, anchor: Date | None) -> bool:
    return anchor is not None and 0 <= (anchor.last - day.first).days <= _NEAR_DAYS
