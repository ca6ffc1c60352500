"""Mistakes of the parser that are mended."""

from spacy.tokens import Doc

from communique.annotate import nlp, parse_repairs


def doc(words: str, heads: list[int], deps: str, tags: str) -> Doc:
    """A parse as the parser might give it: one head, label and tag for each word."""
    named = ["PROPN" if tag == "NNP" else "X" for tag in tags.split()]
    made = Doc(nlp.model().vocab, words.split(), heads=heads, deps=deps.split(), tags=tags.split(), pos=named)
    for token in made:
        token.lemma_ = "assure" if token.text == "assured" else token.text
    return made


def heads(made: Doc) -> dict[str, tuple[str, str]]:
    """Word -> the word that it hangs on, and how."""
    return {t.text: (t.head.text, t.dep_) for t in made}


def test_a_verb_without_a_subject_takes_the_name_before_it() -> None:
    """In "with Vale , Osei stressed" the one before the comma stays with his preposition, the other one acts."""
    words, deps = "With Vale , Osei stressed need", "prep nmod punct pobj ROOT dobj"
    mended = heads(parse_repairs.mend(doc(words, [4, 3, 1, 0, 4, 4], deps, "IN NNP , NNP VBD NN")))
    assert mended["Osei"] == ("stressed", "nsubj")
    assert mended["Vale"] == ("With", "pobj")


def test_a_verb_with_a_subject_is_left_alone() -> None:
    """Nothing is mended where somebody acts already."""
    words, deps = "She , Osei said , left", "nsubj punct nsubj parataxis punct ROOT"
    made = doc(words, [5, 5, 3, 5, 5, 5], deps, "PRP , NNP VBD , VBD")
    before = heads(made)
    assert heads(parse_repairs.mend(made)) == before


def test_who_is_assured_owns_nothing() -> None:
    """In "assured Vale of Peru 's aid" the aid is Peru's, and Vale is told of it."""
    words, deps = "She assured Vale of Peru 's aid", "nsubj ROOT poss prep pobj case dobj"
    mended = heads(parse_repairs.mend(doc(words, [1, 1, 6, 2, 3, 2, 1], deps, "PRP VBD NNP IN NNP POS NN")))
    assert mended["Vale"] == ("assured", "dobj")
    assert mended["aid"] == ("of", "pobj")
    assert mended["Peru"] == ("aid", "poss")


def test_who_is_assured_is_found_behind_further_names() -> None:
    """A first name before the one who is told, and a thing that hangs on the verb already, make no difference."""
    words, deps = "She assured Ana Vale of Peru 's aid", "nsubj ROOT compound dobj prep pobj case dobj"
    mended = heads(parse_repairs.mend(doc(words, [1, 1, 3, 1, 3, 4, 5, 1], deps, "PRP VBD NNP NNP IN NNP POS NN")))
    assert [mended[w] for w in ("Vale", "aid", "Peru")] == [("assured", "dobj"), ("of", "pobj"), ("aid", "poss")]


def test_who_is_assured_of_a_thing_alone_is_left_as_it_is() -> None:
    """Nothing is mended where the thing belongs to nobody."""
    made = doc("She assured Vale of aid", [1, 1, 1, 1, 3], "nsubj ROOT dobj prep pobj", "PRP VBD NNP IN NN")
    before = heads(made)
    assert heads(parse_repairs.mend(made)) == before


def test_a_first_preposition_takes_the_noun_behind_it() -> None:
    """In "After the talks Vale spoke" Vale spoke, not the talks, and the talks are over."""
    words, deps = "After the talks Vale spoke", "prep det nsubj appos ROOT"
    mended = heads(parse_repairs.mend(doc(words, [4, 2, 4, 2, 4], deps, "IN DT NNS NNP VBD")))
    assert mended["Vale"] == ("spoke", "nsubj")
    assert mended["talks"] == ("After", "pobj")


def test_a_preposition_with_an_object_keeps_it() -> None:
    """In "In Lima minister Vale spoke" nothing is mended."""
    made = doc("In Lima minister Vale spoke", [4, 0, 4, 2, 4], "prep pobj nsubj appos ROOT", "IN NNP NN NNP VBD")
    before = heads(made)
    assert heads(parse_repairs.mend(made)) == before


def test_who_acts_on_a_day_is_no_other_word_for_the_day() -> None:
    """In "On Monday the minister met her" the minister acts, where the parser ties him to the day."""
    words, deps = "On Monday the minister met her", "prep pobj det appos ROOT dobj"
    made = doc(words, [4, 0, 3, 1, 4, 4], deps, "IN NNP DT NN VBD PRP")
    made[1].ent_type_ = "DATE"
    assert heads(parse_repairs.mend(made))["minister"] == ("met", "nsubj")
