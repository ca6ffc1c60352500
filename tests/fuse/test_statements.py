"""What a person said once, however many reports print it."""

import itertools
from typing import Any

from communique.fuse.statements import speakers, statements
from communique.model import ids
from communique.model.claims import Modality
from communique.model.decisions import Ruling
from communique.model.record import Statement
from communique.model.words import Mode

QUOTA = "The fishing quota is fair and both fleets will keep it until the summer"
PORTS = "We will open three northern harbours for every research vessel next winter"


def say(page: Any, words: str, speaker: str | None, **facts: str) -> str:
    """Add a quotation; `mode` is direct unless said otherwise, `cue` ties sentences of one utterance together."""
    mention = str(page.mention("q", words))
    modality = facts.pop("modality", "stated")
    cue = facts.pop("cue", "")
    page.say(mention, "content", words, words, modality=modality)
    page.say(mention, "mode", facts.pop("mode", "direct"), words)
    page.say(mention, "stance", facts.pop("stance", "say"), words)
    if speaker:
        start, end = ids.mention_key(speaker)[1:3]
        page.say(mention, "speaker", speaker, page.text[start:end])
    if cue:
        page.say(mention, "cue", "say", cue)
    for field, value in facts.items():
        page.say(mention, field, value, words)
    return mention


def found(desk: Any) -> tuple[Statement, ...]:
    """The statements of a desk."""
    return statements(desk.dossiers, desk.cast.resolve, desk.origins)


def two(desk: Any, first: str, second: str, **second_facts: str) -> tuple[Statement, ...]:
    """The statements of two reports, each with one quotation by Ana Torres."""
    for words, facts in ((first, {}), (second, second_facts)):
        page = desk.page(f"{words} Ana Torres said.")
        say(page, words, page.entity("Ana Torres"), **facts)
    return found(desk)


def test_the_same_words_in_two_reports_are_one_statement(desk: Any) -> None:
    """Both wordings are kept as evidence; the id is the smallest mention."""
    (one,) = two(desk, QUOTA, QUOTA.replace("fair and", "fair, and"))
    assert one.id == desk.pages[0].mention("q", QUOTA)
    assert [w.evidence.report for w in one.quotations] == [p.id for p in desk.pages]
    assert one.origins == 2
    assert one.text in (QUOTA, QUOTA.replace("fair and", "fair, and"))


def test_a_truncated_quotation_is_a_wording_of_the_whole(desk: Any) -> None:
    """A shorter print of the same sentence is no second statement, and the longest print is the text."""
    (one,) = two(desk, QUOTA, "The fishing quota is fair and both fleets")
    assert one.text == QUOTA


def test_a_paraphrase_joins_what_it_paraphrases(desk: Any) -> None:
    """Indirect speech of the same speaker and occasion is a wording; the text stays the direct one."""
    (one,) = two(desk, QUOTA, "that the quota is fair and that fleets will keep it", mode="indirect")
    assert [w.mode for w in one.quotations] == [Mode.DIRECT, Mode.INDIRECT]
    assert one.text == QUOTA


def test_a_sentence_with_one_other_word_is_the_same_statement(desk: Any) -> None:
    """Own words that differ in one word were said once, and one report has it wrong; a short saying proves nothing."""
    words = "Nobody will have to leave it to others in any of these towns"
    (one,) = two(desk, words, words.replace("leave", "sell"))
    assert len(one.quotations) == 2


def test_a_short_saying_with_one_other_word_is_another(desk: Any) -> None:
    """Few equal words are anybody's."""
    assert len(two(desk, "We will have to leave it", "We will have to sell it")) == 2


def test_different_things_stay_apart(desk: Any) -> None:
    """Two sentences by one speaker are two statements."""
    assert len(two(desk, QUOTA, PORTS)) == 2


def test_a_paraphrase_of_another_occasion_stays_apart(desk: Any) -> None:
    """The same assurance a year later is another statement, unless it is printed as the same words."""
    pages = [
        desk.page(f"that the quota is fair for all fleets {day} Ana Torres", day)
        for day in ("2031-05-14", "2032-05-14")
    ]
    desk.apart = [{pages[0].id}, {pages[1].id}]
    for page in pages:
        say(page, "that the quota is fair for all fleets", page.entity("Ana Torres"), mode="indirect")
    assert len(found(desk)) == 2


