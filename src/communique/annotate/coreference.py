"""Who is meant by "the Foreign Minister", "her counterpart", "both ministers", "he": in one report, where safe."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from spacy.tokens import Token

from communique.annotate import lexicon
from communique.annotate.drafts import Draft, draft, note
from communique.annotate.names import People
from communique.annotate.offices import COUNTERPART, Office, office_at, office_key
from communique.annotate.words import Stretch
from communique.model.mentions import Form
from communique.model.words import ActorKind

_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_SIDES = lexicon.word_set("coreference-sides")
_CITED_RANKS = frozenset(("leader", "royal", "minister", COUNTERPART))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "iobj", "dative", "pobj"))
_SAYING = lexicon.word_set("coreference-saying")
#: What two who have met do together.
_CONFERRING = lexicon.word_set("coreference-conferring")
#: Keys of offices that every leader of a country may be called by.
_HEADS_OF = frozenset(("head state", "government head"))
#: The key of "the minister", who may hold any ministry.
_MINISTER = "minister"
_PAIR = 2


class Sentence(msgspec.Struct):
    """The persons of a sentence so far, without those in quotations, and its subject."""

    number: tuple[int, int]
    people: list[str] = []
    subject: str = ""
    verbs: dict[int, str] = {}
    bodies: list[str] = []

    def see(self, found: Draft) -> None:
        """Take in a mention."""
        if found.kind is ActorKind.BODY:
            self.bodies.append(found.entity)
        for entity in found.members or (found.entity,):
            if entity not in self.people and found.kind is not ActorKind.BODY:
                self.people.append(entity)
        token = _head(found)
        if token.dep_ in _SUBJECTS and found.kind is not ActorKind.BODY and not found.members:
            self.subject = found.entity
            self.verbs[token.head.i] = found.entity


def _head(found: Draft) -> Token:
    """The parser's token on which the other words of a mention hang."""
    tokens = found.stretch.tokens[found.first : found.last]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])


