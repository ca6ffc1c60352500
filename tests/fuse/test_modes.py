"""Direct against indirect."""

import pytest

from communique.fuse.modes import modes
from communique.model.record import Statement, Wording
from communique.model.spans import Span
from communique.model.words import Mode

QUOTED = "The harbour dredging and the northern lighthouse will both be finished before winter"
TOLD = "that the harbour dredging and the northern lighthouse will be finished well before winter"


def statement(*wordings: tuple[int, Mode, str]) -> Statement:
    """One statement with wordings: the report's number, the mode and the words."""
    quotations = tuple(
        Wording(mode=mode, evidence=Span(f"r{n:016x}", 10, 10 + len(text), text)) for n, mode, text in wordings
    )
    return Statement(id="s", text=QUOTED, quotations=quotations, origins=2, confidence=0.5)


def test_the_same_words_with_and_without_marks_are_a_disagreement() -> None:
    """Both sides are kept, and what stands inside marks is preferred."""
    (found,) = modes(statement((1, Mode.DIRECT, QUOTED), (2, Mode.INDIRECT, TOLD)))
    assert [(v.value, v.reports) for v in found.values] == [("indirect", (f"r{2:016x}",)), ("direct", (f"r{1:016x}",))]
    assert (found.kind, found.preferred) == ("mode", "direct")


@pytest.mark.parametrize(
    "wordings",
    [
        ((1, Mode.DIRECT, QUOTED), (1, Mode.INDIRECT, TOLD)),
        ((1, Mode.DIRECT, QUOTED), (2, Mode.DIRECT, QUOTED), (2, Mode.INDIRECT, TOLD)),
        ((1, Mode.DIRECT, QUOTED), (2, Mode.INDIRECT, "that work would go on at the harbour")),
        ((1, Mode.DIRECT, QUOTED), (2, Mode.INDIRECT, f"that “{QUOTED}”")),
    ],
    ids=["one report", "quoted there too", "other words", "quoted inside"],
)
def test_what_can_be_true_together_is_none(wordings: tuple[tuple[int, Mode, str], ...]) -> None:
    """A report against itself, other words, and words that the indirect wording quotes are left alone."""
    assert list(modes(statement(*wordings))) == []
