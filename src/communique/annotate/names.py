"""Persons by name: titles, offices and the parser vote once for a whole report; surnames alone follow."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Token

from communique.annotate import lexicon, name_signs
from communique.annotate.drafts import Draft, Note, draft, note, written
from communique.annotate.offices import COUNTERPART, Office, is_definite, office_at
from communique.annotate.words import Stretch, Word, before_syllables, located
from communique.model.words import ActorKind
from communique.text.names import (
    PARTICLES,
    korean,
    name_parts,
    plain,
    same_holder,
    same_person,
    skeleton,
)

_MOST_WORDS = 7
_MOST_LEADS = 6
_MOST_PARTICLES = 4
_MOST_NAMESAKES = 50
_CALENDAR = lexicon.word_set("names-calendar")
_NEVER = lexicon.word_set("names-never")
_FUNCTION = lexicon.word_set("names-function")
#: Verbs whose subject speaks or acts as a person does.
_SPEAKS = lexicon.word_set("names-speaks")
_GROUP_AFTER = lexicon.word_set("names-group-after")
_LINKS = frozenset(("and", "/", "the", "&"))
_LINKS_ANY = _LINKS | {","}
#: What the parser calls names that are no person's. Its rarer kinds ("product") are guesses at unknown words.
_OTHERS = frozenset(("GPE", "LOC", "FAC", "ORG", "NORP", "EVENT", "LAW", "DATE", "TIME"))
_INITIAL = re.compile(r"[A-Z]\Z")


class Person(msgspec.Struct):
    """A person of the report: full name, the words of all its spellings, offices and gender as stated."""

    name: str
    parts: set[str]
    offices: list[Office]
    countries: list[str]
    gender: str = ""
    seen: int = 0
    labelled: bool = False


class Run(msgspec.Struct):
    """A run of words that may be a person's name, with what speaks for it."""

    stretch: Stretch
    first: int
    last: int
    offices: list[Office]
    title: str = ""
    gender: str = ""
    label: bool = False
    lead: int = -1
    after: int = -1
    home: str = ""

    @property
    def strong(self) -> bool:
        """Whether a title, an office or a speaker's label says that it is a person."""
        return bool(self.title or self.label or self.offices)

    @property
    def name(self) -> str:
        """The name as printed."""
        return written(self.stretch, self.first, self.last)

    @property
    def long(self) -> bool:
        """Whether it has two words or more."""
        return len(name_parts(self.name)) > 1


