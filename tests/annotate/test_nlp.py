"""The door to the language model: pieces, offsets, cuts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique.annotate import nlp
from communique.model import ids
from communique.model.reports import Furniture, FurnitureKind, Head, Report
from communique.settings import Limits


def report(text: str, *furniture: Furniture) -> Report:
    sha256 = ids.sha256_hex(text.encode())
    id_ = ids.report_id(sha256, None, None, None)
    return Report(Head(id=id_, name="a.txt", sha256=sha256, chars=len(text), furniture=furniture), text)


def pieces(text: str, *furniture: Furniture, limits: Limits | None = None) -> list[str]:
    """The parsed pieces, after a check that each stands where it says."""
    parse = nlp.parse(report(text, *furniture), limits or Limits())
    for piece in parse.pieces:
        assert text[piece.start : piece.end] == piece.doc.text
        for token in piece.doc:
            start, end = piece.bounds(token)
            assert text[start:end] == token.text
    return [piece.doc.text for piece in parse.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministers met.\r\n\r\nThey signed.\r\n", ["Ministers met.", "They signed."]),
        ("A 🐟 pact, signed 🇳🇴 today.\nMore.", ["A 🐟 pact, signed 🇳🇴 today.", "More."]),
        ("The\u00a021st session\u00a0opened.", ["The\u00a021st session\u00a0opened."]),
        ("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."]),
        ("  \tIndented, with  two blanks. \n\n\n", ["Indented, with  two blanks."]),
        ("\n \r\n\u00a0\n", []),
    ],
    ids=["crlf", "emoji", "nbsp", "separators", "blanks", "empty"],
)
def test_every_paragraph_is_a_piece_that_stands_where_it_says(text: str, expected: list[str]) -> None:
    """Offsets count code points of the report, whatever its breaks, blanks and pictures."""
    assert pieces(text) == expected


def test_furniture_is_left_out_and_headlines_stand_alone() -> None:
    """A dateline does not glue into the subject; a headline is parsed apart and marked."""
    text = "Ministers meet in Oslo\nOSLO, May 3: The ministers met.\nRead more stories\nThey left."
    head, line, more = text.index("\n"), text.index("The min"), text.index("Read")
    marks = (
        Furniture(0, head, FurnitureKind.HEADLINE),
        Furniture(head + 1, line, FurnitureKind.DATELINE),
        Furniture(more, more + len("Read more stories"), FurnitureKind.WIDGET),
    )
    assert pieces(text, *marks) == ["Ministers meet in Oslo", "The ministers met.", "They left."]
    kinds = [p.kind for p in nlp.parse(report(text, *marks)).pieces]
    assert kinds == [FurnitureKind.HEADLINE, None, None]


def test_a_place_leads_to_its_piece() -> None:
    """Offsets inside a piece find it; a break finds none; a sentence's span is the report's."""
    text = "Ada Brenn spoke. She left.\n\nThe talks went on."
    parse = nlp.parse(report(text))
    assert parse.piece_at(3) is parse.pieces[0]
    assert parse.piece_at(text.index("\n")) is None
    found = [parse.span(piece, sentence).text for piece, sentence in parse.sentences()]
    assert found == ["Ada Brenn spoke.", "She left.", "The talks went on."]


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    """Beyond the cap the paragraph is cut after the last whole sentence, and no character is lost."""
    text = "The minister spoke at length. " * 40
    found = pieces(text.strip(), limits=Limits(doc_chars=200))
    assert all(len(piece) <= 200 and piece.rstrip().endswith(".") for piece in found)
    assert "".join(found) == text.strip()


def test_a_long_paragraph_without_sentences_is_cut_at_a_blank_else_hard() -> None:
    """Words stay whole while there are blanks; without any the cut is at the cap."""
    words = "word " * 100
    assert all(set(piece.split()) == {"word"} for piece in pieces(words, limits=Limits(doc_chars=83)))
    assert [len(piece) for piece in pieces("x" * 250, limits=Limits(doc_chars=100))] == [100, 100, 50]


@pytest.mark.parametrize("run", [255, 256, 257, 3000])
def test_an_unbroken_run_keeps_the_offsets(run: int) -> None:
    """At the cap, below and beyond: what stands after the run is found at its place."""
    text = f"The  link {'(' * run}  ends. The\tminister's deputy left."
    assert pieces(text) == [text]
    piece = nlp.parse(report(text)).pieces[0]
    assert max(len(token.text) for token in piece.doc) <= 256
    assert "minister" in [token.text for token in piece.doc]


@pytest.mark.parametrize(
    ("word", "lemma"), [("co-chaired", "co-chair"), ("co-hosts", "co-host"), ("Co-signing", "co-sign")]
)
def test_a_hyphenated_verb_is_one_token_with_its_lemma(word: str, lemma: str) -> None:
    """The tokenizer would take it apart; the lemma finds the verb in any form."""
    doc = nlp.parse(report(f"The ministers {word} the talks in Oslo.")).pieces[0].doc
    assert [t.lemma_ for t in doc if t.text == word] == [lemma]


def test_the_model_is_loaded_once() -> None:
    """However the model that comes with Communiqué is asked for, it is one object."""
    assert nlp.model() is nlp.model("") is nlp.model(name="")


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("aZ .,\n\r\t\u00a0\u2028🐟é\u200b(“\"'-"), max_size=120), st.integers(5, 40))
def test_any_text_is_parsed_whole_and_in_place(text: str, cap: int) -> None:
    """Every character that is no blank is in one piece, in order, at its place."""
    found = pieces(text, limits=Limits(doc_chars=cap, run_chars=8))
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(piece) <= cap for piece in found)


@pytest.mark.parametrize("unit", ['"', '" ', "“ ", "” “", '"“‘', "'' ", ". ", "- "])
def test_a_line_of_marks_is_a_few_tokens(unit: str) -> None:
    """Marks alone, with blanks between them or not, are told as they stand and cost no parsing."""
    text = "The pact. " + unit * (20_000 // len(unit)) + "a word after."
    parse = nlp.parse(report(text))
    assert "".join(p.doc.text_with_ws for p in parse.pieces).strip() == text.strip()
    assert sum(len(p.doc) for p in parse.pieces) < 500
    assert parse.pieces[0].doc[0].text == "The"


def told(doc: Doc) -> list[tuple[object, ...]]:
    """All that is read from a parse."""
    return [(t.text, t.idx, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_, t.is_sent_start) for t in doc]


def test_a_parse_depends_on_its_paragraph_alone() -> None:
    """To the bit: what stands beside a paragraph, in its report or in its batch, changes nothing of its parse."""
    folder = Path(__file__).parents[2] / "examples"
    paragraphs = [p for file in sorted(folder.glob("*.txt")) for p in file.read_text("utf-8").split("\n") if p.strip()]
    alone = [nlp.model()(p) for p in paragraphs]
    together = list(nlp.model().pipe(paragraphs, batch_size=64))
    assert len(paragraphs) > 20
    assert [told(doc) for doc in alone] == [told(doc) for doc in together]
    assert all((a.tensor == b.tensor).all() for a, b in zip(alone, together, strict=True))


def test_a_copied_paragraph_is_parsed_once() -> None:
    """A later report that prints it gets the same parse, at its own place."""
    copied = "The invented ministers of Norland and Sudland met in Midport on a Tuesday."
    first = nlp.parse(report(f"{copied}\nOne more."))
    second = nlp.parse(report(f"Another beginning.\n{copied}"))
    assert first.pieces[0].doc is second.pieces[1].doc
    assert second.pieces[1].start == 19


def test_what_is_remembered_has_a_bound() -> None:
    """Old paragraphs make room for new ones, and are parsed again to the same end."""
    memory = nlp._Memory(20)  # noqa: SLF001 - a small one
    docs = {(word * 8, 1, ()): nlp.model()(word * 8) for word in ("a", "b", "c")}
    memory.keep({key: docs[key] for key in list(docs)[:2]})
    memory.known([("a" * 8, 1, ())])
    memory.keep({("c" * 8, 1, ()): docs["c" * 8, 1, ()]})
    assert set(memory.known(docs)) == {("a" * 8, 1, ()), ("c" * 8, 1, ())}
