"""Speech told in the report's own words: that-clauses, and the objects of verbs that are themselves acts of speech."""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from spacy.tokens import Token

from communique.annotate import quotation_nominal
from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_cues import ATTITUDE, cues, is_cue, modality, source, who
from communique.annotate.quotation_direct import Quotes
from communique.annotate.quotation_found import Cue, Found, Kind, words
from communique.annotate.quotation_thanks import greets, thanked
from communique.annotate.speakers import agent, at_head, named_at, speaker, under, vague
from communique.model.mentions import EntityMention

_VERBAL = frozenset({"VERB", "AUX"})
_ABOUT = frozenset({"of", "on", "for", "about", "against", "to", "over", "with", "that"})
_EDGE = frozenset({",", ";", ":", "–", "—", "-", ".", '"', "“", "”", "'", "‘", "’", "and", "but", "while"})
_PEOPLE = frozenset({"i", "we", "he", "she", "they", "you", "who", "it", "both", "others", "some", "many", "one"})
_MARKS = "\"“”„«»‘’'`"
_PARTICULAR = frozenset({"particularly", "especially", "notably", "mainly", "specifically"})
#: Verbs of consent: with a bare noun they tell of a deal, and of nothing that was said ("agreed on a price").
_CONSENT = frozenset({"agree", "concur", "commit", "admit"})
_LEAST = 2
_SMALL = 3
_VERBATIM = 8
_PARTIAL = 3
_FAR = 60
_SOON = 9
_STOPS = frozenset({".", ";", "?", "!"})
_NAMING = frozenset({"PROPN", "NOUN", "PRON"})


class _Content(msgspec.Struct, frozen=True):
    """What a verb reports: first and last token, the one told, and the rule that found it."""

    first: Token
    last: Token
    rule: str
    told: Token | None = None
    stance: str | None = None


def read(parse: Parse, entities: Entities, quotes: Quotes) -> Iterator[Found]:
    """Every indirect quotation of a report, in the order of its reporting verbs."""
    speech = _Ranges([(f.start, f.end) for f in quotes.speech])
    inner = _Ranges([(q.start, q.end) for q in quotes.embedded])
    for piece in parse.pieces:
        yield from _Reader(piece, entities, parse.report.text, speech, inner).read(quotes.verbs)


class _Ranges:
    """Ranges for look-up by place."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self.ranges = sorted(ranges)
        self.starts = [a for a, _ in self.ranges]
        self.ends = list(itertools.accumulate((b for _, b in self.ranges), max))

    def longest_over(self, start: int, end: int) -> bool:
        """Whether some range holds a stretch wholly; ranges may overlap."""
        number = bisect.bisect_right(self.starts, start) - 1
        return number >= 0 and self.ends[number] >= end

    def end_before(self, offset: int) -> int:
        """Where the last range that begins before a place ends, 0 where there is none."""
        number = bisect.bisect_left(self.starts, offset) - 1
        return min(self.ends[number], offset) if number >= 0 else 0

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The ranges that share characters with a stretch."""
        first = max(0, bisect.bisect_right(self.starts, start) - 1)
        return [r for r in self.ranges[first : bisect.bisect_left(self.starts, end)] if r[1] > start]


