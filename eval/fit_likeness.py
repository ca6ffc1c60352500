#!/usr/bin/env python3
"""Fit the weights of `data/likeness.toml` on a set of the coref task, and say how well they do on topics unseen.

    fit_likeness.py FOLDER [--folds 5] [--out FOLDS.jsonl] [--bare]

FOLDER holds `reports.jsonl`, `mentions.jsonl`, `gold.jsonl`, and `blocks.jsonl`, of which only the topics are read,
and only to part the folds: what is linked is blocked by our own stories. Prints the weights fitted on everything, for
the table, and writes the answers of folds whose topics the weights had not seen, for the scorer.
"""

import argparse
import itertools
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
import predict_coref
from predict import lines
from sketches import akin

from communique.fuse.likeness import observed, table
from communique.text import families

type Floats = npt.NDArray[np.float64]

PENALTY = 10.0
"""Ridge penalty on every weight but the constant one."""
ROUNDS = 30


class Story(msgspec.Struct):
    """One story: its mentions, its pairs, what is observed of each, and whether they are one happening."""

    mentions: list[str]
    pairs: list[tuple[int, int]]
    seen: Floats
    same: Floats
    topic: str


def main() -> None:
    """Read, fit by fold, fit on everything, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("FOLDS.jsonl"))
    parser.add_argument("--bare", action="store_true", help="without the rows of data/word_families.toml")
    args = parser.parse_args()
    if args.bare:
        families._table = lambda: ({}, {})  # noqa: SLF001 - an experiment, not a setting
    stories = observed_in(args.folder)
    topics = sorted({s.topic for s in stories})
    with args.out.open("wb") as out:
        for fold in range(args.folds):
            unseen = set(topics[fold :: args.folds])
            weights = fitted([s for s in stories if s.topic not in unseen])
            for story in (s for s in stories if s.topic in unseen):
                out.writelines(msgspec.json.encode(row) + b"\n" for row in answers(story, weights))
    print("[weights]")
    for name, weight in zip(names(), fitted(stories), strict=True):
        print(f'"{name}" = {weight:.2f}')


def names() -> list[str]:
    """The observations in the order of the columns."""
    return list(table().weights)


def observed_in(folder: Path) -> list[Story]:
    """What is observed of every pair of mentions in one story."""
    topic = {row["report"]: row["topic"] for row in lines(folder / "blocks.jsonl")}
    chain = {row["mention"]: row["chain"] for row in lines(folder / "gold.jsonl")}
    report = {row["mention"]: row["report"] for row in lines(folder / "mentions.jsonl")}
    stories = predict_coref.prepared(lines(folder / "reports.jsonl"), lines(folder / "mentions.jsonl"))
    out = []
    for given in stories.mentions.values():
        pairs = list(itertools.combinations(range(len(given)), 2))
        rows = []
        for a, b in pairs:
            near = akin(given[a].vector, given[b].vector)
            seen = {"always": 1.0, **observed(given[a].ready, given[b].ready, stories.rarity, near)}
            rows.append([seen[name] for name in names()])
        same = [chain[given[a].mention] == chain[given[b].mention] for a, b in pairs]
        often = Counter(topic[report[g.mention]] for g in given).most_common(1)[0][0]
        seen_all = np.array(rows, dtype=np.float64).reshape(-1, len(names()))
        out.append(Story([g.mention for g in given], pairs, seen_all, np.array(same, dtype=np.float64), often))
    return out


def fitted(stories: list[Story]) -> Floats:
    """Weights of a logistic regression over all pairs; a story counts by its mentions, not by their square."""
    seen, same = np.vstack([s.seen for s in stories]), np.concatenate([s.same for s in stories])
    counts = np.concatenate([np.full(len(s.same), 1 / len(s.mentions)) for s in stories])
    counts /= counts.mean()
    ridge = PENALTY * np.eye(seen.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(seen.shape[1])
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-np.clip(seen @ weights, -30, 30)))
        slope = seen.T @ (counts * (same - told)) - ridge @ weights
        curve = (seen * (counts * told * (1 - told))[:, None]).T @ seen + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def answers(story: Story, weights: Floats) -> list[dict[str, str]]:
    """The story's mentions in groups, in the form of the task."""
    scores = 1 / (1 + np.exp(-(story.seen @ weights)))
    groups = predict_coref.linked(len(story.mentions), story.pairs, scores.tolist(), table().least)
    label = story.mentions[0]
    return [
        {"mention": story.mentions[n], "chain": f"{label}/{number}"}
        for number, group in enumerate(groups)
        for n in group
    ]


if __name__ == "__main__":
    main()
