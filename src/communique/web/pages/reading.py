"""The page of a report: its text, and beside each paragraph the facts that rest on it."""

import re
from typing import Any

import msgspec

from communique.errors import NotFoundError
from communique.web.asked import Answer, Ask, Data, Moved, Page
from communique.web.cards import card
from communique.web.index import Index
from communique.web.pages.facts import fact
from communique.web.passages import paragraphs, parts
from communique.web.strips import strip

#: Most facts noted beside one paragraph.
NOTES = 12
_AT = re.compile(r"(\d{1,7})-(\d{1,7})\Z", re.ASCII)


def report(ask: Ask) -> Answer:
    """The text of a report with all its highlights.

    Raises:
        NotFoundError: there is no such report.
    """
    head = ask.index.get("reports", ask.address())
    if head is None:
        return fact(_as_report(ask))
    text = _text(ask, head.id)
    cut = parts(text)
    chosen = _chosen(ask, len(text))
    number = _part(ask, cut, chosen)
    shown = paragraphs(text, ask.index.places.get(head.id, ()), head.furniture, cut[number - 1], chosen)
    story = ask.index.story_of.get(head.id)
    context = {
        "section": "reports",
        "fact": head,
        "paragraphs": [(p, _notes(p.notes, ask.index), max(0, len(p.notes) - NOTES)) for p in shown],
        "part": number,
        "parts": len(cut),
        "strip": strip(head.id, ask.index),
        "story": card("stories", story, ask.index) if story else None,
        "web": head.url if head.url and re.match(r"https?://[^\s]+\Z", head.url) else None,
        "older": ask.index.get("reports", head.supersedes or ""),
        "problems": tuple(card("problems", p, ask.index) for p in ask.index.lists["problems"] if p.report == head.id),
    }
    return Page(template="report.html", context=context)


def _as_report(ask: Ask) -> Ask:
    return msgspec.structs.replace(ask, path={**ask.path, "section": "reports"})


def _text(ask: Ask, report: str) -> str:
    found = ask.archive.reading.texts([report]).get(report)
    if found is None:
        message = "the text of this report is not in the database any more"
        raise NotFoundError(message)
    return found


def _chosen(ask: Ask, chars: int) -> tuple[int, int] | None:
    """The words that the visitor came for."""
    found = _AT.match(ask.query.get("at", ""))
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if start < end <= chars else None


def _part(ask: Ask, cut: tuple[tuple[int, int], ...], chosen: tuple[int, int] | None) -> int:
    if chosen and "part" not in ask.query:
        return next(n for n, (start, end) in enumerate(cut, start=1) if start <= chosen[0] < end)
    return min(ask.number("part", 1), len(cut))


def _notes(notes: tuple[tuple[str, str], ...], index: Index) -> list[Any]:
    facts = [(section, index.get(section, i)) for section, i in notes[:NOTES]]
    return [(section, found.id, card(section, found, index)) for section, found in facts if found is not None]


def text(ask: Ask) -> Answer:
    """The text of a report as a file."""
    head = ask.index.get("reports", ask.address())
    if head is None:
        message = "there is no such report"
        raise NotFoundError(message)
    return Data(body=_text(ask, head.id).encode(), kind="text/plain; charset=utf-8", name=f"{head.id}.txt")


def data(ask: Ask) -> Answer:
    """What is known of a report, and every fact that rests on it, as data; offsets in code points."""
    head = ask.index.get("reports", ask.address())
    if head is None:
        moved = fact(_as_report(ask))
        return Moved(to=moved.to + ".json") if isinstance(moved, Moved) else moved
    places = [p._asdict() for p in ask.index.places.get(head.id, ())]
    return Data(body=msgspec.json.encode({**msgspec.to_builtins(head), "facts": places}) + b"\n")
