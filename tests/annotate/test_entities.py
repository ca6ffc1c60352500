"""Who and what a report speaks of."""

import functools

import pytest

from communique.annotate import entities, nlp
from communique.annotate.entities import Entities
from communique.model.mentions import EntityMention, Form
from communique.model.reports import Head, Report
from communique.model.words import ActorKind

PAIR = (
    "Kenyan Defence Minister Aden Duale met his Brazilian counterpart, José Múcio, in Nairobi on Friday. "
    "Both ministers signed a protocol on training. He thanked Múcio. The Kenyan Defence Minister then left."
)
BODY = (
    "The Norway-Chile Joint Commission on Fisheries and Marine Research (JCFMR), established in 1998, met in Oslo. "
    "The commission meets every two years. The meeting alternates between Norway and Chile. "
    "The 7th JCFMR session was opened by Ms Ingrid Dahl, the Norwegian Fisheries Minister. "
    "The Chilean delegation was welcomed at the Norwegian Defence Ministry."
)


@functools.cache
def read(text: str) -> Entities:
    """Parse and read an invented report."""
    return entities.read(nlp.parse(Report(Head(id="r" + "0" * 16, name="t", sha256="", chars=len(text)), text)))


def at(text: str, words: str, nth: int = 0) -> EntityMention:
    """The mention at the nth place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    found = read(text).at(start, start + len(words))
    assert found is not None, words
    return found


def facts(text: str, entity: str) -> set[tuple[str, str]]:
    """Fields and values that all mentions of an entity claim."""
    return {(c.field, c.value) for m in read(text).mentions if m.entity == entity for c in m.claims}


@pytest.mark.parametrize(
    ("text", "name", "office", "country"),
    [
        ("Swedish Prime Minister Eva Lind spoke.", "Eva Lind", "Prime Minister", "Sweden"),
        ("President of the Republic of Malta Joseph Zammit spoke.", "Joseph Zammit", "President", "Malta"),
        ("Nils Ekberg, the Danish Finance Minister, spoke.", "Nils Ekberg", "Finance Minister", "Denmark"),
        ("Ana R. Silva, Vice President of Portugal, spoke.", "Ana R. Silva", "Vice President", "Portugal"),
        ("The Minister of Defence of Peru, Luis Vega Soto, spoke.", "Luis Vega Soto", "Defence Minister", "Peru"),
        ("Indonesian Foreign Minister Sugiono spoke.", "Sugiono", "Foreign Minister", "Indonesia"),
        ("Ethiopia's Prime Minister Abiy Ahmed spoke.", "Abiy Ahmed", "Prime Minister", "Ethiopia"),
        ("South Korean President Yoon Suk Yeol spoke.", "Yoon Suk Yeol", "President", "South Korea"),
        ("Sheikh Tamim bin Hamad Al Thani, the Emir of Qatar, spoke.", "Tamim bin Hamad Al Thani", "Emir", "Qatar"),
        ("President Elena Moreau of France spoke.", "Elena Moreau", "President", "France"),
    ],
)
def test_offices(text: str, name: str, office: str, country: str) -> None:
    """An office beside a name, before or after it, is the person's, with the country that is stated."""
    found = at(text, name)
    assert (found.span.text, found.kind) == (name, ActorKind.PERSON)
    assert {("office", office), ("country", country)} <= facts(text, found.entity)


def test_organisation_office() -> None:
    """An office of an organisation gives no country."""
    text = "European Commission President Clara Weiss spoke."
    claims = facts(text, at(text, "Clara Weiss").entity)
    assert ("office", "President of the European Commission") in claims
    assert not [value for field, value in claims if field == "country"]


def test_surnames() -> None:
    """A surname alone, with a possessive too, is the person whose full name the report gives anywhere."""
    text = "Haddad's visit ended.\n\nTunisian President Karim Haddad arrived. Mr Haddad spoke."
    assert {at(text, "Haddad", n).entity for n in range(3)} == {at(text, "Karim Haddad").id}
    assert at(text, "Haddad").span.text == "Haddad"


def test_family_name_first() -> None:
    """A name's first word alone is the person too, as Chinese and Korean names are used."""
    text = "Chinese President Xi Jinping arrived in Lima. Xi spoke."
    assert at(text, "Xi", 1).entity == at(text, "Xi Jinping").id


