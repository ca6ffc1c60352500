"""One fact to a page: on the left what the record says, on the right the reports that say it."""

import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from communique.errors import NotFoundError
from communique.model.record import (
    FURTHER,
    Actor,
    Commitment,
    Disagreement,
    Event,
    Series,
    Session,
    Statement,
    Story,
    Wording,
)
from communique.model.spans import Span
from communique.model.words import Attested, Official, Schedule
from communique.text.ordinals import ordinal
from communique.web.align import GAP, Run, likeness, runs
from communique.web.asked import Answer, Ask, Data, Moved, Page
from communique.web.cards import ENDED, Card, card, cards, day_words, path_of
from communique.web.evidence import evidence, sources
from communique.web.evidence import path_of as place_of
from communique.web.index import SECTIONS, spans_of
from communique.web.strips import Strip, strip

#: Facts of a kind beside a fact.
MANY = 24
#: Facts of a kind on the page of a story; the rest is a list of their own.
SOME = 8
#: Steps of a commitment, in the order in which it usually takes them.
LADDER = tuple(o for o in Official if o not in (Official.UNKNOWN, Official.REFUSED))
_NAMES: Mapping[str, str] = {part: section for section, part in SECTIONS.items()}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A report of a story, and whose words it is made of."""

    card: Card
    strip: Strip


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One wording against the base: its words as runs, and the share of them that the base has too."""

    number: int
    head: Any
    mode: str
    path: str
    speaker: str
    channel: tuple[str, ...]
    runs: tuple[Run, ...]
    share: int
    text: str


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """One point on the line of a series: a session, or the numbers that the record does not know."""

    label: str
    path: str = ""
    when: str = ""
    where: str = ""
    state: str = "known"


def fact(ask: Ask) -> Answer:
    """The page of a fact; an address of the same fact leads there."""
    section, found = ask.path["section"], None
    if section in _PAGES:
        found = ask.index.get(section, ask.address())
    if found is None:
        return _elsewhere(ask)
    made = _PAGES[section](found, ask)
    context = {
        "section": section,
        "fact": found,
        "disputes": tuple(card("disagreements", d, ask.index) for d in ask.index.disputes.get(found.id, ())),
        **made,
    }
    template = "further.html" if section in FURTHER else f"{section}.html"
    return Page(template=template, context=context)


def fact_data(ask: Ask) -> Answer:
    """A fact as data, as the record has it."""
    section = ask.path["section"]
    found = ask.index.get(section, ask.address())
    if found is None:
        moved = _elsewhere(ask)
        return Moved(to=moved.to.replace("?", ".json?") if "?" in moved.to else moved.to + ".json")
    return Data(body=msgspec.json.encode(found) + b"\n")


def _elsewhere(ask: Ask) -> Moved:
    """Where an address leads that is no fact's id: a mention, or the name of the fact before a ruling.

    Raises:
        NotFoundError: nowhere.
    """
    if ask.path["section"] in (*_PAGES, "reports"):
        with suppress(NotFoundError):
            found = ask.archive.reading.show(ask.address())
            section = _NAMES.get(found.section, "")
            if ask.index.get(section, found.fact.id) is not None and ask.address() != found.fact.id:
                return Moved(to=ask.url(path_of(section, found.fact.id)))
    message = "the record of that day does not know this address" if ask.as_of else "nothing has this address"
    raise NotFoundError(message)


# -- one function for each kind


#: Behind every day: reports without one come last.
_UNDATED = "9999"


def _story(story: Story, ask: Ask) -> dict[str, Any]:
    heads = ask.index.heads
    ordered = (sorted(g, key=lambda r: (heads[r].published or _UNDATED, heads[r].name)) for g in story.origins)
    rows = [(number, report) for number, group in enumerate(ordered, start=1) for report in group]
    paging = ask.page(len(rows))
    groups: dict[int, list[Told]] = {}
    for number, report in paging.of(rows):
        head = ask.index.heads[report]
        groups.setdefault(number, []).append(
            Told(card=card("reports", head, ask.index), strip=strip(report, ask.index))
        )
    told = [
        (s, ask.index.resting_on(story.reports, s)) for s in ("events", "statements", "commitments", "disagreements")
    ]
    shown = [(s, len(ids), cards(s, ids[:SOME], ask.index)) for s, ids in told if ids]
    return {"groups": groups, "paging": paging, "told": shown}


