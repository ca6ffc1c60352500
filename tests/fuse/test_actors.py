"""Who is who across reports."""

from typing import Any

from communique.model.decisions import Ruling
from communique.model.words import ActorKind


def people(desk: Any) -> Any:
    """Names of the persons of a desk, sorted."""
    return sorted(a.name for a in desk.cast.actors.values() if a.kind is ActorKind.PERSON)


def test_spellings_of_one_name_are_one_person(desk: Any) -> None:
    """Romanisations of a name meet, and every form is counted."""
    one, other = desk.page("Andrei Volkonsky spoke."), desk.page("Andrey Volkonsky spoke.")
    a, b = one.entity("Andrei Volkonsky"), other.entity("Andrey Volkonsky")
    cast = desk.cast
    assert cast.resolve[a] == cast.resolve[b] == a
    actor = cast.actors[a]
    assert {n.text for n in actor.names} == {"Andrei Volkonsky", "Andrey Volkonsky"}
    assert len(actor.evidence) == 2


def test_free_spellings_beside_one_office_are_one_person(desk: Any) -> None:
    """Two full names that are nearly alike meet where one story gives both the same office of the same country."""
    one, other = desk.page("Bridget Halloran spoke."), desk.page("Bridgit Halloran spoke.")
    a = one.entity("Bridget Halloran", office="Trade Minister", country="Azania")
    b = other.entity("Bridgit Halloran", office="Trade Minister", country="Azania")
    assert desk.cast.resolve[a] == desk.cast.resolve[b]


def test_a_surname_with_a_hyphen_is_no_full_name(desk: Any) -> None:
    """Half of a double surname is no given name: reports that print it alone and in full mean one person."""
    one, other = desk.page("Hala El-Masri spoke, and El-Masri left, and El-Masri sang."), desk.page("Hala El-Masri.")
    for page in (one, other):
        page.entity("Hala El-Masri", office="Trade Minister", country="Azania")
    assert people(desk) == ["Hala El-Masri"]


def test_namesakes_of_two_countries_stay_two(desk: Any) -> None:
    """Two persons of one name whose offices belong to different countries are not joined."""
    for country in ("Azania", "Borduria"):
        page = desk.page(f"Minister Ama Osei of {country} spoke.")
        page.entity("Ama Osei", office="Defence Minister", country=country)
    assert people(desk) == ["Ama Osei", "Ama Osei"]


def test_a_name_without_country_joins_the_only_one(desk: Any) -> None:
    """A report that gives no office means the one person of that name."""
    desk.page("Ama Osei of Azania").entity("Ama Osei", office="Defence Minister", country="Azania")
    desk.page("Ama Osei spoke").entity("Ama Osei")
    assert people(desk) == ["Ama Osei"]


def test_a_bare_surname_joins_the_only_holder_of_its_story(desk: Any) -> None:
    """A surname alone is the person of the story whose full name ends in it; in another story it is not."""
    one, two, three = desk.page("Ama Osei spoke."), desk.page("Osei spoke."), desk.page("Osei sang.")
    desk.apart = [{one.id, two.id}, {three.id}]
    full, bare, far = one.entity("Ama Osei"), two.entity("Osei"), three.entity("Osei")
    cast = desk.cast
    assert cast.resolve[bare] == full
    assert cast.resolve[far] != full


def test_a_surname_of_two_persons_stays_unresolved(desk: Any) -> None:
    """Where two persons of a story share the surname, the bare one is neither."""
    page = desk.page("Ama Osei and Kofi Osei spoke.")
    other = desk.page("Osei spoke.")
    persons = {page.entity("Ama Osei"), page.entity("Kofi Osei")}
    bare = other.entity("Osei")
    assert desk.cast.resolve[bare] not in persons


def test_an_office_is_its_only_holder_in_the_story(desk: Any) -> None:
    """An office with a country resolves to the person who holds it; the mention becomes evidence."""
    one, other = desk.page("Defence Minister Ama Osei spoke."), desk.page("The Azanian Defence Minister left.")
    osei = one.entity("Ama Osei", office="Defence Minister", country="Azania")
    bare = other.entity("The Azanian Defence Minister", form="office", office="Defence Minister", country="Azania")
    cast = desk.cast
    assert cast.resolve[bare] == osei
    assert other.span("The Azanian Defence Minister") in cast.actors[osei].evidence
    assert [r.role for r in cast.actors[osei].roles] == ["Defence Minister of Azania"]