class People:
    """The persons of one report, by the words of their names."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.persons: list[Person] = []
        self._by_part: dict[str, list[int]] = {}
        self._by_skeleton: dict[str, list[int]] = {}

    def add(self, run: Run) -> int:
        """The number of the person that a full name, or a titled one, names; a new one where nobody fits."""
        number = self.find(run)
        parts = name_parts(run.name)
        if number is None:
            number = len(self.persons)
            self.persons.append(Person(_calm(run.name), set(), [], []))
        person = self.persons[number]
        if len(name_parts(person.name)) < len(parts) == len(set(parts)) and run.long:
            person.name = _calm(run.name)
        for part in parts:
            if part not in person.parts:
                person.parts.add(part)
                self._by_part.setdefault(part, []).append(number)
                self._by_skeleton.setdefault(skeleton(part), []).append(number)
        self.learn(number, run)
        return number

    def learn(self, number: int, run: Run) -> None:
        """Take in the offices and the gender that a mention states."""
        person = self.persons[number]
        person.seen = run.stretch.words[run.first].start
        person.gender = person.gender or run.gender
        person.labelled = person.labelled or run.label
        home = run.home or ("" if run.offices else name_signs.owner(run.stretch, run.first))
        countries = [home] if home else [o.country for o in run.offices if o.country]
        person.countries += [c for c in countries if c not in person.countries]
        person.offices += [o for o in run.offices if o.name != COUNTERPART]

    def find(self, run: Run) -> int | None:
        """The number of the person whom a name may mean, None where nobody fits, the last seen of several."""
        parts = name_parts(run.name)
        near = sorted({n for p in parts for n in self._by_skeleton.get(skeleton(p), ())[-_MOST_NAMESAKES:]})
        if run.long:
            fits = [n for n in near if same_person(self.persons[n].name, run.name)]
            fits += [n for n in near if len(self.persons[n].parts) == 1 and self._joins(n, run)]
            fits = fits or [n for n in near if _one_holder(self.persons[n], run)]
        else:
            fits = [n for n in near if parts[0] in self.persons[n].parts] or [
                n for n in near if len(self.persons[n].parts) == 1 and same_person(self.persons[n].name, run.name)
            ]
            fits = self._narrowed(fits, run)
        return max(fits, key=lambda n: (self.persons[n].seen, n), default=None)

    def _joins(self, number: int, run: Run) -> bool:
        """Whether a person known by one word alone may be the one of a full name: no office speaks against it."""
        person = self.persons[number]
        return person.parts <= set(name_parts(run.name)) and not _clash(person, run)

    def _narrowed(self, fits: list[int], run: Run) -> list[int]:
        """Of several namesakes those who end in the word rather than begin with it, and whose office agrees."""
        part = name_parts(run.name)[0]
        by_office = [n for n in fits if _agrees(self.persons[n], run)] if run.offices else []
        fits = by_office or [n for n in fits if not _clash(self.persons[n], run)]
        return [n for n in fits if name_parts(self.persons[n].name)[-1] == part] or fits


def _agrees(person: Person, run: Run) -> bool:
    keys = {o.key for o in person.offices}
    return any(o.key in keys for o in run.offices)


def _one_holder(person: Person, run: Run) -> bool:
    """Whether a full name is another spelling of a person's, and the office or the country beside both is one."""
    countries = {run.home} if run.home else {o.country for o in run.offices if o.country}
    office = _agrees(person, run) or all(o.name == COUNTERPART for o in run.offices)
    return bool(countries & set(person.countries)) and office and same_holder(person.name, run.name)


def _clash(person: Person, run: Run) -> bool:
    """Whether the stated countries of two mentions differ."""
    countries = {run.home} if run.home else {o.country for o in run.offices if o.country}
    return bool(countries and person.countries) and not countries & set(person.countries)


def _calm(name: str) -> str:
    """A name without the capitals of a speaker's label."""
    return name.title() if name.isupper() and len(name) > len("ABC") else name


def runs(stretch: Stretch, blocked: Sequence[bool]) -> Iterator[Run]:
    """The runs of words of a stretch that may be names, with the titles and offices around them.

    Args:
        stretch: the words.
        blocked: for each word whether it belongs to something that is not a person.
    """
    at, words = 0, stretch.words
    fenced = _fenced(stretch, blocked)
    carried: list[Office] = []
    carried_to = -1
    while at < len(words):
        run = _led(stretch, at, blocked) or _plain(stretch, at, fenced)
        if run is None:
            at += 1
            continue
        _follow(run, blocked)
        if run.first == carried_to and run.long and not run.offices:
            run.offices = carried
        run.label = _is_label(run)
        yield run
        at = max(run.last, run.after, at + 1)
        carried = [o for o in run.offices if o.plural]
        carried_to = at + 1 if carried and at < len(words) and words[at].low in ("and", ",") else -1


def _fenced(stretch: Stretch, blocked: Sequence[bool]) -> list[bool]:
    """The blocked words together with those of offices and titles, which end a name that stands before them."""
    fenced, words = list(blocked), stretch.words
    for at, word in enumerate(words):
        if word.capital and not fenced[at]:
            office = office_at(stretch, at)
            title = lexicon.titles().match(words, at)
            end = max(office.end if office else at, title.end if title else at)
            fenced[at:end] = [True] * (end - at)
    return fenced


