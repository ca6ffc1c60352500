"""What a report tells of earlier promises: that a bridge was opened, that building goes on, that visas were discussed.

A progress mention is a commitment mention without a kind: it promises nothing itself. `fuse` looks for the promise
that it belongs to, and where there is none it is left out. What is planned, supposed or denied is no progress.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from communique.annotate import modality
from communique.annotate.commitment_deeds import takes_back
from communique.annotate.commitment_frames import ProgressVerb, promises
from communique.annotate.commitment_phrases import agents, parties, stretch
from communique.annotate.commitments import Said, ahead, dues
from communique.annotate.entities import Entities
from communique.annotate.event_scope import Finder, Scene, within
from communique.annotate.event_triggers import lemma, object_of, subject_of
from communique.annotate.nlp import Parse
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.mentions import EntityMention, Quotation, TimeExpression
from communique.model.spans import Span
from communique.model.words import ActorKind, Official

_LONGEST = 400
_FORCE = frozenset({"force", "effect", "operation", "service", "use"})
#: What official texts do with a deed that is done, and what they express at it.
_WELCOMING = frozenset(
    {"welcome", "note", "hail", "commend", "praise", "applaud", "celebrate", "acknowledge", "appreciate", "recall"}
)
_PLEASED = frozenset({"satisfaction", "appreciation", "gratitude", "note", "pleasure"})
_TO_COME = frozenset(
    {
        "planned",
        "upcoming",
        "forthcoming",
        "possible",
        "early",
        "proposed",
        "future",
        "imminent",
        "expected",
        "eventual",
    }
)
_DECIDING = frozenset({"decide", "agree", "resolve"})
_STEPS = 4
_TOPICS = frozenset({"theme", "topic", "subject"})
_FIRST_PERSON = frozenset({"we", "i"})
_LEAST_WORDS = 2
#: "opened up prospects" opened nothing.
_OTHER_SENSE = frozenset({"up", "out", "off"})
#: Words before the new day of what is put off.
_UNTIL = frozenset({"until", "till", "to"})
#: Gatherings are happenings, not deeds that were promised.
_GATHERINGS = frozenset(
    {"session", "meeting", "summit", "talk", "talks", "conference", "ceremony", "visit", "briefing"}
)
#: Prepositions that carry on what a deed was done to: "opened the bridge to freight trains".
_CARRYING = frozenset({"to", "of", "for", "with", "on", "between", "from", "in", "at"})


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of where a promise stands."""

    id: str
    span: Span
    claims: tuple[Claim, ...] = ()


class Found(NamedTuple):
    """Progress as its sentence tells it: the verb, and the first and last token of what it is about.

    `due` is the new day of what was put off; the words of what was put off take in the verb. `verb` may be a noun of a
    deed, "the opening of"; `deed` is then its verb.
    """

    verb: Token
    official: Official
    first: int
    last: int
    due: tuple[TimeExpression, ...] = ()
    put_off: bool = False
    deed: str = ""


def read(
    parse: Parse,
    entities: Entities,
    times: tuple[TimeExpression, ...],
    quotations: tuple[Quotation, ...] = (),
    taken: Iterable[Span] = (),
) -> tuple[Progress, ...]:
    """The progress told in a parsed report, in the order of the text.

    Args:
        parse: the parsed report.
        entities: who and what it speaks of.
        times: its time expressions, sorted.
        quotations: what is said in it; "we" in a quotation is its speaker.
        taken: spans of its promises; no progress has the span of one.
    """
    finder = Finder(entities, times)
    used = {(s.start, s.end) for s in taken}
    said = Said(quotations)
    out: list[Progress] = []
    for piece, sentence in parse.sentences():
        scene = finder.scene(piece, sentence)
        for found in progress_of(scene):
            span = _span(parse, scene, found)
            if found.deed and any(ahead(parse, t) for t in _times(scene, found)):
                continue
            if (span.start, span.end) not in used and span.end - span.start <= _LONGEST:
                used.add((span.start, span.end))
                out.append(_progress(parse, scene, found, span, said.by(span.start, span.end)))
    return tuple(sorted(out, key=lambda p: p.span))


