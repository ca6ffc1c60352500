"""Facts in two lines: how a fact of any section stands in a list, wherever that list is."""

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from communique.export.phrases import listed, shortened, when
from communique.model.dates import Date
from communique.model.problems import Problem
from communique.model.record import (
    FURTHER,
    Actor,
    Commitment,
    Disagreement,
    Event,
    Item,
    Paraphrase,
    Reuse,
    Series,
    Statement,
    Story,
)
from communique.model.reports import Head
from communique.model.words import Official
from communique.text.ordinals import ordinal
from communique.web.index import Index, begun

#: Longest title and note of a card, in code points.
TITLE, NOTE = 180, 140


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One fact in a list: `badge` is its state in a word, `tone` how that word is coloured."""

    section: str
    path: str
    title: str
    when: str = ""
    notes: tuple[str, ...] = ()
    badge: str = ""
    tone: str = ""
    origins: int | None = None
    quote: bool = False


#: State -> how it is coloured: `good`, `open`, `bad`; anything else is plain.
TONES: Mapping[str, str] = {
    "happened": "good",
    "ongoing": "good",
    "planned": "open",
    "requested": "open",
    "offered": "open",
    "cancelled": "bad",
    "denied": "bad",
    "done": "good",
    "refused": "bad",
    "late": "bad",
    "due": "open",
    "not due": "open",
}


#: Official states after which nothing is owed.
ENDED = frozenset({Official.DONE, Official.REFUSED})


def path_of(section: str, fact: str) -> str:
    """The permanent address of a fact."""
    return f"/{section}/{fact}"


def card(section: str, fact: Any, index: Index) -> Card:  # noqa: ANN401 - a fact of any section
    """A fact of a section as a card."""
    return _CARDS[section](fact, index)


def cards(section: str, ids: Iterable[str], index: Index) -> tuple[Card, ...]:
    """The facts of a section with these ids, as far as the record has them."""
    return tuple(card(section, fact, index) for i in ids if (fact := index.get(section, i)) is not None)


def day_words(date: Date | None) -> str:
    """A date in words; "" where there is none."""
    return when(date) if date else ""


def official_words(value: str) -> str:
    """A day as it is stored, in words; what is no day stays as it is."""
    try:
        return when(Date.of(value[:10])) if value else ""
    except ValueError:
        return value


def _story(story: Story, index: Index) -> Card:
    count = len(story.reports)
    outlets = sorted({o for r in story.reports[:200] if (h := index.heads.get(r)) and (o := h.outlet)})
    return Card(
        section="stories",
        path=path_of("stories", story.id),
        title=shortened(story.title, TITLE),
        when=official_words(index.day_of_story(story)),
        notes=(f"{count} report{'s' * (count != 1)}", *([shortened(listed(outlets), NOTE)] if outlets else [])),
        origins=len(story.origins),
    )


def _report(head: Head, _: Index) -> Card:
    known = {"text": "", "given": "", "collector": "day of collection"}.get(head.published_from or "", "")
    return Card(
        section="reports",
        path=path_of("reports", head.id),
        title=shortened(head.title or head.name, TITLE),
        when=official_words(head.published_day or "") or "undated",
        notes=tuple(
            n for n in (head.outlet or "", head.name if head.title else "", f"{head.chars:,} characters", known) if n
        ),
    )


def _event(event: Event, index: Index) -> Card:
    who = [index.name(p.actor) for p in event.participants]
    notes = (str(event.type).replace("-", " "), index.name(event.place), shortened(listed(who), NOTE))
    return Card(
        section="events",
        path=path_of("events", event.id),
        title=shortened(event.title, TITLE),
        when=day_words(event.date),
        notes=tuple(n for n in notes if n),
        badge=event.status,
        tone=TONES.get(event.status, ""),
        origins=event.origins,
    )


def _statement(statement: Statement, index: Index) -> Card:
    count = len({q.evidence.report for q in statement.quotations})
    printed = f"printed in {count} report{'s' * (count != 1)}"
    direct = any(q.mode == "direct" for q in statement.quotations)
    notes = (index.name(statement.speaker) or "speaker unsure", statement.channel or "", printed)
    return Card(
        section="statements",
        path=path_of("statements", statement.id),
        title=shortened(statement.text, TITLE),
        when=official_words(index.day_of(statement.quotations[0].evidence.report)),
        notes=tuple(n for n in notes if n),
        origins=statement.origins,
        quote=direct,
    )


def _commitment(commitment: Commitment, index: Index) -> Card:
    by, to = (listed([index.name(a) for a in ids]) for ids in (commitment.by, commitment.to))
    due = f"due {day_words(commitment.due)}" if commitment.due else ""
    who = f"{by} to {to}" if by and to else by or (f"to {to}" if to else "")
    schedule, official = commitment.status.schedule, commitment.status.official
    state = official if official in ENDED or schedule not in TONES else schedule
    return Card(
        section="commitments",
        path=path_of("commitments", commitment.id),
        title=shortened(commitment.what, TITLE),
        when=day_words(begun(commitment)),
        notes=tuple(
            n for n in (commitment.kind, shortened(who, NOTE), official if official != state else "", due) if n
        ),
        badge=state,
        tone=TONES.get(state, ""),
        origins=commitment.origins,
    )


def _series(series: Series, _: Index) -> Card:
    count = len(series.sessions)
    last = max((s.date for s in series.sessions if s.date), key=lambda d: d.last, default=None)
    coming = series.next
    due = f"next: {ordinal(coming.number)}" if coming and coming.number is not None else ""
    odd = len(series.anomalies)
    return Card(
        section="series",
        path=path_of("series", series.id),
        title=shortened(series.name, TITLE),
        when=day_words(last),
        notes=tuple(n for n in (f"{count} session{'s' * (count != 1)} known", series.rhythm or "", due) if n),
        badge=f"{odd} to check" if odd else "",
        tone="bad" if odd else "",
    )


def _disagreement(disagreement: Disagreement, _: Index) -> Card:
    values = " / ".join(shortened(v.value, 60) for v in disagreement.values)
    return Card(
        section="disagreements",
        path=path_of("disagreements", disagreement.id),
        title=shortened(values, TITLE),
        notes=(shortened(disagreement.reason, NOTE),),
        badge=disagreement.kind,
    )


def _actor(actor: Actor, _: Index) -> Card:
    roles = list(dict.fromkeys(r.role for r in actor.roles))
    count = len(actor.evidence)
    return Card(
        section="actors",
        path=path_of("actors", actor.id),
        title=shortened(actor.name, TITLE),
        notes=tuple(n for n in (shortened(listed(roles), NOTE), f"{count} mention{'s' * (count != 1)}") if n),
        badge=actor.kind,
    )


def _item(item: Item, index: Index) -> Card:
    return Card(
        section="items",
        path=path_of("actors", item.actor),
        title=shortened(index.name(item.actor), TITLE),
        notes=tuple(n for n in (f"count stated: {item.count}" if item.count else "",) if n),
        badge=item.delivery,
    )


def _copy(reuse: Reuse, _: Index) -> Card:
    best = max(reuse.spans, key=lambda s: (s.end - s.start, s))
    count = len({s.report for s in reuse.spans})
    return Card(
        section="copies",
        path=f"/reports/{best.report}?at={best.start}-{best.end}#{best.start}-{best.end}",
        title=shortened(best.text, TITLE),
        notes=(f"in {count} reports",),
        badge=reuse.kind,
        quote=True,
    )


def _paraphrase(paraphrase: Paraphrase, _: Index) -> Card:
    one, other = paraphrase.spans
    return Card(
        section="paraphrases",
        path=f"/reports/{one.report}?at={one.start}-{one.end}#{one.start}-{one.end}",
        title=shortened(one.text, TITLE),
        notes=(shortened(other.text, TITLE),),
        badge=f"{paraphrase.score:.2f}",
        quote=True,
    )


def _problem(problem: Problem, _: Index) -> Card:
    return Card(
        section="problems",
        path=path_of("reports", problem.report) if problem.report else "",
        title=shortened(problem.message, TITLE),
        notes=(shortened(problem.input, NOTE), problem.stage),
        badge=problem.code,
    )


def _further(section: str, fact: Any, index: Index) -> Card:  # noqa: ANN401 - a further kind of fact
    """By the row of its table: what it is called, and the rest of the row."""
    _, title, *rest = index.row(section, fact).values()
    notes = tuple(shortened(cell, NOTE) for cell in rest if cell)
    return Card(section=section, path=path_of(section, fact.id), title=shortened(title, TITLE), notes=notes)


_CARDS: Mapping[str, Callable[[Any, Index], Card]] = {
    "stories": _story,
    "reports": _report,
    "events": _event,
    "statements": _statement,
    "commitments": _commitment,
    "series": _series,
    "disagreements": _disagreement,
    "actors": _actor,
    "items": _item,
    "copies": _copy,
    "paraphrases": _paraphrase,
    "problems": _problem,
    **{section: functools.partial(_further, section) for section in FURTHER},
}