def _led(stretch: Stretch, at: int, blocked: Sequence[bool]) -> Run | None:
    """A name after titles and offices."""
    offices, title, gender, end = _leads(stretch, at)
    if end == at:
        return None
    words = stretch.words
    comma = end < len(words) and words[end].text == ","
    first = end + 1 if comma else end
    if comma and first < len(words):
        more = _leads(stretch, first)
        offices, title, gender, first = [*offices, *more[0]], title or more[1], gender or more[2], more[3]
    last = _name_end(stretch, first, blocked, led=True)
    if last == first or (comma and not (title or _apposed(stretch, offices, first, last))):
        return None
    lead = next((o.first for o in offices), at)
    plural = any(o.plural for o in offices)
    if plural and (offices[0].article or len(name_parts(written(stretch, first, last))) == 1):
        return None
    return Run(stretch, first, last, offices, title, gender, lead=min(lead, at))


def _apposed(stretch: Stretch, offices: list[Office], first: int, last: int) -> bool:
    """Whether "the Minister of X, Name Name," stands there, and no list of persons."""
    words = stretch.words
    definite = bool(offices) and is_definite(words, offices[0])
    closed = (
        last >= len(words) or words[last].text in ",.;:)—–" or words[last].low in ("and", "in", "on", "at", "during")
    )
    return definite and closed and len(name_parts(written(stretch, first, last))) > 1


def _leads(stretch: Stretch, at: int) -> tuple[list[Office], str, str, int]:
    """The offices and titles that start at a word, and the index after them."""
    offices: list[Office] = []
    title, gender, end, words = "", "", at, stretch.words
    for _ in range(_MOST_LEADS):
        start = end
        linking = _LINKS_ANY if offices and offices[0].name == COUNTERPART else _LINKS
        while start < len(words) and end > at and words[start].low in linking:
            start += 1
        if start >= len(words):
            break
        courtesy = lexicon.titles().match(words, start)
        office = office_at(stretch, start)
        if office and (not courtesy or office.end > courtesy.end):
            if office.rank == "leader" and start > end and any(o.rank == "leader" for o in offices):
                return [], "", "", at  # "the President and Prime Minister Name" are two persons
            offices.append(office)
            end = office.end
        elif courtesy:
            title, gender, end = title or courtesy.entry.value, gender or courtesy.entry.extra, courtesy.end
        else:
            break
    return offices, title, gender, end


def _plain(stretch: Stretch, at: int, blocked: Sequence[bool]) -> Run | None:
    last = max(_name_end(stretch, at, blocked, led=False), _articled(stretch, at, blocked))
    return Run(stretch, at, last, []) if last > at else None


def _articled(stretch: Stretch, at: int, blocked: Sequence[bool]) -> int:
    """Index after one word with its article, which has no capital: "al-Masri"."""
    words, end = stretch.words, at + 3
    if end > len(words) or words[at].low not in PARTICLES or words[at + 1].text not in "-‐‑":
        return at
    more = end < len(words) and words[end].capital
    whole = words[at + 1].glued and words[at + 2].glued and words[at + 2].capital
    return end if whole and not more and not any(blocked[at:end]) else at


def _name_end(stretch: Stretch, first: int, blocked: Sequence[bool], *, led: bool) -> int:
    """Index after the name that starts at a word, `first` where none does."""
    words, at, end = stretch.words, first, first
    while at < len(words) and at - first < 2 * _MOST_WORDS:
        word = words[at]
        if _is_name_word(stretch, at, blocked, led=led and at == first):
            at = _after_initial(words, at)
            end = at
        elif (word.text in "-‐‑'’" and at > first and _closes(words, end, at) and _glued_name(words, at + 1)) or (
            word.low in PARTICLES and _holds_name(stretch, at + 1, blocked) and (at > first or led)
        ):
            at += 1
        else:
            break
    if end > first and words[first].glued and first > 0 and words[first - 1].text in "-‐‑":
        return first
    return end


def _closes(words: Sequence[Word], end: int, at: int) -> bool:
    """Whether a mark is glued to a word of the name, or to a particle: "al-"."""
    return words[at].glued and (end == at or words[at - 1].low in PARTICLES)


def _glued_name(words: Sequence[Word], at: int) -> bool:
    """Whether letters follow a hyphen or apostrophe within a name, and not the s of possession."""
    return (
        at < len(words)
        and words[at].glued
        and words[at].text.isalpha()
        and words[at].low != "s"
        and (words[at].capital or words[at - 1].text not in "'’")
    )


