"""Day and month told apart by other evidence."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from communique.fuse.dossiers import Dossiers, gather
from communique.fuse.times import Times
from communique.model.reports import PUBLISHED_OPEN

OPEN = "either:2031-05-04|2031-04-05"  # 04/05/2031


def times(desk: Any, outlets: Mapping[str, str] | None = None, printed: Mapping[str, str] | None = None) -> Times:
    """The settled times, the pages given outlets and open days of publication by their ids."""
    sources = []
    for source in desk.sources:
        extra = {PUBLISHED_OPEN: (printed or {})[source.head.id]} if source.head.id in (printed or {}) else {}
        head = msgspec.structs.replace(source.head, outlet=(outlets or {}).get(source.head.id), extra=extra)
        sources.append(msgspec.structs.replace(source, head=head))
    dossiers: Dossiers = gather(sources)
    return Times(dossiers, desk.origins)


def open_page(desk: Any, published: str | None = None) -> tuple[Any, str]:
    """A report of a signing on 04/05/2031, and the signing."""
    page = desk.page("They signed on 04/05/2031. A second pact followed on 13/05/2031 and 05/14/2031.", published)
    return page, page.event("They signed", "signing", "happened", date_open=OPEN)


def settled(found: Times, mention: str) -> list[tuple[str, str]]:
    """Values and rules of a mention's dates."""
    dossier = found._dossiers.get(mention)  # noqa: SLF001 - the desk's own dossiers lack the outlets
    assert dossier is not None
    return [(d.date.value, d.rule) for d in found.dates(dossier)]


@pytest.mark.parametrize(
    ("words", "date", "value"), [("13/05/2031", "2031-05-13", "2031-05-04"), ("05/14/2031", "2031-05-14", "2031-04-05")]
)
def test_the_reports_own_dates_decide(desk: Any, words: str, date: str, value: str) -> None:
    """A report that once writes the day first always does, and so with the month."""
    page, event = open_page(desk)
    page.time(words, date)
    assert settled(times(desk), event) == [(value, "either:report")]


def test_near_days_decide(desk: Any) -> None:
    """The reading that lies near the report's other days is taken where the other lies far off."""
    page = desk.page("It opened on 02/11/2031. Talks had begun on 30 October 2031.", None)
    event = page.event("It opened", "ceremony", "happened", date_open="either:2031-11-02|2031-02-11")
    page.time("30 October 2031", "2031-10-30")
    assert settled(times(desk), event) == [("2031-11-02", "either:report")]


def test_the_outlets_habit_decides(desk: Any) -> None:
    """Another report of the same outlet shows its order; an outlet that shows both decides nothing."""
    page, event = open_page(desk)
    other = desk.page("Sealed on 05/14/2030 and 15/05/2030.", None)
    other.time("05/14/2030", "2030-05-14")
    desk.apart = [{page.id}, {other.id}]
    outlets = {page.id: "Vorrin Post", other.id: "VORRIN POST"}
    assert settled(times(desk, outlets), event) == [("2031-04-05", "either:outlet")]
    assert settled(times(desk, {**outlets, other.id: "Another Post"}), event) == []
    other.time("15/05/2030", "2030-05-15")
    assert settled(times(desk, outlets), event) == []


def test_the_story_decides(desk: Any) -> None:
    """Where neither report nor outlet tells, the day that the story's other reports stand for does."""
    page = desk.page("They signed on 02/11/2031.", None)
    event = page.event("They signed", "signing", "happened", date_open="either:2031-11-02|2031-02-11")
    other = desk.page("The pact of 3 November 2031 holds.", None)
    other.time("3 November 2031", "2031-11-03")
    assert settled(times(desk), event) == [("2031-11-02", "either:story")]


def test_undecidable_stays_open(desk: Any) -> None:
    """Without any evidence there is no date."""
    _, event = open_page(desk)
    assert settled(times(desk), event) == []


def test_a_printed_day_of_publication_is_told_apart(desk: Any) -> None:
    """A report that printed its day in digits is anchored by the settled reading, with the reason."""
    page = desk.page("They met yesterday.", None)
    event = page.event("They met yesterday", "meeting", "happened", date_open="day:-1")
    other = desk.page("Sealed on 13/05/2030.", None)
    other.time("13/05/2030", "2030-05-13")
    desk.apart = [{page.id}, {other.id}]
    printed = {page.id: OPEN}
    both = {page.id: "Vorrin Post", other.id: "Vorrin Post"}
    assert settled(times(desk, both, printed), event) == [("2031-05-03", "anchor:either:outlet")]
    assert settled(times(desk, {}, printed), event) == []
    assert times(desk, {}, {page.id: "either:nonsense"}).published(page.id) is None


def test_a_settled_publication_line_shows_the_habit(desk: Any) -> None:
    """A publication line in digits whose weekday settled it shows the order of its outlet."""
    page, event = open_page(desk)
    other = desk.page("Published Wednesday 05/07/2031. Talks.", "2031-05-07")
    other.published_evidence = other.span("Wednesday 05/07/2031")
    desk.apart = [{page.id}, {other.id}]
    assert settled(times(desk, {page.id: "Vorrin Post", other.id: "Vorrin Post"}), event) == [
        ("2031-04-05", "either:outlet")
    ]