def test_spellings() -> None:
    """Two spellings of one name in a report are one person."""
    text = "Foreign Minister Sergei Orlov spoke. Later Sergey Orlov left."
    assert at(text, "Sergey Orlov").entity == at(text, "Sergei Orlov").entity


def test_namesakes() -> None:
    """Two persons with one surname stay two."""
    text = "Minister Anna Virtanen met President Mika Virtanen."
    assert at(text, "Anna Virtanen").entity != at(text, "Mika Virtanen").entity


def test_labels() -> None:
    """A speaker's label in capitals is a mention of the person."""
    text = "CHANCELLOR HOLM: Thank you.\n\nPRIME MINISTER REED: Thank you, Chancellor Holm."
    assert at(text, "HOLM").entity == at(text, "Holm").entity
    assert at(text, "REED").kind is ActorKind.PERSON


def test_plural_office() -> None:
    """An office in the plural before two names is both persons'."""
    text = "Science Ministers Rosa Quiroga and Yaw Antwi opened the session."
    for name in ("Rosa Quiroga", "Yaw Antwi"):
        assert ("office", "Science Minister") in facts(text, at(text, name).entity)


def test_counterpart() -> None:
    """A counterpart with a name has the other country and the office of the one whose counterpart it is."""
    claims = facts(PAIR, at(PAIR, "José Múcio").entity)
    assert {("country", "Brazil"), ("office", "Defence Minister")} <= claims


def test_both_ministers() -> None:
    """Both ministers are the two persons of the sentence before."""
    found = at(PAIR, "Both ministers")
    assert found.form is Form.GROUP
    assert set(found.members) == {at(PAIR, "Aden Duale").id, at(PAIR, "José Múcio").id}
    assert [c.qualifier for c in found.claims if c.field == "entity"] == ["member", "member"]


def test_both_leaders_unknown() -> None:
    """Both leaders are nobody where the sentence before names three persons."""
    text = "President Ana Silva, President Luis Vega and President Eva Lind met. Both leaders smiled."
    assert at(text, "Both leaders").members == ()


def test_office_mention() -> None:
    """An office with its country alone is the person who holds it in the report."""
    found = at(PAIR, "The Kenyan Defence Minister")
    assert (found.form, found.entity) == (Form.OFFICE, at(PAIR, "Aden Duale").id)


def test_office_of_two() -> None:
    """An office that two hold is the one's who acted when somebody was last named, and nobody's where neither did."""
    met = "Kenyan Defence Minister Aden Duale met Brazilian Defence Minister José Múcio in Nairobi on Friday.\n\n"
    told = f"{met}The ships are old.\n\nThe Defence Minister called for new ones."
    assert at(told, "The Defence Minister").entity == at(told, "Aden Duale").id
    other = f"{met}Ana Soto praised Duale and Múcio.\n\nThe Defence Minister called for new ships."
    assert at(other, "The Defence Minister").entity not in {at(other, n).entity for n in ("Aden Duale", "José Múcio")}


def test_unresolved_office() -> None:
    """An office that nobody in the report holds keeps its own entity, with office and country."""
    text = "The Danish Foreign Minister spoke with Prime Minister Eva Lind."
    found = at(text, "The Danish Foreign Minister")
    assert (found.entity, found.office, found.country) == (found.id, "Foreign Minister", "Denmark")


def test_pronoun() -> None:
    """A pronoun that is the subject is the subject of the sentence before; without one it stays alone."""
    text = "Prime Minister Eva Lind arrived in Oslo. She spoke."
    assert at(text, "She").entity == at(text, "Eva Lind").id
    assert at("He arrived.", "He").entity == at("He arrived.", "He").id


def test_pronoun_object() -> None:
    """An object is not the subject of its own verb."""
    text = "Minister Karl Berg met Minister Jon Lie in Bergen. Berg thanked Lie and invited him to Bonn."
    assert at(text, "him").entity == at(text, "Jon Lie").id


