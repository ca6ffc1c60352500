"""Whether the database still says what was put in it: everything is hashed again, and every span looked up.

The engine's own check looks at its pages, not at the words on them: of a thousand flipped bits it notices eight.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import msgspec
from sqlalchemy import Connection, Table, select

from communique.errors import CommuniqueError
from communique.model import ids
from communique.model.decisions import Decision
from communique.model.record import TYPES
from communique.model.reports import Head
from communique.store import dialect, facts, opening, schema
from communique.store.ledger import Seal, seal_of, sealed_names, stored_seals
from communique.store.store import Store
from communique.store.view import View, claim_of
from communique.store.writer import folded

_CHUNK: Final = 5_000
#: What reading a damaged row may raise.
_DAMAGE: Final = (CommuniqueError, ValueError, TypeError, LookupError, OverflowError, AttributeError)


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing that is not as it was put.

    Attributes:
        kind: raw | text | head | claim | evidence | fact | record | decision | rows | layout | database.
        where: id of the report, fact or decision, or name of the table.
        message: one sentence for a person.
    """

    kind: str
    where: str
    message: str


class Verification(msgspec.Struct, frozen=True):
    """What was found, and how many of each were looked at."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether everything is as it was put."""
        return not self.findings


type _Check = Callable[[Connection, Counter[str]], Iterator[Finding]]


def verify(store: Store) -> Verification:
    """Look at everything in a database, in one snapshot.

    Returns:
        what was found, sorted, and the number of reports, characters, claims, spans, facts and decisions looked at.
        Damage is a finding, never an error.
    """
    checks: tuple[_Check, ...] = (_layout, _pages, _rows, _reports, _facts, _record, _decisions)
    counts: Counter[str] = Counter()
    found: list[Finding] = []
    with store.view() as view:
        for check in checks:
            try:
                found.extend(check(view.connection, counts))
            except _DAMAGE as error:
                found.append(Finding("database", check.__name__.strip("_"), f"cannot be read: {error}"))
    told = {Finding(f.kind, str(f.where), f.message) for f in found}  # a damaged id may be anything
    return Verification(tuple(sorted(told)), dict(sorted(counts.items())))


def arrived(view: View, count: int) -> frozenset[str]:
    """Ids of the reports that arrived first, at most `count`: those of an older build, while none was removed."""
    at = schema.reports.c
    return frozenset(view.connection.scalars(select(at.id).order_by(at.number).limit(count)))


def _layout(connection: Connection, _: Counter[str]) -> Iterator[Finding]:
    """Tables, indexes and triggers are those that we make."""
    engine = dialect.of(connection)
    with engine.scratch(connection.engine) as fresh:
        opening.create_schema(fresh)
        ours = engine.layout(fresh)
    there = engine.layout(connection)
    for name in sorted(ours.keys() | there.keys()):
        if ours.get(name) != there.get(name):
            yield Finding("layout", name, "this table, index or trigger is not as Communiqué makes it")


def _pages(connection: Connection, _: Counter[str]) -> Iterator[Finding]:
    for line in dialect.of(connection).own_check(connection):
        yield Finding("database", "pages", line)


def _rows(connection: Connection, _: Counter[str]) -> Iterator[Finding]:
    """No row was altered, added or lost since it was put."""
    kept = stored_seals(connection)
    for table in schema.SEALED:
        try:
            if _seal(connection, table) != kept.get(table.name):
                yield Finding("rows", table.name, "rows were altered, added or lost by other means than Communiqué")
        except _DAMAGE as error:
            yield Finding("rows", table.name, f"cannot be read: {error}")


def _seal(connection: Connection, table: Table) -> Seal:
    total = Seal()
    rows = connection.execute(select(*(table.c[name] for name in sealed_names(table))))
    for part in rows.partitions(_CHUNK):
        total += seal_of(part)
    return total


def _reports(connection: Connection, counts: Counter[str]) -> Iterator[Finding]:
    """Bytes and text are those that were put, and say what claims and facts rest on."""
    for report in connection.scalars(select(schema.reports.c.id).order_by(schema.reports.c.id)).all():
        try:
            yield from _report(connection, report, counts)
        except _DAMAGE as error:
            yield Finding("text", report, f"cannot be read: {error}")
    yield from _homeless(connection)


