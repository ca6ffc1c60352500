"""What is said in a report, by whom and how."""

import functools
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate import entities, nlp, quotations
from communique.model import ids
from communique.model.claims import Modality
from communique.model.mentions import Quotation
from communique.model.reports import Head, Report
from communique.model.words import Mode


@functools.cache
def read(text: str) -> tuple[Quotation, ...]:
    """The quotations of an invented report."""
    head = Head(id=ids.report_id("0" * 64, None, None, text), name="t", sha256="0" * 64, chars=len(text))
    parse = nlp.parse(Report(head, text))
    return quotations.read(parse, entities.read(parse))


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Mode, speaker's words and content of every quotation."""
    return [
        (q.mode.value, q.speaker_span.text if q.speaker_span else None, " | ".join(s.text for s in q.content))
        for q in read(text)
    ]


def values(quotation: Quotation, field: str) -> list[str]:
    """The values that a quotation claims for a field."""
    return [c.value for c in quotation.claims if c.field == field]


FISH = "The quota is fair and will be kept"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f'"{FISH}," Minister Ana Torres said.', "Minister Ana Torres"),
        (f'"{FISH}," said Ana Torres.', "Ana Torres"),
        (f'Ana Torres said: "{FISH}."', "Ana Torres"),
        (f"Ana Torres said, “{FISH}.”", "Ana Torres"),
        (f"“{FISH},” according to Ana Torres.", "Ana Torres"),
        (f'"{FISH}," Ana Torres, the fisheries minister of Chile, told reporters.', "Ana Torres"),
        (f'Ana Torres posted on X, "{FISH}."', "Ana Torres"),
        (f"«{FISH}», Ana Torres said.", "Ana Torres"),
    ],
)
def test_direct_speech_has_the_speaker_of_the_cue_on_either_side(text: str, speaker: str) -> None:
    """Before or after, straight or inverted, with a colon, a comma or 'according to'."""
    (found,) = (q for q in read(text) if q.mode is Mode.DIRECT)
    assert found.speaker_span is not None
    assert speaker in found.speaker_span.text
    assert found.speaker is not None
    assert found.content[0].text.startswith(FISH)


def test_the_span_takes_in_the_marks_and_the_content_leaves_them_out() -> None:
    """Span and content differ by the marks."""
    (found,) = read(f'"{FISH}," said Ana Torres.')
    assert found.span.text == f'"{FISH},"'
    assert found.content[0].text == f"{FISH},"


def test_every_sentence_of_an_utterance_is_a_quotation_and_the_first_claims_the_whole() -> None:
    """Sentences can be matched one by one with other reports; cue and speaker tie them together."""
    first, second = read('"We met in Oslo. We will meet again in Lima," Ana Torres said.')
    assert (first.content[0].text, second.content[0].text) == ("We met in Oslo.", "We will meet again in Lima,")
    assert (first.cue, first.speaker_span) == (second.cue, second.speaker_span)
    whole = [c.value for c in first.claims if c.qualifier == "whole"]
    assert whole == ["We met in Oslo. We will meet again in Lima,"]


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    """What is closed only in the next paragraph is said by whoever is named there."""
    text = "Torres flew home. “We met in Oslo today.\n\nWe will meet again,” Ana Torres posted on X."
    assert {s for mode, s, _ in told(text) if mode == "direct"} == {"Ana Torres"}


def test_a_second_quotation_in_the_paragraph_carries_its_speaker_over() -> None:
    """Speech that goes on after the cue needs none of its own."""
    found = told('"We met in Oslo," Ana Torres said. "We will meet again in Lima next year."')
    assert [s for _, s, _ in found] == ["Ana Torres", "Ana Torres"]


def test_unattributed_speech_has_no_speaker() -> None:
    """Where nobody is named, nobody is guessed."""
    assert told("“The quota is fair and it will be kept.”\n\nIt rained.")[0][1] is None


