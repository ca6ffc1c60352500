"""Direct speech: words between marks, and who says them, by the reporting words on either side."""

import bisect
import re
from collections.abc import Sequence

import msgspec
from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_cues import cues, modality, who
from communique.annotate.quotation_found import Cue, Found, Kind, words
from communique.annotate.speakers import Speaker, at_head, speaker, subject, under
from communique.model.words import ActorKind
from communique.text.quotemarks import Quoted

#: Tokens looked at on either side of a quotation, and how far the reporting verb may be from it.
_FAR = 45
_NEAR = 16
_WIDE = 30
#: Words below which a quotation without a cue is no speech.
_SCARE = 5
#: Words of neither speaker nor verb that may stand between a quotation and its reporting verb.
_LOOSE = 2
#: Words between a verb and a quotation that no comma parts from it; and of a label before a colon.
_CLOSE = 5
_LABEL = 9
_OF_NAMES = frozenset({"of", "the", "for", "and", "from"})
#: Words within which a verb that no table knows may report what ends in a comma; and the forms that it may have.
_SHORT = 5
_PERSONAL = frozenset({"he", "she", "they", "we", "i"})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
_FINITE = frozenset({"VBD", "VBZ"})
#: Words that open a clause about the quotation or beside it: a verb behind them does not report the quotation.
_SUBORDINATE = frozenset(
    {"when", "after", "before", "if", "because", "that", "which", "who", "since", "until", "to", "for", "in", "at"}
)
#: Finite verbs that never report, however they stand.
_SILENT = frozenset(
    {"be", "have", "do", "seem", "appear", "become", "get", "make", "take", "remain", "will", "stay", "look", "feel"}
    | {"sound", "mean", "need", "give", "leave", "use", "see"}
)
#: Verbs that report only where no infinitive follows: "began to rise" does not.
_PHASES = frozenset({"begin", "continue", "go", "follow"})
_LABELLED = re.compile(r"[A-Z][A-Z.'’ -]{1,40}:\s")
_STOPS = frozenset({".", "?", "!", ";"})
_DASHES = frozenset({"-", "–", "—", "--"})
_MARKS = frozenset([*"\"“”„«»‘’'", "''", "``"])


class Quotes(msgspec.Struct, frozen=True):
    """The quoted stretches of a report: direct speech, and words quoted inside someone's sentence.

    `verbs` holds the offsets of the reporting verbs that direct speech has used up.
    """

    speech: tuple[Found, ...]
    embedded: tuple[Quoted, ...]
    verbs: frozenset[int]


class _Place(msgspec.Struct, frozen=True):
    """Where a quotation stands: numbers of its first and last piece, and the words beside it."""

    quote: Quoted
    first: int
    last: int
    before: tuple[Token, ...]
    after: tuple[Token, ...]


class _Reading(msgspec.Struct, frozen=True):
    """How a quotation is attributed; `strong` where reporting words and a comma or colon lead into it."""

    rule: str
    speaker: Speaker | None = None
    cue: Cue | None = None
    clause: tuple[int, int] | None = None
    strong: bool = False


def read(parse: Parse, entities: Entities, quotes: Sequence[Quoted]) -> Quotes:
    """Tell direct speech from words quoted inside a sentence, and find its speakers."""
    return _Reader(parse, entities).read(quotes)


