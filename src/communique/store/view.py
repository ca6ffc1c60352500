"""Everything that can be asked of the database. A `View` is a snapshot and never writes."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import msgspec
from sqlalchemy import Connection, func, select

from communique.errors import NotFoundError
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.decisions import Decision
from communique.model.problems import Problem
from communique.model.record import TYPES, Record
from communique.model.reports import Head, Report
from communique.model.spans import Span
from communique.store import dialect, facts, schema

_head = msgspec.json.Decoder(Head).decode
_problem = msgspec.json.Decoder(Problem).decode
_decision = msgspec.json.Decoder(Decision).decode
_record = msgspec.json.Decoder(Record).decode
MODALITY: Final = {m.value: m for m in Modality}
#: Ids asked for at once; more would pass the engine's number of variables.
_BATCH: Final = 500
#: Rows fetched at once.
_ROWS: Final = 1 << 12


class Tombstone(NamedTuple):
    """A report that was removed on purpose."""

    report: str
    sha256: str
    reason: str


class Place(NamedTuple):
    """A fact that rests on a report, and where; offsets in code points."""

    section: str
    fact: str
    start: int
    end: int


class Hit(NamedTuple):
    """A report (section `reports`) or fact that a search found; a lower score is better."""

    section: str
    id: str
    score: float


class View:
    """A snapshot of the database. Made by `Store.view`; use it as a context manager, or `close` it."""

    def __init__(self, connection: Connection) -> None:
        """A view on a connection of its own."""
        self._connection = connection
        self._connection.begin()
        self._connection.execute(
            select(schema.meta.c.key).limit(1)
        ).all()  # the snapshot begins with what is read first

    def __enter__(self) -> Self:
        """The view itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Give the snapshot up."""
        self._connection.close()

    # reports

    def reports(self) -> tuple[Head, ...]:
        """The heads of all reports, by id."""
        at = schema.reports.c
        return tuple(_head(head) for head in self._connection.scalars(select(at.head).order_by(at.id)))

    def report(self, report: str) -> Report:
        """One report with its text.

        Raises:
            NotFoundError: there is no such report.
        """
        at = schema.reports.c
        row = self._connection.execute(select(at.head, at.text).where(at.id == report)).one_or_none()
        if row is None:
            raise _missing(report)
        return Report(_head(row.head), row.text)

    def texts(self, reports: Iterable[str]) -> dict[str, str]:
        """The texts of reports, by id; those that are not there are left out."""
        at = schema.reports.c
        return {
            id_: text
            for batch in _batches(reports)
            for id_, text in self._connection.execute(select(at.id, at.text).where(at.id.in_(batch)).order_by(at.id))
        }

    def raw(self, report: str) -> bytes:
        """The bytes of a report as delivered.

        Raises:
            NotFoundError: there is no such report.
        """
        raw = self._connection.scalar(select(schema.reports.c.raw).where(schema.reports.c.id == report))
        if raw is None:
            raise _missing(report)
        return bytes(raw)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Reports that were removed, by id."""
        rows = self._connection.execute(select(schema.tombstones).order_by(schema.tombstones.c.report))
        return tuple(Tombstone(*row) for row in rows)

    # annotations

    def stale(self, key: str) -> tuple[str, ...]:
        """Ids of the reports that are not annotated, or by something else than `key` names; in order of arrival."""
        at = schema.annotated.c
        query = select(schema.reports.c.id).outerjoin(schema.annotated, at.report == schema.reports.c.id)
        query = query.where((at.key.is_(None)) | (at.key != key)).order_by(schema.reports.c.number)
        return tuple(self._connection.scalars(query))

    def claims(self, reports: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """The claims of reports, by report id, in the order in which they were put; empty where there are none."""
        wanted = sorted(set(reports))
        found: dict[str, list[Claim]] = {report: [] for report in wanted}
        at = schema.claims.c
        for batch in _batches(wanted):
            rows = self._connection.execute(
                select(schema.claims).where(at.report.in_(batch)).order_by(at.report, at.place)
            )
            same: dict[Any, Any] = {}  # a word that many rows hold is held once: of ids and rules most do
            for row in itertools.chain.from_iterable(rows.partitions(_ROWS)):
                found[row[0]].append(claim_of([same.setdefault(value, value) for value in row]))
        return {report: tuple(claims) for report, claims in found.items()}

    def features(self, reports: Iterable[str]) -> dict[str, bytes]:
        """The packed features of reports, by report id; those that have none are left out."""
        at = schema.features.c
        return {
            report: bytes(blob)
            for batch in _batches(reports)
            for report, blob in self._connection.execute(
                select(at.report, at.blob).where(at.report.in_(batch)).order_by(at.report)
            )
        }

    def feature_digests(self) -> dict[str, str]:
        """A hash of the packed features of each report that has some, by report id."""
        at = schema.features.c
        return {row.report: row.version for row in self._connection.execute(select(at.report, at.version))}

    def cells(self) -> dict[str, bytes]:
        """What each cell of days gave when its reports were placed, packed, by the cell's name."""
        at = schema.cells.c
        return {
            name: bytes(blob) for name, blob in self._connection.execute(select(at.name, at.blob).order_by(at.name))
        }

    # what could not be read, and what was ruled

    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read, by input."""
        bodies = self._connection.scalars(select(schema.problems.c.body).distinct())
        return tuple(sorted((_problem(body) for body in bodies), key=_problem_order))

    def decisions(self) -> tuple[Decision, ...]:
        """Every ruling, in the order in which they were made, those withdrawn as well."""
        at = schema.decisions.c
        return tuple(_decision(body) for body in self._connection.scalars(select(at.body).order_by(at.number)))

    # the record

    def record_json(self) -> bytes | None:
        """The stored record as `Record.encode` gives it; None where nothing is built."""
        build = self._connection.execute(select(schema.build.c.format, schema.build.c.body)).one_or_none()
        if build is None:
            return None
        at = schema.facts.c
        bodies: dict[str, list[str]] = {}
        for section, body in self._connection.execute(select(at.section, at.body).order_by(at.number)):
            bodies.setdefault(section, []).append(body)
        return facts.joined(build.format, build.body, bodies)

    def record(self) -> Record | None:
        """The stored record; None where nothing is built."""
        data = self.record_json()
        return None if data is None else _record(data)

    def record_sha256(self) -> str | None:
        """Hash of the stored record's bytes, as it was when it was put; None where nothing is built."""
        sha256: str | None = self._connection.scalar(select(schema.build.c.sha256))
        return sha256

    def facts(self, section: str) -> tuple[Any, ...]:
        """The facts of one section of the record, in its order.

        Raises:
            NotFoundError: the record has no such section.
        """
        at = schema.facts.c
        decode = _decoder(section)
        return tuple(
            decode(body)
            for body in self._connection.scalars(select(at.body).where(at.section == section).order_by(at.number))
        )

    def fact(self, section: str, fact: str) -> Any:  # noqa: ANN401 - the type of its section
        """One fact by its address.

        Raises:
            NotFoundError: the record has no such section, or the section no such fact.
        """
        at = schema.facts.c
        decode = _decoder(section)
        query = select(at.body).where(at.id == fact, at.section == section).order_by(at.number).limit(1)
        body = self._connection.scalar(query)
        if body is None:
            raise _missing(fact)
        return decode(body)

    def locate(self, address: str) -> tuple[str, str]:
        """Section and id of the fact that an address names now: a fact's id, a report's, or any mention's.

        Raises:
            NotFoundError: the record knows no such address.
        """
        at = schema.facts.c
        # A body and its series have one id: the series says more, and names the body.
        by_id = select(at.section, at.id).where(at.id == address).order_by(at.section != "series", at.number).limit(1)
        mention = schema.mentions.c
        by_mention = select(mention.section, mention.fact).where(mention.mention == address)
        row = self._connection.execute(by_id).one_or_none() or self._connection.execute(by_mention).one_or_none()
        found = tuple(row) if row else self._nearest(address)
        if found is None:
            raise _missing(address)
        return found[0], found[1]

    def _nearest(self, mention: str) -> tuple[str, str] | None:
        """The fact whose evidence shares most with the place of a mention that no fact names."""
        if not ids.is_mention_id(mention):
            return None
        key = ids.mention_key(mention)
        sections = [section for section, letter in facts.LETTERS.items() if letter == key.letter]
        at = schema.evidence.c
        rows = self._connection.execute(
            select(at.section, at.fact, at.start, at.end).where(
                at.report == key.report, at.start < key.end, at.end > key.start, at.section.in_(sections)
            )
        ).all()
        ranked = sorted((-(min(r.end, key.end) - max(r.start, key.start)), r.section, r.fact) for r in rows)
        return ranked[0][1:] if ranked else None

    def resting_on(self, report: str) -> tuple[Place, ...]:
        """Every fact that rests on a report, with the places, in the order of its text."""
        at = schema.evidence.c
        rows = self._connection.execute(
            select(at.section, at.fact, at.start, at.end)
            .where(at.report == report)
            .order_by(at.start, at.end, at.section, at.fact)
        )
        return tuple(Place(*row) for row in rows)

    # looking about

    def search(self, words: str, limit: int = 200) -> tuple[Hit, ...]:
        """Reports and facts that hold all the words, the best first; no word has a meaning of its own."""
        hits = [
            Hit(section, id_, round(score, 6))
            for section, id_, score in dialect.of(self._connection).search(self._connection, words)
        ]
        return tuple(sorted(hits, key=lambda hit: (hit.score, hit.section, hit.id))[:limit])

    def counts(self) -> dict[str, int]:
        """Rows by table: reports, claims, facts, decisions, problems, tombstones."""
        tables = (
            schema.reports,
            schema.annotated,
            schema.claims,
            schema.facts,
            schema.decisions,
            schema.problems,
            schema.tombstones,
        )
        return {t.name: self._connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}

    @property
    def connection(self) -> Connection:
        """The connection of the snapshot, for this room alone."""
        return self._connection


def claim_of(row: Sequence[Any]) -> Claim:
    """The claim that a row of `schema.claims` holds."""
    report, _, subject, field, qualifier, value, modality, holder, start, end, text, rule = row
    span = Span(report, start, end, text)
    return Claim(subject, field, value, span, MODALITY[modality], qualifier, holder, rule)


def _problem_order(problem: Problem) -> tuple[str, ...]:
    return (
        problem.input,
        problem.stage,
        problem.code.value,
        problem.message,
        problem.sha256 or "",
        problem.report or "",
    )


def _decoder(section: str) -> Any:  # noqa: ANN401 - a decoder of the section's type
    kind = TYPES.get(section)
    if kind is None:
        message = f"the record has no section {section!r}: it has {', '.join(TYPES)}"
        raise NotFoundError(message)
    return msgspec.json.Decoder(kind).decode


def _batches(reports: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(reports))
    for at in range(0, len(wanted), _BATCH):
        yield wanted[at : at + _BATCH]


def _missing(address: str) -> NotFoundError:
    return NotFoundError(f"nothing has the address {address}")
