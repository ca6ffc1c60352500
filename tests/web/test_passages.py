"""A report's text on the page: every character is there, at its own offset, whatever overlaps it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model.reports import Furniture, FurnitureKind
from communique.web.index import Place
from communique.web.passages import CONTEXT, PART, around, glyphs, paragraphs, parts

MIXED = "👩\u200d👩\u200d👧 met 🙂 in नई दिल्ली.\nदूसरा 🏳️\u200d🌈 paragraph, with a \u202ebidi\u202c mark.\n\nLast 𝔏ine"


def shown(text: str, *, places: tuple[Place, ...] = ()) -> str:
    """What the pieces of a text add up to, marks taken back."""
    found = paragraphs(text, places, (), (0, len(text)))
    return "\n".join("".join(text[x.start : x.end] for x in p.pieces) for p in found)


def test_offsets_are_code_points() -> None:
    """A place after emoji and Devanagari begins where Python says, not where UTF-16 does."""
    start = MIXED.index("दिल्ली")
    found = paragraphs(MIXED, (Place(start, start + 6, "events", "x"),), (), (0, len(MIXED)))
    marked = [x for p in found for x in p.pieces if x.facts]
    assert [(x.start, x.end, MIXED[x.start : x.end]) for x in marked] == [(start, start + 6, "दिल्ली")]
    assert marked[0].opens == (f"{start}-{start + 6}",)


def test_overlapping_places_are_cut_where_they_meet() -> None:
    """Of two facts over the same words both are told, the tighter first, the weightier gives the colour."""
    text = "Marsk said the bridge opens in May."
    places = (Place(0, 34, "events", "e"), Place(11, 34, "statements", "q"), Place(0, 5, "actors", "m"))
    (only,) = paragraphs(text, tuple(sorted(places)), (), (0, len(text)))
    told = [(text[x.start : x.end], [p.id for p in x.facts], x.kind) for x in only.pieces]
    assert told == [
        ("Marsk", ["m", "e"], "events"),
        (" said ", ["e"], "events"),
        ("the bridge opens in May", ["q", "e"], "statements"),
        (".", [], ""),
    ]


def test_a_fact_is_noted_once_where_most_of_it_is_said() -> None:
    """Beside the paragraph with its longest words, and actors nowhere."""
    text = "It opens.\nThe bridge opens in May."
    places = (Place(0, 8, "events", "e"), Place(10, 20, "actors", "a"), Place(10, 33, "events", "e"))
    assert [p.notes for p in paragraphs(text, places, (), (0, len(text)))] == [(), (("events", "e"),)]


def test_a_place_over_two_lines_is_in_both() -> None:
    """Its address stands where it begins."""
    text = "one two\nthree four"
    found = paragraphs(text, (Place(4, 13, "events", "e"),), (), (0, len(text)), (4, 13))
    pieces = [x for p in found for x in p.pieces if x.facts]
    assert [(x.start, x.end, x.opens, x.chosen) for x in pieces] == [(4, 7, ("4-13",), True), (8, 13, (), True)]


def test_characters_without_a_shape_are_shown_as_marks() -> None:
    """Control, bidi and zero-width characters are named; nothing else is touched."""
    made = glyphs("a\u202eb\u200dc\x1b\x00d")
    assert "".join(g.text for g in made) == "a⟨U+202E⟩b⟨U+200D⟩c⟨U+001B⟩⟨U+0000⟩d"
    assert [g.name for g in made if g.name][:2] == ["right-to-left override", "zero width joiner"]
    assert [g.text for g in glyphs("हिन्दी 🙂 é")] == ["हिन्दी 🙂 é"]


def test_parts_of_the_page_are_told_apart() -> None:
    """A line that is furniture says which kind."""
    text = "Menu\nHeadline\nWords."
    furniture = (Furniture(0, 4, FurnitureKind.INTERFACE), Furniture(5, 13, FurnitureKind.HEADLINE))
    assert [p.kind for p in paragraphs(text, (), furniture, (0, len(text)))] == ["interface", "headline", ""]


def test_a_long_text_comes_in_parts_that_end_at_lines() -> None:
    """No part is longer than the bound, none is empty, together they are the text."""
    for text in ("word " * 30_000, ("line of words\n" * 9_000), "x" * (2 * PART + 5), "", "short"):
        cut = parts(text)
        assert "".join(text[a:b] for a, b in cut) == text
        assert all(0 < b - a <= PART for a, b in cut) or not text


def test_words_around_a_place_end_at_blanks() -> None:
    """A bounded number of characters on either side, and dots where more was left out."""
    text = "before " * 60 + "HERE" + " after" * 60
    found = around(text, 420, 424)
    assert found.words == "HERE"
    assert found.before.startswith("…before")
    assert found.after.endswith("after…")
    assert len(found.before) <= CONTEXT + 1 >= len(found.after)
    assert around("all of it", 0, 9).before == around("all of it", 0, 9).after == ""


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=12))
def test_no_character_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever rests on a text, its visible lines come out whole, each piece behind the one before it."""
    inside = sorted({Place(a, min(a + n, len(text)), "events", f"e{a}") for a, n in spans if a < len(text)})
    expected = "\n".join(line for line in text.split("\n") if line.strip())
    assert shown(text, places=tuple(inside)) == expected


@settings(deadline=None)
@given(st.text(max_size=100))
def test_glyphs_hide_nothing(text: str) -> None:
    """Every character of a text is shown, as itself or by its number."""
    restored = "".join(chr(int(g.text[3:-1], 16)) if g.name else g.text for g in glyphs(text))
    assert restored == text


def test_a_blank_between_two_words_leads_nowhere() -> None:
    """It is marked as the words beside it are, and there is nothing in it that could be pressed."""
    places = [Place(0, 4, "events", "e"), Place(5, 8, "events", "e"), Place(0, 8, "statements", "s")]
    [line] = paragraphs("they met", sorted(places), (), (0, 8))
    assert [(p.leads, p.marks) for p in line.pieces] == [
        (True, "hl k-statements"), (False, "hl k-statements"), (True, "hl k-statements"),
    ]  # fmt: skip
