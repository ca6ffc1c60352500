"""The corridor: how a report goes from its bytes to the record, room by room.

    add     inputs -> ingest (in workers) -> store
    build   reports that need it -> annotate (in workers) -> store; then everything -> cluster -> fuse -> store
    remove  a report out, and the record without it in, in one step

The record is a function of what is stored, so it makes no difference how it came there.
"""

import contextlib
import gc
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import cast

import msgspec

from communique.cluster.anchors import REPORT, Anchors
from communique.cluster.features import FEATURES_VERSION, Features
from communique.cluster.group import place, told, with_paraphrases
from communique.cluster.sweep import Item, Placed, Sweep
from communique.errors import WorkerError
from communique.fuse.dossiers import Source as Claimed
from communique.fuse.fuse import fuse
from communique.ingest import formats
from communique.ingest.delivered import Parts
from communique.ingest.read import Read
from communique.ingest.sources import Source
from communique.model import ids
from communique.model.claims import Annotations, Claim
from communique.model.decisions import Decision, Ruling, in_force
from communique.model.problems import Problem, ProblemCode
from communique.model.record import Build, Record
from communique.model.reports import Furniture, Head, Report
from communique.run.tasks import ANNOTATE, INGEST, Outcome, Runner, Task
from communique.settings import ANNOTATION_VERSION, DEFAULT_LIMITS, MODEL, VERSION, Limits
from communique.store.store import Store
from communique.store.view import View
from communique.store.writer import Put, Writer

#: Inputs that are acknowledged together.
BATCH = 64
#: Reports whose annotations are, so few that a worker has its next report for as long as they are written.
READ = 16

type Annotated = tuple[Annotations, bytes]
"""What was read in one report, and its features, packed."""

type Progress = Callable[[str, int], None]
"""Told the name of a stage and how many items it has finished since last time."""


def silent(stage: str, done: int) -> None:
    """Progress that nobody watches."""


class Added(msgspec.Struct, frozen=True):
    """What became of some inputs: `inputs` = `new` + `changed` + `duplicates` + `refused`.

    `reports` are the ids of new and changed reports; `problems` is everything told, also of reports that were kept.
    """

    inputs: int = 0
    new: int = 0
    changed: int = 0
    duplicates: int = 0
    refused: int = 0
    reports: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: "Added") -> "Added":
        """Both together."""
        mine, theirs = (msgspec.structs.astuple(a) for a in (self, other))
        return Added(*(a + b for a, b in zip(mine, theirs, strict=True)))


def annotation_key(limits: Limits) -> str:
    """What makes two readings of one report the same: reader and model versions, and the caps."""
    return ids.digest(ANNOTATION_VERSION, FEATURES_VERSION, MODEL, msgspec.json.encode(limits).decode())[:16]


# -- add


def add(
    store: Store,
    inputs: Iterable[Source | Problem],
    runner: Runner,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = silent,
    *,
    again: bool = False,
) -> Added:
    """Read inputs and store them, batch by batch; what is stored stays, whatever happens to the next batch.

    Args:
        store: the database.
        inputs: what to read, and what could not even be opened.
        runner: where inputs are read.
        limits: the caps.
        progress: told how many inputs were read.
        again: take back reports that were removed.
    """
    batches = _read(inputs, runner, limits)
    return _meanwhile(batches, partial(_store, store, again=again), "read", progress)


type Step = tuple[int, Added]
"""How many items were stored, and what became of them."""


def _meanwhile[B](batches: Iterable[B], keep: Callable[[B], Step], stage: str, progress: Progress) -> Added:
    """Store batch after batch, each while the next one is being made; what was made is stored, whatever comes next."""
    total = Added()
    steps: deque[Future[Step]] = deque()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="store") as storing:
        try:
            for batch in batches:
                total += _settled(steps, stage, progress)
                steps.append(storing.submit(keep, batch))
        finally:
            total += _settled(steps, stage, progress)
    return total


def _settled(steps: "deque[Future[Step]]", stage: str, progress: Progress) -> Added:
    """What became of the batch that was stored while the workers made the next one."""
    if not steps:
        return Added()
    count, added = steps.popleft().result()
    progress(stage, count)
    return added


def _store(store: Store, batch: Sequence[Read], *, again: bool) -> Step:
    total = Added()
    with store.writer("add") as writer:
        writer.look_for([read.report for read in batch if read.report])
        for read in batch:
            total += _stored(writer, read, again=again)
    return len(batch), total