def _after_initial(words: Sequence[Word], at: int) -> int:
    """Index after a word and, where it is an initial, its full stop."""
    follows = words[at + 1] if at + 1 < len(words) else None
    if _INITIAL.match(words[at].text) and follows and follows.text == "." and follows.glued:
        return at + 2
    return at + 1


def _holds_name(stretch: Stretch, at: int, blocked: Sequence[bool]) -> bool:
    words, until = stretch.words, at + _MOST_PARTICLES
    while at < min(until, len(words)) and (words[at].text in "-’'" or words[at].low in PARTICLES):
        at += 1
    return at < len(stretch.words) and _is_name_word(stretch, at, blocked, led=False)


def _is_name_word(stretch: Stretch, at: int, blocked: Sequence[bool], *, led: bool) -> bool:
    word = stretch.words[at]
    if blocked[at] or not word.text.isalpha():
        return False
    joined = word.glued and at > 0 and stretch.words[at - 1].text in "-‐‑'’"
    if not word.capital:
        return joined and stretch.words[at - 1].text != "'"
    if before_syllables(stretch, at):
        return True
    if word.low in _NEVER or (word.low in _CALENDAR and not led):
        return False
    token = stretch.tokens[at]
    named = token.pos_ not in _FUNCTION or token.ent_type_ == "PERSON"
    return led or joined or named or _odd_capital(stretch, at)


def _odd_capital(stretch: Stretch, at: int) -> bool:
    """Whether a verb such as "do" has a capital within a sentence, as no verb has: "Lee and Do left"."""
    before = stretch.words[at - 1] if at else None
    lone = before is not None and before.text.isalpha() and not before.capital
    return lone and stretch.tokens[at].pos_ == "AUX" and stretch.sentence[at - 1] == stretch.sentence[at]


def _follow(run: Run, blocked: Sequence[bool]) -> None:
    """Take in the offices that follow a full name: "Ana Silva, the Portuguese Foreign Minister and …"."""
    words, stretch = run.stretch.words, run.stretch
    if run.offices and run.last + 1 < len(words) and words[run.last].low == "of":
        at = run.last + 1 + (words[run.last + 1].low == "the")
        home = lexicon.geography().match(words, at) if at < len(words) else None
        if home and home.entry.sort == "country":
            run.home, run.after = home.entry.value, home.end
            return
    if not run.long or run.last + 1 >= len(words) or words[run.last].text not in ",(":
        return
    at = run.last + 1
    offices: list[Office] = []
    while at < len(words) and len(offices) < _MOST_LEADS:
        office = office_at(stretch, at)
        if office is None or office.plural or office.name == COUNTERPART or not _determined(stretch, office):
            break
        if _name_end(stretch, office.end, blocked, led=True) > office.end:
            break
        offices.append(office)
        at = office.end
        if at + 1 < len(words) and words[at].low in ("and", "&", "/"):
            at += 1
        else:
            break
    if offices:
        run.offices = [*run.offices, *offices]
        run.after = offices[-1].end


def _determined(stretch: Stretch, office: Office) -> bool:
    """Whether an office behind a name is that person's: "the envoy", "Envoy", and "Chile's envoy" in apposition."""
    apposed = bool(office.countries) and stretch.tokens[office.end - 1].dep_ == "appos"
    return bool(office.article) or office.capital or apposed


def _is_label(run: Run) -> bool:
    """Whether a speaker's label ends here: at the beginning of a paragraph, before a colon."""
    words = run.stretch.words
    begins = run.first == 0 or run.lead == 0
    return begins and run.last < len(words) and words[run.last].text == ":" and (run.long or run.lead == 0)


def read(stretches: Sequence[Stretch], free: Sequence[Sequence[bool]]) -> tuple[People, list[Draft]]:
    """The persons of a report and their mentions by name, given the words that are free."""
    found = [run for s, f in zip(stretches, free, strict=True) for run in runs(s, [not x for x in f])]
    elected = _elected(found)
    people = People()
    full = [r.long and (r.strong or plain(r.name) in elected) for r in found]
    chosen = [(run, people.add(run)) for run, is_full in zip(found, full, strict=True) if is_full]
    rest = [run for run, is_full in zip(found, full, strict=True) if not is_full]
    for run in rest:
        number = _bare(run, people)
        if number is not None:
            chosen.append((run, number))
    return people, [_mention(run, number, people) for run, number in chosen]


