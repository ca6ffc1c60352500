"""A database whose every stored text is a payload: the first fact of each kind holds them all, each other one."""

from collections.abc import Sequence
from pathlib import Path

from communique.model import ids, record
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.decisions import Anchor, Decision, Ruling
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import Furniture, FurnitureKind, Head, PublishedFrom, Report
from communique.model.spans import Span
from communique.model.words import (
    ActorKind,
    Attested,
    CommitmentKind,
    Delivery,
    DisagreementKind,
    EventType,
    Mode,
    Official,
    ReuseKind,
    Schedule,
)

DAY = Date.of("2031-05-06")


def report(texts: Sequence[str], number: int) -> Report:
    """A report whose text is all of them, one after the other, and whose head is full of them."""
    text = f"Report {number}\n" + "\n".join(texts)
    text = text.replace("\0", "\ufffd")
    sha256 = ids.sha256_hex(text.encode())
    give = texts[number % len(texts)].replace("\0", "\ufffd")
    head = Head(
        id=ids.report_id(sha256, give, give, give),
        name=give,
        sha256=sha256,
        chars=len(text),
        language=give,
        outlet=give,
        url=give,
        given_id=give,
        title=give,
        published="2031-05-06",
        published_from=PublishedFrom.GIVEN,
        furniture=(Furniture(0, 8, FurnitureKind.HEADLINE),),
        extra={give: give},
    )
    return Report(head, text)


def spans(of: Report, texts: Sequence[str]) -> tuple[Span, ...]:
    """The place of each text in a report."""
    found, at = [], 0
    for text in texts:
        at = of.text.index(text.replace("\0", "\ufffd"), at)
        found.append(of.span(at, at + len(text)))
    return tuple(found)


def made(texts: Sequence[str]) -> tuple[list[Report], record.Record, list[Decision]]:
    """Reports, the record and rulings, all of them made of these texts."""
    clean = [t.replace("\0", "\ufffd") for t in texts]
    reports = [report(clean, n) for n in range(1, len(clean), 8)]
    first = reports[0]
    places = spans(first, clean)
    actors = _actors(clean, places)
    return reports, _record(clean, reports, places, actors), _decisions(clean, places)


def _record(
    texts: Sequence[str], reports: Sequence[Report], places: tuple[Span, ...], actors: tuple[record.Actor, ...]
) -> record.Record:
    heads = tuple(sorted((r.head for r in reports), key=lambda h: h.id))
    named = tuple(a.id for a in actors[:6])
    return record.Record(
        format="communique-record/1",
        build=record.Build(version=texts[0], model=texts[1], settings=texts[2], as_of="2031-05-06", decisions=1),
        reports=heads,
        stories=(
            record.Story(
                id="s.all", title=texts[0], reports=tuple(h.id for h in heads), origins=tuple((h.id,) for h in heads)
            ),
        ),
        reuse=tuple(record.Reuse(kind=k, spans=places) for k in ReuseKind),
        actors=actors,
        items=(record.Item(actor=actors[0].id, count=texts[3], delivery=Delivery.PROMISED, evidence=places),),
        events=tuple(_event(n, t, places, named) for n, t in enumerate(texts)),
        statements=tuple(_statement(n, t, places, named) for n, t in enumerate(texts)),
        commitments=tuple(_commitment(n, t, places, named) for n, t in enumerate(texts)),
        series=tuple(_series(n, t, texts, places, named) for n, t in enumerate(texts[:40])),
        disagreements=tuple(_disagreement(n, t, texts, places) for n, t in enumerate(texts)),
        problems=tuple(
            Problem(input=t, stage=t, code=ProblemCode.FORMAT, message=t, report=heads[0].id, sha256=t) for t in texts
        ),
    )


def _all(number: int, places: tuple[Span, ...]) -> tuple[Span, ...]:
    return places if number == 0 else places[number : number + 1]


