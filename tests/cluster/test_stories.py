"""Tests of stories."""

import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.cluster.cells import Stretch
from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.past import Past
from communique.cluster.reuse import found_in
from communique.cluster.stories import Scene, partition, placed
from communique.cluster.weighing import Weighing

type Make = Callable[..., Features]

SESSION = (
    "Fijian Fisheries Minister Ana Vuli and Maltese Fisheries Minister Karm Borg co-chaired the {number} session of "
    "the Fiji-Malta Joint Commission on Fisheries in {place}. The two ministers signed a protocol on tuna and spoke of "
    "piers, licences and cold storage. Both delegations called the talks useful."
)
FLOOD = (
    "The river Lenta broke its banks at Morvale on Friday and carried off two bridges. Firemen brought ninety people "
    "out of the lower town in boats, the mayor of Morvale said. {end}"
)


def labels(reports: list[Features]) -> list[str]:
    """Last digits of the reports of each story."""
    return ["".join(report.report[-1] for report in story) for story in partition(reports)]


def test_reports_of_one_happening_meet(make: Make) -> None:
    """Different words about one flood are one story, and a session is another."""
    reports = [
        make(0, FLOOD.format(end="Rain is to stop by Sunday.")),
        make(
            1,
            "Two bridges are gone in Morvale after the Lenta broke its banks, and firemen in boats saved ninety.",
        ),
        make(2, SESSION.format(number="9th", place="Suva")),
    ]
    assert labels(reports) == ["01", "2"]


@pytest.mark.parametrize(("one", "other"), [("9th", "10th"), ("ninth", "tenth"), ("20th", "21st")])
def test_two_sessions_of_one_body_never_meet(make: Make, one: str, other: str) -> None:
    """Numbers part reports whose other words are the same."""
    reports = [make(n, SESSION.format(number=number, place="Suva")) for n, number in enumerate((one, other))]
    assert labels(reports) == ["0", "1"]


def test_one_session_meets_in_other_words(make: Make) -> None:
    """The same number of the same body draws reports together."""
    other = "SUVA - Tuna was the subject of the ninth meeting of the Fiji-Malta Joint Commission on Fisheries here."
    assert labels([make(0, SESSION.format(number="9th", place="Suva")), make(1, other)]) == ["01"]


def test_a_session_named_as_background_does_not_part(make: Make) -> None:
    """A report that also names the session before leads with its own."""
    text = SESSION.format(number="9th", place="Suva")
    assert labels([make(0, text), make(1, f"{text} The 8th session was held in Valletta in May 2012.")]) == ["01"]


def test_years_apart_are_two_stories(make: Make) -> None:
    """The same words published years apart are two happenings."""
    text = SESSION.format(number="annual", place="Suva")
    assert labels([make(0, text, published="2011-03-05"), make(1, text, published="2014-06-01")]) == ["0", "1"]


def test_a_report_without_number_and_day_joins_the_session_it_is_like(make: Make) -> None:
    """It goes to the one session whose figures it repeats, and draws no two sessions together."""
    first = SESSION.format(number="9th", place="Suva") + " Tuna landings reached 312 tonnes after 287 the year before."
    second = (
        SESSION.format(number="10th", place="Valletta")
        + " A treaty on lighthouses was put off; squid came to 95 tonnes."
    )
    vague = (
        "Ana Vuli and Karm Borg of the fisheries commission ended their talks with a handshake. The ministers noted "
        "tuna landings of 312 tonnes after 287, and the delegation went home to Suva."
    )
    assert labels([make(0, first), make(1, second), make(2, vague)]) == ["02", "1"]


TALKS = (
    "SUVA, Mar 4: Fisheries Minister Ana Vuli of Fiji on Friday held talks with her Maltese counterpart, Karm Borg. "
    "{middle}. The Fiji-Malta Joint Commission on Fisheries meets every year. The 8th session was held in Valletta in "
    "April 2010."
)


def test_a_report_that_names_only_the_session_before_joins_the_one_it_tells(make: Make, narration: str) -> None:
    """A background session neither leads a report nor keeps it from the story whose narration it shares."""
    reports = [
        make(0, TALKS.format(middle=narration), published="2011-03-04", outlet="Reef Wire"),
        make(1, f"{SESSION.format(number='9th', place='Suva')} {narration}.", published="2011-03-05", outlet="Post"),
        make(2, SESSION.format(number="10th", place="Valletta"), published="2012-03-09", outlet="Post"),
    ]
    assert labels(reports) == ["01", "2"]


def test_copied_narration_joins_what_words_do_not(make: Make, narration: str, quote: str) -> None:
    """A copied passage in reports that are otherwise about different things makes them one story."""
    texts = [f"{FLOOD.format(end=quote)} {narration}.", f"{narration}. {SESSION.format(number='9th', place='Suva')}"]
    assert labels([make(n, text) for n, text in enumerate(texts)]) == ["01"]


