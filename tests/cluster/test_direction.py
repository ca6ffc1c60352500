"""Tests of which of two reports was first."""

from collections.abc import Callable

from communique.cluster.direction import later
from communique.cluster.features import Features
from communique.cluster.reuse import shared

type Make = Callable[..., Features]

HARBOUR = (
    "The fish market of the harbour lost its pier and its stall keepers. The herring stayed away and so did spring."
)
CHOIR = "A choir from the mountains sang old winter songs in the opera house while snow fell on the square outside."


def second(make: Make, texts: tuple[str, str], days: tuple[str | None, str | None] = (None, None)) -> bool:
    """Whether the second of two texts is told to be the original; the same with the sides changed."""
    pair = [make(n, text, published=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))]
    turned = [make(n, text, published=day) for n, (text, day) in enumerate(zip(texts[::-1], days[::-1], strict=True))]
    answer = later(pair[0], pair[1], shared(pair))
    assert later(turned[0], turned[1], shared(turned)) is not answer
    return answer


def test_the_day_of_publication_decides(make: Make, narration: str) -> None:
    """The earlier report is the original, whatever its text looks like."""
    texts = (f"From agencies: {narration}.", f"At dawn {narration}.")
    assert not second(make, texts, ("2011-03-04", "2011-03-05"))
    assert second(make, texts, ("2011-03-05", "2011-03-04"))


def test_what_one_quotes_the_other_told(make: Make, narration: str) -> None:
    """Words in marks here and in narration there are the other's."""
    assert second(make, (f"One paper put it this way: \u201c{narration}.\u201d", f"At dawn {narration}."))


def test_a_report_that_names_an_agency_had_it_handed(make: Make, narration: str) -> None:
    """Credits outside the passage tell the copy."""
    assert second(make, (f"At dawn {narration}. (With inputs from agencies)", f"At dawn {narration}. It rained."))


def test_a_passage_is_at_home_where_its_words_come_back(make: Make, narration: str) -> None:
    """A passage amid other matter comes from the report that goes on about it."""
    assert second(make, (f"{CHOIR} {narration}. {CHOIR}", f"{HARBOUR} {narration}. {HARBOUR}"))


def test_a_copy_drops_words(make: Make, narration: str) -> None:
    """Of two whole texts the fuller one is the original."""
    shorter = narration.replace("empty ", "").replace("old ", "")
    assert second(make, (f"{shorter}.", f"{narration}."))
