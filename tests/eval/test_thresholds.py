"""Thresholds are found by their names, moved one at a time, and put back."""

import pytest
import thresholds

from communique.fuse import drift


def test_every_named_number_of_a_module_is_found() -> None:
    """In the order of the text, numbers alone."""
    found = list(thresholds.thresholds(("fuse.drift",)))
    assert [(t.name, t.value) for t in found][:1] == [("_GAP", vars(drift)["_GAP"])]
    assert all(type(t.value) in (int, float) for t in found)


@pytest.mark.parametrize(("value", "tried"), [(2, (1, 4)), (1, (0, 2)), (9, (4, 18)), (0.5, (0.25, 1.0))])
def test_half_and_twice_are_tried(value: float, tried: tuple[float, ...]) -> None:
    """Of a whole number at least one less and one more."""
    assert thresholds.Threshold("m", "N", value).tried == tried


def test_a_threshold_is_put_back_whatever_happens() -> None:
    """Also where the number cannot be borne."""
    (gap,) = (t for t in thresholds.thresholds(("fuse.drift",)) if t.name == "_GAP")
    seen = []

    def work() -> None:
        with thresholds.set_to(gap, 99):
            seen.append(vars(drift)["_GAP"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert seen == [99]
    assert vars(drift)["_GAP"] == gap.value
