"""The reports behind a fact, each with the words around every place that states it."""

from collections.abc import Iterable, Sequence

import msgspec

from communique.model.reports import Head
from communique.model.spans import Span
from communique.web.asked import Ask, Paging
from communique.web.passages import Around, around


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place that states a fact: where it is, and the words around it."""

    path: str
    around: Around


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One report and its places, in the order of its text."""

    head: Head
    places: tuple[Place, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the places that state a fact, and how many reports there are in all."""

    sources: tuple[Source, ...]
    reports: int
    paging: Paging


def path_of(span: Span) -> str:
    """The address of a place in a report: it opens there with script and without."""
    return f"/reports/{span.report}?at={span.start}-{span.end}#{span.start}-{span.end}"


def evidence(ask: Ask, spans: Iterable[Span]) -> Evidence:
    """The places that state a fact, by day of publication."""
    ordered = sorted(set(spans), key=lambda s: (ask.index.day_of(s.report), s))
    paging = ask.page(len(ordered))
    return Evidence(sources=sources(ask, paging.of(ordered)), reports=len({s.report for s in ordered}), paging=paging)


def sources(ask: Ask, spans: Sequence[Span]) -> tuple[Source, ...]:
    """Reports with their places, in the order in which the reports first come."""
    texts = ask.archive.reading.texts({s.report for s in spans})
    by_report: dict[str, list[Place]] = {}
    for span in spans:
        text = texts.get(span.report)
        if text is not None and span.report in ask.index.heads:
            place = Place(path=path_of(span), around=around(text, span.start, span.end))
            by_report.setdefault(span.report, []).append(place)
    return tuple(Source(head=ask.index.heads[r], places=tuple(places)) for r, places in by_report.items())
