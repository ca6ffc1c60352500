"""Groups that grow by joining."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communique.fuse.groups import Groups

PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12)


def test_joined_keys_share_a_root() -> None:
    """The smallest key stands for a group."""
    groups = Groups("abc")
    assert groups.join("c", "b", "why")
    assert groups.root("c") == "b"
    assert list(groups) == [("a",), ("b", "c")]
    assert groups.reasons[0].rule == "why"


def test_what_must_stay_apart_stays_apart() -> None:
    """A ban holds for everything that joins either side later."""
    groups = Groups("abcd")
    groups.keep_apart("a", "b")
    groups.join("b", "c", "")
    assert not groups.join("a", "c", "")
    assert groups.join("a", "d", "")


@given(PAIRS)
def test_the_order_of_joins_makes_no_difference(pairs: Any) -> None:
    """The same joins in any order give the same groups."""
    one, other = Groups("abcdef"), Groups("abcdef")
    for a, b in pairs:
        one.join(a, b, "")
    for a, b in reversed(pairs):
        other.join(b, a, "")
    assert list(one) == list(other)
    assert sorted(m for group in one for m in group) == list("abcdef")


@given(PAIRS, st.tuples(st.sampled_from("abc"), st.sampled_from("def")))
def test_a_ban_is_never_broken(pairs: Any, ban: Any) -> None:
    """Whatever is joined after a ban, its two sides end in different groups."""
    groups = Groups("abcdef")
    groups.keep_apart(*ban)
    for a, b in pairs:
        groups.join(a, b, "")
    assert groups.root(ban[0]) != groups.root(ban[1])
