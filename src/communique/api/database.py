"""An open database, whole."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from communique.api.handing import Handing
from communique.api.inputs import Given, expanded
from communique.api.running import runner
from communique.settings import DEFAULT_FETCHING, Fetching, Limits

if TYPE_CHECKING:
    from communique.errors import PathError
    from communique.ingest.watch import Seen
    from communique.model.decisions import Decision
    from communique.pipeline import Added, Progress
    from communique.review.desk import Desk
    from communique.run.tasks import Runner


def _there(
    workers: "int | Runner", limits: Limits, *, model: bool, inputs: object = ()
) -> AbstractContextManager["Runner"]:
    """A runner that is open already, as it is, or one of so many workers."""
    return runner(workers, limits, model=model, inputs=inputs) if isinstance(workers, int) else nullcontext(workers)


class AddResult(msgspec.Struct, frozen=True):
    """What became of the inputs of `Communique.add`, and the paths that could not be opened."""

    added: "Added"
    refused: tuple["PathError", ...]


class Communique(Handing):
    """An open database. Use it as a context manager, or `close` it."""

    def add(
        self,
        inputs: Given | Iterable[Given],
        *,
        workers: "int | Runner" = 1,
        build: bool = True,
        hints: Mapping[str, str | Mapping[str, str] | None] | None = None,
        again: bool = False,
        stdin: IO[bytes] | None = None,
        progress: "Progress | None" = None,
    ) -> AddResult:
        """Add reports, then bring the record up to date.

        Args:
            inputs: paths, folders, patterns, or mappings with the keys of a JSON line (`text` and, where known, `id`,
                `url`, `source`, `published`, `title`, `lang`).
            workers: child processes that read; 0 reads in this process, without protection from hostile files; or a
                runner, which stays open.
            build: whether to build afterwards.
            hints: what the files cannot say: `published`, `outlet`, `language`; and `map`, from the columns of a table
                or keys of a line to `LINE_KEYS`, where they are called otherwise.
            again: take back reports that were removed.
            stdin: where the path `-` is read from.
            progress: told the name of a stage and how many items it finished.

        Returns:
            what became of each input. Nothing that could be read is lost because of another input.
        """
        if not isinstance(inputs, (str, Path, Mapping)):
            inputs = list(inputs)
        with _there(workers, self.limits, model=build, inputs=inputs) as there:
            from communique import pipeline

            expansion = expanded(inputs, self.limits, hints or {}, stdin)
            told = progress or pipeline.silent
            added = pipeline.add(self._store, expansion, there, self.limits, told, again=again)
            if build and (added.inputs or not self.built):
                pipeline.build(self._store, there, self.limits, progress=told)
        return AddResult(added, tuple(expansion.refused))

    def watch(
        self,
        addresses: Iterable[str],
        *,
        pages: bool = False,
        fetching: Fetching = DEFAULT_FETCHING,
        hints: Mapping[str, str | None] | None = None,
        workers: "int | Runner" = 1,
        build: bool = True,
        progress: "Progress | None" = None,
    ) -> AddResult:
        """Fetch from the web once: what feeds hold that is not there yet; then bring the record up to date.

        Args:
            addresses: of feeds.
            pages: whether they are those of reports instead.
            fetching: caps and manners, and where answers are kept so that nothing is fetched twice.
            hints: what pages cannot say: `published`, `outlet`, `language`.
            workers: child processes that read, or a runner, which stays open.
            build: whether to build afterwards.
            progress: told the name of a stage and how many items it finished.
        """
        from communique import pipeline
        from communique.ingest import watch
        from communique.ingest.fetch import Fetcher
        from communique.ingest.sources import Hints

        known = self._known()
        with _there(workers, self.limits, model=build) as there, Fetcher(fetching) as fetcher:
            told = progress or pipeline.silent
            found = (
                watch.pages(addresses, fetcher, Hints(**(hints or {})), known)
                if pages
                else watch.watch(addresses, fetcher, lambda s: pipeline.opened(s, there, self.limits), known)
            )
            added = pipeline.add(self._store, found, there, self.limits, told)
            if build and (added.inputs or not self.built):
                pipeline.build(self._store, there, self.limits, progress=told)
        return AddResult(added, ())

    def _known(self) -> "dict[str, Seen]":
        """What is there of every address."""
        from communique.ingest.watch import Seen

        found: dict[str, Seen] = {}
        with self._store.view() as view:
            for h in (h for h in view.reports() if h.url):
                had = found.get(h.url or "", Seen())
                last = max(had.updated, h.updated or h.published or "")
                found[h.url or ""] = Seen(last, had.sha256 | {h.sha256})
        return found

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

    def decide(self, decision: "Decision") -> "Decision":
        """Append a ruling and bring the record up to date; the stored ruling comes back."""
        from communique.review.rulings import decide

        return decide(self._store, decision, self.limits)

    @cached_property
    def review(self) -> "Desk":
        """The desk at which a person rules: what waits, answers, and what was ruled before."""
        from communique.review.desk import Desk

        return Desk(self._store, self.limits)
