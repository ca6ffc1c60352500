"""Counting independent newsroom texts."""

from communique.fuse.origins import Origins
from communique.model.record import Story


def test_copies_count_once() -> None:
    """Reports of one origin group are one witness, however many they are."""
    origins = Origins([Story(id="a", title="", reports=("a", "b", "c"), origins=(("a", "c"), ("b",)))])
    assert origins.count(["a", "b", "c"]) == 2
    assert origins.count(["a", "c"]) == 1
    assert origins.story("c") == "a"


def test_a_report_in_no_story_stands_alone() -> None:
    """A report that no story holds is its own story and origin."""
    origins = Origins([])
    assert origins.story("x") == "x"
    assert origins.count(["x", "y"]) == 2
