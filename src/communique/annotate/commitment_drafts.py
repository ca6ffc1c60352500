"""The promises of one sentence: whose, to whom, what, by when; not yet mentions of the record."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from communique.annotate import modality
from communique.annotate.commitment_deeds import is_deed, is_sum, split_off, takes_back
from communique.annotate.commitment_frames import PromiseNoun, PromiseVerb, promises
from communique.annotate.commitment_modals import WILL, future
from communique.annotate.commitment_times import dates_act, is_deadline, is_due
from communique.annotate.event_scope import Scene, within
from communique.annotate.event_triggers import lemma, object_of, subject_of
from communique.model.claims import Modality
from communique.model.mentions import EntityMention, TimeExpression
from communique.model.words import ActorKind, CommitmentKind, Official

_FIRST_PERSON = frozenset({"we", "i", "us"})
_MARKS = frozenset(";:—–…")
_PARTIES = (ActorKind.PERSON, ActorKind.COUNTRY, ActorKind.BODY, ActorKind.GROUP, ActorKind.FORUM)
_SAID = (Modality.HAPPENED, Modality.ONGOING, None)
#: Prepositions that carry on what an object names.
_FURTHER = ("on", "of", "for", "concerning", "about", "between")
_INVITATION = "invitation"
#: What follows an invitation: to whom, and to do what.
_ASKING, _TO = ("dative", "prep", "advcl", "xcomp"), ("to", "for")
#: Official states of what was settled on a day.
_SETTLED = (Official.AGREED, Official.SIGNED)
_PEOPLE = ("PRON", "PROPN", "NOUN")


class Place(NamedTuple):
    """Where a promise stands, and where its content: offsets of the report, ends exclusive."""

    start: int
    end: int
    what_start: int
    what_end: int


class Promise(msgspec.Struct, kw_only=True):
    """A promise as far as its sentence tells it."""

    kind: CommitmentKind
    official: Official
    place: Place
    rule: str
    by: list[EntityMention] = []
    to: list[EntityMention] = []
    items: list[EntityMention] = []
    times: list[TimeExpression] = []
    deadline: bool = False
    """Whether the words say that the times are those by which: "by May"."""
    of_act: list[TimeExpression] = []
    """Those of the times that may be when it was agreed: "signed a treaty in May"."""
    first_person: bool = False
    together: bool = False
    accepted: bool | None = None


def promises_of(scene: Scene) -> list[Promise]:
    """The promises of a sentence, in the order of their words; none inside what another one promises."""
    found: list[Promise] = []
    for token in scene.sentence:
        for promise in _read(scene, token):
            if not any(p.place.start <= promise.place.start and promise.place.end <= p.place.end for p in found):
                found.append(promise)
    return found


def _read(scene: Scene, token: Token) -> Iterator[Promise]:
    if token.tag_.startswith("VB") or token.pos_ == "VERB" or (token.lower_ == "committed" and token.pos_ == "ADJ"):
        yield from _verb(scene, token)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _noun(scene, token)


def _verb(scene: Scene, verb: Token) -> Iterator[Promise]:
    if verb.dep_ in ("aux", "auxpass"):
        return
    name = "commit" if verb.lower_ == "committed" else lemma(verb)
    for frame in promises().verbs.get(name, ()):
        what = _complement(scene, verb, frame)
        if what is not None and takes_back(what):
            return
        if what is not None and _fits(scene, verb, frame, what):
            yield _promise(scene, verb, frame, what)
            return
    yield from _will(scene, verb)


def _complement(scene: Scene, verb: Token, frame: PromiseVerb) -> Token | None:
    """Head of what is promised, in the forms that the frame allows; never the day on which it was said."""
    for child in verb.children:
        if child.dep_ == "prep" and _is_time(scene, child):
            continue
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and "clause" in frame.complement
            and child.i > verb.i
            and _content(child)
        ):
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ in frame.complement and child.i > verb.i:
            return child
        if frame.object == "to" and child.dep_ in ("dobj", "dative"):
            if lemma(child) in promises().nouns:
                return child
            of = next((c for c in child.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            if of is not None and "of" in frame.complement:
                return of
        is_object = child.dep_ == "dobj" or (child.dep_ == "nsubjpass" and frame.passive)
        if is_object and "object" in frame.complement:
            return child
    return None


def _is_time(scene: Scene, phrase: Token) -> bool:
    """Whether a phrase says only when: "on Tuesday"."""
    named = next((c for c in phrase.children if c.dep_ == "pobj"), None)
    return named is not None and named.i in scene.when


def _content(clause: Token) -> bool:
    """Whether a clause says what is to be done: an infinitive, or "that … will", not "that it is urgent"."""
    helpers = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if clause.dep_ == "advcl":
        return "to" in helpers
    if "to" in helpers or (clause.tag_ == "VBG" and not helpers):
        return True
    return bool(helpers & (WILL | {"would", "should"}))


def _fits(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> bool:
    """Whether something was promised in fact, and is what the frame asks for."""
    status = modality.of_verb(verb).status
    careful = status is Modality.PLANNED and frame.kind is CommitmentKind.PLEDGE and not frame.deed
    if (status not in _SAID and not careful) or (frame.progressive and status is not Modality.ONGOING):
        return False
    if frame.needs_object and not _asked(scene, _target(verb, frame)):
        return False
    return _names_it(scene, verb, frame, what) and _is_discrete(scene, verb, frame, what)


def _names_it(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> bool:
    """Whether the words stand there that the frame asks for."""
    head = next((c for c in what.children if c.dep_ == "pobj"), what) if what.dep_ == "prep" else what
    if frame.heads and not any(lemma(t) in frame.heads for t in (head, *head.conjuncts, *_parts(head))):
        return False
    if frame.words and not any(lemma(t) in frame.words for t in verb.subtree if t.i > verb.i):
        return False
    return not frame.named or any(m.kind is ActorKind.AGREEMENT for m in _mentions(scene, what))


def _is_discrete(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> bool:
    """Whether a pledge is of a deed, and where the frame asks for it, of one with a figure or a date.

    "It is planned to open in 2030" says of nobody that they plan it.
    """
    if frame.deed:
        return not _passive(verb) and is_deed(what) and _dated(scene, what)
    counted = what.dep_ == "dobj" and (_dated(scene, what) or _until(scene, what.head))
    free = frame.kind not in (CommitmentKind.PLEDGE, CommitmentKind.ASSURANCE)
    return free or is_deed(what) or is_sum(what) or counted


def _target(verb: Token, frame: PromiseVerb) -> Token | None:
    """Who is asked or assured: the object, or what stands after a preposition, "called on Peru to"."""
    if not frame.object_after:
        return object_of(verb)
    phrases = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in frame.object_after and c.i > verb.i)
    return next((c for p in phrases for c in p.children if c.dep_ == "pobj"), None)


def _asked(scene: Scene, target: Token | None) -> bool:
    return target is not None and (
        target.lower_ not in ("you", "me", "us", "them") and (bool(parties(scene, target)) or target.pos_ != "PRON")
    )


def _dated(scene: Scene, what: Token) -> bool:
    """Whether a figure, a date or an instrument stands with a deed."""
    named = promises().instruments
    return any(t.like_num or t.tag_ == "CD" or t.i in scene.when or lemma(t) in named for t in what.subtree)


def _until(scene: Scene, verb: Token) -> bool:
    """Whether a verb's clause says by when: "within three months"."""
    phrases = (c for c in verb.children if c.lower_ in ("within", "by", "before") and c.i > verb.i)
    return any(t.i in scene.when or t.like_num for phrase in phrases for t in phrase.subtree)


