"""What was changed between two versions of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.changes import changes

OLD = "The envoys met in Sarn on 10 December. Brenn said the bridge will open in May. They left."


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("10 December", "11 December"), [("10", "11")]),
        (("will open", "may open"), [("will", "may")]),
        ((" They left.", ""), [("They left.", "")]),
        ((" They left.", " They left. Nobody spoke."), [("", "Nobody spoke.")]),
        (("The envoys", "Both envoys"), [("The", "Both")]),
        (("met in Sarn on", "met on"), [("in Sarn", "")]),
    ],
)
def test_words_that_went_and_words_that_came(edit: tuple[str, str], told: list[tuple[str, str]]) -> None:
    """Each change has both, and the words around it; equal words are never told."""
    new = OLD.replace(*edit)
    found = changes(OLD, new)
    assert [(c.removed, c.added) for c in found] == told
    for change in found:
        assert new[change.start : change.end].split() == change.added.split()


def test_a_change_shows_its_surroundings() -> None:
    """A few words before and after."""
    [change] = changes(OLD, OLD.replace("May", "June"))
    assert (change.before, change.after) == ("bridge will open in", ".")


@pytest.mark.parametrize("new", [OLD, OLD.replace(" ", "\n"), f"\n{OLD}  "])
def test_blanks_do_not_count(new: str) -> None:
    """A text that was only wrapped anew was not changed."""
    assert changes(OLD, new) == ()


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_changes_stand_where_they_say(old: str, new: str) -> None:
    """What came stands in the newer text; without a change the words are the same."""
    found = changes(old, new)
    for change in found:
        assert " ".join(new[change.start : change.end].split()) == change.added
    if not found:
        assert old.split() == new.split() or "".join(old.split()) == "".join(new.split())


def test_long_texts_are_compared_in_parts() -> None:
    """One word in twenty thousand."""
    long = " ".join(f"Sentence number {n} says so." for n in range(4000))
    [change] = changes(long, long.replace("number 3000 says", "number 3000 denies"))
    assert (change.removed, change.added) == ("says", "denies")