def test_one_word_printed_as_two_speakers_is_one_statement_with_a_conflict(desk: Any) -> None:
    """The same words are one statement whoever they are given to; the person named by most wins."""
    for name, kind in (("Ana Torres", "person"), ("Chilean Navy", "body")):
        page = desk.page(f"{QUOTA} {name}")
        say(page, QUOTA, page.entity(name, kind))
    (one,) = found(desk)
    assert len(speakers(one)) == 2
    assert one.speaker is not None
    assert desk.cast.name(one.speaker) == "Ana Torres"
    assert one.confidence < 0.8


def test_an_utterance_that_another_report_prints_in_two_is_two_statements(desk: Any) -> None:
    """What is attested apart stays apart; the report that joined it lends each its sentence."""
    joined = desk.page(f"{QUOTA} {PORTS} Ana Torres said.")
    who = joined.entity("Ana Torres")
    for words in (QUOTA, PORTS):
        say(joined, words, who, cue="said")
    parted = desk.page(f"{QUOTA} Ana Torres said. {PORTS} Torres added.")
    say(parted, QUOTA, parted.entity("Ana Torres"), cue="said")
    say(parted, PORTS, parted.entity("Torres", of=parted.mention("n", "Ana Torres")), cue="added")
    assert [s.text for s in found(desk)] == [QUOTA, PORTS]


def test_an_utterance_that_nobody_parts_is_one_statement(desk: Any) -> None:
    """A report that quotes one of its sentences does not part it."""
    whole = desk.page(f"{QUOTA} {PORTS} Ana Torres said.")
    who = whole.entity("Ana Torres")
    for words in (QUOTA, PORTS):
        say(whole, words, who, cue="said")
    part = desk.page(f"{PORTS} Ana Torres said.")
    say(part, PORTS, part.entity("Ana Torres"), cue="said")
    (one,) = found(desk)
    assert one.text == f"{QUOTA} {PORTS}"


def test_thoughts_plans_and_nameless_hearsay_are_no_statements(desk: Any) -> None:
    """What somebody thinks, will say, did not say, or nobody said, is not in the record."""
    page = desk.page(f"{QUOTA} {PORTS} Ana Torres. They agree that rain falls on fish.")
    who = page.entity("Ana Torres")
    say(page, QUOTA, who, stance="attitude", mode="indirect")
    say(page, PORTS, who, modality=Modality.PLANNED)
    say(page, "that rain falls on fish", None, mode="indirect")
    assert found(desk) == ()


def test_channel_and_addressee_are_kept(desk: Any) -> None:
    """The statement shows through what it came, each wording its own chain."""
    page = desk.page(f"{QUOTA} Ana Torres told Jens Dahl.")
    say(page, QUOTA, page.entity("Ana Torres"), addressee=page.entity("Jens Dahl"), channel="post on X")
    (one,) = found(desk)
    assert one.addressee is not None
    assert desk.cast.name(one.addressee) == "Jens Dahl"
    assert (one.channel, one.quotations[0].channel) == ("post on X", ("post on X",))


def test_a_decision_parts_what_is_alike(desk: Any) -> None:
    """A person's ruling outranks the words."""
    assert len(two(desk, QUOTA, QUOTA)) == 1
    first, second = desk.pages
    desk.decide(Ruling.NOT_SAME, (first, first.mention("q", QUOTA)), (second, second.mention("q", QUOTA)))
    assert len(found(desk)) == 2


def test_a_decision_joins_what_is_unlike(desk: Any) -> None:
    """A person may know that two wordings are one utterance."""
    assert len(two(desk, QUOTA, PORTS)) == 2
    first, second = desk.pages
    desk.decide(Ruling.SAME, (first, first.mention("q", QUOTA)), (second, second.mention("q", PORTS)))
    assert len(found(desk)) == 1