def progress_of(scene: Scene) -> Iterator[Found]:
    """What a sentence tells as done, going on, in force or discussed."""
    for verb in scene.sentence:
        yield from _by_noun(scene, verb)
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("aux", "auxpass"):
            continue
        yield from _by_verb(scene, verb)
        yield from _being(scene, verb)


def _by_noun(scene: Scene, noun: Token) -> Iterator[Found]:
    """As in "They welcomed the opening of the laboratory": a deed that somebody is glad of is done."""
    deed = promises().deed_nouns.get(lemma(noun)) if noun.pos_ in ("NOUN", "PROPN") else None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    thing = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if deed is None or thing is None or lemma(thing) in _GATHERINGS or not _is_welcome(noun):
        return
    first, last = stretch(scene, thing)
    yield Found(noun, Official.DONE, first, _carried_on(scene, noun.head, last), deed=deed)


def _is_welcome(noun: Token) -> bool:
    """Whether a noun is what somebody welcomed, noted, or was pleased with, and nothing that is yet to come."""
    if any(c.lower_ in _TO_COME for c in noun.children):
        return False
    at = noun
    for _ in range(_STEPS):
        if at.dep_ not in ("dobj", "pobj", "prep", "nsubjpass"):
            return False
        at = at.head
        if at.pos_ == "VERB":
            glad = lemma(at) in _WELCOMING or any(c.dep_ == "dobj" and lemma(c) in _PLEASED for c in at.children)
            return glad and modality.of_verb(at).status is Modality.HAPPENED
    return False


def _decided_against(scene: Scene, verb: Token) -> Iterator[Found]:
    """As in "They decided not to open the office"."""
    thing = object_of(verb)
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or lemma(thing) in _GATHERINGS:
        return
    if takes_back(verb) and any(c.dep_ == "neg" for c in verb.children) and _resolved(verb):
        first, last = stretch(scene, thing)
        yield Found(verb, Official.REFUSED, first, _carried_on(scene, verb, last))


def _resolved(verb: Token) -> bool:
    """Whether somebody decided to do what a verb says."""
    decided = verb.dep_ in ("xcomp", "ccomp") and lemma(verb.head) in _DECIDING
    return decided and modality.of_verb(verb.head).status is Modality.HAPPENED


def _by_verb(scene: Scene, verb: Token) -> Iterator[Found]:
    yield from _decided_against(scene, verb)
    rows = promises().progress.get(lemma(verb), ())
    status = modality.of_verb(verb).status
    row, thing = next(((row, thing) for row in rows for thing in _things(verb, row)), (None, None))
    if row is None or thing is None or not _is_fact(verb, row, status):
        return
    if row.put_off:
        yield _put_off(scene, verb, thing)
        return
    if row.official is Official.DISCUSSED:
        yield from _topics(scene, verb, thing)
        return
    first, last = stretch(scene, thing)
    official = Official.UNDER_WAY if status is Modality.ONGOING and row.official is Official.DONE else row.official
    end = next((c.right_edge.i for c in verb.children if row.into and c.lower_ == "into"), last)
    yield Found(verb, official, first, _carried_on(scene, verb, max(end, last)))


def _is_fact(verb: Token, row: ProgressVerb, status: Modality | None) -> bool:
    """Whether a verb is told as a fact, in the sense of its row; what was cancelled in fact is told as cancelled."""
    if not row.beside and any(c.dep_ == "prt" and c.lower_ in _OTHER_SENSE for c in verb.children):
        return False
    if (row.put_off or row.official is Official.REFUSED) and _resolved(verb):
        return not any(c.dep_ == "neg" for c in verb.children)
    if status is Modality.CANCELLED and row.undoing:
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg")]
        undone = verb.tag_ == "VBD" or any(c.lemma_ in ("be", "have") for c in helpers)
        return undone and not any(c.tag_ in ("MD", "TO") or c.dep_ == "neg" for c in helpers)
    return status in (Modality.HAPPENED, Modality.ONGOING) and _told(verb, row.official)


