"""How sentences of our own put the happenings they name: the right status, and no plan told as done.

modality.py [FILE]      figures, and every error of FILE (by default the half that may be looked at)
"""

import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import marks
import msgspec
import rows

from communique.annotate import entities, event_triggers, events, modality, nlp, quotations, times
from communique.model.mentions import EventMention
from communique.model.reports import Furniture, FurnitureKind, Report

STATUSES = {
    "h": "happened",
    "o": "ongoing",
    "p": "planned",
    "r": "requested",
    "f": "offered",
    "c": "cancelled",
    "d": "denied",
    "y": "hypothetical",
}
DONE = frozenset({"happened", "ongoing"})


class Pair(NamedTuple):
    """A marked happening, the statuses that a careful reader may give it, the likeliest first, and what is given.

    Attributes:
        read: status of the marked word, whether or not what it names is told; "" where the words leave it open.
        told: statuses of the happenings told there, the one that shares most with the mark first.
    """

    text: str
    wanted: tuple[str, ...]
    read: str
    told: tuple[str, ...]


type Given = Callable[[Pair], str]


def read_of(pair: Pair) -> str:
    """The status of the marked word."""
    return pair.read


def told_of(pair: Pair) -> str:
    """The status of the happening told there; "" where none is."""
    return pair.told[0] if pair.told else ""


def figures(*paths: Path) -> dict[str, float]:
    """Macro-F1 over the eight statuses of the words, and of what is told; the worst errors as shares of what is told.

    What is left open, or not told, counts against the recall of its status. Happenings that nobody marked count
    nowhere.

    Args:
        paths: TOML files with `published` and `texts`, happenings marked as `{p|words}`.

    Returns:
        `status.macro_f1` of the marked words; `told.macro_f1` of the happenings told, and `told.found`, the share that
        is told at all; `planned_as_happened`, the share of marked plans that are told, or whose word is read, as done;
        `unreal_as_happened`, the same of everything that did not take place.
    """
    pairs = [pair for path in paths for pair in compared(path)]
    plans = [p for p in pairs if p.wanted[0] == "planned"]
    unreal = [p for p in pairs if not DONE & set(p.wanted)]
    return {
        "status.macro_f1": macro(pairs, read_of),
        "told.macro_f1": macro(pairs, told_of),
        "told.found": sum(bool(p.told) for p in pairs) / len(pairs),
        "planned_as_happened": sum(map(_done, plans)) / len(plans),
        "unreal_as_happened": sum(map(_done, unreal)) / len(unreal),
    }


def macro(pairs: Sequence[Pair], given: Given) -> float:
    """Mean of the F of all statuses."""
    return sum(f1(pairs, status, given) for status in STATUSES.values()) / len(STATUSES)


def f1(pairs: Sequence[Pair], status: str, given: Given) -> float:
    """F of one status over marked happenings; of several that a careful reader may give, the one given is wanted."""
    wanted = [given(p) if given(p) in p.wanted else p.wanted[0] for p in pairs]
    right = sum(w == status == given(p) for w, p in zip(wanted, pairs, strict=True))
    both = wanted.count(status) + sum(given(p) == status for p in pairs)
    return 2 * right / both if both else 1.0


def _done(pair: Pair) -> bool:
    return bool({*pair.told, pair.read} & {"happened"})


def compared(path: Path) -> list[Pair]:
    """Every marked happening beside what is read there."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [pair for number, text in enumerate(data["texts"]) for pair in _one(number, text, data["published"])]


def _one(number: int, marked: str, published: str) -> list[Pair]:
    text, wanted = marks.unmarked(marked)
    parse = nlp.parse(_report({"id": f"{number}", "text": text, "published": published}))
    who, when = entities.read(parse), times.read(parse)
    found = events.read(parse, who, when, quotations.read(parse, who))
    return [Pair(marked, tuple(STATUSES[x] for x in w.note), _read(parse, w), _told(found, w)) for w in wanted]


def _report(row: dict[str, Any]) -> Report:
    """The report of a sentence; what ends without a point is a headline."""
    report = rows.report(row)
    if row["text"][-1] in ".\"'":
        return report
    headline = Furniture(0, len(row["text"]), FurnitureKind.HEADLINE)
    return Report(msgspec.structs.replace(report.head, furniture=(headline,)), report.text)


def _read(parse: nlp.Parse, mark: marks.Mark) -> str:
    """The status of a mark's last noun, with the verb that carries it, else of its first word."""
    piece = parse.pieces[0]
    words = [t for t in piece.doc if t.idx < mark.end and t.idx + len(t) > mark.start]
    nouns = [t for t in words if t.pos_ in ("NOUN", "PROPN") and not t.tag_.startswith("VB")]
    headline = piece.kind is FurnitureKind.HEADLINE
    if nouns:
        carrier, _ = event_triggers.carrier_of(nouns[-1])
        status = modality.of_noun(nouns[-1], carrier, headline=headline).status
    else:
        status = modality.of_verb(words[0], headline=headline).status
    return status.value if status else ""


def _told(found: Iterable[EventMention], mark: marks.Mark) -> tuple[str, ...]:
    shared = [
        (min(m.trigger.end, mark.end) - max(m.trigger.start, mark.start), -m.trigger.start, m.status.value)
        for m in found
    ]
    return tuple(status for length, _, status in sorted(shared, reverse=True) if length > 0)


def errors(path: Path) -> list[str]:
    """What is read or told otherwise than a careful reader does, a line each, for whoever mends it."""
    return [
        f"{'/'.join(p.wanted)}: word read as {p.read or 'open'}, told as {told_of(p) or 'nothing'}: {p.text}"
        for p in compared(path)
        if p.read not in p.wanted or told_of(p) not in p.wanted
    ]


if __name__ == "__main__":
    where = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent / "modality_seen.toml"
    print("\n".join(errors(where)))
    print(figures(where))
