"""Whether the database still says what was put in it: everything is hashed again, and every span looked up.

The engine's own check looks at its pages, not at the words on them: of a thousand flipped bits it notices eight.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter, sub
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Table, bindparam, select

from communique.errors import CommuniqueError
from communique.model import ids
from communique.model.claims import FIELDS
from communique.model.decisions import Decision
from communique.model.record import TYPES
from communique.model.reports import Head
from communique.store import dialect, facts, opening, schema
from communique.store.ledger import Seal, seal_of, sealed_names, stored_seals
from communique.store.store import Store
from communique.store.view import MODALITY, View, claim_of
from communique.store.writer import folded

#: Rows that are read at once; more are slower to read, since they leave the processor's cache.
_ROWS: Final = 500
#: Texts that are held at once.
_TEXTS: Final = 50
#: What reading a damaged row may raise.
_DAMAGE: Final = (CommuniqueError, ValueError, TypeError, LookupError, OverflowError, AttributeError)

type _Row = Sequence[Any]

#: Where the letter of a mention id stands.
_LETTER: Final = len("r0123456789abcdef.")
_letter = itemgetter(_LETTER)
#: Made once: making a statement costs more than carrying it out.
_TEXTS_OF: Final = select(schema.reports.c.id, schema.reports.c.text).where(
    schema.reports.c.id.in_(bindparam("reports", expanding=True))
)
#: Tables that are read in an order: facts in the record's, evidence so that each text is looked up once.
_ORDER: Final = {schema.facts: (schema.facts.c.number,), schema.evidence: (schema.evidence.c.report,)}

_head = msgspec.json.Decoder(Head).decode
_DECODERS: Final = {section: msgspec.json.Decoder(kind).decode for section, kind in TYPES.items()}


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


class _Scan:
    """Reads every table once, so that what is looked at is what is sealed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: Counter[str] = Counter()
        self.seals: dict[str, Seal] = {}
        self.claims: Counter[str] = Counter()
        self.bodies: defaultdict[str, list[str]] = defaultdict(list)

    def rows(self, table: Table) -> Iterator[Sequence[_Row]]:
        """All rows of a table, part by part as they lie there; its seal is known at the end."""
        total = Seal()
        size = _TEXTS if table is schema.reports else _ROWS
        names = sealed_names(table)
        sealed = itemgetter(*(n for n, column in enumerate(table.columns) if column.name in names))
        whole = len(names) == len(table.columns)
        query = select(table).order_by(*_ORDER.get(table, ())).execution_options(yield_per=size)
        for rows in self.connection.execute(query).partitions():
            total += seal_of(list(rows) if whole else list(map(sealed, rows)))
            yield rows
        self.seals[table.name] = total

    def by_report(self, table: Table, look: "_Look") -> Iterator[Finding]:
        """Look at all rows of a table; where one of them cannot be read, report by report, so that the others are."""
        before = Counter(self.counts), Counter(self.claims)
        try:
            for rows in self.rows(table):
                yield from look(self, rows)
        except _DAMAGE:
            self.counts, self.claims = before
            column = table.c.id if table is schema.reports else table.c.report
            for report in self.connection.scalars(select(schema.reports.c.id).order_by(schema.reports.c.id)).all():
                try:
                    yield from look(self, self.connection.execute(select(table).where(column == report)).all())
                except _DAMAGE as error:
                    yield Finding("text", report, f"cannot be read: {error}")


type _Look = Callable[[_Scan, Sequence[_Row]], Iterator[Finding]]
type _Check = Callable[[_Scan], Iterator[Finding]]


def verify(store: Store) -> Verification:
    """Look at everything in a database, in one snapshot.

    Returns:
        what was found, sorted, and the number of reports, characters, claims, spans, facts and decisions looked at.
        Damage is a finding, never an error.
    """
    checks: tuple[_Check, ...] = (
        *(_layout, _pages, _reports, _claims, _numbers, _evidence, _homeless, _facts, _record, _decisions),
        _rows,
    )
    found: list[Finding] = []
    with store.view() as view:
        scan = _Scan(view.connection)
        for check in checks:
            try:
                found.extend(check(scan))
            except _DAMAGE as error:
                found.append(Finding("database", check.__name__.strip("_"), f"cannot be read: {error}"))
    told = {Finding(f.kind, str(f.where), f.message) for f in found}  # a damaged id may be anything
    return Verification(tuple(sorted(told)), dict(sorted(scan.counts.items())))


