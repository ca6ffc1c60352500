"""Who, where, when and which, for a happening that a noun names."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.event_attendance import clause_end
from communique.annotate.event_clauses import take_clause, take_place
from communique.annotate.event_draft import BODIES, TALKING, Draft
from communique.annotate.event_scope import Argument, Scene, rightward, within
from communique.annotate.event_triggers import LEADING, by_of, lemma
from communique.annotate.frames import NounFrame
from communique.model.mentions import EntityMention, Form, TimeExpression
from communique.model.words import ActorKind, EventType
from communique.text.ordinals import Ordinal, ordinals, roman

#: What an aside says of a meeting to tell when it was.
_HELD = frozenset({"hold", "convene", "stage", "schedule", "plan", "slate"})
#: As in "under the co-chairmanship of A and B".
_CHAIRED = re.compile(r"\bchair(?:man|woman|person)?ship\b")


def fill_noun(draft: Draft, frame: NounFrame) -> bool:
    """Fill in what a noun's phrase and clause say; False where the noun is part of another name."""
    scene, trigger = draft.scene, draft.trigger
    if trigger.stands_in:
        return _take_present(draft)
    own = scene.mention(trigger.token)
    if own is not None and not _names_event(draft, own):
        return False
    left = _noun_start(trigger.token, scene)
    draft.reach(left, trigger.token.i)
    if any(c.dep_ == "poss" and c.lower_ in ("my", "our") for c in trigger.token.children):
        draft.own_role = frame.agent
    for mention in _owners(scene, left, trigger.token.i):
        _take_owner(draft, frame, mention)
    draft.times += owning_times(draft, left)
    _take_number(draft, left)
    following = trigger.token.i + 1
    while own is not None and scene.who.get(following) is own:
        following += 1
    draft.reach(left, following - 1)
    for argument in _arguments(draft, following):
        _take_for_noun(draft, frame, argument)
    _take_aside(draft)
    _take_leaders(draft)
    _take_agents(draft)
    _take_frame(draft, frame, left)
    return True


def _arguments(draft: Draft, following: int) -> Iterator[Argument]:
    """What is said behind a noun, and behind the verb that carries it, also where an aside stands between them."""
    core, carrier = draft.trigger.core, draft.trigger.carrier
    near = list(rightward(draft.scene, following, core))
    yield from near
    if carrier is not None and carrier.i >= following and all(a.last < carrier.i for a in near):
        yield from rightward(draft.scene, carrier.i + 1, core)


def _take_present(draft: Draft) -> bool:
    """Who was present, where the words say no more of the gathering; whether they name anybody."""
    first, behind = draft.trigger.present
    named = [m for m in within(draft.scene, first, behind - 1) if m.kind is ActorKind.PERSON or m.members]
    draft.people += [(m, draft.trigger.role) for m in named]
    draft.reach(first, behind - 1)
    return bool(named)


def _take_aside(draft: Draft) -> None:
    """When and where an aside has it: "the session, held in Oslo on Friday, was brief"."""
    trigger, scene = draft.trigger, draft.scene
    if draft.times or draft.type not in TALKING:
        return
    for verb in _asides(trigger.token):
        if verb.i in scene.taken:
            continue
        for argument in rightward(scene, verb.i + 1, (*trigger.core, verb.i)):
            if argument.time is not None:
                draft.times.append(argument.time)
            elif argument.mention is None or not take_place(draft, argument):
                continue
            draft.reach(argument.first, argument.last)


