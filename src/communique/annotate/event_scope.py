"""What belongs to a happening in its sentence: who, where, when, by reading on from its words until the clause ends."""

import bisect
from collections.abc import Iterator

import msgspec
from spacy.tokens import Span as Run
from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.nlp import Piece
from communique.model.mentions import EntityMention, TimeExpression
from communique.model.words import ActorKind
from communique.text.timex_words import word_set

_MARKS = frozenset(";:—–…•|")
_LEAVING = frozenset(
    {"after", "before", "following", "until", "till", "since", "despite", "under", "about", "regarding", "concerning"}
    | {"ahead", "prior", "without", "against", "because", "although", "though", "whereas", "including", "while", "per"}
)
_TOPIC = frozenset({"on", "for", "over", "as"})
_NOT_DATING = frozenset({"by", "until", "till", "since", "before", "after", "than", "through"})
_BEFORE_NAMES = frozenset({"DT", "JJ", "NNP", "NNPS", "PRP$", "CC"})
_TOWNS = frozenset(
    {"city", "town", "capital", "port", "resort", "village", "region", "island", "province", "outskirts"}
)
_SCHEDULING = frozenset(
    {"schedule", "slate", "plan", "set", "due", "postpone", "fix", "tentatively", "programme", "program"}
    | {"arrange", "book", "expect"}
)
#: Verbs that put a happening off to another day.
MOVING = word_set("moved")
#: Words in which the name of a happening ends.
_MOST_NAMED = 8
#: Of several mentions on one word the first of these kinds counts.
_FIRST = (ActorKind.PERSON, ActorKind.GROUP, ActorKind.BODY, ActorKind.FORUM, ActorKind.ITEM, ActorKind.AGREEMENT)


class Argument(msgspec.Struct, frozen=True):
    """A mention or a time found beside a happening, the preposition it follows, and its tokens, `last` included."""

    preposition: str
    first: int
    last: int
    mention: EntityMention | None = None
    time: TimeExpression | None = None


class Scene(msgspec.Struct, frozen=True):
    """A sentence with its entity mentions and times by token, and the words of all its happenings (`taken`)."""

    piece: Piece
    sentence: Run
    who: dict[int, EntityMention]
    when: dict[int, TimeExpression]
    taken: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    """The words of offices beside names: what they lead to belongs to the office."""

    def mention(self, token: Token) -> EntityMention | None:
        """The entity mention that a token is part of."""
        return self.who.get(token.i)


class Finder:
    """The mentions and times of a report, found again by place."""

    def __init__(self, entities: Entities, times: tuple[TimeExpression, ...]) -> None:
        """Take what was read of a report; both come sorted by place."""
        self.entities = entities
        self._mentions = entities.mentions
        self._starts = [m.span.start for m in self._mentions]
        self._times = sorted(
            (t for t in times if t.date is not None or t.date_open is not None),
            key=lambda t: (t.span.start, t.span.end),
        )
        self._time_starts = [t.span.start for t in self._times]

    def scene(self, piece: Piece, sentence: Run) -> Scene:
        """A sentence with what was found in it."""
        start, end = piece.bounds(sentence)
        who: dict[int, EntityMention] = {}
        for mention in self._mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]:
            for i in _tokens(piece, sentence, mention.span.start, mention.span.end):
                if i not in who or _outranks(mention, who[i]):
                    who[i] = mention
        when: dict[int, TimeExpression] = {}
        low = bisect.bisect_left(self._time_starts, start)
        for time in self._times[low : bisect.bisect_left(self._time_starts, end)]:
            when.update(dict.fromkeys(_tokens(piece, sentence, time.span.start, time.span.end), time))
        return Scene(piece, sentence, who, when, offices=frozenset(_offices(piece, sentence, who)))


def _offices(piece: Piece, sentence: Run, who: dict[int, EntityMention]) -> Iterator[int]:
    """The tokens of the offices that stand beside the names of a sentence."""
    for mention in {m.id: m for m in who.values()}.values():
        for claim in mention.claims if mention.kind is ActorKind.PERSON else ():
            if claim.field == "office" and (
                claim.span.end <= mention.span.start or mention.span.end <= claim.span.start
            ):
                yield from _tokens(piece, sentence, claim.span.start, claim.span.end)


def _tokens(piece: Piece, sentence: Run, start: int, end: int) -> range:
    run = piece.doc.char_span(start - piece.start, end - piece.start, alignment_mode="expand")
    return range(max(run.start, sentence.start), min(run.end, sentence.end)) if run is not None else range(0)


