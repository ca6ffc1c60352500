"""How fast the page answers on 10,000 reports: every kind of page, as often as asked, in this process.

    ./dev bench page [--reports N] [--runs N]

The reports, their claims and the record are invented here, by rule: 10 reports a story, about 3 facts and 36 claims a
report. Prints, for each kind of page, the median and the 95th percentile over its runs, each on
another fact; ends with 1 where the 95th percentile over all of them is above the limit. Reading the record, which
happens once for each state of the database, is told apart.
"""

import argparse
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import msgspec

from communique.cluster.features import Features
from communique.model import ids
from communique.model import record as r
from communique.model.claims import Claim, Modality
from communique.model.dates import Date
from communique.model.reports import Head, PublishedFrom, Report
from communique.model.spans import Span
from communique.model.words import (
    ActorKind,
    Attested,
    CommitmentKind,
    DisagreementKind,
    EventType,
    Mode,
    Official,
    ReuseKind,
    Schedule,
)
from communique.store.store import Store
from communique.web import serve
from communique.web.app import Visitor

#: Most milliseconds for 95 of 100 answers.
LIMIT = 200.0
REPORTS, RUNS, SEED = 10_000, 15, 20_310_506
#: Reports of one story.
STORY = 10
SENTENCES = (
    "The delegations of Norland and Ostmark met in Quarry Bay on {day} for the {n}th session of their commission.",
    "“We shall open crossing {n} before the winter,” Minister Ada Falk said.",
    "Norland promised to rebuild bridge {n} by the end of {year}.",
    "Minister Bo Lind of Ostmark visited the works at crossing {n} and thanked the crews.",
    "The commission set up working group {n} on freight, which is to report in {year}.",
    "Falk told reporters that permits for lorries would be issued within {n} days.",
)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; 0 where the limit holds."""
    parser = argparse.ArgumentParser(prog="./dev bench page", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--runs", type=int, default=RUNS)
    args = parser.parse_args(arguments if arguments is not None else [])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        made = fill(path, args.reports)
        begun = time.perf_counter()
        with serve.site(str(path), Visitor("bench", lambda: "2032-01-02"), read_only=True) as site:
            loaded = time.perf_counter() - begun
            facts = sum(len(getattr(made, s)) for s in r.SECTIONS)
            size = path.stat().st_size / 1e6
            print(f"page: {args.reports} reports, {facts} facts, {size:.0f} MB; the record read in {loaded:.1f} s")
            return _measured(site, args.runs)


def _measured(site: serve.Site, runs: int) -> int:
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    every: list[float] = []
    for name, addresses in _pages(site, chance, runs).items():
        taken = [_timed(site, address) for address in addresses]
        every += taken
        print(f"  {name:<28}{statistics.median(taken):7.0f} ms median {_p95(taken):7.0f} ms p95")
    print(f"  {'all':<28}{statistics.median(every):7.0f} ms median {_p95(every):7.0f} ms p95 (limit {LIMIT:.0f})")
    return int(_p95(every) > LIMIT)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[max(0, -(-len(taken) * 95 // 100) - 1)]


def _timed(site: serve.Site, address: str) -> float:
    begun = time.perf_counter()
    answer = serve.get(site, address)
    if answer.status != HTTPStatus.OK:
        message = f"{address} gave {answer.status}"
        raise SystemExit(message)
    return 1000 * (time.perf_counter() - begun)


def _pages(site: serve.Site, chance: random.Random, runs: int) -> dict[str, list[str]]:
    """For each kind of page the addresses that are asked for."""
    index = site.archive.index()
    found = {"/": ["/"] * runs, "/timeline": [f"/timeline?page={n % 3 + 1}" for n in range(runs)]}
    lists = ("stories", "reports", "events", "statements", "series", "commitments", "disagreements", "actors", "copies")
    for name in lists:
        last = max(1, len(index.lists[name]) // 200)
        found[f"/{name}, 200 rows"] = [f"/{name}?rows=200&page={chance.randint(1, last)}" for _ in range(runs)]
    for name in ("stories", "reports", "events", "statements", "series", "commitments", "disagreements", "actors"):
        facts = index.lists[name]
        found[f"/{name}/ID"] = [f"/{name}/{chance.choice(facts).id}" for _ in range(runs)]
    found["/actors/ID, the commonest"] = [f"/actors/{index.lists['actors'][n % 3].id}" for n in range(runs)]
    found["/search"] = [f"/search?q=crossing+{chance.randint(1, 900)}" for _ in range(runs)]
    found["/search, a common word"] = ["/search?q=commission"] * runs
    found["/events?status=happened"] = ["/events?status=happened&page=9"] * runs
    return found


# -- the invented record


def fill(path: Path, count: int) -> r.Record:
    """A database of so many invented reports, with its record."""
    reports = [_report(n) for n in range(count)]
    record = _record(reports)
    by_report: dict[str, list[Claim]] = {report.id: list(_claims(report)) for report in reports}
    with Store.open(path) as store:
        for start in range(0, count, 500):
            with store.writer("bench") as writer:
                for report in reports[start : start + 500]:
                    writer.put_report(report, report.text.encode())
                    packed = msgspec.msgpack.encode(Features(report=report.id))
                    writer.put_annotations(report.id, "bench", by_report[report.id], packed)
        with store.writer("bench") as writer:
            writer.put_record(record)
    return record


def _day(number: int) -> dt.date:
    return dt.date(2016, 1, 4) + dt.timedelta(days=number // STORY * 3)


def _report(number: int) -> Report:
    day = _day(number)
    told = [s.format(n=number // STORY, day=f"{day:%d %B}", year=day.year + 1) for s in SENTENCES]
    text = f"Report {number} of the crossing\n\n" + "\n\n".join(
        told + [f"{t} Report {number} adds this." for t in told]
    )
    sha256 = ids.sha256_hex(text.encode())
    outlet = f"Outlet {number % 23}"
    head = Head(
        id=ids.report_id(sha256, outlet, None, None),
        name=f"{number}.txt",
        sha256=sha256,
        chars=len(text),
        language="en",
        outlet=outlet,
        title=f"Report {number} of the crossing",
        published=day.isoformat(),
        published_from=PublishedFrom.GIVEN,
    )
    return Report(head, text)


def _places(report: Report) -> list[Span]:
    """The sentences of a report, one after the other."""
    found, at = [], 0
    for line in report.text.split("\n\n"):
        at = report.text.index(line, at)
        found.append(report.span(at, at + len(line)))
    return found[1:]


def _claims(report: Report) -> Iterator[Claim]:
    for span in _places(report):
        subject = ids.mention_id(report.id, "e", span.start, span.end)
        yield Claim(subject, "type", "session", span)
        yield Claim(subject, "status", "happened", span, Modality.HAPPENED)
        yield Claim(subject, "title_words", span.text, span)


def _record(reports: list[Report]) -> r.Record:
    stories, events, statements, commitments, series, disputes, reuse = [], [], [], [], [], [], []
    mentions: dict[str, list[Span]] = {f"actor-{n}": [] for n in range(len(reports) // 20 + 4)}
    names = list(mentions)
    for number in range(0, len(reports), STORY):
        group = reports[number : number + STORY]
        places = [_places(report) for report in group]
        date = Date.day(_day(number))
        host, who = names[:2], names[number // 20 % len(names)]
        for n, actor in enumerate((*host, who)):
            mentions[actor] += [p[n] for p in places]
        key = f"commission-{number // STORY % 40}"
        stories.append(_story(number, group))
        events += [
            _event(f"{key}-{number}", p[0].text, date, (host, who), [q[i] for q in places]) for i, p in [(0, places[0])]
        ]
        events += [
            _event(f"e{number}-{i}", places[0][i].text, date, (host, who), [q[i] for q in places]) for i in (3, 4)
        ]
        events += [_event(f"e{n + number}-x", p[9].text, date, (host, who), [p[9]]) for n, p in enumerate(places)]
        statements.append(_statement(f"q{number}", [p[1] for p in places], names[2]))
        statements += [_statement(f"q{number + n}-x", [p[7]], names[2]) for n, p in enumerate(places)]
        commitments.append(_commitment(f"c{number}", [p[2] for p in places], date, host))
        disputes += [_dispute(f"d{number}", f"e{number}-3", places)] if number % (STORY * 4) == 0 else []
        reuse.append(r.Reuse(kind=ReuseKind.COPIED, spans=tuple(sorted(p[0] for p in places))))
    for n in range(40):
        held = [e for e in events if e.id.startswith(f"commission-{n}-")]
        series.append(_series(n, held, names[0]))
    actors = tuple(
        r.Actor(
            id=a, kind=ActorKind.PERSON, name=f"Minister {a}", names=(r.NameCount(a, 2),), evidence=tuple(sorted(s))
        )
        for a, s in mentions.items()
    )
    build = r.Build(version="0", model="none", settings="bench", as_of=_day(len(reports)).isoformat(), decisions=0)
    return r.Record(
        format="communique-record/1",
        build=build,
        reports=tuple(sorted((x.head for x in reports), key=lambda h: h.id)),
        stories=tuple(stories),
        reuse=tuple(reuse),
        actors=actors,
        events=tuple(events),
        statements=tuple(statements),
        commitments=tuple(commitments),
        series=tuple(series),
        disagreements=tuple(disputes),
    )


def _story(number: int, group: list[Report]) -> r.Story:
    members = tuple(sorted(x.id for x in group))
    return r.Story(
        id=f"s.{number}", title=group[0].head.title or "", reports=members, origins=tuple((m,) for m in members)
    )


def _event(key: str, title: str, date: Date, who: tuple[list[str], str], spans: list[Span]) -> r.Event:
    return r.Event(
        id=key,
        type=EventType.SESSION,
        title=title,
        status=Modality.HAPPENED,
        participants=tuple(r.Participant(a, "participant") for a in (*who[0], who[1])),
        date=date,
        origins=len(spans),
        confidence=0.9,
        evidence=tuple(sorted(spans)),
    )


def _statement(key: str, spans: list[Span], speaker: str) -> r.Statement:
    wordings = tuple(r.Wording(mode=Mode.DIRECT, speaker=speaker, evidence=s) for s in sorted(spans))
    return r.Statement(
        id=key, speaker=speaker, text=spans[0].text, quotations=wordings, origins=len(spans), confidence=0.9
    )


def _commitment(key: str, spans: list[Span], date: Date, by: list[str]) -> r.Commitment:
    evidence = tuple(sorted(spans))
    return r.Commitment(
        id=key,
        kind=CommitmentKind.PLEDGE,
        by=tuple(by),
        what=spans[0].text,
        due=Date.of(str(date.first.year + 1)),
        status=r.Status(official=Official.PROMISED, evidence=Attested.REPORTED, schedule=Schedule.NOT_DUE),
        history=(r.Change(on=date, official=Official.PROMISED, evidence=evidence),),
        origins=len(spans),
        confidence=0.9,
        evidence=evidence,
    )


def _dispute(key: str, about: str, places: list[list[Span]]) -> r.Disagreement:
    values = tuple(
        r.Value(
            value=f"value {n}",
            reports=tuple(sorted(p[3].report for p in half)),
            evidence=tuple(sorted(p[3] for p in half)),
        )
        for n, half in enumerate((places[::2], places[1::2]))
    )
    return r.Disagreement(
        id=key, kind=DisagreementKind.NUMBER, about=(about,), values=values, preferred=None, reason="They differ."
    )


def _series(number: int, held: list[r.Event], body: str) -> r.Series:
    sessions = tuple(
        r.Session(number=n, event=e.id, status=e.status, date=e.date, evidence=e.evidence[:2])
        for n, e in enumerate(held, start=1)
    )
    spans = tuple(sorted({s for session in sessions for s in session.evidence}))
    return r.Series(
        id=f"commission-{number}", name=f"Commission {number}", body=body, sessions=sessions, evidence=spans
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