def of_towns(found: list[Draft], people: People) -> list[Draft]:
    """Take out of what was found the persons with a town's name: "Bari said" of Rafiq Bari, but not "in Bari"."""
    persons: list[Draft] = []
    for place in list(found):
        part = plain(place.name)
        named = [p for p in people.persons if len(name_parts(p.name)) > 1 and name_parts(p.name)[-1] == part]
        at_all = place.kind is ActorKind.PLACE and place.last - place.first == 1 and len(named) == 1
        if at_all and not located(place.stretch.tokens[place.first]):
            found.remove(place)
            number = people.persons.index(named[0])
            persons.append(_mention(Run(place.stretch, place.first, place.last, []), number, people))
    return persons


def _elected(found: Sequence[Run]) -> frozenset[str]:
    """Names of two words or more that are a person's by most votes: titles and offices outweigh the parser."""
    votes: dict[str, int] = {}
    alone = {plain(run.name) for run in found if not run.long and _vote(run) > 0}
    backed: set[str] = set()
    for run in found:
        if run.long:
            name = plain(run.name)
            votes[name] = votes.get(name, 0) + _vote(run)
            if name_parts(run.name)[-1] in alone:
                backed.add(name)
    return frozenset(name for name, sum_ in votes.items() if sum_ > 0 or (sum_ == 0 and name in backed))


def _vote(run: Run) -> int:
    if run.strong:
        return 10
    tokens = run.stretch.tokens[run.first : run.last]
    persons = sum(t.ent_type_ == "PERSON" for t in tokens)
    others = sum(t.ent_type_ in _OTHERS for t in tokens)
    words, last = run.stretch.words, run.last
    speaks = any(_speaks(t) for t in tokens) or [w.low for w in words[last : last + 2]] == [",", "who"]
    others_say = (2 * persons > len(tokens)) - (2 * others > len(tokens))
    return (
        others_say
        + speaks
        + korean(run.name)
        + name_signs.speak(run.stretch, run.first, run.last)
        - 2 * located(tokens[-1])
    )


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.casefold() in _SPEAKS and token.ent_type_ in ("PERSON", "")


def _bare(run: Run, people: People) -> int | None:
    """The person of a surname or given name alone; a titled one that nobody bears yet is a new person."""
    words = run.stretch.words
    if run.last < len(words) and words[run.last].low in _GROUP_AFTER and words[run.last].capital:
        return None
    number = people.find(run)
    if number is not None and set(name_parts(run.name)) <= people.persons[number].parts:
        people.learn(number, run)
        return number
    if (run.strong and not run.label) or (run.strong and run.lead >= 0):
        return people.add(run)
    return None


def _mention(run: Run, number: int, people: People) -> Draft:
    person = people.persons[number]
    found = draft(run.stretch, run.first, run.last, ActorKind.PERSON, person.name)
    found.entity, found.gender = f"person:{number}", person.gender
    if run.offices and all(o.name == COUNTERPART for o in run.offices):
        found.office = COUNTERPART
    found.reach = (run.lead if run.lead >= 0 else run.first, max(run.last, run.after))
    found.notes = list(_notes(run))
    return found


def _notes(run: Run) -> Iterator[Note]:
    """The claims of a mention: title, offices and countries as stated there."""
    if run.title:
        yield note(run.stretch, run.first, run.last, "title", run.title, "title-before-name")
    country = next((o.country for o in run.offices if o.country), "") if not run.home else ""
    if run.home:
        yield note(run.stretch, run.last, run.after, "country", run.home, "of-country")
    for office in run.offices:
        words = (run.stretch, office.core, office.end)
        rule = "counterpart" if office.name == COUNTERPART else "office-beside-name"
        if office.name != COUNTERPART:
            yield note(*words, "office", office.name, rule)
        if office.country or (country and not office.body):
            yield note(*words, "country", office.country or country, rule)
