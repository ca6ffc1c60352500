"""Events with their PLOVER codes, for who works with event data. What has no honest code is listed as unmapped."""

import functools
import tomllib
from importlib import resources
from typing import Any

import msgspec

from communique.model.record import Actor, Event, Record
from communique.model.words import ActorKind, EventType

FORMAT = "communique-plover/1"
#: Countries from which on a meeting is multilateral.
_MANY = 3


@functools.cache
def table() -> dict[str, Any]:
    """The table of types, modes and rules."""
    text = resources.files("communique.data").joinpath("plover.toml").read_text("utf-8")
    return tomllib.loads(text)


def as_plover(record: Record) -> bytes:
    """The record's events as UTF-8 JSON: `events` with a code, `unmapped` with the reason why they have none.

    An event keeps its status beside the code, and its evidence as offsets: no words of a report are handed on.
    """
    actors = {a.id: a for a in record.actors}
    coded: list[dict[str, Any]] = []
    unmapped: list[dict[str, Any]] = []
    for event in record.events:
        code, why = code_of(event)
        if code:
            coded.append(_row(event, code, actors))
        else:
            unmapped.append({"id": event.id, "type": event.type, "status": event.status, "reason": why})
    whole = {
        "format": FORMAT,
        "codebook": "PLOVER, list of 2021 and later, 16 event types",
        "build": record.build,
        "events": coded,
        "unmapped": unmapped,
    }
    return msgspec.json.encode(whole) + b"\n"


def code_of(event: Event) -> tuple[str | None, str]:
    """The PLOVER type of an event and, where there is none, the reason."""
    rule = table()["status"][event.status]
    if rule.startswith("none"):
        return None, rule.removeprefix("none: ")
    own = table()["codebook"].get(event.type, event.plover)
    if own not in table()["types"]:
        return None, f"no PLOVER type fits an event of type {event.type}"
    return (own if rule == "as is" else rule), ""


def mode_of(event: Event, code: str, actors: dict[str, Actor]) -> str | None:
    """The mode, where the record states what the codebook asks for; None else."""
    if code == "REQUEST":
        return "meet" if event.plover == "CONSULT" else None
    if code != "CONSULT":
        return None
    countries = {p.actor for p in event.participants if p.actor in actors and actors[p.actor].kind is ActorKind.COUNTRY}
    if event.type is EventType.VISIT:
        return "visit"
    return "multilateral" if event.type is EventType.SUMMIT and len(countries) >= _MANY else None


def _row(event: Event, code: str, actors: dict[str, Actor]) -> dict[str, Any]:
    place = actors.get(event.place or "")
    return {
        "id": event.id,
        "plover": code,
        "mode": mode_of(event, code, actors),
        "class": table()["types"][code],
        "date": event.date,
        "status": event.status,
        "future": code != event.plover or event.status in ("planned", "offered", "requested"),
        "actors": [
            {"id": p.actor, "name": actors[p.actor].name if p.actor in actors else p.actor, "role": p.role}
            for p in event.participants
        ],
        "place": place.name if place else None,
        "series": event.series,
        "origins": event.origins,
        "confidence": event.confidence,
        "evidence": [{"report": s.report, "start": s.start, "end": s.end} for s in event.evidence],
    }