@pytest.mark.parametrize(
    "text", ["He laid a wreath at ‘The Garden of the Fallen’ in Oslo.", "The “Blue Coast” fund was opened in Lima."]
)
def test_titles_and_scare_quotes_are_no_speech(text: str) -> None:
    """A quoted name is nobody's statement."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ana Torres said that the quota is fair.", "that the quota is fair"),
        ("The quota is fair, Ana Torres said.", "The quota is fair"),
        ("Ana Torres reaffirmed Chile's commitment to the treaty.", "Chile's commitment to the treaty"),
        ("Ana Torres stressed on the need for clean ports.", "the need for clean ports"),
        ("Ana Torres described the visit as a milestone for both coasts.", "the visit as a milestone for both coasts"),
        ("Ana Torres congratulated Jens Dahl on the launch of the vessel.", "on the launch of the vessel"),
        ("Ana Torres invited Jens Dahl to open the next session in Lima.", "to open the next session in Lima"),
        ("Ana Torres promised to send the draft in May.", "to send the draft in May"),
        ("According to Ana Torres, the quota is fair.", "the quota is fair"),
        ("Reiterating Chile's support for the treaty, Ana Torres flew home.", "Chile's support for the treaty"),
    ],
)
def test_indirect_speech_is_what_the_reporting_verb_governs(text: str, content: str) -> None:
    """Clauses, objects, descriptions, infinitives and opening participles, all by one speaker."""
    assert ("indirect", "Ana Torres", content) in told(text)


def test_a_second_verb_and_adding_make_statements_of_their_own_by_the_same_speaker() -> None:
    """Coordinated verbs and participles share the subject."""
    found = told("Ana Torres praised the plan and reaffirmed the treaty, adding that the ports are open.")
    assert [(s, c) for _, s, c in found] == [
        ("Ana Torres", "the plan"),
        ("Ana Torres", "the treaty"),
        ("Ana Torres", "that the ports are open"),
    ]


def test_a_clause_that_quotes_is_one_mixed_quotation() -> None:
    """The words in marks belong to the clause that holds them."""
    (found,) = read("Ana Torres noted that relations are in “full bloom” and that trade has grown.")
    assert values(found, "mode") == ["mixed"]
    assert found.mode is Mode.INDIRECT
    assert "trade has grown" in found.content[0].text


def test_reporting_words_amid_a_clause_part_its_content() -> None:
    """What stands on either side of 'he said' is said; 'he said' is not."""
    (found,) = read("The ports, Ana Torres said, were open to all ships.")
    assert [s.text for s in found.content] == ["The ports", "were open to all ships"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ana Torres said that the quota is fair.", Modality.STATED),
        ("Ana Torres did not say that the quota is fair.", Modality.DENIED),
        ("Ana Torres will say that the quota is fair.", Modality.PLANNED),
        ("Ana Torres might say that the quota is fair.", Modality.HYPOTHETICAL),
    ],
)
def test_what_is_not_yet_or_never_said_is_claimed_as_such(text: str, modality: Modality) -> None:
    """An announced statement is no statement."""
    (found,) = read(text)
    assert {c.modality for c in found.claims if c.field == "content"} == {modality}


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (f'"{FISH}," Ana Torres wrote in a post on X.', "post on X"),
        (f'"{FISH}," Ana Torres said as quoted by the Chilean Navy.', "quoted by the Chilean Navy"),
        (f'"{FISH}," Ana Torres said at a news conference.', "news conference"),
        (f'"{FISH}," Ana Torres remarked at the meeting.', "remarks at the meeting"),
    ],
)
def test_the_channel_is_named_in_plain_words(text: str, channel: str) -> None:
    """Posts, bodies that quote, news conferences and remarks are told apart."""
    assert channel in values(read(text)[0], "channel")


def test_a_statement_that_reads_is_given_to_whoever_made_it() -> None:
    """A document speaks for the one whom the sentence before names with it."""
    text = "In a statement, Ana Torres praised the crews. “The quota is fair and will be kept,” the statement read."
    direct = next(q for q in read(text) if q.mode is Mode.DIRECT)
    assert direct.speaker is not None
    assert [c.span.text for c in direct.claims if c.field == "speaker"] == ["Ana Torres"]


TRANSCRIPT = (
    "PRESIDENT TORRES: Thank you. We have opened two ports this year and we will open a third before winter comes.\n\n"
    "(Laughter.) The treaty between our two nations has never been stronger than it is today, my friends.\n\n"
    "Q    Madam President, when exactly will the third port that you spoke about be open to ships?\n\n"
    "PRESIDENT TORRES: It will open in June, as I said at the session of our commission in Oslo."
)


def test_what_follows_a_label_in_a_transcript_is_that_speakers_words() -> None:
    """Labels give the speaker, questions have none, and thanks are left out."""
    found = read(TRANSCRIPT)
    assert [q.speaker_span.text if q.speaker_span else None for q in found] == [
        "PRESIDENT TORRES",
        "PRESIDENT TORRES",
        None,
        "PRESIDENT TORRES",
    ]
    assert all(q.mode is Mode.DIRECT for q in found)
    assert not any("Thank you" in q.span.text or "Laughter" in q.span.text for q in found)


def test_one_label_makes_no_transcript() -> None:
    """A single heading with a colon leaves the report to be read as narration."""
    assert told("Minister Ana Torres: the quota is fair.\n\nIt rained in Oslo for three days without an end.") == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Ana Torres",
                " said",
                " that",
                "“",
                "”",
                '"',
                ",",
                ".",
                ":",
                "\n",
                " we agree",
                " told",
                " Dahl",
                " 'x'",
                "…",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_quotations_are_sorted_with_ids_of_their_own_and_true_spans(text: str) -> None:
    """Whatever the marks, every claim stands where it says."""
    found = read(text) if text.strip() else ()
    assert [q.id for q in found] == list(dict.fromkeys(q.id for q in found))
    assert list(found) == sorted(found, key=lambda q: (q.span.start, q.span.end))
    for quotation in found:
        for claim in quotation.claims:
            claim.span.check(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('The envoys were late. Tomas Vell shot back, "Nobody told us the hour of the talks."', "Tomas Vell"),
        ('Minister Ana Kos said she was glad and added, "The last point is the price of gas."', "Ana Kos"),
        ('Ana Kos said that the ferry was safe, but Tomas Vell gave a sharp reply: "It sank twice."', "Tomas Vell"),
        ('The ministry issued a statement saying, "The envoy will return to his post on Monday."', "The ministry"),
        ('Ana Kos warned: "Who will pay for all of this?" Critics cited the question for years.', "Ana Kos"),
        ('Ana Kos, asked about the quay, chided him, "What does it matter to you now?" when pressed on it.', "Ana Kos"),
        ('"The road is open to everyone," LeVell assured the mostly silent crowd.', "LeVell"),
        ("The plan, says Ana Kos, is cheaper than the old one was.", "Ana Kos"),
        ('Ana Kos:\n"The quota is fair and will be kept."', "Ana Kos"),
        ("''The quota is fair and will be kept,'' Ana Kos said.", "Ana Kos"),
    ],
)
def test_the_speaker_is_who_leads_into_the_words(text: str, speaker: str) -> None:
    """Open verbs, second verbs, documents' issuers, questions before a new sentence, inverted names, doubled marks."""
    assert [who for _, who, _ in told(text) if who is not None and speaker in who] != []
    assert [who for mode, who, _ in told(text) if mode == "direct" and who and speaker not in who] == []


