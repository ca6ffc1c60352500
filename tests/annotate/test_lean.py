"""The model without what nothing reads."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy

from communique.annotate import lean, nlp

TEXT = (
    "Foreign Minister Ana Sørby of Norland met her counterpart in Qarvale on 3 May 2031. “We'll co-chair it,” she "
    "said; the zorgflot of 12% was n't what they'd signed."
)


@pytest.fixture(scope="module")
def folder() -> Path:
    """The folder of the model."""
    return Path(nlp.default_model_path())


def _read(language: spacy.Language) -> list[tuple[object, ...]]:
    return [
        (t.text, t.norm_, t.lemma_, t.tag_, t.pos_, str(t.morph), t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
        for t in language(TEXT)
    ]


def test_what_is_left_out_changes_nothing_that_is_read(folder: Path) -> None:
    """Every word, its lemma, tag, head and name are those of the whole model."""
    assert _read(lean.load(folder)) == _read(spacy.load(folder))


def test_vectors_are_those_of_the_model(folder: Path) -> None:
    """A word has the vector of the whole model, and a word that it does not know has zeros."""
    mine, whole = lean.load(folder).vocab, spacy.load(folder).vocab
    keys = [whole.strings[word] for word in ("minister", "signed", ",")]
    assert np.array_equal(mine.vectors.get_batch(keys), whole.vectors.get_batch(keys))
    assert not mine.vectors.get_batch([mine.strings.add("zorgflotten")]).any()
    assert mine.vectors.shape == whole.vectors.shape
    assert mine.vectors.n_keys == whole.vectors.n_keys


def test_who_wants_spacys_command_line_has_it() -> None:
    """It is left out of the start alone: imported afterwards, it is the real one."""
    code = (
        "import sys; from communique.annotate import lean\n"
        "assert 'spacy.cli' not in sys.modules\n"
        "from spacy.cli.info import info; assert callable(info)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_word_of_a_text_has_the_vector_of_the_model(folder: Path) -> None:
    """Asked for by the word or by its entry, whether the model knows the word or not."""
    for ours, theirs in zip(lean.load(folder)(TEXT), spacy.load(folder)(TEXT), strict=True):
        assert ours.has_vector == theirs.has_vector
        assert np.array_equal(ours.vector, theirs.vector)
        assert ours.lex.has_vector == theirs.lex.has_vector
