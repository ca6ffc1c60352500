"""Everything that changes the database. One `Writer` is one transaction: one acknowledged step."""

import enum
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from communique.errors import NotFoundError, StoreError
from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Decision
from communique.model.problems import Problem
from communique.model.record import Record
from communique.model.reports import Head, Report, merged
from communique.store import dialect, facts, schema
from communique.store.ledger import Ledger

type Row = dict[str, object]

_head = msgspec.json.Decoder(Head).decode
#: Asked for every report; made once, since making a statement costs more than carrying it out.
_STORED = select(schema.reports.c.head).where(schema.reports.c.id == bindparam("report"))
_BURIED = select(schema.tombstones.c.report).where(schema.tombstones.c.sha256 == bindparam("bytes")).limit(1)


class Put(enum.StrEnum):
    """What became of a report that was put in."""

    NEW = "new"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    TOMBSTONED = "tombstoned"


class Writer:
    """Writes model objects. Made by `Store.writer`; nothing is stored before its block ends."""

    def __init__(self, connection: Connection) -> None:
        """A writer on a connection whose write transaction has begun."""
        self._connection = connection
        self._ledger = Ledger(connection)
        self._last: int | None = None
        self._absent: set[str] = set()
        self.erased = False

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, for this room alone."""
        return self._connection

    def settle(self) -> None:
        """Bring the seals up to date, before the commit."""
        self._ledger.settle()

    def look_for(self, reports: Sequence[Report]) -> None:
        """Ask once which of some reports are not here and were not removed, so that `put_report` asks for none of them.

        Args:
            reports: those to be put in this step.
        """
        here = schema.reports.c.id
        stored = set(self._connection.scalars(select(here).where(here.in_([r.id for r in reports]))))
        gone = schema.tombstones.c.sha256
        buried = set(self._connection.scalars(select(gone).where(gone.in_([r.head.sha256 for r in reports]))))
        self._absent = {r.id for r in reports if r.id not in stored and r.head.sha256 not in buried}

    def put_report(self, report: Report, raw: bytes) -> Put:
        """Store a report as it was delivered.

        Args:
            report: the report as read.
            raw: the delivered bytes, whose SHA-256 is the head's.

        Returns:
            `new`; `duplicate` where nothing changed; `changed` where a report that is there got another head (its
            annotations are gone and have to be made again); `tombstoned` where it was removed: nothing is stored.

        Raises:
            ValueError: the head's hash is not that of `raw`, or its length not that of the text.
        """
        if report.head.sha256 != ids.sha256_hex(raw) or report.head.chars != len(report.text):
            message = f"the head of {report.id} does not belong to these bytes and this text"
            raise ValueError(message)
        if report.id in self._absent:
            self._absent.remove(report.id)
        else:
            stored = self._connection.scalar(_STORED, {"report": report.id})
            if stored is not None:
                return self._put_again(report, raw, stored)
            if self._connection.scalar(_BURIED, {"bytes": report.head.sha256}) is not None:
                return Put.TOMBSTONED
        arrival = _arrival_row(report)
        self._ledger.insert(schema.reports, [_report_row(self._next(), report, raw, arrival)])
        self._ledger.insert(schema.arrivals, [arrival])
        return Put.NEW

    def _put_again(self, report: Report, raw: bytes, stored: str) -> Put:
        """A report that is there arrives once more: its head is the fold of all arrivals, whatever their order."""
        row = _arrival_row(report)
        mine = schema.arrivals.c.report == report.id
        rows = [dict(known) for known in self._connection.execute(select(schema.arrivals).where(mine)).mappings()]
        if row in rows:
            return Put.DUPLICATE
        rows.append(row)
        head = folded(rows)
        if msgspec.json.encode(head).decode() == stored:
            self._ledger.insert(schema.arrivals, [row])
            return Put.DUPLICATE
        self._drop_annotations(report.id)
        at = schema.reports.c
        old = self._connection.execute(select(at.number, at.text).where(at.id == report.id)).one()
        text = report.text if _text_sha256(report.text) == _best_text(rows) else old.text
        self._ledger.delete(schema.arrivals, mine)
        self._ledger.delete(schema.reports, at.id == report.id)
        kept = Report(head, text)
        self._ledger.insert(schema.reports, [_report_row(old.number, kept, raw, _arrival_row(kept))])
        self._ledger.insert(schema.arrivals, rows)
        return Put.CHANGED

    def put_annotations(
        self, report: str, key: str, claims: Sequence[Claim], features: bytes, problems: Iterable[Problem] = ()
    ) -> None:
        """Store what was read in a report, in the place of what was read before.

        Args:
            report: the report's id.
            key: what made the annotations: program, model and settings versions; see `View.stale`.
            claims: its claims, in the order in which they are given back.
            features: what `cluster` keeps of it, packed.
            problems: what could not be read in it.

        Raises:
            NotFoundError: there is no such report.
            SpanError: a claim's words do not stand in the report where it says.
        """
        text = self._connection.scalar(select(schema.reports.c.text).where(schema.reports.c.id == report))
        if text is None:
            message = f"there is no report {report}"
            raise NotFoundError(message)
        for claim in claims:
            claim.span.check(text)
        self._drop_annotations(report)
        self._ledger.insert(schema.claims, [_claim_row(report, i, claim) for i, claim in enumerate(claims)])
        self._ledger.insert(
            schema.features, [{"report": report, "version": ids.sha256_hex(features), "blob": features}]
        )
        self._ledger.insert(schema.annotated, [{"report": report, "key": key, "claims": len(claims)}])
        self._put_problems(problems, "annotate")

    def put_cells(self, keys: Mapping[str, str], packed: Callable[[str], bytes]) -> None:
        """Store what cells of days gave, in the place of all that was stored; what has not changed is not written.

        Args:
            keys: by the cell's name its key, a hash of all that it is a function of.
            packed: gives what the cell of a name gave, packed; asked for those to be written.
        """
        at = schema.cells.c
        stored = {row.name: row.key for row in self._connection.execute(select(at.name, at.key))}
        for name in sorted(name for name, key in stored.items() if keys.get(name) != key):
            self._ledger.delete(schema.cells, at.name == name)
        new = [name for name in sorted(keys) if stored.get(name) != keys[name]]
        rows = [{"name": name, "key": keys[name], "blob": packed(name)} for name in new]
        self._ledger.insert(schema.cells, rows)

    def put_problem(self, problem: Problem) -> None:
        """Store what could not be read; the same problem is kept once."""
        self._put_problems([problem], "given")

    def _put_problems(self, problems: Iterable[Problem], source: str) -> None:
        rows = {row["sha256"]: row for row in (_problem_row(problem, source) for problem in problems)}
        at = schema.problems.c
        known = set(
            self._connection.scalars(select(at.sha256).where(at.source == source, at.sha256.in_(list(rows)))).all()
        )
        self._ledger.insert(schema.problems, [row for sha256, row in sorted(rows.items()) if sha256 not in known])

    def forget_problems(self, report: str) -> None:
        """Take back what was told of a report, because it no longer holds."""
        self._ledger.delete(schema.problems, schema.problems.c.report == report)

    def put_decision(self, decision: Decision) -> Decision:
        """Append a ruling to the chain.

        Returns:
            the ruling as stored: its `previous` is the ruling before it, so its id may differ from the one given.
        """
        at = schema.decisions.c
        last = self._connection.execute(select(at.number, at.id).order_by(at.number.desc()).limit(1)).one_or_none()
        number, previous = (last.number + 1, last.id) if last else (1, "")
        sealed = msgspec.structs.replace(decision, previous=previous)
        body = msgspec.json.encode(sealed).decode()
        row = {"number": number, "id": sealed.id, "previous": previous, "ruling": sealed.ruling.value, "body": body}
        self._ledger.insert(schema.decisions, [row])
        return sealed

    def remove_report(self, report: str, reason: str) -> None:
        """Erase a report: its text, bytes, annotations and index entries; a tombstone stays.

        The record, which quotes it, and the cells, which name it, are erased as well: put new ones in the same step.

        Raises:
            NotFoundError: there is no such report.
            StoreError: no reason is given.
        """
        sha256 = self._connection.scalar(select(schema.reports.c.sha256).where(schema.reports.c.id == report))
        if sha256 is None:
            message = f"there is no report {report}"
            raise NotFoundError(message)
        if not reason.strip():
            message = f"say why {report} is removed: a tombstone without a reason helps nobody"
            raise StoreError(message)
        self._drop_annotations(report)
        self._drop_record()
        self._ledger.clear(schema.cells)
        self._ledger.delete(schema.problems, schema.problems.c.report == report)
        self._ledger.delete(schema.arrivals, schema.arrivals.c.report == report)
        self._ledger.delete(schema.reports, schema.reports.c.id == report)
        self._last = None
        self._ledger.insert(schema.tombstones, [{"report": report, "sha256": sha256, "reason": reason}])
        dialect.of(self._connection).scrub(self._connection)
        self.erased = True

    def allow_again(self, *sha256: str) -> int:
        """Lift the tombstones of these bytes, so that they can be added again; returns how many there were."""
        return self._ledger.delete(schema.tombstones, schema.tombstones.c.sha256.in_(sha256))

    def put_record(self, record: Record, mentions: Mapping[str, str] | None = None) -> None:
        """Store a record in the place of the one before.

        Args:
            record: the record.
            mentions: mention id -> id of the fact that holds it, where known; the evidence gives the others.
        """
        self._drop_record()
        rows = list(facts.facts_of(record))
        self._ledger.insert(schema.facts, [_fact_row(number, fact) for number, fact in enumerate(rows)])
        self._ledger.insert(schema.evidence, _unique(row for fact in rows for row in facts.evidence_rows(fact)))
        self._ledger.insert(schema.mentions, facts.mention_rows(rows, mentions or {}))
        body = msgspec.json.encode(record.build).decode()
        sha256 = ids.sha256_hex(record.encode())
        self._ledger.insert(schema.build, [{"number": 1, "format": record.format, "body": body, "sha256": sha256}])

    def _drop_record(self) -> None:
        for table in (schema.build, schema.mentions, schema.evidence, schema.facts):
            self._ledger.clear(table)

    def _drop_annotations(self, report: str) -> None:
        for table in (schema.claims, schema.features, schema.annotated):
            self._ledger.delete(table, table.c.report == report)
        at = schema.problems.c
        self._ledger.delete(schema.problems, at.report == report, at.source == "annotate")

    def _next(self) -> int:
        """The number of the next report; nobody else writes meanwhile, so one look is enough."""
        if self._last is None:
            self._last = self._connection.scalar(select(func.max(schema.reports.c.number))) or 0
        self._last += 1
        return self._last


def _best_text(arrivals: Iterable[Row]) -> str:
    """Of several readings of the same bytes, the one that is kept, whatever came first."""
    return min(str(row["text_sha256"]) for row in arrivals)


def folded(arrivals: Sequence[Row]) -> Head:
    """One head for all arrivals of a report, the same in any order."""
    best = _best_text(arrivals)
    heads = sorted(str(row["head"]) for row in arrivals if row["text_sha256"] == best)
    return functools.reduce(merged, (_head(head) for head in heads))


def _text_sha256(text: str) -> str:
    return ids.sha256_hex(text.encode())


def _report_row(number: int, report: Report, raw: bytes, arrival: Row) -> Row:
    head = report.head
    return {
        "number": number,
        "id": head.id,
        "name": head.name,
        "sha256": head.sha256,
        "raw": raw,
        "text": report.text,
        "text_sha256": arrival["text_sha256"],
        "head": arrival["head"],
    }


def _arrival_row(report: Report) -> Row:
    head = msgspec.json.encode(report.head)
    return {
        "report": report.id,
        "head_sha256": ids.sha256_hex(head),
        "text_sha256": _text_sha256(report.text),
        "head": head.decode(),
    }


def _claim_row(report: str, place: int, claim: Claim) -> Row:
    return {
        "report": report,
        "place": place,
        "subject": claim.subject,
        "field": claim.field,
        "qualifier": claim.qualifier,
        "value": claim.value,
        "modality": claim.modality.value,
        "holder": claim.holder,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.span.text,
        "rule": claim.rule,
    }


def _problem_row(problem: Problem, source: str) -> Row:
    body = msgspec.json.encode(problem)
    return {"sha256": ids.sha256_hex(body), "source": source, "report": problem.report, "body": body.decode()}


def _fact_row(number: int, fact: facts.Fact) -> Row:
    return {
        "number": number,
        "section": fact.section,
        "id": fact.id,
        "body": fact.body,
        "sha256": fact.sha256,
        "words": facts.words_of(fact),
    }


def _unique(rows: Iterable[Row]) -> list[Row]:
    """Rows without repetition; two facts of one address share their evidence."""
    return list({tuple(row.values()): row for row in rows}.values())