def test_body() -> None:
    """A body's long name, its short form and "the commission" are one entity with members and short form."""
    found = at(BODY, "Norway-Chile Joint Commission on Fisheries and Marine Research")
    assert found.kind is ActorKind.BODY
    assert at(BODY, "JCFMR", 1).entity == at(BODY, "The commission").entity == found.id
    expected = {("short", "JCFMR"), ("country", "Norway"), ("country", "Chile")}
    assert expected <= facts(BODY, found.id)


def test_body_facts() -> None:
    """Founding, rhythm and rotation go to the body of the sentence or of the one before."""
    claims = facts(BODY, at(BODY, "JCFMR").entity)
    rotation = "alternates between Norway and Chile"
    assert {("founded", "1998"), ("rhythm", "every two years"), ("rotation", rotation)} <= claims


def test_country_is_no_body() -> None:
    """A country's long name is a country though its last word may end a body's name."""
    text = "He visited the Russian Federation and the Swiss Confederation."
    assert at(text, "Russian Federation").kind is ActorKind.COUNTRY


def test_look_alikes() -> None:
    """Two bodies of the same members with different topics stay apart."""
    text = (
        "The Chile-Kenya Joint Commission on Trade (CKJC-T) met. "
        "The Chile-Kenya Joint Commission on Energy (CKJC-E) did not. The CKJC-E session is due."
    )
    trade, energy = at(text, "CKJC-T"), at(text, "CKJC-E", 1)
    assert trade.entity != energy.entity
    assert energy.entity == at(text, "Chile-Kenya Joint Commission on Energy").entity


def test_summit() -> None:
    """A numbered summit of two sides is a body without its ordinal, whatever the order of the sides."""
    text = "The 12th Brazil-EU summit was held. The next European Union-Brazil summit is planned."
    found = at(text, "Brazil-EU summit")
    assert (found.span.text, found.kind) == ("Brazil-EU summit", ActorKind.BODY)
    assert at(text, "European Union-Brazil summit").entity == found.entity


def test_ministry_and_group() -> None:
    """A ministry has the country of its adjective, a delegation too."""
    ministry = at(BODY, "Norwegian Defence Ministry")
    assert (ministry.kind, ministry.country) == (ActorKind.BODY, "Norway")
    group = at(BODY, "Chilean delegation")
    assert (group.kind, group.country) == (ActorKind.GROUP, "Chile")


def test_capital() -> None:
    """A capital with a will is its country's government, a capital where something is held is a place."""
    text = "Talks were held in Lima. Lima's commitment is firm."
    assert at(text, "Lima").kind is ActorKind.PLACE
    assert (at(text, "Lima", 1).kind, at(text, "Lima", 1).name) == (ActorKind.COUNTRY, "Peru")


def test_item() -> None:
    """A ship or system is an item with a count and a delivery status, and nothing else."""
    text = "The minister requested delivery of two units of the Q-70 radar system. HMS Heron was commissioned."
    system, ship = at(text, "Q-70"), at(text, "HMS Heron")
    assert (system.kind, ship.kind) == (ActorKind.ITEM, ActorKind.ITEM)
    assert {("count", "two units"), ("delivery", "requested")} <= facts(text, system.entity)
    assert ("delivery", "delivered") in facts(text, ship.entity)
    fields = {f for m in (system, ship) for f, _ in facts(text, m.entity)}
    assert fields <= {"kind", "form", "name", "entity", "count", "delivery"}


def test_agreements_and_programmes() -> None:
    """Named agreements, partnerships in small letters, signed papers and quoted programmes are found."""
    text = (
        "They renewed the Marine Research Cooperation agreement for 2021-31 and praised "
        "the ‘Grow in Ghana’ initiative. "
        "The comprehensive strategic partnership holds. The ministers signed a protocol on fisheries."
    )
    assert at(text, "Marine Research Cooperation agreement for 2021-31").kind is ActorKind.AGREEMENT
    assert at(text, "comprehensive strategic partnership").kind is ActorKind.AGREEMENT
    assert at(text, "a protocol on fisheries").span.text == "a protocol on fisheries"
    assert (at(text, "Grow in Ghana").kind, at(text, "Grow in Ghana").name) == (ActorKind.PROGRAMME, "Grow in Ghana")