def _parts(noun: Token) -> list[Token]:
    return [c for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]


def _mentions(scene: Scene, token: Token) -> list[EntityMention]:
    return within(scene, token.left_edge.i, token.right_edge.i)


def _promise(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> Promise:
    first, last = stretch(scene, what)
    start = min(verb.i, first)
    promise = _cut(scene, start, max(last, verb.i), first, last)
    draft = Promise(kind=frame.kind, official=frame.official, rule=f"promise:{lemma(verb)}", place=promise)
    subject = subject_of(verb)
    if _passive(verb):
        draft.by = agents(scene, verb)
    elif subject is not None:
        draft.by, draft.first_person = parties(scene, subject), subject.lower_ in _FIRST_PERSON
        draft.together = subject.lower_ == "we" and frame.kind is CommitmentKind.AGREEMENT
        draft.by += _debtors(scene, frame, what, draft.by)
    if verb.lower_ == "committed" and not draft.by:
        beside = (*verb.children, *verb.head.children) if verb.dep_ in ("acomp", "attr", "conj") else verb.children
        own = next((c for c in beside if c.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None:
            draft.by, draft.first_person = parties(scene, own), own.lower_ in _FIRST_PERSON
    target = _target(verb, frame)
    if frame.heads == (_INVITATION,):
        target = _invitee(verb, what)
    if frame.object == "to" and target is not None:
        draft.to = parties(scene, target)
    _fill(scene, draft, start, max(last, verb.i), range(verb.i, first), what if frame.official in _SETTLED else None)
    if frame.kind is CommitmentKind.INVITATION:
        _read_answer(verb, draft)
    return draft


def _passive(verb: Token) -> bool:
    """Whether a verb's subject is whom or what it is done to; who "is committed" has committed themselves."""
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) and verb.lower_ != "committed"


def _debtors(scene: Scene, frame: PromiseVerb, what: Token, known: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """As in "The minister promised that Latvia would train them": the country that is to do it owes it, too."""
    doer = next((c for c in what.children if c.dep_ == "nsubj" and c.pos_ != "PRON"), None)
    if frame.kind is CommitmentKind.PLEDGE and doer is not None and what.dep_ == "ccomp":
        sides = (ActorKind.COUNTRY, ActorKind.BODY)
        yield from (m for m in parties(scene, doer) if m.kind in sides and m not in known)


def agents(scene: Scene, verb: Token) -> list[EntityMention]:
    """Who a passive verb says did it: "by the two ministers"."""
    agent = next((c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"), None)
    return parties(scene, agent) if agent is not None else []


def parties(scene: Scene, token: Token) -> list[EntityMention]:
    """Who a subject or object names: its persons, else countries, bodies and groups."""
    found = within(scene, token.left_edge.i, _head_end(token))
    people = [m for m in found if m.kind is ActorKind.PERSON or m.members]
    return people or [m for m in found if m.kind in _PARTIES]


def _head_end(token: Token) -> int:
    for inner in token.doc[token.i : token.right_edge.i + 1]:
        if inner.dep_ in ("relcl", "acl"):
            return inner.i - 1
    return token.right_edge.i


def stretch(scene: Scene, head: Token) -> tuple[int, int]:
    """First and last token of what is promised, cut where another sentence part begins."""
    first = max(head.left_edge.i, scene.sentence.start)
    further = split_off(head)
    last = min(_phrase_end(further or head), scene.sentence.end - 1)
    for token in head.doc[head.i + 1 : last + 1]:
        quoted = token.tag_ == "''" and token.nbor(-1).is_punct
        if token.text in _MARKS or (token.text == "," and _another_clause(token)) or quoted:
            last = token.i - 1
            break
    while last > head.i and head.doc[last].is_punct and head.doc[last].text != ")":
        last -= 1
    return first, max(last, head.i)


def _phrase_end(head: Token) -> int:
    """The last token below a head; "on fisheries" right after an object belongs to it, wherever the parser tied it."""
    last = head.right_edge.i
    if lemma(head) == _INVITATION:
        return _invited(head, last)
    further: tuple[str, ...] = _FURTHER if head.dep_ in ("dobj", "nsubjpass") else ()
    if head.dep_ == "prep" and head.head.lemma_ == "invite":
        further = ("for", "in", "on", "at")
    while last + 1 < len(head.doc):
        following = head.doc[last + 1]
        if following.dep_ != "prep" or following.lower_ not in further:
            break
        last = max(last + 1, following.right_edge.i)
    return last


def _invited(invitation: Token, last: int) -> int:
    """The last token of an invitation "to her to visit Oslo", where the parser tied the rest to the verb."""
    doc, verb = invitation.doc, invitation.head
    while last + 1 < len(doc):
        after = doc[last + 1]
        after = after.head if after.lower_ == "to" and after.dep_ == "aux" else after
        if after.head != verb or after.dep_ not in _ASKING or (after.pos_ == "ADP" and after.lower_ not in _TO):
            break
        last = max(last + 1, after.right_edge.i)
    return last


def _invitee(verb: Token, noun: Token) -> Token | None:
    """Whom an invitation is extended to."""
    phrases = (c for t in (noun, verb) for c in t.children if c.lower_ == "to" and c.pos_ == "ADP")
    return next((c for p in phrases for c in p.children if c.dep_ == "pobj" and c.pos_ in _PEOPLE), None)


def _another_clause(comma: Token) -> bool:
    if comma.i + 1 >= len(comma.doc):
        return True
    following = comma.nbor(1)
    if following.tag_ in ("WDT", "WP", "WRB") or following.tag_ == "VBG":
        return True
    after = comma.doc[comma.i + 1 : comma.i + 8]
    return following.dep_ == "cc" and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in after)


def _cut(scene: Scene, start: int, last: int, first: int, what_last: int) -> Place:
    doc, base = scene.piece.doc, scene.piece.start
    return Place(
        start=base + doc[start].idx,
        end=scene.piece.bounds(doc[last])[1],
        what_start=base + doc[first].idx,
        what_end=scene.piece.bounds(doc[what_last])[1],
    )


def _fill(
    scene: Scene, draft: Promise, first: int, last: int, said: range = range(0), what: Token | None = None
) -> None:
    """The items and times named in a promise; a time among the tokens `said` is the day of saying.

    Where a time says by when, the others do not. A time behind `what` was signed or agreed on may be the day of that.
    """
    by: list[TimeExpression] = []
    for mention in within(scene, first, last):
        if mention.kind is ActorKind.ITEM and mention not in draft.items:
            draft.items.append(mention)
    for i in range(first, last + 1):
        time = scene.when.get(i)
        if time is None or time in draft.times or not is_due(scene, i):
            continue
        if is_deadline(scene, i):
            by.append(time)
        if i not in said or is_deadline(scene, i):
            draft.times.append(time)
            draft.of_act += [time] if dates_act(scene, i, what) else []
    draft.times, draft.deadline = by or draft.times, bool(by)


def _read_answer(verb: Token, draft: Promise) -> None:
    """Whether the same sentence says that the invitation was accepted."""
    for token in verb.doc[verb.i : verb.sent.end]:
        low = token.lower_
        if low in ("accepted", "accepts", "accept", "declined", "rejected") and token.tag_.startswith("VB"):
            status = modality.of_verb(token).status
            if status in (Modality.HAPPENED, Modality.ONGOING):
                draft.accepted = low.startswith("accept")
                draft.official = Official.AGREED if draft.accepted else Official.REFUSED


def _noun(scene: Scene, noun: Token) -> Iterator[Promise]:
    if scene.who.get(noun.i) is not None and noun.pos_ == "PROPN":
        return
    for frame in promises().nouns.get(lemma(noun), ()):
        what = _noun_complement(noun, frame)
        if (
            what is not None
            and frame.kind in (CommitmentKind.PLEDGE, CommitmentKind.AGREEMENT)
            and not frame.instrument
        ):
            what = what if is_deed(what) else None
        if what is None or (frame.beside and not any(c.lower_ in frame.beside for c in noun.children)):
            continue
        if frame.instrument and not _names_instrument(scene, what):
            continue
        if (frame.deed and not _dated(scene, what)) or (
            frame.words and not any(lemma(t) in frame.words for t in what.subtree)
        ):
            continue
        reading = modality.of_noun(noun).status
        if reading in (Modality.DENIED, Modality.HYPOTHETICAL, Modality.CANCELLED):
            return
        yield _noun_promise(scene, noun, frame, what)
        return


def _names_instrument(scene: Scene, what: Token) -> bool:
    named = any(m.kind is ActorKind.AGREEMENT for m in _mentions(scene, what))
    return named or any(
        lemma(t) in promises().instruments and (t.tag_ == "NNP" or any(c.ent_type_ == "DATE" for c in t.subtree))
        for t in what.subtree
    )


def _noun_complement(noun: Token, frame: PromiseNoun) -> Token | None:
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and "clause" in frame.after and child.i > noun.i:
            helpers = {c.lower_ for c in child.children if c.dep_ in ("aux", "mark")}
            if "to" in helpers or helpers & WILL:
                return child
        if child.dep_ == "prep" and child.lower_ in frame.after and child.i > noun.i:
            return child
    return None


def _noun_promise(scene: Scene, noun: Token, frame: PromiseNoun, what: Token) -> Promise:
    first, last = stretch(scene, what)
    start = max(min(noun.left_edge.i, noun.i), scene.sentence.start)
    draft = Promise(
        kind=frame.kind,
        official=frame.official,
        rule=f"promise:{lemma(noun)}",
        place=_cut(scene, start, last, first, last),
    )
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        mention = scene.who.get(owner.i)
        draft.by = [mention] if mention is not None else []
        draft.first_person = owner.lower_ in ("our", "my")
    else:
        draft.by = _governing_subject(scene, noun)
    if frame.kind is CommitmentKind.INVITATION and lemma(noun.head) in ("accept", "decline") and noun.dep_ == "dobj":
        _answered(scene, noun.head, draft, owned=owner is not None)
    _fill(scene, draft, start, last)
    return draft


def _answered(scene: Scene, verb: Token, draft: Promise, *, owned: bool) -> None:
    """Who accepts an invitation was invited; who gave it is named only as its owner, "the President's invitation"."""
    subject = subject_of(verb)
    invited = parties(scene, subject) if subject is not None else []
    draft.by, draft.to = (draft.by if owned else []), invited
    draft.first_person = draft.first_person and not owned
    if modality.of_verb(verb).status in (Modality.HAPPENED, Modality.ONGOING):
        draft.accepted = lemma(verb) == "accept"
        draft.official = Official.AGREED if draft.accepted else Official.REFUSED


def _governing_subject(scene: Scene, noun: Token) -> list[EntityMention]:
    """Who makes a decision or expresses a commitment: the subject of the verb it belongs to."""
    at = noun
    for _ in range(4):
        if at.head == at:
            return []
        at = at.head
        if at.tag_.startswith("VB"):
            subject = subject_of(at)
            return parties(scene, subject) if subject is not None else []
    return []


def _will(scene: Scene, verb: Token) -> Iterator[Promise]:
    """As in "We will cut tariffs by 5 per cent from May", "She said Peru would": a deed with a figure or a date."""
    modal, subject = future(verb)
    if modal is None or subject is None or lemma(verb) not in promises().deeds or object_of(verb) is None:
        return
    foretold = verb.dep_ == "ccomp" and lemma(verb.head) in promises().foretelling
    if foretold or modality.of_verb(verb).status is not Modality.PLANNED or verb.dep_ in ("relcl", "advcl"):
        return
    first_person = subject.lower_ in ("we", "i")
    makers = parties(scene, subject)
    if not (first_person or any(m.kind in (ActorKind.COUNTRY, ActorKind.BODY, ActorKind.GROUP) for m in makers)):
        return
    if not _dated(scene, verb):
        return
    first, last = verb.i, stretch(scene, verb)[1]
    draft = Promise(
        kind=CommitmentKind.PLEDGE,
        official=Official.PROMISED,
        rule="promise:will",
        first_person=first_person,
        by=makers,
        place=_cut(scene, min(modal.i, first), last, first, last),
    )
    _fill(scene, draft, first, last)
    yield draft
