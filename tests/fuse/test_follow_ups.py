"""What later reports tell of a promise."""

from typing import Any

import pytest

from communique.fuse.follow_ups import names_in, stems
from communique.model.words import Official

BRIDGE = "asked Borduria to open the Ilm Bridge to freight trains by March 2031"


def asked(desk: Any) -> Any:
    """A report in which a minister of Syldavia asks Borduria for something."""
    page = desk.page(f"Minister Lena Korth of Syldavia {BRIDGE}.", "2030-05-14")
    korth = page.entity("Lena Korth", country="Syldavia", office="Minister")
    borduria = page.entity("Borduria", "country", country="Borduria")
    page.promise(BRIDGE, "request", "requested", [korth], to=borduria)
    return page


def later(
    desk: Any, text: str, words: str, official: str, deed: str, who: str = "Borduria", published: str = "2031-02-18"
) -> Any:
    """A report of another story that tells progress."""
    page = desk.page(text, published)
    actor = page.entity(who, "country", country=who)
    mention = page.mention("c", words)
    page.say(mention, "official", official, words, deed)
    page.say(mention, "what", words, words)
    page.say(mention, "by", actor, who)
    desk.apart = [{p.id} for p in desk.pages]
    return page


def courses(desk: Any) -> list[list[tuple[str, str]]]:
    """The history of every commitment."""
    return [[(c.on.value if c.on else "", c.official.value) for c in row.history] for row in desk.record().commitments]


def test_the_very_deed_is_done(desk: Any) -> None:
    """A deed that was asked for and is told as done by who was asked ends the course, on the later words."""
    asked(desk)
    words = "opened the Ilm Bridge to freight trains"
    page = later(desk, f"Borduria {words} today.", words, "done", "open")
    (row,) = desk.record().commitments
    assert [(c.on.value, c.official) for c in row.history] == [("2030-05-14", "requested"), ("2031-02-18", "done")]
    assert row.history[1].evidence == (page.span(words),)
    assert row.status.official is Official.DONE


def test_what_is_put_off_is_due_later(desk: Any) -> None:
    """A new day that a later report gives is a row, on its own words, and the day by which it is due."""
    page = asked(desk)
    page.say(page.mention("c", BRIDGE), "due", "2031-03", BRIDGE)
    words = "The opening of the Ilm Bridge to freight trains has been postponed until May 2033"
    again = desk.page(f"Borduria said: {words}.", "2031-02-18")
    mention = again.mention("c", words)
    again.say(mention, "official", "discussed", words, "postpone")
    again.say(mention, "what", words, words)
    again.say(mention, "due", "2033-05", words)
    desk.apart = [{p.id} for p in desk.pages]
    (row,) = desk.record().commitments
    assert row.due is not None
    assert row.due.value == "2033-05"
    assert row.history[-1].evidence == (again.span(words),)
    assert row.status.official is Official.REQUESTED


def test_what_is_cancelled_by_nobody_named_is_dropped(desk: Any) -> None:
    """A passive names nobody; the same thing in nearly the same words is still the same."""
    asked(desk)
    words = "The opening of the Ilm Bridge to freight trains was cancelled"
    page = desk.page(f"{words}, Borduria said.", "2031-02-18")
    mention = page.mention("c", words)
    page.say(mention, "official", "refused", words, "cancel")
    page.say(mention, "what", words, words)
    desk.apart = [{p.id} for p in desk.pages]
    (row,) = desk.record().commitments
    assert row.status.official is Official.REFUSED


def test_two_reports_of_a_deed_make_one_row(desk: Any) -> None:
    """It is done once, on the first day that a report gives, and every report is evidence."""
    asked(desk)
    words = "opened the Ilm Bridge to freight trains"
    later(desk, f"Borduria {words} today.", words, "done", "open")
    later(desk, f"Borduria {words} in winter.", words, "done", "open", published="2031-05-20")
    (row,) = desk.record().commitments
    assert [c.on.value for c in row.history] == ["2030-05-14", "2031-02-18"]
    assert len(row.history[1].evidence) == 2


def test_somebody_elses_deed_is_not_the_promised_one(desk: Any) -> None:
    """The same deed by a country that nobody asked closes nothing."""
    asked(desk)
    words = "opened the Ilm Bridge to freight trains"
    later(desk, f"Ruritania {words} today.", words, "done", "open", who="Ruritania")
    assert all("done" not in [official for _, official in course] for course in courses(desk))


def test_part_of_it_is_under_way(desk: Any) -> None:
    """Another deed about the same thing is progress, and not the end."""
    asked(desk)
    words = "completed the first track of the Ilm Bridge"
    later(desk, f"Borduria {words}.", words, "done", "complete")
    assert courses(desk) == [[("2030-05-14", "requested"), ("2031-02-18", "under way")]]


