"""Commitments: who owes what to whom by when, merged across reports and sessions, with the history of each."""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from communique.fuse.actors import Cast, mention_span, smallest
from communique.fuse.confidence import of_commitment
from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.events import Happenings, best_date
from communique.fuse.follow_ups import SEASONS, FollowUps, Later, names_in, other_names, smallest_first, stems
from communique.fuse.groups import Groups, by_group
from communique.fuse.happening import Happening
from communique.fuse.invitations import Invitations
from communique.fuse.keys import most, words
from communique.fuse.origins import Origins
from communique.fuse.promise import Promise
from communique.fuse.times import Times
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.ids import mention_key
from communique.model.record import Change, Commitment, Merged, Status
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind, Attested, CommitmentKind, Official, Schedule

_OFFICIAL = list(Official)
_PLANS = frozenset({"invitation", "visit"})
_HELD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_COMMON_SHARE, _FAR_SHARE, _SAME_SHARE = 0.5, 0.4, 0.8
_SAME = 4
_COMMON, _FAR_COMMON = 2, 3
#: How any agreement is told to be made, and what such papers are called: two of them need more than that in common.
_INSTRUMENTS = stems(
    "signed signing sign concluded conclude initialled memorandum memoranda understanding mou protocol treaty accord "
    "convention declaration communique contract document text letter intent exchange"
)


