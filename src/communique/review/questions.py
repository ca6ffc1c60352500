"""Questions to a person: how each is put, what its sides are, and what each answer would change."""

from collections.abc import Iterable, Iterator, Sequence

from communique.model import ids
from communique.model.claims import SUBJECTS
from communique.model.decisions import SETTABLE, Ruling, Takes
from communique.model.review import Choice, Fate, Item, ItemKind, Side, Standing
from communique.review.book import Book

#: What comes first: a ruling whose words changed, then what reports disagree on, and so on.
_BASE = {
    ItemKind.SECOND_LOOK: 5.0,
    ItemKind.DISAGREEMENT: 4.0,
    ItemKind.SPEAKER: 3.0,
    ItemKind.MERGE: 2.0,
    ItemKind.NAME: 1.0,
}
#: Most sides and numbered answers of one question.
MOST = 9
_TOLD = {
    Fate.STANDS: "the words are as they were",
    Fate.MOVED: "the words stand in another place or report now",
    Fate.EDITED: "the words, or those around them, were edited: the ruling is still carried out",
    Fate.CHANGED: "other words stand there now: the ruling waits",
    Fate.UNREAD: "the words are there, but nothing is read in them any more: the ruling waits",
    Fate.GONE: "no report holds the words any more: the ruling waits",
}


def weight(kind: ItemKind, reports: Iterable[str]) -> float:
    """How much a question matters: by its kind, then by how many reports it touches."""
    return round(_BASE[kind] + 1 - 1 / (1 + len(set(reports))), 3)


def unsure(mentions: Sequence[str], field: str = "") -> Choice:
    """The answer of one who cannot tell."""
    effect = "Nothing in the record; the question goes to the end of the queue."
    return Choice(key="u", label="unsure", effect=effect, ruling=Ruling.UNSURE, mentions=tuple(mentions), field=field)


def reject(mentions: Sequence[str], what: str) -> Choice:
    """The answer that something is wrong altogether."""
    effect = f"The {what} leaves the record; the reports that print it stay as they are."
    label, told = f"wrong: no such {what}", tuple(mentions)
    return Choice(key="r", label=label, effect=effect, ruling=Ruling.REJECT, mentions=told)


def same_or_not(one: str, other: str, what: str) -> tuple[Choice, Choice]:
    """The answers to whether two mentions are of one thing."""
    joined = f"Both become one {what}, with the evidence of both."
    parted = f"They are two of their kind, and are never put together: each {what} keeps its own evidence."
    return (
        Choice(key="s", label="the same", effect=joined, ruling=Ruling.SAME, mentions=(one, other)),
        Choice(key="n", label="not the same", effect=parted, ruling=Ruling.NOT_SAME, mentions=(one, other)),
    )


def setting(key: str, label: str, mentions: Sequence[str], field: str, value: str, what: str) -> Choice:
    """The answer that a field has a value; where the value is a mention, that comes last among the mentions."""
    told = (*mentions, value) if ids.is_mention_id(value) else tuple(mentions)
    effect = f"The {what} has {label} as its {field.replace('_', ' ')}; other values stay listed with their reports."
    return Choice(key=key, label=label, effect=effect, ruling=Ruling.SET, mentions=told, field=field, value=value)


def typed(mentions: Sequence[str], field: str) -> Choice:
    """The answer whose value a person types."""
    takes = SETTABLE[ids.mention_key(mentions[0]).letter][field]
    form = f"one of {', '.join(takes)}" if isinstance(takes, tuple) else f"a {takes}"
    effect = f"The {field.replace('_', ' ')} becomes what you type, {form}."
    key = f"v:{field}"
    label = f"set {field.replace('_', ' ')}"
    return Choice(key=key, label=label, effect=effect, ruling=Ruling.SET, mentions=tuple(mentions), field=field)


def second_look(book: Book, standing: Standing) -> Item:
    """Whether a ruling still holds though its words changed."""
    decision, changed = standing.decision, [p for p in standing.places if p.fate is not Fate.STANDS]
    sides = []
    for anchor, place in zip(decision.anchors, standing.places, strict=True):
        if place.span is not None:
            mention = place.mention or place.given
            key = ids.mention_key(mention)
            there = mention if key.report in book.heads else _at(place.span.report, place.given, place.span.start)
            sides.append(book.side(f"was: {anchor.quote.text}", there, span=place.span))
    again = dict.fromkeys(_TOLD[p.fate] for p in changed)
    return Item(
        id=Item.id_of(ItemKind.SECOND_LOOK, standing.id, *(f"{p.given}={p.mention}:{p.fate}" for p in changed)),
        kind=ItemKind.SECOND_LOOK,
        weight=weight(ItemKind.SECOND_LOOK, [p.given for p in changed]),
        question=f"Does this ruling still hold: {told(standing)}?",
        reason="; ".join(again).capitalize() + ".",
        facts=standing.facts,
        sides=tuple(sides),
        choices=tuple(_looks(standing)),
    )


