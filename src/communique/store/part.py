"""The part of the record that some reports attest: what a question about one subject needs, and no more."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import select

from communique.model.record import TYPES, Build
from communique.store import schema
from communique.store.view import View

#: Values asked for at once; more would pass the engine's number of variables.
_BATCH = 500


def made_by(view: View) -> tuple[str, Build] | None:
    """Format of the stored record and what made it; None where nothing is built."""
    row = view.connection.execute(select(schema.build.c.format, schema.build.c.body)).one_or_none()
    return (row.format, msgspec.json.decode(row.body, type=Build)) if row else None


def attested(view: View, reports: Iterable[str], sections: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """Facts of some sections that rest on any of the reports, by section, in the record's order."""
    at = schema.evidence.c
    found: dict[str, set[str]] = {section: set() for section in sections}
    for batch in _batches(reports):
        query = select(at.section, at.fact).where(at.report.in_(batch), at.section.in_(list(found))).distinct()
        for section, fact in view.connection.execute(query):
            found[section].add(fact)
    return {section: named(view, section, wanted) for section, wanted in found.items()}


def named(view: View, section: str, wanted: Iterable[str]) -> tuple[Any, ...]:
    """The facts of a section that have these ids, in the record's order; those that are not there are left out."""
    at = schema.facts.c
    decode = msgspec.json.Decoder(TYPES[section]).decode
    rows = [
        tuple(row)
        for batch in _batches(wanted)
        for row in view.connection.execute(select(at.number, at.body).where(at.id.in_(batch), at.section == section))
    ]
    return tuple(decode(body) for _, body in sorted(rows))


def _batches(wanted: Iterable[str]) -> list[list[str]]:
    ordered = sorted(set(wanted))
    return [ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH)]