class Ledger:
    """Merges promises and draws up their states."""

    def __init__(self, cast: Cast, times: Times, origins: Origins, found: Happenings, as_of: Date | None) -> None:
        """Keep what every commitment is looked up in; `as_of` is the day that schedules are seen from."""
        self._cast, self._times, self._origins, self._found, self._as_of = cast, times, origins, found, as_of
        self.reasons: tuple[Merged, ...] = ()

    def commitments(self, dossiers: Dossiers) -> tuple[Commitment, ...]:
        """All commitments, by id."""
        read = [self._promise(d, dossiers) for d in dossiers.of("c") if d.first("official")]
        promises = {p.id: p for p in read if p.dossier.first("kind")}
        groups = Groups(promises)
        groups.rule(dossiers.rulings())
        self._join(groups, list(promises.values()))
        follow = FollowUps(self._cast, read, self._found.sessions)
        _take_up(groups, promises, follow)
        self.reasons = tuple(sorted(groups.reasons))
        held = [tuple(promises[m] for m in members) for members in groups]
        later = follow.rows([p for p in read if p.id not in promises], held)
        accepted = Invitations(self._cast, self._found).accepted(held)
        rows = [later.get(n, Later([], [])) for n in range(len(held))]
        for number, more in accepted.items():
            rows[number].rows.extend(more)
        why = by_group(self.reasons, {p.id: told[0].id for told in held for p in told})
        made = (self._commitment(told, rows[n], why.get(told[0].id, ())) for n, told in enumerate(held))
        return tuple(sorted(made, key=lambda c: mention_key(c.id)))

    def _promise(self, dossier: Dossier, dossiers: Dossiers) -> Promise:
        story = self._origins.story(dossier.report)
        about = dossier.value("about")
        held = self._found.of_mention.get(about) if about else None
        day = dossiers.heads[dossier.report].published_day or ""
        own = Date.of(day) if day else None
        accepted = "yes" in dossier.values("accepted")
        official = max((Official(v) for v in dossier.values("official")), key=_OFFICIAL.index, default=Official.UNKNOWN)
        return Promise(
            dossier=dossier,
            story=story,
            kind=CommitmentKind(dossier.value("kind") or CommitmentKind.PLEDGE),
            official=Official.AGREED if accepted and official in (Official.OFFERED, Official.REQUESTED) else official,
            by=self._who(dossier, "by"),
            to=self._who(dossier, "to"),
            items=frozenset(self._who(dossier, "item")),
            event=held.event.id if held else None,
            words=words(" ".join(dossier.values("what"))),
            keywords=stems(f"{' '.join(dossier.values('what'))} {mention_span(dossier).text}"),
            names=names_in(mention_span(dossier).text),
            topic=stems(" ".join(dossier.values("topic"))),
            due=self._times.dates(dossier, "due"),
            on=self._day(dossier, own),
        )

    def _day(self, dossier: Dossier, own: Date | None) -> Date | None:
        """The day that a mention speaks of: its own, where it is told of the past, else that of its story."""
        dated = [d.date for d in self._times.dates(dossier) if own is None or d.date.first <= own.last]
        if dated:
            return dated[0]
        told = self._found.days.get(self._origins.story(dossier.report))
        return own if told is None else told if own is None else _near(own, told)

    def _who(self, dossier: Dossier, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for c in dossier.all(field) for a in self._cast.who(c.value)))

    # -- merging

    def _join(self, groups: Groups, promises: Sequence[Promise]) -> None:
        """Join promises that meet under a word, an item or an event, where they are alike enough."""
        blocks: dict[tuple[str, str], list[Promise]] = {}
        often = Counter(w for p in promises for w in p.words)
        for promise in sorted(promises, key=lambda p: p.dossier.key):
            rare = sorted(promise.words, key=lambda w: (often[w], w))[:6]
            for key in (*rare, *sorted(promise.items), *([promise.event] if promise.event else [])):
                blocks.setdefault((promise.family, key), []).append(promise)
        for _, block in sorted(blocks.items()):
            sides = [self._sides(promise.by) for promise in block]
            for n, promise in enumerate(block):
                for at in range(max(0, n - 50), n):
                    other = block[at]
                    # Nothing makes one of two promises of different sides in two stories; most are such.
                    if other.story != promise.story and sides[at].isdisjoint(sides[n]):
                        continue
                    if groups.root(other.id) != groups.root(promise.id) and (why := self._alike(other, promise)):
                        groups.join(other.id, promise.id, why)

    def _alike(self, one: Promise, other: Promise) -> str:
        """Why two promises are one; "" where they are not."""
        if _far_apart(one, other) or not _dues_fit(one, other):
            return ""
        near, common = one.story == other.story, len(one.words & other.words)
        long = max(len(one.words), len(other.words))
        if near and common >= _SAME and common >= _SAME_SHARE * long:
            return "the same sentence in one story"
        return self._likeness(one, other, common) if self._sides_fit(one, other) else ""

    def _likeness(self, one: Promise, other: Promise, common: int) -> str:
        """Why two promises of the same sides are one; "" where they are not."""
        near = one.story == other.story
        short, long = sorted((len(one.words), len(other.words)))
        share = common / max(1, short if one.kind is other.kind else long)
        far = len((one.keywords & other.keywords) - other_names(one, other) - _INSTRUMENTS)
        sides = set(one.by) & set(other.by) and set(one.to) & set(other.to)
        rules = {
            "about the same event": bool(one.event) and one.event == other.event and one.kind is other.kind,
            "the same item in one story": near and common and one.items & other.items,
            "the same two sides in one story": near and common and sides,
            "the same words in one story": near and common >= _COMMON and share >= _COMMON_SHARE,
            "the same words in two stories": not near and far >= _FAR_COMMON and far >= _FAR_SHARE * long,
        }
        return next((rule for rule, fits in rules.items() if fits), "")

    def _sides_fit(self, one: Promise, other: Promise) -> bool:
        if not one.by or not other.by:
            return one.story == other.story
        return bool(self._sides(one.by) & self._sides(other.by))

    def _sides(self, actors: Iterable[str]) -> set[str]:
        """The actors with the countries that they speak for."""
        out = set(actors)
        for actor in actors:
            out |= {self._cast.country_ids.get(c.casefold(), c) for c in self._cast.countries.get(actor, ())}
        return out

    # -- making

    def _commitment(self, told: Sequence[Promise], later: Later, merged: tuple[Merged, ...] = ()) -> Commitment:
        told = sorted(told, key=lambda p: p.dossier.key)
        moved = [p for p in later.put_off if _later_due(told, p)]
        put_off = moved or any(m.rule == "put off" for m in merged)
        dated = [*told, *moved]
        due = _due(dated, self._origins) if put_off else best_date(tuple(d for p in told for d in p.due), self._origins)
        history = _course([*_history(told), *later.rows, *self._kept(told)])
        ruled = [p.official for p in told if p.dossier.set("official")]
        official = ruled[0] if ruled else _standing(history)
        owed = Commitment(
            id=smallest(p.id for p in told),
            kind=CommitmentKind(most(p.kind.value for p in _ruled(told, "kind"))),
            by=_often(p.by for p in _ruled(told, "by")),
            to=_often(p.to for p in _ruled(told, "to")),
            what=most(v for p in _ruled(told, "what") for v in p.dossier.values("what")) or told[0].span.text,
            due=due,
            status=Status(
                official=official,
                evidence=self._attested(told),
                schedule=schedule(official, due, self._as_of),
            ),
            history=history,
            origins=self._origins.count(p.dossier.report for p in told),
            confidence=0.0,
            evidence=in_order(p.span for p in told),
            merged=merged,
        )
        sure = of_commitment(owed, told)
        return msgspec.structs.replace(owed, confidence=sure.confidence, signs=sure.signs)

    def _kept(self, told: Sequence[Promise]) -> Iterator[Change]:
        """A row for an invitation or a plan that was carried out: a report not older than the day tells it as held."""
        held = {p.event: self._found.by_id[p.event] for p in told if p.event and p.family in _PLANS}
        made = max((p.on for p in told if p.on), default=None)
        for _, happening in sorted(held.items()):
            event = happening.event
            spans = [s for t in happening.cluster.tellings if t.status in _HELD and not t.untimely for s in t.evidence]
            if event.status in _HELD and event.date and made and event.date.first > made.last and spans:
                yield Change(on=event.date, official=Official.DONE, evidence=in_order(spans))
            elif made and (session := self._next_session(happening, made)):
                yield Change(on=session.event.date, official=Official.DONE, evidence=session.event.evidence)

    def _next_session(self, plan: Happening, made: Date) -> Happening | None:
        """The session that "the next meeting of the commission" turned out to be: the first held after those words."""
        body, event = plan.cluster.body, plan.event
        if body is None or event.number is not None or event.status is not Modality.PLANNED:
            return None
        later = [
            (h.event.date.value, h.event.id, h)
            for h in self._found.sessions.get(body, ())
            if h.event.date and h.event.status in _HELD and h.event.date.first > made.last
        ]
        _, _, first = min(later, default=("", "", None), key=lambda found: found[:2])
        if first is None or not first.event.date or (event.date and not event.date.agrees_with(first.event.date)):
            return None
        mine, theirs = self._lands(event.place), self._lands(first.event.place)
        return None if mine and theirs and not mine & theirs else first

    def _lands(self, place: str | None) -> set[str]:
        """The country that a place is or lies in."""
        if place is None:
            return set()
        named = {self._cast.name(place)} if self._cast.kind(place) is ActorKind.COUNTRY else set()
        return named | set(self._cast.countries.get(place, ()))

    def _attested(self, told: Sequence[Promise]) -> Attested:
        """Whose word it is: both sides', the newsroom's, or one side's alone."""
        claims = [c for p in told for c in p.dossier.all("official") or p.dossier.all("kind")]
        holders = {a for c in claims if c.holder for a in self._cast.who(c.holder)}
        if holders & {a for p in told for a in p.by} and holders & {a for p in told for a in p.to}:
            return Attested.CONFIRMED
        return Attested.CLAIMED if claims and all(c.holder for c in claims) else Attested.REPORTED


