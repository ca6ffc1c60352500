"""Claims and decisions in, the record out. Nothing here reads text, a store or a clock.

The order: dossiers (claims by mention) -> actors (who is who) -> times (days settled) -> events -> statements,
commitments, series, items -> disagreements. Every step is a pure function of sorted input, so the same reports in
any order give the same record.

The statements step is called so::

    statements(dossiers: Dossiers, resolve: Mapping[str, str], origins: Origins) -> tuple[Statement, ...]

`resolve` maps an entity mention id to its actor's id (a mention that is not in it is nobody known).
"""

from collections.abc import Sequence

import msgspec

from communique.fuse.actors import cast
from communique.fuse.commitments import Ledger
from communique.fuse.disagreements import Finder
from communique.fuse.dossiers import Source, gather
from communique.fuse.events import happenings
from communique.fuse.items import items
from communique.fuse.origins import Origins
from communique.fuse.series import in_series, series
from communique.fuse.statements import statements
from communique.fuse.times import Times
from communique.model import further
from communique.model.dates import Date
from communique.model.decisions import Decision
from communique.model.problems import Problem
from communique.model.record import Build, Paraphrase, Record, Reuse, Story
from communique.model.reports import Head, PublishedFrom
from communique.settings import RECORD_FORMAT


def fuse(
    sources: Sequence[Source],
    stories: Sequence[Story],
    reuse: Sequence[Reuse | Paraphrase],
    decisions: Sequence[Decision],
    build: Build,
    problems: Sequence[Problem],
) -> Record:
    """The record that some reports' claims and a sequence of decisions add up to.

    Schedules are seen from `build.as_of`, else from the latest day of publication, else not at all.
    """
    origins = Origins(stories)
    dossiers = gather(sources, decisions)
    times = Times(dossiers, origins)
    if (dated := _dated(sources, times)) is not sources:
        sources, dossiers = dated, gather(dated, decisions)
        times = Times(dossiers, origins)
    build = msgspec.structs.replace(build, as_of=_as_of(sources, build))
    who = cast(dossiers, origins)
    found = happenings(dossiers, who, times, origins)
    said = statements(dossiers, who.resolve, origins)
    owed = Ledger(who, times, origins, found, Date.of(build.as_of) if build.as_of else None).commitments(dossiers)
    rows = series(found, dossiers, who)
    return Record(
        format=RECORD_FORMAT,
        build=build,
        reports=tuple(dossiers.heads.values()),
        stories=tuple(sorted(stories, key=lambda s: s.id)),
        reuse=tuple(sorted((r for r in reuse if isinstance(r, Reuse)), key=lambda r: (r.spans, r.kind))),
        paraphrases=tuple(sorted((r for r in reuse if isinstance(r, Paraphrase)), key=lambda r: r.spans)),
        actors=tuple(who.actors.values()),
        items=items(dossiers, who),
        events=in_series(found, rows),
        statements=tuple(said),
        commitments=owed,
        series=rows,
        disagreements=Finder(dossiers, who, times, origins).find(found, said, rows, owed),
        problems=tuple(sorted(problems, key=_problem)),
        **{section: file.facts(dossiers, who, times, origins) for section, file in further.files(__package__)},
    )


def _dated(sources: Sequence[Source], times: Times) -> Sequence[Source]:
    """The reports; one that prints its day in digits gets it as its own where other evidence tells day from month."""
    heads = [_head(s.head, times) for s in sources]
    if all(head is s.head for head, s in zip(heads, sources, strict=True)):
        return sources
    return [msgspec.structs.replace(s, head=head) for head, s in zip(heads, sources, strict=True)]


def _head(head: Head, times: Times) -> Head:
    settled = None if head.published else times.published(head.id)
    if settled is None:
        return head
    return msgspec.structs.replace(head, published=settled.day.isoformat(), published_from=PublishedFrom.TEXT)


def _as_of(sources: Sequence[Source], build: Build) -> str | None:
    return build.as_of or max((day for s in sources if (day := s.head.published_day)), default=None)


def _problem(problem: Problem) -> tuple[str, ...]:
    return problem.input, problem.stage, problem.code, problem.message, problem.sha256 or "", problem.report or ""