def _report(connection: Connection, report: str, counts: Counter[str]) -> Iterator[Finding]:
    row = connection.execute(select(schema.reports).where(schema.reports.c.id == report)).one()
    head = msgspec.json.decode(row.head, type=Head)
    counts["reports"] += 1
    counts["characters"] += len(row.text)
    if ids.sha256_hex(row.raw) != row.sha256:
        yield Finding("raw", report, "the bytes are not those that were delivered")
    if ids.sha256_hex(row.text.encode()) != row.text_sha256:
        yield Finding("text", report, "the text is not the one that was read")
    if (head.id, head.name, head.sha256, head.chars) != (report, row.name, row.sha256, len(row.text)):
        yield Finding("head", report, "the head belongs to another report")
    if head.published_evidence is not None and not head.published_evidence.holds(row.text):
        yield Finding("evidence", report, "the text does not state its date where the head says")
    arrivals = connection.execute(select(schema.arrivals).where(schema.arrivals.c.report == report)).mappings()
    if msgspec.json.encode(folded([dict(arrival) for arrival in arrivals])).decode() != row.head:
        yield Finding("head", report, "the head is not the one that its arrivals make")
    yield from _claims(connection, report, row.text, counts)
    yield from _evidence(connection, report, row.text, counts)


def _claims(connection: Connection, report: str, text: str, counts: Counter[str]) -> Iterator[Finding]:
    at = schema.claims.c
    number = 0
    for row in connection.execute(select(schema.claims).where(at.report == report).order_by(at.place)):
        number += 1
        try:
            claim_of(row).span.check(text)
        except _DAMAGE as error:
            yield Finding("claim", row.subject if isinstance(row.subject, str) else report, str(error))
    counts["claims"] += number
    stated = connection.scalar(select(schema.annotated.c.claims).where(schema.annotated.c.report == report))
    if number != (stated or 0):
        yield Finding("claim", report, f"there are {number} claims where {stated or 0} were put")


def _evidence(connection: Connection, report: str, text: str, counts: Counter[str]) -> Iterator[Finding]:
    at = schema.evidence.c
    places: dict[tuple[int, int], str] = {}
    for row in connection.execute(select(at.fact, at.start, at.end, at.sha256).where(at.report == report)):
        counts["spans"] += 1
        place = (row.start, row.end)
        if place not in places:
            places[place] = ids.sha256_hex(text[row.start : row.end].encode())
        if places[place] != row.sha256 or row.end > len(text):
            yield Finding(
                "evidence", row.fact, f"{report} does not say at {row.start}-{row.end} what the fact rests on"
            )


def _homeless(connection: Connection) -> Iterator[Finding]:
    """Facts that rest on a report that is not there."""
    at = schema.evidence.c
    query = select(at.fact, at.report).outerjoin(schema.reports, schema.reports.c.id == at.report)
    for fact, report in connection.execute(query.where(schema.reports.c.id.is_(None)).distinct()):
        yield Finding("evidence", fact, f"it rests on {report}, which is not there")


def _facts(connection: Connection, counts: Counter[str]) -> Iterator[Finding]:
    """Each fact is the one that was put, at an address of its own, and its evidence is what it names."""
    evidence: dict[tuple[object, ...], None] = {}
    seen: set[tuple[str, str]] = set()
    at = schema.facts.c
    for row in connection.execute(select(at.section, at.id, at.body, at.sha256).order_by(at.number)):
        counts["facts"] += 1
        if ids.sha256_hex(row.body.encode()) != row.sha256:
            yield Finding("fact", row.id, "the fact is not the one that was put")
        if (row.section, row.id) in seen:
            yield Finding("fact", row.id, f"two facts of {row.section} have this address")
        seen.add((row.section, row.id))
        try:
            fact = msgspec.json.decode(row.body, type=TYPES[row.section])
        except _DAMAGE as error:
            yield Finding("fact", row.id, f"cannot be read: {error}")
            continue
        named = facts.Fact(row.section, row.id, row.body, row.sha256, fact)
        evidence |= dict.fromkeys(tuple(place.values()) for place in facts.evidence_rows(named))
    if seal_of(list(evidence)) != _seal(connection, schema.evidence):
        yield Finding("evidence", "evidence", "the table of evidence is not what the facts name")


def _record(connection: Connection, _: Counter[str]) -> Iterator[Finding]:
    """The record's bytes are those that were put."""
    at = schema.facts.c
    bodies: dict[str, list[str]] = {}
    for section, body in connection.execute(select(at.section, at.body).order_by(at.number)):
        bodies.setdefault(section, []).append(body)
    build = connection.execute(select(schema.build)).one_or_none()
    if build is None:
        if bodies:
            yield Finding("record", "build", "there are facts, and no word of what made them")
        return
    if ids.sha256_hex(facts.joined(build.format, build.body, bodies)) != build.sha256:
        yield Finding("record", "build", "the record is not the one that was put")


def _decisions(connection: Connection, counts: Counter[str]) -> Iterator[Finding]:
    """Each ruling seals the one before it."""
    previous = ""
    at = schema.decisions.c
    for number, row in enumerate(connection.execute(select(schema.decisions).order_by(at.number)), 1):
        counts["decisions"] += 1
        decision = msgspec.json.decode(row.body, type=Decision)
        there = (row.number, row.id, row.previous, row.ruling, decision.previous)
        if there != (number, decision.id, previous, decision.ruling.value, previous):
            yield Finding("decision", str(row.id), "the ruling, or one before it, is not the one that was made")
        previous = row.id