def _put_off(scene: Scene, verb: Token, thing: Token) -> Found:
    """What was put off, and until when."""
    first, last = stretch(scene, thing)
    for phrase in verb.children:
        if phrase.i > max(verb.i, thing.i) and phrase.lower_ in _UNTIL:
            named = next((c for c in phrase.children if c.dep_ == "pobj"), phrase)
            if time := scene.when.get(named.i):
                return Found(verb, Official.DISCUSSED, first, max(last, phrase.right_edge.i), (time,), put_off=True)
    return Found(verb, Official.DISCUSSED, first, last, put_off=True)


def _told(verb: Token, official: Official) -> bool:
    """Whether a verb form tells of a fact: "opened", "has been opened", "is opening", not "by opening" or "to open"."""
    helpers = {c.lemma_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ in ("VBZ", "VBP"):
        return official is Official.UNDER_WAY
    if verb.tag_ == "VBN":
        return bool(helpers & {"be", "have"}) or verb.dep_ == "acl"
    return verb.tag_ == "VBD" or (verb.tag_ == "VBG" and "be" in helpers)


def _carried_on(scene: Scene, verb: Token, last: int) -> int:
    """The last token of what a deed was done to, with the phrases right after it that the parser tied to the verb."""
    doc = scene.piece.doc
    while last + 1 < scene.sentence.end and doc[last + 1].lower_ in _CARRYING and doc[last + 1].head == verb:
        end = min(doc[last + 1].right_edge.i, scene.sentence.end - 1)
        if any(i in scene.when for i in range(last + 1, end + 1)):
            break
        last = end
    return last


def _things(verb: Token, row: ProgressVerb) -> Iterator[Token]:
    """What a verb is done to, or what it tells of."""
    phrase = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in row.after), None)
    named = next((c for c in phrase.children if c.dep_ == "pobj"), None) if phrase is not None else None
    if row.into:
        into = named is not None and named.lower_ in _FORCE
        thing = (object_of(verb) or subject_of(verb)) if into else None
    else:
        thing = _refused(verb) if row.clause else named or (object_of(verb) if row.object else None)
        if thing is None and row.subject:
            thing = subject_of(verb)
    if thing is not None and thing.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        thing = verb.head
    if thing is None or thing.pos_ not in ("NOUN", "PROPN", "VERB") or lemma(thing) in _GATHERINGS:
        return
    if not row.beside or any(c.lower_ in row.beside for c in verb.children):
        yield thing


def _refused(verb: Token) -> Token | None:
    """What is refused: the clause after "refused to", else the object."""
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    return clause or object_of(verb)


def _being(scene: Scene, verb: Token) -> Iterator[Found]:
    """As in "The main topic was the airport" and "Work is under way on the second line"."""
    if verb.lemma_ != "be":
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    attribute = next((c for c in verb.children if c.dep_ == "attr"), None)
    if subject is None or modality.of_verb(verb).status not in (Modality.HAPPENED, Modality.ONGOING, None):
        return
    planned = any(c.dep_ == "aux" for c in verb.children)
    if attribute is not None and lemma(subject) in _TOPICS and not planned:
        yield from _topics(scene, verb, attribute)
    following = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    if not planned and (following[:1] == ["underway"] or following == ["under", "way"]):
        last = min(verb.right_edge.i, scene.sentence.end - 1)
        yield Found(verb, Official.UNDER_WAY, subject.left_edge.i, _trimmed(scene, verb.i, last))


