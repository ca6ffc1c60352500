"""Questions to an open database: nothing here writes."""

from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from communique.errors import NotFoundError, UsageError
from communique.export.surer import surer
from communique.model.dates import Date, Precision
from communique.model.record import SECTIONS, Event, Record
from communique.model.reports import Head, Report
from communique.model.spans import Span, spans_of
from communique.settings import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from communique.export.tables import Row
    from communique.model.decisions import Anchor, Decision
    from communique.model.problems import Problem
    from communique.store.store import Store
    from communique.store.verify import Verification
    from communique.store.view import Hit, View
    from communique.text.changes import Change


class Found(msgspec.Struct, frozen=True):
    """One fact, and the section of the record that it belongs to; beside a series the body that has its id."""

    section: str
    fact: Any
    beside: tuple["Found", ...] = ()

    @property
    def spans(self) -> list[Span]:
        """The words that state the fact, and those of what stands beside it."""
        return [s for each in (self, *self.beside) for s in spans_of(each.fact)]


class Asking:
    """An open database that can be asked."""

    def __init__(self, store: "Store", limits: Limits = DEFAULT_LIMITS) -> None:
        """Use `open`."""
        self._store = store
        self.limits = limits

    def changes(self, report: str) -> "tuple[Change, ...]":
        """What was changed in a report since the version before it, word by word; nothing where it is the first.

        Raises:
            NotFoundError: there is no such report.
        """
        from communique import pipeline
        from communique.text.changes import changes

        with self._store.view() as view:
            head = _head_of(view, report)
            before = next(h.supersedes for h in pipeline.versions(view.reports()) if h.id == head.id)
            texts = view.texts([head.id, *([before] if before else [])])
        return changes(texts[before], texts[head.id]) if before in texts else ()

    def anchor(self, mention: str) -> "Anchor":
        """The anchor of a ruling on a mention: its words, and those around them.

        Raises:
            UsageError: that is no mention id, or of no place in its report.
            NotFoundError: there is no such report.
        """
        from communique.review.rulings import anchor

        return anchor(self.report(mention.partition(".")[0]), mention)

    @property
    def built(self) -> bool:
        """Whether there is a record."""
        with self._store.view() as view:
            return view.record_sha256() is not None

    def record(self, as_of: str | None = None, *, min_confidence: float = 0.0) -> Record:
        """The record; with `as_of`, a day `YYYY-MM-DD`, as it was known then.

        Args:
            as_of: the day.
            min_confidence: without facts below this confidence, 0 to 1, and references to them.

        Raises:
            NotFoundError: nothing was built yet.
            UsageError: `as_of` is no day, or `min_confidence` no share.
        """
        with self._store.view() as view:
            record = self._record(view, as_of)
        if record is None:
            message = "there is no record yet: add reports, or build"
            raise NotFoundError(message)
        return surer(record, min_confidence)

    def _record(self, view: "View", as_of: str | None) -> Record | None:
        if as_of is None:
            return view.record()
        from communique import pipeline

        return pipeline.record_of(view, self.limits, _day(as_of))

    def facts(self, section: str, as_of: str | None = None) -> tuple[Any, ...]:
        """The facts of one section of the record, such as `events`.

        Raises:
            NotFoundError: the record has no such section.
        """
        if as_of is not None:
            return tuple(getattr(self.record(as_of), _section(section)))
        with self._store.view() as view:
            return view.facts(_section(section))

    def events(self, series: str | None = None, as_of: str | None = None) -> tuple[Event, ...]:
        """Events, those of one series where it is named: by its id, its name or a short name of its body."""
        events: tuple[Event, ...] = self.facts("events", as_of)
        if series is None:
            return events
        record = self.record(as_of)
        wanted = {s.id for s in record.series if series.casefold() in _names(record, s.id, s.body, s.name)}
        return tuple(e for e in events if e.series in wanted)

    def show(self, address: str) -> Found:
        """The fact at an address: its id in any case, a report's id or name, or the id of any mention that it holds.

        Raises:
            NotFoundError: the record knows no such address.
        """
        with self._store.view() as view:
            section, fact = _place_of(view, address)
            beside = (Found("actors", view.fact("actors", fact)),) if section == "series" else ()
            return Found(section, view.fact(section, fact), beside)

    def first(self, address: str, as_of: str | None = None) -> "list[Row]":
        """The reports that state a fact, by their time of publication: rows of a table.

        Raises:
            NotFoundError: the record knows no such address.
        """
        from communique.export.witnesses import first_rows

        found, record = self.show(address), self.record(as_of)
        return first_rows(record, found.spans)

    def origins(self, as_of: str | None = None) -> "list[Row]":
        """The newsroom texts, and which reports print each: rows of a table, the most copied first."""
        from communique.export.witnesses import origin_rows

        return origin_rows(self.record(as_of))

    def news(self, since: str, as_of: str | None = None) -> "list[Row]":
        """What changed since the record was as known on a day: rows of a table.

        Raises:
            UsageError: `since` is no day.
        """
        from communique.export.news import news_rows

        return news_rows(self.record(since), self.record(as_of))

    def report(self, report: str) -> Report:
        """A report with its text, by id or name.

        Raises:
            NotFoundError: there is no such report.
        """
        with self._store.view() as view:
            return view.report(_head_of(view, report).id)

    def original(self, report: str) -> bytes:
        """The bytes that a report, by id or name, was read from, as they were delivered.

        Raises:
            NotFoundError: there is no such report.
        """
        with self._store.view() as view:
            return view.raw(_head_of(view, report).id)

    def bytes_of(self, address: str) -> "list[Row]":
        """Which bytes of what was delivered hold the words of a fact: rows of a table, one a span.

        Raises:
            NotFoundError: the record knows no such address.
        """
        from communique.export.originals import Original, byte_rows

        spans = self.show(address).spans
        with self._store.view() as view:
            held = {r: Original(view.report(r), view.raw(r)) for r in {s.report for s in spans}}
        return byte_rows(spans, held, self.limits)

    def head(self, report: str) -> Head:
        """What is known of a report besides its text, by id or name.

        Raises:
            NotFoundError: there is no such report.
        """
        with self._store.view() as view:
            return _head_of(view, report)

    def search(self, words: str, limit: int = 200) -> tuple["Hit", ...]:
        """Reports and facts that hold all the words, the best first."""
        with self._store.view() as view:
            return view.search(words, limit)

    def state(self) -> str | None:
        """Hash of the stored record: as long as it stays, so does every answer; None where nothing is built."""
        with self._store.view() as view:
            return view.record_sha256()

    def texts(self, reports: Iterable[str]) -> dict[str, str]:
        """Texts of reports, by id; those that are not there are left out."""
        with self._store.view() as view:
            return view.texts(reports)

    def problems(self) -> tuple["Problem", ...]:
        """Everything that could not be read."""
        with self._store.view() as view:
            return view.problems()

    def decisions(self) -> tuple["Decision", ...]:
        """Every ruling, in the order in which they were made."""
        with self._store.view() as view:
            return view.decisions()

    def counts(self) -> dict[str, int]:
        """Rows of the database by kind."""
        with self._store.view() as view:
            return view.counts()

    def verify(self) -> "Verification":
        """Re-hash every text, span, fact and ruling, and check each span against its report."""
        from communique.store.verify import verify

        return verify(self._store)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def __enter__(self) -> Self:
        """The open database itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def _place_of(view: "View", address: str) -> tuple[str, str]:
    for each in dict.fromkeys((address, address.casefold())):
        with suppress(NotFoundError):
            return view.locate(each)
    named = [h.id for h in view.reports() if h.name == address]
    if not named:
        message = f"nothing has the address {address!r}: take an id out of a table, or the name of a report"
        raise NotFoundError(message)
    return "reports", named[0]


def _head_of(view: "View", report: str) -> Head:
    heads = view.reports()
    found = [h for h in heads if h.id == report] or [h for h in heads if h.name == report]
    if not found:
        message = f"there is no report {report!r}: `communique reports` lists them"
        raise NotFoundError(message)
    return found[0]


def _day(value: str) -> str:
    try:
        date = Date.of(value)
    except ValueError:
        date = None
    if date is None or date.precision is not Precision.DAY:
        message = f"{value!r} is no day: it takes YYYY-MM-DD"
        raise UsageError(message)
    return value


def _section(section: str) -> str:
    if section not in (*SECTIONS, "reports", "problems"):
        message = f"the record has no section {section!r}: it has {', '.join((*SECTIONS, 'reports', 'problems'))}"
        raise NotFoundError(message)
    return section


def _names(record: Record, *names: str) -> set[str]:
    """Names in lower case, with those of the actors among them."""
    printed = [n.text for a in record.actors if a.id in names for n in a.names]
    return {n.casefold() for n in (*names, *printed)}