def _event(event: Event, ask: Ask) -> dict[str, Any]:
    index = ask.index
    reports = tuple(dict.fromkeys(s.report for s in event.evidence))
    stories = {index.story_of[r].id: index.story_of[r] for r in reports if r in index.story_of}
    return {
        "evidence": evidence(ask, event.evidence),
        "series": index.get("series", event.series or ""),
        "whole": index.get("events", event.part_of or ""),
        "parts": tuple(card("events", e, index) for e in index.parts_of.get(event.id, ())[:MANY]),
        "stories": tuple(card("stories", s, index) for s in list(stories.values())[:MANY]),
    }


def _statement(statement: Statement, ask: Ask) -> dict[str, Any]:
    groups: dict[tuple[str, str], list[Wording]] = {}
    for wording in statement.quotations:
        groups.setdefault((wording.evidence.report, wording.mode), []).append(wording)
    texts = [_joined(group) for group in groups.values()]
    number = ask.number("base", 1) if "base" in ask.query else 0
    base = texts[number - 1] if 0 < number <= len(texts) else statement.text
    made = [_row(n, group, base, ask) for n, group in enumerate(groups.values(), start=1)]
    paging = ask.page(len(made))
    return {"rows": paging.of(made), "paging": paging, "base": number, "base_text": base, "several": len(made) > 1}


def _joined(group: Sequence[Wording]) -> str:
    """The pieces of a wording in their order; a piece that a caption or heading only repeats counts once."""
    pieces: list[str] = []
    for wording in group:
        words = " ".join(wording.evidence.text.split())
        if not any(words.rstrip(".,") in known for known in pieces):
            pieces.append(words)
    return f" {GAP} ".join(pieces)


def _row(number: int, group: Sequence[Wording], base: str, ask: Ask) -> Row:
    first = group[0]
    text = _joined(group)
    made = runs(base, text)
    return Row(
        number=number,
        head=ask.index.heads[first.evidence.report],
        mode=first.mode,
        path=place_of(first.evidence),
        speaker=ask.index.name(first.speaker),
        channel=first.channel,
        runs=made,
        share=round(100 * likeness(made)),
        text=text,
    )


def _commitment(commitment: Commitment, ask: Ask) -> dict[str, Any]:
    spans = [s for change in commitment.history for s in change.evidence]
    known = {source.head.id: source for source in sources(ask, spans[:MANY])}
    return {
        "evidence": evidence(ask, commitment.evidence),
        "ladder": LADDER,
        "passed": {change.official for change in commitment.history},
        "attested": tuple(Attested),
        "schedules": tuple(Schedule),
        "known": known,
        "place_of": place_of,
    }


def _series(series: Series, ask: Ask) -> dict[str, Any]:
    reports = tuple(dict.fromkeys(s.report for s in spans_of("series", series)))
    owed = [c for c in _facts(ask, "commitments", reports) if c.due and c.status.official not in ENDED]
    return {
        "evidence": evidence(ask, series.evidence),
        "stops": _stops(series, ask),
        "owed": tuple(card("commitments", c, ask.index) for c in owed[:MANY]),
        "ordinal": ordinal,
        "number_of": number_of,
    }


def number_of(session: Session) -> str:
    """What a session goes by in its address: its number, else its event; "" where it has neither."""
    return str(session.number) if session.number is not None else session.event or ""


