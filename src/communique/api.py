"""Communiqué as a library: open a database, add reports, build the record, ask it.

::

    import communique

    with communique.open("x.db") as c:
        c.add("reports/*.txt")
        for event in c.events(series="ATJC-TW"):
            for span in event.evidence:
                assert c.report(span.report).text[span.start : span.end] == span.text
        print(c.brief("ATJC-TW").markdown)

`read` and `record` do the same in memory, without a database. What a call needs is imported by that call: asking
never loads the language model.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

import msgspec

from communique.errors import NotFoundError, UsageError
from communique.export.brief import Brief, compose
from communique.model.claims import Annotations
from communique.model.dates import Date, Precision
from communique.model.record import SECTIONS, Event, Record
from communique.model.reports import Head, Report
from communique.settings import DEFAULT_DATABASE, DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from communique.errors import PathError
    from communique.ingest.sources import Source
    from communique.model.decisions import Anchor, Decision
    from communique.model.problems import Problem
    from communique.pipeline import Added, Progress
    from communique.review.desk import Desk
    from communique.run.tasks import Runner
    from communique.store.store import Store
    from communique.store.verify import Verification
    from communique.store.view import Hit, View

type Given = str | Path | Mapping[str, object]
"""One input: a path, a folder, a pattern, or a report as a mapping with the keys of a JSON line."""


class Found(msgspec.Struct, frozen=True):
    """One fact, and the section of the record that it belongs to."""

    section: str
    fact: Any


class AddResult(msgspec.Struct, frozen=True):
    """What became of the inputs of `Communique.add`, and the paths that could not be opened."""

    added: "Added"
    refused: tuple["PathError", ...]


class Communique:
    """An open database. Use it as a context manager, or `close` it."""

    def __init__(self, store: "Store", limits: Limits = DEFAULT_LIMITS) -> None:
        """Use `open`."""
        self._store = store
        self.limits = limits

    # -- putting in

    def add(
        self,
        inputs: Given | Iterable[Given],
        *,
        workers: int = 1,
        build: bool = True,
        hints: Mapping[str, str | None] | None = None,
        again: bool = False,
        stdin: IO[bytes] | None = None,
        progress: "Progress | None" = None,
    ) -> AddResult:
        """Add reports, then bring the record up to date.

        Args:
            inputs: paths, folders, patterns, or mappings with the keys of a JSON line (`text` and, where known, `id`,
                `url`, `source`, `published`, `title`, `lang`).
            workers: child processes that read; 0 reads in this process, without protection from hostile files.
            build: whether to build afterwards.
            hints: what the files cannot say: `published`, `outlet`, `language`.
            again: take back reports that were removed.
            stdin: where the path `-` is read from.
            progress: told the name of a stage and how many items it finished.

        Returns:
            what became of each input. Nothing that could be read is lost because of another input.
        """
        from communique import pipeline

        expansion = _expansion(inputs, self.limits, hints or {}, stdin)
        with runner(workers, self.limits, model=build) as there:
            told = progress or pipeline.silent
            added = pipeline.add(self._store, expansion, there, self.limits, told, again=again)
            if build and (added.inputs or not self.built):
                pipeline.build(self._store, there, self.limits, progress=told)
        return AddResult(added, tuple(expansion.refused))

    def build(
        self,
        *,
        everything: bool = False,
        workers: int = 1,
        cluster: str | None = None,
        progress: "Progress | None" = None,
    ) -> None:
        """Bring the record up to date.

        Args:
            everything: read all reports anew.
            workers: child processes that read; 0 reads in this process.
            cluster: read on a Dask cluster instead: `tls://HOST:PORT`, `tcp://` on this machine, or `local:WORKERS`.
            progress: told how far it is.

        Raises:
            UsageError: the cluster's address is not safe.
            WorkerError: the cluster cannot be reached, or was lost: what is stored stays.
        """
        from communique import pipeline

        with runner(workers, self.limits, cluster=cluster) as there:
            pipeline.build(self._store, there, self.limits, everything=everything, progress=progress or pipeline.silent)

    def remove(self, report: str, reason: str) -> None:
        """Erase a report by id or name: text, bytes, annotations and index entries. A tombstone with the reason stays.

        Raises:
            NotFoundError: there is no such report.
        """
        from communique import pipeline

        pipeline.remove(self._store, self.head(report).id, reason, self.limits)

    def anchor(self, mention: str) -> "Anchor":
        """The anchor of a ruling on a mention: its words, and those around them.

        Raises:
            UsageError: that is no mention id, or of no place in its report.
            NotFoundError: there is no such report.
        """
        from communique.review.rulings import anchor

        return anchor(self.report(mention.partition(".")[0]), mention)

    def decide(self, decision: "Decision") -> "Decision":
        """Append a ruling and bring the record up to date; the stored ruling comes back."""
        from communique.review.rulings import decide

        return decide(self._store, decision, self.limits)

    @cached_property
    def review(self) -> "Desk":
        """The desk at which a person rules: what waits, answers, and what was ruled before."""
        from communique.review.desk import Desk

        return Desk(self._store, self.limits)

    # -- asking

    @property
    def built(self) -> bool:
        """Whether there is a record."""
        with self._store.view() as view:
            return view.record_sha256() is not None

    def record(self, as_of: str | None = None) -> Record:
        """The record; with `as_of`, a day `YYYY-MM-DD`, as it was known then.

        Raises:
            NotFoundError: nothing was built yet.
            UsageError: `as_of` is no day.
        """
        with self._store.view() as view:
            if as_of is not None:
                from communique import pipeline

                return pipeline.record_of(view, self.limits, _day(as_of))
            record = view.record()
        if record is None:
            message = "there is no record yet: add reports, or build"
            raise NotFoundError(message)
        return record

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
            return Found(section, view.fact(section, fact))

    def report(self, report: str) -> Report:
        """A report with its text, by id or name.

        Raises:
            NotFoundError: there is no such report.
        """
        with self._store.view() as view:
            return view.report(_head_of(view, report).id)

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

    # -- handing out

    def export(self, as_of: str | None = None) -> bytes:
        """The record as UTF-8 JSON, in the form of the record contract.

        Raises:
            NotFoundError: nothing was built yet.
        """
        if as_of is not None:
            return self.record(as_of).encode()
        with self._store.view() as view:
            data = view.record_json()
        return data if data is not None else self.record().encode()

    def brief(self, wanted: str | None = None, as_of: str | None = None) -> Brief:
        """The one-page brief on a series or a story.

        Raises:
            NotFoundError: there is nothing of that name, or no record.
        """
        return compose(self.record(as_of), wanted)

    def verify(self) -> "Verification":
        """Re-hash every text, span, fact and ruling, and check each span against its report."""
        from communique.store.verify import verify

        return verify(self._store)

    def backup(self, path: str | Path) -> None:
        """Keep the whole database in a new file, as it stands now; others may write meanwhile.

        Raises:
            StoreError: there is such a file already, or it cannot be written.
        """
        from communique.store.copying import backup

        backup(self._store, Path(path))

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


def open(  # noqa: A001 - read as communique.open
    url: str | Path = DEFAULT_DATABASE, *, read_only: bool = False, limits: Limits = DEFAULT_LIMITS
) -> Communique:
    """Open a database, made where there is none.

    Args:
        url: a path, `sqlite:///PATH`, or `postgresql+psycopg://USER@HOST/NAME`.
        read_only: never write, and do not make it.
        limits: the caps.

    Raises:
        StoreError: it cannot be opened; the text says why and what to do.
    """
    from communique.store.store import Store

    return Communique(Store.open(url, read_only=read_only), limits)


def copy(source: str | Path, target: str | Path) -> dict[str, int]:
    """Copy a database into an empty one, of the same engine or another; the record stays the same to the byte.

    Returns:
        the number of rows of each table.

    Raises:
        StoreError: one of them cannot be opened, or the target is not empty.
    """
    from communique.store.copying import copy as copied
    from communique.store.store import Store

    with Store.open(source, read_only=True) as there, Store.open(target) as here:
        return copied(there, here)


def upgrade(url: str | Path = DEFAULT_DATABASE) -> bool:
    """Bring a database of an older version up to this one; says whether there was anything to do.

    Raises:
        StoreError: it cannot be opened or written, or it is newer than this program.
    """
    from communique.store.upgrade import upgrade as upgraded

    return upgraded(url)


def read(
    text: str, *, published: str | None = None, name: str = "text", limits: Limits = DEFAULT_LIMITS
) -> Annotations:
    """What one text says: its claims, each with its span.

    Raises:
        UsageError: the text cannot be a report; the text says why.
    """
    from communique.stages import annotate

    return annotate((_report(text, published, name, limits), limits))[0]


def record(reports: Iterable[Mapping[str, object]], limits: Limits = DEFAULT_LIMITS) -> Record:
    """The record of some reports, in memory. Each is a mapping with the keys of a JSON line.

    What cannot be read is in the record's `problems`.
    """
    from communique import pipeline
    from communique.ingest.read import read as ingest
    from communique.stages import annotate

    delivered = [ingest(source, limits) for source in _sources(reports)]
    problems = tuple(dict.fromkeys(p for r in delivered for p in r.problems))
    found = {r.report.id: r.report for r in delivered if r.report}
    made = [annotate((report, limits)) for report in found.values()]
    given = pipeline.Given(problems=problems, settings=pipeline.settings_of(limits))
    return pipeline.in_memory(list(found.values()), made, given)


@contextmanager
def runner(
    workers: int, limits: Limits = DEFAULT_LIMITS, *, model: bool = True, cluster: str | None = None
) -> Iterator["Runner"]:
    """Where stages run: a cluster, child processes, or this process for 0 workers.

    Raises:
        UsageError: the number of workers is negative, or the cluster's address is not safe.
        WorkerError: the cluster cannot be reached.
    """
    if workers < 0:
        message = f"{workers} workers: it takes 0 or more"
        raise UsageError(message)
    if workers == 0 and cluster is None:
        from communique.run.inline import Inline

        yield Inline()
        return
    from communique.pipeline import WARM

    if cluster is not None:
        from communique.run.cluster import Cluster

        with Cluster(cluster, limits, warm_up=WARM) as there:
            yield there
        return
    from communique.run.pool import Pool

    with Pool(workers, limits, warm_up=WARM if model else None) as pool:
        yield pool


def examples() -> tuple[str, ...]:
    """Paths of the example reports that come with Communiqué."""
    here = Path(__file__).parent
    folder = next(f for f in (here / "data" / "examples", here.parents[1] / "examples") if f.is_dir())
    return tuple(sorted(str(p) for p in folder.iterdir() if p.suffix in (".txt", ".jsonl")))


def model_hash() -> str:
    """SHA-256 over the files of the language model, by name and content.

    Raises:
        NotFoundError: the model is not installed.
    """
    from communique.annotate import model_files

    return model_files.digest_of_files()


def _expansion(
    inputs: Given | Iterable[Given], limits: Limits, hints: Mapping[str, str | None], stdin: IO[bytes] | None
) -> Any:  # noqa: ANN401 - an Expansion, or a list with the same attribute
    from communique.ingest.sources import Hints, expand

    given: Sequence[Given] = [inputs] if isinstance(inputs, (str, Path, Mapping)) else list(inputs)
    paths = [str(x) for x in given if isinstance(x, (str, Path))]
    rows = [x for x in given if isinstance(x, Mapping)]
    expansion = expand(paths, limits, Hints(**hints), stdin)
    return _Both(expansion, _sources(rows)) if rows else expansion


class _Both:
    """Paths first, then rows."""

    def __init__(self, expansion: Any, rows: Sequence["Source"]) -> None:  # noqa: ANN401 - as above
        self._expansion = expansion
        self._rows = rows

    @property
    def refused(self) -> list["PathError"]:
        """The paths that could not be opened."""
        refused: list[PathError] = self._expansion.refused
        return refused

    def __iter__(self) -> Iterator["Source | Problem"]:
        yield from self._expansion
        yield from self._rows


def _sources(rows: Iterable[Mapping[str, object]]) -> list["Source"]:
    from communique.ingest.sources import JSONL, Source

    return [
        Source(str(row.get("id") or f"report {n}"), msgspec.json.encode(row), JSONL)
        for n, row in enumerate(rows, start=1)
    ]


def _report(text: str, published: str | None, name: str, limits: Limits) -> Report:
    from communique.ingest.read import read as ingest

    row = {"id": name, "text": text, **({"published": published} if published else {})}
    delivered = ingest(_sources([row])[0], limits)
    if delivered.report is None:
        raise UsageError("; ".join(p.message for p in delivered.problems))
    return delivered.report


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
        message = f"there is no report {report!r}"
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