def test_a_sentence_whose_end_is_quoted_is_said_whole() -> None:
    """Words before the mark belong to what is said, where the speaker comes after it."""
    (found,) = told("The crews are “working on the dam by day and by night,” Mayor Tomas Vell said.")
    assert found[1] == "Mayor Tomas Vell"
    assert found[2].startswith("The crews are")


def test_quoted_paragraphs_that_name_their_own_speakers_are_theirs() -> None:
    """What leads into a quoted exchange says none of it: each paragraph is said by the name before it."""
    text = (
        'Partial transcript as follows:\n"VELL: The quota will be kept by all of us.\n"KOS: It will be kept by some."'
    )
    assert told(text) == [
        ("direct", "VELL", "The quota will be kept by all of us."),
        ("direct", "KOS", "It will be kept by some."),
    ]


def test_words_quoted_beside_a_thought_have_a_candidate_and_no_speaker() -> None:
    """Nobody is told to have said what somebody is only held to want."""
    (found,) = read("Ana Kos felt at home with the “keepers of the river” in Vesk.")
    assert found.speaker is None
    assert values(found, "speaker_candidate")


def test_labels_in_prose_stand_over_their_own_paragraph_alone() -> None:
    """A report that prints speech between marks is no transcript: narration after a label is nobody's words."""
    text = (
        "Ana Kos: We agreed on the ferry and on its price.\n\nThe hall was full until the evening, and nobody left.\n\n"
        '"It was long," one guest said.\n\nTomas Vell: We agreed on the price and on little else.\n\n"Fine," he said.'
    )
    assert [words for _, _, words in told(text) if "hall was full" in words] == []
    assert [who for _, who, words in told(text) if words.startswith("We agreed on the ferry")] == ["Ana Kos"]


