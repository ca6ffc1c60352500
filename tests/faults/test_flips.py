"""A flipped bit in a really built database is noticed wherever it alters what is stored (promise R7, small)."""

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique import api
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store

if TYPE_CHECKING:
    from conftest import Damage

FRESH = random.SystemRandom().randrange(1 << 32)


@pytest.fixture
def ruled(example_copy: Path) -> Path:
    """A closed database of the examples with rulings."""
    with Store.open(example_copy) as store:
        for note in "ab":
            with store.writer("decide") as writer:
                writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note=note))
    return example_copy


@pytest.mark.parametrize("seed", [20_240_514, FRESH], ids=["fixed", "fresh"])
def test_every_flip_that_alters_a_row_is_noticed(
    seed: int, ruled: Path, damage: "type[Damage]", tmp_path: Path
) -> None:
    """Texts, spans, claims, facts, rulings: no altered row passes; a failure prints its seed."""
    before = damage.rows(ruled)
    altered = 0
    for place, path in damage.flips(ruled.read_bytes(), tmp_path, seed, 50):
        if damage.rows(path) != before:
            altered += 1
            assert damage.kinds(path), place
    assert altered > 10, f"seed {seed}"


def test_clean_copies_raise_no_alarm(ruled: Path, tmp_path: Path) -> None:
    """Twenty copies of a sound database, and nothing is found."""
    for number in range(20):
        path = Path(shutil.copy(ruled, tmp_path / f"{number}.db"))
        with api.open(path, read_only=bool(number % 2)) as c:
            assert c.verify().findings == ()