def test_an_office_of_another_country_is_not_his(desk: Any) -> None:
    """The same office of another country is somebody else, known by the office alone."""
    one, other = desk.page("Defence Minister Ama Osei spoke."), desk.page("The Bordurian Defence Minister left.")
    osei = one.entity("Ama Osei", office="Defence Minister", country="Azania")
    bare = other.entity("The Bordurian Defence Minister", form="office", office="Defence Minister", country="Borduria")
    cast = desk.cast
    assert cast.resolve[bare] != osei
    assert cast.resolve[bare] in cast.unnamed


def test_pronouns_point_to_their_person(desk: Any) -> None:
    """A resolved pronoun is evidence of the person, not a name of hers."""
    page = desk.page("Ama Osei spoke. She left.")
    osei = page.entity("Ama Osei")
    she = page.entity("She", form="pronoun", of=osei, name="Ama Osei")
    actor = desk.cast.actors[desk.cast.resolve[she]]
    assert page.span("She") in actor.evidence
    assert [n.text for n in actor.names] == ["Ama Osei"]


def test_a_joint_mention_stands_for_its_members(desk: Any) -> None:
    """`Both ministers` is evidence of each of them."""
    page = desk.page("Ama Osei met Lin Tao. Both ministers signed.")
    members = [page.entity("Ama Osei"), page.entity("Lin Tao")]
    both = page.joint("Both ministers", members)
    cast = desk.cast
    assert cast.who(both) == tuple(members)
    assert all(page.span("Both ministers") in cast.actors[m].evidence for m in members)


def test_a_body_is_known_by_its_short_form(desk: Any) -> None:
    """A short form introduced in one report links the name of another; the short form makes the id."""
    one = desk.page("the Azania-Borduria Joint Commission on Railways (ABJCR)")
    two = desk.page("a meeting of ABJCR")
    name = "Azania-Borduria Joint Commission on Railways"
    long, short = one.entity(name, "body", short="ABJCR"), two.entity("ABJCR", "body")
    cast = desk.cast
    assert cast.resolve[long] == cast.resolve[short] == "abjcr"
    assert cast.name("abjcr") == name


def test_ministries_of_two_countries_stay_two(desk: Any) -> None:
    """Bodies of one name are told apart by their countries, and so are their ids."""
    for country in ("Azania", "Borduria"):
        desk.page(f"the Ministry of Trade of {country}").entity("Ministry of Trade", "body", country=country)
    bodies = [a.id for a in desk.cast.actors.values() if a.kind is ActorKind.BODY]
    assert bodies == ["azania-ministry-of-trade", "borduria-ministry-of-trade"]


def test_a_country_has_one_canonical_name(desk: Any) -> None:
    """Whatever a country is called, it is one actor under its canonical name."""
    one, two = desk.page("Azania agreed."), desk.page("The Azanian Republic agreed.")
    one.entity("Azania", "country", country="Azania")
    two.entity("The Azanian Republic", "country", country="Azania")
    (actor,) = desk.cast.actors.values()
    assert (actor.id, actor.name) == ("azania", "Azania")


def test_rulings_join_and_separate(desk: Any) -> None:
    """A person's ruling outranks likeness in both directions, and is undone when withdrawn."""
    pages = [desk.page(f"{name} spoke.") for name in ("Ama Osei", "Ama Osei", "A. K. Mensah")]
    a, b, c = (p.entity(n) for p, n in zip(pages, ("Ama Osei", "Ama Osei", "A. K. Mensah"), strict=True))
    before = desk.cast.resolve
    desk.decide(Ruling.NOT_SAME, (pages[0], a), (pages[1], b))
    desk.decide(Ruling.SAME, (pages[1], b), (pages[2], c))
    after = desk.cast.resolve
    assert after[a] != after[b] == after[c]
    for decision in list(desk.decisions):
        desk.decide(Ruling.WITHDRAW, withdraws=decision.id)
    assert desk.cast.resolve == before