def _outranks(one: EntityMention, other: EntityMention) -> bool:
    return _rank(one) < _rank(other)


def _rank(mention: EntityMention) -> tuple[int, int]:
    order = _FIRST.index(mention.kind) if mention.kind in _FIRST else len(_FIRST)
    return order, mention.span.start - mention.span.end


def rightward(scene: Scene, start: int, core: tuple[int, ...]) -> Iterator[Argument]:
    """The mentions and times after a token, up to the end of what belongs to the happening with the words `core`."""
    doc, at, words = scene.piece.doc, start, _Words()
    while at < scene.sentence.end:
        token = doc[at]
        if _passed(scene, token, core):
            at += 1
        elif at in scene.taken or _ends(scene, token):
            return
        elif at in scene.when:
            last = _last(scene.when, at)
            if _leads_on(scene, last + 1):
                return
            if _dates(token, words.preposition):
                yield Argument(words.preposition, at, last, time=scene.when[at])
            at = last + 1
        elif at in scene.who:
            last = _last(scene.who, at)
            if _is_new_subject(scene, at, last) or any(i in scene.taken and i not in core for i in range(at, last + 1)):
                return
            if not any(i in core for i in range(at, last + 1)) and words.admits(scene.who[at]):
                yield Argument(words.leading(scene.who[at]), at, last, mention=scene.who[at])
            at = last + 1
        else:
            words.read(scene, token)
            at += 1


def _passed(scene: Scene, token: Token, core: tuple[int, ...]) -> bool:
    """Whether a word says nothing further: a happening's own word, its helper, or a word of an office."""
    helper = token.head.i in core and token.dep_ in ("aux", "auxpass", "neg", "prt")
    return token.i in core or helper or token.i in scene.offices


class _Words:
    """The prepositions met so far while reading on, and whether they led to what the happening was about."""

    def __init__(self) -> None:
        self.preposition = ""
        self.strong = ""
        self.topic = False
        self.town = False

    def read(self, scene: Scene, token: Token) -> None:
        """Take in one more word."""
        if token.tag_ in ("IN", "TO") or token.dep_ in ("prep", "agent"):
            self.preposition = token.lower_
            following = token.i + 1
            if token.lower_ in _TOPIC:
                dated = following in scene.when or counts_times(token) is not None or schedules(token.head)
                self.topic = not dated and not _margin(token) and token.head.lemma_ != "call"
            elif token.lower_ in ("with", "between", "by"):
                self.topic = self.topic and token.lower_ != "with"
            if token.lower_ != "of":
                self.strong = token.lower_
                self.town = False
        elif token.lower_ in _TOWNS:
            self.town = True

    def admits(self, mention: EntityMention) -> bool:
        """Whether a mention belongs to the happening, and not to what it was about."""
        return not self.topic or (mention.kind is ActorKind.PERSON and self.preposition == "with")

    def leading(self, mention: EntityMention) -> str:
        """The preposition that leads to a mention: that before an office, for the person who holds it."""
        if self.preposition == "of" and self.strong and (mention.kind is ActorKind.PERSON or self.town):
            return self.strong
        return self.preposition


def _leads_on(scene: Scene, at: int) -> bool:
    """Whether what follows a time says what else it was the time of: "and in May for the summit"."""
    doc = scene.piece.doc
    if at >= scene.sentence.end or doc[at].lower_ not in ("for", "at", "during"):
        return False
    for i in range(at + 1, min(at + _MOST_NAMED, scene.sentence.end)):
        if i in scene.taken:
            return doc[i].pos_ in ("NOUN", "PROPN")
        if doc[i].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "PUNCT"):
            return False
    return False


def schedules(verb: Token) -> bool:
    """Whether a verb sets when or where something is to be: "is scheduled for Oslo in May"."""
    return verb.lemma_ in _SCHEDULING


def counts_times(preposition: Token) -> Token | None:
    """The ordinal of "for the fourth time" that begins with a word, None where it begins none."""
    doc, at = preposition.doc, preposition.i
    after = doc[at + 1 : at + 4]
    if preposition.lower_ != "for" or [t.lower_ for t in after][::2] != ["the", "time"]:
        return None
    return after[1]


def _margin(token: Token) -> bool:
    """Whether "on" begins "on the sidelines of"."""
    after = token.doc[token.i + 1 : token.i + 3]
    return any(t.lower_ in ("sidelines", "margins", "sideline", "fringes", "occasion") for t in after)


