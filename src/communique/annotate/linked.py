"""Which names of bodies in one report mean one body, and what the report says of it: founding, rhythm, rotation."""

import re
from collections.abc import Sequence

from communique.annotate import bodies
from communique.annotate.drafts import Draft, Note
from communique.annotate.words import Stretch
from communique.model.words import ActorKind
from communique.text.calendar import MONTH_NAMES
from communique.text.names import short_of

_MOST_ALIKE = 60
_FOUNDED = re.compile(
    r"\b(?:established|founded|set up|created|launched|formed|inaugurated)\s+(?:in|on)\s+"
    r"(?:(?P<day>\d{1,2})\s+)?(?:(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(?:(?P<day2>\d{1,2}),?\s+)?)?(?P<year>[12]\d{3})\b"
)
_RHYTHM = re.compile(
    r"\b(?P<word>annual|annually|biannual|biannually|biennial|biennially|quarterly|monthly|yearly)\b"
    r"|\b(?P<every>every\s+(?:other\s+|second\s+|two\s+|three\s+|four\s+|six\s+)?(?:years?|months?))\b"
    r"|\b(?P<times>(?:once|twice|three times)\s+(?:a|each|every|per)\s+year)\b|\b(?P<each>each\s+year)\b",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\b(?:meet|meets|met|meeting|meetings|session|sessions|summit|summits|held|convene[sd]?|gather\w*)\b",
    re.IGNORECASE,
)
_ROTATION = re.compile(
    r"\b(?:alternat\w+|rotat\w+|takes? turns|in turns?)\b[^.;:,]{0,60}?\b(?:between|by|in)\s+[A-Z][^.;:,]{2,60}?"
    r"(?=[,.;:)]|\s(?:enabling|with|which|and\sis|every)\b|$)"
)
_PLAIN = {
    "annually": "annual",
    "yearly": "annual",
    "every year": "annual",
    "each year": "annual",
    "once a year": "annual",
}
_NEAR = 60


def settle(drafts: list[Draft]) -> list[Draft]:
    """Give every named mention its entity: bodies whose names are parts of one long name are one body."""
    alias = _aliases([d for d in drafts if d.kind in (ActorKind.BODY, ActorKind.FORUM) and d.key])
    for number, each in enumerate(drafts):
        if not each.entity:
            key = alias.get(each.key, each.key)
            each.entity = key if key.startswith("country:") else f"{each.kind.value}:{key}" if key else f"own:{number}"
    return drafts


def _aliases(found: Sequence[Draft]) -> dict[str, str]:
    """Key -> key of the longer name that it is part of, where just one is."""
    by_head: dict[str, dict[str, frozenset[str]]] = {}
    shorts: dict[str, set[str]] = {}
    for each in found:
        group = "ministry" if each.key.startswith("ministry:") else each.head
        by_head.setdefault(group, {})[each.key] = frozenset(re.split(r"[-+ :]", each.key)) - {""}
        if each.short:
            shorts.setdefault(each.key, set()).add(each.short)
    alias: dict[str, str] = {}
    for head, keys in sorted(by_head.items()):
        if head in ("known", "site"):
            continue
        ranked = sorted(keys, key=lambda k: (-len(keys[k]), k))[:_MOST_ALIKE]
        for key in ranked:
            longer = [
                k
                for k in ranked
                if keys[key] < keys[k] and _may_join(key, k) and not shorts.get(key, set()) - shorts.get(k, set())
            ]
            roots = {alias.get(k, k) for k in longer}
            if len(roots) == 1 and len(keys[key]) > 1:
                alias[key] = roots.pop()
    return alias | _spelled_out(found)


def _spelled_out(found: Sequence[Draft]) -> dict[str, str]:
    """The one unexplained acronym of a report meets the one name without a short form that its first letters spell."""
    explained = {d.short: d.key for d in reversed(found) if d.short}
    acronyms = {d.key: d.name for d in found if d.head == "acronym"}
    alias = {key: explained[name] for key, name in acronyms.items() if name in explained}
    if len(acronyms) != 1 or alias:
        return alias
    key, acronym = next(iter(acronyms.items()))
    shortened = {d.key for d in found if d.short}
    long = {
        d.key
        for d in found
        if d.key not in shortened and d.head in bodies.SERIES_HEADS and short_of(acronym.split("-")[0], d.name)
    }
    return {key: long.pop()} if len(long) == 1 else {}


