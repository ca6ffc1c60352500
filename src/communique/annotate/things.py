"""Items, programmes, agreements and groups of people."""

import re
from collections.abc import Iterator, Sequence

from communique.annotate import lexicon
from communique.annotate.bodies import HEADS, member_at
from communique.annotate.drafts import Draft, draft, note, written
from communique.annotate.words import Stretch, Word
from communique.model.words import ActorKind, Delivery
from communique.text.names import body_key

_SHIPS = lexicon.word_set("things-ships")
_VESSELS = lexicon.word_set("things-afloat")
#: A prefix has so many letters at most; a ship's name stands so near the word for the ship.
_PREFIX, _BESIDE = 5, 3
_DESIGNATION = re.compile(r"(?!G-|COVID|Covid)[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]{0,3}\Z")
_HARDWARE = lexicon.word_set("things-hardware")
_UNITS = lexicon.word_set("things-units")
_NUMBERS = lexicon.word_set("things-numbers")
_PROGRAMMES = lexicon.word_set("things-programmes")
_OPERATIONS = lexicon.word_set("things-operations")
_AGREEMENTS = lexicon.word_set("things-agreements")
_SIGNS = lexicon.word_set("things-signs")
_GROUPS = lexicon.word_set("things-groups")
_INTENSIFIERS = lexicon.word_set("things-intensifiers")
_QUOTES = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»"}
_NEAR = 6
_LONGEST = 25
_LEFT = 10
_FEW = 2


def take(found: Draft, free: list[bool]) -> Draft:
    """Mark a mention's words as taken."""
    for index in range(found.first, found.last):
        free[index] = False
    return found


def read(stretch: Stretch, free: list[bool]) -> Iterator[Draft]:
    """The items, programmes and agreements of a stretch; their words are taken."""
    for at in range(len(stretch.words)):
        if free[at]:
            found = (
                _ship(stretch, at) or _system(stretch, at) or _programme(stretch, at) or _agreement(stretch, at, free)
            )
            if found:
                yield take(found, free)


def groups(stretch: Stretch, free: list[bool]) -> Iterator[Draft]:
    """The groups of people that a country's adjective names: "the Kenyan delegation"."""
    words = stretch.words
    for at in range(len(words)):
        member = member_at(words, at) if free[at] and words[at].capital else None
        if member is None or not member.country or not _adjective(words, at, member.end):
            continue
        end = member.end
        while end < len(words) and stretch.tokens[end].pos_ == "ADJ" and end - member.end < _FEW:
            end += 1
        if end < len(words) and words[end].low in _GROUPS and words[end].start > words[member.end - 1].end:
            found = draft(stretch, at, end + 1, ActorKind.GROUP)
            found.key, found.country = f"group:{member.name}:{words[end].low}", member.name
            found.notes = [note(stretch, at, member.end, "country", member.name, "adjective")]
            yield take(found, free)


def _adjective(words: Sequence[Word], at: int, end: int) -> bool:
    hit = lexicon.geography().match(words, at)
    return hit is not None and hit.end == end and hit.entry.sort == "demonym"


def _capitals(words: Sequence[Word], at: int, most: int) -> int:
    end = at
    while end < len(words) and end - at < most and words[end].capital and not (end > at and words[end].glued):
        end += 1
    return end


def _ship(stretch: Stretch, at: int) -> Draft | None:
    """A prefix of ships and a name; a prefix that no table knows counts where a ship is spoken of."""
    words = stretch.words
    prefix = words[at].text
    end = _capitals(words, at + 1, 2)
    if end == at + 1 or words[at + 1].text.isupper() or (prefix not in _SHIPS and not _afloat(stretch, at)):
        return None
    return _item(stretch, at, end)


def _afloat(stretch: Stretch, at: int) -> bool:
    """Whether capitals right behind a word for a ship or its commissioning are the beginning of a ship's name."""
    words, first = stretch.words, max(0, at - _BESIDE)
    short = words[at].text.isalpha() and words[at].text.isupper() and _FEW <= len(words[at].text) <= _PREFIX
    known = lexicon.forums().match(words, at) or lexicon.geography().match(words, at)
    return short and known is None and any(w.low in _VESSELS for w in words[first:at])


