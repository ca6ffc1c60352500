"""How far two mentions speak for being one happening, and why."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communique.fuse.likeness import Likeness, Rarity, Sketch, likeness, observed, ready, table

REPORTS = [
    ["minister", "meet", "lima", "port"],
    ["minister", "sign", "treaty", "lima"],
    ["minister", "visit", "quito"],
    ["minister", "talk", "bridge"],
]
RARITY = Rarity(REPORTS)
WORDS = st.sampled_from(
    ["minister", "meet", "talk", "sign", "treaty", "lima", "quito", "port", "bridge", "say", "ferry"]
)
SKETCHES = st.builds(
    Sketch,
    report=st.sampled_from(["r1", "r2"]),
    lemma=WORDS,
    words=st.frozensets(WORDS, max_size=3),
    parties=st.frozensets(WORDS, max_size=4),
    objects=st.frozensets(WORDS, max_size=2),
    near=st.lists(WORDS, max_size=5).map(tuple),
    sentence=st.frozensets(WORDS, max_size=5),
)


def sketch(lemma: str, **facts: Any) -> Sketch:
    sets = {name: frozenset(words) for name, words in facts.items() if name != "near"}
    return Sketch(report="r", lemma=lemma, near=tuple(facts.get("near", ())), **sets)


def compared(one: Sketch, other: Sketch, akin: float = 0.0) -> Likeness:
    return likeness(ready(one, RARITY), ready(other, RARITY), RARITY, akin)


def seen(one: Sketch, other: Sketch) -> dict[str, float]:
    return observed(ready(one, RARITY), ready(other, RARITY), RARITY, 0.5)


def test_every_observation_has_its_weight() -> None:
    """The table weighs what is observed, no more and no less."""
    assert set(table().weights) == {"always", *seen(sketch("meet"), sketch("meet"))}


def test_one_word_with_one_party_is_likely_one_happening() -> None:
    """The same word and the same participants lie above the bar, other words with others below."""
    one = sketch("sign", words=["sign"], parties=["lima", "treaty"])
    assert compared(one, sketch("sign", words=["sign"], parties=["lima", "treaty"])).score > table().least
    assert compared(one, sketch("visit", words=["visit"], parties=["quito"])).score < 0.05


def test_synonyms_count_nearly_as_the_word_itself() -> None:
    """Two words of one row say the same; two neighbours say less; two strangers nothing."""
    one = sketch("meet", parties=["lima"])
    form, near, none = (compared(one, sketch(w, parties=["lima"])).score for w in ("encounter", "talk", "ferry"))
    assert form > near > none


def test_other_parties_speak_against() -> None:
    """The same word done by others is less likely the same happening than with nobody named."""
    one = sketch("meet", words=["meet"], parties=["lima"])
    other, nobody = sketch("meet", words=["meet"], parties=["quito"]), sketch("meet", words=["meet"])
    assert compared(one, other).score < compared(one, nobody).score


def test_rare_words_tell_more() -> None:
    """What every report names tells little: a shared minister is less than a shared port."""
    assert RARITY.of("minister") == 0.0
    assert RARITY.of("port") > RARITY.of("lima")
    common = seen(sketch("meet", parties=["minister", "quito"]), sketch("meet", parties=["minister", "port"]))
    rare = seen(sketch("meet", parties=["port", "quito"]), sketch("meet", parties=["port", "minister"]))
    assert common["parties"] < rare["parties"]


def test_a_rival_word_in_the_sentence_speaks_against() -> None:
    """Where the other sentence names the meeting elsewhere, its other word means something else."""
    one, other = sketch("meet"), sketch("sign", sentence=["meet", "treaty"])
    assert seen(one, other)["rival"] == 2.0
    assert compared(one, other).score < compared(one, sketch("sign", sentence=["treaty"])).score


def test_mere_saying_is_seldom_one_happening() -> None:
    """That two people say something is no reason to take it for one utterance."""
    assert seen(sketch("say"), sketch("tell"))["mere saying"] == 1.0
    assert compared(sketch("say"), sketch("say")).score < compared(sketch("sign"), sketch("sign")).score


def test_reasons_add_up_and_come_weightiest_first() -> None:
    """The score is nothing but the sum of its reasons."""
    found = compared(sketch("meet", parties=["lima"]), sketch("talk", parties=["lima", "port"]), akin=0.5)
    sizes = [abs(r.adds) for r in found.reasons]
    assert sizes == sorted(sizes, reverse=True)
    assert {"near in meaning", "akin, near", "parties"} <= {r.name for r in found.reasons}
    assert 0 < found.score < 1


def test_a_word_of_no_report_weighs_as_one_of_a_single_report() -> None:
    """Nothing is infinitely rare, also where there is no report at all."""
    assert RARITY.of("unheard") == RARITY.of("port")
    assert Rarity([]).of("unheard") == 0.0


@given(SKETCHES, SKETCHES, st.floats(0, 1))
def test_likeness_is_mutual(one: Sketch, other: Sketch, akin: float) -> None:
    """Which of two mentions comes first makes no difference, to the bit."""
    assert compared(one, other, akin) == compared(other, one, akin)


@given(SKETCHES)
def test_nothing_rivals_its_own_likeness(one: Sketch) -> None:
    """Shares lie between 0 and 1, and a mention shares all with itself."""
    found = seen(one, one)
    assert all(0 <= found[name] <= 1 + 1e-9 for name in found if name != "rival")
    assert found["same word"] == 1.0


@given(st.permutations(REPORTS))
def test_rarity_takes_reports_in_any_order(shuffled: list[list[str]]) -> None:
    """Counting does not depend on the order of reports."""
    assert [Rarity(shuffled).of(w) for w in ("lima", "port")] == [RARITY.of(w) for w in ("lima", "port")]
