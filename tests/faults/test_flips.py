"""A flipped bit in a really built database is noticed wherever it alters what is stored (promise R7)."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique import api
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store

if TYPE_CHECKING:
    from conftest import Damage

type Count = Callable[[int, int], int]
type Figure = Callable[[str], None]

pytestmark = pytest.mark.promise("R7")
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
    seed: int, ruled: Path, damage: "type[Damage]", tmp_path: Path, count: Count, figure: Figure
) -> None:
    """Texts, spans, claims, facts, rulings: no altered row passes; a failure prints its seed."""
    before = damage.rows(ruled)
    altered, flips = 0, count(50, 500)
    for place, path in damage.flips(ruled.read_bytes(), tmp_path, seed, flips):
        if damage.rows(path) != before:
            altered += 1
            assert damage.kinds(path), place
    assert altered > flips // 5, f"seed {seed}"
    figure(f"{flips} flipped bits (seed {seed}): {altered} altered a row, all of them noticed")


def test_clean_copies_raise_no_alarm(ruled: Path, tmp_path: Path, count: Count, figure: Figure) -> None:
    """Copies of a sound database, and nothing is found."""
    for number in range(count(20, 1_000)):
        path = Path(shutil.copy(ruled, tmp_path / f"{number}.db"))
        with api.open(path, read_only=bool(number % 2)) as c:
            assert c.verify().findings == ()
        path.unlink()
    figure(f"{count(20, 1_000)} sound copies: 0 alarms")
