"""Stories as people ruled on them."""

import pytest

from communique.cluster.features import Features
from communique.cluster.reuse import Shared
from communique.cluster.rulings import Rulings, ruled


def groups(*held: str) -> list[list[Features]]:
    return [[Features(report=r) for r in group] for group in held]


@pytest.mark.parametrize(
    ("rulings", "told"),
    [
        ((), ["ab", "cd", "e"]),
        (((True, ("b", "e")),), ["abe", "cd"]),
        (((True, ("a", "c", "e")),), ["abcde"]),
        (((False, ("a", "b")),), ["a", "b", "cd", "e"]),
        (((False, ("a", "c")),), ["ab", "cd", "e"]),
        (((True, ("a", "b")), (False, ("a", "b"))), ["ab", "cd", "e"]),
        (((False, ("a", "b")), (True, ("b", "a"))), ["a", "b", "cd", "e"]),
        (((False, ("a", "c")), (True, ("b", "c"))), ["ab", "cd", "e"]),
        (((True, ("a", "x")), (False, ("y", "c"))), ["ab", "cd", "e"]),
    ],
)
def test_rulings_partition_the_reports_anew(rulings: Rulings, told: list[str]) -> None:
    """Put together, parted; the newest ruling, which stands first, wins; reports that are not there are passed over."""
    found = ruled(groups("ab", "cd", "e"), (), rulings)
    assert ["".join(r.report for r in group) for group in found] == told


def test_a_report_leaves_with_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is parted from a story takes along what was copied from it."""
    pairs = [("b", "c"), ("c", "d")]
    monkeypatch.setattr("communique.cluster.rulings.copies", lambda _reports, _found: pairs)
    shared: tuple[Shared, ...] = ()
    found = ruled(groups("abcde"), shared, [(False, ("a", "b"))])
    assert ["".join(r.report for r in group) for group in found] == ["ae", "bcd"]