def test_a_cut_copy_of_a_quotation_is_a_repeat_by_the_same_speaker() -> None:
    """A page prints a post again beside its story, without marks and cut short."""
    post = "We opened the northern lock today and every barge of both countries may pass it free of charge until spring"
    text = f'Ana Kos posted on X, "{post}."\n\nThe lock is old.\n\n{post[:80]}… pic.twitter.com/abc\n'
    repeat = next(q for q in read(text) if q.claims[0].rule == "repeat")
    assert repeat.mode is Mode.DIRECT
    assert post.startswith(repeat.content[0].text)
    assert repeat.speaker == next(q for q in read(text) if q.claims[0].rule != "repeat").speaker


@pytest.mark.parametrize(
    "text",
    ["Arvenia and Tormalia agree on river data", "Ana Kos accepted an invitation to the session in Lindhaven."],
)
def test_a_deal_or_an_acceptance_is_no_statement(text: str) -> None:
    """Verbs of consent with a bare noun report nothing that was said."""
    assert read(text) == ()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ['"', '" ', "“", "“‘", "''", '"a ', "“He said ", "'a ' "])
def test_hostile_marks_name_no_speaker(unit: str) -> None:
    """A hundred thousand marks cost no recursion, and nobody is said to have said them."""
    text = unit * (100_000 // len(unit))
    head = Head(id=ids.report_id("0" * 64, None, None, unit), name="t", sha256="0" * 64, chars=len(text))
    parse = nlp.Parse(Report(head, text), ())
    assert all(q.speaker is None for q in quotations.read(parse, entities.Entities(())))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"The quay is open to all of them," the Ministry of Ports stated.', "the Ministry of Ports"),
        ('"The quay is open to all of them," a spokesman for Baltic pilots said.', "a spokesman"),
        ('"The quay is open to all of them." Kos said.', "Kos"),
        ('"The quay is open to all of them," Kos, after a long pause, said.', "Kos"),
        ('"The quay is open to all of them," Kos notes.', "Kos"),
        ('"The quay is open to all of them," a pilot, who asked not to be named, told Radio Riga.', "a pilot"),
        ('According to Kos, "The quay is open to all of them," which pleased the pilots.', "Kos"),
        ('Her answer was: "The quay is open to all of them."', "Her"),
        ('Kos went on to say, "The quay is open to all of them."', "Kos"),
        ('"The quay is open to all of them."\n\n- Ana Kos\n\nThe pilots left.', "Ana Kos"),
        ('Ana Kos said that the ice was gone.\n\n"The quay is open to all of them."', "Ana Kos"),
    ],
)
def test_direct_speech_is_given_to_the_one_who_stands_there(text: str, speaker: str) -> None:
    """Long names, asides, present tenses, full stops inside the marks, signatures and the paragraph before."""
    (found,) = (q for q in read(text) if q.mode is Mode.DIRECT)
    assert found.speaker_span is not None
    assert found.speaker_span.text == speaker


@pytest.mark.parametrize(
    "text",
    [
        'On Petrov: "He is a weak man and he will fall soon."',
        'July 2031: "The quay is open to all of them."',
        'Full transcript as follows:\n\n"The quay is open to all of them."',
        'The sign showed a poster that said, "The quay is open to all of them."',
    ],
)
def test_topics_days_and_things_say_nothing(text: str) -> None:
    """A label that names what is spoken of, or when, and a thing that holds words, are no speakers."""
    (found,) = (q for q in read(text) if q.mode is Mode.DIRECT)
    assert found.speaker_span is None
    assert found.speaker is None


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        ("The minister's promise to rebuild the dam drew applause.", "The minister", "assure"),
        ("His warning that the river would rise was ignored.", "His", "warn"),
        ("Kos's denial that the deal was signed is on page two.", "Kos", "deny"),
    ],
)
def test_a_noun_of_speech_holds_what_was_said(text: str, speaker: str, stance: str) -> None:
    """A promise, a warning and a denial tell whose words and which words, as a verb would."""
    (found,) = read(text)
    assert found.mode is Mode.INDIRECT
    assert found.speaker_span is not None
    assert speaker in found.speaker_span.text
    assert values(found, "stance") == [stance]


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("Quota is fair: Torres\n\nFisheries Minister Ana Torres met pilots.", "Quota is fair", "Torres"),
        ("Dorji: Road to Paro will open\n\nMinister Karma Dorji met traders.", "Road to Paro will open", "Dorji"),
    ],
)
def test_a_headline_with_a_name_beside_a_colon_tells_what_was_said(text: str, said: str, name: str) -> None:
    """The name of somebody whom the report tells of speaks, before the colon or after it."""
    found = next(q for q in read(text) if q.claims[0].rule == "headline")
    assert found.content[0].text == said
    assert found.speaker_span is not None
    assert found.speaker_span.text == name


