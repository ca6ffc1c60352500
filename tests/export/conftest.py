"""A small invented record, written by hand."""

from collections.abc import Callable

import pytest

from communique.model import ids
from communique.model.claims import Modality
from communique.model.dates import Date
from communique.model.record import (
    Actor,
    Build,
    Change,
    Commitment,
    Disagreement,
    Event,
    NameCount,
    Next,
    Participant,
    Record,
    Series,
    Session,
    Statement,
    Status,
    Story,
    Value,
    Wording,
)
from communique.model.reports import Head
from communique.model.spans import Span
from communique.model.words import (
    ActorKind,
    Attested,
    CommitmentKind,
    DisagreementKind,
    EventType,
    Mode,
    Official,
    Schedule,
)

TEXTS = (
    "Åse Lund opened the 7th session of the Fjord Council in Bergen on 5 May 2031. Kenya promised two boats.",
    "“We keep our word,” Åse Lund said. The Fjord Council met on 6 May 2031 and Kenya promised two boats.",
)


def head(number: int) -> Head:
    sha256 = ids.sha256_hex(TEXTS[number].encode())
    return Head(
        id=ids.report_id(sha256, None, None, None),
        name=f"wire_{number}.txt",
        sha256=sha256,
        chars=len(TEXTS[number]),
        published=f"2031-05-0{6 + number}",
    )


HEADS = (head(0), head(1))


def place(number: int, words: str) -> Span:
    """Where words stand in a report."""
    at = TEXTS[number].index(words)
    return Span.cut(HEADS[number].id, TEXTS[number], at, at + len(words))


def actor(id_: str, kind: ActorKind, name: str, *evidence: Span) -> Actor:
    return Actor(id=id_, kind=kind, name=name, names=(NameCount(name, len(evidence)),), evidence=evidence)


def record(**changes: object) -> Record:
    """One session, one statement, one promise, one disagreement, told by two reports."""
    session = (place(0, "opened the 7th session"), place(1, "The Fjord Council met"))
    promise = (place(0, "Kenya promised two boats"), place(1, "Kenya promised two boats"))
    said = place(1, "We keep our word")
    days = (place(0, "5 May 2031"), place(1, "6 May 2031"))
    both = tuple(sorted(h.id for h in HEADS))
    date = Date.of("2031-05-05")
    parts: dict[str, object] = {
        "reports": HEADS,
        "stories": (Story(id=both[0], title="Fjord Council meets", reports=both, origins=tuple((r,) for r in both)),),
        "actors": (
            actor("lund", ActorKind.PERSON, "Åse Lund", place(0, "Åse Lund"), place(1, "Åse Lund")),
            actor("council", ActorKind.BODY, "Fjord Council", place(0, "Fjord Council")),
            actor("bergen", ActorKind.PLACE, "Bergen", place(0, "Bergen")),
            actor("kenya", ActorKind.COUNTRY, "Kenya", place(0, "Kenya"), place(1, "Kenya")),
        ),
        "events": (
            Event(
                id="council-7",
                type=EventType.SESSION,
                title="7th session",
                status=Modality.HAPPENED,
                participants=(Participant("lund", "chair"),),
                place="bergen",
                date=date,
                series="council",
                number=7,
                origins=2,
                confidence=0.9,
                evidence=session,
            ),
        ),
        "statements": (
            Statement(
                id="said",
                speaker="lund",
                text=said.text,
                quotations=(Wording(mode=Mode.DIRECT, speaker="lund", evidence=said),),
                origins=1,
                confidence=0.8,
            ),
        ),
        "commitments": (
            Commitment(
                id="boats",
                kind=next(iter(CommitmentKind)),
                by=("kenya",),
                what="two boats",
                status=Status(official=Official.PROMISED, evidence=next(iter(Attested)), schedule=next(iter(Schedule))),
                history=(Change(on=date, official=Official.PROMISED, evidence=promise),),
                origins=2,
                confidence=0.7,
                evidence=promise,
            ),
        ),
        "series": (
            Series(
                id="council",
                name="Fjord Council",
                body="council",
                sessions=(
                    Session(
                        number=7,
                        event="council-7",
                        status=Modality.HAPPENED,
                        date=date,
                        place="bergen",
                        evidence=session,
                    ),
                ),
                next=Next(number=8, host="kenya", date=Date.of("2032")),
                anomalies=("the 6th session is not reported",),
                evidence=session,
            ),
        ),
        "disagreements": (
            Disagreement(
                id="day",
                kind=DisagreementKind.DATE,
                about=("council-7",),
                values=tuple(
                    Value(value=v, reports=(s.report,), evidence=(s,))
                    for v, s in zip(("2031-05-05", "2031-05-06"), days, strict=True)
                ),
                preferred=None,
                reason="one report each",
            ),
        ),
    }
    build = Build(version="1", model="none", settings="", as_of=None, decisions=0)
    return Record(format="test/1", build=build, **(parts | changes))  # type: ignore[arg-type]


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Makes the record, with sections changed."""
    return record
