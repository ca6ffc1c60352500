"""Lines as the furniture rules see them."""

import pytest

from communique.ingest.furniture_layout import Block, label, lay_out


def block(text: str) -> Block:
    """A block of its own."""
    return Block(0, len(text), text, gap=True)


def test_the_stamp_is_apart_from_the_first_line() -> None:
    """The first block begins after the collector's stamp."""
    text = " date 2020-05-04 Suva: words\n\n  next  "
    layout = lay_out(text)
    assert [(b.text, b.gap) for b in layout.blocks] == [("Suva: words", True), ("next", True)]
    assert all(text[b.start : b.end] == b.text for b in layout.blocks)


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("They met in Suva on Monday and signed.", True),
        ("They met.", False),
        ("“We met in Suva on Monday, he said.”", True),
        ("A Headline Without a Stop", False),
        ("Friends, colleagues,", True),
        ("word " * 60, True),
    ],
)
def test_prose(line: str, *, prose: bool) -> None:
    """A closed line of some words, a very long one, or an address to an audience is running text."""
    assert block(line.strip()).prose is prose


def test_titled() -> None:
    """Seven in ten of the long words of a title have a capital."""
    assert block("A New Pier for the Northern Coast").titled
    assert not block("A new pier for the northern coast").titled


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("PRIME MINISTER: Welcome.", "PRIME MINISTER"),
        ("President of Fiji Ana Lau: Friends,", "President of Fiji Ana Lau"),
        ("Ana Lau (interpreted): Friends,", "Ana Lau (interpreted)"),
        ("He said: no", None),
        ("At 10:30 they met", None),
    ],
)
def test_labels(line: str, name: str | None) -> None:
    """A run of capitalised words before a colon is a speaker's label."""
    assert label(line) == name


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("MINISTER LAU: Welcome.\n\nMINISTER SESAY: Thank you.", True),
        ("President of Fiji Ana Lau: Friends, colleagues,\n\nWelcome.", True),
        ("Q Will you go?\n\nQ When?", True),
        ("Suva: They met.\n\nThey signed.", False),
        ("Trade: A New Start\n\nThey signed.", False),
    ],
)
def test_transcripts_are_known_by_their_labels(text: str, *, speech: bool) -> None:
    """Several labels, or one with an address to an audience, make a transcript."""
    assert lay_out(text).speech is speech