class Resolver:
    """Walks through a report once and finds the mentions that are no names."""

    def __init__(self, people: People, countries: Mapping[str, int], sides: Iterable[str] = ()) -> None:
        """Start with the persons of the report, how often it names each country, and its sides by name."""
        self._groups = sorted(set(sides))
        self._people = people
        self._named_countries = sorted(c for c, times in countries.items() if times >= _PAIR)
        self._by_office: dict[str, list[str]] = {}
        self._countries: dict[str, set[str]] = {}
        self._ranks: dict[str, dict[str, None]] = {}
        for number, person in enumerate(people.persons):
            entity = f"person:{number}"
            for office in person.offices:
                self._by_office.setdefault(office.key, []).append(entity)
                self._ranks.setdefault(office.rank, {})[entity] = None
            self._countries[entity] = set(person.countries)
        self._labelled = {f"person:{n}" for n, p in enumerate(people.persons) if p.labelled}
        self._transcript = len(self._labelled) > 1
        self._past: list[Sentence] = []
        self._now = Sentence((-1, 0))

    def walk(self, stretch: Stretch, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """The further mentions of a stretch, given those by name."""
        named = {d.first: d for d in drafts if d.kind in (ActorKind.PERSON, ActorKind.BODY)}
        reach = _reaches(stretch, drafts)
        at = 0
        while at < len(stretch.words):
            self._turn(stretch, at)
            found = named.get(at)
            if found is not None:
                if found.office == COUNTERPART:
                    self._share_office(found)
                self._see(found)
                at = max(found.last, at + 1)
                continue
            found = None if reach[at] else self._mention(stretch, at, reach)
            if found is None:
                at += 1
                continue
            self._see(found)
            yield found
            at = found.last

    def _share_office(self, found: Draft) -> None:
        """Give "his counterpart, Name Name" the office of the one whose counterpart it is, where that is sure."""
        people = self._now.people
        owner = self._now.subject or (people[0] if len(people) == 1 else "")
        offices = self._offices(owner)
        keys = list(dict.fromkeys(o.key for o in offices))
        if len(keys) != 1 or owner == found.entity or self._offices(found.entity):
            return
        self._by_office[keys[0]].append(found.entity)
        self._ranks[offices[0].rank][found.entity] = None
        found.notes = [*found.notes, note(found.stretch, *found.reach, "office", offices[0].name, "counterpart")]

    def _turn(self, stretch: Stretch, at: int) -> None:
        number = (stretch.number, stretch.sentence[at])
        if number != self._now.number:
            if self._now.people or self._now.bodies:
                self._past.append(self._now)
                del self._past[:-4]
            self._now = Sentence(number)

    def _see(self, found: Draft) -> None:
        if not found.quoted and found.entity and not _is_label(found):
            self._now.see(found)

    def _mention(self, stretch: Stretch, at: int, reach: Sequence[bool]) -> Draft | None:
        low = stretch.words[at].low
        office = office_at(stretch, at)
        if office and not any(reach[office.first : office.end]):
            if office.plural or low in ("both", "two"):
                return self._plural(stretch, at, office)
            if _cited(stretch, office):
                return self._office(stretch, office)
        if low in ("both", "the", "two", "these"):
            return self._pair(stretch, at)
        if low in _PRONOUNS and not stretch.quoted[at] and stretch.tokens[at].pos_ in ("PRON", "DET"):
            return self._pronoun(stretch, at)
        found = {"it": self._it, "they": self._they}.get(low)
        return found(stretch, at) if found is not None else None

    # -- offices

    def _office(self, stretch: Stretch, office: Office) -> Draft:
        found = draft(stretch, office.first, office.end, ActorKind.PERSON, form=Form.OFFICE)
        key, country = office.key, office.country
        holder = ""
        if office.name == COUNTERPART:
            holder = self._owner(office)
            key = self._office_of(holder, country) if holder else ""
        entity = self._holder(key, country, found, holder) if key else ""
        if not entity and _is_label(found):
            speakers = [e for e in self._candidates(key) if e in self._labelled]
            entity = speakers[0] if len(speakers) == 1 else f"label:{key}:{country}"
        found.entity = entity or (f"office:{key}:{country}" if key and not self._candidates(key) else "")
        found.office, found.country = office.name, country
        if office.name != COUNTERPART:
            found.notes = [note(stretch, office.core, office.end, "office", office.name, "office-mention")]
        if country:
            found.notes = [*found.notes, note(stretch, office.core, office.end, "country", country, "office-mention")]
        return found

    def _owner(self, office: Office) -> str:
        """The person whose counterpart is meant: the subject so far, else the only one."""
        if office.article not in ("his", "her"):
            return ""
        people = self._now.people or (self._past[-1].people if self._past else [])
        return self._now.subject or (people[0] if len(people) == 1 else "")

    def _office_of(self, entity: str, country: str) -> str:
        """The office of a person of which somebody of that country is a holder too."""
        keys = list(dict.fromkeys(o.key for o in self._offices(entity)))
        shared = [k for k in keys if any(h != entity and country in self._countries[h] for h in self._by_office[k])]
        return (shared or keys or [""])[0]

    def _offices(self, entity: str) -> list[Office]:
        """The offices that the report gives a person, none for an entity that is no named person."""
        named = entity.startswith("person:")
        return self._people.persons[int(entity.removeprefix("person:"))].offices if named else []

    def _candidates(self, key: str) -> list[str]:
        rank = "leader" if key in _HEADS_OF else key
        if rank in ("leader", "minister"):
            return list(self._ranks.get(rank, ()))
        return list(dict.fromkeys(self._by_office.get(key, ())))

    def _holder(self, key: str, country: str, found: Draft, but: str = "") -> str:
        """The one person of the report who can be meant by an office, "" where that is not sure."""
        fits = [e for e in self._candidates(key) if e != but]
        if country:
            stated = [e for e in fits if country in self._countries[e]]
            fits = (
                stated
                or [e for e in fits if not self._countries[e]]
                or (self._of_country(country, but) if key == _MINISTER else [])
            )
        elif len(fits) > 1:
            recent = [] if self._transcript else self._recent(fits)
            unstated = [e for e in fits if not self._countries[e]]
            told = recent if len(recent) == 1 else unstated
            fits = told or ([] if self._transcript or self._now.people else self._acted(fits))
        return fits[0] if len(fits) == 1 and (country or not found.quoted or len(self._candidates(key)) == 1) else ""

    def _of_country(self, country: str, but: str) -> list[str]:
        """Those whom a report calls a country's and gives no office: "Peru's Ana Kos", then "the Peruvian minister"."""
        return [e for e, of in sorted(self._countries.items()) if country in of and e != but and not self._offices(e)]

    def _recent(self, fits: Sequence[str]) -> list[str]:
        """Those of several who are named in this sentence or the last one of the paragraph that names anybody."""
        near = [self._now, *[s for s in self._past[-1:] if s.number[0] == self._now.number[0]]]
        return [e for e in fits if any(e in s.people for s in near)]

    def _acted(self, fits: Sequence[str]) -> list[str]:
        """The one of several who was the subject of the last sentence that names anybody: of whom the text goes on."""
        last = next((s for s in reversed(self._past) if s.people), None)
        return [e for e in fits if last and last.subject == e]

    # -- pairs

    def _pair(self, stretch: Stretch, at: int) -> Draft | None:
        """A pair: "both ministers", "the two leaders", "both sides", "the two countries"."""
        words, noun = stretch.words, at + 1
        both = words[at].low == "both" or (noun < len(words) and words[noun].low == "two")
        if noun < len(words) and words[noun].low == "two":
            noun += 1
        if noun < len(words) and words[noun].low in _SIDES and (both or words[noun].low in ("sides", "parties")):
            return self._sides(stretch, at, noun + 1)
        office = office_at(stretch, noun) if noun < len(words) else None
        if both and office and office.plural:
            return self._plural(stretch, at, office)
        return None

    def _plural(self, stretch: Stretch, at: int, office: Office) -> Draft | None:
        if (
            office.rank not in _CITED_RANKS
            or office.name == COUNTERPART
            or (not office.article and at == office.first and not office.countries)
        ):
            return None
        found = draft(stretch, at, office.end, ActorKind.GROUP, form=Form.GROUP)
        found.members = self._members(office, found)
        found.office = office.name
        found.notes = [note(stretch, office.core, office.end, "office", office.name, "office-mention")]
        return found

    def _members(self, office: Office, found: Draft) -> tuple[str, ...]:
        if len(office.countries) == _PAIR:
            pair = [self._holder(office.key.removesuffix("s"), c, found) for c in office.countries]
            return tuple(pair) if all(pair) and pair[0] != pair[1] else ()
        if found.quoted or office.countries:
            return ()
        plain = office.rank == "leader" and office_key(office.name) == "leader"
        fit = None if plain else set(self._candidates(office.key))
        here = [s for s in (self._now, *reversed(self._past)) if s.number[0] == self._now.number[0]]
        for sentence in here:
            people = [e for e in sentence.people if fit is None or e in fit]
            if people:
                return tuple(people) if len(people) == _PAIR else ()
        if plain and found.last - found.first > 1:
            fit = {e for e in self._ranks.get("leader", ()) if not self._deputy(e)}
        return tuple(sorted(fit)) if fit and len(fit) == _PAIR else ()

    def _deputy(self, entity: str) -> bool:
        """Whether somebody is called by no office of a leader but a deputy's."""
        offices = [o.name for o in self._offices(entity) if o.rank == "leader"]
        return all(name.startswith(("Vice", "Deputy", "First Deputy", "Former")) for name in offices)

    def _sides(self, stretch: Stretch, at: int, end: int) -> Draft:
        found = draft(stretch, at, end, ActorKind.GROUP, form=Form.GROUP)
        countries = self._named_countries
        if len(countries) == _PAIR and not found.quoted and stretch.words[end - 1].low not in ("parties", "peoples"):
            found.members = tuple(countries)
        elif len(self._groups) == _PAIR and not found.quoted:
            found.members = tuple(self._groups)
        return found

    # -- pronouns

    def _pronoun(self, stretch: Stretch, at: int) -> Draft:
        found = draft(stretch, at, at + 1, ActorKind.PERSON, form=Form.PRONOUN)
        token = stretch.tokens[at]
        gender = _PRONOUNS[stretch.words[at].low]
        found.entity = self._antecedent(token, gender, stretch, at)
        self._learn(found.entity, gender, stretch.number)
        return found

    def _learn(self, entity: str, gender: str, paragraph: int) -> None:
        """Keep what a pronoun says of the only person who is near: after "Ana Kos smiled. She left." Kos is no "he"."""
        near = [s for s in (self._now, *self._past[-1:]) if s.number[0] == paragraph]
        people = {e for s in near for e in s.people if e.startswith("person:")}
        if people == {entity} and not self._transcript:
            person = self._people.persons[int(entity.removeprefix("person:"))]
            person.gender = person.gender or gender

    def _fits(self, entities: Sequence[str], gender: str) -> list[str]:
        return [e for e in entities if self._gender(e) in ("", gender)]

    def _gender(self, entity: str) -> str:
        if not entity.startswith("person:"):
            return ""
        return self._people.persons[int(entity.removeprefix("person:"))].gender

    def _antecedent(self, token: Token, gender: str, stretch: Stretch, at: int) -> str:
        here = [e for e in self._fits(self._now.people, gender) if not self._transcript or e.startswith("person:")]
        subject = self._now.subject if self._now.subject in here else ""
        if token.dep_ in _OBJECTS:
            doer = self._doer(token)
            others = [e for e in here if e != doer] or self._other_before(doer, gender)
            return others[0] if doer and len(others) == 1 else ""
        if here:
            return here[0] if len(here) == 1 else subject
        return self._before(token, gender, stretch, at)

    def _other_before(self, doer: str, gender: str) -> list[str]:
        """Those named in the sentence right before beside one who acts in this: "A met B. B thanked him."."""
        last = self._past[-1] if self._past else None
        adjoins = last is not None and last.number == (self._now.number[0], self._now.number[1] - 1)
        if last is None or not adjoins or self._transcript or doer not in last.people:
            return []
        return [e for e in self._fits(last.people, gender) if e != doer]

    def _doer(self, token: Token) -> str:
        """The subject of the verb whose object a pronoun is."""
        verb = token.head if token.dep_ != "pobj" else token.head.head
        while verb.dep_ == "conj" and verb.i not in self._now.verbs:
            verb = verb.head
        return self._now.verbs.get(verb.i, "")

    def _before(self, token: Token, gender: str, stretch: Stretch, at: int) -> str:
        """The person of the last sentence that names one: its only person, else its subject for a subject."""
        last = next((s for s in reversed(self._past) if s.people), None)
        if last is None or (self._transcript and last.number[0] != stretch.number):
            return ""
        people = self._fits(last.people, gender)
        same_piece = last.number[0] == stretch.number
        if len(people) == 1 and (same_piece or last.number[0] >= stretch.number - _PAIR):
            return people[0]
        leads = token.dep_ in _SUBJECTS or (token.dep_ == "poss" and stretch.tokens[at].is_sent_start)
        return last.subject if leads and last.subject in people else ""

    def _they(self, stretch: Stretch, at: int) -> Draft | None:
        """The pair of "They agreed" after a sentence that names just two persons."""
        token, last = stretch.tokens[at], self._past[-1] if self._past else None
        acting = token.dep_ == "nsubj" and token.head.lemma_ in _CONFERRING
        if stretch.quoted[at] or not acting or last is None or self._now.people:
            return None
        if len(last.people) != _PAIR or last.number != (self._now.number[0], self._now.number[1] - 1):
            return None
        found = draft(stretch, at, at + 1, ActorKind.GROUP, form=Form.GROUP)
        found.members = tuple(last.people)
        return found

    def _it(self, stretch: Stretch, at: int) -> Draft | None:
        """The body of "it added" after a sentence with one body."""
        token = stretch.tokens[at]
        if stretch.quoted[at] or token.dep_ != "nsubj" or token.head.lemma_ not in _SAYING or not self._past:
            return None
        bodies = dict.fromkeys(self._now.bodies or self._past[-1].bodies)
        if len(bodies) != 1:
            return None
        found = draft(stretch, at, at + 1, ActorKind.BODY, form=Form.PRONOUN)
        found.entity = next(iter(bodies))
        return found


def _reaches(stretch: Stretch, drafts: Sequence[Draft]) -> list[bool]:
    """For each word of a stretch whether a person's titles, offices or name take it."""
    taken = [False] * len(stretch.words)
    for found in drafts:
        first, last = found.reach if found.kind is ActorKind.PERSON else (found.first, found.last)
        if found.kind in (ActorKind.PERSON, ActorKind.ITEM, ActorKind.PROGRAMME):
            taken[first:last] = [True] * (last - first)
    return taken


def _is_label(found: Draft) -> bool:
    """Whether a mention is a speaker's label: nothing but titles before it in its paragraph, and a colon behind it."""
    words = found.stretch.words
    first = found.reach[0] if found.kind is ActorKind.PERSON and found.form is Form.NAME else found.first
    return first == 0 and found.last < len(words) and words[found.last].text == ":"


def _cited(stretch: Stretch, office: Office) -> bool:
    """Whether an office phrase means its holder: "the Foreign Minister", "Chilean President", a speaker's label."""
    words = stretch.words
    if office.rank == COUNTERPART:
        return office.article in ("his", "her", "their", "my", "the")
    label = office.first == 0 and office.end < len(words) and words[office.end].text == ":"
    if office.article in ("a", "an", "my", "our"):
        return False
    if office.article:
        return office.rank in _CITED_RANKS or office.capital
    starts = stretch.tokens[office.first].is_sent_start and office.rank in _CITED_RANKS
    return label or (office.capital and office.rank in _CITED_RANKS and bool(office.countries or starts))
