"""Countries, and places: cities, buildings, regions. A capital may stand for its government."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span as Run

from communique.annotate import lexicon
from communique.annotate.bodies import HEADS
from communique.annotate.drafts import Draft, draft, note, written
from communique.annotate.offices import office_at
from communique.annotate.words import Stretch, Word, located, possessive
from communique.model.words import ActorKind
from communique.text.ordinals import roman
from communique.text.slugs import slug

_HEADS = lexicon.word_set("places-heads")
#: What a government has and a town has not, after the name of a capital with an apostrophe.
_POLICY = lexicon.word_set("places-policy")
_WILLS = lexicon.word_set("places-wills")
_READY = frozenset(("ready", "willing", "prepared", "determined", "committed"))
_SORTS = lexicon.word_set("places-sorts")
_MOST_WORDS, _FEW = 8, 2
_CALENDAR = lexicon.word_set("names-calendar")
#: A courtesy title has so many words and marks at most.
_TITLE_WORDS = 4
#: What capitalised words end in that are no body and no place.
_NO_NAME = lexicon.word_set("places-no-name")
#: Small words inside the name of a place.
_INSIDE = frozenset(("of", "the", "de", "la", "el", "al", "es", "am", "du", "des", "and"))
_ONLY_ONE = frozenset(("congress", "senate", "duma", "parliament"))


def read(stretch: Stretch, free: list[bool]) -> Iterator[Draft]:
    """The countries and places of a stretch; their words are taken."""
    at, words = 0, stretch.words
    while at < len(words):
        place = _place_at(stretch, at, free) if free[at] else None
        if place is None:
            at = max(at + 1, _name_ahead(stretch, at, free))
            continue
        for index in range(place.first, place.last):
            free[index] = False
        yield place
        at = place.last


def _place_at(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    named = _headed(stretch, at, free) or _sorted(stretch, at, free)
    hit = lexicon.geography().match(stretch.words, at)
    if named and (hit is None or hit.entry.sort != "place" or hit.end < named.last):
        return named
    if (
        hit is None
        or hit.entry.sort == "demonym"
        or not stretch.words[at].capital
        or _begins_name(stretch, at, hit.end)
        or _name_ahead(stretch, at, free) >= hit.end
        or _appositive(stretch, at, hit.end)
    ):
        return None
    entry = hit.entry
    if entry.sort == "country":
        return _country(stretch, at, hit.end, entry.value, "country-name")
    if entry.sort == "capital" and _as_government(stretch, hit.end):
        return _country(stretch, at, hit.end, entry.extra, "capital-for-government")
    return _place(stretch, at, hit.end, entry.value, entry.extra)


def _begins_name(stretch: Stretch, at: int, end: int) -> bool:
    """Whether a place's word begins a person's name: behind a title or an office, or in a name that the parser sees."""
    words = stretch.words
    if end != at + 1 or end >= len(words) or not words[end].text.istitle() or words[end].glued:
        return False
    person = stretch.tokens[at].ent_type_ == stretch.tokens[end].ent_type_ == "PERSON"
    led = at > 0 and words[at - 1].capital and lexicon.offices().match(words, at - 1) is not None
    known = lexicon.geography().match(words, end) or lexicon.offices().match(words, end)
    return (person or led) and known is None


def _name_ahead(stretch: Stretch, at: int, free: Sequence[bool]) -> int:
    """Index after the person's name that stands behind a title or an office, 0 where none begins at a word.

    A known place's word may begin it ("Mr Lima", "Minister Lima Cork"), and may go on with it where the parser sees
    no place there.
    """
    words, tokens = stretch.words, stretch.tokens
    titled = free[at] and _titled(words, at, free)
    if not free[at] or not words[at].text.istitle() or not (titled or _officed(words, at, free)):
        return 0
    known = lexicon.geography().match(words, at)
    if known and known.entry.sort == "demonym":
        return 0
    end = at + 1
    while end < len(words) and _goes_on(stretch, end) and free[end]:
        sure = tokens[end].ent_type_ == "PERSON"
        if not sure and (known is None or (tokens[end].ent_type_ == "GPE" and not (titled and end == at + 1))):
            break
        end += 1
    alone = tokens[at].ent_type_ == "PERSON" and all(w.low != "the" for w in words[max(0, at - _TITLE_WORDS) : at])
    return end if titled or end > at + 1 or alone else 0


def _goes_on(stretch: Stretch, at: int) -> bool:
    """Whether a word may be a further word of a name: no mark, no office, no day or month."""
    word = stretch.words[at]
    plain = word.text.istitle() and not word.glued and word.low not in _CALENDAR
    return plain and word.low not in HEADS and lexicon.offices().match(stretch.words, at) is None


def _titled(words: Sequence[Word], at: int, free: Sequence[bool]) -> bool:
    """Whether a courtesy title ends before a word, and is no part of another name."""
    starts = [n for n in range(max(0, at - _TITLE_WORDS), at) if free[n] and words[n].capital]
    hits = (lexicon.titles().match(words, n) for n in starts)
    return any(hit is not None and hit.end == at for hit in hits)


def _officed(words: Sequence[Word], at: int, free: Sequence[bool]) -> bool:
    """Whether the office of one person ends before a word."""
    if not at or not free[at - 1] or not words[at - 1].capital:
        return False
    hit = lexicon.offices().match(words, at - 1)
    return hit is not None and hit.end == at and hit.entry.sort == "office"


def _appositive(stretch: Stretch, at: int, end: int) -> bool:
    """Whether a place's word and an unknown one are a name, as an office in apposition says: "Lima Cork, an envoy,"."""
    words = stretch.words
    comma = end + 1
    if end != at + 1 or comma + 1 >= len(words) or words[comma].text != "," or not _goes_on(stretch, end):
        return False
    office = office_at(stretch, comma + 1)
    known = lexicon.geography().match(words, end) is not None or words[end].low in _HEADS
    if office is None or known:
        return False
    heads = {stretch.tokens[at].i, stretch.tokens[end].i}
    return any(t.dep_ == "appos" and t.head.i in heads for t in stretch.tokens[comma + 1 : office.end])