def arrived(view: View, count: int) -> frozenset[str]:
    """Ids of the reports that arrived first, at most `count`: those of an older build, while none was removed."""
    at = schema.reports.c
    return frozenset(view.connection.scalars(select(at.id).order_by(at.number).limit(count)))


def _layout(scan: _Scan) -> Iterator[Finding]:
    """Tables, indexes and triggers are those that we make."""
    engine = dialect.of(scan.connection)
    with engine.scratch(scan.connection.engine) as fresh:
        opening.create_schema(fresh)
        ours = engine.layout(fresh)
    there = engine.layout(scan.connection)
    for name in sorted(ours.keys() | there.keys()):
        if ours.get(name) != there.get(name):
            yield Finding("layout", name, "this table, index or trigger is not as Communiqué makes it")


def _pages(scan: _Scan) -> Iterator[Finding]:
    for line in dialect.of(scan.connection).own_check(scan.connection):
        yield Finding("database", "pages", line)


def _reports(scan: _Scan) -> Iterator[Finding]:
    """Bytes and text are those that were put, and heads are what their arrivals make."""
    return scan.by_report(schema.reports, _look_at_reports)


def _look_at_reports(scan: _Scan, rows: Sequence[_Row]) -> Iterator[Finding]:
    arrivals: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    query = select(schema.arrivals).where(schema.arrivals.c.report.in_([row[1] for row in rows]))
    for arrival in scan.connection.execute(query).mappings():
        arrivals[arrival["report"]].append(dict(arrival))
    for row in rows:
        try:
            yield from _report(scan, row, arrivals[row[1]])
        except _DAMAGE as error:
            yield Finding("text", row[1], f"cannot be read: {error}")


def _report(scan: _Scan, row: _Row, arrivals: list[dict[str, object]]) -> Iterator[Finding]:
    _, report, name, sha256, raw, text, text_sha256, stored = row
    head = _head(stored)
    scan.counts["reports"] += 1
    scan.counts["characters"] += len(text)
    if ids.sha256_hex(raw) != sha256:
        yield Finding("raw", report, "the bytes are not those that were delivered")
    if ids.sha256_hex(text.encode()) != text_sha256:
        yield Finding("text", report, "the text is not the one that was read")
    if (head.id, head.name, head.sha256, head.chars) != (report, name, sha256, len(text)):
        yield Finding("head", report, "the head belongs to another report")
    if head.published_evidence is not None and not head.published_evidence.holds(text):
        yield Finding("evidence", report, "the text does not state its date where the head says")
    if msgspec.json.encode(folded(arrivals)).decode() != stored:
        yield Finding("head", report, "the head is not the one that its arrivals make")


def _claims(scan: _Scan) -> Iterator[Finding]:
    """Each claim is one that can be made, and its words stand in its report where it says."""
    return scan.by_report(schema.claims, _look_at_claims)


def _look_at_claims(scan: _Scan, rows: Sequence[_Row]) -> Iterator[Finding]:
    scan.counts["claims"] += len(rows)
    scan.claims.update(map(itemgetter(0), rows))
    texts = _texts(scan, rows, 0)
    if all_hold(rows, texts):
        return
    for row in rows:
        report, _, subject, *_ = row
        try:
            claim_of(row).span.check(texts[report])
        except KeyError:
            yield Finding("claim", report, "there are claims of this report, which is not there")
        except _DAMAGE as error:
            yield Finding("claim", subject if isinstance(subject, str) else report, str(error))


def all_hold(rows: Sequence[_Row], texts: Mapping[str, str]) -> bool:
    """Whether all of these claims hold: what `Claim` and `Span` ask of each, asked of all at once.

    To make each of them costs several times what reading it does.
    """
    if not rows:
        return True
    reports, _, subjects, fields, _, values, modalities, _, starts, ends, words, _ = zip(*rows, strict=True)
    try:
        cut = [texts[report][start:end] for report, start, end in zip(reports, starts, ends, strict=True)]
        return (
            (cut == list(words) and all(words) and min(starts) >= 0)
            and list(map(len, words)) == list(map(sub, ends, starts))
            and (all(values) and MODALITY.keys() >= set(modalities))
            and [subject[:_LETTER] for subject in subjects] == [report + "." for report in reports]
            and all(map(ids.is_mention_id, set(subjects)))
            and all(
                letter in FIELDS[field][0] for letter, field in set(zip(map(_letter, subjects), fields, strict=True))
            )
        )
    except _DAMAGE:
        return False