def _read(inputs: Iterable[Source | Problem], runner: Runner, limits: Limits, packed: int = 0) -> Iterator[list[Read]]:
    """What inputs give, batch by batch; the parts of a file of many reports right after the batch that it is in."""
    for batch in itertools.batched(inputs, BATCH):
        found = list(_ingest(batch, runner, limits))
        yield [x for x in found if isinstance(x, Read)]
        for parts in found:
            if isinstance(parts, Parts):
                if parts.problems:
                    yield [Read(None, parts.problems, b"", parts.missing)]
                yield from _parts(list(_once(parts, packed)), runner, limits, packed + 1)


def _parts(parts: list[Source | Problem], runner: Runner, limits: Limits, packed: int) -> Iterator[list[Read]]:
    """What the parts of a file give; without a pause between batches where none of them has parts of its own."""
    if any(isinstance(part, Source) and formats.is_many(part.format) for part in parts):
        yield from _read(parts, runner, limits, packed)
        return
    for batch in itertools.batched(_ingest(parts, runner, limits), BATCH):
        yield [x for x in batch if isinstance(x, Read)]


def _once(parts: Parts, packed: int) -> Iterator[Source | Problem]:
    """Parts, but no file of many reports inside another such file inside a third."""
    for part in parts.parts:
        if isinstance(part, Source) and packed and formats.is_many(part.format):
            message = f"a {part.format} inside a file inside a file is not read"
            yield Problem(input=part.name, stage="ingest", code=ProblemCode.FORMAT, message=message)
        else:
            yield part


def _ingest(batch: Sequence[Source | Problem], runner: Runner, limits: Limits) -> Iterator[Read | Parts]:
    sources = [x for x in batch if isinstance(x, Source)]
    tasks = (Task(str(n), (s, limits), _seconds(s, limits)) for n, s in enumerate(sources))
    yield from (Read(None, (x,), b"") for x in batch if isinstance(x, Problem))
    for source, outcome in zip(sources, runner.map(INGEST, tasks), strict=True):
        if isinstance(outcome.value, Read | Parts):
            yield outcome.value
        else:
            sha256 = ids.sha256_hex(source.data) if source.data else None
            yield Read(None, (_failed(outcome, source.name, "ingest", sha256),), b"")


def opened(source: Source, runner: Runner, limits: Limits = DEFAULT_LIMITS) -> Parts | Problem:
    """The parts of one input of many reports, found where it can do no harm; or why they cannot be."""
    [found] = _ingest([source], runner, limits)
    return found if isinstance(found, Parts) else found.problems[0]


def _seconds(source: Source, limits: Limits) -> float:
    """Time for one input; for a whole archive that of its walk."""
    in_file = source.path is not None
    return (
        limits.container_seconds if in_file and formats.is_many(source.format) else limits.seconds_for(len(source.data))
    )


def _failed(outcome: Outcome, name: str, stage: str, sha256: str | None, report: str | None = None) -> Problem:
    if outcome.failure is None:
        message = f"the {stage} stage gave something that is neither a result nor a failure"
        raise WorkerError(message)
    code = ProblemCode(outcome.failure.code)
    return Problem(input=name, stage=stage, code=code, message=outcome.failure.message, sha256=sha256, report=report)


def _stored(writer: Writer, read: Read, *, again: bool) -> Added:
    put = _put(writer, read, again=again) if read.report else None
    told = (_removed_before(read.report.head),) if read.report and put is Put.TOMBSTONED else read.problems
    for problem in told:
        writer.put_problem(problem)
    if read.report is None or put is Put.TOMBSTONED:
        return Added(inputs=read.inputs, refused=read.inputs, problems=told)
    if put is Put.DUPLICATE:
        return Added(inputs=1, duplicates=1, problems=read.problems)
    kept = (read.report.id,)
    new = put is Put.NEW
    return Added(inputs=1, new=new, changed=not new, reports=kept, problems=read.problems)


def _put(writer: Writer, read: Read, *, again: bool) -> Put | None:
    """Put a report; one that was removed comes back where the caller wants it, and is no problem any more."""
    if read.report is None:
        return None
    put = writer.put_report(read.report, read.raw)
    if put is not Put.TOMBSTONED or not again:
        return put
    writer.allow_again(read.report.head.sha256)
    writer.forget_problems(read.report.id)
    return writer.put_report(read.report, read.raw)


def _removed_before(head: Head) -> Problem:
    message = "this report was removed before; --again takes it back"
    return Problem(
        input=head.name,
        stage="ingest",
        code=ProblemCode.REMOVED,
        message=message,
        sha256=head.sha256,
        report=head.id,
    )


# -- build


