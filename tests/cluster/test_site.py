"""Tests of lines that a site prints under its reports."""

from collections.abc import Callable

import numpy as np

from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.past import Past
from communique.cluster.site import LEARNT_REPORTS, Learner, Place, recurring
from communique.model.reports import Furniture, FurnitureKind

type Make = Callable[..., Features]

LINE = "Readers can send pictures of their own boats and piers to our weekend desk"
LEADS = (
    "Herring returned early to the bay", "Roads were closed in the hills", "Choirs sang until midnight",
    "Snow fell on the vineyards", "Bells rang for the old bridge", "Two ferries swapped their routes",
    "A baker won the lottery twice",
)  # fmt: skip


def site(make: Make, line: str, outlet: str | None = "Reef Wire", **head: object) -> list[Features]:
    """Reports of different things above one line."""
    return [make(n, f"{lead}.\n{line}.", outlet=outlet, **head) for n, lead in enumerate(LEADS)]


def words(reports: list[Features], found: dict[str, list[tuple[int, int]]]) -> list[str]:
    """The words that are learnt, of each report."""
    texts = [f"{lead}.\n{LINE}." for lead in LEADS]
    out = []
    for report, text in zip(reports, texts, strict=True):
        for a, b in found.get(report.report, []):
            out.append(text[report.word_starts[a] : report.word_ends[b - 1]])
    return out


def learnt(reports: list[Features], happening: list[int] | None = None) -> dict[str, list[tuple[int, int]]]:
    """What is learnt of one cell; every report tells its own happening, where nothing else is said."""
    return Learner(Past(), Cell(reports)).learnt(np.array(happening or range(len(reports))))


def test_a_line_under_unrelated_reports_of_one_outlet_is_learnt(make: Make) -> None:
    """It is learnt in each of them, with its exact words."""
    reports = site(make, LINE)
    assert words(reports, learnt(reports)) == [LINE] * len(LEADS)


def test_a_line_of_one_story_is_no_furniture(make: Make) -> None:
    """What an outlet repeats while it tells one happening is news."""
    reports = site(make, LINE)
    assert learnt(reports, [1] * len(reports)) == {}


def test_a_line_of_several_outlets_is_no_furniture(make: Make) -> None:
    """What everybody prints is not a site's."""
    reports = [make(n, f"{lead}.\n{LINE}.", outlet=f"Outlet {n}") for n, lead in enumerate(LEADS)]
    assert learnt(reports) == {}


def test_without_an_outlet_nothing_is_learnt(make: Make) -> None:
    """Nobody knows whose line it is."""
    reports = site(make, LINE, outlet=None)
    assert learnt(reports) == {}


def test_a_line_in_few_reports_is_not_learnt_yet(make: Make) -> None:
    """It takes several reports."""
    reports = site(make, LINE)[: LEARNT_REPORTS - 1]
    assert learnt(reports) == {}


def test_part_of_a_sentence_is_never_furniture(make: Make) -> None:
    """A stock phrase inside sentences of an outlet's own stays, with what the sentences state."""
    reports = [
        make(
            n, f"{lead} as the harbour master of Suva told our reporter at the pier late on {lead}", outlet="Reef Wire"
        )
        for n, lead in enumerate(LEADS)
    ]
    assert learnt(reports) == {}


def test_background_on_talks_is_never_furniture(make: Make) -> None:
    """A sentence that an outlet prints under every report of a commission still states something."""
    reports = site(make, "The joint commission of both ministries has met for its session in turn since 1994")
    assert learnt(reports) == {}


def test_what_is_marked_already_is_not_learnt_again(make: Make) -> None:
    """Furniture that the reader found stays as it is."""
    reports = []
    for n, lead in enumerate(LEADS):
        text = f"{lead}.\n{LINE}."
        marks = (Furniture(len(lead) + 2, len(text), FurnitureKind.PROMOTION),)
        reports.append(make(n, text, outlet="Reef Wire", furniture=marks))
    assert learnt(reports) == {}


def test_it_is_learnt_from_the_cells_before(make: Make) -> None:
    """The line of a new report is known from the old ones; only the new one is told."""
    reports = site(make, LINE)
    assert list(Learner(Past([Cell(reports[:-1])]), Cell(reports[-1:])).learnt(np.arange(len(reports)))) == [
        reports[-1].report
    ]


def test_runs_of_a_site_line_are_counted(make: Make) -> None:
    """As told and as quoted, of all; a place too long for a line has none."""
    reports = site(make, LINE)
    start = len(LEADS[0].split())
    line, lead = Place(0, start, start + len(LINE.split())), Place(0, 0, start)
    assert recurring(Past(), Cell(reports), [line, lead]) == [(10, 10, 10), (0, 0, 2)]
    assert recurring(Past(), Cell(reports), []) == []
