"""What changed between two states of the record, as rows for a table."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from communique.export.phrases import shortened
from communique.export.tables import Row, rows
from communique.model.record import Actor, Record
from communique.model.spans import Span, spans_of

#: Sections whose changes are news, and the columns that say in the fact's own words what it is.
_TOLD = {
    "reports": ("title", "name"),
    "events": ("title",),
    "statements": ("text",),
    "commitments": ("what",),
    "series": ("name",),
    "disagreements": ("values",),
}
#: Columns whose changes are none of the fact's own.
_SILENT = frozenset({"id", "confidence"})


def news_rows(before: Record, after: Record) -> list[Row]:
    """One row a fact that is new, reads otherwise, or is gone; in the record's order.

    A fact whose id changed, since an earlier report came in, is the same where both rest on the same words. That
    another form of somebody's name is preferred now is no news of the facts that name them.
    """
    before = msgspec.structs.replace(before, actors=_renamed(before, after))
    return [row for section in _TOLD for row in _section(section, before, after)]


def _renamed(before: Record, after: Record) -> tuple[Actor, ...]:
    """Actors as they were, under the names that they have now."""
    now, names = _held("actors", before, after), {a.id: a.name for a in after.actors}
    return tuple(msgspec.structs.replace(a, name=names.get(now.get(a.id, ""), a.name)) for a in before.actors)


def _section(section: str, before: Record, after: Record) -> Iterator[Row]:
    old, new = ({r["id"]: r for r in rows(record, section)} for record in (before, after))
    now = _held(section, before, after)
    was = {fact: ident for ident, fact in reversed(now.items())}
    for ident, row in new.items():
        if ident not in was:
            yield _row("new", section, row, "")
        elif changed := _changed(old[was[ident]], row):
            yield _row("changed", section, row, changed)
    for ident, row in old.items():
        if ident not in now:
            yield _row("gone", section, row, "")


def _held(section: str, before: Record, after: Record) -> dict[str, str]:
    """Id of a fact before -> id of the fact that holds the same words now."""
    places = {span: fact.id for fact in getattr(after, section) for span in spans_of(fact)}
    ids = {fact.id for fact in getattr(after, section)}
    return {
        fact.id: found
        for fact in getattr(before, section)
        if (found := fact.id if fact.id in ids else _now(fact, places)) is not None
    }


def _now(fact: Any, places: Mapping[Span, str]) -> str | None:  # noqa: ANN401 - a fact of any section
    return next((places[span] for span in spans_of(fact) if span in places), None)


def _changed(old: Row, new: Row) -> str:
    """The columns that read otherwise, each with what it said and says."""
    pairs = [(name, old[name], new[name]) for name in new if name not in _SILENT and old[name] != new[name]]
    return "; ".join(f"{name}: {shortened(was, 60) or '—'} → {shortened(now, 60) or '—'}" for name, was, now in pairs)


def _row(change: str, section: str, row: Row, detail: str) -> Row:
    words = next((row[name] for name in _TOLD[section] if row[name]), "")
    return {"change": change, "section": section, "what": shortened(words, 80), "detail": detail, "id": row["id"]}