def _numbers(scan: _Scan) -> Iterator[Finding]:
    """There are as many claims of each report as were put."""
    stated = {report: number for rows in scan.rows(schema.annotated) for report, _, number in rows}
    for report in stated.keys() | scan.claims.keys():
        number, put = scan.claims[report], stated.get(report, 0)
        if number != put:
            yield Finding("claim", report, f"there are {number} claims where {put} were put")


def _evidence(scan: _Scan) -> Iterator[Finding]:
    """What facts rest on stands in the reports."""
    return scan.by_report(schema.evidence, _look_at_evidence)


def _look_at_evidence(scan: _Scan, rows: Sequence[_Row]) -> Iterator[Finding]:
    scan.counts["spans"] += len(rows)
    texts = _texts(scan, rows, 2)
    hashes: dict[str, str] = {}
    for _, fact, report, start, end, sha256 in rows:
        text = texts.get(report)
        if text is None:  # `_homeless` tells it
            continue
        words = text[start:end]
        if words not in hashes:
            hashes[words] = ids.sha256_hex(words.encode())
        if hashes[words] != sha256 or end > len(text):
            yield Finding("evidence", fact, f"{report} does not say at {start}-{end} what the fact rests on")


def _texts(scan: _Scan, rows: Sequence[_Row], place: int) -> dict[str, str]:
    """Texts of the reports that rows name at a place; those that are not there are left out."""
    found = scan.connection.execute(_TEXTS_OF, {"reports": list(set(map(itemgetter(place), rows)))})
    return {row.id: row.text for row in found}


def _homeless(scan: _Scan) -> Iterator[Finding]:
    """Facts that rest on a report that is not there."""
    at = schema.evidence.c
    query = select(at.fact, at.report).outerjoin(schema.reports, schema.reports.c.id == at.report)
    for fact, report in scan.connection.execute(query.where(schema.reports.c.id.is_(None)).distinct()):
        yield Finding("evidence", fact, f"it rests on {report}, which is not there")


def _facts(scan: _Scan) -> Iterator[Finding]:
    """Each fact is the one that was put, at an address of its own, and its evidence is what it names."""
    evidence: set[tuple[object, ...]] = set()
    seen: set[tuple[str, str]] = set()
    for _, section, fact, body, sha256, _ in itertools.chain.from_iterable(scan.rows(schema.facts)):
        scan.counts["facts"] += 1
        scan.bodies[section].append(body)
        if ids.sha256_hex(body.encode()) != sha256:
            yield Finding("fact", fact, "the fact is not the one that was put")
        if (section, fact) in seen:
            yield Finding("fact", fact, f"two facts of {section} have this address")
        seen.add((section, fact))
        try:
            made = _DECODERS[section](body)
        except _DAMAGE as error:
            yield Finding("fact", fact, f"cannot be read: {error}")
            continue
        named = facts.Fact(section, fact, body, sha256, made)
        evidence.update(tuple(place.values()) for place in facts.evidence_rows(named))
    if seal_of(list(evidence)) != scan.seals.get(schema.evidence.name):
        yield Finding("evidence", "evidence", "the table of evidence is not what the facts name")


def _record(scan: _Scan) -> Iterator[Finding]:
    """The record's bytes are those that were put."""
    build = scan.connection.execute(select(schema.build)).one_or_none()
    if build is None:
        if scan.bodies:
            yield Finding("record", "build", "there are facts, and no word of what made them")
        return
    if ids.sha256_hex(facts.joined(build.format, build.body, scan.bodies)) != build.sha256:
        yield Finding("record", "build", "the record is not the one that was put")


def _decisions(scan: _Scan) -> Iterator[Finding]:
    """Each ruling seals the one before it."""
    previous = ""
    at = schema.decisions.c
    for number, row in enumerate(scan.connection.execute(select(schema.decisions).order_by(at.number)), 1):
        scan.counts["decisions"] += 1
        decision = msgspec.json.decode(row.body, type=Decision)
        there = (row.number, row.id, row.previous, row.ruling, decision.previous)
        if there != (number, decision.id, previous, decision.ruling.value, previous):
            yield Finding("decision", str(row.id), "the ruling, or one before it, is not the one that was made")
        previous = row.id


def _rows(scan: _Scan) -> Iterator[Finding]:
    """No row was altered, added or lost since it was put."""
    kept = stored_seals(scan.connection)
    for table in schema.SEALED:
        try:
            if table.name not in scan.seals:
                for _ in scan.rows(table):
                    pass
            if scan.seals[table.name] != kept.get(table.name):
                yield Finding("rows", table.name, "rows were altered, added or lost by other means than Communiqué")
        except _DAMAGE as error:
            yield Finding("rows", table.name, f"cannot be read: {error}")
