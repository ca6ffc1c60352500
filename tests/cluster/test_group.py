"""Tests of the room's door."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.cluster.features import Features
from communique.cluster.group import Grouping, group

type Make = Callable[..., Features]


def texts(narration: str, quote: str) -> list[str]:
    """Four reports of one harbour: a copy, its source, one that only quotes, and one of something else."""
    return [
        f"At dawn {narration}. The mayor of Suva harbour said: \u201c{quote}.\u201d",
        f"In Suva harbour {narration}. Boats went out late.",
        f"The mayor spoke to fishermen at the pier of Suva harbour: \u201c{quote},\u201d she said.",
        "A choir from the mountains sang old winter songs in the opera house.",
    ]


def grouped(make: Make, bodies: list[str], order: list[int]) -> Grouping:
    """The grouping of texts that arrive in an order."""
    return group([make(n, bodies[n]) for n in order], {f"r{n:016x}": text for n, text in enumerate(bodies)})


def test_every_report_is_in_one_story_and_one_origin(make: Make, narration: str, quote: str) -> None:
    """Stories partition the reports, and origins partition a story's reports."""
    found = grouped(make, texts(narration, quote), [0, 1, 2, 3])
    assert sorted(r for story in found.stories for r in story.reports) == [f"r{n:016x}" for n in range(4)]
    assert all(sorted(r for o in s.origins for r in o) == list(s.reports) for s in found.stories)


def test_a_copy_shares_its_origin_and_a_quotation_does_not(make: Make, narration: str, quote: str) -> None:
    """The copy and its source are one newsroom text; the report with the same quotation is another."""
    story = grouped(make, texts(narration, quote), [0, 1, 2, 3]).stories[0]
    assert [len(origin) for origin in story.origins] == [2, 1]


def test_every_span_is_borne_out_by_its_text(make: Make, narration: str, quote: str) -> None:
    """The text at each shared span is the text claimed."""
    bodies = texts(narration, quote)
    for passage in grouped(make, bodies, [0, 1, 2, 3]).reuse:
        for span in passage.spans:
            span.check(bodies[int(span.report[-1])])


def test_a_story_is_named_by_its_smallest_report(make: Make) -> None:
    """The id is `s.` and the smallest report id."""
    assert [s.id for s in grouped(make, ["One pier.", "Two choirs sang."], [1, 0]).stories] == [
        "s.r0000000000000000",
        "s.r0000000000000001",
    ]


def test_the_title_is_the_earliest_headline(make: Make) -> None:
    """A dated report's headline comes before an undated one's; without headlines the first words serve."""
    text = "The old pier of Suva harbour burnt down and nobody was hurt."
    late = make(0, text, title="Pier gone", published="2011-03-05")
    early = make(1, text, title="Pier burns", published="2011-03-04")
    bodies = {late.report: text, early.report: text}
    assert [s.title for s in group([late, early], bodies).stories] == ["Pier burns"]
    assert group([make(0, text)], bodies).stories[0].title.startswith("The old pier of Suva")


def test_an_empty_collection_is_grouped_into_nothing() -> None:
    """No reports, no stories, no passages."""
    assert group([], {}) == Grouping()


def test_a_report_of_no_words_stands_alone(make: Make) -> None:
    """An empty report is a story of its own."""
    assert len(grouped(make, ["", "One pier."], [0, 1]).stories) == 2


def test_a_report_without_its_text_is_an_error(make: Make) -> None:
    """Spans cannot be cut from nothing."""
    with pytest.raises(KeyError):
        group([make(0, "One pier.")], {})


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(4)))
def test_order_of_arrival_does_not_show(make: Make, narration: str, quote: str, order: list[int]) -> None:
    """Any order of the reports gives an equal grouping."""
    bodies = texts(narration, quote)
    assert grouped(make, bodies, order) == grouped(make, bodies, [0, 1, 2, 3])