def test_a_headline_that_names_nobody_of_the_report_tells_nothing() -> None:
    """A word before a colon is no speaker."""
    assert read("Note: The office is closed today\n\nAna Kos met pilots.") == ()


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Arta Berisha warned that the bridge would stay shut.", "warn"),
        ("Karma Dorji denied that the road had been sold.", "deny"),
        ("Kwame Osei assured Togo that the line would be built.", "assure"),
        ("Pham Thi Lan urged Laos to lift the tariff.", "urge"),
        ("Mart Kask welcomed the sale of the old power cable.", "welcome"),
    ],
)
def test_the_stance_is_that_of_the_reporting_verb(text: str, stance: str) -> None:
    """Warned, denied, assured, urged and welcomed are told apart."""
    (found,) = read(text)
    assert values(found, "stance") == [stance]


@pytest.mark.parametrize(
    ("text", "addressee", "channel"),
    [
        ('"The fleet is ready for the ice," Ana Torres told Luis Vega.', 1, []),
        ("Ana Torres told President Luis Vega that the fleet was ready.", 1, []),
        ('"The fleet is ready for the ice," Ana Torres told Radio Lima on Monday.', None, ["told Radio Lima"]),
        ('"The fleet is ready for the ice," Ana Torres told the Swedish ambassador.', 0, []),
        ('"The fleet is ready for the ice," Ana Torres told reporters.', None, ["told reporters"]),
    ],
)
def test_who_is_told_is_an_addressee_and_only_a_newsroom_a_channel(
    text: str, addressee: int | None, channel: list[str]
) -> None:
    """A president is spoken to; a radio station passes on; of somebody without a name nothing is claimed."""
    (found,) = read(text)
    assert values(found, "channel") == channel
    if addressee is not None:
        assert len(values(found, "addressee")) == addressee


def test_the_work_for_marks_grows_with_their_number() -> None:
    """Four times as many nested, mixed and open marks cost at most five times as many calls."""
    unit = '“He said ‘it «is "so ’we“ hear” '
    few, many = (_calls(unit * n) for n in (100, 400))
    assert many < 5 * few


def _calls(text: str) -> int:
    """Calls of our own functions that the reading of a text's quotations makes."""
    head = Head(id=ids.report_id("0" * 64, None, None, text), name="t", sha256="0" * 64, chars=len(text))
    parse = nlp.parse(Report(head, text))
    named = entities.read(parse)
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        quotations.read(parse, named)
    finally:
        sys.setprofile(before)
    return count


def test_a_quotation_that_nobody_leads_into_keeps_whoever_may_have_said_it() -> None:
    """Unsure is not silent: the one who spoke right before is a candidate, and no speaker."""
    text = '"The quay is open to all of them," said Ana Kos.\n\nThe pilots stood in the rain. "It was a good day."'
    last = read(text)[-1]
    assert last.speaker is None
    assert last.speaker_span is None
    assert values(last, "speaker_candidate") == [read(text)[0].speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Minister Ana Kos spoke last. As she put it, nobody builds half a bridge.", "she"),
        ("In the words of Minister Ana Kos, nobody builds half a bridge.", "Minister Ana Kos"),
        ("Minister Ana Kos was pleased. In her words, nobody builds half a bridge.", "her"),
        ("The envoy of the bank, Ana Kos, who came late, said nobody builds half a bridge.", "The envoy of the bank"),
    ],
)
def test_whose_words_they_are_may_be_said_by_a_phrase(text: str, speaker: str) -> None:
    """Words are a person's "as she put it", "in her words" and behind an office with a name."""
    found = [q for q in read(text) if q.content[0].text == "nobody builds half a bridge"]
    assert [q.speaker_span.text for q in found if q.speaker_span] == [speaker]
    assert all(q.speaker for q in found)


def test_an_office_behind_its_verb_is_the_named_persons() -> None:
    """Words before "quipped Kenya's Minister of Water, Name" are the named person's."""
    found = read('"The desert has signed before the river," quipped Kenya\'s Minister of Water, Amina Odhiambo.')
    assert [q.speaker is not None for q in found] == [True]