def _may_join(short: str, long: str) -> bool:
    """Whether one key may be the other's: a ministry without a country is that of the only country named."""
    if not short.startswith("ministry:"):
        return True
    return short.split(":")[1] == long.split(":")[1] and short.endswith(":")


class Recall:
    """Walks through a report once: "the Council" is the last body with that head; facts go to the body they follow."""

    def __init__(self) -> None:
        """Start without bodies."""
        self._last: dict[str, Draft] = {}
        self._latest: Draft | None = None

    def walk(self, stretch: Stretch, drafts: list[Draft]) -> list[Draft]:
        """The mentions of a stretch with "the Council" and its like added, in order; facts of bodies are noted."""
        by_first = {d.first: d for d in drafts}
        out = list(drafts)
        start, at, words = 0, 0, stretch.words
        before: Draft | None = None
        own: Draft | None = None
        while at < len(words):
            if stretch.sentence[at] != stretch.sentence[start]:
                self._facts(stretch, start, before, by_first)
                start, before, own = at, own, None
            found = by_first.get(at) or self._again(stretch, at)
            if found is None:
                at += 1
                continue
            if found.first not in by_first:
                out.append(found)
                by_first[found.first] = found
            if found.kind is ActorKind.BODY:
                self._last[found.head] = found
                own = found if found.head in bodies.SERIES_HEADS else own
            at = found.last
        if words:
            self._facts(stretch, start, before, by_first)
        return sorted(out, key=lambda d: (d.start, d.end))

    def _again(self, stretch: Stretch, at: int) -> Draft | None:
        head = bodies.recalled(stretch, at)
        last = self._last.get(head) if head else None
        if last is None or (head == "ministry" and stretch.words[at].low != "the"):
            return None
        found = bodies.recall(stretch, at, last)
        found.entity = last.entity
        return found

    def _facts(self, stretch: Stretch, at: int, before: Draft | None, by_first: dict[int, Draft]) -> None:
        """Note founding, rhythm and rotation that a sentence states of the body in it, or of that in the one before."""
        end = at
        while end < len(stretch.words) and stretch.sentence[end] == stretch.sentence[at]:
            end += 1
        base = stretch.words[at].start
        text = stretch.text[base - stretch.piece.start : stretch.words[end - 1].end - stretch.piece.start]
        own = [
            d
            for i in range(at, end)
            if (d := by_first.get(i)) and d.head in bodies.SERIES_HEADS and d.kind is ActorKind.BODY
        ]
        for fact in _facts_in(text, base):
            holder = next((d for d in reversed(own) if d.end <= fact.start + 1), None) or (own[0] if own else before)
            if holder is not None:
                holder.notes = [*holder.notes, fact]


def _facts_in(text: str, base: int) -> list[Note]:
    facts = []
    for match in _FOUNDED.finditer(text):
        place = base + match.start(), base + match.end()
        facts.append(Note("founded", _date(match), *place, "founded-in"))
    for match in _RHYTHM.finditer(text):
        if _MEETS.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR):
            words = " ".join(match.group().casefold().split())
            facts.append(Note("rhythm", _PLAIN.get(words, words), base + match.start(), base + match.end(), "rhythm"))
    facts += [
        Note("rotation", m.group(), base + m.start(), base + m.end(), "rotation") for m in _ROTATION.finditer(text)
    ]
    return facts


def _date(match: re.Match[str]) -> str:
    if not match["month"]:
        return match["year"]
    month = f"{match['year']}-{MONTH_NAMES.index(match['month'].capitalize()) + 1:02}"
    day = match["day"] or match["day2"]
    return f"{month}-{int(day):02}" if day else month