def build(
    store: Store,
    runner: Runner,
    limits: Limits = DEFAULT_LIMITS,
    *,
    everything: bool = False,
    progress: Progress = silent,
) -> Record:
    """Bring the record up to date: read what was not read yet, then group and fuse.

    Args:
        store: the database.
        runner: where reports are read.
        limits: the caps.
        everything: read every report anew.
        progress: told how many reports were read.
    """
    key = annotation_key(limits)
    with store.view() as view:
        waiting = view.stale("" if everything else key)
    read = itertools.batched(_annotate(_reports(store, waiting), runner, limits), min(READ, BATCH))
    _meanwhile(read, partial(_note, store, key), "annotated", progress)
    # The view is opened under the write lock: nobody can store anything between what is seen and what is made of it.
    with store.writer("record") as writer, store.view() as view, _uncollected():
        cells = placed(view, view.reports())
        record = record_of(view, limits, cells=cells)
        _keep(writer, cells)
        writer.put_record(record)
    return record


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for objects that refer to themselves: a record has none, and all of it is gone through."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _note(store: Store, key: str, read: Sequence[Annotated]) -> Step:
    with store.writer("annotate") as writer:
        for annotations, features in read:
            writer.put_annotations(annotations.report, key, annotations.claims, features, annotations.problems)
    return len(read), Added()


def _reports(store: Store, waiting: Iterable[str]) -> Iterator[Report]:
    """Stored reports, loaded as they are asked for."""
    for batch in itertools.batched(waiting, BATCH):
        with store.view() as view:
            reports = [view.report(r) for r in batch]
        yield from reports


def _annotate(reports: Iterable[Report], runner: Runner, limits: Limits) -> Iterator[Annotated]:
    """What is read in reports, one after the other; while it is looked at, the next ones are being read."""
    handed: dict[str, Head] = {}

    def tasks() -> Iterator[Task]:
        for report in reports:
            handed[report.id] = report.head
            yield Task(report.id, (report, limits), limits.seconds_for(len(report.text)))

    for outcome in runner.map(ANNOTATE, tasks()):
        head = handed.pop(outcome.key)
        if outcome.failure is None:
            yield cast("Annotated", outcome.value)
        else:
            problem = _failed(outcome, head.name, "annotate", head.sha256, head.id)
            yield Annotations(head.id, (), (problem,)), msgspec.msgpack.encode(Features(report=head.id))


def remove(store: Store, report: str, reason: str, limits: Limits = DEFAULT_LIMITS) -> Record:
    """Erase a report and store the record that never had it, in one step."""
    with store.writer("remove") as writer, store.view() as view, _uncollected():
        cells = placed(view, [h for h in view.reports() if h.id != report])
        record = record_of(view, limits, without=frozenset({report}), cells=cells)
        writer.remove_report(report, reason)
        _keep(writer, cells)
        writer.put_record(record)
    return record


# -- the record


@_uncollected()
def record_of(
    view: View,
    limits: Limits = DEFAULT_LIMITS,
    as_of: str | None = None,
    *,
    without: frozenset[str] = frozenset(),
    ruled: tuple[Decision, ...] = (),
    decided: int | None = None,
    cells: Mapping[str, Placed] | None = None,
) -> Record:
    """The record of what is stored, as it was known on a day.

    Args:
        view: a snapshot of the database.
        limits: the caps that the reports were read under.
        as_of: a day, `YYYY-MM-DD`: later reports and undated ones do not count; None: all count.
        without: reports that do not count.
        ruled: rulings that count besides those that are stored.
        decided: how many of the stored rulings count, the first ones; None: all.
        cells: what each cell of the reports that count gave, by its name; None: to be worked out.
    """
    heads = [h for h in view.reports() if h.id not in without and known_by(h, as_of)]
    chosen = [h.id for h in heads]
    here = {None, *chosen}
    problems = [p for p in view.problems() if p.report in here or p.code is ProblemCode.REMOVED]
    return _record(
        versions(heads),
        view.claims(chosen),
        placed(view, heads) if cells is None else cells,
        view.texts(chosen),
        Given((*view.decisions()[:decided], *ruled), tuple(problems), as_of, settings_of(limits)),
    )


def placed(view: View, heads: Sequence[Head]) -> dict[str, Placed]:
    """What each cell of days of some stored reports gives, by its name.

    Whatever reports are asked for, a stored cell is taken over where its key says that it is a function of the same;
    only the features of reports that have to do with another one are loaded.

    Args:
        view: a snapshot of the database.
        heads: the reports; those in which nothing was read yet stand in no cell.
    """
    digests = view.feature_digests()
    items = {head.id: Item(head.published_day, digests[head.id]) for head in heads if head.id in digests}
    known = _known(view)
    load = partial(_features, view)
    return with_paraphrases(dict(Sweep(load).over(items, known)), known, load)


