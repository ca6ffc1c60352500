"""Questions about disagreements: which side is right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from communique.model import ids
from communique.model.decisions import Ruling
from communique.model.record import Disagreement, Value
from communique.model.review import Choice, Item, ItemKind, Side
from communique.model.spans import Span
from communique.model.words import DisagreementKind as Kind
from communique.review.book import Book
from communique.review.questions import MOST, kind_of, section_of, setting, typed, unsure, weight


def disagreements(book: Book) -> Iterator[Item]:
    """A question for each disagreement of the record that some answer can settle."""
    book.need(s.report for d in book.record.disagreements for v in d.values for s in v.evidence)
    for each in book.record.disagreements:
        target = _target(book, each)
        if target:
            yield _item(book, each, target)


def _target(book: Book, each: Disagreement) -> tuple[str, ...]:
    """The mentions that the disagreement is about, or the words whose sense it is."""
    for address in each.about:
        if address in book.facts:
            section, fact = book.facts[address]
            if section == "series":
                return _of_series(book, each)
            if found := book.mentions(section, fact):
                return found
    spans = [s for v in each.values for s in v.evidence]
    return book.anchors.held("t", spans)


def _of_series(book: Book, each: Disagreement) -> tuple[str, ...]:
    """Where a body's rhythm is stated."""
    spans = {s for v in each.values for s in v.evidence}
    reports = sorted({s.report for s in spans})
    found = (c.subject for r in reports for c in book.claims(r) if c.field == "rhythm" and c.span in spans)
    return tuple(dict.fromkeys(found))


def _item(book: Book, each: Disagreement, target: tuple[str, ...]) -> Item:
    sides = [_side(book, v, s, each) for v in each.values for s in v.evidence[:2]][:MOST]
    answers = tuple(_ANSWERS.get(each.kind, _none)(book, each, target))
    return Item(
        id=Item.id_of(ItemKind.DISAGREEMENT, each.kind, *target),
        kind=ItemKind.DISAGREEMENT,
        weight=weight(ItemKind.DISAGREEMENT, [r for v in each.values for r in v.reports]),
        question=f"Which {_NOUNS.get(each.kind, each.kind.value)} is right: {_either(each)}?",
        reason=each.reason,
        section=section_of(target[0]),
        facts=each.about,
        sides=tuple(sides),
        choices=(*answers, unsure(target[:1], each.kind.value)),
    )


def _either(each: Disagreement) -> str:
    return ", or ".join(v.value for v in each.values)


_NOUNS = {Kind.ATTRIBUTION: "speaker", Kind.SERIES: "rhythm"}


def _side(book: Book, value: Value, span: Span, each: Disagreement) -> Side:
    return book.side(value.value, ids.mention_id(span.report, "t", span.start, span.end), each.about[0], span)


def _none(_book: Book, _each: Disagreement, _target: Sequence[str]) -> Iterator[Choice]:
    yield from ()


def _date(_book: Book, each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    for key, value in _numbered(each):
        yield setting(key, value.value, target[:1], "date", value.value, kind_of(target[0]))
    yield typed(target[:1], "date")


def _place(book: Book, each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    for key, value in _numbered(each):
        named = book.anchors.held("n", value.evidence)
        if named:
            yield setting(key, value.value, target[:1], "place", named[0], "event")


def _number(book: Book, each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    """Every session that is told of gets the number that is right."""
    told = [m for a in each.about if a in book.facts for m in book.mentions(*book.facts[a])]
    for key, value in _numbered(each):
        yield setting(key, value.value, told or target, "number", value.value, "session")


def _speaker(book: Book, each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    for key, value in _numbered(each):
        said = book.anchors.held("q", value.evidence)
        named = [v for m in said for v in book.values(m, "speaker")]
        if named:
            yield setting(key, value.value, target, "speaker", named[0], "statement")


def _wording(book: Book, each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    """One wording is a misprint: it leaves the record."""
    for key, value in _numbered(each):
        others = [v for v in each.values if v is not value]
        held = book.anchors.held("q", [s for v in others for s in v.evidence])
        wrong = tuple(m for m in held if m in target)
        if wrong:
            effect = "The other wording leaves the record as a misprint; its report stays as it is."
            label = f"“{value.value}”"
            yield Choice(key=key, label=label, effect=effect, ruling=Ruling.REJECT, mentions=wrong)


def _rhythm(_book: Book, _each: Disagreement, target: Sequence[str]) -> Iterator[Choice]:
    effect = "No rhythm is told of the series any more; its sessions stay."
    told, label = tuple(target), "the rhythm is wrong"
    yield Choice(key="r", label=label, effect=effect, ruling=Ruling.REJECT, mentions=told, field="rhythm")


def _numbered(each: Disagreement) -> Iterator[tuple[str, Value]]:
    return ((str(n), v) for n, v in enumerate(each.values[:MOST], start=1))


_ANSWERS: Mapping[Kind, Any] = {
    Kind.DATE: _date,
    Kind.PLACE: _place,
    Kind.NUMBER: _number,
    Kind.ATTRIBUTION: _speaker,
    Kind.SPEAKER: _speaker,
    Kind.WORDING: _wording,
    Kind.SERIES: _rhythm,
}