class _Reader:
    """One report's direct speech, read from the first quotation to the last."""

    def __init__(self, parse: Parse, entities: Entities) -> None:
        self.parse = parse
        self.text = parse.report.text
        self.entities = entities
        self.starts = [p.start for p in parse.pieces]
        self.ends = [p.end for p in parse.pieces]
        self.previous: tuple[_Place, Found] | None = None
        self.floor = 0
        self.marked: list[tuple[int, int]] = []

    def read(self, quotes: Sequence[Quoted]) -> Quotes:
        self.marked = [(q.start, q.end) for q in quotes]
        speech: list[Found] = []
        embedded: list[Quoted] = []
        for n, quote in enumerate(quotes):
            until = quotes[n + 1].start if n + 1 < len(quotes) else len(self.text)
            place = self._place(quote, until)
            reading = None if place is None else self._attribute(place) or self._alone(place)
            if place is None or reading is None:
                embedded.append(quote)
                continue
            found = self._found(quote, self._own_label(quote, reading))
            self.previous, self.floor = (place, found), quote.end
            speech.append(found)
        used = frozenset(f.cue.start for f in speech if f.cue)
        return Quotes(tuple(speech), tuple(embedded), used)

    def _own_label(self, quote: Quoted, reading: _Reading) -> _Reading:
        """A reading of words that name their own speakers ("KOS: We agree"): whoever leads into them is unsure."""
        if reading.rule == "label" or reading.speaker is None:
            return reading
        labelled = any(_LABELLED.match(self.text, a, b) for a, b in quote.pieces)
        return msgspec.structs.replace(reading, speaker=reading.speaker.unsure()) if labelled else reading

    # -- where a quotation stands

    def _piece(self, offset: int) -> int | None:
        number = bisect.bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset < self.ends[number] else None

    def _place(self, quote: Quoted, until: int) -> _Place | None:
        first, last = self._piece(quote.start), self._piece(quote.end - 1)
        if first is None or last is None:
            return None
        return _Place(quote, first, last, self._before(first, quote), self._after(last, quote, until))

    def _before(self, number: int, quote: Quoted) -> tuple[Token, ...]:
        """The tokens of the sentence that leads up to a quotation, from the last quotation on."""
        piece = self.parse.pieces[number]
        if self.text[piece.start : quote.start].strip() == "":
            return self._introduction(number)
        at = _index(piece, quote.start)
        if at == 0:
            return ()
        floor = max(0, at - _FAR, piece.doc[at - 1].sent.start)
        return tuple(t for t in piece.doc[floor:at] if piece.start + t.idx >= self.floor)

    def _introduction(self, number: int) -> tuple[Token, ...]:
        """The last sentence of the paragraph before, where that ends in a colon."""
        if number == 0 or not self.parse.pieces[number - 1].doc.text.endswith(":"):
            return ()
        doc = self.parse.pieces[number - 1].doc
        return tuple(doc[max(doc[-1].sent.start, len(doc) - _FAR) :])

    def _after(self, number: int, quote: Quoted, until: int) -> tuple[Token, ...]:
        """The tokens after a quotation, up to the end of the sentence or the next quotation."""
        if not quote.closed:
            return ()
        piece = self.parse.pieces[number]
        out: list[Token] = []
        at = _index(piece, quote.end)
        for token in piece.doc[at : at + _FAR]:
            if piece.start + token.idx >= until or token.text in _STOPS:
                break
            out.append(token)
        return tuple(out)

    # -- who says it

    def _attribute(self, place: _Place) -> _Reading | None:
        ending = self.text[place.quote.pieces[-1][1] - 1]
        first = next((t for t in place.after if t.text not in _DASHES), None)
        if first is not None and (ending != "." or first.text == "," or first.is_lower) and self._begins(place):
            ahead = self._ahead(place)
            if ahead is not None and ahead.strong and ending != "," and not self._used(ahead):
                return ahead
            return self._behind(place, strict=ending not in ",?!") or ahead
        return self._ahead(place)

    def _used(self, reading: _Reading) -> bool:
        """Whether the reporting word of a reading reports the quotation before already."""
        return self.previous is not None and reading.cue is not None and self.previous[1].cue == reading.cue

    def _behind(self, place: _Place, *, strict: bool) -> _Reading | None:
        """Attribution after the quotation: "...," said X; "...," X said; "...," according to X."""
        near = [t for t in place.after[:_WIDE] if not (t.is_punct or t.is_space)]
        if not near or near[0].lower_ in _SUBORDINATE or (strict and place.after[0].text != "," and not _cue_at(near)):
            return None
        piece = self.parse.pieces[place.last]
        if near[0].lower_ == "according" or near[0].lower_ == "per":
            named = next((t for t in near[1:] if t.dep_ == "pobj"), None)
            return self._reading("according", piece, near[0], named) if named else None
        spoken = [t for t in near if _reports(t) and _finite(t)]
        if not spoken and not strict:
            spoken = [t for t in near[:_SHORT] if t.tag_ in _FINITE and t.lemma_ not in _SILENT]
        if not spoken:
            return None
        verb = spoken[-1] if near[0].pos_ == "CCONJ" else spoken[0]
        head = _subject_within(verb, place.after)
        if head is None or not _adjacent(near, verb, head):
            return None
        return self._reading("cue after", piece, verb, head)

    def _ahead(self, place: _Place) -> _Reading | None:
        """Attribution before the quotation: X said: "..."; X posted on Y, "..."."""
        before = [t for t in place.before if t.text not in _MARKS and not t.is_space]
        if not before or before[-1].text in _STOPS:
            return None
        piece = self._piece_of(before[-1], place.first)
        mark = before[-1].text
        verbs = [t for t in before if _reports(t) and not self._inside(piece, t)]
        if mark == ":":
            return self._colon(place, piece, before, verbs)
        return self._lead(place, piece, before, verbs) or self._open_lead(place, piece, before)

    def _lead(self, place: _Place, piece: Piece, before: list[Token], verbs: list[Token]) -> _Reading | None:
        """Attribution by the last reporting verb before the quotation, if that leads straight into it."""
        mark = before[-1].text
        led = mark in {",", *_DASHES}
        verb = next((v for v in reversed(verbs) if not _aside(v)), None)
        if verb is None or (verb.lemma_ in cues().attitude["clause"] and (len(verbs) > 1 or mark != ",")):
            return None
        between = [t for t in before if t.i > verb.i]
        if len(between) > (_NEAR if led else _CLOSE) or any(_stands_between(t, verb) for t in between):
            return None
        if (led or _finite(verb) or verb.tag_ == "VBG") and (mark == "," or self._capital(place)):
            head = _noun_like(who(verb)) or _head_of_run(_nouns(between)) or _person_before(verb, before)
            return self._reading("cue before", piece, verb, head, strong=mark == ",")
        return None

    def _open_lead(self, place: _Place, piece: Piece, before: list[Token]) -> _Reading | None:
        """A finite verb of no table that ends in a comma before a sentence of its own: "He shot back, ..."."""
        verb = next((t for t in reversed(before) if t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod"), None)
        if verb is None or before[-1].text != "," or not self._capital(place):
            return None
        between = [t for t in before if t.i > verb.i]
        head = _own(verb)
        if verb.tag_ not in _FINITE or verb.lemma_ in _SILENT or len(between) > _CLOSE or head is None or _aside(verb):
            return None
        return self._reading("open cue", piece, verb, head)

    def _capital(self, place: _Place) -> bool:
        """Whether a quotation begins like a sentence of its own."""
        start, end = place.quote.pieces[0]
        return self.text[start].isupper() and words(self.text, start, end) >= _SCARE

    def _colon(self, place: _Place, piece: Piece, before: list[Token], verbs: list[Token]) -> _Reading | None:
        """Attribution before a colon: by a reporting verb, a clause of another verb, or a label."""
        label = _label(before)
        if label is not None:
            return self._reading("label", piece, before[-1], label)
        near = self.text[place.quote.start - 1] not in "\r\n"
        clauses = [
            t
            for t in before
            if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "advcl"} and _finite(t) and _own(t)
        ]
        verb = verbs[-1] if verbs else None
        last = clauses[-1] if clauses else None
        if last is not None and (verb is None or (last.i > verb.i and not verb.is_ancestor(_first_conjunct(last)))):
            head = _noun_like(_own(last))
            if head is not None and near and self._somebody(piece, head):
                return self._reading("colon", piece, last, head)
        if verb is None:
            return self._reading("colon", piece, before[-1], self._person_at_end(piece, before))
        head = _noun_like(who(verb)) or _person_before(verb, before)
        return self._reading("colon", piece, verb, head, strong=near)

    def _person_at_end(self, piece: Piece, before: Sequence[Token]) -> Token | None:
        """The person named right before a colon."""
        last = before[-2] if len(before) > 1 else before[-1]
        mention = at_head(piece, last, self.entities) if last.pos_ == "PROPN" else None
        return last if mention is not None and mention.kind is ActorKind.PERSON else None

    def _somebody(self, piece: Piece, head: Token) -> bool:
        """Whether a subject can speak: a name, a person's pronoun, a document, a mention of somebody."""
        if head.lower_ in _PERSONAL or head.lemma_ in cues().documents:
            return True
        named = head.pos_ == "PROPN" and head.ent_type_ not in {"DATE", "TIME"}
        return named or (head.pos_ != "PRON" and at_head(piece, head, self.entities) is not None)

    def _piece_of(self, token: Token, number: int) -> Piece:
        piece = self.parse.pieces[number]
        return piece if token.doc is piece.doc else self.parse.pieces[number - 1]

    def _reading(self, rule: str, piece: Piece, verb: Token, head: Token | None, *, strong: bool = False) -> _Reading:
        stance = cues().stance_of(verb.lemma_)
        cue = Cue(*piece.bounds(verb), verb.lemma_, stance, modality(verb))
        said_by = speaker(piece, head, self.entities) if head is not None else None
        return _Reading(rule, said_by, cue, piece.bounds(verb.sent), strong)

    # -- without reporting words

    def _begins(self, place: _Place) -> bool:
        """Whether nothing but a mark stands before a quotation in its sentence, or another quotation."""
        before = next((t for t in reversed(place.before) if not t.is_space), None)
        if before is None or before.text in _STOPS | _MARKS | _DASHES | {",", ":", "(", "[", "…", "..."}:
            return True
        return before.i == before.sent[-1].i or self.text[place.quote.start - 1] in _MARKS

    def _alone(self, place: _Place) -> _Reading | None:
        """A quotation that makes a sentence of its own: said by whoever spoke last, if they are still speaking."""
        start, end = place.quote.pieces[0][0], place.quote.pieces[-1][1]
        ends = self.text[end - 1] in ".?!…," or not place.after
        if not self._begins(place) or not ends or words(self.text, start, end) < _SCARE:
            return None
        if self.previous is not None:
            then, found = self.previous
            if found.speaker is not None and (then.last == place.first or self._follows(then, place)):
                return _Reading("carried", found.speaker, found.cue, found.clause)
        return self._from_sentence(place) or _Reading("alone")

    def _from_sentence(self, place: _Place) -> _Reading | None:
        """The speaker of the sentence before, where that reports speech in its own words."""
        piece = self.parse.pieces[place.first]
        at = _index(piece, place.quote.start)
        if at == 0:
            return None
        spoken = (t for t in piece.doc[at - 1].sent if t.i < at and _reports(t) and not self._inside(piece, t))
        verb = next(spoken, None)
        head = subject(verb) if verb is not None else None
        return self._reading("carried", piece, verb, head) if verb is not None and head is not None else None

    def _follows(self, then: _Place, place: _Place) -> bool:
        """Whether a paragraph of nothing but speech follows the paragraph of the one who spoke last."""
        piece = self.parse.pieces[place.first]
        return (
            then.last + 1 == place.first
            and self.text[piece.start : place.quote.start].strip() == ""
            and not place.after
        )

    def _inside(self, piece: Piece, token: Token) -> bool:
        """Whether a word stands between marks."""
        start = piece.start + token.idx
        number = bisect.bisect_right(self.marked, (start, len(self.text))) - 1
        return number >= 0 and start < self.marked[number][1]

    def _found(self, quote: Quoted, reading: _Reading) -> Found:
        return Found(
            start=quote.start,
            end=quote.end,
            content=quote.pieces,
            kind=Kind.DIRECT,
            speaker=reading.speaker,
            cue=reading.cue,
            clause=reading.clause,
            rule=reading.rule,
        )


def _index(piece: Piece, offset: int) -> int:
    """Number of the first token of a piece that begins at an offset of the report or after it."""
    return bisect.bisect_left(piece.doc, offset - piece.start, key=lambda t: t.idx)


def _reports(token: Token) -> bool:
    if token.tag_[:1] != "V" or token.dep_ == "amod" or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return False
    if token.lemma_ in _PHASES and any(c.dep_ in {"xcomp", "dobj"} for c in token.children):
        return False
    return cues().reports(token.lemma_)


def _own(verb: Token) -> Token | None:
    """A verb's own subject."""
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _first_conjunct(verb: Token) -> Token:
    """The first of the verbs that are joined with a verb which has a subject of its own."""
    for _ in range(_CLOSE):
        if verb.dep_ != "conj":
            break
        verb = verb.head
    return verb


def _aside(verb: Token) -> bool:
    """Whether a verb stands in a clause beside the one that reports: "once it goes on", "to counter", "so called"."""
    if any(c.dep_ in {"mark", "advmod"} and c.lower_ in _SUBORDINATE and c.i < verb.i for c in verb.children):
        return verb.dep_ == "advcl"
    if verb.tag_ == "VBN":
        return not _finite(verb)
    return verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts)