def _actors(texts: Sequence[str], places: tuple[Span, ...]) -> tuple[record.Actor, ...]:
    body = record.Actor(
        id="series-0", kind=ActorKind.BODY, name=texts[0], names=(record.NameCount(texts[0], 1),), evidence=places[:1]
    )
    people = (
        record.Actor(
            id=f"actor-{n}",
            kind=ActorKind.PERSON,
            name=t,
            names=tuple(record.NameCount(x, 1) for x in (texts if n == 0 else [t])),
            roles=tuple(record.Role(role=x, from_=x, to=t, evidence=places[:1]) for x in (texts if n == 0 else [t])),
            evidence=_all(n, places),
        )
        for n, t in enumerate(texts)
    )
    return (*people, body)


def _event(n: int, text: str, places: tuple[Span, ...], named: tuple[str, ...]) -> record.Event:
    return record.Event(
        id=f"event-{n}",
        type=EventType.SESSION,
        plover=text,
        title=text,
        status=Modality.HAPPENED,
        participants=tuple(record.Participant(a, text) for a in (*named, text)),
        place=named[0],
        date=DAY,
        series="series-0",
        number=n + 1,
        part_of="event-0" if n else None,
        origins=1,
        confidence=0.5,
        evidence=_all(n, places),
    )


def _statement(n: int, text: str, places: tuple[Span, ...], named: tuple[str, ...]) -> record.Statement:
    wordings = tuple(
        record.Wording(mode=Mode.DIRECT, speaker=named[1], channel=(text, text), stance=text, evidence=p)
        for p in _all(n, places)
    )
    return record.Statement(
        id=f"statement-{n}",
        speaker=named[0] if n % 2 else text,
        addressee=text,
        channel=text,
        text=text,
        quotations=wordings,
        origins=1,
        confidence=0.5,
    )


def _commitment(n: int, text: str, places: tuple[Span, ...], named: tuple[str, ...]) -> record.Commitment:
    changes = tuple(record.Change(on=DAY, official=Official.AGREED, evidence=(p,)) for p in _all(n, places))
    return record.Commitment(
        id=f"commitment-{n}",
        kind=CommitmentKind.PLEDGE,
        by=(named[0], text),
        to=(text,),
        what=text,
        due=DAY,
        status=record.Status(official=Official.AGREED, evidence=Attested.CLAIMED, schedule=Schedule.DUE),
        history=changes,
        origins=1,
        confidence=0.5,
        evidence=_all(n, places),
    )


def _series(n: int, text: str, texts: Sequence[str], places: tuple[Span, ...], named: tuple[str, ...]) -> record.Series:
    session = record.Session(
        number=1,
        event="event-0",
        status=Modality.HAPPENED,
        date=DAY,
        place=text,
        host=text,
        co_chairs=(*named, text),
        evidence=places[:5],
    )
    return record.Series(
        id=f"series-{n}",
        name=text,
        body=text,
        founded=DAY,
        rhythm=text,
        rotation=text,
        sessions=(session,),
        next=record.Next(number=2, host=text, date=DAY),
        anomalies=tuple(texts) if n == 0 else (text,),
        evidence=_all(n, places),
    )


def _disagreement(n: int, text: str, texts: Sequence[str], places: tuple[Span, ...]) -> record.Disagreement:
    values = tuple(
        record.Value(value=t, reports=(places[0].report,), evidence=places[:2])
        for t in (texts[:24] if n == 0 else [text])
    )
    about = ("event-0", "series-0", "statement-0", "commitment-0", "actor-0") if n == 0 else ("event-1",)
    return record.Disagreement(
        id=f"disagreement-{n}", kind=DisagreementKind.DATE, about=about, values=values, preferred=text, reason=text
    )


def _decisions(texts: Sequence[str], places: tuple[Span, ...]) -> list[Decision]:
    return [
        Decision(
            ruling=Ruling.SET,
            anchors=(Anchor(ids.mention_id(p.report, "e", p.start, p.end), p, prefix=t, suffix=t),),
            field=t,
            value=t,
            by=t,
            on="2032-01-02" if n % 2 else t,
            note=t,
        )
        for n, (t, p) in enumerate(zip(texts, places, strict=True))
    ][:200]


def database(path: Path, texts: Sequence[str], puts: object) -> Path:
    """The database."""
    reports, whole, decisions = made(texts)
    return puts(path, reports, whole, decisions)  # type: ignore[operator, no-any-return]