def schedule(official: Official, due: Date | None, as_of: Date | None) -> Schedule:
    """Where a commitment stands against its date. What is done is late for nothing; what is refused is superseded."""
    if due is None:
        return Schedule.NO_DATE
    if as_of is None:
        return Schedule.UNKNOWN
    if official is Official.REFUSED:
        return Schedule.SUPERSEDED
    if official is Official.DONE or as_of.last < due.first:
        return Schedule.NOT_DUE
    return Schedule.DUE if as_of.first <= due.last else Schedule.LATE


def _history(told: Sequence[Promise]) -> tuple[Change, ...]:
    """A row for how it was made, and one for each later day or story whose reports say where it stands."""
    rows: dict[tuple[str, str], list[Promise]] = {}
    for promise in told:
        rows.setdefault((promise.on.value, "") if promise.on else ("", promise.story), []).append(promise)
    out: list[Change] = []
    for _, same in sorted(rows.items()):
        official = max((p.official for p in same), key=_OFFICIAL.index)
        out.append(Change(on=same[0].on, official=official, evidence=in_order(p.span for p in same)))
    return tuple(out)


def _course(rows: Iterable[Change]) -> tuple[Change, ...]:
    """The rows by date, how it was made first; it is done once, on the first day given."""
    first, *others = rows
    done = [r for r in others if r.official is Official.DONE and first.official is not Official.DONE]
    kept = [r for r in others if r not in done]
    if done:
        begun = min(done, key=_when)
        kept.append(Change(on=begun.on, official=Official.DONE, evidence=in_order(s for r in done for s in r.evidence)))
    return (first, *sorted(kept, key=_when))


