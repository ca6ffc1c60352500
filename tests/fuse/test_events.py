"""What the tellings of one happening add up to."""

from typing import Any

from communique.model.claims import Modality
from communique.model.decisions import Ruling
from communique.model.words import EventType


def session(page: Any, words: Any, number: Any, status: Any = "happened", **facts: Any) -> Any:
    """A numbered session of the Joint Council, as a page tells it."""
    if "the Joint Council" in page.text:
        body = page.entity("the Joint Council", "body", name="Joint Council")
    return page.event(words, "session", status, body=body, number=number, **facts)


def only(desk: Any) -> Any:
    """The only event."""
    (event,) = desk.happenings.events
    return event


def test_numbered_sessions_merge_across_stories(desk: Any) -> None:
    """One number of one body is one event, wherever it is told; its id is the key."""
    one = desk.page("the 7th session of the Joint Council took place")
    two = desk.page("since the 7th session of the Joint Council")
    desk.apart = [{one.id}, {two.id}]
    for page in (one, two):
        session(page, "the 7th session of the Joint Council", "7")
    event = only(desk)
    assert (event.id, event.number, event.origins) == ("joint-council-7", 7, 2)
    assert event.title == "7th session of the Joint Council"


def test_two_numbers_are_never_one_session(desk: Any) -> None:
    """Neighbouring sessions stay two, however alike they are told."""
    page = desk.page("the 7th session of the Joint Council; the 8th session of the same")
    session(page, "the 7th session of the Joint Council", "7")
    body = page.mention("n", "the Joint Council")
    page.event("the 8th session of the same", "session", "happened", body=body, number="8")
    assert [e.number for e in desk.happenings.events] == [7, 8]


def test_planned_and_held_is_one_session_that_happened(desk: Any) -> None:
    """A session planned in one report and held in another is one event, told as happened."""
    plan = desk.page("the 7th session of the Joint Council will be held on 20 May", "2031-05-01")
    held = desk.page("the 7th session of the Joint Council was held on 20 May", "2031-05-20")
    session(plan, "the 7th session of the Joint Council", "7", "planned", date="2031-05-20")
    session(held, "the 7th session of the Joint Council", "7", date="2031-05-20")
    assert only(desk).status is Modality.HAPPENED


def test_happened_before_its_day_is_planned(desk: Any) -> None:
    """A report older than the date cannot tell that it happened."""
    page = desk.page("the 7th session of the Joint Council on 20 May", "2031-05-01")
    session(page, "the 7th session of the Joint Council", "7", date="2031-05-20")
    assert only(desk).status is Modality.PLANNED


def test_meetings_merge_by_those_who_met(desk: Any) -> None:
    """Two reports of one meeting of two persons are one event with both as participants."""
    for text in ("Ama Osei met Lin Tao", "talks between Lin Tao and Ama Osei"):
        page = desk.page(text)
        kind = "talks" if "talks" in text else "meeting"
        page.event(text, kind, "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
    event = only(desk)
    assert event.type is EventType.TALKS
    assert len(event.participants) == 2
    assert len(event.evidence) == 2


def test_a_courtesy_call_is_not_the_session(desk: Any) -> None:
    """A meeting of A with P and one of A with B share a person, and stay two."""
    page = desk.page("Ama Osei met Lin Tao. Later Osei met King Olaf Vasa.")
    osei, tao, vasa = page.entity("Ama Osei"), page.entity("Lin Tao"), page.entity("Olaf Vasa")
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [osei, tao])
    page.event("Osei met King Olaf Vasa", "meeting", "happened", [osei, vasa])
    assert len(desk.happenings.events) == 2