def _stands_between(token: Token, verb: Token) -> bool:
    """Whether a word between a reporting verb and a quotation is a verb that reports nothing of it."""
    return (
        token.pos_ in {"VERB", "AUX"}
        and token.dep_ not in {"amod", "aux"}
        and not (_aside(token) and verb.is_ancestor(token))
    )


def _label(before: Sequence[Token]) -> Token | None:
    """The name before a colon, where the words since the sentence began, or since a dash, are nothing else."""
    dashes = [n for n, t in enumerate(before) if t.text in _DASHES]
    own = [t for t in before[dashes[-1] + 1 if dashes else 0 :] if t.is_alpha]
    if not own or len(own) > _LABEL:
        return None
    if len(own) <= _CLOSE and own[-1].lower_ in {"follows", "reads", "below"}:  # "Partial transcript as follows:"
        return next((t for t in own if t.lemma_ in cues().documents), None)
    if any(t.pos_ == "VERB" for t in own[1:]):
        return None
    if own[0].lower_ == "according" or all(t.text[0].isupper() or t.lower_ in _OF_NAMES for t in own):
        nouns = _nouns(own)
        return nouns[-1] if nouns else None
    return None


def _finite(verb: Token) -> bool:
    """Whether a verb has a subject of its own to be told: no bare participle, no infinitive."""
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _cue_at(near: list[Token]) -> bool:
    """Whether a gap begins with a reporting verb, or with a short name and one."""
    return any(_reports(t) for t in near[:6])