def _country(stretch: Stretch, at: int, end: int, name: str, rule: str) -> Draft:
    found = draft(stretch, at, end, ActorKind.COUNTRY, name)
    found.key, found.country = "country:" + name, name
    found.notes = [note(stretch, at, end, "country", name, rule)]
    return found


def _place(stretch: Stretch, at: int, end: int, name: str, country: str) -> Draft:
    found = draft(stretch, at, end, ActorKind.PLACE, name)
    found.key, found.country = "place:" + slug(found.name).removeprefix("the-"), country
    if country:
        found.notes = [note(stretch, at, end, "country", country, "gazetteer")]
    return found


def in_line(stretch: Stretch, at: int, end: int, *, sure: bool) -> Draft | None:
    """The place that a part of a dateline names, from a word up to another: a known one, or, where sure, any."""
    words = stretch.words
    first = at + 1 if words[at].low == "the" and at + 1 < end else at
    hit = lexicon.geography().match(words, first)
    if hit is not None and hit.entry.sort != "demonym" and (hit.end >= end or words[hit.end].text.isupper()):
        if hit.entry.sort == "country":
            return _country(stretch, first, hit.end, hit.entry.value, "dateline")
        return _place(stretch, first, hit.end, hit.entry.value, hit.entry.extra)
    named = all(w.capital or w.low in _INSIDE or not w.text.isalnum() for w in words[first:end])
    if not sure or not named or end - first > _MOST_WORDS:
        return None
    text = written(stretch, first, end)
    return _place(stretch, first, end, text.title() if text.isupper() else text, "")


def _as_government(stretch: Stretch, end: int) -> bool:
    """Whether a capital acts: "Lima's commitment", "Lima rejected"."""
    words = stretch.words
    if possessive(words, end):
        index = end + 2
        while index < len(words) and stretch.tokens[index].pos_ == "ADJ":
            index += 1
        return index < len(words) and words[index].low in _POLICY
    token = stretch.tokens[end - 1]
    ready = token.head.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in _READY for c in token.head.children)
    return token.dep_ == "nsubj" and (token.head.lemma_ in _WILLS or ready)


