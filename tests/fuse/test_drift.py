"""One word exchanged inside quotation marks."""

import pytest

from communique.fuse.drift import changed, drifts
from communique.model.record import Statement, Wording
from communique.model.spans import Span
from communique.model.words import Mode

SAID = "The harbour of our two towns will be dredged in spring and nobody will have to leave"


def statement(*texts: str) -> Statement:
    """One statement, each wording from a report of its own."""
    spans = [Span(f"r{n:016x}", 10, 10 + len(text), text) for n, text in enumerate(texts)]
    quotations = tuple(Wording(mode=Mode.DIRECT, evidence=span) for span in spans)
    return Statement(id="s", text=texts[0], quotations=quotations, origins=2, confidence=0.5)


@pytest.mark.parametrize(
    ("old", "new"),
    [("leave", "swim"), ("spring", "autumn"), ("nobody", "everyone"), ("have", "wait"), ("leave", "eat")],
)
def test_a_telling_word_is_told(old: str, new: str) -> None:
    """Another word is told, in the middle as at the end, where enough of the rest is the same."""
    assert changed(SAID.split(), SAID.replace(old, new).split()) == (old, new)


@pytest.mark.parametrize(
    ("old", "new"), [("harbour", "harbor"), ("dredged", "dredge"), ("two", "the"), ("in", "by"), ("leave", "leaves")]
)
def test_spellings_forms_and_small_words_are_not(old: str, new: str) -> None:
    """A spelling, a form of the same word and a small word are no drift."""
    assert changed(SAID.split(), SAID.replace(old, new).split()) is None


def test_pointing_words_are_exchanged_freely() -> None:
    """Whether a translator points with "this" or with "that" says nothing."""
    one = "we built this bridge so that both towns can trade every day"
    assert changed(one.split(), one.replace("this", "that").split()) is None


def test_a_short_saying_is_left_alone() -> None:
    """Near the end, a few equal words prove no common wording."""
    assert changed(["we", "hope", "for", "rain"], ["we", "hope", "for", "sunshine"]) is None


def test_both_sides_are_kept() -> None:
    """Nobody knows which word was said."""
    (row,) = drifts(statement(SAID, SAID.replace("leave", "swim")))
    assert ([v.value for v in row.values], row.preferred) == (["leave", "swim"], None)


def test_one_wording_has_no_drift() -> None:
    """Equal wordings have no drift."""
    assert list(drifts(statement(SAID, SAID))) == []
