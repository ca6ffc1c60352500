"""Tests of newsroom texts."""

from collections.abc import Callable

from communique.cluster.features import Features
from communique.cluster.origins import origins
from communique.cluster.reuse import shared

type Make = Callable[..., Features]


def groups(make: Make, texts: list[str]) -> list[str]:
    """Last digits of the reports of each newsroom text."""
    reports = [make(n, text) for n, text in enumerate(texts)]
    return ["".join(report[-1] for report in group) for group in origins(reports, shared(reports))]


def test_copied_narration_makes_one_origin(make: Make, narration: str) -> None:
    """Reports that share a long passage of their own words come from one newsroom text."""
    assert groups(make, [f"At dawn {narration}.", f"In Suva {narration}.", "A storm kept the boats in."]) == ["01", "2"]


def test_a_shared_quotation_makes_nobody_a_copy(make: Make, quote: str) -> None:
    """Everybody may print the same words said."""
    assert groups(make, [f'The mayor said: "{quote}."', f'At noon: "{quote}."']) == ["0", "1"]


def test_a_shared_sentence_about_a_named_place_makes_nobody_a_copy(make: Make) -> None:
    """A short run of narration, mostly names, is too little."""
    text = "laid flowers at the Monument to the Lost Sailors in Valletta"
    others = "and spoke of herring quotas", "before the rain drove everyone under the arcades"
    assert groups(make, [f"She {text} {others[0]}.", f"He also {text} {others[1]}."]) == ["0", "1"]


def test_copies_of_copies_are_one_origin(make: Make, narration: str) -> None:
    """What links two reports through a third groups all three."""
    second = (
        "while the orchestra of the harbour school played four songs nobody had rehearsed and the rain held off until "
        "late evening over the bay"
    )
    texts = [f"At dawn {narration}.", f"In Suva {narration}. Later on, {second}.", f"Reporters saw this: {second}."]
    assert groups(make, texts) == ["012"]
