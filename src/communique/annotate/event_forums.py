"""Gatherings that no event noun names: "at the G20", "will attend the APEC", "the 3rd Joint Commission was held"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.annotate import lexicon
from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import Trigger, carrier_of
from communique.annotate.frames import frames
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind
from communique.text.ordinals import ordinals

#: Forums at which leaders meet.
_LEADERS = lexicon.word_set("event-leaders-forums")
#: What a body is called whose sessions are counted.
_HEADS = lexicon.word_set("bodies-series-heads")
#: Verbs that take a forum as their object when somebody goes to it.
_GOING = frozenset(("attend", "join", "host", "co-host", "participate", "take part", "take"))


def triggers(scene: Scene, found: Sequence[Trigger]) -> Iterator[Trigger]:
    """The names of forums and of counted bodies that stand for a gathering, where no other word names it."""
    named = {i for t in found for i in t.core}
    places: dict[str, list[int]] = {}
    for at, mention in sorted(scene.who.items()):
        places.setdefault(mention.id, []).append(at)
    for words in (p for p in places.values() if not named & set(p)):
        mention = scene.who[words[0]]
        if mention.form is Form.NAME and mention.kind is ActorKind.FORUM:
            yield from _forum(scene, words[-1], mention)
        elif mention.form is Form.NAME:
            yield from _counted(scene, words, mention)


def _forum(scene: Scene, last: int, mention: EntityMention) -> Iterator[Trigger]:
    token = scene.piece.doc[last]
    carrier, support = carrier_of(token)
    goes = carrier is not None and carrier.lemma_.casefold() in _GOING
    if goes or _at(token):
        summit = bool({mention.name, mention.span.text} & _LEADERS) or "summit" in mention.name.casefold()
        frame = frames().nouns["summit" if summit else "meeting"][0]
        yield Trigger(token, noun=frame, carrier=carrier if goes else None, support=support if goes else None)


def _counted(scene: Scene, at: list[int], mention: EntityMention) -> Iterator[Trigger]:
    """As in "the 3rd Joint Commission on Mining was held": a session called by the name of what holds it."""
    doc = scene.piece.doc
    counted = at[0] > scene.sentence.start and ordinals(doc[at[0] - 1].text)
    heads = [doc[i] for i in at if doc[i].lower_ in _HEADS] if counted and mention.kind is ActorKind.BODY else []
    carrier, support = carrier_of(heads[0]) if heads else (None, None)
    if carrier is not None:
        yield Trigger(heads[0], noun=frames().nouns["session"][0], carrier=carrier, support=support)


def _at(token: Token) -> bool:
    """Whether "at" leads to a name that ends here."""
    return token.dep_ == "pobj" and token.head.lower_ == "at"
