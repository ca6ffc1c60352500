"""Gatherings of a forum that no event noun names: "at the G20", "will attend the APEC"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.annotate import lexicon
from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import Trigger, carrier_of
from communique.annotate.frames import frames
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind

#: Forums at which leaders meet.
_LEADERS = lexicon.word_set("event-leaders-forums")
#: Verbs that take a forum as their object when somebody goes to it.
_GOING = frozenset(("attend", "join", "host", "co-host", "participate", "take part", "take"))


def triggers(scene: Scene, found: Sequence[Trigger]) -> Iterator[Trigger]:
    """The names of forums in a sentence that stand for a gathering, where no other word names it."""
    named = {i for t in found for i in t.core}
    done: set[str] = set()
    for at, mention in sorted(scene.who.items()):
        token = scene.piece.doc[at]
        if mention.id in done or not _is_forum(mention) or scene.who.get(at + 1) is mention or at in named:
            continue
        done.add(mention.id)
        carrier, support = carrier_of(token)
        goes = carrier is not None and carrier.lemma_.casefold() in _GOING
        if goes or _at(token):
            summit = bool({mention.name, mention.span.text} & _LEADERS) or "summit" in mention.name.casefold()
            frame = frames().nouns["summit" if summit else "meeting"][0]
            yield Trigger(token, noun=frame, carrier=carrier if goes else None, support=support if goes else None)


def _is_forum(mention: EntityMention) -> bool:
    return mention.kind is ActorKind.FORUM and mention.form is Form.NAME


def _at(token: Token) -> bool:
    """Whether "at" leads to a name that ends here."""
    return token.dep_ == "pobj" and token.head.lower_ == "at"