def _features(view: View, reports: Sequence[str]) -> list[Features]:
    return [msgspec.msgpack.decode(blob, type=Features) for blob in view.features(reports).values()]


def _known(view: View) -> dict[str, Placed]:
    """The stored cells; one that an older program packed in another way is as good as none."""
    known = {}
    for name, blob in view.cells().items():
        with contextlib.suppress(msgspec.DecodeError):
            known[name] = msgspec.msgpack.decode(blob, type=Placed)
    return known


def _keep(writer: Writer, cells: Mapping[str, Placed]) -> None:
    keys = {name: cell.key for name, cell in cells.items()}
    writer.put_cells(keys, lambda name: msgspec.msgpack.encode(cells[name]))


class Given(msgspec.Struct, frozen=True):
    """What a record is a function of, besides the reports. Without `as_of` it is seen from the last publication day."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    as_of: str | None = None
    settings: str = ""


def in_memory(reports: Sequence[Report], read: Sequence[Annotated], given: Given) -> Record:
    """The record of some reports and of what was read in them, without a database."""
    heads = sorted((report.head for report in reports), key=lambda h: h.id)
    features = {f.report: f for f in (msgspec.msgpack.decode(packed, type=Features) for _, packed in read)}
    cells = with_paraphrases(place(features.values()), {}, lambda wanted: [features[report] for report in wanted])
    claims = {annotations.report: annotations.claims for annotations, _ in read}
    return _record(versions(heads), claims, cells, {r.id: r.text for r in reports}, given)


def _record(
    heads: Sequence[Head],
    claims: Mapping[str, tuple[Claim, ...]],
    cells: Mapping[str, Placed],
    texts: Mapping[str, str],
    given: Given,
) -> Record:
    older = {h.supersedes for h in heads}
    ruled = Anchors(heads, texts, claims).settled(in_force(given.decisions))
    grouping = told(list(cells.values()), texts, _of_stories(ruled))
    marked = [_marked(h, grouping.furniture.get(h.id, ())) for h in heads]
    sources = [Claimed(h, () if h.id in older else claims.get(h.id, ())) for h in marked]
    build = Build(
        version=VERSION,
        model=MODEL,
        settings=given.settings,
        as_of=given.as_of,
        decisions=len(in_force(given.decisions)),
    )
    return fuse(sources, grouping.stories, (*grouping.reuse, *grouping.paraphrases), ruled, build, given.problems)


def _marked(head: Head, learnt: Sequence[Furniture]) -> Head:
    """A head with the furniture that was learnt from its outlet's other reports: claims in it attest nothing."""
    return msgspec.structs.replace(head, furniture=tuple(sorted((*head.furniture, *learnt)))) if learnt else head


def _of_stories(ruled: Sequence[Decision]) -> list[tuple[bool, list[str]]]:
    """Rulings that whole reports tell one story, or do not: the newest first."""
    return [
        (d.ruling is Ruling.SAME, [a.quote.report for a in d.anchors])
        for d in reversed(ruled)
        if d.ruling in (Ruling.SAME, Ruling.NOT_SAME) and all(f".{REPORT}" in a.mention for a in d.anchors)
    ]


def settings_of(limits: Limits) -> str:
    """Short digest of the settings that a record depends on."""
    return annotation_key(limits)


def known_by(head: Head, as_of: str | None) -> bool:
    """Whether a report was out on a day; an undated one is never counted as known by a day."""
    return as_of is None or (head.published_day is not None and head.published_day <= as_of)


def versions(heads: Sequence[Head]) -> list[Head]:
    """Heads with `supersedes` filled in: the next older version of the same report.

    Two reports are versions of one where they have the same address, or the same outlet and given id. The order of
    versions is that of their last update, else their publication, else their ids.
    """
    groups: dict[tuple[str | None, ...], list[Head]] = {}
    for head in heads:
        if head.url or (head.outlet and head.given_id):
            key = (head.url,) if head.url else (head.outlet, head.given_id)
            groups.setdefault(key, []).append(head)
    before: dict[str, str] = {}
    for group_ in groups.values():
        ordered = sorted(group_, key=lambda h: (h.updated or h.published or "", h.id))
        before |= {new.id: old.id for old, new in itertools.pairwise(ordered)}
    return [msgspec.structs.replace(h, supersedes=before.get(h.id, h.supersedes)) for h in heads]
