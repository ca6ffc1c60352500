"""Bodies: commissions, councils, ministries and summits, their long names, short forms and later mentions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from communique.annotate import lexicon
from communique.annotate.drafts import Draft, Note, draft, note, written
from communique.annotate.offices import office_at
from communique.annotate.words import Stretch, Word, after_possessive
from communique.model.mentions import Form
from communique.model.words import ActorKind
from communique.text.names import body_key, short_of
from communique.text.ordinals import ordinals

HEADS = lexicon.word_set("bodies-heads")
#: Heads of numbered or repeated meetings.
_MEETINGS = lexicon.word_set("bodies-meetings")
#: Heads that are bodies in small letters too, after two names of members.
_SMALL_HEADS = lexicon.word_set("bodies-small-heads")
#: Heads by which "the …" may mean a body named before.
_RECALLED = lexicon.word_set("bodies-recalled")
#: What a country has one of, in small letters too.
_NATIONAL = lexicon.word_set("bodies-national")
SERIES_HEADS = lexicon.word_set("bodies-series-heads")
_DASHES = frozenset("-‐‑–—/")
_LINKS = lexicon.word_set("bodies-links")
_INSIDE = lexicon.word_set("bodies-inside")
_MOST_LEFT = 12
_JOINED = 3
_LEAST_SHORT = 3
_MOST_RIGHT = 16
_MOST_BETWEEN = 5
_SHORT = re.compile(r"[A-Z0-9][\w&.+\- ]{1,14}\Z")
#: Small words that an office of several words has: "President-in-Office", "Minister-at-Large".
_INSIDE_OFFICE = frozenset(("in", "at", "of"))
_TOPIC = lexicon.word_set("bodies-topic")
_SITES = lexicon.word_set("bodies-sites")


class Member(NamedTuple):
    """A country or an organisation that names a body's side, and the index after it."""

    end: int
    name: str
    country: bool


def member_at(words: Sequence[Word], at: int) -> Member | None:
    """The country, demonym or organisation that starts at a word."""
    hit = lexicon.geography().match(words, at)
    if hit and hit.entry.sort in ("country", "demonym"):
        return Member(hit.end, hit.entry.value, country=True)
    forum = lexicon.forums().match(words, at)
    return Member(forum.end, forum.entry.value, country=False) if forum else None


def read(stretch: Stretch, free: list[bool]) -> list[Draft]:
    """The bodies that a stretch names with a head word, a pair of members, or as known ones; their words are taken."""
    found: list[Draft] = []
    at = 0
    while at < len(stretch.words):
        body = _body_at(stretch, at, free) if free[at] else None
        if body is None:
            at += 1
            continue
        _shorten(body)
        found.append(body)
        for index in range(body.first, body.last):
            free[index] = False
        at = max(body.last, at + 1)
    return found