def test_other_things_are_other_things(desk: Any) -> None:
    """The same country opening something else says nothing of the promise."""
    asked(desk)
    words = "opened the Kled airport to passengers"
    later(desk, f"Borduria {words}.", words, "done", "open")
    assert courses(desk) == [[("2030-05-14", "requested")]]


def test_an_older_report_tells_nothing_new(desk: Any) -> None:
    """What was told before the promise was made is no progress of it."""
    asked(desk)
    words = "opened the Ilm Bridge to freight trains"
    later(desk, f"Borduria {words}.", words, "done", "open", published="2029-01-02")
    assert courses(desk) == [[("2030-05-14", "requested")]]


def test_talk_takes_nothing_back(desk: Any) -> None:
    """What is done and then discussed is still done."""
    asked(desk)
    words = "opened the Ilm Bridge to freight trains"
    later(desk, f"Borduria {words}.", words, "done", "open")
    talk = "freight trains over the Ilm Bridge"
    later(desk, f"Borduria discussed {talk}.", talk, "discussed", "discuss", published="2032-05-20")
    (row,) = desk.record().commitments
    assert [c.official for c in row.history] == ["requested", "done", "discussed"]
    assert row.status.official is Official.DONE


def test_a_named_project_told_anew_is_one_promise(desk: Any) -> None:
    """A later promise about the same named thing joins the earlier one; another thing of that kind does not."""
    for text, official, day in (
        ("agreed to build the Great Ilm gas pipeline", "agreed", "2030-05-14"),
        ("is building the Great Ilm gas pipeline", "under way", "2031-05-14"),
        ("is building the White Ilm gas line", "under way", "2031-05-15"),
    ):
        page = desk.page(f"Borduria {text}.", day)
        page.promise(text, "agreement", official, [page.entity("Borduria", "country", country="Borduria")])
    desk.apart = [{p.id} for p in desk.pages]
    found = sorted(courses(desk), key=len)
    assert found == [[("2031-05-15", "under way")], [("2030-05-14", "agreed"), ("2031-05-14", "under way")]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Blue River line", [{"blue", "river"}]),
        ("trade of $40 billion", [{"40"}]),
        ("the Ilm Bridge, and Kled", [{"ilm", "bridge"}, {"kled"}]),
    ],
)
def test_names_in_a_text(text: str, names: list[set[str]]) -> None:
    """Runs of words with capitals are names, and so are sums of money."""
    assert [set(n) for n in sorted(names_in(text), key=sorted)] == sorted(names, key=sorted)


def test_stems_meet() -> None:
    """Forms of one word have one stem, and words that any promise has are left out."""
    assert stems("opened openings") & stems("visas") == frozenset()
    assert stems("simplified visas") & stems("the visa") == {"visa"}
    assert stems("to strengthen bilateral cooperation") == frozenset()


def passive(desk: Any, text: str, words: str, official: str, deed: str, fulfils: tuple[str, ...] = ()) -> Any:
    """A report of another story that tells progress of nobody's."""
    page = desk.page(text, "2031-02-18")
    page.entity("Borduria", "country", country="Borduria")
    mention = page.mention("c", words)
    page.say(mention, "official", official, words, deed)
    page.say(mention, "what", words, words)
    for verb in fulfils:
        page.say(mention, "fulfils", verb, words)
    desk.apart = [{p.id} for p in desk.pages]


def test_a_deed_of_nobody_s_is_the_one_promised_among_the_same_parties(desk: Any) -> None:
    """In the passive nobody says who did it; a report that names a party tells of the party's deed."""
    asked(desk)
    words = "The Ilm Bridge was opened to freight trains"
    passive(desk, f"{words}, Borduria's press writes.", words, "done", "open")
    assert courses(desk) == [[("2030-05-14", "requested"), ("2031-02-18", "done")]]


def test_a_deed_fulfils_what_it_does_in_other_words(desk: Any) -> None:
    """Which verbs do what others promised, the reader of the deed says."""
    asked(desk)
    words = "The Ilm Bridge was inaugurated for freight trains"
    passive(desk, f"{words}, Borduria's press writes.", words, "done", "inaugurate", ("inaugurate", "open"))
    assert courses(desk)[0][-1] == ("2031-02-18", "done")


def test_what_is_dropped_by_its_name_alone_is_dropped(desk: Any) -> None:
    """Everything that the later words name is what was asked for, by one whom it binds."""
    asked(desk)
    later(desk, "Borduria dropped the Ilm Bridge.", "dropped the Ilm Bridge", "refused", "drop")
    assert courses(desk)[0][-1] == ("2031-02-18", "refused")