def _when(change: Change) -> tuple[str, int, tuple[Span, ...]]:
    return change.on.last.isoformat() if change.on else "", _OFFICIAL.index(change.official), change.evidence


def _standing(history: Sequence[Change]) -> Official:
    """How far it has come: talk about it later takes nothing back."""
    if history[-1].official is Official.REFUSED:
        return Official.REFUSED
    told = [c.official for c in history if c.official is not Official.REFUSED] or [history[-1].official]
    return max(told, key=_OFFICIAL.index)


def _take_up(groups: Groups, promises: Mapping[str, Promise], follow: FollowUps) -> None:
    """Join what a later report tells anew to the promise that it was, where no date speaks against it."""
    lasting = smallest_first(p for p in promises.values() if p.family not in _PLANS)
    for made, again in follow.retold(lasting):
        if groups.root(made.id) == groups.root(again.id):
            continue
        one, other = ([promises[m] for m in groups.members(p.id)] for p in (made, again))
        if all(_days_fit(a, b) for a in _days(one) for b in _days(other)):
            groups.join(made.id, again.id, "taken up again")
        elif _put_off(one, other):
            groups.join(made.id, again.id, "put off")


def _put_off(made: Sequence[Promise], again: Sequence[Promise]) -> bool:
    """Whether a later report promises the same in nearly the same words, for a later day."""
    dues = [[d.date.first for p in told for d in p.due] for told in (made, again)]
    if not dues[0] or not dues[1] or max(dues[0]) >= min(dues[1]):
        return False
    mine, theirs = ({_thing(p.what) for p in told} for told in (made, again))
    return any(_same_thing(a, b) for a in mine for b in theirs)


@functools.lru_cache(1 << 14)
def _thing(what: str) -> frozenset[str]:
    """The words that say what is promised, without those that say when."""
    return frozenset(w for w in stems(what) - SEASONS if not w.isdigit())


def _same_thing(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    common = len(mine & theirs)
    return common > _COMMON and common >= _SAME_SHARE * min(len(mine), len(theirs))


def _due(told: Sequence[Promise], origins: Origins) -> Date | None:
    """The day that the newest reports give: what was put off is due on the later day."""
    dated = [p for p in told if p.due]
    newest = max((p.on.value for p in dated if p.on), default="")
    return best_date(tuple(d for p in dated if not p.on or p.on.value == newest for d in p.due), origins)


def _later_due(told: Sequence[Promise], again: Promise) -> bool:
    """Whether a telling puts off what was promised: to a day after those given before."""
    before = max((d.date.first for p in told for d in p.due), default=None)
    return before is None or before < min(d.date.first for d in again.due)


def _near(own: Date, day: Date) -> Date:
    """The story's day, unless the report is older than it."""
    return day if own.last >= day.first else own


def _far_apart(one: Promise, other: Promise) -> bool:
    """Whether two have neither story nor event in common, nor words enough, so that no rule can make them one."""
    if one.story == other.story or (one.event and one.event == other.event):
        return False
    return len(one.keywords & other.keywords) < _FAR_COMMON


def _dues_fit(one: Promise, other: Promise) -> bool:
    return _days_fit([d.date for d in one.due], [d.date for d in other.due])


def _days(told: Iterable[Promise]) -> set[tuple[Date, ...]]:
    """The days by which something is due as some tellings give them, each such list once."""
    return {tuple(d.date for d in p.due) for p in told}


def _days_fit(one: Sequence[Date], other: Sequence[Date]) -> bool:
    return not one or not other or any(a.agrees_with(b) for a in one for b in other)


def _ruled(told: Sequence[Promise], field: str) -> Sequence[Promise]:
    """The mentions for which a person set a field; all, where nobody did."""
    return [p for p in told if p.dossier.set(field)] or told


def _often(told: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The actors that most mentions give, in the order of how often."""
    count = Counter(a for actors in told for a in actors)
    return tuple(sorted(count, key=lambda a: (-count[a], a)))
