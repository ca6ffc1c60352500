"""Each section of the record as a table: one row a fact, columns that a person can read."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from communique.export.phrases import listed, names, shortened, visible
from communique.model import further
from communique.model.dates import Date
from communique.model.problems import Problem
from communique.model.record import (
    Actor,
    Commitment,
    Disagreement,
    Event,
    Item,
    Paraphrase,
    Record,
    Reuse,
    Series,
    Statement,
    Story,
)
from communique.model.reports import Head
from communique.text.ordinals import ordinal

type Row = dict[str, str]
type Named = Mapping[str, Actor]

#: First characters that make a spreadsheet take a cell for a formula; full-width forms count as much.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LEAD = re.compile(r"\A(?:\s|⟨U\+[0-9A-F]{4,6}⟩)+")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z")


def rows(record: Record, section: str) -> list[Row]:
    """One row a fact of a section, in the record's order; all rows have the same columns.

    Raises:
        KeyError: the record has no such section.
    """
    row, actors = _ROWS[section], {a.id: a for a in record.actors}
    return [row(fact, actors) for fact in getattr(record, section)]


def row_of(section: str, fact: Any, actors: Named) -> Row:  # noqa: ANN401 - a fact of any section
    """One fact as the row of its table.

    Raises:
        KeyError: the record has no such section.
    """
    return _ROWS[section](fact, actors)


#: Behind the first heading of a table whose cells are not guarded.
RAW = "(raw: cells may be formulas)"


def as_csv(table: Sequence[Row], *, raw: bool = False) -> str:
    """A table as CSV (RFC 4180, lines end in CR LF) with a header line.

    Args:
        table: the rows; all have the same columns.
        raw: hand cells on as they are; the header says so. Else each cell is `harmless`.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if table:
        first, *others = table[0]
        writer.writerow([f"{first} {RAW}" if raw else first, *others])
    writer.writerows([cell if raw else harmless(cell) for cell in row.values()] for row in table)
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line, control characters as marks; numbers stay."""
    shown = visible(cell)
    return "'" + shown if _unmarked(shown).startswith(_FORMULA) and not _NUMBER.match(shown) else shown


def _unmarked(shown: str) -> str:
    """A cell without what a spreadsheet may pass over at its beginning: blanks and marks."""
    return _LEAD.sub("", shown)


def origins_of(fact: Any) -> int | None:  # noqa: ANN401 - a fact of any section
    """Number of independent newsroom texts behind a fact; None where facts of its kind do not count them."""
    if isinstance(fact, Story):
        return len(fact.origins)
    count: int | None = getattr(fact, "origins", None)
    return count


def _date(date: Date | None) -> str:
    return date.value if date else ""


def _report(head: Head, _: Named) -> Row:
    return {
        "id": head.id,
        "name": head.name,
        "outlet": head.outlet or "",
        "published": head.published or "",
        "known from": head.published_from or "",
        "language": head.language or "",
        "characters": str(head.chars),
        "title": head.title or "",
    }


def _story(story: Story, _: Named) -> Row:
    return {
        "id": story.id,
        "title": shortened(story.title, 100),
        "reports": str(len(story.reports)),
        "origins": str(len(story.origins)),
    }


def _paraphrase(paraphrase: Paraphrase, _: Named) -> Row:
    one, other = (shortened(s.text, 100) for s in paraphrase.spans)
    return {"score": f"{paraphrase.score:.2f}", "one": one, "other": other}


def _reuse(reuse: Reuse, _: Named) -> Row:
    return {
        "kind": reuse.kind,
        "reports": str(len({s.report for s in reuse.spans})),
        "words": shortened(max((s.text for s in reuse.spans), key=len, default=""), 120),
    }


def _actor(actor: Actor, _: Named) -> Row:
    return {
        "id": actor.id,
        "kind": actor.kind,
        "name": actor.name,
        "names": "; ".join(n.text for n in actor.names),
        "roles": "; ".join(r.role for r in actor.roles),
        "mentions": str(len(actor.evidence)),
    }


def _item(item: Item, actors: Named) -> Row:
    return {"name": names([item.actor], actors), "count": item.count or "", "delivery": item.delivery}


def _event(event: Event, actors: Named) -> Row:
    return {
        "id": event.id,
        "date": _date(event.date),
        "type": event.type,
        "status": event.status,
        "title": shortened(event.title, 100),
        "participants": names([p.actor for p in event.participants], actors),
        "place": names([event.place], actors) if event.place else "",
        "number": str(event.number) if event.number is not None else "",
        "series": event.series or "",
        "origins": str(event.origins),
        "confidence": f"{event.confidence:.2f}",
    }


def _statement(statement: Statement, actors: Named) -> Row:
    return {
        "id": statement.id,
        "speaker": names([statement.speaker], actors) if statement.speaker else "",
        "channel": statement.channel or "",
        "modes": listed(sorted({q.mode for q in statement.quotations})),
        "text": shortened(statement.text, 120),
        "wordings": str(len(statement.quotations)),
        "origins": str(statement.origins),
        "confidence": f"{statement.confidence:.2f}",
    }


def _commitment(commitment: Commitment, actors: Named) -> Row:
    return {
        "id": commitment.id,
        "kind": commitment.kind,
        "by": names(commitment.by, actors),
        "to": names(commitment.to, actors),
        "what": shortened(commitment.what, 100),
        "due": _date(commitment.due),
        "official": commitment.status.official,
        "evidence": commitment.status.evidence,
        "schedule": commitment.status.schedule,
        "origins": str(commitment.origins),
        "confidence": f"{commitment.confidence:.2f}",
    }


def _series(series: Series, actors: Named) -> Row:
    coming = series.next
    number = ordinal(coming.number) if coming and coming.number is not None else ""
    host = names([coming.host], actors) if coming and coming.host else ""
    return {
        "id": series.id,
        "name": series.name,
        "founded": _date(series.founded),
        "rhythm": series.rhythm or "",
        "sessions": ", ".join(str(s.number or _date(s.date)) for s in series.sessions),
        "next": " ".join(p for p in (number, host, _date(coming.date) if coming else "") if p),
        "anomalies": "; ".join(series.anomalies),
    }


def _disagreement(disagreement: Disagreement, _: Named) -> Row:
    return {
        "id": disagreement.id,
        "kind": disagreement.kind,
        "values": " / ".join(f"{shortened(v.value, 60)} ({len(v.reports)})" for v in disagreement.values),
        "preferred": shortened(disagreement.preferred or "", 60),
        "reason": disagreement.reason,
    }


def _problem(problem: Problem, _: Named) -> Row:
    values = msgspec.structs.asdict(problem)
    return {k: str(values[k] or "") for k in ("input", "stage", "code", "message", "report")}


_ROWS: Mapping[str, Callable[[Any, Named], Row]] = {
    "reports": _report,
    "stories": _story,
    "reuse": _reuse,
    "paraphrases": _paraphrase,
    "actors": _actor,
    "items": _item,
    "events": _event,
    "statements": _statement,
    "commitments": _commitment,
    "series": _series,
    "disagreements": _disagreement,
    "problems": _problem,
    **{section: file.row for section, file in further.files(__package__)},
}
