#!/usr/bin/env python3
"""What each threshold moves: every number that a room names, halved and doubled, against our own data.

    thresholds.py                       every threshold of the rooms that read, group and fuse
    thresholds.py annotate.events ...   those of some modules

A threshold is a module's name in capitals for a number. Each report is parsed once; then every threshold is set to half
and to twice its value, in turn and alone, and the figures of our own sets are taken again. What moved nothing here is a
bound on effort, or a number that our data do not try. No figure of a development set is looked at, so that nothing can
be tuned on one.
"""

import argparse
import ast
import contextlib
import functools
import gc
import importlib
import io
import json
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeGuard

import facts
import modality
import names
import own_times
import planted
import statements

import run
from communique import api

HERE = Path(__file__).parent
ROOMS = ("text", "annotate", "cluster", "fuse")
#: Functions whose stored answers do not depend on a threshold, and cost much to make again.
_KEPT = ("communique.annotate.nlp", "communique.annotate.lean", "communique.annotate.vectors")

type Figures = dict[str, float]
type Number = int | float


class Threshold(NamedTuple):
    """A named number of a module."""

    module: str
    name: str
    value: Number

    @property
    def tried(self) -> tuple[Number, ...]:
        """Half of it and twice as much; of a whole number at least one less and one more."""
        if isinstance(self.value, int):
            return tuple(dict.fromkeys((min(self.value // 2, self.value - 1), max(self.value * 2, self.value + 1))))
        return self.value / 2, self.value * 2


class Moved(NamedTuple):
    """A threshold set otherwise: the facts told otherwise, the figures that rose and fell, the one that moved most."""

    threshold: Threshold
    tried: Number
    facts: int
    better: int
    worse: int
    most: str

    @property
    def row(self) -> str:
        """A row of the table."""
        name = f"`{self.threshold.module.removeprefix('communique.')}.{self.threshold.name}`"
        cells = (name, self.threshold.value, self.tried, self.facts, f"{self.better}, {self.worse}", self.most)
        return f"| {' | '.join(map(str, cells))} |"


def thresholds(prefixes: tuple[str, ...] = ()) -> Iterator[Threshold]:
    """Every threshold of the rooms, by module and name; with `prefixes`, of the modules that begin so."""
    for room in ROOMS:
        package = importlib.import_module(f"communique.{room}")
        for found in pkgutil.iter_modules(package.__path__, f"communique.{room}."):
            if not prefixes or found.name.removeprefix("communique.").startswith(prefixes):
                yield from _of(importlib.import_module(found.name))


def _of(module: ModuleType) -> Iterator[Threshold]:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for name in (t.id for each in targets for t in ast.walk(each) if isinstance(t, ast.Name)):
            value = getattr(module, name, None)
            if name.isupper() and type(value) in (int, float):
                yield Threshold(module.__name__, name, value)


def _is_set(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


@contextlib.contextmanager
def set_to(threshold: Threshold, value: Number) -> Iterator[None]:
    """A threshold at another value, in its module and wherever it was imported to."""
    holders = [m for name, m in list(sys.modules.items()) if name.startswith("communique.") and _holds(m, threshold)]
    for module in holders:
        setattr(module, threshold.name, value)
    _forget()
    try:
        yield
    finally:
        for module in holders:
            setattr(module, threshold.name, threshold.value)
        _forget()


def _holds(module: ModuleType, threshold: Threshold) -> bool:
    """Whether a module is the threshold's own, or imported it."""
    if module.__name__ == threshold.module:
        return True
    shared = not threshold.name.startswith("_") and vars(module).get(threshold.name) is threshold.value
    return shared and threshold.name not in {t.name for t in _of(module)}


def _forget() -> None:
    """Drop every stored answer that a threshold may have made."""
    for each in _cached():
        each.cache_clear()


@functools.cache
def _cached() -> tuple[Any, ...]:
    kind = type(functools.cache(len))
    every = (x for x in gc.get_objects() if isinstance(x, kind))
    ours = (x for x in every if str(getattr(x, "__module__", "")).startswith("communique."))
    return tuple(x for x in ours if not str(x.__module__).startswith(_KEPT))


def figures() -> Figures:
    """Every figure of our own sets, errors counted as losses."""
    sets: Mapping[str, Figures] = {
        "examples": facts.figures(HERE / "examples.toml", api.examples()),
        **{
            name: facts.figures(HERE / f"{file}.toml")
            for name, file in (
                ("sessions", "sessions"),
                ("official", "official"),
                ("fisheries", "cluster_fisheries"),
                ("trade", "cluster_trade"),
            )
        },
        "names": names.figures(HERE / "names.toml"),
        "statements": statements.figures(HERE / "statements.toml"),
        "times": own_times.figures(HERE / "times.toml"),
        "modality": modality.figures(HERE / "modality_seen.toml"),
        "planted": planted.figures(HERE / "planted.toml"),
    }
    return {f"{name} {metric}": value for name, some in sets.items() for metric, value in some.items()}


#: Sections whose facts are counted as told otherwise.
SECTIONS = ("actors", "commitments", "disagreements", "events", "series", "statements")


class Told:
    """Has every record read in this process, and gathers what they tell while figures are taken."""

    def __init__(self) -> None:
        """Listen to every export."""
        self.facts: set[bytes] = set()
        export = api.Communique.export

        def gathering(c: api.Communique) -> bytes:
            raw = export(c)
            record = json.loads(raw)
            told = ((name, fact) for name in SECTIONS for fact in record[name])
            self.facts |= {json.dumps(each, sort_keys=True).encode() for each in told}
            return raw

        api.Communique.export = gathering  # type: ignore[assignment,method-assign]
        api.Communique.add = functools.partialmethod(api.Communique.add, workers=0)  # type: ignore[assignment]

    def take(self) -> tuple[Figures, set[bytes]]:
        """The figures, and the facts that were told."""
        self.facts = set()
        with contextlib.redirect_stdout(io.StringIO()):
            found = figures()
        return found, self.facts


def moved(chosen: Iterable[Threshold]) -> Iterator[Moved]:
    """Every threshold set otherwise, in turn and alone."""
    told = Told()
    told.take()  # fills the memory of parsed paragraphs
    base, facts_told = told.take()
    for threshold in chosen:
        for value in threshold.tried:
            with set_to(threshold, value):
                try:
                    found, facts_now = told.take()
                except Exception as error:  # noqa: BLE001 - a number that the code cannot bear is told, and the next one tried
                    yield Moved(threshold, value, 0, 0, 0, f"breaks: {type(error).__name__}: {error}")
                    continue
            yield _compared(threshold, value, (base, facts_told), (found, facts_now))


def _compared(
    threshold: Threshold, value: Number, before: tuple[Figures, set[bytes]], after: tuple[Figures, set[bytes]]
) -> Moved:
    gains = {m: (before[0][m] - v if run.counts(m) else v - before[0][m]) for m, v in after[0].items()}
    better, worse = (sum(sign * gain > _LEAST for gain in gains.values()) for sign in (1, -1))
    most = max(gains, key=lambda m: abs(gains[m]))
    shown = f"{most} {before[0][most]:.3f} to {after[0][most]:.3f}" if better or worse else ""
    return Moved(threshold, value, len(before[1] ^ after[1]), better, worse, shown)


#: Less than that is no movement of a figure.
_LEAST = 1e-9


def main() -> None:
    """Move every threshold that is asked for, and print what that moved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="beginnings of modules, such as annotate.events")
    args = parser.parse_args()
    print("| threshold | value | set to | facts told otherwise | figures better, worse | most |")
    print("|---|---|---|---|---|---|")
    for each in moved(list(thresholds(tuple(args.modules)))):
        print(each.row, flush=True)


if __name__ == "__main__":
    main()