def _ends(scene: Scene, token: Token) -> bool:
    """Whether a word ends what belongs to a happening."""
    if token.text in _MARKS or token.lower_ in _LEAVING:
        return not _puts_off(token)
    if token.tag_ == "MD" or token.tag_ in ("WDT", "WP", "WRB", "WP$") or token.dep_ == "mark":
        return True
    if token.tag_ == "VBN" and token.dep_ == "acl" and token.lemma_ in _SCHEDULING:  # "a visit planned for May"
        return False
    if token.tag_.startswith("VB"):
        return token.dep_ not in ("amod", "compound", "nmod") and token.i not in scene.who and token.i not in scene.when
    if token.text == ",":
        return not _goes_on(scene, token.i + 1)
    return False


def _goes_on(scene: Scene, at: int) -> bool:
    """Whether after a comma still more of the same follows: a name, a time, or the office before a name."""
    doc = scene.piece.doc
    for i in range(at, min(at + 8, scene.sentence.end)):
        if i in scene.who or i in scene.when or i in scene.offices:
            return True
        held = i == at or (doc[i].lower_ == "of" and doc[at].tag_ == "CC")
        if doc[i].tag_ not in _BEFORE_NAMES and not (held and doc[i].tag_ in ("IN", "CC")):
            return False
    return False


def _last(held: dict[int, EntityMention] | dict[int, TimeExpression], at: int) -> int:
    what = held[at]
    while held.get(at + 1) is what:
        at += 1
    return at


def _dates(token: Token, preposition: str) -> bool:
    """Whether a time after a preposition says when: "for 2025" does after "scheduled" only."""
    before = token.doc[token.i - 1] if token.i else token
    low = before.lower_
    if low in _NOT_DATING:
        return _puts_off(before)
    if low == "for":
        return before.i > 0 and before.nbor(-1).lemma_.casefold() in _SCHEDULING
    return low != "of" or preposition == "of"


def _puts_off(word: Token) -> bool:
    """Whether "until" leads to the day to which a happening was put off: "postponed until May"."""
    return word.i > 0 and word.lower_ in ("until", "till") and word.nbor(-1).lemma_.casefold() in MOVING


def _is_new_subject(scene: Scene, first: int, last: int) -> bool:
    """Whether a mention is the subject of a clause that begins with it."""
    doc = scene.piece.doc
    return any(doc[i].dep_ in ("nsubj", "nsubjpass") and doc[i].head.i > last for i in range(first, last + 1))


def before(scene: Scene, end: int, core: tuple[int, ...]) -> Iterator[Argument]:
    """Times and places in front of a clause: "On Monday, …", "In Oslo, …", "Earlier in the day, …"."""
    doc, at = scene.piece.doc, end - 1
    while at >= scene.sentence.start:
        token = doc[at]
        if (at in scene.taken and at not in core) or (_ends(scene, token) and token.text != ","):
            return
        held = scene.when.get(at) or scene.who.get(at)
        if held is not None:
            first = _first(scene, at)
            preposition = doc[first - 1].lower_ if first > scene.sentence.start else ""
            yield from _fronted(scene, preposition, first, at)
            at = first
        at -= 1


def _fronted(scene: Scene, preposition: str, first: int, last: int) -> Iterator[Argument]:
    if first in scene.when:
        if preposition not in _NOT_DATING:
            yield Argument(preposition, first, last, time=scene.when[first])
    elif preposition in ("in", "at"):
        yield Argument(preposition, first, last, mention=scene.who[first])


def _first(scene: Scene, at: int) -> int:
    held: dict[int, TimeExpression] | dict[int, EntityMention] = scene.when if at in scene.when else scene.who
    what = held[at]
    while held.get(at - 1) is what:
        at -= 1
    return at


def within(scene: Scene, first: int, last: int) -> list[EntityMention]:
    """The mentions on the tokens from `first` to `last`, each once, in order, possessors left out."""
    found: list[EntityMention] = []
    doc = scene.piece.doc
    for i in range(max(first, scene.sentence.start), min(last + 1, scene.sentence.end)):
        mention = scene.who.get(i)
        if mention is None or (found and found[-1] is mention):
            continue
        following = _last(scene.who, i) + 1
        if following < len(doc) and doc[following].tag_ == "POS" and following <= last:
            continue
        found.append(mention)
    return found
