"""Direct speech: words between marks, and who says them, by the reporting words on either side."""

import bisect
import re
from collections.abc import Sequence

import msgspec
from spacy.tokens import Span as Run
from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_cues import cues, modality, who
from communique.annotate.quotation_found import Cue, Found, Kind, words
from communique.annotate.quotation_gaps import (
    CLOSE,
    DASHES,
    PERSONAL,
    SUBORDINATE,
    adjacent,
    aside,
    cue_at,
    finite,
    first_conjunct,
    head_of_run,
    index_at,
    inverted_start,
    label_head,
    nearest_name,
    nominal,
    noun_like,
    nouns,
    outside_relative,
    own,
    person_before,
    present,
    reports,
    signed,
    stands_between,
    subject_within,
    tag,
)
from communique.annotate.speakers import SAYERS, Speaker, at_head, speaker, subject, vague
from communique.model.mentions import EntityMention
from communique.model.words import ActorKind
from communique.text.quotemarks import Quoted

#: Tokens looked at on either side of a quotation, and how far the reporting verb may be from it.
_FAR = 45
_NEAR = 16
_WIDE = 30
#: Words below which a quotation without a cue is no speech.
_SCARE = 5
#: Words within which a verb that no table knows may report what ends in a comma; and the forms that it may have.
_SHORT = 5
_FINITE = frozenset({"VBD", "VBZ"})
#: Finite verbs that never report, however they stand.
_SILENT = frozenset(
    {"be", "have", "do", "seem", "appear", "become", "get", "make", "take", "remain", "will", "stay", "look", "feel"}
    | {"sound", "mean", "need", "give", "leave", "use", "see"}
)
_LABELLED = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]{1,40}):\s++")
_STOPS = frozenset({".", "?", "!", ";"})
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
    addressee: EntityMention | None = None


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
            turns = self._turns(quote) or [self._found(quote, reading)]
            self.previous, self.floor = (place, turns[-1]), quote.end
            speech += turns
        used = frozenset(f.cue.start for f in speech if f.cue)
        return Quotes(tuple(speech), tuple(embedded), used)

    def _turns(self, quote: Quoted) -> list[Found]:
        """Quoted paragraphs that name their own speakers ("KOS: We agree"): each is said by the name before it."""
        labels = [(_LABELLED.match(self.text, a, b), a, b) for a, b in quote.pieces]
        if not any(label for label, _, _ in labels):
            return []
        turns: list[Found] = []
        who, cue = None, None
        for label, a, b in labels:
            if label is not None:
                start, end = label.span("name")
                mention = self.entities.at(start, end)
                who = Speaker(start, end, mention if mention is not None and mention.kind in SAYERS else None)
                cue = Cue(end, end + 1, "label", "say")
            start = label.end() if label is not None else a
            if start < b:
                turns.append(
                    Found(start=a, end=b, content=((start, b),), kind=Kind.DIRECT, speaker=who, cue=cue, rule="turn")
                )
        return turns

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
        at = index_at(piece, quote.start)
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
        at = index_at(piece, quote.end)
        for token in piece.doc[at : at + _FAR]:
            if piece.start + token.idx >= until or token.text in _STOPS:
                break
            out.append(token)
        return tuple(out)

    # -- who says it

    def _attribute(self, place: _Place) -> _Reading | None:
        ending = self.text[place.quote.pieces[-1][1] - 1]
        first = next((t for t in place.after if t.text not in DASHES), None)
        open_end = ending != "." or (first is not None and (first.text == "," or first.is_lower)) or tag(place.after)
        if first is not None and open_end and self._begins(place):
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
        if not near or near[0].lower_ in SUBORDINATE or (strict and place.after[0].text != "," and not cue_at(near)):
            return None
        piece = self.parse.pieces[place.last]
        if near[0].lower_ == "according" or near[0].lower_ == "per":
            named = next((t for t in near[1:] if t.dep_ == "pobj"), None)
            return self._reading("according", piece, near[0], named) if named else None
        spoken = [t for t in near if reports(t) and finite(t)]
        if not spoken and not strict:
            spoken = [t for t in near[:_SHORT] if t.tag_ in _FINITE and t.lemma_ not in _SILENT]
        if not spoken:
            verb = present(near)
            return self._reading("cue after", piece, verb, verb.nbor(-1)) if verb is not None else None
        spoken = outside_relative(spoken)
        verb = spoken[-1] if near[0].pos_ == "CCONJ" else spoken[0]
        head = subject_within(verb, place.after)
        if head is None or not adjacent(near, verb, head):
            return None
        return self._reading("cue after", piece, verb, head)

    def _ahead(self, place: _Place) -> _Reading | None:
        """Attribution before the quotation: X said: "..."; X posted on Y, "..."."""
        before = [t for t in place.before if t.text not in _MARKS and not t.is_space]
        if not before or before[-1].text in _STOPS:
            return None
        piece = self._piece_of(before[-1], place.first)
        mark = before[-1].text
        verbs = [t for t in before if reports(t) and not self._inside(piece, t)]
        owner = nominal(before)
        if owner is not None:
            return self._reading("nominal", piece, before[-1], owner)
        if mark == "," and before[0].lower_ == "according":
            named = next((t for t in before if t.dep_ == "pobj"), None)
            return self._reading("according", piece, before[0], named) if named is not None else None
        if mark == ":":
            return self._colon(place, piece, before, verbs)
        return self._lead(place, piece, before, verbs) or self._open_lead(place, piece, before)

    def _lead(self, place: _Place, piece: Piece, before: list[Token], verbs: list[Token]) -> _Reading | None:
        """Attribution by the last reporting verb before the quotation, if that leads straight into it."""
        mark = before[-1].text
        led = mark in {",", *DASHES}
        verb = next((v for v in reversed(verbs) if not aside(v)), None)
        if verb is None or (verb.lemma_ in cues().attitude["clause"] and (len(verbs) > 1 or mark != ",")):
            return None
        between = [t for t in before if t.i > verb.i]
        if len(between) > (_NEAR if led else CLOSE) or any(stands_between(t, verb) for t in between):
            return None
        if (led or finite(verb) or verb.tag_ == "VBG") and (mark == "," or self._capital(place)):
            head = nearest_name(verb) or noun_like(who(verb)) or head_of_run(nouns(between))
            head = head or person_before(verb, before)
            return self._reading("cue before", piece, verb, head, strong=mark == ",")
        return None

    def _open_lead(self, place: _Place, piece: Piece, before: list[Token]) -> _Reading | None:
        """A finite verb of no table that ends in a comma before a sentence of its own: "He shot back, ..."."""
        verb = next((t for t in reversed(before) if t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod"), None)
        if verb is None or before[-1].text != "," or not self._capital(place):
            return None
        between = [t for t in before if t.i > verb.i]
        head = own(verb)
        if verb.tag_ not in _FINITE or verb.lemma_ in _SILENT or len(between) > CLOSE or head is None or aside(verb):
            return None
        return self._reading("open cue", piece, verb, head)

    def _capital(self, place: _Place) -> bool:
        """Whether a quotation begins like a sentence of its own."""
        start, end = place.quote.pieces[0]
        return self.text[start].isupper() and words(self.text, start, end) >= _SCARE

    def _colon(self, place: _Place, piece: Piece, before: list[Token], verbs: list[Token]) -> _Reading | None:
        """Attribution before a colon: by a reporting verb, a clause of another verb, or a label."""
        named = label_head(before)
        if named is not None:
            return self._reading("label", piece, before[-1], named if self._speaks(piece, named) else None)
        near = self.text[place.quote.start - 1] not in "\r\n"
        clauses = [
            t for t in before if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "advcl"} and finite(t) and own(t)
        ]
        verb = verbs[-1] if verbs else None
        last = clauses[-1] if clauses else None
        if last is not None and (verb is None or (last.i > verb.i and not verb.is_ancestor(first_conjunct(last)))):
            head = noun_like(own(last))
            if head is not None and near and self._somebody(piece, head):
                return self._reading("colon", piece, last, head)
        if verb is None:
            return self._reading("colon", piece, before[-1], self._person_at_end(piece, before))
        after = inverted_start(before)
        if after is not None:
            return self._reading("colon", piece, verb, after)
        head = noun_like(who(verb)) or person_before(verb, before)
        return self._reading("colon", piece, verb, head, strong=near)

    def _person_at_end(self, piece: Piece, before: Sequence[Token]) -> Token | None:
        """The person named right before a colon."""
        last = before[-2] if len(before) > 1 else before[-1]
        mention = at_head(piece, last, self.entities) if last.pos_ == "PROPN" else None
        return last if mention is not None and mention.kind is ActorKind.PERSON else None

    def _speaks(self, piece: Piece, head: Token) -> bool:
        """Whether a label is known for one who speaks: a person, a body, a document; no day, place or topic.

        A transcript holds the words of those whom it names.
        """
        if head.lemma_ in cues().documents:
            return head.lemma_ != "transcript"
        mention = self.entities.at(*piece.bounds(head))
        if mention is None:
            return head.pos_ == "PROPN" and head.ent_type_ in {"PERSON", "ORG", "NORP", ""}
        return mention.kind in SAYERS and mention.kind is not ActorKind.PLACE

    def _somebody(self, piece: Piece, head: Token) -> bool:
        """Whether a subject can speak: a name, a person's pronoun, a document, a mention of somebody."""
        if head.lower_ in PERSONAL or head.lemma_ in cues().documents:
            return True
        named = head.pos_ == "PROPN" and head.ent_type_ not in {"DATE", "TIME"}
        return named or (head.pos_ != "PRON" and at_head(piece, head, self.entities) is not None)

    def _piece_of(self, token: Token, number: int) -> Piece:
        piece = self.parse.pieces[number]
        return piece if token.doc is piece.doc else self.parse.pieces[number - 1]

    def _reading(self, rule: str, piece: Piece, verb: Token, head: Token | None, *, strong: bool = False) -> _Reading:
        stance = cues().stance_of(verb.lemma_)
        cue = Cue(*piece.bounds(verb), verb.lemma_, stance, modality(verb))
        said_by = speaker(piece, head, self.entities) if head is not None and not vague(head) else None
        told = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        addressed = verb.lemma_ in cues().addressee and told is not None
        addressee = at_head(piece, told, self.entities) if addressed and told is not None else None
        return _Reading(rule, said_by, cue, piece.bounds(verb.sent), strong, addressee)

    # -- without reporting words

    def _begins(self, place: _Place) -> bool:
        """Whether nothing but a mark stands before a quotation in its sentence, or another quotation."""
        before = next((t for t in reversed(place.before) if not t.is_space), None)
        if before is None or before.text in _STOPS | _MARKS | DASHES | {",", ":", "(", "[", "…", "..."}:
            return True
        return before.i == before.sent[-1].i or self.text[place.quote.start - 1] in _MARKS

    def _alone(self, place: _Place) -> _Reading | None:
        """A quotation that makes a sentence of its own: said by whoever spoke last, if they are still speaking."""
        start, end = place.quote.pieces[0][0], place.quote.pieces[-1][1]
        ends = self.text[end - 1] in ".?!…," or not place.after
        if not self._begins(place) or not ends or words(self.text, start, end) < _SCARE:
            return None
        return self._signed(place) or self._from_sentence(place) or self._carried(place) or self._unsure(place)

    def _unsure(self, place: _Place) -> _Reading:
        """Nobody's for all that is known; whoever spoke last right before may be it."""
        then, found = self.previous or (place, None)
        last = found.speaker if found is not None and place.first - then.last <= 1 else None
        return _Reading("alone", last.unsure() if last is not None and last.mention is not None else None)

    def _carried(self, place: _Place) -> _Reading | None:
        """The speaker of the quotation before, in this paragraph or over the whole of the one before."""
        if self.previous is None:
            return self._from_paragraph(place)
        then, found = self.previous
        if found.speaker is not None and (then.last == place.first or self._follows(then, place)):
            return _Reading("carried", found.speaker, found.cue, found.clause, addressee=found.addressee)
        return self._from_paragraph(place)

    def _signed(self, place: _Place) -> _Reading | None:
        """The name in a line of its own right after a quotation that is a paragraph: "- Ana Kos"."""
        number = place.last + 1
        if place.after or number >= len(self.parse.pieces) or not self._whole(place):
            return None
        piece = self.parse.pieces[number]
        name = signed(piece.doc.text)
        named = [t for t in piece.doc if t.pos_ == "PROPN"] if name is not None else []
        return self._reading("signed", piece, piece.doc[0], named[-1]) if named else None

    def _from_sentence(self, place: _Place) -> _Reading | None:
        """The speaker of the sentence before, where that reports speech in its own words."""
        piece = self.parse.pieces[place.first]
        at = index_at(piece, place.quote.start)
        if at == 0 or piece.start + piece.doc[at - 1].sent.start_char < self.floor:
            return None
        return self._resumed(piece, piece.doc[at - 1].sent[: at - piece.doc[at - 1].sent.start])

    def _from_paragraph(self, place: _Place) -> _Reading | None:
        """The speaker of the last sentence of the paragraph before one that is nothing but a quotation."""
        if place.first == 0 or not self._whole(place):
            return None
        piece = self.parse.pieces[place.first - 1]
        return self._resumed(piece, piece.doc[-1].sent) if piece.kind is None else None

    def _resumed(self, piece: Piece, sentence: Run) -> _Reading | None:
        """Whoever speaks in a sentence of a report's own words, if that is somebody."""
        spoken = [t for t in sentence if reports(t) and finite(t) and not self._inside(piece, t)]
        verb = next(iter(outside_relative(spoken)), None)
        head = subject(verb) if verb is not None else None
        if verb is None or head is None or not (head.pos_ == "PROPN" or head.lower_ in PERSONAL):
            return None
        return self._reading("carried", piece, verb, head)

    def _whole(self, place: _Place) -> bool:
        """Whether a quotation is all that its paragraph holds."""
        return self.text[self.parse.pieces[place.first].start : place.quote.start].strip() == "" and not place.after

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
            addressee=reading.addressee,
            rule=reading.rule,
        )