@pytest.mark.parametrize("days", [(None, None), ("2011-03-04", "2012-03-09")])
def test_copied_narration_joins_no_two_sessions(
    make: Make, narration: str, days: tuple[str | None, str | None]
) -> None:
    """A background paragraph that reports of two sessions share joins them neither with nor without days."""
    texts = [f"{SESSION.format(number=number, place='Suva')} {narration}." for number in ("9th", "10th")]
    reports = [make(n, text, published=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))]
    assert labels(reports) == ["0", "1"]


def test_what_both_sessions_say_does_not_decide(make: Make) -> None:
    """Of two sessions of one body a report without number goes to the one whose own matter it repeats."""
    sessions = [
        SESSION.format(number="9th", place="Suva") + " A letter of intent on kelp was signed.",
        SESSION.format(number="10th", place="Suva") + " A pact on lanterns was signed.",
    ]
    vague = (
        "Ana Vuli and Karm Borg of the fisheries commission shook hands in Suva. The ministers signed a protocol on "
        "tuna and a letter of intent on kelp, and spoke of piers, licences and cold storage with both delegations."
    )
    assert labels([make(n, text) for n, text in enumerate((*sessions, vague))]) == ["02", "1"]


def test_two_bodies_of_the_same_countries_stay_apart(make: Make) -> None:
    """Another body's session one day later in the same city is another story."""
    other = (
        "Fijian Culture Minister Leba Toga and Maltese Culture Minister Rita Zammit co-chaired the 4th session of the "
        "Fiji-Malta Joint Commission on Culture in Suva. A choir sang, and museums will lend each other canoes."
    )
    reports = [
        make(0, SESSION.format(number="9th", place="Suva"), published="2011-03-04"),
        make(1, other, published="2011-03-05"),
    ]
    assert labels(reports) == ["0", "1"]


def test_memory_grows_with_the_reports_not_with_their_square(make: Make) -> None:
    """A thousand reports over a hundred days are grouped in a few dozen megabytes."""
    told = [" ".join(f"word{day}x{n}" for n in range(60)) for day in range(100)]
    reports = [make(n, f"{told[n % 100]} own{n}", published=f"20{n % 100:02}-03-04") for n in range(1000)]
    tracemalloc.start()
    found = partition(reports)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 100
    assert peak < 40_000_000


def test_no_reports_have_no_stories() -> None:
    """An empty collection has no stories."""
    assert partition([]) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(7)))
def test_order_of_arrival_does_not_show(make: Make, order: list[int]) -> None:
    """Any order of the reports gives the same stories."""
    texts = [SESSION.format(number=f"{n}th", place="Suva") for n in (8, 8, 9, 10)]
    texts += [FLOOD.format(end=end) for end in ("Rain goes on.", "Schools stay shut.", "Trains stand still.")]
    reports = [make(n, text) for n, text in enumerate(texts)]
    assert partition([reports[n] for n in order]) == partition(reports)


def placed_among(old: list[Features], new: list[Features], groups: list[list[int]]) -> list[list[int]]:
    """Stories once new reports are placed among old ones that stand in groups; reports by their numbers."""
    laid = {"old": Cell(old), "new": Cell(new)}
    stretches = [(name, Stretch(name, tuple(r.report for r in cell.reports), ())) for name, cell in laid.items()]
    links = Weighing(lambda name, _: laid[name]).among(stretches)
    ids = [[old[n].report for n in group] for group in groups]
    past = Past([laid["old"]])
    found = found_in(past, laid["new"]).shared
    return [[int(r[1:], 16) for r in story] for story in placed(Scene(past, laid["new"], links, ids), found)]


def test_what_is_like_no_new_report_stays_as_it_stands(make: Make) -> None:
    """Old groups and single reports that a new one has nothing to do with are given as they were, likenesses or not."""
    day = {"published": "2011-03-04"}
    old = [make(n, FLOOD.format(end=end), **day) for n, end in enumerate(("Rain is to stop.", "Boats are dry."))]
    old.append(make(2, SESSION.format(number="9th", place="Suva"), **day))
    choir = make(3, "A choir from the mountains sang old winter songs in the opera house.", published="2011-03-05")
    assert placed_among(old, [choir], [[0, 1]]) == [[0, 1], [2], [3]]
    assert placed_among(old, [choir], []) == [[0], [1], [2], [3]]


def test_a_new_report_joins_the_group_that_tells_the_same(make: Make) -> None:
    """A group grows by a report like it, and by one of its session in other words."""
    day, next_day = {"published": "2011-03-04"}, {"published": "2011-03-05"}
    old = [make(n, FLOOD.format(end=end), **day) for n, end in enumerate(("Rain is to stop.", "Boats are dry."))]
    old.append(make(2, SESSION.format(number="9th", place="Suva"), **day))
    like = make(
        3, "Two bridges are gone in Morvale after the Lenta broke its banks, and firemen saved ninety.", **next_day
    )
    other = "SUVA - Tuna was the subject of the ninth meeting of the Fiji-Malta Joint Commission on Fisheries here."
    assert placed_among(old, [like], [[0, 1]]) == [[0, 1, 3], [2]]
    assert placed_among(old, [make(4, other, **next_day)], [[0, 1]]) == [[0, 1], [2, 4]]
