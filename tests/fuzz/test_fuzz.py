"""Mutated inputs of every format: no exception, no hang, no blow-up, nothing lost in silence."""

import random
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "fuzz"))  # the scripts of `./dev fuzz`; workers take the path over

import mutants
import seeds

FRESH = 25


def test_there_are_enough_seeds() -> None:
    """Each reader has at least 50 different files to be mutated."""
    assert {reader: len(set(seeds.seeds(reader))) >= 50 for reader in seeds.MAKERS} == dict.fromkeys(seeds.MAKERS, True)


def test_five_hundred_mutated_inputs_of_every_reader_keep_the_promises() -> None:
    """The same sample on every change: 500 of each reader."""
    tallies = list(mutants.run(list(seeds.MAKERS), mutants.COUNT, "communique"))
    assert [line for t in tallies for line in t.wrong] == []
    assert [t.reader for t in tallies if not t.reports or not t.told] == []


def test_a_fresh_sample_keeps_the_promises() -> None:
    """A small sample that is another one in every run; its seed is printed with what it finds."""
    seed = f"{random.SystemRandom().randrange(1 << 32):08x}"
    assert [line for t in mutants.run(list(seeds.MAKERS), FRESH, seed) for line in t.wrong] == []