def _topics(scene: Scene, verb: Token, thing: Token) -> Iterator[Found]:
    """Each topic of a list by itself."""
    first = max(thing.left_edge.i, scene.sentence.start)
    end = min(thing.right_edge.i + 1, scene.sentence.end)
    start = first
    for i in range(first, end + 1):
        if i == end or scene.piece.doc[i].text in (",", ";") or scene.piece.doc[i].text == "–":
            start += scene.piece.doc[start].dep_ == "cc"
            last = _trimmed(scene, start, i - 1)
            if (
                sum(t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") for t in scene.piece.doc[start : last + 1])
                >= _LEAST_WORDS
            ):
                yield Found(verb, Official.DISCUSSED, start, last)
            start = i + 1


def _trimmed(scene: Scene, start: int, last: int) -> int:
    while last > start and scene.piece.doc[last].is_punct:
        last -= 1
    return last


def _span(parse: Parse, scene: Scene, found: Found) -> Span:
    doc, piece = scene.piece.doc, scene.piece
    topic = found.official is Official.DISCUSSED and not found.put_off
    first = found.first if topic else min(found.verb.i, found.first)
    if not topic and not found.deed and _resolved(found.verb):
        first = min(first, found.verb.head.i)  # the words that say it was dropped: "decided not to"
    particle = next((c.i for c in found.verb.children if c.dep_ == "prt"), found.verb.i)
    last = found.last if topic else max(found.verb.i, found.last, particle)
    return parse.report.span(piece.start + doc[first].idx, piece.bounds(doc[last])[1])


def _progress(parse: Parse, scene: Scene, found: Found, span: Span, speaker: str | None) -> Progress:
    mention = ids.mention_id(parse.report.id, "c", span.start, span.end)
    rule = f"progress:{found.official}"
    deed = found.deed or lemma(found.verb)
    rows = [("what", span.text, span)]
    rows += [("by", value, place) for value, place in _doers(found.verb, scene, speaker, span)]
    rows += [("item", m.id, m.span) for m in within(scene, found.first, found.last) if m.kind is ActorKind.ITEM]
    claims = {Claim(mention, f, v, s, holder=speaker, rule=rule) for f, v, s in rows}
    claims.add(Claim(mention, "official", str(found.official), span, qualifier=deed, holder=speaker, rule=rule))
    claims |= {Claim(mention, "fulfils", word, span, holder=speaker, rule=rule) for word in promises().fulfilled(deed)}
    for time in _times(scene, found):
        claims |= {
            Claim(mention, c.field, c.value, c.span, qualifier=c.qualifier, holder=speaker, rule=rule)
            for c in time.claims
            if c.field in ("date", "date_open")
        }
    claims |= {Claim(mention, f, v, s, holder=speaker, rule=rule) for f, v, s in dues(found.due)}
    return Progress(id=mention, span=span, claims=tuple(sorted(claims, key=lambda c: (c.field, c.span, c.value))))


def _doers(verb: Token, scene: Scene, speaker: str | None, place: Span) -> Iterator[tuple[str, Span]]:
    """Who did it: the subject, or the agent in the passive; the speaker, where it is "we" or "I"."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    subject = None if passive else subject_of(verb)
    if subject is not None and subject.lower_ in _FIRST_PERSON:
        if speaker is not None:
            yield speaker, place
        return
    found: list[EntityMention] = agents(scene, verb) if passive else parties(scene, subject) if subject else []
    for mention in found:
        for value in mention.members or (mention.id,):
            yield value, mention.span


def _times(scene: Scene, found: Found) -> list[TimeExpression]:
    """The only time told with the verb, where there is one; "by" a day is not when it was done."""
    doc = scene.piece.doc
    out: list[TimeExpression] = []
    whole = (*found.verb.subtree, *(found.verb.head.subtree if found.deed and found.verb.dep_ == "dobj" else ()))
    for token in whole:
        time = scene.when.get(token.i)
        before = doc[token.i - 1].lower_ if token.i else ""
        own = bool(found.deed) or _clause(token) == found.verb
        timely = before not in ("by", "since", "before", "after", "until") and own
        if time is not None and time not in (*out, *found.due) and timely:
            out.append(time)
    return out if len(out) == 1 else []


def _clause(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    at = token
    while at.head != at and at.pos_ not in ("VERB", "AUX"):
        at = at.head
    return at