def _system(stretch: Stretch, at: int) -> Draft | None:
    """A designation of letters and digits beside a word for equipment."""
    words = stretch.words
    end = at + 3
    if end > len(words) or words[at + 1].text != "-" or not words[at].capital:
        return None
    if not _DESIGNATION.match("".join(w.text for w in words[at:end])) or not (
        words[at + 1].glued and words[at + 2].glued
    ):
        return None
    around = words[max(0, at - _NEAR) : end + _NEAR]
    if not any(w.low in _HARDWARE for w in around):
        return None
    named = _capitals(words, end, 1)
    if named > end and words[end].low in _HARDWARE:
        named = end
    return _item(stretch, at, named)


def _item(stretch: Stretch, at: int, end: int) -> Draft:
    found = draft(stretch, at, end, ActorKind.ITEM)
    found.key = "item:" + "-".join(w.low for w in stretch.words[at : min(end, at + 3)])
    if count := _count(stretch, at):
        found.notes = [note(stretch, *count, "count", written(stretch, *count), "number-before-item")]
    if delivery := _delivery(stretch, at):
        found.notes = [*found.notes, note(stretch, *delivery[1], "delivery", delivery[0].value, "delivery-verb")]
    return found


def _count(stretch: Stretch, at: int) -> tuple[int, int] | None:
    """The words of a stated number before an item: "two units" of the system."""
    words = stretch.words
    for index in range(at - 1, max(-1, at - _NEAR), -1):
        if words[index].low in _NUMBERS or (
            words[index].text.isdigit() and not (index and words[index - 1].text in "-$€£")
        ):
            unit = next((i for i in range(index + 1, min(at, index + 4)) if words[i].low in _UNITS), None)
            if unit is None:
                return (index, index + 1) if index == at - 1 else None
            return (index, unit + 1) if unit == index + 1 else (index, index + 1)
        if words[index].text in ",.;":
            return None
    return None


#: (cue at the item, whether the sentence must hold another cue) -> status.
_DONE = re.compile(r"\b(?:inducted|commissioned|delivered|handed over|commissioning of|took delivery|received)\b")
_TO_COME = re.compile(
    r"\b(?:will|to) be (?:delivered|handed over|commissioned|inducted|supplied)\b"
    r"|\bwill (?:deliver|supply|receive|hand over)\b"
)
_ASKED = re.compile(
    r"\b(?:stress|urg|ask|request|sought|call(?:ed)? for|press)\w*\b.{0,150}\b(?:suppl|deliver|expedit|hand)\w*"
    r"|\bexpedit\w+ the (?:supply|delivery)"
)
_PLEDGED = re.compile(r"\b(?:promis|pledg|assur|commit)\w*\b.{0,150}\b(?:suppl|deliver|hand)\w*")


def _delivery(stretch: Stretch, at: int) -> tuple[Delivery, tuple[int, int]] | None:
    """The delivery status that the item's own sentence states, and its words."""
    sentence = stretch.sentence[at]
    first = last = at
    while first > 0 and stretch.sentence[first - 1] == sentence:
        first -= 1
    while last < len(stretch.words) and stretch.sentence[last] == sentence:
        last += 1
    text = written(stretch, first, last)
    base = stretch.words[first].start
    for status, cue in (
        (Delivery.PLANNED, _TO_COME),
        (Delivery.REQUESTED, _ASKED),
        (Delivery.PROMISED, _PLEDGED),
        (Delivery.DELIVERED, _DONE),
    ):
        match = cue.search(text)
        if match:
            inside = [i for i in range(first, last) if match.start() <= stretch.words[i].start - base < match.end()]
            return (status, (inside[0], inside[-1] + 1)) if inside else None
    return None


def _programme(stretch: Stretch, at: int) -> Draft | None:
    """A name in quotation marks with "initiative", "programme", … behind it, or one that begins with "Operation"."""
    words = stretch.words
    if words[at].capital and words[at].low in _OPERATIONS:
        end = _capitals(words, at + 1, 3)
        found = draft(stretch, at, end, ActorKind.PROGRAMME)
        found.key = "programme:" + body_key(found.name)
        return found if end > at + 1 else None
    closing = _QUOTES.get(words[at].text)
    if closing is None or at + 2 >= len(words) or not words[at + 1].capital:
        return None
    close = next((i for i in range(at + 2, min(len(words), at + 9)) if words[i].text == closing), None)
    if close is None or not any(w.low in _PROGRAMMES for w in words[close + 1 : close + 3]):
        return None
    found = draft(stretch, at + 1, close, ActorKind.PROGRAMME)
    found.key = "programme:" + body_key(found.name)
    return found