def _at(report: str, given: str, start: int) -> str:
    key = ids.mention_key(given)
    return ids.mention_id(report, key.letter, start, start + key.end - key.start)


def _looks(standing: Standing) -> Iterator[Choice]:
    decision = standing.decision
    gone = "The ruling is taken back, and the record is as if it had never been made."
    now = [p.mention or "" for p in standing.places]
    if all(now):
        moved = {p.given: p.mention or "" for p in standing.places}
        value = moved.get(decision.value, decision.value)
        kept = "The same ruling is made again on the words of today; the old one stays in the list."
        yield Choice(
            key="k",
            label="it holds",
            effect=kept,
            ruling=decision.ruling,
            mentions=tuple(now),
            field=decision.field,
            value=value,
        )
    yield Choice(key="w", label="withdraw it", effect=gone, ruling=Ruling.WITHDRAW, withdraws=standing.id)


def told(standing: Standing) -> str:
    """A ruling in one line: what was decided of which words, by whom and when."""
    decision = standing.decision
    about = [a.quote.text for a in decision.anchors if a.mention != decision.value]
    words = ", ".join(f"“{_short(text)}”" for text in about)
    value = next((a.quote.text for a in decision.anchors if a.mention == decision.value), decision.value)
    what = f"{decision.ruling} {words}".strip()
    if decision.withdraws:
        what = f"{decision.ruling} {decision.withdraws}"
    what += f", {decision.field}" if decision.field else ""
    what += f" = {value}" if value else ""
    made = " ".join(x for x in (decision.by and f"by {decision.by}", decision.on and f"on {decision.on}") if x)
    return f"{what} ({made})" if made else what


def pair(
    book: Book,
    kind: ItemKind,
    mentions: tuple[str, str],
    says: tuple[str, str],
    reason: str,
    facts: tuple[str, ...] = (),
) -> Item:
    """Whether two mentions are of one thing; `facts` hold them, one after the other, or one holds both."""
    one, other = sorted(mentions, key=ids.mention_key)
    named = dict(zip(mentions, says, strict=True))
    holders = dict(zip(mentions, facts * 2, strict=False))
    what = kind_of(one)
    found = [book.side(named[m], m, holders.get(m, "")) for m in (one, other)]
    return Item(
        id=Item.id_of(kind, one, other),
        kind=kind,
        weight=weight(kind, [s.span.report for s in found]),
        question=f"Are these the same {what}: “{_short(named[one])}” and “{_short(named[other])}”?",
        reason=reason,
        section=section_of(one),
        facts=facts,
        sides=tuple(found),
        choices=(*same_or_not(one, other, what), unsure((one, other))),
    )


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 80 else folded[:79] + "…"  # noqa: PLR2004 - a line of a terminal


def kind_of(mention: str) -> str:
    """What a mention is, in a word."""
    letter = ids.mention_key(mention).letter
    return {"r": "story", "n": "actor", "q": "statement"}.get(letter, SUBJECTS.get(letter, "thing"))


def section_of(mention: str) -> str:
    """The section of the record that a mention belongs to."""
    sections = {"n": "actors", "e": "events", "q": "statements", "c": "commitments", "r": "stories"}
    return sections.get(ids.mention_key(mention).letter, "")


def about(book: Book, mentions: Sequence[str], title: str, fact: str) -> Item:
    """What could be wrong with a fact: anything."""
    first = mentions[0]
    what, letter = kind_of(first), ids.mention_key(first).letter
    choices: list[Choice] = []
    if letter in SUBJECTS:
        choices = [typed([first], f) for f, takes in SETTABLE[letter].items() if takes is not Takes.MENTION]
        choices += [typed(list(mentions), f) for f, takes in SETTABLE[letter].items() if takes is Takes.MENTION]
        choices.append(reject(mentions, what))
    sides: list[Side] = [book.side(title, m, fact) for m in mentions[:MOST]]
    return Item(
        id=Item.id_of(ItemKind.SECOND_LOOK, "about", *mentions),
        kind=ItemKind.DISAGREEMENT,
        weight=0.0,
        question=f"What is wrong with this {what}: “{_short(title)}”?",
        section=section_of(first),
        facts=(fact,) if fact else (),
        sides=tuple(sides),
        choices=(*choices, unsure(mentions)),
    )
