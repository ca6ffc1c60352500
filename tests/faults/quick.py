"""Reports of a few words and a reader that needs no language model, so that very many can be tried."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from communique.cluster.features import features
from communique.ingest.sources import JSONL, Source
from communique.ingest.stage import ingest
from communique.model import ids
from communique.model.claims import Annotations, Claim, Modality
from communique.model.reports import Report
from communique.run.inline import Inline
from communique.run.tasks import ANNOTATE, Outcome, Task

NAMES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
SAYS = re.compile(r"([A-Z][a-z]+ [A-Z][a-z]+) met ([A-Z][a-z]+ [A-Z][a-z]+)")
PEOPLE = ("Ada Brenn", "Ivo Talmar", "Lena Okoro", "Tomas Harrow", "Mira Solvay", "Oren Vasik")
TOWNS = ("Sarn", "Lindhaven", "Quessa", "Velmark", "Ostia", "Quillon")


def annotate(report: Report) -> tuple[Annotations, bytes]:
    """What the quick reader finds: names, and who met whom."""
    claims: list[Claim] = []

    def say(subject: str, field: str, value: str, place: tuple[int, int], modality: Modality = Modality.STATED) -> None:
        claims.append(Claim(subject, field, value, report.span(*place), modality))

    for name in NAMES.finditer(report.text):
        mention = ids.mention_id(report.id, "n", *name.span())
        facts = {"kind": "person", "form": "name", "name": name[0], "entity": mention}
        for field, value in facts.items():
            say(mention, field, value, name.span())
    for met in SAYS.finditer(report.text):
        event = ids.mention_id(report.id, "e", *met.span())
        for field, value in {"type": "meeting", "status": "happened", "title_words": met[0]}.items():
            say(event, field, value, met.span(), Modality.HAPPENED)
        for who in (1, 2):
            say(event, "participant", ids.mention_id(report.id, "n", *met.span(who)), met.span(), Modality.HAPPENED)
    made = tuple(sorted(claims))
    return Annotations(report.id, made), msgspec.msgpack.encode(features(report, made))


class Quick(Inline):
    """A runner that reads so in this process, and never reads twice."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Any] = {}

    def map(self, function: str, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Runner.map`."""
        for task in tasks:
            key = (function, repr(task.payload[0]))
            if key not in self.known:
                read: Callable[..., Any] = annotate if function == ANNOTATE else ingest
                self.known[key] = read(task.payload[0] if read is annotate else task.payload)
            yield Outcome(task.key, self.known[key], None)


def source(number: int) -> Source:
    """A report of a day: two people met in a town; every seventh is a newer version of the one before."""
    story = number - (number % 7 == 6)
    one, other = PEOPLE[story % 6], PEOPLE[(story // 6 + story + 1) % 6]
    words = f"{one} met {other} in {TOWNS[story // 3 % 6]}."
    row = {
        "id": str(number),
        "url": f"https://wire{story % 4}.example/{story}",
        "source": f"Wire {story % 4}",
        "published": f"20{29 + number // 336 % 10}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}",
        "text": words if story == number else f"Corrected. {words}",
    }
    return Source(str(number), msgspec.json.encode(row), JSONL)
