"""What later reports tell of a promise: which progress, and which promise told anew, belongs to which promise.

A later telling belongs to a promise where the two share an item, names and rare words, never the names of the parties
alone. It says `done` only where the very deed that was promised is told as done by somebody bound to it; what is
told of a part, or in other words, is `under way`. Silence, and what is planned, say nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from communique.fuse.actors import Cast
from communique.fuse.keys import countries_in, fold
from communique.fuse.promise import Promise
from communique.model.ids import mention_key
from communique.model.record import Change
from communique.model.spans import in_order
from communique.model.words import ActorKind, Official

#: Words that any promise may have: they tie no two together.
_COMMON_WORDS = (
    "agree agreement cooperation cooperate develop development relation bilateral joint further strengthen partnership "
    "issue area country work project continue meeting programme program both side party number new full this that "
    "will would our their its which between together interest mutual mutually include including particular process "
    "promote ensure support field sector matter possible important current international national regional state "
    "government leader minister president general special second first third next last year month before after until "
    "cubic metre meter ton tonne percent per cent dollar euro kilometre "
    "agreed decided pledged promised undertook announced noted welcomed stressed expressed reaffirmed end every each "
    "also such other these those some more most all various have been was were are has had"
)
_NAMES, _NAMED, _PLAIN = 2, 2, 3
_MATTER, _MATTER_SHARE = 4, 0.35
_DEED_SHARE, _DEED_WORDS = 0.6, 2
_LEAST = 3
_PLAIN_SHARE = 0.4
_MONEY, _EDGES = "$€£¥", ".,;:!?()[]“”\"’‘'"
_STEM = 6
#: How a deed is told that may be the very one promised: "adopted the rules", "signed the accord".
_DOING = frozenset({Official.DONE, Official.AGREED, Official.SIGNED})
#: Likeness from which a telling is progress of a promise, and from which it is the promise told anew.
_ENOUGH, _SURELY = 3.0, 5.0
_HOT = 200


def stems(text: str) -> frozenset[str]:
    """The telling words of a text: folded, without a plural ending, cut to six letters."""
    return frozenset(_stem(w) for w in fold(text).split() if len(w) >= _LEAST or w.isdigit()) - _COMMON


def _stem(word: str) -> str:
    bare = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > _LEAST else word
    return bare[:_STEM]


_COMMON = frozenset(_stem(w) for w in _COMMON_WORDS.split()) | {"the", "and", "for", "with", "from"}


def names_in(text: str) -> frozenset[frozenset[str]]:
    """The names in a text, each as the stems of its words: runs of words with a capital, and sums of money.

    A country and what is called after it are one word here: Turkish and Turkey.
    """
    runs: list[list[str]] = [[]]
    for word in text.replace("-", " ").replace("/", " ").split():
        if word[:1].isupper() or word[:1] in _MONEY:
            runs[-1].append(word.strip(_EDGES))
        if not word[:1].isupper() or word[-1:] in _EDGES:
            runs.append([])
    found = (frozenset(_country(w) or s for w in run for s in sorted(stems(w))) for run in runs)
    return frozenset(name for name in found if name)


def _country(word: str) -> str:
    return next(iter(sorted(countries_in(word))), "").casefold()


class Later(NamedTuple):
    """What later reports tell of one promise: rows of its history, and the tellings that give it a new day."""

    rows: list[Change]
    put_off: list[Promise]


class _Held(NamedTuple):
    """A promise as later tellings are held against it: its last day, its report, the countries of its parties."""

    number: int
    made: Promise
    last: dt.date
    report: str
    company: frozenset[str]


class FollowUps:
    """Finds the promise that a later telling belongs to."""

    def __init__(self, cast: Cast, promises: Iterable[Promise], bodies: Iterable[str] = ()) -> None:
        """Learn which words only name the parties, or the bodies that meet; they tie nothing together."""
        self._cast = cast
        self._known: dict[str, bool] = {}
        self._named: dict[str, frozenset[str]] = {}
        self._words: dict[tuple[str, bool], frozenset[str]] = {}
        self._parties = self._party_words(tuple(promises), frozenset(bodies))
        self._lands = _lands_of_reports(cast)

    def _party_words(self, promises: Sequence[Promise], bodies: frozenset[str]) -> frozenset[str]:
        stories: dict[str, set[str]] = {}
        for promise in promises:
            for actor in (*promise.by, *promise.to):
                stories.setdefault(actor, set()).add(promise.story)
        often = {a for a, told in stories.items() if len(told) > 1} | bodies
        sides = (ActorKind.PERSON, ActorKind.COUNTRY)
        named = {a for a, actor in self._cast.actors.items() if actor.kind in sides or a in often}
        text = " ".join(n.text for a in sorted(named) for n in self._cast.actors[a].names)
        return stems(text) | {_stem(w) for w in text.casefold().split()}

    def telling(self, promise: Promise) -> frozenset[str]:
        """The words by which a promise is known again."""
        return self._told(promise, topic=False)

    def topic(self, promise: Promise) -> frozenset[str]:
        """The words of a promise, and of the sentences around it, by which its matter is known again."""
        return self._told(promise, topic=True)

    def _told(self, promise: Promise, *, topic: bool) -> frozenset[str]:
        """The telling words of a promise, worked out once: it is held against many."""
        key = promise.id, topic
        if key not in self._words:
            words = promise.keywords | promise.topic if topic else promise.keywords
            self._words[key] = frozenset(w for w in words if self._telling(w))
        return self._words[key]

    def _telling(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = word not in self._parties and not countries_in(word)
        return self._known[word]

    def rows(self, told: Iterable[Promise], groups: Sequence[Sequence[Promise]]) -> dict[int, Later]:
        """What later tellings add to promises, by their number in `groups`.

        A deed told as done belongs to every promise of that deed; anything else to the one that it is most like.
        """
        telling = smallest_first(told)
        index = self._index(groups if telling else ())
        found: dict[tuple[int, str, str, Official], list[Promise]] = {}
        for later in telling:
            near = self._near(later, index)
            least = _ENOUGH
            if later.official is Official.REFUSED and later.by:
                near = [held for held in near if self._bound(later, held.made)]
            elif later.official is Official.REFUSED:
                least = _SURELY
            fulfilled = sorted({held.number for held in near if self._fulfils(later, held.made)})
            for number in fulfilled or self._likest(later, near, least):
                official = Official.DONE if fulfilled else later.official
                official = Official.UNDER_WAY if official is Official.DONE and not fulfilled else official
                day = later.on.value if later.on else ""
                found.setdefault((number, day, later.story, official), []).append(later)
        out: dict[int, Later] = {}
        for (number, _, _, official), same in sorted(found.items(), key=lambda item: item[0]):
            held = out.setdefault(number, Later([], []))
            held.rows.append(Change(on=same[0].on, official=official, evidence=in_order(p.span for p in same)))
            held.put_off.extend(p for p in same if p.due)
        return out

    def retold(self, promises: Sequence[Promise]) -> list[tuple[Promise, Promise]]:
        """Each promise that tells an earlier one anew, after the one that it is most like."""
        index = self._index([(p,) for p in promises])
        found = ((p, self._likest(p, self._near(p, index), _SURELY)) for p in promises)
        return [(promises[number], again) for again, numbers in found for number in numbers]

    def _index(self, groups: Sequence[Sequence[Promise]]) -> Mapping[str, list[_Held]]:
        out: dict[str, list[_Held]] = {}
        for number, group in enumerate(groups):
            for made in group:
                last = made.on.last if made.on else dt.date.max
                held = _Held(number, made, last, made.report, self._company(made))
                for word in self.telling(made) | made.items:
                    out.setdefault(word, []).append(held)
        return out

    def _near(self, later: Promise, index: Mapping[str, list[_Held]]) -> list[_Held]:
        """Promises of an earlier day that share a word or an item with a later telling, no word of everybody's."""
        if later.on is None:
            return []
        first, report = later.on.first, later.report
        shared = (index.get(word, ()) for word in self.telling(later) | later.items)
        near = {id(held): held for found in shared if len(found) <= _HOT for held in found}
        return [held for held in near.values() if held.last < first and held.report != report]

    def _likest(self, later: Promise, near: Sequence[_Held], least: float) -> list[int]:
        """The promise most like a later telling; the newest of equals, whatever their order."""
        lands = self._lands.get(later.report, frozenset())
        close = (h for h in near if _one_company(h.company, lands) and self._at_most(h.made, later) >= least)
        scored = ((self.likeness(h.made, later), h.made.on.value if h.made.on else "", -h.number) for h in close)
        best = max(scored, default=(0, "", 0))
        return [-best[2]] if best[0] >= least else []

    def _at_most(self, made: Promise, later: Promise) -> int:
        """What the likeness of two cannot exceed, for little work: most that share a word share hardly more."""
        named = len(self._name_words(made) & self._name_words(later))
        item = 3 * bool(made.items & later.items)
        return len(self.topic(made) & self.topic(later)) + 2 * named + 3 * bool(named) + item + 1

    def _name_words(self, promise: Promise) -> frozenset[str]:
        if promise.id not in self._named:
            self._named[promise.id] = frozenset[str]().union(*promise.names)
        return self._named[promise.id]

    def likeness(self, made: Promise, later: Promise) -> float:
        """How much a later telling has in common with a promise; 0 where that is too little."""
        mine, theirs = self.telling(made), self.telling(later)
        names = self._same_names(made, later)
        common = (mine & theirs) - (other_names(made, later) - names)
        item = bool(made.items & later.items)
        referred = bool(names) and made.on is not None and str(made.on.first.year) in later.keywords
        plain = len(common) >= max(_PLAIN, _PLAIN_SHARE * min(len(mine), len(theirs)))
        tied = (
            item
            or referred
            or plain
            or self._whole(made, later)
            or len(names) >= _NAMES
            or (bool(names) and len(common) >= _NAMED)
        )
        if not tied:
            common = self._same_matter(made, later, named=bool(names)) if common else frozenset()
        if not (common | names or item) or not self._same_company(made, later):
            return 0
        return len(common) + 2 * len(names) + 3 * item + 3 * referred + self._whole(made, later)

    def _whole(self, made: Promise, later: Promise) -> bool:
        """Whether everything that was dropped or put off is what a promise names: "dropped the joint study"."""
        if not later.deed or later.official not in (Official.REFUSED, Official.DISCUSSED):
            return False
        thing = self.telling(later) - {_stem(later.deed)}
        return len(thing) >= _NAMED and thing <= self.telling(made) and self._did(later, made)

    def _same_matter(self, made: Promise, later: Promise, *, named: bool) -> frozenset[str]:
        """The words that the sentences around both have in common, where they are many; beside a name fewer will do."""
        mine, theirs = self.topic(made), self.topic(later)
        common = mine & theirs
        alike = len(common) >= _MATTER and len(common) >= _MATTER_SHARE * min(len(mine), len(theirs))
        return common if alike or (named and len(common) >= _PLAIN) else frozenset()

    def _same_names(self, made: Promise, later: Promise) -> frozenset[str]:
        """The words of the names that both give: the same name, or one that is the other cut short."""
        pairs = ((a, b) for a in made.names for b in later.names if a <= b or b <= a)
        shared = (a & b for a, b in pairs)
        return frozenset[str]().union(*(n for n in shared if any(self._telling(w) for w in n)))

    def _fulfils(self, later: Promise, made: Promise) -> bool:
        """Whether the deed that was promised is told as done, by somebody whom the promise binds."""
        if later.official not in _DOING:
            return False
        everything = stems(made.what) - SEASONS
        wanted = frozenset(w for w in everything - self._parties if not w.isdigit())
        deeds = {_stem(word) for word in later.fulfils} & wanted
        said = later.keywords | deeds
        shared = wanted & said
        enough = len(shared) > _DEED_WORDS and len(shared) >= _DEED_SHARE * len(wanted)
        whole = len(shared) == len(wanted) > 1 and len(everything & said) > _DEED_WORDS
        return bool(deeds) and (enough or whole) and self._did(later, made)

    def _did(self, later: Promise, made: Promise) -> bool:
        """Whether the deed is somebody's whom the promise binds; a deed of nobody's counts among the same parties."""
        return self._bound(later, made) if later.by else self._same_company(made, later)

    def _bound(self, later: Promise, made: Promise) -> bool:
        bound = {*made.by, *made.to}
        if bound & set(later.by) or self._countries(bound) & self._countries(later.by):
            return True
        named = {w for a in later.by for w in fold(self._cast.name(a)).split()}
        text = fold(f"{made.what} {' '.join(self._cast.name(a) for a in sorted(bound))}").split()
        return bool(named) and named <= set(text)

    def _same_company(self, made: Promise, later: Promise) -> bool:
        return _one_company(self._company(made), self._lands.get(later.report, frozenset()))

    def _company(self, made: Promise) -> frozenset[str]:
        """The countries of the parties of a promise; where none is known, those that its report names."""
        return self._countries((*made.by, *made.to)) or self._lands.get(made.report, frozenset())

    def _countries(self, actors: Iterable[str]) -> frozenset[str]:
        named = {self._cast.name(a) for a in actors if self._cast.kind(a) is ActorKind.COUNTRY}
        return frozenset(named.union(*(self._cast.countries.get(a, ()) for a in actors)))


#: Words for when, which say nothing of what.
SEASONS = stems(
    "spring summer autumn winter january february march april june july august september october november december end"
)


def other_names(made: Promise, later: Promise) -> frozenset[str]:
    """The words that two different names share: Blue River and White River."""
    pairs = ((a, b) for a in made.names for b in later.names if not (a <= b or b <= a))
    return frozenset[str]().union(*(a & b for a, b in pairs))


def _one_company(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the countries of a promise, as far as they are known, are those of the report that tells more."""
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _lands_of_reports(cast: Cast) -> Mapping[str, frozenset[str]]:
    """Report id -> the countries that it names, or whose people it names."""
    out: dict[str, set[str]] = {}
    for ident, actor in cast.actors.items():
        lands = {actor.name} if actor.kind is ActorKind.COUNTRY else set(cast.countries.get(ident, ()))
        for span in actor.evidence if lands else ():
            out.setdefault(span.report, set()).update(lands)
    return {report: frozenset(lands) for report, lands in out.items()}


def smallest_first(promises: Iterable[Promise]) -> list[Promise]:
    """Promises in the order of the days on which they were told, then by place."""
    return sorted(promises, key=lambda p: (p.on.value if p.on else "", mention_key(p.id)))