def _subject_within(verb: Token, gap: Sequence[Token]) -> Token | None:
    """The subject of a verb inside a gap: as parsed, else the nearest noun on either side."""
    if verb.i > gap[0].i and verb.nbor(-1).text[0].isupper() and verb.nbor(-1).is_alpha:
        return verb.nbor(-1)
    inside = {t.i for t in gap}
    parsed = subject(verb)
    if parsed is not None and parsed.i in inside:
        return parsed
    ahead = _nouns([t for t in gap if t.i < verb.i])
    behind = _nouns([t for t in gap if t.i > verb.i])
    if ahead:
        return ahead[-1]
    return _head_of_run(behind)


def _person_before(verb: Token, before: Sequence[Token]) -> Token | None:
    """The nearest name ahead of a verb that can be its subject, where the parse gives the verb none."""
    able = [t for t in before if t.i < verb.i and (t.pos_ == "PROPN" or t.lower_ in _PERSONAL)]
    near = [t for t in able if t.dep_ in {"nsubj", "appos"}] or [t for t in able if t.i >= verb.i - _LOOSE]
    return near[-1] if near else None


def _noun_like(token: Token | None) -> Token | None:
    """A subject that is one: no preposition or verb that the parse took for it."""
    return token if token is not None and token.pos_ in _NOMINAL else None


def _nouns(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.pos_ in {"PROPN", "NOUN", "PRON"}]


def _head_of_run(nouns: Sequence[Token]) -> Token | None:
    """The last noun of the first unbroken run of nouns."""
    last = None
    for token in nouns:
        if last is not None and token.i != last.i + 1:
            break
        last = token
    return last


def _adjacent(near: Sequence[Token], verb: Token, head: Token) -> bool:
    """Whether nothing but the speaker and small words stands between a quotation and the reporting verb."""
    if head.i > verb.i:
        lead = [t for t in near if t.i < verb.i]
        return len(lead) <= _LOOSE + 1
    owned = {t.i for t in under(head)}
    loose = [
        t for t in near if t.i < verb.i and t.i not in owned and t.pos_ not in {"ADV", "AUX", "PART", "CCONJ", "PUNCT"}
    ]
    return len(loose) <= _LOOSE