def test_forum_and_handle() -> None:
    """Known forums have their long names; an account spelled as a person's name is the person."""
    text = "Ana Silva (@anasilva) spoke at the APEC summit. President Ana Silva left."
    assert at(text, "APEC").name == "Asia-Pacific Economic Cooperation"
    assert at(text, "@anasilva").entity == at(text, "Ana Silva").entity


@pytest.mark.parametrize("text", [PAIR, BODY])
def test_shape(text: str) -> None:
    """Mentions are in order, ids unique, representatives exist, every claim is about its mention."""
    found = read(text)
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: (m.span.start, m.span.end))
    assert len({m.id for m in found.mentions}) == len(found.mentions)
    for mention in found.mentions:
        assert found.by_id(mention.entity) is not None
        assert all(found.by_id(m) for m in mention.members)
        assert {c.subject for c in mention.claims} == {mention.id}
        assert {"kind", "form", "name", "entity"} <= {c.field for c in mention.claims}
        assert mention.span.holds(text)
    assert found.at(10**6, 10**6 + 1) is None


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Forces fought in Tarrin, Mollin and Tal Brekka for weeks.", "Tal Brekka", ActorKind.PLACE),
        ("Operation Silver Tide went on near Hollenfeld.", "Operation Silver Tide", ActorKind.PROGRAMME),
        ("They discussed the North Stream and the Tarrin Pipeline.", "Tarrin Pipeline", ActorKind.PROGRAMME),
    ],
)
def test_the_words_around_a_name_tell_its_kind(text: str, words: str, kind: ActorKind) -> None:
    """A list after "in" holds places; operations and pipelines are no bodies."""
    assert at(text, words).kind is kind


def test_two_places_without_a_table_stay_two() -> None:
    """Buildings that only their head word gives away are kept apart by their names."""
    text = "She went to the Harbour Memorial and then to the Sarn Bridge."
    assert at(text, "Harbour Memorial").entity != at(text, "Sarn Bridge").entity


def test_two_leaders_before_one_name_are_two() -> None:
    """Two leaders' offices joined by "and" before one name are of two persons."""
    text = "The Vice President and Ghanaian President Okafor spoke to the press in Accra."
    assert facts(text, at(text, "Okafor").entity) >= {("office", "President"), ("country", "Ghana")}
    assert ("office", "Vice President") not in facts(text, at(text, "Okafor").entity)


def test_a_name_behind_its_office_twice_is_read_once() -> None:
    """The second office is no part of the name."""
    text = "She thanked the President of the Republic of Ghana, President Mary Okafor, warmly."
    assert at(text, "Mary Okafor").name == "Mary Okafor"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Minister Samir al-Haddad arrived in Tunis on Monday.", "Samir al-Haddad"),
        ("Water Minister Pieter van der Molen spoke in Utrecht.", "Pieter van der Molen"),
    ],
)
def test_particles_belong_to_a_name(text: str, name: str) -> None:
    """A particle, hyphenated or in a row, neither ends a name nor splits it."""
    assert at(text, name).span.text == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Perth spoke.", "Perth"),
        ("President Adana Lagos met the press in Rome.", "Adana Lagos"),
        ("Milan Corwell, Canada's envoy, left Milan.", "Milan Corwell"),
        ("Ambassador Jang thanked Do Min-ho.", "Do Min-ho"),
    ],
)
def test_persons_named_like_other_things(text: str, name: str) -> None:
    """A name made of a city's word, or of a particle's, is a person's where its surroundings say so."""
    found = at(text, name)
    assert (found.span.text, found.kind) == (name, ActorKind.PERSON)


def test_object_pronoun_is_the_other_of_the_sentence_before() -> None:
    """The word "him" means the person who was met, where the one who acts is known."""
    text = "Mike Dunford was met by Ingrid Solberg. Solberg thanked him."
    assert at(text, "him").entity == at(text, "Mike Dunford").id