def test_stories_keep_unkeyed_events_apart(desk: Any) -> None:
    """Meetings of the same two persons in two stories are two meetings."""
    pages = [desk.page("Ama Osei met Lin Tao"), desk.page("Ama Osei met Lin Tao")]
    desk.apart = [{p.id} for p in pages]
    for page in pages:
        page.event(page.text, "meeting", "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
    assert len(desk.happenings.events) == 2


def test_incompatible_dates_keep_events_apart(desk: Any) -> None:
    """A meeting in March and one in May are two."""
    for month in ("03", "05"):
        page = desk.page(f"Ama Osei met Lin Tao in {month}")
        who = [page.entity("Ama Osei"), page.entity("Lin Tao")]
        page.event("Ama Osei met Lin Tao", "meeting", "happened", who, date=f"2031-{month}")
    assert len(desk.happenings.events) == 2


def test_one_report_does_not_plan_what_it_tells_as_done(desk: Any) -> None:
    """A meeting held and a meeting planned in the same report are two."""
    page = desk.page("Ama Osei met Lin Tao. Osei will meet Tao again.")
    who = [page.entity("Ama Osei"), page.entity("Lin Tao")]
    page.event("Ama Osei met Lin Tao", "meeting", "happened", who)
    page.event("Osei will meet Tao again", "meeting", "planned", who)
    assert sorted(e.status for e in desk.happenings.events) == ["happened", "planned"]


def test_ceremonies_of_one_person_are_told_apart_by_their_words(desk: Any) -> None:
    """A wreath and a parade with the same guest are two events."""
    page = desk.page("Ama Osei laid a wreath. Osei reviewed a parade.")
    osei = page.entity("Ama Osei")
    page.event("Ama Osei laid a wreath", "ceremony", "happened", [osei])
    page.event("Osei reviewed a parade", "ceremony", "happened", [osei])
    assert len(desk.happenings.events) == 2


def test_two_sorts_of_doing_are_never_one(desk: Any) -> None:
    """Of doings without a type of their own, an invitation is no greeting, though one minister does both."""
    one, other = desk.page("Osei invited Minister Vale"), desk.page("Osei greeted Minister Vale")
    for page, plover in ((one, "CONSULT"), (other, "SUPPORT")):
        page.event(page.text, "other", "happened", who=[page.entity("Osei")], plover=plover)
    assert len(desk.happenings.events) == 2


def test_the_exact_date_with_most_witnesses_wins(desk: Any) -> None:
    """A day beats a month, and two origins beat one."""
    for day in ("2031-05-13", "2031-05-13", "2031-05"):
        page = desk.page("the 7th session of the Joint Council")
        session(page, page.text, "7", date=day)
    assert only(desk).date.value == "2031-05-13"


def test_copies_do_not_outvote(desk: Any) -> None:
    """Three reports with the same words are one witness."""
    pages = [desk.page("the 7th session of the Joint Council") for _ in range(3)]
    desk.copies = [{p.id for p in pages}]
    for page in pages:
        session(page, page.text, "7")
    assert only(desk).origins == 1


def test_a_clashing_date_yields_to_one_that_others_give(desk: Any) -> None:
    """A date whose weekday contradicts it loses to the day that another report gives."""
    one = desk.page("the 7th session of the Joint Council on Tuesday, May 15, 2031")
    one.time("Tuesday, May 15, 2031", "2031-05-15", clash="2031-05-13")
    event = session(one, "the 7th session of the Joint Council", "7")
    one.say(event, "date", "2031-05-15", "Tuesday, May 15, 2031", "explicit")
    two = desk.page("the 7th session of the Joint Council on 13 May")
    session(two, "the 7th session of the Joint Council", "7", date="2031-05-13")
    assert only(desk).date.value == "2031-05-13"


def test_the_lead_takes_the_storys_day(desk: Any) -> None:
    """What a report leads with as done, and dates nowhere, happened on the day that its story tells of."""
    page = desk.page("Ama Osei met Lin Tao. The talks took place on 13 May.")
    page.time("13 May", "2031-05-13")
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
    page.event("The talks took place on 13 May", "talks", "happened", date="2031-05-13")
    event = next(e for e in desk.happenings.events if e.participants)
    assert event.date.value == "2031-05-13"
    assert page.span("13 May") in event.evidence


def test_the_day_that_the_lead_names_comes_before_a_day_told_further_down(desk: Any) -> None:
    """What the report leads with is of the day that the lead names, and not of a visit told as an aside."""
    page = desk.page("On 13 May Ama Osei met Lin Tao. Lin Tao had visited Syldavia on 11 May.")
    page.time("13 May", "2031-05-13")
    page.time("11 May", "2031-05-11")
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
    page.event("Lin Tao had visited Syldavia on 11 May", "visit", "happened", date="2031-05-11")
    event = next(e for e in desk.happenings.events if e.participants)
    assert event.date.value == "2031-05-13"


def test_a_signing_beside_a_gathering_is_of_its_storys_day(desk: Any) -> None:
    """What was signed after the talks, by nobody named, was signed on the day of the talks; alone it has no day."""
    page = desk.page("On 13 May Ama Osei met Lin Tao. They spoke. Then they ate. Then a treaty was signed.")
    page.time("13 May", "2031-05-13")
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
    page.event("They spoke", "talks", "happened")
    page.event("they ate", "talks", "happened")
    signing = page.event("a treaty was signed", "signing", "happened")
    assert [e.date for e in desk.happenings.events if e.type is EventType.SIGNING] == [None]
    page.say(signing, "part_of", page.mention("e", "Ama Osei met Lin Tao"), "Ama Osei met Lin Tao", "margins")
    assert [e.date.value for e in desk.happenings.events if e.type is EventType.SIGNING] == ["2031-05-13"]


def test_a_plan_never_takes_the_storys_day(desk: Any) -> None:
    """What is planned without a date stays without one."""
    page = desk.page("Ama Osei will visit Borduria.")
    page.event("Ama Osei will visit Borduria", "visit", "planned", [page.entity("Ama Osei")])
    assert only(desk).date is None


def test_background_never_takes_the_storys_day(desk: Any) -> None:
    """A founding, and an earlier session beside the one of the day, stay undated."""
    page = desk.page("the 8th session of the Joint Council. The 7th session was held before. It was founded.")
    session(page, "the 8th session of the Joint Council", "8")
    body = page.mention("n", "the Joint Council")
    page.event("The 7th session was held", "session", "happened", number="7")
    page.event("It was founded", "founding", "happened", body=body)
    dates = {e.number: e.date and e.date.value for e in desk.happenings.events}
    assert dates == {8: "2031-05-14", 7: None, None: None}


def test_bodies_give_way_to_persons(desk: Any) -> None:
    """Where a person took part, the country behind him is no participant; alone it is one."""
    page = desk.page("Azania and Ama Osei met Lin Tao. Azania signed a treaty.")
    land = page.entity("Azania", "country", country="Azania")
    who = [page.entity("Ama Osei"), page.entity("Lin Tao")]
    page.event("Ama Osei met Lin Tao", "meeting", "happened", [*who, land])
    page.event("Azania signed a treaty", "signing", "happened", [land])
    told = {e.type: {p.actor for p in e.participants} for e in desk.happenings.events}
    assert told == {EventType.MEETING: set(who), EventType.SIGNING: {"azania"}}


def test_an_act_takes_the_place_of_its_meeting(desk: Any) -> None:
    """An invitation made at the only meeting of those two took place where they met, on the words that say so."""
    page = desk.page("Ama Osei met Lin Tao in Port Ada. Osei invited Tao.")
    osei, tao = page.entity("Ama Osei"), page.entity("Lin Tao")
    place = page.entity("Port Ada", "place")
    event = page.event("Ama Osei met Lin Tao", "meeting", "happened", [osei, tao])
    page.say(event, "place", place, "Port Ada")
    page.event("Osei invited Tao", "other", "happened", [osei, tao])
    act = next(e for e in desk.happenings.events if e.type is EventType.OTHER)
    assert act.place == place
    assert page.span("Port Ada") in act.evidence


def test_rulings_on_events(desk: Any) -> None:
    """A person can part what was merged and join what was not."""
    pages = [desk.page("Ama Osei met Lin Tao"), desk.page("Ama Osei met Lin Tao"), desk.page("a reception")]
    events = [
        page.event(page.text, "meeting", "happened", [page.entity("Ama Osei"), page.entity("Lin Tao")])
        for page in pages[:2]
    ]
    events.append(pages[2].event("a reception", "other", "happened"))
    desk.decide(Ruling.NOT_SAME, (pages[0], events[0]), (pages[1], events[1]))
    desk.decide(Ruling.SAME, (pages[1], events[1]), (pages[2], events[2]))
    held = desk.happenings.of_mention
    assert held[events[0]].event.id != held[events[1]].event.id
    assert held[events[1]].event.id == held[events[2]].event.id


def test_every_merge_says_why(desk: Any) -> None:
    """The reason of a merge names both mentions and the rule."""
    for _ in range(2):
        page = desk.page("the 7th session of the Joint Council")
        session(page, page.text, "7")
    (event,) = desk.happenings.events
    (reason,) = event.merged
    assert reason.rule == "same number of the same body"
    assert {reason.one, reason.other} == {d.subject for d in desk.dossiers.of("e")}


def test_a_title_names_whom_its_pronoun_means(desk: Any) -> None:
    """A pronoun at the beginning of a title gives way to the name it stands for; one that is unresolved is left out."""
    page = desk.page("Lena Korth opened the fair. She met Ivo Marek. They toured the harbour.")
    korth, marek = page.entity("Lena Korth"), page.entity("Ivo Marek")
    she = page.entity("She", form="pronoun", of=korth, name="Lena Korth")
    met = page.event("She met Ivo Marek", "meeting", "happened", [marek])
    page.say(met, "participant", she, "She", "participant")
    page.event("They toured the harbour", "visit", "happened")
    assert [e.title for e in desk.happenings.events] == ["Lena Korth met Ivo Marek", "Toured the harbour"]


def test_the_next_session_is_not_todays(desk: Any) -> None:
    """What a report calls the next session is another one than that of its own day."""
    page = desk.page("Today's session of the Joint Council was held. The next meeting of the Joint Council is due.")
    body = page.entity("the Joint Council", "body", name="Joint Council")
    held = "Today's session of the Joint Council"
    page.event(held, "session", "happened", body=body, date="2031-05-14")
    page.event("The next meeting of the Joint Council", "meeting", "planned", body=body)
    assert len(desk.happenings.events) == 2


def test_a_headline_made_to_be_opened_is_no_title_where_a_plain_one_is_told(desk: Any) -> None:
    """Two reports of one meeting: the words without bars and question marks are its title, whichever comes first."""
    for words in ("What came of it? Lena Korth met Ivo Marek | Key points", "Lena Korth met Ivo Marek"):
        page = desk.page(f"{words}. On 14 May 2031 it was done in Town {len(words)}.")
        page.time("14 May 2031", "2031-05-14")
        page.event(words, "meeting", "happened", [page.entity("Lena Korth"), page.entity("Ivo Marek")])
    assert [e.title for e in desk.happenings.events] == ["Lena Korth met Ivo Marek"]


def test_a_part_is_not_its_whole(desk: Any) -> None:
    """A meeting on the margins of another is never taken for it, however alike they are."""
    page = desk.page("The ministers met in Port Ada. Ama Osei met Ivo Marek in Port Ada on its margins.")
    osei, marek = page.entity("Ama Osei"), page.entity("Ivo Marek")
    ada = page.entity("Port Ada", "place", country="Azania")
    whole = page.event("The ministers met in Port Ada", "meeting", "happened", [osei, marek], place=ada)
    part = page.event("Ama Osei met Ivo Marek in Port Ada", "meeting", "happened", [osei, marek], place=ada)
    page.say(part, "part_of", whole, "on its margins", "margins")
    assert len(desk.happenings.events) == 2
