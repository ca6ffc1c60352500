"""Who does it, and where and when the clause says so, for a happening that has a verb."""

from spacy.tokens import Token

from communique.annotate.event_draft import BODIES, PLACES, Draft
from communique.annotate.event_scope import Argument, Scene, before, schedules, within
from communique.annotate.event_triggers import subject_of
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind, EventType

_EMPTY = frozenset({"it", "there", "which", "that"})


def take_place(draft: Draft, argument: Argument) -> bool:
    """Take an argument as the place, where it stands as one; whether it does."""
    mention = argument.mention
    if mention is None or (mention.form is not Form.NAME and mention.kind not in PLACES):
        return False
    located = argument.preposition in ("in", "at") and mention.kind in (*PLACES, ActorKind.BODY)
    if argument.preposition == "for" and draft.trigger.carrier is not None and schedules(draft.trigger.carrier):
        located = mention.kind is ActorKind.PLACE
    if argument.preposition == "to" and draft.type is EventType.VISIT:
        located = mention.kind in PLACES
    if located and draft.body is not mention:
        draft.places.append(mention)
    return located


def take_clause(draft: Draft, verb: Token, role: str) -> None:
    """Who does it, and what stands in front of the clause."""
    scene, subject = draft.scene, subject_of(verb)
    start = min(draft.first, verb.i)
    if subject is not None and subject.i not in draft.trigger.core:
        start = min(start, _take_subject(draft, verb, subject, role))
    draft.reach(start, verb.i)
    take_antecedent(draft, verb)
    for argument in before(scene, _clause_start(scene, subject, verb, start), draft.trigger.core):
        if argument.time is not None:
            draft.times.append(argument.time)
        elif argument.mention is not None:
            take_place(draft, argument)


def take_antecedent(draft: Draft, verb: Token) -> None:
    """As in "a visit to Oslo, where she will attend the summit": the place that a clause is about."""
    place = draft.scene.who.get(verb.head.i) if verb.dep_ == "relcl" else None
    if place is not None and place.kind in PLACES and any(c.lower_ == "where" for c in verb.children):
        draft.places.append(place)


def _take_subject(draft: Draft, verb: Token, subject: Token, role: str) -> int:
    """Take who does it; where the words of the happening then begin."""
    scene = draft.scene
    named = _people_of(scene, subject) or _listed(scene, subject)
    if any(t.lower_ in ("i", "we") for t in (subject, *subject.conjuncts)):
        draft.own_role = role
    if not any(m.kind is ActorKind.PERSON or m.members for m in named) and verb.dep_ == "pcomp":
        subject, named = _main_subject(scene, subject, named)
    for mention in named:
        add(draft, mention, role)
    if role == "host":
        draft.places += [m for m in within(scene, subject.left_edge.i, subject.i) if m.kind in PLACES]
    if subject.lower_ in _EMPTY or not scene.sentence.start <= subject.i < verb.i or not _adjoins(scene, subject, verb):
        return verb.i
    return max(_subject_start(subject, scene), scene.sentence.start)


def _clause_start(scene: Scene, subject: Token | None, verb: Token, start: int) -> int:
    """Where a clause begins: at its subject, also where a clause about that subject tells of another happening."""
    if subject is None or not scene.sentence.start <= subject.i < verb.i or subject.head != verb:
        return start
    return min(start, max(_subject_start(subject, scene), scene.sentence.start))


def _listed(scene: Scene, subject: Token) -> list[EntityMention]:
    """The persons of "The following people took part: A, B and C"."""
    if not any(c.lower_ == "following" for c in subject.children):
        return []
    colon = next((t.i for t in scene.sentence if t.i > subject.i and t.text == ":"), scene.sentence.end)
    return [m for m in within(scene, colon, scene.sentence.end - 1) if m.kind is ActorKind.PERSON]


def _main_subject(scene: Scene, subject: Token, named: list[EntityMention]) -> tuple[Token, list[EntityMention]]:
    """For "by laying …": the person who is the subject of the sentence, where the clause next to it has none."""
    main = subject_of(scene.sentence.root)
    found = _people_of(scene, main) if main is not None else []
    if main is not None and any(m.kind is ActorKind.PERSON or m.members for m in found):
        return main, found
    return subject, named


def _adjoins(scene: Scene, subject: Token, verb: Token) -> bool:
    """Whether no other happening's words stand between a subject and its verb."""
    return not any(i in scene.taken for i in range(subject.i + 1, verb.i))


def _subject_start(subject: Token, scene: Scene) -> int:
    first = subject.left_edge.i
    mention = scene.who.get(subject.i)
    if mention is not None:
        while scene.who.get(first - 1) is mention:
            first -= 1
    while first in scene.when and first < subject.i:  # "Tomorrow Ms Kos will travel", where both are one phrase
        first += 1
    return first


def _people_of(scene: Scene, subject: Token) -> list[EntityMention]:
    """The mentions that a subject names: its persons, else its first other mention."""
    last = _subject_end(subject)
    found = within(scene, subject.left_edge.i, last)
    people = [m for m in found if m.kind is ActorKind.PERSON or m.members]
    return people or [m for m in found if m.kind in (*BODIES, ActorKind.COUNTRY, ActorKind.GROUP)][:2]


def _subject_end(subject: Token) -> int:
    """The last token of a subject before a clause about it begins; "led by" still names who comes."""
    for token in subject.doc[subject.i : subject.right_edge.i + 1]:
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.lower_ not in ("led", "headed")):
            return token.i - 1
    return subject.right_edge.i


def add(draft: Draft, mention: EntityMention, role: str) -> None:
    """Add one who took part: a person or a group of known persons before all others."""
    person = mention.kind is ActorKind.PERSON or bool(mention.members)
    (draft.people if person else draft.others).append((mention, role))