def test_an_article_that_is_a_family_name() -> None:
    """An article before a given name of two syllables is a name; before what is based or led somewhere it is none."""
    text = (
        "An Soo-jin arrived in Lima. Lena Korth met An Soo-jin. An Oslo-based firm and an Arctic-wide ban were named."
    )
    people = {m.name for m in read(text).mentions if m.kind is ActorKind.PERSON}
    assert people == {"An Soo-jin", "Lena Korth"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They marked the commissioning of QS Blue Heron.", "QS Blue Heron"),
        ("The patrol vessel, QS Heron, was delivered.", "QS Heron"),
    ],
)
def test_a_ship_whose_prefix_no_table_knows(text: str, words: str) -> None:
    """Capitals and a name right behind a word for a ship or its commissioning are a ship."""
    assert at(text, words).kind is ActorKind.ITEM
    assert at(text, words).span.text == words


@pytest.mark.parametrize(("text", "name"), [("at the ZQRT summit in Oslo", "ZQRT"), ("the Q-9 Summit in Oslo", "Q-9")])
def test_capitals_before_summit_are_a_forum(text: str, name: str) -> None:
    """A forum that no table knows is known by its summit, whatever letter that begins with."""
    found = at(text, name)
    assert (found.kind, found.name) == (ActorKind.FORUM, name)


def test_a_rhythm_is_told_of_a_body_by_its_head_alone() -> None:
    """As in "The Committee meets every year", in a paragraph of its own: the body named before is meant."""
    text = (
        "The fifth meeting of the Chile-Kenya Joint Committee on the Environment was held in Nairobi.\n\n"
        "The Committee meets every year, alternately in Chile and Kenya."
    )
    facts = {c.field: c.value for c in at(text, "The Committee").claims}
    assert facts["rhythm"] == "annual"
    assert facts["rotation"] == "alternately in Chile and Kenya"


@pytest.mark.parametrize(
    "text",
    [
        "Peru's Lucía Quispe was more careful. The money, she said, was not yet there.",
        "Her Peruvian colleague, Lucía Quispe, spoke last.",
    ],
)
def test_whom_a_country_owns_or_a_pronoun_follows_is_a_person(text: str) -> None:
    """A name behind a country's apostrophe or a colleague's is a person's, whatever the parser takes it for."""
    assert at(text, "Lucía Quispe").kind is ActorKind.PERSON


def test_a_colleague_of_a_country_holds_the_same_office() -> None:
    """A Chilean colleague is a counterpart, and "the Chilean minister" later means her."""
    text = "Peruvian Interior Minister Luis Vega met his Chilean colleague Ana Kos. The Chilean Interior Minister left."
    assert at(text, "The Chilean Interior Minister").entity == at(text, "Ana Kos").entity


def test_a_minister_of_a_country_is_the_only_one_whom_the_report_calls_that_countrys() -> None:
    """Who is called a country's without an office is its minister, but no president."""
    text = 'The ministers of three countries met. "It is late," said Peru\'s Luis Vega. The Peruvian {} left.'
    vega = at(text.format("minister"), "Luis Vega")
    assert at(text.format("minister"), "The Peruvian minister").entity == vega.entity
    assert at(text.format("president"), "The Peruvian president").entity != at(text.format("president"), "Vega").entity


def test_the_minister_alone_is_the_one_whom_the_text_goes_on_about() -> None:
    """Of two ministers "the minister" of a new paragraph is the subject of the last sentence that names anybody."""
    text = (
        "Peruvian Interior Minister Luis Vega received his Chilean colleague Ana Kos.\n\n"
        "Kos said the border was open.\n\nThe minister left."
    )
    assert at(text, "The minister").entity == at(text, "Ana Kos").entity


def test_a_pronoun_tells_who_another_pronoun_cannot_be() -> None:
    """Of whom "she" was said alone no "he" is said afterwards."""
    text = "Chilean Minister Ana Kos came to Lima. She was tired.\n\nHe was late."
    assert at(text, "She").entity == at(text, "Ana Kos").entity
    assert at(text, "He").entity != at(text, "Ana Kos").entity


def test_a_surname_that_is_a_towns_too_is_the_persons() -> None:
    """Where a report tells of somebody named Bari, Bari says things; "in Bari" is the town."""
    text = "Energy Minister Rafiq Bari met her. Bari said so. He was born in Bari."
    assert at(text, "Bari", 1).entity == at(text, "Rafiq Bari").entity
    assert at(text, "Bari", 2).kind is ActorKind.PLACE