def test_the_order_of_the_reports_makes_no_difference(desk: Any) -> None:
    """Any order of arrival gives the same statements."""
    two(desk, QUOTA, PORTS)
    third = desk.page(f"that the quota is fair and fleets will keep it Ana Torres told {PORTS[:40]}")
    who = third.entity("Ana Torres")
    say(third, "that the quota is fair and fleets will keep it", who, mode="indirect")
    say(third, PORTS[:40], who)
    expected = found(desk)
    pages = list(desk.pages)
    for order in itertools.permutations(pages):
        desk.pages = list(order)
        assert found(desk) == expected


def test_few_words_without_marks_are_no_statement(desk: Any) -> None:
    """A bare noun after a verb of a headline is nothing that anybody said."""
    page = desk.page("Ana Torres agreed on river data. She spoke of fish.")
    say(page, "river data", page.entity("Ana Torres"), mode="indirect")
    assert found(desk) == ()


def test_many_shared_names_and_words_join_paraphrases(desk: Any) -> None:
    """Two tellings of one remark may share little but the names, places and dates in it."""
    one = "old friendship grew with the recent trips, such as two stays of President Ilan Corve in Port Ember and Vesk"
    other = "that friendship has deepened after the two stays of President Ilan Corve in Port Ember and Vesk"
    for words in (one, other):
        page = desk.page(f"Ana Torres said {words}.")
        say(page, words, page.entity("Ana Torres"), mode="indirect")
    assert len(found(desk)) == 1


def test_a_sentence_that_resumes_what_was_just_told_goes_with_it(desk: Any) -> None:
    """What "these talks" begins is about the talks of the sentence before, by the same speaker."""
    first, second = "the weight of the long talks in Vesk", "that these talks had brought both fleets closer"
    page = desk.page(f"Ana Torres noted {first}. She said {second}.")
    who = page.entity("Ana Torres")
    for words in (first, second):
        say(page, words, who, mode="indirect")
    assert len(found(desk)) == 1


def test_what_is_told_and_at_once_shown_is_one_statement(desk: Any) -> None:
    """A sentence that tells what the next one quotes is its wording: the same subject, and plain words in common."""
    told, shown = (
        "the lasting strength of Peru-Chile relations",
        "The Peru-Chile relationship is strong and pays its way",
    )
    page = desk.page(f'Ana Torres stressed {told}. "{shown}," Torres said. Peru and Chile met.')
    who = page.entity("Ana Torres")
    say(page, told, who, mode="indirect", stance="stress")
    say(page, shown, who)
    assert len(found(desk)) == 1


def test_a_request_is_no_wording_of_an_assertion(desk: Any) -> None:
    """Whoever invites others to do what is also stated of oneself has said two things."""
    asked = "to build capable wooden trawlers in southern yards"
    stated = "The country will keep its wooden trawlers, whatever the season or the price of timber"
    page = desk.page(f'Ana Torres invited the yards {asked}. "{stated}," Torres said.')
    who = page.entity("Ana Torres")
    say(page, asked, who, mode="indirect", stance="invite")
    say(page, stated, who)
    assert len(found(desk)) == 2


def test_transcripts_that_part_their_sentences_otherwise_tell_one_statement(desk: Any) -> None:
    """Two offices write down one speech, one with a full stop where the other has a comma."""
    first = "This is the longest crossing of any northern icebreaker fleet since records began"
    second = "and your patience with our harbour pilots is something that we welcome"
    one = desk.page(f"Ana Torres: {first}, {second}. The fleet left.")
    say(one, f"{first}, {second}", one.entity("Ana Torres"))
    other = desk.page(f"Minister: {first}. {second.capitalize()}. The fleet left.")
    for words in (first, second.capitalize()):
        say(other, words, other.entity("Minister"))
    (statement,) = found(desk)
    assert len({w.evidence.report for w in statement.quotations}) == 2


def test_wordings_printed_alike_go_to_one_statement(desk: Any) -> None:
    """Two reports with one paraphrase between them both belong to the words that it tells."""
    shown = "In spite of storms and of public pressure we shall keep close contacts with the islands for ever"
    told = "her wish for close contacts with the islands"
    page = desk.page(f"{shown} Ana Torres said.")
    say(page, shown, page.entity("Ana Torres"))
    for _ in range(2):
        page = desk.page(f"Ana Torres affirmed {told}.")
        say(page, told, page.entity("Ana Torres"), mode="indirect", stance="affirm")
    (one,) = found(desk)
    assert len(one.quotations) == 3
