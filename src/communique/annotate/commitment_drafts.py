"""The promises of one sentence: whose, to whom, what, by when; not yet mentions of the record."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.annotate import modality
from communique.annotate.commitment_deeds import is_deed, is_sum, takes_back
from communique.annotate.commitment_frames import PromiseNoun, PromiseVerb, promises
from communique.annotate.commitment_futures import SIDES, ready, wills
from communique.annotate.commitment_modals import WILL
from communique.annotate.commitment_phrases import (
    INVITATION,
    Promise,
    agents,
    content,
    cut,
    dated,
    fill,
    mentions_of,
    parties,
    stretch,
)
from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import lemma, object_of, subject_of
from communique.model.claims import Modality
from communique.model.mentions import EntityMention
from communique.model.words import ActorKind, CommitmentKind, Official

_FIRST_PERSON = frozenset({"we", "i", "us"})
_SAID = (Modality.HAPPENED, Modality.ONGOING, None)
#: Official states of what was settled on a day.
_SETTLED = (Official.AGREED, Official.SIGNED)
_PEOPLE = ("PRON", "PROPN", "NOUN")


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
    elif token.dep_ == "acomp":
        yield from ready(scene, token)


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
    yield from wills(scene, verb)


def _complement(scene: Scene, verb: Token, frame: PromiseVerb) -> Token | None:
    """Head of what is promised, in the forms that the frame allows; never the day on which it was said."""
    for child in verb.children:
        if child.dep_ == "prep" and _is_time(scene, child):
            continue
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and "clause" in frame.complement
            and child.i > verb.i
            and content(child)
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
    return not frame.named or any(m.kind is ActorKind.AGREEMENT for m in mentions_of(scene, what))


def _is_discrete(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> bool:
    """Whether a pledge is of a deed, and where the frame asks for it, of one with a figure or a date.

    "It is planned to open in 2030" says of nobody that they plan it.
    """
    if frame.deed:
        return not _passive(verb) and is_deed(what) and dated(scene, what)
    counted = what.dep_ == "dobj" and (dated(scene, what) or _until(scene, what.head))
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


def _until(scene: Scene, verb: Token) -> bool:
    """Whether a verb's clause says by when: "within three months"."""
    phrases = (c for c in verb.children if c.lower_ in ("within", "by", "before") and c.i > verb.i)
    return any(t.i in scene.when or t.like_num for phrase in phrases for t in phrase.subtree)


def _parts(noun: Token) -> list[Token]:
    return [c for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]


def _promise(scene: Scene, verb: Token, frame: PromiseVerb, what: Token) -> Promise:
    first, last = stretch(scene, what)
    start = min(verb.i, first)
    promise = cut(scene, start, max(last, verb.i), first, last)
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
    if frame.heads == (INVITATION,):
        target = _invitee(verb, what)
    if frame.object == "to" and target is not None:
        draft.to = [m for m in parties(scene, target) if m.entity not in {b.entity for b in draft.by}]
    fill(scene, draft, start, max(last, verb.i), range(verb.i, first), what if frame.official in _SETTLED else None)
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


def _invitee(verb: Token, noun: Token) -> Token | None:
    """Whom an invitation is extended to."""
    phrases = (c for t in (noun, verb) for c in t.children if c.lower_ == "to" and c.pos_ == "ADP")
    return next((c for p in phrases for c in p.children if c.dep_ == "pobj" and c.pos_ in _PEOPLE), None)


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
        if (frame.deed and not dated(scene, what)) or (
            frame.words and not any(lemma(t) in frame.words for t in what.subtree)
        ):
            continue
        reading = modality.of_noun(noun).status
        if reading in (Modality.DENIED, Modality.HYPOTHETICAL, Modality.CANCELLED):
            return
        yield _noun_promise(scene, noun, frame, what)
        return


def _names_instrument(scene: Scene, what: Token) -> bool:
    named = any(m.kind is ActorKind.AGREEMENT for m in mentions_of(scene, what))
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
        place=cut(scene, start, last, first, last),
    )
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        mention = scene.who.get(_holder(owner).i)
        draft.by = [mention] if mention is not None else []
        draft.first_person = owner.lower_ in ("our", "my")
    else:
        draft.by = _governing_subject(scene, noun)
    if frame.kind is CommitmentKind.INVITATION and lemma(noun.head) in ("accept", "decline") and noun.dep_ == "dobj":
        _answered(scene, noun.head, draft, owned=owner is not None)
    fill(scene, draft, start, last)
    return draft


def _holder(owner: Token) -> Token:
    """Who owns a readiness: of "his country's readiness" the one whose country it is."""
    inner = next((c for c in owner.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    return inner if inner is not None and lemma(owner) in SIDES else owner


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