def _stops(series: Series, ask: Ask) -> tuple[Stop, ...]:
    made: list[Stop] = []
    before: int | None = None
    for session in sorted(
        series.sessions, key=lambda s: (s.number is None, s.number or 0, s.date.value if s.date else "")
    ):
        if before is not None and session.number is not None and session.number > before + 1:
            gap = f"{before + 1}–{session.number - 1}" if session.number > before + 2 else str(before + 1)
            made.append(Stop(label=gap, state="unknown", where="not in these reports"))
        made.append(_stop(series, session, ask))
        before = session.number or before
    return tuple(made)


def _stop(series: Series, session: Session, ask: Ask) -> Stop:
    number = number_of(session)
    return Stop(
        label=ordinal(session.number) if session.number is not None else "session",
        path=f"{path_of('series', series.id)}/{number}" if number else "",
        when=day_words(session.date),
        where=ask.index.name(session.place) or ask.index.name(session.host),
        state="known" if session.status in ("happened", "ongoing") else "coming",
    )


def session(ask: Ask) -> Answer:
    """The page of one numbered meeting.

    Raises:
        NotFoundError: the record knows no such meeting.
    """
    series = ask.index.get("series", ask.address())
    found = ask.index.session(series, ask.address("number")) if series else None
    if found is None:
        message = "the record knows no such session"
        raise NotFoundError(message)
    reports = tuple(dict.fromkeys(s.report for s in found.evidence))
    event = ask.index.get("events", found.event or "")
    told = [(s, _resting(ask, s, reports)[:SOME]) for s in ("statements", "commitments")]
    context = {
        "section": "series",
        "fact": series,
        "session": found,
        "number": number_of(found),
        "stops": _stops(series, ask),
        "event": card("events", event, ask.index) if event else None,
        "parts": tuple(card("events", e, ask.index) for e in ask.index.parts_of.get(found.event or "", ())[:MANY]),
        "told": [(s, c) for s, c in told if c],
        "disputes": tuple(card("disagreements", d, ask.index) for d in ask.index.disputes.get(found.event or "", ())),
        "evidence": evidence(ask, found.evidence),
        "ordinal": ordinal,
    }
    return Page(template="session.html", context=context)


def _disagreement(disagreement: Disagreement, ask: Ask) -> dict[str, Any]:
    sides = [(value, sources(ask, _few(value.evidence))) for value in disagreement.values[:MANY]]
    about = [
        c
        for section in ("events", "series", "statements", "commitments", "actors")
        for c in cards(section, disagreement.about, ask.index)
    ]
    return {"sides": sides, "about": about}


def _few(spans: Sequence[Span]) -> Sequence[Span]:
    return sorted(set(spans))[:MANY]


def _actor(actor: Actor, ask: Ask) -> dict[str, Any]:
    parts = ask.index.of_actor.get(actor.id, {})
    shown = ("series", "events", "statements", "commitments")
    return {
        "parts": [(s, len(parts[s]), cards(s, parts[s][:MANY], ask.index)) for s in shown if parts.get(s)],
        "evidence": evidence(ask, actor.evidence),
        "place_of": place_of,
    }


def _further(section: str, fact: Any, ask: Ask) -> dict[str, Any]:  # noqa: ANN401 - a further kind of fact
    return {"row": ask.index.row(section, fact), "evidence": evidence(ask, fact.evidence)}


def _resting(ask: Ask, section: str, reports: Sequence[str]) -> tuple[Card, ...]:
    return cards(section, ask.index.resting_on(reports, section)[:MANY], ask.index)


def _facts(ask: Ask, section: str, reports: Sequence[str]) -> list[Any]:
    return [ask.index.get(section, i) for i in ask.index.resting_on(reports, section)]


_PAGES: Mapping[str, Callable[[Any, Ask], dict[str, Any]]] = {
    "stories": _story,
    "events": _event,
    "statements": _statement,
    "commitments": _commitment,
    "series": _series,
    "disagreements": _disagreement,
    "actors": _actor,
    **{section: functools.partial(_further, section) for section in FURTHER},
}
