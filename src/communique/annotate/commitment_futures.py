"""Deeds that are to come, where saying so promises or offers them: "we will cut tariffs", "Peru is ready to pay"."""

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate import lexicon, modality
from communique.annotate.commitment_deeds import is_deed
from communique.annotate.commitment_frames import promises
from communique.annotate.commitment_modals import future, reported
from communique.annotate.commitment_phrases import Promise, content, cut, dated, fill, parties, stretch
from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import lemma, object_of, subject_of
from communique.model.claims import Modality
from communique.model.words import ActorKind, CommitmentKind, Official

#: What a speaker calls their own side: "her country", "their government".
SIDES = lexicon.word_set("commitment-sides")
_SAID = (Modality.HAPPENED, Modality.ONGOING, None)
_FIRST_PERSON = frozenset({"we", "i", "us"})


def wills(scene: Scene, verb: Token) -> Iterator[Promise]:
    """As in "We will cut tariffs by 5 per cent from May", "She said Peru would": a deed with a figure or a date."""
    modal, subject = future(verb)
    if modal is None or subject is None or not _is_deed_verb(verb) or (object_of(verb) is None and not _pays(verb)):
        return
    foretold = verb.dep_ == "ccomp" and lemma(verb.head) in promises().foretelling
    if foretold or modality.of_verb(verb).status is not Modality.PLANNED or verb.dep_ in ("relcl", "advcl"):
        return
    first_person = subject.lower_ in ("we", "i") or _ours(subject)
    makers = parties(scene, subject)
    sides = (ActorKind.COUNTRY, ActorKind.BODY, ActorKind.GROUP)
    if not (first_person or any(m.kind in sides for m in makers) or _own_side(scene, verb, subject)):
        return
    if not dated(scene, verb):
        return
    first, last = verb.i, stretch(scene, verb)[1]
    draft = Promise(
        kind=CommitmentKind.PLEDGE,
        official=Official.PROMISED,
        rule="promise:will",
        first_person=first_person,
        by=makers,
        place=cut(scene, min(modal.i, first), last, first, last),
    )
    fill(scene, draft, first, last)
    yield draft


def _ours(subject: Token) -> bool:
    """Whether a speaker names their own side: "our government"."""
    return lemma(subject) in SIDES and any(c.lower_ in ("my", "our") for c in subject.children)


def ready(scene: Scene, adjective: Token) -> Iterator[Promise]:
    """As in "is ready to supply 300 buses": a deed with a figure, a date or an instrument."""
    frame = next(iter(promises().adjectives.get(adjective.lower_, ())), None)
    what = next((c for c in adjective.children if c.dep_ == "xcomp" and content(c)), None)
    subject = subject_of(adjective.head)
    if frame is None or what is None or subject is None or not is_deed(what) or not dated(scene, what):
        return
    if modality.of_verb(adjective.head).status not in _SAID:
        return
    first, last = stretch(scene, what)
    draft = Promise(
        kind=frame.kind,
        official=frame.official,
        rule=f"promise:{adjective.lower_}",
        place=cut(scene, adjective.i, last, first, last),
        by=parties(scene, subject),
        first_person=subject.lower_ in _FIRST_PERSON,
    )
    fill(scene, draft, adjective.i, last)
    yield draft


def _is_deed_verb(verb: Token) -> bool:
    """Whether a verb, its particle with it, is one of the deeds that the table names."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return not promises().deeds.isdisjoint((lemma(verb), f"{lemma(verb)} {particle}"))


def _pays(verb: Token) -> bool:
    """As in "would pay for two boats"."""
    return lemma(verb) == "pay" and any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children)


def _own_side(scene: Scene, verb: Token, subject: Token) -> bool:
    """Whether a speaker tells what they or their side will do: "she said her country would pay 3 million"."""
    owner = next((c for c in subject.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    if owner is not None:
        return lemma(subject) in SIDES and scene.who.get(owner.i) is not None
    return subject.lower_ in ("he", "she") and reported(verb) and scene.who.get(subject.i) is not None
