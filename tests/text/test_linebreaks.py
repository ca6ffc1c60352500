"""Lines of a text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from communique.text.linebreaks import lines


def test_every_kind_of_break_ends_a_line() -> None:
    """Carriage returns, line feeds, both together and the Unicode separators each end one line."""
    assert [line.text for line in lines("a\r\nb\rc\nd\u2028e\u2029f")] == list("abcdef")


def test_blank_lines_are_known() -> None:
    """A line of no-break blanks is as blank as an empty one."""
    assert [line.blank for line in lines("\n\xa0\nx")] == [True, True, False]


@given(st.text(alphabet="ab \xa0\r\n\u2028"))
def test_offsets_hold(text: str) -> None:
    """What a line says is what stands at its place, and lines run in order."""
    found = list(lines(text))
    assert all(text[line.start : line.end] == line.text for line in found)
    assert all(one.end < two.start or one.end + 1 == two.start for one, two in pairwise(found))
