"""What was put out: a post, a ministry's release. One mention for each channel of a report, the first."""

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.entities import Entities
from communique.annotate.event_triggers import subject_of
from communique.annotate.nlp import Parse, Piece
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.mentions import EntityMention, EventMention
from communique.model.words import ActorKind, EventType

#: So many tokens after its verb the network of a post is looked for.
_NEAR = 25
_NETWORKS = frozenset(
    {
        "x",
        "twitter",
        "facebook",
        "instagram",
        "telegram",
        "weibo",
        "threads",
        "mastodon",
        "linkedin",
        "youtube",
        "truth",
    }
)
_POSTING = frozenset(
    {"post", "tweet", "share", "write", "say", "state", "announce", "add", "note", "publish", "repost", "take"}
)
_STATING = frozenset({"say", "state", "announce", "note", "quote", "inform", "report", "add"})
_RELEASING = frozenset({"release", "issue", "publish"})
_RELEASED = frozenset({"statement", "release", "communique", "communiqué", "readout", "note"})


def read(parse: Parse, entities: Entities, taken: set[tuple[int, int]]) -> list[EventMention]:
    """The releases of a report.

    Args:
        parse: the parsed report.
        entities: who and what it speaks of.
        taken: places that other mentions of happenings have; no release stands on the same words.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for piece, sentence in parse.sentences():
        for token in sentence:
            for channel, author, first, last in _release(piece, token, entities):
                start, end = piece.bounds(piece.doc[first])[0], piece.bounds(piece.doc[last])[1]
                key = (channel, author.entity if author else "")
                if key not in seen and (start, end) not in taken:
                    seen.add(key)
                    found.append(_mention(parse, start, end, author))
    return found


_Found = tuple[str, EntityMention | None, int, int]


def _release(piece: Piece, token: Token, entities: Entities) -> Iterator[_Found]:
    lemma = token.lemma_.casefold()
    if token.tag_.startswith("VB") and lemma in _POSTING and (network := _network(token)) is not None:
        subject = subject_of(token)
        author = _who(piece, subject, entities) if subject is not None else None
        if author is not None and author.kind is ActorKind.PERSON and subject is not None:
            yield "post", author, min(subject.i, token.i), max(network.i, token.i)
    elif token.tag_.startswith("VB") and lemma in _STATING:
        yield from _by_body(piece, token, entities)
    elif lemma in _RELEASED:
        yield from _released(piece, token, entities)


def _network(verb: Token) -> Token | None:
    """The network that something was put out on, in the words after the verb."""
    for token in verb.doc[verb.i + 1 : min(verb.i + _NEAR, verb.sent.end)]:
        if (
            token.lower_.rstrip(".,") in _NETWORKS
            and token.text[0].isupper()
            and token.nbor(-1).lower_ in ("on", "platform", "to")
        ):
            return token
    return None


def _who(piece: Piece, token: Token, entities: Entities) -> EntityMention | None:
    return entities.at(*piece.bounds(token))


def _by_body(piece: Piece, verb: Token, entities: Entities) -> Iterator[_Found]:
    """As in "the Ministry of Defence stated", "as quoted by the Ministry"."""
    agent = next((c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"), None)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if agent is None else agent
    if subject is None or verb.tag_ not in ("VBD", "VBN", "VBZ"):
        return
    author = _who(piece, subject, entities)
    if author is not None and author.kind is ActorKind.BODY and _speaks(author):
        yield "release", author, min(subject.left_edge.i, verb.i), max(subject.i, verb.i)


def _speaks(author: EntityMention) -> bool:
    """Whether a body is one that puts out statements."""
    low = author.name.casefold()
    return any(
        word in low
        for word in (
            "ministry",
            "office",
            "kremlin",
            "department",
            "secretariat",
            "house",
            "embassy",
            "service",
            "mod",
            "mea",
            "council",
            "commission",
        )
    )


def _released(piece: Piece, noun: Token, entities: Entities) -> Iterator[_Found]:
    """As in "a statement released by the Ministry"."""
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in _RELEASING:
            agent = next(
                (c for p in child.children if p.dep_ in ("agent", "prep") and p.lower_ == "by" for c in p.children),
                None,
            )
            if agent is not None:
                yield "release", _who(piece, agent, entities), noun.i, agent.i


def _mention(parse: Parse, start: int, end: int, author: EntityMention | None) -> EventMention:
    span = parse.report.span(start, end)
    mention = ids.mention_id(parse.report.id, "e", start, end)
    rows = [("type", "statement-release", ""), ("status", "happened", ""), ("title_words", span.text, "")]
    claims = [
        Claim(mention, field, value, span, modality=Modality.HAPPENED, qualifier=qualifier, rule="release")
        for field, value, qualifier in rows
    ]
    if author is not None:
        claims.append(
            Claim(mention, "participant", author.id, author.span, Modality.HAPPENED, "author", rule="release")
        )
    return EventMention(
        id=mention,
        span=span,
        trigger=span,
        type=EventType.STATEMENT_RELEASE,
        status=Modality.HAPPENED,
        participants=(author.id,) if author else (),
        claims=tuple(sorted(claims)),
    )
