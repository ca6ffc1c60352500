"""Mentions of people, offices and bodies that are found, their kinds, and which of them are taken for one entity."""

import re
import tomllib
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import NamedTuple

from communique.annotate import entities, nlp
from communique.ingest.read import read
from communique.ingest.sources import Source
from communique.model.mentions import EntityMention

_MARK = re.compile(r"\{([a-z])(\d+)\|([^}]*)\}")
KINDS = {"p": "person", "b": "body", "c": "country", "l": "place", "f": "forum"}


class Wanted(NamedTuple):
    """A mention that a person marked: offsets in the plain text, kind, and the entity's number."""

    start: int
    end: int
    kind: str
    entity: str


class Pair(NamedTuple):
    """A marked mention and what was found there: kind and entity, None where nothing was."""

    text: str
    wanted: Wanted
    words: str
    found: EntityMention | None


def figures(path: Path) -> dict[str, float]:
    """Mention recall, kind accuracy among those found, B-cubed F of the clusters; the same for persons alone.

    Args:
        path: TOML file with `texts`, mentions marked as `{p1|words}`.
    """
    pairs = compared(path)
    out = _figures(pairs)
    persons = _figures([p for p in pairs if p.wanted.kind == "person"])
    return out | {"persons.recall": persons["mention.recall"], "persons.bcubed": persons["bcubed"]}


def compared(path: Path) -> list[Pair]:
    """Every marked mention beside what the reader finds there."""
    texts = tomllib.loads(path.read_text(encoding="utf-8"))["texts"]
    return [pair for number, marked in enumerate(texts) for pair in _one(f"{number}", marked)]


def _one(number: str, marked: str) -> list[Pair]:
    text, wanted = unmarked(marked)
    report = read(Source(number, text.encode())).report
    if report is None:
        return [Pair(number, w, text[w.start : w.end], None) for w in wanted]
    found = entities.read(nlp.parse(report)).mentions
    return [Pair(number, w, text[w.start : w.end], _there(found, w, text)) for w in wanted]


def unmarked(marked: str) -> tuple[str, list[Wanted]]:
    """A text without its marks, and the mentions that they marked."""
    text, wanted, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        wanted.append(Wanted(len(text), len(text) + len(mark[3]), KINDS[mark[1]], mark[2]))
        text += mark[3]
        at = mark.end()
    return text + marked[at:], wanted


def _there(found: Sequence[EntityMention], wanted: Wanted, text: str) -> EntityMention | None:
    """The mention with the same words, an article or a title before them apart."""
    for mention in found:
        start, end = mention.span.start, mention.span.end
        if end == wanted.end and _bare(text[start:end]) == _bare(text[wanted.start : wanted.end]):
            return mention
    return None


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|ambassador|sheikh|ratu) ", "", words.casefold())


def _figures(pairs: Sequence[Pair]) -> dict[str, float]:
    found = [p for p in pairs if p.found]
    right = [p for p in found if p.found and p.found.kind.value == p.wanted.kind]
    return {
        "mention.recall": len(found) / len(pairs),
        "kind.accuracy": len(right) / len(found) if found else 0.0,
        "bcubed": bcubed(
            [(p.text, p.wanted.entity) for p in pairs],
            [(p.text, p.found.entity) if p.found else (p.text, n) for n, p in enumerate(pairs)],
        ),
    }


def bcubed(gold: Sequence[Hashable], system: Sequence[Hashable]) -> float:
    """B-cubed F of two clusterings of the same things, each given as the cluster of every thing.

    Bagga and Baldwin, 1998: precision and recall of each thing's cluster, averaged over the things.
    """
    if not gold:
        return 0.0
    places: dict[tuple[str, Hashable], set[int]] = {}
    for place, (one, other) in enumerate(zip(gold, system, strict=True)):
        places.setdefault(("gold", one), set()).add(place)
        places.setdefault(("system", other), set()).add(place)
    precision = recall = 0.0
    for one, other in zip(gold, system, strict=True):
        true, told = places["gold", one], places["system", other]
        precision += len(true & told) / len(told)
        recall += len(true & told) / len(true)
    return 2 * precision * recall / (precision + recall) / len(gold)


def errors(path: Path) -> list[str]:
    """What is missed, of another kind, or in another cluster, a line each, for whoever mends it."""
    pairs = compared(path)
    lines = [f"{p.text}: missed {p.words!r}" for p in pairs if not p.found]
    lines += [
        f"{p.text}: {p.words!r} is {p.found.kind.value}, not {p.wanted.kind}"
        for p in pairs
        if p.found and p.found.kind.value != p.wanted.kind
    ]
    for n, one in enumerate(pairs):
        for other in pairs[n + 1 :]:
            if one.text == other.text and one.found and other.found:
                same = one.found.entity == other.found.entity
                if same != (one.wanted.entity == other.wanted.entity):
                    lines.append(f"{one.text}: {one.words!r} and {other.words!r} {'merged' if same else 'split'}")
    return lines


if __name__ == "__main__":
    here = Path(__file__).parent / "names.toml"
    print("\n".join(errors(here)))
    print(figures(here))
