"""Predictor of the task `coref`: which given mentions tell of one happening, across reports.

Two mentions can be one happening only where our own grouping puts their reports into one story. There the explained
likeness of `fuse` speaks for each pair, and mentions are grouped by mean likeness.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import rows
from sketches import Reader, Vector, akin

from communique.cluster.features import features
from communique.cluster.likeness import Links
from communique.cluster.linkage import Bounds, Rules, average_link
from communique.cluster.stories import partition
from communique.fuse.likeness import Rarity, Ready, likeness, ready, table

type Row = dict[str, Any]


class Given(NamedTuple):
    """A given mention, prepared: its id, its sketch, and the direction of its naming word."""

    mention: str
    ready: Ready
    vector: Vector


class Stories(NamedTuple):
    """The given mentions by story, and how much each word tells."""

    mentions: dict[str, list[Given]]
    rarity: Rarity


def predict(reports: Iterable[Row], mentions: Iterable[Row]) -> Iterator[dict[str, str]]:
    """One line a mention: `{"mention", "chain"}`.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
        mentions: rows with `mention`, `report`, `start`, `end` and `text`, in code points; `parts` where in pieces.
    """
    stories = prepared(reports, mentions)
    for story, given in stories.mentions.items():
        for number, group in enumerate(grouped(given, stories.rarity)):
            yield from ({"mention": m, "chain": f"{story}:{number}"} for m in group)


def prepared(reports: Iterable[Row], mentions: Iterable[Row]) -> Stories:
    """Read the reports, group them into stories, sketch the mentions; sorted, whatever order they come in."""
    given = sorted(mentions, key=lambda row: (row["report"], row["start"], row["mention"]))
    read = sorted(reports, key=lambda row: row["id"])
    groups = partition([features(rows.named(row)) for row in read])
    story = {member.report: group[0].report for group in groups for member in group}
    readers = {row["id"]: Reader(rows.report(row)) for row in read}
    rarity = Rarity(reader.words() for reader in readers.values())
    out: dict[str, list[Given]] = {}
    for row in given:
        sketch, vector = readers[row["report"]].sketch(row)
        out.setdefault(story[row["report"]], []).append(Given(row["mention"], ready(sketch, rarity), vector))
    return Stories(dict(sorted(out.items())), rarity)


def grouped(given: Sequence[Given], rarity: Rarity) -> list[list[str]]:
    """The mentions of one story in groups of one happening each."""
    pairs = list(itertools.combinations(range(len(given)), 2))
    scores = [_score(given[one], given[other], rarity) for one, other in pairs]
    return [[given[n].mention for n in group] for group in linked(len(given), pairs, scores, table().least)]


def linked(
    count: int, pairs: Sequence[tuple[int, int]], scores: Sequence[float], least: float
) -> Sequence[Sequence[int]]:
    """Members in groups of mean likeness `least` and more."""
    places = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    links = Links(places[:, 0], places[:, 1], np.array(scores, dtype=np.float64))
    rules = Rules(least=least, cohesion=0.0, size=2, window=1)
    return average_link([[n] for n in range(count)], links, [Bounds()] * count, rules)


def _score(one: Given, other: Given, rarity: Rarity) -> float:
    return likeness(one.ready, other.ready, rarity, akin(one.vector, other.vector)).score