class _Reader:
    """The indirect speech of one paragraph."""

    def __init__(self, piece: Piece, entities: Entities, text: str, speech: _Ranges, inner: _Ranges) -> None:
        self.piece = piece
        self.entities = entities
        self.speech = speech
        self.inner = inner
        self.text = text

    def read(self, used: frozenset[int]) -> Iterator[Found]:
        reported: list[Found] = []
        for token in self.piece.doc:
            start = self.piece.start + token.idx
            if start in used or self._quoted(token):
                continue
            named = source(token)
            found = self._verb(token) if named is None else self._according(token, named)
            if found is not None:
                reported.append(found)
        reported += self._nouns(reported)
        yield from reported
        yield from self._partial(_Ranges([(f.start, f.end) for f in reported]))

    def _nouns(self, reported: Sequence[Found]) -> list[Found]:
        """What nouns of speech hold, where no verb reports it and nothing in it is quoted."""
        told = _Ranges([(f.start, f.end) for f in reported])
        found = quotation_nominal.read(self.piece, self.entities)
        return [f for f in found if not (told.within(f.start, f.end) or self.speech.within(f.start, f.end))]

    def _partial(self, reported: "_Ranges") -> Iterator[Found]:
        """Words quoted inside a sentence that no clause above holds: said by the nearest reporting verb's subject."""
        for start, end in self.inner.within(self.piece.start, self.piece.end):
            if reported.longest_over(start, end) or words(self.text, start, end) < _PARTIAL or self._title(start, end):
                continue
            found = self._completed(start, end) or self._inside_sentence(start, end)
            if found is not None:
                yield found

    def _completed(self, start: int, end: int) -> Found | None:
        """A sentence whose last words are quoted and whose speaker comes after: The plan "will not work," Kos said."""
        doc, marks = self.piece.doc, self.text[end - 3 : end]
        at = self._index(end)
        near = [t for t in doc[at : at + _SOON] if not t.is_space]
        if not any(m in ",?!" for m in marks) or not near or near[0].is_punct:
            return None
        verb = next((t for t in near if t.lemma_ in cues().clause and t.tag_ in {"VBD", "VBZ"}), None)
        stop = next((t.i for t in near if t.text in _STOPS), len(doc))
        if verb is None or verb.i >= stop or any(t.pos_ in {"VERB", "CCONJ", "SCONJ"} for t in doc[near[0].i : verb.i]):
            return None
        ahead = [t for t in doc[near[0].i : verb.i] if t.pos_ in _NAMING]
        last = near[-1].i + 1 if not ahead else verb.i
        head = ahead[-1] if ahead else self._behind(verb, stop)
        if ahead and not (last + 1 >= len(doc) or doc[last + 1].is_punct):
            return None
        first = doc[self._index(start)].sent[0]
        begin = max(self.piece.bounds(first)[0], self.speech.end_before(start))
        content = (
            begin + len(self.text[begin:start]) - len(self.text[begin:start].lstrip()),
            self._bare(start, end)[1],
        )
        if head is None or self.speech.within(*content) or self.text[begin:start].count('"') > 1:
            return None
        return self._found_partial(verb, head, content, Kind.MIXED, "completed")

    def _behind(self, verb: Token, stop: int) -> Token | None:
        run = [t for t in verb.doc[verb.i + 1 : stop] if t.pos_ in _NAMING]
        return next((t for t in run if t.nbor().pos_ not in _NAMING), None) if run and run[-1].i + 1 < stop else None

    def _inside_sentence(self, start: int, end: int) -> Found | None:
        verb = self._nearest(start)
        head = who(verb) if verb is not None else None
        if verb is None or head is None or not self._may_speak(head, None):
            return None
        content = self._bare(start, end)
        kind = Kind.DIRECT if words(self.text, start, end) >= _VERBATIM else Kind.MIXED
        found = self._found_partial(verb, head, content, kind, "partial")
        if found.speaker is None or not (_stance(verb) == ATTITUDE or (verb.tag_ == "VB" and _to(verb))):
            return found
        return msgspec.structs.replace(found, speaker=found.speaker.unsure())

    def _found_partial(self, verb: Token, head: Token, content: tuple[int, int], kind: Kind, rule: str) -> Found:
        outer = self.inner.within(*content)
        return Found(
            start=min([content[0], *(a for a, _ in outer)]),
            end=max([content[1], *(b for _, b in outer)]),
            content=(content,),
            kind=kind,
            speaker=None if vague(head) else speaker(self.piece, head, self.entities),
            cue=Cue(*self.piece.bounds(verb), verb.lemma_, _stance(verb), modality(verb)),
            clause=self.piece.bounds(verb.sent),
            rule=rule,
        )

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """Quoted words without their marks; never empty."""
        part = self.text[start:end]
        left = len(part) - len(part.lstrip(_MARKS))
        return start + left, max(start + left + 1, end - (len(part) - len(part.rstrip(_MARKS))))

    def _index(self, offset: int) -> int:
        """Number of the first token that begins at an offset of the report or after it."""
        return bisect.bisect_left(self.piece.doc, offset - self.piece.start, key=lambda t: t.idx)

    def _title(self, start: int, end: int) -> bool:
        """Whether quoted words are the name of a thing: a programme, a monument, a book."""
        parts = [w for w in re.findall(r"[^\W\d_][\w'’-]*", self.text[start:end]) if len(w) > _SMALL]
        return bool(parts) and all(w[0].isupper() for w in parts)

    def _nearest(self, start: int) -> Token | None:
        """The nearest verb before a place, in its sentence, that can report."""
        doc = self.piece.doc
        at = self._index(start)
        if at == 0:
            return None
        floor = max(doc[at - 1].sent.start, at - _FAR)
        return next((t for t in reversed(doc[floor:at]) if _mentions(t) and not self._quoted(t)), None)

    def _quoted(self, token: Token) -> bool:
        start, end = self.piece.bounds(token)
        return bool(self.speech.within(start, end) or self.inner.within(start, end))

    def _verb(self, verb: Token) -> Found | None:
        if verb.lemma_ == "cite" and verb.tag_ == "VBG":
            return None
        if verb.tag_[:1] != "V" or verb.dep_ == "amod" or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}):
            return None
        content = _content(verb)
        if content is None or greets(self.piece, verb, content.rule, self.entities):
            return None
        head = who(verb) if content.rule != "passive" else agent(verb)
        if head is None or not self._may_speak(head, content):
            return None
        stance = content.stance or cues().stance_of(verb.lemma_)
        return self._found(verb, head, content, stance)

    def _may_speak(self, head: Token, content: _Content | None) -> bool:
        if (content is not None and content.rule == "clause") or head.lower_ in _PEOPLE:
            return True
        return head.pos_ == "PROPN" or named_at(self.piece, head, self.entities) is not None

    def _according(self, token: Token, named: Token) -> Found | None:
        clause = token.head
        if clause.pos_ not in _VERBAL:
            return None
        own = {t.i for t in under(token)}
        rest = [t for t in under(clause) if t.i not in own]
        ahead = [t for t in rest if t.i < token.i]
        chosen = ahead if token.i > clause.i else [t for t in rest if t.i > token.i]
        bounds = _trimmed(chosen)
        if bounds is None:
            return None
        return self._found(token, named, _Content(*bounds, "according"), "say")

    def _found(self, verb: Token, head: Token, content: _Content, stance: str) -> Found | None:
        start, end = self.piece.bounds(content.first)[0], self.piece.bounds(content.last)[1]
        for a, b in self.inner.within(start, end):
            start, end = min(start, a), max(end, b)
        if self.speech.within(start, end) or words(self.text, start, end) < _LEAST:
            return None
        cue = Cue(*self.piece.bounds(verb), verb.lemma_, stance, modality(verb))
        return Found(
            start=start,
            end=end,
            content=self._pieces(verb, head, content, start, end),
            kind=Kind.MIXED if self.inner.within(start, end) else Kind.INDIRECT,
            speaker=speaker(self.piece, head, self.entities),
            cue=cue,
            clause=self.piece.bounds(verb.sent),
            addressee=self._told(content.told or thanked(content.first.doc[content.first.i : content.last.i + 1])),
            rule=content.rule,
        )

    def _pieces(self, verb: Token, head: Token, content: _Content, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The words said, in two pieces where the reporting words stand amid them: "The road, he said, is open"."""
        if not content.first.i < verb.i < content.last.i:
            return ((start, end),)
        low, high = min(verb.i, head.left_edge.i), max(verb.i, head.right_edge.i)
        doc = self.piece.doc
        ahead, behind = _trimmed(doc[content.first.i : low]), _trimmed(doc[high + 1 : content.last.i + 1])
        if ahead is None or behind is None:
            return ((start, end),)
        return (start, self.piece.bounds(ahead[1])[1]), (self.piece.bounds(behind[0])[0], end)

    def _told(self, token: Token | None) -> EntityMention | None:
        return at_head(self.piece, token, self.entities) if token is not None else None


def _stance(verb: Token) -> str:
    lemma, table = verb.lemma_, cues()
    said = lemma in table.stance
    return table.stance_of(lemma) if said else ATTITUDE


def _mentions(token: Token) -> bool:
    """Whether a verb can stand over words quoted inside its sentence."""
    if token.tag_[:1] != "V" or token.dep_ == "amod":
        return False
    lemma, table = token.lemma_, cues()
    return lemma in table.stance or any(lemma in lemmas for lemmas in table.attitude.values())


def _content(verb: Token) -> _Content | None:
    """What a verb reports, by the constructions that the table gives it."""
    lemma, table = verb.lemma_, cues()
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return _passive(verb) if lemma in table.object or lemma in table.addressee else None
    for read_one in (_clause, _infinitive, _description, _addressee, _object, _preposition, _attitude):
        found = read_one(verb)
        if found is not None:
            return found
    return None


def _clause(verb: Token) -> _Content | None:
    lemma, table = verb.lemma_, cues()
    told = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    puts = lemma == "put" and told is not None and told.lower_ == "it"  # "as she put it"
    if lemma not in table.clause and not (lemma in table.addressee and told is not None) and not puts:
        return None
    for child in sorted(verb.children, key=lambda c: c.i < verb.i):
        if child.dep_ == "ccomp" and not (child.i < verb.i and _bare_participle(child)):
            return _cut(verb, child, "clause", told, more=_present(verb) if child.i > verb.i else None)
    if lemma in table.clause and verb.dep_ == "parataxis" and verb.head.pos_ in _VERBAL:
        return _parenthesis(verb, verb)
    mark = next((c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.lower_ == "as" and c.i < verb.i), None)
    if mark is not None and verb.dep_ == "advcl" and verb.head.pos_ in _VERBAL and (lemma in table.clause or puts):
        return _parenthesis(verb, verb)
    return None


def _bare_participle(verb: Token) -> bool:
    """A participle that makes no clause of its own: "smiling, he said"; not "they are leaving, he said"."""
    return verb.tag_ == "VBG" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)


def _present(verb: Token) -> Token | None:
    """A verb in the present that the parse joins to a reporting verb in the past: it belongs to what is reported."""
    if verb.tag_ != "VBD":
        return None
    for child in verb.children:
        present = child.tag_ in {"VBZ", "VBP"} or any(
            c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP"} for c in child.children
        )
        if child.dep_ == "conj" and present and not any(c.dep_ == "nsubj" for c in child.children):
            return child
    return None


def _parenthesis(verb: Token, top: Token) -> _Content | None:
    """The clause round a parenthesis: "The bridge, he said, will be built"."""
    own = {t.i for t in under(top)}
    bounds = _trimmed([t for t in under(verb.head) if t.i not in own])
    return _Content(*bounds, "clause") if bounds else None


def _infinitive(verb: Token) -> _Content | None:
    lemma, table = verb.lemma_, cues()
    if lemma not in table.infinitive and lemma not in table.addressee:
        return None
    told = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and child.i > verb.i and _to(child):
            own = next((c for c in child.children if c.dep_ == "nsubj"), None)
            return _cut(verb, child, "infinitive", told or own, after=told or own)
    return None


def _to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _description(verb: Token) -> _Content | None:
    """Object and predicate: "X described the visit as historic"."""
    if verb.lemma_ not in cues().description:
        return None
    what = next((c for c in verb.children if c.dep_ in {"dobj", "ccomp"} and c.i > verb.i), None)
    how = next(
        (c for c in verb.children if c.i > verb.i and (c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ == "as"))),
        None,
    )
    if how is None and what is not None and any(t.lower_ == "as" for t in under(what)):
        how = what
    if how is None or (what is None and verb.lemma_ != "refer"):
        return None
    bounds = _trimmed([*(under(what) if what else ()), *under(how)])
    return _Content(*bounds, "description") if bounds else None


def _addressee(verb: Token) -> _Content | None:
    if verb.lemma_ not in cues().addressee:
        return None
    told = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    if told is None or (verb.lemma_ in cues().object and told.pos_ not in {"PROPN", "PRON"}):
        return None
    about = [c for c in (*verb.children, *told.children) if c.dep_ == "prep" and c.i > told.i and c.lower_ in _ABOUT]
    bounds = _trimmed([t for c in about for t in _without_asides(c)])
    return _Content(*bounds, "addressee", told) if bounds else None


def _object(verb: Token) -> _Content | None:
    if verb.lemma_ not in cues().object:
        return None
    child = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    return _cut(verb, child, "object", _recipient(verb), more=_detail(verb, child)) if child is not None else None


def _detail(verb: Token, what: Token) -> Token | None:
    """What an object is said to hold in particular, where the parse hangs it on the verb."""
    for child in verb.children:
        particular = child.lower_ == "including" or any(c.lower_ in _PARTICULAR for c in child.lefts)
        if child.i > what.i and child.dep_ == "prep" and particular:
            return child
    return None


def _recipient(verb: Token) -> Token | None:
    """To whom something is conveyed."""
    for child in verb.children:
        if child.dep_ == "dative" and child.lower_ != "to":
            return child
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def _preposition(verb: Token) -> _Content | None:
    for child in verb.children:
        if (
            child.dep_ in {"prep", "agent"}
            and child.i > verb.i
            and verb.lemma_ in cues().preposition.get(child.lower_, ())
        ):
            inside = next((t for t in child.children if t.dep_ in {"pobj", "pcomp"}), None)
            bare = verb.lemma_ in _CONSENT and inside is not None and not any(t.pos_ == "VERB" for t in under(inside))
            if inside is not None and not bare:
                return _cut(verb, inside, "preposition", None)
    return None


def _attitude(verb: Token) -> _Content | None:
    table = cues().attitude
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "ccomp" and verb.lemma_ in table["clause"]:
            return _cut(verb, child, "clause", None, stance=ATTITUDE)
        if child.dep_ == "xcomp" and _to(child) and verb.lemma_ in table["infinitive"]:
            return _cut(verb, child, "infinitive", None, stance=ATTITUDE)
        if child.dep_ == "dobj" and verb.lemma_ in table["object"]:
            return _cut(verb, child, "object", None, stance=ATTITUDE)
    return None


def _passive(verb: Token) -> _Content | None:
    if agent(verb) is None:
        return None
    child = next(c for c in verb.children if c.dep_ == "nsubjpass")
    bounds = _trimmed(list(under(child)))
    return _Content(*bounds, "passive") if bounds else None


def _cut(
    verb: Token,
    top: Token,
    rule: str,
    told: Token | None,
    *,
    after: Token | None = None,
    more: Token | None = None,
    stance: str | None = None,
) -> _Content | None:
    """The words under a token, up to the next participle that goes on reporting ("..., adding that")."""
    kept: list[Token] = []
    previous: Token | None = None
    for token in [*(under(top) if rule == "clause" else _without_asides(top)), *(under(more) if more else ())]:
        if token.i > verb.i and previous is not None and token is not top and _goes_on(token, previous):
            break
        if token.i != verb.i and (after is None or token.i > after.i):
            kept.append(token)
        if token.pos_ != "ADV":
            previous = token
    bounds = _trimmed(kept)
    return _Content(*bounds, rule, told, stance) if bounds else None


def _without_asides(top: Token) -> list[Token]:
    """The words under a noun without a report's asides after a comma: "..., which ...", "..., a frigate"."""
    left_out: set[int] = set()
    for child in under(top):
        if (
            child.dep_ in {"relcl", "appos"}
            and child.left_edge.i > top.i
            and child.doc[child.left_edge.i - 1].text == ","
        ):
            left_out.update(range(child.left_edge.i, child.right_edge.i + 1))
    return [t for t in under(top) if t.i not in left_out]


def _goes_on(token: Token, previous: Token) -> bool:
    return token.tag_ == "VBG" and previous.lower_ in {",", "while"} and is_cue(token)


def _trimmed(tokens: Iterable[Token]) -> tuple[Token, Token] | None:
    """First and last of some tokens, marks and conjunctions at the edges left out."""
    ordered = sorted(tokens, key=lambda t: t.i)
    low, high = 0, len(ordered) - 1
    while low <= high and (ordered[low].lower_ in _EDGE or ordered[low].is_space):
        low += 1
    while high >= low and (ordered[high].lower_ in _EDGE or ordered[high].is_space):
        high -= 1
    return (ordered[low], ordered[high]) if low <= high else None