def _agreement(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    follows = stretch.words[at + 1] if at + 1 < len(stretch.words) else None
    if stretch.words[at].low not in _AGREEMENTS or (follows and follows.capital and follows.low in HEADS):
        return None
    if stretch.words[at].low == "partnership":
        return _partnership(stretch, at, free)
    return _named_agreement(stretch, at, free) or _signed(stretch, at)


def _named_agreement(stretch: Stretch, head: int, free: Sequence[bool]) -> Draft | None:
    """Capitalised words, years too, before "agreement" or "Treaty", and years or topic behind it."""
    words, first = stretch.words, head
    while first > 0 and free[first - 1] and head - first < _LEFT:
        before = words[first - 1]
        inside = (
            before.capital or before.text in "-‐‑–&" or before.low == "and" or re.fullmatch(r"\d{2,4}", before.text)
        )
        if not inside or before.low in ("the", "a", "an", "this"):
            break
        first -= 1
    while first < head and not (words[first].capital or words[first].text.isdigit()):
        first += 1
    capitals = sum(w.capital for w in words[first:head])
    if capitals + words[head].capital < _FEW:
        return None
    end = head + 1
    years = re.match(
        r"\s*(?:for|of)\s+\d{4}(?:\s?[-–]\s?\d{2,4})?",
        stretch.text[words[head].end - stretch.piece.start :][:30],
    )
    if years:
        while end < len(words) and words[end].end <= words[head].end + years.end():
            end += 1
    found = draft(stretch, first, end, ActorKind.AGREEMENT)
    found.key = "agreement:" + body_key(" ".join(w.text for w in words[first : head + 1] if w.text.isalpha()))
    return found


def _partnership(stretch: Stretch, head: int, free: Sequence[bool]) -> Draft | None:
    """A partnership: "Special Strategic Partnership", in small letters too where adjectives say which."""
    words, first = stretch.words, head
    while (
        first > 0 and free[first - 1] and stretch.sentence[first - 1] == stretch.sentence[head] and head - first < _LEFT
    ):
        before, token = words[first - 1], stretch.tokens[first - 1]
        if not (token.pos_ in ("ADJ", "ADV", "PROPN") or before.low == "and" or (before.text in "-–" and before.glued)):
            break
        first -= 1
    while first < head and (words[first].low == "and" or not words[first].text.isalpha()):
        first += 1
    members = 0
    while first < head and (member := member_at(words, first)) and member.end < head:
        following = member.end + (words[member.end].text in "-–")
        members, first = members + 1, following
    kinds = {w.low for w in words[first:head] if w.text.isalpha()} - _INTENSIFIERS
    if first == head or not kinds or (words[head - 1].low != "strategic" and not words[head].capital):
        return None
    found = draft(stretch, first, head + 1, ActorKind.AGREEMENT)
    found.key = "partnership:" + "-".join(sorted(kinds))
    return found


def _signed(stretch: Stretch, head: int) -> Draft | None:
    """An agreement without a name that is signed: "a protocol on fisheries"."""
    token = stretch.tokens[head]
    if token.dep_ not in ("dobj", "nsubjpass", "pobj") or not {token.head.lemma_, token.head.head.lemma_} & _SIGNS | (
        {"signing"} & {token.head.head.text}
    ):
        return None
    first = head
    while (
        first > 0
        and stretch.tokens[first - 1].i >= token.left_edge.i
        and stretch.sentence[first - 1] == stretch.sentence[head]
        and head - first < _NEAR
    ):
        first -= 1
    edge = token.right_edge
    if edge.i + 1 < len(edge.doc) and edge.nbor().lower_ == "on":  # the parser hangs the topic on the verb
        edge = edge.nbor().right_edge
    end = head + 1
    while (
        end < len(stretch.words)
        and stretch.tokens[end].i <= edge.i
        and end - head < _LONGEST
        and stretch.words[end].text not in ",.;("
    ):
        end += 1
    return draft(stretch, first, end, ActorKind.AGREEMENT)