def _headed(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    """Capitalised words with a head that makes them a place: "Rose Hall", "Tomb of the Unknown Soldier"."""
    words = stretch.words
    if not words[at].capital or stretch.tokens[at].pos_ in ("ADP", "PRON", "CCONJ", "VERB", "AUX"):
        return None
    first = at + 1 if words[at].low in ("the", "a") else at
    head = None
    for index in range(first, min(len(words), first + _MOST_WORDS)):
        if not free[index] or not (words[index].capital or words[index].text in "-’'"):
            break
        if words[index].low in _HEADS:
            head = index
    if head is None:
        return None
    end = _tail(words, head + 1)
    if end == first + 1 or (end == head + 1 and not _proper(words, first, head)):
        return None
    return _place(stretch, first, end, "", "")


def _sorted(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    """A name that its sort makes a place: "the coastal city of Vaasa", "the port of Laem Chabang"."""
    words = stretch.words
    if at < _FEW or words[at - 1].low != "of" or words[at - _FEW].low not in _SORTS:
        return None
    if lexicon.geography().match(words, at) is not None:
        return None
    end = at
    while end < len(words) and end - at < _MOST_WORDS and free[end] and words[end].capital and not words[end].glued:
        end += 1
    return _place(stretch, at, end, "", "") if end > at else None


def _proper(words: Sequence[Word], first: int, head: int) -> bool:
    return head > first and all(w.capital or not w.text.isalnum() for w in words[first:head])


def _tail(words: Sequence[Word], at: int) -> int:
    """Index after "of the Unknown Soldier"."""
    if at + 1 >= len(words) or words[at].low != "of":
        return at
    index = at + 2 if words[at + 1].low == "the" else at + 1
    end = at
    while index < len(words) and words[index].capital:
        index += 1
        end = index
    return end


_VENTURES = lexicon.word_set("places-ventures")
_KINDS = {"GPE": ActorKind.PLACE, "LOC": ActorKind.PLACE, "FAC": ActorKind.PLACE, "ORG": ActorKind.BODY}


def elected(stretches: Sequence[Stretch]) -> dict[str, ActorKind]:
    """For each name that the parser calls a place or an organisation, what it most likely is in this report.

    The parser has one vote for each mention. Its weak side are names that it has never seen, so the words around a
    name have two: "in X" is a place, and "X signed" or "with X" is none.
    """
    votes: dict[str, Counter[ActorKind]] = {}
    for stretch in stretches:
        for run in stretch.piece.doc.ents:
            if run.label_ in _KINDS:
                own = votes.setdefault(run.text.removeprefix("the "), Counter())
                own[_KINDS[run.label_]] += 1
                if (around := _around(run)) is not None:
                    own[around] += 2
    return {text: max(sorted(kinds), key=lambda k: kinds[k]) for text, kinds in votes.items()}


def _around(run: Run) -> ActorKind | None:
    """What the words around a name make of it."""
    before = run.doc[run.start - 1].lower_ if run.start else ""
    if located(run.root) or (before == "at" and not run.text.isupper()):
        return ActorKind.PLACE
    if len(run) == 1 and run.root.dep_ == "dobj" and run.root.head.lemma_ in ("visit", "tour"):
        return ActorKind.PLACE
    acts = run.root.dep_ == "nsubj" and run.root.head.pos_ == "VERB"
    return ActorKind.BODY if acts or before in ("by", "with") else None


def by_parser(stretch: Stretch, free: list[bool], votes: Mapping[str, ActorKind]) -> Iterator[Draft]:
    """Places and organisations that only the parser sees, where nothing else claims their words."""
    index = 0
    while index < len(stretch.words):
        token = stretch.tokens[index]
        last = index + 1
        while last < len(stretch.words) and stretch.tokens[last].ent_iob_ == "I" and token.ent_type_:
            last += 1
        kind = _KINDS.get(token.ent_type_)
        if token.ent_type_ == "PERSON" and located(stretch.tokens[last - 1]):
            kind = ActorKind.PLACE  # nobody has claimed the words as a person's name
        if kind and token.ent_iob_ == "B" and stretch.words[index].low not in ("the", "a"):
            found = _trusted(stretch, index, last, free, kind, votes)
            if found:
                yield found
        elif kind and token.ent_iob_ == "B" and last > index + 1:
            found = _trusted(stretch, index + 1, last, free, kind, votes)
            if found:
                yield found
        index = last


def _is_common(stretch: Stretch, first: int, last: int) -> bool:
    """Whether the words are a head, a portfolio or a demonym alone, or the beginning of an office."""
    words = stretch.words
    hit = lexicon.geography().match(words, first)
    demonym = hit is not None and hit.entry.sort == "demonym" and hit.end == last
    titled = last < len(words) and words[last].capital and lexicon.offices().match(words, last) is not None
    alone = last == first + 1 and (
        words[first].low in lexicon.portfolio_words() or words[first].low in HEADS - _ONLY_ONE
    )
    return demonym or alone or titled


def _venture(words: Sequence[Word]) -> ActorKind | None:
    """Programmes by their last word: "North Stream"."""
    return ActorKind.PROGRAMME if len(words) > 1 and words[-1].low in _VENTURES else None


def _trusted(
    stretch: Stretch, first: int, last: int, free: list[bool], kind: ActorKind, votes: Mapping[str, ActorKind]
) -> Draft | None:
    """A parser's find of capitalised proper nouns only, at most four words."""
    while last > first and (not stretch.words[last - 1].text.isalnum() or stretch.words[last - 1].low == "s"):
        last -= 1
    words = stretch.words[first:last]
    if not words or len(words) > _MOST_WORDS // 2 or not all(free[first:last]):
        return None
    proper = all(
        w.capital and stretch.tokens[first + n].pos_ == "PROPN" for n, w in enumerate(words) if w.text.isalnum()
    )
    if not proper or len(words[0].text) == 1 or any(w.text.isdigit() or roman(f"{w.text} ") for w in words):
        return None
    if words[-1].low in _NO_NAME or _is_common(stretch, first, last):
        return None
    found = draft(stretch, first, last, kind)
    found.kind = kind = _venture(words) or votes.get(found.name, kind)
    found.key = f"{kind.value}:{slug(found.name)}"
    for index in range(first, last):
        free[index] = False
    return found
