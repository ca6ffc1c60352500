"""Quotation marks, read on characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.quotemarks import quoted


def words(text: str) -> list[str]:
    """The quoted words, the pieces of one quotation parted by a bar."""
    return [" | ".join(text[a:b] for a, b in q.pieces) for q in quoted(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('She said "we agree" and left.', ["we agree"]),
        ("She said “we agree” and left.", ["we agree"]),
        ("She said «we agree» and left.", ["we agree"]),
        ("She said „we agree“ and left.", ["we agree"]),
        ("She said ‘we agree’ and left.", ["we agree"]),
        ("She said 'we agree' and left.", ["we agree"]),
        ("“He told me ‘never’ twice,” she said.", ["He told me ‘never’ twice,"]),
        ("‘He told me “never” twice,’ she said.", ["He told me “never” twice,"]),
        ('"One," she said. "Two."', ["One,", "Two."]),
        ("The ministers' plan isn't Peru's, and '90s music won't help.", []),
        ("the ‘Grow in Chile’ plan and the ‘Blue Coast’ fund", ["Grow in Chile", "Blue Coast"]),
        ("‘The ministers’ plan is sound,’ he said.", ["The ministers’ plan is sound,"]),
        ("No marks at all.", []),
        ('""', []),
    ],
)
def test_marks_of_every_family_are_paired_and_apostrophes_are_not(text: str, said: list[str]) -> None:
    """Straight, curly, low, angular and single marks pair; nested ones belong to what holds them."""
    assert words(text) == said


def test_a_paragraph_that_begins_with_a_mark_goes_on_with_the_quotation() -> None:
    """The old printers' rule: every paragraph opens, only the last one closes."""
    text = "“First paragraph.\n\n“Second paragraph.\n\n“Third,” he said."
    assert words(text) == ["First paragraph. | Second paragraph. | Third,"]
    assert quoted(text)[0].closed


def test_a_paragraph_that_only_closes_goes_on_with_the_quotation() -> None:
    """A quotation broken by a blank line without a new mark is one quotation."""
    assert words("He wrote. “We met today.\n\nWe agreed on fish,” he posted.") == ["We met today. | We agreed on fish,"]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph() -> None:
    """A missing mark does not swallow the rest of the report."""
    found = quoted("He said: “We met today.\n\nThe weather was fine.\n\n“Yes,” she said.")
    assert [(q.closed, q.pieces) for q in found] == [(False, ((10, 23),)), (True, ((49, 53),))]


def test_a_missing_mark_gives_way_to_a_closed_pair_after_it() -> None:
    """What is properly quoted after a stray mark is still found."""
    assert words("“A stray mark, she said. “We agree,” he said.") == ["A stray mark, she said.", "We agree,"]


def test_parts_without_a_line_break_between_them_are_one_paragraph() -> None:
    """Parts cut for the parser's sake do not part a quotation."""
    text = "“We agree. We sign,” he said."
    assert [q.pieces for q in quoted(text, [(0, 10), (11, len(text))])] == [((1, 19),)]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ['"', "“", "’", "'a ", '“"«', "“a\n", '”"', '"a" '])
def test_a_hundred_thousand_marks_are_read_to_their_end(unit: str) -> None:
    """Hostile runs of marks give pieces inside the text, or none."""
    text = unit * 100_000
    assert all(0 <= a < b <= len(text) for q in quoted(text) for a, b in q.pieces)


@given(st.text(alphabet="ab.,\n \"'“”‘’«»„", max_size=200))
def test_quotations_lie_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, the quotations are in order, apart, and hold unblank pieces."""
    at = 0
    for found in quoted(text):
        assert at <= found.start < found.end <= len(text)
        assert all(found.start <= a < b <= found.end and text[a:b].strip() for a, b in found.pieces)
        at = found.end


def test_two_single_marks_are_one_double_mark() -> None:
    """Some wires print ''words'' for quoted words; an apostrophe inside is none of them."""
    text = "''The ministers' plan isn't dead,'' she said. ``Not yet,'' he added."
    first = quoted(text)[0]
    assert (first.start, text[slice(*first.pieces[0])]) == (0, "The ministers' plan isn't dead,")
    assert first.end == text.index(" she said")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ['"' * 1_000_000, "“" * 10_000 + "a" + "”" * 10_000, "“‘«'" * 25_000, "'a ' " * 25_000]
)
def test_nested_and_mixed_marks_are_read_to_their_end(text: str) -> None:
    """A million marks of one kind, a hundred thousand mixed or nested ten thousand deep, cost no recursion."""
    assert all(0 <= a < b <= len(text) for q in quoted(text) for a, b in q.pieces)