def _take_leaders(draft: Draft) -> None:
    """Who led it, where a clause about it or its body says so: "the session, which was co-chaired by A and B"."""
    noun, scene = draft.trigger.token, draft.scene
    if draft.type not in TALKING:
        return
    for under in (c for t in (noun, draft.trigger.carrier) if t for c in t.children if c.lower_ == "under"):
        behind = clause_end(noun.doc, under.i + 1)
        words = noun.doc[under.i : behind].text.casefold()
        if _CHAIRED.search(words):
            role = "co-chair" if "co-chair" in words else "chair"
            draft.people += [(m, role) for m in within(scene, under.i, behind - 1) if m.kind is ActorKind.PERSON]
    for verb in (t for t in noun.subtree if t.i > noun.i and t.dep_ in ("acl", "relcl") and t.tag_ == "VBN"):
        agent = next((c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"), None)
        if lemma(verb) in LEADING and agent is not None and verb.i not in draft.trigger.core:
            led = within(scene, agent.left_edge.i, agent.right_edge.i)
            draft.people += [(m, lemma(verb)) for m in led if m.kind is ActorKind.PERSON]


def _take_agents(draft: Draft) -> None:
    """Everybody by whom it was led or attended: "The meeting was co-chaired by A from the one side and B"."""
    carrier, support = draft.trigger.carrier, draft.trigger.support
    if carrier is None or support is None or draft.type not in TALKING or support.object not in (*LEADING, "attendee"):
        return
    if (by := by_of(carrier)) is not None:
        behind = clause_end(carrier.doc, by.i + 1)
        held = {m.id for m, _ in draft.people}
        named = [m for m in within(draft.scene, by.i + 1, behind - 1) if m.kind is ActorKind.PERSON]
        draft.people += [(m, support.object) for m in named if m.id not in held]


def _asides(noun: Token) -> Iterator[Token]:
    """The participles that tell when a happening was held, also where a comma parts them from a longer name of it."""
    for verb in noun.subtree:
        behind = verb.i > noun.i and verb.nbor(-1).text == ","
        held = verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN" and verb.lemma_ in _HELD
        due = verb.dep_ == "xcomp" and verb.tag_ == "VBN" and verb.lemma_ in _HELD and verb.head.head == noun
        if due or (held and (verb.head == noun or behind)):
            yield verb


def _take_frame(draft: Draft, frame: NounFrame, left: int) -> None:
    """What stands with the verb that carries the noun, or right before a bare noun."""
    trigger = draft.trigger
    if trigger.carrier is not None and trigger.support is not None:
        role = trigger.support.object or frame.agent
        take_clause(draft, trigger.carrier, frame.agent if role == "participant" else role)
    else:
        _take_time_before(draft, left)


def _names_event(draft: Draft, own: EntityMention) -> bool:
    """Whether a name that ends in the event's word names the event ("the BRICS summit") and no other thing."""
    summit = own.form is Form.OFFICE and "summit" in own.span.text.casefold()
    if own.kind not in (*BODIES, ActorKind.GROUP) or (own.form is not Form.NAME and not summit):
        return own.kind is ActorKind.GROUP
    at = draft.trigger.token.i + 1
    if draft.scene.who.get(at) is own and draft.scene.piece.doc[at].lower_ not in ("of", "on", "for"):
        return False
    draft.body = own
    return True


def _noun_start(noun: Token, scene: Scene) -> int:
    """The first token of a noun's phrase, clauses before it left out."""
    at, own = noun.i, scene.who.get(noun.i)
    while own is not None and scene.who.get(at - 1) is own:
        at -= 1
    while at < noun.i and at > scene.sentence.start and noun.doc[at - 1].tag_ in ("DT", "JJ"):
        at -= 1
    edge = max(noun.left_edge.i, scene.sentence.start)
    while at > edge:
        token = noun.doc[at - 1]
        if (token.tag_.startswith("VB") and token.dep_ not in ("amod", "compound", "nmod")) or token.tag_ == "MD":
            break
        if at - 1 in scene.taken and scene.who.get(at - 1) is None:
            break
        at -= 1
    return at


def _owners(scene: Scene, first: int, end: int) -> list[EntityMention]:
    found: list[EntityMention] = []
    for i in range(first, end):
        mention = scene.who.get(i)
        if mention is not None and (not found or found[-1] is not mention):
            found.append(mention)
    return found


def owning_times(draft: Draft, first: int) -> list[TimeExpression]:
    """The times that own a happening, from a token on: "last year's session"."""
    when = draft.scene.when
    found = [when[i] for i in range(first, draft.trigger.token.i) if i in when and _is_owner(draft, i)]
    return list({t.id: t for t in found}.values())


def _is_owner(draft: Draft, at: int) -> bool:
    """Whether an apostrophe of possession follows the time on a token."""
    doc, when = draft.scene.piece.doc, draft.scene.when
    while when.get(at + 1) is when[at]:
        at += 1
    return doc[at].tag_ == "POS" or (at + 1 < len(doc) and doc[at + 1].tag_ == "POS")


def _take_owner(draft: Draft, frame: NounFrame, mention: EntityMention) -> None:
    if mention.kind is ActorKind.PERSON or mention.members:
        draft.people.append((mention, frame.agent))
    elif mention.kind in BODIES and draft.type in TALKING:
        draft.body = draft.body or mention
    elif mention.kind is ActorKind.COUNTRY or mention.kind in BODIES:
        draft.others.append((mention, frame.agent))


def _take_number(draft: Draft, left: int) -> None:
    if draft.type not in TALKING:
        return
    piece, token = draft.scene.piece, draft.trigger.token
    start = piece.doc[left].idx
    end = token.idx + len(token) if draft.trigger.elliptic else token.idx
    before = piece.doc.text[start:end]
    counted = roman(before)
    found = ordinals(before) or ([counted] if counted else [])
    if found:
        at = piece.start + start
        draft.number = Ordinal(at + found[-1].start, at + found[-1].end, found[-1].value)


def _take_for_noun(draft: Draft, frame: NounFrame, argument: Argument) -> None:
    mention, preposition = argument.mention, argument.preposition
    if argument.time is not None:
        draft.times.append(argument.time)
    elif mention is None or (not take_place(draft, argument) and not _take_party(draft, frame, mention, preposition)):
        return
    draft.reach(argument.first, argument.last)


def _take_party(draft: Draft, frame: NounFrame, mention: EntityMention, preposition: str) -> bool:
    person = mention.kind is ActorKind.PERSON or bool(mention.members)
    if preposition == "of" and mention.kind in BODIES and draft.type in TALKING:
        draft.body = draft.body or mention
        return True
    if preposition == "of" and mention.kind is ActorKind.ITEM:
        draft.items.append(mention)
        return True
    role = _role_after(draft, frame, preposition)
    if role is None:
        return False
    (draft.people if person else draft.others).append((mention, role))
    return True


def _role_after(draft: Draft, frame: NounFrame, preposition: str) -> str | None:
    if preposition == "with":
        return "host" if draft.type is EventType.VISIT else "participant"
    if preposition == "to":
        return "recipient" if frame.message else None
    if preposition == "on" and draft.trigger.token.lemma_.casefold() == "call":
        return "host"
    support = draft.trigger.support
    if preposition == "by" and support is not None and support.object in (*LEADING, "attendee"):
        return support.object
    return frame.agent if preposition in ("of", "by", "between", "among") else None


def _take_time_before(draft: Draft, left: int) -> None:
    """As in "in July for the summit": a time right before the preposition of a bare noun."""
    scene, token = draft.scene, draft.trigger.token
    if token.dep_ == "pobj" and left >= scene.sentence.start + 2:
        time = scene.when.get(left - 2)
        if time is not None and token.head.i == left - 1:
            draft.times.append(time)
            first = left - 2
            while scene.when.get(first - 1) is time or (
                first > scene.sentence.start and scene.sentence.doc[first - 1].lower_ in ("in", "on")
            ):
                first -= 1
            draft.reach(first, left)