def _body_at(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    """The body whose name begins at a word."""
    word = stretch.words[at]
    if word.text in _SITES and at and stretch.words[at - 1].low in ("on", "platform", "via"):
        return _named(stretch, at, at + 1, "site", word.text)
    joined = word.glued and at > 1 and stretch.words[at - 1].text == "-" and stretch.words[at - 2].low in _INSIDE_OFFICE
    if joined or (not word.capital and word.low != "ministry"):
        return None
    return (
        _pair(stretch, at)
        or _acronym(stretch, at)
        or _ministry(stretch, at)
        or _leaders(stretch, at)
        or _headed(stretch, at, free)
        or _known(stretch, at)
    )


def _named(stretch: Stretch, first: int, last: int, head: str, name: str = "") -> Draft:
    body = draft(stretch, first, last, ActorKind.BODY, name)
    body.key, body.head = body_key(body.name), head
    return body


def _known(stretch: Stretch, at: int) -> Draft | None:
    hit = lexicon.forums().match(stretch.words, at)
    if hit is None:
        return None
    kind = ActorKind.FORUM if hit.entry.extra == "forum" else ActorKind.BODY
    body = draft(stretch, at, hit.end, kind, hit.entry.value)
    body.key, body.head = body_key(hit.entry.value), "known"
    if written(stretch, at, hit.end) != hit.entry.value:
        body.notes = [note(stretch, at, hit.end, "short", written(stretch, at, hit.end), "table")]
    return body


def _acronym(stretch: Stretch, at: int) -> Draft | None:
    """Capitals joined by "-" or "&" before "session" and the like: a body that the report need not spell out."""
    words, end = stretch.words, at + 1
    while end < len(words) and words[end].glued and (words[end].text in "-&" or words[end].text.isupper()):
        end += 1
    text = written(stretch, at, end)
    met = end < len(words) and words[end].low in _MEETINGS | {"session", "sessions", "meetings"}
    met = met or [w.low for w in words[max(0, at - 3) : at]] in (["session", "of", "the"], ["meeting", "of", "the"])
    if end < at + _JOINED or not text.isupper() or not met or not words[end - 1].text.isalnum():
        return None
    return _named(stretch, at, end, "acronym")


def _leaders(stretch: Stretch, at: int) -> Draft | None:
    """Capitals before "summit", as in "the ABCD summit" or "the D-8 Summit": a forum that the tables need not know."""
    words, end = stretch.words, at + 1
    while end < len(words) and words[end].glued and (words[end].text in "-+" or words[end].text.isalnum()):
        end += 1
    text = written(stretch, at, end)
    known = lexicon.forums().match(words, at) or lexicon.geography().match(words, at)
    if known or end >= len(words) or words[end].low != "summit" or not text.isupper() or len(text) < _LEAST_SHORT:
        return None
    forum = draft(stretch, at, end, ActorKind.FORUM)
    forum.key, forum.head = body_key(text), "known"
    return forum


def _pair(stretch: Stretch, at: int) -> Draft | None:
    """Two members joined by a dash and a head: "Russia-EU summit", "India–Brazil Joint Commission on Trade"."""
    words = stretch.words
    one = member_at(words, at)
    if one is None or one.end + 1 >= len(words) or words[one.end].text not in _DASHES:
        return None
    other = member_at(words, one.end + 1)
    if other is None:
        return None
    members, end = [one, other], other.end
    while end + 1 < len(words) and words[end].text in _DASHES and (third := member_at(words, end + 1)):
        members.append(third)
        end = third.end
    head = _head_after(stretch, end)
    if head is None:
        return None
    last = _right(stretch, head + 1) if words[head].low not in ("summit", "talks") else head + 1
    body = _named(stretch, at, last, words[head].low)
    rest = body_key(written(stretch, end, last)) if last > end else ""
    body.key = "+".join(sorted(body_key(m.name) for m in members)) + " " + rest
    body.notes = [note(stretch, at, end, "country", m.name, "member-in-name") for m in members if m.country]
    return body


def _head_after(stretch: Stretch, at: int) -> int | None:
    """Index of the head word that ends a body's name after its members."""
    words = stretch.words
    best = None
    for index in range(at, min(len(words), at + 2 * _MOST_BETWEEN)):
        word = words[index]
        if word.low in HEADS | _MEETINGS and (word.capital or word.low in _SMALL_HEADS):
            best = index
            if index + 1 < len(words) and words[index + 1].capital:
                continue
            return best
        plain = word.capital or word.text in "-‐‑&" or word.low in ("and", "level")
        if not (plain or stretch.tokens[index].pos_ == "ADJ" or (index == at and _on_topic(stretch, index))):
            break
    return best


def _on_topic(stretch: Stretch, at: int) -> bool:
    """Whether one noun in small letters says what a pair's body is about: "the Chile-Peru fisheries dialogue"."""
    words = stretch.words
    return stretch.tokens[at].pos_ == "NOUN" and at + 1 < len(words) and words[at + 1].low in _SMALL_HEADS


def _ministry(stretch: Stretch, at: int) -> Draft | None:
    """A ministry: "the Russian Defence Ministry", "Ministry of External Affairs", "Norway's foreign ministry"."""
    words = stretch.words
    owner = member_at(words, at)
    inner = after_possessive(words, owner.end) if owner else at
    head = inner
    while head < len(words) and (_is_portfolio(words[head].low) or (head > inner and words[head].low in ("and", "&"))):
        head += 1
    if head >= len(words):
        return None
    if owner and owner.country and head == inner and (words[head].low in _NATIONAL or _air_force(words, head)):
        end = head + 1 + (words[head].low == "air")
        return _national(stretch, at, end, owner.name, words[end - 1].low)
    if words[head].low not in ("ministry", "ministries", "department", "office") or (
        words[head].low == "office" and head == inner
    ):
        return None
    if words[head].low == "ministries":
        return None
    return _portfolio_body(stretch, at, inner, head, owner)


def _is_portfolio(low: str) -> bool:
    return lexicon.portfolio_words().get(low) == "portfolio" and low not in _NATIONAL


def _air_force(words: Sequence[Word], at: int) -> bool:
    return words[at].low == "air" and at + 1 < len(words) and words[at + 1].low == "force"


def _national(stretch: Stretch, at: int, end: int, country: str, head: str) -> Draft:
    body = _named(stretch, at, end, head)
    body.key, body.country = f"{country}:{head}", country
    body.notes = [note(stretch, at, end - 1, "country", country, "adjective")]
    return body


def _portfolio_body(stretch: Stretch, at: int, inner: int, head: int, owner: Member | None) -> Draft | None:
    words, end = stretch.words, head + 1
    portfolio = words[inner:head]
    if not portfolio:
        if end + 1 >= len(words) or words[end].low not in ("of", "for"):
            return None
        start = end + 1 + (words[end + 1].low == "the")
        end = _portfolio_end(words, start)
        portfolio = words[start:end]
    if not portfolio:
        return None
    country, tail_at = (owner.name, 0) if owner and owner.country else ("", 0)
    if not country and end + 1 < len(words) and words[end].low == "of":
        tail_at = end + 1 + (words[end + 1].low == "the")
        tail = member_at(words, tail_at) if tail_at < len(words) else None
        if tail and tail.country:
            country, end = tail.name, tail.end
    body = _named(stretch, at, end, "ministry")
    topic = body_key(" ".join(w.text for w in portfolio if w.text.isalnum())).replace("affair", "").strip("-")
    body.key, body.country = f"ministry:{topic.replace('external', 'foreign')}:{country}", country
    if country:
        place = (at, inner) if tail_at == 0 else (tail_at, end)
        body.notes = [note(stretch, *place, "country", country, "adjective")]
    return body


def _portfolio_end(words: Sequence[Word], at: int) -> int:
    table, end = lexicon.portfolio_words(), at
    while at < len(words) and (table.get(words[at].low) == "portfolio" or words[at].low in ("and", "&", "-")):
        end = at + 1 if words[at].text.isalnum() and words[at].low != "and" else end
        at += 1
    return end


def _headed(stretch: Stretch, at: int, free: Sequence[bool]) -> Draft | None:
    """Capitalised words up to a head, and what follows it: "High-Level Cooperation Council", "Federation Council"."""
    words = stretch.words
    if not _begins(stretch, at):
        return None
    head = _last_head(stretch, at, free)
    if head is None:
        return None
    last = _right(stretch, head + 1)
    if not _worthy(stretch, at, head, last):
        return None
    body = _named(stretch, at, last, words[head].low)
    body.notes = list(_members(stretch, at, last))
    return body


def _last_head(stretch: Stretch, at: int, free: Sequence[bool]) -> int | None:
    """Index of the last head among the words of a name that starts at a word; known bodies inside it are no heads."""
    words, index, head = stretch.words, at, None
    while index < min(len(words), at + _MOST_LEFT):
        word = words[index]
        known = lexicon.forums().match(words, index) or lexicon.geography().match(words, index)
        if not free[index] or not _in_name(words, index, started=head is not None):
            break
        if word.capital and word.low in HEADS | _MEETINGS and known is None:
            head = index
        index = known.end if known else index + 1
    return head


def _in_name(words: Sequence[Word], at: int, *, started: bool) -> bool:
    """Whether a word may stand inside a body's name before its head."""
    word = words[at]
    if word.low in ("and", "&"):
        return 0 < at < len(words) - 1 and _is_portfolio(words[at - 1].low) and _is_portfolio(words[at + 1].low)
    if word.low in ("of", "for", "the"):
        return not started
    joined = word.text == "–" and word.glued and at + 1 < len(words) and words[at + 1].glued
    return word.capital or joined or word.text in "-‐‑’'" or (word.low == "s" and word.glued)


def _begins(stretch: Stretch, at: int) -> bool:
    word, token = stretch.words[at], stretch.tokens[at]
    if not word.capital or word.low in ("the", "a", "this", "that", "during", "earlier", "both"):
        return False
    follows = stretch.words[at + 1].low if at + 1 < len(stretch.words) else ""
    if follows in ("of", "on", "with") and word.low in _MEETINGS | {"session", "report", "statement", "talks"}:
        return False
    if _counts(stretch.words, at):
        return False
    place = lexicon.geography().match(stretch.words, at)
    if place is not None and (
        place.entry.sort == "place" or stretch.words[min(place.end, len(stretch.words) - 1)].low == "and"
    ):
        return False
    office = office_at(stretch, at)
    if office is not None and not office.plural and lexicon.forums().match(stretch.words, at) is None:
        return False
    return token.pos_ not in ("DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "VERB") or not token.is_sent_start


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether an ordinal says which meeting of a body it is, as in "Fourth Session of the …"; no "First Chamber"."""
    if not ordinals(words[at].text):
        return False
    follows = words[at + 1] if at + 1 < len(words) else None
    return follows is None or follows.low not in HEADS - _MEETINGS


def _worthy(stretch: Stretch, at: int, head: int, last: int) -> bool:
    """Whether the words are a name: more than a head alone, and a meeting only where it is numbered or on a topic."""
    words = stretch.words
    if words[head].low in _MEETINGS - HEADS:
        numbered = at > 0 and bool(
            re.fullmatch(r"(?:st|nd|rd|th)|\w+(?:th|first|second|third)|\d+(?:st|nd|rd|th)", words[at - 1].low)
        )
        bracket = last < len(words) and words[last].text == "("
        return head > at and (numbered or bracket or last > head + 1)
    tail = written(stretch, head + 1, last) if last > head + 1 else ""
    return head > at or bool(re.search(r"[A-Z]", tail))


def _members(stretch: Stretch, at: int, last: int) -> Iterator[Note]:
    words, index = stretch.words, at
    while index < last:
        member = member_at(words, index)
        if member and member.country:
            yield note(stretch, index, member.end, "country", member.name, "member-in-name")
        index = member.end if member else index + 1


def _right(stretch: Stretch, at: int) -> int:
    """Index after what belongs to a name behind its head: "of …", "on military and technical cooperation"."""
    words, end = stretch.words, at
    while end + 1 < len(words) and words[end].low in _LINKS and end - at < _MOST_RIGHT:
        stop = _topic(stretch, end + 1)
        if stop <= end + 1 or (words[end].low in ("in", "between", "for") and not words[stop - 1].capital):
            break
        if words[end].low == "in":
            break
        end = stop
    return end


def _topic(stretch: Stretch, at: int) -> int:
    """Index after the topic that starts at a word; in small letters only adjectives and nouns belong to it."""
    words, end = stretch.words, at
    capital = False
    for index in range(at, min(len(words), at + _MOST_RIGHT)):
        word = words[index]
        if word.capital and stretch.tokens[index].ent_type_ != "PERSON":
            capital, end = capital or index == at, index + 1
        elif (
            word.low in _INSIDE and not (word.low == "the" and index > at and words[index - 1].low not in ("and", "of"))
        ) or (word.low == "of" and capital):
            continue
        elif (
            not capital
            and word.text.isalpha()
            and stretch.tokens[index].pos_ in _TOPIC
            and stretch.tokens[index].pos_ != "VERB"
        ):
            end = index + 1
        else:
            break
    return end


def _shorten(body: Draft) -> None:
    """Take in the short form in brackets after a name."""
    words, at = body.stretch.words, body.last
    if at + 2 >= len(words) or words[at].text != "(":
        return
    close = next((i for i in range(at + 1, min(len(words), at + 8)) if words[i].text == ")"), None)
    if close is None or close == at + 1:
        return
    text = written(body.stretch, at + 1, close)
    if _SHORT.match(text) and sum(c.isupper() for c in text) > 1 and (short_of(text, body.name) or text.isupper()):
        body.short = text
        body.notes = [*body.notes, note(body.stretch, at + 1, close, "short", text, "bracketed")]


def recalled(stretch: Stretch, at: int) -> str:
    """The head word of "the Council" at a word: the article; "" where no such phrase begins."""
    words = stretch.words
    if words[at].low not in ("the", "this") or at + 1 >= len(words) or words[at + 1].low not in _RECALLED:
        return ""
    follows = words[at + 2] if at + 2 < len(words) else None
    if follows and (follows.low in ("of", "on", "for") or (follows.capital and words[at + 1].capital)):
        return ""
    return words[at + 1].low


def short_phrases(shorts: Mapping[str, Draft]) -> lexicon.Phrases:
    """The short forms of a report as phrases."""
    phrases = lexicon.Phrases()
    for short in sorted(shorts):
        phrases.add(short, lexicon.Entry("short", short))
    return phrases.settle()


def acronyms(
    stretch: Stretch, free: list[bool], shorts: Mapping[str, Draft], phrases: lexicon.Phrases
) -> Iterator[Draft]:
    """The mentions of bodies by the short forms that the report introduces."""
    words = stretch.words
    at = 0
    while at < len(words):
        hit = phrases.match(words, at) if free[at] else None
        if hit is None:
            at += 1
            continue
        long = shorts[hit.entry.value]
        body = draft(stretch, at, hit.end, long.kind, long.name)
        body.key, body.head, body.country = long.key, long.head, long.country
        body.notes = [note(stretch, at, hit.end, "short", hit.entry.value, "short-form")]
        for index in range(at, hit.end):
            free[index] = False
        yield body
        at = hit.end


def recall(stretch: Stretch, at: int, last: Draft) -> Draft:
    """A mention of a body by "the" and its head."""
    body = draft(stretch, at, at + 2, last.kind, last.name, Form.OFFICE)
    body.key, body.head, body.country = last.key, last.head, last.country
    return body
