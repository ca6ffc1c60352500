"""Bodies without a name of their own: "the joint fisheries commission between A and B", "the two countries' panel"."""

from collections.abc import Sequence

from communique.annotate import lexicon
from communique.annotate.bodies import Member, member_at
from communique.annotate.drafts import Draft, draft, note, written
from communique.annotate.words import Stretch, possessive
from communique.model.words import ActorKind
from communique.text.names import body_key

#: Heads that are bodies in small letters, where their members stand beside them.
_HEADS = lexicon.word_set("bodies-plain-heads")
_SIDES = lexicon.word_set("coreference-sides")
_MOST_QUALIFIERS = 5
_MOST_TOPIC = 4
_LEAST_MEMBERS = 2
_COUNTS = frozenset(("two", "three", "four", "five"))


def read(stretch: Stretch, free: list[bool]) -> list[Draft]:
    """The bodies of a stretch that only their members and what they are for tell apart; their words are taken."""
    found, at = [], 0
    while at < len(stretch.words):
        body = _at(stretch, at) if free[at] else None
        if body is not None:
            free[body.first : body.last] = [False] * (body.last - body.first)
            found.append(body)
        at = body.last if body is not None else at + 1
    return found


def _at(stretch: Stretch, at: int) -> Draft | None:
    """The body whose article, possessor or count stands at a word."""
    words = stretch.words
    owners = _owners(stretch, at)
    first = at + 1 if words[at].low == "the" else owners
    head = _head(stretch, first) if first > at else None
    if head is None or words[head].capital:
        return None
    topic = _topic(stretch, head + 1)
    members, end = _members(stretch, topic)
    if len(members) < _LEAST_MEMBERS:
        members, end = [], topic
    if not members and first != owners:
        return None
    body = draft(stretch, first, end, ActorKind.BODY)
    rest = body_key(written(stretch, first, topic))
    body.key = ("+".join(sorted(body_key(m.name) for m in members)) + " " if members else "") + rest
    body.head = words[head].low
    body.notes = [note(stretch, topic, end, "country", m.name, "member-in-name") for m in members if m.country]
    return body


def _owners(stretch: Stretch, at: int) -> int:
    """Index after "the two countries'" or "both countries'" at a word; the word itself where nothing such begins."""
    words, noun = stretch.words, at + 1 + (stretch.words[at].low == "the")
    if noun + 1 >= len(words) or (words[noun - 1].low not in _COUNTS and words[at].low != "both"):
        return at
    return noun + 2 if words[noun].low in _SIDES and possessive(words, noun + 1) else at


def _head(stretch: Stretch, at: int) -> int | None:
    """Index of the head word of a body in small letters, with what kind of body it is before it."""
    words = stretch.words
    for index in range(at, min(len(words), at + _MOST_QUALIFIERS + 1)):
        if words[index].low in _HEADS and index > at:
            return index
        joined = words[index].text in "-‐‑" or words[index].low == "and"
        if words[index].capital or not (joined or stretch.tokens[index].pos_ in ("ADJ", "NOUN", "VERB", "ADV")):
            return None
    return None


def _topic(stretch: Stretch, at: int) -> int:
    """Index after "on fisheries" or "for trade and transport" behind a head."""
    words, end = stretch.words, at
    if at >= len(words) or words[at].low not in ("on", "for"):
        return at
    for index in range(at + 1, min(len(words), at + 1 + _MOST_TOPIC)):
        if stretch.tokens[index].pos_ in ("NOUN", "ADJ", "PROPN") and words[index].text.isalpha():
            end = index + 1
        elif words[index].low not in ("and", ","):
            break
    return end


def _members(stretch: Stretch, at: int) -> tuple[Sequence[Member], int]:
    """The members of "between A and B" or "of A, B and C" at a word, and the index after them."""
    words, members, end = stretch.words, list[Member](), at
    if at + 1 >= len(words) or words[at].low not in ("between", "of"):
        return members, at
    index = at + 1
    while index < len(words):
        index += words[index].low == "the"
        member = member_at(words, index) if index < len(words) else None
        if member is None:
            break
        members.append(member)
        end = index = member.end
        if index >= len(words) or words[index].low not in ("and", ","):
            break
        index += 1
    return members, end
